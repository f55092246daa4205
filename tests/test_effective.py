"""Which codings count: people over machines, the model over rules, and what may be told by question."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline import tables
from pipeline.effective import by_question, effective, uncounted


def codings(*rows: tuple[str, str, int, int]) -> pd.DataFrame:
    """(coder, status, start, end) of one code in one turn."""
    data = [
        {"coding": f"c{n}", "doc": "A", "turn": 1, "start": a, "end": b, "code": "X", "coder": who, "status": status, "prompt": "asked"}
        for n, (who, status, a, b) in enumerate(rows)
    ]
    return tables.frame("codings", data)


def kept(*rows: tuple[str, str, int, int], reviewed_only: bool = False) -> list[tuple[str, int, str]]:
    return sorted((r.coder, r.start, r.basis) for r in effective(codings(*rows), reviewed_only).itertuples())


@pytest.mark.parametrize(
    ("coders", "winner"),
    [(("mk", "model", "llm", "rule"), "mk"), (("model", "llm", "rule"), "model"), (("llm", "rule"), "llm"), (("rule",), "rule")],
)
def test_of_overlapping_rows_the_higher_coder_stays(coders: tuple[str, ...], winner: str) -> None:
    rows = [(who, "accepted" if who == "mk" else "proposed", n, n + 20) for n, who in enumerate(coders)]
    assert [who for who, _, _ in kept(*rows)] == [winner]
    assert [who for who, _, _ in kept(*reversed(rows))] == [winner]


def test_what_a_person_accepted_stays_over_a_higher_machines_proposal() -> None:
    assert kept(("rule", "accepted", 0, 9), ("model", "proposed", 0, 9)) == [("rule", 0, "reviewed")]


def test_rows_that_do_not_touch_or_are_of_one_coder_all_stay() -> None:
    assert len(kept(("model", "proposed", 0, 9), ("rule", "proposed", 9, 19), ("rule", "proposed", 10, 15))) == 3


def test_a_row_that_is_out_itself_puts_no_other_out() -> None:
    # The rule's row loses to the model's, but the second rule's row touches neither the model's nor anything that stays.
    assert kept(("model", "proposed", 0, 9), ("llm", "proposed", 5, 20), ("rule", "proposed", 15, 30)) == [
        ("model", 0, "proposed"), ("rule", 15, "proposed"),
    ]  # fmt: skip


def test_rejected_rows_and_mere_assent_never_count() -> None:
    found = codings(("model", "rejected", 0, 9), ("model", "proposed", 20, 29), ("mk", "accepted", 40, 49))
    found["prompt"] = "assent"
    assert [r.coder for r in effective(found).itertuples()] == ["mk"]


def test_only_what_people_decided_counts_where_the_study_says_so() -> None:
    rows = [("mk", "accepted", 0, 9), ("model", "accepted", 20, 29), ("model", "proposed", 40, 49)]
    assert kept(*rows, reviewed_only=True) == [("mk", 0, "reviewed"), ("model", 20, "reviewed")]
    assert len(kept(*rows)) == 3


def test_nothing_in_nothing_out() -> None:
    assert list(effective(tables.frame("codings", []))["basis"]) == []


def test_by_question_counts_reading_rules_and_what_the_model_says_unasked() -> None:
    told = {(b, c, u): by_question(b, c, u) for b in ("reviewed", "proposed") for c in ("model", "llm", "rule") for u in ("yes", "no", "")}
    assert not told["proposed", "model", "no"]
    assert not told["proposed", "llm", ""]
    assert all(yes for (basis, coder, unasked), yes in told.items() if basis == "reviewed" or coder == "rule" or unasked == "yes")


def test_the_models_next_best_codes_are_no_hits() -> None:
    rows = [
        {"coding": "a", "start": 0, "end": 1, "turn": 1, "coder": "rule", "reason": "verneint"},
        {"coding": "b", "start": 0, "end": 1, "turn": 1, "coder": "model", "reason": "nicht sicher genug (Rang 2)"},
        {"coding": "c", "start": 0, "end": 1, "turn": 1, "coder": "model", "reason": "gelesen und nicht vergeben (mk)"},
    ]
    assert set(uncounted(tables.frame("suggestions", rows))["coding"]) == {"a", "c"}
