"""General German to compare with: how often words are said and written elsewhere, after `wordfreq`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from pipeline.exploring.material import Material
from pipeline.exploring.surface import best, spellings

NAME = "allgemeines Deutsch nach der Wortliste wordfreq (Zeitungen, Bücher, Untertitel, Netz), gesprochene Formen eingeschlossen"
RAREST = 1e-8  # share of a word that the list does not hold: once in a hundred million words


@lru_cache(maxsize=1)
def _buckets() -> list[frozenset[str]]:
    # The list as it is stored, most frequent first, a hundredth of a bel a step: the dict of all words takes longer.
    from wordfreq import get_frequency_list

    return [frozenset(words) for words in get_frequency_list("de", "large")]


def zipf(words: Iterable[str]) -> dict[str, float]:
    """Word -> its Zipf value (3: once in a million words), as `wordfreq.zipf_frequency` gives it; unknown words are left out.

    >>> round(zipf(["Haus"])["Haus"], 2) > 5, zipf(["xyzzqj"])
    (True, {})
    """
    asked: dict[str, list[str]] = {}
    for word in words:
        asked.setdefault(unicodedata.normalize("NFC", word).casefold(), []).append(word)
    wanted = set(asked)
    found: dict[str, float] = {}
    for step, bucket in enumerate(_buckets()):
        for word in wanted & bucket:
            found |= dict.fromkeys(asked[word], round(9 - step / 100, 2))
    return found


def shares(material: Material, lemmas: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(share of each lemma in general German, whether the list holds any of its forms) for the given numbers of lemmas.

    A lemma's share is that of all its forms that are heard in the material, and of the lemma itself.
    """
    forms = spellings(material, lemmas)
    written = {n: {text.casefold() for text in (*found, best(str(material.lemmas[n]), found))} for n, found in forms.items()}
    known = zipf({text for texts in written.values() for text in texts})
    values = [sum(10 ** (known[text] - 9) for text in sorted(written[int(n)]) if text in known) for n in lemmas]
    share = np.array(values, dtype=float)
    return np.clip(share, RAREST, 0.5), share > 0
