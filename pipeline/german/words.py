"""simplemma's German dictionary: 1.1 million forms with their lemmas, read in place (30 MB instead of 130).

simplemma keeps it as one sorted, front-coded stream of bytes: every key stores how much it shares with the key before.
simplemma can read it in place too, but takes twice as long to begin with, as it decodes all lemmas on the way. A stream
of another make than the one known here is left to simplemma.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import Any

_MAGIC = b"SMFC1\x00"  # the known make, keys not reversed
_SAME, _LITERAL = 254, 255  # marks in the place of "how many bytes of the key the lemma drops"
_BLOCK = 64


class Stream:
    """Looks up lemmas in the stream. `data` begins with `_MAGIC`; raises ValueError if it is no such stream."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(_MAGIC):
            raise ValueError("another make of dictionary")
        self._data = data
        self._keys: list[bytes] = []
        self._blocks: list[tuple[int, bytes]] = []  # where a block begins, and the key before it
        self._index(_skip_number(data, len(_MAGIC)))

    def _index(self, place: int) -> None:
        data, end, key, number = self._data, len(self._data), b"", 0
        while place < end:
            begin, before = place, key
            size, after = data[place + 1], place + 2
            if data[place] > 127 or size > 127:
                raise ValueError("a key of more than 127 bytes")
            place = after + size
            key = before[: data[begin]] + data[after:place]
            # The lemma "same as before" needs the record before it, so a block never begins with one.
            if data[place] == _SAME:
                place += 1
                number += 1
                continue
            if number >= _BLOCK or not self._keys:
                self._keys.append(key)
                self._blocks.append((begin, before))
                number = 0
            place = place + 2 + data[place + 1]
            number += 1
        if place != end:
            raise ValueError("the dictionary breaks off")

    def get(self, word: str) -> str | None:
        """The lemma of exactly this form, or None."""
        wanted = word.encode()
        block = bisect_right(self._keys, wanted) - 1
        if block < 0:
            return None
        data, lemma = self._data, b""
        place, key = self._blocks[block]
        while place < len(data):
            begin, after = place, place + 2
            place = after + data[begin + 1]
            key = key[: data[begin]] + data[after:place]
            drop = data[place]
            if drop == _SAME:
                place += 1
            else:
                after = place + 2
                place = after + data[place + 1]
                lemma = data[after:place] if drop == _LITERAL else key[: len(key) - drop] + data[after:place]
            if key >= wanted:
                return lemma.decode() if key == wanted else None
        return None


def _skip_number(data: bytes, place: int) -> int:
    while data[place] > 127:
        place += 1
    return place + 1


@lru_cache(maxsize=1)
def dictionary() -> Any:
    """The dictionary of this process, something with `get(form)`."""
    from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY

    try:
        from simplemma.strategies.dictionaries.dictionary_factory import _read_decompressed

        return Stream(_read_decompressed("de"))
    except (ImportError, ValueError, IndexError):
        return LOW_MEMORY_DICTIONARY_FACTORY.get_dictionary("de")


@lru_cache(maxsize=200_000)
def listed(word: str) -> str:
    """The lemma of exactly this form, capital and all, or nothing where the dictionary has no such form.

    >>> listed("Häuser"), listed("ging"), listed("Häusergehen")
    ('Haus', 'gehen', '')
    """
    return dictionary().get(word) or ""
