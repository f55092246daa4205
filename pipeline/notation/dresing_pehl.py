"""Dresing and Pehl's rules, simple and extended (Praxisbuch Interview, Transkription & Analyse, 8th ed. 2018)."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.notation import plain
from pipeline.notation.marks import Mark, Rule
from pipeline.notation.signs import ABBREVIATIONS

_PAUSE = re.compile(r"\((\.{1,3}|…|\d{1,3})(?:\s?(?:s|sek|sekunden)\.?)?(?:\s?pause)?\)", re.I)
_UNCERTAIN = re.compile(r"\(([^()\n?]{1,60})\?\)")
_LISTENER = re.compile(r"(?<!:)//\s?([^/\n:]{1,25}?)\s?//")
_NAMED = re.compile(r"(?<!:)//\s?([A-ZÄÖÜ][\w.]{0,12}):\s([^/\n]{1,200}?)\s?//")
_OVERLAP = re.compile(r"(?<!:)//\s?([^/\n]{26,300}?)\s?//")
_ABORT = re.compile(r"(?<![\w/])([^\W\d_]+)/(?=\s|$)(?:(?=\s+([^\W\d_]+)))?")
_LONE = re.compile(r"(?<=\s)/(?=\s|$)")
_CAPITALS = re.compile(r"(?<![\w.-])[A-ZÄÖÜ]{3,30}(?![\w-]|\.\w)")
_LISTENERS = frozenset(
    ["mhm", "hm", "ja", "ah", "aha", "okay", "ok", "genau", "stimmt", "klar", "nein", "ne", "nee", "oh", "so", "ach"]
)
_WORD_ENDS = (".", "!", "?", "…")


def _pause(match: re.Match[str], text: str) -> Mark:
    sign = match.group(1)
    alone = not text[: match.start()].rsplit("\n", 1)[-1].strip() and not text[match.end() :].split("\n", 1)[0].strip()
    if alone and sign in ("...", "…"):
        # By itself in a paragraph it stands for a passage that was left out, not for silence.
        return Mark(*match.span(), "omission", sign, "[…]")
    seconds = {"…": "3", "...": "3"}.get(sign, sign if sign.isdigit() else str(len(sign)))
    return Mark(*match.span(), "pause", seconds)


def _uncertain(match: re.Match[str], text: str) -> Mark | None:
    return Mark(*match.span(), "uncertain", match.group(1).strip(), None, match.span(1))


def _listener(match: re.Match[str], text: str) -> Mark:
    words = match.group(1).strip()
    known = words.lower().strip(".,!? ").split()
    if known and all(word.strip(".,") in _LISTENERS for word in known):
        return Mark(*match.span(), "backchannel", words)
    return Mark(*match.span(), "overlap", words, None, match.span(1))


def _named(match: re.Match[str], text: str) -> Mark:
    return Mark(*match.span(), "backchannel", f"{match.group(1)}: {match.group(2).strip()}")


def _overlap(match: re.Match[str], text: str) -> Mark:
    return Mark(*match.span(), "overlap", match.group(1).strip(), None, match.span(1))


def _abort(match: re.Match[str], text: str) -> Mark:
    word, following = match.group(1), match.group(2) or ""
    end = match.start(1) + len(word) + 1
    fragment = len(word) <= 4 or (bool(following) and following.lower().startswith(word.lower()))
    return Mark(match.start(), end, "abort", word, "" if fragment else None, None if fragment else match.span(1))


def _lone(match: re.Match[str], text: str) -> Mark:
    return Mark(*match.span(), "abort", "")


def _emphasis(match: re.Match[str], text: str) -> Mark | None:
    word = match.group()
    if word in ABBREVIATIONS or set(word) <= {"X"}:
        return None
    starts = not text[: match.start()].strip() or text[: match.start()].rstrip()[-1:] in _WORD_ENDS
    spelled = _spelled(word)
    return Mark(*match.span(), "emphasis", word, spelled.capitalize() if starts else spelled) if spelled else None


@lru_cache(maxsize=50_000)
def _spelled(word: str) -> str:
    """A word in capitals as it is usually written; empty where it is unknown (a name, an abbreviation)."""
    from pipeline.german.words import listed

    low, high = word.lower(), word.capitalize()
    base = listed(low)
    if not base:
        return high if listed(high) else ""
    noun = base[:1].isupper() or (base != low and listed(high) == high)
    return high if noun else low


RULES: tuple[Rule, ...] = (
    plain.RULES[0],  # time marks before pauses: (00:12:31) is not a pause
    plain.RULES[1],
    plain.RULES[2],
    Rule("pause", _PAUSE, _pause),
    Rule("uncertain", _UNCERTAIN, _uncertain),
    *plain.RULES[3:],
    Rule("backchannel", _NAMED, _named),
    Rule("backchannel", _LISTENER, _listener),
    Rule("overlap", _OVERLAP, _overlap),
    Rule("abort", _ABORT, _abort),
    Rule("abort", _LONE, _lone),
    Rule("emphasis", _CAPITALS, _emphasis),
)
