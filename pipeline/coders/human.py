"""The human coder: decisions of people, anchored in the raw turn, as codings.

A decision is placed by (doc, hash of the raw turn, offsets in it), so that cleaning rules and pseudonyms may change
freely. Where no turn has that hash any more it is reported, never dropped.

Decisions are only ever added. Of one coder the last one on a passage and code counts. A proposal is accepted where at least
half of the coders who decided on it accepted it, else rejected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pipeline.codebook import Codebook
from pipeline.coders.material import Material, Theme, Turn, prompt
from pipeline.coders.themes import themes
from pipeline.offsets import forward
from pipeline.tables import QUEUE


def code(material: Material, codebook: Codebook) -> list[dict[str, Any]]:
    """Accepted and added passages as codings of their coders; rejections are applied by `apply_decisions`."""
    told = themes(material, codebook)
    rows = []
    for decision in lasting(material.decisions):
        place = locate(material, decision)
        if place is None or decision["action"] == "reject":
            continue
        turn, start, end = place
        rows.append(_row(material, decision, turn, start, end, told.before(turn, decision["code"])))
    return rows


def locate(material: Material, row: dict[str, str]) -> tuple[Turn, int, int] | None:
    """The turn and the offsets in its text that a row's anchor means; None where the raw turn is no longer there."""
    turn = material.by_hash.get((row["doc"], row["raw_sha256"]))
    if turn is None:
        return None
    start, end = int(row["raw_start"]), int(row["raw_end"])
    for made in material.steps.get((turn.doc, turn.turn), []):
        start, end = forward(made, start, end)
    return (turn, start, end) if 0 <= start < end <= len(turn.text) else None


def unplaced(material: Material, reviewed: list[dict[str, str]], codes: set[str]) -> list[dict[str, Any]]:
    """Decisions and reviewed passages whose place or code is gone, each with the reason."""
    rows = []
    for decision in material.decisions:
        reason = "" if decision["code"] in codes else f"Die Kategorie {decision['code']} steht nicht im Codebuch."
        reason = reason or _why_not(material, decision)
        if reason:
            rows.append({**{k: decision[k] for k in ("decision", "coder", "action", "mode", "code", "doc", "quote")}, **_LOST, "reason": reason})
    for row in reviewed:
        reason = _why_not(material, row)
        if reason:
            name = f"reviewed.csv, Zeile {row['line']}"
            rows.append(
                {"decision": name, "coder": row["coder"], "code": "", "doc": row["doc"], "quote": "", **_LOST, "reason": reason}
            )
    return rows


_LOST = {"raw_sha256": "", "raw_start": 0, "raw_end": 0, "kind": "lost", "likely_turn": 0, "likely_start": 0, "likely_end": 0, "likeness": 0.0}


def _why_not(material: Material, row: dict[str, str]) -> str:
    if locate(material, row):
        return ""
    if (row["doc"], row["raw_sha256"]) not in material.by_hash:
        return "Der Redebeitrag hat sich geändert oder fehlt."
    return "raw_start und raw_end liegen nicht im Redebeitrag, oder die Stelle ist im Lesetext leer."


def _row(material: Material, decision: dict[str, str], turn: Turn, start: int, end: int, theme: Theme | None) -> dict[str, Any]:
    return {
        "doc": turn.doc, "turn": turn.turn, "start": start, "end": end, "code": decision["code"], "coder": decision["coder"],
        "quote": turn.text[start:end], "rule": "", "stance": decision.get("stance", ""), "about": decision.get("about", ""),
        "prompt": prompt(turn, decision["code"], material.expected, theme), "score": 1.0, "unasked": "", "status": "accepted", "case": turn.case,
        "question": turn.question, "seg": material.segment_at(turn, start), "matched": "", "evidence": "", "cue": "",
    }  # fmt: skip


class Opinion(NamedTuple):
    """What a coder says of one code at a place of a turn's text."""

    start: int
    end: int
    coder: str
    given: bool


def lasting(decisions: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Decisions without those that their coder took back or repeated: of the same passage and code the last one stays, in its place."""
    kept: dict[tuple[Any, ...], dict[str, str]] = {}
    for row in decisions:
        key = row["doc"], row["raw_sha256"], int(row["raw_start"]), int(row["raw_end"]), row["code"], row["coder"]
        kept.pop(key, None)
        kept[key] = row
    return list(kept.values())


def agreed(said: Mapping[str, bool]) -> bool:
    """Whether at least half of the coders (coder -> gives the code) give it.

    >>> agreed({"ab": True, "cd": False}), agreed({"ab": True, "cd": False, "ef": False})
    (True, False)
    """
    return 2 * sum(said.values()) >= len(said)


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
            said = _said(opinions.get((row["doc"], row["turn"], row["code"]), []), row["start"], row["end"])
            if said:
                row["status"] = "accepted" if agreed(said) else "rejected"


def _said(opinions: Iterable[Opinion], start: int, end: int) -> dict[str, bool]:
    """What each coder says of a passage: the last of their decisions on this very passage, else the last that overlaps it."""
    near = [one for one in opinions if one.start < end and start < one.end]
    return {one.coder: one.given for one in sorted(near, key=lambda one: (one.start, one.end) == (start, end))}


def apply_reading(material: Material, reviewed: list[dict[str, str]], rows: list[dict[str, Any]]) -> None:
    """What people read and did not give is no proposal any more: it gets a reason, and so is a suggestion.

    Only where a passage was read for all codes; who worked through the machine's suggestions (mode `queue`) decided on these alone.
    """
    read: dict[tuple[str, int], list[tuple[int, int, str]]] = {}
    for one in reviewed:
        place = locate(material, one) if one["mode"] != QUEUE else None
        if place:
            turn, start, end = place
            read.setdefault((turn.doc, turn.turn), []).append((start, end, one["coder"]))
    for row in rows:
        if row["status"] == "proposed" and not row.get("reason"):
            for start, end, who in read.get((row["doc"], row["turn"]), []):
                if start <= row["start"] and row["end"] <= end:
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
