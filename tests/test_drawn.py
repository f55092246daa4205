"""Drawn pictures: every arrow, line and bar leads where it says, nothing lies on anything else, what nobody read is hollow, counts are people."""

from __future__ import annotations

import re
from itertools import pairwise
from types import SimpleNamespace as N
from typing import Any

import pytest

from pipeline.charts import canvas, cases_map, causal, draw, flow, grid, layout, network, portrait, sheets, style
from pipeline.charts.picture import Picture
from pipeline.tables import TABLES, frame

CODES = [("A", "", "Anfang"), ("A.x", "A", "Ein x"), ("B", "", "Beispiel"), ("B.y", "B", "Ein y mit einem sehr langen Namen, der nirgends Platz hat, auch hier nicht")]
ADDRESS = re.compile(r"#(?:belege\?\S+|[\w.-]+)")


def desk(proposals: bool = True, known: list[tuple[str, str, str]] = CODES, **rows: list[dict[str, Any]]) -> Any:
    """A desk over these rows; tables that are not given are empty."""
    rows["codes"] = [{"order": n, "code": c, "parent": p, "level": int(bool(p)), "label": label} for n, (c, p, label) in enumerate(known)]
    empty = {name: {column: 0 for column, kind in TABLES[name].columns.items() if kind == "int"} for name in rows}
    tables = {name: frame(name, [{**empty[name], **row} for row in rows.get(name, [])]) for name in TABLES if name != "cases"}
    label = {c: words for c, _, words in known}
    return N(
        tables=tables, rows=lambda name: list(tables[name].itertuples()), with_proposals=proposals, label=label, order={c: n for n, c in enumerate(label)},
        by_label=lambda codes: sorted(set(codes), key=list(label).index), words=lambda doc, turn, start, end: f"Worte {start} bis {end}",
        names=N(who=lambda case: f"Person {case}", case=lambda case: case, interview=lambda doc: f"Interview {doc}", cases=dict.fromkeys("abcdef")),
        guide=N(questions=[N(id="L1", label="Wie lebt man hier?", text=""), N(id="L2", label="Was fehlt?", text="")]),
    )  # fmt: skip


def statement(n: int, cause: str = "A.x", effect: str = "B", **more: Any) -> dict[str, Any]:
    return {
        "statement": f"s{n:03}", "doc": "I001", "turn": n, "start": 0, "end": 40, "cause_start": n, "cause_end": n + 5, "effect_start": 20, "effect_end": 20 + n, "case": f"p{n}",
        "holder": "self", "cause_codes": cause, "effect_codes": effect, "basis": "reviewed", "stance": "affirmed", **more,
    }  # fmt: skip


def link(n: int, a: str, b: str, **more: Any) -> dict[str, Any]:
    return {"link": f"{n:03}", "doc": "I001", "turn": n, "start": 0, "end": 9, "case": f"p{n}", "actor_a": a, "actor_b": b, "kind": "together", "sign": "", "basis": "reviewed", "doubt": "no", **more}


ACTORS = [{"actor": key, "label": key.title(), "kind": kind, "forms": key, "n_mentions": 1} for key, kind in (("amt", "verwaltung"), ("verein", "verein"), ("mütter", "rolle"))]


def marks(shown: Picture) -> list[dict[str, Any]]:
    return [row for row in shown.rows if row.get("part") == "outline" and row.get("to")]


def sound(shown: Picture) -> None:
    """Addresses stay in the page, colours are the house's, every row of the table is whole, the drawing needs nothing else."""
    assert shown.rows
    for row in shown.rows:
        assert ADDRESS.fullmatch(row.get("to", "#x")), row
        assert {row.get(key, style.INK) for key in ("fill", "stroke")} <= style.COLOURS | {"transparent"}
    assert all(len(line) == len(shown.headings) for line in shown.table)
    svg = draw.row("probe", 0, shown, {})["svg"]
    assert svg.startswith("<svg")
    assert set(re.findall(r'#[0-9a-f]{6}', svg)) <= style.COLOURS
    assert svg == draw.row("probe", 0, shown, {})["svg"]


# --- reasons and effects


def test_statements_of_like_kind_are_one_arrow_that_leads_to_all_of_them() -> None:
    at = desk(findings_reasons=[statement(1), statement(2), statement(3, holder="others"), statement(4, basis="proposed"), statement(5, stance="denied")])
    found = causal.arrows(at)
    assert [(a.holder, a.open, len(a.statements), a.n, a.to) for a in found] == [
        ("self", False, 2, 2, "#aussagen-s001"), ("others", False, 1, 1, "#I001-3"), ("self", True, 1, 1, "#I001-4"),
    ]  # fmt: skip
    shown = causal.picture(at)
    assert shown is not None
    sound(shown)
    assert {row["to"] for row in marks(shown)} == {a.to for a in found}
    assert [line[-1]["text"] for line in shown.table] == [2, 1, 1]
    assert "keine festgestellte Ursache" in shown.caption


