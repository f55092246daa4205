"""What the model makes of a passage, for `make why`: of the last run's passages as it was told there, of any other text anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipeline import store
from pipeline.codebook import Codebook
from pipeline.coders.material import Material
from pipeline.passages import kept
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.study import Study

if TYPE_CHECKING:
    from pipeline.learning.frozen import Frozen

Row = dict[str, Any]
MOST = 6  # codes that are told
_STATES = {"proposed": "vorgeschlagen", "accepted": "vorgeschlagen und von Menschen angenommen", "rejected": "vorgeschlagen und von Menschen verworfen"}


def last(places: Places, study: Study) -> list[Row] | None:
    """What the model proposed and considered in the last run; None where it has none."""
    if _model(places, study) is None:
        return None
    try:
        rows = [row for name in ("codings", "suggestions") for row in kept(places, name).to_dict("records")]
    except Stop:
        return None
    return [row for row in rows if row["coder"] == "model"]


def of_text(places: Places, study: Study, book: Codebook, material: Material) -> list[Row] | None:
    """What the last run's model makes of texts that nobody said: each text is an interview of its own, in answer to nothing."""
    model = _model(places, study)
    if model is None:
        return None
    import numpy as np

    from pipeline.coders.judging import judged
    from pipeline.coders.model import code
    from pipeline.encoders import vectors
    from pipeline.encoders.kept import to_matrix, to_text
    from pipeline.learning.columns import to_column
    from pipeline.learning.model import Interview, score
    from pipeline.learning.threads import one_thread
    from pipeline.lessons import bags
    from pipeline.tables import frame, from_parquet

    index = material.index
    said = [material.turns[int(turn)].text[start:end] for turn, start, end in zip(index.seg_turn, index.seg_start, index.seg_end, strict=True)]
    if not said:
        return []
    made = to_matrix([to_text(one) for one in vectors(said, model.encoder)])
    words = bags(index, {turn.doc for turn in material.turns})
    nothing = np.zeros((len(said), len(model.model.codes)), dtype=bool)
    one = Interview([words.get(seg, ()) for seg in index.seg_ids], made, index.seg_turn, np.zeros_like(made), nothing)
    with one_thread():
        found = score(model.model, one)
    scores = [
        {"doc": "x", "turn": 1, "seg": seg, "logits": to_column(found.logits[n]), "free": to_column(found.free[n]), "near": to_column(found.near[n], np.int32)}
        for n, seg in enumerate(index.seg_ids)
    ]  # fmt: skip
    anchors = from_parquet(store.whole_path(places, "anchors"))
    look = judged(index, frame("scores", scores), anchors, store.product_path(places, "fit", "model.bin"), study)  # type: ignore[arg-type]
    return code(replace(material, judged=look, mask=_masking(places)), book)


def told(places: Places, study: Study, rows: Iterable[Row], edited: bool = False) -> list[str]:
    """German lines: the likeliest codes among the rows with their chance, what becomes of them, and why.

    `edited`: since the last run something was changed from which the model might learn otherwise.
    """
    model = _model(places, study)
    if model is None:
        return []
    from pipeline.learning.thresholds import thresholds

    best: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: -row["score"]):
        best.setdefault(row["code"], row)
    least = thresholds(model.certainty, study.model.threshold)[0]
    terms = f"vorgeschlagen wird ab {_number(least)}{'; Stand des letzten Laufs, seither wurde etwas geändert' if edited else ''}"
    if not best:
        return [f"  Das Modell hält hier keine Kategorie für möglich ({terms})."]
    lines = [f"  Das Modell ({terms}):"]
    for row in list(best.values())[:MOST]:
        state = row.get("reason") or _STATES[row["status"]]
        lines.append(f"    {row['code']} {_number(row['score'])} {state}{'; ' + row['evidence'] if row['evidence'] else ''}")
    return lines


def _number(value: float) -> str:
    """
    >>> _number(0.3456)
    '0,35'
    """
    return f"{value:.2f}".replace(".", ",")


def _model(places: Places, study: Study) -> Frozen | None:
    """The model of the last run; None where there is none, where it is another program's, or where it is switched off."""
    from pipeline.learning import frozen

    path = store.product_path(places, "fit", "model.bin")
    try:
        return frozen.read(path) if study.model.use and path.is_file() else None
    except (OSError, ValueError, KeyError):
        return None


def _masking(places: Places) -> Callable[[str], str]:
    from pipeline.leaking.originals import masking
    from pipeline.tables import from_parquet

    return masking(from_parquet(store.whole_path(places, "entities")))
