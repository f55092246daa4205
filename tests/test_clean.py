"""Cleaning rules case by case, and the contract: nothing is lost, every change has a rule."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline import tables
from pipeline.clean import clean, each
from pipeline.offsets import back, changes
from pipeline.study import Clean

CASES = json.loads((Path(__file__).parent / "cases" / "clean.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[c["why"] for c in CASES])
def test_cleaning(case: dict) -> None:
    work, marks = clean(case["raw"], case.get("notation", "dresing-pehl"), tool=case.get("tool", ""))
    assert work.text == case["clean"]
    if "marks" in case:
        assert [f"{m.type}:{m.value}" for m in marks] == case["marks"]


@pytest.mark.parametrize("case", CASES, ids=[c["why"] for c in CASES])
def test_every_change_has_a_rule_and_every_word_a_place(case: dict) -> None:
    work, _ = clean(case["raw"], case.get("notation", "dresing-pehl"), tool=case.get("tool", ""))
    made = changes(work)
    assert all(c.rule for c in made)
    spans = [(c.start, c.end, c.new_start, c.new_end) for c in made]
    at = 0
    for word in work.text.split():
        at = work.text.index(word, at)
        start, end = back(spans, at, at + len(word))
        assert word.lower().strip("[…].,") in case["raw"][start:end].lower() or word == "[…]"
        at += len(word)


def test_settings_keep_fillers_and_name_the_notation() -> None:
    source = {"doc": "I001", "notation": "dresing-pehl", "words": 3, "turns": 1, "speakers": 1}
    sources, none = tables.frame("sources", [source]), (tables.frame("cues", []), tables.frame("signs", []))
    turns = tables.frame("turns_raw", [{"doc": "I001", "turn": 1, "offset": 0, "text": "Ja, äh (...) gut."}])
    kept = each(sources, turns, *none, SimpleNamespace(clean=Clean(fillers="keep")))
    assert kept["turns_clean"][0]["text"] == "Ja, äh gut."
    undecided = tables.frame("sources", [{**source, "notation": "unknown"}])
    untouched = each(undecided, turns, *none, SimpleNamespace(clean=Clean(fillers="keep")))
    assert untouched["turns_clean"][0]["text"] == "Ja, äh (...) gut."
    for name in ("turns_clean", "changes", "annotations"):
        assert tables.check(name, tables.frame(name, kept[name])) == []


def test_the_program_that_wrote_a_text_says_what_its_pauses_mean() -> None:
    source = {"doc": "I001", "notation": "unknown", "tool": "noScribe", "words": 3, "turns": 1, "speakers": 1}
    turns = tables.frame("turns_raw", [{"doc": "I001", "turn": 1, "offset": 0, "text": "Ja, (...) gut."}])
    none = (tables.frame("cues", []), tables.frame("signs", []))
    for tool, text in (("noScribe", "Ja, gut."), ("", "Ja, (...) gut.")):
        done = each(tables.frame("sources", [{**source, "tool": tool}]), turns, *none, SimpleNamespace(clean=Clean()))
        assert done["turns_clean"][0]["text"] == text
    assert done["annotations"] == []


def test_a_long_line_is_cleaned_in_linear_time() -> None:
    import time

    started = time.process_time()
    clean("(" * 60_000 + "ich " * 60_000 + "//" * 5_000, "dresing-pehl")
    assert time.process_time() - started < 8


@pytest.mark.parametrize("part", ["(I: a) ", "//S00: a// ", "Ja, (lacht). ", "hm (", "hm hm ", ", . "])
def test_many_signs_are_cleaned_in_linear_time(part: str) -> None:
    import time

    started = time.process_time()
    clean(part * (100_000 // len(part)), "unknown", tool="noScribe")
    assert time.process_time() - started < 2
