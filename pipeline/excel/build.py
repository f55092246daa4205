"""`tables.xlsx`: the tables for people. Strings stay strings (no formula, no link), the file's bytes are reproducible."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.excel import cells
from pipeline.excel.headings import HEADINGS, OWN, SHEETS
from pipeline.excel.values import OWN_WORDS, WORDS
from pipeline.language import GERMAN, _, current
from pipeline.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

JOINED = {"topic_sentences": {"rank": "int", "turn": "int", "weight": "float"}}  # sheets that are no table: columns that are no text
PLACES = {"p": "0.000", "p_all": "0.000"}  # how figures are shown, where not with two places; the cells hold them in full
OMITTED = {  # columns that no person reads: all stand in tables/*.csv
    "findings_mentions": ("codings",), "codings": ("seg",), "findings_summaries": ("scaffold", "edited", "moved", "state"),
    "findings_matrix": ("passages", "edited", "moved", "gone", "state"), "findings_alike": ("x", "y"),
    "findings_statements": ("part", "order", "line", "form", "block", "address", "start", "end", "mention", "place"),
    "findings_stories": ("before_start", "before_end", "after_start", "after_end"), "findings_waves": ("order",), "findings_wave_samples": ("order",),
    "agreement": ("order",), "disagreements": ("seg",), "cycle_versions": ("order",), "cycle_minutes": ("entry", "coder", "present", "passages", "readings", "open"),
    "cycle_negative": ("start", "end", "placed"), "cycle_inductive": ("start", "end", "placed"), "memos": ("memo", "start", "end"),
}  # fmt: skip
_DATES = ("date", "datum")
_CREATED = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)  # fixed: equal inputs, equal bytes
MOST_ROWS = {"findings_mentions": 20_000, "codings": 10_000, "suggestions": 10_000, "topic_sentences": 10_000, "rules": 20_000, "agreement": 20_000, "review_open": 20_000}  # more are no help to people
_SUGGESTED = ("doc", "turn", "case", "code", "code_label", "quote", "score", "reason", "evidence", "coder", "stance", "about", "prompt", "question", "start", "end")


def build(shown: Mapping[str, pd.DataFrame], title: str, notes: list[str]) -> bytes:
    """The workbook as bytes: a sheet of explanations, then one sheet a table with filter and frozen head."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "nan_inf_to_errors": True}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": cells.clean(title), "created": _CREATED})
    styles = _styles(book)
    styles.share = book.str_table._get_shared_string_index
    first = book.add_worksheet(_("Lies mich"))
    first.set_column(0, 0, 110, styles.wrap)
    names = {name: _(sheet) for name, sheet in SHEETS.items() if name in shown}
    contents = [_("Die Blätter dieser Mappe, mit der Zahl ihrer Zeilen:"), *(_told(name, names[name], len(shown[name])) for name in names)]
    for row, text in enumerate([title, "", *notes, "", *contents]):
        first.write_string(row, 0, cells.clean(text))
    for name, sheet in names.items():
        _sheet(book.add_worksheet(sheet, worksheet_class=cells.Rows), shown[name], name, styles)
    book.close()
    return out.getvalue()


def _told(name: str, sheet: str, n: int) -> str:
    """A sheet with what it holds; in German the words are those of the contract of tables."""
    what = TABLES[name].title if name in TABLES else ""
    return f"{sheet} ({n})" + (f": {what}" if what and current() == GERMAN else "")


def _styles(book: Any) -> SimpleNamespace:
    """Styles of the book, with the numbers by which cells name them."""
    made = SimpleNamespace(
        head=book.add_format({"bold": True, "bg_color": "#E7EDF3", "bottom": 1, "text_wrap": True, "valign": "top"}),
        wrap=book.add_format({"text_wrap": True, "valign": "top"}), quoted=book.add_format({"quote_prefix": True}),
        quoted_wrap=book.add_format({"quote_prefix": True, "text_wrap": True, "valign": "top"}),
        day=book.add_format({"num_format": "dd.mm.yyyy" if current() == GERMAN else "d mmm yyyy", "align": "left"}),
        **{form: book.add_format({"num_format": form}) for form in ("0.00", "0.000")},
    )  # fmt: skip
    made.number = {name: style._get_xf_index() for name, style in vars(made).items()}
    return made


def cut(data: Mapping[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], list[str]]:
    """The tables that are sheets, without columns for programs, long lists shortened; and a sentence for each list that is."""
    shown = {name: table.drop(columns=[c for c in OMITTED.get(name, ()) if c in table.columns]) for name, table in data.items() if name in SHEETS}
    notes = []
    for name in (name for name in MOST_ROWS if name in shown):
        shown[name], note = surest(shown[name], MOST_ROWS[name]) if name == "suggestions" else shortened(shown[name], name, MOST_ROWS[name])
        notes.append(note)
    return shown, [note for note in notes if note]


