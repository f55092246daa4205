"""Jefferson's system (2004), as conversation analysts use it for German too."""

from __future__ import annotations

import re

from pipeline.notation import pauses, plain
from pipeline.notation.breaks import HYPHENS
from pipeline.notation.casing import CAPITALS, PARTLY, partly, stressed
from pipeline.notation.kuckartz import UNDERLINED
from pipeline.notation.marks import Rule, drop, keep
from pipeline.notation.spoken import INTONATION, LATCHING, LENGTHENING, OVERLAP, PITCH, QUIET, UNCERTAIN

_BREATHED = re.compile(r"(?<=[^\W\d_])\(h{1,4}\)(?=[^\W\d_])|(?<!\w)\(h{1,4}\)(?=[^\W\d_])|(?<=[^\W\d_])\(h{1,4}\)")
_FAST = re.compile(r"(?<![<>])>(?=[^\s<>])([^<>\n]{1,300}?)<(?![<\w])")
_SLOW = re.compile(r"(?<![<>])<(?=[^\s<>])([^<>\n]{1,300}?)>(?![>\w])")
_PUSHED = re.compile(r"(?<!\S)[<>](?=\w)|(?<=\w)[<>](?!\S)")
_SMILED = re.compile(r"(?<![\w£])£(?=[^\s\d£])((?:[^£\n]|£(?=\d)){1,300}?)(?<=\S)£(?!\w)")
_GRINNED = re.compile(r"(?<![\w$])\$(?=[^\s\d$])((?:[^$\n]|\$(?=\d)){1,300}?)(?<=\S)\$(?!\w)")

RULES: tuple[Rule, ...] = (
    plain.STRICT_BRACKETS,
    *plain.EARLY,
    drop("laughter", _BREATHED, "h"),
    pauses.table(r"\((\.)\)", {".": "0.2"}),
    Rule("pause", re.compile(r"\((\d{1,3}(?:[.,]\d{1,3})?)\)"), pauses.seconds),
    drop("breath", re.compile(r"(?<![\w.])\.h{1,8}(?!\w)"), "ein"),
    drop("breath", re.compile(r"(?<![\w.°])h{2,8}(?![\w°])|\(h{1,8}\)"), "aus"),
    UNCERTAIN,
    *OVERLAP,
    PITCH,
    QUIET,
    keep("tempo", _FAST, "schnell"),
    keep("tempo", _SLOW, "langsam"),
    drop("tempo", _PUSHED, ""),
    keep("manner", _SMILED, "lächelnd"),
    keep("manner", _GRINNED, "lächelnd"),
    keep("emphasis", UNDERLINED),
    *HYPHENS,
    LATCHING,
    LENGTHENING,
    Rule("loud", CAPITALS, stressed("loud")),
    Rule("loud", PARTLY, partly("loud")),
    INTONATION,
)
