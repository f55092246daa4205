"""Statements, checked, as rows of `findings_statements`: a row for each piece of text, figure, piece of evidence and hint, in order."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

from pipeline.claims import figures, finding, hints, notation, words
from pipeline.claims.material import Material
from pipeline.claims.reading import AGAINST, BLANK, FIGURE, Block, Mark, Statement, Written
from pipeline.language import _

Row = dict[str, Any]
TITLE, TEXT, HINT, DRAFT = "title", "text", "hint", "draft"
BAD = ("wrong", "unknown", "gone", "forbidden", "unclear")  # verdicts that make a statement one to mend
GOOD, BROKEN, UNFINISHED, UNCHECKED = "checked", "broken", "unfinished", "unchecked"  # verdicts of a statement as a whole


def rows(data: Material, written: Written) -> list[Row]:
    """Rows of `findings_statements`; of each statement part 0 is its heading with the verdict on the whole."""
    found: list[Row] = []
    known = [(one, _codes(data, one)) for one in written.statements]
    early = hints.order(data, known)
    for one, codes in known:
        found += _statement(data, one, codes, early if early is not None and early.line == one.line else None)
    for n, line in enumerate(written.stray):
        reason = _("Dieser Text steht unter keiner Überschrift »## …« und wird nicht gezeigt.")
        found.append(made("k00", n, 0, line, HINT, verdict="stray", reason=reason))
    return found


def made(statement: str, part: int, order: int, line: int, kind: str, **more: Any) -> Row:
    """A row with every column; what is not given is empty."""
    base = {"form": "", "block": 0, "section": "", "text": "", "claim": "", "found": "", "verdict": "", "reason": "", "code": "", "address": "", "place": "", "mention": "",
            "doc": "", "turn": 0, "start": 0, "end": 0}  # fmt: skip
    return {"statement": statement, "part": part, "order": order, "line": line, "kind": kind, **base, **more}


def _codes(data: Material, one: Statement) -> list[str]:
    return hints.codes_of(data, (notation.figure(mark.body).code for mark in one.marks if mark.kind == FIGURE))


def _statement(data: Material, one: Statement, codes: list[str], early: SimpleNamespace | None) -> list[Row]:
    parts: list[Row] = []
    for n, block in enumerate(one.blocks, 1):
        parts += [{**row, "block": n, "form": block.form} for row in _block(data, block, codes)]
    named = any(mark.kind == AGAINST for mark in one.marks)
    told = [*hints.told(data, one, codes, named), *([early] if early is not None else [])]
    loose, texts = _loose(data, one, parts)
    told += loose
    parts += [{"kind": HINT, "line": h.line or one.line, "verdict": h.kind, "reason": h.reason, "code": h.code, "address": h.address} for h in told]
    for row in parts:
        for words_, instead in texts:
            row["text"] = row.get("text", "").replace(words_, instead)
    checked = [row for row in parts if row["kind"] not in (TEXT, HINT, BLANK)]
    whole = BROKEN if any(row["verdict"] in BAD for row in checked) else UNFINISHED if any(h.kind == "blank" for h in told) else GOOD if checked else UNCHECKED
    key = f"k{one.order:02d}"
    title = one.title
    for words_, instead in texts:
        title = title.replace(words_, instead)
    head = made(key, 0, one.order, one.line, TITLE, text=title, section=one.section, verdict=whole)
    return [head, *(made(key, n, one.order, row["line"], row["kind"], **{k: v for k, v in row.items() if k not in ("line", "kind")}) for n, row in enumerate(parts, 1))]


def _block(data: Material, block: Block, codes: list[str]) -> list[Row]:
    found: list[Row] = []
    for piece in block.pieces:
        if isinstance(piece, str):
            found.append({"kind": TEXT, "line": block.line, "text": piece})
        elif piece.kind == BLANK:
            found.append({"kind": BLANK, "line": piece.line, "text": piece.body, "verdict": "blank"})
        elif not piece.closed:
            reason = _("Die eckige Klammer wird nicht geschlossen.")
            found.append({"kind": piece.kind, "line": piece.line, "claim": piece.body, "verdict": "unclear", "reason": reason})
        else:
            before = found.pop() if found and found[-1]["kind"] == TEXT else None
            found += _figure(data, piece, before) if piece.kind == FIGURE else _evidence(data, piece, before, codes)
    return [row for row in found if row["kind"] != TEXT or row["text"]]


def _figure(data: Material, mark: Mark, before: Row | None) -> list[Row]:
    """The amount that stands before a mark becomes the link; without one the mark shows its own figure."""
    result = figures.examined(data, notation.figure(mark.body))
    head, link, tail = _amount(before["text"] if before else "")
    row = {"kind": FIGURE, "line": mark.line, "text": link, "claim": mark.body, **vars(result)}
    line = before["line"] if before else mark.line
    return [{"kind": TEXT, "line": line, "text": head}, row, {"kind": TEXT, "line": line, "text": tail}]


def _amount(text: str) -> tuple[str, str, str]:
    """(before, amount, after): the last amount of the last sentence of a text.

    >>> _amount("Hier helfen viele. Fünf von acht Befragten tun es ")
    ('Hier helfen viele. ', 'Fünf von acht Befragten', ' tun es')
    """
    start = max((m.end() for m in re.finditer(r"[.!?][“”\"»«)]*\s+(?=\S)", text)), default=0)
    plain = words.unquoted(text)
    hits = list(words.AMOUNT.finditer(plain, start))
    at = hits[-1].span() if hits else (found.span() if (found := words.BEFORE.search(plain, start)) else None)
    return (text[: at[0]], text[at[0] : at[1]], text[at[1] :].rstrip()) if at else (text.rstrip(), "", "")


def _evidence(data: Material, mark: Mark, before: Row | None, codes: list[str]) -> list[Row]:
    """A quotation right before a mark is its quote and becomes the link."""
    text = (before["text"] if before else "").rstrip()
    last = next((q for q in reversed(list(words.QUOTED.finditer(text))) if q.end() == len(text)), None)
    result = finding.examined(data, notation.place(mark.body, last[0] if last else ""), codes)
    free = result.verdict != finding.FORBIDDEN
    row = {"kind": mark.kind, "line": mark.line, "text": last[0] if last and free else "", "claim": mark.body if free else result.found, **vars(result)}
    head = text[: last.start()] if last else text
    return [*([{**before, "text": head}] if before else []), row]


def _loose(data: Material, one: Statement, parts: list[Row]) -> tuple[list[SimpleNamespace], list[tuple[str, str]]]:
    """Hints on quotes that stand in the text without a mark, and (words, instead) for those that may not be quoted."""
    found, instead = [], []
    for row in [{"text": one.title, "line": one.line}, *(row for row in parts if row["kind"] == TEXT)]:
        for quote in hints.quotations(data, row["text"]):
            result = finding.examined(data, notation.Place("", 0, "", quote))
            if result.verdict == finding.FORBIDDEN:
                instead.append((quote, result.found))
            reason = _("Für ein Zitat fehlt der Beleg. Der Wortlaut steht hier: [Beleg: {place}].") if result.doc else _("Ein Wortlaut in Anführungszeichen, den es im Material nicht gibt: »{quote}«.")
            reason = result.reason if result.verdict == finding.FORBIDDEN else reason.format(place=f"{result.doc}-{result.turn}", quote=quote)
            found.append(SimpleNamespace(kind="loose", line=row["line"], reason=reason, code="", address=result.address))
    return found, instead


