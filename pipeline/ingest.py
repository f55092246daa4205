"""Stage 1, ingest: one file -> its turns as they stand there, its speakers with roles, and what its header says.

A file that cannot be read is a row with status, reason and advice, never an error: one bad file must not stop the run.
The reading itself is done by a child process with bounds (`sandbox`), because files come from strangers.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pipeline import sandbox
from pipeline.readers.formats import ENDINGS
from pipeline.registry import Doc, same_file

Rows = dict[str, list[dict[str, Any]]]

_NAMED = {"date": ("datum", "date"), "wave": ("welle", "wave"), "mode": ("erhebung", "mode")}
_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")


def each(doc: Doc, path: Path, settings: SimpleNamespace) -> Rows:
    """Read one file. Rows for `sources` (always one), `labels`, `turns_raw`, `cues`, `signs` (none where unreadable)."""
    row: dict[str, Any] = {
        "doc": doc.doc, "file": doc.file, "sha256": doc.sha256, "format": suffix(doc.file),
        "notation_confidence": float("nan"), "status": "ok", "words": 0, "turns": 0, "speakers": 0,
    }  # fmt: skip
    if doc.same_as:
        refusal = {
            "status": "skipped", "code": "duplicate", "reason": f"{doc.same_why} ist schon als {doc.same_as} gelesen.",
            "advice": "Gezählt wird nur einmal; eine von beiden kann weg.",
        }  # fmt: skip
        return _empty(row | refusal)
    root = str(path)[: -len(doc.file) - 1]
    found = sandbox.read(path, wanted(settings, doc, root), settings.ingest.max_seconds, settings.ingest.max_memory_mb)
    if "refused" in found:
        return _empty(row | found["refused"])
    turns, roles, meta = found["turns"], found["roles"], found["meta"]
    row |= {key: found[key] for key in ("format", "tool", "encoding", "notation", "notation_confidence", "notation_evidence", "fillers", "timed", "text_sha256")}
    row |= {
        "warnings": "\n".join(found["warnings"]), "meta": json.dumps(meta, ensure_ascii=False, sort_keys=True),
        "words": sum(len(t["text"].split()) for t in turns), "turns": len(turns),
        "speakers": sum(bool(role["label"]) for role in roles),
    }  # fmt: skip
    row |= {column: next((meta[k] for k in keys if meta.get(k)), "") for column, keys in _NAMED.items()}
    row["date"] = iso_date(row["date"])
    return {
        "sources": [row],
        "labels": [{"doc": doc.doc, **role} for role in roles],
        "turns_raw": [_turn(doc.doc, number, turn) for number, turn in enumerate(turns, 1)],
        "cues": [_cue(doc.doc, n, m, cue) for n, turn in enumerate(turns, 1) for m, cue in enumerate(turn["cues"], 1)],
        "signs": [{"doc": doc.doc, "turn": n, **sign} for n, turn in enumerate(turns, 1) for sign in turn["signs"]],
    }


def suffix(file: str) -> str:
    """The ending of a file name where it is one that files have; `Gespräch mit Fr. Kaya` has none.

    >>> suffix("a/Interview 3.DOCX"), suffix("Gespräch mit Fr. Kaya")
    ('docx', '')
    """
    ending = Path(file).suffix.lower().lstrip(".")
    return ending if ending.isascii() and ending in ENDINGS else ""


def wanted(settings: Any, doc: Doc, root: str = "") -> dict[str, Any]:
    """What the reading of one file is told: settings for all, and above them what study.yaml says of this file."""
    own = next((one for name, one in settings.ingest.files.items() if same_file(name, doc.doc, doc.file)), None)
    keys = [k.lower() for name, v in settings.variables.items() for k in (name, *v.aliases)]
    notation = own.notation if own and own.notation != "auto" else settings.ingest.notation
    roles = {**settings.ingest.roles, **(own.roles if own else {})}
    return {
        "roles": roles, "extra_keys": keys, "max_mb": settings.ingest.max_mb, "root": root, "notation": notation,
        "read": own.read if own else "auto",
    }  # fmt: skip


def _empty(row: dict[str, Any]) -> Rows:
    return {"sources": [row], "labels": [], "turns_raw": [], "cues": [], "signs": []}


def _turn(doc: str, number: int, turn: dict[str, Any]) -> dict[str, Any]:
    kept = ("speaker", "role", "t_start", "t_end", "t_source", "source_ref", "offset", "text")
    # A lone surrogate cannot be hashed; readers decode strictly, so that there is none, but a child is not trusted.
    raw = turn["text"].encode("utf-8", "surrogatepass")
    return {
        "doc": doc, "turn": number, **{key: turn[key] for key in kept}, "overlaps": str(turn["overlaps"] or ""),
        "raw_sha256": hashlib.sha256(raw).hexdigest(),
    }  # fmt: skip


def _cue(doc: str, turn: int, number: int, cue: dict[str, Any]) -> dict[str, Any]:
    return {"doc": doc, "turn": turn, "cue": number, **cue, "doubt": "yes" if cue["doubt"] else ""}


def iso_date(text: str) -> str:
    """A German date as year-month-day; anything else stays as it is written, also a day that no calendar has.

    >>> iso_date("3.4.2026"), iso_date("Frühjahr 2026"), iso_date("31.02.2026")
    ('2026-04-03', 'Frühjahr 2026', '31.02.2026')
    """
    match = _DAY.search(text)
    try:
        return date(*(int(part) for part in match.group(3, 2, 1))).isoformat() if match else text.strip()
    except ValueError:
        return text.strip()
