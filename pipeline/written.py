"""What researchers wrote themselves and results may show: a name that stands there is told and does not stop anything."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline import freshness
from pipeline.places import Places, folder_files, list_files

KEPT = "history/"  # below outputs/<study>/: codebooks that runs used
NOTED = ("memos.csv", "codebook_log.csv", "negative_cases.csv", "inductive.csv", "minutes.csv", "sampling.csv")  # what people write about their work
_WORD = re.compile(r"\w+")


def spaced(text: str) -> str:
    """Words with one blank around each, so that a form is found as whole words.

    >>> spaced("Frau Kaya, hier")
    ' Frau Kaya hier '
    """
    return f" {' '.join(_WORD.findall(text))} "


def files(places: Places) -> list[Path]:
    """The study's own files that results show: codebook, word lists, guide, settings, the town's figures, notes and logs."""
    names = ("codebook.yaml", "guide.yaml", "study.yaml", "topics.yaml", "statements.md", "population.csv", "decisions.csv", "cases.csv")
    noted = [*(places.codebooks / name for name in NOTED), *folder_files(places.codebooks / "handcoded")]
    return [path for path in [*(places.codebooks / name for name in names), *noted, *list_files(places.codebooks)] if path.is_file()]


def texts(places: Places) -> str:
    """All that researchers wrote and results show, in small letters: `files`, codebooks that were kept, the report's own words."""
    paths = [*files(places), *sorted((freshness.PACKAGE / "templates").rglob("*"))]
    paths += [*sorted((freshness.PACKAGE / "excel").glob("*.py")), freshness.PACKAGE / "workbook.py"]  # the words of the workbook
    paths += [*sorted((freshness.PACKAGE / "method" / "checklists").glob("*.yaml")), *sorted((freshness.PACKAGE / "sections" / "method").glob("*.py"))]  # authors' names
    for kept in ("*/study/codebook.yaml", "*/study/lists/*", "*/_lists/*"):
        paths += sorted((places.outputs / KEPT).glob(kept))
    found = (path.read_text("utf-8", errors="replace").casefold() for path in paths if path.is_file())
    return "\n".join(dict.fromkeys(line for text in found for line in text.splitlines()))  # kept codebooks are much alike
