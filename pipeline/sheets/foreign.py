"""Lists of codes that other programs write (Taguette, MAXQDA and the like), as rows of ours. Ids are made from the labels.

MAXQDA writes a tree as `Obercode` or as a path with `>` or a backslash in `Code`; Taguette has `tag` and `description`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.problems import Problem
from pipeline.sheets.columns import CODES
from pipeline.sheets.merge_codes import MAX_LEVELS
from pipeline.sheets.own import Given, Row
from pipeline.sheets.read import Table, place
from pipeline.sheets.rows import walk

_HEADS = {
    "label": ("code", "codename", "code name", "code-name", "tag", "name", "path", "bezeichnung", "kategorie", "category", "label", "knoten", "node"),
    "parent": ("obercode", "parent code", "parent", "oberkategorie", "übergeordneter code", "elternkategorie", "parent node", "obercodes"),
    "definition": ("description", "beschreibung", "definition", "comment", "kommentar"),
    "memo": ("memo", "code memo", "codememo", "code-memo", "memos", "notiz"),
    "color": ("farbe", "color", "colour"),
}  # fmt: skip
_ROOTS = ("codesystem", "code system", "codes")  # MAXQDA's name for the tree itself
_LOOKED_AT = 10  # first lines of a sheet among which the headings are sought
_MAX_ID = 60
_SEPARATOR = re.compile(r"\s*[>\\]\s*")
_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")
_DOTTED = re.compile(r"[A-Za-zÄÖÜäöüß]\w*(\.\w+)+")


@dataclass
class _Known:
    """Categories that there are already or that the list has named so far."""

    ids: set[str] = field(default_factory=set)
    by_path: dict[tuple[str, ...], str] = field(default_factory=dict)
    by_label: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)  # those that the list names
    made: dict[str, int] = field(default_factory=dict)  # place among the rows, also of those that were only part of a path

    def add(self, code: str, path: tuple[str, ...]) -> None:
        self.ids.add(code)
        self.by_path.setdefault(path, code)
        self.by_label.setdefault(path[-1], []).append(code)


def foreign(tables: Sequence[Table], file: str, data: Mapping[str, Any]) -> Given:
    """Rows of categories from the first sheet that has a column for names; `data` is the codebook as it stands."""
    given = Given()
    for table in tables:
        for start, (_, heads) in enumerate(table.rows[:_LOOKED_AT]):
            places = _places(heads)
            if "label" in places:
                _rows(given, table, start, places, file, data)
                return given
    there = ", ".join(f"»{cell[:30]}«" for table in tables[:1] for _, cells in table.rows[:1] for cell in cells[:12] if cell)
    hint = f"Gesucht ist eine Spalte »Kennung«, »Code«, »tag«, »name« oder »Bezeichnung«. Da sind: {there}." if there else ""
    given.problems.append(Problem(file, 0, "Keine Spalte enthält erkennbar die Namen der Kategorien.", hint))
    return given


def _places(heads: Sequence[str]) -> dict[str, int]:
    plain = [re.sub(r"\s+", " ", head).strip().lower() for head in heads]
    found = {}
    for key, names in _HEADS.items():
        hits = [plain.index(name) for name in names if name in plain]
        if hits:
            found[key] = hits[0]
    return found


def _rows(given: Given, table: Table, start: int, places: dict[str, int], file: str, data: Mapping[str, Any]) -> None:
    known = _known(data)
    given.rows[CODES] = []
    for row, column, what, hint in table.faults:
        if column in places.values() and row > table.rows[start][0]:
            given.problems.append(Problem(place(file, table.name, row), 0, what, hint))
    for number, texts in table.rows[start + 1 :]:
        cells = {key: texts[position] if position < len(texts) else "" for key, position in places.items()}
        where = place(file, table.name, number)
        if not cells["label"]:
            if any(cells.get(key) for key in ("definition", "memo")):
                given.problems.append(Problem(where, 0, "Hier fehlt der Name der Kategorie."))
            continue
        path = _path(cells)
        if len(path) > MAX_LEVELS:
            given.problems.append(Problem(where, 0, f"Der Pfad hat mehr als {MAX_LEVELS} Ebenen.", "Bitte flacher ordnen."))
        elif path:
            _code(given, known, path, cells, Row(CODES, number, {}, where))


def _path(cells: Mapping[str, str]) -> list[str]:
    """Labels from the top to the category itself."""
    split = [part for part in _SEPARATOR.split(cells.get("parent", "")) if part]
    own = [cells["label"]] if "parent" in cells else [part for part in _SEPARATOR.split(cells["label"]) if part]
    path = [" ".join(part.split()) for part in (*split, *own)]
    return path[1:] if path and path[0].lower() in _ROOTS else path


def _known(data: Mapping[str, Any]) -> _Known:
    known = _Known()
    paths: dict[str, tuple[str, ...]] = {"": ()}
    for raw, parent in walk(data.get("codes"), ""):
        code = raw["id"].strip()
        paths[code] = (*paths[parent], _fold(raw["label"]))
        known.add(code, paths[code])
    return known


def _code(given: Given, known: _Known, path: list[str], cells: Mapping[str, str], row: Row) -> None:
    code = ""
    for depth in range(1, len(path) + 1):
        last = depth == len(path)
        found = _found(known, path[:depth], last and len(path) == 1)
        new = {} if found else _new(known, path[:depth], code)
        code = found or new["id"]
        if new:
            known.add(code, tuple(_fold(part) for part in path[:depth]))
        if last and code in known.rows:
            given.problems.append(Problem(row.where, 0, f"»{path[-1]}« steht schon in {known.rows[code].where}.", "Bitte eine der beiden streichen."))
            return
        if last or code not in known.made:
            texts = {key: cells[key] for key in ("definition", "memo") if last and cells.get(key)}
            if last and (colour := _COLOUR.fullmatch(cells.get("color", ""))):
                texts["color"] = f"#{colour[1].lower()}"
            made = Row(CODES, row.number, {"id": code, **new, **texts}, row.where)
            if last:
                known.rows[code] = made
            if code in known.made:  # named before as part of a path, now with its own texts
                given.rows[CODES][known.made[code]].cells.update(texts)
                continue
            known.made[code] = len(given.rows[CODES])
            given.rows[CODES].append(made)


def _found(known: _Known, path: list[str], single: bool) -> str:
    """The id of a category that is there already: by its path, or by id or unmistakable label where the list has no tree."""
    if single and path[0] in known.ids:
        return path[0]
    exact = known.by_path.get(tuple(_fold(part) for part in path), "")
    alike = known.by_label.get(_fold(path[-1]), [])
    return exact or (alike[0] if single and len(alike) == 1 else "")


def _new(known: _Known, path: list[str], parent: str) -> dict[str, str]:
    label = path[-1]
    if len(path) == 1 and _DOTTED.fullmatch(label):  # a name that is an id: its tree is in the dots
        above = label.rpartition(".")[0]
        while above and above not in known.ids:
            above = above.rpartition(".")[0]
        return {"id": label, "parent": above, "label": label}
    base = f"{parent}.{slug(label, bool(parent))}" if parent else slug(label)
    code, number = base, 1
    while code in known.ids:
        number += 1
        code = f"{base}_{number}"
    return {"id": code, "parent": parent, "label": label}


def slug(label: str, inner: bool = False) -> str:
    """An id, or the last part of one, from a label: letters, digits and `_`.

    >>> slug("Räume & Orte (neu)"), slug("3. Ort"), slug("3. Ort", inner=True)
    ('Räume_Orte_neu', 'K_3_Ort', '3_Ort')
    """
    name = re.sub(r"_+", "_", re.sub(r"[\W_]+", "_", unicodedata.normalize("NFC", label))).strip("_")[:_MAX_ID].strip("_") or "Kategorie"
    return name if inner or re.match("[A-Za-zÄÖÜäöüß]", name) else f"K_{name}"


def _fold(label: str) -> str:
    return " ".join(unicodedata.normalize("NFC", label).casefold().split())
