"""The model as coder: what is likely enough is a proposal, the next best codes of every sentence are suggestions, each with its reason.

Rules are evidence here: a hit raises its code and lowers others; a hit whose stance does not count keeps its code from being proposed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    ruled, raw, chances, free = judgement(material, codebook, judged)
    told, before, means = themes(material, codebook), outranking(codebook, judged.codes), meant(material)
    numbers = np.flatnonzero(judged.scored)
    seen = ranked(judged, chances[numbers], raw[numbers], judged.suggestions)
    unasked = free[numbers] >= judged.certainty.free_threshold
    rows = []
    for at, (sentence, one) in enumerate(zip(numbers.tolist(), seen, strict=True)):
        rows += _sentence(material, judged, ruled, sentence, one, unasked[at], means, told, before)
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


class Ranked(NamedTuple):
    """The codes of one sentence, the surest first: their numbers, chances, whether each is likely and whether sure enough for a suggestion, and
    how many a set would need to be sure."""

    order: list[int]
    told: list[float]
    likely: list[bool]
    enough: list[bool]
    size: int


def ranked(judged: Judged, told: np.ndarray, raw: np.ndarray, least: int) -> Iterator[Ranked]:
    """The codes of every sentence (a row of chances, s x k) that are likely, `least` of them in any case."""
    likely = raw >= likely_from(judged)
    number = np.maximum(least, likely.sum(axis=1))
    order = np.argsort(-told, axis=1, kind="stable")[:, : int(number.max(initial=0))]
    told_, likely_, enough_ = (np.take_along_axis(data, order, axis=1).tolist() for data in (told, likely, told >= LEAST))
    sizes = (told >= judged.certainty.covers).sum(axis=1).tolist()
    for n, codes, *lists, size in zip(number.tolist(), order.tolist(), told_, likely_, enough_, sizes, strict=True):
        yield Ranked(codes[:n], lists[0][:n], lists[1][:n], lists[2][:n], size)


def _sentence(
    material: Material, judged: Judged, ruled: Ruled, sentence: int, ranks: Ranked, unasked: np.ndarray, meant: spoken.Meant,
    theme: Themes, before: dict[str, set[str]],
) -> list[dict[str, Any]]:  # fmt: skip
    """The proposals and suggestions of one sentence, the surest first."""
    index = material.index
    turn = material.turns[int(index.seg_turn[sentence])]
    start, end = int(index.seg_start[sentence]), int(index.seg_end[sentence])
    shared = {
        "doc": turn.doc, "turn": turn.turn, "start": start, "end": end, "coder": "model", "quote": turn.text[start:end], "rule": "",
        "stance": meant.stance[sentence], "about": meant.about[sentence], "status": "proposed", "case": turn.case, "question": turn.question,
        "seg": index.seg_ids[sentence], "matched": "", "cue": "",
    }  # fmt: skip
    asked, rows = material.expected.get(turn.question, ()), []
    chance = dict(zip(ranks.order, ranks.told, strict=True))
    for k, how, reason in _verdicts(material, judged, ruled, sentence, ranks, theme, before):
        name = judged.codes[k]
        hit = ruled.words.get((sentence, k))
        why = Why(
            material.mask(judged.anchors.get(int(judged.near[sentence, k]), "")), turn.question if name in asked else "",
            material.mask(hit.good[0].rule.pattern) if hit else "",
        )  # fmt: skip
        own = {"code": name, "prompt": how, "score": chance[k], "unasked": "yes" if unasked[k] else "no", "evidence": because(why), "reason": reason}
        rows.append(shared | own)
    return rows


def verdicts(
    material: Material, judged: Judged, ruled: Ruled, sentence: int, told: np.ndarray, raw: np.ndarray, theme: Themes, before: dict[str, set[str]], least: int,
) -> Iterator[tuple[int, str, str]]:  # fmt: skip
    """(number of the code, prompt, why it is only a suggestion or nothing) of one sentence, the surest first: all that are likely, `least` of them in any case."""
    (ranks,) = ranked(judged, told[None], raw[None], least)
    return _verdicts(material, judged, ruled, sentence, ranks, theme, before)


def _verdicts(
    material: Material, judged: Judged, ruled: Ruled, sentence: int, ranks: Ranked, theme: Themes, before: dict[str, set[str]],
) -> Iterator[tuple[int, str, str]]:  # fmt: skip
    turn = material.turns[int(material.index.seg_turn[sentence])]
    winners = sorted({judged.codes[k] for k, sure in zip(ranks.order, ranks.likely, strict=True) if sure and (sentence, k) not in ruled.against})
    for rank, (k, likely, enough) in enumerate(zip(ranks.order, ranks.likely, ranks.enough, strict=True)):
        name = judged.codes[k]
        how = prompt(turn, name, material.expected, theme.before(turn, name))
        behind = next((c for c in winners if c != name and name in before[c]), "")
        reason = _reason(likely, ruled.against.get((sentence, k), ""), how, behind, rank, ranks.size)
        if not reason or enough:
            yield k, how, reason


def meant(material: Material) -> spoken.Meant:
    """How every sentence is meant; worked out once, because no codebook changes it."""
    found: spoken.Meant = material.hits.get("meant") or spoken.meant(material.index)
    material.hits["meant"] = found
    return found


def likely_from(judged: Judged) -> float:
    """The chance from which on a code is proposed."""
    return float(judged.threshold or judged.certainty.threshold)


def outranking(codebook: Codebook, codes: Sequence[str]) -> dict[str, set[str]]:
    """Each of the model's codes -> those that it has precedence over."""
    known = codebook.by_id()
    return {code: set(known[code].entry.before) if code in known else set() for code in codes}


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

