"""What stands above the first turn: metadata and legends, cases as data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from test_labels import check

from pipeline.labels.lexicon import header_key, role_of
from pipeline.speakers.header import keyed

CASES = json.loads((Path(__file__).parent / "cases" / "readers_header.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_header(case: dict[str, Any]) -> None:
    check(case)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Interview-Nr.", "interview"), ("Interviewer(in)", "interviewer"), ("Interviewer/-in", "interviewer"),
        ("Befragte:r", "befragte"), ("INTERVIEWDATUM", "datum"), ("2 Speakers", "teilnehmende"),
        ("Migrationshintergrund", "migrationsgeschichte"), ("Zitat", ""), ("Und ich dachte", ""),
    ],
)  # fmt: skip
def test_keys(written: str, key: str) -> None:
    assert header_key(written, {}) == key


def test_a_sentence_with_a_key_word_is_no_entry() -> None:
    assert keyed("Alter Schwede, das war was.", {}) == []
    assert keyed("Ort und Zeit waren schlecht gewählt", {}) == []
    assert keyed("Dauer 52 min", {}) == [("dauer", "52 min", False)]


def test_roles_of_words() -> None:
    assert [role_of(w) for w in ("Interviewerin", "Frau Kaya", "Dolmetscher", "Zuhörerschaft")] == [
        "interviewer", "", "third", "",
    ]  # fmt: skip
