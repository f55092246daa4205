"""Quality of proposals: which sentences are measured, what counts as true, which chances are taken, and shares with their reasons."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pipeline import quality
from pipeline.evaluating import figures, metrics
from pipeline.evaluating.drawn_turns import design_effect, from_turns, unlikely
from pipeline.evaluating.figures import Beside
from pipeline.evaluating.intervals import resampled_interval
from pipeline.evaluating.prevalence import from_sample
from pipeline.learning import frozen
from pipeline.learning.columns import to_column
from pipeline.learning.frozen import Certainty
from pipeline.learning.thresholds import thresholds
from pipeline.study import SEED, Findings, Variable
from pipeline.study import Model as Settings
from pipeline.tables import frame

CODES = ("A.eins", "A.zwei", "B")
SCHEME = frame(
    "scheme",
    [{"order": n, "code": c, "parent": p, "since": "1", "coded": "yes"} for n, (c, p) in enumerate([("A", ""), ("A.eins", "A"), ("A.zwei", "A"), ("B", "")])],
)  # fmt: skip
SURE = Certainty(0.4, 0.3, -2.0, 0.5, 0.1)  # calibrated: 1 / (1 + exp(-2 logit(.4) + .5))
TOLD_LEAST = 1 / (1 + np.exp(-2.0 * np.log(0.4 / 0.6) + 0.5))


def turn_rows(docs: int, turns: int, role: str = "respondent") -> list[dict[str, Any]]:
    return [
        {"doc": f"I{d:03}", "turn": t, "speaker": "B", "case": f"F{d}", "role": role, "text": "x" * 40}
        for d in range(docs) for t in range(1, turns + 1)
    ]  # fmt: skip


class Corpus:
    """Interviews of turns with two sentences of 20 signs each; chances .1 for all codes unless set."""

    def __init__(self, docs: int = 3, turns: int = 4) -> None:
        self.turns = frame("turns", turn_rows(docs, turns))
        self.segments = frame(
            "segments",
            [
                {"seg": f"{t.doc}-{t.turn:02}-{half}", "doc": t.doc, "turn": t.turn, "start": 20 * half, "end": 20 * half + 20}
                for t in self.turns.itertuples() for half in (0, 1)
            ],
        )  # fmt: skip
        self.cases = frame("cases", [{"case": f"F{d}", "doc": f"I{d:03}", "speaker": "B", "language": "Deutsch", "ort": "nord" if d else "süd"} for d in range(docs)], ["ort"])
        self.told: dict[str, list[float]] = {seg: [0.1] * 3 for seg in self.segments["seg"]}
        self.outside: dict[str, list[float]] = {}
        self.people: list[dict[str, Any]] = []
        self.decisions: list[dict[str, Any]] = []
        self.read: list[dict[str, Any]] = []
        self.asked: dict[tuple[str, int], str] = {}
        self.taught: list[str] = []  # interviews that the model learnt from

    def give(self, doc: str, turn: int, start: int, end: int, code: str, coder: str = "anna", status: str = "accepted") -> None:
        place = {"doc": doc, "turn": turn, "start": start, "end": end, "code": code, "coder": coder}
        self.people.append({**place, "coding": f"c{len(self.people)}", "status": status})

    def decide(self, action: str, doc: str, turn: int, start: int, end: int, code: str, date: str = "2026-01-01") -> None:
        place = {"doc": doc, "turn": turn, "start": start, "end": end, "code": code, "coder": "anna"}
        self.decisions.append({**place, "decision": f"d{len(self.decisions):03}", "order": len(self.decisions), "date": date, "action": action, "raw_start": start, "raw_end": end})

    def review(self, doc: str, turn: int, mode: str = "random", start: int = 0, end: int = 40) -> None:
        self.read.append({"doc": doc, "turn": turn, "start": start, "end": end, "coder": "anna", "mode": mode, "raw_start": start, "raw_end": end})

    def chances(self, name: str, given: dict[str, list[float]]) -> pd.DataFrame:
        return frame(
            name,
            [{"doc": seg[:4], "turn": int(seg[5:7]), "seg": seg, "chances": to_column(np.array(v)), "free": to_column(np.array(v))} for seg, v in given.items()],
        )

    def quality(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: bool = True, guide: str = "") -> dict[str, pd.DataFrame]:
        read = SimpleNamespace(model=SimpleNamespace(codes=CODES), certainty=SURE) if model else None
        monkeypatch.setattr(frozen, "read", lambda path: read)
        (tmp_path / "guide.yaml").write_text(guide or "questions: []\n", "utf-8")
        found = quality.whole(
            self.turns, self.segments, self.cases,
            frame("questions", [{"doc": d, "turn": t, "question": q, "kind": "none"} for (d, t), q in self.asked.items()]), SCHEME,
            frame("codings", self.people), frame("decisions", self.decisions), frame("reviewed", self.read),
            self.chances("chances", self.told if model else {}), self.chances("outside", self.outside),
            frame("model_codes", [{"order": n + 1, "code": c, "n_anchors": 9, "n_reviewed": 0, "n_varieties": 1} for n, c in enumerate(CODES)]),
            frame("lessons", [{"doc": doc, "turn": 1, "seg": f"{doc}.x"} for doc in self.taught]),
            SimpleNamespace(variables={"ort": Variable(values={"nord": "Nord"}), "frei": Variable()}, findings=Findings(), model=Settings(), annotate=None),
            tmp_path / "model.bin", tmp_path / "guide.yaml",
        )  # fmt: skip
        return {name: frame(name, rows) for name, rows in found.items()}


def one(found: dict[str, pd.DataFrame], measure: str, part: str = "all", value: str = "", unit: str = "sentence") -> Any:
    q = found["quality"]
    rows = q[(q["measure"] == measure) & (q["part"] == part) & (q["value"] == value) & (q["unit"] == unit)]
    assert len(rows) == 1, (measure, part, value)
    return rows.iloc[0]


def test_nothing_read_leaves_all_empty_but_reasons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Corpus()
    corpus.review("I000", 1, "queue")
    corpus.give("I000", 1, 0, 20, "B")
    for model in (True, False):
        found = corpus.quality(tmp_path, monkeypatch, model)
        assert [name for name, rows in found.items() if len(rows)] == ["quality_prevalence"]
        assert list(found["quality_prevalence"]["code"]) == ["A", "A.eins", "A.zwei", "B"]
        assert found["quality_prevalence"]["reason"].str.startswith("Keine Zufallsstichprobe").all()
        assert found["quality_prevalence"]["estimate"].isna().all()


def test_figures_by_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two turns of two interviews read: 4 sentences. Given 3 codes, proposed 2, one of them true."""
    corpus = Corpus()
    for doc in ("I000", "I001"):
        corpus.review(doc, 1)
    corpus.give("I000", 1, 0, 20, "A.eins")
    corpus.give("I001", 1, 0, 20, "B")
    corpus.give("I001", 1, 25, 35, "B")  # ten signs of the second sentence: all of the passage lies in it
    corpus.give("I001", 1, 15, 29, "A.zwei")  # 5 of 14 in the first, 9 of 14 in the second: counts for the second
    corpus.told["I000-01-0"] = [0.9, 0.1, 0.1]
    corpus.told["I000-01-1"] = [0.1, 0.1, 0.8]
    corpus.told["I002-01-0"] = [0.9, 0.9, 0.9]  # nobody read it
    found = corpus.quality(tmp_path, monkeypatch)
    assert one(found, "n_sentences").estimate == 4
    assert one(found, "n_interviews").estimate == 2
    assert (one(found, "precision").n, one(found, "precision").estimate) == (2, 0.5)
    assert (one(found, "recall").n, one(found, "recall").estimate) == (4, 0.25)
    assert one(found, "f1").estimate == pytest.approx(2 / 6)
    assert one(found, "recall", unit="turn").n == 3  # B twice in one turn counts once
    assert (one(found, "n_sentences", "ort", "nord").estimate, one(found, "recall", "ort", "süd").estimate) == (2, 1)
    assert np.isnan(one(found, "recall", "ort", "nord").low)  # one interview says nothing of others
    assert one(found, "n_sentences", "language", "Deutsch").estimate == 4
    codes = found["quality_codes"].set_index("code")
    assert codes.loc["B", ["n_sentences", "n_true", "n_proposed", "n_both"]].tolist() == [4, 2, 1, 0]
    assert codes.loc["A.eins", ["precision", "recall", "f1", "ap"]].tolist() == [1, 1, 1, 1]
    assert list(codes["order"]) == [1, 2, 3]
    assert found["quality_calibration"]["n"].tolist() == [2, 0, 0, 0, 0, 0, 0, 1, 1, 0]


