"""The stage agreement: who is compared on what, before and after consensus, with machines; disagreements and confusions."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from conftest import lay_out, run

from pipeline import agreement
from pipeline.agreeing import notes
from pipeline.learning import frozen
from pipeline.learning.columns import to_column
from pipeline.learning.frozen import Certainty
from pipeline.places import Places
from pipeline.study import Model, Review
from pipeline.tables import check, frame, from_csv, from_parquet

CODES = ("A", "B", "C.eins")
BOOK = [
    {"order": 0, "code": "A", "label": "Aa", "definition": "Was A ist.", "level": 1, "parent": "", "coded": "yes"},
    {"order": 1, "code": "B", "label": "Bb", "definition": "", "level": 1, "parent": "", "coded": "yes"},
    {"order": 2, "code": "C", "label": "Cc", "definition": "", "level": 1, "parent": "", "coded": "no"},
    {"order": 3, "code": "C.eins", "label": "Eins", "definition": "Was eins ist.", "level": 2, "parent": "C", "coded": "yes"},
]  # fmt: skip


class Corpus:
    """Interviews of two turns with three sentences of 10 signs each; sentence (doc, turn, number)."""

    def __init__(self, docs: int = 2) -> None:
        self.places = [(f"I{d:03}", turn) for d in range(docs) for turn in (1, 2)]
        self.turns = [{"doc": d, "turn": t, "speaker": "B", "case": f"F{int(d[1:])}", "role": "respondent", "text": "x" * 30, "raw_sha256": "s"} for d, t in self.places]
        self.segments = [{"seg": f"{d}.{t}.{n}", "doc": d, "turn": t, "start": 10 * n, "end": 10 * n + 10} for d, t in self.places for n in range(3)]
        self.decisions: list[dict[str, Any]] = []
        self.reviewed: list[dict[str, Any]] = []
        self.codings: list[dict[str, Any]] = []
        self.suggestions: list[dict[str, Any]] = []
        self.outside: list[dict[str, Any]] = []

    def read(self, coder: str, *docs: str, mode: str = "double", codes: str = "", lacks: str = "", turns: tuple[int, ...] = (1, 2), date: str = "2026-06-02") -> None:
        for doc in docs:
            self.reviewed += [
                {"doc": doc, "turn": t, "start": 0, "end": 30, "coder": coder, "mode": mode, "codes": codes, "lacks": lacks, "date": date, "raw_sha256": "s", "raw_start": 0, "raw_end": 30}
                for t in turns
            ]  # fmt: skip

    def give(self, coder: str, code: str, doc: str, turn: int, n: int, action: str = "add", mode: str = "double", memo: str = "", span: tuple[int, int] | None = None) -> None:
        start, end = span or (10 * n, 10 * n + 10)
        self.decisions.append({
            "decision": f"d{len(self.decisions):03}", "order": len(self.decisions), "coder": coder, "mode": mode, "action": action, "code": code, "doc": doc, "turn": turn,
            "start": start, "end": end, "raw_start": start, "raw_end": end, "memo": memo,
        })  # fmt: skip

    def machine(self, coder: str, code: str, doc: str, turn: int, n: int, reason: str | None = None) -> None:
        row = {"coder": coder, "code": code, "doc": doc, "turn": turn, "start": 10 * n, "end": 10 * n + 10, "status": "proposed", "coding": f"m{len(self.codings) + len(self.suggestions)}"}
        if reason is None:
            self.codings.append(row)
        else:
            self.suggestions.append({**row, "reason": reason})

    def tables(self, replicates: int = 200, folder: Path = Path("nowhere"), served: tuple[str, ...] = (), use: bool = False) -> dict[str, pd.DataFrame]:
        found = agreement.whole(
            frame("turns", self.turns), frame("segments", self.segments), frame("codes", BOOK), frame("codings", self.codings), frame("suggestions", self.suggestions),
            frame("decisions", self.decisions), frame("reviewed", self.reviewed), frame("outside", self.outside),
            frame("model_codes", [{"order": n, "code": c, "served": "yes", "n_anchors": 1, "n_reviewed": 0, "n_varieties": 1} for n, c in enumerate(served)]),
            SimpleNamespace(review=Review(replicates=replicates), model=Model(use=use)), folder, Path("model.bin"),
        )  # fmt: skip
        made = {name: frame(name, rows) for name, rows in found.items()}
        assert not [fault for name, data in made.items() for fault in check(name, data)]
        return made


def close(value: float) -> Any:
    """Tables are rounded to six places."""
    return pytest.approx(value, abs=1e-6)


def rows(found: dict[str, pd.DataFrame], **wanted: Any) -> pd.DataFrame:
    data = found["agreement"]
    for name, value in {"scope": "people", "part": "all", "unit": "sentence", "code": "", "state": "before", **wanted}.items():
        data = data[data[name] == value]
    return data


def one(found: dict[str, pd.DataFrame], measure: str, **wanted: Any) -> Any:
    data = rows(found, measure=measure, **wanted)
    assert len(data) == 1, (measure, wanted, len(data))
    return data.iloc[0]


def two() -> Corpus:
    """ab and cd read two interviews blind: 12 sentences. Both give A on two, ab alone on one, cd alone gives B there, both B on one."""
    corpus = Corpus()
    for coder in ("ab", "cd"):
        corpus.read(coder, "I000", "I001")
        corpus.give(coder, "A", "I000", 1, 0)
        corpus.give(coder, "A", "I001", 1, 0)
        corpus.give(coder, "B", "I001", 2, 2)
    corpus.give("ab", "A", "I000", 1, 1, memo="weil es passt")
    corpus.give("cd", "B", "I000", 1, 1)
    return corpus


@pytest.mark.filterwarnings("error")
def test_figures_by_hand() -> None:
    found = two().tables()
    told = one(found, "percent", code="A")
    assert (told.a, told.b, told.n, told.n_cases, told.estimate) == ("ab", "cd", 12, 2, close(11 / 12))
    assert told.prevalence == close(5 / 24)
    chance = (3 * 2 + 9 * 10) / 144
    assert one(found, "cohen", code="A").estimate == close((11 / 12 - chance) / (1 - chance))
    pooled = (3 * 2 + 9 * 10) / 144, (1 * 2 + 11 * 10) / 144
    assert one(found, "cohen").estimate == close(1 - (1 / 12 + 1 / 12) / sum(1 - c for c in pooled))
    assert set(found["agreement"]["code"]) == {"", "A", "B"}  # nobody gave C.eins
    assert (one(found, "percent", unit="coded").n, one(found, "percent", unit="turn").n) == (4, 4)
    assert one(found, "percent", unit="turn", code="B").estimate == 0.75
    assert one(found, "percent", part="doc", value="I001", code="A").estimate == 1
    assert one(found, "percent", part="month", value="2026-06").n == 12
    assert np.isnan(told.low)
    assert notes.FEW_CASES in told.note
    assert notes.FEW_GIVEN not in told.note
    assert notes.FEW_GIVEN in one(found, "percent", code="B").note
    assert notes.DEPENDENT not in told.note
    assert not set(found["agreement"]["scope"]) - {"people"}


@pytest.mark.filterwarnings("error")
def test_sets_passages_and_the_text_sign_by_sign() -> None:
    from pipeline.agreeing.continuum import alpha_unitizing
    from pipeline.agreeing.sets import alpha_masi

    found = two().tables()
    none: set[str] = set()
    sets = [[{"A"}, {"A"}], [{"A"}, {"A"}], [{"B"}, {"B"}], [{"A"}, {"B"}], *[[none, none] for _ in range(8)]]
    assert one(found, "alpha_masi").estimate == close(alpha_masi(sets).estimate)
    assert one(found, "alpha_masi", unit="coded").estimate == close(alpha_masi(sets[:4]).estimate)
    told = one(found, "overlap_percent", unit="passage")
    assert (told.n, told.estimate) == (8, 6 / 8)
    assert one(found, "overlap_percent", unit="passage", code="A").estimate == 4 / 5
    assert one(found, "overlap_kappa", unit="passage").estimate == close((6 / 8 - 1 / 2) / (1 / 2))
    units = [(0, 10), (10, 20), (60, 70)], [(0, 10), (60, 70)]
    assert one(found, "alpha_unitizing", unit="continuum", code="A").estimate == close(alpha_unitizing(units, 120).estimate)
    assert one(found, "alpha_unitizing", unit="continuum", code="A").prevalence == close(50 / 240)
    assert one(found, "alpha_unitizing", unit="continuum", part="doc", value="I001").estimate == 1


def test_borders_that_differ_count_for_passages_and_the_text_alone() -> None:
    corpus = Corpus(1)
    for coder, span in (("ab", (0, 10)), ("cd", (0, 8))):
        corpus.read(coder, "I000")
        corpus.give(coder, "A", "I000", 1, 0, span=span)
    found = corpus.tables()
    assert one(found, "percent").estimate == 1
    assert one(found, "overlap_percent", unit="passage").estimate == 0
    assert 0.8 < one(found, "alpha_unitizing", unit="continuum").estimate < 1


def test_blind_readings_are_taken_where_there_are_any() -> None:
    corpus = Corpus()
    for coder in ("ab", "cd"):
        corpus.read(coder, "I000", mode="interview")
        corpus.give(coder, "A", "I000", 1, 0, mode="interview")
    found = corpus.tables()
    assert one(found, "percent").n == 6
    assert notes.DEPENDENT in one(found, "percent").note
    for coder in ("ab", "cd"):
        corpus.read(coder, "I001", mode="random", turns=(1,))
    corpus.give("ab", "A", "I001", 1, 0, mode="random")
    corpus.give("cd", "A", "I001", 1, 0, "accept", mode="interview")  # later, with proposals in sight
    told = one(corpus.tables(), "percent", code="A")
    assert (told.n, told.estimate) == (3, close(2 / 3))
    assert notes.DEPENDENT not in told.note


def test_only_what_both_read_for_a_category_is_compared() -> None:
    corpus = two()
    corpus.reviewed = []
    corpus.read("ab", "I000", "I001")
    corpus.read("cd", "I000", lacks="B")
    corpus.read("cd", "I001", codes="B; C.eins")
    corpus.read("cd", "I001", mode="queue")
    found = corpus.tables()
    assert (one(found, "percent", code="A").n, one(found, "percent", code="B").n, one(found, "percent").n) == (6, 6, 12)
    assert one(found, "percent", code="B").estimate == 1
    assert found["disagreements"]["only_b"].tolist() == [""]  # cd read I000 for a codebook that did not know B
    corpus.reviewed = [row for row in corpus.reviewed if row["coder"] == "ab"]
    assert all(not len(data) for data in corpus.tables().values())


def test_three_are_told_in_pairs_and_together() -> None:
    corpus = two()
    corpus.read("ef", "I000")
    corpus.give("ef", "A", "I000", 1, 0)
    found = corpus.tables()
    pairs = found["agreement"][["a", "b"]].drop_duplicates().to_numpy().tolist()
    assert pairs == [["ab", "cd"], ["ab", "ef"], ["cd", "ef"], ["alle", "alle"]]
    told = one(found, "fleiss", a="alle", code="A")
    assert (told.n, one(found, "percent", a="ab", b="ef").n) == (12, 6)
    assert one(found, "percent", a="alle", code="A").estimate == close((11 + 1 / 3) / 12)
    assert {"fleiss", "conger"} <= set(rows(found, a="alle")["measure"])
    assert not {"cohen", "scott"} & set(rows(found, a="alle")["measure"])
    # A, sign by sign: 3 x 60 + 2 x 60 signs, 60 coded, of which 30 in three and 20 in two pairs lie on one another.
    unitizing = one(found, "alpha_unitizing", a="alle", unit="continuum", code="A").estimate
    assert unitizing == close(1 - (60 - 50) * (300**2 - 600 - 240) / (300 * 60 * 240))
    single = found["agreement"][(found["agreement"]["part"] == "doc") & (found["agreement"]["code"] != "")]
    assert set(single["a"]) == {"alle"}


def test_intervals_come_from_five_cases_on_and_are_the_same_tomorrow() -> None:
    corpus = Corpus(6)
    for coder in ("ab", "cd"):
        corpus.read(coder, *(f"I{d:03}" for d in range(6)))
        for d in range(6):
            corpus.give(coder, "A", f"I{d:03}", 1, d % 2)
    corpus.give("ab", "A", "I000", 2, 0)
    corpus.give("cd", "B", "I001", 2, 0)
    found = corpus.tables()
    told = one(found, "alpha_nominal", code="A")
    assert told.low < told.estimate < told.high <= 1
    assert one(found, "cohen").low < one(found, "cohen").estimate
    assert one(found, "alpha_masi").low < one(found, "alpha_masi").estimate
    assert one(found, "overlap_percent", unit="passage").low < 1
    assert np.isnan(one(found, "cohen", code="B").low)
    assert notes.FEW_GIVEN in one(found, "cohen", code="B").note
    pd.testing.assert_frame_equal(found["agreement"], corpus.tables()["agreement"])
    without = corpus.tables(replicates=0)["agreement"]
    assert without["low"].isna().all()
    assert not without["note"].str.contains(notes.FEW_CASES).any()


def test_consensus_stands_beside_what_was_read_before() -> None:
    corpus = two()
    corpus.give("konsens", "B", "I000", 1, 1, "add", "consensus", memo="B geht vor")
    corpus.give("konsens", "A", "I000", 1, 1, "reject", "consensus")
    found = corpus.tables()
    assert one(found, "percent", code="A").estimate == close(11 / 12)
    assert (one(found, "percent", code="A", state="after").estimate, one(found, "cohen", state="after").estimate) == (1, 1)
    (row,) = found["disagreements"].itertuples()
    assert (row.resolved, row.resolved_memo) == ("B", "B geht vor")
    assert "konsens" not in set(found["agreement"]["a"]) | set(found["agreement"]["b"])
    corpus.decisions = [d for d in corpus.decisions if d["coder"] != "konsens"]
    corpus.give("konsens", "A", "I000", 1, 1, "reject", "consensus")
    corpus.give("konsens", "B", "I000", 1, 1, "reject", "consensus")
    assert corpus.tables()["disagreements"]["resolved"].tolist() == ["–"]


def test_disagreements_say_who_why_and_from_which_queue(tmp_path: Path) -> None:
    (tmp_path / "queues").mkdir()
    head = "queue,mode,coder,order,doc,raw_sha256,raw_start,raw_end,stratum,chance,codes,date,quote\n"
    (tmp_path / "queues" / "runde.csv").write_text(head + "runde,double,ab,1,I000,s,0,30,,0.5,,2026-06-01,x\n", "utf-8")
    corpus = two()
    corpus.give("cd", "A", "I000", 1, 1, "reject", memo="nur am Rand")
    (row,) = corpus.tables(folder=tmp_path / "queues")["disagreements"].itertuples()
    assert (row.doc, row.turn, row.start, row.end, row.seg, row.case, row.a, row.b) == ("I000", 1, 10, 20, "I000.1.1", "F0", "ab", "cd")
    assert (row.codes_a, row.codes_b, row.only_a, row.only_b) == ("A", "B", "A", "B")
    assert (row.memo_a, row.memo_b, row.round, row.resolved) == ("A: weil es passt", "A: nur am Rand", "runde", "")


def test_confusions_count_what_stands_for_what() -> None:
    corpus = two()
    corpus.give("ab", "A", "I001", 1, 1)
    corpus.give("cd", "B", "I001", 1, 1)
    corpus.give("ab", "A", "I001", 1, 2)
    found = corpus.tables()["confusions"].set_index(["code_a", "code_b"])
    told = found.loc["A", "B"]
    assert (told.n, told.n_cases, told.n_a, told.n_b, told.share, told.example) == (2, 2, 5, 3, close(0.4), "I000, Beitrag 1")
    assert told.hint.startswith("A und B werden verwechselt (zwei von fünf): bei A unter »exclude« sagen, was zu B gehört")
    assert told.hint.endswith("B hat noch keine Definition.")
    assert (found.loc["A", ""].n, found.loc["A", ""].hint) == (1, "")
    assert len(found) == 2


def test_the_machine_beside_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the model learnt from an interview, what another model says of its sentences counts, and nothing else of it."""
    certainty = Certainty(0.4, 0.3, 1.0, 0.0, 0.1)
    monkeypatch.setattr(frozen, "read", lambda path: SimpleNamespace(certainty=certainty))
    corpus = two()
    corpus.machine("model", "A", "I001", 1, 0)
    corpus.machine("model", "B", "I001", 1, 1, "gelesen und nicht vergeben (ab)")
    corpus.machine("model", "B", "I001", 1, 2, "nicht unter den besten")
    corpus.machine("model", "A", "I000", 2, 0)
    corpus.outside.append({"doc": "I000", "turn": 1, "seg": "I000.1.0", "chances": to_column(np.array([0.9, 0.1])), "free": to_column(np.array([0.9, 0.1]))})
    found = corpus.tables(served=("A", "B"), use=True)
    told = one(found, "percent", scope="machine", a="menschen", code="A")
    assert (told.b, told.n, told.estimate) == ("maschine", 7, 1)  # six sentences of I001, one of I000
    assert one(found, "percent", scope="machine", a="ab", code="B").estimate == close(5 / 7)
    assert len(rows(found, scope="machine", measure="cohen")) == 3
    assert not len(rows(found, scope="rule_model"))


