"""A drawn queue as a file of its own in `codebooks/<study>/queues/`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from pipeline.ledgers.writing import append
from pipeline.lists import QUEUE_ROWS, QUEUES
from pipeline.places import Places, folder_files
from pipeline.sampling.corpus import Passage
from pipeline.sampling.queues import FOLDER


class Drawn(NamedTuple):
    """A passage of a queue: why it is in it, and with which chance it came (None where chance did not decide)."""

    passage: Passage
    stratum: str
    chance: float | None = None


def named(places: Places, start: str, known: Collection[str] = ()) -> str:
    """A name for a new queue that begins with `start` and ends with the next number. `known`: names of queues in files called otherwise."""
    taken = {path.stem.casefold() for path in folder_files(places.codebooks / FOLDER)} | {name.casefold() for name in known}
    number = 1
    while f"{start}-{number}".casefold() in taken:
        number += 1
    return f"{start}-{number}"


def keep(places: Places, name: str, mode: str, day: str, orders: Mapping[str, Sequence[Drawn]]) -> str:
    """Write the queue; `orders`: coder -> passages in their order. Returns the file as a person would type it.

    Hold the lock of `ledgers.writing` from the choice of the name on. Raises `Stop` where the disk refuses.
    """
    rows = [
        {
            "queue": name, "mode": mode, "coder": coder, "order": order, "doc": one.passage.doc, "raw_sha256": one.passage.raw_sha256, "raw_start": 0,
            "raw_end": one.passage.end, "stratum": one.stratum, "chance": "" if one.chance is None else f"{one.chance:.6f}", "codes": "", "date": day,
            "quote": one.passage.quote,
        }
        for coder, drawn in orders.items()
        for order, one in enumerate(drawn, 1)
    ]  # fmt: skip
    path = places.codebooks / FOLDER / f"{name}.csv"
    append(places, path, QUEUES, QUEUE_ROWS, rows)
    return places.show(path)
