"""An error of the program while it runs behind a page: told in one line, with its trace kept beside the study's private things."""

from __future__ import annotations

import traceback

from pipeline.places import TRACE, Places
from pipeline.problems import Problem


def kept(places: Places, error: BaseException) -> Problem:
    """What to show; the trace may hold names, so it stays in private/."""
    path = places.private / TRACE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(traceback.format_exception(error)), "utf-8")
    return Problem("", 0, f"Das Programm hat einen Fehler gemacht ({type(error).__name__}).", f"Einzelheiten für die Entwicklung stehen in {places.show(path)}.")
