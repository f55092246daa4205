"""Which cases speak of like things: a map to think with and to choose the next case by, never a typology of people."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from pipeline.measures.lens import PROPOSED, REVIEWED

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

FEWEST = 4  # cases; fewer make no map
ENOUGH = 5  # categories; a case that speaks of fewer has no place on it


def rows(cases: pd.DataFrame, codes: pd.DataFrame, mentions: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of `findings_alike`, one a case that speaks of at least `ENOUGH` categories: place on the map (0 to 1 both ways), the nearest other case
    and how like it is: which part of one's categories the other speaks of too, mean of both ways (Kulczynski's second measure: who speaks of
    much is not far from all others for that).

    Cases are compared by which categories they speak of, not by how often. What people read is the ground where at least `FEWEST`
    cases have been read (`basis` reviewed); else what is read and proposed together (proposed). Empty where there are fewer cases.
    """
    leaves = set(codes.loc[codes["coded"] == "yes", "code"])
    own = mentions[mentions["code"].isin(leaves)]
    for basis in (REVIEWED, PROPOSED):
        told: dict[str, set[str]] = defaultdict(set)
        data = own[own["basis"] == REVIEWED] if basis == REVIEWED else own
        for case, code in zip(data["case"], data["code"], strict=True):
            told[case].add(code)
        names = [case for case in sorted(set(told) & set(cases["case"])) if len(told[case]) >= ENOUGH]
        if len(names) >= FEWEST:
            return _placed(names, told, basis)
    return []


def _placed(names: list[str], told: dict[str, set[str]], basis: str) -> list[dict[str, Any]]:
    import numpy as np

    shared = np.array([[(len(told[a] & told[b]) / len(told[a]) + len(told[a] & told[b]) / len(told[b])) / 2 for b in names] for a in names])
    x, y = _plane(1 - shared)
    np.fill_diagonal(shared, -1)
    found = []
    for n, case in enumerate(names):
        nearest = int(np.argmax(shared[n]))
        found.append(
            {
                "case": case, "basis": basis, "x": float(x[n]), "y": float(y[n]), "nearest": names[nearest], "likeness": float(shared[n, nearest]),
                "n_codes": len(told[case]),
            }
        )  # fmt: skip
    return found


def _plane(far: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Two coordinates from 0 to 1 of every case, by classical scaling of the distances (n x n); signs fixed so that the map does not flip."""
    import numpy as np

    n = len(far)
    centred = np.eye(n) - np.full((n, n), 1 / n)
    values, vectors = np.linalg.eigh(-0.5 * centred @ (far**2) @ centred)
    axes = []
    for k in (-1, -2):
        axis = np.round(vectors[:, k] * max(values[k], 0.0) ** 0.5, 9)
        axes.append(-axis if axis[np.argmax(np.abs(axis))] < 0 else axis)
    span = max(axis.max() - axis.min() for axis in axes) or 1.0  # one scale for both: a narrow map stays narrow
    across, down = (0.5 + (axis - (axis.max() + axis.min()) / 2) / span for axis in axes)
    return across, down
