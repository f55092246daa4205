"""The local app for tests: served in a thread, asked as its own pages ask it, opened in a browser with its cookie."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import threading
from collections.abc import Iterator
from typing import Any

from pipeline.app.board import Board
from pipeline.app.guard import cookie_name
from pipeline.app.server import Room, application, opened, server
from pipeline.places import Places

TOKEN = "ein-geheimes-wort"


def _expected(message: Any) -> bool:
    """Refusals are answers, and a browser that need not heed the page's policy asks for its icon."""
    return "status of 409" in message.text or message.location.get("url", "").endswith("/favicon.ico")


class Served:
    """A running app; `room` is what its pages share."""

    def __init__(self, port: int, room: Room) -> None:
        self.port, self.room = port, room
        self.home = f"http://127.0.0.1:{port}"

    def ask(self, path: str, body: Any = None, raw: bytes | None = None) -> tuple[int, Any, dict[str, str]]:
        """(status, JSON or text, headers) of a GET, or of a POST where there is a body."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        data = raw if raw is not None else None if body is None else json.dumps(body).encode()
        headers = {"Cookie": f"{cookie_name(self.port)}={TOKEN}", "Origin": self.home, **({"Content-Type": "application/json"} if data is not None else {})}
        line.request("GET" if data is None else "POST", path, data, headers)
        answer = line.getresponse()
        content, told = answer.read(), {k.lower(): v for k, v in answer.getheaders()}
        line.close()
        return answer.status, json.loads(content) if told["content-type"].startswith("application/json") else content, told

    def page(self, browser: Any, path: str, width: int = 1280, dark: bool = False, **more: Any) -> tuple[Any, list[str]]:
        """The page in a context of its own (closed with the browser), and what goes wrong in it."""
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light", **more)
        context.add_cookies([{"name": cookie_name(self.port), "value": TOKEN, "url": self.home}])
        page, faults = context.new_page(), []
        page.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") and not _expected(m) else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda r: faults.append(r.url) if not r.url.startswith((self.home, "data:", "blob:")) else None)
        page.goto(self.home + path)
        return page, faults


@contextlib.contextmanager
def serving(places: Places, coder: str = "mk", language: str = "de") -> Iterator[Served]:
    line = opened("")
    port = line.getsockname()[1]
    room = Room(places, language, Board(), coder)
    made = server(application(room, port, TOKEN))
    line.listen()
    thread = threading.Thread(target=lambda: asyncio.run(made.serve(sockets=[line])))
    thread.start()
    try:
        yield Served(port, room)
    finally:
        room.board.close()
        made.should_exit = True
        thread.join(10)
        assert not thread.is_alive()
