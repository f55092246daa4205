"""The figures behind »key« and »goes with«: log-likelihood, log ratio, pointwise mutual information, permutations."""

from __future__ import annotations

import numpy as np

from pipeline.evaluating.likelihood import part

SEED = 20260401
DRAWS = 999
_BLOCK = 256  # words that are tested at once


def against_share(a: np.ndarray, size: float, share: np.ndarray) -> np.ndarray:
    """Signed G2 of words said a times in size words against known shares of a language (0 to 1, not 0)."""
    a, share = np.asarray(a, dtype=float), np.asarray(share, dtype=float)
    value = 2 * (part(a, size * share) + part(size - a, size * (1 - share)))
    return np.where(a >= size * share, value, -value)


def log_ratio(a: np.ndarray, b: np.ndarray, size_a: float, size_b: float) -> np.ndarray:
    """Binary logarithm of the ratio of relative frequencies (Hardie): 1 is twice as often, 2 four times.

    A word that one side never says counts as half a time there.
    """
    if not size_a or not size_b:
        return np.zeros(np.shape(a))
    first, second = np.where(a > 0, a, 0.5) / size_a, np.where(b > 0, b, 0.5) / size_b
    return np.log2(first / second)


def association(both: np.ndarray, near: float, word: np.ndarray, total: float) -> tuple[np.ndarray, np.ndarray]:
    """(G2, PMI) of words with a node: `both` times in its `near` neighbouring places, `word` times in all `total` places.

    Over all four cells of the table and with binary logarithms: the figures of nltk's `BigramAssocMeasures`.
    """
    both, word = np.asarray(both, dtype=float), np.asarray(word, dtype=float)
    rest = total - near
    cells = ((both, near * word), (word - both, rest * word), (near - both, near * (total - word)), (rest - word + both, rest * (total - word)))
    value = np.zeros(both.shape)
    for observed, product in cells:
        value = value + 2 * part(observed, product / total if total else product)
    with np.errstate(divide="ignore", invalid="ignore"):
        return value, np.log2(both * total / (near * word))


def unpaired(rates: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """p of the difference of mean rates between people inside and outside, two-sided.

    `rates` words x people, `inside` bool a person. People change sides by chance, 999 times, the same way every run.
    """
    dice = np.random.default_rng(SEED)
    draws = np.stack([dice.permutation(inside) for _ in range(DRAWS)], axis=1).astype(float)
    sides = np.concatenate([inside[:, None].astype(float), draws], axis=1)
    return _extreme(rates, sides / inside.sum() - (1 - sides) / (~inside).sum())


def paired(differences: np.ndarray) -> np.ndarray:
    """p of the mean difference of people's own rates here and elsewhere; `differences` words x people, signs by chance."""
    dice = np.random.default_rng(SEED)
    people = differences.shape[1]
    signs = dice.choice(np.array([-1.0, 1.0]), size=(people, DRAWS))
    return _extreme(differences, np.concatenate([np.ones((people, 1)), signs], axis=1) / people)


def _extreme(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Share of draws (the real one, column 0, counted among them) whose mean difference is as large as the real one."""
    found = []
    for at in range(0, len(values), _BLOCK):
        means = np.abs(values[at : at + _BLOCK] @ weights)
        real = means[:, :1]
        found.append((means >= real - 1e-12 - 1e-9 * real).mean(axis=1))
    return np.concatenate(found) if found else np.empty(0)
