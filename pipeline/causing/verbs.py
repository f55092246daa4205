"""Verbs of causing: führt dazu, dass · sorgt dafür · macht, dass · liegt an · kommt daher · hängt mit … zusammen · bringt … ins Gespräch."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.causing.conjunctions import said, trim_intro
from pipeline.causing.denial import denied_in, framed_denial
from pipeline.causing.phrases import noun_phrase
from pipeline.causing.statement import Statement, stated
from pipeline.causing.units import Reading, asks, behind, domain, opened, says, trim
from pipeline.causing.words import (
    BROKEN,
    CAUSING_VERBS,
    GIVEN,
    HERE,
    LEADING,
    LYING,
    MAKING,
    OBJECT_VERBS,
    PLACE_ENDINGS,
    PLACES,
    SOURCES,
    STATES,
    TALKING,
    TOGETHER,
    WAYS,
)
from pipeline.stances.clauses import Clause
from pipeline.stances.turn import Span

_ADVERBS = frozenset({"ADV", "PROAV", "APPR", "APPRART", "PTKNEG", "KON", "PWAV", "ADJD", "ITJ", "$,"})
_PERSONS = frozenset("ich wir du er sie man ihr mich uns mir wer".split())


def verbs(reading: Reading) -> Iterator[Statement]:
    for number, unit in enumerate(reading.units):
        if asks(reading, unit):
            continue
        found = [s for n in opened(reading, unit, frozenset({"dass", "das"})) for s in _clause_named(reading, number, n)]
        yield from found
        if not found:
            for n in range(unit.first, unit.last):
                clause = reading.turn.clauses[n]
                if clause.whole == n and clause.finite >= 0:
                    yield from _phrase_named(reading, number, clause)


def subject(reading: Reading, number: int, clause: Clause, stop: int) -> Span | None:
    """What stands as the subject of a clause up to the place `stop`; `das` and none at all point to what was said before."""
    unit, finite = reading.units[number], clause.finite
    if clause.kind in ("relative", "subordinate") and clause.opener >= 0:
        if reading.low(clause.opener) in ("was", "wat", "das"):
            return trim(reading, unit.start, clause.start)
        inner = trim(reading, clause.opener + 1, min(stop, finite))
        return None if reading.lows(inner) <= HERE | {"es"} else inner
    if reading.low(trim_intro(reading, unit)) == "so" and finite <= clause.start + 2:
        return before(reading, number)
    front = trim(reading, clause.start, finite) if finite > clause.start else (finite, finite)
    if front[0] >= front[1]:
        for n in opened(reading, unit, frozenset({"dass", "ob"})):
            if reading.turn.clauses[n].matrix == clause.whole and n < clause.whole:
                return trim(reading, reading.turn.clauses[n].opener + 1, domain(reading, n))
        middle = trim(reading, finite + 1, stop)
        return middle if says(reading, middle) and reading.kinds[middle[0]].tag in ("ART", "PPOSAT", "NN") else before(reading, number)
    nouns = {reading.kinds[i].tag for i in range(*front)} & {"NN", "NE", "PIS", "PPER", "PDAT", "ART"}
    if reading.lows(front) <= HERE | {"es", "alles", "auch", "ja", "doch", "so"}:
        for n in opened(reading, unit, frozenset({"dass"})):  # `dass die weg sind, das liegt daran, dass …`
            if n < clause.whole:
                return trim(reading, reading.turn.clauses[n].opener + 1, domain(reading, n))
        return before(reading, number)
    if not nouns or reading.kinds[front[0]].tag in ("APPR", "APPRART") or reading.low(front[0]) in LYING:
        middle = trim(reading, finite + 1, stop)
        return before(reading, number) if reading.lows(middle) & HERE or not says(reading, middle) else middle
    return front


def before(reading: Reading, number: int) -> Span | None:
    return behind(reading, number)


def _clause_named(reading: Reading, number: int, n: int) -> list[Statement]:
    """A verb whose dass-clause is the effect (führt dazu) or the cause (liegt daran)."""
    unit, child = reading.units[number], reading.turn.clauses[n]
    above = child.matrix if child.matrix >= 0 else n - 1
    if reading.low(child.start - 2) in LEADING | LYING and reading.low(child.start - 1) == ",":
        above = n - 1  # `und das kommt daher, dass …`
    if not (unit.first <= above < unit.last) or above > n:
        return []
    matrix = _with_verb(reading, reading.turn.clauses[above])
    places = [i for i in reading.turn.places(matrix.whole) if i < child.opener]
    if matrix.finite < 0 or not places or denied_in(reading, places) or framed_denial(reading, matrix.finite):
        return []
    words = [i for i in places if reading.kinds[i].tag[:1] != "$"]
    clause = said(reading, child.opener + 1, domain(reading, n))
    direction, first = _direction(reading, words)
    if not direction or clause is None:
        return []
    sign = (first, child.opener + 1)
    other = subject(reading, number, matrix, _stop(reading, words, matrix))
    if direction == "back":
        return stated(reading, clause, other, sign, "because_of")
    if other is None or (other[1] - other[0] <= 2 and reading.lows(other) & _PERSONS):
        return []
    return stated(reading, other, clause, sign, "leads_to")


def _with_verb(reading: Reading, clause: Clause) -> Clause:
    """The clause with its verb, where a plural looks like an infinitive: `Absagen verhindern, dass …`."""
    if clause.finite >= 0:
        return clause
    place = next((i for i in range(clause.start, clause.end) if reading.kinds[i].verbal), -1)
    return clause._replace(finite=place, kind="main")


def _stop(reading: Reading, words: list[int], matrix: Clause) -> int:
    return next((i for i in words if i > matrix.finite and reading.low(i) in LEADING | LYING), words[-1])


def _direction(reading: Reading, words: list[int]) -> tuple[str, int]:
    """Whether the dass-clause behind the words is the effect (`on`) or the cause (`back`), and where the sign begins."""
    kinds, last = reading.kinds, words[-1]
    verbs = [i for i in words if kinds[i].verbal]
    lemmas = {kinds[i].lemma for i in words}
    lows = {word for i in words for word in kinds[i].words}
    for table, name in ((LEADING, "on"), (LYING, "back")):
        for i in words:
            if reading.low(i) in table and lemmas & table[reading.low(i)]:
                if i < verbs[0] and reading.low(i) in LYING:  # `daran liegt es, dass die weg sind`
                    return "on", i
                if table is LYING and "tun" in lemmas and "haben" not in lemmas:
                    continue
                return (name, min(i, verbs[0])) if i >= last - 2 else ("", -1)
    if {"zur", "folge"} <= lows:
        return "on", min(min(i for i in words if reading.low(i) == "zur"), verbs[0])
    if {"mit", "sich"} <= lows and "bringen" in lemmas:
        return "on", verbs[0]
    if reading.low(words[0]) == "so" and "kommen" in lemmas and last - words[0] <= 3:  # `so kommt es, dass …`
        return "on", words[0]
    if last in verbs and kinds[last].lemma in MAKING and not (kinds[last].lemma == "machen" and len(verbs) > 1):
        return "on", last
    return "", -1


def _phrase_named(reading: Reading, number: int, clause: Clause) -> Iterator[Statement]:
    places = reading.turn.places(clause.whole)
    lemmas = {reading.kinds[i].lemma for i in places}
    denied = denied_in(reading, places) or framed_denial(reading, clause.finite)
    if denied and "sondern" not in reading.lows((clause.start, reading.units[number].end)):
        return
    if "liegen" in lemmas or "scheitern" in lemmas:
        yield from _lies_in(reading, number, clause, ("an", "am", "ans"), "")
    elif "zusammenhängen" in lemmas or ("hängen" in lemmas and "zusammen" in reading.lows((clause.start, clause.end))):
        yield from _lies_in(reading, number, clause, ("mit", "vom"), "zusammen")
    elif "tun" in lemmas and "haben" in lemmas and "zu" in reading.lows((clause.start, clause.end)):
        yield from _lies_in(reading, number, clause, ("mit",), "tun")
    elif "kommen" in lemmas and clause.finite > clause.start and _comes(reading, clause):
        yield from _lies_in(reading, number, clause, ("von", "vom"), "kommt")
    elif source := next((lemma for lemma in sorted(lemmas) if lemma in SOURCES), ""):
        yield from _lies_in(reading, number, clause, SOURCES[source], "")
    elif lemmas & {"führen", "beitragen"}:
        yield from _leads_to(reading, number, clause, ("zu", "zum", "zur"))
    elif "sorgen" in lemmas:
        yield from _leads_to(reading, number, clause, ("für",))
    else:
        yield from _does(reading, number, clause, lemmas)


def _comes(reading: Reading, clause: Clause) -> bool:
    """`das kommt von …`, `die Angst kommt von …`: what comes is nobody and nothing on its way."""
    front = trim(reading, clause.start, clause.finite)
    return front[0] < front[1] and (reading.lows(front) <= HERE or _abstract(reading, front))


def _lies_in(reading: Reading, number: int, clause: Clause, prepositions: tuple[str, ...], word: str) -> Iterator[Statement]:
    """`liegt an den Mieten`, `hängt mit der Schicht zusammen`: the cause is what stands behind the preposition."""
    unit = reading.units[number]
    place = next((i for i in range(clause.start, clause.end) if reading.low(i) in prepositions and reading.kinds[i].tag in ("APPR", "APPRART")), -1)
    if word in ("tun", "zusammen"):
        place = next((i for i in range(clause.start, clause.end) if reading.low(i) in prepositions), -1)
    denied = denied_in(reading, reading.turn.places(clause.whole))
    if denied:
        place = next((i + 1 for i in range(max(place, 0), unit.end - 1) if reading.low(i) == "sondern" and reading.low(i + 1) in prepositions), -1)
    noun = noun_phrase(reading, place + 1) if place >= 0 else None
    if word == "tun" and reading.lows((clause.start, clause.end)) & {"wenig", "weniger", "kaum", "nix"}:
        return
    if noun is None or (_is_place(reading, noun) and not reading.lows(noun) & {"stadt", "schule", "schulen", "kirche", "land"}) or (word == "kommt" and not _abstract(reading, noun)) or (noun[1] - noun[0] == 1 and reading.kinds[noun[0]].tag in ("PRF", "PPER")):
        return
    front = place < clause.finite
    pointed = reading.lows((clause.finite, min(clause.finite + 3, clause.end))) & (HERE | {"es"}) if front else _only_points(reading, clause)
    child = [n for n in opened(reading, unit, frozenset({"dass"})) if reading.turn.clauses[n].matrix == clause.whole]
    effect: Span | None
    if child and child[0] > reading.turn.number[clause.finite]:
        effect = trim(reading, reading.turn.clauses[child[0]].opener + 1, domain(reading, child[0]))
    elif child or pointed or clause.finite == clause.start:
        effect = subject(reading, number, clause, place) if child else before(reading, number)
    else:
        effect = subject(reading, number, clause, place)
        plain = effect is None or reading.lows(effect) & _PERSONS or reading.kinds[effect[0]].tag in ("PPER", "NE", "PDS")
        if plain or (word == "" and "liegen" in reading.lemmas((clause.finite, clause.finite + 1)) and not front and _spatial(reading, noun)):
            return
    first, last = (place, place + 1) if front else (clause.finite, place + 1)
    sign = (first, last) if last - first <= 6 and not denied else (place, place + 1)
    yield from stated(reading, noun, effect, sign, "because_of")


def _only_points(reading: Reading, clause: Clause) -> bool:
    """Whether nothing but `das`, `es` and small words stands before the verb."""
    words = [i for i in range(clause.start, clause.finite) if reading.kinds[i].tag[:1] != "$"]
    return any(reading.low(i) in HERE | {"es"} for i in words) and not any(reading.kinds[i].tag in ("NN", "NE") for i in words)


def _is_place(reading: Reading, noun: Span) -> bool:
    heads = [reading.kinds[i] for i in range(*noun) if reading.kinds[i].tag in ("NN", "NE")]
    return bool(heads) and (heads[0].lemma in PLACES or heads[0].low.endswith(PLACE_ENDINGS))


def _spatial(reading: Reading, noun: Span) -> bool:
    return any(reading.kinds[i].tag == "NE" for i in range(*noun))


def _leads_to(reading: Reading, number: int, clause: Clause, prepositions: tuple[str, ...]) -> Iterator[Statement]:
    """`führt zu Streit`: an abstract goal, and no way that leads there."""
    place = next((i for i in range(clause.start, clause.end) if reading.low(i) in prepositions and reading.kinds[i].tag in ("APPR", "APPRART")), -1)
    noun = noun_phrase(reading, place + 1) if place >= 0 else None
    cause = subject(reading, number, clause, place) if noun else None
    if noun is None or cause is None or _is_place(reading, noun) or reading.lemmas(cause) & WAYS or _is_person(reading, cause):
        return
    if reading.lows(noun) & {"ende", "gespräch", "haus", "hause"} or "PPER" in {reading.kinds[i].tag for i in range(*noun)}:
        return
    yield from stated(reading, cause, _effect(reading, noun), (min(clause.finite, place), max(clause.finite, place) + 1), "leads_to")


def _effect(reading: Reading, span: Span) -> Span | None:
    return span if says(reading, span) or (span[1] - span[0] >= 1 and reading.kinds[span[0]].tag in ("NN", "PIAT", "ADJA")) else None


def _is_person(reading: Reading, span: Span) -> bool:
    return reading.kinds[span[0]].tag == "PPER" or (reading.lows(span) & _PERSONS != set() and span[1] - span[0] <= 2)


def _does(reading: Reading, number: int, clause: Clause, lemmas: set[str]) -> Iterator[Statement]:
    """`macht die Leute mürbe`, `bringt die Eltern ins Gespräch`, `erschwert den Kontakt`: a thing that does it, never a person."""
    kinds = reading.kinds
    if clause.kind not in ("main", "fragment") or clause.finite <= clause.start or kinds[clause.finite].tag == "VMFIN":
        return
    front = trim(reading, clause.start, clause.finite)
    after = reading.turn.clauses[min(reading.turn.number[clause.finite] + 1, len(reading.turn.clauses) - 1)]
    rest = trim(reading, clause.finite + 1, after.end if after.kind == "infinitive" and after.start == clause.end else clause.end)
    plain = front[0] < front[1] and kinds[front[0]].tag in ("ART", "PPOSAT", "PDAT", "PIAT", "NN", "ADJA", "ADV", "CARD")
    cause = front if plain and any(kinds[i].tag == "NN" for i in range(*front)) and not reading.lows(front) & _PERSONS else None
    pointing = reading.lows(front) <= HERE and front[0] < front[1]
    if rest[1] - rest[0] < 2 or (cause is None and not pointing):
        return
    last, verb = kinds[rest[1] - 1], kinds[clause.finite].lemma
    made = verb == "machen" and (last.low in STATES or last.lemma in STATES) and kinds[rest[0]].tag in ("ART", "PPER", "PPOSAT", "PIAT", "PRF", "PDS", "PIS", "NN")
    words = reading.lows(rest)
    if made and last.low in BROKEN and kinds[rest[0]].tag not in ("PPER", "PRF", "PIS"):
        made = False
    created = verb == "schaffen" and cause is not None and _abstract(reading, rest)
    kept = verb == "halten" and "davon" in words and "ab" in words and cause is not None
    brought = kept or (verb in ("bringen", "zusammenbringen") and (bool(words & TALKING and words & TOGETHER) or last.low in ("zusammen", "auseinander", "durcheinander")))
    given = verb in ("nehmen", "geben", "rauben") and cause is not None and bool(words & GIVEN) and _abstract(reading, cause)
    objects = any(kinds[i].tag in ("NN", "PPER", "PIS", "PRF") for i in range(*rest))
    done = given or (bool(lemmas & OBJECT_VERBS) and verb != "machen" and objects)
    if not (made or brought or created or (done and (lemmas & CAUSING_VERBS or (cause is not None and _abstract(reading, cause))))):
        return
    yield from stated(reading, cause or before(reading, number), rest, (clause.finite, clause.finite + 1), "leads_to")


def _abstract(reading: Reading, span: Span) -> bool:
    """No person and no body: a noun in -ung, -keit, -ität …, or one that a clause could stand for."""
    endings = ("ung", "ungen", "keit", "heit", "tion", "ität", "schaft", "ismus", "nis", "ei", "politik", "angst", "lage", "mangel", "not", "kosten", "sprache", "miete", "mieten", "trauen", "zwang", "erfahrung", "lärm", "stress", "druck")
    return any(reading.kinds[i].tag == "NN" and reading.low(i).endswith(endings) for i in range(*span))