def test_threshold_is_that_of_proposals_on_the_told_scale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Corpus()
    corpus.review("I000", 1)
    corpus.told["I000-01-0"] = [TOLD_LEAST - 0.01, TOLD_LEAST, TOLD_LEAST + 0.01]
    assert one(corpus.quality(tmp_path, monkeypatch), "precision").n == 2
    assert thresholds(SURE, 0.6)[0] == pytest.approx(1 / (1 + np.exp(-2 * np.log(1.5) + 0.5)), abs=1e-3)


def test_sentences_that_were_learnt_are_judged_by_a_model_that_did_not_know_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Corpus()
    for doc in ("I000", "I001"):
        corpus.review(doc, 1)
    corpus.give("I000", 1, 0, 20, "B")
    corpus.told["I000-01-0"] = [0.1, 0.1, 0.99]
    assert one(corpus.quality(tmp_path, monkeypatch), "recall").estimate == 1
    corpus.outside = {"I000-01-0": [0.1, 0.1, 0.1], "I000-01-1": [0.1, 0.1, 0.1]}
    found = corpus.quality(tmp_path, monkeypatch)
    assert one(found, "recall").estimate == 0
    assert [one(found, "n_sentences", "learnt", value).estimate for value in ("yes", "no")] == [2, 2]


