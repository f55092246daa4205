"""What the sheets say, merged into the codebook's data: unchanged pieces are the very pieces that were there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.problems import Problem
from pipeline.sheets.cells import REMOVE
from pipeline.sheets.changes import example_from, rule_from, with_key
from pipeline.sheets.columns import CODE_ORDER, CODES, EXAMPLES, RULES
from pipeline.sheets.merge_codes import Tree, merge_codes
from pipeline.sheets.merge_entries import Entries, Slot, merge_entries
from pipeline.sheets.own import Given, Row
from pipeline.sheets.rows import all_rows, listed

Path = tuple[str | int, ...]
_NAMED = 8  # categories that a line of the summary names


@dataclass
class Merged:
    """The new data, which row speaks of which of its pieces, what changed in German lines, and all problems."""

    data: dict[str, Any]
    origins: dict[Path, Row] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def merge(data: Mapping[str, Any], given: Given) -> Merged:
    """`data` is the codebook's YAML as `read_yaml` gives it; it is not altered."""
    now = all_rows(data)
    tree = merge_codes(now[CODES], given.rows.get(CODES))
    codes = set(tree.raws) - set(tree.gone)
    rules = merge_entries(RULES, now[RULES], given.rows.get(RULES), codes, rule_from)
    examples = merge_entries(EXAMPLES, now[EXAMPLES], given.rows.get(EXAMPLES), codes, example_from)
    problems = [*given.problems, *tree.problems, *rules.problems, *examples.problems]
    done = Merged(dict(data), problems=problems, remarks=[*given.remarks, *_remarks(tree, rules, examples)])
    if not problems:
        lists = {home: slots for entries in (rules, examples) for home, slots in entries.lists.items()}
        done.data["codes"] = [_code(code, ("codes", n), tree, lists, done.origins) for n, code in enumerate(tree.below[""])]
        done.lines = _summary(tree, rules, examples)
    return done


def _code(code: str, path: Path, tree: Tree, lists: Mapping[tuple[str, str], Sequence[Slot]], origins: dict[Path, Row]) -> dict[str, Any]:
    """A category with its rules, examples and children; the very dict that was there where nothing differs."""
    raw = tree.raws[code]
    if code in tree.rows:
        origins[path] = tree.rows[code]
    for key in ("examples", "counterexamples", "match"):
        slots = lists.get((code, key), ())
        origins.update({(*path, key, n): slot.row for n, slot in enumerate(slots) if slot.row})
        raw = _with_list(raw, key, [slot.raw for slot in slots])
    children = [_code(child, (*path, "children", n), tree, lists, origins) for n, child in enumerate(tree.below.get(code, ()))]
    return _with_list(raw, "children", children)


def _with_list(raw: dict[str, Any], key: str, new: list[Any]) -> dict[str, Any]:
    old = raw.get(key)
    if listed(old) == new:
        return raw
    single = isinstance(old, dict) and len(new) == 1
    return with_key(raw, key, new[0] if single else new or REMOVE, CODE_ORDER)


def _summary(tree: Tree, rules: Entries, examples: Entries) -> list[str]:
    lines = []
    for what, codes in (("geändert", tree.changed), ("neu", tree.new), ("umgezogen", tree.moved), ("gelöscht", tree.gone)):
        if codes:
            lines.append(f"{counted(len(codes), 'Kategorie', 'Kategorien')} {what}: {_names(codes)}")
    for one, many, entries in (("Regel", "Regeln", rules), ("Beispiel", "Beispiele", examples)):
        kinds = (("geändert", entries.changed), ("neu", entries.new), ("umgezogen", entries.moved), ("gelöscht", entries.gone))
        for what, codes in kinds:
            if codes:
                lines.append(f"{counted(len(codes), one, many)} {what} ({_names(codes)})")
    return lines


def _remarks(tree: Tree, rules: Entries, examples: Entries) -> list[str]:
    lines = []
    if tree.unlisted:
        hint = " Löschen geht mit »ja« in der Spalte »löschen«." if any("delete" in row.cells for row in tree.rows.values()) else ""
        lines.append(f"Nicht in der Tabelle, im Codebuch unverändert: {_names(tree.unlisted)}.{hint}")
    for one, many, entries in (("Regel", "Regeln", rules), ("Beispiel", "Beispiele", examples)):
        if entries.unlisted:
            lines.append(f"Nicht in der Tabelle, im Codebuch unverändert: {counted(len(entries.unlisted), one, many)} ({_names(entries.unlisted)}).")
    newer = [*tree.newer, *rules.newer, *examples.newer]
    if newer:
        lines.append(f"Seit dem Schreiben der Tabelle in codebook.yaml geändert, in der Tabelle nicht; es gilt codebook.yaml: {_names(newer)}.")
    return lines


def counted(number: int, one: str, many: str) -> str:
    """
    >>> counted(1, "Regel", "Regeln"), counted(3, "Regel", "Regeln")
    ('1 Regel', '3 Regeln')
    """
    return f"{number} {one if number == 1 else many}"


def _names(codes: Sequence[str]) -> str:
    names = list(dict.fromkeys(codes))
    more = f" und {len(names) - _NAMED} weitere" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