def test_one_person_twice_is_one_person() -> None:
    assert [a.n for a in causal.arrows(desk(findings_reasons=[statement(1, case="p"), statement(2, case="p")]))] == [1]


def test_of_whom_an_arrow_speaks_is_told_by_its_form_and_proposals_are_dashed() -> None:
    shapes = {holder: [row["path"].count("a"), len(causal._mark(holder, 9, 9))] for holder in causal.HOLDERS for row in causal._mark(holder, 9, 9) or [{"path": ""}]}
    assert len({str(shape) for shape in shapes.values()}) == 3  # circles full and empty differ by their filling
    assert [causal._mark(h, 9, 9)[0]["fill"] == style.PAPER for h in ("self", "others")] == [False, True]
    shown = causal.picture(desk(findings_reasons=[statement(1, basis="proposed")]))
    assert shown is not None
    assert [row["open"] for row in marks(shown) if row.get("stroke") == style.ACCENT and "C" in row["path"]] == [1]


def test_without_proposals_only_what_people_read_is_drawn() -> None:
    rows = [statement(1), statement(2, effect="B.y", basis="proposed")]
    assert [a.right for a in causal.arrows(desk(proposals=False, findings_reasons=rows))] == ["Beispiel"]
    assert causal.picture(desk(proposals=False, findings_reasons=rows[1:])) is None


def test_of_very_many_statements_the_strongest_are_drawn_and_the_rest_is_told() -> None:
    many = [statement(n, cause="", effect="", basis="proposed") for n in range(1, 2001)] + [statement(2001 + n) for n in range(3)]
    shown = causal.picture(desk(findings_reasons=many))
    assert shown is not None
    assert shown.table[0][:2] == ["Ein x", {"text": "Beispiel"}]
    assert len(shown.table) == causal.LISTED
    assert f"{2001 - causal.MOST} weitere" in shown.caption
    assert "tables.xlsx" in shown.caption
    assert len(draw.row("probe", 0, shown, {})["svg"]) < 150_000


# --- actors


def test_lines_lead_to_their_statements_and_who_is_missing_is_drawn_apart() -> None:
    rows = [link(1, "amt", "verein"), link(2, "amt", "verein"), link(3, "verein", "amt", kind="missing", basis="proposed"), link(4, "mütter", "", kind="missing"), link(5, "amt", "mütter", doubt="yes")]
    at = desk(findings_links=rows, actors=ACTORS, findings_bridges=[{"bridge": "b", "bridge_role": "Mütter", "basis": "reviewed"}])
    shown = network.picture(at)
    assert shown is not None
    sound(shown)
    assert {row["to"] for row in marks(shown)} == {"#verbindung-001", "#I001-3", "#I001-4", "#akteur-amt", "#akteur-verein"}
    assert [(line[0], line[1]["text"], line[-1]["text"]) for line in shown.table] == [("Amt", "Verein", 2), ("Mütter", "–", 1), ("Verein", "Amt", 1)]
    assert any(row.get("text") == "Fehlen, sagen Befragte" for row in shown.rows)
    assert any("als Brücke genannt" in row.get("words", "") for row in marks(shown))
    dashed = {row["to"] for row in marks(shown) if row.get("open")}
    assert dashed == {"#I001-3"}


def test_nobody_said_anything_of_actors() -> None:
    assert network.picture(desk(actors=ACTORS)) is None


# --- questions


def answer(question: str, order: int, **more: Any) -> dict[str, Any]:
    return {"question": question, "order": order, "n_cases": 6, "n_asked": 5, "n_answered": 3, "n_evaded": 1, "n_refused": 0, "n_silent": 1, "n_leading": 0, **more}


def held(question: str, code: str, n: int, basis: str = "reviewed") -> dict[str, Any]:
    return {"question": question, "code": code, "basis": basis, "expected": "no", "n_mentions": n + 1, "n_cases": n, "n_asked": 5}


