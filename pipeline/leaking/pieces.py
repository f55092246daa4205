"""Large pages and tables cut into pieces, so that what an edit left alone is not looked through again.

Where a piece ends depends on what its last line holds, not on how many lines came before: an added line makes one piece new.
Each piece brings the last line of the one before, so that a name that goes over a line break is seen.
"""

from __future__ import annotations

import re
import zlib
from typing import NamedTuple

LARGE = 300_000  # bytes from which on cutting pays
ENDINGS = (".html", ".htm", ".csv")
_EVERY = 128  # a line in so many ends a piece
_LEAST, _MOST = 20, 1500  # lines
_OPEN, _SHUT = re.compile(rb"<(?:script|style)\b", re.I), re.compile(rb"</(?:script|style)\s*>", re.I)


class Piece(NamedTuple):
    """`data` begins with one line that belongs to the piece before where `before` is above 0; `before` lines stand above."""

    before: int
    data: bytes


def pieces(ending: str, data: bytes) -> list[Piece]:
    """The pieces of a file, or the whole as one where it is small or of another kind."""
    if len(data) < LARGE or ending not in ENDINGS:
        return [Piece(0, data)]
    lines = data.split(b"\n")
    found: list[Piece] = []
    begin, depth = 0, 0
    for number, line in enumerate(lines):
        if b"<" in line:
            # A script or style is looked at as a whole: it may be the program's own.
            depth += len(_OPEN.findall(line)) - len(_SHUT.findall(line))
        length = number + 1 - begin
        if depth <= 0 and length >= _LEAST and (zlib.crc32(line) % _EVERY == 0 or length >= _MOST):
            found.append(_piece(lines, begin, number + 1))
            begin = number + 1
    return [*found, _piece(lines, begin, len(lines))]


def _piece(lines: list[bytes], begin: int, end: int) -> Piece:
    return Piece(begin, b"\n".join(lines[max(0, begin - 1) : end]))
