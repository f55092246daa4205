"""Words of an interview with what finders of names ask of them: where a sentence begins, and what is next to what."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.naming.base import Talk
from pipeline.naming.facts import fold, is_name

_WORD = re.compile(
    r"d['’](?=[A-ZÄÖÜ])"  # Swabian: d'Frau
    r"|[^\W\d_]+(?:['’\-‐‑][^\W\d_]+){0,6}['’]?"
    r"|\d{1,12}[a-z]?(?!\w)|\d+|[^\w\s]"
)
_END = frozenset(".!?:;…")
_ABBREVIATED = frozenset("dr prof fr hr fam st nr str ca bzw vgl dipl ing pfr sen jun z b u a".split())
_WORDS_OF_LOWER = 4
_LONG = 80  # letters; what is longer is no word, and costs time


class Token(NamedTuple):
    """A word, number or sign; `first`: it begins a sentence or follows a colon or quotation mark."""

    text: str
    start: int
    end: int
    first: bool
    word: bool


class Line(NamedTuple):
    """One reading text; `lower`: it is written without capitals."""

    tokens: tuple[Token, ...]
    lower: bool
    text: str

    def span(self, start: int, stop: int) -> str:
        """The text of tokens `start` to `stop` (exclusive) as it stands."""
        return self.text[self.tokens[start].start : self.tokens[stop - 1].end]

    def word(self, i: int) -> str:
        """The token's text, or nothing outside the line."""
        return self.tokens[i].text if 0 <= i < len(self.tokens) else ""

    def capital(self, i: int) -> bool:
        """Whether the token is a word with a capital."""
        return 0 <= i < len(self.tokens) and self.tokens[i].word and self.tokens[i].text[0].isupper()


def collieries(lines: tuple[Line, ...]) -> frozenset[str]:
    """What stands behind Zeche, Schacht or Bergwerk anywhere in an interview, folded."""
    return frozenset(
        fold(line.word(i + 1))
        for line in lines
        for i, token in enumerate(line.tokens)
        if token.text in ("Zeche", "Schacht", "Bergwerk", "zeche", "schacht")
        and (line.capital(i + 1) or (line.lower and is_name(line.word(i + 1))))
    )


@lru_cache(maxsize=4)
def scan(talk: Talk) -> tuple[Line, ...]:
    """The lines of an interview, one a text."""
    masks = talk.masks or ((),) * len(talk.texts)
    return tuple(_line(text, spans, talk.lower) for text, spans in zip(talk.texts, masks, strict=True))


def _line(text: str, masks: tuple[tuple[int, int], ...], lower: bool) -> Line:
    tokens: list[Token] = []
    first, before, words, mask = True, "", 0, 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        sign = text[start:end]
        while mask < len(masks) and masks[mask][1] <= start:
            mask += 1
        if mask < len(masks) and masks[mask][0] < end:
            sign = "_"  # no name goes on through a mask
        word = sign[0].isalpha() and len(sign) <= _LONG
        if sign == "." and before in _ABBREVIATED:
            continue
        tokens.append(Token(sign, start, end, first, word))
        if word:
            words += 1
            first = False
        elif sign in _END or (sign in '"„“»«‚‘' and (before == ":" or first)):
            first = True
        before = sign.lower()
    return Line(tuple(tokens), lower or (words >= _WORDS_OF_LOWER and text == text.lower()), text)
