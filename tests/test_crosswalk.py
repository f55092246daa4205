"""Topics beside categories: cells that can be counted by hand, topics that no category holds, snippets that the codebook takes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pipeline import codebook, tables
from pipeline.crossing import cells
from pipeline.crossing.candidates import free_id
from pipeline.crossing.snippet import DRAFT, snippet
from pipeline.crosswalk import whole
from pipeline.learning.columns import to_column
from pipeline.study import Findings, Variable

DEMO = Path(__file__).parent.parent / "codebooks" / "demo"
SENTENCE = "Satz {n} über den Kaffee nach dem Gebet, ja"
CODES = ("X", "X.a", "X.b", "Y")
Tables = dict[str, pd.DataFrame]


class Corpus:
    """Sentences of ten interviews, one a turn; tables as earlier stages write them."""

    def __init__(self) -> None:
        self.sentences: list[dict[str, Any]] = []
        self.codings: list[dict[str, Any]] = []
        self.reviewed: list[dict[str, Any]] = []
        self.chances: dict[str, list[float]] = {}
        self.topics: dict[str, dict[str, Any]] = {}
        self.silent: set[str] = set()  # people who may not be quoted

    def say(self, case: str, topic: str, *codes: str, status: str = "", chances: tuple[float, float, float] = (0.01, 0.01, 0.01), read: bool = False) -> str:
        """A sentence with codings; `chances`: of X.a, X.b and Y."""
        turn = sum(s["doc"] == case for s in self.sentences) + 1
        text = SENTENCE.format(n=turn)
        seg = f"{case}.{turn:04d}"
        place = {"doc": case, "turn": turn, "start": 0, "end": len(text)}
        self.sentences.append({**place, "seg": seg, "case": case, "theme": topic, "text": text, "role": "respondent"})
        for code in codes:
            who = ("mk", "accepted") if status == "" and read else ("model", status or "proposed")
            self.codings.append({**place, "coding": f"c{len(self.codings)}", "code": code, "case": case, "coder": who[0], "status": who[1], "prompt": "asked"})
        if read:
            self.read(place)
        self.chances[seg] = list(chances)
        return seg

    def read(self, place: dict[str, Any], mode: str = "interview") -> None:
        self.reviewed.append({**place, "coder": "mk", "mode": mode, "raw_start": 0, "raw_end": 0})

    def tables(self) -> Tables:
        for topic in sorted({s["theme"] for s in self.sentences} - {""}):
            own = [s for s in self.sentences if s["theme"] == topic]
            base = {"topic": topic, "label": "Kaffee nach dem Gebet", "hidden": "no", "named": "no", "firm": "yes", "stability": 0.8, "echo": 0.1, "n_segments": len(own)}
            self.topics[topic] = {**base, "n_docs": 1, "n_cases": len({s["case"] for s in own}), **self.topics.get(topic, {})}
        parents = {"X.a": "X", "X.b": "X"}
        cases = sorted({s["case"] for s in self.sentences})
        rows: dict[str, Any] = {
            "documents": [{"doc": c, "words": 1, "turns": 1, "wave": "1"} for c in cases],
            "turns": [{**s, "speaker": "B"} for s in self.sentences],
            "speakers": [{"doc": c, "speaker": "B", "turns": 1, "words": 1, "quotable": "no" if c in self.silent else "yes"} for c in cases], "segments": self.sentences, "codings": self.codings, "reviewed": self.reviewed,
            "codes": [{"order": n, "code": c, "parent": parents.get(c, ""), "level": int(c in parents), "label": f"Name von {c}", "coded": "no" if c == "X" else "yes",
                       "through": "yes", "since": "2"} for n, c in enumerate(CODES)],
            "chances": [{"doc": s["doc"], "turn": s["turn"], "seg": s["seg"], "chances": to_column(np.array(self.chances[s["seg"]]))} for s in self.sentences],
            "model_codes": [{"order": n, "code": c, "served": "yes", "n_anchors": 9, "n_reviewed": 0, "n_varieties": 1} for n, c in enumerate(CODES) if c != "X"],
            "segment_themes": self.sentences, "topics": list(self.topics.values()),
            "topic_terms": [{"topic": t, "rank": r, "term": w} for t in self.topics for r, w in enumerate(("Kaffee", "Gebet"), 1)],
            "segment_topics": [{"seg": s["seg"], "topic": s["theme"], "weight": 1 / s["turn"], "rank": 1} for s in self.sentences if s["theme"]],
        }  # fmt: skip
        made = {name: tables.frame(name, data) for name, data in rows.items()}
        people = [{"case": c, "doc": c, "speaker": "B", "gruppe": "ab"[n % 2]} for n, c in enumerate(cases)]
        return {**made, "cases": tables.frame("cases", people, extra=["gruppe"])}

    def crossed(self, **counts: str) -> Tables:
        settings = SimpleNamespace(
            variables={"gruppe": Variable(values={"a": "A", "b": "B"})}, findings=Findings(), report=SimpleNamespace(counts=counts.get("counts", "proposals"))
        )
        made = {name: tables.frame(name, rows) for name, rows in whole(**self.tables(), settings=settings).items()}
        assert [fault for name, data in made.items() for fault in tables.check(name, data)] == []
        return made


def cell(data: pd.DataFrame, topic: str, code: str, basis: str) -> Any:
    (row,) = data[(data["topic"] == topic) & (data["code"] == code) & (data["basis"] == basis)].itertuples()
    return row


@pytest.fixture
def small() -> Corpus:
    """T01: four sentences, of which X.a is proposed in two; T02: four, one; one sentence with X.a fits no topic."""
    made = Corpus()
    for case in ("P1", "P2"):
        made.say(case, "T01", "X.a")
        made.say(case, "T01")
        made.say(case, "T02", *(["X.a", "Y"] if case == "P1" else []))
        made.say(case, "T02")
    made.say("P2", "", "X.a")
    return made


def test_cells_can_be_counted_by_hand(small: Corpus) -> None:
    made = small.crossed()["topic_codes"]
    row = cell(made, "T01", "X.a", "proposed")
    assert (row.n_segments, row.n_cases, row.share_topic, row.share_code) == (2, 2, 0.5, 0.5)
    assert row.lift == pytest.approx(0.5 / (3 / 8), abs=1e-6)
    assert cell(made, "T02", "X.a", "proposed").n_cases == 1
    assert len(made) == 3  # only cells with something, and nothing for the heading X


def test_where_a_category_lies(small: Corpus) -> None:
    made = small.crossed()["code_topics"].set_index("code")
    assert (made.loc["X.a", "n_segments"], made.loc["X.a", "n_topics"], made.loc["X.a", "main_topic"], made.loc["X.a", "outside"]) == (4, 2, "T01", 0.25)
    assert made.loc["X.a", "main_share"] == pytest.approx(2 / 3, abs=1e-6)
    assert (made.loc["Y", "spread"], made.loc["Y", "scattered"]) == (0.0, "no")


def test_people_stand_apart_from_proposals_and_are_measured_by_what_they_read(small: Corpus) -> None:
    small.say("P3", "T01", "X.b", read=True)
    small.say("P3", "T01", read=True)
    made = small.crossed()["topic_codes"]
    row = cell(made, "T01", "X.b", "reviewed")
    assert (row.n_segments, row.share_topic) == (1, 0.5)  # of two sentences read, though the topic has six
    assert cell(made, "T01", "X.a", "proposed").share_topic == 0.5  # of four that nobody read
    only = small.crossed(counts="reviewed")["topic_codes"]
    assert set(only["basis"]) == {"reviewed"}


def test_a_passage_counts_for_sentences_it_covers_by_half() -> None:
    made = Corpus()
    for _ in range(3):
        made.say("P1", "T01")
    first = made.sentences[0]
    for n, (start, end) in enumerate(((0, 5), (0, 10), (len(first["text"]) - 3, len(first["text"]) + 40))):
        made.codings.append({"coding": f"k{n}", "doc": "P1", "turn": 1, "start": start, "end": end, "code": CODES[n + 1], "case": "P1", "coder": "mk", "status": "accepted"})
    found = made.crossed()["topic_codes"]
    assert sorted(found["code"]) == ["X.a", "X.b"]  # the third reaches only three letters into the sentence


def test_a_category_that_goes_with_no_topic_is_scattered() -> None:
    made = Corpus()
    for n in range(120):
        topic = f"T{n % 6 + 1:02d}"
        made.say(f"P{n % 5}", topic, *(["X.a"] if n % 4 == 0 or n % 7 == 0 else []), *(["X.b"] if topic == "T02" else []), *(["Y"] if n < 6 else []))
    found = made.crossed()["code_topics"].set_index("code")["scattered"].to_dict()
    assert found == {"X.a": "yes", "X.b": "no", "Y": "no"}  # six sentences over six topics say nothing


def uncovered(hidden: str = "no", firm: str = "yes", echo: float = 0.1, people: int = 6) -> Corpus:
    """T01 bears X.a nearly always; nothing is proposed in T02, and the model expects nothing there."""
    made = Corpus()
    for n in range(people):
        for turn in range(6):
            made.say(f"P{n}", "T01", *(["X.a"] if turn else []), chances=(0.9, 0.05, 0.01))
            made.say(f"P{n}", "T02", chances=(0.02, 0.01, 0.06))
    made.topics["T02"] = {"hidden": hidden, "firm": firm, "echo": echo}
    return made


def test_a_topic_without_a_category_is_proposed_as_one() -> None:
    made = uncovered().crossed()["topic_new"]
    (row,) = made.itertuples()
    assert (row.topic, row.id, row.best_code, row.n_cases, row.terms) == ("T02", "NEU.kaffee_gebet", "Y", 6, "Kaffee | Gebet")
    assert row.covered == pytest.approx(1 - 0.98 * 0.99 * 0.94, abs=1e-3)
    places = row.anchors.split(" | ")
    assert len(places) == 5
    assert len({place.split(":")[0] for place in places}) == 5  # five people
    assert places[0] == f"P0:2:0-{len(SENTENCE.format(n=2))}"  # the most typical of this person


@pytest.mark.parametrize("change", [{"hidden": "yes"}, {"firm": "no"}, {"echo": 0.6}, {"people": 1}])
def test_what_is_hidden_unstable_an_echo_or_one_persons_is_not_proposed(change: dict[str, Any]) -> None:
    assert uncovered(**change).crossed()["topic_new"].empty


def test_what_people_read_counts_more_than_the_model() -> None:
    made = uncovered()
    made.codings = [c for c in made.codings if c["turn"] % 2]
    for sentence in made.sentences:
        place = {key: sentence[key] for key in ("doc", "turn", "start", "end")}
        made.read(place)
        made.codings.append({**place, "coding": f"m{len(made.codings)}", "code": "Y", "case": sentence["case"], "coder": "mk", "status": "accepted"})
    assert made.crossed()["topic_new"].empty


def test_a_reading_of_single_proposals_is_no_reading_of_all_categories() -> None:
    made = uncovered()
    place = {key: made.sentences[1][key] for key in ("doc", "turn", "start", "end")}
    before = made.crossed()["topic_new"]["covered"].tolist()
    made.read(place, tables.QUEUE)
    assert made.crossed()["topic_new"]["covered"].tolist() == before
    made.read(place)
    assert made.crossed()["topic_new"]["covered"].tolist() < before


def test_the_same_whatever_the_order_of_rows() -> None:
    made = uncovered()
    first = made.crossed()
    made.sentences.reverse()
    made.codings.reverse()
    second = made.crossed()
    assert all(first[name].equals(second[name]) for name in first)


def test_no_topics_no_rows() -> None:
    made = Corpus()
    made.say("P1", "", "X.a")
    assert [len(data) for data in made.crossed().values()] == [0, 0, 0, 0]


def test_without_a_model_only_what_stands_there_counts() -> None:
    made = uncovered().tables()
    made["chances"], made["model_codes"] = made["chances"].iloc[:0], made["model_codes"].assign(served="no")
    settings = SimpleNamespace(variables={}, findings=Findings(), report=SimpleNamespace(counts="proposals"))
    (row,) = whole(**made, settings=settings)["topic_new"]
    assert (row["topic"], row["covered"], row["best_code"]) == ("T02", 0.0, "")


@pytest.fixture
def demo_with(tmp_path: Path) -> Callable[[str], codebook.Codebook]:
    """The demo's codebook with lines at its end."""
    shutil.copytree(DEMO, tmp_path / "demo")
    shared = DEMO.parent / "_lists"
    if shared.is_dir():
        shutil.copytree(shared, tmp_path / "_lists")
    file = tmp_path / "demo" / "codebook.yaml"
    text = file.read_text("utf-8")

    def load(lines: str) -> codebook.Codebook:
        file.write_text(text.rstrip("\n") + "\n\n" + lines, "utf-8")
        return codebook.load(file)

    return load


