"""The category cycle: what people noted and decided about their codebook, and which readings a newer category leaves open."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline import codebook, decided
from pipeline.anchoring.ground import Ground, Place, number
from pipeline.anchoring.ground import ground as ground_of
from pipeline.coders.deciding import lasting
from pipeline.covered import is_full, knows, listed
from pipeline.leaking.originals import masking
from pipeline.lists import ANCHOR, INDUCTIVE, LISTS, LOG, MINUTES, NEGATIVE, SAMPLING, read_list
from pipeline.sampling.withheld import open_turns

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, str]
Made = dict[str, Any]
NOWHERE: Place = (0, 0, 0)
_HERE = ("passage", "kwic")  # notes that stand beside a place in the text


def whole(
    turns: pd.DataFrame, changes: pd.DataFrame, replacements: pd.DataFrame, entities: pd.DataFrame, codes: pd.DataFrame, decisions: pd.DataFrame, reviewed: pd.DataFrame,
    settings: SimpleNamespace, codebook_file: Path, memos_file: Path, log_file: Path, versions_file: Path, negative_file: Path, inductive_file: Path,
    minutes_file: Path, sampling_file: Path, decisions_file: Path, handcoded_folder: Path, reviewed_file: Path, queues_folder: Path,
) -> dict[str, list[Made]]:  # fmt: skip
    """Tables of notes, logs and open readings. Raises `Stop` where a list cannot be read, with every row."""
    book = codebook.load(codebook_file)
    memos, log, versions, negative, inductive = (_read(path) for path in (memos_file, log_file, versions_file, negative_file, inductive_file))
    ground = ground_of(turns, changes, replacements, [*memos, *negative, *inductive])
    hidden = _blind(turns, open_turns(queues_folder, _read(reviewed_file), ground.hashes))
    memos, negative, inductive = ([row for row in rows if not _of(row) & hidden] for rows in (memos, negative, inductive))
    placed, mask = set(decisions["decision"]), masking(entities)
    # Of a round of double coding that is still open nothing is told; the stage coding has left it out.
    acts = [act for act in lasting(decided.acts(decisions_file, handcoded_folder)) if act["mode"] != "double" or act["decision"] in placed]
    return {
        "memos": _numbered([*_of_codes(book), *_of_list(memos, ground), *_of_acts(acts, decisions)]),
        "cycle_log": [_only(row, LOG) for row in log],
        "cycle_versions": _versions(versions, log, book),
        "cycle_negative": [_placed(row, NEGATIVE, ground, mask) for row in negative],
        "cycle_inductive": [_placed(row, INDUCTIVE, ground, mask) for row in inductive],
        "cycle_minutes": [_only(row, MINUTES) for row in _read(minutes_file)],
        "cycle_sampling": [_only(row, SAMPLING) for row in _read(sampling_file)],
        "review_open": _open(reviewed, dict(zip(codes["code"], codes["label"], strict=True))),
    }


def _blind(turns: pd.DataFrame, hashes: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Turns of open rounds, by hash and by number: nothing that stands beside them is told, or each would learn what the others found there."""
    numbered = zip(turns["doc"], turns["turn"].astype(str), turns["raw_sha256"], strict=True)
    return {*hashes, *((doc, turn) for doc, turn, sha in numbered if (doc, sha) in hashes)}


def _of(row: Row) -> set[tuple[str, str]]:
    """The turn beside which a row stands, by its hash and, of a note, by the number in its key."""
    doc, _, rest = row.get("key", "").partition(".")
    return {(row.get("doc", "") or doc, row.get("raw_sha256", "") or "?"), (doc, rest.partition(".")[0])}


def _read(path: Path) -> list[Row]:
    return read_list(path, LISTS[path.name])


def _only(row: Row, columns: Iterable[str]) -> Made:
    return {name: row[name] for name in columns if name not in ANCHOR}


def _placed(row: Row, columns: Sequence[str], ground: Ground, mask: Callable[[str], str]) -> Made:
    """A row with its place of today and the words that stand there; where it is not known the words that it was written with, without names
    that are replaced only since."""
    place = ground.place(row)
    turn, start, end = place or NOWHERE
    quote = ground.texts[row["doc"], turn][start:end] if place else mask(row["quote"])
    return {**_only(row, columns), "doc": row["doc"], "turn": turn, "start": start, "end": end, "quote": quote, "placed": "yes" if place else "no"}


# Notes.


def _memo(kind: str, key: str, text: str, source: str, place: Place = NOWHERE, **more: str) -> Made:
    turn, start, end = place
    return {"kind": kind, "key": key, "doc": "", "turn": turn, "start": start, "end": end, "code": "", "coder": "", "date": "", "text": text, "source": source, **more}


def _of_codes(book: codebook.Codebook) -> Iterator[Made]:
    for code in book.codes:
        if code.entry.memo.strip():
            yield _memo("code", code.id, code.entry.memo.strip(), f"codebook.yaml, Zeile {code.line}", code=code.id)


def _of_list(rows: Iterable[Row], ground: Ground) -> Iterator[Made]:
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


def _by_key(key: str, ground: Ground) -> Place | None:
    """The place that a key `I001.3.120` of an answer of `make explore` names: interview, turn, offset; it has no length."""
    doc, _, rest = key.partition(".")
    turn, start = (number(part) for part in (rest.partition(".")[0], rest.partition(".")[2]))
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
    new = book.heirs()

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
