"""The canonical form of a list that the program writes: UTF-8 with byte order mark, commas, `\\n`, one header, foreign columns behind ours.

Excel saves lists in other forms; here they are read cell by cell, so that nothing of them is lost where they are brought into this one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.lists import Listing, damaged, records
from pipeline.problems import Stop

MARK = b"\xef\xbb\xbf"
LONGEST = 100_000  # code points of a cell; readers of CSV refuse longer ones
_HOLES = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(128, 160)}  # Windows' code page leaves five bytes open


@dataclass
class Form:
    """A list as it lies there: names of its columns, its rows, whether nothing has to be done before a row is put behind it, and rows that a
    crash cut off (the last one, or none)."""

    names: list[str]
    rows: list[list[str]]
    canonical: bool
    torn: list[list[str]] = field(default_factory=list)


def read(raw: bytes, listing: Listing, columns: Sequence[str]) -> Form:
    """The cells of a list's bytes; `columns` are those that its canonical form begins with. Raises `Stop` where they cannot be told apart."""
    text, plain = _decoded(raw, listing.name)
    torn: list[list[str]] = []
    if plain and text and not text.endswith("\n"):
        text, torn = _cut(text)
    found = records(text, listing)
    known = {*columns, *listing.required}
    names = [name if name in known else head for head, name in zip(found.heads, found.names, strict=True)]
    rows = [cells for _, cells in found.rows]
    lost = [n for n, name in enumerate(names) if not name and not any(row[n].strip() for row in rows)]  # what Excel leaves of an emptied column
    if lost:
        names = [name for n, name in enumerate(names) if n not in lost]
        rows = [[cell for n, cell in enumerate(row) if n not in lost] for row in rows]
    whole = plain and text.endswith("\n") and found.separator == "," and set(columns) <= set(names)
    same = whole and found.heads == names and not torn and text.split("\n", 1)[0] == line(names).rstrip("\n")
    return Form(names, rows, same, torn)


def _decoded(raw: bytes, name: str) -> tuple[str, bool]:
    """The text, and whether it is written as we write: marked UTF-8, no other line ends, no zero signs. Raises `Stop` where a marked one holds something else."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text, plain = raw.decode("utf-16", "replace"), False
    else:
        try:
            text, plain = raw.decode("utf-8-sig"), raw.startswith(MARK)
        except UnicodeDecodeError as error:
            if raw.startswith(MARK):
                if error.start < raw.rfind(b"\n"):
                    raise Stop(damaged(name, raw, error)) from error
                return raw.decode("utf-8-sig", "replace"), b"\r" not in raw and b"\0" not in raw  # a last line that was cut off in the midst of a sign
            text, plain = raw.decode("latin-1").translate(_HOLES), False
    plain = plain and b"\r" not in raw and b"\0" not in raw
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", ""), plain


def _cut(text: str) -> tuple[str, list[list[str]]]:
    """A text of ours that does not end with a line end, without its last row where that is not whole."""
    reader = csv.reader(io.StringIO(text), strict=True)
    ends, cells, width = [0], list[str](), 0
    try:
        for cells in reader:
            width = width or len(cells)
            ends.append(reader.line_num)
    except csv.Error:  # the end of a quotation is missing
        at = text.rfind("\n") + 1
        return text[:at], list(csv.reader(io.StringIO(text[at:])))
    if len(ends) < 3 or width < 2 or len(cells) >= width:
        return text, []
    at = len("\n".join(text.split("\n")[: ends[-2]])) + 1
    return text[:at], [cells]


def ordered(form: Form, columns: Sequence[str]) -> Form:
    """The same rows with `columns` first, those that were missing empty, and foreign columns behind in their order."""
    at = {name: n for n, name in enumerate(form.names) if name}
    foreign = [n for n, name in enumerate(form.names) if name not in columns]
    rows = [[*(row[at[c]] if c in at else "" for c in columns), *(row[n] for n in foreign)] for row in form.rows]
    return Form([*columns, *(form.names[n] for n in foreign)], rows, True)


def written(names: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The bytes of a whole list."""
    return MARK + (line(names) + "".join(map(line, rows))).encode("utf-8", "replace")


def line(cells: Sequence[str]) -> str:
    """One row, with line feeds inside cells only.

    >>> print(line(["a", "b,c", 'd "e" f']).rstrip())
    a,"b,c","d ""e"" f"
    """
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([cell.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "") for cell in cells])
    return out.getvalue()


def understood(raw: bytes, listing: Listing, columns: Sequence[str]) -> Form | None:
    """`read`, or None where that cannot be done."""
    try:
        return read(raw, listing, columns)
    except Stop:
        return None
