"""A study's own files are written by the program only after the old version was put beside, and never through a link that leads elsewhere."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline import store
from pipeline.places import Places
from pipeline.problems import Problem, Stop

BACKUP = "backup"  # folder of codebooks/<study>


def refuse_links(folder: Path, path: Path) -> None:
    """A link in a study's folder must not make the program write elsewhere."""
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # links in a circle
        inside = False
    if not inside:
        raise Stop(Problem(str(path), 0, "Das ist ein Verweis, der aus dem Ordner der Studie hinausführt.", "Bitte durch eine eigene Datei ersetzen."))


def backed_up(places: Places, raw: bytes, of: Path) -> str:
    """Keep the old bytes of a file; returns what was done."""
    path = places.codebooks / BACKUP / f"{of.stem}.{hashlib.sha256(raw).hexdigest()[:12]}{of.suffix}"
    refuse_links(places.codebooks, path)
    store.write_changed(path, raw)
    return f"Alte Fassung: {places.show(path)}"
