"""The last run for readers, held in memory: turns, sentences, what machines proposed, and the way from a passage to the raw text and back."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pipeline.anchoring.ground import moved
from pipeline.anchoring.readings import quoted
from pipeline.anchoring.refind import AROUND, Found
from pipeline.anchoring.rows import Anchor
from pipeline.inputs import STATE, read_state
from pipeline.offsets import forward, through
from pipeline.places import Places
from pipeline.problems import Problem, Stop
from pipeline.reviewing.columns import Columns, columns, rows
from pipeline.reviewing.proposals import Proposals
from pipeline.tables import CODED_ROLES

Key = tuple[str, int]  # interview, turn
Span = tuple[int, int]
Place = tuple[int, int, int]  # turn, start, end
Steps = list[list[tuple[int, int, int, int]]]


class Doc(NamedTuple):
    """An interview: its id, how many respondents speak in it, its day."""

    doc: str
    people: int
    date: str


class ReadTurn(NamedTuple):
    """A turn as it is read. `segments`: borders of its sentences; `codable`: whether its words may be coded; `second`: NaN where unknown."""

    doc: str
    turn: int
    speaker: str
    role: str
    case: str
    question: str
    kind: str
    second: float
    text: str
    raw_sha256: str
    codable: bool
    segments: tuple[Span, ...]


@dataclass
class Deck:
    """`home`: (interview, hash of the raw turn) -> the turn that an anchor means; of several with the same words the first one."""

    mark: str
    docs: list[Doc]
    turns: dict[str, list[ReadTurn]]
    by_key: dict[Key, ReadTurn]
    home: dict[tuple[str, str], int]
    proposals: Proposals
    cases: dict[str, dict[str, str]]
    unplaced: list[dict[str, Any]]
    open: list[dict[str, Any]]  # readings that a later category leaves open
    found: dict[str, Place]  # decision -> where its passage was found in a turn that changed
    found_read: list[dict[str, str]]  # readings of turns that changed, found again: rows of reviewed.csv with today's anchor
    steps: dict[Key, Steps] = field(default_factory=dict)

    @classmethod
    def load(cls, places: Places) -> Deck:
        """The last run's tables. Raises `Stop` where there is no run or it cannot be read."""
        stages = read_state(places).get("stages", {})
        if "coding" not in stages:
            raise Stop(Problem("", 0, "Es gibt noch keine Ergebnisse.", "Bitte »make analyze« starten, oder warten, bis der Lauf fertig ist."))

        def read(name: str, wanted: str) -> Columns:
            return columns(places, stages, name, wanted.split())

        by_key = _turns(read)
        turns: dict[str, list[ReadTurn]] = {}
        for key in sorted(by_key):
            turns.setdefault(key[0], []).append(by_key[key])
        home: dict[tuple[str, str], int] = {}
        for turn in by_key.values():
            where = turn.doc, turn.raw_sha256
            home[where] = min(home.get(where, turn.turn), turn.turn)
        cases = _cases(places, stages)
        people: defaultdict[str, set[str]] = defaultdict(set)
        for case, row in cases.items():
            for doc in row["doc"].split("+"):
                people[doc].add(case)
        days = dict(rows(read("documents", "doc date")))
        return cls(
            mark_of(places), [Doc(doc, max(len(people[doc]), 1), days.get(doc, "")) for doc in turns], turns, by_key, home, Proposals(read), cases,
            _unplaced(read), _dicts(read("review_open", "doc turn start end code coder mode reason")),
            {name: (turn, start, end) for name, turn, start, end, place in rows(read("decisions", "decision turn start end place")) if place not in ("", "here")},
            [
                {name: str(value) for name, value in row.items()}
                for row in _dicts(read("reviewed", "doc raw_sha256 raw_start raw_end coder mode date codebook codes lacks place")) if row["place"] not in ("", "here")
            ],
            _steps(read),
        )  # fmt: skip

    def anchor(self, doc: str, turn: int, start: int, end: int) -> dict[str, str]:
        """Where a passage of the reading text stands in the raw turn, with its words and what stands around; texts, as lists want them."""
        one = self.by_key[doc, turn]
        low, high = through(self.steps.get((doc, turn), []), start, end)
        return {
            "doc": doc, "raw_sha256": one.raw_sha256, "raw_start": str(low), "raw_end": str(high), "quote": one.text[start:end],
            "before": one.text[max(0, start - AROUND) : start], "after": one.text[end : end + AROUND],
        }  # fmt: skip

    def whole(self, doc: str, turn: int) -> dict[str, str]:
        """The anchor of a whole turn, from the first to the last sign of the raw text; of a long one the two ends are its quote."""
        one = self.by_key[doc, turn]
        return {"doc": doc, "raw_sha256": one.raw_sha256, "raw_start": "0", "raw_end": str(self.raw_length(doc, turn)), "quote": quoted(one.text)}

    def raw_length(self, doc: str, turn: int) -> int:
        """Code points of the raw turn."""
        length = len(self.by_key[doc, turn].text)
        for made in reversed(self.steps.get((doc, turn), [])):
            length += made[-1][1] - made[-1][3] if made else 0  # behind the last change both texts are the same
        return length

    def place(self, row: Mapping[str, str]) -> Place | None:
        """The turn and the passage in its text that a row's anchor means; None where it is not there any more."""
        turn = self.home.get((row["doc"], row["raw_sha256"]))
        if turn is None:
            return self.found.get(row.get("decision") or "-")
        start, end = int(row["raw_start"]), int(row["raw_end"])
        for made in self.steps.get((row["doc"], turn), ()):
            start, end = forward(made, start, end)
        return (turn, start, end) if 0 <= start < end <= len(self.by_key[row["doc"], turn].text) else None

    def looked_for(self, rows: Iterable[Mapping[str, str]]) -> Mapping[Anchor, Found]:
        """Anchor -> where the passage stands or may stand today, of rows whose turn was edited since; as the stages look for them."""
        lost = [row for row in rows if row.get("raw_sha256") and (row["doc"], row["raw_sha256"]) not in self.home]
        if not lost:
            return {}
        hashes: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for key, turn in sorted(self.by_key.items()):
            hashes[turn.doc, turn.raw_sha256].append(key[1])
        texts = {key: turn.text for key, turn in self.by_key.items()}
        return moved(texts, hashes, self.steps, {key for key, turn in self.by_key.items() if turn.codable}, lost)

    def same(self, doc: str, turn: int) -> int:
        """The first turn of the interview with the same words: acts on either are acts on both."""
        return self.home[doc, self.by_key[doc, turn].raw_sha256]


