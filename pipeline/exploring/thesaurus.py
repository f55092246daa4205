"""Synonyms from OpenThesaurus where its files are installed (Debian: mythes-de), in the format of MyThes.

`.idx`: encoding, number of entries, then `word|offset` in the order of words; `.dat` at that offset in bytes: `word|number of
meanings`, then a line a meaning, `part of speech|synonym|synonym…`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

BASE = Path("/usr/share/mythes/th_de_DE_v2")
MOST_MEANINGS = 50
BROADER = "(Oberbegriff)"  # a wider word is no synonym: its rule would find too much
_REMARK = re.compile(r"\s*\([^()]*\)")
_LONGEST = 20_000  # bytes of a line that is believed


def installed(base: Path = BASE) -> bool:
    return base.with_name(base.name + ".dat").is_file() and base.with_name(base.name + ".idx").is_file()


def synonyms(words: Iterable[str], base: Path = BASE) -> dict[str, list[str]]:
    """Word -> its synonyms, each once, in the order of the file; words without an entry are left out."""
    wanted = {word.lower(): word for word in words}
    found: dict[str, list[str]] = {}
    offsets, encoding = _offsets(set(wanted), base)
    with base.with_name(base.name + ".dat").open("rb") as data:
        for low, offset in sorted(offsets.items(), key=lambda pair: pair[1]):
            data.seek(offset)
            head = data.readline(_LONGEST).decode(encoding, "replace").strip().split("|")
            if head[0].lower() != low or not head[-1].isdecimal():
                continue  # index and data do not belong together
            lines = [data.readline(_LONGEST).decode(encoding, "replace") for _ in range(min(int(head[-1]), MOST_MEANINGS))]
            written = (term for line in lines for term in line.strip().split("|")[1:] if not term.endswith(BROADER))
            terms = dict.fromkeys(map(_plain, written))
            found[wanted[low]] = [term for term in terms if term and term.lower() != low]
    return found


def _plain(term: str) -> str:
    """
    >>> _plain("Bude (umgangssprachlich)"), _plain("(sich) kümmern")
    ('Bude', 'kümmern')
    """
    return " ".join(_REMARK.sub(" ", term).split())


def _offsets(wanted: set[str], base: Path) -> tuple[dict[str, int], str]:
    """Offset of each wanted word that has an entry, and the files' encoding."""
    lines = base.with_name(base.name + ".idx").read_bytes().split(b"\n")
    encoding = _encoding(lines[0].decode("ascii", "replace").strip())
    offsets: dict[str, int] = {}
    for line in lines[2:]:
        word, _, offset = line.decode(encoding, "replace").strip().rpartition("|")
        if word.lower() in wanted and offset.isdecimal():
            offsets.setdefault(word.lower(), int(offset))
    return offsets, encoding


def _encoding(name: str) -> str:
    import codecs

    try:
        return codecs.lookup(re.sub(r"(?i)^iso8859", "iso-8859", name)).name
    except LookupError:
        return "utf-8"
