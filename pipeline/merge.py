"""The verb `merge`: decisions of another copy of the project put together with ours."""

from __future__ import annotations

from pipeline.places import Places


def merge(places: Places, file: str = "") -> list[str]:
    """Merge another copy's lists and say in German lines what came, and where the two contradict one another."""
    raise NotImplementedError
