"""Stage 1, ingest: one file -> its turns as they stand there, its speakers with roles, and what its header says.

A file that cannot be read is a row with status, reason and advice, never an error: one bad file must not stop the run.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pipeline.readers import Unreadable, read_file
from pipeline.readers.turns import Settings, Transcript, read_turns
from pipeline.registry import Doc

_NAMED = {"date": ("datum", "date"), "wave": ("welle", "wave"), "mode": ("erhebung", "mode")}
_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")


def each(doc: Doc, path: Path, settings: SimpleNamespace) -> dict[str, list[dict[str, Any]]]:
    """Read one file. Rows for `sources` (always one), `labels` and `turns_raw` (none where nothing could be read)."""
    row: dict[str, Any] = {
        "doc": doc.doc, "file": doc.file, "sha256": doc.sha256, "format": Path(doc.file).suffix.lower().lstrip("."),
        "notation": "", "encoding": "", "status": "ok", "code": "", "reason": "", "advice": "", "warnings": "", "meta": "",
        "date": "", "wave": "", "mode": "", "words": 0, "turns": 0,
    }  # fmt: skip
    if doc.same_as:
        return _refused(
            row,
            "skipped",
            "duplicate",
            f"Dieselbe Datei ist schon als {doc.same_as} gelesen.",
            "Eine von beiden entfernen.",
        )
    try:
        wanted = _settings(settings)
        reading = read_file(path, wanted)
        transcript = read_turns(reading, wanted)
    except Unreadable as error:
        return _refused(row, error.status, error.code, error.reason, error.advice)
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        return _refused(
            row,
            "failed",
            "error",
            f"Die Datei ließ sich nicht lesen ({type(error).__name__}).",
            "Bitte in Word öffnen und neu als DOCX speichern.",
        )
    if not transcript.turns:
        return _refused(
            row,
            "failed",
            "empty",
            "Die Datei enthält keinen Redebeitrag.",
            "Bitte prüfen, ob es das richtige Dokument ist.",
        )
    row |= {
        "format": reading.format, "encoding": reading.encoding, "notation": transcript.notation,
        "warnings": "\n".join([*reading.warnings, *transcript.warnings]), "meta": json.dumps(transcript.meta, ensure_ascii=False, sort_keys=True),
        "words": sum(len(t.text.split()) for t in transcript.turns), "turns": len(transcript.turns),
    }  # fmt: skip
    row |= {
        column: next((transcript.meta[k] for k in keys if transcript.meta.get(k)), "")
        for column, keys in _NAMED.items()
    }
    row["date"] = iso_date(row["date"])
    return {"sources": [row], "labels": _labels(doc.doc, transcript), "turns_raw": _turns(doc.doc, transcript)}


def _settings(settings: SimpleNamespace) -> Settings:
    keys = [k.lower() for name, v in settings.variables.items() for k in (name, *v.aliases)]
    return Settings(roles=dict(settings.ingest.roles), extra_keys=tuple(keys), max_mb=settings.ingest.max_mb)


def _refused(row: dict[str, Any], status: str, code: str, reason: str, advice: str) -> dict[str, list[dict[str, Any]]]:
    return {
        "sources": [row | {"status": status, "code": code, "reason": reason, "advice": advice}],
        "labels": [],
        "turns_raw": [],
    }


def _labels(doc: str, transcript: Transcript) -> list[dict[str, Any]]:
    return [
        {
            "doc": doc, "label": r.label, "role": r.role, "confidence": r.confidence, "evidence": r.evidence,
            "turns": r.turns, "words": r.words,
        }
        for r in transcript.roles
    ]  # fmt: skip


def _turns(doc: str, transcript: Transcript) -> list[dict[str, Any]]:
    return [
        {
            "doc": doc, "turn": number, "speaker": t.speaker, "role": t.role, "t_start": t.t_start, "t_end": t.t_end,
            "source_ref": t.source_ref, "offset": t.offset, "text": t.text,
            "raw_sha256": hashlib.sha256(t.text.encode()).hexdigest(),
        }
        for number, t in enumerate(transcript.turns, 1)
    ]  # fmt: skip


def iso_date(text: str) -> str:
    """A German date as year-month-day; anything else stays as it is written.

    >>> iso_date("3.4.2026"), iso_date("Frühjahr 2026")
    ('2026-04-03', 'Frühjahr 2026')
    """
    match = _DAY.search(text)
    return f"{match.group(3)}-{int(match.group(2)):02d}-{int(match.group(1)):02d}" if match else text.strip()
