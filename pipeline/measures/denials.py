"""Passages by which people coded that somebody denies a category ("ich wurde nie diskriminiert"): counter-evidence, never a voice for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.measures.lens import single
from pipeline.tables import MACHINES

if TYPE_CHECKING:
    import pandas as pd


def parted(mentions: pd.DataFrame, codes: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(mentions that count, denials): each a frame of `findings_mentions`. Of a category that is a `lack` ("wir haben keinen Raum") a denial is a saying.

    A denial is a mention of people's whose stance is negated and not affirmed; the program's own hits of that kind are no mentions in the
    first place. What was said of a child stands for its parents too: a parent's mention that consists of denials alone goes with them,
    and is not told a second time as a denial of the parent.
    """
    rows = mentions[mentions["stance"].str.contains("negated") & ~mentions["stance"].str.contains("affirmed") & ~mentions["code"].isin(codes.loc[codes["lack"] == "yes", "code"])]
    finest = {m.mention for m in single(rows, set(codes["code"]), codes).itertuples() if set(m.coder.split("+")) - set(MACHINES) - {""}}
    own = {c for ids in mentions.loc[mentions["mention"].isin(finest), "codings"] for c in ids.split("+") if c}
    gone = {m for m, ids in zip(mentions["mention"], mentions["codings"], strict=True) if ids and own.issuperset(ids.split("+"))} if own else set()
    voices = mentions[~mentions["mention"].isin(finest | gone)].reset_index(drop=True)
    return voices, mentions[mentions["mention"].isin(finest)].reset_index(drop=True)