def test_what_people_gave_counts_as_it_stands_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Corpus()
    corpus.review("I000", 1)
    corpus.decide("accept", "I000", 1, 0, 20, "B")
    corpus.decide("add", "I000", 1, 20, 40, "A.eins")
    corpus.give("I000", 1, 20, 40, "A.eins")
    corpus.give("I000", 1, 0, 20, "A.zwei", coder="model")  # a machine's is no truth, whatever its status
    found = corpus.quality(tmp_path, monkeypatch)["quality_codes"].set_index("code")["n_true"]
    assert found.to_dict() == {"A.eins": 1, "A.zwei": 0, "B": 1}
    corpus.decide("reject", "I000", 1, 0, 20, "B", "2026-02-01")
    corpus.decide("reject", "I000", 1, 20, 40, "A.eins", "2025-12-01")  # before it was added
    found = corpus.quality(tmp_path, monkeypatch)["quality_codes"].set_index("code")["n_true"]
    assert found.to_dict() == {"A.eins": 1, "A.zwei": 0, "B": 0}


def test_several_coders_agree_by_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Corpus()
    for coder in ("anna", "bert", "carl"):
        corpus.review("I000", 1)
        corpus.read[-1]["coder"] = coder
    corpus.give("I000", 1, 0, 20, "B", "anna")
    corpus.give("I000", 1, 0, 20, "A.eins", "anna")
    corpus.give("I000", 1, 0, 20, "A.eins", "bert")
    found = corpus.quality(tmp_path, monkeypatch)["quality_codes"].set_index("code")["n_true"]
    assert found.to_dict() == {"A.eins": 1, "A.zwei": 0, "B": 0}


