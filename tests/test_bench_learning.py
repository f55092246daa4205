"""The measuring of the learner on a tiny made set: classes are told apart, nothing leaks from the texts that are held out."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

import learner_speed
import learning

ROADS = ("Lindenallee", "Bahnstraße", "Gartenstraße", "Schulgasse", "Hafenstraße", "Marktgasse", "Bergstraße", "Talstraße")
POSITIONS = ("Bitte die {} endlich sperren.", "Man sollte die {} für Räder öffnen.", "Die {} muss breiter werden.")
PREMISES = ("Auf der {} ist es viel zu eng.", "In der {} rasen die Autos jeden Tag.", "Die {} war gestern wieder zugeparkt.")
GREETINGS = ("Viele Grüße aus der {}!", "Danke und Gruß, {}!", "Siehe {}.")
Rows = list[dict[str, str]]


@pytest.fixture(scope="module", autouse=True)
def alone() -> Iterator[None]:
    """Everything in this process: starting others takes longer than the work."""
    from joblib import parallel_config

    with parallel_config(backend="sequential"):
        yield


@pytest.fixture(scope="module")
def rows() -> Rows:
    chance = random.Random(1)
    kinds = (("mpos", POSITIONS), ("premise", PREMISES), ("non-arg", GREETINGS))
    return [
        {"document_id": f"d{doc:02d}", "content": chance.choice(texts).format(chance.choice(ROADS)), "code": code}
        for doc in range(20)
        for code, texts in chance.sample(kinds, 3)
    ]


def figure(row: tuple[str, ...]) -> float:
    return float(row[1])


def test_classes_of_sentences_are_told_apart(rows: Rows) -> None:
    found = learning.argument(rows, "Musterstadt")
    assert [row[0] for row in found] == ["Musterstadt: argument or none (macro-F1)", "Musterstadt: premise or position (macro-F1)"]
    assert min(map(figure, found)) > 0.9
    assert all("linear SVM" in row[3] for row in found)


def test_codes_at_random_are_not_learnt(rows: Rows) -> None:
    codes = [row["code"] for row in rows]
    random.Random(5).shuffle(codes)
    found = learning.argument([row | {"code": code} for row, code in zip(rows, codes, strict=True)], "Musterstadt")
    assert max(map(figure, found)) < 0.75


def test_several_topics_and_one_that_never_occurs(rows: Rows) -> None:
    told = [
        {"document_id": str(n), "title": row["content"], "text": row["content"], "url": "", "ask": str(int(row["code"] == "mpos")),
         "greet": str(int(row["code"] == "non-arg")), "never": "0"}
        for n, row in enumerate(rows)
    ]  # fmt: skip
    row = learning.topics(told, "Musterstadt")
    assert figure(row) > 0.9
    assert "2 topics" in row[3]


def test_a_contribution_is_in_one_fold() -> None:
    docs = np.repeat([f"d{n}" for n in range(23)], 3)
    fold = learning.folds(docs)
    assert all(len(set(fold[docs == doc].tolist())) == 1 for doc in set(docs.tolist()))
    assert set(fold.tolist()) == set(range(learning.FOLDS))


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    rows = list(learning.quality(tmp_path / "fehlt"))
    assert [row[1] for row in rows] == ["not measured", "not measured"]


def test_one_anchor_more_is_one_row(tmp_path: Path) -> None:
    path = tmp_path / "c" / "anchors" / "a.csv"
    path.parent.mkdir(parents=True)
    path.write_text("codes,text,variety\nA,Der Nachbar hilft.,standard\n", "utf-8-sig")
    learner_speed.one_anchor_more(tmp_path)
    assert learner_speed.anchors(tmp_path) == 2
    assert path.read_text("utf-8-sig").splitlines()[2].startswith("A,Gestern")
