"""Codings of some turns as far as figures look at them: no quotes, no words that tell why, no next best codes of the model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.coders import human, llm, model, rule
from pipeline.coders.themes import themes
from pipeline.coding import coded, distinct

if TYPE_CHECKING:
    from pipeline.app.held import Held
    from pipeline.codebook import Codebook
    from pipeline.coders.material import Material
    from pipeline.coders.rule import Assigned
    from pipeline.coders.themes import Themes

Rows = list[dict[str, Any]]


def rows_of(held: Held, book: Codebook, told: Themes, touched: Iterable[int], assigned: list[Assigned]) -> tuple[Rows, Rows]:
    """(codings, suggestions) in turns by number, with what people decided; of the model's suggestions only those that are likely."""
    numbers = sorted(touched)
    part, reviewed = part_of(held, book, told, numbers, assigned)
    coders = (_rules, partial(_likely, np.array(numbers, dtype=np.int64)), llm.code, human.code)
    rows = coded(part, book, reviewed, coders)
    return distinct([row for row in rows if not row.get("reason")]), distinct([row for row in rows if row.get("reason")])


def part_of(held: Held, book: Codebook, told: Themes, numbers: list[int], assigned: list[Assigned]) -> tuple[Material, list[dict[str, str]]]:
    """The material of some turns for the coders, and what people read there."""
    material = held.material
    keys = {(material.turns[n].doc, material.turns[n].turn) for n in numbers}

    def here(row: Any) -> bool:
        turn = material.by_hash.get((row["doc"], row["raw_sha256"]))
        return turn is not None and (turn.doc, turn.turn) in keys

    part = replace(
        material, hits={("themes", book.version): told, "assigned": (book, assigned), "meant": model.meant(material)}, decisions=[d for d in material.decisions if here(d)],
        heard=[h for h in material.heard if (h["doc"], h["turn"]) in keys],
    )  # fmt: skip
    return part, [row for row in held.reviewed if here(row)]


def _rules(material: Material, book: Codebook) -> Rows:
    return [rule.placed(material, one) for one in rule.assign(material, book)]


def _likely(numbers: np.ndarray, material: Material, book: Codebook) -> Rows:
    """What the model finds likely; in turns where people decided all that it would suggest, because they may have taken over its stance."""
    judged, index = material.judged, material.index
    if judged is None or not judged.codes:
        return []
    places = np.flatnonzero(judged.scored & np.isin(index.seg_turn, numbers))
    ruled = model.rules_on(material, book, judged)
    raw, chances, free = model.weigh(judged._replace(logits=judged.logits[places], free=judged.free[places]), ruled.hits[places])
    decided = {material.by_hash[one["doc"], one["raw_sha256"]].number for one in material.decisions}
    told, before, means = themes(material, book), model.outranking(book, judged.codes), model.meant(material)
    rows: Rows = []
    wanted = (raw >= model.likely_from(judged)).any(axis=1) | np.isin(index.seg_turn[places], sorted(decided))
    for at in np.flatnonzero(wanted).tolist():
        sentence = int(places[at])
        turn, seg = material.turns[int(index.seg_turn[sentence])], index.seg_ids[sentence]
        least = judged.suggestions if turn.number in decided else 0
        stance, about = means.stance[sentence], means.about[sentence]
        start, end = int(index.seg_start[sentence]), int(index.seg_end[sentence])
        for k, how, reason in model.verdicts(material, judged, ruled, sentence, chances[at], raw[at], told, before, least):
            rows.append(
                {
                    "doc": turn.doc, "turn": turn.turn, "start": start, "end": end, "code": judged.codes[k], "coder": "model", "stance": stance,
                    "about": about, "prompt": how, "unasked": "yes" if free[at, k] >= judged.certainty.free_threshold else "no", "status": "proposed",
                    "case": turn.case, "seg": seg, "reason": reason,
                }
            )  # fmt: skip
    return rows
