"""Whom we have not heard, what was not said, what nobody asked: figures by hand, hostile lists, the chapters' words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from heard import PEOPLE, desk, mention, page, settings, study

from pipeline.check import list_advice
from pipeline.lists import LISTS, read_list
from pipeline.measures import sample, unasked
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.sections.answers import unasked as unasked_chapter
from pipeline.sections.answers import unheard as unheard_chapter
from pipeline.tables import frame

TOWN = "variable;value;n;source\nort;Nord;600;Amt 2025\nort;süd;300;Amt 2025\nort;west;100;Amt 2025\ngruppe;d;50;Amt\nalter;75+;40;Amt\nreligion;keine;9;\n"


def by(tables: dict[str, pd.DataFrame], variable: str) -> dict[str, Any]:
    return {r.value: r for r in tables["findings_sample"].itertuples() if r.variable == variable and not r.beside}


def test_sample_beside_the_town(tmp_path: Path) -> None:
    found = by(study(tmp_path, town=TOWN), "ort")
    assert {v: (r.n_cases, r.state) for v, r in found.items()} == {"nord": (3, "present"), "süd": (1, "present"), "west": (0, "undeclared"), "unbekannt": (1, "unknown")}
    north = found["nord"]  # spelt otherwise in the town's list
    assert (north.n_known, north.n_town, north.n_base, north.share_town, north.source) == (4, 600.0, 1000.0, 0.6, "Amt 2025")
    assert north.expected == pytest.approx(2.4)  # of four people whose district is known
    assert found["unbekannt"].n_known == 0


def test_no_share_where_the_town_does_not_list_every_value(tmp_path: Path) -> None:
    found = by(study(tmp_path, town="variable,value,n,source\nort,nord,600,Amt\nalter,60+,40,Amt\n"), "ort")
    assert {v: r.n_town for v, r in found.items() if r.n_town == r.n_town} == {"nord": 600.0}
    assert not [r for r in found.values() if r.share_town == r.share_town or r.expected == r.expected or r.n_base == r.n_base]
    at = desk(study(tmp_path, town="variable,value,n,source\nort,nord,600,Amt\nalter,60+,40,Amt\n"), tmp_path)
    text = page(unheard_chapter.chapter, "unheard", at)
    assert "Angaben der Stadt unvollständig: es fehlt »Süd«." in text
    assert "Angaben der Stadt unvollständig: welche Werte es in der Stadt gibt, sagt study.yaml nicht." in text  # alter: without declared values
    assert "von 100 in der Stadt</th>" not in text
    assert '<td class="n">600</td>' in text


@pytest.mark.parametrize("total", ["*", "Gesamt", "insgesamt"])
def test_a_row_for_all_gives_the_base(tmp_path: Path, total: str) -> None:
    tables = study(tmp_path, town=f"variable,value,n,source\nort,nord,600,Amt\nort,{total},2.400,Amt\nalter,60+,40,Amt\nalter,*,160,Amt\n")
    found = by(tables, "ort")
    assert (found["nord"].share_town, found["nord"].expected, found["nord"].n_base) == (0.25, 1.0, 2400.0)
    assert found["süd"].share_town != found["süd"].share_town
    assert total not in found
    assert by(tables, "alter")["60+"].share_town == 0.25
    assert "zusammen 2\u202f400 Menschen" in page(unheard_chapter.chapter, "unheard", desk(tables, tmp_path)).replace("2 400", "2\u202f400")


def test_a_total_that_contradicts_its_values_gives_no_share(tmp_path: Path) -> None:
    for town in ("ort,nord,600,\nort,*,500,\n", "ort,nord,100,\nort,*,500,\nort,gesamt,400,\n"):
        tables = study(tmp_path, town=f"variable,value,n,source\n{town}")
        assert all(r.share_town != r.share_town for r in by(tables, "ort").values())
        assert "Angaben der Stadt unstimmig" in page(unheard_chapter.chapter, "unheard", desk(tables, tmp_path))


def test_a_value_called_like_a_total_stays_a_value() -> None:
    cases = frame("cases", [{"case": "p1", "doc": "I1", "speaker": "B", "ort": "gesamt"}], ("ort",))
    (row,) = sample.rows(cases, {"ort": ["gesamt"]}, [{"variable": "ort", "value": "gesamt", "n": "10", "source": ""}], ("", ""))
    assert (row["value"], row["n_town"], row["share_town"]) == ("gesamt", 10.0, 1.0)


def test_people_are_told_as_people_and_misspelt_values_are_marked(tmp_path: Path) -> None:
    people = PEOPLE | {"w2": ("I4", "jugendd", "")}
    tables = study(tmp_path, people=people, town="variable,value,n,source\nort,nord,600,Amt\nort,süd,400,Amt\n")
    text = page(unheard_chapter.chapter, "unheard", desk(tables, tmp_path))
    assert "drei von vier" in text
    assert "von 100 Befragten" not in text
    assert "jugendd (nicht in study.yaml)" in text
    assert "Gruppe: niemand mit »Jugend«; vielleicht steht es als »jugendd« in den Angaben (nicht in study.yaml)" in text
    assert by(tables, "gruppe")["a"].n_known == 4  # whose value may be a misspelling of another is no part of them


def test_missing_absent_unknown_and_undeclared(tmp_path: Path) -> None:
    tables = study(tmp_path, town=TOWN)
    assert {v: r.state for v, r in by(tables, "gruppe").items()} == {"a": "unknown", "b": "unknown", "c": "unknown", "d": "missing"}
    assert {v: r.state for v, r in by(tables, "alter").items()} == {"75+": "missing", "unbekannt": "unknown"}  # a variable without declared values
    assert by(tables, "religion")["keine"].state == "undeclared"


def test_without_population_nobody_is_missing_by_the_town(tmp_path: Path) -> None:
    found = by(study(tmp_path), "gruppe")
    assert found["d"].state == "absent"
    assert all(r.n_town != r.n_town and r.expected != r.expected for r in found.values())


def test_a_town_of_nobody_divides_by_nothing(tmp_path: Path) -> None:
    found = by(study(tmp_path, town="variable,value,n,source\nort,nord,0,\nort,süd,0,\n"), "ort")
    assert found["nord"].share_town != found["nord"].share_town
    assert found["nord"].state == "present"


def test_cells_nobody_comes_from(tmp_path: Path) -> None:
    rows = [r for r in study(tmp_path)["findings_sample"].itertuples() if r.beside]
    assert len(rows) == 8
    assert {(r.value, r.beside_value): r.n_cases for r in rows if r.n_cases} == {("a", "nord"): 1, ("b", "nord"): 1, ("b", "süd"): 1, ("c", "nord"): 1}
    assert {r.state for r in rows if not r.n_cases} == {"absent"}


def test_no_variables_no_rows() -> None:
    assert sample.rows(frame("cases", []), {}, [], ("gruppe", "ort")) == []


def test_access_is_counted_in_people_without_what_tells_of_a_person(tmp_path: Path) -> None:
    found = {(r.part, r.value): (r.n_cases, r.n_docs) for r in study(tmp_path)["findings_access"].itertuples()}
    assert found == {("access", "Schneeball"): (5, 4), ("language", "Deutsch"): (5, 4), ("interviewer", "unbekannt"): (5, 4), ("mode", "telefon"): (3, 3), ("mode", "workshop"): (2, 1)}


@pytest.mark.parametrize(
    ("row", "told"), [("ort,nord,viele,", "ganze Zahl"), ("ort,nord,14.20,", "ganze Zahl"), ("ort,,5,", "leer"), ("ort,nord,5,\nort,Nord,5,", "steht schon in Zeile 2")]
)
def test_a_list_that_cannot_be_used_stops_with_its_line(tmp_path: Path, row: str, told: str) -> None:
    (tmp_path / "population.csv").write_text(f"variable,value,n,source\n{row}\n")
    with pytest.raises(Stop) as stop:
        read_list(tmp_path / "population.csv", LISTS["population.csv"])
    assert told in str(stop.value.problems[0].what)
    assert stop.value.problems[0].line in (2, 3)


@pytest.mark.parametrize("written", ["14.200", "14 200", "14\u202f200", "14200", "14'200"])
def test_thousands_are_read_as_they_are_written(tmp_path: Path, written: str) -> None:
    (tmp_path / "population.csv").write_text(f"variable;value;n;source\nort;nord;{written};Amt\n", "utf-8")
    assert [row["n"] for row in read_list(tmp_path / "population.csv", LISTS["population.csv"])] == ["14200"]


@pytest.mark.parametrize("written", ["14.20", "14,2", "0.200", "1.4200", "-5"])
def test_what_is_no_whole_number_is_refused_with_advice(tmp_path: Path, written: str) -> None:
    (tmp_path / "population.csv").write_text(f"variable;value;n;source\nort;nord;{written};Amt\n", "utf-8")
    with pytest.raises(Stop, match="etwa 14200"):
        read_list(tmp_path / "population.csv", LISTS["population.csv"])


def test_check_names_variables_that_the_study_does_not_have(tmp_path: Path) -> None:
    for name in ("t", "c", "o", "p"):
        (tmp_path / name).mkdir()
    (tmp_path / "c" / "population.csv").write_text(TOWN)
    places = Places("klein", *(tmp_path / name for name in ("t", "c", "o", "p")))
    advice = list_advice(places, set(), {"ort", "gruppe", "alter"}, [])
    told = [line for line in advice if "population.csv" in line]
    assert len(told) == 1
    assert told[0].startswith("population.csv, Zeile 7: Das Merkmal »religion« steht nicht in study.yaml; die Zeile steht im Bericht, zählt aber nicht.")


def test_chapter_tells_who_is_missing_and_what_was_not_answered(tmp_path: Path) -> None:
    text = page(unheard_chapter.chapter, "unheard", desk(study(tmp_path, town=TOWN), tmp_path))
    assert "Gruppe: niemand mit »Jugend« (50 Menschen in der Stadt)" in text
    assert "Alter: niemand mit »75+«" in text
    assert "»west« (100 Menschen) steht in population.csv, aber nicht in study.yaml" in text
    assert "Das Merkmal »religion«" in text
    assert "Vier von acht Feldern sind leer" in text
    assert "Hochrechnen lässt sich nichts" in text
    assert "%" not in text
    assert 'Gründe: zwei von drei, die gefragt wurden: <a href="#I1-4">Interview 1, Beitrag 4</a> (Amt, Nord: verweigert)' in text
    assert "Alle Gespräche wurden auf Deutsch geführt" in text
    assert "privat" not in text
    assert "In einer festen Liste von Kategorien kommt früher oder später immer alles vor" in text


def test_chapter_tells_when_new_things_came_and_says_who_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "matrix.csv").write_text("case;code;subthemes\np1;E;Bus; Licht\np2;E;Bus\n".replace("Bus; Licht", '"Bus; Licht"'))
    text = page(unheard_chapter.chapter, "unheard", desk(study(tmp_path), tmp_path))
    assert "hier sind es zwei" in text
    assert "Drei Befragte stehen nicht in dieser Reihe" in text
    assert "Von zwei Gesprächen ist das Datum nicht bekannt" in text
    assert "Bus; Licht" in text
    assert "<svg" not in text
    people = {f"p{k}": (f"I{k}", "a", "nord") for k in range(1, 8)}
    (tmp_path / "matrix.csv").write_text("case;code;subthemes\n" + "".join(f"p{k};E;{'Bus' if k > 1 else 'Bus, Licht'}\n" for k in range(1, 8)))
    tables = study(tmp_path, [], people=people)
    text = page(unheard_chapter.chapter, "unheard", desk(tables, tmp_path))
    assert "Das sagt nichts über Menschen, die nicht gefragt wurden" in text


def test_chapter_without_anything(tmp_path: Path) -> None:
    tables = study(tmp_path, [], guide="")
    text = page(unheard_chapter.chapter, "unheard", desk(tables, tmp_path))
    assert "Ohne Leitfaden (guide.yaml)" in text
    assert "Noch ist nichts codiert oder vorgeschlagen" in text
    assert "population.csv" in text


def test_silence_is_told_only_where_something_is_coded(tmp_path: Path) -> None:
    tables = study(tmp_path)
    zero = dict.fromkeys(("n_cases_asked", "n_spontaneous", "n_leading", "n_about_self", "n_about_others", "n_cases_proposed", "n_spontaneous_proposed", "n_about_self_proposed", "n_about_others_proposed", "n_suggested"), 0)
    rows = [{"order": n, "code": c, "n_mentions": m, "n_cases": m, "n_asked": a, "n_proposed": 0, **zero} for n, (c, m, a) in enumerate([("E", 1, 4), ("S", 0, 3), ("W", 0, 0)])]
    found = unheard_chapter.chapter(desk(tables | {"findings_codes": frame("findings_codes", rows)}, tmp_path)).silent
    assert (found.asked, found.unasked) == (["Wort S (drei Befragte gefragt)"], ["Wort W"])


def topics(**kinds: dict[str, Any]) -> pd.DataFrame:
    return frame("topics", [{"topic": t, "label": f"Name {t}", "hidden": "no", "echo": 0.0, "echo_question": "", "firm": "yes", "n_segments": 9, "n_cases": 3, "n_docs": 3, **more} for t, more in kinds.items()])


def test_topics_nobody_asked_for(tmp_path: Path) -> None:
    tables = study(
        tmp_path, topics=topics(T1={}, T2={"firm": "no"}, T3={"echo": 0.7, "echo_question": "L1"}, T4={"hidden": "yes"}, T5={}, T6={}, T7={}),
        topic_new=frame("topic_new", [{"topic": "T1", "covered": 0.2, "best_code": "S", "n_cases": 3}, {"topic": "T4", "covered": 0.1, "n_cases": 2}]),
        segments=frame("segments", [{"seg": f"s{n}", "doc": "I1", "turn": 2 if n < 2 else 9, "start": n, "end": n + 1} for n in range(6)]),
        segment_topics=frame("segment_topics", [{"seg": f"s{n}", "topic": t, "rank": 1} for t in ("T2", "T3", "T4") for n in range(6)] + [{"seg": "s0", "topic": "T5", "rank": 1}]),
        topic_codes=frame("topic_codes", [
            {"topic": "T5", "code": "E.a", "basis": "reviewed", "n_segments": 4, "n_cases": 2, "lift": 2.0}, {"topic": "T6", "code": "X", "basis": "proposed", "n_segments": 4, "n_cases": 2, "lift": 2.0},
            {"topic": "T7", "code": "X", "basis": "proposed", "n_segments": 9, "n_cases": 2, "lift": 2.0}, {"topic": "T7", "code": "S", "basis": "proposed", "n_segments": 4, "n_cases": 2, "lift": 2.0},
        ]),
    )  # fmt: skip
    found = {r.topic: (r.kind, r.best_code) for r in tables["findings_unasked"].itertuples()}
    # T3 repeats a question, T4 is hidden, T5 and T7 go with what is asked about; X and Y are spoken of unasked, E.a stands below what is asked
    assert found == {"T1": ("new", "S"), "T2": ("unasked", ""), "T6": ("unasked", "X"), "X": ("code", "X"), "Y": ("code", "Y")}
    two = next(r for r in tables["findings_unasked"].itertuples() if r.topic == "T2")
    assert two.unasked == pytest.approx(4 / 6)
    text = page(unasked_chapter.chapter, "unasked", desk(tables, tmp_path))
    assert '<a href="#thema-T1">Name T1</a>' in text
    assert "20 von 100 Sätzen unter eine Kategorie" in text
    assert "nur ein Leseanlass" in text
    assert "<b>Wort X</b>" in text
    assert "basis=proposed" in text
    assert '<span class="proposal-inline"><b>Wort Y</b>' in text


def test_unread_categories_are_not_shown_where_only_reading_counts(tmp_path: Path) -> None:
    text = page(unasked_chapter.chapter, "unasked", desk(study(tmp_path), tmp_path, report={"counts": "reviewed"}))
    assert "Wort X" in text
    assert "Wort Y" not in text


def test_without_a_guide_nothing_is_unasked_and_no_topics_say_why(tmp_path: Path) -> None:
    tables = study(tmp_path, guide="")
    assert tables["findings_unasked"].empty
    text = page(unasked_chapter.chapter, "unasked", desk(tables | {"topic_notes": frame("topic_notes", [{"note": "too_few", "value": 3.0}])}, tmp_path))
    assert "Das Material trägt noch keine Themen." in text
    assert '<a href="#themen">Warum</a>' in text
    assert "nicht sagen, was ungefragt kam" in text


def test_a_question_never_put_asks_nobody() -> None:
    codes = frame("codes", [{"order": 0, "code": "W", "parent": "", "level": 0, "coded": "yes", "through": "yes"}])
    said = frame("findings_mentions", [mention("p1", 2, "W")])
    assert [r["topic"] for r in unasked.categories(codes, said, {}, {"L1": set(), "L3": {"W"}}, {"L1"})] == ["W"]
    assert unasked.categories(codes, said, {}, {"L3": {"W"}}, {"L3"}) == [] == unasked.categories(codes, said, {}, {"L3": {"W"}}, set())


def test_values_with_marks_are_escaped(tmp_path: Path) -> None:
    text = page(unheard_chapter.chapter, "unheard", desk(study(tmp_path, town="variable,value,n,source\nort,<b>x</b>,5,<i>\n"), tmp_path))
    assert "&lt;b&gt;x&lt;/b&gt;" in text
    assert "<b>x</b>" not in text


def test_unknown_is_one_row_whoever_names_it_and_no_part_of_the_shares(tmp_path: Path) -> None:
    found = by(study(tmp_path, town=TOWN.replace("ort;west;100", "ort;unbekannt;100")), "ort")
    assert {v: (r.n_cases, r.n_town) for v, r in found.items()} == {"nord": (3, 600.0), "süd": (1, 300.0), "unbekannt": (1, 100.0)}
    assert found["nord"].share_town == pytest.approx(2 / 3)
    declared = sample.rows(frame("cases", [{"case": "p1", "doc": "I1", "speaker": "B", "ort": ""}], ("ort",)), {"ort": ["nord", "unbekannt"]}, [], ("", ""))
    assert [(r["value"], r["n_cases"]) for r in declared] == [("nord", 0), ("unbekannt", 1)]


def test_where_the_town_counts_nobody_nobody_is_missing(tmp_path: Path) -> None:
    text = page(unheard_chapter.chapter, "unheard", desk(study(tmp_path, town="variable,value,n,source\ngruppe,d,0,Amt\n"), tmp_path))
    assert "niemand mit »Jugend«" not in text
    assert "gibt es nach der Zahl nicht" in text


def test_one_language_is_only_told_where_it_is_the_only_one_and_of_most(tmp_path: Path) -> None:
    def told(*languages: str) -> list[str]:
        cases = study(tmp_path)["cases"]
        tables = study(tmp_path, cases=pd.concat([cases.assign(language=[*languages[:5]]), cases[:1].assign(doc="I4", language=languages[5] if len(languages) > 5 else "")], ignore_index=True))
        return [line for line in unheard_chapter._one_way(desk(tables, tmp_path)) if "geführt" in line]

    german = ["Deutsch"] * 5
    assert told(*german)[0].startswith("Alle Gespräche wurden auf Deutsch geführt.")
    assert told(*german, "Türkisch") == []  # somebody was asked in both
    assert told("Deutsch", "Deutsch", "Deutsch", "", "")[0].startswith("Von drei der fünf Befragten ist die Sprache bekannt")
    assert told("Deutsch", "", "", "", "") == []


def test_conversations_of_an_unknown_way_are_those_of_people_of_whom_it_is_not_known(tmp_path: Path) -> None:
    cases = study(tmp_path)["cases"]
    ways = pd.concat([cases.assign(access=["Aushang", "", "Aushang", "Aushang", "Aushang"]), cases[:1].assign(doc="I4", access="")], ignore_index=True)
    found = {r.value: (r.n_cases, r.n_docs) for r in study(tmp_path, cases=ways)["findings_access"].itertuples() if r.part == "access"}
    assert found == {"Aushang": (4, 3), "unbekannt": (1, 1)}


def test_a_guide_that_tells_nothing_it_expects_makes_nothing_unasked(tmp_path: Path) -> None:
    bare = "questions:\n  - {id: L1, text: \"Was tun Sie?\"}\n"
    beside = frame("topic_codes", [{"topic": "T1", "code": "X", "basis": "reviewed", "n_segments": 4, "n_cases": 2, "lift": 2.0}])
    tables = study(tmp_path, guide=bare, topics=topics(T1={}), topic_codes=beside)
    assert tables["findings_unasked"].empty
    text = page(unasked_chapter.chapter, "unasked", desk(tables, tmp_path))
    assert "Wonach gefragt wurde, ist nicht bekannt" in text
    assert "wurde jemand gefragt" not in text


def test_no_question_recognised_is_no_silence(tmp_path: Path) -> None:
    silent = study(tmp_path, questions=study(tmp_path)["questions"].assign(question="", kind="none"))
    at = desk(silent, tmp_path)
    assert "Wonach gefragt wurde, ist nicht bekannt" in page(unasked_chapter.chapter, "unasked", at)
    text = page(unheard_chapter.chapter, "unheard", at)
    assert "ob jemand auswich, lässt sich deshalb nicht sagen" in text
    assert "Weder gefragt" not in text


def test_a_workshop_is_one_conversation_of_the_curve(tmp_path: Path) -> None:
    (tmp_path / "matrix.csv").write_text('case;code;subthemes\np1;E;Bus\nw1;E;Licht\nw2;E;"Bus; Licht"\n')
    tables = study(tmp_path)
    rows = [(r.order, r.case, r.doc, r.n_new, r.n_told) for r in tables["findings_saturation"].itertuples() if not r.group]
    assert rows == [(1, "p1", "I1", 1, 1), (2, "w1+w2", "I4", 1, 2)]
    text = page(unheard_chapter.chapter, "unheard", desk(tables, tmp_path))
    assert "hier sind es zwei" in text
    assert "Zwei Befragte stehen nicht in dieser Reihe" in text
    assert "Interview 4, zwei Befragte" in text


def test_groups_of_one_and_everybody_unknown(tmp_path: Path) -> None:
    people = {case: (doc, "", "") for case, (doc, _, _) in PEOPLE.items()}
    found = by(study(tmp_path, people=people, knobs=settings()), "gruppe")
    assert {v: r.n_cases for v, r in found.items()} == {"a": 0, "b": 0, "c": 0, "d": 0, "unbekannt": 5}
