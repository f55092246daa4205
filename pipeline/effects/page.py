"""The effect of an edit as a page to read and a table: by change, by rule, with quotes."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby
from types import SimpleNamespace

from pipeline.effects.compare import ADDED, COLUMNS, DROPPED, MOVED, OWN_REASONS, RESIZED, Row, told
from pipeline.language import GERMAN, N_, _, spoken
from pipeline.language.told import told as noted
from pipeline.pages import environment, policy_hash, style
from pipeline.wording import NOT_QUOTABLE, marked, matched_words

MOST = 40  # quotes of one rule on the page; the table holds all
_TITLES = {ADDED: N_("Neu codiert"), DROPPED: N_("Nicht mehr codiert"), MOVED: N_("Kategorie gewechselt"), RESIZED: N_("Umfang geändert")}


def quotable(rows: Sequence[Row], may_quote: Callable[[str, int], bool]) -> list[Row]:
    """The rows without a word of people who may not be quoted (`may_quote` by interview and turn)."""
    return [row if may_quote(row["doc"], row["turn"]) else {**row, "quote": NOT_QUOTABLE, "matched": ""} for row in rows]


def to_csv(rows: Sequence[Row]) -> bytes:
    """UTF-8 with byte order mark, comma, line feeds, as the other tables for programs."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def to_html(rows: Sequence[Row], title: str, old: str, new: str, language: str = GERMAN) -> bytes:
    """The page in a language of the report; quotes stand in it as they are given."""
    from markupsafe import Markup

    with spoken(language):
        groups = [_group(change, [r for r in rows if r["change"] == change]) for change in _TITLES]
        return (
            environment()
            .get_template("effect.html.j2")
            .render(
                title=title, old=old, new=new, groups=[g for g in groups if g.rows], table=_table(rows), most=MOST, language=language,
                german=Markup(' lang="de"') if language != GERMAN else "", style=Markup(style()), style_hash=policy_hash(style()),
            )
            .encode()
        )  # fmt: skip


def _group(change: str, rows: list[Row]) -> SimpleNamespace:
    side = "rule_before" if change == DROPPED else "rule"
    ordered = sorted(rows, key=lambda r: (r[side], r["doc"], r["turn"], r["start"]))
    rules = [SimpleNamespace(title=told(rule), rows=[_shown(r) for r in found]) for rule, found in groupby(ordered, key=lambda r: r[side])]
    return SimpleNamespace(title=_(_TITLES[change]), rows=rows, rules=rules)


def _shown(row: Row) -> SimpleNamespace:
    quote = _(NOT_QUOTABLE) if row["quote"] == NOT_QUOTABLE else row["quote"]
    return SimpleNamespace(
        parts=marked(quote, matched_words(row["matched"])),
        place=_("{interview}, Beitrag {turn}").format(interview=row["doc"], turn=row["turn"]), anchor=f"{row['doc']}-{row['turn']}", reason=_(row["reason"]) if row["reason"] in OWN_REASONS else noted(row["reason"]), decision=row["decision"],
        moved=f"{row['code_before']} → {row['code']}" if row["change"] == MOVED else "",
    )  # fmt: skip


def _table(rows: Sequence[Row]) -> list[SimpleNamespace]:
    codes = sorted(({r["code"] for r in rows} | {r["code_before"] for r in rows}) - {""})
    come = Counter((r["change"], r["code"]) for r in rows)
    gone = Counter((r["change"], r["code_before"]) for r in rows)
    return [
        SimpleNamespace(
            code=c, added=come[ADDED, c], dropped=gone[DROPPED, c], moved_in=come[MOVED, c], moved_out=gone[MOVED, c], resized=come[RESIZED, c],
        )
        for c in codes
    ]  # fmt: skip
