"""Wishes and measures: figures by hand, needs in the same turn, silence that is no dissent, what people wrote stays, the chapter's words."""

from __future__ import annotations

import re
import time
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from pipeline import pages, wishes
from pipeline.forms.sheet import MEASURES
from pipeline.measures import measures_plan
from pipeline.measures.wishes import by_value, entries
from pipeline.problems import Stop
from pipeline.sections.answers import indicators, measures
from pipeline.sections.answers.desk import Desk
from pipeline.sections.material import Names
from pipeline.study import Study
from pipeline.tables import TABLES, check, frame

VARIABLES = {"gruppe": {"label": "Gruppe", "values": {"a": "Amt", "b": "Verein+Club"}}, "ort": {"label": "Ort"}}
CODES = frame("codes", [
    {"order": n, "code": c, "parent": p, "level": int(bool(p)), "label": f"Wort {c}", "coded": "no" if c in "WN" else "yes", "through": "yes"}
    for n, (c, p) in enumerate([("W", ""), ("W.fest", "W"), ("W.rat", "W"), ("N", ""), ("N.raum", "N"), ("N.bus", "N"), ("H", ""), ("R", "")])
])  # fmt: skip
FAMILIES = {"wishes": ["W", "W.fest", "W.rat"], "needs": ["N", "N.raum", "N.bus"], "costs": ["H"], "reasons": ["R"]}
GUIDE = "questions:\n  - id: L9\n    text: Was wünschen Sie sich?\n    expects: [W.fest, W.rat]\n"
PEOPLE = {"p1": "a", "p2": "a", "p3": "b", "p4": "c"}  # case -> group; every case has its own conversation


@cache
def empty() -> dict[str, pd.DataFrame]:
    return {name: frame(name, []) for name in TABLES}


def settings(**answers: Any) -> SimpleNamespace:
    study = Study.model_validate({"variables": VARIABLES, "answers": {"group": "gruppe", "district": "ort", **answers}})
    return SimpleNamespace(variables=study.variables, answers=study.answers, report=study.report)


def mention(case: str, turn: int, start: int, code: str, basis: str = "reviewed") -> dict[str, Any]:
    return {
        "mention": f"m{case}{turn}{start}{code}", "doc": f"I{case}", "turn": turn, "start": start, "end": start + 9, "code": code, "case": case,
        "basis": basis, "prompt": "asked", "stance": "affirmed", "unasked": "yes",
    }  # fmt: skip


def cases(people: dict[str, str]) -> pd.DataFrame:
    return frame("cases", [{"case": c, "doc": f"I{c}", "speaker": "B", "gruppe": g, "ort": "nord"} for c, g in people.items()], VARIABLES)


