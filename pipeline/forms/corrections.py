"""What people wrote into working sheets: read from the kept files, written there, and laid over what the machine proposes."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.forms.sheet import ANCHOR, EMPTY, SHEETS, Sheet
from pipeline.lists import Listing, read_list
from pipeline.places import Places
from pipeline.problems import Problem, Stop, did_you_mean
from pipeline.sheets.export import armed, unarmed
from pipeline.tables import TABLES

PROPOSED, EDITED, ADDED, LOST = "proposed", "edited", "added", "lost"
Row = dict[str, Any]
_NOTHING: Row = {"str": "", "int": 0, "float": float("nan")}  # what a row that people alone have says where they say nothing
OWN = "+"  # a key that begins with it belongs to a row of people's own


def listing(sheet: Sheet) -> Listing:
    """How the kept file of a sheet is read."""
    return Listing(sheet.file, sheet.key, filled=sheet.key if not sheet.adding else ())


def read(path: Path, sheet: Sheet) -> list[dict[str, str]]:
    """Rows of the kept file, each with its `line`; none where there is no file. Raises `Stop` with every problem and its line."""
    rows = [{name: armed(cell) for name, cell in row.items()} for row in read_list(path, listing(sheet))]
    seen: dict[tuple[str, ...], str] = {}
    problems = []
    for row in rows:
        key = tuple(row[name] for name in sheet.key)
        if all(key) and key in seen:
            problems.append(Problem(sheet.file, int(row["line"]), f"»{', '.join(key)}« steht schon in Zeile {seen[key]}.", "Bitte eine der beiden Zeilen streichen."))
        seen.setdefault(key, row["line"])
    if problems:
        raise Stop(problems)
    return rows


def problems(places: Places) -> list[Problem]:
    """Problems of all kept files of a study, with the path as a person would type it."""
    found = []
    for sheet in SHEETS:
        try:
            rows = {key_of(row, sheet): row for row in read(places.codebooks / sheet.file, sheet)}
        except Stop as stop:
            found += [Problem(places.show(places.codebooks / p.file), p.line, p.what, p.hint) for p in stop.problems]
            continue
        found += [Problem(places.show(places.codebooks / sheet.file), int(rows[ring[0],]["line"]), *circular(ring, name)) for name, ring in circles(rows, sheet)]
    return found


def circles(rows: Mapping[tuple[str, ...], Mapping[str, str]], sheet: Sheet) -> list[tuple[str, list[str]]]:
    """Rows that name each other in a circle, as (heading of the column, keys); a row that names itself is one too. `rows`: by key."""
    found = []
    for column in (c for c in sheet.columns if c.refers):
        named = {key[0]: row[column.name] for key, row in rows.items() if key[0] and row.get(column.name, "") not in ("", EMPTY)}
        done: set[str] = set()
        for start in named:
            way: dict[str, int] = {}
            at = start
            while at in named and at not in done and at not in way:
                way[at] = len(way)
                at = named[at]
            if at in way:
                found.append((column.heading, list(way)[way[at] :]))
            done.update(way)
    return found


def circular(ring: Sequence[str], heading: str) -> tuple[str, str]:
    """What is wrong with a circle, and a hint.

    >>> circular(["e1", "e2"], "dasselbe wie")[0], circular(["e1"], "dasselbe wie")[0]
    ('Unter »dasselbe wie« nennen sich diese Zeilen im Kreis: e1, e2.', '»e1« nennt unter »dasselbe wie« sich selbst.')
    """
    if len(ring) == 1:
        return f"»{ring[0]}« nennt unter »{heading}« sich selbst.", "Bitte das Feld leeren."
    return f"Unter »{heading}« nennen sich diese Zeilen im Kreis: {', '.join(ring)}.", "Bitte das Feld bei der Zeile leeren, die bleiben soll."


def unknown(rows: Iterable[Mapping[str, str]], codes: Iterable[str]) -> list[tuple[Mapping[str, str], str]]:
    """Rows that name a category which the codebook does not have, with what to say of each."""
    known = sorted(codes)
    named = [(row, row.get("code", "")) for row in rows]
    return [(row, f"Die Kategorie »{code}« steht nicht im Codebuch. {did_you_mean(code, known)}".strip()) for row, code in named if code not in ("", EMPTY, *known)]


def written(rows: Sequence[Mapping[str, str]], sheet: Sheet) -> bytes:
    """The kept file for these rows: columns of the sheet, then those that people added. No cell is a formula when Excel opens it."""
    names = [*sheet.key, *sheet.fills, *(ANCHOR if sheet.anchored else ())]
    names += [name for name in dict.fromkeys(name for row in rows for name in row) if name and name not in names and name != "line"]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(names)
    writer.writerows([unarmed(row.get(name, "")) for name in names] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def keyed(kept: Sequence[Mapping[str, str]], sheet: Sheet) -> dict[tuple[str, ...], dict[str, str]]:
    """Rows of the kept file by key, in order; those without one get a key by what they say, the same in every run."""
    found: dict[tuple[str, ...], dict[str, str]] = {key: dict(row) for row in kept if all(key := key_of(row, sheet))}
    taken = set(found)
    ordered = {}
    for row in kept:
        key = key_of(row, sheet)
        if not all(key):
            key = own_key(row, sheet, taken)
            taken.add(key)
        ordered[key] = {**row, **dict(zip(sheet.key, key, strict=True))}
    return ordered


def key_of(row: Mapping[str, Any], sheet: Sheet) -> tuple[str, ...]:
    return tuple(str(row.get(name, "")) for name in sheet.key)


def is_own(key: Iterable[str]) -> bool:
    return all(part.startswith(OWN) for part in key)


def own_key(row: Mapping[str, str], sheet: Sheet, taken: Iterable[tuple[str, ...]] = ()) -> tuple[str, ...]:
    """The key of a row of people's own, made from what it says; a second one that says the same gets a number."""
    said = "\x1f".join(row.get(name, "") for name in sheet.fills)
    stem = OWN + hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:8]
    used, key, n = set(taken), (stem,) * len(sheet.key), 2
    while key in used:
        key, n = (f"{stem}-{n}",) * len(sheet.key), n + 1
    return key


