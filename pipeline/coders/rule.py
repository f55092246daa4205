"""The rule coder: hits of all rules put together by unit and code, with stance, conditions, weight, precedence, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np

from pipeline.codebook import Codebook, Rule
from pipeline.codebook.meaning import families, order, precedence
from pipeline.coders.explain import because, evidence, matched
from pipeline.coders.hits import BIT, Hits, find, names
from pipeline.coders.material import Material, prompt
from pipeline.coders.themes import themes
from pipeline.coders.units import UNITS, Spots, Unit, span, turn_of
from pipeline.tables import ABOUT

REASONS = {
    "negated": "verneint", "hypothetical": "nur gedacht oder gewünscht", "reported": "nur berichtet", "past": "nur von früher",
    "affirmed": "nicht verneint",
}  # fmt: skip


class Hit(NamedTuple):
    """One hit that may make a coding: which rule, its words, its stance, and what of the stance does not count."""

    rule: Rule
    code: str
    words: np.ndarray
    stances: int
    wrong: int
    doubt: int

    @property
    def good(self) -> bool:
        return self.wrong == 0 and self.doubt < 0


Given = dict[tuple[Unit, str], list[Hit]]


class Assigned(NamedTuple):
    """A code on a unit: all hits, those that count, and why it does not count (empty where it does)."""

    unit: Unit
    code: str
    hits: list[Hit]
    good: list[Hit]
    prompt: str
    reason: str


def code(material: Material, codebook: Codebook) -> list[dict[str, Any]]:
    """All rule hits: one row a unit and code; hits that do not count carry a `reason` and are suggestions."""
    needs = {c.id: c.entry.needs for c in codebook.codes}
    return [row(material, one, needs[one.code]) for one in assign(material, codebook)]


def assign(material: Material, codebook: Codebook) -> list[Assigned]:
    """Every unit with every code that a rule hits there, in order of place and code."""
    # Known by what it is, not by its version: the check lays aside conditions of a codebook.
    last, found = material.hits.get("assigned", (None, []))
    if last is not codebook:
        found = _assign(material, codebook)
        material.hits["assigned"] = codebook, found
    return list(found)


def _assign(material: Material, codebook: Codebook) -> list[Assigned]:
    found = find(material.corpus, codebook.rules(), material.hits)
    by_unit: Given = defaultdict(list)
    for rule in codebook.rules():
        for unit, hit in usable(material, codebook, rule, found[rule.query]):
            by_unit[unit, hit.code].append(hit)
    return given(material, codebook, by_unit)


def given(material: Material, codebook: Codebook, by_unit: Given) -> list[Assigned]:
    """Units and codes with their hits (in the order of the codebook's rules), of whole turns -> what is given there, and why not."""
    counted = _counted(material, codebook, by_unit)
    prompts = _prompts(material, codebook, by_unit)
    aside = _set_aside(material, codebook, counted, prompts)
    needs = {c.id: c.entry.needs for c in codebook.codes}
    assigned = []
    for unit, name in sorted(by_unit, key=lambda key: (turn_of(material, key[0]), key)):
        hits, good, how = by_unit[unit, name], counted.get((unit, name), []), prompts[unit, name]
        reason = aside.get((unit, name), "") if good else _reason(foremost(hits), hits, needs[name])
        assigned.append(Assigned(unit, name, hits, good, how, reason))
    return assigned


def _prompts(material: Material, codebook: Codebook, by_unit: Given) -> dict[tuple[Unit, str], str]:
    """How every passage came about."""
    told = themes(material, codebook)
    found = {}
    for unit, name in by_unit:
        turn = material.turns[turn_of(material, unit)]
        found[unit, name] = prompt(turn, name, material.expected, told.before(turn, name))
    return found


def _set_aside(
    material: Material, codebook: Codebook, counted: dict[tuple[Unit, str], list[Hit]], prompts: dict[tuple[Unit, str], str]
) -> dict[tuple[Unit, str], str]:
    """Why codes that would count do not: mere assent, or another code that has precedence and counts itself."""
    before = {c.id: set(c.entry.before) for c in codebook.codes}
    rank = {code: n for n, code in enumerate(precedence(codebook.codes))}
    alive = Spots(material)
    reasons = {}
    for unit, name in sorted(counted, key=lambda key: (rank[key[1]], key)):
        winner = next((c for c in sorted(alive.beside(unit)) if name in before.get(c, ()) and c != name), "")
        if prompts[unit, name] == "assent":
            reasons[unit, name] = "bloße Zustimmung zu einer Frage, die die Antwort nahelegt"
        elif winner:
            reasons[unit, name] = f"Vorrang für {winner}"
        else:
            alive.add(unit, name)
    return reasons


def foremost(hits: list[Hit]) -> Hit:
    """The hit that stands for others: the one over most words, then the first."""
    return min(hits, key=lambda h: (int(h.words[0]) - int(h.words[-1]), int(h.words[0]), h.rule.id))


def row(material: Material, one: Assigned, needs: float) -> dict[str, Any]:
    """The row of a code on a unit, in the shape of the codings table."""
    turn = material.turns[turn_of(material, one.unit)]
    shown = one.good or one.hits
    first, known = foremost(shown), placed(material, one)
    return {
        **known, "quote": turn.text[known["start"] : known["end"]], "rule": first.rule.id, "score": min(1.0, _weight(shown) / needs),
        "question": turn.question, "matched": matched(material, turn, shown), "evidence": evidence(material, turn, shown),
        "cue": because(material, turn, first),
    }  # fmt: skip


def placed(material: Material, one: Assigned) -> dict[str, Any]:
    """What of the row figures look at: all but quote, weight, and words that tell why."""
    turn = material.turns[turn_of(material, one.unit)]
    start, end, seg = span(material, one.unit, turn)
    first = foremost(one.good or one.hits)
    return {
        "doc": turn.doc, "turn": turn.turn, "start": start, "end": end, "code": one.code, "coder": "rule", "stance": "+".join(names(first.stances)),
        "about": _about(material, first), "prompt": one.prompt, "unasked": "", "status": "proposed", "case": turn.case, "seg": seg, "reason": one.reason,
    }  # fmt: skip


def _about(material: Material, hit: Hit) -> str:
    """About whom: what the first verb among the words tells, or else the first word that tells something."""
    index = material.index
    telling = [place for place in hit.words.tolist() if index.about[place] >= 0]
    verbs = [place for place in telling if index.vocabulary["pos"][int(index.kind[place])] in ("VERB", "AUX")]
    return ABOUT[int(index.about[(verbs or telling)[0]])] if telling else ""


def rule_hits(material: Material, codebook: Codebook) -> list[tuple[Rule, list[Hit]]]:
    """Every rule with its hits in words that may be coded and where its conditions hold."""
    found = find(material.corpus, codebook.rules(), material.hits)
    return [(rule, [hit for _, hit in usable(material, codebook, rule, found[rule.query])]) for rule in codebook.rules()]


def usable(material: Material, codebook: Codebook, rule: Rule, hits: Hits) -> Iterator[tuple[Unit, Hit]]:
    """The hits of a rule in words that may be coded and where its conditions hold, each with its unit and code."""
    index = material.index
    if not len(hits):
        return
    first = hits.words[:, 0]
    turns = index.turn[first]
    keep = material.coded[turns]
    for conditions, wanted in ((rule.only, True), (rule.unless, False)):
        for key, values in conditions:
            if key != "code":
                keep = keep & (_having(material, key, values)[turns] == wanted)
    elsewhere = _elsewhere(codebook, rule)
    unit_of, kind = material.corpus.units(rule.unit), UNITS[rule.unit]
    wrong = hits.stances & ~np.uint8(_mask(rule.counts))
    for n in np.flatnonzero(keep).tolist():
        name, bad, stances = rule.code, int(wrong[n]), int(hits.stances[n])
        for bit, other, there in elsewhere if bad else ():
            if bad & bit:
                name, bad = other, stances & ~there
                break
        yield (kind, int(unit_of[first[n]])), Hit(rule, name, hits.words[n], stances, bad, int(hits.doubt[n]))


def _having(material: Material, key: str, values: tuple[str, ...]) -> np.ndarray:
    """For every turn whether the fact `key` is one of the values, in any case."""
    wanted = {value.casefold() for value in values}
    return np.array([value.casefold() in wanted for value in material.facts.get(key, [""] * len(material.turns))], dtype=bool)


def _mask(stances: Iterable[str]) -> int:
    return sum(BIT[name] for name in stances)


def _elsewhere(codebook: Codebook, rule: Rule) -> list[tuple[int, str, int]]:
    """Where stances belong that do not count here: (bit of the stance, the other code, bits of all that counts there)."""
    if not rule.otherwise:
        return []
    known = codebook.by_id()
    return [(BIT[stance], other, _mask(known[other].entry.counts) | BIT[stance]) for stance, other in rule.otherwise]


def _counted(material: Material, codebook: Codebook, by_unit: Given) -> dict[tuple[Unit, str], list[Hit]]:
    """Units and codes that are given, with the hits that count; codes come after those that their conditions ask for."""
    needs = {c.id: c.entry.needs for c in codebook.codes}
    rank = {code: n for n, code in enumerate(order(codebook.codes))}
    below = families(codebook)
    counted: dict[tuple[Unit, str], list[Hit]] = {}
    given = Spots(material)
    for (unit, name), hits in sorted(by_unit.items(), key=lambda item: (rank[item[0][1]], item[0])):
        good = [h for h in hits if h.good and _beside_codes(h.rule, given.beside(unit), below)]
        if good and _weight(good) >= needs[name] - 1e-9:
            counted[unit, name] = good
            given.add(unit, name)
    return counted


def _weight(hits: list[Hit]) -> float:
    """What the hits that count weigh together; a rule that hits twice weighs once."""
    return sum({h.rule.id: h.rule.weight for h in hits if h.good}.values())


def _beside_codes(rule: Rule, given: set[str], below: dict[str, set[str]]) -> bool:
    """Whether the codes that a rule's conditions name (or codes below them) stand there, or do not, as asked."""

    def there(values: tuple[str, ...]) -> bool:
        return any(given & below[value] for value in values)

    return all(there(values) for key, values in rule.only if key == "code") and not any(
        there(values) for key, values in rule.unless if key == "code"
    )


def _reason(first: Hit, hits: list[Hit], needs: float) -> str:
    """Why hits do not count: their stance, or that they are too weak or stand without the code they ask for."""
    if first.wrong:
        return "; ".join(REASONS[name] for name in names(first.wrong))
    if first.doubt >= 0:
        return "vielleicht ironisch"
    weight = _weight(hits)
    if weight < needs - 1e-9:
        return f"zu schwach ({weight:g} von {needs:g})".replace(".", ",")
    return "eine Kategorie, die die Regel voraussetzt oder ausschließt, fehlt oder steht schon da"
