"""The stage anchors: training sentences that people wrote, made ready for learning: their words and their vectors."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline import codebook as codebooks
from pipeline import guide
from pipeline.learning import training
from pipeline.learning.ready import prepared

if TYPE_CHECKING:
    import pandas as pd


def whole(
    settings: SimpleNamespace, codebook_file: Path, guide_file: Path, anchors_folder: Path, anchors_before: pd.DataFrame | None
) -> dict[str, list[dict[str, Any]]]:
    """A row a training text. What was worked out for the same text before is taken over."""
    book = codebooks.load(codebook_file)
    found = [*training.gather(book, anchors_folder), *training.wordings(guide.load(guide_file))]
    before = {}
    if anchors_before is not None:
        before = dict(zip(anchors_before["text"], zip(anchors_before["words"], anchors_before["vector"], strict=True), strict=True))
    new = list(dict.fromkeys(one.text for one in found if one.text not in before))
    made = before | dict(zip(new, prepared(new, settings.model.encoder, settings.annotate), strict=True))
    return {
        "anchors": [
            {
                "anchor": number, "kind": one.kind, "codes": training.SEPARATOR.join(one.codes), "under": one.under, "text": one.text, "variety": one.variety,
                "file": one.file, "line": one.line, "used": "no" if one.why else "yes", "why": one.why,
                "words": made[one.text][0], "vector": made[one.text][1],
            }
            for number, one in enumerate(found)
        ],
        "scheme": [
            {"order": number, "code": c.id, "parent": c.parent, "since": c.entry.since, "was": training.SEPARATOR.join(c.entry.was), "coded": "yes" if c.coded else "no"}
            for number, c in enumerate(book.codes)
        ],
    }  # fmt: skip
