"""Finder of numbers and addresses: telephone, e-mail, pages, accounts, birth dates, ids, post codes with their place.

Sure is what a check figure, the telephone library or a word beside it says; the rest is suspected. Ages, years, prices,
times and house numbers are no finds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from pipeline.naming import dates, ids, online, phones
from pipeline.naming.base import KINDS, SUSPECTED, Found, Talk
from pipeline.naming.cues import UNIT_BEHIND, before, found

_CODE = r"(?:D-?\s?)?(?P<code>0[1-9]\d{3}|[1-9]\d{4})"
_PLACE = r"(?P<place>(?:Bad |St\. |Sankt |Groß |Klein |Alt )?[A-ZÄÖÜ][a-zäöüß]{1,30}(?:-[A-ZÄÖÜ][a-zäöüß]{1,30})?)"
_POSTAL = re.compile(rf"(?<![\w.,:/-]){_CODE} {_PLACE}(?![\w])")
_POSTAL_LOWER = re.compile(rf"(?<![\w.,:/-]){_CODE} (?P<place>[a-zäöüß]{{3,30}})(?!\w)")
_POSTAL_CUE = re.compile(r"\b(?:postleitzahl|plz)\b[\w\s,:]{0,20}?(?P<code>\d{5})(?!\d)", re.I)
# A house number, a preposition of place or a sign of an address stands before a post code.
_ADDRESS = re.compile(r"(?:\d ?[a-z]?,?|\b(?:in|aus|nach|wohnhaft|adresse|postleitzahl|plz|d)[:,-]?)\s$", re.I)
_COUNTED = re.compile(
    r"\b(?:haben|hatten|waren|sind|wären|etwa|rund|über|fast|circa|die|mit|von|für|um|gab es|es gab|nur|so)\s$", re.I
)
_NO_PLACE = re.compile(
    r"[A-ZÄÖÜ][a-zäöüß]+(?:ungen|heiten|keiten|tionen|stimmen|plätze|leute|menschen|mitglieder|kinder|zahl)$"
)


def find(talk: Talk) -> list[list[Found]]:
    """Finds for each text of an interview, sorted and without overlaps; nothing inside masks.

    >>> [[(f.kind, f.surface) for f in row] for row in find(Talk(("Wie ist Ihre Nummer?", "Die 0209 5550123, ich bin 52.")))]
    [[], [('phone', '0209 5550123')]]
    """
    rows = []
    for number, text in enumerate(talk.texts):
        turn_before = talk.texts[number - 1] if number else ""
        masks = talk.masks[number] if number < len(talk.masks) else ()
        hits = [f for f in _all(text, turn_before, talk.lower) if all(f.end <= a or f.start >= b for a, b in masks)]
        rows.append(_apart(hits))
    return rows


def _all(text: str, turn_before: str, lower: bool) -> Iterator[Found]:
    yield from online.find(text)
    yield from ids.find(text, turn_before)
    yield from phones.find(text, turn_before)
    yield from dates.find(text, turn_before)
    yield from _post_codes(text, lower)


def _post_codes(text: str, lower: bool) -> Iterator[Found]:
    for match in (_POSTAL_LOWER if lower else _POSTAL).finditer(text):
        address = bool(_ADDRESS.search(before(text, match.start(), 20)))
        round_number = match["code"].endswith("00")
        if (
            UNIT_BEHIND.match(text, match.end("code"))
            or _NO_PLACE.match(match["place"])
            or (round_number and not address)
        ):
            continue
        if address or not (lower or _COUNTED.search(before(text, match.start(), 20))):
            yield found(text, match.start(), match.end(), "place", "post-code", address, core=match["place"])
    for match in _POSTAL_CUE.finditer(text):
        yield found(text, match.start("code"), match.end("code"), "id", "post-code-cue")


def _apart(hits: list[Found]) -> list[Found]:
    """Without overlaps: what is longer wins, then what is sure, then the order of kinds."""
    kept: list[Found] = []
    starts: list[int] = []
    for hit in sorted(
        hits, key=lambda f: (f.start - f.end, f.certainty == SUSPECTED, KINDS.index(f.kind), f.start, f.rule)
    ):
        at = bisect_left(starts, hit.end)  # those before begin in front of its end; the last of them must end before it
        if at == 0 or kept[at - 1].end <= hit.start:
            kept.insert(at, hit)
            starts.insert(at, hit.start)
    return kept
