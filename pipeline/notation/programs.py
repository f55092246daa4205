"""What programs write in their own way, whatever system a person used afterwards."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.notation import others
from pipeline.notation.dresing_pehl import SLASHED
from pipeline.notation.marks import Mark, Rule

_DOTS = re.compile(r"(?<![@(])\((\.{1,9})\)(?!\))")


def _seconds(match: re.Match[str], text: str) -> Mark:
    return Mark(*match.span(), "pause", str(len(match.group(1))))


# noScribe writes one dot a second up to nine, and overlaps that may be open at either end.
PROGRAMS: Mapping[str, tuple[Rule, ...]] = {"noScribe": (*others.RULES, Rule("pause", _DOTS, _seconds), *SLASHED)}
