"""The verb `compare`: two runs, waves or codebooks beside each other, as a page and a table in outputs/<study>/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pipeline import codebook, guide, store
from pipeline.comparing import page, sides
from pipeline.comparing.pairing import RENAMED, SAME, compared
from pipeline.comparing.sides import RUN, VERSION, Side
from pipeline.current import stale
from pipeline.effects import versions
from pipeline.inputs import checked
from pipeline.language import spoken
from pipeline.passages import NOT_YET, finished
from pipeline.places import Places
from pipeline.problems import Problem, Stop, did_you_mean
from pipeline.study import Study

PAGE, TABLE = "compare.html", "compare.csv"
_WHEN = "Eine Fassung kommt dazu, wenn sich das Codebuch ändert und »make analyze« läuft; eine Erhebung steht im Kopf der Transkripte (Welle: 2)."
TODAY = ("heute", "jetzt", "today", "now")
_WAVE = re.compile(r"(?:welle|erhebung|wave)\s*[:=]?\s*(\S.*)", re.I)


def compare(places: Places, a: str, b: str) -> list[str]:
    """Compare what A and B name: a wave of this study, another study or a folder with a run's results, a kept version of the codebook; where one
    of the two is empty, this study as it is today. Without both: what can be compared. Returns German lines.

    Raises `Stop` for a name that means nothing or several things, and where the two have nothing in common.
    """
    if not (a.strip() or b.strip()):
        return _choices(places)
    study = checked(places)
    with store.lock(places), spoken(study.language):
        notes = stale(places, codebook=False) if {_kind(places, a)[0], _kind(places, b)[0]} & {VERSION} else []
        left, right = _sides(places, study, a, b)
        rows = compared(left, right)
        if not any(row.pair.change in (SAME, RENAMED) for row in rows):
            what = "Die beiden Codebücher haben keine Kategorie gemeinsam; da ist nichts zu vergleichen."
            raise Stop(Problem("", 0, what, "Heißt dieselbe Kategorie hier anders, sagt das »was: [ALTE.kennung]« im neueren Codebuch."))
        questions = {q.id: q.text for q in guide.load(places.codebooks / "guide.yaml").questions}
        files = {PAGE: page.to_html(left, right, rows, study.title, study.variables, questions), TABLE: page.to_csv(left, right, rows)}
        for name, data in files.items():
            store.write_changed(places.outputs / name, data)
    new, gone = (sum(row.pair.change == change for row in rows) for change in ("new", "gone"))
    return [
        *notes, f"Verglichen: {left.name} und {right.name}.",
        f"{sum(row.pair.change == SAME for row in rows)} gemeinsame Kategorien mit Angaben, {sum(row.pair.change == RENAMED for row in rows)} umbenannt, {new} nur in B, {gone} nur in A.",
        "Mehr Rede von einer Sache in einer anderen Auswahl ist keine Veränderung der Sache." if left.kind != VERSION else "Gezählt ist, was Regeln finden: Vorschläge, keine Befunde.",
        f"Geschrieben: {places.show(places.outputs / PAGE)} und {TABLE}",
    ]  # fmt: skip


def _sides(places: Places, study: Study, a: str, b: str) -> tuple[Side, Side]:
    kinds = [_kind(places, text) for text in (a, b)]
    if kinds[0] == kinds[1]:
        raise Stop(Problem("", 0, f"A und B meinen dasselbe: {a.strip() or 'heute'}.", "Bitte zwei verschiedene nennen; »make compare« allein sagt, was es gibt."))
    if VERSION not in (kinds[0][0], kinds[1][0]):
        return _side(places, *kinds[0]), _side(places, *kinds[1])
    if any(kind != VERSION and (kind, which) != (RUN, str(places.outputs)) for kind, which in kinds):
        what = "Eine Fassung des Codebuchs lässt sich nur mit einer anderen Fassung vergleichen, am selben Material."
        raise Stop(Problem("", 0, what, "Etwa: make compare A=FASSUNG (mit dem Codebuch von heute)"))
    material = finished(places, study)
    if material is None:
        raise Stop(NOT_YET)
    found = []
    for kind, which in kinds:
        book = versions.read(places, which) if kind == VERSION else codebook.load(places.codebooks / "codebook.yaml")
        found.append(sides.of_version(material, book, f"Codebuch {book.version}" if kind == VERSION else "Codebuch von heute", places.study))
    if found[0].name.endswith(book.version) and found[1].name == "Codebuch von heute":
        raise Stop(Problem("", 0, "Das ist das Codebuch von heute; es gibt nichts zu vergleichen."))
    return found[0], found[1]


def _side(places: Places, kind: str, which: str) -> Side:
    if kind == RUN:
        folder = Path(which)
        name = places.study if folder == places.outputs else folder.name
        return sides.of_run(folder, name, _study(places, folder))
    return sides.of_wave(places.outputs, which, places.study)


def _study(places: Places, folder: Path) -> str:
    return places.study if folder == places.outputs else str(folder)


def _kind(places: Places, text: str) -> tuple[str, str]:
    """What a name means: (wave, its value), (run, its folder) or (version, its name). Raises `Stop` with what there is."""
    text = text.strip()
    if not text or text.casefold() in TODAY or text == places.study:
        return RUN, str(places.outputs)
    waves = _waves(places)
    named = _WAVE.fullmatch(text)
    if named and not waves:
        raise Stop(Problem("", 0, "Dieses Material unterscheidet keine Erhebungen.", "Sie stehen im Kopf der Transkripte (Welle: 1) oder in cases.csv."))
    for wanted in filter(None, (named[1] if named else "", text)):
        if match := next((wave for wave in waves if wave.casefold() == wanted.casefold()), ""):
            return sides.WAVE, match
    folder = next((f for f in (places.outputs.parent / text, Path(text).expanduser()) if _is_run(f)), None) if text not in (".", "..") else None
    if folder is not None:
        return RUN, str(places.outputs if folder.resolve() == places.outputs.resolve() else folder.absolute())
    if found := {v for v, _day in versions.known(places) if len(text) >= 4 and v.startswith(text)}:
        if len(found) == 1:
            return VERSION, found.pop()
        raise Stop(Problem("", 0, f"»{text}« meint mehrere Fassungen: {', '.join(sorted(found))}."))
    known = [*waves, *(f.name for f in _others(places)), *(v for v, _day in versions.known(places))]
    raise Stop(Problem("", 0, f"»{text}« ist weder Erhebung noch Studie, Ordner oder Fassung des Codebuchs.", f"{did_you_mean(text, known)} »make compare« allein sagt, was es gibt.".strip()))


def _is_run(folder: Path) -> bool:
    return (folder / "tables" / "findings_codes.csv").is_file()


def _waves(places: Places) -> list[str]:
    return sides.waves(places.outputs) if _is_run(places.outputs) else []


def _others(places: Places) -> list[Path]:
    top = places.outputs.parent
    return [f for f in sorted(top.iterdir()) if f != places.outputs and _is_run(f)] if top.is_dir() else []


def _choices(places: Places) -> list[str]:
    """What can be compared with what, each with a command to copy."""
    lines = list(_each_choice(places))
    if not lines:
        return ["Noch gibt es nichts zu vergleichen: keine zweite Erhebung, keine andere Studie, keine frühere Fassung des Codebuchs.", _WHEN if _is_run(places.outputs) else "Zuerst: make analyze"]
    return ["Vergleichen lässt sich:", *lines, "Wird nur A genannt, ist B diese Studie von heute. Auch ein Ordner geht: make compare A=/pfad/zu/outputs/studie"]


def _each_choice(places: Places) -> Iterator[str]:
    waves = _waves(places)
    if len(waves) > 1:
        yield f"  Erhebungen dieser Studie: {', '.join(waves)}   make compare A={waves[0]} B={waves[1]}"
    if others := _others(places):
        yield f"  andere Studien: {', '.join(f.name for f in others)}   make compare A={others[0].name}"
    today = codebook.load(places.codebooks / "codebook.yaml").version if (places.codebooks / "codebook.yaml").is_file() else ""
    if known := [(v, day) for v, day in versions.known(places) if v != today]:
        yield f"  frühere Fassungen des Codebuchs: {', '.join(f'{v} ({day})' for v, day in known)}   make compare A={known[-1][0]}"
