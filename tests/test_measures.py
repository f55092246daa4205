"""Measures with known answers: mentions, who was asked, what counts."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pandas as pd

from pipeline import tables, wording
from pipeline.effective import effective
from pipeline.measures import counts, quotes
from pipeline.measures.mentions import asked_about, mentions
from pipeline.tables import frame


def codings(*rows: tuple[str, int, int, str, str, str, str]) -> pd.DataFrame:
    """(doc, turn, sentence, code, case, coder, status) with sentences of ten characters."""
    data = [
        {
            "coding": f"c{n}", "doc": d, "turn": t, "start": s * 10, "end": s * 10 + 9, "code": c, "case": k, "coder": who,
            "status": status, "stance": "affirmed", "prompt": "asked", "rule": f"{c}|term|x" if who == "rule" else "",
        }
        for n, (d, t, s, c, k, who, status) in enumerate(rows)
    ]  # fmt: skip
    return tables.frame("codings", data)


SEGMENTS = tables.frame(
    "segments",
    [
        {"seg": f"{d}.{t}.{s}", "doc": d, "turn": t, "start": s * 10, "end": s * 10 + 9}
        for d in "AB"
        for t in (1, 2)
        for s in range(6)
    ],
)
CODES = tables.frame(
    "codes",
    [
        {"order": n, "code": c, "parent": p, "level": lv}
        for n, (c, p, lv) in enumerate([("X", "", 0), ("X.a", "X", 1), ("X.b", "X", 1), ("Y", "", 0)])
    ],
)


def test_neighbouring_sentences_are_one_mention() -> None:
    found = codings(
        ("A", 1, 0, "X.a", "p", "rule", "proposed"), ("A", 1, 1, "X.a", "p", "rule", "proposed"), ("A", 1, 3, "X.a", "p", "rule", "proposed"),
        ("A", 2, 0, "X.a", "p", "rule", "proposed"), ("A", 1, 2, "X.b", "p", "rule", "proposed"),
    )  # fmt: skip
    made = tables.frame("findings_mentions", mentions(effective(found), SEGMENTS, CODES))
    spans = {(m.code, m.turn, m.start, m.end) for m in made.itertuples()}
    assert spans == {
        ("X.a", 1, 0, 19),
        ("X.a", 1, 30, 39),
        ("X.a", 2, 0, 9),
        ("X.b", 1, 20, 29),
        ("X", 1, 0, 39),
        ("X", 2, 0, 9),
    }


def test_people_decide_over_rules() -> None:
    found = codings(
        ("A", 1, 0, "X.a", "p", "rule", "accepted"), ("A", 1, 0, "X.a", "p", "mk", "accepted"),
        ("A", 1, 3, "X.a", "p", "rule", "rejected"), ("A", 2, 0, "X.a", "p", "rule", "proposed"), ("A", 2, 0, "X.b", "p", "mk", "accepted"),
    )  # fmt: skip
    counting = effective(found)
    assert sorted((r.turn, r.start, r.code, r.coder, r.basis) for r in counting.itertuples()) == [
        (1, 0, "X.a", "mk", "reviewed"), (2, 0, "X.a", "rule", "proposed"), (2, 0, "X.b", "mk", "reviewed"),
    ]  # fmt: skip


def test_denominators_are_those_who_were_asked() -> None:
    cases = tables.frame(
        "cases",
        [
            {"case": "p", "doc": "A", "speaker": "B"},
            {"case": "q", "doc": "B", "speaker": "B"},
            {"case": "r", "doc": "B", "speaker": "C"},
        ],
    )
    questions = tables.frame(
        "questions",
        [{"doc": "A", "turn": 1, "question": "L1", "kind": "asked"}, {"doc": "B", "turn": 1, "question": "L2", "kind": "asked"},
         {"doc": "B", "turn": 2, "question": "L1", "kind": "none"}],
    )  # fmt: skip
    asked = asked_about(cases, questions, {"L1": {"X.a"}, "L2": {"X.b"}}, CODES)
    assert asked == {"X": {"p", "q", "r"}, "X.a": {"p"}, "X.b": {"q", "r"}, "Y": set()}
    found = codings(
        ("A", 1, 0, "X.a", "p", "rule", "proposed"),
        ("B", 1, 0, "X.a", "q", "rule", "proposed"),
        ("B", 1, 4, "X.a", "q", "rule", "proposed"),
    )
    made = tables.frame("findings_mentions", mentions(effective(found), SEGMENTS, CODES))
    row = next(r for r in counts.by_code(CODES, made, asked, tables.frame("suggestions", [])) if r["code"] == "X.a")
    assert (row["n_mentions"], row["n_cases"], row["n_asked"], row["n_cases_asked"]) == (0, 0, 1, 0)  # nobody has read them
    assert (row["n_proposed"], row["n_cases_proposed"]) == (3, 2)
    found["status"] = "accepted"
    made = tables.frame("findings_mentions", mentions(effective(found), SEGMENTS, CODES))
    row = next(r for r in counts.by_code(CODES, made, asked, tables.frame("suggestions", [])) if r["code"] == "X.a")
    assert (row["n_mentions"], row["n_cases"], row["n_asked"], row["n_cases_asked"], row["n_proposed"]) == (3, 2, 1, 1, 0)
    assert round(row["largest_case_share"], 3) == 0.667


def test_a_person_in_two_conversations_is_one_case() -> None:
    cases = tables.frame(
        "cases",
        [
            {"case": "p", "doc": "A", "speaker": "B", "gruppe": "x"},
            {"case": "p", "doc": "B", "speaker": "B", "gruppe": "x"},
        ],
        ["gruppe"],
    )
    found = codings(("A", 1, 0, "X.a", "p", "rule", "proposed"), ("B", 1, 0, "X.a", "p", "rule", "proposed"))
    made = tables.frame("findings_mentions", mentions(effective(found), SEGMENTS, CODES))
    rows = {r["code"]: r for r in counts.by_group(cases, made, {"X.a": {"p"}}, ["gruppe"])}
    assert (rows["X.a"]["n_cases"], rows["X.a"]["n_mentions"], rows["X.a"]["n_group"]) == (1, 2, 1)


def test_a_person_whose_value_stands_in_one_conversation_only_is_in_one_group() -> None:
    cases = tables.frame("cases", [{"case": "p", "doc": "A", "speaker": "1", "gruppe": ""}, {"case": "p", "doc": "B", "speaker": "1", "gruppe": "amt"}], ("gruppe",))
    made = tables.frame("findings_mentions", mentions(effective(codings(("A", 1, 0, "X.a", "p", "rule", "proposed"))), SEGMENTS, CODES))
    assert {r["value"] for r in counts.by_group(cases, made, {}, ["gruppe"])} == {"amt"}


def test_codes_in_one_turn_and_in_one_sentence() -> None:
    found = codings(
        ("A", 1, 0, "X.a", "p", "rule", "proposed"),
        ("A", 1, 0, "X.b", "p", "rule", "proposed"),
        ("A", 2, 0, "X.a", "p", "rule", "proposed"),
        ("A", 2, 3, "X.b", "p", "rule", "proposed"),
    )
    assert counts.together(effective(found)) == [
        {"code_a": "X.a", "code_b": "X.b", "n_segments": 0, "n_turns": 0, "n_cases": 0, "n_proposed": 2}
    ]
    found.loc[found["turn"] == 1, "status"] = "accepted"
    assert counts.together(effective(found)) == [
        {"code_a": "X.a", "code_b": "X.b", "n_segments": 1, "n_turns": 1, "n_cases": 1, "n_proposed": 1}
    ]


def test_every_person_is_quoted_before_anyone_is_twice() -> None:
    found = codings(
        *[("A", 1, s, "X.a", "p", "rule", "proposed") for s in (0, 2, 4)], ("B", 1, 0, "X.a", "q", "rule", "proposed")
    )
    made = tables.frame("findings_mentions", mentions(effective(found), SEGMENTS, CODES))
    rows = sorted((r for r in quotes.ranked(made) if r["code"] == "X.a"), key=lambda r: r["rank"])
    assert {rows[0]["case"], rows[1]["case"]} == {"p", "q"}
    assert [r["rank"] for r in rows] == [1, 2, 3, 4]


def test_what_people_read_comes_before_proposals() -> None:
    found = codings(*[("A", 1, s, "X.a", "p", "rule", "accepted") for s in (0, 2)], ("B", 1, 0, "X.a", "q", "rule", "proposed"))
    made = tables.frame("findings_mentions", mentions(effective(found), SEGMENTS, CODES))
    rows = sorted((r for r in quotes.ranked(made) if r["code"] == "X.a"), key=lambda r: r["rank"])
    assert [r["case"] for r in rows] == ["p", "p", "q"]


def test_reading_and_proposing_never_join_in_one_mention() -> None:
    found = codings(
        ("A", 1, 0, "X.a", "p", "mk", "accepted"), ("A", 1, 1, "X.a", "p", "model", "proposed"), ("A", 1, 0, "X.b", "p", "model", "proposed"),
    )  # fmt: skip
    made = mentions(effective(found), SEGMENTS, CODES)
    assert {(m["code"], m["start"], m["end"], m["basis"]) for m in made} == {
        ("X.a", 0, 9, "reviewed"), ("X.a", 10, 19, "proposed"), ("X.b", 0, 9, "proposed"),
        ("X", 0, 9, "reviewed"), ("X", 10, 19, "proposed"),
    }  # fmt: skip


def test_what_only_the_question_suggested_is_not_spontaneous() -> None:
    found = codings(*[("A", 1, s, "X.a", "p", "model", "proposed") for s in (0, 2)])
    found["prompt"], found["unasked"] = "spontaneous", ["yes", "no"]
    made = tables.frame("findings_mentions", mentions(effective(found), SEGMENTS, CODES))
    row = next(r for r in counts.by_code(CODES, made, {}, tables.frame("suggestions", [])) if r["code"] == "X.a")
    assert (row["n_proposed"], row["n_spontaneous_proposed"], row["n_spontaneous"]) == (2, 1, 0)


def test_what_a_machine_found_is_called_a_proposal() -> None:
    assert wording.places(5).endswith("gelesen")
    assert "ungelesen" in wording.proposals(5, 2)
    from types import SimpleNamespace

    row = SimpleNamespace(n_mentions=6, n_cases=2, largest_case_share=0.8, n_leading=1, n_suggested=0, n_about_self=0, n_about_others=6, n_about_self_proposed=0, n_about_others_proposed=0)
    assert len(wording.cautions(row)) == 3
    row.n_about_self = 1
    assert len(wording.cautions(row)) == 2
    row.n_about_self, row.n_about_others, row.n_about_others_proposed = 0, 0, 3
    assert "wären sie eine Zuschreibung" in wording.cautions(row)[-1]


def test_what_people_coded_as_denied_counts_nowhere(tmp_path: Path) -> None:
    """»Ich wurde nie benachteiligt«, coded by a person as negated: counter-evidence, and no figure of the category."""
    from pipeline import findings
    from pipeline.study import Findings, Report

    text = "Ich wurde nie benachteiligt."
    rows = [
        {"coding": f"c{case}", "doc": case, "turn": 1, "start": 0, "end": len(text), "code": "A", "coder": "mk", "quote": text, "stance": stance, "about": "self", "status": "accepted", "case": case}
        for case, stance in (("I1", "negated+past"), ("I2", "affirmed"))
    ]  # fmt: skip
    codings = frame("codings", rows)
    turns = frame("turns", [{"doc": c, "turn": 1, "speaker": "B", "case": c, "role": "respondent", "text": text, "raw_sha256": c} for c in ("I1", "I2")])
    segments = frame("segments", [{"seg": f"{c}-1", "doc": c, "turn": 1, "start": 0, "end": len(text)} for c in ("I1", "I2")])
    done = findings.whole(
        frame("cases", [{"case": c, "doc": c, "speaker": "B"} for c in ("I1", "I2")]), turns, segments, frame("questions", []),
        frame("codes", [{"order": 0, "code": "A", "level": 0, "coded": "yes", "label": "A", "lack": "no"}]), codings, frame("suggestions", []), frame("speakers", []), frame("changes", []),
        frame("replacements", []), SimpleNamespace(findings=Findings(), report=Report(), variables={}), tmp_path / "guide.yaml", tmp_path / "quotes.csv",
    )  # fmt: skip
    assert list(pd.DataFrame(done["findings_mentions"])["case"]) == ["I2"]
    assert list(pd.DataFrame(done["findings_denials"])["case"]) == ["I1"]
    assert pd.DataFrame(done["findings_codes"])[["n_mentions", "n_cases"]].to_numpy().tolist() == [[1, 1]]
