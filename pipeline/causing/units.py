"""A turn cut into units: a main clause with the clauses that depend on it, and what belongs to it before and behind."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.causing.words import INTRO, POINTING
from pipeline.stances.clauses import Clause
from pipeline.stances.turn import Span, Turn
from pipeline.stances.words import Kind

CAUSAL = frozenset({"weil", "da", "denn", "zumal"})
_DEPENDENT = CAUSAL - {"denn"} | {"obwohl", "wobei", "während"}
_NEAR = 40  # words to each side
_MOST = 20  # clauses of a unit: where nobody wrote down where sentences end, one would hold a whole turn
_WORDS = 2  # words a clause needs to be a cause or an effect


class Unit(NamedTuple):
    """Words [start, end) and clauses [first, last) of a turn; `main` is the number of its main clause or -1."""

    start: int
    end: int
    first: int
    last: int
    main: int
    sentence: int


class Reading(NamedTuple):
    """A turn as the rules of this room read it.

    `of` is the unit of every clause, `within` the units of every sentence; `hypothetical` has for every word the place of what
    makes it thought only, or -1. `asked`: the turn answers a question of the interviewer.
    """

    turn: Turn
    units: list[Unit]
    of: list[int]
    within: list[list[int]]
    hypothetical: Sequence[int]
    asked: bool

    @property
    def kinds(self) -> list[Kind]:
        return self.turn.kinds

    def clause(self, place: int) -> Clause:
        """The stretch of the clause in which a word stands."""
        return self.turn.clauses[self.turn.number[place]]

    def unit(self, place: int) -> Unit:
        return self.units[self.of[self.turn.number[place]]]

    def low(self, place: int) -> str:
        return self.kinds[place].low if 0 <= place < len(self.kinds) else ""

    def lows(self, span: Span) -> set[str]:
        return {word for kind in self.kinds[max(span[0], 0) : max(span[1], 0)] for word in kind.words}

    def places(self, place: int) -> list[int]:
        """The places of the words of a clause around one of its words; of a clause without end only those near it."""
        all_places = self.turn.places(self.turn.number[place])
        if len(all_places) <= 2 * _NEAR:
            return all_places
        here = bisect_left(all_places, place)
        return all_places[max(here - _NEAR, 0) : here + _NEAR]

    def negated(self, place: int) -> bool:
        """Whether a word of the clause negates."""
        return any("negator" in self.kinds[i].cues for i in self.places(place))

    def lemmas(self, span: Span) -> set[str]:
        return {kind.lemma for kind in self.kinds[max(span[0], 0) : max(span[1], 0)]}


def reading_of(turn: Turn, hypothetical: Sequence[int], asked: bool) -> Reading:
    units: list[Unit] = []
    of: list[int] = []
    within: list[list[int]] = [[] for _ in turn.ends]
    for n, clause in enumerate(turn.clauses):
        new = not units or units[-1].sentence != clause.sentence or _begins(turn, n, units[-1])
        is_main = clause.kind == "main" and not _depends(turn, n)
        if new:
            within[clause.sentence].append(len(units))
            units.append(Unit(clause.start, clause.end, n, n + 1, n if is_main else -1, clause.sentence))
        else:
            unit = units[-1]
            main = n if unit.main < 0 and is_main else unit.main
            units[-1] = unit._replace(end=clause.end, last=n + 1, main=main)
        of.append(len(units) - 1)
    return Reading(turn, units, of, within, hypothetical, asked)


def _depends(turn: Turn, n: int) -> bool:
    """A clause told as a main one that depends: `weil ich kann kein Deutsch`, `einen Lotsen, der Türkisch kann`."""
    clause, kinds = turn.clauses[n], turn.kinds
    if clause.opener >= 0 and kinds[clause.opener].low in _DEPENDENT:
        return True
    last = clause.end - 1
    while last > clause.start and kinds[last].tag[:1] == "$":
        last -= 1
    relative = kinds[clause.start].low in ("der", "die", "das", "den", "dem", "denen", "wo")
    return relative and clause.finite == last > clause.start + 1 and clause.joined >= 0


def _begins(turn: Turn, n: int, unit: Unit) -> bool:
    """Whether a clause begins a new unit of its sentence."""
    clause, before, kinds = turn.clauses[n], turn.clauses[n - 1], turn.kinds
    if n - unit.first >= _MOST:
        return True
    if clause.whole != n or (clause.kind == "main" and _depends(turn, n)):
        return False
    if clause.kind == "fragment":
        return content(turn, (clause.start, clause.end)) and kinds[clause.start].tag not in ("APPR", "APPRART", "PTKNEG")
    if clause.kind != "main":
        leads = clause.opener < 0 or kinds[clause.opener].low not in CAUSAL or kinds[clause.start].tag == "KON"
        return clause.matrix > n and unit.main >= 0 and leads
    if unit.main < 0:
        return not (before.matrix == n or before.kind != "fragment" or not content(turn, (before.start, before.end)))
    if kinds[clause.start].low in ("und", "oder") and kinds[clause.start - 1].low not in (",", "–", ";", "-", ":"):
        ahead = [kinds[i].low for i in range(clause.start + 1, min(clause.start + 4, clause.end))]
        pointing = ahead[:1] == ["das"] and clause.finite >= 0 and kinds[clause.finite].lemma in ("liegen", "führen", "kommen", "hängen", "haben")
        return pointing or bool(set(ahead) & (POINTING | {"dann", "damit", "da"}))
    if kinds[before.start].low == "sodass":
        return False  # told as a clause of its own: `sodass ich | laufen muss`
    return not ((before.kind == "subordinate" or _depends(turn, n - 1)) and speaks(turn, before))


def speaks(turn: Turn, clause: Clause) -> bool:
    """Whether a clause ends with a verb of saying or thinking, so that the next one is what is said: `weil der meinte, …`."""
    last = clause.end - 1
    while last > clause.start and turn.kinds[last].tag[:1] == "$":
        last -= 1
    return any(turn.kinds[i].verbal and turn.kinds[i].cues & {"speech", "thought"} for i in range(max(last - 1, clause.start), last + 1))


def content(turn: Turn, span: Span) -> bool:
    """Whether something is said in the words, not only begun."""
    words, telling = 0, False
    for i in range(*span):
        kind = turn.kinds[i]
        if kind.tag[:1] != "$" and kind.low not in INTRO:
            words += 1
            telling = telling or kind.tag[:1] in "NVA"
        if telling and words >= _WORDS:
            return True
    return False
