"""A language model on this machine as coder: its answers, kept by the stage `llm`, as proposals like any other."""

from __future__ import annotations

from typing import Any

from pipeline.codebook import Codebook
from pipeline.coders import spoken
from pipeline.coders.material import Material, prompt
from pipeline.coders.themes import themes


def code(material: Material, codebook: Codebook) -> list[dict[str, Any]]:
    """A row for every passage that it proposed; none where no language model was asked."""
    told = themes(material, codebook) if material.heard else None
    rows = []
    for heard in material.heard:
        turn = material.by_key.get((heard["doc"], heard["turn"]))
        if turn is None or told is None or turn.text[heard["start"] : heard["end"]] != heard["quote"]:
            continue
        seg = material.segment_at(turn, heard["start"])
        how = prompt(turn, heard["code"], material.expected, told.before(turn, heard["code"]))
        sentence = _number(material, seg)
        rows.append(
            {
                "doc": turn.doc, "turn": turn.turn, "start": heard["start"], "end": heard["end"], "code": heard["code"], "coder": "llm",
                "quote": heard["quote"], "rule": "", "stance": spoken.stance(material.index, sentence) if seg else "affirmed",
                "about": spoken.about(material.index, sentence) if seg else "", "prompt": how, "score": float("nan"), "unasked": "",
                "status": "proposed", "case": turn.case, "question": turn.question, "seg": seg, "matched": "", "evidence": material.mask(heard["why"]),
                "cue": "", "reason": "",
            }
        )  # fmt: skip
    return rows


def _number(material: Material, seg: str) -> int:
    return material.index.seg_ids.index(seg) if seg else -1
