"""The model as coder, in whole runs of tiny studies of two subjects: proposals, suggestions, reasons, rules as evidence, reading."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
from conftest import carry, run

from pipeline import store
from pipeline.effective import effective
from pipeline.places import Places

CODEBOOK = """
title: Krankenhaus
codes:
  - id: ZEIT
    label: Zeitnot
    definition: Es fehlt Zeit für Kranke.
    examples:
      - {text: "Ich renne von Zimmer zu Zimmer und schaffe es doch nicht.", by: model}
      - {text: "Zum Zuhören kommt keiner mehr, die nächste Klingel geht schon.", by: model}
    match: [Zeitdruck]
  - id: LOB
    label: Lob
    definition: Jemand wird für seine Arbeit gelobt.
    examples:
      - {text: "Die Frau hat sich dreimal bei mir bedankt, da ging es mir gut.", by: model}
      - {text: "Der Chef hat gesagt, ohne Sie liefe hier nichts.", by: model}
    match: [gelobt]
  - id: LEER
    label: Ohne Beispiele
    definition: Eine Kategorie, die niemand beschrieben hat.
    match: [Parkplatz]
"""
TALK = """I: Wie war die Nacht?

B: Ich bin von Zimmer zu Zimmer gerannt. Keiner hatte Zeit, jemandem zuzuhören. Draußen hat es geregnet.

I: Und sonst?

B: Eine alte Frau hat sich bei mir bedankt. Der Zeitdruck war groß. Der Parkplatz war voll.
"""
ANCHORS = """codes,text,variety
ZEIT,"Man hetzt über den Flur, und das Frühstück steht immer noch da.",standard
ZEIT,"Du musst drei Leute waschen und hast für jeden fünf Minuten.",youth
LOB,"Sie hat mir die Hand gedrückt und Danke gesagt.",standard
,"Es hat geregnet.",standard
,"Ich bin mit dem Bus gekommen.",standard
,"Das ist ein Gebäude mit vier Stockwerken.",standard
"""


def ward(root: Path) -> Places:
    made = Places("haus", *(root / kind / "haus" for kind in ("transcripts", "codebooks", "outputs", "private")))
    made.transcripts.mkdir(parents=True)
    (made.codebooks / "anchors").mkdir(parents=True)
    (made.transcripts / "a.txt").write_text(TALK, "utf-8")
    (made.codebooks / "codebook.yaml").write_text(CODEBOOK, "utf-8")
    (made.codebooks / "anchors" / "pflege.csv").write_text(ANCHORS, "utf-8")
    return made


@pytest.fixture
def hospital(tmp_path: Path) -> Places:
    return ward(tmp_path)


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """The hospital's study after a run; tests only read it."""
    made = ward(tmp_path_factory.mktemp("haus"))
    run(made)
    return made


@pytest.fixture
def ran_hospital(hospital: Places, coded: Places) -> None:
    """`hospital` after its first run."""
    carry(coded, hospital)


