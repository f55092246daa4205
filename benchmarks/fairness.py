"""Is a model that has only learnt from anchor sentences fair: recall of the same contents in several varieties, with intervals.

    python benchmarks/coding.py fairness

Reads `fairness.csv` of a study (its form: pipeline/learning/fair.py). Everything is as in the stage `fairness`; beside its figures stand
intervals of the gaps from drawing contents (paired: a content is drawn with all its varieties) and what the gaps are made of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from pipeline import anchors, fit, guide, study
from pipeline.encoders import vector
from pipeline.encoders.kept import to_matrix
from pipeline.learning import fair
from pipeline.learning.frozen import Frozen
from pipeline.learning.ready import prepared
from pipeline.tables import frame

TIMES = 2000


def measured(path: Path, book_folder: Path) -> Iterator[str]:
    """Lines of figures for the contents of a list, with a model of the study's anchors and the weights that ship."""
    settings = study.load(book_folder / "study.yaml")
    model = learnt(book_folder, settings)
    rows = [row for row in fair.read(path) if row.code in model.model.codes]
    ready = _ready(rows, settings)
    book = guide.load(book_folder / "guide.yaml")
    asked = {q.id: vector(q.text, settings.model.encoder) for q in book.questions}
    proposed, five = fair.judged(rows, ready, asked, book.expected(), model, settings.model.threshold)
    yield f"{len({row.content for row in rows})} contents, {len(rows)} sentences, threshold {settings.model.threshold or model.certainty.threshold:.2f}"
    for row in fair.rows_of(rows, proposed, five):
        hit = five if row["part"].endswith(fair.FIVE) else proposed
        part = row["part"].removesuffix(fair.FIVE)
        best = max((r for r in fair.rows_of(rows, proposed, five) if r["part"] == row["part"]), key=lambda r: r["recall"])["variety"]
        low, high = gap_interval(rows, hit, part, best, row["variety"])
        yield f"{row['part']:12s} {row['variety']:9s} n {row['n']:3d}  recall {row['recall']:.3f}  gap {row['gap']:.3f} ({low:+.3f} to {high:+.3f}) to {best}"
    known = model.model.words.numbers()
    for variety in dict.fromkeys(row.variety for row in rows):
        shares = [np.mean([word in known for word in ready[row.text][0]]) for row in rows if row.variety == variety]
        yield f"{variety:9s} share of words that the classifier knows {np.mean(shares):.3f}"


def learnt(book_folder: Path, settings: study.Study) -> Frozen:
    """A model of the study's anchor sentences alone."""
    own = SimpleNamespace(model=settings.model, annotate=settings.annotate)
    tables = {name: frame(name, data) for name, data in anchors.whole(own, book_folder / "codebook.yaml", book_folder / "anchors", None).items()}
    found = fit.fitted(tables["anchors"], tables["scheme"], frame("lessons", []), book_folder / "guide.yaml")
    return Frozen(found.model, found.certainty, settings.model.encoder, "", {})


def _ready(rows: Sequence[fair.Told], settings: study.Study) -> dict[str, tuple[list[str], Any]]:
    texts = list(dict.fromkeys(row.text for row in rows))
    made = prepared(texts, settings.model.encoder, settings.annotate)
    kept = to_matrix([one for _, one in made])
    return {text: (words.split(), kept[n]) for n, (text, (words, _)) in enumerate(zip(texts, made, strict=True))}


def gap_interval(rows: Sequence[fair.Told], hit: np.ndarray, part: str, best: str, variety: str) -> tuple[float, float]:
    """95 % bounds of the best variety's recall less this one's, contents drawn with both."""
    both: dict[str, dict[str, bool]] = {}
    for row, found in zip(rows, hit.tolist(), strict=True):
        if part in (fair.ALL, *row.parts):
            both.setdefault(row.content, {})[row.variety] = found
    differ = np.array([float(one[best]) - float(one[variety]) for one in both.values()])
    drawn = np.random.default_rng(study.SEED).integers(0, len(differ), (TIMES, len(differ)))
    low, high = np.quantile(differ[drawn].mean(axis=1), [0.025, 0.975])
    return float(low), float(high)
