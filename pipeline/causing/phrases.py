"""Causes as a noun phrase with a preposition: wegen, aufgrund, dank, mangels, vor lauter, aus Scham, durch den Umbau."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.causing.denial import framed_denial
from pipeline.causing.spans import asks, behind, question_before, says, trim
from pipeline.causing.statement import Statement, stated
from pipeline.causing.units import Reading
from pipeline.causing.words import (
    CAUSAL_PREPOSITIONS,
    FIGHTING,
    MODALS,
    MOTION,
    MOTIVES,
    PLACE_ENDINGS,
    PLACES,
    THROUGH_NAMES,
    TIMES,
    TOPIC_NOUNS,
    TOPIC_VERBS,
)
from pipeline.stances.turn import Span

_BEFORE_NOUN = frozenset({"ART", "PPOSAT", "PDAT", "PIAT", "ADJA", "CARD", "ADV", "PTKNEG", "PIDAT", "TRUNC", "PIS", "ADJD"})
_NOUN = frozenset({"NN", "NE", "FM", "XY"})
_CLOSE = frozenset({"von", "vom", "der", "des", "vor", "gegenüber"})
_ME = frozenset("mir dir ihm uns euch meiner deiner ihnen".split())


def phrases(reading: Reading) -> Iterator[Statement]:
    for number, unit in enumerate(reading.units):
        for i in range(unit.start, unit.end):
            sign = _sign(reading, i)
            if sign is None:
                continue
            noun = noun_phrase(reading, sign[1]) or _before(reading, i)
            if noun is None or not _is_cause(reading, i, sign, noun) or _denied(reading, i) or asks(reading, unit):
                continue
            yield from _stated(reading, number, sign, whole(reading, noun))


def _sign(reading: Reading, i: int) -> Span | None:
    low, tag = reading.low(i), reading.kinds[i].tag
    if low in CAUSAL_PREPOSITIONS and tag != "NN" and reading.low(i - 1) != "von":
        return i, i + 1
    if low == "auf" and reading.low(i + 1) == "grund" and reading.kinds[min(i + 2, len(reading.kinds) - 1)].tag in _BEFORE_NOUN | {"APPR"}:
        return i, i + 2
    if low == "vor" and reading.low(i + 1) == "lauter":
        return i, i + 2
    return (i, i + 1) if low in ("aus", "vor", "durch", "durchs") and tag in ("APPR", "APPRART", "PTKVZ", "ADV") else None


def _before(reading: Reading, i: int) -> Span | None:
    """`der Kinder wegen`: the noun phrase before its postposition."""
    if reading.low(i) != "wegen" or i < 2 or reading.kinds[i - 1].tag != "NN" or reading.kinds[i - 2].tag not in ("ART", "PPOSAT", "PDAT"):
        return None
    return i - 2, i


def noun_phrase(reading: Reading, start: int) -> Span | None:
    """The noun phrase that begins at the place, with what follows its noun closely (`vom Jugendzentrum`, `der fehlenden Leute`)."""
    kinds, i = reading.kinds, start
    while i < len(kinds) and kinds[i].tag in _BEFORE_NOUN and kinds[i].tag not in _NOUN and kinds[i].verbal == "":
        i += 1
    if i == start and i + 1 < len(kinds) and kinds[i].low in ("des", "das", "dem", "der", "die", "den") and kinds[i + 1].tag in _NOUN | {"ADJA"}:
        i += 1
        while i < len(kinds) and kinds[i].tag == "ADJA":
            i += 1
    if i < len(kinds) and kinds[i].tag in ("PPER", "PDS", "PRF") and i == start:
        return start, i + 1
    if i >= len(kinds) or kinds[i].tag not in _NOUN:
        return (start, i) if i > start and kinds[i - 1].tag in ("PIS", "PIAT") else None
    return start, _behind_noun(reading, i + 1)


def whole(reading: Reading, noun: Span) -> Span:
    """A noun phrase with the relative clause that follows it: `wegen Dingen, die weit weg passiert sind`."""
    i = noun[1] + 1
    if reading.low(noun[1]) != "," or i >= len(reading.kinds) or reading.clause(i).kind != "relative" or reading.clause(i).opener != i:
        return noun
    return noun[0], trim(reading, i, reading.clause(i).end)[1]


def _behind_noun(reading: Reading, i: int) -> int:
    kinds = reading.kinds
    while i < len(kinds) and kinds[i].tag in _NOUN:
        i += 1
    attribute = i + 1 < len(kinds) and (kinds[i].low in _CLOSE or (kinds[i].low == "und" and kinds[i + 1].tag in _BEFORE_NOUN | _NOUN | {"APPR"}))
    if attribute and kinds[i].tag in ("ART", "APPR", "APPRART", "KON"):
        following = noun_phrase(reading, i if kinds[i].tag == "ART" else i + 1)
        if following is not None and not _verb_soon(reading, following[1], kinds[i].low):
            return following[1]
    return i


def _verb_soon(reading: Reading, i: int, low: str) -> bool:
    """`und die Leute gehen`: what `und` joins is a new clause."""
    return low == "und" and i < len(reading.kinds) and reading.kinds[i].verbal == "f"


def _is_cause(reading: Reading, i: int, sign: Span, noun: Span) -> bool:
    low = reading.low(i)
    first, last = reading.low(noun[0]), _head(reading, noun)
    clause = reading.clause(i)
    lemmas = {reading.kinds[j].lemma for j in reading.places(i)}
    if low in CAUSAL_PREPOSITIONS:
        if first in ("mir", "meiner"):
            return False
        if first in _ME and (lemmas & MODALS or reading.low(noun[0]) != "uns"):
            return not lemmas & MODALS and clause.kind == "main" and reading.kinds[clause.finite].tag != "VMFIN"
        if first in ("was", "wem", "wessen", "dessen", "dem", "sowas") and noun[1] - noun[0] == 1:
            return False
        about = lemmas & TOPIC_VERBS and not reading.negated(i)
        return not about and reading.low(i - 1) not in TOPIC_NOUNS and reading.low(i + 1) not in ("welchen", "welchem")
    if sign[1] - sign[0] == 2:
        return True
    if low == "aus":
        reasons = (last.endswith("gründen") and noun[1] - noun[0] >= 2) or first in ("lauter", "reiner", "reinem", "purer", "purem")
        return reasons or (_is_motive(reading, noun) and reading.kinds[noun[0]].tag in ("NN", "ADJA", "PIAT", "ADV", "NE"))
    if low == "vor":
        return reading.kinds[noun[0]].tag == "NN" and _is_motive(reading, noun) and not _taken(reading, i)
    return _is_cause_through(reading, i, noun, lemmas)


def _head(reading: Reading, noun: Span) -> str:
    return next((reading.low(j) for j in range(*noun) if reading.kinds[j].tag in _NOUN), "")


def _is_motive(reading: Reading, noun: Span) -> bool:
    head = next((reading.kinds[j] for j in range(*noun) if reading.kinds[j].tag in _NOUN), None)
    return head is not None and (head.lemma in MOTIVES or head.low in MOTIVES or head.low.endswith(("mangel", "angst", "gefühl")))


def _taken(reading: Reading, i: int) -> bool:
    """`Angst vor Hunger`: the preposition belongs to the noun before."""
    return reading.kinds[i - 1].tag in _NOUN | {"ADJD"} if i else False


def _is_cause_through(reading: Reading, i: int, noun: Span, lemmas: set[str]) -> bool:
    """`durch` of a cause: no way, no place, no time, no doer of a passive."""
    head = next((reading.kinds[j] for j in range(*noun) if reading.kinds[j].tag in _NOUN), None)
    if head is None or (head.tag == "NE" and head.low not in THROUGH_NAMES) or reading.kinds[i].tag == "PTKVZ" or reading.low(noun[1]) in ("durch", "hindurch"):
        return False
    names = {head.lemma, head.low}
    if names & (PLACES | TIMES | {"zufall", "blume"}) or head.low.endswith(PLACE_ENDINGS) or lemmas & (FIGHTING | MOTION - {"kommen"}):
        return False
    done = any(reading.low(j).endswith(("ung", "nis", "ion", "ungen")) for j in range(i - 3, i)) and reading.kinds[i - 1].tag == "NN"
    if done or any(lemma.startswith("durch") and lemma != "durch" for lemma in lemmas):
        return False  # `eine Missachtung durch die Fraktionen`: who does it
    clause = reading.clause(i)
    front = i <= clause.start + 2 and clause.finite > i
    passive = "werden" in lemmas and any(reading.kinds[j].verbal == "p" for j in reading.places(i))
    return front or not passive


def _denied(reading: Reading, i: int) -> bool:
    before = reading.low(i - 1) if i else ""
    if before == "nicht" or (before in ("etwa", "jetzt", "unbedingt") and reading.low(i - 2) == "nicht"):
        return True
    return framed_denial(reading, i)


def _stated(reading: Reading, number: int, sign: Span, noun: Span) -> Iterator[Statement]:
    unit, clause = reading.units[number], reading.clause(sign[0])
    start, end = clause.start, clause.end
    if clause.opener >= 0 and clause.kind != "main":
        start = clause.opener + 1
    if clause.finite < 0 or clause.kind == "fragment":
        before, after = trim(reading, unit.start, sign[0]), trim(reading, noun[1], unit.end)
        if before[0] >= before[1] and says(reading, after) and reading.low(noun[1]) != ",":  # `wegen Corona alles zu`
            yield from stated(reading, noun, after, sign, "wegen")
            return
        effect: Span | None = before if says(reading, before) and unit.main >= 0 else question_before(reading, unit.sentence) or behind(reading, number)
        yield from stated(reading, noun, effect, sign, "wegen")
        return
    main = clause.kind == "main"
    end = unit.end if main and unit.main >= 0 and reading.turn.number[sign[0]] >= unit.main else clause.end
    first = min(sign[0], noun[0])
    front = main and first <= trim(reading, start, end)[0] + 2 and sign[0] < clause.finite and _opens(reading, start, first)
    if front:
        cause = noun if noun[0] < sign[0] else trim(reading, sign[1], clause.finite)
        yield from stated(reading, cause, trim(reading, clause.finite, end), sign, "wegen")
        return
    comma = next((j for j in range(sign[0] - 1, max(sign[0] - 9, start), -1) if reading.low(j) in (",", "–")), -1)
    appended = comma > clause.finite and not any(reading.kinds[j].verbal for j in range(comma, sign[0]))
    effect = trim(reading, start, comma) if appended else trim(reading, start, end)
    yield from stated(reading, noun, effect, sign, "wegen")


def _opens(reading: Reading, start: int, place: int) -> bool:
    """Whether nothing but small words stands before the phrase."""
    return not any(reading.kinds[j].tag in ("NN", "NE", "PPER", "ART", "PIS", "PDS") for j in range(start, place))
