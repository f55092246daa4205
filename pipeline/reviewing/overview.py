"""The overview of a reader: categories, interviews, queues, progress, what is open, what lost its place."""

from __future__ import annotations

from typing import Any

from pipeline.codebook import Code
from pipeline.covered import is_full, listed
from pipeline.language import _
from pipeline.reviewing.blind import NEEDED, Queue
from pipeline.reviewing.deck import Deck
from pipeline.reviewing.moving import looks
from pipeline.reviewing.progress import together
from pipeline.reviewing.reading import Reading
from pipeline.reviewing.view import Json, Viewer
from pipeline.tables import BLIND
from pipeline.wording import interview


def overview(reading: Reading, coder: str) -> Json:
    """What `/lesen/stand` answers. Call it inside `reading.held()`."""
    deck, book, gate = reading.deck, reading.book, reading.gate
    parts = {one.doc: reading.far(coder, one.doc) for one in deck.docs}
    return {
        "coder": coder, "coders": reading.coders(), "version": reading.today.version, "codes": [_code(one) for one in reading.today.codes],
        "docs": [
            {
                "doc": one.doc, "title": interview(one.doc, one.people), "date": one.date, "turns": parts[one.doc].turns, "codable": parts[one.doc].codable,
                "read": parts[one.doc].read, "open": parts[one.doc].open, "first": gate.reading(coder, one.doc), "memo": book.first.get((one.doc, coder), ""),
            }
            for one in deck.docs
        ],
        "queues": [found for queue in gate.queues if (found := _queue(queue, coder, deck))],
        "progress": progress(reading, coder), "open": _open(reading, coder), "unplaced": _unplaced(reading, coder), "notes": list(reading.notes),
    }  # fmt: skip


def progress(reading: Reading, coder: str) -> Json:
    """How far a reader is, by category and case. Call it inside `reading.held()`."""
    found = together(reading.far(coder, one.doc) for one in reading.deck.docs)
    for case, row in found["cases"].items():
        who = reading.deck.cases.get(case, {}).get("who") or _("ohne Angaben")
        row["label"] = f"{case.lstrip('I').lstrip('0') or case} · {who}"
    return found


def interview_view(reading: Reading, viewer: Viewer, doc: str) -> Json:
    """What `/lesen/gespraech` answers. Call it inside `reading.held()`."""
    deck, gate = reading.deck, reading.gate
    one = next(found for found in deck.docs if found.doc == doc)
    queue = next((found for found in gate.queues if found.name == viewer.queue and viewer.coder in found.items), None)
    turns = [reading.turn(viewer, doc, turn.turn) for turn in deck.turns[doc]]
    state = gate.reading(viewer.coder, doc)
    # Turns of a queue were drawn to be read for themselves; the page need not ask for the interview first.
    return {
        "doc": doc, "title": interview(doc, one.people), "first": {"state": "off" if queue and state == NEEDED else state, "memo": reading.book.first.get((doc, viewer.coder), "")},
        "queue": queue.name if queue else "", "mode": queue.mode if queue else "interview", "blind": bool(queue and queue.mode in BLIND and not _through(queue, viewer.coder)),
        "turns": turns,
    }  # fmt: skip


def _through(queue: Queue, coder: str) -> bool:
    return queue.complete if queue.mode == "double" else not any(item.open for item in queue.items.get(coder, ()))


def _code(code: Code) -> Json:
    entry = code.entry
    return {
        "id": code.id, "label": entry.label, "parent": code.parent, "level": code.level, "coded": code.coded, "definition": entry.definition,
        "include": list(entry.include), "exclude": list(entry.exclude), "examples": [example.text for example in entry.examples], "color": entry.color,
        "counterexamples": [example.text for example in entry.counterexamples],
    }  # fmt: skip


def _queue(queue: Queue, coder: str, deck: Deck) -> Json | None:
    items = queue.items.get(coder, ())
    if not items:
        return None
    there = [(item, deck.home[item.key]) for item in items if item.key in deck.home]
    return {
        "name": queue.name, "mode": queue.mode, "total": len(there), "done": sum(item.done for item, _ in there), "blind": queue.mode in BLIND,
        "complete": queue.complete, "items": [[item.key[0], turn, item.done] for item, turn in there],
    }  # fmt: skip


def _open(reading: Reading, coder: str) -> list[Json]:
    """Passages that the reader read under a codebook that did not know a category of today, as the last run found them; without those read since."""
    found: dict[tuple[str, int], Json] = {}
    for row in reading.deck.open:
        if row["coder"] != coder or (row["doc"], row["turn"]) not in reading.deck.by_key:
            continue
        key = row["doc"], reading.deck.same(row["doc"], row["turn"])
        version = reading.today.version
        since = [s.row for s in reading.book.readings(key) if s.row["coder"] == coder and s.row.get("codebook") == version]
        codes = [one for one in listed(row["code"]) if one in reading.known]
        left = [one for one in codes if not any(is_full(r) or one in listed(r.get("codes", "")) for r in since)]
        if left:
            one = found.setdefault((row["doc"], row["turn"]), {"doc": row["doc"], "turn": row["turn"], "codes": [], "reason": row["reason"]})
            one["codes"] += [code for code in left if code not in one["codes"]]
    return list(found.values())


def _unplaced(reading: Reading, coder: str) -> list[Json]:
    """Decisions whose passage or category is gone, as the last run found them, without those settled since; of others only what may be seen."""
    rows = []
    for row in reading.deck.unplaced:
        secret = row["coder"] != coder and (row["mode"] in BLIND or reading.gate.reading(coder, row["doc"]) == NEEDED)
        if secret or not looks(reading, row):
            continue
        rows.append(
            {
                "decision": row["decision"], "code": row["code"], "doc": row["doc"], "coder": row["coder"], "quote": row["quote"], "reason": row["reason"],
                "kind": row["kind"], "turn": row["likely_turn"], "start": row["likely_start"], "end": row["likely_end"], "likeness": row["likeness"] if row["likeness"] == row["likeness"] else None,
                "likely": _words(reading.deck, row),
            }
        )  # fmt: skip
    return rows


def _words(deck: Deck, row: dict[str, Any]) -> str:
    turn = deck.by_key.get((row["doc"], row["likely_turn"]))
    return turn.text[row["likely_start"] : row["likely_end"]] if turn else ""
