"""The model as coder: what is likely enough is a proposal, the next best codes of every sentence are suggestions, each with its reason.

Rules are evidence here: a hit raises its code and lowers others; a hit whose stance does not count keeps its code from being proposed.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from pipeline.codebook import Codebook
from pipeline.coders import rule, spoken
from pipeline.coders.material import Judged, Material, prompt
from pipeline.coders.reasons import Why, because
from pipeline.coders.themes import Themes, themes
from pipeline.coders.units import UNITS
from pipeline.learning.columns import to_column
from pipeline.learning.refit import rule_features

LEAST = 0.002  # chance below which a code is no suggestion, however high it ranks
MANY = 12  # codes that a set would need to be sure: then the model says that it does not know
LEADING = "bloße Zustimmung zu einer Frage, die die Antwort nahelegt"


class Ruled(NamedTuple):
    """What rules say of the model's sentences and codes: `hits` (s x k) bool; reasons why a hit does not count; words that matched."""

    hits: np.ndarray
    against: dict[tuple[int, int], str]
    words: dict[tuple[int, int], rule.Assigned]


def code(material: Material, codebook: Codebook) -> list[dict[str, Any]]:
    """Proposals and suggestions for every sentence that the model looked at; none without a model."""
    judged = material.judged
    if judged is None or not judged.codes:
        return []
    known = codebook.by_id()
    ruled, raw, chances, free = judgement(material, codebook, judged)
    told, before = themes(material, codebook), {code: set(known[code].entry.before) if code in known else set() for code in judged.codes}
    rows = []
    for sentence in np.flatnonzero(judged.scored).tolist():
        rows += _sentence(material, judged, ruled, sentence, chances[sentence], free[sentence], raw[sentence], told, before)
    return rows


def judgement(material: Material, codebook: Codebook, judged: Judged) -> tuple[Ruled, np.ndarray, np.ndarray, np.ndarray]:
    """What rules say, and the three kinds of chances that `weigh` gives; worked out once."""
    last, found = material.hits.get("judgement", (None, None))
    if last is not codebook:
        ruled = rules_on(material, codebook, judged)
        found = ruled, *weigh(judged, ruled.hits)
        material.hits["judgement"] = codebook, found
    result: tuple[Ruled, np.ndarray, np.ndarray, np.ndarray] = found
    return result


def chances(material: Material, codebook: Codebook) -> list[dict[str, Any]]:
    """Rows of the table `chances`: every sentence that the model looked at with the chance of each of its codes, rules included."""
    judged = material.judged
    if judged is None:
        return []
    _, _, told, free = judgement(material, codebook, judged)
    index = material.index
    return [
        {
            "doc": material.turns[int(index.seg_turn[n])].doc, "turn": material.turns[int(index.seg_turn[n])].turn, "seg": index.seg_ids[n],
            "chances": to_column(told[n]), "free": to_column(free[n]),
        }
        for n in np.flatnonzero(judged.scored).tolist()
    ]  # fmt: skip


def weigh(judged: Judged, hits: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(chances as thresholds know them, chances as people are told, chances without what rests on the question), all (s x k)."""
    from pipeline.evaluating.calibration import Platt, apply_platt

    found = rule_features(hits)
    logits = judged.logits + sum(judged.rules.get(name, 0.0) * data for name, data in found.items())
    free = judged.free + sum(judged.free_rules.get(name, 0.0) * data for name, data in found.items())
    told = apply_platt(Platt(judged.certainty.slope, judged.certainty.offset), logits)
    return 1 / (1 + np.exp(-logits)), told, 1 / (1 + np.exp(-free))


def rules_on(material: Material, codebook: Codebook, judged: Judged) -> Ruled:
    """Rule hits laid on sentences: a clause's on its sentence, a turn's on the sentences that hold its words."""
    number = {code: n for n, code in enumerate(judged.codes)}
    parents = {c.id: c.parent for c in codebook.codes}
    hits = np.zeros(judged.logits.shape, dtype=bool)
    against: dict[tuple[int, int], str] = {}
    words: dict[tuple[int, int], rule.Assigned] = {}
    for one in rule.assign(material, codebook):
        places = _sentences(material, one)
        at = one.code
        while at:
            if at in number:
                for sentence in places:
                    key = sentence, number[at]
                    if not one.reason:
                        hits[key] = True
                        words.setdefault(key, one)
                    elif at == one.code and not one.good and one.hits[0].wrong:
                        against.setdefault(key, one.reason)
            at = "" if one.reason else parents.get(at, "")
    return Ruled(hits, {key: why for key, why in against.items() if not hits[key]}, words)


def _sentences(material: Material, one: rule.Assigned) -> list[int]:
    kind, number = one.unit
    if kind == UNITS["sentence"]:
        return [number]
    shown = one.good or one.hits
    return sorted({int(material.index.segment[int(place)]) for hit in shown for place in hit.words})


def _sentence(
    material: Material, judged: Judged, ruled: Ruled, sentence: int, told: np.ndarray, free: np.ndarray, raw: np.ndarray,
    theme: Themes, before: dict[str, set[str]],
) -> list[dict[str, Any]]:  # fmt: skip
    """The proposals and suggestions of one sentence, the surest first."""
    index, threshold = material.index, judged.threshold or judged.certainty.threshold
    turn = material.turns[int(index.seg_turn[sentence])]
    order = np.argsort(-told, kind="stable")[: max(judged.suggestions, int((raw >= threshold).sum()))].tolist()
    start, end = int(index.seg_start[sentence]), int(index.seg_end[sentence])
    size = int((told >= judged.certainty.covers).sum())
    stance, about = spoken.stance(index, sentence), spoken.about(index, sentence)
    winners = {judged.codes[k] for k in order if raw[k] >= threshold and (sentence, k) not in ruled.against}
    rows = []
    for rank, k in enumerate(order):
        name = judged.codes[k]
        how = prompt(turn, name, material.expected, theme.before(turn, name))
        behind = next((c for c in sorted(winners) if c != name and name in before[c]), "")
        reason = _reason(raw[k] >= threshold, ruled.against.get((sentence, k), ""), how, behind, rank, size)
        if reason and told[k] < LEAST:
            continue
        hit = ruled.words.get((sentence, k))
        why = Why(
            material.mask(judged.anchors.get(int(judged.near[sentence, k]), "")), turn.question if name in material.expected.get(turn.question, ()) else "",
            material.mask(hit.good[0].rule.pattern) if hit else "",
        )  # fmt: skip
        rows.append(
            {
                "doc": turn.doc, "turn": turn.turn, "start": start, "end": end, "code": name, "coder": "model",
                "quote": turn.text[start:end], "rule": "", "stance": stance, "about": about, "prompt": how, "score": float(told[k]),
                "unasked": "yes" if free[k] >= judged.certainty.free_threshold else "no", "status": "proposed", "case": turn.case, "question": turn.question, "seg": index.seg_ids[sentence],
                "matched": "", "evidence": because(why), "cue": "", "reason": reason,
            }
        )  # fmt: skip
    return rows


def _reason(likely: bool, against: str, how: str, behind: str, rank: int, size: int) -> str:
    """Why a code is only a suggestion; empty for a proposal."""
    if against:
        return against
    if how == "assent":
        return LEADING
    if likely:
        return f"Vorrang für {behind}" if behind else ""
    unsure = f"; das Modell enthält sich: erst mit {size} Kategorien wäre die richtige wohl dabei" if size > MANY else ""
    return f"nicht sicher genug (Rang {rank + 1}){unsure}"

