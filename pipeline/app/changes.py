"""Which of a study's files somebody saved: what editors put beside them while they work does not count."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

from pipeline.places import Places, list_folders

QUIET_MS, STEP_MS = 30, 10  # how long nothing more may come before a save counts as one
# Excel and Word (~$…), LibreOffice (.~lock…#), vim (.….swp, 4913), emacs (#…#, .#…), and what is renamed at the end of a save.
_PASSING = re.compile(r"[.~#].*|.*[~#]|.*\.(?:swp|swx|tmp|temp|bak|part|crdownload)|4913", re.IGNORECASE)


def counts(path: str) -> bool:
    """Whether a file is one that people mean.

    >>> [counts(p) for p in ("c/codebook.yaml", "t/~$Interview.docx", "t/.~lock.a.odt#", "c/.codebook.yaml.swp", "c/4913", "t/a.docx")]
    [True, False, False, False, False, True]
    """
    return not _PASSING.fullmatch(Path(path).name)


def watched(places: Places) -> list[Path]:
    """The folders to be watched that there are; shared word lists too."""
    shared = list_folders(places.codebooks)[1]
    return [folder for folder in (places.codebooks, places.transcripts, shared) if folder.is_dir()]


async def changes(places: Places, stop: asyncio.Event) -> AsyncIterator[set[Path]]:
    """Every save as the set of paths that it touched, until `stop`."""
    from watchfiles import awatch

    async for found in awatch(
        *watched(places), watch_filter=lambda _, path: counts(path), debounce=QUIET_MS * 4, step=STEP_MS, stop_event=stop, rust_timeout=200,
    ):  # fmt: skip
        yield {Path(path) for _, path in found}
