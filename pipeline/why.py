"""`make why QUOTE="…"`: which codes a passage got and why, which it nearly got, and what people decided."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from pipeline import opinion
from pipeline.codebook import Codebook, Rule, load
from pipeline.coders.material import Material, Turn
from pipeline.coders.nearly import nearly
from pipeline.coders.rule import code
from pipeline.current import stale
from pipeline.inputs import checked
from pipeline.passages import finished, kept, material_of, may_quote
from pipeline.places import Places
from pipeline.problems import Problem, Stop
from pipeline.study import Study
from pipeline.tables import CODED_ROLES
from pipeline.wording import ABOUT, NOT_QUOTABLE, PROMPTS, STANCES

MOST_PLACES, MOST_NEAR = 5, 8
_ACTIONS = {"accept": "angenommen", "reject": "verworfen", "add": "selbst vergeben"}


def why(places: Places, quote: str) -> list[str]:
    """German lines that explain a passage of the last run, or the quote as free text where it is in no transcript."""
    if not re.search(r"\w", quote):
        raise Stop(Problem("", 0, "Bitte eine Stelle nennen.", 'Etwa: make why QUOTE="ein paar Wörter daraus"'))
    study = checked(places)
    book = load(places.codebooks / "codebook.yaml")
    material = finished(places, study)
    notes = stale(places, codebook=False) if material else []
    spots = _spots(material, quote) if material else []
    if not spots or material is None:
        head = "Diese Wörter stehen in keinem Transkript; sie werden als freier Text geprüft." if material else "Noch ist nichts ausgewertet; die Wörter werden als freier Text geprüft."
        alone = material_of([quote], study)
        seen = opinion.of_text(places, study, book, alone) if material else None
        known = _Known(places, study, alone, book, code(alone, book), seen, seen is not None and bool(stale(places)))
        return [head, *notes, "", *_told(known, alone.turns[0], 0, len(quote), free=True)]
    seen = opinion.last(places, study)
    decisions = kept(places, "decisions").to_dict("records")
    known = _Known(places, study, material, book, code(material, book), seen, bool(stale(places)), decisions, may_quote(partial(kept, places)))
    lines = [f"{len(spots)} Stellen gefunden, {MOST_PLACES} davon werden erklärt; ein längeres Zitat trifft genauer."] if len(spots) > MOST_PLACES else []
    for turn, start, end in spots[:MOST_PLACES]:
        lines += [*_told(known, turn, start, end), ""]
    return [*notes, *lines[:-1]]


class _Known(NamedTuple):
    """What explanations rest on: rows of the rule coder and of the model (None: there is none), people's decisions, and who may be
    quoted (interview, turn)."""

    places: Places
    study: Study
    material: Material
    book: Codebook
    rows: Sequence[dict[str, Any]]
    seen: Sequence[dict[str, Any]] | None = None
    edited: bool = False  # whether something changed since the last run
    decisions: Sequence[dict[str, Any]] = ()
    may_quote: Callable[[str, int], bool] = lambda doc, turn: True


def _spots(material: Material, quote: str) -> list[tuple[Turn, int, int]]:
    """Where the words of the quote stand, whatever signs and blanks are between them."""
    sought = re.compile(r"\W+".join(map(re.escape, re.findall(r"\w+", quote))), re.IGNORECASE)
    return [(turn, m.start(), m.end()) for turn in material.turns for m in sought.finditer(turn.text)]


def _told(known: _Known, turn: Turn, start: int, end: int, free: bool = False) -> list[str]:
    index = known.material.index
    low, high = int(index.turn_first[turn.number]), int(index.turn_first[turn.number + 1])
    segments = sorted({int(index.segment[p]) for p in range(low, high) if index.start[p] < end and start < index.end[p]})
    if not segments:
        return ["Darin steht kein Wort."]
    first, last = int(index.seg_start[segments[0]]), int(index.seg_end[segments[-1]])
    shown = turn.role == "interviewer" or known.may_quote(turn.doc, turn.turn)
    place = "" if free else f"{turn.doc}, Beitrag {turn.turn}{', Frage ' + turn.question if turn.question else ''}: "
    lines = [f"{place}»{turn.text[first:last]}«" if shown else f"{place}{NOT_QUOTABLE}"]
    if turn.role not in CODED_ROLES:
        return [*lines, "  Das sagt nicht die befragte Person; solche Rede wird nie codiert."]
    rows = [r for r in known.rows if (r["doc"], r["turn"]) == (turn.doc, turn.turn) and r["start"] < last and first < r["end"]]
    rules = {rule.id: rule for rule in known.book.rules()}
    lines += [line for row in rows for line in _row(row, rules[row["rule"]], shown)] or ["  Keine Regel trifft hier."]
    lines += [f"  entschieden: {d['coder']} hat {d['code']} {_ACTIONS.get(d['action'], d['action'])}." for d in known.decisions
              if (d["doc"], int(d["turn"])) == (turn.doc, turn.turn) and int(d["start"]) < last and first < int(d["end"])]  # fmt: skip
    inside = [p for p in range(low, high) if segments[0] <= int(index.segment[p]) <= segments[-1]]
    given = {row["code"] for row in rows if not row["reason"]}
    lines += _nearly(known, inside, given, shown)
    if known.seen is None:
        return lines
    here = (r for r in known.seen if (r["doc"], r["turn"]) == (turn.doc, turn.turn) and r["start"] < last and first < r["end"])
    # Rules are asked as they stand today, the model as the last run left it.
    return [*lines, *opinion.told(known.places, known.study, here, known.edited)]


def _nearly(known: _Known, inside: Sequence[int], given: set[str], shown: bool) -> list[str]:
    """Rules of other codes that nearly hit among these words; why is told in words of the passage, so not where they may not be quoted."""
    near = [n for n in nearly(known.material, known.book, inside[0], inside[-1] + 1) if n.rule.code not in given]
    lines = [f"  fast {n.rule.code}, Regel »{n.rule.pattern}« (Zeile {n.rule.line}){': ' + n.why if shown else ''}" for n in near[:MOST_NEAR]]
    return [*lines, *([f"  … und {len(near) - MOST_NEAR} weitere fast"] if len(near) > MOST_NEAR else [])]


def _row(row: dict[str, Any], rule: Rule, shown: bool) -> list[str]:
    state = f"zählt nicht: {row['reason']}" if row["reason"] else "codiert"
    stance = ", ".join(STANCES[s] for s in row["stance"].split("+"))
    words = f" wegen »{row['matched']}«{'; ' + row['evidence'] if row['evidence'] else ''}" if shown else ""
    cue = f" ({row['cue']})" if row["cue"] and shown else ""
    return [
        f"  {row['code']} {state}", f"    Regel »{rule.pattern}« ({rule.kind}, Zeile {rule.line}){words}",
        f"    Haltung: {stance}{cue}; über: {ABOUT[row['about']]}; Anlass: {PROMPTS[row['prompt']]}",
    ]  # fmt: skip
