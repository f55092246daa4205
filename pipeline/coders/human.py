"""The human coder: decisions of people, anchored in the raw turn, as codings.

A decision is placed by (doc, hash of the raw turn, offsets in it), so that cleaning rules and pseudonyms may change
freely. Where no turn has that hash any more its words are looked for (`coders.placing`); what is not surely found is reported,
never dropped.

Decisions are only ever added; which of them hold, `coders.deciding` says. A proposal is accepted where at least half of the
coders who decided on it accepted it, else rejected; where a meeting settled it (coder `konsens`), that counts alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pipeline.codebook import Codebook
from pipeline.coders.deciding import Opinion, agreed, carried, ids_in, lasting, said
from pipeline.coders.material import Material, Theme, Turn, prompt
from pipeline.coders.placing import locate, unplaced
from pipeline.coders.themes import themes
from pipeline.covered import Knows, knows
from pipeline.tables import CONSENSUS_CODER, QUEUE

__all__ = [
    "Opinion", "agreed", "apply_decisions", "apply_reading", "carried", "code", "fill_in", "ids_in", "lasting", "locate", "unplaced",
]  # fmt: skip

Place = tuple[Turn, int, int]


def code(material: Material, codebook: Codebook) -> list[dict[str, Any]]:
    """Accepted and added passages as codings of their coders; rejections are applied by `apply_decisions`.

    Where a meeting spoke of a category on a passage, its coding stands there alone.
    """
    told = themes(material, codebook)
    placed = [(one, place) for one in lasting(material.decisions) if (place := locate(material, one))]
    settled = _settled(placed)
    rows = []
    for decision, (turn, start, end) in placed:
        if decision["action"] == "reject" or (decision["coder"] != CONSENSUS_CODER and _overlaps(settled, turn, decision["code"], start, end)):
            continue
        rows.append(_row(material, decision, turn, start, end, told.before(turn, decision["code"])))
    _lent(rows, placed)
    return rows


Spans = dict[tuple[str, int, str], list[tuple[int, int]]]


def _settled(placed: Iterable[tuple[dict[str, str], Place]]) -> Spans:
    """(interview, turn, category) -> passages of which a meeting spoke."""
    found: Spans = {}
    for decision, (turn, start, end) in placed:
        if decision["coder"] == CONSENSUS_CODER:
            found.setdefault((turn.doc, turn.turn, decision["code"]), []).append((start, end))
    return found


def _overlaps(spans: Spans, turn: Turn, code: str, start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in spans.get((turn.doc, turn.turn, code), ()))


def _lent(rows: list[dict[str, Any]], placed: Iterable[tuple[dict[str, str], Place]]) -> None:
    """Stance and about whom that a meeting left open, from the first of its members who said so of the same passage."""
    wanted = [row for row in rows if row["coder"] == CONSENSUS_CODER and not (row["stance"] and row["about"])]
    beside: dict[tuple[str, int, str], list[tuple[int, int, dict[str, str]]]] = {}
    for decision, (turn, start, end) in placed if wanted else ():
        if decision["action"] != "reject":
            beside.setdefault((turn.doc, turn.turn, decision["code"]), []).append((start, end, decision))
    for row in wanted:
        for start, end, decision in beside.get((row["doc"], row["turn"], row["code"]), []):
            if start < row["end"] and row["start"] < end:
                row.update({name: row[name] or decision.get(name, "") for name in ("stance", "about")})


def _row(material: Material, decision: dict[str, str], turn: Turn, start: int, end: int, theme: Theme | None) -> dict[str, Any]:
    return {
        "doc": turn.doc, "turn": turn.turn, "start": start, "end": end, "code": decision["code"], "coder": decision["coder"],
        "quote": turn.text[start:end], "rule": "", "stance": decision.get("stance", ""), "about": decision.get("about", ""),
        "prompt": prompt(turn, decision["code"], material.expected, theme), "score": 1.0, "unasked": "", "status": "accepted", "case": turn.case,
        "question": turn.question, "seg": material.segment_at(turn, start), "matched": "", "evidence": "", "cue": "",
    }  # fmt: skip


def apply_decisions(material: Material, rows: list[dict[str, Any]]) -> None:
    """Set the status of proposals that people accepted or rejected: same code, overlapping passage."""
    opinions: dict[tuple[str, int, str], list[Opinion]] = {}
    for decision in lasting(material.decisions):
        place = locate(material, decision)
        if place:
            turn, start, end = place
            opinion = Opinion(start, end, decision["coder"], decision["action"] != "reject")
            opinions.setdefault((turn.doc, turn.turn, decision["code"]), []).append(opinion)
    for row in rows:
        if row["status"] == "proposed":
            told = said(opinions.get((row["doc"], row["turn"], row["code"]), []), row["start"], row["end"])
            if told:
                row["status"] = "accepted" if agreed(told) else "rejected"


def apply_reading(material: Material, reviewed: list[dict[str, str]], rows: list[dict[str, Any]]) -> None:
    """What people read and did not give is no proposal any more: it gets a reason, and so is a suggestion.

    Only where a passage was read for that category: by somebody who read for all of them under a codebook that knew it (`lacks`), or
    for this one (`codes`). Who worked through the machine's suggestions (mode `queue`) decided on these alone.
    """
    read: dict[tuple[str, int], list[tuple[int, int, str, Knows]]] = {}
    for one in reviewed:
        place = locate(material, one) if one["mode"] != QUEUE else None
        if place:
            turn, start, end = place
            read.setdefault((turn.doc, turn.turn), []).append((start, end, one["coder"], knows(one)))
    for row in rows:
        if row["status"] == "proposed" and not row.get("reason"):
            for start, end, who, known in read.get((row["doc"], row["turn"]), []):
                if start <= row["start"] and row["end"] <= end and known(row["code"]):
                    row["reason"] = f"gelesen und nicht vergeben ({who})"
                    break


def fill_in(rows: list[dict[str, Any]], machines: Iterable[str]) -> None:
    """Stance and about whom that a person left open, from the machine's row for the same code and passage.

    Who accepts a proposal accepts what stands beside it; where no machine coded the passage, it is affirmed and about nobody known.
    """
    proposed: dict[tuple[str, int, str], list[dict[str, Any]]] = {}
    for row in rows:
        if row["coder"] in machines:
            proposed.setdefault((row["doc"], row["turn"], row["code"]), []).append(row)
    for row in rows:
        if row["coder"] in machines:
            continue
        beside = proposed.get((row["doc"], row["turn"], row["code"]), [])
        same = next((b for b in beside if b["start"] < row["end"] and row["start"] < b["end"]), None)
        row["stance"] = row["stance"] or (same["stance"] if same else "affirmed")
        row["about"] = row["about"] or (same["about"] if same else "")
