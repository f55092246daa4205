"""Saturation of new sub-themes: curves known by hand, order, what counts as looked into, and the careful words."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from pipeline.measures import saturation
from pipeline.sections.answers.saturation import judgement
from pipeline.tables import check, frame

VARIABLES = ("gruppe",)


def study(n: int, dates: dict[int, str] | None = None, groups: dict[int, str] | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """n conversations of one person each, a day apart unless told otherwise: documents, cases."""
    days = {k: f"2026-03-{k:02d}" for k in range(1, n + 1)} | (dates or {})
    documents = frame("documents", [{"doc": f"I{k}", "date": days[k], "status": "ok", "words": 1, "turns": 2} for k in days])
    cases = frame("cases", [{"case": f"p{k}", "doc": f"I{k}", "speaker": "B", "access": "Aushang", "gruppe": (groups or {}).get(k, "a")} for k in days], VARIABLES)
    return documents, cases


def matrix(told: dict[str, str]) -> list[dict[str, str]]:
    return [{"case": case, "code": "E", "paraphrase": "", "subthemes": cell} for case, cell in told.items()]


def steps(told: dict[str, str], n: int, **more: Any) -> list[dict[str, Any]]:
    documents, cases = study(n, **more)
    by_case, known = saturation.written(matrix(told))
    held = [row for row in saturation.order(documents, cases) if row["case"] in known]
    rows = [{**row, "source": "matrix"} for row in saturation.curve(held, by_case, cases, "gruppe")]
    assert not check("findings_saturation", frame("findings_saturation", rows))
    return rows


def total(rows: Iterable[dict[str, Any]], group: str = "") -> list[dict[str, Any]]:
    return [row for row in rows if row["group"] == group]


BASE = {"p1": "A; B; C", "p2": "B; D", "p3": "A; E; F", "p4": "G; H"}  # eight themes in the first four


def test_curve_known_by_hand() -> None:
    rows = total(steps(BASE | {"p5": "a;  B ", "p6": "I; A", "p7": "–", "p8": "–"}, 8))
    assert [(r["n_new"], r["n_known"], r["n_told"], r["n_all"]) for r in rows] == [
        (3, 0, 3, 3), (1, 1, 2, 4), (2, 1, 3, 6), (2, 0, 2, 8), (0, 2, 2, 8), (1, 1, 2, 9), (0, 0, 0, 9), (0, 0, 0, 9)
    ]  # fmt: skip
    assert [r["state"] for r in rows] == ["not_enough"] * 5 + ["open", "open", "reached"]
    assert rows[5]["share_new"] == pytest.approx(1 / 8)
    assert rows[6]["share_new"] == pytest.approx(1 / 8)
    assert rows[7]["share_new"] == 0.0
    assert rows[5]["new_labels"] == "I"
    assert rows[4]["new_labels"] == ""


def test_five_in_a_hundred_is_the_border() -> None:
    assert saturation.judged([20, 0, 0, 0, 1, 0]) == (0.05, "reached")
    assert saturation.judged([19, 0, 0, 0, 1, 0])[1] == "open"


def test_not_enough_conversations_no_themes_and_a_base_of_none() -> None:
    assert {r["state"] for r in total(steps(BASE | {"p5": "A"}, 5))} == {"not_enough"}
    assert {r["state"] for r in total(steps({f"p{k}": "–" for k in range(1, 9)}, 8))} == {"not_enough"}
    assert total(steps({f"p{k}": "–" for k in range(1, 6)} | {"p6": "spät"}, 6))[-1]["state"] == "open"


def test_whom_nobody_looked_into_is_not_in_the_order() -> None:
    lines = matrix(BASE | {"p6": "A"})
    lines.append({"case": "p5", "code": "E", "paraphrase": "erzählt viel", "subthemes": ""})
    lines.append({"case": "p7", "code": "E", "paraphrase": "", "subthemes": ""})  # an empty row is no reading
    by_case, known = saturation.written(lines)
    assert known == {"p1", "p2", "p3", "p4", "p5", "p6"}
    assert "p5" not in by_case


def test_a_theme_counts_once_under_two_categories_and_in_two_spellings() -> None:
    lines = [{"case": "p1", "code": "E", "subthemes": "Letzter Bus"}, {"case": "p1", "code": "S", "subthemes": " letzter  bus; Letzter Bus"}, {"case": "fremd", "code": "S", "subthemes": "X"}]
    documents, cases = study(1)
    rows = saturation.subthemes(saturation.order(documents, cases), saturation.written(lines)[0])
    assert [(r["label"], r["code"], r["n_cases"], r["first_doc"]) for r in rows] == [("Letzter Bus", "E+S", 1, "I1")]


def test_order_is_by_date_then_undated_by_number() -> None:
    documents, cases = study(4, dates={1: "2026-05-01", 2: "", 3: "2026-04-01", 4: "Frühjahr"})
    assert [(r["case"], r["date"]) for r in saturation.order(documents, cases)] == [("p3", "2026-04-01"), ("p1", "2026-05-01"), ("p2", ""), ("p4", "")]


def test_somebody_asked_twice_is_one_conversation_the_first() -> None:
    documents, cases = study(2)
    again = frame("cases", [*cases.to_dict("records"), {"case": "p1", "doc": "I2", "speaker": "X", "gruppe": "a"}], VARIABLES)
    assert [(r["case"], r["doc"]) for r in saturation.order(documents, again)] == [("p1", "I1"), ("p2", "I2")]


def test_who_sits_in_one_workshop_is_one_conversation() -> None:
    documents, cases = study(3)
    together = cases.assign(doc=["I1", "I2", "I2"], gruppe=["a", "a", "b"])
    by_case, known = saturation.written(matrix({"p1": "A", "p2": "B; C", "p3": "C; D"}))
    held = [row for row in saturation.order(documents, together) if row["case"] in known]
    rows = saturation.curve(held, by_case, together, "gruppe")
    assert [(r["order"], r["case"], r["n_new"], r["n_told"]) for r in total(rows)] == [(1, "p1", 1, 1), (2, "p2+p3", 3, 3)]
    assert [(r["case"], r["n_new"]) for r in total(rows, "b")] == [("p3", 2)]  # in a group only its own people
    assert {r["subtheme"]: (r["first_order"], r["n_cases"]) for r in saturation.subthemes(held, by_case)} == {"a": (1, 1), "b": (2, 1), "c": (2, 2), "d": (2, 1)}
    workshop = study(6)[1].assign(doc="I1")
    assert saturation.curve(saturation.order(documents, workshop), by_case, workshop, "gruppe")[-1]["state"] == "not_enough"  # six people, one conversation


def test_groups_have_their_own_curve() -> None:
    told = {f"p{k}": "A" for k in range(1, 8)}
    rows = steps(told, 7, groups={7: "b"})
    assert [r["n_new"] for r in total(rows, "b")] == [1]  # known overall, new in the group
    assert total(rows, "a")[-1]["state"] == "reached"
    assert total(rows, "b")[-1]["state"] == "not_enough"
    assert total(rows)[-1]["n_new"] == 0


CODES = frame("codes", [
    {"order": n, "code": c, "parent": p, "level": int(bool(p)), "label": f"Wort {c}", "coded": "yes", "through": "yes", "since": since}
    for n, (c, p, since) in enumerate([("E", "", "1"), ("E.alt", "E", "1"), ("E.neu", "E", "2"), ("E.neu.kind", "E.neu", "10"), ("F", "", "")])
])  # fmt: skip


def mention(case: str, code: str, basis: str = "reviewed") -> dict[str, Any]:
    return {"mention": f"m{case}{code}{basis}", "doc": "I" + case[1:], "turn": 2, "start": 0, "end": 9, "code": code, "case": case, "basis": basis}


def test_inductive_codes_are_later_than_the_first_version() -> None:
    assert saturation.inductive(CODES) == {"E.neu", "E.neu.kind"}
    assert saturation.inductive(frame("codes", [])) == set()
    assert saturation.inductive(CODES[CODES["since"] == "10"]) == set()  # one version alone has nothing new


def test_only_what_people_coded_counts_and_only_where_somebody_can_know() -> None:
    said = [mention("p1", "E.neu.kind"), mention("p1", "E.neu"), mention("p1", "E"), mention("p2", "E.neu", "proposed"), mention("p3", "E.alt"), mention("p4", "E.neu", "proposed")]
    turns = frame("turns", [{"doc": f"I{k}", "turn": t, "case": f"p{k}", "role": "respondent", "text": "x"} for k in (1, 2, 3, 4) for t in (2, 4)])
    read = [{"doc": "I3", "turn": t, "start": 0, "end": 1, "raw_start": 0, "raw_end": 1, "coder": "mk", "mode": "interview"} for t in (2, 4)]
    read += [{"doc": "I2", "turn": 2, "start": 0, "end": 1, "raw_start": 0, "raw_end": 1, "coder": "mk", "mode": "interview"}]  # read in part
    read += [{"doc": "I4", "turn": t, "start": 0, "end": 1, "raw_start": 0, "raw_end": 1, "coder": "mk", "mode": "queue"} for t in (2, 4)]  # proposals only
    by_case, known = saturation.coded(CODES, frame("findings_mentions", said), turns, frame("reviewed", read))
    assert {case: set(own) for case, own in by_case.items()} == {"p1": {"E.neu.kind"}}  # the parent only repeats the child
    assert known == {"p1", "p3"}


def test_without_inductive_codes_there_is_no_curve_from_codes() -> None:
    first = CODES.assign(since="1")
    assert saturation.coded(first, frame("findings_mentions", [mention("p1", "E")]), frame("turns", []), frame("reviewed", [])) == ({}, set())


def test_words_are_careful() -> None:
    def rows(new: list[int], state: str) -> list[Any]:
        return [SimpleNamespace(n_new=n, n_all=sum(new[: k + 1]), state=state) for k, n in enumerate(new)]

    reached = judgement(rows([3, 2, 2, 1, 0, 0], "reached"))
    assert reached.startswith("In den letzten zwei Gesprächen kam kein neues Unterthema dazu; in den ersten vier waren es acht.")
    assert "sagt nichts über Menschen, die nicht gefragt wurden" in reached
    assert "gesättigt" not in reached
    assert judgement(rows([1, 0, 0, 0, 0, 1], "open")).startswith("Es kommt noch Neues: In den letzten zwei Gesprächen kam ein neues Unterthema dazu; in den ersten vier war es eines")
    assert "hier sind es zwei" in judgement(rows([1, 0], "not_enough"))
    assert "niemand ein neues Unterthema notiert" in judgement(rows([0] * 7, "not_enough"))
