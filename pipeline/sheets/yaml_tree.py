"""A YAML file as a tree of nodes that know where they stand, so that text can be changed without being written anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_TRAILING = re.compile(r"[ \t\n]+\Z")


@dataclass
class Node:
    """`text[start:end]` is the node without what follows it; `column` is where a block's keys or dashes stand.

    `value` is the plain data (strings, lists, dicts); `keys` are the places of a mapping's keys.
    """

    kind: str  # scalar, seq, map
    start: int
    end: int
    column: int
    value: Any
    style: str = ""
    inside: bool = False  # brackets, its own included
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)

    def span(self, key: str) -> tuple[int, int]:
        """Of a mapping's entry: from the key's first letter to the value's end."""
        return self.keys[key], self.entries[key].end

    def walk(self) -> Iterator[Node]:
        yield self
        for child in (*self.items, *self.entries.values()):
            yield from child.walk()


def tree(text: str) -> Node:
    """The tree of a text that `parse_yaml` has read without complaint; newlines are `\\n`."""
    from ruamel.yaml import YAML

    return _node(YAML(typ="safe").compose(text), text, False)


def _node(raw: Any, text: str, inside: bool) -> Node:
    start, end, column = raw.start_mark.index, raw.end_mark.index, raw.start_mark.column
    if isinstance(raw.value, str):
        style = raw.style or ""
        if style in ("|", ">"):
            end = start + len(_TRAILING.sub("", text[start:end]))
        return Node("scalar", start, end, column, raw.value, style, inside)
    inside = inside or bool(raw.flow_style)
    if raw.id == "sequence":
        children = [_node(child, text, inside) for child in raw.value]
        end = end if inside or not children else children[-1].end
        return Node("seq", start, end, column, [child.value for child in children], "", inside, children)
    entries, keys = {}, {}
    for key, value in raw.value:
        entries[key.value] = _node(value, text, inside)
        keys[key.value] = key.start_mark.index
    values = list(entries.values())
    end = end if inside or not values else values[-1].end
    return Node("map", start, end, column, {k: v.value for k, v in entries.items()}, "", inside, [], entries, keys)


def line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def line_after(text: str, place: int) -> int:
    """The beginning of the line behind the one in which a node ends."""
    found = text.find("\n", place)
    return len(text) if found < 0 else found + 1


def dash_line(text: str, seq: Node, item: Node) -> int:
    """The beginning of the line on which the item's dash stands."""
    start = line_start(text, item.start)
    while start > 0 and not (text[start + seq.column : start + seq.column + 1] == "-" and start + seq.column < max(item.start, 1)):
        start = line_start(text, start - 1)
    return start


def gap(text: str, seq: Node, number: int) -> bool:
    """Whether a blank line stands before an item of a block list."""
    return bool(re.search(r"\n[ \t]*\n", text[seq.items[number - 1].end : seq.items[number].start]))


def with_comments(text: str, start: int) -> int:
    """The beginning of the comment lines that stand directly above a line and as far in as it does."""
    indent = len(text[start:]) - len(text[start:].lstrip(" ")) if start < len(text) else 0
    while start > 0:
        above = line_start(text, start - 1)
        if not text[above:start].startswith(" " * indent + "#"):
            return start
        start = above
    return start


def blank_start(text: str, start: int) -> int:
    """The beginning of the blank lines that end here."""
    while start > 0 and not text[line_start(text, start - 1) : start].strip():
        start = line_start(text, start - 1)
    return start


def blank_end(text: str, start: int) -> int:
    """The end of the blank lines that begin here."""
    while start < len(text):
        after = line_after(text, start)
        if text[start:after].strip():
            return start
        start = after
    return start


def shifted(lines: str, by: int) -> str:
    """Every line moved in or out by so many blanks; blank lines stay.

    >>> shifted("  - a\\n\\n    b\\n", -2)
    '- a\\n\\n  b\\n'
    """
    out = []
    for line in lines.split("\n"):
        blanks = len(line) - len(line.lstrip(" "))
        out.append(line if not line.strip() else " " * (blanks + by) + line[blanks:] if blanks + by > 0 else line[blanks:])
    return "\n".join(out)
