"""Stage causes: where somebody names a cause and an effect.

A row a statement, in turns of respondents only; all places are code points of `turns.text`. `effect_start == effect_end == start` where
only the interviewer's question names the effect; `sign_start == sign_end == start` where no word shows the cause.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.tables import CODED_ROLES

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.causing import Statement


def each(
    turns: pd.DataFrame, segments: pd.DataFrame, tokens: pd.DataFrame, types: pd.DataFrame, scopes: pd.DataFrame, settings: SimpleNamespace,
) -> dict[str, list[dict[str, Any]] | pd.DataFrame]:  # fmt: skip
    """One interview's statements of cause and effect."""
    from pipeline.causing import Word, find

    own = types[types["type"].isin(set(tokens["type"]))]
    words = dict(zip(own["type"], (Word(*cells) for cells in zip(*(own[name] for name in ("form", "norm", "tag", "lemma", "pos")), strict=True)), strict=True))
    thought = dict(zip(zip(scopes["turn"], scopes["start"], strict=True), scopes["hypothetical"], strict=True))
    spoken: dict[int, dict[str, list[tuple[int, int, int]]]] = {}
    for number, seg, start, end, kind in zip(*(tokens[name] for name in ("turn", "seg", "start", "end", "type")), strict=True):
        spoken.setdefault(number, {}).setdefault(seg, []).append((start, end, kind))
    rows: list[dict[str, Any]] = []
    asked = False
    for turn in turns.sort_values("turn", kind="stable").itertuples():
        if turn.role in CODED_ROLES and turn.turn in spoken:
            sentences = [[words[kind] for _, _, kind in found] for found in spoken[turn.turn].values()]
            places = [(start, end) for found in spoken[turn.turn].values() for start, end, _ in found]
            marks = [thought.get((turn.turn, start), -1) for start, _ in places]
            rows += [_row(turn.doc, turn.turn, places, turn.text, one) for one in find(sentences, marks, asked)]
        if turn.text.strip():
            asked = turn.text.rstrip().endswith("?")
    return {"causes": list({(r["turn"], r["cause_start"], r["effect_start"]): r for r in reversed(rows)}.values())[::-1]}


def _row(doc: str, turn: int, places: list[tuple[int, int]], text: str, one: Statement) -> dict[str, Any]:
    """One statement's row; its places of words become code points."""
    cause = places[one.cause[0]][0], places[one.cause[1] - 1][1]
    shown = [span for span in (one.cause, one.effect, one.sign) if span[0] >= 0]
    start, end = places[min(span[0] for span in shown)][0], places[max(span[1] for span in shown) - 1][1]
    effect, sign = ((places[a][0], places[b - 1][1]) if a >= 0 else (start, start) for a, b in (one.effect, one.sign))
    return {
        "doc": doc, "turn": turn, "start": start, "end": end, "cause_start": cause[0], "cause_end": cause[1], "effect_start": effect[0],
        "effect_end": effect[1], "sign_start": sign[0], "sign_end": sign[1], "sign": text[slice(*sign)], "kind": one.kind,
    }  # fmt: skip
