"""The sheet of categories into the tree: which change, come, move, go, and where a new one stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.problems import Problem, did_you_mean
from pipeline.sheets.cells import fingerprint
from pipeline.sheets.changes import code_from, edited, is_yes
from pipeline.sheets.columns import CODE_COLUMNS
from pipeline.sheets.own import Row
from pipeline.sheets.rows import Current

MAX_LEVELS = 15  # a YAML file nested deeper would be refused
NEW_STAMP = "Soll die Tabelle gelten, bitte die Zelle »Stand« dieser Zeile leeren; sonst »make codebook« neu schreiben."


@dataclass
class Tree:
    """The categories after the merge: their own keys, parents, order below each parent, and what happened to which."""

    raws: dict[str, dict[str, Any]] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    below: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    rows: dict[str, Row] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)
    newer: list[str] = field(default_factory=list)  # changed in the YAML since the table was written, untouched in the table
    problems: list[Problem] = field(default_factory=list)


def merge_codes(current: Sequence[Current], rows: Sequence[Row] | None) -> Tree:
    """The tree with the rows merged in; `rows` is None where the sheet is missing."""
    tree = Tree()
    for now in current:
        tree.raws[now.code], tree.parents[now.code] = now.raw, now.cells["parent"]
        tree.below[now.cells["parent"]].append(now.code)
    if rows is None:
        return tree
    known = {now.code: now for now in current}
    tree.rows = _by_id(tree, rows)
    tree.unlisted = [code for code in known if code not in tree.rows]
    for code, row in tree.rows.items():
        if is_yes(row, tree.problems):
            tree.gone += [code] if code in known else []
        elif code in known:
            _old(tree, known[code], row)
        else:
            _new(tree, code, row, current)
    _check_parents(tree)
    if not tree.problems:
        _take_out(tree)
        _settle(tree)
    return tree


def _by_id(tree: Tree, rows: Sequence[Row]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        code = row.cells.get("id", "")
        if not code:
            hint = "Bitte eine Kennung aus Buchstaben, Ziffern, _ und Punkten eintragen, etwa »POT.neu«."
            tree.problems.append(Problem(row.where, 0, "Hier fehlt die Kennung.", hint))
        elif code in found:
            tree.problems.append(Problem(row.where, 0, f"Die Kennung »{code}« steht schon in Zeile {found[code].number}.", "Jede Kategorie hat genau eine Zeile."))
        else:
            found[code] = row
    return found


def _old(tree: Tree, now: Current, row: Row) -> None:
    keys = edited(row, now.cells)
    stamp = row.cells.get("stamp", "")
    if keys and stamp and stamp != now.stamp:
        if fingerprint(row.cells, CODE_COLUMNS) == stamp:
            tree.newer.append(now.code)
        else:
            what = f"»{now.code}« wurde in dieser Tabelle geändert, seit dem Schreiben der Tabelle aber auch in codebook.yaml."
            tree.problems.append(Problem(row.where, 0, what, NEW_STAMP))
        return
    if "parent" in keys:
        tree.parents[now.code] = row.cells["parent"]
        tree.moved.append(now.code)
    if "label" in keys and not row.cells["label"]:
        tree.problems.append(Problem(row.where, 0, f"»{now.code}« hat keine Bezeichnung."))
    if set(keys) - {"parent"}:
        tree.raws[now.code] = code_from(row, keys, now.raw, tree.problems)
        tree.changed.append(now.code)


def _new(tree: Tree, code: str, row: Row, current: Sequence[Current]) -> None:
    renamed = next((n.code for n in current if n.stamp == row.cells.get("stamp") and n.code in tree.unlisted), "")
    if renamed:
        what = f"Die Kennung »{renamed}« heißt hier »{code}«. An ihr hängen Regeln, Leitfaden und Entscheidungen."
        hint = "Bitte zurücknehmen und in codebook.yaml umbenennen; ist eine neue Kategorie gemeint, die Zelle »Stand« leeren."
        tree.problems.append(Problem(row.where, 0, what, hint))
        return
    if not row.cells.get("label"):
        tree.problems.append(Problem(row.where, 0, f"Der neuen Kategorie »{code}« fehlt die Bezeichnung."))
        return
    keys = [key for key, text in row.cells.items() if text]
    tree.raws[code] = code_from(row, keys, {}, tree.problems)
    tree.parents[code] = row.cells.get("parent", "")
    tree.new.append(code)


def _check_parents(tree: Tree) -> None:
    gone = set(tree.gone)
    for code, parent in tree.parents.items():
        where = tree.rows[code].where if code in tree.rows else ""
        if code in gone or not parent:
            continue
        if parent not in tree.parents:
            what = f"Die Oberkategorie »{parent}« von »{code}« gibt es nicht."
            tree.problems.append(Problem(where, 0, what, did_you_mean(parent, tree.parents)))
        elif parent in gone:
            what = f"»{parent}« soll gelöscht werden, hat aber noch die Unterkategorie »{code}«."
            hint = "Bitte auch diese löschen oder ihr eine andere Oberkategorie geben."
            tree.problems.append(Problem(tree.rows[parent].where, 0, what, hint))
    told: set[str] = set()
    for code in tree.parents:
        chain = [code]
        while (parent := tree.parents.get(chain[-1], "")) and parent not in chain and len(chain) <= MAX_LEVELS:
            chain.append(parent)
        if len(chain) > MAX_LEVELS and code not in told:
            told |= set(tree.parents)  # said once: all that hangs below is as deep
            where = tree.rows[code].where if code in tree.rows else ""
            tree.problems.append(Problem(where, 0, f"»{code}« liegt tiefer als {MAX_LEVELS} Ebenen.", "Bitte flacher ordnen."))
        if parent == code and code not in told:
            told |= set(chain)
            where = next((tree.rows[c].where for c in chain if c in tree.rows and c in (*tree.moved, *tree.new)), "")
            what = f"Die Oberkategorien drehen sich im Kreis: {' → '.join((*chain, code))}."
            tree.problems.append(Problem(where, 0, what, "Bitte eine der Oberkategorien ändern."))


def _take_out(tree: Tree) -> None:
    for code in (*tree.gone, *tree.moved):
        for siblings in tree.below.values():
            if code in siblings:
                siblings.remove(code)
    for code in tree.gone:
        del tree.raws[code], tree.parents[code]


def _settle(tree: Tree) -> None:
    """New and moved categories go behind the one that stands before them in the table under the same parent."""
    waiting = {*tree.new, *tree.moved}
    in_table: dict[str, list[str]] = defaultdict(list)
    for code in tree.rows:
        if code in tree.parents:
            in_table[tree.parents[code]].append(code)
    for parent, codes in in_table.items():
        siblings = tree.below[parent]
        for number, code in enumerate(codes):
            if code not in waiting:
                continue
            if number:
                siblings.insert(siblings.index(codes[number - 1]) + 1, code)
            else:
                after = next((other for other in codes[1:] if other in siblings), None)
                siblings.insert(siblings.index(after) if after else len(siblings), code)
