"""For which categories a passage counts as read: those of the codebook under which it was read.

A full reading looked at a passage for all categories: neither at the machine's proposals alone (mode `queue`), nor for some
categories only (`codes`). It still says nothing of a category that came into the codebook later (`lacks`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.tables import QUEUE

if TYPE_CHECKING:
    import pandas as pd

SEPARATOR = ";"  # between categories in one cell (`codes`, `lacks`), and between ids (`replaces`)


def full(reviewed: pd.DataFrame) -> pd.DataFrame:
    """The rows of the table `reviewed` that are full readings; a table without the column `codes` knows no others."""
    whole = reviewed["mode"] != QUEUE
    return reviewed[whole & (reviewed["codes"] == "")] if "codes" in reviewed.columns else reviewed[whole]


def is_full(row: Mapping[str, Any]) -> bool:
    """Whether a row of `reviewed.csv` or of the table `reviewed` is a full reading.

    >>> is_full({"mode": "interview"}), is_full({"mode": "queue"}), is_full({"mode": "interview", "codes": "POT.ort"})
    (True, False, False)
    """
    return row["mode"] != QUEUE and not row.get("codes", "")


def listed(text: str) -> tuple[str, ...]:
    """Categories as they are written in one cell, each once, in their order.

    >>> listed("POT.ort; POT.orga;POT.ort")
    ('POT.ort', 'POT.orga')
    """
    return tuple(dict.fromkeys(part for part in re.split(r"[;,+\s]+", text) if part))


def known_by(versions: Iterable[Mapping[str, str]]) -> dict[str, frozenset[str]]:
    """Rows of `codebook_versions.csv` -> version -> the categories that it knew."""
    return {row["version"]: frozenset(listed(row["codes"])) for row in versions}


def lacks_of(version: str, known: Mapping[str, frozenset[str]], today: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Today's categories that the codebook `version` did not know, under their name or a former one.

    `known`: version -> its categories; `today`: category -> its former ids (`was`), in the order of the codebook. A version that is
    empty or in no list lacks nothing: what cannot be known is not made up.

    >>> lacks_of("a", {"a": frozenset("AB")}, {"A": (), "C": ("B",), "D": ()}), lacks_of("b", {}, {"A": ()})
    (('D',), ())
    """
    if version not in known:
        return ()
    return tuple(code for code, was in today.items() if known[version].isdisjoint((code, *was)))


Knows = Callable[[str], bool]


def knows(row: Mapping[str, Any]) -> Knows:
    """Whether somebody who read a passage for all categories, or for some (`codes`), looked for a category there.

    `row`: of the table `reviewed`, or of `reviewed.csv` with the column `lacks`.

    >>> whole, later, queue = {"mode": "random", "lacks": "D"}, {"mode": "random", "codes": "D"}, {"mode": "queue"}
    >>> [[knows(row)(code) for code in "AD"] for row in (whole, later, queue)]
    [[True, False], [False, True], [False, False]]
    """
    if row["mode"] == QUEUE:
        return lambda code: False
    only, without = frozenset(listed(row.get("codes", ""))), frozenset(listed(row.get("lacks", "")))
    return lambda code: code in only if only else code not in without


def lacking(reviewed: pd.DataFrame, code: str) -> pd.Series:
    """Which rows of the table `reviewed` were read under a codebook that did not know a category (bool for each row)."""
    if "lacks" not in reviewed.columns:
        return reviewed["mode"].map(lambda _: False).astype(bool)
    return reviewed["lacks"].map(lambda cell: code in listed(cell)).astype(bool)
