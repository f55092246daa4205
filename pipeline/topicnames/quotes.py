"""Three sentences that show what a topic is about and one that belongs to it least clearly. Only of people who may be quoted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from pipeline.topicnames.edits import fold
from pipeline.topicnames.spoken import Spoken

SHORTEST, LONGEST = 40, 300  # code points
_GOOD = (60, 220)
TYPICAL = 3
_WORDS = 6
_CUT = ("-", "–", "—", "…", "...", "/", ",", ":", ";")
_SOUNDS = frozenset({"äh", "ähm", "hm", "mhm", "öh", "eh", "ehm", "em"})


class Quote(NamedTuple):
    kind: str
    rank: int
    row: int


def quotes(spoken: Spoken, readable: np.ndarray, rows: np.ndarray, margins: np.ndarray, terms: Iterable[str]) -> list[Quote]:
    """Quotes of the topic that has the sentences `rows` and words `terms`.

    `readable`: see below, over all sentences. `margins`: for `rows`, how much nearer a sentence is to this topic than to any other.
    """
    weights = spoken.frame["weight"].to_numpy(dtype=float)[rows]
    near, clear = _share(weights), _share(margins)
    words = np.minimum(_holding(spoken, terms)[rows], 2) / 2
    ease = readable[rows]
    score = np.round(0.4 * near + 0.3 * clear + 0.2 * words + 0.1 * ease, 9)
    usable = ease > 0
    typical = _first(spoken, rows, np.lexsort((rows, -score)), usable & (words > 0) & (clear >= 0.5), TYPICAL)
    # Where few sentences are clear and hold its words, the next best.
    more = np.lexsort((rows, -score))
    typical += _first(spoken, rows, more, usable & ~np.isin(rows, typical), TYPICAL - len(typical), typical)
    edge = np.lexsort((rows, near, np.round(clear, 9)))
    atypical = _first(spoken, rows, edge, usable & ~np.isin(rows, typical), 1, typical, again=True)
    return [*(Quote("typical", n, row) for n, row in enumerate(typical, 1)), *(Quote("atypical", 1, row) for row in atypical)]


def _first(
    spoken: Spoken, rows: np.ndarray, order: np.ndarray, allowed: np.ndarray, most: int, have: Iterable[int] = (), again: bool = False
) -> list[int]:  # fmt: skip
    """The first allowed sentences in an order, of people and with words not yet had; with `again` people may come again."""
    texts = {fold(spoken.texts[row]) for row in have}
    people = {int(spoken.persons[row]) for row in have} if not again else set()
    found: list[int] = []
    for at in order.tolist():
        if len(found) >= most:
            break
        row = int(rows[at])
        text, person = fold(spoken.texts[row]), int(spoken.persons[row])
        if allowed[at] and text not in texts and person not in people:
            found.append(row)
            texts.add(text)
            people.add(person)
    return found


def _share(values: np.ndarray) -> np.ndarray:
    """The share of values that are smaller, 0 to 1."""
    ordered = np.sort(np.round(values, 9))
    return np.searchsorted(ordered, np.round(values, 9)) / max(1, len(values) - 1)


def _holding(spoken: Spoken, terms: Iterable[str]) -> np.ndarray:
    """How many of the words each sentence holds."""
    kinds = spoken.holds(terms).astype(float)
    return np.bincount(spoken.row, weights=kinds[spoken.kind], minlength=len(spoken.frame))


def readability(spoken: Spoken) -> np.ndarray:
    """How well a sentence reads by itself, 0 (not to be quoted at all) to 1, for all sentences.

    Not at all: too short or too long, a question, a fragment (few words, no verb, broken off), or a person who may not be quoted.
    """
    words = np.array([p not in ("PUNCT", "SYM", "SPACE") for p in spoken.pos], dtype=float)
    verbs = np.array([p in ("VERB", "AUX") for p in spoken.pos], dtype=float)
    sounds = np.array([fold(f) in _SOUNDS for f in spoken.form], dtype=float)
    n_words, n_verbs, n_sounds = (
        np.bincount(spoken.row, weights=of[spoken.kind], minlength=len(spoken.frame)) for of in (words, verbs, sounds)
    )
    found = np.zeros(len(spoken.frame))
    pairs = zip(spoken.texts, spoken.quotable.tolist(), strict=True)
    for n, (text, allowed) in enumerate(pairs):
        plain = text.strip()
        whole = SHORTEST <= len(plain) <= LONGEST and not plain.endswith((*_CUT, "?")) and "?" not in plain[-3:]
        if allowed and whole and n_words[n] >= _WORDS and n_verbs[n]:
            good = _GOOD[0] <= len(plain) <= _GOOD[1]
            begun = plain[:1].isupper() or not plain[:1].isalpha()
            found[n] = (1.0 if good else 0.6) * (1.0 if begun else 0.8) / (1 + n_sounds[n])
    return found
