"""Tables of the last run as plain columns: without frames, so that a page stands quickly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pipeline import store
from pipeline.places import Places
from pipeline.problems import Problem, Stop
from pipeline.stages import writer
from pipeline.tables import TABLES

Columns = dict[str, list[Any]]


def columns(places: Places, stages: Mapping[str, Any], name: str, wanted: Sequence[str], more: Mapping[str, str] = MappingProxyType({})) -> Columns:
    """Column -> values of a table of the last run (`stages`: its record by stage), rows of all interviews in their order.

    `more`: further columns that the study declares, with their types. A table or column that the last run did not write is empty: text "", whole numbers 0, others NaN. Raises `Stop` where a file cannot be read.
    """
    parts = [part for part in (_part(path, wanted) for path in _paths(places, stages, name)) if part is not None]
    rows = sum(part.num_rows for part in parts)
    kinds = {**TABLES[name].columns, **more}
    found: Columns = {}
    for column in wanted:
        if all(column in part.column_names for part in parts):
            found[column] = [value for part in parts for value in part.column(column).to_pylist()]
        else:
            found[column] = [{"str": "", "int": 0}.get(kinds[column], float("nan"))] * rows
    return found


def rows(data: Columns) -> Iterable[tuple[Any, ...]]:
    """The rows of columns, as tuples in the columns' order."""
    return zip(*data.values(), strict=True)


def _paths(places: Places, stages: Mapping[str, Any], name: str) -> Iterable[Any]:
    made = writer(name)
    if name in made.each:
        keys = stages.get(made.name, {}).get("docs", {})
        return [store.piece_path(places, name, doc, key) for doc, key in keys.items()]
    return [store.whole_path(places, name)]


def _part(path: Any, wanted: Sequence[str]) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not path.is_file():
        return None
    try:
        with pq.ParquetFile(path) as file:
            known = set(file.schema_arrow.names)
            return file.read([column for column in wanted if column in known], use_threads=False)
    except (OSError, pa.ArrowInvalid) as error:
        what = "Die Ergebnisse des letzten Laufs lassen sich nicht lesen."
        raise Stop(Problem("", 0, what, "Wird gerade gerechnet? Bitte gleich noch einmal; sonst hilft »make fresh« und danach »make analyze«.")) from error
