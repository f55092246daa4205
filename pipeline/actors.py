"""Stage actors: organisations and roles, who works with whom."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def whole(
    entities: pd.DataFrame, plan: pd.DataFrame, cases: pd.DataFrame, turns: pd.DataFrame, segments: pd.DataFrame, tokens: pd.DataFrame, types: pd.DataFrame, scopes: pd.DataFrame, codes: pd.DataFrame, findings_scope: pd.DataFrame, findings_mentions: pd.DataFrame, settings: SimpleNamespace, actors_file: Path,
) -> dict[str, list[dict[str, Any]] | pd.DataFrame]:  # fmt: skip
    """All tables of this stage."""
    return {"actors": [], "actor_mentions": [], "findings_links": [], "findings_network": [], "findings_speaks_of": []}
