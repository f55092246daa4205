"""Neutral ids of interviews: which file is I001. The list lies in private/, because file names are often real names.

A file keeps its id when it is renamed (known by its bytes) and when it is edited (known by its path); a removed file's
row is removed with it.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.problems import Problem, Stop

LIST, HIGHEST = "documents.csv", "highest-number.txt"


@dataclass(frozen=True)
class Doc:
    """One file among the transcripts: id, path below the transcripts' folder, content hash.

    `same_as` is the interview that it repeats, `same_why` what is the same (the file, or only its words).
    """

    doc: str
    file: str
    sha256: str
    same_as: str = ""
    same_why: str = "Dieselbe Datei"


def assign(
    files: Mapping[str, str], known: list[Doc], last: frozenset[str] = frozenset(), given: int = 0
) -> list[Doc]:
    """Ids for files (path -> hash): kept where known, else the next free number in the order of paths.

    `given` is the highest number that was ever given: a withdrawn interview's number never comes to mean another one.
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
    number = max((given, *(int(row.doc[1:]) for row in known if row.doc[1:].isdigit())))
    for path in sorted(set(files) - set(ids), key=lambda p: (p in last, p)):
        number += 1
        ids[path] = f"I{number:03d}"
    return sorted((Doc(ids[path], path, sha) for path, sha in files.items()), key=lambda d: d.doc)


def numbered(files: Mapping[str, str], private: Path, last: frozenset[str] = frozenset()) -> list[Doc]:
    """The documents as the list in the study's private folder knows them; the new ones get the next numbers."""
    return assign(files, read(private / LIST), last, _highest(private / HIGHEST))


def files(docs: list[Doc], private: Path) -> dict[str, bytes]:
    """What the study's private folder keeps of the ids: the list, and the highest number that was ever given."""
    highest = max((_highest(private / HIGHEST), *(int(d.doc[1:]) for d in docs if d.doc[1:].isdigit())))
    return {LIST: to_bytes(docs), HIGHEST: b"%d\n" % highest}


def _highest(path: Path) -> int:
    text = path.read_text("utf-8-sig", "replace").strip() if path.is_file() else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def same_words(docs: list[Doc], sources: Mapping[str, Mapping[str, Any]]) -> list[Doc]:
    """The documents, those marked that are another's copy or say word for word the same: one interview in two formats.

    `sources` maps each id to what the reading found; what could not be read is nobody's copy. Kept is the file that knows
    more of the speakers, then the one whose header says more, then the older one, to which people's decisions belong.

    >>> knows = {"status": "ok", "text_sha256": "x", "speakers": 2, "meta": ""}
    >>> docs = same_words([Doc("I1", "a.txt", "1"), Doc("I2", "b.json", "2")], {"I1": {**knows, "speakers": 0}, "I2": knows})
    >>> [d.same_as for d in docs]
    ['I2', '']
    """
    alike: dict[str, list[Doc]] = {}
    for doc in docs:
        known = sources[doc.doc]
        if known["status"] == "ok":
            alike.setdefault(known["text_sha256"] or f"file {doc.sha256}", []).append(doc)
    better: dict[str, Doc] = {}
    for group in alike.values():
        best = min(group, key=lambda d: (-min(sources[d.doc]["speakers"], 2), -len(sources[d.doc]["meta"]), d.doc))
        better |= {doc.doc: best for doc in group if doc is not best}
    done = []
    for doc in docs:
        best_one = better.get(doc.doc)
        same_file = best_one is not None and best_one.sha256 == doc.sha256
        why = "Dieselbe Datei" if same_file else "Dasselbe Gespräch, Wort für Wort,"
        done.append(replace(doc, same_as=best_one.doc, same_why=why) if best_one else doc)
    return done


def same_file(listed: str, doc: str, file: str) -> bool:
    """Whether a name that a researcher typed means this file: with or without folder and ending, or its id.

    >>> same_file("Interview 3", "I003", "welle1/Interview 3.docx"), same_file("i003", "I003", "x.txt")
    (True, True)
    """
    listed = unicodedata.normalize("NFC", listed.strip().replace("\\", "/"))
    file = unicodedata.normalize("NFC", file)
    return listed in (file, file.rsplit("/", 1)[-1], Path(file).stem) or listed.upper() == doc


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
