"""Why a rule hit: the words that matched and how, and the words that make its stance. For tables, report and `make why`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from pipeline.coders.hits import BIT, cues
from pipeline.matchers import RUNS
from pipeline.matchers.index import Index
from pipeline.matchers.vocabulary import fold

if TYPE_CHECKING:
    from pipeline.coders.material import Material, Turn
    from pipeline.coders.rule import Hit

CUE_WORDS = {
    "negated": "verneint durch", "hypothetical": "gedacht wegen", "reported": "berichtet wegen", "past": "von früher wegen",
    "doubt": "vielleicht ironisch wegen",
}  # fmt: skip
# Kinds whose words may stand far apart: shown one by one, not with all that lies between.
_APART = frozenset(["near", "all", "any"])


def matched(material: Material, turn: Turn, hits: Iterable[Hit]) -> str:
    """The found words as they stand, without doubles, parted by ` | `."""
    spans: set[tuple[int, int]] = set()
    for hit in hits:
        apart = hit.rule.query.kind in _APART
        spans |= {(w, w) for w in hit.words.tolist()} if apart else {(int(hit.words[0]), int(hit.words[-1]))}
    return " | ".join(dict.fromkeys(_text(material, turn, a, b).replace("\n", " ") for a, b in sorted(spans)))


def evidence(material: Material, turn: Turn, hits: Iterable[Hit]) -> str:
    """How the words fit their rules, in German: `Mieterhöhung: enthält »Miete«`, `half: Form von »helfen«`."""
    said: dict[str, None] = {}
    for hit in hits:
        for place in sorted(set(hit.words.tolist())):
            if how := _how(material.index, hit, place):
                said[f"{_text(material, turn, place, place)}: {how}"] = None
    return " | ".join(said)


def _how(index: Index, hit: Hit, place: int) -> str:
    number = int(index.kind[place])
    form, lemma = (index.vocabulary[name][number] for name in ("form", "lemma"))
    words = [fold(word) for alternatives in hit.rule.query.words for word in alternatives]
    if hit.rule.kind == "compound" and (part := next((w for w in words if w in index.vocabulary["parts"][number].split("|")), "")):
        return f"enthält »{part}«"
    if form in words or not words:
        return ""
    if lemma in words:
        return f"Form von »{lemma}«"
    norm = index.vocabulary["norm"][number]
    return f"steht für »{norm}«" if norm != form and set(norm.split()) & set(words) else ""


def because(material: Material, turn: Turn, hit: Hit) -> str:
    """The words that make the stance of a hit: `verneint durch »keinen«; von früher wegen »Damals«`."""
    if hit.stances == BIT["affirmed"] and hit.doubt < 0:
        return ""
    found = cues(material.index, np.asarray(hit.words), hit.rule.query.kind in RUNS)
    return "; ".join(f"{CUE_WORDS[name]} »{_text(material, turn, place, place)}«" for name, place in found.items())


def _text(material: Material, turn: Turn, first: int, last: int) -> str:
    """The words of the index from `first` to `last` as they stand; a hit over an answer may reach into other turns than `turn`."""
    index, number = material.index, int(material.index.turn[first])
    own = turn if turn.number == number else material.turns[number]
    return own.text[int(index.start[first]) : int(index.end[last])]
