"""What the open pages are told: one state, sent whole at every change, and the latest live figures."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass, replace
from typing import Any

RESTING, WORKING, WAITING = "ruht", "rechnet", "wartet"
BEAT = 15.0  # seconds after which a silent line says that it is still there


@dataclass(frozen=True)
class State:
    """`file` names the report's content; `problems` are (place, words) that somebody must mend; `live` tells whether figures on the page
    are ahead of the file; `lines` say what the last edit does, `step` with `done` of `total` what the run behind is at."""

    file: str = ""
    phase: str = RESTING
    step: str = ""
    done: int = 0
    total: int = 0
    live: bool = False
    changed: str = ""
    lines: tuple[str, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()


class Board:
    """Holds the state and passes it on; used on the server's own loop only."""

    def __init__(self) -> None:
        self.state = State()
        self.figures: dict[str, Any] = {}
        self.quotes: list[dict[str, Any]] = []
        self.closed = False
        self._pages: set[asyncio.Queue[bytes]] = set()

    def tell(self, **changes: Any) -> None:
        """Change the state and send it to all pages."""
        self.state = replace(self.state, **changes)
        self._send(self._state())

    def show(self, figures: dict[str, Any]) -> None:
        """Send live figures (code -> column -> value); pages opened later get them too, until `forget`."""
        self.figures |= figures
        self._send(_event("zahlen", figures))

    def replace(self, codes: list[str], packed: dict[str, Any]) -> None:
        """Send the quotes of some categories, as the page's script takes them; pages opened later get them too, until `forget`."""
        self.quotes = [one for one in self.quotes if not set(one["codes"]) <= set(codes)] + [{"codes": codes, "packed": packed}]
        self._send(_event("zitate", self.quotes[-1]))

    def forget(self) -> None:
        """The file holds all this now."""
        self.figures, self.quotes = {}, []

    def close(self) -> None:
        self.closed = True
        self._send(b"")

    async def listen(self) -> AsyncIterator[bytes]:
        """The events of one page, beginning with all that holds now."""
        line: asyncio.Queue[bytes] = asyncio.Queue()
        self._pages.add(line)
        try:
            yield b"retry: 1000\n\n" + self._state() + (_event("zahlen", self.figures) if self.figures else b"")
            for one in list(self.quotes):
                yield _event("zitate", one)
            while not self.closed:
                try:
                    yield await asyncio.wait_for(line.get(), BEAT)
                except TimeoutError:
                    yield b": \n\n"
        finally:
            self._pages.discard(line)

    def _state(self) -> bytes:
        return _event("stand", asdict(self.state))

    def _send(self, event: bytes) -> None:
        for line in self._pages:
            line.put_nowait(event)


def _event(name: str, data: Any) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
