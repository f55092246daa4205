"""What there is to draw from: the turns of people whose words may be coded, as the last run has them, and who read what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline import store
from pipeline.anchoring.readings import quoted
from pipeline.inputs import read_state
from pipeline.lists import LISTS, read_list
from pipeline.places import Places
from pipeline.problems import Problem, Stop
from pipeline.registry import Doc
from pipeline.run import Run
from pipeline.sampling import queues
from pipeline.sampling.queues import INSIDE, Queue
from pipeline.tables import CODED_ROLES, QUEUE

if TYPE_CHECKING:
    import pandas as pd

NOTHING_YET = Problem("", 0, "Es gibt noch keine Ergebnisse, aus denen sich ziehen ließe.", "Bitte zuerst »make analyze« starten.")
Key = tuple[str, str]  # interview and hash of the raw turn


@dataclass(frozen=True)
class Passage:
    """A turn that can be drawn: `end` is the length of its raw text, `segs` are its sentences."""

    doc: str
    turn: int
    raw_sha256: str
    end: int
    text: str
    segs: tuple[str, ...]

    @property
    def key(self) -> Key:
        return self.doc, self.raw_sha256

    @property
    def quote(self) -> str:
        return quoted(self.text)


@dataclass(frozen=True)
class Corpus:
    """`passages` in the order of interview and turn; `hidden`: how many turns repeat another one of their interview word for word.

    Such turns cannot be told apart by their anchor, so only the first one can be drawn. `there`: all raw turns of today. `readers`: who read
    a turn for all categories; `random`: turns read in mode `random`, drawn by this program or by hand.
    """

    passages: Sequence[Passage]
    hidden: int
    there: set[Key]
    queues: Sequence[Queue]
    readers: Mapping[Key, set[str]]
    random: set[Key]
    run: Run

    @property
    def docs(self) -> list[str]:
        return sorted({one.doc for one in self.passages})


def last_run(places: Places) -> Run:
    """The last run's tables, to be read. Raises `Stop` where there are none."""
    from pipeline import study

    keys = {name: stage.get("docs", {}) for name, stage in read_state(places).get("stages", {}).items()}
    if "coding" not in keys or not store.whole_path(places, "codings").is_file():
        raise Stop(NOTHING_YET)
    settings = study.load(places.codebooks / "study.yaml")
    docs = [Doc(doc, "", "") for doc in keys.get("ingest", {})]
    return Run(places, settings, docs, lambda title, done, total: None, tuple(settings.variables), keys=keys)


def corpus(places: Places) -> Corpus:
    """What there is to draw from today. Raises `Stop` where nothing was run, where lists are damaged, or where nobody said anything."""
    run = last_run(places)
    raw = run.table("turns_raw")
    lengths = {(doc, turn): len(text) for doc, turn, text in zip(raw["doc"], raw["turn"], raw["text"], strict=True)}
    passages, hidden = _passages(run.table("turns"), run.table("segments"), lengths)
    there = set(zip(raw["doc"], raw["raw_sha256"], strict=True))
    if not passages:
        raise Stop(Problem("", 0, "In den Gesprächen sagt niemand etwas, das sich codieren ließe.", "Bitte im Bericht nachsehen, wer als befragt gilt."))
    reviewed = read_list(places.codebooks / "reviewed.csv", LISTS["reviewed.csv"])
    found = queues.queues(places.codebooks / queues.FOLDER, reviewed, there)
    readers, drawn = _readers(reviewed, {one.key: one.end for one in passages})
    return Corpus(passages, hidden, there, found, readers, drawn, run)


def _passages(turns: pd.DataFrame, segments: pd.DataFrame, lengths: Mapping[tuple[str, int], int]) -> tuple[list[Passage], int]:
    segs: dict[tuple[str, int], list[str]] = defaultdict(list)
    for seg, doc, turn in zip(segments["seg"], segments["doc"], segments["turn"], strict=True):
        segs[doc, turn].append(seg)
    found: dict[Key, Passage] = {}
    hidden = 0
    spoken = turns[turns["role"].isin(CODED_ROLES)].sort_values(["doc", "turn"], kind="stable")
    first: dict[Key, int] = {}  # of turns with the same words, whoever said them: an anchor means the first one
    for doc, turn, sha in zip(turns["doc"], turns["turn"], turns["raw_sha256"], strict=True):
        first[doc, sha] = min(turn, first.get((doc, sha), turn))
    for doc, turn, sha, text in zip(*(spoken[name] for name in ("doc", "turn", "raw_sha256", "text")), strict=True):
        if not segs[doc, turn] or not lengths.get((doc, turn)):
            continue
        if first[doc, sha] != turn:
            hidden += 1
            continue
        found[doc, sha] = Passage(doc, int(turn), sha, lengths[doc, turn], text, tuple(segs[doc, turn]))
    return list(found.values()), hidden


def _readers(reviewed: Iterable[Mapping[str, Any]], ends: Mapping[Key, int]) -> tuple[dict[Key, set[str]], set[Key]]:
    """Who read each turn nearly whole for all categories, and the turns read in mode `random`."""
    readers: dict[Key, set[str]] = defaultdict(set)
    drawn: set[Key] = set()
    for (doc, sha, coder, mode), rows in queues.readings(reviewed).items():
        end = ends.get((doc, sha), 0)
        whole = any(not row["codes"] and int(row["raw_end"]) - int(row["raw_start"]) >= INSIDE * end for row in rows)
        if end and whole and mode != QUEUE:
            readers[doc, sha].add(coder)
            drawn |= {(doc, sha)} if mode == "random" else set()
    return dict(readers), drawn
