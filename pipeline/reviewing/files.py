"""The lists that hold what people say: which there are, what stands in them, whether somebody changed them."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pipeline.decided import FOLDER, acts
from pipeline.ledgers import versions
from pipeline.ledgers.columns import COLUMNS
from pipeline.ledgers.disk import Mark, mark
from pipeline.lists import HANDCODED, LISTS, Listing, read_list
from pipeline.places import Places, folder_files
from pipeline.tables import BLIND

DECIDED, READ, QUOTES, NOTES, AGAINST = "decisions.csv", "reviewed.csv", "quotes.csv", "memos.csv", "negative_cases.csv"
QUEUES = "queues"
Row = dict[str, str]

WRITTEN = (DECIDED, READ, NOTES, AGAINST, QUOTES)


class Rows(NamedTuple):
    """All rows of the lists, in the order in which they count."""

    decided: list[Row]
    read: list[Row]
    quotes: list[Row]
    notes: list[Row]
    against: list[Row]
    versions: list[Row]


class Target(NamedTuple):
    """A list to write to: its file, how it is read, the columns of its canonical form."""

    path: Path
    listing: Listing
    columns: tuple[str, ...]


def target(places: Places, name: str) -> Target:
    return Target(places.codebooks / name, LISTS[name], COLUMNS[name])


def decided_by(places: Places, coder: str, mode: str) -> Target:
    """Where an act of a coder goes: blind readings to their own file of hand codings, all others to `decisions.csv`."""
    if mode not in BLIND:
        return target(places, DECIDED)
    return Target(places.codebooks / FOLDER / f"{coder}.csv", HANDCODED, COLUMNS[DECIDED])


def load(places: Places) -> Rows:
    """Everything that people wrote. Raises `Stop` where a list cannot be read, with its rows."""
    folder = places.codebooks
    found = acts(folder / DECIDED, folder / FOLDER)
    return Rows(found, *(read_list(folder / name, LISTS[name]) for name in (READ, QUOTES, NOTES, AGAINST, versions.NAME)))


def marks(places: Places) -> dict[str, Mark]:
    """Path -> size, time and number of every list and queue: who changes one, changes this."""
    folder = places.codebooks
    paths = [*(folder / name for name in WRITTEN), *folder_files(folder / FOLDER), *folder_files(folder / QUEUES)]
    return dict(_marked(paths))


def _marked(paths: Iterable[Path]) -> Iterable[tuple[str, Mark]]:
    for path in paths:
        with suppress(OSError):  # not there yet
            yield str(path), mark(path)
