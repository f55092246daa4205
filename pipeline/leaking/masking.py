"""Names as they may be told, in findings, logs and messages: `K…a`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from pipeline.leaking.forms import Forms, Original, index
from pipeline.leaking.lookup import hits

_HERE = " \ue000 "  # stands for the find itself while what is around is masked
CONTEXT = 20  # characters on each side of a find


def mask(text: str, originals: Sequence[Original]) -> str:
    """The text with every original and near form shown as `K…a`, for logs and messages. It masks too much rather than too little.

    >>> mask("Herr Kaya kam mit Kayas Auto.", [Original("Kaya", "person", False, (), "P1")])
    'Herr K…a kam mit K…s Auto.'
    """
    return masked(index(originals), text)


def shown(name: str) -> str:
    """A name as it may be told: first and last sign, the first alone where it is short.

    >>> shown("Kaya"), shown("Ali"), shown("Ayşe Kaya")
    ('K…a', 'A…', 'A…a')
    """
    name = name.strip()
    return f"{name[:1]}…{name[-1:]}" if len(name) > 3 else f"{name[:1]}…"


def masked(forms: Forms, text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    spans = [(hit.start, hit.end) for hit in hits(forms, text, anything=True)]
    spans += _beginning(forms, text)
    parts, at = [], 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= at:
            parts += [text[at:start], shown(text[start:end])]
            at = end
    return "".join([*parts, text[at:]])


def _beginning(forms: Forms, text: str) -> list[tuple[int, int]]:
    """Words that begin or end with a form: compounds, names run together in a path."""
    found = []
    for match in re.finditer(r"[^\W\d_]{5,80}", text):
        word = match.group().casefold()
        if any(word[:n] in forms.single or word[-n:] in forms.single for n in forms.single_lengths if n < len(word)):
            found.append(match.span())
    return found


def context(forms: Forms, text: str, start: int, end: int) -> str:
    """What stands around, whole words only, masked."""
    head = re.sub(r"^\S*\s" if start > CONTEXT else r"^", "", text[max(0, start - CONTEXT) : start], count=1)
    tail = text[end : end + CONTEXT]
    tail = re.sub(r"\s\S*$", "", tail) if len(tail) == CONTEXT else tail
    told = masked(forms, f"{head}{_HERE}{tail}").replace(_HERE, shown(text[start:end]))
    return re.sub(r"[\s\x00-\x1f]+", " ", told).strip()
