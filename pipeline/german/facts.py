"""The word lists in `facts.txt`: one section per list, `# name: what it holds`, words parted by blanks."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def _sections() -> dict[str, frozenset[str]]:
    sections: dict[str, frozenset[str]] = {}
    name = ""
    for line in Path(__file__).with_name("facts.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            name = line[2:].partition(":")[0]
            sections[name] = frozenset()
        elif line.strip():
            sections[name] |= frozenset(line.split())
    return sections


def facts(name: str) -> frozenset[str]:
    """The words of one list; a name that is not there is a mistake in the code and raises `KeyError`.

    >>> "ab" in facts("particles"), "Dr." in facts("abbreviations inside")
    (True, True)
    """
    return _sections()[name]
