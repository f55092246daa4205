"""Tables of the data contract as frames: made, checked, read and written. The contract itself is `contract`.

Tables are tidy pandas frames: one observation a row, sorted by key, floats rounded to `DIGITS` places. On disk a table
is Parquet (the stages' own form); tables that people or other programs read are CSV as well. Offsets `start`, `end`
are code points in `turns.text`; times are seconds from the start of the recording.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.contract import (
    ABOUT,
    BLIND,
    CODED_ROLES,
    CONSENSUS,
    CONSENSUS_CODER,
    EVERYBODY,
    KINDS,
    MACHINE,
    MACHINES,
    PEOPLE,
    PRIVATE,
    PROMPTS,
    PUBLIC,
    QUEUE,
    READING_MODES,
    ROLES,
    STANCES,
    STATUSES,
    TABLES,
    WITHDRAW,
    WORK,
    Table,
)

if TYPE_CHECKING:
    import pandas as pd

DIGITS = 6
_CONTROL = "[\\x00-\\x09\\x0b-\\x1f\\x7f]"
_CONTROLS = bytes({*range(32), 127} - {10})

__all__ = [
    "ABOUT", "BLIND", "CODED_ROLES", "CONSENSUS", "CONSENSUS_CODER", "EVERYBODY", "KINDS", "MACHINE", "MACHINES", "PEOPLE", "PRIVATE", "PROMPTS", "PUBLIC", "QUEUE", "READING_MODES", "ROLES",
    "STANCES", "STATUSES", "TABLES", "WITHDRAW", "WORK", "Table", "check", "columns", "concat", "frame", "from_csv", "from_parquet", "rows_of", "to_csv", "to_parquet",
]  # fmt: skip

FIRST, NEVER = "ja", "nein"  # what people write in the column `pin` of quotes.csv


def columns(name: str, extra: Iterable[str] = ()) -> dict[str, str]:
    """Column -> type of a table, with the study's further columns where the table takes them."""
    table = TABLES[name]
    return {**table.columns, **({c: "str" for c in extra if c not in table.columns} if table.extra else {})}


def frame(name: str, rows: Iterable[Mapping[str, Any]] | pd.DataFrame, extra: Iterable[str] = ()) -> pd.DataFrame:
    """Rows as the table `name`: columns in order, types set, rounded, sorted by key.

    Missing text is the empty string, a missing float NaN; a missing integer is an error (`ValueError`), because a
    count that nobody made must not read as zero.
    """
    import pandas as pd

    wanted = columns(name, extra)
    data = rows if isinstance(rows, pd.DataFrame) else _columns_of(list(rows), wanted)
    if data.empty:
        data = pd.DataFrame({column: [] for column in wanted})
    missing = [c for c, kind in wanted.items() if c not in data.columns and kind == "int"]
    if missing:
        raise ValueError(f"table {name}: integer columns missing: {missing}")
    data = data.reindex(columns=list(wanted))
    for column, kind in wanted.items():
        data[column] = _typed(data[column], kind, name)
        if kind == "str" and TABLES[name].place != PRIVATE:
            data[column] = _printable(data[column])
    return _sorted(data, list(TABLES[name].key))


def _columns_of(rows: list[Mapping[str, Any]], wanted: Mapping[str, str]) -> pd.DataFrame:
    """Rows as a frame of the wanted columns that any row has, column by column: a frame made of many dicts takes several times as long."""
    import pandas as pd

    nothing, found = float("nan"), {}
    for column in wanted:
        if not rows or not any(column in row for row in rows):
            continue
        values = [row.get(column, nothing) for row in rows]
        found[column] = pd.array(values, dtype="str") if set(map(type, values)) == {str} else pd.Series(values)
    return pd.DataFrame(found)


