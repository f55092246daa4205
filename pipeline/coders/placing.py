"""Where people's decisions and readings stand today: by the hash of the raw turn, else by their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.anchoring.refind import Found
from pipeline.anchoring.rows import Now, placed_again
from pipeline.coders.deciding import carried, carried_codes, lasting, readings
from pipeline.coders.material import Material, Turn
from pipeline.covered import SEPARATOR, known_by, lacks_of
from pipeline.offsets import forward, through

if TYPE_CHECKING:
    from pipeline.codebook import Codebook

FOUND, HERE = "found", "here"  # column `place`: by its words, by its hash
LOST, MOVED, SPLIT = "lost", "moved", "split"  # column `kind` of unplaced
NAMED = ("decision", "coder", "action", "mode", "code", "doc", "quote")
Row = dict[str, str]


class People(NamedTuple):
    """What people decided and read, as it stands today: in `material.decisions` and `reviewed`, under today's ids of categories, each row
    with its `place` and each reading with the categories that it `lacks`; and the decisions whose category was `split`."""

    material: Material
    reviewed: list[Row]
    split: list[Row]


def people(material: Material, book: Codebook, acts: Iterable[Row], reviewed: Iterable[Row], versions: Iterable[Row]) -> People:
    """All that people wrote, placed in the material of today; rows as `decided.acts` and `read_list` give them (`versions`: of
    codebook_versions.csv)."""
    decisions, split = carried(acts, book)
    known, new, lacks = known_by(versions), book.heirs(), {}
    today = {code.id: code.entry.was for code in book.codes if code.coded}
    rows = []
    for row in readings(reviewed):
        version, codes = row["codebook"], carried_codes(row.get("codes", ""), new)
        if version not in lacks:
            lacks[version] = SEPARATOR.join(lacks_of(version, known, today))
        rows.append({**row, "codes": codes, "lacks": "" if codes else lacks[version]})
    placed, read = settled(material, [*decisions, *split], rows)
    mine: dict[bool, list[Row]] = {True: [], False: []}
    for row in placed.decisions:
        mine["heirs" in row].append(row)
    return People(replace(placed, decisions=mine[False]), read, mine[True])


def locate(material: Material, row: Row) -> tuple[Turn, int, int] | None:
    """The turn and the offsets in its text that a row's anchor means, also where its words were surely found again in a turn
    that was edited since (`settled`); None where they were not."""
    turn = material.by_hash.get((row["doc"], row["raw_sha256"]))
    start, end = int(row["raw_start"]), int(row["raw_end"])
    if turn is None:
        found = material.moved.get((row["doc"], row["raw_sha256"], start, end))
        return (material.by_key[row["doc"], found.turn], found.start, found.end) if found and found.sure else None
    for made in material.steps.get((turn.doc, turn.turn), []):
        start, end = forward(made, start, end)
    return (turn, start, end) if 0 <= start < end <= len(turn.text) else None


def settled(material: Material, decisions: Iterable[Row], reviewed: Sequence[Row]) -> tuple[Material, list[Row]]:
    """(the material with the decisions that hold, readings), each row with its `place`: `here`, `found` or empty where it is lost.

    A row that was found again bears today's anchor, so that what somebody says later about the same passage counts instead of it.
    `material.moved` holds all places that were looked for, sure or not, by the anchor as it stands in the lists.
    """
    rows = lasting(decisions)
    made = replace(material, moved=_looked_for(material, [*rows, *reviewed]))
    return replace(made, decisions=lasting(_today(made, row) for row in rows)), [_today(made, row) for row in reviewed]


def _looked_for(material: Material, rows: Sequence[Row]) -> dict[tuple[str, str, int, int], Found]:
    docs = {row["doc"] for row in rows if (row["doc"], row["raw_sha256"]) not in material.by_hash}
    if not docs:
        return {}
    parts: dict[str, Now] = {doc: Now({}, {}, {}, set()) for doc in docs}
    for turn in (one for one in material.turns if one.doc in docs):
        here = parts[turn.doc]
        start, end = through(material.steps.get((turn.doc, turn.turn), []), 0, len(turn.text))
        here.texts[turn.turn], here.lengths[turn.turn] = turn.text, end - start
        here.hashes.setdefault(turn.raw_sha256, []).append(turn.turn)
        if material.coded[turn.number]:
            here.spoken.add(turn.turn)
    return placed_again([row for row in rows if row["doc"] in docs], parts)


def _today(material: Material, row: Row) -> Row:
    """The row with its `place`, under today's anchor where it was found by its words."""
    place = locate(material, row)
    if place is None:
        return {**row, "place": ""}
    turn, start, end = place
    if row["raw_sha256"] == turn.raw_sha256:
        return {**row, "place": HERE}
    steps = material.steps.get((turn.doc, turn.turn), [])
    raw_start, raw_end = through(steps, start, end)
    return {**row, "place": FOUND, "raw_sha256": turn.raw_sha256, "raw_start": str(raw_start), "raw_end": str(raw_end)}


