"""Words, compounds and pairs of words that are key for a category and that its rules do not know yet.

Candidates come from counting; what is shown of each is what the rule itself would find, so that its risk is the real one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.codebook import Query, Rule
from pipeline.evaluating.likelihood import log_likelihood
from pipeline.exploring.material import Material
from pipeline.exploring.part import Column, Key, Part, few
from pipeline.exploring.query import tokens_of
from pipeline.exploring.surface import surfaces
from pipeline.matchers.vocabulary import fold
from pipeline.wording import NOT_QUOTABLE

SIGNIFICANT = 3.84  # G2 below which a difference is chance in one of twenty words
SENTENCES = 2  # coded sentences in which a candidate must stand
TRIED, MOST, SNIPPET = 150, 100, 12
_POS = frozenset({"NOUN", "VERB", "ADJ"})
_JOINS = frozenset({"kein", "nicht", "nie", "ohne", "niemand"})  # stop words that make another thing of the word beside them
_GAP = 2  # places between two words of a pair: a phrase allows one word in between


@dataclass(frozen=True)
class Candidate:
    """A rule that could be: its kind in the codebook, its folded pattern, how it is written, and its query."""

    kind: str
    pattern: str
    written: str
    query: Query
    at: str = ""

    @property
    def rule(self) -> str:
        """The pattern as it goes into a rule: a form that only looks like the lemma would find something else."""
        return self.written if fold(self.written) == self.pattern else self.pattern


@dataclass(frozen=True)
class Found:
    """What a candidate finds: sentences with and without the category, people, and those that no rule finds so far."""

    candidate: Candidate
    coded: int
    people: int
    risk: int
    fresh: int
    strength: float
    example: int


def covered(material: Material, rules: Iterable[Rule]) -> tuple[np.ndarray, list[str]]:
    """(bool a token: a word that some rule matches, patterns of rules that could not be tried)."""
    from pipeline.matchers.expression import TooSlow

    mask, failed = np.zeros(len(material.index), dtype=bool), []
    for rule in rules:
        try:
            mask |= tokens_of(material, rule.query)
        except TooSlow:
            failed.append(rule.pattern)
    return mask, failed


def candidates(material: Material, coded: np.ndarray) -> list[Candidate]:
    """The most telling lemmas, compound parts and pairs of the sentences where `coded` (bool a sentence) holds."""
    index = material.index
    good = np.array([pos in _POS for pos in index.vocabulary["pos"]], dtype=bool) & material.content_kind
    use = good[index.kind] & material.word
    lemmas = _telling(material, coded, material.lemma[use].astype(np.int64), index.segment[use])
    parts, part_number, part_segment = _parts(material, use)
    telling_parts = _telling(material, coded, part_number, part_segment)
    firsts, seconds = _pairs(material, use)
    size = len(material.lemmas)
    pair_number = material.lemma[firsts].astype(np.int64) * size + material.lemma[seconds]
    pairs = _telling(material, coded, pair_number, index.segment[firsts])
    written = surfaces(material, {*lemmas, *(n // size for n in pairs), *(n % size for n in pairs)})
    found = [Candidate("lemma", str(material.lemmas[n]), written[n], Query("lemma", ((str(material.lemmas[n]),),))) for n in lemmas]
    found += [_compound(material, parts[n]) for n in telling_parts]
    for n in pairs:
        a, b = n // size, n % size
        words = ((str(material.lemmas[a]),), (str(material.lemmas[b]),))
        found.append(Candidate("phrase", " ".join(w[0] for w in words), f"{written[a]} {written[b]}", Query("phrase", words)))
    return found


def _telling(material: Material, coded: np.ndarray, number: np.ndarray, segment: np.ndarray) -> list[int]:
    """Numbers (of lemmas, parts, pairs) that stand in more coded sentences than chance would have it, the best first."""
    if not len(number):
        return []
    pairs = np.unique(np.stack([number, segment]), axis=1)
    values, place = np.unique(pairs[0], return_inverse=True)
    inside = coded[pairs[1]]
    a = np.bincount(place, weights=inside, minlength=len(values))
    b = np.bincount(place, weights=~inside, minlength=len(values))
    n_coded, n_said = int((coded & material.said).sum()), int(material.said.sum())
    strength = log_likelihood(a, b, n_coded, n_said - n_coded)
    good = np.flatnonzero((a >= SENTENCES) & (strength >= SIGNIFICANT))
    return [int(n) for n in values[good[np.lexsort((values[good], -strength[good]))]][:TRIED]]


def _parts(material: Material, use: np.ndarray) -> tuple[list[str], np.ndarray, np.ndarray]:
    """(parts of compounds that several words share, number of the part, sentence) for every word that has or is one."""
    v = material.index.vocabulary
    holders: dict[str, set[int]] = {}
    words: dict[str, set[str]] = {}
    for kind in np.unique(material.index.kind[use]).tolist():
        for part in {v["lemma"][kind], *filter(None, v["parts"][kind].split("|"))}:
            holders.setdefault(part, set()).add(kind)
            words.setdefault(part, set()).add(v["lemma"][kind])
    shared = sorted(part for part, lemmas in words.items() if len(lemmas) > 1 and len(part) > 2)
    kinds, numbers = [], []
    for number, part in enumerate(shared):
        kinds += sorted(holders[part])
        numbers += [number] * len(holders[part])
    of_kind = np.array(kinds, dtype=np.int64)
    order = np.argsort(of_kind, kind="stable")
    of_kind, number_of = of_kind[order], np.array(numbers, dtype=np.int64)[order]
    token_kind, segment = material.index.kind[use], material.index.segment[use]
    low, high = np.searchsorted(of_kind, token_kind), np.searchsorted(of_kind, token_kind, side="right")
    times = high - low
    at = np.repeat(low, times) + np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    return shared, number_of[at], np.repeat(segment, times)


def _compound(material: Material, part: str) -> Candidate:
    kinds = set(material.index.lookup("own_part").exact(part).tolist())
    heads = set(material.index.lookup("head").exact(part).tolist())
    lemmas = [n for n, lemma in enumerate(material.lemmas) if lemma == part]
    written = surfaces(material, lemmas)[lemmas[0]] if lemmas else _spelled(material, part, kinds)
    at = "head" if kinds and kinds <= heads else ""
    return Candidate("compound", part, written, Query("compound", ((part,),), at=at or "any"), at)


def _spelled(material: Material, part: str, kinds: set[int]) -> str:
    """A part as it stands inside a compound, umlauts and all; folded where it cannot be told."""
    for kind in sorted(kinds):
        at = int(material.index.order[material.index.firsts[kind]])
        turn = int(material.index.turn[at])
        text = material.texts[turn][material.index.start[at] : material.index.end[at]]
        for low in range(len(text)):
            for high in range(low + 1, len(text) + 1):
                if fold(text[low:high]) == part:
                    return text[low:high].capitalize()
    return part


def _pairs(material: Material, use: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(first, second) token of neighbouring words of one sentence, at least one of them of content."""
    index = material.index
    joins = np.array([lemma in _JOINS for lemma in index.vocabulary["lemma"]], dtype=bool)[index.kind] & material.word
    places = np.flatnonzero(use | joins)
    first, second = places[:-1], places[1:]
    near = (second - first <= _GAP) & (index.segment[first] == index.segment[second]) & (use[first] | use[second])
    near &= (material.lemma[first] != material.lemma[second]) & material.word[first + 1]
    return first[near], second[near]


