"""New data into an old YAML text: only the lines of changed values change; comments, quotes and blank lines stay.

`patched(text, data)` compares the text's own data with the new and edits the places where they differ. The result is read
again and compared, so a text that does not say exactly what it should is never returned.
"""

from __future__ import annotations

from typing import Any

from pipeline.problems import Stop, parse_yaml
from pipeline.sheets import yaml_tree as tree
from pipeline.sheets.yaml_blocks import change_map
from pipeline.sheets.yaml_edits import Edits, Unpatchable, Whole
from pipeline.sheets.yaml_tree import Node

__all__ = ["Unpatchable", "patched"]


def patched(text: str, data: dict[str, Any]) -> str:
    """The text with the new data in it. Raises `Unpatchable`, and `Stop` where the old text is no YAML.

    >>> print(patched("a: 1  # one\\nb:\\n  - 'x'\\n", {"a": "1", "b": ["x", "y"]}))
    a: 1  # one
    b:
      - 'x'
      - "y"
    """
    if parse_yaml(text, "").data == data:
        return text
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = plain if plain.endswith("\n") else plain + "\n"
    root = tree.tree(plain)
    if root.kind != "map" or root.inside:
        raise Unpatchable
    lists = _lists_of_codes(root)
    known = {item.value["id"]: (item, seq) for seq in lists for item in seq.items}
    work = Edits(plain, _step(root), _is_spaced(plain, lists), known, frozenset(_ids(data.get("codes", []))))
    try:
        change_map(work, root, data)
        result = work.onto(text)
        if parse_yaml(result, "").data != data:
            raise Unpatchable
    except (Whole, Stop) as error:
        raise Unpatchable from error
    return result


def _step(root: Node) -> int:
    found = next((v for v in root.entries.values() if v.kind == "seq" and not v.inside and v.items), None)
    return found.column - root.column if found else 2


def _lists_of_codes(root: Node) -> list[Node]:
    codes = root.entries.get("codes")
    lists = [node for node in codes.walk() if node.kind == "seq" and node.items and not node.inside] if codes else []
    return [node for node in lists if all(item.kind == "map" and "id" in item.entries for item in node.items)]


def _is_spaced(text: str, lists: list[Node]) -> bool:
    gaps = [tree.gap(text, node, number) for node in lists for number in range(1, len(node.items))]
    return sum(gaps) * 2 > len(gaps)


def _ids(codes: Any) -> list[str]:
    found = []
    for code in codes if isinstance(codes, list) else []:
        if isinstance(code, dict):
            found += [str(code.get("id", "")), *_ids(code.get("children"))]
    return found
