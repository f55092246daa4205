"""Tables in documents: a transcript in columns (time, speaker, text), a header of keys and values, or neither."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.labels import words
from pipeline.labels.lexicon import header_key, is_name, lookup
from pipeline.labels.shapes import STRONG, parse
from pipeline.labels.times import is_time

MAX_COLUMNS = 6
MAX_LABEL = 40  # code points
FEW = 0.5  # share of a column's cells, up to which it is one for remarks and may be left out

_HEAD_PARTS = re.compile(r"[/,;&+|]| und | \(")


@dataclass(frozen=True)
class Grid:
    """What a table is. Columns count from 0; -1 where there is none. `head`: its first row names the columns.

    `kind` is speech, meta or other.
    """

    kind: str
    time: int = -1
    speaker: int = -1
    text: int = -1
    head: bool = False


def classify(rows: list[tuple[str, ...]], extra: dict[str, str]) -> Grid:
    """What the rows of one table are."""
    if not rows:
        return Grid("other")
    named = _by_head(rows) if len(rows) > 1 else None
    if named:
        return named
    if _is_meta(rows, extra):
        return Grid("meta")
    width = max(len(row) for row in rows)
    full = [row for row in rows if len(row) == width]
    if not 2 <= width <= MAX_COLUMNS or len(full) < 2 or len(full) < 0.8 * len(rows):
        return Grid("other")
    columns = list(zip(*full, strict=True))
    text = max(range(width), key=lambda n: sum(map(len, columns[n])))
    time = next((n for n in range(width) if n != text and _share(columns[n], is_time) >= 0.6), -1)
    speaker = next((n for n in range(width) if n not in (text, time) and _speakers(columns[n])), -1)
    # Every column must be understood, or words would be lost without a word; remarks are counted where they are left out.
    known = {text, time, speaker}
    left = [n for n in range(width) if n not in known and not _numbers(columns[n]) and not _remarks(columns[n])]
    labelled = speaker >= 0 or (width > 1 and _labels_inside(full, text))
    return Grid("speech", time, speaker, text) if labelled and not left else Grid("other")


def _numbers(cells: tuple[str, ...]) -> bool:
    """Whether a column numbers the rows."""
    values = [int(cell.strip(" .)")) for cell in cells if cell.strip(" .)").isdecimal() and len(cell) < 9]
    return len(values) >= 0.8 * len(cells) and values == sorted(set(values))


def _remarks(cells: tuple[str, ...]) -> bool:
    return sum(bool(cell.strip()) for cell in cells) <= FEW * len(cells)


def _is_meta(rows: list[tuple[str, ...]], extra: dict[str, str]) -> bool:
    pairs = [row for row in rows if len(row) in (2, 4)]
    keys = [row[n] for row in pairs for n in range(0, len(row), 2) if row[n].strip()]
    known = sum(bool(header_key(key, extra)) and len(key) <= MAX_LABEL for key in keys)
    names = sum(lookup(key) is not None and not header_key(key, extra) for key in keys)
    # "Interviewer | Befragte" as first column of a transcript are keys as well; a header names no key twice.
    distinct = len({key.casefold() for key in keys}) == len(keys)
    return len(pairs) >= 0.8 * len(rows) and known > 0 and known >= 0.5 * len(keys) and distinct and names <= 1


def _by_head(rows: list[tuple[str, ...]]) -> Grid | None:
    """Columns by their names in the first row. Needed are text and speaker, or labels in the text; others are left out."""
    roles = [_head(cell) for cell in rows[0]]
    if "text" not in roles:
        return None
    text = roles.index("text")
    speaker = roles.index("speaker") if "speaker" in roles else -1
    if speaker < 0 and ("" in roles or len(roles) < 2 or not _labels_inside(rows[1:], text)):
        return None
    return Grid("speech", roles.index("time") if "time" in roles else -1, speaker, text, True)


def _head(cell: str) -> str:
    """What a column holds by its name: `Anmerkungen/Codes` -> other; '' for an unknown name."""
    for part in _HEAD_PARTS.split(cell.strip()[:60].casefold()):
        word = part.strip(" :.*").split(" ")[0].rstrip(":.")
        found = next((role for role, known in words.TABLE_HEADS.items() if word in known), "")
        if found:
            return found
    return ""


def _labels_inside(rows: list[tuple[str, ...]], column: int) -> bool:
    """Whether known labels open half of a column's cells."""
    cells = [row[column] for row in rows if len(row) > column and row[column].strip()]
    found = [parse(cell) for cell in cells]
    sure = [c for c in found if c and c.shape in STRONG and ((entry := lookup(c.name)) and entry.strong)]
    return len(cells) > 1 and len(sure) >= 0.5 * len(cells)


def _share(cells: tuple[str, ...], test: Callable[[str], bool]) -> float:
    return sum(test(cell) for cell in cells) / len(cells)


def _speakers(cells: tuple[str, ...]) -> bool:
    filled = [cell.strip(" :\n") for cell in cells if cell.strip()]
    if not filled or len(filled) < 0.5 * len(cells) or max(map(len, filled)) > MAX_LABEL:
        return False
    known = sum(lookup(cell) is not None for cell in filled)
    repeated = len(set(filled)) <= max(2, 0.5 * len(filled))
    return known >= 0.5 * len(filled) or (repeated and all(is_name(cell) for cell in filled))
