"""Text made ready for the coders outside a run: examples of the codebook, a quote somebody asks about, the last run's corpus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING

from pipeline import guide, store, tables
from pipeline.annotate import each as annotate
from pipeline.coders.material import Material, gather
from pipeline.matchers.index import Index, build, load
from pipeline.places import Places
from pipeline.stance import each as scopes
from pipeline.study import Study

if TYPE_CHECKING:
    import pandas as pd


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


def finished(places: Places, study: Study, read: Callable[[str], pd.DataFrame] | None = None) -> Material | None:
    """The corpus of the last run as coders see it, without the way back to the raw text; None where nothing was run.

    `read` gives a table by name where a run holds it already.
    """
    index_file = store.product_path(places, "index", "index.bin")
    files = {name: places.outputs / "tables" / f"{name}.csv" for name in ("turns", "questions", "cases")}
    if not index_file.is_file() or not all(path.is_file() for path in files.values()):
        return None
    found = {name: read(name) if read else tables.from_csv(path) for name, path in files.items()}
    index = load(index_file)
    if index.turn_keys != list(zip(found["turns"]["doc"], found["turns"]["turn"], strict=True)):
        return None  # a run that did not end left a newer index beside older tables
    empty = {name: tables.frame(name, []) for name in ("changes", "replacements")}
    expected = guide.load(places.codebooks / "guide.yaml").expected()
    return gather(index, **found, **empty, expected=expected, decisions=[], roles=tables.CODED_ROLES, variables=tuple(study.variables))