def test_who_may_not_be_quoted_is_counted_and_not_quoted() -> None:
    made = uncovered()
    made.silent = {"P0", "P3"}
    (row,) = made.crossed()["topic_new"].itertuples()
    assert {place.split(":")[0] for place in row.anchors.split(" | ")} == {"P1", "P2", "P4", "P5"}
    assert row.n_cases == 6


QUOTES = ['Er sagt: "Komm rein", und das \'ne Tür ist # offen', "- Kaffee: ja, „gern“ & *immer* \\ oder?", "Über'n Hof {und} [weiter] %"]
PLACED = [(quote, f"I00{n}:{n}") for n, quote in enumerate(QUOTES)]


def test_a_snippet_pasted_into_the_codebook_loads(demo_with: Callable[[str], codebook.Codebook]) -> None:
    lines = snippet("NEU.kaffee_gebet", "Kaffee: nach dem »Gebet«, ja", ["Kaffee", "Gebet", "Tür auf", "no"], PLACED, ("ENG.gemeinde", "Religiöse Gemeinden"), "3")
    book = demo_with(lines)
    code = book.by_id()["NEU.kaffee_gebet"]
    assert [example.text for example in code.entry.examples] == QUOTES
    assert {example.by for example in code.entry.examples} == {"model"}
    assert (code.entry.label, code.entry.since, code.coded, code.rules) == ("Kaffee: nach dem »Gebet«, ja", "3", True, ())
    assert all(text.startswith(DRAFT) for text in (code.entry.definition, *code.entry.include, *code.entry.exclude))


