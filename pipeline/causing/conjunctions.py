"""Clauses that give a reason or a result by their conjunction: weil, da, denn, zumal, so … dass, sodass, and wenn of a regularity."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.causing.denial import denied_before, is_remark
from pipeline.causing.spans import (
    asks,
    behind,
    domain,
    framed,
    opened,
    question_before,
    said,
    says,
    trim,
    trim_intro,
)
from pipeline.causing.statement import Statement, stated
from pipeline.causing.units import CAUSAL, Reading, Unit
from pipeline.causing.words import (
    FOCUS,
    GUESSING,
    MERELY,
    MODALS,
    POINTING,
    TELLING,
)
from pipeline.stances.turn import Span


def reasons(reading: Reading) -> Iterator[Statement]:
    """weil, da, zumal in every order of words, before or behind the effect or as a sentence of its own; denn."""
    for number, unit in enumerate(reading.units):
        for n in opened(reading, unit, CAUSAL):
            yield from _reason(reading, number, n)
        first = trim_intro(reading, unit)
        if reading.low(first) == "denn" and unit.main >= 0 and reading.kinds[first + 1 if first + 1 < unit.end else first].verbal != "f":
            effect = behind(reading, number)
            if not asks(reading, unit) and reading.kinds[min(first + 1, unit.end - 1)].tag[:2] != "PW":
                yield from stated(reading, said(reading, first + 1, unit.end), effect, (first, first + 1), "denn")


def _reason(reading: Reading, number: int, n: int) -> Iterator[Statement]:
    unit, clause = reading.units[number], reading.turn.clauses[n]
    word, sign = reading.low(clause.opener), (clause.opener, clause.opener + 1)
    if word == "denn" or (word == "da" and not _is_causal_da(reading, unit, n)) or denied_before(reading, unit, clause.opener):
        return
    end = domain(reading, n)
    cause = said(reading, clause.opener + 1, end)
    if cause is None or _of_the_talk(reading, cause):
        return
    second = clause.kind == "main" or reading.low(clause.opener + 1) == ","
    before = _before(reading, unit, n)
    if before is not None:
        if is_remark(reading, before) or (asks(reading, unit) and reading.kinds[unit.start].verbal == "f"):
            return
        if (second and word == "weil" and _guesses(reading, before)) or _of_another(reading, unit, before, end):
            return
        if word == "da" and not any(reading.kinds[i].verbal == "f" for i in range(*before)):
            return
        if reading.low(clause.opener - 1) in ("nur", "bloß") and reading.lows(before) & {"würde", "würden", "würd"}:
            return
        if reading.lows(before) <= MERELY:  # `das kommt daher, weil …`
            before = _earlier(reading, number)
        yield from stated(reading, cause, before, sign, word)
    elif end < unit.end and clause.matrix >= n:
        for m in opened(reading, unit, frozenset({word})):  # `weil … und weil …, …`
            end = domain(reading, m) if reading.turn.clauses[m].start <= end + 1 and m > n else end
        after = trim(reading, end, unit.end)
        only = reading.low(clause.opener - 1) in ("nur", "bloß") and clause.opener > 0
        denied = any("negator" in reading.kinds[i].cues or reading.kinds[i].lemma == "heißen" for i in range(*after))
        if not (only and denied) and not is_remark(reading, after):
            yield from stated(reading, cause, after, sign, word)
    elif word != "da":
        yield from stated(reading, cause, _earlier(reading, number), sign, _answers(reading, unit) or word)


def _before(reading: Reading, unit: Unit, n: int) -> Span | None:
    """The effect before its reason in the same unit."""
    clauses = reading.turn.clauses
    start, end = unit.start, clauses[n].start
    for m in opened(reading, unit, CAUSAL - {"denn"}):
        if m < n:
            if clauses[m].start > start and says(reading, trim(reading, start, clauses[m].start)):
                end = min(end, clauses[m].start)
            else:
                start = max(start, min(domain(reading, m), clauses[n].start))
    start, end = trim(reading, start, end)
    while end > start and (reading.low(end - 1) in FOCUS and (reading.low(end - 2) == "," or reading.low(end - 1) != "nicht") and _focusing(reading, end - 1)):
        start, end = trim(reading, start, end - 1)
    while end > start and reading.low(end - 1) in POINTING:
        start, end = trim(reading, start, end - 1)
    span = framed(reading, unit, (start, end))
    return span if says(reading, span) else None


def _guesses(reading: Reading, span: Span) -> bool:
    """`Der ist bestimmt verreist`, `der muss krank sein`: what the reason behind is one for thinking."""
    last = reading.kinds[span[1] - 1]
    must = last.lemma in ("sein", "haben") and last.verbal == "i" and reading.lemmas(span) & {"müssen"}
    return bool(must or reading.lows(span) & GUESSING)


def _of_another(reading: Reading, unit: Unit, before: Span, end: int) -> bool:
    """`Die ziehen nicht weg, weil …, sondern …`: the reason itself is denied."""
    if "nicht" in reading.lows(before) and reading.low(end - 1) == "," and reading.low(end) in ("nein", "nee"):
        return True
    return "nicht" in reading.lows(before) and "sondern" in reading.lows((end, min(end + 3, reading.turn.ends[unit.sentence])))


def _focusing(reading: Reading, i: int) -> bool:
    return reading.low(i) not in ("ja", "einfach", "halt", "natürlich", "schon") or reading.low(i - 1) == ","


def _earlier(reading: Reading, number: int) -> Span | None:
    """The effect of a reason that stands for itself: the question before, the unit before or the sentence before."""
    unit = reading.units[number]
    question = question_before(reading, unit.sentence)
    return question or behind(reading, number)


def _answers(reading: Reading, unit: Unit) -> str:
    return "question" if question_before(reading, unit.sentence) else ""


def _is_causal_da(reading: Reading, unit: Unit, n: int) -> bool:
    """`da` as a conjunction: the verb at the end; before its main clause only if that begins with its verb."""
    clause = reading.turn.clauses[n]
    after = clause.opener + 1
    if clause.kind != "subordinate" or clause.end - clause.opener < 4 or reading.low(after) in ("wo", "drüben", "hinten", "vorne", "oben", "unten", ","):
        return False
    return clause.matrix >= 0 and not reading.kinds[after].verbal and reading.kinds[after].tag[:2] not in ("$,", "KO", "PT", "PW")


def _of_the_talk(reading: Reading, cause: Span) -> bool:
    """`Weil Sie eben danach gefragt haben`: why it is said now."""
    lows, lemmas = reading.lows(cause), reading.lemmas(cause)
    return bool(lows & {"sie", "du", "wir", "ihr"} and lows & {"eben", "vorhin", "gerade", "grad", "jetzt", "schon"} and lemmas & (TELLING | {"sprechen"}))


# words behind which `so` is no measure: so was, so halb, so wie
_SO_PARTICLE = frozenset("was etwas ist war mal halb richtig ungefähr quasi wie einfach".split())


def results(reading: Reading) -> Iterator[Statement]:
    """so … dass, sodass: the result behind."""
    for number, unit in enumerate(reading.units):
        for n in opened(reading, unit, frozenset({"dass", "das"})):
            yield from _result(reading, unit, n)
        for i in range(unit.start, unit.end):
            if reading.low(i) == "sodass":
                cause = trim(reading, unit.start, i) if i > unit.start + 1 else behind(reading, number)
                yield from stated(reading, cause, trim(reading, i + 1, unit.end), (i, i + 1), "so_that")


def _result(reading: Reading, unit: Unit, n: int) -> Iterator[Statement]:
    clause = reading.turn.clauses[n]
    effect = trim(reading, clause.opener + 1, domain(reading, n))
    if clause.opener > 0 and reading.low(clause.opener - 1) == "so" and clause.start == clause.opener - 1 and reading.low(clause.start - 1) == ",":
        yield from stated(reading, said(reading, unit.start, clause.start), effect, (clause.start, clause.opener + 1), "so_that")
        return
    if clause.matrix < 0:
        return
    above = reading.turn.places(clause.matrix)
    words = [i for i in above if i < clause.start and reading.kinds[i].tag[:1] != "$"]
    so = next((i for i in words if reading.low(i) in ("so", "dermaßen", "derart", "derartig", "solch", "solche", "solchen")), -1)
    if so < 0 or so == words[-1] or any("negator" in reading.kinds[i].cues for i in above):
        return
    lemmas = {reading.kinds[i].lemma for i in above}
    next_tag = reading.kinds[so + 1].tag
    if lemmas & MODALS or next_tag not in ("ADJD", "ADJA", "ADV", "VVPP", "PIAT", "PIS", "VVFIN"):
        return
    if reading.low(so + 1) in _SO_PARTICLE or (next_tag == "VVFIN" and so + 1 != words[-1]):
        return
    lows = reading.lows((unit.start, clause.start))
    done = next_tag == "VVPP" and "haben" in lemmas and not lows & {"mich", "dich", "sich", "uns", "euch", "mir"}
    if done or (next_tag == "VVPP" and {"kann", "können"} & reading.lows(effect) and "nicht" not in reading.lows(effect)):
        return  # the manner: `so gestellt, dass alle reinpassen`
    yield from stated(reading, said(reading, unit.start, clause.start), effect, (clause.opener, clause.opener + 1), "so_that")
