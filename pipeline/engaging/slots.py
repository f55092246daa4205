"""The slots of one passage: who does what, for whom, where, since when, how often. What is not said stays empty."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from pipeline.engaging.nouns import sort_of, titled
from pipeline.engaging.persons import US, Who, who
from pipeline.engaging.phrases import phrase
from pipeline.engaging.places import place
from pipeline.engaging.reading import Passage, Unit, ends_in, words
from pipeline.engaging.targets import whom
from pipeline.engaging.times import OFTEN, SINCE, clause_of_time, times

LEAST = 3.5  # from which score on a unit is taken for one that tells of an act
_LONGEST = 12
_NOT_TOLD = frozenset({"KON", "KOUS", "PRELS", "PTKANT", "ITJ", "KOKOM", "$,", "$.", "$(", "PWAV"})
_NEGATIONS = frozenset({"nicht", "nich", "net", "nie", "niemals", "kein", "keine", "keinen", "keiner", "niemand", "nix", "nichts", "ohne"})
_SUPPOSED = frozenset({"wenn", "falls", "ob", "dass", "weil", "als", "obwohl", "bis", "damit", "bevor"})


class Slots(NamedTuple):
    """Words of the passage, empty where it says nothing; `kind` says what `who` is (`persons.Who.kind`)."""

    kind: str = ""
    who: str = ""
    what: str = ""
    whom: str = ""
    place: str = ""
    since: str = ""
    often: str = ""


class _Read(NamedTuple):
    """A unit with what was found in it."""

    unit: Unit
    who: Who
    times: dict[str, list[tuple[int, ...]]]
    score: float


def slots(passage: Passage, districts: Collection[str] = ()) -> Slots:
    """What the passage tells of the act that it tells most clearly."""
    read = _inherited(passage, [_read(passage, unit) for unit in passage.units])
    best = max(read, key=lambda r: (r.score, -r.unit.whole), default=None)
    if best is None or best.score < LEAST:
        return _nominal(passage, read, districts)
    near = _near(passage, read, best)
    busy = {i for stretches in best.times.values() for run in stretches for i in run}
    where = place(passage, best.unit, districts, busy | set(best.who.places))
    target = whom(passage, best.unit, {*best.who.subject, *best.who.places}, busy | set(where))
    pronoun = len(best.who.subject) == 1 and passage.kinds[best.who.subject[0]].tag in ("PPER", "PDS", "PRELS")
    doers = {*best.who.subject, *best.who.places} if best.who.kind or pronoun else set()
    told = _what(passage, best, {*doers, *where, *target, *busy})
    if not where:
        where = next((w for r in near if (w := place(passage, r.unit, districts, _busy(r)))), ())
    return Slots(
        best.who.kind, passage.said(best.who.places), told, passage.said(target), passage.said(where),
        _time(passage, SINCE, best, near), _time(passage, OFTEN, best, near),
    )  # fmt: skip


def _busy(read: _Read) -> set[int]:
    return {i for stretches in read.times.values() for run in stretches for i in run} | set(read.who.places)


def _read(passage: Passage, unit: Unit) -> _Read:
    found = who(passage, unit)
    return _Read(unit, found, times(passage, unit), _score(passage, unit, found))


def _inherited(passage: Passage, read: Sequence[_Read]) -> list[_Read]:
    """`sie kommen und kochen`: a clause that `und` joins without a subject of its own has that of the clause before."""
    found: list[_Read] = []
    for r in read:
        last = found[-1] if found else None
        joined = passage.kinds[r.unit.places[0]].low in ("und", "aber", "oder")
        if joined and last is not None and last.unit.sentence == r.unit.sentence and not r.who.subject and last.who.kind and r.unit.finite >= 0:
            given = Who(last.who.kind, last.who.places, ())
            r = r._replace(who=given, score=_score(passage, r.unit, given))
        found.append(r)
    return found


def _score(passage: Passage, unit: Unit, found: Who) -> float:
    """How clearly a unit tells of an act: somebody who does it, a verb of doing, nothing that unsays it."""
    kinds = passage.kinds
    if unit.finite < 0:
        return -9.0
    lows = {word for i in unit.places for word in kinds[i].words}
    lemmas = [kinds[i].lemma for i in unit.places if kinds[i].verbal and kinds[i].tag[:2] == "VV"]
    score = 2.0 if found.kind else 1.0 if _somebody_else(passage, found) else 0.0
    objects = [i for i in unit.places if kinds[i].tag in ("NN", "NE") and i not in found.places]
    if any(lemma in words("deeds") for lemma in lemmas) or ("treffen" in lemmas and lows & {"uns", "sich"}):
        score += 2.0
    elif "machen" in lemmas or "tun" in lemmas or ("geben" in lemmas and found.kind):
        score += 1.5 if objects or "ehrenamtlich" in lows else 0.5
    elif not found.kind and _held(passage, unit, lemmas):
        score += 2.5
    elif lemmas and all(lemma in words("no deeds") for lemma in lemmas):
        score -= 3.0
    elif "geben" in lemmas and "es" in lows:
        score += 2.0
    elif lemmas:
        score += 0.5
    else:
        score += _without_verb(passage, unit, found)
    score -= 3.0 * bool(lows & words("unreal")) + 3.0 * bool(lows & _NEGATIONS) + 4.0 * any(passage.form(i) == "?" for i in unit.places)
    opener = kinds[unit.opener].low if unit.opener >= 0 else ""
    score -= 1.5 * (unit.kind == "subordinate" and opener in _SUPPOSED) + 4.0 * clause_of_time(passage, unit)
    told = times(passage, unit)
    evidence = bool(told[SINCE] or told[OFTEN]) or bool(whom(passage, unit, {*found.subject, *found.places}, ()))
    return score + 0.5 * bool(objects) + 1.0 * evidence


def _held(passage: Passage, unit: Unit, lemmas: Sequence[str]) -> bool:
    """`seit 2012 läuft ein Café`, `donnerstags ist Kleiderkammer`: something is held, whoever does it."""
    kinds = passage.kinds
    running = set(lemmas) & words("running") or (not lemmas and kinds[unit.finite].lemma == "sein" and not unit.opener >= 0)
    return bool(running) and any(ends_in(kinds[i].low, "projects", 4) or ends_in(kinds[i].lemma, "projects", 4) for i in unit.places if kinds[i].tag == "NN" and kinds[i].low not in words("units"))


def _somebody_else(passage: Passage, found: Who) -> bool:
    """`die haben einen Klub aufgemacht`: somebody does it, though the passage does not say who."""
    first = passage.kinds[found.subject[0]] if found.subject else None
    return first is not None and first.tag in ("PPER", "PDS", "PIS", "PRELS", "PPOSAT") and first.low not in ("es", "das", "dat", "man", "du", "sie")


def _without_verb(passage: Passage, unit: Unit, found: Who) -> float:
    """`bin im Vorstand`, `haben ein Sprachcafé`: an office or a thing beside sein or haben."""
    kinds = passage.kinds
    if any(ends_in(kinds[i].low, "posts", 5) for i in unit.places if kinds[i].tag in ("NN", "NE", "ADJD", "ADV") and kinds[i].low not in ("dabei",)):
        return 1.5
    if kinds[unit.finite].lemma == "haben":
        things = [i for i in unit.places if kinds[i].tag in ("NN", "NE") and i not in found.places]
        return 1.5 if any(ends_in(kinds[i].low, "projects", 4) or ends_in(kinds[i].lemma, "projects", 4) for i in things) else 0.0
    return -2.0


def _near(passage: Passage, read: Sequence[_Read], best: _Read) -> list[_Read]:
    """Units that tell more of the same act: in its sentence, or a sentence without a verb beside it; none of another doer."""
    found = []
    for r in read:
        if r is best:
            continue
        same = (r.who.kind == best.who.kind and r.who.kind in ("me", US)) or not r.who.kind
        beside = r.unit.sentence == best.unit.sentence or (r.unit.finite < 0 and abs(r.unit.sentence - best.unit.sentence) == 1)
        if same and beside and (r.score < LEAST or r.who.kind):
            found.append(r)
    return [r for r in found if r.unit.sentence == best.unit.sentence or _only_time(passage, r)]


def _only_time(passage: Passage, read: _Read) -> bool:
    """A sentence of its own that tells nothing but a time: `Immer montags.`"""
    busy = _busy(read)
    return not any(passage.kinds[i].tag in ("NN", "NE", "TRUNC") for i in read.unit.places if i not in busy)


def _time(passage: Passage, name: str, best: _Read, near: Sequence[_Read]) -> str:
    for r in (best, *near):
        if r.times[name]:
            return passage.said(r.times[name][0])
        if name == SINCE and r is not best and clause_of_time(passage, r.unit):
            return passage.said([i for i in r.unit.places if passage.kinds[i].tag not in ("$,", "$.")])
    return ""


def _what(passage: Passage, best: _Read, taken: Collection[int]) -> str:
    """The verb with its objects, in the order of the text; phrases with a preposition go first where it is long."""
    names = {i for i in best.unit.places if titled(passage, i) for i in phrase(passage, i, set(best.unit.places))}
    kept = [i for i in best.unit.places if i not in taken and i not in names and _tells(passage, best.unit, i)]
    if len(kept) > 2 and passage.kinds[kept[-1]].tag == "PDS" and any(passage.kinds[i].tag == "NN" for i in kept):
        kept = kept[:-1]  # `…, und das seit Jahren`
    if len(kept) > _LONGEST:
        kept = _shorter(passage, kept)
    return passage.said(kept[:_LONGEST])


def _tells(passage: Passage, unit: Unit, i: int) -> bool:
    kind = passage.kinds[i]
    if kind.verbal or kind.tag == "PTKVZ":
        return True
    if kind.low in ("man", "es", "se") or _again(passage, unit, i) or (kind.tag in ("ADJD", "ADV") and _alone(passage, i)):
        return False
    opener = i == unit.places[0] and kind.tag in ("KON", "ADV")
    return not opener and kind.tag not in _NOT_TOLD and kind.low not in words("no names of acts")


def _alone(passage: Passage, i: int) -> bool:
    """A word between commas: `das Fest, gut, das machen wir`."""
    return 0 < i < len(passage.spans) - 1 and passage.form(i - 1) == "," and passage.form(i + 1) == ","


def _again(passage: Passage, unit: Unit, i: int) -> bool:
    """`die Moschee, die haben …`, `ich trag der das Wasser`: a word that only points back."""
    kinds = passage.kinds
    if kinds[i].tag == "ART" and i + 1 != unit.finite:
        return i + 1 in unit.places and kinds[i + 1].tag in ("ART", "PPOSAT")
    return kinds[i].tag in ("PDS", "PRELS", "ART") and kinds[i].low in ("der", "die", "das", "dat", "den", "dem", "denen") and i + 1 == unit.finite


def _shorter(passage: Passage, kept: Sequence[int]) -> list[int]:
    found: list[int] = []
    skipping = False
    for i in kept:
        kind = passage.kinds[i]
        if kind.tag in ("APPR", "APPRART"):
            skipping = True
        if not skipping or kind.verbal or kind.tag == "PTKVZ":
            found.append(i)
        if skipping and kind.tag in ("NN", "NE"):
            skipping = False
    return found


def _nominal(passage: Passage, read: Sequence[_Read], districts: Collection[str]) -> Slots:
    """A passage without a sentence that tells an act: `Frühstück für die Frauen, einmal im Monat`."""
    for r in read:
        if r.unit.finite >= 0:
            continue
        busy = {i for stretches in r.times.values() for run in stretches for i in run}
        target = whom(passage, r.unit, (), busy)
        often, since = (r.times[name][0] if r.times[name] else () for name in (OFTEN, SINCE))
        where = place(passage, r.unit, districts, busy | set(target))
        noun = _first_noun(passage, r.unit, busy | set(target) | set(where))
        if noun and (target or often):
            return Slots("", "", passage.said(noun), passage.said(target), passage.said(where), passage.said(since), passage.said(often))
    return Slots()


def _first_noun(passage: Passage, unit: Unit, taken: Collection[int]) -> tuple[int, ...]:
    """The first noun or infinitive of the unit, with its adjective."""
    kinds = passage.kinds
    for i in unit.places:
        if i not in taken and kinds[i].tag == "NN" and passage.form(i)[:1].isupper() and sort_of(passage, i) not in ("person", "quantity") and kinds[i].low not in words("units"):
            before = i - 1
            return (before, i) if before in unit.places and before not in taken and kinds[before].tag == "ADJA" else (i,)
    return ()
