"""What a table of the data contract is: who writes it, where it lies, what identifies a row, its columns with their types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PRIVATE = "private"  # holds real names; never leaves private/<study>/
PUBLIC = "tables"  # pseudonymised, internal: outputs/<study>/tables/*.csv
WORK = "work"  # pseudonymised and large: outputs/<study>/work/ only


@dataclass(frozen=True)
class Table:
    """One table: who writes it, where it lies, what identifies a row, and its columns with types (str, int, float)."""

    writer: str
    place: str
    key: tuple[str, ...]
    columns: Mapping[str, str]
    title: str
    extra: bool = False  # further text columns: the case variables that study.yaml declares


def table(
    writer: str, place: str, key: str, columns: str | Mapping[str, str], title: str, extra: bool = False
) -> Table:
    if isinstance(columns, str):
        pairs = (word.partition(":") for word in columns.split())
        columns = {name: kind or "str" for name, _, kind in pairs}
    return Table(writer, place, tuple(key.split()), columns, title, extra)
