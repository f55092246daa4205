"""What a reader waits for: the page with its first interview, and a decision stored, in a study of 50 interviews and 20,000 proposals.

    python benchmarks/reviewing.py

The study is made of tables alone, as a run leaves them; half of its proposals are decided already.
"""

from __future__ import annotations

import hashlib
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

REPO = Path(__file__).parent.parent
sys.path.insert(0, str(REPO))

Row = tuple[str, str, str, str]
WORDS = "wir haben im Viertel seit vielen Jahren einen Garten und treffen uns dort jede Woche mit den Nachbarn aus der Straße".split()
ACTS = 60  # decisions that are timed
KEY = "0" * 64


def study(root: Path, interviews: int = 50, turns: int = 200, proposals: int = 20_000, decided: float = 0.5, codes: int = 40) -> Any:
    """A study under `root` as a run leaves it: `turns` a interview, every second one codable. Returns its places."""
    from pipeline import codebook, store
    from pipeline.places import Places
    from pipeline.tables import TABLES, frame

    places = Places("gross", *(root / kind for kind in ("transcripts", "codebooks", "outputs", "private")))
    places.codebooks.mkdir(parents=True)
    names = [f"G{n % 5}.k{n:02d}" for n in range(codes)]
    groups = "".join(
        f"  - id: G{g}\n    label: Gruppe {g}\n    children:\n" + "".join(f"      - id: {c}\n        label: Kategorie {c}\n        definition: Was gemeint ist.\n" for c in names if c.startswith(f"G{g}."))
        for g in range(5)
    )
    (places.codebooks / "codebook.yaml").write_text(f"title: Groß\ncodes:\n{groups}", "utf-8")
    (places.codebooks / "study.yaml").write_text("title: Groß\nreview:\n  first_reading: nein\n", "utf-8")
    rng = random.Random(7)
    made: dict[str, list[dict[str, Any]]] = {name: [] for name in ("turns", "segments", "questions", "cases", "documents", "changes", "replacements")}
    coded: list[dict[str, Any]] = []
    for doc in (f"I{n:03d}" for n in range(1, interviews + 1)):
        _interview(made, doc, turns, rng)
    spots = [row for row in made["segments"] if row["turn"] % 2 == 0]
    texts = {(row["doc"], row["turn"]): row for row in made["turns"]}
    for n, row in enumerate(sorted(rng.choices(spots, k=proposals), key=lambda row: row["seg"])):
        turn = texts[row["doc"], row["turn"]]
        coded.append({
            **{name: row[name] for name in ("doc", "turn", "start", "end", "seg")}, "coding": f"c{n:012x}", "code": rng.choice(names), "coder": rng.choice(("model", "rule")), "score": rng.random(),
            "status": "proposed", "prompt": "spontaneous", "stance": "affirmed", "about": "", "case": turn["case"], "quote": turn["text"][row["start"] : row["end"]], "evidence": "Garten (+1,2)",
        })  # fmt: skip
    stages: dict[str, Any] = {"coding": {"docs": {}}}
    for name, found in made.items():
        stages[TABLES[name].writer] = {"docs": {f"I{n:03d}": KEY for n in range(1, interviews + 1)}}
        for doc in stages[TABLES[name].writer]["docs"]:
            store.write_frame(store.piece_path(places, name, doc, KEY), frame(name, [row for row in found if row["doc"] == doc]))
    labels = [{"order": n, "code": c, "level": 1, "lack": "no"} for n, c in enumerate(names)]
    for name, found in (("codings", coded), ("suggestions", []), ("codes", labels), ("decisions", []), ("unplaced", []), ("reviewed", [])):
        store.write_frame(store.whole_path(places, name), frame(name, found))
    (places.private / "work" / "state.json").write_text(json.dumps({"stages": stages}), "utf-8")
    _decided(places, [row for row in coded if rng.random() < decided], texts, codebook.load(places.codebooks / "codebook.yaml").version)
    return places


def _interview(made: dict[str, list[dict[str, Any]]], doc: str, turns: int, rng: random.Random) -> None:
    made["documents"].append({"doc": doc, "date": "2026-05-04", "status": "ok", "words": 0, "turns": turns})
    made["cases"].append({"case": doc, "doc": doc, "speaker": "B"})
    for number in range(1, turns + 1):
        text, at = "", 0
        for _ in range(rng.randint(2, 5)):
            sentence = " ".join(rng.choices(WORDS, k=rng.randint(8, 25))).capitalize() + "."
            text += (" " if text else "") + sentence
            made["segments"].append({"seg": f"{doc}-{number:04d}-{at:05d}", "doc": doc, "turn": number, "start": len(text) - len(sentence), "end": len(text)})
            at = len(text)
        sha = hashlib.sha256(f"{doc}{number}{text}".encode()).hexdigest()
        role = "respondent" if number % 2 == 0 else "interviewer"
        made["turns"].append({"doc": doc, "turn": number, "speaker": role[0], "case": doc if number % 2 == 0 else "", "role": role, "t_start": number * 10.0, "text": text, "raw_sha256": sha})
        made["questions"].append({"doc": doc, "turn": number, "question": f"L{number % 9}", "kind": "asked", "leading": "no"})
        if number % 3 == 0:  # "äh" left out at the begin, a name replaced
            made["changes"].append({"doc": doc, "turn": number, "rule": "filler", "raw_start": 0, "raw_end": 3, "clean_start": 0, "clean_end": 0})
            made["replacements"].append({"doc": doc, "turn": number, "kind": "person", "clean_start": 5, "clean_end": 9, "start": 5, "end": 12})


