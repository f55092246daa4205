"""`codebook_versions.csv`: which categories each version of the codebook knew, so that later ones are known not to have been looked for."""

from __future__ import annotations

from datetime import date

from pipeline import codebook
from pipeline.backups import refuse_links
from pipeline.covered import SEPARATOR
from pipeline.ledgers.writing import locked, rewritten
from pipeline.lists import LISTS, VERSIONS, read_list
from pipeline.places import Places

NAME = "codebook_versions.csv"


def note_version(places: Places, today: date | None = None) -> bool:
    """Add today's codebook with the categories that can be given under it; true where it was not in the list yet.

    Columns that people added stay. Raises `Stop` where the codebook or the list cannot be read, with every row.
    """
    path = places.codebooks / NAME
    refuse_links(places.codebooks, path)
    book = codebook.load(places.codebooks / "codebook.yaml")
    with locked(places):
        rows = read_list(path, LISTS[NAME])
        if any(row["version"] == book.version for row in rows):
            return False
        codes = SEPARATOR.join(code.id for code in book.codes if code.coded)
        rewritten(places, path, LISTS[NAME], VERSIONS, [*rows, {"version": book.version, "date": (today or date.today()).isoformat(), "codes": codes}])
    return True
