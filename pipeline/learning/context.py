"""What stands around a sentence in its turn: windows of three, neighbours, the best of the rest. Rows are sentences in order."""

from __future__ import annotations

import numpy as np


def beside(turns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For every sentence whether the one before and the one behind belong to its turn."""
    same = turns[1:] == turns[:-1]
    return np.concatenate([[False], same]), np.concatenate([same, [False]])


def window(values: np.ndarray, turns: np.ndarray) -> np.ndarray:
    """(n x width) each row with its neighbours' of the same turn added."""
    return values + _before(values, turns) + _behind(values, turns)


def window_matrix(turns: np.ndarray) -> object:
    """(n x n) sparse: which sentences make each one's window."""
    from scipy.sparse import csr_matrix

    n = len(turns)
    before, behind = beside(turns)
    here = np.arange(n)
    rows = np.concatenate([here, here[before], here[behind]])
    columns = np.concatenate([here, here[before] - 1, here[behind] + 1])
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(n, n))


def neighbours(values: np.ndarray, turns: np.ndarray) -> np.ndarray:
    """(n x k) mean of the neighbours in the same turn; 0 where there are none."""
    before, behind = beside(turns)
    number = np.maximum(before.astype(int) + behind.astype(int), 1)[:, None]
    return (_before(values, turns) + _behind(values, turns)) / number


def best_of_rest(values: np.ndarray, turns: np.ndarray) -> np.ndarray:
    """(n x k) the largest value among the other sentences of the turn; 0 where there are none. Values are not negative."""
    result = np.zeros_like(values)
    if not len(turns):
        return result
    first = np.concatenate([[0], np.flatnonzero(turns[1:] != turns[:-1]) + 1, [len(turns)]])
    for low, high in zip(first[:-1].tolist(), first[1:].tolist(), strict=True):
        if high - low > 1:
            part = values[low:high]
            two = np.partition(part, -2, axis=0)[-2:]
            result[low:high] = np.where(part >= two[1], two[0], two[1])
    return result


def _before(values: np.ndarray, turns: np.ndarray) -> np.ndarray:
    found = np.zeros_like(values)
    same, _ = beside(turns)
    found[same] = values[np.flatnonzero(same) - 1]
    return found


def _behind(values: np.ndarray, turns: np.ndarray) -> np.ndarray:
    found = np.zeros_like(values)
    _, same = beside(turns)
    found[same] = values[np.flatnonzero(same) + 1]
    return found
