"""What each file of a folder is read as: format, program, notation, encoding, turns, speakers. Nothing is analysed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pipeline import sandbox
from pipeline.ingest import wanted
from pipeline.registry import Doc
from pipeline.study import Study

WIDTHS = (52, 9, 12, 18, 10, 8, 30, 9)
_TITLES = ("Datei", "Format", "Programm", "Notation", "Kodierung", "Beiträge", "Sprecher", "ab")


def _row(cells: tuple[str, ...]) -> str:
    # A long path loses its beginning: its end tells files of one folder apart.
    path = cells[0] if len(cells[0]) <= WIDTHS[0] else "…" + cells[0][1 - WIDTHS[0] :]
    rest = (
        cell if len(cell) <= width else cell[: width - 1] + "…"
        for cell, width in zip(cells[1:], WIDTHS[1:], strict=True)
    )
    cut = (path, *rest)
    return " ".join(f"{cell:<{width}}" for cell, width in zip(cut, WIDTHS, strict=True)).rstrip()


HEAD = _row(_TITLES)


def overview(folder: Path, study: Study) -> Iterator[tuple[str, float]]:
    """A line and the seconds it took for every file below a folder, in order of names; warnings below their file.

    Files are read just as a run with these settings reads them.
    """
    from pipeline.readers import discover

    for name in discover(folder):
        started = time.perf_counter()
        asked = wanted(study, Doc("", name, ""), str(folder))
        found = sandbox.read(folder / name, asked, study.ingest.max_seconds, study.ingest.max_memory_mb)
        yield _line(name, found), time.perf_counter() - started


def _line(name: str, found: dict[str, Any]) -> str:
    if "refused" in found:
        refusal = SimpleNamespace(**found["refused"])
        return f"{_row((name, '–', '', '', '', '', '', ''))[: WIDTHS[0]]} – {refusal.reason} {refusal.advice}".rstrip()
    turns = found["turns"]
    first = next((f"{turn['t_start']:.1f} s" for turn in turns if turn["t_start"] is not None), "")
    labels = ", ".join(f"{role['label'] or '(ohne)'}={role['role'][:4]}" for role in found["roles"])
    notation = found["notation"] if found["notation"] != "unknown" else "–"
    if found["notation"] != "unknown":
        notation += f" {found['notation_confidence']:.2f}".replace(".", ",")
    cells = (name, found["format"], found["tool"], notation, found["encoding"], str(len(turns)), labels, first)
    return "\n".join([_row(cells), *(f"    {warning}" for warning in found["warnings"])])
