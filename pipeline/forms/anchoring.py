"""The place in the raw text that a row stands for: what people wrote finds it again when the text was cleaned otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.forms.corrections import key_of
from pipeline.forms.sheet import Sheet
from pipeline.offsets import steps, through
from pipeline.tables import quotable

if TYPE_CHECKING:
    import pandas as pd

NEEDED = ("turns", "speakers", "changes", "replacements")  # tables of the last run


def places(
    rows: pd.DataFrame, sheet: Sheet, turns: pd.DataFrame, speakers: pd.DataFrame, changes: pd.DataFrame, replacements: pd.DataFrame,
) -> dict[tuple[str, ...], dict[str, str]]:  # fmt: skip
    """Key -> doc, raw_sha256, raw_start, raw_end, quote of the row's place; the quote is empty where its speaker may not be quoted."""
    made = steps(changes, replacements)
    said = {(t.doc, t.turn): t for t in turns.itertuples()}
    may = quotable(speakers)
    found = {}
    for row in rows.to_dict("records"):
        turn = said.get((row["doc"], row["turn"]))
        if turn is None or not row["start"] < row["end"]:
            continue
        start, end = through(made.get((turn.doc, turn.turn), []), row["start"], row["end"])
        words = turn.text[row["start"] : row["end"]] if (turn.doc, turn.speaker) in may else ""
        found[key_of(row, sheet)] = {"doc": turn.doc, "raw_sha256": turn.raw_sha256, "raw_start": str(start), "raw_end": str(end), "quote": words}
    return found
