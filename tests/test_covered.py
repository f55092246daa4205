"""For which categories a passage counts as read: those of the codebook under which it was read, and those it was read again for."""

from __future__ import annotations

import csv
import os
import re
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from test_quality import Corpus

from pipeline import codebook, covered, guide
from pipeline.coders.human import apply_reading
from pipeline.coders.placing import people
from pipeline.learning import refit, training
from pipeline.learning.judgements import Judgement, given, unknown
from pipeline.learning.model import Row, _labels
from pipeline.learning.training import known_but, unknown_of
from pipeline.ledgers.versions import NAME, note_version
from pipeline.lists import LISTS, read_list
from pipeline.passages import material_of
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.quality import LATER, LATER_ONE

READINGS = [
    {"mode": "interview", "codes": "", "lacks": ""}, {"mode": "queue", "codes": "", "lacks": ""}, {"mode": "interview", "codes": "B", "lacks": ""},
    {"mode": "random", "codes": "", "lacks": "B;C"}, {"mode": "consensus", "codes": "", "lacks": ""},
]  # fmt: skip


def test_a_full_reading_looked_at_all_categories_and_not_at_proposals_alone() -> None:
    data = pd.DataFrame(READINGS)
    assert list(covered.full(data).index) == [0, 3, 4]
    assert [covered.is_full(row) for row in READINGS] == [True, False, False, True, True]
    assert list(covered.full(data.drop(columns=["codes"])).index) == [0, 2, 3, 4]  # a table of an older program
    assert list(covered.lacking(data, "B")) == [False, False, False, True, False]
    assert not covered.lacking(data.drop(columns=["lacks"]), "B").any()


def test_what_a_version_did_not_know_under_any_name() -> None:
    today = {"A": (), "B": ("ALT",), "C": (), "D": ("MITTE",), "E": ("MITTE",)}
    known = covered.known_by([{"version": "eins", "codes": "A; ALT;MITTE"}, {"version": "zwei", "codes": "A;B;C;D;E"}])
    assert covered.lacks_of("eins", known, today) == ("C",)  # a split category was looked for under its old name
    assert covered.lacks_of("zwei", known, today) == covered.lacks_of("", known, today) == covered.lacks_of("fremd", known, today) == ()


def test_a_version_is_noted_once_and_people_s_columns_stay(places: Places) -> None:
    path = places.codebooks / NAME
    assert note_version(places)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfversion,date,codes\n")
    (row,) = read_list(path, LISTS[NAME])
    assert row["date"] == date.today().isoformat()
    assert {"ENG.verein", "BED.raum"} <= set(covered.listed(row["codes"]))
    assert not note_version(places)
    assert path.read_bytes() == raw
    path.write_bytes('version;date;codes;Notiz\r\nalt;2026-01-01;"A;B";schön\r\n'.encode("cp1252"))  # as Excel saves it
    assert note_version(places)
    rows = read_list(path, LISTS[NAME])
    assert [(one["version"], one["notiz"]) for one in rows] == [("alt", "schön"), (row["version"], "")]
    assert len(list((places.codebooks / "backup").glob("codebook_versions.*.csv"))) == 1