def run(
    folder: Path, said: list[dict[str, Any]], people: dict[str, str] = PEOPLE, asked: tuple[str, ...] = ("p1", "p2", "p3"), kept: str = "", answers: dict[str, Any] | None = None
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """The stage over a tiny study; tables checked against the contract."""
    (folder / "guide.yaml").write_text(GUIDE)
    if kept:
        (folder / "measures.csv").write_text(kept)
    spoken = frame("findings_mentions", said)
    given = {
        "documents": frame("documents", [{"doc": f"I{c}", "status": "ok", "wave": "1", "words": 9, "turns": 3} for c in people]), "cases": cases(people),
        "questions": frame("questions", [{"doc": f"I{c}", "turn": 1, "question": "L9", "kind": "asked"} for c in asked]), "codes": CODES,
        "findings_scope": frame("findings_scope", [{"family": f, "code": c, "given": "yes"} for f, found in FAMILIES.items() for c in found]),
        "findings_mentions": spoken,
        "findings_quotes": frame("findings_quotes", [{"code": r["code"], "rank": n, "mention": r["mention"], "case": r["case"]} for n, r in enumerate(said, 1)]),
    }  # fmt: skip
    files = {"guide_file": folder / "guide.yaml", "measures_file": folder / "measures.csv", "indicators_file": folder / "indicators.csv"}
    made = {name: frame(name, rows) for name, rows in wishes.whole(**given, settings=settings(**(answers or {})), **files).items()}
    assert not [fault for name, rows in made.items() for fault in check(name, rows)]
    return {**given, **made}


def by(tables: dict[str, pd.DataFrame], table: str, *key: str) -> dict[Any, Any]:
    return {(tuple(getattr(r, k) for k in key) if len(key) > 1 else getattr(r, key[0])): r for r in tables[table].itertuples()}


SAID = [
    mention("p1", 2, 0, "W.fest"), mention("p1", 2, 0, "W"), mention("p1", 2, 20, "N.raum"), mention("p1", 2, 20, "N"), mention("p1", 2, 40, "H"),
    mention("p1", 4, 0, "W.fest"), mention("p1", 4, 0, "W"), mention("p2", 2, 0, "W.fest"), mention("p2", 2, 0, "W"), mention("p2", 2, 20, "N.raum"), mention("p2", 2, 20, "N"),
    mention("p4", 2, 0, "W.fest", "proposed"), mention("p4", 2, 0, "W", "proposed"), mention("p4", 2, 20, "N.bus", "proposed"), mention("p4", 2, 30, "H", "proposed"),
]  # fmt: skip


def test_figures_groups_need_and_costs_are_those_counted_by_hand(tmp_path: Path) -> None:
    found = by(run(tmp_path, SAID), "findings_measures", "code")
    row = found["W.fest"]
    assert (row.n_mentions, row.n_cases, row.n_asked, row.n_cases_asked, row.n_proposed, row.n_cases_proposed) == (3, 2, 3, 2, 1, 1)
    assert (row.groups, row.groups_silent) == ("a", "b")  # b was asked and says nothing; c only by a proposal
    assert (row.need_code, row.need, row.need_turns, row.need_hint) == ("N.raum", "Wort N.raum", 2, "")
    assert (row.costs, row.n_costs_proposed) == ("mp1240H", 1)
    assert (row.goal, row.indicator, row.responsible, row.date, row.state) == ("", "", "", "", "proposed")
    assert set(found) == {"W.fest", "N.raum", "N.bus"}  # nobody speaks of W.rat; W itself is no category of its own
    assert found["N.bus"].n_mentions == 0
    assert found["N.bus"].n_proposed == 1
    assert found["N.bus"].kind == "need"


def test_a_group_may_bear_any_name(tmp_path: Path) -> None:
    people = {"p1": "60+", "p2": "Nord, West", "p3": "b", "p4": "c"}
    row = by(run(tmp_path, SAID, people), "findings_measures", "code")["W.fest"]
    assert (row.groups, row.groups_silent) == ("60+; Nord, West", "b")


def test_an_asked_group_with_an_unread_proposal_is_neither_voiced_nor_silent(tmp_path: Path) -> None:
    row = by(run(tmp_path, SAID, asked=("p1", "p3", "p4")), "findings_measures", "code")["W.fest"]
    assert (row.groups, row.groups_silent) == ("a", "b")


def test_a_category_is_no_hurdle_of_its_own_and_one_passage_is_one_hurdle() -> None:
    said = frame("findings_mentions", [mention("p1", 2, 0, "N.raum"), mention("p1", 2, 20, "H"), mention("p1", 2, 20, "R"), mention("p1", 9, 0, "H")])
    turns = measures_plan.turns_of(said)
    costs = measures_plan.in_turns(said[said["code"].isin(["H", "R", "N.raum"])])
    assert measures_plan.hurdles("N.raum", costs, turns) == (["mp1220H"], 0)  # not itself, not twice, not in another turn
    assert measures_plan.hurdles("nie", costs, turns) == ([], 0)


def test_many_mentions_do_not_take_long() -> None:
    said = frame("findings_mentions", [mention(f"p{i % 50}", i, 0, ("W.fest", "H")[i % 2]) for i in range(20_000)])
    people = cases({f"p{n}": f"g{n % 20}" for n in range(50)})
    began = time.perf_counter()
    rows = by_value(["W.fest"] * 60, said, people, {"W.fest": {"p0"}}, ["gruppe"])
    costs, turns = measures_plan.in_turns(said[said["code"] == "H"]), measures_plan.turns_of(said)
    assert all(measures_plan.hurdles("W.fest", costs, turns) == ([], 0) for _ in range(60))
    assert time.perf_counter() - began < 3
    assert (rows[0]["n_mentions"], rows[0]["n_cases"], rows[0]["n_asked"], rows[0]["n_group"]) == (10_000, 25, 1, 50)


def test_doubling_everybody_doubles_figures_and_changes_nothing_else(tmp_path: Path) -> None:
    twins = {**PEOPLE, **{f"q{case}": group for case, group in PEOPLE.items()}}
    more = [{**row, "case": f"q{row['case']}", "doc": f"Iq{row['case']}", "mention": f"q{row['mention']}"} for row in SAID]
    once, twice = run(tmp_path, SAID), run(tmp_path, SAID + more, twins, ("p1", "p2", "p3", "qp1", "qp2", "qp3"))
    for a, b in zip(once["findings_wishes"].itertuples(), twice["findings_wishes"].itertuples(), strict=True):
        assert (a.code, a.value, a.basis) == (b.code, b.value, b.basis)
        assert [2 * a.n_mentions, 2 * a.n_cases, 2 * a.n_asked, 2 * a.n_group] == [b.n_mentions, b.n_cases, b.n_asked, b.n_group]
    columns = ["measure", "order", "need", "groups", "groups_silent"]
    assert once["findings_measures"][columns].equals(twice["findings_measures"][columns])


def test_a_louder_wish_does_not_move_up(tmp_path: Path) -> None:
    loud = [mention("p1", turn, 0, "W.rat") for turn in range(2, 40)]
    rows = run(tmp_path, [*SAID, *loud])["findings_measures"].sort_values("order")
    assert list(rows["code"]) == ["W.fest", "W.rat", "N.raum", "N.bus"]


def test_a_need_by_proposals_is_a_hint_and_never_stands_as_read(tmp_path: Path) -> None:
    row = by(run(tmp_path, SAID[-4:]), "findings_measures", "code")["W.fest"]
    assert (row.need, row.need_code, row.need_turns, row.need_hint) == ("", "", 0, "N.bus")
    turns = {"W": {"reviewed": {("I", 1)}, "proposed": set()}, **{f"N{n}": {"reviewed": {("I", 1)}, "proposed": set()} for n in range(4)}}
    assert measures_plan.answering("W", ["N0", "N1", "N2"], turns) == (["N0", "N1", "N2"], 1, [])
    assert measures_plan.answering("W", ["N0", "N1", "N2", "N3"], turns) == ([], 0, [])  # four of equal number say nothing
    assert measures_plan.answering("W", [], turns) == ([], 0, [])


def test_a_parent_has_a_row_only_for_what_none_below_it_takes() -> None:
    codes = CODES.assign(coded="yes")
    both = frame("findings_mentions", [mention("p1", 2, 0, "W.fest"), mention("p1", 2, 0, "W")])
    own = frame("findings_mentions", [mention("p1", 2, 0, "W.fest"), mention("p1", 2, 0, "W"), mention("p1", 3, 0, "W")])
    assert entries(codes, FAMILIES["wishes"], both) == ["W.fest", "W.rat"]
    assert entries(codes, FAMILIES["wishes"], own) == ["W", "W.fest", "W.rat"]


def test_what_people_wrote_wins_and_their_own_rows_stay(tmp_path: Path) -> None:
    key = measures_plan.key
    kept = f"measure,label,need,goal,note\n{key('W.fest')},Ein Straßenfest,wort n.bus; Kaffee,Im Mai 2027 fand eines statt,\n,Schlüsselvertrag,,Ein Vertrag,\n{key('weg')},,,Altes Ziel,\n{key('W.rat')},,,Noch ein Ziel,\n"
    rows = run(tmp_path, SAID, kept=kept)["findings_measures"].sort_values("order")
    found = {row.measure: row for row in rows.itertuples()}
    fest = found[key("W.fest")]
    assert (fest.label, fest.goal, fest.state, fest.edited) == ("Ein Straßenfest", "Im Mai 2027 fand eines statt", "edited", "label+need+goal")
    assert (fest.need, fest.need_code, fest.need_turns) == ("wort n.bus; Kaffee", "N.bus", 0)
    assert fest.n_mentions == 3
    own = next(row for row in found.values() if row.state == "added")
    assert (own.label, own.kind, own.n_mentions, own.goal) == ("Schlüsselvertrag", "own", 0, "Ein Vertrag")
    assert (found[key("weg")].state, found[key("weg")].goal) == ("lost", "Altes Ziel")
    assert (found[key("W.rat")].goal, found[key("W.rat")].state, found[key("W.rat")].n_asked) == ("Noch ein Ziel", "edited", 3)  # nobody speaks of it, but people wrote in it


def test_rows_follow_a_renamed_category_and_keep_the_name_of_one_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = measures_plan.key
    monkeypatch.setattr(f"{__name__}.CODES", CODES.assign(was=CODES["code"].map({"W.fest": "W.begegnung"}).fillna("")))
    kept = f"measure,label,goal,of_code,of_label\n{key('W.begegnung')},,Drei Bänke,,\n{key('W.weg')},,Ein Saal,W.weg,Wort W.weg\n{key('W.rat')},–,,,\n{key('nie')},,x,,\n"
    (tmp_path / "indicators.csv").write_text(f"indicator,source,of_label\ni{key('W.begegnung')[1:]},Zählung,\ni{key('W.weg')[1:]},Plan,Wort W.weg\n", "utf-8")
    tables = run(tmp_path, SAID, kept=kept)
    found = by(tables, "findings_measures", "measure")
    assert (found[key("W.fest")].goal, found[key("W.fest")].state, found[key("W.fest")].n_mentions) == ("Drei Bänke", "edited", 3)
    gone = found[key("W.weg")]
    assert (gone.kind, gone.state, gone.gone, gone.label, gone.edited) == ("gone", "lost", "Wort W.weg", "Wort W.weg", "goal")
    assert key("W.begegnung") not in found
    assert by(tables, "findings_indicators", "indicator")["i" + key("W.fest")[1:]].source == "Zählung"
    html = page(measures, "measures", tables)
    assert "zu einer Kategorie, die es nicht mehr gibt: Wort W.weg" in html
    assert html.index("<h3>Zu früheren Kategorien</h3>") < html.index("Ein Saal")
    assert "stammen nicht aus den Gesprächen" not in html
    assert "ohne Bezeichnung" not in html
    assert "von Menschen benannt" not in html  # an emptied label is no name
    assert "zu einer Kategorie, die es nicht mehr gibt: Wort W.weg" in page(indicators, "indicators", tables)


def test_two_rows_of_one_measure_stop_the_run_with_the_line(tmp_path: Path) -> None:
    key = measures_plan.key("W.fest")
    with pytest.raises(Stop) as stop:
        run(tmp_path, SAID, kept=f"measure,goal\n{key},eins\n{key},zwei\n")
    assert (stop.value.problems[0].file, stop.value.problems[0].line) == (MEASURES.file, 3)


def test_nothing_said_no_variables_nobody_at_all(tmp_path: Path) -> None:
    quiet = run(tmp_path, [])
    assert not len(quiet["findings_measures"])
    assert not quiet["findings_wishes"]["n_mentions"].any()
    nobody = run(tmp_path, [], people={}, asked=())
    assert not len(nobody["findings_measures"])
    assert not len(nobody["findings_wishes"])
    other = run(tmp_path, SAID, answers={"group": "", "district": "gibtsnicht"})
    assert set(other["findings_wishes"]["variable"]) == {""}
    assert not other["findings_measures"]["groups"].any()


def desk(tables: dict[str, pd.DataFrame], **answers: Any) -> Desk:
    """A desk over these tables; every sentence has a turn, and those of p2 may not be quoted."""
    said = tables["findings_mentions"]
    every = dict(empty())
    places = sorted(set(zip(said["doc"], said["turn"], said["case"], strict=True)))
    every |= tables | {
        "turns": frame("turns", [{"doc": d, "turn": t, "speaker": "B", "case": c, "role": "respondent", "text": f"Ein Fest {d} {t} wäre schön, aber uns fehlt Raum und Zeit."} for d, t, c in places]),
        "speakers": frame("speakers", [{"doc": f"I{c}", "speaker": "B", "case": c, "quotable": "no" if c == "p2" else "yes", "turns": 1, "words": 1} for c in tables["cases"]["case"]]),
        "findings_release": pd.DataFrame([{"mention": m.mention, "consent": "no" if m.case == "p2" else "yes", "unique": ""} for m in said.itertuples()], columns=["mention", "consent", "unique"]),
    }  # fmt: skip
    knobs = settings(**answers)
    return Desk(every, knobs, Names(knobs, every["cases"], every["documents"]), ())


def page(section: Any, name: str, tables: dict[str, pd.DataFrame], **answers: Any) -> str:
    env = pages.environment()
    ui = env.get_template("macros.html.j2").make_module({"study": SimpleNamespace(language="de"), "pictures": {}})
    return " ".join(env.get_template(f"answers/{name}.html.j2").render(c=section.chapter(desk(tables, **answers)), ui=ui).split())


def test_the_chapter_keeps_read_and_proposed_apart_and_calls_silence_no_dissent(tmp_path: Path) -> None:
    html = page(measures, "measures", run(tmp_path, SAID))
    assert "keine Rangfolge" in html
    assert "weder Ablehnung noch Zustimmung" in html
    assert "genannt von: Amt<" in html
    assert "gefragt, bisher nichts dazu: Verein+Club<" in html
    assert "3 Stellen, gelesen</a> bei zwei von drei Befragten, die danach gefragt wurden" in html
    assert 'ein Vorschlag bei einer befragten Person, ungelesen</a>; auch aus: c</p>' in html
    assert "in zwei gelesenen Beiträgen zusammen genannt" in html
    assert "Im selben Beitrag genannte Hürden" in html
    assert "eine mögliche Hürde im selben Beitrag, ungelesen" in html
    assert '<dd class="unset">offen</dd>' in html
    assert "make adopt FILE=measures.xlsx" in html
    assert "%" not in re.sub(r'href="[^"]*"', "", html)
    assert "weder eine gelesene Stelle noch einen Vorschlag: Wort W.rat" in html
    assert "Zitat nicht gezeigt" in html
    assert "Ein Fest Ip2" not in html


def test_a_new_study_shows_its_proposals_to_read(tmp_path: Path) -> None:
    fresh = [{**row, "basis": "proposed"} for row in SAID]
    html = page(measures, "measures", run(tmp_path, fresh))
    assert "Noch hat kein Mensch eine dieser Stellen gelesen" in html
    assert "Vorschläge zum Nachlesen" in html
    assert 'basis=reviewed' not in html
    assert "genannt von" not in html


def test_where_the_machine_finds_groups_unequally_its_proposals_name_none(tmp_path: Path) -> None:
    tables = run(tmp_path, SAID)
    tables["quality_fairness"] = frame("quality_fairness", [{"part": "W", "variety": "ruhr", "n": 60, "recall": 0.5, "gap": 0.3, "told": "Ruhrdeutsch wird seltener gefunden."}])
    tables["model_codes"] = frame("model_codes", [{"order": 0, "code": "W.fest", "served": "yes", "n_anchors": 1, "n_reviewed": 0, "n_varieties": 1}])
    html = page(measures, "measures", tables)
    assert "Ruhrdeutsch wird seltener gefunden." in html
    assert "genannt von: Amt<" in html
    assert "auch aus: c" not in html
    assert "nichts dazu: Verein+Club" not in html


def test_the_chapter_of_an_empty_study_says_what_to_do(tmp_path: Path) -> None:
    html = page(measures, "measures", run(tmp_path, [], people={}, asked=()))
    assert "Noch ist kein Wunsch" in html
    assert "measures.xlsx" in html
    own = page(measures, "measures", run(tmp_path, [], kept="measure,label,goal\n,<b>Fest</b>,offen\n"))
    assert "Von der Steuerungsgruppe ergänzt" in own
    assert "&lt;b&gt;Fest" in own
    assert "Noch ist keine Zeile ausgefüllt." in own
