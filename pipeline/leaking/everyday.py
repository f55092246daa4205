"""Ordinary German words: what looks like somebody's name with an ending or a letter off, and says `Schule` all the same."""

from __future__ import annotations

from functools import cache

OFTEN = 3.0  # on Zipf's scale, from which on a word is ordinary: once in a million words
COMMON = 3.5  # for the parts of a word that is put together
MOSTLY = 4.0  # the same for what is a surname too: `Doktor`, `Stein`, but not `Kohler`


@cache
def everyday(word: str) -> bool:
    """Whether a word, as it stands, is an ordinary German one or a form of one; a name with an ending is none.

    >>> everyday("Schule"), everyday("Schultern"), everyday("Hörst")
    (True, True, True)
    >>> everyday("Schmidts"), everyday("Schulzes"), everyday("Mueller"), everyday("Kaptan")
    (False, False, False, False)
    """
    # Only where something is near a name: dictionaries take their time to read.
    from wordfreq import zipf_frequency

    from pipeline.german.words import listed
    from pipeline.naming.dictionary import ordinary
    from pipeline.naming.lexicon import surname

    word = word.capitalize() if word.isupper() else word
    if not ordinary(word):
        return False
    lemma = listed(word[:1].upper() + word[1:]) or listed(word.lower())
    if lemma and not ordinary(lemma):
        return False  # `Schmidts` stands in the dictionary as a form of Schmidt
    # `Schulten` with a capital is likelier somebody than a form of schulen.
    forms = [word] if word[:1].isupper() and lemma[:1].islower() else [word, lemma]
    often = max(zipf_frequency(form, "de") for form in forms if form)
    # The lists of surnames are asked last: they take longest to read.
    return often >= OFTEN and (often >= MOSTLY or not surname(word))


@cache
def compound(word: str) -> bool:
    """Whether a long word is put together of two common ones: `Schulzimmer` holds nobody called Schulz.

    >>> compound("Schulzimmer"), compound("Kowalczykstraße"), compound("Rollohaus")
    (True, False, False)
    """
    low = word.casefold()
    return any(common(low[:n]) and common(low[n:]) for n in range(4, len(low) - 3))


@cache
def common(word: str) -> bool:
    """Whether it is a word that most people use.

    >>> common("haus"), common("kowalczyk")
    (True, False)
    """
    from wordfreq import zipf_frequency

    return bool(zipf_frequency(word, "de") >= COMMON)


@cache
def title(word: str) -> bool:
    """Whether the word is one that names follow: after `Herr Doktor` nobody called Doktor is meant."""
    from pipeline.naming.shapes import is_title

    return is_title(word)
