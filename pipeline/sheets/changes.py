"""Edited cells into a piece of YAML: what was not edited keeps its very form, a new key takes its place in the usual order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pipeline.codebook.entries import WORD_KINDS
from pipeline.problems import Problem, did_you_mean
from pipeline.sheets import columns as sheets
from pipeline.sheets.cells import REMOVE, CellError, meant
from pipeline.sheets.columns import CODE_COLUMNS, EXAMPLE_COLUMNS, RULE_COLUMNS, RULE_ORDER, SHEETS, Column
from pipeline.sheets.own import Row
from pipeline.sheets.rows import as_rule, name_in

Raw = dict[str, Any]
_OURS = ("delete", "stamp")


def edited(row: Row, cells: Mapping[str, str]) -> list[str]:
    """Keys of the cells that differ from what the codebook would show now."""
    return [key for key, text in row.cells.items() if key not in _OURS and text != cells.get(key, "")]


def with_key(raw: Raw, key: str, value: Any, order: Sequence[str]) -> Raw:
    """The mapping with a key set, at its place where it is new; without it where the value is `REMOVE`.

    >>> with_key({"id": "A", "match": []}, "label", "B", ("id", "label", "match"))
    {'id': 'A', 'label': 'B', 'match': []}
    """
    name = name_in(raw, key)
    if value is REMOVE:
        return {k: v for k, v in raw.items() if k != name}
    if name in raw:
        return {k: value if k == name else v for k, v in raw.items()}
    before = set(order[: order.index(key)]) if key in order else set(order)
    cut = max((n for n, k in enumerate(raw, 1) if k.removesuffix("_") in before), default=0)
    pairs = list(raw.items())
    return dict([*pairs[:cut], (key, value), *pairs[cut:]])


def code_from(row: Row, keys: Iterable[str], raw: Raw, problems: list[Problem]) -> Raw:
    """A category with these cells taken over."""
    for column in CODE_COLUMNS:
        if column.key in keys and column.key not in ("parent", *_OURS):
            raw = _taken(row, column, raw, sheets.CODE_ORDER, problems)
    return raw


def rule_from(row: Row, keys: Iterable[str], old: Any, problems: list[Problem]) -> Any:
    """A rule with these cells taken over; bare words stay such while they can. `old` is empty for a new one."""
    keys, raw = set(keys), as_rule(old)
    if keys & {"kind", "words"}:
        raw = _kind_and_words(row, raw, problems)
    for column in RULE_COLUMNS:
        if column.key == "rest" and "rest" in keys:
            raw = _rest(row, column, raw, problems)
        elif column.key in keys and column.key not in ("code", "kind", "words", *_OURS):
            raw = _taken(row, column, raw, RULE_ORDER, problems)
    words = next(iter(raw.values()), None)
    return words if isinstance(old, str) and isinstance(words, str) and as_rule(words) == raw else raw


def example_from(row: Row, keys: Iterable[str], raw: Any, problems: list[Problem]) -> Any:
    """An example with these cells taken over; a bare text stays one while it can."""
    entry: Raw = dict(raw) if isinstance(raw, dict) else {"text": raw} if raw else {}
    for column in EXAMPLE_COLUMNS:
        if column.key in keys and column.key in ("text", "by", "target"):
            key = "code" if column.key == "target" else column.key
            value = _value(row, column, entry.get(key), problems)
            entry = with_key(entry, key, value, sheets.EXAMPLE_ORDER)
    return entry["text"] if isinstance(raw, str) and list(entry) == ["text"] else entry


def is_yes(row: Row, problems: list[Problem]) -> bool:
    """Whether a row asks to be deleted."""
    word = row.cells.get("delete", "").strip().lower()
    if word not in ("", "ja", "nein", "yes", "no"):
        problems.append(Problem(f"{row.where}, Spalte »löschen«", 0, f"Erwartet wird ja oder nichts, da steht »{word[:40]}«."))
    return word in ("ja", "yes")


def heading(row: Row, key: str) -> str:
    """The heading of a key's column, for messages about what stands there."""
    names: dict[str, Callable[[], str]] = {kind: lambda: "Muster" for kind in WORD_KINDS}
    if row.sheet == "Beispiele" and key == "code":
        key = "target"
    found = next((column.heading for column in SHEETS[row.sheet] if column.key == key), "")
    return found or (names[key]() if key in names and row.sheet == "Regeln" else "")


def _value(row: Row, column: Column, old: Any, problems: list[Problem]) -> Any:
    try:
        return meant(column, row.cells.get(column.key, ""), old)
    except CellError as error:
        problems.append(Problem(f"{row.where}, Spalte »{column.heading}«", 0, str(error)))
        return REMOVE if old is None else old


def _taken(row: Row, column: Column, raw: Raw, order: Sequence[str], problems: list[Problem]) -> Raw:
    value = _value(row, column, raw.get(name_in(raw, column.key)), problems)
    return with_key(raw, column.key, value, order)


def _kind_and_words(row: Row, raw: Raw, problems: list[Problem]) -> Raw:
    """Kind and patterns belong together: the kind is the key under which the patterns stand."""
    columns = {column.key: column for column in RULE_COLUMNS}
    old = next((kind for kind in WORD_KINDS if raw.get(kind)), "")
    kind = row.cells.get("kind", old)
    words = _value(row, columns["words"], raw.get(old), problems) if "words" in row.cells else raw.get(old, REMOVE)
    if kind and kind not in WORD_KINDS:
        problems.append(Problem(f"{row.where}, Spalte »Art«", 0, f"Die Art »{kind[:40]}« gibt es nicht.", did_you_mean(kind, WORD_KINDS)))
        return raw
    if bool(kind) != (words is not REMOVE):
        missing, hint = ("Muster", "Eine Regel ohne Muster findet nichts.") if kind else ("Art", f"Möglich sind: {', '.join(WORD_KINDS)}.")
        problems.append(Problem(f"{row.where}, Spalte »{missing}«", 0, "Hier fehlt etwas.", hint))
        return raw
    if old and kind and old != kind:
        return {kind if key == old else key: words if key == old else value for key, value in raw.items()}
    return with_key(raw, kind or old, words, RULE_ORDER) if kind or old else raw


def _rest(row: Row, column: Column, raw: Raw, problems: list[Problem]) -> Raw:
    own = {c.key for c in RULE_COLUMNS} - {"rest"}
    old = {key: value for key, value in raw.items() if key not in own and key not in WORD_KINDS}
    new = _value(row, column, old, problems)
    new = {} if new is REMOVE else new
    for key in old:
        if key not in new:
            raw = with_key(raw, key, REMOVE, RULE_ORDER)
    for key, value in new.items():
        if key in own or key in WORD_KINDS:
            what = f"»{key}« hat eine eigene Spalte."
            problems.append(Problem(f"{row.where}, Spalte »{column.heading}«", 0, what, "Bitte dort eintragen."))
        else:
            raw = with_key(raw, key, value, RULE_ORDER)
    return raw
