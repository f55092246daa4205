"""The server: which page answers which address, behind the door of `guard`, on the loopback address alone."""

from __future__ import annotations

import os
import socket
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from pipeline.app import served
from pipeline.app.board import Board
from pipeline.app.guard import METHODS, WRITING, guarded
from pipeline.app.traces import kept
from pipeline.app.words import page_words, waiting_page
from pipeline.language import spoken
from pipeline.places import Places
from pipeline.problems import Problem, Stop

if TYPE_CHECKING:
    from starlette.types import ASGIApp

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Room:
    """What the pages of the app share: the study's folders, its language, what is told to open pages."""

    places: Places
    language: str
    board: Board
    coder: str = ""  # who works with `make review`
    held: dict[str, Any] = field(default_factory=dict)  # what pages keep between two requests, each under its own name


Page = Callable[[Room, Request], Awaitable[Response]]


async def report(room: Room, request: Request) -> Response:
    """The report, alive; while there is none, a page that waits for it."""
    data = served.read(room.places.outputs, served.REPORT)
    mark = served.mark(data)
    if mark != room.board.state.file:  # somebody else's run wrote it
        room.board.tell(file=mark)
    with spoken(room.language):
        words = {**page_words(), "file": mark}
        body, policy = served.page(waiting_page() if data is None else data, words, alive=True)
    return HTMLResponse(body, headers={"content-security-policy": policy})


async def events(room: Room, request: Request) -> Response:
    """What changes, for as long as the page is open."""
    if request.method == "HEAD":
        return Response(media_type="text/event-stream")
    return StreamingResponse(room.board.listen(), media_type="text/event-stream")


def file(name: str) -> Page:
    """A page that gives out one of the results by its name."""

    async def give(room: Room, request: Request) -> Response:
        data = served.read(room.places.outputs, name)
        if data is None:
            return PlainTextResponse("Diese Datei gibt es (noch) nicht.", status_code=404)
        if not name.endswith(".html"):
            return Response(data, media_type=served.FILES[name], headers={"content-disposition": f'attachment; filename="{name}"'})
        body, policy = served.page(data, {}, alive=False)
        return HTMLResponse(body, headers={"content-security-policy": policy})

    return give


# Rooms of the app: each a module with ROUTES (address -> page) and WRITES (address -> what takes a POST).
ROOMS: tuple[str, ...] = ("review", "names", "forms", "consensus")
ROUTES: Mapping[str, Page] = {
    "/": report, f"/{served.REPORT}": report, "/ereignisse": events,
    **{f"/{name}": file(name) for name in served.FILES if name != served.REPORT},
}  # fmt: skip


def routes() -> tuple[dict[str, Page], dict[str, Page]]:
    """(pages, what takes a POST) of the whole app, by address."""
    rooms = [import_module(f"pipeline.app.pages.{name}") for name in ROOMS]
    return {**ROUTES, **{a: p for one in rooms for a, p in one.ROUTES.items()}}, {a: p for one in rooms for a, p in one.WRITES.items()}


def _told(status: int, problems: Iterable[Problem]) -> Response:
    # What was sent may come back in it; half a sign cannot be written as UTF-8.
    return JSONResponse({"problems": [str(problem).encode("utf-8", "replace").decode() for problem in problems]}, status_code=status)


def application(room: Room, port: int, token: str, home: str = "/") -> ASGIApp:
    """The whole app behind its door."""

    def bound(page: Page, own: bool = True) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            try:
                with spoken(room.language):
                    return await page(room, request)
            except Stop as stop:  # a page that cannot be shown, or an act that cannot be kept, says why
                return _told(409, stop.problems)
            except ClientDisconnect:
                raise
            except Exception as error:
                if not own:
                    raise
                return _told(500, [kept(room.places, error)])

        return answer

    async def nothing(request: Request, error: Exception) -> Response:
        return PlainTextResponse("Hier ist nichts.", status_code=404)

    pages, writes = routes()
    found = [Route(path, bound(page, path not in ROUTES), methods=list(METHODS)) for path, page in pages.items()]
    found += [Route(path, bound(page), methods=[WRITING]) for path, page in writes.items()]
    app = Starlette(routes=found, exception_handlers={404: nothing})
    app.router.redirect_slashes = False
    return guarded(app, port, token, frozenset(writes), home)


def opened(port: str) -> socket.socket:
    """A socket on the loopback address; `port` empty: any free one. Raises `Stop` where it is taken or no port."""
    if port and not (port.isascii() and port.isdecimal() and 0 < int(port) < 65536):
        raise Stop(Problem("", 0, f"PORT={port} ist keine Zahl zwischen 1 und 65535.", "Ohne PORT wird ein freier gewählt."))
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # a port that was just in use; on Windows the option would let two servers share one
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((LOOPBACK, int(port or 0)))
    except OSError as error:
        made.close()
        raise Stop(Problem("", 0, f"Der Port {port} ist nicht frei ({error.strerror}).", "Ohne PORT wird ein freier gewählt.")) from error
    return made


def server(app: ASGIApp) -> Any:
    """uvicorn without anything that is not needed: no log of addresses, no trust in proxies, no web sockets."""
    import uvicorn

    return uvicorn.Server(
        uvicorn.Config(
            app, log_level="critical", access_log=False, server_header=False, proxy_headers=False, lifespan="off", ws="none", http="h11",
            loop="asyncio", timeout_graceful_shutdown=2, h11_max_incomplete_event_size=16_384,
        )
    )
