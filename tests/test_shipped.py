"""What ships for the learner is what would be made today, and holds what it promises."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from pipeline import codebook, guide, study
from pipeline.encoders.kept import to_matrix
from pipeline.learning import ready, training

DEMO = Path(__file__).parent.parent / "codebooks" / "demo"


@pytest.fixture(scope="module")
def sentences() -> list[training.Sentence]:
    return training.gather(codebook.load(DEMO / "codebook.yaml"), DEMO / "anchors")


def test_shipped_words_and_vectors_are_those_of_today(sentences: list[training.Sentence]) -> None:
    settings = study.load(DEMO / "study.yaml").annotate
    texts = [one.text for one in sentences][::211]
    kept = ready.prepared(texts, "", settings)
    made = ready._prepared(texts, "", settings)
    assert [one[0] for one in kept] == [one[0] for one in made]
    alike = (to_matrix([one[1] for one in kept]) * to_matrix([one[1] for one in made])).sum(axis=1)
    assert alike.min() > 0.999  # processors differ in the last places


def test_every_shipped_text_is_ready(sentences: list[training.Sentence]) -> None:
    known = ready._shipped()
    wordings = training.wordings(guide.load(DEMO / "guide.yaml"))
    missing = [one.text for one in (*sentences, *wordings) if ready.digest(one.text) not in known]
    assert not missing


def test_other_settings_take_nothing_that_was_made_with_these() -> None:
    settings = study.load(DEMO / "study.yaml").annotate
    other = settings.model_copy(update={"region": ""})
    text = "Dat kannze vergessen, da geht keiner mehr hin."
    assert ready.prepared([text], "", other) == ready._prepared([text], "", other)


def test_at_least_sixty_sentences_a_code_in_many_varieties(sentences: list[training.Sentence]) -> None:
    number: Counter[str] = Counter()
    varieties: dict[str, set[str]] = {}
    for one in sentences:
        if one.kind == training.ANCHOR and not one.why:
            for code in one.codes or ("",):
                number[code] += 1
                varieties.setdefault(code, set()).add(one.variety)
    codes = [c.id for c in codebook.load(DEMO / "codebook.yaml").codes if c.coded]
    assert min(number[code] for code in codes) >= 60
    assert number[""] >= 600
    assert min(len(varieties[code] - {""}) for code in codes) >= 5


def test_few_anchors_are_doubled(sentences: list[training.Sentence]) -> None:
    doubled = [one for one in sentences if one.why]
    assert len(doubled) < 0.02 * len(sentences)


def test_the_demo_interviews_are_in_no_anchor() -> None:
    from pipeline.readers import discover

    spoken = " ".join(
        path.read_text("utf-8", errors="ignore")
        for path in (DEMO.parent.parent / "transcripts" / "demo").iterdir()
        if path.suffix in (".txt", ".md")
    )
    assert len(list(discover(DEMO.parent.parent / "transcripts" / "demo"))) > 5
    said = training.folded(spoken)
    for path in sorted((DEMO / "anchors").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as handle:
            found = [row["text"] for row in csv.DictReader(handle) if len(row["text"]) > 40 and training.folded(row["text"]) in said]
        assert not found, path.name
