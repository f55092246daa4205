"""Looking for what is left of an interview: runs of its words and its names, in files of any kind.

A run is `WINDOW` words in a row, small letters, without signs; kept as a hash of this process and in memory only, so that the
search itself writes down nothing. What is packed (Word, Excel, Parquet) is unpacked before it is looked into.
"""

from __future__ import annotations

import html
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import sandbox

WINDOW = 6
MAX_BYTES = 400_000_000
_WORD = re.compile(r"[^\W_]+")
_BLOCK = re.compile(r"(?i)</?(?:\w+:)?(?:p|tr|td|th|li|div|h\d|br|si|row|c|t[abc]|tab)\b[^<>]*>")
_TAG = re.compile(r"<[^<>]*>")
_PACKED = (".xml", ".html", ".htm", ".xhtml", ".txt", ".csv", ".json", ".rels", ".md", ".svg")
_READERS_ASK = {"roles": {}, "extra_keys": [], "max_mb": 400, "root": "", "notation": "auto", "read": "ja"}
_READ_SECONDS, _READ_MEGABYTES = 120, 2000


@dataclass(frozen=True)
class Hit:
    """Something that is left: its file, the line (0: somewhere in it, or its own name), words or name."""

    path: Path
    line: int
    what: str


@dataclass
class Search:
    """What was found, how many files were looked into, and those that nothing can look into."""

    hits: list[Hit] = field(default_factory=list)
    looked: int = 0
    blind: list[Path] = field(default_factory=list)


def runs(text: str) -> set[int]:
    """Hashes of all runs of `WINDOW` words; none where the text is shorter.

    >>> runs("Einen RAUM haben wir, wie gesagt, nicht.") >= runs("raum haben wir wie gesagt nicht"), runs("zu kurz")
    (True, set())
    """
    return set(_hashes(text))


def _hashes(text: str) -> Iterator[int]:
    """The hash of the run that begins with each word; this walks through every file of a study, and so leaves the work to C."""
    words = [word.casefold() for word in _WORD.findall(text)]
    return map(hash, zip(*(words[i:] for i in range(WINDOW)), strict=False))


def _places(text: str, wanted: set[int]) -> list[int]:
    """Where runs begin that are wanted."""
    at = {number for number, run in enumerate(_hashes(text)) if run in wanted}
    return [m.start() for number, m in enumerate(_WORD.finditer(text)) if number in at] if at else []


def pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Finds any of these names where it stands for itself: `I003` in `I003-1`, and not in `I0031`."""
    longest = sorted({unicodedata.normalize("NFC", name) for name in names if name}, key=lambda n: (-len(n), n))
    return re.compile(rf"(?i)(?<![^\W_])(?:{'|'.join(map(re.escape, longest)) or '(?!)'})(?![^\W_])")


def search(
    folders: Iterable[Path], wanted: set[int], named: re.Pattern[str], leave: Iterable[Path] = (), people: re.Pattern[str] | None = None, lists: Iterable[Path] = (),
) -> Search:  # fmt: skip
    """Every file below the folders, its name and what it holds. Links are not followed. `people`: names of persons, looked for in the files `lists`."""
    result, left, own = Search(), set(leave), set(lists)
    for path in files(folders):
        if path in left:
            continue
        if named.search(unicodedata.normalize("NFC", path.name)):
            result.hits.append(Hit(path, 0, "Name"))
        texts = texts_of(path)
        if texts is None:
            result.blind.append(path)
            continue
        result.looked += 1
        result.hits += _hits(path, texts, wanted, named, people if path in own else None)
    return result


def files(folders: Iterable[Path]) -> list[Path]:
    """All files below the folders, hidden ones too, sorted, each once."""
    return sorted({path for top in folders for path in top.rglob("*") if path.is_file() and not path.is_symlink()})


def _hits(path: Path, texts: list[str], wanted: set[int], named: re.Pattern[str], people: re.Pattern[str] | None = None) -> list[Hit]:
    found: dict[tuple[int, str], None] = {}
    for number, text in enumerate(texts):
        places = [(at, "Worte") for at in _places(text, wanted)] if wanted else []
        places += [(m.start(), "Name") for m in named.finditer(text)]
        places += [(m.start(), "Name einer Person") for m in people.finditer(text)] if people else []
        for at, what in sorted(places):
            # Only the first form of a file has its own lines; the others are what is left when tags are taken out.
            found.setdefault((text.count("\n", 0, at) + 1 if number == 0 else 0, what))
    lined = {what for line, what in found if line}
    return [Hit(path, line, what) for line, what in found if line or what not in lined]


def texts_of(path: Path) -> list[str] | None:
    """What a file says, in one form or several (tags as blanks, tags as nothing), or None where it cannot be told."""
    try:
        with path.open("rb") as handle:
            data = handle.read(MAX_BYTES + 1)
    except OSError:
        return None
    if len(data) > MAX_BYTES:
        return None
    if data.startswith(b"PAR1"):
        return ["", _parquet(path)]
    if data.startswith(b"PK\x03\x04"):
        return _packed(path)
    if data.startswith((b"%PDF", b"{\\rtf")):
        return _read(path)
    if path.suffix == ".bin" and (words := _mapped(data)) is not None:
        return ["", words]
    text = _decoded(data)
    return None if text is None else _forms(text, path.suffix.lower())


def _decoded(data: bytes) -> str | None:
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not wide and b"\0" in data:
        return None
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n"))


def _forms(text: str, suffix: str) -> list[str]:
    if suffix in (".json", ".otr", ".ipynb"):
        plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
        text = re.sub(r"\\[nrt]", "  ", plain)
    if "<" not in text and "&" not in text:
        return [text]
    # A word may be cut by a tag (a marked part of it) or two words held apart by nothing else.
    apart = html.unescape(_TAG.sub(" ", text))
    joined = html.unescape(_TAG.sub("", _BLOCK.sub(" ", text)))
    return [text, *(unicodedata.normalize("NFC", form) for form in (apart, joined))]


def _packed(path: Path) -> list[str] | None:
    texts = [""]
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > MAX_BYTES:
                return None
            for member in archive.infolist():
                texts.append(member.filename)
                if member.filename.lower().endswith(_PACKED):
                    text = _decoded(archive.read(member))
                    texts += _forms(text or "", Path(member.filename).suffix.lower())
    except (zipfile.BadZipFile, RuntimeError, OSError, ValueError, NotImplementedError, EOFError):
        return None
    return texts


def _parquet(path: Path) -> str:
    import pandas as pd

    data = pd.read_parquet(path)
    # Column by column: what stands in one cell stays together.
    columns = [data[name].astype(str) for name in data.columns if not pd.api.types.is_numeric_dtype(data[name])]
    return "\n".join("\n".join(column) for column in columns)


def _mapped(data: bytes) -> str | None:
    """The words in an index of ours: its columns of letters, one word a line; None where it is another file."""
    from pipeline.matchers.mapped import views

    try:
        arrays = views(memoryview(data))
        columns = [array.tobytes().decode("utf-8", "replace") for _, array in sorted(arrays.items()) if array.dtype.str == "|u1"]
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return None
    return unicodedata.normalize("NFC", "\n".join(columns))


def _read(path: Path) -> list[str] | None:
    said = spoken(path)
    return None if said is None else ["", "\n".join(said[0])]


def spoken(path: Path) -> tuple[list[str], str] | None:
    """A transcript's turns (and what its head says) with the hash of its words, or None where it cannot be read."""
    found = sandbox.read(path, _READERS_ASK, _READ_SECONDS, _READ_MEGABYTES)
    if "refused" in found:
        return None
    return [*(turn["text"] for turn in found["turns"]), *found["meta"].values()], found["text_sha256"]