def mark_of(places: Places) -> str:
    """Changes with every run that came to something else; empty where there was none."""
    try:
        return hashlib.blake2b((places.private / "work" / STATE).read_bytes(), digest_size=8).hexdigest()
    except OSError:
        return ""


def _turns(read: Any) -> dict[Key, ReadTurn]:
    sentences: defaultdict[Key, list[Span]] = defaultdict(list)
    for doc, turn, start, end in rows(read("segments", "doc turn start end")):
        sentences[doc, turn].append((start, end))
    asked = {(doc, turn): (question, kind) for doc, turn, question, kind in rows(read("questions", "doc turn question kind"))}
    found = {}
    for doc, turn, speaker, case, role, second, text, sha in rows(read("turns", "doc turn speaker case role t_start text raw_sha256")):
        question, kind = asked.get((doc, turn), ("", "none"))
        cut = tuple(sorted(sentences.get((doc, turn), ())))
        found[doc, turn] = ReadTurn(doc, turn, speaker, role, case, question, kind, float("nan") if second is None else second, text, sha, role in CODED_ROLES, cut)
    return found


_CHANGES, _REPLACED = "doc turn raw_start raw_end clean_start clean_end", "doc turn clean_start clean_end start end"


def _steps(read: Any) -> dict[Key, Steps]:
    """As `offsets.steps`; words before and after, which are private, are not read."""
    found: defaultdict[Key, Steps] = defaultdict(lambda: [[], []])
    for number, data in enumerate((read("changes", _CHANGES), read("replacements", _REPLACED))):
        for doc, turn, *span in rows(data):
            found[doc, turn][number].append((span[0], span[1], span[2], span[3]))
    return {key: [sorted(made) for made in both] for key, both in found.items()}


def _cases(places: Places, stages: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Case -> its interviews (`doc`, joined by +), and who that is by the first two variables of the study (`who`), never by name."""
    from pipeline import study
    from pipeline.tables import TABLES

    known = study.load(places.codebooks / "study.yaml").variables
    own = [name for name in known if name not in TABLES["cases"].columns]
    data = columns(places, stages, "cases", ["case", "doc"])
    more = columns(places, stages, "cases", own, dict.fromkeys(own, "str"))
    found: dict[str, dict[str, str]] = {}
    for number, (case, doc) in enumerate(rows(data)):
        row = found.setdefault(case, {"doc": doc})
        row["doc"] = "+".join(dict.fromkeys([*row["doc"].split("+"), doc]))
        for name in own:
            row[name] = row.get(name) or more[name][number] or ""
    return {case: {"doc": row["doc"], "who": ", ".join(w for w in (known[n].values.get(row[n], row[n]) for n in own[:2]) if w)} for case, row in found.items()}


def _dicts(data: Columns) -> list[dict[str, Any]]:
    return [dict(zip(data, row, strict=True)) for row in rows(data)]


def _unplaced(read: Any) -> list[dict[str, Any]]:
    wanted = "decision coder action mode code doc quote reason kind likely_turn likely_start likely_end likeness"
    return _dicts(read("unplaced", wanted))
