"""The lists in `data/` as they stand, and the form that words are looked up by."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).with_name("data")
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("áàâãåāăą", "a"), **dict.fromkeys("éèêëēęě", "e"), **dict.fromkeys("íìîïīı", "i"), **dict.fromkeys("óòôõōőø", "o"),
        **dict.fromkeys("úùûūůű", "u"), **dict.fromkeys("çćč", "c"), **dict.fromkeys("şśšșŝ", "s"), **dict.fromkeys("ğĝ", "g"),
        **dict.fromkeys("ñńň", "n"), **dict.fromkeys("žźż", "z"), "ł": "l", "đ": "d", "ď": "d", "ř": "r", "ť": "t", "ț": "t", "ţ": "t",
        "ý": "y", "ß": "ss", "’": "'", "‐": "-", "‑": "-", "\u0307": "", "\u0301": "", "\u0327": "",
    }
)  # fmt: skip


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """The form that words are looked up by.

    >>> fold("Yılmaz"), fold("İSMAİL"), fold("Groß"), fold("Müller")
    ('yilmaz', 'ismail', 'gross', 'müller')
    """
    return word.replace("İ", "i").lower().translate(_SIGNS)


def rows(name: str) -> list[list[str]]:
    """The rows of one file, without its heading."""
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:] if line.strip()]


def umlauts(key: str) -> str:
    """A folded word with its umlauts, where it is written without: goekce -> gökce."""
    return key.replace("oe", "ö").replace("ue", "ü").replace("ae", "ä") if "e" in key else key


# Letters that stand for one sound in the scripts and transcriptions that names come through, longest first.
_SOUNDS = tuple(
    pair.split("=")
    for pair in (
        "qu=kw tsch=c dsch=c sch=s tch=c dzh=c dž=c dj=c zh=s sh=s ch=c kh=h gh=g ph=f th=t dh=d ck=k ou=u oo=u ee=i ie=i oe=o ö=o ue=u ü=u "
        "ae=e ä=e ei=ai ey=ai ay=ai aj=ai ij=i iy=i j=i y=i w=v tz=s z=s x=ks q=k '= -="
    ).split()
)


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """The form that spellings of one name share, whatever script and keyboard it came through.

    >>> sound("Ayşe") == sound("Aische"), sound("Mohammed") == sound("Mohamed"), sound("Yousuf") == sound("Jusuf")
    (True, True, True)
    """
    key = fold(
        word.replace("ş", "sh")
        .replace("Ş", "sh")
        .replace("š", "sh")
        .replace("ç", "ch")
        .replace("Ç", "ch")
        .replace("č", "ch")
    )
    for written, said in _SOUNDS:
        key = key.replace(written, said)
    short = "".join(letter for at, letter in enumerate(key) if at == 0 or letter != key[at - 1])
    return short[:-1] if short.endswith("h") and len(short) > 4 else short


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in rows("words.tsv")}


@lru_cache(maxsize=64)
def words(name: str) -> frozenset[str]:
    """One list of `words.tsv` as it stands there; raises `KeyError` for a list that is not there."""
    return _lists()[name]


@lru_cache(maxsize=64)
def folded(*names: str) -> frozenset[str]:
    """The words of one or more lists of `words.tsv`, folded."""
    return frozenset(fold(word) for name in names for word in words(name))


def is_name(word: str) -> bool:
    """Whether a list of ours has the word, as it stands, as a name or place."""
    return fold(word) in _own()


@lru_cache(maxsize=1)
def _own() -> frozenset[str]:
    listed = [*rows("given.tsv"), *rows("given_more.tsv"), *rows("surnames.tsv"), *rows("places.tsv")]
    return frozenset(fold(name) for row in listed for name in row[-1].split())
