"""Data as JSON that may stand in a page, and texts that are kept once and called by a number."""

from __future__ import annotations

import json
from collections.abc import Hashable
from typing import Any

_UNSAFE = {"&": "\\u0026", "<": "\\u003c", ">": "\\u003e", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def packed(data: Any) -> str:
    """JSON that may stand between script tags; letters stay as they are, so that the search for names sees them.

    >>> packed(["</script>", "Größe"])
    '["\\\\u003c/script\\\\u003e","Größe"]'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign, escaped in _UNSAFE.items():
        if sign in text:
            text = text.replace(sign, escaped)
    return text


class Shared:
    """Values that come again and again, each kept once and called by its number, in the order of their first coming.

    >>> shared = Shared()
    >>> [shared("a"), shared("b"), shared("a")], shared.all
    ([0, 1, 0], ['a', 'b'])
    """

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}

    def __call__(self, value: Hashable) -> int:
        return self._numbers.setdefault(value, len(self._numbers))

    @property
    def all(self) -> list[Any]:
        return list(self._numbers)
