"""Plain text: one block a line; of saved chats one row a message."""

from __future__ import annotations

from pipeline.readers import chats
from pipeline.readers.encoding import decode
from pipeline.reading import Block, Reading, empty


def read(data: bytes) -> Reading:
    """A text file; blocks are its lines, blank ones included, or the messages of a chat. Raises `Unreadable` (empty, unsupported)."""
    decoded = decode(data)
    if not decoded.text.strip():
        raise empty()
    blocks = []
    offset = 0
    for number, line in enumerate(decoded.text.split("\n"), 1):
        blocks.append(Block(line, f"Z. {number}", offset=offset, end=offset + len(line)))
        offset += len(line) + 1
    chat = chats.zoom(tuple(blocks))
    if chat:
        return Reading("txt", decoded.encoding, chat[0], decoded.warnings, chat[1], tool="Zoom")
    return Reading("txt", decoded.encoding, tuple(blocks), decoded.warnings, {}, decoded.text)
