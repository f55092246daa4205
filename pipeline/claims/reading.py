"""`statements.md` as people write it -> statements with blocks of text and marks. Nothing is looked up here.

A heading `##` begins a core statement, a heading `#` a part of the list ("Potenziale"). Below stand paragraphs and lists, and in
them marks in square brackets: `[Zahl: …]`, `[Beleg: …]`, `[Gegenbeleg: …]`, and `[ergänzen: …]` for what is still to be written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.problems import Problem, Stop

NAME = "statements.md"
FIGURE, EVIDENCE, AGAINST, BLANK = "figure", "evidence", "against", "blank"
PARAGRAPH, ITEM, NUMBERED = "p", "ul", "ol"
DRAFT = re.compile(r"^(?:entwurf|draft)\b[:\s–-]*", re.I)
_KINDS = {
    "zahl": FIGURE, "zahlen": FIGURE, "figure": FIGURE, "beleg": EVIDENCE, "belege": EVIDENCE, "zitat": EVIDENCE, "evidence": EVIDENCE, "quote": EVIDENCE,
    "gegenbeleg": AGAINST, "gegenbelege": AGAINST, "counter-evidence": AGAINST, "against": AGAINST, "ergänzen": BLANK, "ergaenzen": BLANK, "fill in": BLANK,
}  # fmt: skip
_MARK = re.compile(rf"\[\s*({'|'.join(sorted(_KINDS, key=len, reverse=True))})\s*[:：=]", re.I)
_NOTE = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]*(.*?)[ \t]*#*\s*$")
_ITEM = re.compile(r"\s*(?:([-*+•–])|\d+[.)])[ \t]+")


@dataclass(frozen=True)
class Mark:
    """A mark with its line and what stands in it; `closed` is false where its bracket never ends."""

    kind: str
    body: str
    line: int
    closed: bool = True


@dataclass(frozen=True)
class Block:
    """A paragraph or an item of a list: pieces of text and marks in order."""

    form: str
    line: int
    pieces: tuple[str | Mark, ...]


@dataclass
class Statement:
    """A core statement: `section` is the heading above it, `draft` whether its heading still says so."""

    order: int
    section: str
    title: str
    line: int
    draft: bool
    blocks: list[Block] = field(default_factory=list)

    @property
    def marks(self) -> list[Mark]:
        return [piece for block in self.blocks for piece in block.pieces if isinstance(piece, Mark)]

    @property
    def text(self) -> str:
        """Its words without marks, blocks parted by line ends."""
        return "\n".join("".join(piece for piece in block.pieces if isinstance(piece, str)) for block in self.blocks)


@dataclass(frozen=True)
class Written:
    """All statements of a file, and lines with text that belongs to none."""

    statements: tuple[Statement, ...]
    stray: tuple[int, ...]


def load(path: Path) -> Written:
    """The statements of a file; none where there is no file. Raises `Stop` where it is not saved as UTF-8."""
    raw = path.read_bytes() if path.is_file() else b""
    try:
        return read(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Stop(Problem(path.name, line, "Die Datei ist nicht in UTF-8 gespeichert.", "Bitte als reinen Text in UTF-8 speichern.")) from error


def read(text: str) -> Written:
    """The statements of a file.

    >>> one = read("# Potenziale\\n## Man hilft sich\\nFünf von acht [Zahl: A, 5 von 8] helfen.").statements[0]
    >>> one.section, one.title, one.blocks[0].pieces[1].body
    ('Potenziale', 'Man hilft sich', 'A, 5 von 8')
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"\\([\[\]\"„“”»«#_>-])", r"\1", text)  # some editors escape these
    text = _NOTE.sub(lambda note: "\n" * note[0].count("\n"), text)
    statements: list[Statement] = []
    stray: list[int] = []
    section = ""
    open_ = False
    for form, line, content in _blocks(text):
        if form == "#":
            section, open_ = _plain(content), False
        elif form == "##":
            title = _plain(content)
            statements.append(Statement(len(statements) + 1, section, DRAFT.sub("", title) or title, line, bool(DRAFT.match(title))))
            open_ = True
        elif open_:
            statements[-1].blocks.append(Block(form, line, tuple(_pieces(content, line))))
        else:
            stray.append(line)
    return Written(tuple(statements), tuple(stray))


def _plain(heading: str) -> str:
    return " ".join(re.sub(r"\*\*|__", "", "".join(p for p in _pieces(heading, 0) if isinstance(p, str))).split())


def _blocks(text: str) -> Iterator[tuple[str, int, str]]:
    """(form, first line, text) of every block; headings have the forms `#` and `##` (deeper ones are paragraphs in bold)."""
    form, first, held = PARAGRAPH, 0, list[str]()
    for number, line in enumerate([*text.split("\n"), ""], 1):
        heading, item = _HEADING.match(line), _ITEM.match(line)
        if held and (not line.strip() or heading or item):
            yield form, first, "\n".join(held)
            held = []
        if heading and heading[2]:
            yield ("#" * len(heading[1]) if len(heading[1]) < 3 else PARAGRAPH), number, heading[2] if len(heading[1]) < 3 else f"**{heading[2]}**"
        elif heading or not line.strip() or re.fullmatch(r"\s*(?:[-*_]\s*){3,}", line):
            continue
        elif item:
            form, first, held = (ITEM if item[1] else NUMBERED), number, [line[item.end() :]]
        elif held:
            held.append(line.strip())
        else:
            form, first, held = PARAGRAPH, number, [re.sub(r"^\s*>\s?", "", line)]


def _pieces(text: str, line: int) -> Iterator[str | Mark]:
    """Text and marks in order. A mark ends at its own bracket: a quote may hold others (»[Verein 1]«)."""
    at = 0
    for found in _MARK.finditer(text):
        if found.start() < at:
            continue
        end = _end(text, found.end())
        if text[at : found.start()]:
            yield text[at : found.start()]
        where = line + text.count("\n", 0, found.start())
        body = text[found.end() : end if end >= 0 else len(text)]
        yield Mark(_KINDS[found[1].casefold()], " ".join(body.split()), where, end >= 0)
        at = end + 1 if end >= 0 else len(text)
    if text[at:]:
        yield text[at:]


def _end(text: str, start: int) -> int:
    depth = 1
    for at in range(start, len(text)):
        depth += {"[": 1, "]": -1}.get(text[at], 0)
        if not depth:
            return at
    return -1
