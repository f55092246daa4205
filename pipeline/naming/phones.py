"""Telephone numbers: what the library of that name knows, German ones in looser writing, and numbers said in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.naming.base import Found
from pipeline.naming.cues import UNIT_BEHIND, before, behind, found, last, question
from pipeline.naming.spoken import Run, runs

REGION = "DE"
FEWEST, MOST = 7, 15  # figures of a number with its area code
CUE = re.compile(
    r"\b(?:(?:telefon|handy|mobil|fax|festnetz|ruf|privat|durchwahl|whats-?app|dienst)(?:-?num+ern?)?|(?:handy|mobil|telefon|fax)\w{0,8}|"
    r"tel\.?|nummern?|durchwahl|vorwahl|anrufen|angerufen|anklingeln|erreich\w{0,6}|zurückrufen|ruf\w{0,3}|wähl\w{0,3})\b",
    re.I,
)
# Numbers of another sort, though `Nummer` stands in their name.
_OTHER = re.compile(r"\b(?:haus|zimmer|kunden|mitglieds|konto|personal|steuer|lotto|start|rücken|los|glücks|akten|"
                    r"versicherten|versicherungs|bg-?|ausweis)-?num+ern?\b", re.I)  # fmt: skip
_BEHIND = re.compile(r"\b(?:erreich\w{0,6}|anrufen|durchklingeln|zurückrufen|melden|durchwahl)\b", re.I)
_LOOSE = re.compile(
    r"(?<![\w.,:+/-])(?<!\d )\(?(?:\+ ?\d{1,3}|00?)[ (]{0,2}(?:\(0\))?(?:[ \-–/().]{0,3}\d){5,17}(?![\d]|[.,:]\d|-\d|\w)"
)
_WRITTEN = re.compile(r"(?<![\w.,:/-])[1-9](?:[ \-/]{0,3}\d){2,13}(?![\d]|[.,:]\d|\w|[ ]?[€%])")
_PUBLIC = frozenset({"110", "112", "115", "116117", "116116"})
_NO_NUMBER = re.compile(r"0[.,]\d+|0?\d{1,2}[./-] ?0?\d{1,2}[./-] ?(?:19|20)?\d\d")
_YEARS = re.compile(r"(?:19|20)\d\d")


def find(text: str, turn_before: str = "", region: str = REGION) -> Iterator[Found]:
    """Mentions of telephone numbers; `turn_before` is what was said before, perhaps the question for the number."""
    if sum(sign.isdecimal() for sign in text) >= 3:
        yield from _library(text, region)
        yield from _loose(text)
        yield from _cued(text, turn_before)
    for run in runs(text):
        yield from _spoken(text, run, turn_before)


def _library(text: str, region: str) -> Iterator[Found]:
    import phonenumbers

    for match in phonenumbers.PhoneNumberMatcher(text, region, leniency=phonenumbers.Leniency.VALID):
        start = match.start
        # Without the 0 or + in front, any German count of eight figures would be a number of somebody.
        if text[start] in "0+(" and not _NO_NUMBER.fullmatch(match.raw_string):
            yield found(text, start, match.end, "phone", "phone-library")


def _loose(text: str) -> Iterator[Found]:
    for match in _LOOSE.finditer(text):
        digits = sum(sign.isdecimal() for sign in match.group())
        if FEWEST <= digits <= MOST and not _NO_NUMBER.fullmatch(match.group()):
            start = match.start()
            if match.group().startswith("(") and ")" not in match.group():
                start += 1
            yield found(text, start, match.end(), "phone", "phone-loose")


def _cued(text: str, turn_before: str) -> Iterator[Found]:
    """Numbers without an area code, where a word before says what they are."""
    for match in _WRITTEN.finditer(text):
        digits = "".join(filter(str.isdecimal, match.group()))
        if digits in _PUBLIC or UNIT_BEHIND.match(text, match.end()) or _years(match.group()):
            continue
        cue = _cue(text, match.start(), turn_before)
        fewest = 2 if cue.startswith("durchwahl") else 5
        if cue and fewest <= len(digits) <= MOST:
            yield found(text, match.start(), match.end(), "phone", "phone-cue", sure=len(digits) >= 6 or fewest == 2)


def _spoken(text: str, run: Run, turn_before: str) -> Iterator[Found]:
    groups, end = list(run.groups), run.end
    if UNIT_BEHIND.match(text, end) or len(groups) < 3 or _counting(groups) or run.digits in _PUBLIC:
        return
    digits = len(run.digits)
    start = run.start
    plus = re.search(r"(?:\+|\bplus)\s*$", text[:start][-6:], re.I)
    if plus:
        start -= 6 - plus.start() if start >= 6 else start - plus.start()
    area = run.digits.startswith("0") or bool(plus)
    cue = _cue(text, run.start, turn_before) or (_BEHIND.search(behind(text, end, 40)) and "behind")
    if not run.words and not (area and digits >= FEWEST):
        return  # figures without an area code are looked at where a word says what they are
    if area and FEWEST <= digits <= MOST + 2:
        yield found(text, start, end, "phone", "phone-spoken", sure=digits >= 8 or bool(cue))
    elif cue and 5 <= digits <= MOST:
        yield found(text, start, end, "phone", "phone-spoken-cue", sure=digits >= 6)


def _cue(text: str, at: int, turn_before: str) -> str:
    head = before(text, at)
    if _OTHER.search(head):
        return ""
    match = last(CUE, head)
    if match is None and at <= 60 and not _OTHER.search(turn_before[-160:]):
        match = last(re.compile(r"\w*num+er\b|\w*telefon\w*|\bdurchwahl\b", re.I), question(turn_before))
    return match.group().lower() if match else ""


def _years(written: str) -> bool:
    return all(_YEARS.fullmatch(group) for group in re.findall(r"\d+", written))


def _counting(groups: list[str]) -> bool:
    """`eins, zwei, drei, vier` counts, and `null acht fünfzehn` is a saying; years in a row are no number either."""
    numbers = [int(group) for group in groups]
    steps = {b - a for a, b in pairwise(numbers)}
    return steps in ({1}, {-1}, {10}, {100}) or groups == ["0", "8", "15"] or all(_YEARS.fullmatch(g) for g in groups)
