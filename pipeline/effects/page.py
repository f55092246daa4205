"""The effect of an edit as a page to read and a table: by change, by rule, with quotes."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from types import SimpleNamespace

from pipeline.effects.compare import ADDED, COLUMNS, DROPPED, MOVED, Row, told

TEMPLATES = Path(__file__).parent.parent / "templates"
MOST = 40  # quotes of one rule on the page; the table holds all
_TITLES = {ADDED: "Neu codiert", DROPPED: "Nicht mehr codiert", MOVED: "Kategorie gewechselt"}


def to_csv(rows: Sequence[Row]) -> bytes:
    """UTF-8 with byte order mark, comma, line feeds, as the other tables for programs."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def to_html(rows: Sequence[Row], title: str, old: str, new: str, may_quote: Callable[[str, int], bool], hidden: str) -> bytes:
    """The page; where a person may not be quoted, `hidden` stands for the passage."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    style = (TEMPLATES / "report.css").read_text("utf-8")
    pages = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    groups = [_group(change, [r for r in rows if r["change"] == change], may_quote, hidden) for change in _TITLES]
    return (
        pages.get_template("effect.html.j2")
        .render(
            title=title, old=old, new=new, groups=[g for g in groups if g.rows], table=_table(rows), most=MOST,
            style=Markup(style), style_hash=f"sha256-{digest}",
        )
        .encode()
    )  # fmt: skip


def _group(change: str, rows: list[Row], may_quote: Callable[[str, int], bool], hidden: str) -> SimpleNamespace:
    side = "rule_before" if change == DROPPED else "rule"
    ordered = sorted(rows, key=lambda r: (r[side], r["doc"], r["turn"], r["start"]))
    rules = [
        SimpleNamespace(title=told(rule), rows=[_shown(r, may_quote, hidden) for r in found]) for rule, found in groupby(ordered, key=lambda r: r[side])
    ]
    return SimpleNamespace(title=_TITLES[change], rows=rows, rules=rules)


def _shown(row: Row, may_quote: Callable[[str, int], bool], hidden: str) -> SimpleNamespace:
    quoted = may_quote(row["doc"], row["turn"])
    return SimpleNamespace(
        parts=_marked(row["quote"], row["matched"].split(" | ")) if quoted else [(hidden, False)],
        place=f"{row['doc']}, Beitrag {row['turn']}", anchor=f"{row['doc']}-{row['turn']}", reason=row["reason"], decision=row["decision"],
        moved=f"{row['code_before']} → {row['code']}" if row["change"] == MOVED else "",
    )  # fmt: skip


def _marked(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is one of the found words."""
    pieces, at = [], 0
    for start, end in sorted((text.replace("\n", " ").find(w), text.replace("\n", " ").find(w) + len(w)) for w in set(words) if w and w in text):
        if start >= at:
            pieces += [(text[at:start], False), (text[start:end], True)]
            at = end
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]


def _table(rows: Sequence[Row]) -> list[SimpleNamespace]:
    codes = sorted(({r["code"] for r in rows} | {r["code_before"] for r in rows}) - {""})
    come = Counter((r["change"], r["code"]) for r in rows)
    gone = Counter((r["change"], r["code_before"]) for r in rows)
    return [
        SimpleNamespace(code=c, added=come[ADDED, c], dropped=gone[DROPPED, c], moved_in=come[MOVED, c], moved_out=gone[MOVED, c])
        for c in codes
    ]
