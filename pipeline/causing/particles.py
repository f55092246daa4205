"""Causes that only a particle, the order of clauses or a question shows: nämlich, ja, doch, und dann … halt, `Warum? Die Miete ist billig.`"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.causing.phrases import noun_phrase
from pipeline.causing.spans import (
    aside,
    asks,
    behind,
    domain,
    opened,
    question_before,
    said,
    says,
    sentence_before,
    trim,
    trim_intro,
)
from pipeline.causing.statement import NOTHING, Statement, stated
from pipeline.causing.units import Reading, Unit
from pipeline.stances.turn import Span

_UNKNOWN = frozenset("wissen fragen sagen ahnung wüsste erklären verstehen".split())
_NO_REASON = frozenset("das es aber also dann da dat sonst d.h. d.h sprich heißt".split())  # what a clause of a reason does not begin with
_SURE = frozenset("ja doch".split())
_AFTER_FINITE = 4  # words behind the verb within which ja and doch are particles of the clause


def particles(reading: Reading) -> Iterator[Statement]:
    for number, unit in enumerate(reading.units):
        if unit.main < 0:
            yield from _short_answer(reading, unit)
        if unit.main < 0 or asks(reading, unit):
            continue
        yield from _namely(reading, number, unit)
        yield from _then(reading, number, unit)
        yield from _answers(reading, number, unit)
        yield from _list(reading, number, unit)


def _namely(reading: Reading, number: int, unit: Unit) -> Iterator[Statement]:
    """A clause whose particle marks it as the reason for what was just said."""
    clause = reading.turn.clauses[unit.main]
    if clause.finite < 0:
        return
    for i in range(clause.finite + 1, clause.end):
        word = reading.low(i)
        if word in ("nämlich", "schließlich") and reading.low(i - 1) != "," and unit.end - unit.start > 4:
            yield from stated(reading, trim(reading, unit.start, unit.end), _stated_before(reading, number), (i, i + 1), "namely")
            return
        if word in _SURE and i <= clause.finite + _AFTER_FINITE and reading.kinds[i].tag == "ADV" and _explains(reading, number, unit):
            yield from stated(reading, trim(reading, unit.start, unit.end), _stated_before(reading, number), (i, i + 1), "namely")
            return


def _stated_before(reading: Reading, number: int) -> Span | None:
    """What is explained; never a question, never the interviewer's."""
    span = behind(reading, number)
    if span is None or reading.low(reading.turn.ends[reading.turn.clauses[reading.turn.number[span[0]]].sentence] - 1) == "?":
        return (0, 0)
    return span


def _explains(reading: Reading, number: int, unit: Unit) -> bool:
    """Behind a negated clause of the same sentence, with no conjunction, about somebody or something told by name."""
    if number == 0 or reading.units[number - 1].sentence != unit.sentence or reading.low(unit.start - 1) != ",":
        return False
    before = reading.units[number - 1]
    first = reading.kinds[unit.start]
    main = reading.turn.clauses[before.main] if before.main >= 0 else None
    if main is None or main.finite < 0 or first.tag in ("KON", "KOUS", "PTKANT") or first.low in _NO_REASON:
        return False
    if reading.kinds[main.finite].tag == "VMFIN" and main.finite == trim_intro(reading, before):
        return False  # `muss das sein, …`
    noted = any("negator" in reading.kinds[i].cues or _must(reading, i) for i in range(main.start, main.end))
    if not noted or reading.kinds[main.finite].cues & {"thought", "speech"}:
        return False
    return not aside(reading, before)


def _must(reading: Reading, i: int) -> bool:
    """A modal verb of what is so, not of what could be."""
    return reading.kinds[i].tag == "VMFIN" and reading.hypothetical[i] < 0 and not reading.low(i).endswith(("te", "ten", "test"))


def _then(reading: Reading, number: int, unit: Unit) -> Iterator[Statement]:
    """`und dann bewerben die sich halt nicht mehr`: a consequence of the clause before."""
    clause = reading.turn.clauses[unit.main]
    start = trim_intro(reading, unit)
    if reading.low(start) != "dann" or clause.finite != start + 1 or number == 0 or reading.units[number - 1].sentence != unit.sentence:
        return
    if not reading.lows((clause.finite, clause.end)) & {"halt", "eben"} or "und" not in reading.lows((unit.start, start)):
        return
    if reading.kinds[clause.finite].tag == "VMFIN":
        return
    before = reading.units[number - 1]
    if before.main < 0 or opened(reading, unit, frozenset({"wenn"})):
        return
    yield from stated(reading, behind(reading, number), trim(reading, clause.finite, unit.end), (start, start + 1), "and_then")


