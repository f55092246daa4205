"""Stage causes: where somebody names a cause and an effect."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def each(
    turns: pd.DataFrame, segments: pd.DataFrame, tokens: pd.DataFrame, types: pd.DataFrame, scopes: pd.DataFrame, settings: SimpleNamespace,
) -> dict[str, list[dict[str, Any]] | pd.DataFrame]:  # fmt: skip
    """All tables of this stage."""
    return {"causes": []}
