"""Indicators need a source outside the interviews; waves stand side by side as samples, and more talk is no change."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from pipeline import pages, wishes
from pipeline.measures import indicators, waves
from pipeline.sections.answers import indicators as chapter
from pipeline.sections.answers.desk import Desk
from pipeline.sections.material import Names
from pipeline.study import Study
from pipeline.tables import TABLES, check, frame

SETTINGS = Study.model_validate({
    "variables": {"gruppe": {"label": "Gruppe", "values": {"a": "Amt", "b": "Verein"}}, "form": {"values": {"telefon": "am Telefon"}}},
    "answers": {"group": "gruppe", "district": ""},
})  # fmt: skip
CODES = frame("codes", [
    {"order": n, "code": c, "parent": "", "level": 0, "label": f"Wort {c}", "coded": "yes", "through": "yes"} for n, c in enumerate(["R", "N.raum", "N.bus", "W", "Z"])
])  # fmt: skip
FAMILIES = {"needs": ["N.raum", "N.bus"], "wishes": ["W"], "reasons": ["R", "W"]}
GUIDE = "questions:\n  - id: L6\n    text: Was brauchen Sie?\n    expects: [N.bus]\n"
Said = tuple[str, str, str, str]  # doc, case, code, basis


@cache
def empty() -> dict[str, pd.DataFrame]:
    return {name: frame(name, []) for name in TABLES}


def run(
    folder: Path, said: list[Said], documents: dict[str, tuple[str, str]], cases: list[tuple[str, str, str, str]], asked: tuple[str, ...] = (), kept: str = ""
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """`documents`: doc -> (wave, mode); `cases`: (case, doc, group, access)."""
    (folder / "guide.yaml").write_text(GUIDE)
    (folder / "indicators.csv").write_text(kept)
    rows = [
        {"mention": f"m{n}", "doc": d, "turn": n + 2, "start": 0, "end": 5, "code": c, "case": k, "basis": b, "prompt": "asked"} for n, (d, k, c, b) in enumerate(said)
    ]
    given = {
        "documents": frame("documents", [{"doc": d, "status": "ok", "wave": w, "mode": m, "date": f"202{w or 5}-03-0{n}", "words": 1, "turns": 1} for n, (d, (w, m)) in enumerate(documents.items(), 1)]),
        "cases": frame("cases", [{"case": k, "doc": d, "speaker": "B", "gruppe": g, "access": how, "language": "Deutsch (mit Kürzel E)"} for k, d, g, how in cases], SETTINGS.variables),
        "questions": frame("questions", [{"doc": d, "turn": 1, "question": "L6", "kind": "asked"} for d in asked]), "codes": CODES,
        "findings_scope": frame("findings_scope", [{"family": f, "code": c, "given": "yes"} for f, found in FAMILIES.items() for c in found]),
        "findings_mentions": frame("findings_mentions", rows), "findings_quotes": frame("findings_quotes", []),
    }  # fmt: skip
    files = {"guide_file": folder / "guide.yaml", "measures_file": folder / "measures.csv", "indicators_file": folder / "indicators.csv"}
    made = {name: frame(name, found) for name, found in wishes.whole(**given, settings=SETTINGS, **files).items()}
    assert not [fault for name, found in made.items() for fault in check(name, found)]
    return {**given, **made}


def page(tables: dict[str, pd.DataFrame]) -> str:
    every = dict(empty()) | tables
    desk = Desk(every, SETTINGS, Names(SETTINGS, every["cases"], every["documents"]), ())
    env = pages.environment()
    ui = env.get_template("macros.html.j2").make_module({"study": SimpleNamespace(language="de"), "pictures": {}})
    return " ".join(env.get_template("answers/indicators.html.j2").render(c=chapter.chapter(desk), ui=ui).split())


ONE = {"I1": ("1", "telefon"), "I2": ("1", "telefon"), "I3": ("1", "vor Ort")}
THREE = [("p1", "I1", "a", "Brief"), ("p2", "I2", "b", "Brief"), ("p3", "I3", "b", "Aushang")]
READ: list[Said] = [
    ("I1", "p1", "N.raum", "reviewed"), ("I2", "p2", "N.raum", "reviewed"), ("I1", "p1", "N.bus", "reviewed"), ("I1", "p1", "W", "reviewed"),
    ("I2", "p2", "W", "proposed"), ("I3", "p3", "R", "proposed"), ("I2", "p2", "R", "proposed"),
]  # fmt: skip


def rows(tables: dict[str, pd.DataFrame], name: str = "findings_indicators") -> list[Any]:
    return list(tables[name].sort_values("order").itertuples())


def test_proposed_are_what_two_say_or_one_and_the_guide_asks(tmp_path: Path) -> None:
    found = rows(run(tmp_path, READ, ONE, THREE, asked=("I1", "I3")))
    assert [(r.family, r.code) for r in found] == [("needs", "N.raum"), ("needs", "N.bus")]  # W: one person, unasked; R: only proposals
    bus = found[1]
    assert (bus.source, bus.value, bus.direction, bus.responsible, bus.state) == ("offen", "", "", "", "proposed")
    assert (bus.n_mentions, bus.n_cases, bus.n_asked, bus.n_cases_asked) == (1, 1, 2, 1)


def test_where_nothing_is_read_proposals_of_two_take_the_place(tmp_path: Path) -> None:
    unread = [(d, k, c, "proposed") for d, k, c, _ in READ]
    tables = run(tmp_path, unread, ONE, THREE, asked=("I1",))
    assert [(r.code, r.n_cases, r.n_cases_proposed) for r in rows(tables)] == [("N.raum", 0, 2), ("W", 0, 2), ("R", 0, 2)]
    assert "die Zeilen folgen den Vorschlägen der Maschine" in page(tables)


def test_people_win_and_a_category_nobody_knows_is_told_while_the_row_stays(tmp_path: Path) -> None:
    kept = (
        "indicator;label;code;source;value;date;direction\n"
        f"{indicators.key('N.raum')};Freie Abende;;Belegungsplan der Stadt;12;2026-05-01;mehr\n"
        ";Busse;N.buss;Fahrplan;;;\n;Umzüge;;Einwohnermeldestatistik;;;\n;Zahl der Klagen;Z;Nennungen in den Interviews;7;;weniger\n"
    )
    tables = run(tmp_path, READ, ONE, THREE, kept=kept)
    found = {r.label: r for r in rows(tables)}
    room = found["Freie Abende"]
    assert (room.code, room.source, room.value, room.n_cases, room.doubts, room.state) == ("N.raum", "Belegungsplan der Stadt", "12", 2, "", "edited")
    assert found["Busse"].doubts == "Die Kategorie »N.buss« steht nicht im Codebuch. Meinten Sie »N.bus«?"
    assert found["Busse"].n_mentions == 0
    assert (found["Umzüge"].doubts, found["Umzüge"].state) == ("", "added")
    assert "Als Quelle sind die Interviews genannt" in found["Zahl der Klagen"].doubts
    assert "Stand (Datum)" in found["Zahl der Klagen"].doubts
    html = page(tables)
    assert "»Busse«: Die Kategorie »N.buss« steht nicht im Codebuch. Meinten Sie »N.bus«?" in html
    assert "Stand: 1. Mai 2026" in html
    assert "Vier von vier Zeilen haben eine Quelle." in html


def test_a_row_of_people_may_name_a_category_that_is_not_proposed(tmp_path: Path) -> None:
    tables = run(tmp_path, READ, ONE, THREE, kept="indicator,label,code,source\n,Reden,W,offen\n")
    own = next(r for r in rows(tables) if r.label == "Reden")
    assert (own.n_mentions, own.n_cases, own.n_proposed, own.source) == (1, 1, 1, "offen")


def test_an_emptied_source_stays_empty_and_reads_as_open(tmp_path: Path) -> None:
    tables = run(tmp_path, READ, ONE, THREE, kept=f"indicator,source,value\n{indicators.key('N.raum')},–,3\n")
    row = next(r for r in rows(tables) if r.code == "N.raum")
    assert row.source == ""
    assert "Ein Wert ohne Quelle" in row.doubts
    assert 'class="unset">offen' in page(tables)


def test_the_sheet_has_no_arrow_no_light_and_no_share(tmp_path: Path) -> None:
    html = page(run(tmp_path, READ, ONE, THREE, kept="indicator,label\n,Eigenes\n"))
    assert "ohne Ampel und ohne Pfeil" in html
    assert not set("↑↓↗↘→▲▼%") & set(re.sub(r'href="[^"]*"', "", html))
    assert "noch ohne Namen" not in html
    assert "Zwei Zeilen ohne Namen und Quelle" not in html
    assert "Eine Zeile ohne Namen und Quelle" in html
    assert "Bisher gibt es nur eine Erhebung" in html


TWO = {"I1": ("1", "telefon"), "I2": ("1", "telefon"), "I3": ("2", "vor Ort"), "I4": ("2", "telefon")}
FOUR = [("p1", "I1", "a", "Brief"), ("p2", "I2", "b", "Brief"), ("p3", "I3", "b", "Aushang"), ("p1", "I4", "a", "Brief")]  # p1 in both
TALK: list[Said] = [
    ("I1", "p1", "W", "reviewed"), ("I4", "p1", "W", "reviewed"), ("I3", "p3", "W", "reviewed"), ("I3", "p3", "W", "reviewed"),
    ("I2", "p2", "N.bus", "proposed"), ("I1", "p1", "N.bus", "reviewed"),
]  # fmt: skip


def test_two_waves_stand_side_by_side_and_a_person_in_both_counts_in_both(tmp_path: Path) -> None:
    tables = run(tmp_path, TALK, TWO, FOUR, asked=("I2", "I4"))
    found = {(r.code, r.wave, r.basis): (r.n_mentions, r.n_cases, r.n_asked, r.n_cases_asked, r.n_group) for r in tables["findings_waves"].itertuples()}
    assert found == {
        ("W", "1", "reviewed"): (1, 1, 0, 0, 2), ("W", "2", "reviewed"): (3, 2, 0, 0, 2),
        ("N.bus", "1", "reviewed"): (1, 1, 1, 0, 2), ("N.bus", "2", "reviewed"): (0, 0, 1, 0, 2),
        ("N.bus", "1", "proposed"): (1, 1, 1, 1, 2), ("N.bus", "2", "proposed"): (0, 0, 1, 0, 2),
    }  # fmt: skip
    samples = {(r.variable, r.value, r.wave): r.n_cases for r in tables["findings_wave_samples"].itertuples()}
    assert (samples["case", "all", "1"], samples["case", "all", "2"], samples["case", "repeated", "2"]) == (2, 2, 1)
    assert (samples["gruppe", "a", "1"], samples["access", "Aushang", "1"], samples["access", "Aushang", "2"]) == (1, 0, 1)
    assert (samples["mode", "telefon", "1"], samples["mode", "telefon", "2"], samples["language", "Deutsch", "2"]) == (2, 1, 2)
    html = page(tables)
    assert "Mehr Rede über etwas in einer anderen Auswahl ist keine Veränderung der Sache." in html
    assert "Eine Person ist in mehr als einer Erhebung befragt und zählt in jeder." in html
    assert "keine gelesene Stelle<p class=\"source\">danach gefragt: eine Person" in html
    assert "am Telefon" in html
    assert "Kürzel E" not in html
    assert "zwei Befragte, 3 Stellen, gelesen" in html
    assert "niemand danach gefragt" in html


def test_waves_say_where_proposals_are_left_out_and_lead_to_their_passages(tmp_path: Path) -> None:
    tables = run(tmp_path, TALK, TWO, FOUR)
    html = page(tables)
    assert "Ohne Vorschläge" not in html
    assert 'href="#belege?code=W&amp;basis=reviewed&amp;wave=2&amp;' in html
    assert 'href="#belege?code=N.bus&amp;basis=proposed&amp;wave=1&amp;' in html
    gap = frame("quality_fairness", [{"part": "all", "variety": "x", "n": 9, "recall": 0.5, "gap": 0.3, "told": "Lernerdeutsch wird seltener erkannt."}])
    limited = page(tables | {"quality_fairness": gap})
    assert "Lernerdeutsch wird seltener erkannt. Ohne Vorschläge ist deshalb: Wort N.bus." in limited
    assert 'basis=proposed&amp;wave=' not in limited


def test_adding_a_wave_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    before = run(tmp_path, TALK, TWO, FOUR)["findings_waves"]
    more = run(tmp_path, [*TALK, ("I5", "p5", "W", "reviewed")], {**TWO, "I5": ("10", "telefon")}, [*FOUR, ("p5", "I5", "b", "Brief")])["findings_waves"]
    kept = more[more["wave"] != "10"].reset_index(drop=True)
    assert kept.equals(before)
    assert list(more.sort_values("order")["wave"].unique()) == ["1", "2", "10"]
    assert more.loc[(more["wave"] == "10") & (more["code"] == "W"), "n_cases"].tolist() == [1]


def test_one_wave_none_and_waves_without_people_are_no_comparison(tmp_path: Path) -> None:
    for given in ({"I1": ("", "")}, {"I1": ("1", "")}, {"I1": ("1", ""), "I2": ("", "")}, {"I1": ("1", ""), "I9": ("2", "")}):
        people = [(f"p{d}", d, "a", "") for d in given if d != "I9"]
        tables = run(tmp_path, [], given, people)
        assert not len(tables["findings_waves"])
        assert not len(tables["findings_wave_samples"])
        assert "Bisher gibt es nur eine Erhebung" in page(tables)
    empty = run(tmp_path, [], {}, [])
    assert not len(empty["findings_indicators"])
    assert "Noch gibt es keine Zeilen" in page(empty)


def test_conversations_without_a_wave_stand_beside_the_others(tmp_path: Path) -> None:
    tables = run(tmp_path, [], {**TWO, "I5": ("", "")}, [*FOUR, ("p5", "I5", "a", "")])
    assert sorted(set(tables["findings_wave_samples"]["wave"]), key=waves.natural) == ["1", "2", "unbekannt"]
    html = page(tables)
    assert "ohne Angabe der Erhebung" in html
    assert "In keiner der Erhebungen ist schon etwas codiert" in html
    assert "Eine Person ist in mehr als einer Erhebung" in html  # three waves: p1 counts once among those in several


@pytest.mark.parametrize("sign", ["<script>alert(1)</script>", "=1+1", "»«\u202e"])
def test_what_people_write_is_text(tmp_path: Path, sign: str) -> None:
    html = page(run(tmp_path, READ, ONE, THREE, kept=f"indicator,label,source\n,{sign},{sign}\n"))
    assert "<script>" not in html
    assert ("&lt;script&gt;" in html or sign in html)
