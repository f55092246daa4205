"""Kuckartz's rules (2008; fourteen rules with MAXQDA 2019): like Dresing and Pehl's, but capitals are loud speech and
what the other person says in between stands in single brackets."""

from __future__ import annotations

import re

from pipeline.notation import plain
from pipeline.notation.breaks import SLASHES
from pipeline.notation.casing import CAPITALS, stressed
from pipeline.notation.dresing_pehl import PAUSES, QUOTED, SLASHED, UNCERTAIN, is_listening
from pipeline.notation.marks import Mark, Rule, keep

_REMARK = re.compile(r"\(([^()\n]{1,25})\)")
# Underlined in the document; in plain text some programs write it like this. A capital would make it a mask.
UNDERLINED = re.compile(r"(?<!\w)_{1,2}([a-zäöüß](?:[^_\n]{0,60}[^_\s])?)_{1,2}(?!\w)")


def _remark(match: re.Match[str], text: str) -> Mark | None:
    words = match.group(1).strip()
    return Mark(*match.span(), "backchannel", words) if is_listening(words) else None


RULES: tuple[Rule, ...] = (
    *plain.EARLY,
    plain.BRACKETS,
    PAUSES,
    *UNCERTAIN,
    Rule("backchannel", _REMARK, _remark),
    plain.SOUNDS_IN_BRACKETS,
    *SLASHED,
    QUOTED,
    *SLASHES,
    keep("emphasis", UNDERLINED),
    Rule("loud", CAPITALS, stressed("loud")),
)
