"""One file, from its bytes to plain data: what the limited child process does (`sandbox.py` is its other end).

Everything that looks at what strangers wrote happens here: container, blocks or cues, speakers, notation. Run as
`python -m pipeline.intake MEGABYTES` it answers requests, a line of JSON each, until its input ends.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.labels.times import DELIMITED
from pipeline.notation.machine import PROGRAMS
from pipeline.notation.signs import HESITATION
from pipeline.notation.vote import vote
from pipeline.readers import Unreadable, read_file
from pipeline.reading import Reading
from pipeline.speakers import kinds
from pipeline.speakers.turns import Settings, Transcript, read_turns

READY = "bereit"  # said once, when everything is loaded
VERBATIM = 15  # hesitations in 10,000 words, from which on a transcriber wrote them down
ENOUGH = 300  # words of speech, below which nothing is said about hesitations
FEW = 30  # words, below which two files are not called the same conversation because their words are
_HESITATION = re.compile(rf"(?i)(?<![\w-])(?:{'|'.join(map(re.escape, HESITATION))})(?![\w-])")
_MARK = re.compile(rf"{DELIMITED}(?:[ \t]*-)?")
_NO_LETTER = re.compile(r"[\W_]+")


def take_in(path: Path, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Read one file. `wanted` holds `roles`, `extra_keys`, `max_mb`, `root`, `notation`, `read`.

    Returns plain data with `turns`, `roles`, `meta` and what is known of the file, or `refused` with status, code,
    reason and advice. Never raises for what stands in the file.
    """
    try:
        settings = Settings(wanted["max_mb"], wanted["root"], dict(wanted["roles"]), tuple(wanted["extra_keys"]))
        if wanted["read"] == "nein":
            raise Unreadable("skipped", "left_out", "In study.yaml steht, dass diese Datei nicht gelesen wird.")
        reading = read_file(path, settings)
        transcript = read_turns(reading, settings)
        if not transcript.turns:
            advice = "Bitte prüfen, ob es das richtige Dokument ist."
            raise Unreadable("failed", "empty", "Die Datei enthält keinen Redebeitrag.", advice)
        if wanted["read"] == "auto":
            said = "\n".join([*transcript.meta.values(), *(turn.text for turn in transcript.turns)])
            timed = any(turn.t_source != "none" for turn in transcript.turns)
            speaking = [role.role for role in transcript.roles if role.label]
            kinds.refuse_other_documents(said, speaking, len(transcript.turns), timed=timed)
    except Unreadable as refusal:
        return {"refused": asdict_of(refusal)}
    return described(reading, transcript, wanted["notation"])


def asdict_of(refusal: Unreadable) -> dict[str, str]:
    return {"status": refusal.status, "code": refusal.code, "reason": refusal.reason, "advice": refusal.advice}


def described(reading: Reading, transcript: Transcript, notation: str) -> dict[str, Any]:
    """A reading and its turns as plain data, with notation, policy of fillers and the hash of the words."""
    said = "\n".join(turn.text for turn in transcript.turns)
    told = " ".join(transcript.meta.get(key, "") for key in ("regeln", "transkription", "vorspann"))
    system, confidence, evidence = (
        (notation, 1.0, "Einstellung") if notation != "auto" else tuple(vote(f"{told}\n{said}"))
    )
    return {
        "format": reading.format, "tool": reading.tool, "encoding": reading.encoding,
        "warnings": [*reading.warnings, *transcript.warnings], "meta": transcript.meta,
        "notation": system, "notation_confidence": confidence, "notation_evidence": evidence,
        # A chat is typed, whatever program keeps it.
        "fillers": filler_policy(said, "" if reading.format == "txt" and reading.tool == "Zoom" else reading.tool),
        "timed": _timed(transcript),
        "text_sha256": _same_words(said),
        "roles": [asdict(role) for role in transcript.roles],
        "turns": [asdict(turn) for turn in transcript.turns],
    }  # fmt: skip


def _same_words(said: str) -> str:
    """Hash of nothing but the letters and digits spoken, so that one conversation in two formats has one; '' for few."""
    if len(said.split()) < FEW:
        return ""
    return hashlib.sha256(_NO_LETTER.sub("", _MARK.sub("", said)).casefold().encode()).hexdigest()


def _timed(transcript: Transcript) -> str:
    sources = {turn.t_source for turn in transcript.turns}
    return "exact" if "exact" in sources else "derived" if "derived" in sources else "none"


def filler_policy(text: str, tool: str) -> str:
    """Whether hesitations were written down: verbatim, smoothed (left out by a person), machine (by a program), unknown.

    Rates of fillers may only be compared between files of one policy. Measured on 69 German Whisper transcripts: 0.8
    in 10,000 words.

    >>> filler_policy("Ja, äh, das war so. " * 100, ""), filler_policy("Ja. " * 400, "Whisper")
    ('verbatim', 'machine')
    """
    words = len(text.split())
    if words < ENOUGH:
        return "unknown"
    if len(_HESITATION.findall(text)) * 10_000 >= VERBATIM * words:
        return "verbatim"
    return "machine" if tool in PROGRAMS else "smoothed"


def limit(megabytes: int) -> None:
    """Bound this process: memory, no files written, no core dumps. Where the system knows no limits, time alone bounds."""
    with contextlib.suppress(ImportError):
        import resource

        size = megabytes * 1_000_000
        wanted = [(resource.RLIMIT_AS, size), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)]
        for kind, value in wanted:
            # macOS refuses RLIMIT_AS; the time limit of the other end still holds there.
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, (value, value))


def serve() -> None:
    """Answer requests until the input ends. Whatever libraries print must not get between the answers."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)
    sys.setrecursionlimit(3000)
    answers.write(f"{READY}\n")
    answers.flush()
    for line in sys.stdin:
        request = json.loads(line)
        _clock(request["seconds"])
        answers.write(_answer(request))
        answers.flush()


def _answer(request: Mapping[str, Any]) -> str:
    number = request["number"]
    try:
        answer = take_in(Path(request["path"]), request["wanted"])
        return json.dumps({**answer, "number": number}, ensure_ascii=True) + "\n"
    except MemoryError:
        refusal = {
            "status": "failed", "code": "memory", "reason": "Die Datei braucht beim Lesen zu viel Speicher.",
            "advice": "Die Grenze steht als »max_memory_mb« in study.yaml; meist hilft neu speichern als DOCX oder TXT.",
        }  # fmt: skip
    except Exception as error:  # the file made a reader stumble: told as such, and the next file gets a fresh process
        refusal = {
            "status": "failed", "code": "error", "reason": f"Die Datei ließ sich nicht lesen ({type(error).__name__}).",
            "advice": "Bitte in Word oder LibreOffice öffnen und neu als DOCX speichern.",
        }  # fmt: skip
    return json.dumps({"refused": refusal, "number": number}) + "\n"


def _clock(seconds: float) -> None:
    """End this process where a file takes more processor time: also when nobody is left at the other end."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        bound = math.ceil(used.ru_utime + used.ru_stime + seconds + 1)
        resource.setrlimit(resource.RLIMIT_CPU, (bound, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    limit(int(sys.argv[1]))
    serve()
