"""Signs that mean the same in every system: time marks, masks, sounds in brackets with a known word, what was not heard."""

from __future__ import annotations

import re

from pipeline.notation.marks import Mark, Rule
from pipeline.notation.signs import MASKS, NONVERBAL, UNINTELLIGIBLE

_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,:-]\d{1,4})?"
TIME = re.compile(rf"#{_CLOCK}#|\[{_CLOCK}\]|\({_CLOCK}\)|\{{{_CLOCK}\}}")
DOUBLE = re.compile(r"\(\(([^()\n]{1,80})\)\)")
GAP = re.compile(
    rf"[(\[](?:{'|'.join(map(re.escape, UNINTELLIGIBLE))})\.?(?:\s*[,:;]\s*([^()\[\]\n]{{1,60}}))?\??[)\]]", re.I
)
SQUARE = re.compile(r"\[([^\[\]\n]{1,80})\]")
UNDERSCORED = re.compile(r"(?<!\w)_([A-ZÄÖÜ][\wäöüß -]{1,40})_(?!\w)")
CROSSED = re.compile(r"(?<![\w*])(?:X{3,}|\*{3,}|_{4,}|█+)(?![\w*])")
SOUND = re.compile(r"\(([^()\n]{2,60})\)")
_LETTERS = re.compile(r"[^\W\d_]+")


def _time(match: re.Match[str], text: str) -> Mark | None:
    inside = match.group()[1:-1]
    # One colon in round brackets may be a clock time or a verse; two are a time mark.
    if match.group()[0] == "(" and inside.count(":") < 2:
        return None
    return Mark(*match.span(), "time", inside)


def _gap(match: re.Match[str], text: str) -> Mark:
    return Mark(*match.span(), "gap", (match.group(1) or "").strip(), "[…]")


def is_sound(words: str) -> bool:
    """Whether words in brackets tell of a sound: few words, one of them known for it.

    >>> is_sound("lacht leise"), is_sound("das war 1996 oder so")
    (True, False)
    """
    found = _LETTERS.findall(words.lower())
    return 0 < len(found) <= 5 and any(word in NONVERBAL for word in found)


def _double(match: re.Match[str], text: str) -> Mark:
    return Mark(*match.span(), "event", match.group(1).strip())


def _square(match: re.Match[str], text: str) -> Mark | None:
    inside = match.group(1).strip()
    if inside in ("...", "…", ". . ."):
        return Mark(*match.span(), "omission", inside, "[…]")
    words = _LETTERS.findall(inside.lower())
    if words and words[0] in MASKS:
        return Mark(*match.span(), "mask", inside, None)
    return Mark(*match.span(), "event", inside) if is_sound(inside) else None


def _mask(match: re.Match[str], text: str) -> Mark:
    return Mark(*match.span(), "mask", match.group().strip("_"), None)


def _sound(match: re.Match[str], text: str) -> Mark | None:
    return Mark(*match.span(), "event", match.group(1).strip()) if is_sound(match.group(1)) else None


RULES: tuple[Rule, ...] = (
    Rule("time", TIME, _time),
    Rule("event", DOUBLE, _double),
    Rule("gap", GAP, _gap),
    Rule("mask", SQUARE, _square),
    Rule("mask", UNDERSCORED, _mask),
    Rule("mask", CROSSED, _mask),
    Rule("event", SOUND, _sound),
)
