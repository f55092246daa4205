"""The verb `review`: pages on which one person reads, decides and writes, until somebody stops it."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.places import Places


def review(places: Places, say: Callable[[str], None], coder: str = "", port: str = "") -> None:
    """Bring the results up to date and serve the pages for `coder` on this machine alone.

    Raises `Stop` where nobody is named (with the names that are known), or somebody reads or watches already.
    """
    from pipeline.app.readers import reader
    from pipeline.app.start import start

    start(places, say, port, reader(places, coder), home="/lesen")
