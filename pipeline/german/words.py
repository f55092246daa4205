"""simplemma's German dictionary: 1.1 million forms, read without unpacking it (40 MB instead of 160)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY

    return LOW_MEMORY_DICTIONARY_FACTORY.get_dictionary("de")


@lru_cache(maxsize=1)
def _lemmatizer() -> Any:
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy

    return Lemmatizer(lemmatization_strategy=DefaultStrategy(low_memory=True))


@lru_cache(maxsize=200_000)
def listed(word: str) -> str:
    """The lemma of exactly this form, capital and all, or nothing where the dictionary has no such form."""
    return _dictionary().get(word) or ""


@lru_cache(maxsize=200_000)
def guessed(word: str) -> str:
    """The lemma by dictionary and then by simplemma's rules; the word itself where these say nothing."""
    return str(_lemmatizer().lemmatize(word, "de")) if word else word


def warm() -> None:
    """Read the dictionary now, so that the first sentence does not wait for it."""
    _dictionary()
    guessed("warm")
