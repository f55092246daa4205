"""Neutral ids of interviews: which file is I001. The list lies in private/, because file names are often real names.

A file keeps its id when it is renamed (known by its bytes) and when it is edited (known by its path); a removed file's
row is removed with it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.problems import Problem, Stop


@dataclass(frozen=True)
class Doc:
    """One file among the transcripts: id, path below the transcripts' folder, content hash, the file it repeats."""

    doc: str
    file: str
    sha256: str
    same_as: str = ""


def assign(files: Mapping[str, str], known: list[Doc], last: frozenset[str] = frozenset()) -> list[Doc]:
    """Ids for files (path -> hash): kept where known, else the next free number in the order of paths.

    `last` names files that are no transcripts by their kind, so that interviews get the low numbers.

    >>> [d.doc for d in assign({"a.txt": "1", "b.txt": "2"}, [])]
    ['I001', 'I002']
    >>> [(d.doc, d.file) for d in assign({"neu.txt": "1"}, [Doc("I007", "alt.txt", "1")])]
    [('I007', 'neu.txt')]
    """
    ids: dict[str, str] = {}
    rules = (
        lambda row, path: row.file == path and row.sha256 == files[path],
        lambda row, path: files[path] != "" and row.sha256 == files[path],
        lambda row, path: row.file == path,
    )
    rows = list(known)
    for same in rules:
        for path in sorted(set(files) - set(ids)):
            match = next((row for row in rows if same(row, path)), None)
            if match:
                ids[path] = match.doc
                rows.remove(match)
    number = max((int(row.doc[1:]) for row in known if row.doc[1:].isdigit()), default=0)
    for path in sorted(set(files) - set(ids), key=lambda p: (p in last, p)):
        number += 1
        ids[path] = f"I{number:03d}"
    first: dict[str, str] = {}
    for path in sorted(files, key=lambda p: ids[p]):
        first.setdefault(files[path], ids[path])
    # A file that may not be opened has no hash and repeats none.
    docs = [Doc(ids[p], p, sha, "" if not sha or first[sha] == ids[p] else first[sha]) for p, sha in files.items()]
    return sorted(docs, key=lambda d: d.doc)


def read(path: Path) -> list[Doc]:
    if not path.is_file():
        return []
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
        return [Doc(row["doc"], row["file"], row["sha256"]) for row in rows]
    except (KeyError, TypeError, UnicodeDecodeError, csv.Error) as error:
        raise Stop(
            Problem(
                str(path),
                0,
                "Die Liste der Interviews ist beschädigt.",
                "Bitte aus einer Sicherung zurückholen oder löschen; dann werden neue Nummern vergeben.",
            )
        ) from error


def to_bytes(docs: list[Doc]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("doc", "file", "sha256"))
    writer.writerows((d.doc, d.file, d.sha256) for d in docs)
    return out.getvalue().encode("utf-8-sig")
