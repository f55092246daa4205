"""Looking for forms in a text, in time linear in its length.

The text's different words are looked up once; only where one of them begins a form is the place looked at. A near form
(inflected, transliterated, one letter off) is looked up the same way, and is none where it is an ordinary word: with a
Herr Schulz in the material nobody who says `Schule` means him.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache

from pipeline.leaking.everyday import everyday, title
from pipeline.leaking.forms import NEAR_FROM, Forms, Original, one_off
from pipeline.leaking.spelling import WORD, bare, fold

LEAK, WARN = "leak", "warn"
FEW = 40  # words that are searched for one by one
_SHORT = 4  # letters; shorter words stand inside too many others to be searched for
_LOWER_SHARE = 0.02  # a text with fewer words in capitals is written without them
_NEXT = re.compile(r"[\W_]{1,8}([^\W_]+)")
_MIXED = re.compile(r"([^\W\d_]+)\d+|\d+([^\W\d_]+)")
_RUN = re.compile(r"\d(?:[ /.()–-]{0,3}\d){7,40}")
_TITLES = ("Frau", "Herr", "Herrn", "Familie", "Fräulein", "Dr.", "Prof.", "Fr.", "Hr.", "Professor", "Professorin", "Imam", "Hodscha", "Pfarrer",
           "Pfarrerin", "Onkel", "Tante", "Bürgermeister", "Bürgermeisterin", "Abla", "Abi", "Schwester", "Bruder", "Lehrer", "Lehrerin",
           "Kollege", "Kollegin", "Ehepaar")  # fmt: skip


@dataclass(frozen=True)
class Hit:
    """A place in a text; `number` is the form's among the originals, `rule` how it was recognised."""

    start: int
    end: int
    number: int
    level: str
    rule: str


def hits(forms: Forms, text: str, anything: bool = False) -> Iterator[Hit]:
    """Places of forms and near forms, in order and without overlaps, the longest form first.

    `anything`: every hit counts as a leak (in a path) and nothing depends on capitals.
    """
    different = _different(text)
    wanted = _wanted(forms, different)
    numbers = list(_numbers(forms, text)) if forms.figures else []
    taken = 0
    for match in _matches(text, wanted):
        if match.start() >= taken and (hit := _at(forms, text, match, wanted[match.group()], anything)):
            taken = hit.end
            numbers.append(hit)
    taken = 0
    for hit in sorted(numbers, key=lambda h: (h.start, -h.end)):
        if hit.start >= taken:
            taken = hit.end
            yield hit


def _different(text: str) -> set[str]:
    """The different words of a text. The class of all word signs is the fast one; underscores are cut out after."""
    words = set(re.findall(r"\w+", text))
    for word in [word for word in words if "_" in word]:
        words |= set(word.split("_"))
    return words - {""}


def _matches(text: str, wanted: Mapping[str, object]) -> Iterator[re.Match[str]]:
    """The wanted words' places in order. Few words are searched for, for many the text is gone through."""
    if not wanted:
        return
    if len(wanted) > FEW or min(map(len, wanted)) < _SHORT:
        yield from (match for match in WORD.finditer(text) if match.group() in wanted)
        return
    places = []
    for word in wanted:
        at = text.find(word)
        while at >= 0:
            places.append(at)
            at = text.find(word, at + len(word))
    done = -1
    for at in sorted(places):
        match = WORD.match(text, at)
        if match and at >= done and match.group() in wanted and (at == 0 or not WORD.match(text, at - 1)):
            done = match.end()
            yield match


def _wanted(forms: Forms, different: Set[str]) -> dict[str, tuple[str, int, str]]:
    """The text's words at which to look: (folded word, number and rule of a near form or -1)."""
    capitals = sum(word[0].isupper() for word in different)
    lower = capitals < _LOWER_SHARE * len(different)
    known = forms.known[lower]
    found: dict[str, tuple[str, int, str]] = {}
    for word in different:
        if word not in known:
            known[word] = _looked_up(forms, word, lower)
        if place := known[word]:
            found[word] = place
    return found


