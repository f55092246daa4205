"""The model's judgement of every sentence, read from its table into arrays in the order of the index."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.coders.material import Judged
from pipeline.learning import frozen
from pipeline.learning.columns import from_column
from pipeline.learning.training import taught
from pipeline.matchers.index import Index

if TYPE_CHECKING:
    import pandas as pd


def judged(index: Index, scores: pd.DataFrame, anchors: pd.DataFrame, model_file: Path, settings: SimpleNamespace) -> Judged | None:
    """None where there is no model, or where it is switched off."""
    model = frozen.read(model_file) if settings.model.use and len(scores) else None
    if model is None:
        return None
    size, codes = len(index.seg_turn), len(model.model.codes)
    number = {seg: n for n, seg in enumerate(index.seg_ids)}
    rows = np.array([number[seg] for seg in scores["seg"]], dtype=np.int64)
    logits, free, near = (np.zeros((size, codes), dtype=kind) for kind in (np.float32, np.float32, np.int32))
    for data, column, kind in ((logits, "logits", np.float16), (free, "free", np.float16), (near, "near", np.int32)):
        data[rows] = from_column(list(scores[column]), codes, kind)
    scored = np.zeros(size, dtype=bool)
    scored[rows] = True
    pairs, alone = (_rules(one.weights) for one in (model.model.pairs, model.model.free))
    return Judged(
        model.model.codes, logits, free, near, scored, learnt_from(anchors), pairs, alone, model.certainty, model.version,
        settings.model.suggestions, settings.model.threshold,
    )  # fmt: skip


def learnt_from(anchors: pd.DataFrame) -> dict[int, str]:
    """Number of a training sentence among those that the model learnt from -> the sentence."""
    used = anchors[taught(anchors)]
    return dict(enumerate(used["text"]))


def _rules(weights: Any) -> dict[str, float]:
    from pipeline.learning.cells import RULES

    return {name: float(weights.get(name, 0.0)) for name in RULES}

