"""Potentials by kind, group and neighbourhood; bridge persons by role; which neighbourhood a passage speaks of; the chapter's words."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from pipeline import annotate, potentials
from pipeline.measures import bridges
from pipeline.measures import potentials as measures
from pipeline.measures.denials import parted
from pipeline.measures.districts import order, placed
from pipeline.pages import environment
from pipeline.sections.answers import potentials as section
from pipeline.sections.answers.desk import Desk
from pipeline.sections.material import Names
from pipeline.stages import BY_NAME
from pipeline.study import Answers, Variable
from pipeline.tables import TABLES, check, frame
from pipeline.wording import NOT_SHOWN

DECLARED = {"Nord": "Nordstadt", "Ost": "Ost", "Mark": "Alte Mark"}
VARIABLES = {"art": Variable(label="Art der Befragten", values={"amt": "Verwaltung", "alle": "Menschen"}), "ort": Variable(label="Ortsteil", values=DECLARED)}
FAMILIES = {"potentials": ("P", "P.a"), "bridges": ("P.b",), "needs": ("N.a", "N.b"), "offers": ("O.a",), "welcome": ("W.g",), "unwelcome": ("W.b",), "together": ("T.g",), "conflict": ("T.b",)}
CODES = {"P": "", "P.a": "P", "P.b": "P", "N.a": "", "N.b": "", "O.a": "", "W.g": "", "W.b": "", "T.g": "", "T.b": ""}


def turns(*texts: str, doc: str = "I001", case: str = "c1") -> list[dict[str, Any]]:
    return [
        {"doc": doc, "turn": n, "speaker": "B", "case": case, "role": "respondent", "t_start": 0.0, "t_end": 0.0, "text": text} for n, text in enumerate(texts, 1)
    ]


def mention(code: str, text: str = "", of: str = "", **more: Any) -> dict[str, Any]:
    """A mention of the words `text` in the turn `of` (all of it where it is empty)."""
    start = of.index(text) if text else 0
    row = {"doc": "I001", "turn": 1, "start": start, "end": start + len(text or of), "code": code, "case": "c1", "basis": "reviewed", "about": "all", "stance": "affirmed"}
    row |= more
    return {"mention": f"m{row['doc']}-{row['turn']}-{row['start']}-{code}", **row}


def mentions(*rows: dict[str, Any]) -> pd.DataFrame:
    return frame("findings_mentions", rows)


# --- which neighbourhood


def where(text: str, of: str, own: dict[str, str], **more: Any) -> list[tuple[str, str]]:
    found = placed(mentions(mention("P.a", text, of)), frame("turns", turns(of)), DECLARED, own, **more)
    return next(iter(found.values()))


@pytest.mark.parametrize(
    ("text", "of", "expected"),
    [
        ("da hilft man sich", "Im Ost ist es ruhig, da hilft man sich", [("Ost", "turn")]),
        ("in der Nordstadt hilft man", "Ich sage: in der Nordstadt hilft man sich.", [("Nord", "passage")]),
        ("Alte Mark und Nord", "Die Alte Mark und Nord sind nah.", [("Mark", "passage"), ("Nord", "passage")]),
        ("man hilft sich", "man hilft sich, und im Ost auch", [("Mark", "speaker")]),
        ("man hilft sich", "Einer aus dem Ost sagt, man hilft sich", [("Mark", "speaker")]),
        ("Nordlichter und Ostern", "Die Nordlichter und Ostern", [("Mark", "speaker")]),
    ],
)
def test_a_passage_belongs_to_the_place_it_names_else_the_last_before_it_else_the_speakers(text: str, of: str, expected: list[tuple[str, str]]) -> None:
    assert where(text, of, {"c1": "Mark"}) == expected


def test_a_passage_without_any_place_is_nowhere_and_unknown_is_no_place() -> None:
    assert where("Man hilft sich", "Man hilft sich.", {"c1": "unbekannt"}) == where("Man hilft sich", "Man hilft sich.", {}) == [("", "")]


def test_where_people_are_from_is_not_where_an_offer_is() -> None:
    text = "Sechs Kinder aus dem Ost spielen mit."
    assert where(text, text, {"c1": "Mark"}) == [("Ost", "passage")]
    assert where(text, text, {"c1": "Mark"}, origins=False) == [("Mark", "speaker")]


def test_who_speaks_in_office_speaks_of_the_whole_town() -> None:
    assert where("man hilft sich", "man hilft sich", {"c1": "Mark"}, office={"c1"}) == [("", "")]
    assert where("man hilft sich", "Im Ost ist es so: man hilft sich", {"c1": "Mark"}, office={"c1"}) == [("Ost", "turn")]
    people = frame("cases", [{"case": c, "doc": d, "speaker": "B", "voice": v} for c, d, v in (("c1", "D1", "official"), ("c2", "D2", "private"), ("c3", "D3", ""), ("c4", "D4", "official"), ("c4", "D5", "private"))])
    assert potentials._official(people) == {"c1"}, "who also speaks privately lives somewhere"


def test_names_with_signs_of_their_own_and_short_ones_do_no_harm() -> None:
    hostile = {"A.*(": "", "1": "eins", "Ort+": "Ort+"}
    text = "In A.*( und 1 und Ort+ ist es schön."
    found = placed(mentions(mention("P.a", "", text)), frame("turns", turns(text)), hostile, {})
    assert next(iter(found.values())) == [("A.*(", "passage"), ("Ort+", "passage")]
    assert order({}, {}) == [""]


# --- figures


def figure(rows: list[dict[str, Any]], code: str, by: str, value: str, basis: str = "reviewed") -> tuple[int, ...]:
    row = next(r for r in rows if (r["code"], r["by"], r["value"], r["basis"]) == (code, by, value, basis))
    return tuple(row[c] for c in ("n_mentions", "n_cases", "n_asked", "n_group", "n_cases_own", "n_named"))


def counted() -> list[dict[str, Any]]:
    """Three people: c1 (amt, Nord) tells twice, of which once of Ost; c2 (alle, Ost) is only proposed; c3 says nothing."""
    data = mentions(
        mention("P.a", "", "a"), mention("P.a", "", "a", turn=2), mention("P.a", "", "a", doc="I002", case="c2", basis="proposed"),
    )  # fmt: skip
    first, second, third = data["mention"]
    places = {first: [("Nord", "speaker")], second: [("Ost", "passage")], third: [("Ost", "speaker")]}
    homes = {"c1": "Nord", "c2": "Ost", "c3": "unbekannt"}
    return measures.rows(
        ["P.a"], data, {"P.a": {"c1", "c3"}}, {"c1": "amt", "c2": "alle", "c3": "alle"}, homes, places, order(DECLARED, homes), {"c1", "c2", "c3"}
    )


def test_read_and_proposed_are_counted_apart_beside_those_asked() -> None:
    rows = counted()
    assert figure(rows, "P.a", "", "") == (2, 1, 2, 3, 1, 0)
    assert figure(rows, "P.a", "", "", "proposed") == (1, 1, 2, 3, 1, 0)
    assert figure(rows, "P.a", "group", "amt") == (2, 1, 1, 1, 1, 0)
    assert figure(rows, "P.a", "group", "alle") == (0, 0, 1, 2, 0, 0)


def test_a_place_counts_who_speaks_of_it_and_says_how_many_are_from_there() -> None:
    rows = counted()
    assert figure(rows, "P.a", "district", "Nord") == (1, 1, 1, 1, 1, 0)
    assert figure(rows, "P.a", "district", "Ost") == (1, 1, 0, 1, 0, 1), "c1 is from elsewhere and names it; c2 is from there and was not asked"
    assert figure(rows, "P.a", "district", "Ost", "proposed") == (1, 1, 0, 1, 1, 0)
    assert figure(rows, "P.a", "district", "") == (0, 0, 1, 1, 0, 0), "c3, whose district nobody knows, was asked"


def test_the_rows_keep_the_contract() -> None:
    assert not check("findings_potentials", frame("findings_potentials", counted()))


# --- bridge persons


@lru_cache(maxsize=1)
def _language() -> SimpleNamespace:
    return SimpleNamespace(annotate=SimpleNamespace(model="", region="ruhr"))


def bridge(text: str, about: str = "other group", passage: str = "", free: bool = True) -> dict[str, Any]:
    data = frame("turns", turns(text))
    words = annotate.each(data, _language())
    tokens, types = frame("tokens", words["tokens"]), frame("types", words["types"])
    rows = bridges.rows(mentions(mention("P.b", passage, text, about=about)), tokens, types, lambda doc, turn: free and (doc, turn) == ("I001", 1))
    assert not check("findings_bridges", frame("findings_bridges", rows))
    return rows[0]


BRIDGES = [
    ("Die Integrationslotsin übersetzt für die Familien beim Amt.", "other group", "Integrationslotsin", "Familien", "Amt"),
    ("Unser Imam vermittelt zwischen den Alten und den Jungen.", "other group", "Imam", "Alten", "Jungen"),
    ("Meine Tochter übersetzt, wenn ein Brief vom Jobcenter kommt.", "own group", "Tochter", "", "Jobcenter"),
    ("Die Nachbarin von oben, die bringt Syrer und Deutsche zusammen.", "other group", "Nachbarin", "Syrer", "Deutsche"),
    ("Es gibt die Stadtteilmütter, die begleiten Mütter zu den Ämtern.", "other group", "Stadtteilmütter", "", "Ämter"),
    ("Die Kulturmittlerinnen erklären den Lehrern, was die Eltern meinen.", "other group", "Kulturmittlerinnen", "Lehrer", ""),
    ("Unser Bildungslotse ist von der Schule zu den Eltern gegangen.", "other group", "Bildungslotse", "Schule", "Eltern"),
    ("Bei uns macht das der Hausmeister, der redet mit allen.", "other group", "Hausmeister", "", ""),
    ("Der Vatter von dem, der bringt einfach einen mit.", "other group", "Vater", "", ""),
    ("Ich dolmetsche ja oft für die Nachbarn beim Arzt.", "self", "self", "Nachbarn", "Arzt"),
    ("Zwischen Amt und Familien, da stehe ich.", "self", "self", "Amt", "Familien"),
    ("Ich hab die Kinder dolmetschen lassen.", "self", "Kinder", "", ""),
    ("Die Frau vom Kiosk kennt jeden.", "other group", "Frau vom Kiosk", "", ""),
    ("Beim Elternsprechtag sitz ich zwischen Mama und meiner Lehrerin und übersetze.", "self", "self", "Mama", "Lehrerin"),
    ("Wenn der Enkel Mist gebaut hat, gehen die Alten zu dem.", "other group", "", "", ""),
    ("Die Afghanen klingeln bei dem, wenn Post kommt.", "other group", "", "", ""),
    ("Man müsste jemanden haben, der vermittelt.", "all", "", "", ""),
]


@pytest.mark.parametrize(("text", "about", "role", "a", "b"), BRIDGES)
def test_bridge_persons_have_a_role_and_sides_as_far_as_these_are_said(text: str, about: str, role: str, a: str, b: str) -> None:
    found = bridge(text, about)
    assert (found["bridge_role"], found["side_a"], found["side_b"]) == (role, a, b)


@pytest.mark.parametrize("text", ["Da ist der [Person 3], der kennt beide Seiten.", "Frau Yılmaz geht mit zum Elternabend.", "Die Aya erklärt denen das dann.", "Frau Schneider ruft dann da an.", "Herr Kaiser, der übersetzt."])
def test_a_name_is_a_person_and_never_shown(text: str) -> None:
    found = bridge(text)
    assert found["bridge_role"] == "person"
    assert not any(name in str(value) for value in found.values() for name in ("Person 3", "Yılmaz", "Aya", "Schneider", "Kaiser"))


def test_whoever_was_introduced_before_the_passage_is_found_there() -> None:
    found = bridge("Wir haben eine Stadtteilmutter im Haus. Die übersetzt auch.", passage="Die übersetzt auch.")
    assert (found["bridge_role"], found["found_in"], found["does"]) == ("Stadtteilmutter", "before", "übersetzen")


def test_words_of_people_who_may_not_be_quoted_are_not_kept() -> None:
    found = bridge("Die Integrationslotsin übersetzt für die Familien beim Amt.", free=False)
    assert [found[c] for c in ("bridge_role", "does", "side_a", "side_b")] == [""] * 4
    assert bridge("Ich dolmetsche oft für die Nachbarn.", "self", free=False)["bridge_role"] == "self"


# --- the stage and its chapter


def settings(variables: dict[str, Any] | None = None) -> SimpleNamespace:
    answers = Answers.model_construct(group="art", district="ort")
    return SimpleNamespace(variables=VARIABLES if variables is None else variables, answers=answers, report=SimpleNamespace(counts="proposals"), findings=SimpleNamespace(small=3))


def study(rows: list[dict[str, Any]], spoken: list[dict[str, Any]], people: list[dict[str, Any]], extra: tuple[str, ...] = ("art", "ort")) -> dict[str, pd.DataFrame]:
    """All tables the stage and the chapters read, with what the stage makes of them."""
    text = frame("turns", spoken)
    words = annotate.each(text, _language())
    made = {name: frame(name, []) for name in TABLES}
    made |= {name: frame(name, words[name]) for name in ("segments", "tokens", "types")}
    made |= {
        "turns": text, "cases": frame("cases", people, extra),
        "speakers": frame("speakers", [{"doc": d, "speaker": "B", "role": "respondent", "confidence": 1.0, "turns": 1, "words": 1, "case": c, "quotable": "yes"} for d, c in sorted({(t["doc"], t["case"]) for t in spoken})]),
        "findings_scope": frame("findings_scope", [{"family": f, "code": c, "given": "yes"} for f, codes in FAMILIES.items() for c in codes]),
        "codes": frame("codes", [{"order": n, "code": c, "parent": p, "level": int(bool(p)), "label": f"Sorte {c}", "definition": "", "coded": "no" if c == "P" else "yes", "through": "yes"} for n, (c, p) in enumerate(CODES.items())]),
        "findings_release": frame("findings_release", [{"mention": r["mention"], "n_alike": 9, "consent": "yes"} for r in rows]),
        "findings_quotes": frame("findings_quotes", [{"code": r["code"], "rank": n, "mention": r["mention"], "case": r["case"]} for n, r in enumerate(rows)]),
    }  # fmt: skip
    made["findings_mentions"], made["findings_denials"] = parted(mentions(*rows), made["codes"])
    for name, found in potentials.whole(**{n: made[n] for n in BY_NAME["potentials"].reads}, settings=settings(), guide_file=NO_GUIDE).items():
        made[name] = frame(name, found)
        assert not check(name, made[name])
    return made


NO_GUIDE = Path("nowhere.yaml")


def desk(tables: dict[str, pd.DataFrame]) -> Desk:
    return Desk(tables, settings(), Names(settings(), tables["cases"], tables["documents"]), ())


def page(name: str, values: Any, proposals: bool = True) -> str:
    source = f'{{% import "macros.html.j2" as ui with context %}}{{% include "answers/{name}.html.j2" %}}'
    return environment().from_string(source).render(c=values, with_proposals=proposals, pictures={}, study=SimpleNamespace(**vars(settings()), language="de"))


LOTSIN = "Die Integrationslotsin übersetzt für die Familien beim Amt."


def small(basis: str = "reviewed") -> dict[str, pd.DataFrame]:
    told = "Bei uns hilft jeder jedem."
    rows = [
        mention("P.a", "", told, basis=basis), mention("P", "", told, basis=basis), mention("P.b", "", LOTSIN, turn=2, basis=basis, about="other group"),
        mention("P", "", LOTSIN, turn=2, basis=basis),
    ]  # fmt: skip
    return study(rows, turns(told, LOTSIN), [{"case": "c1", "doc": "I001", "speaker": "B", "voice": "private", "art": "alle", "ort": "Nord"}])


def test_the_chapter_shows_kinds_places_and_roles() -> None:
    made = desk(small())
    values = section.chapter(made)
    assert [(k.code, k.n_cases, k.n_mentions) for k in values.kinds] == [("P", 1, 2), ("P.a", 1, 1), ("P.b", 1, 1)]
    assert [(b.role, b.connects, b.reviewed) for b in values.bridges] == [("Integrationslotsin", "Familien – Amt", True)]
    assert [h.label for h in values.districts.heads] == ["Nordstadt", "Ost", "Alte Mark"], "without a column for nowhere where nothing is"
    shown = page("potentials", values)
    assert "Familien – Amt" in shown
    assert "kein Verzeichnis" in shown
    assert "Nordstadt" in shown
    assert shown.count("Bei uns hilft jeder jedem.") == 1, "a mention of a child is not shown again for its parent"


def test_what_people_never_want_quoted_is_counted_and_not_shown() -> None:
    tables = small()
    tables["quote_decisions"] = frame("quote_decisions", [{"line": n, "doc": "I001", "turn": n, "start": 3, "end": 9, "pin": "nein"} for n in (1, 2)])
    values = section.chapter(desk(tables))
    assert [(h.passages.n_read, h.passages.read) for h in values.districts.told] == [(2, [])]
    assert values.districts.told[0].passages.more == "Dazu zwei weitere gelesene Stellen."
    shown = page("potentials", values)
    assert LOTSIN not in shown
    assert "hilft jeder jedem" not in shown
    assert desk(tables).words("I001", 1, 0, 4) == NOT_SHOWN


def test_a_category_that_is_coded_itself_shows_no_passage_of_its_child_again() -> None:
    tables = small()
    tables["codes"]["coded"] = "yes"
    told = section.chapter(desk(tables)).districts.told
    assert [h.passages.n_read for h in told] == [2], "two passages, however many categories above bear them"


def test_who_denies_that_something_is_there_does_not_name_it_and_an_offer_that_is_denied_is_told_as_such() -> None:
    told = "Helfen tut hier keiner."
    rows = [mention(code, "", told, stance="negated", codings="c1", coder="mk") for code in ("P.a", "P")]
    made = study(rows, turns(told), [{"case": "c1", "doc": "I001", "speaker": "B", "art": "alle", "ort": "Nord"}])
    assert not made["findings_potentials"]["n_mentions"].any()


def test_with_nothing_read_the_chapter_shows_proposals_as_such() -> None:
    values = section.chapter(desk(small("proposed")))
    assert not values.read
    assert [(k.n_cases, k.n_cases_proposed) for k in values.kinds] == [(0, 1)] * 3
    shown = page("potentials", values)
    assert "noch keine Befunde" in shown
    assert 'class="proposal"' in shown
    assert LOTSIN in shown


def test_an_empty_study_has_an_empty_chapter() -> None:
    tables = study([], turns("Guten Tag."), [])
    assert not len(tables["findings_bridges"])
    assert not tables["findings_potentials"]["n_mentions"].any()
    assert "noch keine Stelle" in page("potentials", section.chapter(desk(tables)))


def test_a_study_without_variables_still_counts() -> None:
    told = "Bei uns hilft jeder jedem."
    tables = study([mention("P.a", "", told)], turns(told), [{"case": "c1", "doc": "I001", "speaker": "B"}], extra=())
    assert set(tables["findings_potentials"]["by"]) == {""}
    assert not len(tables["findings_needs"])
    values = section.chapter(desk(tables))
    assert values.districts is None
    assert values.districts is None
    assert values.kinds[0].n_cases == 1
