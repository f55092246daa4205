"""Parts of compound nouns: Mieterhöhung -> Miete, Erhöhung; Wohngeld -> wohnen, Geld; Krankenhaus -> krank, Haus.

A part is a lemma of its own: a noun with a capital, a verb in the infinitive, an adjective or adverb in lower case. The
last part is the head. Where more than two stems meet, those that make up a known noun stay together (Haushalt, Kraft).
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from pipeline.german.tagger import tagger
from pipeline.german.words import listed

_MIN_LENGTH = 6
_MAX_LENGTH = 70  # the longest German words in use have some 60 letters; the analysis grows with the square
# First elements that HanTa takes for a part of the noun itself.
_FIRST = {
    "neben": "neben", "innen": "innen", "außen": "außen", "gesamt": "gesamt", "sozial": "sozial", "super": "super",
    "groß": "groß", "klein": "klein", "schwieger": "schwieger", "spät": "spät", "früh": "früh", "alt": "alt",
    "neu": "neu", "haupt": "Haupt", "selbst": "selbst", "sonder": "sonder", "einzel": "einzeln", "mittel": "Mittel",
    "schreber": "Schreber", "zwischen": "zwischen", "fach": "Fach", "stamm": "Stamm", "privat": "privat", "wieder": "wieder",
    "frei": "frei", "hoch": "hoch", "mindest": "mindest",
}  # fmt: skip
_RESTORED = {"dat": "Daten", "leut": "Leute", "elter": "Eltern", "schul": "Schule", "sprach": "Sprache", "kranke": "krank"}
_SIMPLE = frozenset({"Freitag", "Hochzeit", "Hochmut"})
_DERIVED = ("heit", "keit", "schaft", "ung", "tum", "nis", "igkeit")


class Stem(NamedTuple):
    lemma: str
    start: int  # in the noun


@lru_cache(maxsize=100_000)
def parts(lemma: str) -> tuple[str, ...]:
    """The parts of a noun's lemma in order, or nothing where it is no compound.

    >>> parts("Mieterhöhung"), parts("Wohngeld"), parts("Nachbarschaft")
    (('Miete', 'Erhöhung'), ('wohnen', 'Geld'), ())
    """
    if lemma in _SIMPLE or not _MIN_LENGTH <= len(lemma) <= _MAX_LENGTH or not lemma[0].isupper() or ":" in lemma or lemma.isupper():
        return ()
    if "-" in lemma:
        return _hyphenated(lemma)
    stems, head_is_noun = _stems(lemma)
    if len(stems) < 2 or not head_is_noun:
        return _by_first_element(lemma)
    head = _capital(lemma[stems[-1].start :])
    return () if len(head) < 3 or head == "Schaft" else _joined(lemma, stems)


def _hyphenated(lemma: str) -> tuple[str, ...]:
    pieces = [piece for piece in lemma.split("-") if piece]
    if len(pieces) < 2 or not all(piece.isalpha() for piece in pieces):
        return ()
    last = _capital(pieces[-1])
    return (*pieces[:-1], *(parts(last) or (last,)))


def _stems(lemma: str) -> tuple[list[Stem], bool]:
    """The stems of a noun with their places; whether the last is a noun."""
    stems: list[Stem] = []
    place, prefix, last = 0, "", ""
    found = tagger().morphemes(lemma)
    for number, (morpheme, stem, tag) in enumerate(found):
        kind = tag.split("_")[0]
        if kind in ("PTKVZ", "APPR", "ADV") and number + 1 < len(found) and found[number + 1][2].startswith("VV"):
            prefix += morpheme
        elif kind in ("NN", "VV", "VVnp", "ADJ", "NE", "ADV", "CARD", "ACR"):
            following = found[number + 1] if number + 1 < len(found) else ("", "", "")
            link = following[0] if following[2] == "FUGE" else ""
            stems.append(Stem(_lemma(prefix + stem, morpheme, kind, tag, link), place - len(prefix)))
            prefix, last = "", kind
        place += len(morpheme)
    return stems, last in ("NN", "ACR")


def _lemma(stem: str, morpheme: str, kind: str, tag: str, link: str) -> str:
    if kind.startswith("VV"):
        return stem + ("n" if stem.endswith(("e", "el", "er")) else "en")
    if kind in ("ADJ", "ADV", "CARD"):
        return _RESTORED.get(stem, stem)
    if stem in _RESTORED:
        return _RESTORED[stem]
    word = _capital(stem)
    candidates = [word + "e", word] if tag.startswith("NN_VAR_EL") else [word, word + "e", _capital(morpheme + link)]
    for candidate in candidates:
        if listed(candidate) == candidate:
            return candidate
    return listed(word) if listed(word)[:1].isupper() else word


def _joined(lemma: str, stems: list[Stem]) -> tuple[str, ...]:
    """The parts; of three or more stems those that make up a common noun are one (Haushalt-s-kraft, Haupt-bahnhof)."""
    places = [stem.start for stem in stems] + [len(lemma)]
    for middle in range(1, len(stems)):
        left = _common(lemma[: places[middle]]) if middle > 1 else stems[0].lemma
        right = lemma[places[middle] :]
        if left and (middle == len(stems) - 1 or tagger().knows(right)):
            return (left, _capital(right))
    return (*(stem.lemma for stem in stems[:-1]), _capital(lemma[places[-2] :]))


def _common(chunk: str) -> str:
    # with and without what links it to the next part
    return next((_capital(c) for c in (chunk, chunk[:-1], chunk[:-2]) if len(c) > 5 and tagger().knows(c) and listed(_capital(c)) == _capital(c)), "")


def _by_first_element(lemma: str) -> tuple[str, ...]:
    low = lemma.lower()
    for first, part in _FIRST.items():
        rest = _capital(low[len(first) :])
        if low.startswith(first) and len(rest) > 2 and not low.endswith(_DERIVED) and _is_noun(rest):
            return (part, rest)
    for last in ("Mann", "Frau"):
        first = _capital(low[: -len(last)])
        if low.endswith(last.lower()) and len(first) > 3 and _is_noun(first):
            return (first, last)
    return ()


def _is_noun(word: str) -> bool:
    return listed(word) == word and tagger().knows(word)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
