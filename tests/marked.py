"""Speech whose names are marked inline, as the labelled sets keep it: `bei <person>Frau Kaya</person>`."""

from __future__ import annotations

import re

_TAG = re.compile(r"<(/?)(\w+)>")
Gold = tuple[int, int, str]


def plain(text: str) -> tuple[str, list[Gold]]:
    """A text with inline tags as its words and (start, end, kind) of what is tagged."""
    out, gold, place, size, start = [], [], 0, 0, 0
    for match in _TAG.finditer(text):
        out.append(text[place : match.start()])
        size += match.start() - place
        place = match.end()
        if match[1]:
            gold.append((start, size, match[2]))
        start = size
    return "".join([*out, text[place:]]), gold
