"""Stage 6, index: the words of all interviews as numbers, in one file that codebook and search map into memory."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np

from pipeline.matchers.index import Index, build, load
from pipeline.matchers.mapped import pack

if TYPE_CHECKING:
    import pandas as pd

TEXTS = "texts"  # the array that says which texts the index was made of


def products(
    turns: pd.DataFrame, segments: pd.DataFrame, tokens: pd.DataFrame, types: pd.DataFrame, scopes: pd.DataFrame, settings: SimpleNamespace
) -> dict[str, bytes]:
    """The index of the whole corpus as the bytes of its file."""
    return {"index.bin": pack({**build(turns, segments, tokens, types, scopes), TEXTS: digest(turns)})}


def digest(turns: pd.DataFrame) -> np.ndarray:
    """32 bytes that stand for interview, number and text of all turns, whatever their order."""
    rows = sorted((str(doc), int(turn), str(text)) for doc, turn, text in zip(turns["doc"], turns["turn"], turns["text"], strict=True))
    return np.frombuffer(hashlib.sha256(json.dumps(rows).encode()).digest(), dtype=np.uint8)


def opened(path: Path) -> Index | None:
    """A kept index; None where there is none, it is damaged, or another version of the program made it."""
    try:
        index = load(path)
        names = set(index.arrays)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError):  # whatever the header of a damaged file says
        return None
    return index if names == _layout() else None


def belongs(index: Index, turns: pd.DataFrame) -> bool:
    """Whether an index was made of these very texts: a run that did not end leaves a newer one beside older tables."""
    return bool(np.array_equal(index.arrays[TEXTS], digest(turns)))


@cache
def _layout() -> frozenset[str]:
    """Names of the arrays that an index has today."""
    from pipeline.tables import frame

    empty = [frame(name, []) for name in ("turns", "segments", "tokens", "types", "scopes")]
    return frozenset([*build(*empty), TEXTS])
