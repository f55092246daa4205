"""The category cycle: what people noted and decided about their codebook, and which readings a newer category leaves open."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline import codebook, decided
from pipeline.anchoring.refind import Found
from pipeline.anchoring.rows import Now, placed_again
from pipeline.coders.deciding import heirs, lasting
from pipeline.covered import is_full, knows, listed
from pipeline.lists import ANCHOR, INDUCTIVE, LISTS, LOG, MINUTES, NEGATIVE, SAMPLING, read_list
from pipeline.offsets import forward, steps, through
from pipeline.tables import CODED_ROLES

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, str]
Made = dict[str, Any]
Place = tuple[int, int, int]  # turn, and offsets in its text
NOWHERE: Place = (0, 0, 0)
_HERE = ("passage", "kwic")  # notes that stand beside a place in the text


def whole(
    turns: pd.DataFrame, changes: pd.DataFrame, replacements: pd.DataFrame, codes: pd.DataFrame, decisions: pd.DataFrame, reviewed: pd.DataFrame,
    settings: SimpleNamespace, codebook_file: Path, memos_file: Path, log_file: Path, versions_file: Path, negative_file: Path, inductive_file: Path,
    minutes_file: Path, sampling_file: Path, decisions_file: Path, handcoded_folder: Path,
) -> dict[str, list[Made]]:  # fmt: skip
    """Tables of notes, logs and open readings. Raises `Stop` where a list cannot be read, with every row."""
    book = codebook.load(codebook_file)
    memos, log, versions, negative, inductive = (_read(path) for path in (memos_file, log_file, versions_file, negative_file, inductive_file))
    ground = _ground(turns, changes, replacements, [*memos, *negative, *inductive])
    placed = set(decisions["decision"])
    # Of a round of double coding that is still open nothing is told; the stage coding has left it out.
    acts = [act for act in lasting(decided.acts(decisions_file, handcoded_folder)) if act["mode"] != "double" or act["decision"] in placed]
    return {
        "memos": _numbered([*_of_codes(book), *_of_list(memos, ground), *_of_acts(acts, decisions)]),
        "cycle_log": [_only(row, LOG) for row in log],
        "cycle_versions": _versions(versions, log, book),
        "cycle_negative": [_placed(row, NEGATIVE, ground) for row in negative],
        "cycle_inductive": [_placed(row, INDUCTIVE, ground) for row in inductive],
        "cycle_minutes": [_only(row, MINUTES) for row in _read(minutes_file)],
        "cycle_sampling": [_only(row, SAMPLING) for row in _read(sampling_file)],
        "review_open": _open(reviewed, dict(zip(codes["code"], codes["label"], strict=True))),
    }


def _read(path: Path) -> list[Row]:
    return read_list(path, LISTS[path.name])


def _only(row: Row, columns: Iterable[str]) -> Made:
    return {name: row[name] for name in columns if name not in ANCHOR}


# Where the places stand today.


@dataclass(frozen=True)
class _Ground:
    """The reading texts by interview and turn, turns by the hash of their raw text (of alike ones the first), the way from the raw
    text to the reading text, and where passages of turns that changed were found again."""

    texts: Mapping[tuple[str, int], str]
    hashes: Mapping[tuple[str, str], list[int]]
    steps: Mapping[tuple[str, int], list[list[tuple[int, int, int, int]]]]
    moved: Mapping[tuple[str, str, int, int], Found] = field(default_factory=dict)

    def place(self, row: Row) -> Place | None:
        """Turn and offsets that a row's anchor means; None where they are not surely known."""
        start, end = _number(row.get("raw_start", "")), _number(row.get("raw_end", ""))
        here = self.hashes.get((row["doc"], row["raw_sha256"]))
        if not here:
            found = self.moved.get((row["doc"], row["raw_sha256"], start, end))
            return (found.turn, found.start, found.end) if found and found.sure else None
        for made in self.steps.get((row["doc"], here[0]), []):
            start, end = forward(made, start, end)
        return (here[0], start, end) if 0 <= start < end <= len(self.texts[row["doc"], here[0]]) else None


