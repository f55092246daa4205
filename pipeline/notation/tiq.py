"""TiQ, Talk in Qualitative Social Research (Bohnsack; Przyborski & Wohlrab-Sahr)."""

from __future__ import annotations

import re

from pipeline.notation import pauses, plain
from pipeline.notation.breaks import HYPHENS
from pipeline.notation.dresing_pehl import SLASHED
from pipeline.notation.kuckartz import UNDERLINED
from pipeline.notation.marks import Mark, Rule, keep
from pipeline.notation.spoken import INTONATION, LATCHING, LENGTHENING, QUIET, UNCERTAIN

_LAUGH = re.compile(r"@\((\.|\d{1,3})(?:\s?s(?:ek)?\.?)?\)@?")
_LAUGHING = re.compile(r"(?<![\w@])@(?=[^\s@(])([^@\n]{1,300}?)(?<=\S)@(?!\w)")
_LOUD = re.compile(r"(?<![\w*])\*\*(?=[^\s*])([^*\n]{1,300}?)(?<=\S)\*\*(?![\w*])")
_HOOK = re.compile("[└┘⌊⌋⌞⌟]")
_PAUSE = re.compile(r"\((\d{1,3})\)")
_COLUMNS = 400  # how far back a line is looked for


def _laugh(match: re.Match[str], text: str) -> Mark:
    return Mark(*match.span(), "laughter", "kurz" if match.group(1) == "." else match.group(1))


def _hook(match: re.Match[str], text: str) -> Mark:
    """Where two people speak at once. The place in the line shows at which word the other one comes in."""
    first = max(0, match.start() - _COLUMNS)
    line = text.rfind("\n", first, match.start())
    return Mark(*match.span(), "overlap", str(match.start() - (line if line >= 0 else first - 1)))


RULES: tuple[Rule, ...] = (
    plain.STRICT_BRACKETS,
    Rule("laughter", _LAUGH, _laugh),  # before pauses: @(3)@ is no silence
    *plain.EARLY,
    pauses.table(r"\((\.)\)", {".": "0.5"}),
    Rule("pause", _PAUSE, pauses.seconds),
    UNCERTAIN,
    *SLASHED,
    keep("laughter", _LAUGHING),
    QUIET,
    keep("loud", _LOUD),
    keep("emphasis", UNDERLINED),
    Rule("overlap", _HOOK, _hook),
    *HYPHENS,
    LATCHING,
    LENGTHENING,
    INTONATION,
)