def test_bands_count_people_beside_those_who_were_asked() -> None:
    at = desk(findings_answers=[answer("L1", 1), answer("L2", 2, n_asked=0, n_answered=0, n_evaded=0, n_silent=0)], findings_answer_codes=[held("L1", "A", 3), held("L1", "B", 2, "proposed"), held("L1", "A", 1, "proposed")])
    parts = flow.picture(at)
    assert parts is not None
    (shown,) = parts.values()
    sound(shown)
    assert [(line[1] if isinstance(line[1], str) else line[1]["text"], line[2]["text"] if isinstance(line[2], dict) else line[2], line[3]) for line in shown.table] == [
        ("geantwortet", 3, 5), ("ausgewichen", 1, 5), ("nichts dazu gesagt", 1, 5), ("Anfang", 3, 5), ("Beispiel (Vorschlag, ungelesen)", 2, 5), ("niemandem gestellt oder nirgends erkannt", 0, 0),
    ]  # fmt: skip
    assert any(row.get("text") == "gefragt: 5 von 6" for row in shown.rows)
    assert all(row.get("open") or "basis=proposed" not in row["to"] for row in marks(shown))
    assert any("question=L1" in row["to"] and "code=A" in row["to"] for row in marks(shown))
    texts = [row["y"] for row in shown.rows if row.get("part") in ("label-start", "own-start") and row["x"] > 500]
    assert all(b - a >= 15 for a, b in pairwise(sorted(texts)))


def test_many_questions_are_parted_into_pictures_that_a_page_holds() -> None:
    parts = flow.picture(desk(findings_answers=[answer(f"L{n}", n) for n in range(1, 14)]))
    assert parts is not None
    assert list(parts) == ["1", "2", "3"]
    assert sum(len({line[0] for line in p.table}) for p in parts.values()) == 13
    assert flow.picture(desk(findings_answers=[answer("L1", 1, n_asked=0)])) is None


# --- interviews


def conversation(n: int) -> list[dict[str, Any]]:
    return [{"doc": "I001", "turn": k, "role": "respondent" if k % 2 == 0 else "interviewer", "case": "a"} for k in range(1, n + 1)]


def said(turn: int, code: str, end: int = 10, basis: str = "reviewed") -> dict[str, Any]:
    return {"mention": f"m{turn}{code}{end}{basis}", "doc": "I001", "turn": turn, "start": 0, "end": end, "code": code, "case": "a", "basis": basis}


def test_turns_that_follow_each_other_are_one_bar_with_a_gap_for_the_interviewer() -> None:
    given = [said(2, "A"), said(2, "A.x"), said(4, "A"), said(4, "B", 50), said(8, "A"), said(8, "B", 99, "proposed"), said(10, "B", 5, "proposed")]
    asked = [{"doc": "I001", "turn": t, "question": "L1", "kind": "asked"} for t in (3, 4)]
    shown = portrait.picture(desk(turns=conversation(10), findings_mentions=given, questions=asked))["I001"]
    sound(shown)
    bars = [(row["words"].replace("\n", ": "), row["path"].count("M"), row["to"], row.get("open", 0)) for row in marks(shown) if "Beitrag" in row["words"]]
    # The portrait: what people read goes before proposals, then what covers more.
    assert bars[:4] == [
        ("Anfang: Beitrag 2: gelesen", 1, "#I001-2", 0), ("Beispiel: Beitrag 4: gelesen", 1, "#I001-4", 0), ("Anfang: Beitrag 8: gelesen", 1, "#I001-8", 0),
        ("Beispiel: Beitrag 10: Vorschlag, ungelesen", 1, "#I001-10", 1),
    ]  # fmt: skip
    assert bars[4:] == [
        ("Anfang: Beitrag 2 bis 4: zwei Stellen, gelesen", 2, "#I001-2", 0), ("Anfang: Beitrag 8: eine Stelle, gelesen", 1, "#I001-8", 0),
        ("Beispiel: Beitrag 4: eine Stelle, gelesen", 1, "#I001-4", 0), ("Beispiel: Beitrag 8 bis 10: zwei Stellen, Vorschlag, ungelesen", 2, "#I001-8", 1),
    ]  # fmt: skip
    assert [row["to"] for row in marks(shown) if row.get("words", "").startswith("L1")] == ["#I001-3"]  # where it was asked, not where it was answered
    assert shown.table == [
        ["Anfang", {"text": "2, 4, 8", "to": "#belege?code=A&doc=I001&basis=reviewed&label=Anfang%2C+Interview+I001"}, "–"],
        ["Beispiel", {"text": "4", "to": "#belege?code=B&doc=I001&basis=reviewed&label=Beispiel%2C+Interview+I001"}, {"text": "8, 10", "to": "#belege?code=B&doc=I001&basis=proposed&label=Beispiel%2C+Interview+I001", "open": True}],
    ]  # fmt: skip
    only = portrait.picture(desk(proposals=False, turns=conversation(10), findings_mentions=given))["I001"]
    assert not [row for row in only.rows if row.get("open")]


