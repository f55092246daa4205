"""Word lists in text files: one section per list, `# name: what it holds`. The room's own lie in `facts.txt`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=8)
def sections(path: Path) -> dict[str, list[str]]:
    """The lines of every list of a file by the list's name, empty lines left out."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            name = line[2:].partition(":")[0]
            found[name] = []
        elif line.strip():
            found[name].append(line.strip())
    return found


@lru_cache(maxsize=512)
def words_of(path: Path, name: str) -> frozenset[str]:
    """The words of one list of a file; a name that is not there is a mistake in the code and raises `KeyError`."""
    return frozenset(word for line in sections(path)[name] for word in line.split())


def facts(name: str) -> frozenset[str]:
    """The words of one of the room's own lists.

    >>> "ab" in facts("particles"), "Dr." in facts("abbreviations inside")
    (True, True)
    """
    return words_of(Path(__file__).with_name("facts.txt"), name)
