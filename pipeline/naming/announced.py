"""Names that something announces: a title (Frau Dr. …), a relation (meine Tochter …), or ich heiße …"""

from __future__ import annotations

from pipeline.naming.base import SURE, SUSPECTED
from pipeline.naming.dictionary import ordinary
from pipeline.naming.facts import fold, folded, words
from pipeline.naming.runs import Run, run_at
from pipeline.naming.scan import Line
from pipeline.naming.shapes import is_title, shape

_POSSESSIVE = (
    "mein",
    "dein",
    "sein",
    "ihr",
    "unser",
    "euer",
    "eure",
    "kein",
    "eine",
    "einer",
    "jede",
    "diese",
    "alte",
    "junge",
)


# Titles behind which any word is a name.
_STRICT = frozenset(
    "frau herr herrn hr fr familie dr doktor prof professor eheleute ehepaar pastor pfarrer richter imam diakon".split()
)


_WHOM = frozenset("mich ihn den uns sie ihr wir alle man".split())


def _possessed(line: Line, i: int) -> bool:
    return fold(line.word(i - 1)).startswith(_POSSESSIVE)


def _trade(line: Line, i: int) -> bool:
    """Whether a word after "mein Onkel" may tell what he is: Schneider, Bauer; given names do not."""
    word = line.word(i)
    return not shape(word, line.lower).given and (ordinary(word) or fold(word) in folded("also a word"))


def titled(line: Line, i: int) -> Run | None:
    """Frau Dr. Petra Isenbügel; Onkel Ferhat; herr wolf."""
    title, j = line.word(i), i + 1
    while j < i + 4 and (is_title(line.word(j)) or (line.lower and fold(line.word(j)) in folded("frau-like"))):
        title, j = line.word(j) if title in ("der", "die") else title, j + 1
    if not line.tokens[j : j + 1] or not line.tokens[j].word:
        return related(line, i) if line.word(i) in words("kin") else None
    strict = fold(title) in _STRICT
    loose = strict and not (_possessed(line, i) and fold(title) == "frau")
    run = run_at(line, j, "loose" if loose else "title")
    if run and not loose and _possessed(line, i) and _trade(line, j) and run.stop == j + 1:
        run = run._replace(certainty=SUSPECTED)  # mein Onkel Schneider
    if run is None:
        return related(line, i) if line.word(i) in words("kin") else None
    sex = run.sex or (
        "f" if title.capitalize() in words("feminine") else "m" if title.capitalize() in words("masculine") else ""
    )
    return run._replace(
        rule="title",
        sex=sex,
        title=title.capitalize() if line.lower else title,
    )


def related(line: Line, i: int) -> Run | None:
    """Meine Tochter Elif; unsere Sozialarbeiterin, Mariama Diallo; mein Schwager, der Rıza."""
    j = i + 1
    if line.word(j) == ",":
        j += 1
        if line.word(j) in ("der", "die", "das", "dem", "den"):
            j += 1
    run = run_at(line, j, "kin" if j == i + 1 else "apposition")
    if line.word(i) in words("frau-like") and _possessed(line, i) and run and run.stop == j + 1 and _trade(line, j):
        run = run._replace(certainty=SUSPECTED)
    return run._replace(rule="kin") if run and (run.certainty == SURE or j == i + 1) else None


def introduced(line: Line, i: int) -> Run | None:
    """Ich heiße …, mein Name ist …, alle nennen mich …"""
    j = i + 1
    while j < i + 5 and fold(line.word(j)) in (
        "ist",
        "mich",
        "er",
        "sie",
        "der",
        "die",
        "das",
        "ja",
        "also",
        "eigentlich",
        "von",
        "ihn",
        "mir",
        "bin",
        "ich",
        "war",
        "wir",
    ):
        j += 1
    run = run_at(line, j, "kin")
    if run is None and line.capital(j) and not line.tokens[j].first and fold(line.word(j)) not in folded("not a name"):
        # den nennen wir Spinne; der hieß Winter: a noun without article is a name there.
        between = {fold(line.word(n)) for n in range(max(0, i - 2), j)}
        called = fold(line.word(i)).startswith(("nenn", "nann")) and between & _WHOM
        article = line.word(j - 1) in words("article")
        hight = fold(line.word(i)) in ("hiess", "heisse") and not (between & {"das", "es", "auf"} or article)
        run = Run(j, j + 1, line.word(j), SURE if called or hight else SUSPECTED, "called", "", "")
    # "auf Türkisch heißt das ja Wolf" tells of a word
    word = any(fold(line.word(n)) in ("das", "auf") for n in range(max(0, i - 2), j))
    return run._replace(rule="introduced", certainty=SUSPECTED if word else run.certainty) if run else None
