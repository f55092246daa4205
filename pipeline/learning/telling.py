"""What was learnt and what it changed, in lines that researchers read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isnan
from typing import Any

from pipeline.evaluating.intervals import Interval
from pipeline.learning.comparing import SPREAD, Compared

NAMED = 12  # categories told one by one


def counted(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """From how much is learnt. `rows` of learned.csv."""
    given = list(rows)
    full = [row for row in given if row["full"] == "yes"]
    docs = len({row["doc"] for row in given})
    coded = sum(bool(row["codes"]) for row in full)
    more = len(given) - len(full)
    lines = [
        f"Gelernt wird aus {_many(docs, 'Gespräch', 'Gesprächen')}: {_many(len(full), 'Satz', 'Sätze')} für alle Kategorien gelesen, "
        f"{coded} davon mit Kategorie."
    ]
    if more:
        lines.append(f"Dazu {_many(more, 'Satz', 'Sätze')} außerhalb des Gelesenen, von {'dem' if more == 1 else 'denen'} nur bekannt ist, was vergeben wurde.")
    return lines


def told_of(found: Compared | None, version: str, former: str, started: bool, interviews: int) -> list[str]:
    """The new version beside the former one. `started`: something had been learnt before; `interviews`: with sentences read for all codes."""
    before = f"Fassung {former}" if former else "kein Modell"
    before += "" if started else ", das ist der mitgelieferte Anfang mit Ihren Ankersätzen" if former else ""
    if former == version:
        lines = [f"Fassung des Modells: {version}. Gelerntes und Ankersätze sind dieselben wie im letzten Lauf; die Fassung steht nun in models.csv."]
    else:
        lines = [f"Neue Fassung des Modells: {version} (bisher: {before})."]
    if found is None:
        return lines
    if former != version:
        lines += [
            "Verglichen auf denselben gelesenen Sätzen; jedes Gespräch wurde dabei von einem Modell beurteilt, das es nicht kannte.",
            f"  je Satz: {_figure('F1', found.f1_sentence)} statt {_number(found.former_sentence)}; {_difference(found.sentence)}",
            f"  je Beitrag: {_figure('F1', found.f1_turn)} statt {_number(found.former_turn)}; {_difference(found.turn)}",
            *_codes("Besser wurde", found.better), *_codes("Schlechter wurde", found.worse),
        ]  # fmt: skip
        if not found.judged:
            lines.append(f"  Über einzelne Kategorien lässt sich nichts sagen: Keine kommt in {SPREAD} gelesenen Gesprächen vor.")
        elif not found.better and not found.worse:
            lines.append(f"  Bei keiner der {found.judged} Kategorien, die in mindestens {SPREAD} Gesprächen vorkommen, ist ein Unterschied größer als der Zufall.")
        if found.better or found.worse:
            lines.append("  Von vierzig Kategorien fallen auch ohne jede Änderung ein bis zwei durch Zufall auf.")
    else:
        lines.append(f"  {_figure('F1', found.f1_sentence)} je Satz, {_number(found.f1_turn)} je Beitrag.")
    lines.append(f"  Unter den fünf besten Vorschlägen eines Satzes {_share(found.r_at_5)}.")
    return [*lines, *_sure(found.sentence, interviews, former != version)]


def _sure(difference: Interval, interviews: int, compared: bool) -> list[str]:
    if interviews < 2:
        return [
            "Wie sicher: Gelesen ist erst ein Gespräch. Ob die Fassung anderen Gesprächen besser gerecht wird, lässt sich daran nicht messen;",
            "bitte Stellen aus mindestens fünf Gesprächen lesen.",
        ]
    if interviews < 5:
        return [
            f"Wie sicher: Bei nur {interviews} gelesenen Gesprächen sind die Spannen zu schmal und höchstens ein Anhalt: Ob die Fassung bei anderen",
            "Gesprächen besser oder schlechter ist, lässt sich noch nicht sagen. Bitte Stellen aus mindestens fünf Gesprächen lesen.",
        ]
    if interviews < 12:
        few = f"{interviews} gelesene Gespräche sind wenige; mit anderen Gesprächen könnten die Zahlen deutlich anders ausfallen."
    else:
        few = f"Die Spannen beruhen auf {interviews} gelesenen Gesprächen."
    if not compared:
        return [f"Wie sicher: {few}"]
    if float(difference.low) > 0:
        word = "Die Spanne liegt ganz über 0: Die neue Fassung ist wohl besser."
    elif float(difference.high) < 0:
        word = "Die Spanne liegt ganz unter 0: Die neue Fassung ist wohl schlechter. Bitte prüfen, ob nach denselben Regeln codiert wurde."
    else:
        word = "Die Spanne schließt 0 ein: Ob die neue Fassung besser oder schlechter ist, lässt sich noch nicht sagen."
    return [f"Wie sicher: {word} {few}"]


def _difference(found: Interval) -> str:
    estimate, low, high = (float(value) for value in found)
    if isnan(low) or isnan(high):
        return f"Unterschied {_signed(estimate)}, ohne Spanne."
    return f"Unterschied {_signed(estimate)} (95-%-Spanne {_signed(low)} bis {_signed(high)})."


def _codes(words: str, codes: Sequence[str]) -> list[str]:
    if not codes:
        return []
    more = f" und {len(codes) - NAMED} weitere" if len(codes) > NAMED else ""
    return [f"  {words} (die Spanne schließt 0 aus): {', '.join(codes[:NAMED])}{more}"]


def _figure(name: str, value: float) -> str:
    return f"{name} {_number(value)}"


def _share(value: float) -> str:
    return "ist keine vergebene Kategorie zu messen" if isnan(value) else f"stehen {_number(value)} der vergebenen Kategorien (1 wären alle)"


def _number(value: float) -> str:
    """A figure in German; a share of nothing is said as such.

    >>> _number(0.416), _number(float("nan"))
    ('0,42', 'nicht bestimmbar')
    """
    return "nicht bestimmbar" if isnan(value) else f"{value:.2f}".replace(".", ",")


def _signed(value: float) -> str:
    """
    >>> _signed(-0.034), _signed(0.1)
    ('−0,03', '+0,10')
    """
    return "nicht bestimmbar" if isnan(value) else f"{value:+.2f}".replace(".", ",").replace("-", "−")


def _many(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