def _answers(reading: Reading, number: int, unit: Unit) -> Iterator[Statement]:
    """The speaker's own question and its answer."""
    if reading.within[unit.sentence][0] != number and not _only_said(reading, unit, number):
        return
    if any(reading.low(i) in ("weil", "doch", "?") for i in range(unit.start, unit.end)) or _unknown(reading, unit):
        return
    if aside(reading, unit) or _believes(reading, unit):
        if number + 1 >= len(reading.units) or reading.units[number + 1].sentence != unit.sentence:
            return
        unit = reading.units[number + 1]
    cause = said(reading, unit.start, unit.end)
    effect, sign = _asked(reading, unit.sentence)
    if effect is not None and cause is not None:
        yield from stated(reading, cause, effect, sign, "question")


def _short_answer(reading: Reading, unit: Unit) -> Iterator[Statement]:
    """`Woran liegt das? An der Miete.`"""
    start = trim_intro(reading, unit)
    noun = noun_phrase(reading, start + 1) if reading.low(start) in ("an", "am") else None
    effect, sign = _asked(reading, unit.sentence) if noun else (None, NOTHING)
    if effect is not None and reading.low(sign[0]) == "woran":
        yield from stated(reading, noun, effect, sign, "question")


def _unknown(reading: Reading, unit: Unit) -> bool:
    """`Das weiß ich nicht`, `keine Ahnung`, `da müssen Sie die fragen`."""
    lows, lemmas = reading.lows((unit.start, unit.end)), reading.lemmas((unit.start, unit.end))
    return bool(lows & {"ahnung", "wüsste"} or ("ich" in lows and lemmas & _UNKNOWN) or ("fragen" in lemmas and lemmas & {"müssen"}) or "gute" in lows)


def _believes(reading: Reading, unit: Unit) -> bool:
    """`Ich glaube, die trauen sich nicht`: what is believed stands in the next unit."""
    clause = reading.turn.clauses[unit.main]
    return unit.end - unit.start <= 5 and clause.finite >= 0 and bool(reading.kinds[clause.finite].cues & {"thought", "speech"})


def _only_said(reading: Reading, unit: Unit, number: int) -> bool:
    earlier = [reading.units[n] for n in reading.within[unit.sentence] if n < number]
    return all(not says(reading, trim(reading, u.start, u.end)) for u in earlier)


def _asked(reading: Reading, sentence: int) -> tuple[Span | None, Span]:
    """What the sentence before asks the reason of, and the words that ask."""
    effect = question_before(reading, sentence)
    if sentence <= 0:
        return None, NOTHING
    unit = reading.units[reading.within[sentence - 1][0]]
    start = trim_intro(reading, unit)
    if effect is not None:
        return effect, (start, start + 1)
    asking = reading.low(start) in ("woran", "woher", "wodurch") or (reading.low(start) == "wie" and reading.low(start + 1).startswith("kommt"))
    if not asking or reading.low(reading.turn.ends[sentence - 1] - 1) != "?":
        return None, NOTHING
    if not reading.lemmas((start, unit.end)) & {"liegen", "kommen"}:
        return None, NOTHING
    for n in opened(reading, unit, frozenset({"dass"})):
        clause = reading.turn.clauses[n]
        return trim(reading, clause.opener + 1, domain(reading, n)), (start, clause.opener + 1)
    return sentence_before(reading, sentence - 1), (start, start + 1)


def _list(reading: Reading, number: int, unit: Unit) -> Iterator[Statement]:
    """`Kein Auto, kein Bus, zwei kleine Kinder – da bleibste zu Hause.`"""
    start = trim_intro(reading, unit)
    clause = reading.turn.clauses[unit.main]
    if number == 0 or reading.low(start) != "da" or clause.finite != start + 1:
        return
    before = reading.units[number - 1]
    lacking = reading.lows((trim_intro(reading, before), trim_intro(reading, before) + 1)) & {"kein", "keine", "keinen", "nichts", "nix"}
    if before.sentence == unit.sentence and before.main < 0 and lacking and says(reading, trim(reading, before.start, before.end)):
        effect = trim(reading, unit.start, unit.end)
        yield from stated(reading, trim(reading, before.start, before.end), effect, NOTHING, "juxtaposed")
