"""Codebooks that runs have used, kept by content hash in outputs/<study>/history/, each with its word lists.

Only the codebook is kept, never what it found: an older one is applied anew to the material as it is today, so that a
comparison shows the edit alone, and nothing that was withdrawn since.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pipeline import store
from pipeline.codebook import Codebook, load
from pipeline.places import OWN_LISTS, Places, list_files
from pipeline.problems import Problem, Stop, did_you_mean

LOG = "codebooks.csv"  # version and day, in the order in which runs used them


def history(places: Places) -> Path:
    return places.outputs / "history"


def known(places: Places) -> list[tuple[str, str]]:
    """(version, day of first use) in order; a version that came back stands again at the end."""
    path = history(places) / LOG
    lines = path.read_text("utf-8").splitlines()[1:] if path.is_file() else []
    rows = [(line.partition(",")[0], line.partition(",")[2]) for line in lines]
    return [(version, day) for version, day in rows if (history(places) / version / "codebook.yaml").is_file()]


def keep(places: Places, version: str, today: date) -> None:
    """Keep today's codebook where it is not the last one kept."""
    rows = known(places)
    if rows and rows[-1][0] == version:
        return
    folder = history(places) / version
    store.write(folder / "codebook.yaml", (places.codebooks / "codebook.yaml").read_bytes())
    for path in reversed(list_files(places.codebooks)):  # a study's own list goes over a shared one of the same name
        store.write(folder / OWN_LISTS / path.name, path.read_bytes())
    text = "\n".join(["version,date", *(f"{v},{d}" for v, d in [*rows, (version, today.isoformat())])]) + "\n"
    store.write(history(places) / LOG, text.encode())


def before(places: Places, version: str) -> str:
    """The last version used that is not this one; empty where there was none."""
    return next((v for v, _ in reversed(known(places)) if v != version), "")


def read(places: Places, version: str) -> Codebook:
    """A kept codebook, its version given in full or by its first signs. Raises `Stop` where there is none such."""
    found = sorted({v for v, _ in known(places) if version and v.startswith(version)})
    if len(found) != 1:
        all_known = ", ".join(f"{v} ({d})" for v, d in known(places)) or "noch keine"
        hint = did_you_mean(version, [v for v, _ in known(places)]) if len(known(places)) > 15 else f"Bekannt: {all_known}."
        raise Stop(Problem("", 0, f"Eine Fassung »{version}« des Codebuchs ist nicht aufbewahrt.", hint))
    return load(history(places) / found[0] / "codebook.yaml")
