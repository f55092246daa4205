"""From lines to paragraphs: where one begins, by label, space, indent and print; what goes on, also on the next page."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from dataclasses import dataclass, field

from pipeline.labels.lexicon import header_key, is_name, lookup
from pipeline.labels.shapes import parse
from pipeline.readers.pdf_joins import HYPHENS, SOFT, Words, attested, join
from pipeline.readers.pdf_lines import Layout, Line, usual
from pipeline.reading import HEADING, TEXT, Block

SPACE = 1.35  # of the usual distance of lines: more is a new paragraph
BLANK = 1.8  # of the same: more is a blank line
INDENT = 0.8  # of the size
SIZE = 0.12  # share by which sizes must differ to part paragraphs
TITLE = 1.25  # of the usual size, from which on a short paragraph is a heading
TITLE_LENGTH = 160  # code points
KEY = ":"  # what `label_of` says of a key of the header, which is no label
STYLED = 0.9  # share of signs, from which on a line is bold or italic as a whole

_ENDED = re.compile(r"[.!?…:;#\]][\"“”«»)\]]{0,3}$")
_OPENS = re.compile(r"[\"„“»«(\[#]{0,2}[A-ZÄÖÜ\d]|[\"„“»(\[#]")


@dataclass
class _Frame:
    """Where lines usually begin and end on a page's column, and how far apart they usually are (in points)."""

    left: dict[tuple[int, int], float]
    right: dict[tuple[int, int], float]
    leading: float
    size: float


@dataclass
class _Paragraph:
    ref: str
    lines: list[Line] = field(default_factory=list)
    space: bool = False  # a blank line stands above


def blocks(done: Layout) -> list[Block]:
    """Paragraphs as blocks; where a blank line stands between two, an empty block does so as well."""
    lines = [line for line in done.lines if line.text or line.number is not None]
    frame = _frame(lines, done.size)
    visible = any(SOFT[0] in line.text[:-1].rstrip(SOFT) for line in lines)
    if visible:
        # Inside a line nothing soft can be seen, so this font shows its hyphen under the soft one's name.
        for line in lines:
            line.text = line.text.replace(SOFT[0], "-")
    known = attested(line.text for line in lines)
    found: list[Block] = []
    for paragraph in _paragraphs(lines, frame, done.numbering):
        if paragraph.space and found:
            found.append(Block("", paragraph.ref))
        found.append(_block(paragraph, frame, known))
    return found


