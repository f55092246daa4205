"""Transcription systems: which signs a transcript uses and what each means. One file a system, one line here."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.notation import dresing_pehl, gat2, hiat, jefferson, kuckartz, others, plain, tiq
from pipeline.notation.marks import Mark, Rule, find_marks
from pipeline.notation.programs import PROGRAMS

NOTATIONS: Mapping[str, tuple[Rule, ...]] = {
    "dresing-pehl": (*others.RULES, *dresing_pehl.RULES),
    "kuckartz": (*others.RULES, *kuckartz.RULES),
    "gat2": (*others.RULES, *gat2.RULES, plain.DOTS),
    "tiq": (*others.RULES, *tiq.RULES, plain.DOTS),
    "hiat": (*others.RULES, *hiat.RULES, plain.DOTS),
    "jefferson": (*others.RULES, *jefferson.RULES, plain.DOTS),
    # Undecided: only signs that mean the same everywhere; every other sign stays.
    "unknown": (*others.RULES, *plain.RULES, plain.DOTS),
}


def rules(notation: str, tool: str = "") -> tuple[Rule, ...]:
    """The rules for a text of a notation ('unknown' where there is none of that name) that a program wrote ('': none)."""
    return (*PROGRAMS.get(tool, ()), *NOTATIONS.get(notation, NOTATIONS["unknown"]))


__all__ = ["NOTATIONS", "Mark", "Rule", "find_marks", "rules"]
