"""HIAT (Ehlich & Rehbein). Its full stops and question marks end sentences; tones stand over interjections."""

from __future__ import annotations

import re
import unicodedata

from pipeline.notation import plain
from pipeline.notation.breaks import SLASHES
from pipeline.notation.joined import JOINED
from pipeline.notation.marks import Mark, Rule, drop
from pipeline.notation.spoken import UNCERTAIN

_PAUSES = {1: "0.25", 2: "0.5", 3: "1"}
_DOTS = re.compile(r"•(?:[^\S\n]?•){0,2}")
_TONES = {
    "\u0300": "fallend", "\u0301": "steigend", "\u0302": "steigend-fallend", "\u0304": "gleichbleibend",
    "\u030c": "fallend-steigend",
}  # fmt: skip
_COMBINING = re.compile("(?<=[A-Za-zÄÖÜäöü])[\u0300\u0301\u0302\u0304\u030c]{1,2}")
_TONED = re.compile("(?<!\\w)[A-Za-zÄÖÜäöüÀ-ÅÈ-ÏÒ-ÕÙ-Ûà-åè-ïò-õù-ûĀ-ěŌ-őŪ-ūǍ-ǜḿŃńŇň]{1,6}(?!\\w|[\u0300-\u036f])")
_INTERJECTIONS = frozenset(
    ["ja", "jaa", "na", "nein", "ne", "ach", "ah", "oh", "aha", "so", "eh", "he", "tja", "hm", "hmhm"]
)


def _pause(match: re.Match[str], text: str) -> Mark:
    return Mark(*match.span(), "pause", _PAUSES[match.group().count("•")])


def _tone(match: re.Match[str], text: str) -> Mark:
    return Mark(*match.span(), "intonation", _TONES[match.group()[0]])


def _toned(match: re.Match[str], text: str) -> list[Mark] | None:
    """Tones in letters that have a sign of their own (`à`); only over interjections, for `José` and `Café` are names."""
    if match.group().isascii():
        return None
    letters = [(match.start() + i, c, unicodedata.normalize("NFD", c)) for i, c in enumerate(match.group())]
    toned = [(place, form) for place, _, form in letters if form[-1:] in _TONES]
    bare = "".join(form[:-1] if form[-1:] in _TONES else c for _, c, form in letters)
    if unicodedata.normalize("NFC", bare).lower() not in _INTERJECTIONS:
        return None
    return [
        Mark(place, place + 1, "intonation", _TONES[form[-1]], unicodedata.normalize("NFC", form[:-1]))
        for place, form in toned
    ]


def _moodless(match: re.Match[str], text: str) -> Mark:
    """It ends an utterance as a full stop does, unless another sign has done so."""
    ended = match.start() and text[match.start() - 1] in ".!?…"
    return Mark(*match.span(), "intonation", "ohne Modus", "" if ended else ".")


RULES: tuple[Rule, ...] = (
    *plain.EARLY,
    plain.BRACKETS,
    Rule("pause", _DOTS, _pause),
    UNCERTAIN,
    *SLASHES,
    drop("abort", re.compile(r"(?<=\w)(?:…|\.\.\.)"), "", None),  # kept: it ends what was said
    Rule("intonation", _COMBINING, _tone),
    Rule("intonation", _TONED, _toned),
    Rule("intonation", re.compile("[^\\S\n]?˙"), _moodless),
    JOINED,
)
