"""What people decided, as one list of acts: `handcoded/<coder>.csv`, codings that one person made by hand, and `decisions.csv`.

Hand codings come first, so that what was decided later in `decisions.csv` counts where the same person contradicts them. Which acts
hold, `coders.deciding` says. A row that says again exactly what another one says (a list pasted twice) counts once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from pathlib import Path

from pipeline.lists import CODER, DECISIONS, HANDCODED, LISTS, MORE_DECISIONS, read_list
from pipeline.places import Places, folder_files
from pipeline.problems import Problem, Stop
from pipeline.tables import MACHINES, WITHDRAW

FOLDER = "handcoded/"
SHOWN = 5
OWN_ACTIONS = ("add", WITHDRAW)  # what a hand coding may be
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
    held = {row["decision"] for row in found[0]}
    return [*found[0], *(row for row in found[1] if row["decision"] not in held)]


def problems(places: Places) -> list[Problem]:
    """Problems of hand codings alone, with the path as a person would type it; those of `decisions.csv` are told with the other lists."""
    try:
        acts(places.codebooks / "decisions.csv", places.codebooks / FOLDER)
    except Stop as stop:
        own = [p for p in stop.problems if p.file.startswith(FOLDER)]
        return [Problem(places.show(places.codebooks / p.file), p.line, p.what, p.hint) for p in own]
    return []


def _decisions(path: Path) -> list[Row]:
    return _once(read_list(path, LISTS["decisions.csv"]))


def _once(rows: Iterable[Row]) -> list[Row]:
    """Rows without those that say again exactly what an earlier one says; that one bears their lines as `again`."""
    kept: dict[tuple[tuple[str, str], ...], Row] = {}
    for row in rows:
        same = tuple((name, cell) for name, cell in row.items() if name != "line")
        if same in kept:
            kept[same]["again"] = ", ".join([*filter(None, [kept[same].get("again", "")]), row["line"]])
        else:
            kept[same] = dict(row)
    return list(kept.values())


def _handcoded(folder: Path) -> list[Row]:
    found: list[Row] = []
    problems: list[Problem] = []
    ids: dict[str, str] = {}
    for path in folder_files(folder):
        name = f"{FOLDER}{path.name}"
        problems += _name_problems(path.stem, name)
        try:
            rows = _once(read_list(path, replace(HANDCODED, name=name)))
        except Stop as stop:
            problems += stop.problems
            continue
        problems += _row_problems(rows, path.stem, name)
        said: Counter[str] = Counter()
        for row in rows:
            made = _act(row, path.stem, said)
            place = f"{name}, Zeile {row['line']}"
            if row.get("decision") and made["decision"] in ids:
                what = f"Die Kennung »{made['decision']}« steht schon in {ids[made['decision']]}."
                problems.append(Problem(name, int(row["line"]), what, "Jede Kennung gilt einmal; ohne Kennung vergibt das Programm eine."))
            ids.setdefault(made["decision"], place)
            found.append({**made, "line": row["line"], "file": name})
    if problems:
        raise Stop(problems)
    return found


def _act(row: Row, coder: str, said: Counter[str]) -> Row:
    """A hand coding in the columns of `decisions.csv`; without an id of its own it gets one from its content, numbered where a coder says
    the same again (`said`) after having taken it back."""
    place = [row["doc"], row["raw_sha256"], int(row["raw_start"]), int(row["raw_end"]), row["code"], coder]
    own = f"{coder}-{blake2b(repr(place).encode(), digest_size=6).hexdigest()}"
    if not row.get("decision"):
        said[own] += 1
        own += f"-{said[own]}" if said[own] > 1 else ""
    given = {name: row.get(name, "") for name in (*DECISIONS, *MORE_DECISIONS, *(("again",) if "again" in row else ()))}
    return {**given, "decision": given["decision"] or own, "coder": coder, "action": given["action"] or "add", "mode": given["mode"] or "hand"}


def _name_problems(coder: str, file: str) -> list[Problem]:
    if coder.casefold() in MACHINES:
        what = f"»{coder}« ist der Name einer Maschine und kein Kürzel eines Menschen."
        return [Problem(file, 0, what, "Die Datei nach dem Kürzel der Person benennen, etwa mk.csv.")]
    if not CODER.fullmatch(coder):
        what = f"»{coder}« taugt nicht als Kürzel: Es sagt, wer codiert hat, und beginnt mit einem Buchstaben."
        return [Problem(file, 0, what, "Bitte nur Buchstaben, Ziffern, »-« und »_« verwenden, höchstens 30 Zeichen, etwa mk.csv.")]
    return []


def _row_problems(rows: list[Row], coder: str, file: str) -> list[Problem]:
    found = []
    seen: dict[tuple[str | int, ...], Row] = {}
    for row in rows:
        line = int(row["line"])
        if row.get("coder", "") not in ("", coder):
            what = f"Hier steht das Kürzel »{row['coder']}«, die Datei heißt nach »{coder}«."
            found.append(Problem(file, line, what, "Jede Person hat eine Datei; bitte die Zeile in deren Datei verschieben."))
        if row.get("action", "") not in ("", *OWN_ACTIONS):
            what = f"»action« kennt hier »{row['action']}« nicht."
            found.append(Problem(file, line, what, "Leer lassen (codiert) oder »withdraw« schreiben (zurückgenommen)."))
        key = row["doc"], row["raw_sha256"], int(row["raw_start"]), int(row["raw_end"]), row["code"]
        before = seen.get(key)
        if before and all((before.get(name) or default) == (row.get(name) or default) for name, default in (("action", "add"), ("time", ""))):
            what = f"Dieselbe Stelle hat dieselbe Kategorie »{row['code']}« schon in Zeile {before['line']}."
            found.append(Problem(file, line, what, "Bitte eine der beiden Zeilen streichen."))
        seen[key] = row
    return found


def _same_ids(handcoded: list[Row], decisions: list[Row]) -> list[Problem]:
    """Ids that stand in both lists; where both rows say the same, it was copied and is no problem."""
    known = {row["decision"]: row for row in decisions}
    hint = "Jede Kennung gilt einmal; ohne Kennung vergibt das Programm eine."
    return [
        Problem(
            row["file"], int(row["line"]), f"Die Kennung »{row['decision']}« steht schon in decisions.csv, Zeile {known[row['decision']]['line']}.", hint
        )
        for row in handcoded
        if row["decision"] in known and any(row[name] != known[row["decision"]][name] for name in _SAID)
    ]  # fmt: skip


_SAID = ("coder", "action", "code", "doc", "raw_sha256", "raw_start", "raw_end")


def notes(rows: Iterable[Row]) -> list[str]:
    """What is noteworthy and no error: dates that go back by more than a day, decisions that were taken back by hand, rows that stand
    twice, and what is to be withdrawn or replaced and is not there."""
    every = list(rows)
    return [line for group in (_back(every), _changed(every), _twice(every), _idle(every)) for line in _some(group)]


def _place(row: Row) -> str:
    return f"{row.get('file', 'decisions.csv')}, Zeile {row['line']}"


def _back(rows: Iterable[Row]) -> list[str]:
    last: tuple[date, str] | None = None
    found = []
    for row in rows:
        written = day(row["date"]) if "file" not in row else None
        if written and last and (last[0] - written).days > 1:
            what = f"Das Datum {row['date']} liegt vor dem in Zeile {last[1]}. Neue Entscheidungen bitte unten anfügen; es gilt die untere Zeile."
            found.append(f"{_place(row)}: {what}")
        last = (written, row["line"]) if written and (not last or written > last[0]) else last
    return found


def _changed(rows: Iterable[Row]) -> list[str]:
    """Decisions contradicted by a later one that people wrote by hand; what the program writes bears the `time` of its row, and was meant."""
    seen: dict[tuple[str | int, ...], Row] = {}
    found = []
    for row in rows:
        before = seen.get(anchor(row))
        spoken = {"reject", "accept", "add"}
        if before and not row.get("time") and {before["action"], row["action"]} <= spoken and (before["action"] == "reject") != (row["action"] == "reject"):
            words = "verworfen" if row["action"] == "reject" else "angenommen"
            where = f"{before['file']}, " if before.get("file", "decisions.csv") != row.get("file", "decisions.csv") else ""
            found.append(f"{_place(row)}: {row['coder']} hat hier {row['code']} {words}, anders als in {where}Zeile {before['line']}; es gilt die spätere Zeile.")
        seen[anchor(row)] = row
    return found


def _twice(rows: Iterable[Row]) -> list[str]:
    return [f"{_place(row)}: Dieselbe Zeile steht noch einmal da (Zeile {row['again']}); sie zählt einmal." for row in rows if row.get("again")]


def _idle(rows: list[Row]) -> list[str]:
    """Rows that withdraw or replace what is not there, or what somebody else said."""
    coder_of = {row["decision"]: row["coder"] for row in rows}
    said: set[tuple[str | int, ...]] = set()
    found = []
    for row in rows:
        for name in filter(None, (part.strip() for part in row.get("replaces", "").split(";"))):
            if name not in coder_of:
                found.append(f"{_place(row)}: »replaces« nennt »{name}«; eine solche Entscheidung gibt es nicht.")
            elif coder_of[name] != row["coder"]:
                found.append(f"{_place(row)}: »replaces« nennt »{name}« von {coder_of[name]}; was andere sagten, bleibt stehen.")
        if row["action"] == WITHDRAW and anchor(row) not in said and not row.get("replaces"):
            found.append(f"{_place(row)}: Hier gibt es nichts zurückzunehmen; die Zeile bewirkt nichts.")
        said.add(anchor(row))
    return found


def anchor(row: Row) -> tuple[str | int, ...]:
    """What a person decided on: passage, code and who."""
    return row["doc"], row["raw_sha256"], int(row["raw_start"]), int(row["raw_end"]), row["code"], row["coder"]


def _some(lines: list[str]) -> list[str]:
    return [*lines[:SHOWN], *([f"decisions.csv: … und {len(lines) - SHOWN} weitere Hinweise dieser Art"] if len(lines) > SHOWN else [])]


def day(text: str) -> date | None:
    """A date as it is written in lists: 2026-06-02 or 2.6.2026; None for anything else."""
    found = re.fullmatch(r"(\d{4})-(\d\d?)-(\d\d?)", text) or re.fullmatch(r"(\d\d?)\.(\d\d?)\.(\d{4})", text)
    if found is None:
        return None
    numbers = [int(part) for part in found.groups()]
    try:
        return date(*(numbers if "-" in text else reversed(numbers)))
    except ValueError:
        return None
