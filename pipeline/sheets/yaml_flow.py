"""Edits inside brackets: pieces of a line, so that what stands beside them stays as it was written."""

from __future__ import annotations

import json
from difflib import SequenceMatcher
from typing import Any

from pipeline.sheets import yaml_render as render
from pipeline.sheets.yaml_edits import Edits, Whole
from pipeline.sheets.yaml_tree import Node


def change(work: Edits, node: Node, new: Any) -> None:
    """Edit a value in brackets. Raises `Whole` where only a new writing helps."""
    if node.value == new:
        return
    if node.start == node.end:
        raise Whole
    if node.kind == "map" and isinstance(new, dict) and new:
        _map(work, node, new)
    elif node.kind == "seq" and isinstance(new, list) and new:
        _seq(work, node, new)
    elif node.kind == "scalar" and isinstance(new, str):
        work.put(node.start, node.end, render.restyled(new, node.style, work.text[node.start : node.end], 0, True))
    else:
        work.put(node.start, node.end, render.flow(new))


def _seq(work: Edits, node: Node, new: list[Any]) -> None:
    old_keys, new_keys = ([json.dumps(v, sort_keys=True) for v in values] for values in (node.value, new))
    spans, last = [(item.start, item.end) for item in node.items], -1
    for _, a, b, c, d in SequenceMatcher(None, old_keys, new_keys, autojunk=False).get_opcodes():
        pairs = min(b - a, d - c)
        for number in range(pairs):
            change(work, node.items[a + number], new[c + number])
        last = a + pairs - 1 if pairs else last
        for value in new[c + pairs : d]:
            _insert(work, node, spans, last, _like(node.items, value))
        _drop(work, spans, a + pairs, b)


def _like(items: list[Node], value: Any) -> str:
    """A new item as its neighbours are written: quoted or bare."""
    if isinstance(value, str) and items and items[0].kind == "scalar":
        return render.restyled(value, items[0].style, "", 0, True)
    return render.flow(value)


def _map(work: Edits, node: Node, new: dict[str, Any]) -> None:
    names = list(node.entries)
    if [key for key in new if key in node.entries] != [key for key in names if key in new]:
        raise Whole
    spans, last = [node.span(key) for key in names], -1
    for key, value in new.items():
        if key in node.entries:
            change(work, node.entries[key], value)
            last = names.index(key)
        else:
            _insert(work, node, spans, last, f"{render.bare(key)}: {render.flow(value, key)}")
    kept = [number for number, key in enumerate(names) if key in new]
    for before, after in zip([-1, *kept], [*kept, len(names)], strict=True):
        _drop(work, spans, before + 1, after)


def _insert(work: Edits, node: Node, spans: list[tuple[int, int]], behind: int, text: str) -> None:
    if not spans:
        raise Whole
    if behind >= 0:
        work.put(spans[behind][1], spans[behind][1], ", " + text)
    else:
        work.put(spans[0][0], spans[0][0], text + ", ")


def _drop(work: Edits, spans: list[tuple[int, int]], first: int, last: int) -> None:
    if first >= last:
        return
    if last < len(spans):
        work.put(spans[first][0], spans[last][0], "")
    elif first > 0:
        work.put(spans[first - 1][1], spans[last - 1][1], "")
    else:
        raise Whole