def _ground(turns: pd.DataFrame, changes: pd.DataFrame, replacements: pd.DataFrame, anchored: Iterable[Row]) -> _Ground:
    texts = dict(zip(zip(turns["doc"], turns["turn"].astype(int), strict=True), turns["text"], strict=True))
    hashes: dict[tuple[str, str], list[int]] = defaultdict(list)
    for doc, turn, sha in zip(turns["doc"], turns["turn"], turns["raw_sha256"], strict=True):
        hashes[doc, sha].append(int(turn))
    ground = _Ground(texts, hashes, steps(changes, replacements))
    lost = [row for row in anchored if row.get("raw_sha256") and (row["doc"], row["raw_sha256"]) not in hashes]
    spoken = turns["role"].isin(CODED_ROLES)
    return _Ground(texts, hashes, ground.steps, _moved(ground, lost, set(zip(turns["doc"][spoken], turns["turn"][spoken].astype(int), strict=True))))


def _moved(ground: _Ground, lost: list[Row], spoken: set[tuple[str, int]]) -> Mapping[tuple[str, str, int, int], Found]:
    now = {row["doc"]: Now({}, {}, {}, set()) for row in lost}
    for (doc, turn), text in ground.texts.items():
        if doc in now:
            start, end = through(ground.steps.get((doc, turn), []), 0, len(text))
            now[doc].texts[turn], now[doc].lengths[turn] = text, end - start
            now[doc].spoken.update({turn} if (doc, turn) in spoken else ())
    for (doc, sha), here in ground.hashes.items():
        if doc in now:
            now[doc].hashes[sha] = here
    return placed_again(lost, now)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else 0


def _placed(row: Row, columns: Sequence[str], ground: _Ground) -> Made:
    """A row with its place of today and the words that stand there; where it is not known the words that it was written with."""
    place = ground.place(row)
    turn, start, end = place or NOWHERE
    quote = ground.texts[row["doc"], turn][start:end] if place else row["quote"]
    return {**_only(row, columns), "doc": row["doc"], "turn": turn, "start": start, "end": end, "quote": quote, "placed": "yes" if place else "no"}


# Notes.


def _memo(kind: str, key: str, text: str, source: str, place: Place = NOWHERE, **more: str) -> Made:
    turn, start, end = place
    return {"kind": kind, "key": key, "doc": "", "turn": turn, "start": start, "end": end, "code": "", "coder": "", "date": "", "text": text, "source": source, **more}


def _of_codes(book: codebook.Codebook) -> Iterator[Made]:
    for code in book.codes:
        if code.entry.memo.strip():
            yield _memo("code", code.id, code.entry.memo.strip(), f"codebook.yaml, Zeile {code.line}", code=code.id)


def _of_list(rows: Iterable[Row], ground: _Ground) -> Iterator[Made]:
    for row in rows:
        if not row["memo"]:
            continue
        kind, key = row["kind"], row["key"]
        doc = row.get("doc", "") or (key if kind in ("interview", "reading") else "")
        place = NOWHERE
        if kind in _HERE:
            place = (ground.place(row) if row.get("raw_sha256") else _by_key(key, ground)) or NOWHERE
            doc = doc or key.split(".")[0]
        code = key.partition(":")[0] if kind == "code" else ""
        yield _memo(kind, key, row["memo"], f"memos.csv, Zeile {row['line']}", place, doc=doc, code=code, coder=row["coder"], date=row["date"])


def _by_key(key: str, ground: _Ground) -> Place | None:
    """The place that a key `I001.3.120` of an answer of `make explore` names: interview, turn, offset; it has no length."""
    doc, _, rest = key.partition(".")
    turn, start = (_number(part) for part in (rest.partition(".")[0], rest.partition(".")[2]))
    return (turn, start, start) if start <= len(ground.texts.get((doc, turn), "")) and (doc, turn) in ground.texts else None


