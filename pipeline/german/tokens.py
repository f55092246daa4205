"""Tokens of transcribed German speech: one regular expression, and the abbreviations that keep their full stop."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pipeline.german.facts import facts

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

ABBREVIATIONS_OPEN = facts("abbreviations inside")
ABBREVIATIONS_CLOSE = facts("abbreviations at the end")

_MONTHS = "Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez"
_ABBREVIATION = "|".join(
    re.escape(word) for word in sorted(ABBREVIATIONS_OPEN | ABBREVIATIONS_CLOSE, key=lambda word: (-len(word), word))
)
# A number with a full stop is an ordinal where a lower-case word, a month or, after "der", "im" and the like, any
# noun follows; elsewhere the full stop ends a sentence ("Ich war 12.").
_BEFORE_ORDINAL = "|".join(
    rf"(?<=\b{word}\s)"
    for word in sorted(facts("before ordinals"))
)
_LETTER = r"[\w\u0300-\u036f]"
_TOKEN = re.compile(
    rf"""
    (?:https?://|www\.)[^\s<>"„“»«)\]]+[^\s<>"„“»«)\].,;:!?]          # addresses
  | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
  | (?<![\w.])(?:{_ABBREVIATION})(?![\w])                              # usw.
  | (?<!\w)(?:[A-Za-zÄÖÜäöü]\.){{2,}}(?!\w)                            # z.B.
  | (?<!\w)[A-Za-zÄÖÜäöü]\.(?=\s?[A-Za-zÄÖÜäöü]\.)                     # z. before B.
  | (?<=\b[a-zäöü]\.\s)[A-ZÄÖÜa-zäöü]\.(?!\w)                           # B. after z.
  | (?<=\bFrau\s)[A-ZÄÖÜ]\.(?=\s) | (?:(?<=\bHerr\s)|(?<=\bHerrn\s))[A-ZÄÖÜ]\.(?=\s)      # Frau K.
  | \w*[Ss]tr\.(?=\s)
  | \d+(?:[.,:]\d+)+                                                    # 1.000,50 or 12:30
  | (?:{_BEFORE_ORDINAL})\d{{1,2}}\.(?=\s\w) | \d{{1,2}}\.(?=\s(?:[a-zäöü]|(?:{_MONTHS})))
  | (?<![\w'’])['’](?:ne?|nen|nem|ner|s|ran|rein|raus|rauf|runter|rüber|nauf|naus|nunter|türlich)(?!\w)
  | {_LETTER}+(?:[*:/]in(?:nen)?(?!\w)|(?:(?:[-‐‑&+'’·]|\.(?=[a-z]))(?={_LETTER})|[-‐‑]["„“](?={_LETTER})){_LETTER}+)*
    (?:[-‐‑](?=[\s,.;/)]|$)|(?<=[a-zäöü])['’](?=\s|[,.!?;]))?
  | \.{{2,}} | …+ | [-–—]{{2,}}
  | \S
    """,
    re.VERBOSE,
)


def tokens(text: str) -> list[tuple[int, int]]:
    """Start and end of every token in code points; white space belongs to none.

    >>> text = "Am 3. Mai ging's z. B. um Lehrer:innen, ne?"
    >>> [text[start:end] for start, end in tokens(text)]
    ['Am', '3.', 'Mai', "ging's", 'z.', 'B.', 'um', 'Lehrer:innen', ',', 'ne', '?']
    """
    return [match.span() for match in _TOKEN.finditer(text)]


class Tokenizer:
    """spaCy's tokenizer interface over `tokens`; white space beyond one blank becomes a token, as spaCy has it."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        from spacy.tokens import Doc

        words: list[str] = []
        spaces: list[bool] = []
        end = 0
        for start, stop in [*tokens(text), (len(text), len(text))]:
            gap = text[end:start]
            if gap and words and gap[0] == " ":
                spaces[-1] = True
                gap = gap[1:]
            if gap:
                words.append(gap)
                spaces.append(False)
            if start < stop:
                words.append(text[start:stop])
                spaces.append(False)
            end = stop
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to keep: the rules are the code."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> Tokenizer:
        return self

    def to_disk(self, _path: Any, **_: Any) -> None:
        return None

    def from_disk(self, _path: Any, **_: Any) -> Tokenizer:
        return self