def _frame(lines: list[Line], size: float) -> _Frame:
    places: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        if line.text:
            places[line.page, line.column].append(line)
    left = {place: usual([line.x0 for line in own], 0.0) for place, own in places.items()}
    right = {place: sorted(line.x1 for line in own)[-1 - (len(own) > 8)] for place, own in places.items()}
    for column in {column for _, column in places}:
        widest = sorted(right[place] for place in places if place[1] == column)
        for place, own in places.items():
            if place[1] == column and len(own) < 8:
                right[place] = max(right[place], widest[len(widest) // 2])
    steps = [
        b.y - a.y
        for a, b in itertools.pairwise(lines)
        if (a.page, a.column) == (b.page, b.column) and 0.9 * size < b.y - a.y < 5 * size
    ]
    return _Frame(left, right, _leading(steps, size), size)


def _leading(steps: list[float], size: float) -> float:
    """The distance of lines inside paragraphs: the smallest one that is frequent."""
    rounded = sorted(round(step * 2) / 2 for step in steps)
    counts = {step: len(list(group)) for step, group in itertools.groupby(rounded)}
    frequent = [step for step, count in counts.items() if count >= max(2, 0.12 * len(steps))]
    return min(frequent, default=min(rounded, default=1.3 * size))


def _paragraphs(lines: list[Line], frame: _Frame, numbering: str) -> list[_Paragraph]:
    found: list[_Paragraph] = []
    labels: set[str] = set()
    broken = False
    on_page: dict[int, int] = defaultdict(int)
    for before, line in zip([None, *lines], lines, strict=False):
        if not line.text:
            broken = True  # a numbered line without text
            continue
        label = label_of(line.text, "" if before is None else before.text, labels)
        fresh = not found or broken or label or (numbering == "Abs." and line.number is not None)
        if fresh or _begins(found[-1], line, frame, bool(labels)):
            gap = 0.0 if before is None or before.page != line.page else line.y - before.y
            on_page[line.page] += 1
            found.append(
                _Paragraph(_ref(line, numbering, on_page[line.page]), space=broken or gap > BLANK * frame.leading)
            )
        elif found[-1].lines[-1].page != line.page:
            on_page[line.page] += 1  # the rest of a paragraph is the first one on its page
        found[-1].lines.append(line)
        labels |= {label} - {"", KEY}
        broken = False
    return found


def _ref(line: Line, numbering: str, count: int) -> str:
    if line.number is not None:
        return f"S. {line.page}, {numbering} {line.number}"
    return f"S. {line.page}" if numbering else f"S. {line.page}, Abs. {count}"


def label_of(text: str, before: str, known: set[str]) -> str:
    """What may be a speaker's label at the start of a line, or ''; above the first label also a key of the header.

    >>> label_of("B: Ja.", "und dann", set()), label_of("wörtlich: Nein", "er sagte", {"B"})
    ('B', '')
    """
    candidate = parse(text)
    if candidate is None:
        return ""
    entry = lookup(candidate.name)
    if candidate.shape in ("colon", "time", "clock"):
        if entry is not None or candidate.name in known:
            return candidate.name
        if is_name(candidate.name):
            return "" if _divided(before, text) else candidate.name  # `Frau Gurr-/Hirsch: …`
        return KEY if not known and header_key(candidate.name, {}) else ""
    # Without a colon, a word that may be a label also ends sentences: only after a sentence's end it begins a turn.
    ended = not before or bool(_ENDED.search(before)) or not known
    return candidate.name if entry is not None and entry.strong and ended else ""


def _divided(before: str, text: str) -> bool:
    return before.endswith(tuple(HYPHENS)) and before[-2:-1].isalnum() and text[:1].isalpha()


def _begins(paragraph: _Paragraph, line: Line, frame: _Frame, labelled: bool) -> bool:
    """Whether a line without label begins a new paragraph after those of the present one."""
    last = paragraph.lines[-1]
    place, earlier = (line.page, line.column), (last.page, last.column)
    divided = _divided(last.text, line.text)
    if abs(last.size - line.size) > SIZE * max(last.size, line.size) or _styled(last) != _styled(line):
        return not divided
    if place == earlier and line.y - last.y > SPACE * frame.leading * max(1.0, line.size / frame.size):
        return True
    if _names_only(paragraph):
        return True  # a label on a line of its own
    if divided:
        return False
    fits = last.x1 + line.first + 0.3 * line.size < frame.right[earlier] - line.size
    ended = bool(_ENDED.search(last.text))
    # The next word had room on this line and stands on the next: between sentences, and above the talk, that is meant.
    if fits and (ended or not labelled) and _OPENS.match(line.text):
        return True
    near, indent = INDENT * line.size, line.x0 - frame.left[place]
    if place != earlier:
        return ended and indent > near
    if line.x0 < last.x0 - near and indent < -near:
        return True  # the first line hangs out
    hanging = len(paragraph.lines) == 1 and parse(last.text) is not None
    return line.x0 > last.x0 + near and not hanging and (ended or fits)


def _styled(line: Line) -> tuple[bool, bool]:
    return line.bold >= STYLED * line.signs, line.italic >= STYLED * line.signs


def _names_only(paragraph: _Paragraph) -> bool:
    if len(paragraph.lines) > 1:
        return False
    text = paragraph.lines[0].text
    candidate = parse(text)
    if candidate is None or candidate.body < len(text.rstrip()):
        return False
    entry = lookup(candidate.name)
    return candidate.shape in ("colon", "clock", "time") or (entry is not None and entry.strong)


def _block(paragraph: _Paragraph, frame: _Frame, known: Words) -> Block:
    text = ""
    for line in paragraph.lines:
        text = join(text, line.text, known) if text else line.text
    signs = sum(line.signs for line in paragraph.lines) or 1
    bold, italic = (sum(getattr(line, name) for line in paragraph.lines) / signs for name in ("bold", "italic"))
    large = paragraph.lines[0].size >= TITLE * frame.size and len(text) <= TITLE_LENGTH
    kind = HEADING if large and not label_of(text, "", set()) else TEXT
    return Block(text, paragraph.ref, kind, bold, italic)
