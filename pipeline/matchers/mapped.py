"""Several arrays in one file that is mapped into memory, not read: what a run does not touch is never loaded.

Layout: 8 bytes length of the header, the header (JSON: name -> [type, shape, offset]), then the arrays, each at a multiple of 64
bytes. Types are numpy's names with their byte order.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping
from pathlib import Path

import numpy as np

_ALIGN = 64


def pack(arrays: Mapping[str, np.ndarray]) -> bytes:
    """The arrays as the bytes of one file; equal arrays give equal bytes."""
    header: dict[str, tuple[str, tuple[int, ...], int]] = {}
    parts: list[bytes] = []
    at = 0
    for name in sorted(arrays):
        data = np.ascontiguousarray(arrays[name]).astype(arrays[name].dtype.newbyteorder("<"), copy=False)
        raw = data.tobytes()
        header[name] = (data.dtype.str, data.shape, at)
        padding = -len(raw) % _ALIGN
        parts += [raw, b"\0" * padding]
        at += len(raw) + padding
    head = json.dumps(header, sort_keys=True).encode()
    head += b" " * (-(len(head) + 8) % _ALIGN)
    return b"".join([len(head).to_bytes(8, "little"), head, *parts])


def unpack(path: Path) -> dict[str, np.ndarray]:
    """The arrays of a file, as read-only views on the mapped file. Raises `ValueError` where it is none of ours."""
    with path.open("rb") as handle:
        view = memoryview(mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ))
    return views(view)


def views(view: memoryview) -> dict[str, np.ndarray]:
    """The arrays in the bytes that `pack` made."""
    length = int.from_bytes(view[:8], "little")
    if not 0 < length < len(view):
        raise ValueError("not an index file")
    header = json.loads(bytes(view[8 : 8 + length]))
    found = {}
    for name, (kind, shape, at) in header.items():
        count = int(np.prod(shape)) if shape else 1
        found[name] = np.frombuffer(view, dtype=kind, count=count, offset=8 + length + at).reshape(shape)
    return found
