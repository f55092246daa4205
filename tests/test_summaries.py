"""Cases as people write them out: key sentences, summaries and matrix with what people wrote, and the map of cases."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from pipeline import pages, summaries
from pipeline.measures import alike, key_sentences
from pipeline.problems import Stop
from pipeline.sections.answers.cases import chapter
from pipeline.sections.answers.desk import Desk
from pipeline.sections.material import Names
from pipeline.study import Study
from pipeline.tables import TABLES, frame

TEXT = "Wir haben einen Raum. Der Bus fährt nicht mehr. Ich spreche Arabisch."
PLACES = {"a": (0, 21), "b": (22, 47), "c": (48, 69)}
CODES = [("POT", "", "no"), ("POT.orga", "POT", "yes"), ("POT.person", "POT", "yes"), ("BED", "", "no"), ("BED.verkehr", "BED", "yes")]


def codes() -> pd.DataFrame:
    return frame("codes", [{"order": n, "code": c, "parent": p, "coded": k, "label": f"L {c}", "level": 0 if not p else 1} for n, (c, p, k) in enumerate(CODES)])


def mention(name: str, place: str, code: str, case: str = "I001", basis: str = "reviewed", doc: str = "") -> dict[str, Any]:
    start, end = PLACES[place]
    return {"mention": name, "doc": doc or case, "turn": 2, "start": start, "end": end, "code": code, "case": case, "basis": basis}


def mentions(*rows: dict[str, Any]) -> pd.DataFrame:
    return frame("findings_mentions", list(rows))


def ranks(*names: str) -> pd.DataFrame:
    return frame("findings_quotes", [{"code": "x", "rank": n, "mention": m} for n, m in enumerate(names, 1)])


def words(doc: str, turn: int, start: int, end: int) -> str:
    return TEXT[start:end]


def turns(*cases: str) -> pd.DataFrame:
    return frame("turns", [{"doc": c, "turn": 2, "speaker": "B", "case": c, "role": "respondent", "text": TEXT} for c in cases])


def speakers(*cases: str, quotable: str = "yes") -> pd.DataFrame:
    return frame("speakers", [{"doc": c, "speaker": "B", "role": "respondent", "turns": 1, "words": 9, "case": c, "quotable": quotable} for c in cases])


def people(*cases: str) -> pd.DataFrame:
    return frame("cases", [{"case": c, "doc": c, "speaker": "B"} for c in cases])


def test_a_passage_stands_once_under_its_nearest_category_in_the_order_of_the_codebook() -> None:
    found = mentions(
        mention("m3", "b", "BED.verkehr"), mention("m1", "a", "POT.orga"), mention("m0", "a", "POT"), mention("m2", "c", "POT.person"), mention("m9", "b", "BED")
    )
    rows = key_sentences.points(found, ranks("m1", "m2", "m3"), codes())
    assert [(r["rank"], r["code"], r["mention"]) for r in rows] == [(1, "POT.orga", "m1"), (2, "POT.person", "m2"), (3, "BED.verkehr", "m3")]


def test_proposals_stand_only_where_nothing_of_the_main_category_is_read() -> None:
    found = mentions(
        mention("m1", "a", "POT.orga"), mention("m2", "c", "POT.person", basis="proposed"), mention("m3", "b", "BED.verkehr", basis="proposed")
    )
    rows = key_sentences.points(found, ranks("m1", "m2", "m3"), codes())
    assert [(r["mention"], r["basis"]) for r in rows] == [("m1", "reviewed"), ("m3", "proposed")]


def test_the_scaffold_quotes_with_the_number_of_the_turn_and_says_what_nobody_read() -> None:
    points = frame("findings_points", key_sentences.points(mentions(mention("m1", "a", "POT.orga"), mention("m3", "b", "BED.verkehr", basis="proposed")), ranks("m1", "m3"), codes()))
    (row,) = key_sentences.scaffolds(people("I001"), turns("I001"), codes(), points, words)
    assert row["scaffold"] == "L POT.orga:\n– „Wir haben einen Raum.“ (Beitrag 2)\nL BED.verkehr:\n– [Vorschlag, ungelesen] „Der Bus fährt nicht mehr.“ (Beitrag 2)"
    assert (row["words"], row["n_codes"]) == (12, 2)


def test_nobody_is_quoted_without_consent() -> None:
    said = key_sentences.words_of(turns("I001"), speakers("I001", quotable=""))("I001", 2, 0, 21)
    assert "Raum" not in said
    assert key_sentences.words_of(turns("I001"), speakers("I001"))("I001", 2, 0, 21) == "Wir haben einen Raum."


def test_a_cell_counts_each_passage_once_however_many_categories_it_bears() -> None:
    found = mentions(mention("m1", "a", "POT.orga"), mention("m2", "a", "POT"), mention("m3", "a", "POT.person", basis="proposed"), mention("m4", "c", "POT.person", basis="proposed"))
    rows = {r["code"]: r for r in key_sentences.matrix(people("I001"), codes(), found, ranks("m1", "m2", "m3", "m4"), words)}
    assert (rows["POT"]["n_mentions"], rows["POT"]["n_proposed"]) == (1, 1)
    assert rows["POT"]["passages"] == "„Wir haben einen Raum.“ (Beitrag 2)\n[Vorschlag, ungelesen] „Ich spreche Arabisch.“ (Beitrag 2)"
    assert rows["BED"]["n_mentions"] == 0
    assert set(rows) == {"POT", "BED"}


def test_a_cell_counts_what_its_link_shows_neighbouring_passages_are_one() -> None:
    both = {**mention("m3", "a", "POT"), "end": PLACES["c"][1]}
    found = mentions(mention("m1", "a", "POT.orga"), mention("m2", "c", "POT.person"), both)
    assert key_sentences.matrix(people("I001"), codes(), found, ranks("m1", "m2", "m3"), words)[0]["n_mentions"] == 1


def test_what_people_never_want_quoted_is_no_key_sentence_and_stands_in_no_cell() -> None:
    found = mentions(mention("m1", "a", "POT.orga"), mention("m2", "c", "POT.person"))
    banned = ranks("m1", "m2").assign(pinned=["nein", ""])
    assert [r["mention"] for r in key_sentences.points(found, banned, codes())] == ["m2"]
    cell = key_sentences.matrix(people("I001"), codes(), found, banned, words)[0]
    assert (cell["n_mentions"], cell["passages"]) == (2, "„Ich spreche Arabisch.“ (Beitrag 2)")


def test_of_a_person_in_two_conversations_a_cell_says_in_which() -> None:
    found = mentions(mention("m1", "a", "POT.orga"), mention("m2", "c", "POT.person", doc="I002"))
    two = frame("cases", [{"case": "I001", "doc": d, "speaker": "B"} for d in ("I001", "I002")])
    cell = key_sentences.matrix(two, codes(), found, ranks("m1", "m2"), words)[0]
    assert cell["passages"] == "„Wir haben einen Raum.“ (I001, Beitrag 2)\n„Ich spreche Arabisch.“ (I002, Beitrag 2)"


def run(tmp_path: Path, found: pd.DataFrame, *cases: str) -> dict[str, Any]:
    return summaries.whole(
        people(*cases), speakers(*cases), turns(*cases), codes(), found, ranks(*found["mention"]), SimpleNamespace(), tmp_path / "summaries.csv", tmp_path / "matrix.csv"
    )


def test_what_people_wrote_stays_whatever_the_machine_proposes(tmp_path: Path) -> None:
    (tmp_path / "summaries.csv").write_text('case,summary\nI001,"Hat einen Raum.\nSpricht Arabisch."\nI009,Gibt es nicht mehr.\n', "utf-8")
    (tmp_path / "matrix.csv").write_text("case,code,paraphrase,subthemes\nI001,POT,Ein Raum ist da.,Raum ohne Plakat\nI001,BED,–,\n", "utf-8")
    for found in (mentions(mention("m1", "a", "POT.orga")), mentions()):
        done = run(tmp_path, found, "I001", "I002")
        written = {r["case"]: r for r in done["findings_summaries"]}
        assert written["I001"]["summary"] == "Hat einen Raum.\nSpricht Arabisch."
        assert (written["I001"]["state"], written["I002"]["state"], written["I009"]["state"]) == ("edited", "proposed", "lost")
        cells = {(r["case"], r["code"]): r for r in done["findings_matrix"]}
        assert cells["I001", "POT"]["paraphrase"] == "Ein Raum ist da."
        assert cells["I001", "POT"]["edited"] == "paraphrase+subthemes"
        assert cells["I001", "BED"]["paraphrase"] == ""
        for name in ("findings_summaries", "findings_matrix"):
            assert len(frame(name, done[name])) == len(done[name])


def test_a_case_that_became_part_of_another_is_shown_there_with_a_note(tmp_path: Path) -> None:
    (tmp_path / "summaries.csv").write_text("case,summary\nI001,Hat einen Raum.\nF1,Kam wieder.\nI009,Gibt es nicht mehr.\n", "utf-8")
    (tmp_path / "matrix.csv").write_text("case,code,paraphrase,of_label\nI001,POT,Ein Raum.,\nF1,ALT,Altes.,L ALT\n", "utf-8")
    two = frame("cases", [{"case": "F1", "doc": d, "speaker": "B"} for d in ("I001", "I006")])
    done = summaries.whole(two, speakers("F1"), turns("F1"), codes(), mentions(), ranks(), SimpleNamespace(), tmp_path / "summaries.csv", tmp_path / "matrix.csv")
    written = {r["case"]: r for r in done["findings_summaries"]}
    assert (written["F1"]["summary"], written["F1"]["moved"], written["I009"]["state"]) == ("Kam wieder.\n\nHat einen Raum.", "I001", "lost")
    cells = {(r["case"], r["code"]): r for r in done["findings_matrix"]}
    assert (cells["F1", "POT"]["paraphrase"], cells["F1", "ALT"]["gone"]) == ("Ein Raum.", "L ALT")
    html = page({name: frame(name, rows) for name, rows in done.items()} | {"cases": two, "codes": codes()})
    assert "für den Fall I001, der jetzt zu diesem gehört" in html
    assert "Fall F1, L ALT: Altes." in html
    assert "<code>summaries.csv</code> und <code>matrix.csv</code> die alte durch die neue ersetzen" in html


def page(given: dict[str, pd.DataFrame]) -> str:
    every = {name: frame(name, []) for name in TABLES} | given
    settings = Study()
    desk = Desk(every, settings, Names(settings, every["cases"], every["documents"]), ())
    env = pages.environment()
    ui = env.get_template("macros.html.j2").make_module({"study": SimpleNamespace(language="de"), "pictures": {}})
    return " ".join(env.get_template("answers/cases.html.j2").render(c=chapter(desk), ui=ui).split())


def test_the_same_case_twice_stops_with_both_lines(tmp_path: Path) -> None:
    (tmp_path / "summaries.csv").write_text("case,summary\nI001,a\nI001,b\n", "utf-8")
    with pytest.raises(Stop) as stop:
        run(tmp_path, mentions(), "I001")
    assert "steht schon in Zeile 2" in str(stop.value)
    assert stop.value.problems[0].line == 3


def wide(*told: str, basis: str = "reviewed") -> tuple[pd.DataFrame, pd.DataFrame]:
    """Codes A to J, and of each case one mention of every letter in its word."""
    letters = "ABCDEFGHIJ"
    book = frame("codes", [{"order": n, "code": c, "coded": "yes", "level": 0} for n, c in enumerate(letters)])
    rows = [
        {"mention": f"{n}{c}", "doc": f"I{n}", "turn": 1, "start": k, "end": k + 1, "code": c, "case": f"I{n}", "basis": basis}
        for n, word in enumerate(told) for k, c in enumerate(word)
    ]  # fmt: skip
    return book, frame("findings_mentions", rows)


def test_cases_that_speak_of_the_same_lie_together() -> None:
    book, found = wide("ABCDE", "ABCDEF", "FGHIJ", "EFGHIJ")
    rows = {r["case"]: r for r in alike.rows(people("I0", "I1", "I2", "I3"), book, found)}
    assert (rows["I0"]["nearest"], rows["I2"]["nearest"]) == ("I1", "I3")
    assert rows["I0"]["likeness"] == pytest.approx((5 / 5 + 5 / 6) / 2)
    near = abs(rows["I0"]["x"] - rows["I1"]["x"]) + abs(rows["I0"]["y"] - rows["I1"]["y"])
    far = abs(rows["I0"]["x"] - rows["I2"]["x"]) + abs(rows["I0"]["y"] - rows["I2"]["y"])
    assert near < far / 2
    assert rows["I0"]["basis"] == "reviewed"


def test_how_often_somebody_says_it_changes_nothing() -> None:
    book, found = wide("ABCDE", "ABCDEF", "FGHIJ", "EFGHIJ")
    again = found.assign(start=found["start"] + 50, end=found["end"] + 50)
    twice = pd.concat([found, again[again["case"] == "I0"]], ignore_index=True)
    who = people("I0", "I1", "I2", "I3")
    assert alike.rows(who, book, found) == alike.rows(who, book, twice)


def test_few_cases_or_few_categories_make_no_map() -> None:
    book, found = wide("ABCDE", "ABCDE", "ABCDE")
    assert alike.rows(people("I0", "I1", "I2"), book, found) == []
    book, found = wide("ABCDE", "ABCDE", "ABCDE", "AB")
    assert alike.rows(people("I0", "I1", "I2", "I3"), book, found) == []
    assert alike.rows(people("I0"), book, found.iloc[:0]) == []


def test_proposals_are_the_ground_only_where_too_little_is_read_and_it_is_said() -> None:
    book, found = wide("ABCDE", "ABCDE", "ABCDE", "FGHIJ", basis="proposed")
    rows = alike.rows(people("I0", "I1", "I2", "I3"), book, found)
    assert {r["basis"] for r in rows} == {"proposed"}
    assert len(rows) == 4


def test_an_empty_study_gives_empty_tables(tmp_path: Path) -> None:
    done = run(tmp_path, mentions())
    assert all(len(frame(name, rows)) == 0 for name, rows in done.items())
