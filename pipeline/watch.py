"""The verb `watch`: the report in the browser, refreshed at every save, until somebody stops it."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.places import Places
from pipeline.problems import Problem, Stop


def watch(places: Places, say: Callable[[str], None], port: str = "") -> None:
    raise Stop(Problem("", 0, "Das gibt es noch nicht."))
