"""Broken words and sentences: a slash (Dresing & Pehl, Kuckartz, HIAT) or a hyphen (TiQ, Jefferson) behind them."""

from __future__ import annotations

import re

from pipeline.notation.marks import Mark, Rule
from pipeline.notation.signs import SHORT_WORDS

_WORD = r"[^\W\d_]{1,60}"
_NEXT = rf"(?:(?=[\s,]{{1,3}}({_WORD})(?:[\s,]{{1,3}}({_WORD}))?))?"
# Behind these a hyphen or slash leaves out a part of a word (`Vor- und Nachteile`) or names a choice (`und/ oder`).
JOINING = r"(?!\s{1,3}(?:und|oder|bzw|beziehungsweise|sowie|bis|als|wie|noch|respektive|u\.|&)(?!\w))"
_SLASH = re.compile(rf"(?<![\w/])({_WORD})/(?=[\s,.;!?…“”\"«()<]|$){JOINING}{_NEXT}")
_HYPHEN = re.compile(rf"(?<![\w-])({_WORD})-(?=[\s.;?!┘°@\])=(]|$){JOINING}{_NEXT}")
_LONE = re.compile(rf"(?<=\s)(?<!\d\s)/(?=\s|$){JOINING}")
_LETTERS = 4


def is_fragment(word: str, following: str, later: str = "") -> bool:
    """Whether a broken-off piece is no word of its own: a short one that nobody knows, or how a next word begins.

    >>> is_fragment("Sor", "Gedanken"), is_fragment("Wort", "Wortbruch"), is_fragment("war", "aber")
    (True, True, False)
    """
    low = word.lower()
    if following.lower().startswith(low):
        return True
    if later.startswith(word) and (word[:1].isupper() or low not in SHORT_WORDS):
        return True
    return len(word) <= _LETTERS and low not in SHORT_WORDS


def _abort(match: re.Match[str], text: str) -> Mark:
    word = match.group(1)
    end = match.end(1) + 1
    if is_fragment(word, match.group(2) or "", match.group(3) or ""):
        return Mark(match.start(), end, "abort", word, "")
    return Mark(match.start(), end, "abort", word, None, match.span(1))


def _lone(match: re.Match[str], text: str) -> Mark:
    return Mark(*match.span(), "abort", "")


SLASHES: tuple[Rule, ...] = (Rule("abort", _SLASH, _abort), Rule("abort", _LONE, _lone))
HYPHENS: tuple[Rule, ...] = (Rule("abort", _HYPHEN, _abort),)
