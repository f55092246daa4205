"""The clauses that name no person themselves: they are about whom the clauses are about on which they hang or which stand around."""

from __future__ import annotations

from pipeline.whom.reading import NEAR, NO_ONE, OPEN, Reading
from pipeline.whom.words import ALL, NOBODY, SELF

_JOINING = frozenset({"und", "oder", "aber"})
_ANSWERING = frozenset({"PTKANT", "ITJ", "ADV"})


def settle(reading: Reading) -> dict[int, int]:
    """The number of ABOUT for every clause: open ones take it from what they hang on and what stands around.

    -1 where nothing around tells either and the clause holds no noun.
    """
    order, values = list(reading.places), reading.values
    for at, whole in enumerate(order):
        if values[whole] == OPEN:
            values[whole] = _around(reading, order, at)
    return {whole: _final(reading, whole, value) for whole, value in values.items()}


def _around(reading: Reading, order: list[int], at: int) -> int:
    clause = reading.clauses[order[at]]
    if _bare_answer(reading, order[at]):
        return reading.addressed
    before = [n for n in (clause.matrix, clause.joined) if n >= 0] + order[max(0, at - NEAR) : at][::-1]
    if clause.kind == "fragment" and reading.values.get(clause.joined) == NO_ONE:
        return NO_ONE  # `da gibt es Läden, aber keinen Raum`
    # `Nicht geschlafen.` answers for the one who was asked
    asked = (
        reading.addressed >= 0 and clause.finite < 0 and any(reading.kinds[i].verbal for i in reading.places[order[at]])
    )
    behind = [] if asked else order[at + 1 : at + 1 + NEAR]
    if clause.matrix >= 0 and reading.tells(clause.matrix, "opinion") and reading.values.get(clause.matrix) == SELF:
        before = [n for n in before if n != clause.matrix] + [clause.matrix]  # `mir ist klar, dass da der Wille fehlt`
    joins = reading.kinds[clause.start].low in _JOINING  # goes on, though a new sentence may begin
    here = before if joins else [n for n in before + behind if reading.clauses[n].sentence == clause.sentence]
    return next(
        (reading.values[n] for n in here + before + behind if reading.values.get(n, OPEN) >= 0), reading.addressed
    )


def _bare_answer(reading: Reading, whole: int) -> bool:
    """`Nein, keine Zeit.` to what the respondent was asked of himself: what he says of others behind it has no part in it."""
    if reading.addressed < 0 or reading.clauses[whole].finite >= 0 or reading.clauses[whole].sentence > 1:
        return False
    kein = next((i for i in reading.places[whole] if reading.kinds[i].lemma == "kein" or reading.kinds[i].low.startswith("kein")), -1)
    before = [reading.kinds[i].tag for i in range(max(kein, 0))]
    return "PTKANT" in before and all(tag in _ANSWERING or tag.startswith("$") for tag in before)


def _final(reading: Reading, whole: int, value: int) -> int:
    if value >= 0:
        return value
    return ALL if value == NO_ONE or reading.named[whole] or reading.clauses[whole].finite >= 0 else NOBODY
