"""What a speaker inserts into a clause or between it and what completes it: `Man müsste, und das sage ich immer, …`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.stances.pieces import Piece
from pipeline.stances.words import Kind

if TYPE_CHECKING:
    from pipeline.stances.clauses import Clause

_TAKING = frozenset("say sayform thought known awaited wish wishnoun denying opinion factive raising".split())
ASIDES = frozenset({"und", "so", "also", "das", "ich"})  # words with which an aside begins
_HELPING = frozenset({"haben", "sein", "werden", "können", "müssen", "wollen", "sollen", "dürfen"})


def takes_that(kinds: Sequence[Kind], clause: Clause, aside: bool) -> bool:
    """Whether a dass-clause may complete the clause: a verb or noun of saying or thinking, `darauf`, `so`; not an aside
    that has its object (`und das sage ich immer`).
    """
    if aside and any(kinds[i].low in ("das", "dat", "des") for i in range(clause.start, clause.end)):
        return False
    return any(
        (not _TAKING.isdisjoint(kinds[i].cues) and kinds[i].lemma not in _HELPING)
        or kinds[i].tag == "PROAV"
        or (kinds[i].low == "so" and kinds[i + 1].low == ",")
        for i in range(clause.start, clause.end)
    )


def awaits(kinds: Sequence[Kind], part: Piece, clause: Clause) -> bool:
    """`Man müsste, und das sage ich, weil …, | jemanden haben`: the verb that an aside has kept waiting."""
    waiting = part.closing or (part.finite >= 0 and kinds[part.finite].verbal == "i" and part.final)
    if not waiting or clause.finite < 0 or kinds[clause.finite].tag not in ("VMFIN", "VAFIN"):
        return False
    return not any(kinds[i].verbal in ("i", "p") for i in range(clause.start, clause.end))


def begun(kinds: Sequence[Kind], part: Piece, clause: Clause) -> bool:
    """`Nach unserer Auffassung, und da …, um zu …, | fehlen die Kinder`: a beginning that only waits for its verb."""
    return part.finite == part.start and clause.finite < 0 and kinds[clause.start].tag in ("APPR", "APPRART")
