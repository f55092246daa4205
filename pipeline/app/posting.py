"""What pages send: small JSON objects, and nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pipeline.problems import Problem, Stop

if TYPE_CHECKING:
    from starlette.requests import Request

MOST = 1_000_000  # bytes of one request


async def sent(request: Request) -> dict[str, Any]:
    """The object of a POST. Raises `Stop` where it is too large or no JSON object."""
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > MOST:
            raise Stop(Problem("", 0, "Das ist zu lang, um in einem Stück gespeichert zu werden.", "Bitte kürzen oder teilen."))
    try:
        found = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Stop(Problem("", 0, "Die Seite hat etwas geschickt, das nicht zu lesen ist.", "Bitte die Seite neu laden.")) from error
    if not isinstance(found, dict):
        raise Stop(Problem("", 0, "Die Seite hat etwas geschickt, das nicht zu lesen ist.", "Bitte die Seite neu laden."))
    return found


def text(given: dict[str, Any], name: str, most: int = 30_000) -> str:
    """A text of the object; empty where it has none. Raises `Stop` where it is no text or too long."""
    value = given.get(name, "")
    if not isinstance(value, str) or len(value) > most:
        raise Stop(Problem("", 0, f"»{name}« ist kein Text oder zu lang.", "Bitte die Seite neu laden."))
    return value


def number(given: dict[str, Any], name: str) -> int:
    """A whole number of the object. Raises `Stop` where it is none."""
    value = given.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**9:
        raise Stop(Problem("", 0, f"»{name}« ist keine ganze Zahl.", "Bitte die Seite neu laden."))
    return value