def test_rules_with_the_model() -> None:
    corpus = Corpus()
    corpus.machine("rule", "A", "I000", 1, 0)
    corpus.machine("rule", "A", "I000", 1, 1, "das Modell folgt dem Treffer nicht")
    corpus.machine("rule", "A", "I000", 1, 2, "verneint")
    corpus.machine("model", "A", "I000", 1, 0)
    corpus.machine("model", "B", "I000", 1, 0)
    told = one(corpus.tables(served=("A", "B")), "percent", scope="rule_model", code="A")
    assert (told.a, told.b, told.n, told.estimate) == ("rule", "model", 12, close(11 / 12))


@pytest.mark.filterwarnings("error")
def test_nothing_to_compare_leaves_empty_tables() -> None:
    corpus = Corpus()
    assert all(not len(data) for data in corpus.tables().values())
    corpus.read("ab", "I000")
    corpus.give("zz", "A", "I000", 1, 0)
    corpus.give("ab", "weg", "I000", 1, 0)
    assert all(not len(data) for data in corpus.tables().values())
    corpus.turns = []
    corpus.segments = []
    assert all(not len(data) for data in corpus.tables().values())
    corpus = Corpus()
    for coder in ("ab", "cd"):
        corpus.read(coder, "I000")
    assert not len(corpus.tables()["agreement"])  # both read, nobody gave anything


