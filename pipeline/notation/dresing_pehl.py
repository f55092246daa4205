"""Dresing and Pehl's rules, simple and extended (Praxisbuch Interview, Transkription & Analyse, 8th ed. 2018)."""

from __future__ import annotations

import re

from pipeline.notation import pauses, plain
from pipeline.notation.breaks import SLASHES
from pipeline.notation.casing import CAPITALS, stressed
from pipeline.notation.marks import Mark, Rule
from pipeline.notation.signs import LISTENERS

_PAUSE = re.compile(r"\((\.{1,9}|…|\.\s\.\s\.|\d{1,3})\)")
_UNCERTAIN = re.compile(r"\(([^()\n?]{1,60})\?\)")
_UNHEARD = re.compile(r"\(\?{1,3}\)")
_LISTENER = re.compile(r"(?<!:)//\s?([^/\n:]{1,25}?)\s?//")
_OVERLAP = re.compile(r"(?<!:)//\s?([^/\n]{26,300}?)\s?//")
_HALF = re.compile(r"(?<![:\w/])//(?![\w/]{1,13}:)(?!/)")
_QUOTED = re.compile(
    r"„[^„“”\n]{1,500}[“”]|»[^»«\n]{1,500}«|«[^»«\n]{1,500}»|“[^„“”\n]{1,500}”|\"[^\"\n]{1,500}\"|‚[^‚‘’\n]{1,300}‘"
)
_MOST_WORDS = 4  # in brackets with a question mark: more is a question, asked in passing


def _pause(match: re.Match[str], text: str) -> Mark | None:
    sign = match.group(1)
    if sign.isdigit():
        return pauses.seconds(match, text)
    if sign in plain.OMISSIONS and pauses.alone(text, *match.span()):
        # By itself in a paragraph it stands for a passage that was left out, not for silence.
        return Mark(*match.span(), "omission", sign, "[…]")
    return Mark(*match.span(), "pause", "3" if sign in plain.OMISSIONS else str(len(sign)))


def _uncertain(match: re.Match[str], text: str) -> Mark | None:
    """The first of several wordings (`(Axt/Akt?)`) is kept."""
    words = match.group(1)
    if plain.is_sound(words):
        return Mark(*match.span(), "event", words.strip())
    if len(words.split()) > _MOST_WORDS:
        return None
    first = words.split("/")[0].rstrip()
    start = match.start(1) + len(first) - len(first.lstrip())
    return Mark(*match.span(), "uncertain", words.strip(), None, (start, match.start(1) + len(first)))


def is_listening(words: str) -> bool:
    """Whether all words are signals of a listener."""
    known = words.lower().strip(".,!? ").split()
    return bool(known) and all(word.strip(".,") in LISTENERS for word in known)


def _listener(match: re.Match[str], text: str) -> Mark:
    words = match.group(1).strip()
    if is_listening(words):
        return Mark(*match.span(), "backchannel", words)
    return Mark(*match.span(), "overlap", words, None, match.span(1))


def _overlap(match: re.Match[str], text: str) -> Mark:
    return Mark(*match.span(), "overlap", match.group(1).strip(), None, match.span(1))


def _half(match: re.Match[str], text: str) -> Mark:
    """The other half of an overlap stands in somebody else's turn."""
    return Mark(*match.span(), "overlap", "")


def _quoted(match: re.Match[str], text: str) -> Mark:
    return Mark(*match.span(), "reported_speech", "", None, None, True)


PAUSES = Rule("pause", _PAUSE, _pause)
UNCERTAIN: tuple[Rule, ...] = (
    Rule("gap", _UNHEARD, lambda match, text: Mark(*match.span(), "gap", "", "[…]")),
    Rule("uncertain", _UNCERTAIN, _uncertain),
)
SLASHED: tuple[Rule, ...] = (
    Rule("backchannel", _LISTENER, _listener),
    Rule("overlap", _OVERLAP, _overlap),
    Rule("overlap", _HALF, _half),
)
QUOTED = Rule("reported_speech", _QUOTED, _quoted)
RULES: tuple[Rule, ...] = (
    *plain.EARLY,
    plain.BRACKETS,
    PAUSES,
    *UNCERTAIN,
    plain.SOUNDS_IN_BRACKETS,
    *SLASHED,
    QUOTED,
    *SLASHES,
    Rule("emphasis", CAPITALS, stressed("emphasis")),
)