def _looked_up(forms: Forms, word: str, lower: bool) -> tuple[str, int, str] | None:
    """What to look at where a word stands; None where it begins nothing."""
    key = word.lower() if word.isascii() else fold(word)
    if key in forms.first:
        return key, -1, ""
    if key in forms.near:
        return None if key in forms.quiet else (key, *forms.near[key])
    if not word.isalpha():
        mixed = _MIXED.fullmatch(word)
        part = fold(mixed[1] or mixed[2]) if mixed else ""
        if part in forms.first and (len(part) >= NEAR_FROM or (mixed and (mixed[1] or mixed[2])[0].isupper())):
            return part, -1, ""
        return None
    if key in forms.quiet:
        return None
    number = -1 if word.isascii() else forms.plain.get(bare(key), -1)
    rule = "transliterated"
    if number < 0 and len(word) >= NEAR_FROM - 1 and (lower or word[0].isupper()):
        number, rule = one_off(forms, key), "one-letter"
    return (key, number, rule) if number >= 0 else None


def _at(forms: Forms, text: str, match: re.Match[str], wanted: tuple[str, int, str], anything: bool) -> Hit | None:
    key, near, rule = wanted
    if near >= 0:
        if rule != "compact" and everyday(match.group()) and not _announced(text, match):
            return None
        return Hit(match.start(), match.end(), near, LEAK if anything or rule == "compact" else WARN, rule)
    for number in forms.first[key]:
        end = _rest(text, match.end(), forms.words[number][1:])
        if not end:
            continue
        level, rule = _judged(forms.originals[number], text, match.start(), end, anything)
        if level:
            return Hit(match.start(), end, number, level, rule)
    return None


def _announced(text: str, match: re.Match[str]) -> bool:
    """Whether a title stands before an ordinary word, which then is somebody's name: `Herr Schulte`, not `Herr Doktor`."""
    return bool(_titled(()).search(text[max(0, match.start() - 40) : match.start()])) and not title(match.group())


def _rest(text: str, end: int, rest: tuple[str, ...]) -> int:
    """Where the form's further words end, 0 where others stand there; the last may have an ending."""
    for place, word in enumerate(rest, 1):
        match = _NEXT.match(text, end)
        if not match:
            return 0
        said = fold(match[1])
        if said != word and not (
            place == len(rest) and word.isalpha() and said in (word + "s", word + "n", word + "es")
        ):
            return 0
        end = match.end()
    return end


def _judged(original: Original, text: str, start: int, end: int, anything: bool) -> tuple[str, str]:
    """(leak, warn or '', rule) of a form that stands at a place."""
    seen, letters = text[start:end], sum(map(str.isalpha, original.form))
    if anything:
        return (LEAK, "form")
    short = letters <= 3 or (letters <= 4 and original.form.isupper())
    if (
        short
        and letters
        and seen.rstrip("0123456789") != original.form.rstrip("0123456789")
        and " " not in original.form
    ):
        return ("", "")
    if not original.wordlike and not (original.form.isdecimal() and len(original.form) <= 5):
        return (LEAK, "form")
    if _titled(original.titles).search(text[max(0, start - 40) : start]):
        return (LEAK, "title")
    return (WARN, "alone") if seen[0] == unicodedata.normalize("NFC", original.form)[0] else ("", "")


@cache
def _titled(titles: tuple[str, ...]) -> re.Pattern[str]:
    # A full stop behind a whole word ends a sentence: `die Frau. Sommer war es`.
    words = "|".join(
        re.escape(title.rstrip(".")) + (r"\.?" if title.endswith(".") else "")
        for title in sorted({*_TITLES, *titles} - {""})
    )
    return re.compile(rf"(?<![^\W_])(?:{words})[ \t\n\r\u00a0\x1d-]{{1,4}}$", re.I)


def _numbers(forms: Forms, text: str) -> Iterator[Hit]:
    """Long numbers in any writing: figures counted only, also in the middle of a longer run."""
    for match in _RUN.finditer(text):
        places = [i for i in range(match.start(), match.end()) if text[i].isdecimal()]
        figures = "".join(text[i] for i in places)
        for length in forms.figure_lengths:
            for at in range(len(figures) - length + 1):
                number = forms.figures.get(figures[at : at + length], -1)
                if number >= 0:
                    yield Hit(places[at], places[at + length - 1] + 1, number, LEAK, "figures")
