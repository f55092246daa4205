"""Reading transcripts: `discover` finds the files, `read_file` makes blocks of one, `turns.read_turns` makes turns.

A new format is one new module with `read(data: bytes) -> Reading` and one line in `READERS`.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from dataclasses import replace
from pathlib import Path

from pipeline.readers import docx, html, json_cues, markdown, odt, rtf, subtitles, text, textgrid, transana, xml
from pipeline.readers.formats import ENCRYPTED_PACKAGE, HEAD_BYTES, OLE, detect, mismatch, refuse
from pipeline.readers.tools import program
from pipeline.readers.zipped import encrypted
from pipeline.reading import Block, Limits, Reader, Reading, Unreadable, damaged, empty

__all__ = [
    "READERS",
    "Block",
    "Limits",
    "Reader",
    "Reading",
    "Unreadable",
    "detect",
    "discover",
    "left_out",
    "read_file",
]


def _read_pdf(data: bytes) -> Reading:
    from pipeline.readers import pdf  # its library takes longer to load than most files to read

    return pdf.read(data)


READERS: dict[str, Reader] = {
    "txt": text.read, "md": markdown.read, "docx": docx.read, "odt": odt.read, "fodt": odt.read_flat, "rtf": rtf.read,
    "pdf": _read_pdf, "html": html.read, "vtt": subtitles.read_vtt, "srt": subtitles.read_srt, "sbv": subtitles.read_sbv,
    "tsv": subtitles.read_tsv, "json": json_cues.read, "xml": xml.read, "textgrid": textgrid.read, "transana": transana.read,
}  # fmt: skip

LOOKED_AT = 400  # blocks in which a program's marks are looked for
NOT_LISTED = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})  # besides everything that begins with a dot or ~$


def read_file(path: Path, limits: Limits = Limits()) -> Reading:  # noqa: B008 (frozen)
    """Read one file as what it is, whatever its extension says. Raises `Unreadable`, and nothing else."""
    data = _bytes(path, limits)
    kind = detect(path, data[:HEAD_BYTES])
    if kind == "companion":
        raise refuse(kind)
    if not data:
        raise empty()
    if data.startswith(OLE) and ENCRYPTED_PACKAGE in data:
        raise encrypted()
    if kind == "docx" and not data.startswith(b"PK"):
        raise damaged("Die Datei heißt wie ein Word-Dokument, ist aber keines.")
    if kind not in READERS:
        raise refuse(kind)
    reading = READERS[kind](data)
    if not reading.tool and reading.blocks:
        reading = replace(reading, tool=program("\n".join(block.text for block in reading.blocks[:LOOKED_AT])))
    warning = mismatch(path, kind)
    return replace(reading, warnings=(warning, *reading.warnings)) if warning else reading


def _bytes(path: Path, limits: Limits) -> bytes:
    try:
        if limits.root and not path.resolve().is_relative_to(Path(limits.root).resolve()):
            advice = "Bitte die Datei selbst in den Ordner legen; Verknüpfungen nach draußen werden nicht verfolgt."
            raise Unreadable("skipped", "link", "Das ist eine Verknüpfung, die aus dem Ordner hinausführt.", advice)
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("skipped", "not_a_file", "Das ist keine gewöhnliche Datei.")
        size = int(limits.max_mb * 1_000_000)
        if status.st_size <= size:
            with path.open("rb") as handle:
                data = handle.read(size + 1)  # the file may have grown since
            if len(data) <= size:
                return data
    except (OSError, RuntimeError) as error:  # a link in circles is a RuntimeError before Python 3.13
        advice = "Bitte schließen, falls sie in Word geöffnet ist, und die Zugriffsrechte prüfen."
        raise Unreadable("failed", "no_access", "Die Datei lässt sich nicht öffnen.", advice) from error
    advice = f"Erlaubt sind {limits.max_mb:g} MB; die Grenze steht als »max_mb« in study.yaml."
    raise Unreadable("failed", "too_large", "Die Datei ist zu groß.", advice)


def discover(root: Path) -> list[str]:
    """Files below a folder as relative POSIX paths, sorted by their NFC form.

    Hidden files, lock files and the like are not listed, nor is anything that is no regular file. Links to folders are
    not followed; links to files only inside `root`.
    """
    return _names(root, True)


def left_out(root: Path) -> list[str]:
    """What `discover` leaves out although it is not hidden: pipes, devices, links that lead out of the folder or nowhere."""
    return _names(root, False)


def _names(root: Path, regular: bool) -> list[str]:
    top = root.resolve()
    found = []
    for folder, folders, files in os.walk(top, followlinks=False):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = Path(folder, name)
            if _listed(name) and _regular_below(path, top) == regular:
                found.append(path.relative_to(top).as_posix())
    return sorted(found, key=lambda name: (unicodedata.normalize("NFC", name), name))


def _listed(name: str) -> bool:
    return not name.startswith((".", "~$")) and name.lower() not in NOT_LISTED


def _regular_below(path: Path, top: Path) -> bool:
    try:
        return path.resolve().is_relative_to(top) and stat.S_ISREG(path.stat().st_mode)
    except (OSError, RuntimeError):  # a link that leads nowhere, or in circles
        return False
