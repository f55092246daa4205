"""Single texts made ready for the coders, without a run: examples of the codebook, a quote somebody asks about."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace

from pipeline import tables
from pipeline.annotate import each as annotate
from pipeline.coders.material import Material, gather
from pipeline.matchers.index import Index, build
from pipeline.stance import each as scopes
from pipeline.study import Study


def material_of(texts: Sequence[str], study: Study | None = None) -> Material:
    """Each text as a turn of one respondent in the document `x`; turns are numbered from 1 in the order of the texts."""
    spoken = [
        {"doc": "x", "turn": n, "role": "respondent", "text": text.replace("\n", " "), "raw_sha256": str(n), "case": "p"}
        for n, text in enumerate(texts, 1)
    ]
    turns = tables.frame("turns", spoken)
    made = annotate(turns, SimpleNamespace(annotate=(study or Study()).annotate))
    segments, tokens, types = (tables.frame(name, made[name]) for name in ("segments", "tokens", "types"))
    found = scopes(turns, segments, tokens, types, SimpleNamespace())
    index = Index(build(turns, segments, tokens, types, tables.frame("scopes", found["scopes"])))
    empty = {name: tables.frame(name, []) for name in ("questions", "cases", "changes", "replacements")}
    return gather(index, turns, **empty, expected={}, decisions=[], roles=("respondent",))
