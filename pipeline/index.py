"""Stage 6, index: the words of all interviews as numbers, in one file that codebook and search map into memory."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from pipeline.matchers.index import build
from pipeline.matchers.mapped import pack

if TYPE_CHECKING:
    import pandas as pd


def products(
    turns: pd.DataFrame, segments: pd.DataFrame, tokens: pd.DataFrame, types: pd.DataFrame, scopes: pd.DataFrame, settings: SimpleNamespace
) -> dict[str, bytes]:
    """The index of the whole corpus as the bytes of its file."""
    return {"index.bin": pack(build(turns, segments, tokens, types, scopes))}
