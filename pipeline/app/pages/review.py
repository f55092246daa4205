"""The pages on which somebody reads and decides: `/lesen`, what it shows and what it sends. What the answers hold, `reviewing` says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from pipeline.app import posting, served
from pipeline.app.reading_words import reading_words
from pipeline.app.shell import page
from pipeline.language import _
from pipeline.problems import Problem, Stop
from pipeline.reviewing import moving
from pipeline.reviewing.files import QUEUES, Row
from pipeline.reviewing.overview import interview_view, overview, progress
from pipeline.reviewing.reading import Conflict, Reading
from pipeline.reviewing.view import Viewer
from pipeline.sampling.queues import queues

if TYPE_CHECKING:
    from starlette.requests import Request

    from pipeline.app.server import Room

Json = dict[str, Any]


def reading_of(room: Room) -> Reading:
    """What all pages of a server read on; other rooms of the app may use it too."""
    if "reading" not in room.held:

        def drawn(read: list[Row], there: Collection[tuple[str, str]]) -> Any:
            return queues(room.places.codebooks / QUEUES, read, there)

        room.held["reading"] = Reading(room.places, drawn)
    found: Reading = room.held["reading"]
    return found


async def _page(room: Room, request: Request) -> Response:
    coder = request.query_params.get("coder", "") or room.coder
    return page("review", "/lesen", _("Lesen und entscheiden"), reading_words(), {"coder": coder, "study": room.places.study})


async def _stand(room: Room, request: Request) -> Response:
    def found(reading: Reading) -> Json:
        coder = reading.named(request.query_params.get("coder", "") or room.coder)
        return overview(reading, coder)

    return await _answer(room, found)


async def _interview(room: Room, request: Request) -> Response:
    given = request.query_params

    def found(reading: Reading) -> Json:
        coder = reading.named(given.get("coder", "") or room.coder)
        doc = given.get("doc", "")
        if doc not in reading.deck.turns:
            raise Stop(Problem("", 0, _("Dieses Gespräch gibt es nicht (mehr)."), _("Bitte die Seite neu laden.")))
        return interview_view(reading, Viewer(coder, given.get("queue", "")), doc)

    return await _answer(room, found)


async def _answer(room: Room, found: Callable[[Reading], Json]) -> Response:
    def work() -> Response:
        with reading_of(room).held() as reading:
            return JSONResponse(found(reading))

    return await asyncio.to_thread(work)


async def _act(room: Room, request: Request) -> Response:
    given = await posting.sent(request)

    def work() -> Response:
        try:
            turn = reading_of(room).act(given)
            with reading_of(room).held() as reading:
                return JSONResponse({"ok": True, "turn": turn, "progress": progress(reading, given["coder"])})
        except Conflict as conflict:
            return JSONResponse({"conflict": True, "turn": conflict.turn, "problems": conflict.problems}, status_code=409)

    return await asyncio.to_thread(work)


async def _first(room: Room, request: Request) -> Response:
    given = await posting.sent(request)
    await asyncio.to_thread(reading_of(room).first_done, given)
    return JSONResponse({"ok": True})


async def _moved(room: Room, request: Request) -> Response:
    given = await posting.sent(request)
    await asyncio.to_thread(moving.settled, reading_of(room), given)
    return JSONResponse({"ok": True})


async def _refresh(room: Room, request: Request) -> Response:
    await posting.sent(request)
    begin = room.held.get("refresh")
    if begin is None:
        raise Stop(Problem("", 0, _("Hier lässt sich kein Lauf beginnen."), _("Bitte »make analyze« starten.")))
    begin()
    return JSONResponse({"ok": True})


async def _report(room: Room, request: Request) -> Response:
    """The report; who reads blind is first told that it shows what they are not to know yet."""
    from pipeline.app.server import report

    def lists() -> list[str]:
        if served.read(room.places.outputs, served.REPORT) is None:
            return []  # there is nothing to hide yet
        with reading_of(room).held() as reading:
            return sorted({queue.name for queue in reading.gate.hides(room.coder).values()})

    if room.coder and not request.query_params.get("trotzdem") and (open_ := await asyncio.to_thread(lists)):
        return page("blind", "/", _("Sie lesen gerade blind"), {}, None, lists=open_, to=f"{request.url.path}?trotzdem=ja")
    return await report(room, request)


ROUTES: Mapping[str, Any] = {"/": _report, "/report.html": _report, "/lesen": _page, "/lesen/stand": _stand, "/lesen/gespraech": _interview}
WRITES: Mapping[str, Any] = {"/lesen/akt": _act, "/lesen/erstes": _first, "/lesen/ort": _moved, "/lesen/auffrischen": _refresh}
