"""Birth dates, written or said in words, where something near says that somebody was born. Other dates are let be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.naming.base import Found
from pipeline.naming.cues import before, behind, found, question
from pipeline.naming.spoken import NUMBERS, ORDINALS, YEARS, year

MONTHS = (
    "januar", "jänner", "jaenner", "februar", "feber", "märz", "maerz", "april", "mai", "juni", "juno", "juli", "julei", "august",
    "september", "oktober", "november", "dezember", "sept", "okt", "nov", "dez", "jan", "feb", "aug",
)  # fmt: skip
CUE = re.compile(
    r"\b(?:geboren\w{0,3}|geb\.|gebor'n|gebürtig|geburtstag\w{0,3}|geburtsdatum|geburtsdat\w{1,3}|geburt|zur welt|"
    r"auf die welt|namenstag|geburtsurkunde|wiegenfest)|(?:^|\s)\*\s?(?=\d)",
    re.I,
)
# Papers in which a birth date stands; weaker, so only whole dates of former years count.
_PAPERS = re.compile(r"\b(?:pass|reisepass|ausweis|personalausweis|papiere\w?|urkunde|führerschein)\b", re.I)
_SELF = re.compile(r"\b(?:ich|er|sie|der|die) (?:bin|ist|war) (?:vom |am |der |ein |'n )?$", re.I)
_OTHER_EVENT = re.compile(
    r"\b(?:geheiratet|gestorben|verstorben|gekommen|eingereist|angekommen|hochzeit|gegründet|interview)\b", re.I
)

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WORD = r"[a-zäöüß]{4,32}"
_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_MONTHS_NUMBER = r"(?:0?[1-9]|1[0-2])(?!\d)"
_WRITTEN = re.compile(
    rf"(?<![\w.,:/-])(?:(?:18|19|20)\d\d-{_MONTHS_NUMBER}-{_NUMBER}"
    rf"|{_NUMBER}(?P<sign>\. ?|/|-| ){_MONTHS_NUMBER}(?:(?P=sign)|\. ?)(?:(?:18|19|20)\d\d|'?\d\d)"
    rf"|{_NUMBER}\. ?{_MONTHS_NUMBER}\.)(?![\w/-]|[.,:]\d)"
)
# Day and month, then perhaps the year; day, month and year each in figures or in words.
_NAMED = re.compile(
    rf"(?<![\w.,:])(?P<day>{_NUMBER}\.?|{_WORD}) ?(?P<month>\b(?:{_MONTH})\b(?:(?<=jan|feb|aug|okt|nov|dez|ept)\.)?|\b{_WORD}\b|{_MONTHS_NUMBER}\.)"
    rf"(?:,? (?:im jahr[e]? |so )?(?P<year>(?:18|19|20)\d\d|'?\d\d|{_WORD})\b(?! ?[\d:%€]| uhr| jahre?\b| kinder))?",
    re.I,
)
_NEAR = 50


def find(text: str, turn_before: str = "") -> Iterator[Found]:
    """Mentions of birth dates; `turn_before` is what was said before, perhaps the question for it."""
    asked = bool(CUE.search(question(turn_before)))
    for written in _WRITTEN.finditer(text):
        whole = len(re.findall(r"\d+", written.group())) == 3
        if rule := _rule(text, *written.span(), whole, asked):
            yield found(text, *written.span(), "birthdate", rule)
    at = 0
    while match := _NAMED.search(text, at):
        end = _named(match)
        if not end:
            # The words of a day may overlap: `ersten ersten fünfundsechzig` is found from its first word on.
            at = match.end("day") if match.end("day") > at else match.end()
            continue
        at = end
        whole = end == match.end() and bool(match["year"])
        if rule := _rule(text, match.start(), end, whole, asked):
            yield found(text, match.start(), end, "birthdate", rule)


def _named(match: re.Match[str]) -> int:
    """Where a date in words ends, 0 where the words are none. Without a month's name it needs ordinals and a year."""
    day, month = match["day"].lower().rstrip("."), match["month"].lower().rstrip(".")
    said = match["year"].lower().lstrip("'") if match["year"] else ""
    has_year = bool(said) and bool(year(said)) and (said.isdecimal() or said in YEARS or said in NUMBERS)
    if not (day.isdecimal() or day in ORDINALS):
        return 0
    if month in MONTHS:
        return match.end() if has_year else match.end("month")
    ordinal = ORDINALS.get(month, int(month) if month.isdecimal() else 0)
    return match.end() if 1 <= ordinal <= 12 and has_year and day in ORDINALS else 0


def _rule(text: str, start: int, end: int, whole: bool, asked: bool) -> str:
    """The rule that makes a date a birth date, '' where none does."""
    head, tail = before(text, start), behind(text, end)
    cues = [
        *((start - len(head) + m.end(), -1) for m in CUE.finditer(head)),
        *((end + m.start(), 1) for m in CUE.finditer(tail)),
    ]
    for place, side in cues:
        between = text[place:start] if side < 0 else text[end:place]
        if len(between) <= _NEAR and not _OTHER_EVENT.search(between) and not _a_date(between):
            return "birthdate-cue"
    if whole and _PAPERS.search(head + " " + tail) and not _OTHER_EVENT.search(head + " " + tail):
        return "birthdate-papers"
    if whole and _SELF.search(head) and ("vom" in head[-5:] or not re.match(r"\s?\w", tail)):
        return "birthdate-self"
    return "birthdate-asked" if asked and start <= _NEAR else ""


def _a_date(between: str) -> bool:
    """Whether another date or year stands between, which the cue belongs to."""
    return bool(re.search(rf"(?:18|19|20)\d\d|\b(?:{_MONTH})\b", between, re.I))
