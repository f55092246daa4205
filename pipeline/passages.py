"""Text made ready for the coders outside a run: examples of the codebook, a quote somebody asks about, the last run's corpus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING

from pipeline import guide, store, tables
from pipeline.annotate import each as annotate
from pipeline.coders.material import Material, gather
from pipeline.index import belongs, opened
from pipeline.matchers.index import Index, build
from pipeline.measures import quotes
from pipeline.places import Places
from pipeline.problems import Problem, Stop
from pipeline.stance import each as scopes
from pipeline.study import Study

if TYPE_CHECKING:
    import pandas as pd

    Read = Callable[[str], pd.DataFrame]

NOT_YET = Problem("", 0, "Das Material ist noch nicht ausgewertet.", "Bitte zuerst »make analyze«.")
OTHER_VERSION = Problem("", 0, "Die Ergebnisse stammen von einer anderen Fassung des Programms.", "Bitte zuerst »make analyze«.")


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


def kept(places: Places, name: str) -> pd.DataFrame:
    """A table of the last run by its name. Raises `Stop` where there is none, or one of another shape."""
    path = places.outputs / "tables" / f"{name}.csv"
    if not path.is_file():
        raise Stop(NOT_YET)
    try:
        return tables.from_csv(path)
    except (KeyError, ValueError) as error:  # a column is missing
        raise Stop(OTHER_VERSION) from error


def finished(places: Places, study: Study, read: Read | None = None) -> Material | None:
    """The corpus of the last run as coders see it, without the way back to the raw text; None where nothing was run.

    `read` gives a table by name where a run holds it already. An index that is damaged, of another version of the program
    or of other texts than the tables counts as none.
    """
    index = opened(store.product_path(places, "index", "index.bin"))
    if index is None:
        return None
    try:
        found = {name: read(name) if read else kept(places, name) for name in ("turns", "questions", "cases")}
    except Stop:
        return None
    if not belongs(index, found["turns"]):
        return None
    empty = {name: tables.frame(name, []) for name in ("changes", "replacements")}
    expected = guide.load(places.codebooks / "guide.yaml").expected()
    return gather(index, **found, **empty, expected=expected, decisions=[], roles=tables.CODED_ROLES, variables=tuple(study.variables))


def may_quote(read: Read) -> Callable[[str, int], bool]:
    """Whether who speaks in a turn (interview, number) agreed to quotes; `read` gives a table by name."""
    return quotes.may_quote(read("turns"), read("speakers"))