def listed(places: Places, name: str) -> list[dict[str, str]]:
    with (places.outputs / "tables" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def test_another_subject_with_three_codes_and_a_few_sentences(coded: Places) -> None:
    best: dict[str, dict[str, str]] = {}
    for row in [*listed(coded, "codings"), *listed(coded, "suggestions")]:
        if row["coder"] == "model" and (row["quote"] not in best or float(row["score"]) > float(best[row["quote"]]["score"])):
            best[row["quote"]] = row
    assert best["Ich bin von Zimmer zu Zimmer gerannt."]["code"] == "ZEIT"
    assert best["Eine alte Frau hat sich bei mir bedankt."]["code"] == "LOB"
    assert "ähnlich wie »" in best["Ich bin von Zimmer zu Zimmer gerannt."]["evidence"]
    codes = {row["code"]: row for row in listed(coded, "model_codes")}
    assert [codes[c]["served"] for c in ("ZEIT", "LOB", "LEER")] == ["yes", "yes", "no"]
    assert "zu wenige Ankersätze" in codes["LEER"]["note"]
    assert not [row for row in listed(coded, "suggestions") if row["coder"] == "model" and row["code"] == "LEER"]


def test_rules_stay_where_the_model_does_not_serve_and_are_evidence_elsewhere(coded: Places) -> None:
    codings = listed(coded, "codings")
    assert ("LEER", "rule") in {(row["code"], row["coder"]) for row in codings}
    hit = [row for row in codings + listed(coded, "suggestions") if row["quote"] == "Der Zeitdruck war groß." and row["code"] == "ZEIT"]
    assert {row["coder"] for row in hit} == {"rule", "model"}
    mine = next(row for row in hit if row["coder"] == "model")
    assert "Regel »Zeitdruck«" in mine["evidence"]
    table = pd.read_parquet(store.whole_path(coded, "codings"))
    counting = effective(table)
    assert not counting.duplicated(["doc", "turn", "start", "code"]).any()


def test_every_sentence_has_suggestions_and_none_is_the_interviewers(coded: Places) -> None:
    rows = [row for row in [*listed(coded, "codings"), *listed(coded, "suggestions")] if row["coder"] == "model"]
    assert {row["turn"] for row in rows} == {"2", "4"}
    assert all(0 <= float(row["score"]) <= 1 for row in rows)
    assert all(row["reason"] for row in listed(coded, "suggestions"))


def test_the_model_can_be_switched_off(hospital: Places) -> None:
    (hospital.codebooks / "study.yaml").write_text("model:\n  use: nein\n", "utf-8")
    run(hospital)
    assert {row["coder"] for row in listed(hospital, "codings")} == {"rule"}
    assert not [row for row in listed(hospital, "suggestions") if row["coder"] == "model"]
    assert {row["served"] for row in listed(hospital, "model_codes")} == {"no"}


@pytest.mark.usefixtures("ran_hospital")
def test_an_anchor_more_changes_the_version_and_nothing_else_is_embedded(hospital: Places) -> None:
    before = pd.read_parquet(store.whole_path(hospital, "anchors")).set_index("text")
    model = store.product_path(hospital, "fit", "model.bin").read_bytes()
    path = hospital.codebooks / "anchors" / "pflege.csv"
    path.write_text(path.read_text("utf-8") + 'LOB,"Am Ende klatschten alle, und ich wurde rot.",elderly\n', "utf-8")
    outcome = run(hospital)
    after = pd.read_parquet(store.whole_path(hospital, "anchors")).set_index("text")
    assert set(after.index) - set(before.index) == {"Am Ende klatschten alle, und ich wurde rot."}
    assert (after.loc[before.index, "vector"] == before["vector"]).all()
    assert store.product_path(hospital, "fit", "model.bin").read_bytes() != model
    assert "embed" not in outcome.worked


@pytest.mark.usefixtures("ran_hospital")
def test_an_edited_rule_changes_no_model(hospital: Places) -> None:
    model = store.product_path(hospital, "fit", "model.bin").read_bytes()
    path = hospital.codebooks / "codebook.yaml"
    path.write_text(path.read_text("utf-8").replace("match: [gelobt]", "match: [gelobt, bedankt]"), "utf-8")
    outcome = run(hospital)
    assert store.product_path(hospital, "fit", "model.bin").read_bytes() == model
    assert not {"fit", "score", "embed"} & set(outcome.worked)
    assert "coding" in outcome.worked
    thanks = [row for row in listed(hospital, "codings") if row["quote"] == "Eine alte Frau hat sich bei mir bedankt."]
    assert ("LOB", "model") in {(row["code"], row["coder"]) for row in thanks}
    assert any("Regel »bedankt«" in row["evidence"] for row in thanks)


def test_an_unknown_code_in_an_anchor_file_is_told_with_its_line(hospital: Places) -> None:
    from pipeline.problems import Stop

    path = hospital.codebooks / "anchors" / "pflege.csv"
    path.write_text(path.read_text("utf-8") + 'LOBB,"So ein Tag war das.",standard\n', "utf-8")
    with pytest.raises(Stop) as stop:
        run(hospital)
    told = " ".join(str(problem) for problem in stop.value.problems)
    assert "pflege.csv" in told
    assert "8" in told
    assert "LOB" in told


@pytest.mark.usefixtures("ran_hospital")
def test_an_interview_is_coded_alike_whoever_else_is_there(hospital: Places) -> None:
    alone = [row for row in listed(hospital, "codings") if row["coder"] == "model"]
    (hospital.transcripts / "b.txt").write_text(TALK.replace("Zimmer", "Bett").replace("geregnet", "geschneit"), "utf-8")
    run(hospital)
    together = [row for row in listed(hospital, "codings") if row["coder"] == "model" and row["doc"] == "I001"]
    assert together == alone
