"""The stage fairness: how often the model finds the same contents told in several ways of speaking.

A stage of its own, because it rests on the model and the study's list alone: what people decide changes nothing of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline import guide
from pipeline.encoders import vector
from pipeline.encoders.kept import to_matrix
from pipeline.learning import fair, frozen
from pipeline.learning.frozen import Frozen
from pipeline.learning.ready import prepared

if TYPE_CHECKING:
    import pandas as pd


def whole(
    settings: SimpleNamespace, model_file: Path, guide_file: Path, fairness_file: Path, fair_sentences_before: pd.DataFrame | None
) -> dict[str, list[dict[str, Any]]]:
    """Recall in every variety, and the sentences made ready; both empty without a model or without a list."""
    model = frozen.read(model_file) if settings.model.use else None
    return told(fair.read(fairness_file), model, guide.load(guide_file), settings, fair_sentences_before)


def told(
    rows: Sequence[fair.Told], model: Frozen | None, book: guide.Guide, settings: SimpleNamespace, before: pd.DataFrame | None
) -> dict[str, list[dict[str, Any]]]:
    """See `whole`. Contents whose code the model does not serve are left out."""
    rows = [row for row in rows if model and row.code in model.model.codes]
    if model is None or not rows:
        return {"quality_fairness": [], "fair_sentences": []}
    kept = {} if before is None else dict(zip(before["text"], zip(before["words"], before["vector"], strict=True), strict=True))
    made = fair.prepare([row.text for row in rows], kept, lambda texts: prepared(texts, settings.model.encoder, settings.annotate))
    ready = {text: (words.split(), one) for (text, (words, _)), one in zip(made.items(), to_matrix([v for _, v in made.values()]), strict=True)}
    asked = {q.id: vector(q.text, settings.model.encoder) for q in book.questions}
    proposed, five = fair.judged(rows, ready, asked, book.expected(), model, settings.model.threshold)
    return {
        "quality_fairness": fair.rows_of(rows, proposed, five),
        "fair_sentences": [{"text": text, "words": words, "vector": one} for text, (words, one) in made.items()],
    }
