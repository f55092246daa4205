"""Core statements that people write: read forgivingly, figures and evidence checked, drafted, adopted, kept."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline import freshness, publish, statements
from pipeline.adopt import adopt
from pipeline.check import check
from pipeline.claims import advice, figures, finding, hints, notation, reading, scaffold, table
from pipeline.claims.material import Material
from pipeline.language import spoken
from pipeline.pages import environment
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.run import Outcome
from pipeline.sections.front import front
from pipeline.study import Study, Variable
from pipeline.tables import frame
from pipeline.wording import NOT_QUOTABLE, NOT_SHOWN
from pipeline.written import files

# Four people, two groups; A is a potential, B a reason with an attribution, C the opposite of A.
TURNS = {
    ("I001", 2): "Wir haben keinen Raum, aber viele Hände. Das reicht oft.", ("I001", 4): "Die bleiben unter sich.", ("I002", 2): "Ich helfe gern im Garten.",
    ("I002", 4): "Die wollen gar nicht.", ("I003", 2): "Der [Verein 1] macht die Tür auf.", ("I004", 2): "Mich hat niemand gefragt.",
}  # fmt: skip
MENTIONS = [
    ("I001", 2, "POT.a", "reviewed", "self"), ("I002", 2, "POT.a", "reviewed", "self"), ("I003", 2, "POT.a", "reviewed", "other group"),
    ("I004", 2, "ZUS.c", "reviewed", "self"), ("I001", 4, "SEG.b", "reviewed", "other group"), ("I002", 4, "SEG.b", "reviewed", "other group"),
    ("I004", 2, "POT.a", "proposed", "self"), ("I004", 2, "WUN.d", "proposed", "self"),
]  # fmt: skip
GROUP = {"I001": "verein", "I002": "verein", "I003": "amt", "I004": "amt"}
CODES = {"POT": "Potenziale", "POT.a": "Hilfe", "SEG": "Gründe", "SEG.b": "Unter sich", "ZUS.c": "Nicht gefragt", "WUN.d": "Wunsch"}
ASKED = {"I001", "I002", "I004"}


def material(turns: dict[tuple[str, int], str] = TURNS, quotable: str = "I001 I002 I003 I004", banned: tuple[str, int] | None = None) -> Material:
    spoken = [{"doc": d, "turn": n, "speaker": "B", "case": d, "role": "respondent", "text": text} for (d, n), text in turns.items()]
    spoken += [{"doc": "I001", "turn": 1, "speaker": "I", "role": "interviewer", "text": "Wie leben die Leute hier zusammen?"}]
    rows = [
        {"mention": f"m{n:012x}", "doc": d, "turn": t, "start": 0, "end": len(turns.get((d, t), "")), "code": code, "case": d, "basis": basis, "about": about,
         "prompt": "spontaneous"}
        for n, (d, t, code, basis, about) in enumerate(MENTIONS, 10)
    ]  # fmt: skip
    read = [m for m in rows if m["basis"] == "reviewed"]
    against = [{"code": "POT.a", "rank": 1, "place": "x", "kind": "opposite", "other": "ZUS.c", "doc": "I004", "turn": 2, "start": 0, "end": 25, "case": "I004",
                "basis": "reviewed", "about": "self"}]  # fmt: skip
    codes = {c: [m for m in read if m["code"] == c] for c in CODES}
    base: dict[str, Any] = dict.fromkeys(("n_spontaneous", "n_leading", "n_cases_proposed", "n_spontaneous_proposed", "n_about_self_proposed", "n_about_others_proposed", "n_suggested"), 0)
    counted = [
        {"order": n, "code": c, "n_mentions": len(own), "n_cases": len({m["case"] for m in own}), "n_asked": 3,
         "n_cases_asked": len({m["case"] for m in own} & ASKED), "n_about_self": sum(m["about"] == "self" for m in own),
         "n_about_others": sum(m["about"] == "other group" for m in own), "n_proposed": sum(m["code"] == c and m["basis"] == "proposed" for m in rows),
         "largest_case_share": 1 / max(1, len(own)), **base}
        for n, (c, own) in enumerate(codes.items())
    ]  # fmt: skip
    groups = [
        {"variable": "gruppe", "value": value, "code": c, "basis": "reviewed", "n_mentions": len(own := [m for m in codes[c] if GROUP[m["case"]] == value]),
         "n_cases": len({m["case"] for m in own}), "n_asked": sum(GROUP[case] == value for case in ASKED), "n_group": 2}
        for value in ("verein", "amt") for c in CODES
    ]  # fmt: skip
    decisions = [{"line": 2, "doc": banned[0], "turn": banned[1], "start": 0, "end": 99, "pin": "nein", "state": "found"}] if banned else []
    documents = [{"doc": d, "status": "ok", "wave": "2" if d == "I003" else "1", "words": 1, "turns": 1} for d in GROUP]
    tables = {
        "documents": frame("documents", documents),
        "cases": frame("cases", [{"case": c, "doc": c, "speaker": "B", "gruppe": g} for c, g in GROUP.items()], ("gruppe",)),
        "speakers": frame("speakers", [{"doc": d, "speaker": "B", "role": "respondent", "turns": 1, "words": 1, "quotable": "yes" if d in quotable.split() else "no"} for d in GROUP]),
        "turns": frame("turns", spoken), "quote_decisions": frame("quote_decisions", decisions), "findings_mentions": frame("findings_mentions", rows),
        "codes": frame("codes", [{"order": n, "code": c, "label": label, "parent": c.partition(".")[0] if "." in c else "", "level": c.count("."), "was": "POT.alt" if c == "POT.a" else ""}
                                 for n, (c, label) in enumerate(CODES.items())]),
        "findings_codes": frame("findings_codes", counted), "findings_groups": frame("findings_groups", groups),
        "findings_cases": frame("findings_cases", [{"case": m["case"], "code": m["code"], "basis": "reviewed", "n_mentions": 1, "n_asked": int(m["case"] in ASKED)} for m in read]),
        "findings_quotes": frame("findings_quotes", [{"code": m["code"], "rank": n, "mention": m["mention"], "case": m["case"]} for n, m in enumerate(rows)]),
        "findings_evidence": frame("findings_evidence", [{"code": "POT.a", "n_mentions": 3, "n_cases": 3, "n_asked": 3, "n_against": 1, "n_cases_against": 1, "n_proposed": 1, "n_against_proposed": 0}]),
        "findings_against": frame("findings_against", against), "findings_common": frame("findings_common", []),
    }  # fmt: skip
    study = Study(variables={"gruppe": Variable(label="Gruppe", values={"verein": "Vereine", "amt": "Ämter"})})
    return Material(tables, SimpleNamespace(title="", language="de", variables=study.variables, answers=study.answers, findings=study.findings))


@cache
def usual() -> Material:
    """The material of most tests; none changes it."""
    return material()


def checked(text: str, data: Material | None = None) -> list[dict[str, Any]]:
    return table.rows(data or usual(), reading.read(text))


def told(text: str, kind: str = "hint", data: Material | None = None) -> list[tuple[str, str]]:
    return [(r["verdict"], r["reason"]) for r in checked(f"# Potenziale\n## Titel\n{text}", data) if r["kind"] == kind]


@pytest.mark.parametrize(
    ("written", "verdict", "found"),
    [
        ("POT.a, Befragte 2 von 3", "right", "zwei von drei Befragten, die danach gefragt wurden, dazu eine Person, die nicht danach gefragt wurde"),
        ("pot.A ; zwei von drei Befragten", "right", None),
        ("Hilfe, Befragte 2 / 3", "right", None),
        ("POT.alt, Befragte 3", "right", "drei Befragte"),
        ("POT.a, Befragte 3 von 4", "right", "drei von vier Befragten insgesamt"),
        ("POT.a, Befragte 3 von 3", "wrong", None),
        ("POT.a, drei Nennungen", "right", "drei gelesene Stellen"),
        ("POT.a, Nennungen 4", "wrong", "drei gelesene Stellen"),  # the fourth is a proposal
        ("POT.a, Gruppen 2 von 2", "right", "zwei von zwei Gruppen"),
        ("POT.a, Befragte 2, Gruppe = Vereine", "right", "zwei Befragte"),
        ("POT.a, Befragte 2 von 2, gruppe=verein", "right", None),
        ("POT.a, Nennungen 2, gruppe=amt", "wrong", "eine gelesene Stelle"),
        ("POT.a, Nennungen 2, über sich", "right", None),
        ("POT.a, Nennungen 2, Welle=1", "right", None),
        ("POT.a, Befragte 1 von 1, welle=2", "right", "die einzige befragte Person in dieser Gruppe"),
        ("POT.a, Befragte 1, welle=3", "unclear", ""),
        ("WUN.d, Befragte 1", "wrong", "niemand"),
        ("WUN.d, niemand von drei Befragten", "right", None),
        ("POT.x, Befragte 1", "unknown", ""),
        ("POT.a", "unclear", ""),
        ("POT.a, Befragte 2, farbe=rot", "unclear", ""),
        ("POT.a, Befragte 2, gruppe=vereine e.V.", "unclear", ""),
    ],
)
def test_figures_are_compared_with_what_people_read(written: str, verdict: str, found: str | None) -> None:
    result = figures.examined(usual(), notation.figure(written))
    assert result.verdict == verdict
    assert found is None or result.found == found
    assert bool(result.reason) == (verdict != "right" or "alt" in written)


def test_a_wrong_name_is_answered_with_the_near_one() -> None:
    assert "Meinten Sie »POT.a«?" in figures.examined(usual(), notation.figure("POT.aa, Befragte 2")).reason
    assert "Meinten Sie »verein«?" in figures.examined(usual(), notation.figure("POT.a, Befragte 2, gruppe=verien")).reason
    assert figures.examined(usual(), notation.figure("WUN.d, Befragte 1")).reason.endswith("Ein ungelesener Vorschlag zählt nicht mit.")


def test_the_address_of_a_figure_shows_what_it_counts() -> None:
    result = figures.examined(usual(), notation.figure("POT.a, Nennungen 2, gruppe=verein"))
    assert result.address.startswith("#belege?code=POT.a&basis=reviewed&gruppe=verein&label=")


@pytest.mark.parametrize(
    ("written", "verdict", "place"),
    [
        ('I001-2 "Wir haben keinen Raum"', "right", ("I001", 2)),
        ("I001 – 2 „wir haben   KEINEN Raum,“", "right", ("I001", 2)),
        ("»Wir haben … viele Hände« Interview 1, Beitrag 2, 00:12:01", "right", ("I001", 2)),
        ("Interview 03, Z. 2 „Der [Verein 1] macht die Tür auf.“", "right", ("I003", 2)),
        ("m00000000000a", "right", ("I001", 2)),
        ("I001-2", "right", ("I001", 2)),
        ('I001-4 "Wir haben keinen Raum"', "moved", ("I001", 2)),
        ('I002-2 "Wir haben keinen Raum"', "moved", ("I001", 2)),
        ('I001-2 "Wir haben hier keinen Raum, aber viele Hände"', "differs", ("I001", 2)),
        ('I001-2 "Davon war nie die Rede"', "gone", ("", 0)),
        ("I009-2", "gone", ("", 0)),
        ("I001-1 „Wie leben die Leute hier zusammen?“", "interviewer", ("I001", 1)),
        ("m000000000010", "unread", ("I004", 2)),
        ("m00000000", "gone", ("", 0)),  # several begin so
        ("irgendwo", "unclear", ("", 0)),
    ],
)
def test_quotes_are_found_where_they_stand_today(written: str, verdict: str, place: tuple[str, int]) -> None:
    result = finding.examined(usual(), notation.place(written), ["POT.a"])
    assert (result.verdict, (result.doc, result.turn)) == (verdict, place)
    assert bool(result.reason) == (verdict != "right" or written == "I001-2")


def test_a_moved_quote_is_told_with_its_new_place() -> None:
    assert "Interview 1, Beitrag 2 (I001-2)" in finding.examined(usual(), notation.place('I001-4 "Wir haben keinen Raum"')).reason


@pytest.mark.parametrize(("data", "instead"), [(material(quotable="I002"), NOT_QUOTABLE), (material(banned=("I001", 2)), NOT_SHOWN)])
@pytest.mark.parametrize(
    "text", ["[Beleg: I001-2 „Wir haben keinen Raum, aber viele Hände.“]", "„Wir haben keinen Raum, aber viele Hände.“ [Beleg: I001-2]", "Jemand sagt: „Wir haben keinen Raum, aber viele Hände.“"]
)
def test_words_that_may_not_be_quoted_stand_nowhere(data: Material, instead: str, text: str) -> None:
    rows = checked(f"## Jemand sagt „Wir haben keinen Raum, aber viele Hände“\n{text}", data)
    assert not [r for r in rows if "keinen Raum" in "|".join(map(str, r.values()))]
    assert instead in "".join(r["text"] + r["found"] for r in rows)


def test_the_amount_before_a_mark_becomes_the_link() -> None:
    rows = [r for r in checked("## T\nHier hilft man sich. Zwei von drei Befragten, die gefragt wurden [Zahl: POT.a, Befragte 2 von 3], tun es.") if r["kind"] != "title"]
    assert [(r["kind"], r["text"]) for r in rows if r["kind"] != "hint"] == [
        ("text", "Hier hilft man sich. "), ("figure", "Zwei von drei Befragten"), ("text", ", die gefragt wurden"), ("text", ", tun es."),
    ]  # fmt: skip


HINTS = [
    ("Fünf von acht Befragten helfen.", "unchecked"),
    ("Die meisten helfen gern.", "unchecked"),
    ("Viele berichten davon.", "unchecked"),
    ("12 Nennungen gibt es dazu.", "unchecked"),
    ("Zwei Befragte sagen das [Zahl: SEG.b, Befragte 2]. Fast alle haben Zeit.", "unchecked"),
    ("Zwei Befragte sagen das [Zahl: SEG.b, Befragte 2] und die meisten sowieso.", "unchecked"),
    ("Zwei Befragte sagen das [Zahl: SEG.b, Befragte 2] und 5 Nennungen [Zahl: SEG.b, Befragte 2] gibt es, 7 Stellen auch.", "unchecked"),
    ("Die Türken helfen.", "words"),
    ("Die Bürger wünschen das.", "words"),
    ("Es gibt hier eine Parallelgesellschaft.", "words"),
    ("30 % der Menschen helfen.", "words"),
    ("Die Ursache ist der Verein.", "words"),
    ("Drei Befragte [Zahl: POT.a, Befragte 3] helfen.", "counter"),
    ("Zwei Befragte [Zahl: SEG.b, Befragte 2] bleiben unter sich.", "attribution"),
    ("[ergänzen: wer?]", "blank"),
    ("Jemand sagt: „Das hat hier nie jemand gesagt.“", "loose"),
]


@pytest.mark.parametrize(("text", "kind"), HINTS)
def test_hints(text: str, kind: str) -> None:
    found = told(text)
    assert [k for k, _ in found] == [kind]
    assert all(reason for _, reason in found)


@pytest.mark.parametrize(
    "text",
    [
        "Drei Befragte helfen [Zahl: POT.a, Befragte 3]. [Gegenbeleg: I004-2 „Mich hat niemand gefragt.“]",
        "Drei Befragte helfen. [Zahl: POT.a, Befragte 3] Das reicht. [Gegenbeleg: I004-2 „Mich hat niemand gefragt.“]",
        "Jemand nennt es „Parallelgesellschaft“ oder „die Türken“.",
        "Zwei Befragte [Zahl: SEG.b, Befragte 2] sagen das über andere.",
        "In vielen Sprachen zu Hause, einige Jahre lang, eine Brücke aus drei Balken.",
    ],
)
def test_what_is_well_said_gets_no_hint(text: str) -> None:
    assert told(text) == []


def test_counter_evidence_left_out_is_told_with_how_many_and_where() -> None:
    (row,) = [r for r in checked("## T\nDrei Befragte helfen [Zahl: POT.a, Befragte 3].") if r["verdict"] == "counter"]
    assert row["reason"].startswith("Gegenbelege zu »Hilfe«: eine Stelle bei einer befragten Person, hier nicht genannt.")
    assert row["address"] == "#I004-2"


def test_one_talkative_person_is_told() -> None:
    data = material()
    data.figures["POT.a"] = replace_row(data.figures["POT.a"], n_mentions=4, largest_case_share=0.75)
    assert [h.kind for h in hints._carried(data, ["POT.a"])] == ["one_voice"]
    data.figures["POT.a"] = replace_row(data.figures["POT.a"], n_mentions=2)
    assert hints._carried(data, ["POT.a"]) == []


def replace_row(row: Any, **more: Any) -> Any:
    return row._replace(**more)


def test_problems_before_potentials_are_told_once() -> None:
    bad, good = "## Enge\nZwei sagen es [Zahl: SEG.b, Befragte 2].\n", "## Hilfe\nDrei Befragte [Zahl: POT.a, Befragte 3].\n"
    orders = [[r["order"] for r in checked(text) if r["verdict"] == "order"] for text in (bad + good, good + bad, bad + bad, "# Stärken\n" + bad)]
    assert orders == [[1], [], [1], []]


def test_a_statement_is_as_good_as_its_worst_part() -> None:
    states = {
        "Drei Befragte [Zahl: POT.a, Befragte 3].": "checked", "Vier Befragte [Zahl: POT.a, Befragte 4].": "broken", "Nur Worte.": "unchecked",
        "Drei Befragte [Zahl: POT.a, Befragte 3]. [ergänzen: wo?]": "unfinished", "Offen [Zahl: POT.a, Befragte 3": "broken",
    }  # fmt: skip
    assert {text: checked(f"## T\n{text}")[0]["verdict"] for text in states} == states


def test_headings_lists_notes_and_stray_text() -> None:
    written = reading.read("Vorwort\n<!-- ## keine\nNotiz -->\n# Teil\n## Entwurf: Eins ##\nA\nB\n\n- x\n2. y\n### Unter\n\\[Zahl: A, 1\\]\r\n## Zwei")
    assert written.stray == (1,)
    one, two = written.statements
    assert (one.title, one.section, one.line, one.draft, two.title, two.draft) == ("Eins", "Teil", 5, True, "Zwei", False)
    assert [(b.form, b.line) for b in one.blocks] == [("p", 6), ("ul", 9), ("ol", 10), ("p", 11), ("p", 12)]
    assert one.marks[0].body == "A, 1"


def test_the_line_of_a_mark_is_told() -> None:
    lines = advice.lines(checked("## T\n\nText\nweiter [Zahl: POT.a, Befragte 9]"), "codebooks/x/statements.md")
    assert lines[0].startswith("codebooks/x/statements.md:4: [POT.a, Befragte 9] Die Zahl stimmt nicht mehr: heute drei Befragte.")


def test_the_scaffold_passes_its_own_check_and_is_no_finding() -> None:
    data = material()
    text = scaffold.text(data)
    rows = checked(text)
    states = {r["text"]: r["verdict"] for r in rows if r["kind"] == "title"}
    assert states == {"Hilfe": "unfinished", "Unter sich": "unfinished"}
    assert {r["verdict"] for r in rows if r["kind"] in ("figure", "evidence", "against")} == {"right"}
    assert {r["verdict"] for r in rows if r["kind"] == "hint"} == {"blank"}
    assert "Entwurf der Maschine aus gelesenen Stellen: bitte prüfen, umschreiben, streichen." in text
    assert text.index("# Potenziale") < text.index("# Genannte Gründe")
    assert "[Gegenbeleg: I004-2 „Mich hat niemand gefragt.“]" in text
    assert "eine Zuschreibung" in text


def test_an_english_scaffold_is_understood_as_well() -> None:
    with spoken("en"):
        text = scaffold.text(material())
        rows = checked(text)
    assert "[Figure: POT.a, respondents 2 of 3]" in text
    assert {r["verdict"] for r in rows if r["kind"] in ("figure", "evidence", "against")} == {"right"}
    assert {r["verdict"] for r in rows if r["kind"] == "title"} == {"unfinished"}


def test_the_scaffold_quotes_nobody_who_did_not_agree() -> None:
    text = scaffold.text(material(quotable="I003"))
    assert "Der [Verein 1] macht die Tür auf." in text
    assert not re.search("keinen Raum|im Garten|niemand gefragt", text)
    assert "Die Gegenbelege lassen sich nicht zitieren." in text


def test_without_statements_the_first_page_says_so_and_shows_the_scaffold(tmp_path: Path) -> None:
    page = shown(rows_of_stage(tmp_path / "fehlt.md"))
    assert "Noch sind keine Kernaussagen geschrieben." in page
    assert "<b>Potenziale:</b> Hilfe" in page


def rows_of_stage(path: Path) -> list[dict[str, Any]]:
    data = material()
    return statements.whole(data.settings, path, **data.tables)["findings_statements"]


def shown(rows: list[dict[str, Any]]) -> str:
    data = frame("findings_statements", rows)
    settings = SimpleNamespace(title="T", report=SimpleNamespace(subtitle="", client="", institute=""))
    desk: Any = SimpleNamespace(settings=settings, rows=lambda name: list(data.itertuples()))
    return environment().get_template("front.html.j2").render(front=front(desk))


def test_the_page_links_figures_and_marks_wrong_ones(tmp_path: Path) -> None:
    path = tmp_path / "statements.md"
    path.write_text("## Man *hilft* sich\nIn **drei Befragte [Zahl: POT.a, Befragte 3] und** vier Befragte [Zahl: POT.a, Befragte 4].\n\n- [Beleg: I001-2 „Wir haben keinen Raum“]\n", "utf-8")
    page = shown(rows_of_stage(path))
    assert '<a class="claim right" href="#belege?code=POT.a' in page
    assert "(Zahl stimmt nicht mehr: heute drei Befragte)" in page
    assert "<strong> und</strong>" in page
    assert "„Wir haben keinen Raum“" in page
    assert '<a href="#zitat-m00000000000a">Interview 1, Beitrag 2</a>' in page
    assert "Eine Kernaussage stimmt nicht mehr mit den Daten überein." in page


HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) {{ 7*7 }} </style>"


def test_text_is_data(tmp_path: Path) -> None:
    path = tmp_path / "statements.md"
    path.write_text(f"# {HOSTILE}\n## {HOSTILE}\n{HOSTILE} [Zahl: {HOSTILE}, Befragte 1] [Beleg: I001-2 \"{HOSTILE}\"] [ergänzen: {HOSTILE}]\n\n1. {HOSTILE}\n", "utf-8")
    page = shown(rows_of_stage(path))
    assert page.count("&lt;script&gt;") >= 5
    assert not re.search(r"<(?:script|img|style)|href=\"javascript|49", page)


def test_a_file_in_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "statements.md"
    path.write_bytes("## Eins\nfünf".encode("cp1252"))
    with pytest.raises(Stop) as stop:
        rows_of_stage(path)
    assert (stop.value.problems[0].file, stop.value.problems[0].line) == ("statements.md", 2)


def test_adopting_keeps_what_people_wrote(places: Places) -> None:
    own, new = places.codebooks / "statements.md", places.outputs / "editable" / "statements.md"
    own.write_text("## Von Hand\nText\n", "utf-8")
    new.parent.mkdir(parents=True)
    new.write_text("## Entwurf: Neu\nText\n\n## Fertig\nText\n", "utf-8")
    lines = adopt(places, "statements.md")
    assert own.read_text("utf-8") == "## Entwurf: Neu\nText\n\n## Fertig\nText\n"
    (kept,) = (places.codebooks / "backup").iterdir()
    assert kept.read_text("utf-8") == "## Von Hand\nText\n"
    assert any("»Von Hand«" in line for line in lines)
    assert any(kept.name in line for line in lines)
    assert any("Noch Entwurf: eine Kernaussage" in line or "Noch Entwurf: 1 Kernaussage" in line for line in lines)
    assert adopt(places, "statements.md") == ["Die Datei sagt dasselbe wie die Kernaussagen der Studie; nichts geändert."]


def test_bare_drafts_do_not_replace_what_people_wrote(places: Places) -> None:
    own, new = places.codebooks / "statements.md", places.outputs / "editable" / "statements.md"
    own.write_text("## Von Hand\nText\n", "utf-8")
    new.parent.mkdir(parents=True)
    new.write_text("## Entwurf: Neu\nText\n", "utf-8")
    with pytest.raises(Stop, match="nur Entwürfe"):
        adopt(places, "statements.md")
    assert own.read_text("utf-8") == "## Von Hand\nText\n"


def test_a_file_without_a_statement_is_not_adopted(places: Places) -> None:
    (places.codebooks / "statements.md").write_text("## Von Hand\n", "utf-8")
    path = places.outputs / "editable" / "statements.md"
    path.parent.mkdir(parents=True)
    path.write_text("Nur Text", "utf-8")
    with pytest.raises(Stop, match="keine Kernaussage"):
        adopt(places, "statements.md")
    assert (places.codebooks / "statements.md").read_text("utf-8") == "## Von Hand\n"


@pytest.mark.parametrize("taken_over", [False, True])
def test_an_edited_scaffold_survives_the_next_run_until_it_is_adopted(places: Places, taken_over: bool) -> None:
    path = places.outputs / "editable" / "statements.md"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"## Mein Satz\n")
    if taken_over:
        (places.codebooks / "statements.md").write_bytes(b"## Mein Satz\n")
    outcome = Outcome()
    run: Any = SimpleNamespace(places=places, state={"results": {str(path): freshness.digest(b"## Vorschlag\n")}})
    publish._keep_edits(run, outcome, path, b"## Vorschlag 2\n")
    beside = [p.read_bytes() for p in path.parent.glob("statements.*.md")]
    assert beside == ([] if taken_over else [b"## Mein Satz\n"])
    assert len(outcome.notes) == len(beside)


def test_wrong_figures_are_told_at_the_end_of_a_run() -> None:
    assert advice.broken(checked("## T\n[Zahl: POT.a, Befragte 3]")) == ""
    assert advice.broken(checked("## T\n[Zahl: POT.a, Befragte 4] [Beleg: I009-1]")).startswith("In den Kernaussagen stimmen 2 Angaben nicht mehr")


def test_names_in_statements_count_as_peoples_own_words(places: Places) -> None:
    assert not [p for p in files(places) if p.name == "statements.md"]
    (places.codebooks / "statements.md").write_text("## T\n", "utf-8")
    assert [p for p in files(places) if p.name == "statements.md"]


@pytest.mark.usefixtures("ran")
def test_the_check_tells_file_and_line(places: Places) -> None:
    (places.codebooks / "statements.md").write_text("## Titel\n\nFünf Befragte [Zahl: GIBTESNICHT, Befragte 5] sagen das.\n", "utf-8")
    told_ = [line for line in check(places).advice if "statements.md" in line]
    assert len(told_) == 1
    assert re.search(r"statements\.md:3: \[GIBTESNICHT, Befragte 5\] Die Kategorie »GIBTESNICHT« steht nicht im Codebuch\.", told_[0])


def test_the_demo_statements_are_right(demo: Places) -> None:
    from pipeline.passages import kept

    rows = kept(demo, "findings_statements")
    titles = rows[rows["kind"] == "title"]
    assert 5 <= len(titles) <= 7
    assert set(titles["verdict"]) == {"checked"}
    assert titles["section"].iloc[0] == "Potenziale"
    assert set(rows.loc[rows["kind"].isin(["figure", "evidence", "against"]), "verdict"]) == {"right"}
    assert (rows["kind"] == "against").any()
    assert not (rows["kind"] == "hint").any()
