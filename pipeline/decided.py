"""What people decided, as one list of acts: `handcoded/<coder>.csv`, codings that one person made by hand, and `decisions.csv`.

Hand codings come first, so that what was decided later in `decisions.csv` counts where the same person contradicts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from pathlib import Path

from pipeline.lists import DECISIONS, HANDCODED, LISTS, read_list
from pipeline.places import Places, folder_files
from pipeline.problems import Problem, Stop
from pipeline.tables import MACHINES

FOLDER = "handcoded/"
SHOWN = 5
_NAME = re.compile(r"[^\W\d_][\w-]{0,29}")
Row = dict[str, str]


def acts(decisions_file: Path, handcoded_folder: Path) -> list[Row]:
    """All acts of people in the columns of `decisions.csv`, hand codings first. Raises `Stop` with the problems of all files."""
    problems: list[Problem] = []
    found: list[list[Row]] = []
    for read, path in ((_handcoded, handcoded_folder), (_decisions, decisions_file)):
        try:
            found.append(read(path))
        except Stop as stop:
            problems += stop.problems
    if not problems:
        problems = _same_ids(*found)
    if problems:
        raise Stop(problems)
    return [row for rows in found for row in rows]


def problems(places: Places) -> list[Problem]:
    """Problems of hand codings alone, with the path as a person would type it; those of `decisions.csv` are told with the other lists."""
    try:
        acts(places.codebooks / "decisions.csv", places.codebooks / FOLDER)
    except Stop as stop:
        own = [p for p in stop.problems if p.file.startswith(FOLDER)]
        return [Problem(places.show(places.codebooks / p.file), p.line, p.what, p.hint) for p in own]
    return []


def _decisions(path: Path) -> list[Row]:
    return read_list(path, LISTS["decisions.csv"])


def _handcoded(folder: Path) -> list[Row]:
    found: list[Row] = []
    problems: list[Problem] = []
    ids: dict[str, str] = {}
    for path in folder_files(folder):
        name = f"{FOLDER}{path.name}"
        problems += _name_problems(path.stem, name)
        try:
            rows = read_list(path, replace(HANDCODED, name=name))
        except Stop as stop:
            problems += stop.problems
            continue
        problems += _row_problems(rows, path.stem, name)
        for row in rows:
            made = _act(row, path.stem)
            place = f"{name}, Zeile {row['line']}"
            if row.get("decision") and made["decision"] in ids:
                what = f"Die Kennung »{made['decision']}« steht schon in {ids[made['decision']]}."
                problems.append(Problem(name, int(row["line"]), what, "Jede Kennung gilt einmal; ohne Kennung vergibt das Programm eine."))
            ids.setdefault(made["decision"], place)
            found.append({**made, "line": row["line"], "file": name})
    if problems:
        raise Stop(problems)
    return found


def _act(row: Row, coder: str) -> Row:
    """A hand coding in the columns of `decisions.csv`; without an id of its own it gets one from its content."""
    place = [row["doc"], row["raw_sha256"], int(row["raw_start"]), int(row["raw_end"]), row["code"], coder]
    own = f"{coder}-{blake2b(repr(place).encode(), digest_size=6).hexdigest()}"
    given = {name: row.get(name, "") for name in (*DECISIONS, "stance", "about")}
    return {**given, "decision": given["decision"] or own, "coder": coder, "action": "add", "mode": given["mode"] or "hand"}


def _name_problems(coder: str, file: str) -> list[Problem]:
    if coder.casefold() in MACHINES:
        what = f"»{coder}« ist der Name einer Maschine und kein Kürzel eines Menschen."
        return [Problem(file, 0, what, "Die Datei nach dem Kürzel der Person benennen, etwa mk.csv.")]
    if not _NAME.fullmatch(coder):
        what = f"»{coder}« taugt nicht als Kürzel: Es sagt, wer codiert hat, und beginnt mit einem Buchstaben."
        return [Problem(file, 0, what, "Bitte nur Buchstaben, Ziffern, »-« und »_« verwenden, höchstens 30 Zeichen, etwa mk.csv.")]
    return []


def _row_problems(rows: list[Row], coder: str, file: str) -> list[Problem]:
    found = []
    seen: dict[tuple[str | int, ...], str] = {}
    for row in rows:
        line = int(row["line"])
        if row.get("coder", "") not in ("", coder):
            what = f"Hier steht das Kürzel »{row['coder']}«, die Datei heißt nach »{coder}«."
            found.append(Problem(file, line, what, "Jede Person hat eine Datei; bitte die Zeile in deren Datei verschieben."))
        key = row["doc"], row["raw_sha256"], int(row["raw_start"]), int(row["raw_end"]), row["code"]
        if key in seen:
            what = f"Dieselbe Stelle hat dieselbe Kategorie »{row['code']}« schon in Zeile {seen[key]}."
            found.append(Problem(file, line, what, "Bitte eine der beiden Zeilen streichen."))
        seen.setdefault(key, row["line"])
    return found


def _same_ids(handcoded: list[Row], decisions: list[Row]) -> list[Problem]:
    known = {row["decision"]: row["line"] for row in decisions}
    hint = "Jede Kennung gilt einmal; ohne Kennung vergibt das Programm eine."
    return [
        Problem(row["file"], int(row["line"]), f"Die Kennung »{row['decision']}« steht schon in decisions.csv, Zeile {known[row['decision']]}.", hint)
        for row in handcoded
        if row["decision"] in known
    ]


def notes(rows: Iterable[Row]) -> list[str]:
    """What is noteworthy in `decisions.csv` and no error: dates that go back by more than a day, decisions that were taken back."""
    last: tuple[date, str] | None = None
    seen: dict[tuple[str | int, ...], Row] = {}
    back, changed = [], []
    for row in rows:
        place = f"{row.get('file', 'decisions.csv')}, Zeile {row['line']}"
        key = anchor(row)
        before = seen.get(key)
        if before and (before["action"] == "reject") != (row["action"] == "reject"):
            words = "verworfen" if row["action"] == "reject" else "angenommen"
            where = f"{before['file']}, " if before.get("file", "decisions.csv") != row.get("file", "decisions.csv") else ""
            changed.append(f"{place}: {row['coder']} hat hier {row['code']} {words}, anders als in {where}Zeile {before['line']}; es gilt die spätere Zeile.")
        seen[key] = row
        day = _day(row["date"]) if "file" not in row else None
        if day and last and (last[0] - day).days > 1:
            back.append(f"{place}: Das Datum {row['date']} liegt vor dem in Zeile {last[1]}. Neue Entscheidungen bitte unten anfügen; es gilt die untere Zeile.")
        last = (day, row["line"]) if day and (not last or day > last[0]) else last
    return [line for group in (back, changed) for line in _some(group)]


def anchor(row: Row) -> tuple[str | int, ...]:
    """What a person decided on: passage, code and who."""
    return row["doc"], row["raw_sha256"], int(row["raw_start"]), int(row["raw_end"]), row["code"], row["coder"]


def _some(lines: list[str]) -> list[str]:
    return [*lines[:SHOWN], *([f"decisions.csv: … und {len(lines) - SHOWN} weitere Hinweise dieser Art"] if len(lines) > SHOWN else [])]


def _day(text: str) -> date | None:
    """A date as it is written in the list: 2026-06-02 or 2.6.2026; None for anything else."""
    found = re.fullmatch(r"(\d{4})-(\d\d?)-(\d\d?)", text) or re.fullmatch(r"(\d\d?)\.(\d\d?)\.(\d{4})", text)
    if found is None:
        return None
    numbers = [int(part) for part in found.groups()]
    try:
        return date(*(numbers if "-" in text else reversed(numbers)))
    except ValueError:
        return None
