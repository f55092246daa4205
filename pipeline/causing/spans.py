"""What a unit says: where a cause or an effect begins and ends, and what a connective points back to."""

from __future__ import annotations

from pipeline.causing.units import CAUSAL, Reading, Unit, content, speaks
from pipeline.causing.words import CONSEQUENCE, HERE, INTRO, NONSENSE, OUTRO, PARTICLES, WHY
from pipeline.stances.turn import Span

_CALLS = ("hör", "guck", "kuck", "schau")  # `hör'n Se mal, junge Frau`
_TURNING = frozenset("sagen wissen meinen sehen hören gucken schauen".split())  # `siehst du`, `wissen Sie`
_LONG = 3  # units of a sentence before of which only the last is what a connective points back to
_BACK = 4  # sentences back that are looked at


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
    return span[0] < span[1] and content(reading.turn, span)


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
        spoken = spoken and speaks(reading.turn, clauses[m - 1])
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
    speaking = bool(kinds[clause.finite].cues & {"speech", "thought"}) or kinds[clause.finite].lemma in _TURNING
    if start >= end:
        return True
    if end - start <= 5 and unit.last - unit.first == 1 and speaks(reading.turn, clause):
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


def trim_intro(reading: Reading, unit: Unit) -> int:
    """The first word of a unit that is neither punctuation nor `und`, `ja`."""
    i = unit.start
    while i < unit.end - 1 and (reading.kinds[i].tag[:1] == "$" or reading.low(i) in ("ja", "na", "und", "also")):
        i += 1
    return i


def said(reading: Reading, start: int, end: int) -> Span | None:
    span = trim(reading, start, end)
    words = [i for i in range(*span) if reading.kinds[i].tag[:1] != "$"]
    noun = len(words) == 1 and reading.kinds[words[0]].tag == "NN"
    empty = (not noun and len(words) < 2) or all(reading.low(i) in PARTICLES for i in words)
    return None if empty else span


def question_before(reading: Reading, sentence: int) -> Span | None:
    """What a question of the speaker's own with warum asks the reason of, in the sentence before."""
    if sentence <= 0 or reading.low(reading.turn.ends[sentence - 1] - 1) != "?":
        return None
    unit = reading.units[reading.within[sentence - 1][0]]
    start = trim_intro(reading, unit)
    if reading.low(start) in ("wissen", "weißt", "wisst"):  # `Wissen Sie, warum …?`
        start = next((i for i in range(start, min(start + 5, unit.end)) if reading.low(i) in WHY), start)
    if reading.low(start) not in WHY:
        return None
    span = trim(reading, start + 1, reading.turn.ends[sentence - 1])
    words = reading.lows(span)
    if span[1] - span[0] <= 4 and words & HERE and words & {"ist", "so", "machen", "mache"}:
        return sentence_before(reading, sentence - 1)
    return span if span[1] - span[0] > 1 else sentence_before(reading, sentence - 1)