def shortened(rows: pd.DataFrame, name: str, most: int) -> tuple[pd.DataFrame, str]:
    """At most `most` rows of a list, in its order: what people read always stays first; and a sentence where some are left out."""
    if len(rows) <= most:
        return rows, ""
    if "basis" in rows.columns or "status" in rows.columns:
        read = rows["basis"] == "reviewed" if "basis" in rows.columns else rows["status"] != "proposed"
        first = rows.index[read][:most]
        kept = rows.loc[first.union(rows.index[~read][: most - len(first)], sort=True)]
    else:
        kept = rows.head(most)
    file = f"tables/{name}.csv" if name in TABLES else "tables/segment_topics.csv"
    text = _("Das Blatt »{sheet}« zeigt {n} von {total} Zeilen, Gelesenes zuerst. Alle stehen in {file}.")
    return kept, text.format(sheet=_(SHEETS[name]), n=len(kept), total=len(rows), file=file)


def surest(suggestions: pd.DataFrame, most: int) -> tuple[pd.DataFrame, str]:
    """At most `most` suggestions, with the columns that people use, and a sentence where some are left out.

    Then every hit that people should see stays first (a rule's, or one that people read), and of the rest the same number a code, the surest.
    """
    rows = suggestions[[name for name in _SUGGESTED if name in suggestions.columns]]
    if len(rows) <= most:
        return rows, ""
    lower = rows["reason"].str.startswith("nicht sicher genug")
    rank = rows["score"].where(lower).groupby(rows["code"]).rank(method="first", ascending=False).fillna(0)
    sizes = rank.sort_values(ignore_index=True)
    limit = int(sizes.iloc[most - 1])
    kept = rows[rank <= (limit if int((rank <= limit).sum()) <= most else limit - 1)].head(most)
    note = _(
        "Das Blatt »{sheet}« zeigt {n} von {total} Zeilen: von dem, was dem Modell nicht sicher genug war, je Kategorie die sichersten. Alle stehen in {file}."
    )
    return kept, note.format(sheet=_(SHEETS["suggestions"]), n=len(kept), total=len(rows), file="tables/suggestions.csv")


def _sheet(sheet: Any, data: pd.DataFrame, name: str, styles: SimpleNamespace) -> None:
    """A table: head with filter, then its columns."""
    kinds = JOINED[name] if name in JOINED else TABLES[name].columns
    columns = []
    for column, key in enumerate(data.columns):
        heading = OWN.get(name, {}).get(key) or HEADINGS.get(key)
        sheet.write_string(0, column, cells.clean(_(heading) if heading else key), styles.head)
        made, wide, wraps = _column(data[key].tolist(), kinds.get(key, "str"), name, key, styles)
        sheet.set_column(column, column, wide, styles.wrap if wraps else None)
        columns.append(made)
    sheet.columns = columns
    last = max(1, len(data))
    sheet._check_dimensions(last, max(0, len(data.columns) - 1))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, max(0, len(data.columns) - 1))


def _column(values: list[Any], kind: str, name: str, key: str, styles: SimpleNamespace) -> tuple[list[str], int, bool]:
    """The cells of a column, how wide it is, and whether its lines are wrapped."""
    number = styles.number
    if kind != "str":
        style = number[PLACES.get(key, "0.00")] if kind == "float" else 0
        return cells.numbers(values, style), _wide([len(str(value)) for value in values])[0], False
    # "basis" of a table of codings and "part" of one of quality are words of the program; people read theirs.
    words = {word: _(told) for word, told in {**WORDS.get(key, {}), **OWN_WORDS.get(name, {}).get(key, {})}.items()}
    shown = cells.worded(values, words)
    wide, longest = _wide([len(value) for value in shown])
    wraps = longest > 50
    quoted, wrapped = (number["quoted_wrap"], number["wrap"]) if wraps else (number["quoted"], 0)
    if key in _DATES:
        return cells.days(shown, number["day"], lambda texts: cells.texts(texts, quoted, wrapped, styles.share)), max(12, wide), wraps
    return cells.texts(shown, quoted, wrapped, styles.share), wide, wraps


def _wide(sizes: list[int]) -> tuple[int, int]:
    """Width of a column by the length of all but its longest cells, and that length."""
    sizes.sort()
    longest = sizes[int(0.9 * (len(sizes) - 1))] if sizes else 8
    return min(60, max(9, longest + 2)), longest