def _decided(places: Any, coded: list[dict[str, Any]], texts: dict[Any, Any], version: str) -> None:
    from pipeline.ledgers.writing import append
    from pipeline.reviewing.files import DECIDED, READ, target

    rows, turns = [], {}
    for n, row in enumerate(coded):
        turn = texts[row["doc"], row["turn"]]
        shift = 3 if row["turn"] % 3 == 0 else 0
        place = {"doc": row["doc"], "raw_sha256": turn["raw_sha256"], "raw_start": row["start"] + shift, "raw_end": row["end"] + shift, "quote": row["quote"]}
        common = {"date": "2026-06-01", "time": "2026-06-01T10:00:00+02:00", "coder": ("mk", "ab")[n % 2], "mode": "interview", "codebook": version}
        rows.append({**place, **common, "decision": f"alt-{n}", "action": "reject" if n % 4 == 0 else "accept", "code": row["code"]})
        turns[row["doc"], row["turn"], common["coder"]] = {**place, **common, "raw_start": 0, "raw_end": len(turn["text"]) + shift}
    append(places, *target(places, DECIDED), rows)
    append(places, *target(places, READ), list(turns.values()))


def reading(places: Any) -> Any:
    from pipeline.reviewing.reading import Reading
    from pipeline.sampling.queues import queues

    def drawn(read: list[dict[str, str]], there: Collection[tuple[str, str]]) -> Any:
        return queues(places.codebooks / "queues", read, there)

    return Reading(places, drawn)


def opened(one: Any, coder: str = "mk") -> tuple[dict[str, Any], dict[str, Any]]:
    """What the page asks for first: the overview and an interview, as JSON."""
    from pipeline.reviewing.overview import interview_view, overview
    from pipeline.reviewing.view import Viewer

    with one.held() as held:
        found = overview(held, coder), interview_view(held, Viewer(coder), held.deck.docs[0].doc)
    json.dumps(found)
    return found


def acted(one: Any, talk: dict[str, Any], coder: str = "mk") -> Iterator[float]:
    """Seconds of single decisions: proposals accepted and rejected, passages added, turns read."""
    from pipeline.reviewing.overview import progress

    rng = random.Random(3)
    turns = [turn for turn in talk["turns"] if turn["codable"] and turn["proposals"]]
    code = turns[0]["proposals"][0]["code"]
    for n in range(ACTS):
        at = rng.randrange(len(turns))
        turn = turns[at]
        act = (
            {"kind": ("accept", "reject")[n % 2], "proposal": rng.choice(turn["proposals"])["id"]} if n % 3 else {"kind": "read", "on": True} if n % 2
            else {"kind": "add", "code": code, "start": turn["words"][0][0], "end": turn["words"][3][1]}
        )  # fmt: skip
        before = time.perf_counter()
        turns[at] = one.act({"coder": coder, "doc": talk["doc"], "turn": turn["turn"], "rev": turn["rev"], "queue": "", "acts": [act]})
        with one.held() as held:
            json.dumps([turns[at], progress(held, coder)])
        yield time.perf_counter() - before


def rows() -> list[Row]:
    """Rows for the table of `make bench`."""
    with tempfile.TemporaryDirectory() as name:
        places = study(Path(name))
        one, started = reading(places), time.perf_counter()
        opened(one, "ab")
        begun, started = time.perf_counter() - started, time.perf_counter()
        _, talk = opened(one)
        page = time.perf_counter() - started
        times = sorted(acted(one, talk))
    what = "50 interviews, 20,000 proposals, half of them decided"
    return [
        ("make review, overview and first interview", f"{page:.2f} s", "<= 1 s", f"{what}; {begun:.1f} s when the program begins"),
        ("… a decision stored", f"{statistics.median(times) * 1000:.0f} ms", "<= 50 ms", f"median of {ACTS}, on the disk; slowest {times[-1] * 1000:.0f} ms"),
    ]


if __name__ == "__main__":
    for row in rows():
        print(" | ".join(row))
