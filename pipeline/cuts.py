"""Taking rows out of people's CSV lists without touching a byte of the others.

`lists` reads such files and forgets how they were written; here every row knows its span, whatever the separator, the
code page and the line ends are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SEP = re.compile(r"(?i)\ufeff?\n*sep=(.)(?:\r\n|\n|\r)")
_END = re.compile(r"\r\n|\n|\r|\Z")
_QUOTED = re.compile(r'"(?:[^"]++|"")*+"')


@dataclass(frozen=True)
class Cell:
    """A field: what it says, and its span in `Sheet.text` with the quotation marks."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Record:
    """A row: its span with the line end, the line it begins in (from 1), its cells."""

    start: int
    end: int
    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """A CSV file. `text` stands for its bytes one to one: `before` + `text` in `codec` are the file."""

    before: bytes
    codec: str
    text: str
    names: tuple[str, ...]
    records: tuple[Record, ...]

    def row(self, record: Record) -> dict[str, Cell]:
        return dict(zip(self.names, record.cells, strict=False))

    def without(self, gone: Iterable[Record], instead: Iterable[tuple[Cell, str]] = ()) -> bytes:
        """The file without these rows, and with other text (quotation marks included) in these cells."""
        edits = [(r.start, r.end, "") for r in gone] + [(cell.start, cell.end, new) for cell, new in instead]
        text, at = [], 0
        for start, end, new in sorted(edits):
            if start < at:
                continue  # a cell of a row that goes
            text += [self.text[at:start], new]
            at = end
        return self.before + "".join([*text, self.text[at:]]).encode(self.codec)


def read(data: bytes) -> Sheet | None:
    """The file's rows behind its header, or None where it is no CSV that can be cut safely (an open quotation mark)."""
    before, codec, text = _decoded(data)
    if before + text.encode(codec) != data:
        return None
    told = _SEP.match(text)
    start = told.end() if told else len(text) - len(text.lstrip("\ufeff\r\n"))
    header = re.split(r"[\r\n]", text[start:], maxsplit=1)[0]
    separator = told.group(1) if told else max(",;\t", key=header.count)
    records = _records(text, start, separator, codec)
    if records is None:
        return None
    full = [record for record in records if any(cell.text for cell in record.cells)]
    if not full:
        return None
    names = tuple(cell.text.lower() for cell in full[0].cells)
    return Sheet(before, codec, text, names, tuple(full[1:]))


def _decoded(data: bytes) -> tuple[bytes, str, str]:
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return mark, codec, data[2:].decode(codec, "replace")
    try:
        return b"", "utf-8", data.decode("utf-8")
    except UnicodeDecodeError:
        # Windows' own code page has holes; this one has none and the same signs between the fields.
        return b"", "latin-1", data.decode("latin-1")


def _records(text: str, at: int, separator: str, codec: str) -> list[Record] | None:
    plain = re.compile(rf"[^{re.escape(separator)}\r\n]*")
    found, line = [], 1 + text.count("\n", 0, at)
    while at < len(text):
        start, cells = at, []
        while True:
            field = _QUOTED.match(text, at) or plain.match(text, at)
            assert field is not None
            cells.append(Cell(_said(field.group(), codec), at, field.end()))
            at = field.end()
            if at < len(text) and text[at] == separator:
                at += 1
                continue
            end = _END.match(text, at)
            if end is None or (field.group().startswith('"') and not _QUOTED.fullmatch(field.group())):
                return None
            at = end.end()
            break
        found.append(Record(start, at, line, tuple(cells)))
        line += text.count("\n", start, at)
    return found


def _said(field: str, codec: str) -> str:
    said = field[1:-1].replace('""', '"') if _QUOTED.fullmatch(field) else field
    if codec == "latin-1":
        said = said.encode("latin-1").decode("cp1252", "replace")
    return said.strip()