def laid_over(proposed: Iterable[Mapping[str, Any]], kept: Sequence[Mapping[str, str]], sheet: Sheet) -> list[Row]:
    """Every proposed row with what people wrote, then rows that people alone have; all with `state` and `edited`.

    `state`: proposed (nobody touched it), edited, added (a row of people's own), lost (the machine no longer proposes what it stood for).
    `edited`: the columns that people filled, joined by a plus sign. A row of the kept file whose key is empty is a row of people's own.
    """
    said = keyed(kept, sheet)
    rows: list[Row] = []
    used = set()
    for row in proposed:
        key = key_of(row, sheet)
        used.add(key)
        rows.append(_over(row, said[key], sheet, EDITED) if key in said else {**row, "state": PROPOSED, "edited": ""})
    for key, own in said.items():
        if key not in used and not (is_own(key) and not any(own.get(name) for name in sheet.fills)):
            blank = {name: _NOTHING[kind] for name, kind in TABLES[sheet.table].columns.items()}
            rows.append(_over({**blank, **dict(zip(sheet.key, key, strict=True))}, own, sheet, ADDED if is_own(key) else LOST))
    return rows


def _over(row: Mapping[str, Any], said: Mapping[str, str], sheet: Sheet, state: str) -> Row:
    filled = {name: said[name] for name in sheet.fills if said.get(name)}
    values = {name: "" if value == EMPTY else value for name, value in filled.items()}
    came = {name: said.get(name, "") for name in ("moved", "gone") if name in TABLES[sheet.table].columns}
    return {**row, **values, **came, "state": state if filled or state != EDITED else PROPOSED, "edited": "+".join(filled)}
