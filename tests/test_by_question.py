"""Question by question: figures by hand, which proposals may count, the grid, the chapter's words; a study without a guide."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from heard import SAID, desk, mention, page, study

from pipeline.sections.answers import by_question
from pipeline.tables import frame


def rows(tables: dict[str, pd.DataFrame], name: str, *key: str) -> dict[Any, Any]:
    return {tuple(getattr(r, k) for k in key) if len(key) > 1 else getattr(r, key[0]): r for r in tables[name].itertuples()}


def test_who_was_asked_and_who_answered(tmp_path: Path) -> None:
    found = rows(study(tmp_path), "findings_answers", "question")
    counts = ("n_cases", "n_asked", "n_answered", "n_evaded", "n_refused", "n_silent", "n_leading")
    assert [getattr(found["L1"], c) for c in counts] == [5, 4, 3, 0, 0, 1, 0]
    assert [getattr(found["L2"], c) for c in counts] == [5, 3, 1, 1, 1, 0, 1]
    assert [getattr(found["L3"], c) for c in counts] == [5, 0, 0, 0, 0, 0, 0]


def test_words_are_quartiles_of_those_who_answered(tmp_path: Path) -> None:
    found = rows(study(tmp_path), "findings_answers", "question")
    assert (found["L1"].words_low, found["L1"].words, found["L1"].words_high) == (15.0, 20.0, 30.0)  # 10, 20, 40
    assert (found["L2"].words_low, found["L2"].words) == (30.0, 30.0)  # neither the refusal nor the evasion
    assert found["L3"].words != found["L3"].words


def test_codes_of_answers_read_and_proposed_apart_and_no_proposal_that_only_repeats_the_question(tmp_path: Path) -> None:
    found = {key: (r.n_mentions, r.n_cases, r.n_asked, r.expected) for key, r in rows(study(tmp_path), "findings_answer_codes", "question", "code", "basis").items()}
    assert found == {
        ("L1", "E", "reviewed"): (1, 1, 4, "yes"), ("L1", "E.a", "reviewed"): (1, 1, 4, "yes"), ("L1", "E", "proposed"): (1, 1, 4, "yes"),
        ("L1", "E.a", "proposed"): (1, 1, 4, "yes"), ("L1", "X", "reviewed"): (1, 1, 4, "no"), ("L2", "S", "reviewed"): (1, 1, 3, "yes"),
        ("L2", "Y", "proposed"): (1, 1, 3, "no"),
    }  # fmt: skip


def test_grid_by_hand(tmp_path: Path) -> None:
    found = rows(study(tmp_path), "findings_grid", "question", "case")
    assert len(found) == 15
    told = {key: (r.status, r.words, r.codes, r.proposed) for key, r in found.items() if r.status != "not asked"}
    assert told == {
        ("L1", "p1"): ("asked", 10, "E.a", ""), ("L1", "p2"): ("asked", 20, "", "E.a"), ("L1", "w1"): ("asked", 40, "X", ""), ("L1", "w2"): ("asked", 0, "", ""),
        ("L2", "p1"): ("refused", 3, "", ""), ("L2", "p2"): ("evaded", 2, "", ""), ("L2", "p3"): ("asked", 30, "S", "Y"),
    }  # fmt: skip
    assert desk_mention(found["L2", "p3"]) == ("S", "reviewed")


def desk_mention(row: Any) -> tuple[str, str]:
    own = next(r for r in SAID if r["mention"] == row.mention)
    return own["code"], own["basis"]


def test_best_quote_answers_the_question_and_is_not_one_people_refused(tmp_path: Path) -> None:
    said = [mention("p1", 2, "X", start=20), mention("p1", 2, "E.a"), mention("p1", 2, "E.a", start=30)]
    assert rows(study(tmp_path, said), "findings_grid", "question", "case")["L1", "p1"].mention == "mp12E.areviewed0"
    tables = study(tmp_path, said)
    unwanted = tables["findings_quotes"].assign(pinned=["nein" if m == "mp12E.areviewed0" else "" for m in tables["findings_quotes"]["mention"]])
    again = study(tmp_path, said, findings_quotes=unwanted)
    assert rows(again, "findings_grid", "question", "case")["L1", "p1"].mention == "mp12E.areviewed30"


def test_a_read_quote_comes_before_a_proposal_that_would_fit_better(tmp_path: Path) -> None:
    said = [mention("p1", 2, "E.a", "proposed"), mention("p1", 2, "X", start=10)]
    assert rows(study(tmp_path, said), "findings_grid", "question", "case")["L1", "p1"].mention == "mp12Xreviewed10"


def test_who_answers_after_all_has_not_evaded(tmp_path: Path) -> None:
    first = study(tmp_path)
    later = {"turn": 6, "doc": "I2", "question": "L2", "kind": "probe", "leading": "no", "answer": "answered"}
    turn = {"turn": 6, "doc": "I2", "speaker": "Bp2", "case": "p2", "role": "respondent", "text": "doch " * 30}
    tables = study(
        tmp_path, turns=frame("turns", [*first["turns"].to_dict("records"), turn]), questions=frame("questions", [*first["questions"].to_dict("records"), later])
    )
    assert rows(tables, "findings_answers", "question")["L2"].n_evaded == 0
    assert [place.turn for place in by_question.refusals(desk(tables, tmp_path))["L2"]] == [4]  # the refusal of p1 alone
    assert {place.interview for place in by_question.refusals(desk(tables, tmp_path))["L2"]} == {"Interview 1"}


def test_a_child_by_proposal_does_not_hide_a_read_parent(tmp_path: Path) -> None:
    said = [mention("p1", 2, "E"), mention("p1", 2, "E.a", "proposed")]
    row = rows(study(tmp_path, said), "findings_grid", "question", "case")["L1", "p1"]
    assert (row.codes, row.proposed) == ("E", "E.a")


def test_a_person_with_two_rows_is_one_person(tmp_path: Path) -> None:
    tables = study(tmp_path)
    twice = study(tmp_path, cases=pd.concat([tables["cases"], tables["cases"].assign(speaker="Z")], ignore_index=True))
    for name in ("findings_answers", "findings_grid", "findings_answer_codes", "findings_access"):
        assert tables[name].equals(twice[name]), name


@pytest.mark.parametrize("name", ["findings_answers", "findings_answer_codes", "findings_grid"])
def test_without_a_guide_there_is_nothing_to_say(tmp_path: Path, name: str) -> None:
    assert study(tmp_path, guide="")[name].empty


def test_chapter_tells_figures_places_and_quotes(tmp_path: Path) -> None:
    text = page(by_question.chapter, "by_question", desk(study(tmp_path), tmp_path))
    assert "Gestellt wurde die Frage vier von fünf Befragten. Geantwortet haben drei; nichts dazu gesagt hat eine Person." in text
    assert "ausgewichen ist eine Person; verweigert hat es eine Person" in text
    assert "Diese Frage wurde niemandem gestellt oder nirgends erkannt." in text
    assert 'Einmal legte der Wortlaut eine Antwort nahe: <a href="#I1-3">' in text
    assert '<a href="#I1-4">Interview 1, Beitrag 4</a> (Amt, Nord: verweigert), <a href="#I2-4">Interview 2, Beitrag 4</a> (Verein, Süd: ausgewichen)' in text
    assert text.count('id="leitfaden"') == 1
    assert "question=L1" in text
    assert "%" not in re.sub(r'href="[^"]*"', "", text)


def test_quotes_are_by_different_people_and_respect_consent(tmp_path: Path) -> None:
    said = [mention("p1", 2, "E.a"), mention("p1", 2, "E.a", start=10), mention("p2", 2, "E.a"), mention("w1", 2, "X")]
    block = by_question.chapter(desk(study(tmp_path, said), tmp_path, hidden="p2")).blocks[0]
    assert [q.case for q in block.quotes] == ["p1", "p2", "w1"]  # what the question asks about comes first
    text = page(by_question.chapter, "by_question", desk(study(tmp_path, said), tmp_path, hidden="p2"))
    assert "Zitat nicht gezeigt" in text


def test_nothing_read_shows_proposals_as_such_and_can_be_switched_off(tmp_path: Path) -> None:
    said = [mention("p1", 2, "E.a", "proposed"), mention("p2", 2, "X", "proposed")]
    tables = study(tmp_path, said)
    text = page(by_question.chapter, "by_question", desk(tables, tmp_path))
    assert "Noch ist keine Antwort gelesen und codiert; was die Maschine vorschlägt, steht gestrichelt daneben" in text
    assert '<div class="proposal">' in text
    closed = page(by_question.chapter, "by_question", desk(tables, tmp_path, report={"counts": "reviewed"}))
    assert "Wort E.a" not in closed
    assert "wort0" not in closed
    assert "ungelesene Vorschläge zeigt dieser Bericht nicht" in closed


def test_no_question_recognised_says_what_helps(tmp_path: Path) -> None:
    tables = study(tmp_path)
    silent = study(tmp_path, questions=tables["questions"].assign(question="", kind="none"))
    assert "Keine Frage des Leitfadens wurde in den Gesprächen erkannt" in page(by_question.chapter, "by_question", desk(silent, tmp_path))
