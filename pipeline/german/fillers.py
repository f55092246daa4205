"""Hesitations, tag questions and other interjections of spoken German: which word is one where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.german.facts import facts

_HESITATION = re.compile(r"(?:ä+h*m*|ö+h*m*|e+h+m+|e:hm|ah+m+|h+m+(?:_?h+m+)*|m+h+m*(?:_?m*h+m+)*|m{2,}|u+hm*|yani|şey)", re.I)
# Words that are a tag question only at the end of what they question ("…, ne?"), and something else elsewhere.
_TAGS = facts("tag questions")
_ALWAYS_TAGS = frozenset({"gell", "gelle", "woll", "wonnich", "wonnit"})
_WEAK_TAGS = frozenset({"nicht", "nich", "oder", "right", "gel", "wah", "wa"})
INTERJECTIONS = facts("interjections")
_STOPS = frozenset({".", "?", "!", "…", "...", ",", ";", ":", "–", "-", "--", "—", ")", "“", "”", "»", "«", '"', "/"})


# "hm-hm" and "m-m" with a break say no as often as yes: an interjection, but no mere filler.
_ANSWER = re.compile(r"h?m+(?:-h?m+)+", re.I)


def is_filler(words: Sequence[str], i: int) -> bool:
    """Whether the i-th word of a sentence is a hesitation or a tag question.

    >>> [is_filler(["Schwierig", ",", "ne", "?"], 2), is_filler(["ne", "gute", "Sache"], 0)]
    [True, False]
    """
    word = words[i].lower()
    if _HESITATION.fullmatch(word):
        return not (word == "mm" and i and words[i - 1][-1:].isdigit())
    if word == "eh":
        return _stops_after(words, i) and _stops_before(words, i)
    return word in _TAGS and is_tag(words, i)


def is_tag(words: Sequence[str], i: int) -> bool:
    """Whether a word such as "ne" or "gell" asks for assent here: after something, and before a pause."""
    word = words[i].lower()
    if word in _ALWAYS_TAGS:
        return True
    if i == 0 or not any(other[0].isalnum() for other in words[:i]):
        return False  # "Ne." as a whole answer says no
    if word in _WEAK_TAGS:  # only before a question mark: "…, nicht." may well negate
        return words[i - 1] in {",", "–", "-", "…", "..."} and i + 1 < len(words) and words[i + 1] == "?"
    return _stops_after(words, i) or (words[i - 1] == "," and words[i + 1].lower() in {"und", "aber", "also", "weil", "ich"})


def is_interjection(words: Sequence[str], i: int) -> bool:
    """Whether the word is an interjection that says something (surprise, regret), and so no mere filler."""
    word = words[i].lower()
    if word in {"okay", "ok", "okee", "oké"}:
        return _stops_after(words, i) and _stops_before(words, i)
    if word == "na" or word == "he":
        return True
    if word == "och":
        return _stops_after(words, i)
    return word in INTERJECTIONS or _ANSWER.fullmatch(word) is not None


def _stops_before(words: Sequence[str], i: int) -> bool:
    return i == 0 or words[i - 1] in _STOPS


def _stops_after(words: Sequence[str], i: int) -> bool:
    return i + 1 == len(words) or words[i + 1] in _STOPS
