"""How far a reader is: turns read, proposals decided, categories given. Counts only what this reader may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pipeline.covered import is_full
from pipeline.reviewing.acting import Book
from pipeline.reviewing.blind import Gate
from pipeline.reviewing.standing import state_of


@dataclass
class Far:
    """Of one interview and reader; `proposed`, `decided`, `given`: category -> number; `cases`: case -> (turns, read)."""

    turns: int = 0
    codable: int = 0
    read: int = 0
    open: int = 0
    proposed: Counter[str] = field(default_factory=Counter)
    decided: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    cases: dict[str, list[int]] = field(default_factory=dict)


def far(book: Book, gate: Gate, coder: str, doc: str) -> Far:
    """How far `coder` is with an interview. `open`: proposals that nobody decided on, in turns that this reader has not read."""
    found, deck = Far(), book.deck
    for turn in deck.turns[doc]:
        found.turns += 1
        if not turn.codable:
            continue
        key = doc, deck.same(doc, turn.turn)
        readings = book.readings(key)
        read = any(is_full(spot.row) for spot in readings if spot.row["coder"] == coder)
        found.codable += 1
        found.read += read
        case = found.cases.setdefault(turn.case, [0, 0])
        case[0] += 1
        case[1] += read
        acts = book.holding(key)
        if turn.turn == key[1]:
            found.given.update(act.code for act in acts if act.coder == coder and act.given)
        if not gate.sees(coder, (doc, turn.raw_sha256)):
            continue
        for one in deck.proposals.at(doc, turn.turn):
            found.proposed[one.code] += 1
            if acts or readings:
                said = state_of(acts, readings, coder, one.code, one.start, one.end)
                found.decided[one.code] += bool(said.own)
                found.open += said.state == "open" and not read
            else:
                found.open += 1
    return found


def together(parts: Iterable[Far]) -> dict[str, Any]:
    """Progress over all interviews, by category and case."""
    codes: dict[str, dict[str, int]] = {}
    cases: dict[str, dict[str, int]] = {}
    for part in parts:
        for name in ("proposed", "decided", "given"):
            for code, n in getattr(part, name).items():
                codes.setdefault(code, {"proposed": 0, "decided": 0, "given": 0})[name] += n
        for case, (turns, read) in part.cases.items():
            if case:
                row = cases.setdefault(case, {"turns": 0, "read": 0})
                row["turns"] += turns
                row["read"] += read
    return {"codes": dict(sorted(codes.items())), "cases": dict(sorted(cases.items()))}