def test_a_long_interview_stays_small() -> None:
    families = "ABCDEFGHIJ"
    given = [said(t, c, 9 + t, "reviewed" if t % 3 else "proposed") for t in range(2, 251, 2) for c in families if (t * 7 + ord(c) * 5) % 11 < 4]
    shown = portrait.picture(desk(known=[(c, "", f"Familie {c}") for c in families], turns=conversation(250), findings_mentions=given))["I001"]
    assert len(shown.table) == 10
    made = draw.row("probe", 0, shown, {})
    assert len(made["svg"]) <= 30_000
    numbers = [row["x"] for row in shown.rows if row.get("part") == "small-middle"]
    assert all(b - a > 20 for a, b in pairwise(sorted(numbers)))


def test_families_after_the_sixth_are_double_lines_in_colours_of_their_own() -> None:
    families = "ABCDEFGHIJKL"
    given = [said(2, c) for c in families]
    shown = portrait.picture(desk(known=[(c, "", f"Familie {c}") for c in families], turns=conversation(3), findings_mentions=given))["I001"]
    bars = {row["words"][8]: row for row in marks(shown) if "Stelle" in row["words"]}
    assert len({row["stroke"] for row in bars.values()}) == 12
    assert [bars[c]["path"].count("M") for c in families] == [1] * 6 + [2] * 6


# --- matrices on paper


def wide_matrix(lines: int, columns: int) -> dict[str, Any]:
    heads = [grid.head(n, f"Kategorie Nummer {n} mit Worten", int(n % 9 > 0), f"F{n // 9}") for n in range(lines)]
    tops = [grid.top(n, f"Spalte {n}") for n in range(columns)]
    rows = [{"order": n, "column": k, "people": 1} for n in range(lines) for k in range(columns) if (n + k) % 2]
    shape = grid.Grid(number="datum.people", shade="datum.people")
    shown = Picture("T", "", "A", grid.matrix(shape, heads, tops, False), rows, ["K"], [["x"]], more={"blank": [], "proposals": [], "lines": heads, "columns": tops})
    return draw.described("probe", shown)


@pytest.mark.parametrize(("lines", "columns", "expected"), [(20, 8, 1), (72, 8, 3), (20, 40, 4), (72, 20, 6)])
def test_what_a_page_cannot_hold_becomes_several_drawings_with_all_heads(lines: int, columns: int, expected: int) -> None:
    parts = draw.parts(draw.drawn("probe", "A", wide_matrix(lines, columns)))
    assert len(parts) == expected
    told = [re.findall(r"<text[^>]*>([^<]+)</text>", part) for part in parts]
    assert {text for part in told for text in part if text.startswith("Kategorie")} == {f"Kategorie Nummer {n} mit Worten" for n in range(lines)}
    assert {text for part in told for text in part if text.startswith("Spalte")} == {f"Spalte {n}" for n in range(columns)}
    for part, texts in zip(parts, told, strict=True):
        wide = re.search(r'<svg[^>]*\swidth="([\d.]+)"', part)
        assert wide is not None
        assert float(wide.group(1)) <= sheets.WIDEST
        assert sum(text.startswith("Kategorie") for text in texts) <= sheets.MOST + 1
        assert any(text.startswith("Spalte") for text in texts)
    assert sum(text == "1" for part in told for text in part) == sum((n + k) % 2 for n in range(lines) for k in range(columns))


# --- cases, letters


def test_cases_lead_to_their_summary_and_unread_ground_is_hollow() -> None:
    rows = [{"case": c, "basis": "proposed", "x": 0.1 * n, "y": 0.5, "nearest": "ab"[c == "a"], "likeness": 0.5, "n_codes": 6} for n, c in enumerate("abcd")]
    shown = cases_map.picture(desk(findings_alike=rows))
    assert shown is not None
    sound(shown)
    assert {row["to"] for row in marks(shown)} == {f"#fall-{c}" for c in "abcd"}
    assert all(row["open"] for row in marks(shown))
    assert "zwei Befragte" in shown.caption
    assert cases_map.picture(desk(proposals=False, findings_alike=rows)) is None


@pytest.mark.parametrize(("words", "letters", "rows"), [("Wohnen", 10, 2), ("ein sehr langer Name " * 9, 20, 3), ("Donaudampfschifffahrtsgesellschaft", 12, 2)])
def test_labels_are_cut_with_a_sign_and_never_too_long(words: str, letters: int, rows: int) -> None:
    found = canvas.wrapped(words, letters, rows)
    assert len(found) <= rows
    assert all(len(line) <= letters for line in found)
    assert " ".join(found) == words.strip() or "…" in " ".join(found)


def test_bubbles_labels_end_with_a_word() -> None:
    (bubble,), _ = layout.bubbles([("a", 0.5, 0.5, 1, "Politik und Integrationsrat, Nordstadt und Umgebung")])
    assert not re.search(r"[ ,·]…$", bubble.label)
