"""Transcription systems: which signs a transcript uses and what each means. One file a system, one line here."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.notation import dresing_pehl, gat2, hiat, jefferson, kuckartz, plain, tiq
from pipeline.notation.marks import Mark, Rule, find_marks

NOTATIONS: Mapping[str, tuple[Rule, ...]] = {
    "dresing-pehl": dresing_pehl.RULES,
    "kuckartz": kuckartz.RULES,
    "gat2": gat2.RULES,
    "tiq": tiq.RULES,
    "hiat": hiat.RULES,
    "jefferson": jefferson.RULES,
    "unknown": plain.RULES,  # undecided: only signs that mean the same everywhere; every other sign stays
}

__all__ = ["NOTATIONS", "Mark", "Rule", "find_marks"]