@pytest.mark.filterwarnings("error")
def test_who_gives_a_category_everywhere_gets_no_coefficient_and_the_reason() -> None:
    corpus = Corpus()
    for coder in ("ab", "cd"):
        corpus.read(coder, "I000", "I001")
        for doc, turn in corpus.places:
            for n in range(3):
                corpus.give(coder, "A", doc, turn, n)
    found = corpus.tables()
    assert one(found, "percent", code="A").estimate == 1
    for measure in ("cohen", "alpha_nominal", "ac1"):
        assert np.isnan(one(found, measure, code="A").estimate)
        assert notes.ONE_CATEGORY in one(found, measure, code="A").note
    assert notes.IS_COMMON in one(found, "percent", code="A").note


def test_two_files_of_hand_codings_of_the_tiny_study(tmp_path: Path, finished: Places) -> None:
    """From lists as people keep them to the tables: two read the first interview, one of them gives more."""
    places = lay_out(tmp_path)
    raw = from_csv(finished.private / "tables" / "turns_raw.csv")
    spoken = raw[(raw["doc"] == "I001") & (raw["role"] == "respondent")]
    head = "doc,raw_sha256,raw_start,raw_end,code,quote,mode,action,memo\n"
    (places.codebooks / "handcoded").mkdir(exist_ok=True)
    first, second = list(spoken.itertuples())[:2]
    lines = {
        "ab": [f"I001,{first.raw_sha256},0,60,ENG.nachbar,x,double,,klar", f"I001,{second.raw_sha256},0,40,ENG.verein,x,double,,", f"I001,{second.raw_sha256},0,40,BED.raum,x,double,withdraw,"],
        "cd": [f"I001,{first.raw_sha256},0,60,ENG.nachbar,x,double,,", f"I001,{second.raw_sha256},0,40,BED.raum,x,double,,"],
    }
    for coder, told in lines.items():
        (places.codebooks / "handcoded" / f"{coder}.csv").write_text(head + "".join(line + "\n" for line in told), "utf-8")
    read = "doc,raw_sha256,raw_start,raw_end,coder,mode,date,codebook\n"
    read += "".join(f"I001,{turn.raw_sha256},0,{len(turn.text)},{coder},double,2026-06-0{n},1\n" for n, coder in enumerate(("ab", "cd"), 1) for turn in (first, second))
    (places.codebooks / "reviewed.csv").write_text(read, "utf-8")
    run(places, "agreement")
    found = {name: from_parquet(places.outputs / "work" / "agreement" / f"{name}.parquet") for name in ("agreement", "disagreements", "confusions")}
    told = one(found, "percent", code="ENG.nachbar")
    assert (told.a, told.b, told.estimate) == ("ab", "cd", 1)
    assert told.n > 2
    assert found["disagreements"]["only_a"].tolist() == ["ENG.verein"]
    assert found["disagreements"]["only_b"].tolist() == ["BED.raum"]
    assert found["confusions"][["code_a", "code_b", "n"]].to_numpy().tolist() == [["ENG.verein", "BED.raum", 1]]

