"""Where people's decisions stand after a transcript or the codebook was edited: found again, to be confirmed, lost, to be decided anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 5
_UNPLACED = {
    "moved": ("Wahrscheinlich verschoben, bitte unter »make review« bestätigen", "Beitrag {likely_turn}"),
    "lost": ("Nicht wiedergefunden, zählt nicht mehr", "{reason}"),
    "split": ("Kategorie geteilt, bitte neu entscheiden", "{reason}"),
}


def lines(decisions: pd.DataFrame, reviewed: pd.DataFrame, unplaced: pd.DataFrame) -> list[str]:
    """German lines on the tables of the last run; none where every place and category is as it was."""
    found = []
    for data, one, several in (
        (decisions, "Eine Entscheidung ist am Wortlaut wiedergefunden, weil ihr Redebeitrag sich geändert hat; sie zählt weiter", "{n} Entscheidungen sind am Wortlaut wiedergefunden, weil ihr Redebeitrag sich geändert hat; sie zählen weiter"),
        (reviewed, "Eine gelesene Stelle ist am Wortlaut wiedergefunden", "{n} gelesene Stellen sind am Wortlaut wiedergefunden"),
    ):  # fmt: skip
        rows = data[data["place"] == "found"].to_dict("records")
        if rows:
            told = one if len(rows) == 1 else several.format(n=len(rows))
            found.append(f"{told}: {_some([_where(row) for row in rows])}.")
    for kind, (head, each) in _UNPLACED.items():
        rows = unplaced[unplaced["kind"] == kind].to_dict("records")
        found += [f"{head} ({len(rows)}): {_some([_of(row, each) for row in rows])}"] if rows else []
    return found


def _where(row: Mapping[str, Any]) -> str:
    return f"{row['decision'] if 'decision' in row else row['coder']} ({row['doc']}, Beitrag {row['turn']})"


def _of(row: Mapping[str, Any], each: str) -> str:
    code = f", {row['code']}" if row["code"] else ""
    return f"{row['decision']} ({row['coder']}{code}) in {row['doc']}: {each.format(**row)}"


def _some(items: Sequence[str]) -> str:
    rest = len(items) - SHOWN
    return "; ".join([*items[:SHOWN], *([f"… und {rest} weitere"] if rest > 0 else [])])
