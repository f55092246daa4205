"""Edits of blocks: whole lines come, go and move; comments, quotes and blank lines around them stay."""

from __future__ import annotations

import json
import re
from difflib import SequenceMatcher
from typing import Any

from pipeline.sheets import yaml_flow
from pipeline.sheets import yaml_render as render
from pipeline.sheets import yaml_tree as tree
from pipeline.sheets.yaml_edits import Edits, Whole
from pipeline.sheets.yaml_tree import Node

_QUOTES = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'")


def change(work: Edits, node: Node, new: Any, column: int) -> None:
    """Edit a value; `column` is where its key or dash stands. Raises `Whole` where only a new writing helps."""
    if node.value == new:
        return
    if node.inside:
        yaml_flow.change(work, node, new)
    elif node.kind == "map" and isinstance(new, dict) and new:
        change_map(work, node, new)
    elif node.kind == "seq" and isinstance(new, list) and new:
        _seq(work, node, new)
    elif node.kind == "scalar" and isinstance(new, str) and node.end > node.start:
        work.put(node.start, node.end, render.restyled(new, node.style, work.text[node.start : node.end], column))
    else:
        raise Whole


def change_map(work: Edits, node: Node, new: dict[str, Any]) -> None:
    """Edit a block of `key: value` lines. Raises `Whole`."""
    kept = [key for key in node.entries if key in new]
    if not kept or [key for key in new if key in node.entries] != kept:
        raise Whole
    before = ""
    for key, value in new.items():
        if key in node.entries:
            _entry(work, node, key, value)
            before = key
            continue
        lines = "\n".join(render.entry(key, value, node.column, work.step))
        if before:
            after = tree.line_after(work.text, node.entries[before].end)
            work.put(after, after, lines + "\n")
        else:
            work.put(node.start, node.start, lines.lstrip(" ") + "\n" + " " * node.column)
    _drop_first_keys(work, node, kept[0])
    names = list(node.entries)
    for key in names[names.index(kept[0]) :]:
        if key not in new:
            start, end = node.span(key)
            work.put(tree.line_start(work.text, start), tree.line_after(work.text, end), "")


def _drop_first_keys(work: Edits, node: Node, kept: str) -> None:
    """Where a mapping's first keys go, the line stays: it may bear the dash of a list."""
    start, end = node.start, node.keys[kept]
    if start < end and "#" in _QUOTES.sub("", work.text[start:end]):
        raise Whole  # a comment between would be lost unseen
    if start < end:
        work.put(start, end, "")


def _entry(work: Edits, node: Node, key: str, value: Any) -> None:
    """Change one entry of a block, or write it anew where its form changes."""
    mark, child = len(work.edits), node.entries[key]
    try:
        change(work, child, value, node.column)
    except Whole:
        del work.edits[mark:]
        lines = "\n".join(render.entry(key, value, node.column, work.step))
        work.put(node.keys[key], child.end, lines.lstrip(" "))


def _seq(work: Edits, node: Node, new: list[Any]) -> None:
    codes = all(isinstance(v, dict) and "id" in v for v in (*node.value, *new))
    old_keys, new_keys = ([v["id"] if codes else json.dumps(v, sort_keys=True) for v in values] for values in (node.value, new))
    last = -1  # the item of the old list behind which new ones come
    for kind, a, b, c, d in SequenceMatcher(None, old_keys, new_keys, autojunk=False).get_opcodes():
        pairs = b - a if kind == "equal" else 0 if codes else min(b - a, d - c)
        for number in range(pairs):
            _item(work, node, a + number, new[c + number])
        last = a + pairs - 1 if pairs else last
        for number in range(c + pairs, d):
            _insert(work, node, last, new[number], codes)
        for number in range(a + pairs, b):
            moves = codes and node.value[number]["id"] in work.staying
            _drop(work, node, number, moves, tail=b == len(node.items) and number == a + pairs)


def _item(work: Edits, node: Node, number: int, value: Any) -> None:
    mark, child = len(work.edits), node.items[number]
    try:
        change(work, child, value, node.column)
    except Whole:
        del work.edits[mark:]
        dash = tree.dash_line(work.text, node, child) + node.column
        work.put(dash, child.end, "\n".join(render.item(value, node.column, work.step)).lstrip(" "))


def _insert(work: Edits, node: Node, behind: int, value: Any, code: bool) -> None:
    lines = (_moved(work, node, value) if code else "") or "\n".join(render.item(value, node.column, work.step)) + "\n"
    blank = "\n" if code and _is_spaced(work, node) else ""
    if behind >= 0:
        place = tree.line_after(work.text, node.items[behind].end)
        work.put(place, place, blank + lines)
    else:
        place = tree.with_comments(work.text, _own_line(work, node, node.items[0]))
        work.put(place, place, lines + blank)


def _is_spaced(work: Edits, node: Node) -> bool:
    gaps = [tree.gap(work.text, node, number) for number in range(1, len(node.items))]
    return sum(gaps) * 2 > len(gaps) if gaps else work.spaced


def _moved(work: Edits, node: Node, value: dict[str, Any]) -> str:
    """The lines of a category that comes from another place, with its own changes made, as far in as it stands here."""
    if value["id"] not in work.known:
        return ""
    item, seq = work.known[value["id"]]
    start = tree.with_comments(work.text, tree.dash_line(work.text, seq, item))
    inner = work.beginning()
    try:
        change(inner, item, value, seq.column)
    except Whole:
        return ""
    return tree.shifted(inner.applied(start, tree.line_after(work.text, item.end)), node.column - seq.column)


def _drop(work: Edits, node: Node, number: int, moves: bool, *, tail: bool) -> None:
    """Take an item out. What moves takes the comment above it along; of what is deleted the comment stays.

    Blank lines behind it go too; behind the last one they belong to what follows, so those above go (`tail`).
    """
    start, end = _own_line(work, node, node.items[number]), tree.line_after(work.text, node.items[number].end)
    start = tree.with_comments(work.text, start) if moves else start
    start = tree.blank_start(work.text, start) if tail else start
    work.put(start, end if number == len(node.items) - 1 else tree.blank_end(work.text, end), "")


def _own_line(work: Edits, node: Node, item: Node) -> int:
    start = tree.dash_line(work.text, node, item)
    if work.text[start : start + node.column].strip():
        raise Whole  # the dash stands behind another one
    return start
