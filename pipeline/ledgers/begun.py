"""What is about to be put behind a list, written down before: after a crash the next writer ends it, so that no row stays half written."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

from pipeline.backups import refuse_links
from pipeline.ledgers.disk import put_behind, told
from pipeline.places import Places

NAME = "writing.json"  # in private/<study>/; empty whenever nobody writes


def note(places: Places, path: Path, size: int, data: bytes) -> None:
    """`data` is to stand in `path` from byte `size` on. Raises `Stop` where this cannot be written down."""
    about = {"file": path.relative_to(places.codebooks.resolve()).as_posix(), "size": size, "data": base64.b64encode(data).decode()}
    journal = places.private / NAME
    try:
        journal.write_bytes(json.dumps(about).encode())
    except OSError as error:
        done(places)
        raise told(journal, error, places.show(journal)) from error


def done(places: Places) -> None:
    """Nothing is begun any more."""
    try:
        os.truncate(places.private / NAME, 0)
    except FileNotFoundError:
        return


def ended(places: Places) -> list[Path]:
    """End what was begun and not done; returns the lists to which something was written. Call it under the lock only."""
    journal = places.private / NAME
    refuse_links(places.private, journal)  # it is emptied every time
    try:
        raw = journal.read_bytes()
    except FileNotFoundError:
        return []
    if not raw:
        return []
    written = []
    try:
        about = json.loads(raw)
        path = (places.codebooks / about["file"]).resolve()
        size, data = int(about["size"]), base64.b64decode(about["data"])
    except (ValueError, KeyError, TypeError):  # it broke off while it was written down: the list itself was not touched yet
        done(places)
        return []
    if path.is_file() and path.is_relative_to(places.codebooks.resolve()):
        there = path.read_bytes()
        # Whoever changed the list since has saved what they saw; only a list that ends in the midst of our rows is ended.
        if size <= len(there) < size + len(data) and there[size:] == data[: len(there) - size] and there[:size].endswith(b"\n"):
            put_behind(path, len(there), data[len(there) - size :], places.show(path))
            written.append(path)
    done(places)
    return written
