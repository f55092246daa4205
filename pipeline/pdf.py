"""The verb `pdf`: the report printed by a headless browser on this machine, where there is one."""

from __future__ import annotations

from pipeline.places import Places
from pipeline.problems import Problem, Stop


def pdf(places: Places) -> list[str]:
    raise Stop(Problem("", 0, "Das gibt es noch nicht."))
