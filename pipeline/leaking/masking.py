"""Names as they may be told, in findings, logs and messages: `K…a`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from pipeline.leaking.everyday import common, compound, everyday
from pipeline.leaking.forms import Forms, Original, index
from pipeline.leaking.lookup import LEAK, hits

_HERE = " \ue000 "  # stands for the find itself while what is around is masked
CONTEXT = 20  # characters on each side of a find
_SAME_NAME = ("inflected", "transliterated")
_LONG = re.compile(r"[^\W\d_]{7,80}")


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
    """For logs and messages: near forms too, and words that begin or end with a form."""
    text = unicodedata.normalize("NFC", text)
    spans = [(hit.start, hit.end) for hit in hits(forms, text, anything=True)]
    return _without(text, spans + _beginning(forms, text))


def veiled(forms: Forms, text: str) -> str:
    """For pages that people read: names as they stand, with an ending, in other letters or in a longer word that is no ordinary one. A name that is
    an ordinary word stays, unless a title says that it is meant as a name.

    >>> forms = index([Original("Kaya", "person", False, (), "P1"), Original("Sommer", "person", True, (), "P2")])
    >>> veiled(forms, "Im Sommer ging Frau Sommer mit Kayas Kayak zu Maya.")
    'Im Sommer ging Frau S…r mit K…s Kayak zu Maya.'
    """
    text = unicodedata.normalize("NFC", text)
    seen = (hit for hit in hits(forms, text) if hit.level == LEAK or hit.rule in _SAME_NAME)
    return _without(text, [(hit.start, hit.end) for hit in seen] + _put_together(forms, text))


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
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
        holds = any(word[:n] in forms.single or word[-n:] in forms.single for n in forms.single_lengths if n < len(word))
        if holds and not everyday(match.group()):
            found.append(match.span())
    return found


def _put_together(forms: Forms, text: str) -> list[tuple[int, int]]:
    """Words made of a name and a common word (`Kowalczykstraße`), and of no two common ones (`Schulzimmer`)."""
    found = []
    for match in _LONG.finditer(text):
        said = match.group()
        if said not in forms.together:
            forms.together[said] = _is_put_together(forms, said.casefold())
        if forms.together[said]:
            found.append(match.span())
    return found


def _is_put_together(forms: Forms, word: str) -> bool:
    cuts = [n for n in forms.single_lengths if len(word) - n > 2]
    holds = any((word[:n] in forms.single and common(word[n:])) or (word[-n:] in forms.single and common(word[:-n])) for n in cuts)
    return holds and not compound(word)


def context(forms: Forms, text: str, start: int, end: int) -> str:
    """What stands around, whole words only, masked."""
    head = re.sub(r"^\S*\s" if start > CONTEXT else r"^", "", text[max(0, start - CONTEXT) : start], count=1)
    tail = text[end : end + CONTEXT]
    tail = re.sub(r"\s\S*$", "", tail) if len(tail) == CONTEXT else tail
    told = masked(forms, f"{head}{_HERE}{tail}").replace(_HERE, shown(text[start:end]))
    return re.sub(r"[\s\x00-\x1f]+", " ", told).strip()
