"""The likely subject of a clause, by forms and places of words."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.stances.clauses import Clause
from pipeline.stances.words import Kind

_NOMINATIVE = frozenset("ich du er wir man ihr sie es wer keiner einer jemand niemand jeder".split())
_PRONOUNS = frozenset({"PPER", "PDS", "PIS", "PRELS", "PWS"})
_NOT_SUBJECTS = frozenset(
    (
        "mich mir dich dir ihn ihm uns euch den dem denen deren einem einen keinem keinen nichts mehr sich jedem jeden "
        "niemandem allen etwas was"
    ).split()
)


def subject(kinds: Sequence[Kind], clause: Clause) -> int:
    """The place of the likely subject in the clause: a pronoun in the nominative, else a noun next to the verb; or -1."""
    noun, pronoun = -1, -1
    for i in range(clause.start, clause.end):
        kind = kinds[i]
        if kind.low in _NOMINATIVE or (len(kind.words) > 1 and kind.words[1] in _NOMINATIVE - {"es"}):
            if kind.low in ("sie", "es", "ihr") and (noun >= 0 or pronoun >= 0) and i != clause.finite + 1:
                continue
            return i
        if kind.tag in _PRONOUNS and kind.low not in _NOT_SUBJECTS:
            pronoun = i if pronoun < 0 else pronoun
        elif kind.tag in ("NN", "NE") and noun < 0 and not _under_preposition(kinds, clause.start, i):
            noun = i
    return min((i for i in (noun, pronoun) if i >= 0), default=-1)


def _under_preposition(kinds: Sequence[Kind], start: int, i: int) -> bool:
    i -= 1
    while (
        i >= start
        and kinds[i].tag in ("ART", "ADJA", "PPOSAT", "PIAT", "PDAT", "CARD", "NN", "NE", "ADV")
        and kinds[i].low != ","
    ):
        i -= 1
    return i >= start and kinds[i].tag in ("APPR", "APPRART")
