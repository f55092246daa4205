"""Which transcription system a text follows, by counting the signs that only that system has."""

from __future__ import annotations

import re

MIN_TYPES = 2  # different signs of a system that must be found
MIN_COUNT = 3  # signs in all

# Dresing & Pehl (Kuckartz shares most of them): f4 marks, unintelligible, nonverbal, pauses, breaks, listener signals.
DRESING_PEHL = (
    re.compile(r"#\d{1,2}:\d{2}:\d{2}-\d#"),
    re.compile(r"\(unv\.[^()\n]{0,40}\)"),
    re.compile(r"\((?:lacht|lachen|seufzt|weint|hustet|räuspert sich|zögert|nickt|lächelt|schmunzelt)[^()\n]{0,30}\)"),
    re.compile(r"\((?:\.{1,3}|…|\d{1,2})\)"),
    re.compile(r"(?<=\w)/(?=[ \n]|$)|(?<= )/(?= )"),
    re.compile(r"//\s?(?:mhm|hm|aha|ja|genau|okay)\.?\s?//", re.IGNORECASE),
    re.compile(r"\((?:[^\W\d_]+ ){0,3}[^\W\d_]+\?\)"),
)
# Signs of other systems (GAT 2, TiQ, HIAT, Jefferson), any of which often enough speaks against it.
OTHERS = (
    re.compile(r"°h{1,3}|h{1,3}°|\.hhh?\b"),
    re.compile(r"<<[^<>\n]{1,40}>"),
    re.compile(r"\(-{1,3}\)"),
    re.compile(r"@\(?[.\d]*\)?@|@[^@\n]{1,80}@"),
    re.compile("[└↑↓•]"),
    re.compile(r"\(\d\.\d\)"),
    re.compile(r"\w:{2,}\w"),
)


def notation(text: str) -> str:
    """`dresing-pehl` where its signs are found often enough and twice as often as those of others, else `unknown`."""
    counts = [len(pattern.findall(text)) for pattern in DRESING_PEHL]
    others = sum(len(pattern.findall(text)) for pattern in OTHERS)
    found = sum(counts)
    if sum(count > 0 for count in counts) >= MIN_TYPES and found >= MIN_COUNT and found >= 2 * others:
        return "dresing-pehl"
    return "unknown"
