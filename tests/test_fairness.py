"""Fairness: recall of the same contents in several varieties, when a gap is told, and that the demo's list is fit to measure with."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from pipeline import codebook, fairness, guide
from pipeline.encoders.kept import to_text
from pipeline.learning import fair, frozen, training
from pipeline.learning.model import Interview, Scored
from pipeline.learning.ready import prepared
from pipeline.problems import Stop
from pipeline.study import Annotate
from pipeline.study import Model as Settings
from pipeline.tables import frame

BOOK = Path(__file__).parent.parent / "codebooks" / "demo"
CODES = ("A.eins", "B")


def contents(number: int, varieties: tuple[str, ...] = ("standard", "ruhr"), code: str = "A.eins", part: str = "") -> list[fair.Told]:
    row = {"code": code, "question": "L1", "part": part}
    return [fair.told({**row, "content": f"{code}{n}", "variety": v, "text": f"{code} {n} {v}"}) for n in range(number) for v in varieties]


def by_part(rows: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["part"], row["variety"]): row for row in rows}


def test_a_gap_beyond_one_twentieth_is_told_and_a_smaller_one_is_not() -> None:
    rows = contents(40)
    proposed = np.array([row.variety == "standard" or int(row.content.removeprefix("A.eins")) >= 3 for row in rows])
    five = np.array([row.variety == "standard" or int(row.content.removeprefix("A.eins")) >= 2 for row in rows])
    found = by_part(fair.rows_of(rows, proposed, five))
    assert set(found) == {(part, v) for part in ("all", "all @5", "A", "A @5") for v in ("standard", "ruhr")}
    assert found["A", "ruhr"] | {"gap": 0, "told": ""} == {"part": "A", "variety": "ruhr", "n": 40, "recall": 37 / 40, "gap": 0, "told": ""}
    assert found["A", "ruhr"]["gap"] == pytest.approx(3 / 40)
    assert found["A", "ruhr"]["told"] == (
        "Ruhrdeutsch wird seltener erkannt bei A (37 von 40 Inhalten, Standarddeutsch 40 von 40): "
        "Vergleiche von Gruppen, die verschieden sprechen, beruhen hier nur auf gelesenen Stellen."
    )
    assert found["all @5", "ruhr"]["gap"] == pytest.approx(0.05)
    assert (found["all @5", "ruhr"]["told"], found["A", "standard"]["told"], found["A", "standard"]["gap"]) == ("", "", 0)


def test_small_parts_and_contents_that_lack_a_variety_are_left_out() -> None:
    rows = [*contents(10), *contents(9, code="B"), *contents(3, ("standard",), code="C")]
    found = by_part(fair.rows_of(rows, np.ones(len(rows), dtype=bool), np.ones(len(rows), dtype=bool)))
    assert {part for part, _ in found} == {"all", "all @5", "A", "A @5"}
    assert found["all", "ruhr"]["n"] == 19
    named = fair.rows_of(contents(10, part="A/B; besonders"), np.ones(20, dtype=bool), np.ones(20, dtype=bool))
    assert {row["part"] for row in named if "@" not in row["part"]} == {"all", "A/B", "besonders"}


def model(threshold: float = 0.5) -> Any:
    return SimpleNamespace(model=SimpleNamespace(codes=CODES), certainty=SimpleNamespace(threshold=threshold))


def test_every_sentence_is_judged_alone_as_the_answer_to_its_question(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Interview] = []

    def score(_: Any, one: Interview) -> Scored:
        seen.append(one)
        logits = np.array([[float(one.vectors[0, 0]), 0.0]])
        return Scored(logits, logits, logits.astype(int))

    monkeypatch.setattr(fair, "score", score)
    rows = contents(2)
    prepared = {row.text: (["wort"], np.array([1.0 if row.variety == "standard" else -1.0, 0.0])) for row in rows}
    asked = {"L1": np.array([0.0, 1.0])}
    proposed, five = fair.judged(rows, prepared, asked, {"L1": {"B"}}, model())
    assert proposed.tolist() == [True, False, True, False]
    assert five.all()
    assert len(seen) == 4
    assert seen[0].asked.tolist() == [[0.0, 1.0]]
    assert seen[0].expected.tolist() == [[False, True]]
    assert fair.judged(rows, prepared, asked, {}, model(), 0.8)[0].sum() == 0
    fair.judged([row._replace(question="") for row in rows[:1]], prepared, asked, {"L1": {"B"}}, model())
    assert (seen[-1].asked.tolist(), seen[-1].expected.any()) == ([[0.0, 0.0]], False)


def test_the_stage_reads_the_list_and_keeps_what_was_made_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "fairness.csv"
    lines = [f"{row.content},{row.code},,{row.variety},{row.text}" for row in [*contents(10), *contents(10, code="Z.fremd")]]
    path.write_text("\n".join(["content,code,question,variety,text", *lines]), "utf-8-sig")
    monkeypatch.setattr(fair, "score", lambda _, one: Scored(np.array([[5.0 if one.bags[0] == ["gut"] else -5.0, 0.0]]), np.zeros((1, 2)), np.zeros((1, 2))))
    settings = SimpleNamespace(model=Settings(), annotate=Annotate())
    vector = to_text(np.array([1.0, 0.0]))
    before = frame("fair_sentences", [{"text": row.text, "words": "gut" if row.variety == "ruhr" else "x", "vector": vector} for row in contents(10)])
    found = fairness.told(fair.read(path), model(), guide.Guide(), settings, before)
    assert {(row["variety"], row["recall"]) for row in found["quality_fairness"] if row["part"] == "all"} == {("standard", 0.0), ("ruhr", 1.0)}
    assert len(found["fair_sentences"]) == 20  # codes that the model does not know are no sentences of ours
    assert fairness.told([], model(), guide.Guide(), settings, before) == {"quality_fairness": [], "fair_sentences": []}
    assert fairness.told(fair.read(path), None, guide.Guide(), settings, None)["quality_fairness"] == []
    assert fair.read(tmp_path / "keine.csv") == []
    path.write_text("content,code,variety,text\n1,B,ruhr,wat\n", "utf-8")
    with pytest.raises(Stop, match=r"fairness\.csv"):
        fair.read(path)


def test_sentences_are_made_ready_as_those_of_interviews_are() -> None:
    (words, vector), (other, _) = prepared(["Dat mit den Mietverträgen is nix, ne.", "Hallo"], "", Annotate(region="ruhr"))
    assert "mietvertrag" in words.split() and "vertrag" in words.split()  # noqa: PT018
    assert "ne" not in words.split()
    assert len(vector) > 500
    assert fair.prepare(["a", "b", "a"], {"a": ("alt", "v")}, lambda texts: [(text, "neu") for text in texts]) == {"a": ("alt", "v"), "b": ("b", "neu")}
    assert other is not None


def test_the_demos_list_is_fit_to_measure_with() -> None:
    """150 contents, each in four varieties, of known codes and questions; none is a sentence that the model learns from."""
    with (BOOK / "fairness.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    told = fair.read(BOOK / "fairness.csv")
    assert len(rows) == len(told) == 600
    assert len({row.text for row in told}) == 600
    varieties = Counter(row.variety for row in told)
    assert varieties == dict.fromkeys(("standard", "ruhr", "learner", "youth"), 150)
    assert len(fair._complete(told)) == 600
    book, asked = codebook.load(BOOK / "codebook.yaml"), {q.id for q in guide.load(BOOK / "guide.yaml").questions}
    assert {row.code for row in told} <= set(book.by_id())
    assert {row.question for row in told} <= asked
    assert Counter(part for row in told for part in row.parts)["POT/ENG"] == Counter(part for row in told for part in row.parts)["SEG"] == 240
    learnt = {training.folded(one.text) for one in training.gather(book, BOOK / "anchors")}
    assert not learnt & {training.folded(row.text) for row in told}
    assert set(varieties) <= set(fair.NAMES)
    assert frozen.default_certainty().threshold > 0