def test_versions_are_never_written_through_a_link(places: Places, tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("links need rights there")
    (tmp_path / "fremd.csv").write_text("version,date,codes\n", "utf-8")
    (places.codebooks / NAME).symlink_to(tmp_path / "fremd.csv")
    with pytest.raises(Stop, match="Verweis"):
        note_version(places)
    assert (tmp_path / "fremd.csv").read_text("utf-8") == "version,date,codes\n"


TEXT = "Die Nachbarin bringt mir Suppe."


def reading(**more: str) -> dict[str, str]:
    sha = material_of([TEXT]).turns[0].raw_sha256
    return {"doc": "x", "raw_sha256": sha, "raw_start": "0", "raw_end": str(len(TEXT)), "coder": "mk", "mode": "interview", "date": "", "codebook": "", "line": "2", **more}


@pytest.mark.parametrize(
    ("rows", "refused"),
    [
        ([reading()], {"A", "B"}),
        ([reading(lacks="B")], {"A"}),
        ([reading(lacks="B"), reading(codes="B", coder="jo")], {"A", "B"}),
        ([reading(codes="B")], {"B"}),
        ([reading(mode="queue")], set()),
    ],
)
def test_a_proposal_is_refused_by_reading_only_where_people_looked_for_its_category(rows: list[dict[str, str]], refused: set[str]) -> None:
    proposals: list[dict[str, Any]] = [{"doc": "x", "turn": 1, "start": 0, "end": 20, "code": code, "status": "proposed"} for code in "AB"]
    apply_reading(material_of([TEXT]), rows, proposals)
    assert {one["code"] for one in proposals if one.get("reason")} == refused


def test_readings_bear_what_they_lack_and_today_s_ids(places: Places) -> None:
    from pipeline.codebook import load

    path = places.codebooks / "codebook.yaml"
    path.write_text("codes:\n- {id: A, label: a}\n- {id: B, label: b, was: [ALT]}\n- {id: C, label: c}\n", "utf-8")
    versions = [{"version": "eins", "codes": "A;ALT"}]
    rows = [reading(codebook="eins"), reading(codebook="eins", codes="ALT", coder="jo"), reading(codebook="fremd", mode="random")]
    found = people(material_of([TEXT]), load(path), [], rows, versions)
    assert [(one["codes"], one["lacks"], one["place"]) for one in found.reviewed] == [("", "C", "here"), ("B", "", "here"), ("", "", "here")]


def judged(*rows: dict[str, str], **acts: str) -> Judgement:
    one = Judgement()
    for row in rows:
        one.read(row)
    for code, coder in acts.items():
        one.say(code, coder, "add")
    return one


def test_who_read_before_a_category_came_has_no_vote_on_it() -> None:
    old, again, new = reading(lacks="C"), reading(codes="C", coder="jo"), reading(coder="ab")
    assert unknown(judged(old)) == ["C"]
    assert unknown(judged(old, again)) == unknown(judged(old, new)) == unknown(judged(old, C="mk")) == []
    # Of three readers one gave C; two of them could not have.
    assert given(judged(old, reading(lacks="C", coder="cd"), new, C="ab")) == ["C"]
    assert given(judged(reading(), reading(coder="cd"), new, C="ab")) == []
    # The same person read again under today's codebook.
    assert unknown(judged(old, reading(mode="random"))) == []
    assert judged(reading(mode="queue")).readers == set()


def test_what_a_meeting_settled_is_what_is_learnt() -> None:
    one = judged(reading(), reading(coder="cd"), A="mk")
    assert given(one) == ["A"]
    one.say("A", "konsens", "reject")
    assert given(one) == []
    one = judged(reading(), reading(coder="cd"), reading(coder="ef"))
    one.say("B", "konsens", "add")
    assert given(one) == ["B"]


def test_cells_that_nobody_looked_at_teach_no_weights_and_no_threshold() -> None:
    dice = np.random.default_rng(1)
    truth = dice.random((200, 3)) < 0.3
    features = {name: np.where(truth, 2.0, -2.0) + dice.normal(size=truth.shape) for name in (*refit.FEATURES, *refit.RULES)}
    seen = np.ones_like(truth)
    seen[:100, 2] = False
    docs, place = np.repeat([f"I{n}" for n in range(10)], 20), np.tile(np.arange(20), 10)
    masked = refit.learn(refit.Cells(features, truth & seen, docs, place, seen), None)
    known = refit.learn(refit.Cells(features, truth, docs, place), None)
    wrong = refit.learn(refit.Cells(features, truth & seen, docs, place), None)

    def off(one: refit.Learnt) -> float:
        return float(np.abs(one.pairs.apply(features) - known.pairs.apply(features)).mean())

    assert off(masked) < 0.5 * off(wrong)


def test_a_sentence_read_before_a_category_came_is_no_example_of_lacking_it() -> None:
    assert [unknown_of(known_but(codes)) for codes in ([], ["B"], ["B", "C"])] == [(), ("B",), ("B", "C")]
    rows = [Row([], np.zeros(1), ()), Row([], np.zeros(1), (), later=frozenset({"B"})), Row([], np.zeros(1), ("A",), later=frozenset({"B"}))]
    labels, chosen, _ = _labels(rows, [0, 1, 2], ["A", "B"], {}, later=False)
    assert list(zip(labels.tolist(), chosen.tolist(), strict=True)) == [(2, 0), (0, 2)]


def test_how_common_a_later_category_is_is_not_told_until_what_was_read_is_read_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Corpus(docs=3, turns=20)
    for turn in range(1, 21):
        for doc in ("I000", "I001", "I002"):
            corpus.review(doc, turn, "interview")
    corpus.told["I000-01-0"] = [0.1, 0.1, 0.9]  # B is proposed where nobody looked for it
    corpus.read[0] |= {"lacks": "B"}
    corpus.read[3] |= {"lacks": "B"}
    corpus.give("I001", 1, 0, 20, "B")
    corpus.give("I001", 1, 0, 20, "A.eins")
    found = corpus.quality(tmp_path, monkeypatch)
    shares = found["quality_prevalence"].set_index("code")
    assert shares.loc["B", "reason"] == LATER.format(n=2)
    assert np.isnan(shares.loc["B", "estimate"])
    assert (shares.loc["A.eins", "reason"], shares.loc["A.eins", "estimate"]) == ("", pytest.approx(1 / 120, rel=1e-3))
    codes = found["quality_codes"].set_index("code")
    assert codes.loc["B", ["n_sentences", "n_true", "n_proposed"]].tolist() == [116, 1, 0]
    assert codes.loc["A.eins", "n_sentences"] == 120
    # One of the two is read again for B alone.
    corpus.read.append({**corpus.read[0], "coder": "ben", "codes": "B", "lacks": ""})
    assert corpus.quality(tmp_path, monkeypatch)["quality_prevalence"].set_index("code").loc["B", "reason"] == LATER_ONE
    corpus.read.append({**corpus.read[3], "coder": "ben", "codes": "B", "lacks": ""})
    shares = corpus.quality(tmp_path, monkeypatch)["quality_prevalence"].set_index("code")
    assert (shares.loc["B", "reason"], shares.loc["B", "estimate"]) == ("", pytest.approx(1 / 120, rel=1e-3))


def test_versions_of_the_demo_know_what_their_decisions_know() -> None:
    folder = Path(__file__).parent.parent / "codebooks" / "demo"
    known = covered.known_by(read_list(folder / NAME, LISTS[NAME]))
    with (folder / "decisions.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert rows
    assert all(row["code"] in known[row["codebook"]] for row in rows)


def test_a_renamed_category_keeps_its_training_sentences_and_the_guide_says_the_new_name(places: Places) -> None:
    path = places.codebooks / "codebook.yaml"
    old = "ENG.verein"
    text = path.read_text("utf-8")
    assert f"id: {old}\n" in text
    path.write_text(re.sub(rf"^( *)- id: {old}\n", rf"\1- id: ENG.klub\n\1  was: [{old}]\n", text, flags=re.M), "utf-8")
    book = codebook.load(path)
    assert book.renamed() == {old: "ENG.klub"}
    folder = places.codebooks / "anchors"
    folder.mkdir(exist_ok=True)
    (folder / "neu.csv").write_text(f"codes,text\n{old},Samstags trainiere ich die Kleinen.\n", "utf-8")
    mine = [one.codes for one in training.gather(book, folder) if one.text == "Samstags trainiere ich die Kleinen."]
    assert mine == [("ENG.klub",)]
    (places.codebooks / "guide.yaml").write_text(f"questions:\n  - id: L1\n    text: Was tun Sie im Verein?\n    expects: [{old}]\n", "utf-8")
    told = guide.check_codes(guide.load(places.codebooks / "guide.yaml"), set(book.by_id()), "guide.yaml", book.renamed())
    assert [p.hint for p in told] == ["Sie heißt jetzt »ENG.klub«; bitte hier ersetzen."]