def test_the_search_rule_of_a_snippet_holds_when_its_hashes_are_taken_away(demo_with: Callable[[str], codebook.Codebook]) -> None:
    lines = snippet("NEU.x", "X", ["Kaffee", "Tür auf", "null"], PLACED, None, "3").split("\n")
    at = next(n for n, line in enumerate(lines) if line.lstrip() == "# match:")
    opened = [*lines[:at], *(line.replace("# ", "", 1) for line in lines[at:])]
    rules = demo_with("\n".join(opened)).by_id()["NEU.x"].rules
    assert [(rule.kind, rule.pattern) for rule in rules] == [("lemma", "Kaffee"), ("lemma", "null"), ("phrase", "Tür auf")]


def test_every_snippet_of_a_run_can_be_pasted(demo_with: Callable[[str], codebook.Codebook]) -> None:
    (row,) = uncovered().crossed()["topic_new"].itertuples()
    code = demo_with(row.snippet).by_id()[row.id]
    quoted = [example.text for example in code.entry.examples]
    assert quoted[0] == SENTENCE.format(n=2)
    assert len(set(quoted)) == len(quoted) == 5  # everybody says the same sentences here; none is quoted twice


def test_ids_are_new() -> None:
    assert free_id("Kaffee nach dem Gebet", "T01", {"NEU.kaffee_gebet", "NEU.kaffee_gebet_2"}) == "NEU.kaffee_gebet_3"
    assert free_id("Çay – Ömer & Łódź", "T01", ()).isascii()


def test_chance_spread_is_near_one_for_many_sentences() -> None:
    assert cells._spread(np.full((1, 7), 5))[0] == pytest.approx(1)
    assert np.isnan(cells._spread(np.zeros((1, 3)))[0])
