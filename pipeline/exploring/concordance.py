"""A word in its contexts (KWIC), and how often it is said by whom."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from pipeline.exploring.material import Material, one_line
from pipeline.exploring.part import Cell, Column, Key, Part, few, people, per_ten_thousand
from pipeline.matchers.vocabulary import fold
from pipeline.wording import NOT_QUOTABLE

AROUND = 160  # letters of context on either side in the workbook
MOST = 5_000
SORTS = ("right", "left", "doc", "group")
_SORT_WORDS = {
    "right": "nach den Wörtern danach", "left": "nach den Wörtern davor", "doc": "nach Interview und Beitrag", "group": "nach Gruppe",
}  # fmt: skip
_WORD = re.compile(r"\w+")

Line = tuple[int, str, str, str]  # token, before, the words, after; all empty but the note where it may not be shown


def kwic(material: Material, found: np.ndarray, sort: str) -> Part:
    """Every hit with its context. Hits of people who may not be quoted stand last: their order would tell their words."""
    lines = sorted((_line(material, int(a), int(b)) for a, b in found), key=_order(material, sort))
    columns = (
        Column("Interview", 9), Column("Beitrag", 7), Column("Fall"), *(Column(v.label, 12 * (n == 0)) for n, v in enumerate(material.groups)),
        Column("Frage", 5), Column("davor", 30, end=True), Column("Fundwort", 14), Column("danach", 21),
    )  # fmt: skip
    where = "1 Fundstelle" if len(lines) == 1 else f"{len(lines)} Fundstellen"
    notes = [f"{where} bei {people(len(_people(material, found)))}, sortiert {_SORT_WORDS[sort]} (SORT={sort})."]
    if len(lines) > MOST:
        notes.append(f"Die Mappe enthält die ersten {MOST}.")
    hidden = sum(before == after == "" and words == NOT_QUOTABLE for _, before, words, after in lines)
    if hidden:
        notes.append(f"{hidden} davon stammen von Personen ohne Einwilligung in Zitate.")
    lines = lines[:MOST]
    return Part("Im Zusammenhang", columns, [_row(material, line) for line in lines], [_key(material, line) for line in lines], tuple(notes))


def _people(material: Material, found: np.ndarray) -> set[int]:
    return set(material.token_case[found[:, 0]].tolist()) if len(found) else set()


def _line(material: Material, first: int, last: int) -> Line:
    index = material.index
    turn = int(index.turn[first])
    if not material.quotable[turn]:
        return first, "", NOT_QUOTABLE, ""
    text, start, end = material.texts[turn], int(index.start[first]), int(index.end[last])
    low, high = max(0, start - AROUND), min(len(text), end + AROUND)
    before, after = one_line(text[low:start]), one_line(text[end:high])
    # A word cut in two is no word; at the turn's own borders nothing is cut.
    before = "… " + before.partition(" ")[2] if low else before
    after = after.rpartition(" ")[0] + " …" if high < len(text) else after
    return first, before, one_line(text[start:end]), after


def _order(material: Material, sort: str) -> Callable[[Line], tuple[object, ...]]:
    def key(line: Line) -> tuple[object, ...]:
        first, before, words, after = line
        turn = int(material.index.turn[first])
        hidden = words == NOT_QUOTABLE and not before and not after
        by: list[str] = []
        if sort == "right" and not hidden:
            by = _WORD.findall(fold(after))
        if sort == "left" and not hidden:
            by = _WORD.findall(fold(before))[::-1]
        if sort == "group":
            by = [material.values[v.name][turn] for v in material.groups]
            hidden = False
        return (hidden and sort in ("right", "left"), by, first)

    return key


def _row(material: Material, line: Line) -> tuple[Cell, ...]:
    first, before, words, after = line
    turn = int(material.index.turn[first])
    who = [v.word(material.values[v.name][turn]) for v in material.groups]
    case = material.cases[int(material.case[turn])]
    return (material.docs[turn], material.numbers[turn], case, *who, material.questions[turn], before, words, after)


def _key(material: Material, line: Line) -> Key:
    turn = int(material.index.turn[line[0]])
    return Key("kwic", material.key(turn, int(material.index.start[line[0]])), material.docs[turn])


def by_group(material: Material, found: np.ndarray, word: str) -> Part:
    """Hits and people a group, beside who belongs to it and how much it says."""
    rows, keys = [_frequency(material, found, np.ones(len(material.docs), dtype=bool), ("alle", ""))], [Key("word", f"{word}:alle")]
    for variable in material.groups:
        values = np.array(material.values[variable.name], dtype=object)
        for value in sorted(set(values[material.spoken])):
            rows.append(_frequency(material, found, values == value, (variable.label, variable.word(value) or "ohne Angabe")))
            keys.append(Key("word", f"{word}:{variable.name}:{value}"))
    columns = (
        Column("Merkmal", 16), Column("Gruppe", 22), Column("Nennungen", 9), Column("Befragte", 8), Column("von", 4), Column("Wörter", 7),
        Column("je 10.000", 9, digits=1), Column("Hinweis", 21),
    )  # fmt: skip
    note = "»Befragte«: wie viele das Wort sagen, »von«: wie viele zur Gruppe gehören; »Wörter«: was die Gruppe insgesamt sagt."
    return Part("Nach Gruppen", columns, rows, keys, (note,))


def _frequency(material: Material, found: np.ndarray, turns: np.ndarray, name: tuple[str, str]) -> tuple[Cell, ...]:
    index = material.index
    here = found[turns[index.turn[found[:, 0]]]] if len(found) else found
    words = int((material.word & turns[index.turn]).sum()) if len(index) else 0
    group = len(set(material.case[turns & material.spoken].tolist()))
    crowd = len(_people(material, here))
    hint = few(crowd) if crowd else ""
    hint = hint or ("Gruppe unter 3" if group < 3 else "")
    return (*name, len(here), crowd, group, words, per_ten_thousand(len(here), words), hint)


def by_case(material: Material, found: np.ndarray, word: str) -> Part:
    """Hits a person, with how much that person says; who says most of it stands first."""
    size = len(material.cases)
    words = np.bincount(material.token_case[material.word], minlength=size)
    hits = np.bincount(material.token_case[found[:, 0]], minlength=size) if len(found) else np.zeros(size, dtype=int)
    docs: dict[int, list[str]] = {}
    who: dict[int, int] = {}
    for turn in np.flatnonzero(material.spoken).tolist():
        case = int(material.case[turn])
        who.setdefault(case, turn)
        if material.docs[turn] not in docs.setdefault(case, []):
            docs[case].append(material.docs[turn])
    order = sorted(range(size), key=lambda n: (-hits[n], material.cases[n]))
    rows = [
        (
            material.cases[n], ", ".join(docs[n]), *(v.word(material.values[v.name][who[n]]) for v in material.groups),
            int(hits[n]), int(words[n]), per_ten_thousand(int(hits[n]), int(words[n])),
        )
        for n in order
    ]  # fmt: skip
    groups = (Column(v.label, 24 * (n == 0)) for n, v in enumerate(material.groups))
    columns = (
        Column("Fall", 12), Column("Interview", 20), *groups, Column("Nennungen", 9), Column("Wörter", 7), Column("je 10.000", 9, digits=1),
    )  # fmt: skip
    keys = [Key("word", f"{word}:case:{material.cases[n]}", docs[n][0] if len(docs[n]) == 1 else "") for n in order]
    said = int((hits > 0).sum())
    return Part("Nach Befragten", columns, rows, keys, (f"Gesagt von {said} von {size} Befragten.",))
