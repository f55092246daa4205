"""The text that stands in files about to be written: pages, tables, JSON, workbooks. What no text can be read of is None.

A file gives one or more readings. Signs that nobody sees are gone, letters are whole (NFC), and between two blocks or
cells stands `BREAK`, so that words do not join over them. Lines are kept where the format has lines.
"""

from __future__ import annotations

import hashlib
import html
import io
import re
import unicodedata
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterator, Set
from functools import cache
from pathlib import Path

from pipeline import pages

BREAK = "\x1f"
JOINT = "\x1d"  # where an inline tag stood
RECORD = "\x1e"  # before each cell of a workbook
_CELL = re.compile(r"<si>|<si |<c (?=[^<>]*r=\"([A-Z]{1,3}\d{1,7})\")")
# A cell that holds a number, or the number of a text that stands with the shared ones: nothing to read.
_NUMBER = re.compile(r'<c r="[A-Z]{1,3}\d{1,7}"(?: s="\d{1,5}")?(?: t="[sn]")?><v>[\d.eE+-]{1,30}</v></c>')
_UNSEEN_SIGNS = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\ufeff"
_UNSEEN = re.compile(f"[{_UNSEEN_SIGNS}]")
# Pictures and digests are no text, yet hold every short name somewhere.
_PICTURE = re.compile(r"data:(?:image|font)/[\w.+-]{1,40};base64,[A-Za-z0-9+/=]+")
_DIGEST = re.compile(r"sha(?:256|384|512)-[A-Za-z0-9+/=]{20,}")
_KEY = re.compile(r"(?<![^\W_])(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{8,}(?![^\W_])")  # digests in the names of files
_BLOCK = re.compile(r"<(script|style)\b[^<>]*>(.*?)</\1\s*>", re.S | re.I)
_TAG = re.compile(r"<[A-Za-z/!?][^<>]*>")
_VALUE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
# Inside a word these change its look only; of workbooks: runs of one cell's text.
_INLINE = "b|i|em|strong|span|mark|a|u|s|small|sub|sup|wbr|font|code|abbr|q|cite|del|ins|tspan|r|t|rPr|sz|color|rFont|family|scheme"
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE})\b[^<>]*>")
# Such tags inside a word; an entity may stand beside them. The sign < comes first, since it is what the search jumps by.
_SPLIT = re.compile(rf"<(?<=[\w;]<)/?(?:{_INLINE})\b[^<>]*>(?:</?(?:{_INLINE})\b[^<>]*>)*(?=[\w&])")
_BARE = re.compile(r"</?[a-z][\w:]*\s?/?>")
_BARE_INLINE = re.compile(rf"</?(?:{_INLINE})\s?/?>")
_SILENT = frozenset({"class", "style", "r", "s", "d", "xmlns", "rel", "lang"})  # values that nobody wrote
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([\"\\/bfnrt]))")
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_SPACES = {"n": " ", "r": " ", "t": " ", "b": " ", "f": " "}
UNREAD = (".parquet", ".png", ".jpg", ".jpeg", ".gif", ".woff", ".woff2", ".npz", ".npy")


@cache
def bundled() -> frozenset[str]:
    """SHA-256 of the scripts and styles that belong to the program and are written into pages as they are."""
    return frozenset(block_digest(text) for text in (pages.style(), pages.script(), *(p.read_text("utf-8") for p in sorted(pages.TEMPLATES.glob("*.js")))))


def block_digest(text: str) -> str:
    """The name of a script or style, blanks around it left aside."""
    return hashlib.sha256(text.strip().encode()).hexdigest()


def readings(path: str, data: bytes, known: Set[str]) -> list[tuple[str, str]] | None:
    """(part, text) of a file by its ending; None where it is no text or is damaged. `known`: digests of own blocks."""
    ending = Path(path).suffix.lower()
    if ending in UNREAD:
        return None
    if data[:4] == b"PK\x03\x04":
        return _zipped(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if "\0" in text:
        return None
    if ending in (".html", ".htm", ".svg", ".xml"):
        return [("", t) for t in _marked_up(text, known)]
    return [("", _tidy(_unescaped(text) if ending in (".json", ".js", ".jsonl") else text))]


# The same in every workbook or document: fonts for the world's scripts (one is called Hans), and how many pages there are.
_FIXED = frozenset({"xl/theme/theme1.xml", "word/theme/theme1.xml", "word/fontTable.xml", "docProps/app.xml"})


def _zipped(data: bytes) -> list[tuple[str, str]] | None:
    """The XML parts of a workbook or document, and its parts' names; two readings where runs split words."""
    found = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = sorted(archive.namelist())
            for name in names:
                if name not in _FIXED and name.endswith((".xml", ".rels", ".html", ".csv", ".json", ".txt", ".qde")):
                    text = archive.read(name).decode("utf-8", "replace")
                    text = _NUMBER.sub("", text) if name.startswith("xl/worksheets/") else text
                    text = _CELL.sub(f"{RECORD}\\g<0>", text) if name.startswith("xl/") else text
                    found += [(name, t) for t in _marked_up(text, frozenset())]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        return None
    return [*found, ("", _tidy("\n".join(names)))]


def _marked_up(text: str, known: Set[str]) -> Iterator[str]:
    """The words between tags and in attributes; a second time with inline tags taken away, where that joins letters."""

    def block(match: re.Match[str]) -> str:
        inner = match[2]
        kept = "\n" * inner.count("\n") if block_digest(inner) in known else _unescaped(inner).replace("<", " ")
        return f"{BREAK}{kept}{BREAK}"

    if "<script" in text.lower() or "<style" in text.lower():
        text = _BLOCK.sub(block, text)
    # Tags without attributes first, as they are the many.
    plain = _BARE.sub(BREAK, _BARE_INLINE.sub(JOINT, text))
    yield _tidy(_twice_unescaped(_TAG.sub(_attributes, plain)))
    if _SPLIT.search(text):
        lines = [_INLINE_TAG.sub("", line) if "<" in line else "" for line in text.split("\n")]
        yield _tidy(_twice_unescaped(_TAG.sub(lambda m: BREAK + "\n" * m.group().count("\n"), "\n".join(lines))))


def _attributes(match: re.Match[str]) -> str:
    tag = match.group()
    if tag.startswith("<!--") or tag[1] in "!?":
        return f"{BREAK}{tag[2:-1]}{BREAK}"
    lines = "\n" * tag.count("\n")
    if tag.strip("</")[:1].isupper():  # no tag of a page, but a word somebody put in such brackets
        return f"{BREAK}{tag[1:-1]}{BREAK}"
    if "=" not in tag:
        return (JOINT if _INLINE_TAG.fullmatch(tag) else BREAK) + lines
    values = [a or b for name, a, b in _VALUE.findall(tag) if name.lower() not in _SILENT]
    return BREAK + BREAK.join(v.replace("\n", " ") for v in values) + BREAK + lines


def _twice_unescaped(text: str) -> str:
    """Entities as signs; twice, since a text that was escaped before may be escaped again."""
    for _ in range(2):
        if "&" not in text:
            break
        text = html.unescape(text.replace("&#10;", " "))
    return text


def _unescaped(text: str) -> str:
    """JSON's escapes as signs; line breaks as blanks, so that lines stay the file's."""
    if "\\" not in text:
        return text
    text = _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else _SPACES.get(m[2], m[2]), text)
    pair = "surrogatepass"
    return _SURROGATES.sub(lambda m: m.group().encode("utf-16", pair).decode("utf-16", "replace"), text)


def _tidy(text: str) -> str:
    """Whole letters, no unseen signs, no digests; `%C3%BC` as what it means."""
    if ";base64," in text:
        text = _PICTURE.sub(" ", text)
    if "sha" in text:
        text = _DIGEST.sub(" ", text)
    if not text.isascii():
        text = text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
        text = _UNSEEN.sub("", text) if any(sign in text for sign in _UNSEEN_SIGNS) else text
    if "%" in text:
        text = _PERCENT.sub(lambda m: bytes.fromhex(m.group().replace("%", "")).decode("utf-8", "replace"), text)
    return text


def places(data: bytes, part: str, text: str) -> Callable[[int], str]:
    """A function that says where a position of a reading stands: a line, a cell, or a part of the file."""
    mark = RECORD if part.startswith("xl/") else "\n"
    marks = [match.start() for match in re.finditer(mark, text)]
    if not part:
        return lambda at: f"Zeile {bisect_left(marks, at) + 1}"
    cells = _cells(data, part) if mark == RECORD and marks else {}
    return lambda at: cells.get(bisect_left(marks, at), part)


def _cells(data: bytes, part: str) -> dict[int, str]:
    """Number of a cell in a part of a workbook (from 1) -> its sheet and address; shared texts where they stand first."""
    found: dict[int, str] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = sorted(n for n in archive.namelist() if re.fullmatch(r"xl/worksheets/sheet\d{1,4}\.xml", n))
        for name in sheets:
            if part.endswith("sharedStrings.xml"):
                xml = archive.read(name).decode("utf-8", "replace")
                for address, shared in re.findall(r'<c r="([A-Z]+\d+)"[^<>]* t="s"[^<>]*><v>(\d{1,9})</v>', xml):
                    found.setdefault(int(shared) + 1, _cell(name, address))
            elif name == part:
                addresses = _CELL.findall(_NUMBER.sub("", archive.read(part).decode("utf-8", "replace")))
                found = {number: _cell(name, address) for number, address in enumerate(addresses, 1)}
    return found


def _cell(sheet: str, address: str) -> str:
    return f"Blatt {re.sub(r'[^0-9]', '', sheet)}, Zelle {address}"


def of_path(path: str) -> str:
    """A path as text: words in camel case apart, escapes undone.

    >>> of_path("interviews/FrauKaya_2.html").split()
    ['interviews', '/', 'Frau', 'Kaya', '_', '2', '.', 'html']
    """
    path = _UNSEEN.sub("", unicodedata.normalize("NFC", path))
    path = _PERCENT.sub(lambda m: bytes.fromhex(m.group().replace("%", "")).decode("utf-8", "replace"), path)
    path = _KEY.sub(" ", path)
    parts = re.findall(r"[^\W\d_][^\W\d_]*?(?=[A-ZÄÖÜ][a-zäöüß])|[^\W\d_]+|\d+|[\W_]+", path)
    return " ".join(parts)