def _sorted(data: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """The rows in order of the key. Comparing rows as tuples is quicker than numbering the words of every column, the more so where they stand in order."""
    if any(data[column].dtype.kind == "f" for column in key):  # gaps compare with nothing
        return data.sort_values(key, kind="stable", ignore_index=True)
    keys = list(zip(*(data[column].tolist() for column in key), strict=True))
    order = sorted(range(len(keys)), key=keys.__getitem__)
    if order == list(range(len(keys))):
        return data.reset_index(drop=True)
    return data.take(order).reset_index(drop=True)


def _typed(series: pd.Series, kind: str, name: str) -> pd.Series:
    import pandas as pd

    if kind == "int":
        if series.isna().any():
            raise ValueError(f"table {name}: {series.name} has gaps")
        return series.astype("int64")
    if kind == "float":
        return pd.to_numeric(series).astype("float64").round(DIGITS) + 0.0  # + 0.0 turns -0.0 into 0.0
    if series.dtype == "str" and not series.hasnans:
        return series
    return series.astype("object").where(series.notna(), "").astype(str).astype("str")


def _printable(series: pd.Series) -> pd.Series:
    """Control signs become blanks, one for one, so that offsets stay right; files, lists and headers may hold any."""
    if not _has_control(series):
        return series
    return series.str.replace(_CONTROL, " ", regex=True)


def _has_control(series: pd.Series) -> bool:
    # Of whole columns the bytes are looked at first: within UTF-8 no other sign holds the byte of a control sign.
    import pyarrow as pa

    held = pa.array(series)
    for chunk in held.chunks if isinstance(held, pa.ChunkedArray) else [held]:
        data = chunk.buffers()[2] if len(chunk) else None
        if data is not None and len(raw := data.to_pybytes()) != len(raw.translate(None, _CONTROLS)):
            return bool(series.str.contains(_CONTROL, regex=True).any())
    return False


def check(name: str, data: pd.DataFrame, extra: Iterable[str] = ()) -> list[str]:
    """What of the contract does not hold for this table, as sentences; empty where all holds."""
    table, wanted = TABLES[name], columns(name, extra)
    faults = []
    if list(data.columns) != list(wanted):
        faults.append(f"{name}: columns are {list(data.columns)}, expected {list(wanted)}")
        return faults
    if data.duplicated(subset=list(table.key)).any():
        faults.append(f"{name}: key {table.key} is not unique")
    if table.place != PRIVATE:
        for column, kind in wanted.items():
            if kind == "str" and _has_control(data[column]):
                faults.append(f"{name}: control character in {column}")
    for column, allowed in (("role", ROLES), ("prompt", (*PROMPTS, "")), ("about", (*ABOUT, ""))):
        if wanted.get(column) == "str" and not {part for value in set(data[column]) for part in value.split("+")} <= set(allowed):
            faults.append(f"{name}: unknown value in {column}")
    return faults


def to_csv(data: pd.DataFrame) -> bytes:
    """UTF-8 with byte order mark, comma, decimal point, line feeds: the form for programs."""
    return data.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def to_parquet(data: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    data.to_parquet(buffer, index=False, compression="zstd")
    return buffer.getvalue()


def from_parquet(path: Path) -> pd.DataFrame:
    import pandas as pd

    return pd.read_parquet(path)


def from_csv(path: Path) -> pd.DataFrame:
    """A table's CSV back with the contract's types, the table known by its file's name."""
    import pandas as pd

    name = path.stem
    data = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return frame(name, _parsed(data, name), extra=data.columns)


def _parsed(data: pd.DataFrame, name: str) -> pd.DataFrame:
    import pandas as pd

    for column, kind in TABLES[name].columns.items():
        if kind != "str":
            data[column] = pd.to_numeric(data[column].where(data[column] != "", None))
    return data


def concat(name: str, pieces: list[pd.DataFrame], extra: Iterable[str] = ()) -> pd.DataFrame:
    """The pieces of all interviews as one table. Types shared between interviews appear once."""
    import pandas as pd

    if not pieces:
        return frame(name, [], extra)
    whole = pd.concat(pieces, ignore_index=True)
    if name == "types":
        whole = whole.drop_duplicates(subset=["type"])
    return whole.sort_values(list(TABLES[name].key), kind="stable", ignore_index=True)


def rows_of(data: pd.DataFrame) -> list[Any]:
    """As `list(data.itertuples())`, each column taken out at once: reading words one by one out of Arrow's columns takes several times as long."""
    from collections import namedtuple

    made = namedtuple("Row", ["Index", *data.columns], rename=True)  # type: ignore[misc]
    columns_ = (data[column] for column in data.columns)
    values = [one.to_numpy(dtype=object).tolist() if one.dtype == "str" else one.tolist() for one in columns_]
    return list(map(made._make, zip(data.index.tolist(), *values, strict=True)))


def quotable(speakers: pd.DataFrame) -> set[tuple[str, str]]:
    """(interview, speaker) of those who may be quoted, by the register of consents."""
    mine = speakers[speakers["quotable"] == "yes"]
    return set(zip(mine["doc"], mine["speaker"], strict=True))


def pinned_at(decisions: pd.DataFrame, wanted: str) -> Callable[[str, int, int, int], bool]:
    """(interview, turn, start, end) -> whether people pinned something there so (quotes.csv, `pin`): `FIRST` or `NEVER` to be shown as a quote."""
    places: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for doc, turn, start, end, pin, state in zip(*(decisions[c] for c in ("doc", "turn", "start", "end", "pin", "state")), strict=True):
        if pin == wanted and state != "gone":
            places.setdefault((doc, turn), []).append((start, end))
    return lambda doc, turn, start, end: any(a < end and start < b for a, b in places.get((doc, turn), ()))
