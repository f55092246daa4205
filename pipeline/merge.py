"""The verb `merge`: decisions of another copy of the project put together with ours."""

from __future__ import annotations

from pipeline.merging.merging import merged
from pipeline.places import Places


def merge(places: Places, file: str = "") -> list[str]:
    """Merge another copy's lists and say in German lines what came, and where the two contradict one another.

    `file`: a project folder, a folder codebooks/<study>, or a ZIP file of either. All lists are written or none, old versions go to
    backup/. Raises `Stop` where a list of either copy cannot be read or the disk refuses; then nothing is written.
    """
    return merged(places, file)
