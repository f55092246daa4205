"""A turn and an interview as a reader's page gets them: nothing that this reader must not see yet is in them."""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

from pipeline.covered import listed
from pipeline.reviewing.acting import Book
from pipeline.reviewing.blind import Gate
from pipeline.reviewing.deck import Deck, ReadTurn
from pipeline.reviewing.pieces import pieces
from pipeline.reviewing.standing import Act, Spot, state_of
from pipeline.tables import CONSENSUS_CODER, FIRST
from pipeline.wording import clock

Json = dict[str, Any]


class Viewer(NamedTuple):
    """Who looks, and in which queue (empty: at the interview)."""

    coder: str
    queue: str = ""


def turn_view(book: Book, gate: Gate, viewer: Viewer, doc: str, number: int) -> Json:
    """One turn, with `rev`: it changes with everything in it that the reader can see and that may change."""
    deck = book.deck
    turn = deck.by_key[doc, number]
    sees = gate.sees(viewer.coder, (doc, turn.raw_sha256), viewer.queue)
    said = _said(book, deck, viewer, turn, sees)
    rev = hashlib.blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    borders = {one[name] for part in ("proposals", "codings", "memos", "negatives") for one in said[part] for name in ("start", "end")}
    borders |= {border for span in (*turn.segments, *said["stars"]) for border in span}
    return {
        "turn": number, "rev": rev, "speaker": turn.speaker, "role": turn.role, "case": turn.case, "codable": turn.codable, "question": turn.question, "kind": turn.kind,
        "time": clock(turn.second), "words": pieces(turn.text, borders), "sentences": turn.segments, **said,
    }  # fmt: skip


def _said(book: Book, deck: Deck, viewer: Viewer, turn: ReadTurn, sees: bool) -> Json:
    key = turn.doc, deck.same(turn.doc, turn.turn)
    acts = [act for act in book.holding(key) if sees or act.coder == viewer.coder]
    readings = [spot for spot in book.readings(key) if sees or spot.row["coder"] == viewer.coder]
    mine = [spot.row for spot in readings if spot.row["coder"] == viewer.coder]
    here = book.here.get(key)
    proposals = deck.proposals.at(turn.doc, turn.turn) if sees and turn.codable else []
    return {
        "read": any(not row.get("codes") for row in mine),
        "read_codes": sorted({code for row in mine for code in listed(row.get("codes", ""))}),
        "blind": not sees,
        "proposals": [_proposal(one, acts, readings, viewer) for one in proposals],
        "codings": [_coding(act, viewer, proposals) for act in sorted(acts, key=lambda act: (act.start, act.end, act.code, act.coder)) if act.given],
        "stars": sorted({(spot.start, spot.end) for spot in here.quotes if spot.row.get("pin") == FIRST and _shown(spot, viewer, sees)}) if here else [],
        "memos": [{"start": s.start, "end": s.end, "memo": s.row["memo"], "coder": s.row["coder"]} for s in here.notes if _shown(s, viewer, sees)] if here else [],
        "negatives": [
            {"code": s.row["code"], "start": s.start, "end": s.end, "why": s.row["why"], "coder": s.row["coder"]} for s in here.against if _shown(s, viewer, sees)
        ] if here else [],
    }  # fmt: skip


def _shown(spot: Spot, viewer: Viewer, sees: bool) -> bool:
    return sees or spot.row.get("coder", "") == viewer.coder


def _proposal(one: Any, acts: list[Act], readings: list[Spot], viewer: Viewer) -> Json:
    said = state_of(acts, readings, viewer.coder, one.code, one.start, one.end)
    return {
        "id": one.id, "code": one.code, "start": one.start, "end": one.end, "coder": one.coder, "chance": one.chance, "unsure": round(one.unsure, 4),
        "reason": one.reason(), "stance": one.stance, "about": one.about, "state": said.state, "by": said.by, "own": said.own,
    }  # fmt: skip


def _coding(act: Act, viewer: Viewer, proposals: list[Any]) -> Json:
    row = act.row
    same = next((one.id for one in proposals if one.code == act.code and act.touches(one.start, one.end)), "")
    return {
        "id": act.id, "code": act.code, "start": act.start, "end": act.end, "coder": act.coder, "mine": act.coder == viewer.coder, "memo": row.get("memo", ""),
        "mode": row["mode"], "stance": row.get("stance", ""), "about": row.get("about", ""), "consensus": act.coder == CONSENSUS_CODER, "proposal": same,
    }  # fmt: skip
