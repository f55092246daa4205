"""The rule coder: every rule of the codebook on the index, with stance, precedence and the words that matched."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from pipeline.codebook import Codebook, Rule
from pipeline.coders.material import Material, Sentence, prompt
from pipeline.coders.stance import Cues, find_cues, stance
from pipeline.matchers import MATCHERS

_REASONS = {
    "negated": "verneint",
    "hypothetical": "nur gedacht oder gewünscht",
    "reported": "nur berichtet",
    "past": "nur von früher",
    "affirmed": "nicht verneint",
}


@dataclass(frozen=True)
class Hit:
    rule: Rule
    start: int
    end: int
    stances: frozenset[str]

    @property
    def counts(self) -> bool:
        return self.stances <= self.rule.counts


def code(material: Material, codebook: Codebook) -> list[dict[str, Any]]:
    """All rule hits: one row a sentence and code; hits that do not count carry a `reason` and are suggestions."""
    by_sentence: dict[int, dict[str, list[Hit]]] = defaultdict(lambda: defaultdict(list))
    found = find(material, codebook)
    for one in codebook.rules():
        for hit in found[one.id]:
            by_sentence[int(material.index.segment[hit.start])][one.code].append(hit)
    before = {c.id: set(c.entry.before) for c in codebook.codes}
    rows = []
    for number in sorted(by_sentence):
        rows += _sentence_rows(material, material.sentences[number], by_sentence[number], before)
    return rows


def find(material: Material, codebook: Codebook) -> dict[str, list[Hit]]:
    """Every rule's hits, worked out once for a corpus."""
    if not material.hits:
        cues = find_cues(material.index)
        material.hits.update({one.id: _hits(material, one, cues) for one in codebook.rules()})
    return material.hits


def _hits(material: Material, one: Rule, cues: Cues) -> list[Hit]:
    found = MATCHERS[one.kind](material.index, one)
    return [Hit(one, int(w[0]), int(w[-1]) + 1, stance(cues, material.index, w, material.reach)) for w in found]


def _sentence_rows(
    material: Material, sentence: Sentence, found: dict[str, list[Hit]], before: dict[str, set[str]]
) -> list[dict[str, Any]]:
    counted = {c for c, all_hits in found.items() if any(h.counts for h in all_hits)}
    rows = []
    for name in sorted(found):
        good = [h for h in found[name] if h.counts]
        first = min(good or found[name], key=lambda h: (-(h.end - h.start), h.start, h.rule.id))
        row = _row(material, sentence, name, first, good or found[name])
        winner = next((c for c in sorted(counted) if name in before.get(c, set()) and c != name), "")
        if not good:
            wrong = sorted(first.stances - first.rule.counts)
            row["reason"] = "; ".join(_REASONS[s] for s in wrong)
        elif row["prompt"] == "assent":
            row["reason"] = "bloße Zustimmung zu einer Frage, die die Antwort nahelegt"
        elif winner:
            row["reason"] = f"Vorrang für {winner}"
        rows.append(row)
    return rows


def _row(material: Material, sentence: Sentence, name: str, first: Hit, all_hits: list[Hit]) -> dict[str, Any]:
    turn = material.turns[sentence.doc, sentence.turn]
    spans = sorted({(int(material.token_start[h.start]), int(material.token_end[h.end - 1])) for h in all_hits})
    return {
        "doc": sentence.doc, "turn": sentence.turn, "start": sentence.start, "end": sentence.end, "code": name,
        "coder": "rule", "quote": turn.text[sentence.start : sentence.end], "rule": first.rule.id,
        "stance": "+".join(sorted(first.stances)), "about": "", "prompt": prompt(turn, name, material.expected),
        "score": 1.0, "status": "proposed", "case": turn.case, "question": turn.question, "seg": sentence.seg,
        "matched": " | ".join(turn.text[a:b].replace("\n", " ") for a, b in spans),
    }  # fmt: skip
