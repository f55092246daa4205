"""Stretches in another language than German: told by script, or by small words and letters that German does not have.

Whole sentences or quotations only; a single borrowed word (`yani`, `okay`) is German speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.notation.marks import Mark


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


GERMAN = _set(
    """und der die das ist nicht ich wir sie es ein eine zu mit auf auch so dann aber man da war wie was haben hat sind
    dass für von den dem im in an noch schon mal ja nein halt also wenn weil oder nur sagt heißt hier mein unser kein dat
    wat nich des mir mich uns bei nach aus wird kann muss gibt"""
)
WORDS = {
    "tr": _set(
        """ve bir bu da de için çok ben sen biz siz onlar ne var yok değil ama gibi kadar daha en mi mı mu mü şey nasıl neden
        güzel iyi hoş evet hayır sonra bana sana bizim sizin burada orada olarak geldiniz teşekkür merhaba allah abi"""
    ),
    "en": _set("the and is are was were you your they have has this that with for not but what how from we our there their i'm it's"),
    "fr": _set("le les des est et une pas pour que qui dans avec nous vous ils elle sont être mais très je suis merci"),
    "es": _set("el los las es y una no para que con por pero muy somos están esto gracias como porque"),
    "it": _set("il lo gli è e una non per che con ma sono siamo molto questo grazie come perché anche"),
    "pl": _set("i nie jest to się na że jak ale tak co mnie był była dziękuję proszę bardzo dobrze też już"),
    "ro": _set("și este nu un pe cu că sunt mai foarte pentru dar bine mulțumesc"),
    "sq": _set("dhe një është në për me nuk kam jam shumë po si mirë faleminderit"),
    "ku": _set("û ez tu em hûn ew li ji bi ne gelek baş spas heye"),
}  # fmt: skip
LETTERS = {
    "tr": frozenset("ığşİ"),
    "pl": frozenset("łąęśżźćń"),
    "ro": frozenset("țșăâî"),
    "es": frozenset("ñ¿¡"),
    "ku": frozenset("êîû"),
}
SCRIPTS = {
    "ar": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff", "he": "\u0590-\u05ff\ufb1d-\ufb4f",
    "ru": "\u0400-\u04ff", "el": "\u0370-\u03ff", "ti": "\u1200-\u137f", "ta": "\u0b80-\u0bff", "zh": "\u4e00-\u9fff",
}  # fmt: skip
_RUNS = {name: re.compile(rf"[{signs}](?:[{signs}\s.,!?0-9]{{0,400}}[{signs}])?") for name, signs in SCRIPTS.items()}
_ANY = re.compile("[" + "".join(SCRIPTS.values()) + "]")
_CHUNK = re.compile(r"[„“»\"]([^„“”»«\"\n]{4,300})[“”«\"]|[^.!?…\n„“”»«\"]{6,400}[.!?…]?")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
MIN_WORDS = 3  # in a stretch of Latin script, below which nothing is said
MIN_KNOWN = 2  # small words of the other language that must be there


def find(text: str) -> Iterator[Mark]:
    """Marks of type `language` (value: ISO 639-1 code) over stretches that are not German; the words stay.

    >>> [(m.value, "Çok güzel! Ja."[m.start:m.end]) for m in find("Ja. Çok güzel bir gün, değil mi? Das ist so.")][0][0]
    'tr'
    >>> list(find("Das ist okay, yani, so ist das."))
    []
    """
    taken = []
    for name, pattern in _RUNS.items() if _ANY.search(text) else ():
        for match in pattern.finditer(text):
            taken.append(match.span())
            yield Mark(*match.span(), "language", name, None)
    for match in _CHUNK.finditer(text):
        start, end = match.span(1) if match.group(1) else match.span()
        name = latin(text[start:end])
        if name and all(end <= a or start >= b for a, b in taken):
            lead = len(text[start:end]) - len(text[start:end].lstrip())
            yield Mark(start + lead, start + len(text[start:end].rstrip()), "language", name, None)


def latin(text: str) -> str:
    """The language of a stretch in Latin script if it is surely not German, else ''."""
    words = [word.lower().replace("i̇", "i") for word in _WORD.findall(text)]
    if len(words) < MIN_WORDS:
        return ""
    german = sum(word in GERMAN for word in words)
    scores = {}
    for name, known in WORDS.items():
        small = sum(word in known for word in words)
        letters = sum(bool(LETTERS.get(name, frozenset()) & set(word)) for word in words)
        scores[name] = (small if small else 0) + letters
    best = max(scores, key=lambda name: (scores[name], name))
    return (
        best
        if scores[best] >= MIN_KNOWN and scores[best] >= 2 * german + MIN_KNOWN - 1 and 4 * scores[best] >= len(words)
        else ""
    )
