"""Phrases that are the words of others within a clause: what they speak of, and as what they see somebody."""

from __future__ import annotations

from pipeline.stances.phrases import behind_preposition, noun_phrase
from pipeline.stances.turn import Turn

_OWN = frozenset({"ich", "wir", "uns"})
_SELF = frozenset({"ich", "wir"})
_SPEAKING = frozenset(
    "sprechen reden schwärmen erzählen faseln schwafeln labern tönen quatschen schwadronieren munkeln".split()
)


def spoken_of(turn: Turn, marks: list[int]) -> None:
    """`die sprechen von einem Rückgang`: the phrase behind `von`."""
    kinds = turn.kinds
    for i, kind in enumerate(kinds):
        if kind.low in ("von", "vom") and i and not turn.holds(turn.whole(i), _OWN):
            verb = next((j for j in turn.places(turn.whole(i)) if kinds[j].lemma in _SPEAKING and kinds[j].verbal), -1)
            if verb >= 0:
                for j in behind_preposition(kinds, i, turn.clauses[turn.number[i]].end):
                    marks[j] = verb if marks[j] < 0 else marks[j]


def named_as(turn: Turn, marks: list[int]) -> None:
    """`die Presse stellt uns als Problemviertel dar`, `wir gelten als laut`: what stands behind `als`."""
    kinds = turn.kinds
    for i, kind in enumerate(kinds):
        if kind.low != "als" or kind.tag == "KOUS":
            continue
        places = turn.places(turn.whole(i))
        verb = next((j for j in places if "naming" in kinds[j].cues), -1)
        passive = any(kinds[j].lemma in ("werden", "gelten") for j in places)
        if verb < 0 or (turn.holds(turn.whole(i), _SELF) and not passive):
            continue
        end = turn.clauses[turn.number[i]].end
        for j in noun_phrase(kinds, i, end) or range(i + 1, min(i + 3, end)):
            marks[j] = verb if marks[j] < 0 else marks[j]
