"""Stage 12, score: how the model judges every sentence with every code. A pure function of (interview, model)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline import guide
from pipeline.learning import frozen
from pipeline.learning.columns import to_column
from pipeline.learning.features import bag
from pipeline.learning.interviews import interview
from pipeline.learning.model import score

if TYPE_CHECKING:
    import pandas as pd


def each(
    turns: pd.DataFrame, segments: pd.DataFrame, tokens: pd.DataFrame, types: pd.DataFrame, questions: pd.DataFrame, vectors: pd.DataFrame,
    settings: SimpleNamespace, model_file: Path, guide_file: Path,
) -> dict[str, list[dict[str, Any]]]:  # fmt: skip
    """One interview's rows of `scores`; none where there is no model."""
    model = _model(model_file, model_file.stat().st_mtime_ns)
    if model is None or vectors.empty:
        return {"scores": []}
    asked = dict(zip(questions["turn"], questions["question"], strict=True))
    segs, one = interview(vectors, bags(tokens, types), asked, guide.load(guide_file).expected(), model.model.codes)
    found = score(model.model, one)
    doc = vectors["doc"].iloc[0]
    turn_of = dict(zip(segments["seg"], segments["turn"], strict=True))
    return {
        "scores": [
            {
                "doc": doc, "turn": turn_of[seg], "seg": seg, "logits": to_column(found.logits[n]),
                "free": to_column(found.free[n]), "near": to_column(found.near[n], np.int32),
            }
            for n, seg in enumerate(segs)
        ]
    }  # fmt: skip


@lru_cache(maxsize=1)
def _model(path: Path, changed: int) -> frozen.Frozen | None:
    # `changed` makes a new file a new model where one process works on several interviews.
    return frozen.read(path)


def bags(tokens: pd.DataFrame, types: pd.DataFrame) -> dict[str, list[str]]:
    """Sentence -> its words as the classifier sees them."""
    known = {t.type: bag([t.lemma], [t.parts], [t.pos]) for t in types.itertuples()}
    found: dict[str, list[str]] = {}
    for seg, kind in zip(tokens["seg"], tokens["type"], strict=True):
        found.setdefault(seg, []).extend(known[kind])
    return found

