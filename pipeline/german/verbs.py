"""Clauses of a sentence by its tags: auxiliary or full verb, and verbs whose particle stands at the end."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.german.facts import facts
from pipeline.german.stts import FINITE, INFINITIVE, PARTICIPLE, VERBAL
from pipeline.german.tagger import tagger
from pipeline.german.words import listed

_OPENS = frozenset({"KOUS", "KOUI", "PRELS", "PRELAT"})
_BREAKS = frozenset({"$.", "$,", "KON"})
_PARTICLES = facts("particles")
# "dazu" is an adverb as a rule, and a particle of these verbs.
_WITH_DAZU = frozenset({"gehören", "kommen", "lernen", "rechnen", "zählen", "verdienen"})
# Words that are a particle at the end of a clause, whatever the tagger took them for.
_RETAG = frozenset({"APPR", "ADV", "ART", "ADJD", "PTKVZ", "PTKZU", "APZR", "PIS", "NE", "XY", "FM", "NN", "APPO"})


def clauses(tags: Sequence[str]) -> list[int]:
    """The number of its clause for every word; a stretch without a finite verb belongs to what stands before it."""
    numbers: list[int] = []
    number, verb_here = 0, False
    for i, tag in enumerate(tags):
        if tag == "$.":
            numbers.append(number)
            number, verb_here = number + 1, False
            continue
        if (tag in _OPENS or tag in _BREAKS) and verb_here and (tag in _OPENS or _verb_ahead(tags, i + 1)):
            number, verb_here = number + 1, False
        verb_here = verb_here or tag in FINITE
        numbers.append(number)
    return numbers


def _verb_ahead(tags: Sequence[str], start: int) -> bool:
    for tag in tags[start:]:
        if tag in FINITE:
            return True
        if tag == "$." or tag in _BREAKS:
            return False
    return False


def auxiliary_pos(tags: Sequence[str], lemmas: Sequence[str], clause: Sequence[int], i: int) -> str:
    """AUX or VERB for a form of haben, sein or werden: an auxiliary needs the verb that it helps in its clause.

    "sein" is AUX everywhere, as in Universal Dependencies, which take the copula for one.
    """
    if lemmas[i] == "sein":
        return "AUX"
    others = {tags[j] for j in range(len(tags)) if clause[j] == clause[i] and j != i}
    if others & PARTICIPLE:
        return "AUX"
    if lemmas[i] == "haben":
        return "AUX" if "VMINF" in others else "VERB"
    return "AUX" if others & INFINITIVE - {"VVIZU"} else "VERB"


def particles(words: Sequence[str], tags: Sequence[str], lemmas: Sequence[str]) -> list[tuple[int, int, str]]:
    """(verb, particle, lemma of both joined) for every separable verb; words in their normal form.

    The particle ends its clause or is tagged PTKVZ, no other verb stands between, and the joined verb is a known one.
    """
    found: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        low = words[i].lower()
        ends = low == "dazu" or (low in _PARTICLES and tag in _RETAG)
        if tag != "PTKVZ" and not (ends and _ends_clause(tags, i)):
            continue
        verb = _verb_before(tags, i)
        if low == "dazu" and verb >= 0 and lemmas[verb] not in _WITH_DAZU:
            continue
        if verb >= 0 and lemmas[verb] != "sein" and is_verb(low + lemmas[verb]):
            found.append((verb, i, low + lemmas[verb]))
    return found


def _ends_clause(tags: Sequence[str], i: int) -> bool:
    # "kennt sich aus mit dem Amt": of two prepositions in a row the first is a particle
    if tags[i] == "APPR" and tags[i + 1 : i + 2] and tags[i + 1] in ("APPR", "APPRART"):
        return True
    return i + 1 == len(tags) or tags[i + 1] in ("$.", "$,", "KON", "KOUS", "KOKOM", "ITJ")


def _verb_before(tags: Sequence[str], i: int) -> int:
    for j in range(i - 1, -1, -1):
        if tags[j] in ("VVFIN", "VVIMP", "VAFIN"):
            return j
        if tags[j] in VERBAL or tags[j] in _OPENS or tags[j] == "$.":
            return -1
    return -1


def is_verb(infinitive: str) -> bool:
    """Whether a dictionary knows the infinitive.

    >>> is_verb("einbringen"), is_verb("einwissen")
    (True, False)
    """
    return listed(infinitive) == infinitive or infinitive in tagger().verbs
