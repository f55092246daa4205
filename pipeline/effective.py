"""The one place that says which codings count. Measures, report, exports and agreement ask only here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.tables import MACHINES

if TYPE_CHECKING:
    import pandas as pd

REVIEWED, UNREVIEWED = "reviewed", "proposed"


def effective(codings: pd.DataFrame) -> pd.DataFrame:
    """Codings that count, with the column `basis`: `reviewed` where a person decided, else `proposed`.

    Human over model over rule: where a person coded a passage, machines' rows for the same code that overlap it are
    evidence and drop out. Rejected rows never count, nor does a machine's row in mere assent to a leading question.
    """
    agreed = (codings["prompt"] == "assent") & (codings["status"] == "proposed") & codings["coder"].isin(MACHINES)
    rows = codings[(codings["status"] != "rejected") & ~agreed].copy()
    human = ~rows["coder"].isin(MACHINES)
    decided: dict[tuple[str, int, str], list[tuple[int, int]]] = {}
    for r in rows[human].itertuples():
        decided.setdefault((r.doc, r.turn, r.code), []).append((r.start, r.end))
    keep = [
        is_human or not any(a < end and start < b for a, b in decided.get((doc, turn, code), []))
        for is_human, doc, turn, code, start, end in zip(
            human, rows["doc"], rows["turn"], rows["code"], rows["start"], rows["end"], strict=True
        )
    ]
    rows = rows.loc[rows.index[[n for n, kept in enumerate(keep) if kept]]]
    rows["basis"] = [UNREVIEWED if status == "proposed" else REVIEWED for status in rows["status"]]
    return rows.reset_index(drop=True)