def tried(material: Material, coded: np.ndarray, known: np.ndarray, options: Sequence[Candidate]) -> list[Found]:
    """What each candidate finds that the rules (`known`, bool a token) do not cover; several people first, then the most key."""
    index = material.index
    ruled = np.zeros(len(coded), dtype=bool)
    ruled[index.segment[known]] = True
    n_coded, n_said = int((coded & material.said).sum()), int(material.said.sum())
    found, seen = [], set()
    for option in options:
        hit = tokens_of(material, option.query)
        touched = np.unique(index.segment[hit])
        inside = touched[coded[touched]]
        # What a rule of the category matches already wherever the candidate stands adds nothing.
        if not len(inside) or set(index.segment[hit & known].tolist()) >= set(inside.tolist()):
            continue
        place = touched.tobytes()
        if place in seen:
            continue  # a lemma, its compound part and its pair that find the same sentences are one suggestion
        seen.add(place)
        a, b = len(inside), len(touched) - len(inside)
        strength = float(log_likelihood(np.array([a]), np.array([b]), n_coded, n_said - n_coded)[0])
        mask = np.zeros(len(coded), dtype=bool)
        mask[inside] = True
        crowd = len(set(material.case[index.seg_turn[inside]].tolist()))
        found.append(Found(option, a, crowd, b, int((~ruled[inside]).sum()), strength, _example(material, inside, ruled)))
    found = [one for one in found if one.coded >= SENTENCES and one.strength >= SIGNIFICANT]
    return sorted(found, key=lambda one: (one.people < 2, -round(one.strength, 6), one.candidate.pattern))[:MOST]


