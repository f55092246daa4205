"""Codebooks that runs have used, kept by content hash in outputs/<study>/history/, each with its word lists.

Only the codebook is kept, never what it found: an older one is applied anew to the material as it is today, so that a
comparison shows the edit alone, and nothing that was withdrawn since. The two folders of word lists are kept apart and
lie to the codebook as they do in a study: history/<version>/study/codebook.yaml, study/lists/ and history/<version>/_lists/.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pipeline.codebook import Codebook, load
from pipeline.places import OWN_LISTS, SHARED_LISTS, Places, list_files, list_folders
from pipeline.problems import Problem, Stop, did_you_mean

LOG = "codebooks.csv"  # version and day, in the order in which runs used them


def history(places: Places) -> Path:
    return places.outputs / "history"


def file_of(places: Places, version: str) -> Path:
    """Where a kept codebook lies."""
    return history(places) / version / "study" / "codebook.yaml"


def known(places: Places) -> list[tuple[str, str]]:
    """(version, day of first use) in order; a version that came back stands again at the end."""
    path = history(places) / LOG
    lines = path.read_text("utf-8").splitlines()[1:] if path.is_file() else []
    rows = [(line.partition(",")[0], line.partition(",")[2]) for line in lines]
    return [(version, day) for version, day in rows if file_of(places, version).is_file()]


def kept(places: Places, version: str, today: date) -> dict[Path, bytes]:
    """The files that keep today's codebook, whole, with the list of all kept; for the caller to write."""
    rows = known(places)
    if not rows or rows[-1][0] != version:
        rows = [*rows, (version, today.isoformat())]
    file = file_of(places, version)
    own, _ = list_folders(places.codebooks)
    found = {file: (places.codebooks / "codebook.yaml").read_bytes()}
    for path in list_files(places.codebooks):
        folder = file.parent / OWN_LISTS if path.parent == own else file.parent.parent / SHARED_LISTS
        found[folder / path.name] = path.read_bytes()
    text = "\n".join(["version,date", *(f"{v},{d}" for v, d in rows)]) + "\n"
    return {**found, history(places) / LOG: text.encode()}


def before(places: Places, version: str) -> str:
    """The last version used that is not this one; empty where there was none."""
    return next((v for v, _ in reversed(known(places)) if v != version), "")


def read(places: Places, version: str) -> Codebook:
    """A kept codebook, its version given in full or by its first signs.

    Raises `Stop` where there is none such, and where what is kept is not what a run once used.
    """
    found = sorted({v for v, _ in known(places) if version and v.startswith(version)})
    if len(found) != 1:
        all_known = ", ".join(f"{v} ({d})" for v, d in known(places)) or "noch keine"
        hint = did_you_mean(version, [v for v, _ in known(places)]) if len(known(places)) > 15 else f"Bekannt: {all_known}."
        raise Stop(Problem("", 0, f"Eine Fassung »{version}« des Codebuchs ist nicht aufbewahrt.", hint))
    path = file_of(places, found[0])
    book = load(path)
    if book.version != found[0]:
        what = f"Die aufbewahrte Fassung {found[0]} wurde seither verändert oder ist unvollständig."
        raise Stop(Problem(places.show(path), 0, what, "Bitte mit einer anderen vergleichen."))
    return book
