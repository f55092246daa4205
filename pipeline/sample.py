"""The verb `sample`: a queue of passages for one person, to learn, to estimate or to control."""

from __future__ import annotations

from pipeline.places import Places


def sample(places: Places, coder: str = "", mode: str = "", n: str = "") -> list[str]:
    """Draw a queue and say in German lines what it holds."""
    raise NotImplementedError
