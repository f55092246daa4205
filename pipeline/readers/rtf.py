"""Rich Text Format: an own walk over its words, because no library keeps bold print and leaves out hidden text.

A state (print, font, destination) is pushed with every brace and popped with its partner; there is no recursion, so
that depth costs nothing. What is unbalanced or cut is read as far as it goes, and told.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.readers import meetings, rtf_tables
from pipeline.readers.office import Flow, cleaned, running, warnings
from pipeline.readers.rtf_text import Walk, codepage, emit, escaped, raw, set_print, table_word, unicode_sign, whole
from pipeline.reading import Reading, Unreadable, damaged, empty

MAX_DEPTH = 1_000  # open braces whose states are kept; deeper ones are only counted
MAX_BREAKS = 1_000_000  # paragraphs and cells; a three-hour interview has some 5,000
MAX_FALLBACK = 32  # signs that may stand for one Unicode sign
_BREAK = re.compile(rb"\\(?:par|cell|row|sect)\b|\\[\r\n]")

_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|(?P<bytes>(?:\\'[0-9A-Fa-f]{2}){1,4096})|\\(?P<sign>[^A-Za-z])"
    r"|(?P<brace>[{}])|(?P<newline>[\r\n\x00]+)|(?P<text>[^\\{}\r\n\x00]+)",
    re.DOTALL,
)


def read(data: bytes) -> Reading:
    """An RTF file; blocks are paragraphs (`Abs. n`) and table rows (`Tab. n/row`). Raises `Unreadable`."""
    if not data.strip(b"\x00 \t\r\n"):
        raise empty()
    start = data[:64].find(b"{\\rtf")
    if start < 0:
        raise damaged("Die Datei ist kein RTF-Dokument.")
    if sum(1 for _ in _BREAK.finditer(data)) > MAX_BREAKS:
        advice = "Bitte den Text in ein neues, leeres Dokument kopieren und als DOCX speichern."
        raise Unreadable("failed", "bomb", "Die Datei hat unmäßig viele Absätze.", advice)
    walk = Walk()
    walk.state.flow = walk.body
    _run(data[start:].decode("latin-1"), walk)
    _finish(walk)
    if not any(block.text.strip() for block in walk.body.blocks):
        raise damaged() if "cut" in walk.found else empty()
    blocks, more = cleaned(whole(walk.body))
    meta = _meta(walk)
    program = meta.pop("erzeugt mit", "").casefold()
    tool = next((name for begin, name in rtf_tables.TOOLS.items() if program.startswith(begin)), "")
    tool, blocks, meta = meetings.recognise(blocks, meta) or (tool, blocks, meta)
    return Reading("rtf", walk.codepage, blocks, tuple(warnings(walk.found) + more), meta, tool=tool)


def _meta(walk: Walk) -> dict[str, str]:
    meta = {}
    for key, flows in walk.flows.items():
        for flow in flows:
            flow.paragraph()
        blocks, _ = cleaned(block for flow in flows for block in whole(flow))
        text = running(line for block in blocks for line in block.text.split("\n")).strip(" ;")
        meta.update({key: text} if text else {})
    return meta


def _run(text: str, walk: Walk) -> None:
    at, end = 0, len(text)
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            break  # a backslash at the very end
        at, kind = match.end(), match.lastgroup
        if kind == "word":
            _word(match["word"], None, walk)
        elif kind == "number" and match["word"] == "bin":
            at += min(max(int(match["number"]), 0), end - at)
        elif kind == "number":
            _word(match["word"], int(match["number"]), walk)
        elif kind == "brace":
            _open(walk) if match["brace"] == "{" else _close(walk)
        elif kind == "bytes":
            escaped(bytes.fromhex(match["bytes"].replace("\\'", "")), walk)
        elif kind == "sign":
            _sign(match["sign"], walk)
        elif kind == "text":
            raw(match["text"], walk)


def _finish(walk: Walk) -> None:
    if walk.stack:
        walk.found.add("cut")
    while walk.stack:
        walk.overflow = 0
        _close(walk)
    _end_row(walk)
    if walk.body.parts or walk.body.boxes:
        walk.body.paragraph(walk.styles.get(walk.style, ""))


def _open(walk: Walk) -> None:
    walk.owed, walk.star = 0, False
    if len(walk.stack) >= MAX_DEPTH:
        walk.overflow += 1
        return
    walk.stack.append(replace(walk.state))
    if walk.state.table == "styles":
        walk.state.style, walk.style_text = 0, ""


def _close(walk: Walk) -> None:
    walk.owed, walk.star = 0, False
    if walk.overflow:
        walk.overflow -= 1
    elif walk.stack:
        flow, walk.state = walk.state.flow, walk.stack.pop()
        if walk.boxes and flow is walk.boxes[-1] and walk.state.flow is not flow:
            walk.boxes.pop()
            if flow.parts or flow.boxes:
                flow.paragraph()
            if walk.state.flow is not None:
                walk.state.flow.boxes += flow.blocks
        walk.closed = walk.closed or not walk.stack


def _word(word: str, number: int | None, walk: Walk) -> None:
    star, walk.star = walk.star, False
    state = walk.state
    if walk.owed and word in rtf_tables.SIGNS:
        walk.owed -= 1
        return
    walk.owed = 0  # no other word stands for a sign; not all programs write the signs that they owe
    if word == "u":
        walk.owed = state.fallback
        unicode_sign(number or 0, walk)
    elif word == "uc":
        state.fallback = min(max(number or 0, 0), MAX_FALLBACK)
    elif _destination(word, star, walk):
        return
    elif state.table:
        table_word(word, number or 0, walk)
    elif state.flow is not None:
        if word in rtf_tables.SIGNS:
            emit(rtf_tables.SIGNS[word], walk)
        elif not set_print(word, number, state):
            _structure(word, number, walk)


def _destination(word: str, star: bool, walk: Walk) -> bool:
    """Turn to another destination where a word says so, or to none where its text is no speech."""
    state, key = walk.state, ""
    if word in rtf_tables.SKIP or word in rtf_tables.COMMENTS or word in rtf_tables.NOTES:
        if state.flow is not None:
            walk.found.update({"notes"} if word in rtf_tables.NOTES else set())
            walk.found.update({"comments"} if word in rtf_tables.COMMENTS else set())
        state.flow, state.table = None, ""
    elif word in ("fonttbl", "stylesheet", "info"):
        state.flow, state.table = None, {"fonttbl": "fonts", "stylesheet": "styles"}.get(word, word)
    elif word in rtf_tables.BOXES and state.flow is not None:
        state.flow = Flow()
        walk.boxes.append(state.flow)
    elif word in rtf_tables.HEADS and state.flow is not None:
        key = rtf_tables.HEADS[word]
    elif word in rtf_tables.INFO and (state.table == "info" or (word == "generator" and star)):
        key = rtf_tables.INFO[word]
    elif star and word not in rtf_tables.TRANSPARENT:
        state.flow, state.table = None, ""
    else:
        return False
    if key:
        state.flow, state.table = Flow(), ""
        walk.flows.setdefault(key, []).append(state.flow)
    return True


def _structure(word: str, number: int | None, walk: Walk) -> None:
    """Paragraphs, table rows, and what the file says of its letters."""
    state, body = walk.state, walk.state.flow is walk.body
    if word in ("par", "sect"):
        _end_paragraph(walk)
    elif word == "pard":
        state.style, walk.in_table = 0, walk.in_table and not body
    elif word == "s":
        state.style = number or 0
    elif word == "intbl" and body:
        walk.in_table = True
    elif word in ("cell", "row") and not body:
        emit("\t" if word == "cell" else "\n", walk)
    elif word == "cell":
        walk.cells.append(_cell_text(walk))
    elif word == "row":
        _end_row(walk)
    elif word == "trowd":
        walk.merged, walk.merging = [], False
    elif word in ("clvmrg", "clmrg"):
        walk.merging = True
    elif word == "cellx":
        walk.merged.append(walk.merging)
        walk.merging = False
    elif word == "deff":
        walk.default_font = number or 0
    elif word in rtf_tables.FAMILIES or word == "ansicpg":
        name = codepage(number or 0) if word == "ansicpg" else rtf_tables.FAMILIES[word]
        walk.found.update(set() if name else {"codepage"})
        walk.codepage = name or walk.codepage


def _sign(sign: str, walk: Walk) -> None:
    if sign == "*":
        walk.star = True
    elif walk.owed:
        walk.owed -= 1
    elif sign in "\r\n":
        _end_paragraph(walk)
    elif sign in rtf_tables.SYMBOLS:
        emit(rtf_tables.SYMBOLS[sign], walk)


def _end_paragraph(walk: Walk) -> None:
    flow = walk.state.flow
    if flow is None:
        return
    if flow is walk.body and walk.in_table:
        flow.add("\n")
        return
    if flow is walk.body and walk.cells:
        open_ = walk.body.parts  # these came after the table, whose last row was never closed
        walk.body.parts = []
        _end_row(walk)
        walk.body.parts = open_
    flow.paragraph(walk.styles.get(walk.state.style, ""))


def _cell_text(walk: Walk) -> str:
    """The open cell's text, without the tabs at the ends of an inner table's rows."""
    return "\n".join(line.rstrip("\t") for line in walk.body.take().split("\n")).strip("\n")


def _end_row(walk: Walk) -> None:
    if walk.in_table and any(part.strip() for part in walk.body.parts):
        walk.cells.append(_cell_text(walk))  # a row without the end of its last cell
    if walk.cells:
        merged = walk.merged + [False] * len(walk.cells)
        walk.body.row(cell for cell, goes_on in zip(walk.cells, merged, strict=False) if not goes_on)
        walk.cells = []
        if walk.in_table:
            walk.body.take()
