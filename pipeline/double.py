"""The verb `double`: a sample that several people code independently, and what came of it."""

from __future__ import annotations

from pipeline.places import Places


def double(places: Places, coders: str = "", share: str = "") -> list[str]:
    """Draw a sample for these coders, or say how far the open ones are."""
    raise NotImplementedError