def test_recall_on_and_off_what_the_question_asks_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Corpus()
    corpus.review("I000", 1)
    corpus.asked["I000", 1] = "L1"
    corpus.give("I000", 1, 0, 20, "B")
    corpus.give("I000", 1, 20, 40, "A.eins")
    corpus.told["I000-01-0"] = [0.1, 0.1, 0.9]
    found = corpus.quality(tmp_path, monkeypatch, guide="questions:\n  - {id: L1, text: Was, expects: [B]}\n")
    assert [(one(found, "recall", "prior", v).n, one(found, "recall", "prior", v).estimate) for v in ("on", "off")] == [(1, 1), (1, 0)]


def test_codes_above_count_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Corpus(docs=4, turns=10)
    for doc in ("I000", "I001", "I002"):
        for turn in range(1, 11):
            corpus.review(doc, turn, "interview")
        corpus.give(doc, 1, 0, 20, "A.eins")
    found = corpus.quality(tmp_path, monkeypatch)["quality_prevalence"].set_index("code")
    assert found.loc["A", "method"] == found.loc["A.eins", "method"] == "interviews"
    assert found.loc["A", "estimate"] > 0.03
    assert found.loc["A.eins", "n_reviewed"] == 60
    assert found.loc["A", "low"] < 3 / 60 < found.loc["A", "high"]


