"""Which entry of `topics.yaml` means which theme: by their words, not by number, all entries and themes weighed together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import log2
from typing import NamedTuple

import numpy as np

from pipeline.topic_words import SURE
from pipeline.topicnames.edits import Placed, fold

# Measured by refitting themes on the demo interviews without two of them: of themes that share four tenths of their sentences
# 95 % are at least 0.44 alike, of themes that share hardly any 95 % at most 0.29.
LEAST = 0.3  # and `SURE`, from which on the report need not ask people to look
_FULL = 10  # a theme's first words count whole, deeper ones less
# Among themes that are about as alike the order of words decides; what is won by swapping a theme's first two words is no lead.
_EVEN, _LEAD = 0.05, 0.1
# An entry in which people said something goes before one that only holds words: by far where it surely means the theme, else hardly,
# so that a name does not move to a neighbour.
_SAID_SURE, _SAID = 0.5, 0.02


class Match(NamedTuple):
    """`theme` is empty where the entry is lost; `nearest` is the likeliest theme in any case (empty: no theme has any of its words);
    `rival` is another theme that it fits about as well, which makes it weak."""

    theme: str
    nearest: str
    likeness: float
    status: str
    rival: str = ""


def likeness(wanted: Sequence[str], ranks: Mapping[str, int]) -> float:
    """Share (0 to 1) of an entry's words that a theme has; early words count more, on both sides.

    `ranks`: folded word -> its rank in the theme, from 1.

    >>> likeness(["Kaffee", "Tee"], {"kaffee": 1, "tee": 9, "zaun": 2})
    1.0
    >>> round(likeness(["Kaffee", "Tee"], {"kaffee": 20}), 2)
    0.31
    """
    weights = [1 / log2(n + 2) for n in range(len(wanted))]
    found = [min(1.0, _FULL / ranks[fold(w)]) if fold(w) in ranks else 0.0 for w in wanted]
    return sum(w * f for w, f in zip(weights, found, strict=True)) / sum(weights) if weights else 0.0


def order(wanted: Sequence[str], ranks: Mapping[str, int]) -> float:
    """How early (0 to 1) an entry's words stand in a theme; early words count more, on both sides.

    >>> round(order(["Kaffee", "Tee"], {"kaffee": 1, "tee": 2}), 2), round(order(["Kaffee", "Tee"], {"kaffee": 8, "tee": 9}), 2)
    (0.86, 0.31)
    """
    weights = [1 / log2(n + 2) for n in range(len(wanted))]
    found = [1 / log2(ranks[fold(w)] + 1) if fold(w) in ranks else 0.0 for w in wanted]
    return sum(w * f for w, f in zip(weights, found, strict=True)) / sum(weights) if weights else 0.0


def match(entries: Sequence[Placed], themes: Mapping[str, Sequence[str]], lemma_for: Callable[[str], str]) -> list[Match]:
    """For every entry its theme, each theme for at most one entry, so that likeness over all is greatest, then the order of words.

    `themes`: theme -> its words in order. `lemma_for`: a word's lemma, for words that people typed in another form.
    """
    from scipy.optimize import linear_sum_assignment

    names = sorted(themes)
    if not names:
        return [Match("", "", 0.0, "lost") for _ in entries]
    ranks = [_ranks(themes[name]) for name in names]
    known = {word for one in ranks for word in one}
    wanted = [[w if fold(w) in known else lemma_for(w) for w in placed.entry.terms] for placed in entries]
    alike, early = (np.array([[how(words, one) for one in ranks] for words in wanted]).reshape(len(entries), len(names)) for how in (likeness, order))
    said = np.array([placed.entry.says for placed in entries], dtype=bool)[:, None]
    fit = alike + _EVEN * early
    gain = np.where(alike >= LEAST, fit + said * np.where(alike >= SURE, _SAID_SURE, _SAID), 0.0)
    rows, columns = linear_sum_assignment(gain, maximize=True)
    chosen = {int(row): int(column) for row, column in zip(rows, columns, strict=True) if gain[row, column] > 0}
    found = []
    for row in range(len(entries)):
        best = int(np.argmax(fit[row]))
        nearest = names[best] if alike[row, best] > 0 else ""
        if row in chosen:
            at = chosen[row]
            value = float(alike[row, at])
            same = {chosen[n] for n, other in enumerate(entries) if n in chosen and _merged(other, entries[row])}
            rivals = [n for n in _rivals(alike[row], early[row], at) if n not in same]
            rival = names[max(rivals, key=lambda n: fit[row, n])] if rivals else ""
            found.append(Match(names[at], nearest, value, "found" if value >= SURE and not rival else "weak", rival))
        else:
            found.append(Match("", nearest, float(alike[row, best]), "lost"))
    return found


def _rivals(alike: np.ndarray, early: np.ndarray, at: int) -> list[int]:
    """Themes that an entry fits about as well as theme `at`, or better, because they were another entry's; over them `at` has no clear lead."""
    return [n for n in range(len(alike)) if n != at and alike[n] > alike[at] - _EVEN and early[n] > early[at] - _LEAD]


def _merged(one: Placed, other: Placed) -> bool:
    """Whether two entries name one topic, so that it does not matter which of its themes each finds."""
    return bool(one.entry.name) and fold(one.entry.name) == fold(other.entry.name)


def _ranks(words: Sequence[str]) -> dict[str, int]:
    ranks: dict[str, int] = {}
    for rank, word in enumerate(words, 1):
        ranks.setdefault(fold(word), rank)
    return ranks
