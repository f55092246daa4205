"""The letters of Rich Text Format: bytes by code page and font, Unicode signs, and what state they are read in."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

from pipeline.readers import rtf_tables
from pipeline.readers.office import UNKNOWN_SYMBOL, Flow, symbol
from pipeline.reading import Block

SYMBOL = "symbol"  # instead of a codec: a font of pictures
_HALF = re.compile("[\ud800-\udfff]")
PRIVATE = range(0xF000, 0xF100)  # where fonts of pictures stand in Unicode


@dataclass(slots=True)
class State:
    """What holds inside a group. `flow` None: its text is not read; `table`: fonts, styles or info are collected."""

    flow: Flow | None
    font: int = -1
    bold: bool = False
    italic: bool = False
    hidden: bool = False
    deleted: bool = False
    fallback: int = 1
    style: int = 0
    table: str = ""


@dataclass
class Walk:
    """The walk's memory over all groups."""

    body: Flow = field(default_factory=Flow)
    found: set[str] = field(default_factory=set)
    flows: dict[str, list[Flow]] = field(default_factory=dict)  # by key of `Reading.meta`
    boxes: list[Flow] = field(default_factory=list)  # open text boxes
    codepage: str = "cp1252"
    default_font: int = -1
    charsets: dict[int, int] = field(default_factory=dict)  # of fonts; a code page as a negative number
    codecs: dict[int, str] = field(default_factory=dict)
    styles: dict[int, str] = field(default_factory=dict)
    style_text: str = ""
    style: int = 0  # of the last text
    cells: list[str] = field(default_factory=list)
    merged: list[bool] = field(default_factory=list)  # cells of the row that only continue another
    merging: bool = False
    in_table: bool = False
    owed: int = 0  # signs still to be skipped, because a Unicode sign has said them
    star: bool = False  # the next word may be skipped where it is not known
    overflow: int = 0  # open braces beyond the stack
    closed: bool = False
    stack: list[State] = field(default_factory=list)
    state: State = field(default_factory=lambda: State(None))


def set_print(word: str, number: int | None, state: State) -> bool:
    """Switch print on or off, where a word does that; whether it does."""
    on = number != 0
    if word in ("b", "i", "v", "deleted", "mvf"):
        name = {"b": "bold", "i": "italic", "v": "hidden"}.get(word, "deleted")
        setattr(state, name, on)
    elif word == "plain":
        state.bold = state.italic = state.hidden = False
        state.font = -1
    elif word == "f":
        state.font = number or 0
    else:
        return False
    return True


def table_word(word: str, number: int, walk: Walk) -> None:
    """A word inside the tables of fonts and styles."""
    state = walk.state
    if state.table == "fonts" and word == "f":
        state.font = number
    elif state.table == "fonts" and word in ("fcharset", "cpg"):
        walk.charsets[state.font] = number if word == "fcharset" else -number
    elif state.table == "styles" and word == "s":
        state.style = number


def emit(text: str, walk: Walk) -> None:
    """Text for where the walk stands: to be read, to be told of, or part of a style's name."""
    state = walk.state
    if state.table == "styles":
        walk.style_text += text
        if ";" in text:
            walk.styles[state.style] = walk.style_text.partition(";")[0].strip()
            walk.style_text = ""
    elif state.flow is None:
        return
    elif state.deleted or state.hidden:
        walk.found.update({"deleted" if state.deleted else "hidden"} if text.strip() else ())
    else:
        if walk.closed and text.strip():
            walk.found.add("cut")
        walk.style = state.style
        state.flow.add(text, state.bold, state.italic)


def raw(text: str, walk: Walk) -> None:
    """Signs as they stand in the file (as Latin-1). Old writers put letters there unescaped, in whatever encoding."""
    if walk.owed:
        skipped = min(walk.owed, len(text))
        walk.owed -= skipped
        text = text[skipped:]
    if text.isascii():
        emit(text, walk)
        return
    data = text.encode("latin-1")
    try:
        emit(data.decode("utf-8"), walk)
    except UnicodeDecodeError:
        emit(_decoded(data, walk), walk)


def escaped(data: bytes, walk: Walk) -> None:
    """Bytes that were written as `\\'hh`."""
    if walk.owed:
        skipped = min(walk.owed, len(data))
        walk.owed -= skipped
        data = data[skipped:]
    if data and (walk.state.flow is not None or walk.state.table == "styles"):
        emit(_decoded(data, walk), walk)


def unicode_sign(number: int, walk: Walk) -> None:
    """The sign of `\\uN`; negative numbers are written for those above 32,767, fonts of pictures lie at F000."""
    code = number + 65_536 if number < 0 else number
    if code in PRIVATE:
        emit(_symbol(code, walk), walk)
    elif 0 < code <= 0x10FFFF:
        emit(chr(code), walk)


def codepage(number: int) -> str:
    """The codec of a Windows code page, `` for an unknown one."""
    name = rtf_tables.CODEPAGES.get(number, f"cp{number}")
    try:
        codecs.lookup(name)
        return name
    except LookupError:
        return ""


def whole(flow: Flow) -> list[Block]:
    """Blocks with halves of signs beyond the first 65,536, which RTF writes one by one, put together."""
    return [
        replace(block, text=_paired(block.text), cells=tuple(map(_paired, block.cells)))
        if _HALF.search(block.text)
        else block
        for block in flow.blocks
    ]


def _paired(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _decoded(data: bytes, walk: Walk) -> str:
    font = walk.state.font if walk.state.font >= 0 else walk.default_font
    if font not in walk.codecs:
        walk.codecs[font] = _codec(font, walk)
    name = walk.codecs[font]
    return "".join(_symbol(byte, walk) for byte in data) if name == SYMBOL else data.decode(name, "replace")


def _codec(font: int, walk: Walk) -> str:
    charset = walk.charsets.get(font, 1)
    if charset < 0:
        return codepage(-charset) or walk.codepage
    if charset == rtf_tables.SYMBOL_CHARSET:
        return SYMBOL
    if charset == 0 and not walk.codepage.startswith("mac") and set(walk.charsets.values()) - {0, 1, 2}:
        return "cp1252"  # the writer tells fonts apart; one that does not calls all of them Western
    return rtf_tables.CHARSETS.get(charset, walk.codepage)


def _symbol(code: int, walk: Walk) -> str:
    sign = symbol(code)
    walk.found.update({"symbols"} if sign == UNKNOWN_SYMBOL else ())
    return sign
