"""The page of a meeting: `/konsens` shows what people coded differently side by side, and takes what they settle on.

What it sends and takes is JSON: `/konsens/daten` gives the passages as they stand now (`_all`), `/konsens/zahlen` how far people agree, before
the meeting and with what it settled so far; `/konsens/entscheiden` takes one passage, as `settling.settle` says, and answers with the passages of its
turn. Nothing of rounds that somebody has still to read is in any of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from pipeline.app import posting
from pipeline.app.consensus_figures import confused, statistics
from pipeline.app.consensus_words import consensus_words
from pipeline.app.disputes import Dispute, Meeting, Voice, meeting, settled_acts
from pipeline.app.pages.review import reading_of
from pipeline.app.settling import settle
from pipeline.app.shell import page
from pipeline.language import _
from pipeline.lists import LISTS, read_list
from pipeline.problems import Stop
from pipeline.reviewing.reading import Reading
from pipeline.wording import ABOUT, STANCES, interview

if TYPE_CHECKING:
    from starlette.requests import Request

    from pipeline.app.server import Room

Json = dict[str, Any]
BEFORE, AFTER, ASKED = 500, 300, 300  # code points shown around a passage, and of the question before it
MOST = 200  # rows of a list that are shown
CONFLICTS = "merge_conflicts.csv"


async def _page(room: Room, request: Request) -> Response:
    return page("consensus", "/konsens", _("Übereinstimmung"), consensus_words(), {"study": room.places.study})


async def _data(room: Room, request: Request) -> Response:
    def work() -> Response:
        with reading_of(room).held() as reading:
            return JSONResponse(_all(reading))

    return await asyncio.to_thread(work)


async def _figures(room: Room, request: Request) -> Response:
    def work() -> Response:
        with reading_of(room).held() as reading:
            found = meeting(reading)
            return JSONResponse({"figures": statistics(found), "confusions": confused(reading, found)})

    return await asyncio.to_thread(work)


async def _settle(room: Room, request: Request) -> Response:
    given = await posting.sent(request)

    def work() -> Response:
        reading = reading_of(room)
        found = settle(reading, given)
        with reading.held():
            return JSONResponse({"ok": True, "disputes": [_dispute(reading, one) for one in found]})

    return await asyncio.to_thread(work)


def _all(reading: Reading) -> Json:
    """Everything that the page shows but for figures, as it stands now."""
    found = meeting(reading)
    return {
        "disputes": [_dispute(reading, one) for one in found.disputes], "codes": [_code(one) for one in reading.today.codes], "rounds": _rounds(reading),
        "hidden": len(found.hidden), "coders": list(found.desk.every.coders), "conflicts": _conflicts(reading, found),
    }  # fmt: skip


def _dispute(reading: Reading, one: Dispute) -> Json:
    deck = reading.deck
    turn = deck.by_key[one.doc, one.turn]
    people = next((doc.people for doc in deck.docs if doc.doc == one.doc), 1)
    asked = next((t for t in reversed(deck.turns[one.doc]) if t.turn < one.turn and t.role == "interviewer"), None)
    before, after = turn.text[max(0, one.start - BEFORE) : one.start], turn.text[one.end : one.end + AFTER]
    added = [act.code for act in settled_acts(reading, one) if act.given and act.code not in one.differ]
    return {
        "id": one.id, "doc": one.doc, "title": interview(one.doc, people), "turn": one.turn, "speaker": turn.speaker, "question": asked.text[-ASKED:] if asked else "",
        "before": ("…" if one.start > BEFORE else "") + before, "text": turn.text[one.start : one.end], "after": after + ("…" if one.end + AFTER < len(turn.text) else ""),
        "voices": [_voice(voice, one) for voice in one.voices], "common": list(one.common), "differ": list(one.differ), "settled": one.settled, "added": added,
        "reasons": list(one.reasons), "open": one.open, "round": one.round,
    }  # fmt: skip


def _voice(voice: Voice, one: Dispute) -> Json:
    notes = [
        {
            "code": act.code, "given": act.given, "memo": act.row.get("memo", ""),
            "stance": ", ".join(_(STANCES[part]) for part in act.row.get("stance", "").split("+") if part in STANCES),
            "about": _(ABOUT[act.row["about"]]) if act.row.get("about") and act.row["about"] in ABOUT else "",
        }
        for act in voice.acts
    ]  # fmt: skip
    return {"coder": voice.coder, "codes": [code for code in voice.codes if code not in one.common], "notes": notes}


def _code(one: Any) -> Json:
    entry = one.entry
    return {"id": one.id, "label": entry.label, "coded": one.coded, "definition": entry.definition, "include": list(entry.include), "exclude": list(entry.exclude)}


def _rounds(reading: Reading) -> list[Json]:
    """How far everybody is in each round, and nothing else of those that are open."""
    return [
        {
            "name": queue.name, "complete": queue.complete,
            "coders": [[coder, sum(item.done for item in items), len(items)] for coder, items in queue.items.items()],
        }
        for queue in reading.gate.queues if queue.mode == "double"
    ]  # fmt: skip


def _conflicts(reading: Reading, found: Meeting) -> Json:
    """What merging two copies of the project left to be looked at, but for turns that somebody reads blind; a broken list is told, not shown."""
    try:
        rows = read_list(reading.places.codebooks / CONFLICTS, LISTS[CONFLICTS])
    except Stop as stop:
        return {"problems": [str(problem) for problem in stop.problems], "rows": [], "more": 0}
    home = reading.deck.home
    rows = [row for row in rows if (row["doc"], home.get((row["doc"], row["raw_sha256"]), -1)) not in found.hidden]
    names = ("list", "coder", "code", "doc", "quote", "ours", "theirs", "counts")
    return {"problems": [], "rows": [{name: row.get(name, "") for name in names} for row in rows[:MOST]], "more": max(0, len(rows) - MOST)}


ROUTES: Mapping[str, Any] = {"/konsens": _page, "/konsens/daten": _data, "/konsens/zahlen": _figures}
WRITES: Mapping[str, Any] = {"/konsens/entscheiden": _settle}