def unplaced(material: Material, split: Iterable[Row], reviewed: Iterable[Row], codes: set[str]) -> list[dict[str, Any]]:
    """Rows of the table `unplaced`: decisions and readings whose place or category is gone, with the reason and where they may belong.

    `split`: decisions whose category became several, as `deciding.carried` returns them.
    """
    rows = [_listed(material, row, SPLIT, _of_split(row)) for row in split]
    for row in material.decisions:
        if row["code"] not in codes:
            rows.append(_listed(material, row, LOST, f"Die Kategorie {row['code']} steht nicht im Codebuch."))
        elif locate(material, row) is None:
            rows.append(_listed(material, row, *_why_not(material, row)))
    for row in reviewed:
        if locate(material, row) is None:
            named = {"decision": f"reviewed.csv, Zeile {row['line']}", "action": "read", "code": "", "quote": row.get("quote", "")}
            rows.append(_listed(material, {**row, **named}, *_why_not(material, row)))
    return rows


def _of_split(row: Row) -> str:
    *names, last = row["heirs"].split(SEPARATOR)
    return f"Aus der Kategorie {row['code']} wurden {', '.join(names)} und {last}; bitte neu entscheiden."


def _why_not(material: Material, row: Row) -> tuple[str, str]:
    """(kind, reason) for a row whose place is not known."""
    if (row["doc"], row["raw_sha256"]) in material.by_hash:
        return LOST, "raw_start und raw_end liegen nicht im Redebeitrag, oder die Stelle ist im Lesetext leer."
    if _likely(material, row):
        return MOVED, "Der Redebeitrag hat sich geändert; die Stelle ist wohl die genannte, aber nicht sicher."
    return LOST, "Der Redebeitrag hat sich geändert oder fehlt."


def _likely(material: Material, row: Row) -> Found | None:
    return material.moved.get((row["doc"], row["raw_sha256"], int(row["raw_start"]), int(row["raw_end"])))


def _listed(material: Material, row: Row, kind: str, reason: str) -> dict[str, Any]:
    found = _likely(material, row)
    place = locate(material, row)
    turn, start, end, likeness = (found.turn, found.start, found.end, found.likeness) if found else (0, 0, 0, 0.0)
    if place:  # a category that was split stands where it stood
        turn, start, end, likeness = place[0].turn, place[1], place[2], found.likeness if found else 1.0
    # The words as they are read today: what the list quotes may hold names that are replaced since.
    quote = {"quote": place[0].text[start:end] if place else material.mask(row.get("quote", ""))}
    return {
        **{name: row.get(name, "") for name in NAMED}, **quote, "raw_sha256": row["raw_sha256"], "raw_start": int(row["raw_start"]), "raw_end": int(row["raw_end"]),
        "reason": reason, "kind": kind, "likely_turn": turn, "likely_start": start, "likely_end": end, "likeness": likeness,
    }  # fmt: skip
