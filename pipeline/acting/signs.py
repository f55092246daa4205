"""Signs of cooperation and of its lack in a sentence (`signs.tsv`)."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

TOGETHER, CONTACT, ABSENT, APART, WISHED, PAST = "together", "contact", "absent", "apart", "wished", "past"
_WE = re.compile(r"\b(?:wir|uns)\b(?! alle\b)")
_OUR = re.compile(r"\bunser(?:e[rnms]?)?\b")
_I = re.compile(r"\b(?:ich|mir|mich|meine[rnms]?|mein)\b")
_UNSURE = re.compile(r"\b(?:glaub(?:e|'|’)? ich|ich glaube?|mein(?:e|'|’)? ich|vielleicht|vermutlich|wahrscheinlich|soweit ich weiß|soviel ich weiß|weiß (?:ich )?nicht|nicht sicher)(?!\w)")
_ONE = re.compile(r"\bman\b")


class Sign(NamedTuple):
    """A sign where it stands: its kind, its name, from where to where in the sentence."""

    kind: str
    name: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    lines = Path(__file__).with_name("signs.tsv").read_text("utf-8").splitlines()
    return tuple((kind, name, re.compile(pattern)) for kind, name, pattern in (line.split("\t") for line in lines if line and line[0] != "#"))


def small(text: str) -> str:
    """Small letters, as many as before."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text


def signs(sentence: str) -> list[Sign]:
    """All signs of a sentence, in the order of the list.

    >>> [(s.kind, s.name) for s in signs("Wir arbeiten mit der Awo zusammen.")]
    [('together', 'zusammenarbeiten')]
    """
    text = small(sentence)
    return [Sign(kind, name, m.start(), m.end()) for kind, name, pattern in _patterns() if (m := pattern.search(text))]


def speaks_for_us(sentence: str, official: bool) -> bool:
    """Whether the speaker counts in: »wir«, »uns«; of somebody who speaks in office »ich« as well; »Mit der Awo.« as an answer.

    >>> speaks_for_us("Das machen wir.", False), speaks_for_us("Ich ruf da an.", False), speaks_for_us("Ich ruf da an.", True)
    (True, False, True)
    """
    text = small(sentence)
    return bool(_WE.search(text)) or (official and bool(_I.search(text) or _OUR.search(text))) or text.startswith(("mit ", "und mit ", "auch mit "))


def impersonal(sentence: str) -> bool:
    """`Man müsste die Schulen ins Boot holen`: whoever says so would be the other side."""
    return bool(_ONE.search(small(sentence)))


def unsure(sentence: str) -> bool:
    """Whether a sentence is hedged by who says it.

    >>> unsure("Die haben wir nicht eingeladen, glaube ich."), unsure("Die haben wir nicht eingeladen.")
    (True, False)
    """
    return bool(_UNSURE.search(small(sentence)))
