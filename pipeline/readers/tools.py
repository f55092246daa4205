"""Which program wrote a text, by the marks it leaves there: only for formats that do not say so themselves."""

from __future__ import annotations

import re
from itertools import islice

WINDOW = 20_000  # code points at the start that are looked at

_LINES = re.MULTILINE
PROGRAMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("noScribe", re.compile(r"(?i)noscribe\s+(?:vers|v\.?\s?\d)")),
    ("aTrain", re.compile(r"^\s{0,20}Transcription for \S", _LINES)),
    ("Otter", re.compile(r"^SUMMARY KEYWORDS\s*$|^Transcribed by https://otter\.ai", _LINES)),
    ("Teams", re.compile(r"(?i)^.{0,80} (?:started transcription|hat die Transkription gestartet)\s*$", _LINES)),
    ("Zoom", re.compile(r"^\[[^\[\]\n]{1,60}\] \d{1,2}:\d{2}:\d{2}\s*$", _LINES)),
    ("f4", re.compile(r"#\d{1,2}:\d{2}:\d{2}-\d#")),
    ("WhisperX", re.compile(r"^\[?SPEAKER_\d\d\]?:? ?", _LINES)),
)
FEW = 2  # times that the marks of the last ones must occur, which people type as well
_OFTEN = frozenset({"Zoom", "f4", "WhisperX"})


def program(text: str) -> str:
    """The program's name, or ''.

    >>> program("Interview\\n\\nTranskribiert mit noScribe Vers. 0.6.1\\n"), program("I: Wie war das?\\nB: Gut.")
    ('noScribe', '')
    """
    window = text[:WINDOW]
    for name, pattern in PROGRAMS:
        if len(list(islice(pattern.finditer(window), FEW))) >= (FEW if name in _OFTEN else 1):
            return name
    return ""
