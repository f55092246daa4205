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


# What the pages of the app write while people read: lists and forms, what was drawn for them, and old versions of all these.
KEPT = frozenset({
    "decisions.csv", "reviewed.csv", "quotes.csv", "memos.csv", "codebook_versions.csv", "codebook_log.csv", "negative_cases.csv", "inductive.csv",
    "minutes.csv", "sampling.csv",
})  # fmt: skip
_KEPT_FOLDERS = frozenset({"handcoded", "queues", "backup"})


def of_reading(places: Places, path: Path) -> bool:
    """Whether a file is one that people fill by reading: the pages know it at once, and the report is made anew when they ask for that."""
    try:
        parts = path.relative_to(places.codebooks).parts
    except ValueError:
        return False
    return parts[0] in (KEPT if len(parts) == 1 else _KEPT_FOLDERS) if parts else False


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
