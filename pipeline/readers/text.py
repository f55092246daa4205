"""Plain text: one block a line."""

from __future__ import annotations

from pipeline.readers.encoding import decode
from pipeline.reading import Block, Reading, empty


def read(data: bytes) -> Reading:
    """A text file; blocks are its lines, blank ones included. Raises `Unreadable` (empty, unsupported)."""
    decoded = decode(data)
    if not decoded.text.strip():
        raise empty()
    blocks = []
    offset = 0
    for number, line in enumerate(decoded.text.split("\n"), 1):
        blocks.append(Block(line, f"Z. {number}", offset=offset, end=offset + len(line)))
        offset += len(line) + 1
    return Reading("txt", decoded.encoding, tuple(blocks), decoded.warnings, {}, decoded.text)
