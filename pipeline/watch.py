"""The verb `watch`: the report in the browser, refreshed at every save, until somebody stops it."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.places import Places


def watch(places: Places, say: Callable[[str], None], port: str = "") -> None:
    """Bring the report up to date, serve it on this machine alone, and answer every save.

    `port`: empty for any that is free. Raises `Stop` where there is nothing to watch, or somebody watches already.
    """
    from pipeline.app.start import start

    start(places, say, port)
