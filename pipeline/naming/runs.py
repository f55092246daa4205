"""A name from its first word on: particles, given names, surnames (`Hassan El Amrani`, `Hodzic Emir`, `van der Berg`)."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.naming.base import SURE, SUSPECTED
from pipeline.naming.dictionary import common, noun, ordinary
from pipeline.naming.facts import fold, folded, words
from pipeline.naming.scan import Line
from pipeline.naming.shapes import Shape, is_title, may_be_place, shape

_NO_PERSON = frozenset("in aus nach im am beim vom zum zur ins auf dem das des".split())
_ENGLISH = re.compile(r"(?:ing|ter|tion|ness|ment|ght|ck|ly|day|ball|y|ure|ty|ow|ee)$|wh|sh|tw|oo")
_WORDS = 4  # of one name, particles apart


class Run(NamedTuple):
    """Tokens `start` to `stop` (exclusive) are a name; `cut`: only so many signs of the one token, or 0."""

    start: int
    stop: int
    core: str
    certainty: str
    rule: str
    sex: str
    culture: str
    title: str = ""
    cut: int = 0


def particle(word: str) -> bool:
    """Whether the word may lead a surname: van, el, bin."""
    return word in words("particles")


def _leads(word: str, cue: str) -> bool:
    """Whether the word may lead a name after this cue: von der Hagen only after Frau and the like."""
    return (cue == "loose" and particle(word)) or (
        cue != "" and fold(word) in ("el", "al", "van", "abu", "ben", "bin", "ibn", "de")
    )


def run_at(line: Line, i: int, cue: str) -> Run | None:
    """The name that begins at token i, or None.

    `cue` says what stands before: `loose` (a title that takes any word: Frau Winter), `title`, `kin`, `apposition` or ''
    (nothing). Without a cue a run is sure only if its words leave no doubt.
    """
    start = i
    while _leads(line.word(i), cue) and i < start + 3 and i + 1 < len(line.tokens) and line.tokens[i + 1].word:
        i += 1
    if i > start and not _name_like(line, i, "title" if cue != "loose" else cue):
        i = start
    if not 0 <= i < len(line.tokens) or not line.tokens[i].word or not _name_like(line, i, cue):
        return None
    first = shape(line.word(i), line.lower)
    stop = _stop(line, i, first)
    sure = (bool(cue) and (_sure_after(line, i, cue) or (cue == "loose" and i > start))) or _sure(line, i, stop, first)
    last = shape(line.word(stop - 1), line.lower)
    core = " ".join([line.word(n) for n in range(start, stop - 1)] + [last.core or line.word(stop - 1).rstrip("'’")])
    culture = first.culture if first.given or stop - i == 1 else last.culture or first.culture
    rule = "full" if stop - i > 1 else "given" if first.given else "surname" if first.surname else "unknown"
    sex = first.sex if first.given else last.sex if last.given else ""
    return Run(start, stop, core, SURE if sure else SUSPECTED, rule, sex, culture)


def _name_like(line: Line, i: int, cue: str) -> bool:
    """Whether the word can be (part of) a name after this cue."""
    word = line.word(i)
    if fold(word) in folded("not a name") or is_title(word):
        return False
    known = shape(word, line.lower)
    if line.lower:
        return _lower_like(word, known, cue)
    if not line.capital(i):
        return (cue in ("loose", "title") or word.startswith(("el-", "al-", "abu-"))) and known.plain
    if known.given or known.surname or known.new:
        return True
    if cue == "loose" and fold(word) not in folded("offices"):
        return True
    if cue == "loose" and fold(word) in folded("offices"):
        return False
    return cue not in ("", "apposition") and not ordinary(word) and not noun(word) and not may_be_place(word)


def _lower_like(word: str, known: Shape, cue: str) -> bool:
    if known.plain:
        return True
    if cue == "loose":
        return known.surname or known.given or (known.new or not common(word))
    if cue:
        return known.given or known.new
    return known.given or known.surname or known.new


def _sure_after(line: Line, i: int, cue: str) -> bool:
    known = shape(line.word(i), line.lower)
    if cue == "loose":
        # A noun that no list of surnames holds: "die Frau Angst hatte" beside "Frau Hoffnung".
        word = line.word(i)
        if known.given or known.surname or known.new or not ordinary(word):
            return True
        # "Frau Sperling" beside "die Frau Angst hatte"
        return (
            not line.lower
            and fold(line.word(i - 1)) not in ("familie", "eheleute", "ehepaar")
            and fold(word) not in folded("not in a body's name", "offices")
        )
    if cue == "title":
        return known.given or known.surname or not ordinary(line.word(i))
    if cue == "kin":
        return (known.given and not line.lower) or known.plain or (known.new and not may_be_place(line.word(i)))
    return known.plain and known.given


def _stop(line: Line, i: int, first: Shape) -> int:
    """Where the name that begins at i ends."""
    stop = i + 1
    while stop < len(line.tokens) and stop - i < _WORDS:
        following = stop
        while particle(line.word(following)) and following < stop + 3:
            following += 1
        if following >= len(line.tokens) or not line.tokens[following].word or first.ending:
            break
        if following > stop and not line.lower and not line.capital(following):
            break
        if not _goes_on(line, stop, following, shape(line.word(stop - 1), line.lower)):
            break
        stop = following + 1
    return stop


def _goes_on(line: Line, stop: int, following: int, before: Shape) -> bool:
    """Whether the word at `following` belongs to the name that `before` is the last word of."""
    word = line.word(following)
    if fold(word) in folded("not a name") or is_title(word) or word in words("after a name"):
        return False
    known = shape(word, line.lower)
    if line.lower:
        lead = following > stop and fold(line.word(stop)) in ("zu", "zur", "zum", "von", "der", "van", "de")
        if lead:
            return before.surname and not common(word) and not before.given
        return (known.plain and (before.given or known.given)) or (before.given and before.plain and known.new)
    if not line.capital(following):
        return False
    if (
        following > stop
        and fold(line.word(stop)) in ("von", "zu", "zur", "zum", "der", "den", "de")
        and not before.given
    ):
        return False
    if following > stop and fold(line.word(stop)) in ("von", "zu", "zur", "zum", "den"):
        return known.surname and fold(line.word(stop)) == "von" and not may_be_place(word) and known.plain
    if before.given:
        return known.surname or known.new or known.given or (following > stop and not ordinary(word))
    if before.new:
        return (known.new or known.plain) and not may_be_place(word) and _person_place(line, stop - 1)
    return before.surname and before.plain and known.given and known.plain


def _person_place(line: Line, i: int) -> bool:
    """Whether two words of no dictionary that begin here may be a person's name: no body or place is announced."""
    word = line.word(i)
    return fold(line.word(i - 1)) not in _NO_PERSON and not word.isupper() and not line.capital(i - 1) and len(word) > 2


