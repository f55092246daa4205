"""One logistic regression over all (sentence, code) pairs, drawn to what other studies taught: it serves codes with few examples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

ROUNDS = 30
ENOUGH = 1e-8
SURE = 30.0  # logits beyond are cut: a pair is never certain


class Pairs(NamedTuple):
    """Weights by name of feature, on features as they stand (not scaled), and the base."""

    weights: Mapping[str, float]
    base: float

    def apply(self, found: Mapping[str, np.ndarray]) -> np.ndarray:
        """(n x k) logits; features that are not given count nothing."""
        total: np.ndarray = np.float64(self.base)  # type: ignore[assignment]
        for name, weight in self.weights.items():
            if name in found:
                total = total + weight * found[name]
        return np.clip(total, -SURE, SURE)


def fit(cells: np.ndarray, truth: np.ndarray, names: tuple[str, ...], before: Pairs | None, hold: float) -> Pairs:
    """Weights from `cells` (m x features) and `truth` (m). `before`: what is known already; `hold`: how strongly it holds.

    Newton's method on features of mean 0 and spread 1; the penalty `hold / 2` lies on the distance from `before` (from 0 without
    one), measured in these units; without `before` the base is free.
    """
    mean, spread = cells.mean(axis=0), cells.std(axis=0)
    spread = np.where(spread > 1e-9, spread, 1.0)
    data = np.column_stack([(cells - mean) / spread, np.ones(len(cells))])
    goal = np.zeros(len(names) + 1)
    if before is not None:
        goal[:-1] = [before.weights.get(name, 0.0) for name in names] * spread
        goal[-1] = before.base + sum(before.weights.get(name, 0.0) * mean[n] for n, name in enumerate(names))
    pull = np.full(len(goal), hold)
    pull[-1] = hold if before is not None else 1e-6
    now = goal.copy()
    cost = _cost(data, truth, now, pull, goal)
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(data @ now, -SURE, SURE)))
        slope = data.T @ (chance - truth) + pull * (now - goal)
        bend = (data * (chance * (1 - chance))[:, None]).T @ data + np.diag(pull + 1e-9)
        step = np.linalg.solve(bend, slope)
        # A whole step may overshoot where pairs are sure; half of it, and half again, comes down at last.
        new = _cost(data, truth, now - step, pull, goal)
        while new > cost and np.abs(step).max() >= ENOUGH:
            step = step / 2
            new = _cost(data, truth, now - step, pull, goal)
        now, cost = now - step, new
        if np.abs(step).max() < ENOUGH:
            break
    weights = now[:-1] / spread
    return Pairs({name: float(w) for name, w in zip(names, weights, strict=True)}, float(now[-1] - weights @ mean))


def _cost(data: np.ndarray, truth: np.ndarray, weights: np.ndarray, pull: np.ndarray, goal: np.ndarray) -> float:
    """What `fit` makes small: the loss of all pairs and the penalty on the distance from `goal`."""
    logits = data @ weights
    return float((np.logaddexp(0, logits) - truth * logits).sum() + (pull * (weights - goal) ** 2).sum() / 2)