def _example(material: Material, inside: np.ndarray, ruled: np.ndarray) -> int:
    """A sentence to show: one that may be shown, that no rule finds so far, and that is not too long."""
    index = material.index

    def order(segment: int) -> tuple[bool, bool, int, int]:
        length = int(index.seg_end[segment] - index.seg_start[segment])
        return not material.quotable[index.seg_turn[segment]], bool(ruled[segment]), abs(length - 90), segment

    return min(inside.tolist(), key=order)


def part(material: Material, code: str, found: Sequence[Found], failed: Sequence[str]) -> Part:
    """The suggestions as a table."""
    rows, keys = [], []
    for one in found:
        segment = one.example
        turn = int(material.index.seg_turn[segment])
        text = material.sentence(segment)
        place = "" if text == NOT_QUOTABLE else f"{material.docs[turn]} Beitrag {material.numbers[turn]}"
        option = one.candidate
        kind = option.kind + (f", {option.at}" if option.at else "")
        rows.append((option.written, kind, one.coded, one.people, one.risk, one.fresh, round(one.strength, 2), few(one.people), text, place))
        keys.append(Key("code", f"{code}:{option.kind}:{option.pattern}"))
    columns = (
        Column("Vorschlag", 22), Column("Regel", 14), Column("mit Kat.", 8), Column("Befragte", 8), Column("ohne Kat.", 9),
        Column("neu", 4), Column("G2", 6, digits=1), Column("Hinweis"), Column("Beispielsatz", 25), Column("Stelle"),
    )  # fmt: skip
    notes = [
        "Was in Sätzen der Kategorie auffällig oft steht und von ihren Regeln noch nicht getroffen wird. »Mit Kat.«: Sätze der "
        "Kategorie, die eine solche Regel fände; »ohne Kat.«: so viele andere Sätze träfe sie auch (Gefahr falscher Treffer); »neu«: Sätze "
        "der Kategorie, die bisher keine ihrer Regeln findet. "
        "Gezählt ohne Rücksicht auf Verneinung und andere Bedingungen."
    ]
    notes += [f"Diese Regel dauerte zu lange und blieb außer Acht: {pattern}" for pattern in failed]
    return Part("Vorschläge für Regeln", columns, rows, keys, tuple(notes))


def snippet(found: Sequence[Found]) -> list[str]:
    """The best suggestions as YAML to be pasted under `match:`; only what hits more sentences with the category than without."""
    lines = []
    for one in [f for f in found if f.risk <= f.coded and f.people > 1][:SNIPPET]:
        option = one.candidate
        risk = f"{one.coded} Sätze mit Kategorie, {one.people} Befragte, {one.risk} ohne"
        lines.append(f"          - {option.kind}: {json.dumps(option.rule, ensure_ascii=False)}  # {risk}")
        if option.at:
            lines.append(f"            at: {option.at}")
    return lines