def _sure(line: Line, i: int, stop: int, first: Shape) -> bool:
    """Whether the words alone make it a name."""
    if stop - i > 1:
        parts = [shape(line.word(n), line.lower) for n in range(i, stop) if not particle(line.word(n))]
        if any(part.given for part in parts) and (
            any(part.plain for part in parts) or all(part.given or part.surname for part in parts)
        ):
            return True
        if (
            not line.lower
            and first.new
            and all(part.new or part.plain for part in parts)
            and not _english(line, i, stop)
        ):
            return True
    if not first.plain:
        return False
    if first.given:
        return not (may_be_place(line.word(i)) and fold(line.word(i - 1)) in ("in", "aus", "nach"))
    return _surname_alone(line, i, first)


def _surname_alone(line: Line, i: int, first: Shape) -> bool:
    """A surname that is no other word, where nothing else is meant: not in/aus/nach before it, no place of that name."""
    if line.lower and not first.ending and line.word(i - 1) not in words("article"):
        return False
    return fold(line.word(i - 1)) not in ("in", "aus", "nach", "auf", "inne") and not may_be_place(first.core)


def _english(line: Line, i: int, stop: int) -> bool:
    """Whether words of no German dictionary look English: Living Water, Rolling Home."""
    return any(_ENGLISH.search(line.word(n).lower()) for n in range(i, stop))
