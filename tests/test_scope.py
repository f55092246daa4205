"""Which questions a study can answer, from which categories, and what its data lack: named, never a crash, never a silent drop."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from pipeline import scope
from pipeline.measures import applies, saturation
from pipeline.measures.lens import below, figures, largest, members, single
from pipeline.sections.answers import limits
from pipeline.sections.answers.words import FAMILIES, NOT_APPLYING, QUESTIONS
from pipeline.study import Answers, Findings, Variable
from pipeline.tables import frame

BOOK = [("POT", ""), ("POT.orga", "POT"), ("POT.bruecke", "POT"), ("SEG", ""), ("SEG.politik", "SEG"), ("SEG.politik.recht", "SEG.politik"), ("ZUS", ""), ("ZUS.gut", "ZUS")]


def codes(book: list[tuple[str, str]] | None = None) -> pd.DataFrame:
    return frame("codes", [{"order": n, "code": c, "parent": p, "level": c.count("."), "coded": "yes", "label": c} for n, (c, p) in enumerate(BOOK if book is None else book)])


def study(**values: Any) -> SimpleNamespace:
    variables = {"gruppe": Variable(label="Gruppe", values={"a": "A", "b": "B", "c": "C"}), "sozialraum": Variable(label="Sozialraum", values={"Nord": "Nord"})}
    return SimpleNamespace(**{"variables": variables, "findings": Findings(), "answers": Answers(), **values})


def people(*rows: tuple[str, str, str], columns: tuple[str, ...] = ("gruppe", "sozialraum")) -> pd.DataFrame:
    made = [{"case": c, "doc": c, "speaker": "B", **dict(zip(columns, values, strict=False))} for c, *values in rows]
    return frame("cases", made, columns)


def documents(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return frame("documents", [{"doc": d, "status": "ok", "date": date, "wave": wave, "words": 1, "turns": 1, "notation_confidence": 1.0} for d, date, wave in rows])


def run(tmp_path: Path, cases: pd.DataFrame, docs: pd.DataFrame | None = None, book: pd.DataFrame | None = None, guide: str = "", reviewed: Any = (), **values: Any) -> dict[str, pd.DataFrame]:
    (tmp_path / "guide.yaml").write_text(guide, "utf-8")
    said = frame("findings_mentions", [{"mention": "m", "doc": "I1", "turn": 1, "start": 0, "end": 1, "code": "POT.orga", "case": "I1", "basis": "proposed"}])
    done = scope.whole(
        documents() if docs is None else docs, cases, frame("notes", []), frame("turns", []), frame("questions", []), codes() if book is None else book,
        frame("reviewed", list(reviewed)), said, frame("findings_coverage", []), study(**values), tmp_path / "guide.yaml",
    )  # fmt: skip
    return {name: frame(name, rows) for name, rows in done.items()}


def kinds(done: dict[str, pd.DataFrame]) -> list[tuple[str, str, str, int]]:
    return [(r.kind, r.subject, r.value, r.n) for r in done["findings_limits"].itertuples()]


def test_a_category_stands_for_all_below_it(tmp_path: Path) -> None:
    assert below(codes(), ["SEG"]) == {"SEG", "SEG.politik", "SEG.politik.recht"}
    assert below(codes(), ["SEG.politik.recht", "XY"]) == {"SEG.politik.recht"}
    done = run(tmp_path, people(("I1", "a", "Nord")))["findings_scope"]
    mine = done[done["family"] == "potentials"]
    assert dict(zip(mine["code"], mine["given"], strict=True)) == {"POT": "yes", "POT.orga": "no", "POT.bruecke": "no"}


def test_another_codebook_says_which_chapters_do_not_apply(tmp_path: Path) -> None:
    done = run(tmp_path, people(("I1", "", ""), columns=()), book=codes([("LEH", ""), ("LEH.zeit", "LEH")]), variables={})
    told = {r.question: (r.applies, r.reason, r.detail) for r in done["findings_applies"].itertuples()}
    assert told["Q1"] == ("no", "codes", "potentials+bridges")
    assert told["Q4"][:2] == ("no", "codes")
    assert told["Q7"] == ("no", "variable", "gruppe")
    assert told["Q11"] == ("no", "guide", "")
    assert told["Q10"][0] == told["Q12"][0] == told["cases"][0] == "yes"
    assert set(told) == set(QUESTIONS)
    assert {reason for _, reason, _ in told.values()} - {""} <= set(NOT_APPLYING)
    assert [k for k, *_ in kinds(done)][:3] == ["variable_missing", "variable_missing", "codebook_other"]


def test_a_study_that_names_no_variable_says_so() -> None:
    answers = Answers(group="", district="", needs=("B",))
    told = {r["question"]: (r["reason"], r["detail"]) for r in applies.rows({"needs": {"B"}}, answers, (), frame("cases", []), (), frame("findings_mentions", []))}
    assert (told["Q4"], told["Q7"]) == (("setting", "district"), ("setting", "group"))
    assert "study.yaml, answers: group" in NOT_APPLYING["setting"].format(detail="group")


def test_needs_alone_are_enough_for_the_draft_of_measures(tmp_path: Path) -> None:
    done = run(tmp_path, people(("I1", "", "")), book=codes([("BED", ""), ("POT", ""), ("POT.orga", "POT")]), answers=Answers(needs=("BED",), wishes=()))
    assert done["findings_applies"].set_index("question").loc["Q6", "applies"] == "yes"
    done = run(tmp_path, people(("I1", "", "")), book=codes([("XYZ", "")]), answers=Answers(needs=(), wishes=()))
    assert done["findings_applies"].set_index("question").loc["Q6", ["applies", "reason"]].tolist() == ["no", "codes"]


def test_a_variable_without_any_value_answers_nothing(tmp_path: Path) -> None:
    done = run(tmp_path, people(("I1", "", "Nord")))["findings_applies"]
    assert done.set_index("question").loc["Q7", ["applies", "reason", "detail"]].tolist() == ["no", "values", "gruppe"]


def test_groups_of_one_unknown_districts_and_missing_values_are_named(tmp_path: Path) -> None:
    found = kinds(run(tmp_path, people(("I1", "a", "Nord"), ("I2", "a", "Mordor"), ("I3", "b", "Nord"), ("I4", "", "Nord"))))
    assert ("group_of_one", "gruppe", "b", 1) in found
    assert ("group_of_one", "gruppe", "a", 1) not in found
    assert ("value_missing", "gruppe", "", 1) in found
    assert ("group_empty", "gruppe", "c", 0) in found
    assert ("value_undeclared", "sozialraum", "Mordor", 1) in found
    assert ("group_of_one", "sozialraum", "Mordor", 1) not in found  # told once, as what is not declared


def test_a_person_in_two_conversations_is_one(tmp_path: Path) -> None:
    cases = frame("cases", [{"case": "I1", "doc": d, "speaker": "B", "gruppe": v, "sozialraum": "Nord"} for d, v in (("I1", ""), ("I2", "a"))], ("gruppe", "sozialraum"))
    assert members(cases, "gruppe") == {"a": {"I1"}}
    assert ("group_of_one", "gruppe", "a", 1) in kinds(run(tmp_path, cases))


def test_waves_read_with_other_codebooks_and_dates_that_cannot_be(tmp_path: Path) -> None:
    docs = documents(("I1", "2026-05-01", "1"), ("I2", "2026-04-01", "2"), ("I3", "", "2"), ("I4", "bald", "1"))
    read = [{"doc": d, "turn": 1, "start": 0, "end": 1, "coder": "mk", "mode": "all", "codebook": v, "raw_start": 0, "raw_end": 1} for d, v in (("I1", "1"), ("I2", "2"))]
    found = kinds(run(tmp_path, people(("I1", "a", "Nord")), docs, reviewed=read))
    assert ("waves_reversed", "2", "1", 0) in found
    assert ("no_date", "", "", 1) in found
    assert ("date_unclear", "I4", "bald", 0) in found
    assert [f for f in found if f[0] == "wave_codebook"] == [("wave_codebook", "1", "1", 0), ("wave_codebook", "2", "2", 0)]


def test_one_codebook_for_all_waves_is_no_limit(tmp_path: Path) -> None:
    docs = documents(("I1", "2026-04-01", "1"), ("I2", "2026-05-01", "2"))
    read = [{"doc": d, "turn": 1, "start": 0, "end": 1, "coder": "mk", "mode": "all", "codebook": "1", "raw_start": 0, "raw_end": 1} for d in ("I1", "I2")]
    found = kinds(run(tmp_path, people(("I1", "a", "Nord")), docs, reviewed=read))
    assert not [k for k, *_ in found if k.startswith("wave")]


def test_every_limit_has_its_words(tmp_path: Path) -> None:
    docs = documents(("I1", "2026-05-01", "1"), ("I2", "2026-04-01", "2"), ("I3", "", "2"), ("I4", "bald", "1"), ("I5", "2026-04-02", "3"), ("I6", "2026-03-30", "3"))
    read = [{"doc": d, "turn": 1, "start": 0, "end": 1, "coder": "mk", "mode": "all", "codebook": v, "raw_start": 0, "raw_end": 1} for d, v in (("I1", "1"), ("I2", "2"))]
    cases = people(("I1", "a", "Nord"), ("I2", "", "Mordor"))
    done = run(tmp_path, cases, docs, reviewed=read, guide="questions:\n  - id: L1\n    text: Was?\n")
    other = run(tmp_path, people(("I1", "", "")), book=codes([("X", "")]), variables={})
    for made, settings in ((done, study()), (other, study(variables={}))):
        told = limits.every(_desk(made, settings))
        assert len(told) >= 3
        assert all(text.endswith((".", "?")) and "{" not in text for text in told)
    assert any("Mordor" in text and "Meinten" not in text for text in limits.every(_desk(done, study())))
    assert "Erhebung 2 liegt vor Erhebung 1. Erhebung 3 liegt vor Erhebung 1. Bitte Datum und Welle der Gespräche prüfen." in limits.every(_desk(done, study()))


def test_waves_overlap_only_where_days_do(tmp_path: Path) -> None:
    def told(*rows: tuple[str, str]) -> list[tuple[str, str, str]]:
        docs = documents(*((f"I{n}", date, wave) for n, (date, wave) in enumerate(rows)))
        return [k[:3] for k in kinds(run(tmp_path, people(("I1", "a", "Nord")), docs)) if k[0].startswith("waves_")]

    assert told(("2026-01-01", "2"), ("2026-05-01", "10")) == []  # by number, not by letter
    assert told(("2026-01-10", "2"), ("2026-05-01", "1"), ("2026-06-01", "1")) == [("waves_reversed", "2", "1")]
    assert told(("2026-05-20", "2"), ("2026-05-01", "1"), ("2026-06-01", "1")) == [("waves_overlap", "1", "2")]
    assert told(("2026-05-01", "1"), ("2026-05-01", "2")) == [("waves_overlap", "1", "2")]
    assert told(("2026-02-31", "2"), ("2026-05-01", "1")) == []  # what is no day orders nothing


def test_a_day_that_no_calendar_has_is_told_and_orders_nothing(tmp_path: Path) -> None:
    docs = documents(("I1", "2026-02-31", "1"), ("I2", "2026-05-01", "1"), ("I3", "31.02.2026", "1"))
    done = run(tmp_path, people(("I1", "a", "Nord"), ("I2", "a", "Nord")), docs)
    assert [k for k in kinds(done) if k[0] == "date_unclear"] == [("date_unclear", "I1", "2026-02-31", 0), ("date_unclear", "I3", "31.02.2026", 0)]
    assert any("Interview I3 (»31.02.2026«)" in text for text in limits.every(_desk(done, study())))
    order = saturation.order(docs, people(("I1", "a", "Nord"), ("I2", "a", "Nord"), ("I3", "a", "Nord")))
    assert [(row["doc"], row["date"]) for row in order] == [("I2", "2026-05-01"), ("I1", ""), ("I3", "")]


def test_a_misspelt_value_is_asked_about(tmp_path: Path) -> None:
    done = run(tmp_path, people(("I1", "aa", "Nordt"), ("I2", "Zett", "Nord")), variables={"gruppe": Variable(label="Gruppe", values={"a": "AA", "b": "B"}), "sozialraum": Variable(values={"Nord": "Nord"})})
    values = {"gruppe": Variable(label="Gruppe", values={"a": "AA", "b": "B"}), "sozialraum": Variable(values={"Nord": "Nord"})}
    told = " ".join(limits.every(_desk(done, study(variables=values))))
    assert "Meinten Sie »a« statt »aa«?" in told  # typed as the report calls it
    assert "Meinten Sie »Nord« statt »Nordt«?" in told
    assert "statt »Zett«" not in told


def test_a_part_that_falls_away_is_told_beside_its_question(tmp_path: Path) -> None:
    book = codes([("POT", ""), ("POT.orga", "POT"), ("ZUS", ""), ("ZUS.gut", "ZUS")])
    answers = Answers(**{name: () for name in Answers.model_fields if name not in ("group", "district", "opposites")} | {"potentials": ("POT",), "bridges": ("POT.bruecke",), "together": ("ZUS.gut", "ZUS.fest"), "goals": ("ZUS.fest", "ZUS")})
    done = run(tmp_path, people(("I1", "a", "Nord")), book=book, answers=answers)
    rows = [(r.question, r.kind, r.subject, r.value) for r in done["findings_limits"].itertuples() if "_missing" in r.kind and r.kind != "value_missing"]
    assert rows == [("Q1", "family_missing", "bridges", "POT.bruecke"), ("Q7", "code_missing", "ZUS.fest", "goals"), ("Q8", "code_missing", "ZUS.fest", "together")]
    desk = _desk(done, study(answers=answers))
    assert limits.of(desk, "Q1") == ["Das Codebuch hat nicht, was study.yaml (answers) nennt: bridges: POT.bruecke. Es entfällt der Teil »Brückenpersonen«."]
    assert limits.of(desk, "Q8") == ["Das Codebuch hat ZUS.fest nicht; study.yaml (answers: together) nennt es. Was darunter fiele, fehlt in der Antwort."]
    assert sum("ZUS.fest" in text for text in limits.every(desk)) == 1
    desk.applies = lambda question: "Diese Frage hat keine Kategorien."
    assert limits.of(desk, "Q1") == []


def test_every_family_belongs_to_a_question_and_has_its_words() -> None:
    assert set(applies.ANSWERED) == set(FAMILIES) == set(applies.named(Answers()))
    assert set(applies.ANSWERED.values()) <= set(QUESTIONS)


def _desk(made: dict[str, pd.DataFrame], settings: SimpleNamespace) -> Any:
    from pipeline.sections.answers.desk import Desk

    desk: Any = SimpleNamespace(rows=lambda t: list(made[t].itertuples()), settings=settings)
    desk.names = SimpleNamespace(value=lambda name, value: value, interview=lambda doc: f"Interview {doc}")
    desk._label = lambda name: Desk._label(desk, name)
    desk.applies = lambda question: ""
    return desk


def mention(start: int, end: int, code: str, case: str = "I1") -> dict[str, Any]:
    return {"mention": f"{code}{start}{case}", "doc": case, "turn": 1, "start": start, "end": end, "code": code, "case": case, "basis": "reviewed"}


def test_several_categories_together_count_a_passage_once() -> None:
    rows = frame("findings_mentions", [mention(0, 5, "SEG"), mention(0, 5, "SEG.politik"), mention(0, 5, "SEG.politik.recht"), mention(9, 12, "SEG"), mention(0, 5, "ZUS.gut")])
    kept = single(rows, {"SEG", "SEG.politik", "SEG.politik.recht"}, codes())
    assert sorted(zip(kept["code"], kept["start"], strict=True)) == [("SEG", 9), ("SEG.politik.recht", 0)]
    assert sorted(single(rows, {"ZUS.gut"}, codes())["code"]) == ["ZUS.gut"]


def test_figures_count_people_beside_those_asked() -> None:
    rows = frame("findings_mentions", [mention(0, 5, "ZUS.gut"), mention(9, 12, "ZUS.gut"), mention(0, 5, "ZUS.gut", "I2")])
    assert figures(rows, {"I1", "I3"}) == {"n_mentions": 3, "n_cases": 2, "n_asked": 2}
    assert figures(rows, {"I1", "I3"}, {"I2", "I3"}) == {"n_mentions": 1, "n_cases": 1, "n_asked": 1, "n_group": 2}
    assert largest(rows["case"]) == ("I1", pytest.approx(2 / 3))
    assert largest([])[0] == ""


def test_nothing_at_all_is_no_crash(tmp_path: Path) -> None:
    done = run(tmp_path, frame("cases", []), book=frame("codes", []))
    assert len(done["findings_applies"]) == len(QUESTIONS)
    assert done["findings_scope"].empty
