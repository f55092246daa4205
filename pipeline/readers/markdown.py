"""Markdown: one block a line, front matter, headings and rules set apart, markup out of the block's text.

The decoded file itself stays as it is (`Reading.text`), because raw text is never altered; `marks` tells the later
stages which signs of a slice are markup. Single underscores are never markup here: they mask names (`_Ort_`).
"""

from __future__ import annotations

import re

from pipeline.problems import Stop, parse_yaml
from pipeline.readers.encoding import decode
from pipeline.reading import FRONT, HEADING, NONE, TEXT, Block, Reading, empty

HEAD = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
RULE = re.compile(r"[ \t]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|=={2,})$")
COMMENT = re.compile(r"[ \t]*<!--[^>]{0,500}-->[ \t]*$")
KRAMDOWN = re.compile(r"\{:[^{}\n]{0,80}\}")
STARS = re.compile(r"\*{1,3}|(?<!_)__(?!_)")
PAIR = re.compile(r"(?P<key>[A-Za-zÄÖÜäöüß][\w \-./]{0,40}):[ \t]*(?P<value>.*)$")
MAX_FRONT = 200  # lines


def read(data: bytes) -> Reading:
    """A Markdown file; blocks are its lines, blank ones included. Raises `Unreadable` (empty, unsupported)."""
    decoded = decode(data)
    if not decoded.text.strip():
        raise empty()
    lines = decoded.text.split("\n")
    front = _front_end(lines)
    blocks = []
    offset = 0
    for number, line in enumerate(lines, 1):
        kind = FRONT if number <= front else _kind(line)
        text, bold, italic = (line, 0.0, 0.0) if kind == FRONT else plain(line)
        if kind == HEADING:
            text = text.lstrip(" #").rstrip()
        blocks.append(Block(text, f"Z. {number}", kind, bold, italic, (), offset, offset + len(line)))
        offset += len(line) + 1
    meta = _front_matter("\n".join(lines[1 : front - 1])) if front else {}
    return Reading("md", decoded.encoding, tuple(blocks), decoded.warnings, meta, decoded.text)


def marks(text: str) -> list[tuple[int, int]]:
    """Spans of markup in a text, sorted: paired stars and double underscores, and kramdown attributes.

    >>> marks("**B:**{: .red} Lehrer*innen in _Ort_")
    [(0, 2), (4, 6), (6, 14)]
    """
    spans = [match.span() for match in KRAMDOWN.finditer(text)]
    for opening, closing in _pairs(text):
        spans += [opening, closing]
    return sorted(spans)


def plain(line: str) -> tuple[str, float, float]:
    """A line without markup, and the shares of its letters and signs that are bold and italic."""
    strong: set[int] = set()
    slanted: set[int] = set()
    for opening, closing in _pairs(line):
        inside = range(opening[1], closing[0])
        width = opening[1] - opening[0]
        if width >= 2:
            strong.update(inside)
        if width != 2:
            slanted.update(inside)
    drop = {i for start, end in marks(line) for i in range(start, end)}
    seen = [i for i, sign in enumerate(line) if i not in drop and not sign.isspace()]
    text = "".join(sign for i, sign in enumerate(line) if i not in drop) if drop else line
    total = len(seen) or 1
    return text, sum(i in strong for i in seen) / total, sum(i in slanted for i in seen) / total


def _pairs(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Opening and closing marks of emphasis. A star inside a word (`Lehrer*innen`) or before a name is none."""
    pairs = []
    waiting: dict[str, tuple[int, int]] = {}
    for match in STARS.finditer(text):
        start, end = match.span()
        before, after, mark = text[start - 1 : start], text[end : end + 1], match.group()
        closes = mark in waiting and before.strip() and not after.isalnum()
        if closes:
            pairs.append((waiting.pop(mark), (start, end)))
        elif after.strip() and not before.isalnum():
            waiting[mark] = (start, end)
    return pairs


def _kind(line: str) -> str:
    if HEAD.match(line):
        return HEADING
    short = len(line) < 200
    return NONE if short and (RULE.match(line) or COMMENT.match(line)) else TEXT


def _front_end(lines: list[str]) -> int:
    """How many lines the front matter takes, its fences included; 0 where there is none."""
    if lines[0].strip() != "---":
        return 0
    for number, line in enumerate(lines[1:MAX_FRONT], 2):
        if line.rstrip() in ("---", "..."):
            return number
    return 0


def _front_matter(text: str) -> dict[str, str]:
    try:
        data = parse_yaml(text, "").data
    except Stop:
        # Hand-written front matter is often no YAML; its plain lines still say what they say.
        found = (PAIR.match(line) for line in text.split("\n") if len(line) < 500)
        data = {m["key"]: m["value"].strip().strip("\"'") for m in found if m}
    if not isinstance(data, dict):
        return {}
    return {str(k): " ".join(v.split()) for k, v in data.items() if isinstance(v, str) and v.strip()}
