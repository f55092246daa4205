"""A turn cut into units: a main clause with the clauses that depend on it, and what belongs to it before and behind."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.causing.words import CONSEQUENCE, HERE, INTRO, NONSENSE, OUTRO, POINTING
from pipeline.stances.clauses import Clause
from pipeline.stances.turn import Span, Turn
from pipeline.stances.words import Kind

CAUSAL = frozenset({"weil", "da", "denn", "zumal"})
_DEPENDENT = CAUSAL - {"denn"} | {"obwohl", "wobei", "während"}
_CALLS = ("hör", "guck", "kuck", "schau")  # `hör'n Se mal, junge Frau`
_LONG = 3  # units of a sentence before of which only the last is what a connective points back to
_BACK = 4  # sentences back that are looked at
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
        return {word for i in range(*span) for word in self.kinds[i].words}

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
        return {self.kinds[i].lemma for i in range(*span)}


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
        return _content(turn, (clause.start, clause.end)) and kinds[clause.start].tag not in ("APPR", "APPRART", "PTKNEG")
    if clause.kind != "main":
        leads = clause.opener < 0 or kinds[clause.opener].low not in CAUSAL or kinds[clause.start].tag == "KON"
        return clause.matrix > n and unit.main >= 0 and leads
    if unit.main < 0:
        return not (before.matrix == n or before.kind != "fragment" or not _content(turn, (before.start, before.end)))
    if kinds[clause.start].low in ("und", "oder") and kinds[clause.start - 1].low not in (",", "–", ";", "-", ":"):
        ahead = [kinds[i].low for i in range(clause.start + 1, min(clause.start + 4, clause.end))]
        pointing = ahead[:1] == ["das"] and clause.finite >= 0 and kinds[clause.finite].lemma in ("liegen", "führen", "kommen", "hängen", "haben")
        return pointing or bool(set(ahead) & (POINTING | {"dann", "damit", "da"}))
    if kinds[before.start].low == "sodass":
        return False  # told as a clause of its own: `sodass ich | laufen muss`
    return not ((before.kind == "subordinate" or _depends(turn, n - 1)) and _speaks(turn, before))


def _speaks(turn: Turn, clause: Clause) -> bool:
    """Whether a clause ends with a verb of saying or thinking, so that the next one is what is said: `weil der meinte, …`."""
    last = clause.end - 1
    while last > clause.start and turn.kinds[last].tag[:1] == "$":
        last -= 1
    return any(turn.kinds[i].verbal and turn.kinds[i].cues & {"speech", "thought"} for i in range(max(last - 1, clause.start), last + 1))


def _content(turn: Turn, span: Span) -> bool:
    """Whether something is said in the words, not only begun."""
    words = [i for i in range(*span) if turn.kinds[i].tag[:1] != "$" and turn.kinds[i].low not in INTRO]
    return len(words) >= _WORDS and any(turn.kinds[i].tag[:1] in "NVA" for i in words)


def trim(reading: Reading, start: int, end: int) -> Span:
    """The words without what opens or closes them: connecting words, punctuation, questions for assent."""
    kinds = reading.kinds
    while start < end and (kinds[start].tag[:1] == "$" or _opens(reading, start, end)):
        start += 1
    while end > start and (kinds[end - 1].tag[:1] == "$" or _closes(reading, start, end - 1) or (kinds[end - 1].low == "nicht" and kinds[end - 2].low == ",")):
        end -= 1
    return start, end


def _opens(reading: Reading, i: int, end: int) -> bool:
    kind = reading.kinds[i]
    if kind.low in ("dann", "da") and i + 1 < end:
        return kind.low == "dann" and reading.kinds[i + 1].verbal == "f"
    if kind.low in ("ja", "doch", "so", "eben", "halt", "denn") and i + 1 < end and kind.tag == "ADV":
        return kind.low in ("ja", "doch") and reading.low(i + 1) == ","
    return kind.low in INTRO


def _closes(reading: Reading, start: int, i: int) -> bool:
    kinds = reading.kinds
    if kinds[i].tag == "KON" or kinds[i].tag == "KOUS":
        return True
    return i > start and kinds[i].low in OUTRO and kinds[i - 1].low == ","


def says(reading: Reading, span: Span) -> bool:
    """Whether a trimmed span is enough to be a cause or an effect."""
    return span[0] < span[1] and _content(reading.turn, span)


def domain(reading: Reading, n: int) -> int:
    """Where the clause n ends, with all that depends on it and all joined to it."""
    clauses, kinds, unit = reading.turn.clauses, reading.kinds, reading.units[reading.of[n]]
    inside = {n}
    end = clauses[n].end
    for m in range(n + 1, unit.last):
        clause = clauses[m]
        fresh = clause.opener >= 0 and kinds[clause.opener].low in CAUSAL | {"sodass"} and clause.matrix not in inside
        joined = clause.joined in inside and not fresh
        again = clause.whole in inside
        spoken = clause.kind == "main" and m - 1 in inside and (clauses[m - 1].kind != "main" or m - 1 == n)
        spoken = spoken and _speaks(reading.turn, clauses[m - 1])
        taken = m - 1 in inside and clause.opener == clause.start and kinds[clause.opener].low == "dass"
        above = clauses[n].matrix == m and not (spoken and 0 <= unit.main < n)
        if above or not (clause.matrix in inside or joined or again or spoken or taken):
            break
        inside.add(m)
        end = clause.end
    return end


def opened(reading: Reading, unit: Unit, words: frozenset[str]) -> list[int]:
    """The clauses of a unit that one of the words opens."""
    return [
        n for n in range(unit.first, unit.last)
        if (c := reading.turn.clauses[n]).whole == n and c.opener >= 0 and reading.kinds[c.opener].low in words
    ]  # fmt: skip


def bare(reading: Reading, unit: Unit) -> Span:
    """What a unit says without the clauses that give a reason for it, and without `ich glaube, dass`."""
    start, end, clauses = unit.start, unit.end, reading.turn.clauses
    for n in opened(reading, unit, CAUSAL - {"denn"}):
        if clauses[n].start > start:
            end = clauses[n].start
            break
        start = max(start, domain(reading, n))
    start, end = trim(reading, start, end)
    if reading.low(start) == "dass" and start < end:
        start += 1
    while end > start and reading.low(end - 1) in ("sondern", "nur", "auch", "bloß"):
        end -= 1
    return framed(reading, unit, (start, end))


def framed(reading: Reading, unit: Unit, span: Span) -> Span:
    """`ich glaube, dass die …`: only the clause that the speaker believes."""
    clauses, kinds = reading.turn.clauses, reading.kinds
    main = clauses[unit.main] if unit.main >= 0 else None
    if main is None or not any(kinds[i].verbal and kinds[i].cues & {"speech", "thought"} for i in range(main.start, main.end)):
        return span
    speaker = reading.lows((main.start, main.end)) & {"ich", "man", "wir"}
    for n in range(unit.main + 1, unit.last):
        clause = clauses[n]
        if speaker and clause.matrix == unit.main and clause.opener >= 0 and kinds[clause.opener].low in ("dass", "das"):
            return trim(reading, clause.opener + 1, max(span[1], clause.opener + 1)) if clause.opener < span[1] else span
    return span


def aside(reading: Reading, unit: Unit) -> bool:
    """`sagt die Frau im Amt`, `glauben Sie mir`, `das sag ich Ihnen`: no statement of its own."""
    kinds, clause = reading.kinds, reading.turn.clauses[unit.main] if unit.main >= 0 else None
    start, end = trim(reading, unit.start, unit.end)
    if clause is None or clause.finite < 0:
        return not says(reading, (start, end)) or (end - start <= 6 and kinds[start].low.startswith(_CALLS))
    speaking = bool(kinds[clause.finite].cues & {"speech", "thought"}) or kinds[clause.finite].lemma in ("sagen", "wissen", "meinen", "sehen", "hören", "gucken", "schauen")
    if end - start <= 5 and unit.last - unit.first == 1 and _speaks(reading.turn, clause):
        return True  # `mein Vater hat gesagt`: what he said comes behind
    asking = kinds[start].tag == "VVIMP" or (clause.finite == start and {"sie", "se", "du"} & reading.lows((start, start + 2)))
    first = clause.finite == start or kinds[start].low in HERE | {"so", "wie"}
    return unit.last - unit.first == 1 and ((end - start <= 7 and speaking and first) or (end - start <= 4 and bool(asking)))


def behind(reading: Reading, number: int) -> Span | None:
    """What a connective in the unit `number` points back to: the unit before it, or the last sentence that says something."""
    unit = reading.units[number]
    for n in reversed([n for n in reading.within[unit.sentence] if n < number][-_BACK:]):
        if not aside(reading, reading.units[n]):
            span = bare(reading, reading.units[n])
            if says(reading, span):
                return span
    return sentence_before(reading, unit.sentence)


def sentence_before(reading: Reading, sentence: int) -> Span | None:
    """The last sentence before that says something: all of it where it is short, else its last unit."""
    for s in range(sentence - 1, max(sentence - 1 - _BACK, -1), -1):
        units = [reading.units[n] for n in reading.within[s] if not aside(reading, reading.units[n])]
        spans = [span for unit in units[-_LONG:] if says(reading, span := bare(reading, unit))]
        if spans:
            return (spans[0][0], spans[-1][1]) if len(units) < _LONG else spans[-1]
        if any(says(reading, (u.start, u.end)) for u in units):
            return None
    return None


def asks(reading: Reading, unit: Unit) -> bool:
    """Whether the unit is a question; `…, oder?` makes none."""
    end = reading.turn.ends[unit.sentence]
    if reading.low(end - 1) != "?" or unit.end < end:
        return False
    start, stop = trim(reading, unit.start, unit.end)
    if stop < unit.end - 1:
        return False
    first = reading.kinds[start] if start < stop else None
    return first is not None and (first.verbal == "f" or first.tag[:2] == "PW" or reading.low(start + 1) in ("w",))


def dismissed(reading: Reading, number: int) -> bool:
    """Whether the unit behind says that it is not so: `das ist doch Quatsch`, `stimmt aber nicht`."""
    unit = reading.units[number]
    if reading.low(unit.start) == "von" and reading.low(unit.start + 1) == "wegen":
        return True
    main = reading.turn.clauses[unit.main] if unit.main >= 0 else None
    if main is not None and main.start > unit.start and reading.low(unit.start) == "dass" and reading.lows((main.start, main.end)) & NONSENSE:
        return True
    if number + 1 >= len(reading.units) or reading.units[number + 1].sentence > unit.sentence + 1:
        return False
    after = reading.units[number + 1]
    words, lemmas = reading.lows((after.start, after.end)), reading.lemmas((after.start, after.end))
    if after.end - after.start > 10:
        return False
    nonsense = bool(words & NONSENSE) and (bool(words & HERE) or after.end - after.start <= 3)
    return nonsense or ("nicht" in words and bool(lemmas & {"stimmen", "wahr"}) and not words & CONSEQUENCE)
