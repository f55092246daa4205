"""Conditions and their consequences, which share their mood: `wenn wir einen hätten, …`, `falls …`, `sobald …`."""

from __future__ import annotations

from pipeline.stances.clauses import Clause
from pipeline.stances.tenses import told_past
from pipeline.stances.turn import Turn


def conditions(turn: Turn, triggers: dict[int, int]) -> None:
    """A condition and its consequence share their mood: `wenn wir einen hätten, …`; an indicative `wenn` is a habit."""
    for whole in turn.stretches:
        clause = turn.clauses[whole]
        if clause.kind == "main" and clause.start == clause.finite and whole in triggers:
            _without_wenn(turn, whole, triggers)
        if clause.matrix < 0 or clause.opener < 0 or turn.kinds[clause.opener].low not in _IF:
            continue
        if clause.matrix in triggers:
            triggers.setdefault(whole, triggers[clause.matrix])
        elif whole in triggers:
            if not _in_case(turn, whole, triggers[whole]):
                triggers.setdefault(clause.matrix, triggers[whole])
        elif turn.holds(clause.matrix, _ELSE) or _planned(turn, clause):
            triggers[whole] = triggers[clause.matrix] = clause.opener


def _planned(turn: Turn, clause: Clause) -> bool:
    """`sobald die Papiere da sind, stell ich den ein`: a plan of the speaker; a habit has no `ich`."""
    if turn.kinds[clause.opener].low != "sobald" or told_past(turn, clause.matrix):
        return False
    return turn.holds(clause.matrix, _SPEAKER) and not turn.holds(clause.matrix, _HABIT)


_SPEAKER = frozenset({"ich"})


def _in_case(turn: Turn, whole: int, trigger: int) -> bool:
    """Whether the matrix clause is so all the same: `die hat einen Schlüssel, falls mal was ist`, `…, auch wenn keiner
    es hören will`.
    """
    kinds, clause = turn.kinds, turn.clauses[whole]
    if kinds[trigger].lemma == "wollen" and clause.opener and kinds[clause.opener - 1].low in ("auch", "selbst"):
        return True
    if clause.start < turn.clauses[clause.matrix].start or "condition" not in kinds[trigger].cues:
        return False
    finite = turn.clauses[clause.matrix].finite
    standing = finite >= 0 and kinds[finite].lemma in _STANDING
    return standing or told_past(turn, clause.matrix) or turn.holds(clause.matrix, _HABIT)


_STANDING = frozenset("haben sein geben liegen stehen hängen wissen bleiben wohnen".split())
_HABIT = frozenset({"immer", "stets", "jeden", "jede"})


def _without_wenn(turn: Turn, whole: int, triggers: dict[int, int]) -> None:
    """`Sollte die Schule schließen, protestieren wir`: both verbs stand first."""
    after = whole + 1
    if (
        after < len(turn.clauses)
        and (
            turn.clauses[after].start == turn.clauses[after].finite
            or turn.kinds[turn.clauses[after].start].low == "dann"
        )
        and triggers[whole] == turn.clauses[whole].finite
    ):
        triggers.setdefault(turn.clauses[after].whole, triggers[whole])


_IF = frozenset({"wenn", "falls", "sofern", "sobald"})
_ELSE = frozenset({"sonst", "irgendwann"})