def test_a_random_sample_of_turns_gives_shares(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Corpus(docs=6, turns=10)
    for doc in range(6):
        for turn in (2, 5, 9):
            corpus.review(f"I{doc:03}", turn)
        corpus.give(f"I{doc:03}", 2, 0, 40, "B")
    found = corpus.quality(tmp_path, monkeypatch)["quality_prevalence"].set_index("code")
    assert found.loc["B", ["method", "n_reviewed", "reason"]].tolist() == ["turns-tuned", 36, ""]
    assert 0.2 < found.loc["B", "estimate"] < 0.4


def test_whole_interviews_are_no_random_sample_whatever_they_are_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Corpus(docs=10, turns=20)
    for doc in ("I000", "I001"):
        for turn in range(1, 21):
            corpus.review(doc, turn)
    reasons = corpus.quality(tmp_path, monkeypatch)["quality_prevalence"]["reason"]
    assert reasons.str.contains("40 Beiträge liegen in nur 2 von 10 Gesprächen").all()
    assert reasons.str.contains("Zu wenige Interviews ganz geprüft: 2").all()
    interview = np.repeat(np.arange(10), 20)
    rng = np.random.default_rng(SEED)
    for m in (1, 3, 15, 40):
        drawn = [unlikely(interview, np.arange(200), np.isin(np.arange(200), rng.choice(200, m, replace=False))) for _ in range(50)]
        assert sum(map(bool, drawn)) <= 1


def test_a_machine_that_learnt_from_the_sample_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Corpus(docs=6, turns=10)
    for doc in range(6):
        for turn in (2, 5, 9):
            corpus.review(f"I{doc:03}", turn)
    corpus.give("I000", 2, 0, 20, "B")
    for seg in corpus.told:
        corpus.told[seg] = [0.1, 0.1, 0.0 if int(seg[5:7]) in (2, 5, 9) else 0.8]
    corpus.told["I000-02-0"][2] = 1.0
    helped = corpus.quality(tmp_path, monkeypatch)["quality_prevalence"].set_index("code")
    corpus.outside = {"I000-02-0": [0.1, 0.1, 1.0]}
    alone = corpus.quality(tmp_path, monkeypatch)["quality_prevalence"].set_index("code")
    assert helped.loc["B", "estimate"] > 0.2
    assert alone.loc["B", "estimate"] == pytest.approx(1 / 36, abs=1e-6)


def test_turns_of_one_sentence_are_a_plain_sample() -> None:
    rng = np.random.default_rng(1)
    truth, scores = rng.random(60) < 0.2, rng.random(300)
    assert from_turns(scores, np.arange(60), truth, np.arange(60), True) == from_sample(scores, np.arange(60), truth, True)


def test_alike_sentences_widen_the_interval() -> None:
    truth = np.arange(120) % 24 < 6  # every fourth turn of six sentences has the code throughout
    turns = np.arange(120) // 6
    whole, single = from_turns(np.zeros(900), np.arange(120), truth, turns), from_sample(np.zeros(900), np.arange(120), truth)
    assert whole.estimate == single.estimate == 0.25
    assert whole.high - whole.low > 1.8 * (single.high - single.low)
    mixed = from_turns(np.zeros(900), np.arange(120), np.arange(120) % 4 == 0, turns)
    assert mixed.high - mixed.low > 1.2 * (single.high - single.low)  # likeness is assumed where none is seen
    few = from_turns(np.zeros(900), np.arange(60), truth[:60], np.arange(60) // 6)
    assert few.reason == "Zu wenige zufällig gezogene Beiträge gelesen: 10, nötig sind mindestens 15."
    assert design_effect(np.array([1, 9]), 0.5) == pytest.approx(1 + (8.2 - 1) / 2)


@pytest.mark.parametrize("share", [0.03, 0.1, 0.3])
@pytest.mark.parametrize("alike", [0.0, 0.3, 0.5])
@pytest.mark.parametrize("machine", [False, True])
def test_drawn_turns_hold_the_truth(share: float, alike: float, machine: bool) -> None:
    """36 of 400 turns of 1 to 9 sentences, 400 times; `alike` is the correlation within a turn."""
    rng, held = np.random.default_rng(SEED), 0
    for _ in range(400):
        turn = np.repeat(np.arange(400), rng.integers(1, 10, 400))
        spread = 1 / alike - 1 if alike else 0
        chance = rng.beta(share * spread, (1 - share) * spread, 400) if alike else np.full(400, share)
        truth = rng.random(len(turn)) < chance[turn]
        logit = -2.5 + 2 * rng.normal(size=len(turn)) + 3 * truth
        scores = 1 / (1 + np.exp(-logit)) if machine else np.zeros(len(turn))
        rows = np.flatnonzero(np.isin(turn, rng.choice(400, 36, replace=False)))
        found = from_turns(scores, rows, truth[rows], turn[rows], tuned=True)
        held += bool(found.low <= truth.mean() <= found.high)
    assert held / 400 >= 0.93


def test_ranking_with_weights_is_that_of_the_plain_measure() -> None:
    """The quick mAP of the bootstrap beside `metrics.mean_average_precision`, ties and missing codes included."""
    rng = np.random.default_rng(SEED)
    truth, chances = rng.random((60, 5)) < 0.15, np.round(rng.random((60, 5)), 1)
    truth[:, 4] = False
    interview = np.arange(60) // 12
    beside = Beside(truth, chances, chances > 0.5, interview)
    found = next(f for f in figures.ranking(beside, SEED) if f.measure == "map")
    slow = resampled_interval(lambda w: metrics.mean_average_precision(truth, chances, w), interview, SEED)
    assert (found.estimate, found.low, found.high) == pytest.approx(tuple(float(x) for x in slow))


def test_what_the_model_knew_is_not_measured_but_for_what_another_one_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Corpus()
    for doc in ("I000", "I001"):
        corpus.review(doc, 1)
    every = corpus.quality(tmp_path, monkeypatch)["quality"]
    corpus.taught = ["I000"]
    without = corpus.quality(tmp_path, monkeypatch)["quality"]
    corpus.outside = {seg: [0.1] * 3 for seg in corpus.segments["seg"] if seg.startswith("I000")}
    again = corpus.quality(tmp_path, monkeypatch)["quality"]

    def sentences(rows: pd.DataFrame) -> int:
        found = rows[(rows["measure"] == "n_sentences") & (rows["unit"] == "sentence") & (rows["part"] == "all")]
        return int(found["estimate"].iloc[0])

    assert (sentences(every), sentences(without), sentences(again)) == (4, 2, 4)