def _of_acts(acts: Iterable[Row], decisions: pd.DataFrame) -> Iterator[Made]:
    places = decisions.set_index("decision")[["code", "turn", "start", "end"]].to_dict("index")
    for row in acts:
        if row["memo"]:
            there = places.get(row["decision"], {"code": row["code"], "turn": 0, "start": 0, "end": 0})
            place = int(there["turn"]), int(there["start"]), int(there["end"])
            source = f"{row.get('file', 'decisions.csv')}, Zeile {row['line']}"
            more = {"doc": row["doc"], "code": str(there["code"]), "coder": row["coder"], "date": row["date"]}
            yield _memo("coding", row["decision"], row["memo"], source, place, **more)


def _numbered(rows: Iterable[Made]) -> list[Made]:
    """Notes with an id made of what they say, so that it stays the same when others are written above them."""
    made, seen = [], defaultdict[str, int](int)
    for row in rows:
        said = "\x1f".join(row[name] for name in ("kind", "key", "coder", "date", "text"))
        stem = hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:10]
        seen[stem] += 1
        made.append({"memo": stem if seen[stem] == 1 else f"{stem}-{seen[stem]}", **row})
    return made


# Versions of the codebook.


def _versions(rows: Iterable[Row], log: Iterable[Row], book: codebook.Codebook) -> list[Made]:
    """Versions in the order in which they were noted, each with what came and went since the one before. `logged`: whether the log has
    an entry for every such category or names the version; empty where nothing came or went."""
    logged = _logged(log, book)
    known = [(row["version"], row["date"], listed(row["codes"])) for row in rows]
    if known and book.version not in {version for version, _, _ in known}:
        known.append((book.version, "", tuple(code.id for code in book.codes if code.coded)))
    made: list[Made] = []
    before: tuple[str, ...] | None = None
    for order, (version, date, codes) in enumerate(known):
        added = [code for code in codes if before is not None and code not in before]
        gone = [code for code in before or () if code not in codes]
        made.append(
            {
                "order": order, "version": version, "date": date, "n_codes": len(codes), "added": "+".join(added), "gone": "+".join(gone),
                "current": "yes" if version == book.version else "no", "logged": logged(version, [*added, *gone]),
            }
        )  # fmt: skip
        before = codes
    return made


def _logged(log: Iterable[Row], book: codebook.Codebook) -> Callable[[str, Sequence[str]], str]:
    rows = list(log)
    versions = tuple({row["version"] for row in rows if row["version"]})  # or how they begin
    codes = {code for row in rows for code in listed(row["code"])}
    new = heirs(book)

    def told(version: str, changed: Sequence[str]) -> str:
        if version.startswith(versions):
            return "yes"
        if not changed:
            return ""
        return "yes" if all(code in codes or codes.intersection(new.get(code, ())) for code in changed) else "no"

    return told


# Readings that a newer category leaves open.


def _open(reviewed: pd.DataFrame, labels: Mapping[str, str]) -> list[Made]:
    """A row for each full reading and category that came later, unless somebody read the whole passage for that category since."""
    if not len(reviewed) or not reviewed["lacks"].any():
        return []
    rows: list[Made] = reviewed.to_dict("records")
    by_turn: dict[tuple[str, int], list[tuple[int, int, Callable[[str], bool]]]] = defaultdict(list)
    for row in rows:
        by_turn[row["doc"], row["turn"]].append((row["start"], row["end"], knows(row)))
    made = []
    for row in rows:
        here = [known for start, end, known in by_turn[row["doc"], row["turn"]] if start <= row["start"] and row["end"] <= end]
        for code in listed(row["lacks"]) if is_full(row) else ():
            if not any(known(code) for known in here):
                place = {name: row[name] for name in ("doc", "turn", "start", "end", "coder", "mode", "codebook")}
                made.append({**place, "code": code, "reason": _why(row, code, labels)})
    return made


def _why(row: Made, code: str, labels: Mapping[str, str]) -> str:
    when = f" am {row['date']}" if row["date"] else ""
    label = labels.get(code, "") or code
    return f"Gelesen{when} unter der Codebuch-Fassung {row['codebook']}; »{label}« ({code}) gab es darin noch nicht."
