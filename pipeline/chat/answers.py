"""What of a model's answer counts: known categories with quotes that stand in the text, and nothing else.

An answer is a stranger's text: it may hold anything, be of any length and be shaped by what somebody said in the
interview. It can only ever propose one of the codebook's categories for words that were really said.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

MAX_ANSWER = 200_000  # letters that are read
MAX_ITEMS = 300
MAX_STARTS = 3000  # brackets at which an object is looked for
MAX_WHY = 300

Item = dict[str, Any]
_THOUGHT = "</think>"  # some models think aloud first, and try out lists they do not mean
_TYPED = str.maketrans(
    dict.fromkeys("„“”‟«»″", '"') | dict.fromkeys("‚‘’‛‹›′`´", "'") | dict.fromkeys("‐‑‒–—―−", "-") | {"…": "..."}
)
_QUOTES = "\"'„“”‟«»‚‘’‛‹› "


class Coding(NamedTuple):
    """A passage of a turn with its category; `start` and `end` count in the text that was searched."""

    start: int
    end: int
    code: str
    why: str


def read(content: str) -> list[Item] | None:
    """The items of an answer, whatever stands around them; None where there is no list of codings to be seen.

    >>> read('Gern:\\n```json\\n{"codings": []}\\n```')
    []
    """
    content = content[:MAX_ANSWER].rpartition(_THOUGHT)[2]
    whole: list[Item] | None = None
    single: list[Item] = []
    for found in _objects(content):
        listed = found.get("codings")
        if isinstance(listed, list):
            whole = [item for item in listed if isinstance(item, dict)]  # the last list is what it settled on
        elif "code" in found and "quote" in found:
            single.append(found)
    return whole[:MAX_ITEMS] if whole is not None else single[:MAX_ITEMS] or None


def _objects(content: str) -> Iterator[Item]:
    """JSON objects in a text, the outer ones; inner ones only where the outer one is broken off."""
    decoder, at = json.JSONDecoder(), content.find("{")
    for _ in range(MAX_STARTS):
        if at < 0:
            return
        try:
            found, end = decoder.raw_decode(content, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            yield found
        at = content.find("{", end)


def codings(items: Iterable[Item], text: str, known: Collection[str]) -> list[Coding]:
    """The items whose category is known and whose quote stands in the text; none twice, none within another one."""
    searched = Searched(text, *_folded(text))
    found: list[Coding] = []
    for item in items:
        code, quote, why = item.get("code"), item.get("quote"), item.get("why")
        if not isinstance(code, str) or not isinstance(quote, str) or code.strip() not in known:
            continue
        place = locate(searched, quote)
        if place:
            found.append(Coding(*place, code.strip(), _reason(why)))
    return _distinct(found)


def _distinct(found: list[Coding]) -> list[Coding]:
    kept: list[Coding] = []
    for one in sorted(found, key=lambda c: (c.start, -c.end)):  # the longer of two before the one that lies in it
        if not any(o.code == one.code and o.start <= one.start and one.end <= o.end for o in kept):
            kept.append(one)
    return kept


def _reason(why: Any) -> str:
    if not isinstance(why, str):
        return ""
    # Half signs and signs that turn the reading direction would break files or mislead readers.
    plain = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in why[: MAX_WHY * 4])
    line = " ".join(plain.split())
    return line if len(line) <= MAX_WHY else line[: MAX_WHY - 1].rstrip() + "…"


class Searched(NamedTuple):
    """A text and the same text as one types it, with where each of its signs begins and ends in the text."""

    text: str
    folded: str
    starts: list[int]
    ends: list[int]


def _folded(text: str) -> tuple[str, list[int], list[int]]:
    """White space as one blank, typographic signs as typed ones, letters with their accents as one sign."""
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    while at < len(text):
        begin, at = at, at + 1
        while at < len(text) and _adds(text[at]):
            at += 1
        sign = unicodedata.normalize("NFC", text[begin:at])
        if sign.isspace():
            if signs and signs[-1] == " ":
                ends[-1] = at
                continue
            sign = " "
        for letter in sign.translate(_TYPED):
            signs.append(letter)
            starts.append(begin)
            ends.append(at)
    return "".join(signs), starts, ends


def locate(searched: Searched, quote: str) -> tuple[int, int] | None:
    """Where a quote stands in the text, to the letter or but for typing; None where it does not.

    >>> locate(Searched("Er  sagte „nein“.", *_folded("Er  sagte „nein“.")), 'er sagte "nein"') is None
    True
    >>> locate(Searched("Er  sagte „nein“.", *_folded("Er  sagte „nein“.")), 'Er sagte "nein"')
    (0, 16)
    """
    if len(quote) > 2 * len(searched.text) + 20:
        return None
    exact, typed = quote.strip(), _folded(quote.strip())[0]
    for needle, folded in ((exact, False), (typed, True), (typed.strip(_QUOTES), True)):
        if sum(map(str.isalnum, needle)) < 2:  # a sign that stands everywhere says nothing
            continue
        hay = searched.folded if folded else searched.text
        at = hay.find(needle)
        while at >= 0:
            place = _unfolded(searched, at, at + len(needle)) if folded else (at, at + len(needle))
            if place and not any(_inside(searched.text, end) for end in place):
                return place
            at = hay.find(needle, at + 1)
    return None


def _unfolded(searched: Searched, start: int, end: int) -> tuple[int, int] | None:
    """A stretch of the folded text in the text itself; None where it begins or ends within what was one sign there."""
    begins, ends = searched.starts, searched.ends
    if (start and begins[start - 1] == begins[start]) or (end < len(ends) and ends[end - 1] == ends[end]):
        return None
    return begins[start], ends[end - 1]


def _inside(text: str, at: int) -> bool:
    """Whether a place lies within a word or a sign of several code points."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    return _adds(after) or before == "\u200d" or ((before.isalnum() or _adds(before)) and after.isalnum())


def _adds(sign: str) -> bool:
    """Whether a code point belongs to the one before it: accents, joiners, variants and skin colours of pictures."""
    return sign == "\u200d" or "\U0001f3fb" <= sign <= "\U0001f3ff" or unicodedata.category(sign)[0] == "M"
