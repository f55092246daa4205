"""Signs of each transcription system case by case, the vote between systems, and that no word is lost."""

from __future__ import annotations

import json
import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean import clean
from pipeline.notation import NOTATIONS, find_marks
from pipeline.notation.vote import vote
from pipeline.offsets import changes

CASES = Path(__file__).parent / "cases"
SIGNS = json.loads((CASES / "notation_signs.json").read_text("utf-8"))
HELD_OUT = json.loads((CASES / "notation_heldout.json").read_text("utf-8"))["rows"]
VOTES = json.loads((CASES / "notation_votes.json").read_text("utf-8"))
SHARED = Path(__file__).parents[2] / "shared" / "samples"
HELD_OUT_SHARE = 0.9  # of held-out rows with exactly the right reading text


def read(raw: str, system: str) -> str:
    return clean(raw, system, drop_fillers=False, drop_repetitions=False)[0].text


@pytest.mark.parametrize("case", SIGNS, ids=[f"{c['system']}: {c['raw'][:40]}" for c in SIGNS])
def test_reading_text_and_annotations(case: dict) -> None:
    assert read(case["raw"], case["system"]) == case["text"]
    marks = find_marks(case["raw"], NOTATIONS[case["system"]])
    found = [[m.type, m.value, case["raw"][m.start : m.end]] for m in marks]
    assert sorted(found) == sorted(case["annotations"])


def test_held_out_reading_texts() -> None:
    wrong = [row for row in HELD_OUT if read(row["raw"], row["system"]) != row["text"]]
    assert 1 - len(wrong) / len(HELD_OUT) >= HELD_OUT_SHARE, wrong


@pytest.mark.parametrize("case", VOTES, ids=[c["why"] for c in VOTES])
def test_vote(case: dict) -> None:
    verdict = vote(case["text"])
    assert verdict.system == case["system"], verdict
    assert (verdict.confidence > 0) == (case["system"] != "unknown")
    assert all(part in verdict.evidence for part in case.get("evidence", [])), verdict.evidence


SENTENCES = [
    "Wir haben damals in Essen gewohnt, und mein Vater war auf der Zeche.",
    "Die Schule war gut, aber die Lehrerin hat NIE gefragt, wie es uns geht.",
    "ja also ich hab dann halt bei der caritas angefangen und geputzt",
    "Ich wollte eigentlich studieren. Das ging nicht, sagt mein Bruder.",
]
INSERTED = [
    "(.)", "(...)", "(3)", "(0.8)", "(--)", "(lacht)", "((lacht))", "((1,5s))", "(unv.)", "//", "//mhm//", "/", " / ", "-", "–",
    "=", ":", "::", "°", "°h", "hh°", "@", "@(.)@", "@(3)@", "<<p> ", ">", "<", "[", "]", "(", ")", "└", "┘", "•", "˙", "‿", "_",
    "…", "↑", "£", "$", "*", "**", "!", "?", ".", ",", ";", "„", "“", '"', "»", "«", "+++", "ʔ", "#00:01:02-3#", "[Ort]", "N.N.",
    "XXX", "\u030c", "(B: ja)", "(mhm)", "(bejahend)", "hm", "//S00: ", "♪", "_n", "\n", "'", "|", "{", "}", "#",
]  # fmt: skip


@st.composite
def _signed(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(SENTENCES))
    for sign in draw(st.lists(st.sampled_from(INSERTED), max_size=12)):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + sign + text[place:]
    return text


@pytest.mark.parametrize("system", NOTATIONS)
@given(raw=_signed())
@settings(max_examples=150, deadline=None)
def test_every_word_stays_or_lies_in_a_change(system: str, raw: str) -> None:
    work = clean(raw, system)[0]
    made = changes(work)
    assert all(change.rule for change in made)
    at, kept = 0, []  # the raw text outside changes, which the reading text must hold in the same order
    for change in made:
        kept.append(raw[at : change.start])
        at = change.end
    kept.append(raw[at:])
    place = 0
    for piece in kept:
        place = work.text.index(piece, place) + len(piece)
    for word in re.finditer(r"[^\W\d_]+", raw):
        touched = any(change.start < word.end() and word.start() < change.end for change in made)
        assert touched or word.group() in work.text


@pytest.mark.parametrize("system", NOTATIONS)
@given(raw=_signed())
@settings(max_examples=60, deadline=None)
def test_marks_lie_in_the_text_and_do_not_collide(system: str, raw: str) -> None:
    marks = find_marks(raw, NOTATIONS[system])
    assert all(0 <= m.start < m.end <= len(raw) for m in marks)
    cut = sorted(
        edge
        for m in marks
        if not m.free
        for edge in ([(m.start, m.keep[0]), (m.keep[1], m.end)] if m.keep else [(m.start, m.end)])
    )
    assert all(a[1] <= b[0] for a, b in pairwise(cut))


HOSTILE = [
    "(", "[", "<<a> ", "°a ", "@a ", "//a ", "„a ", '"', "£a", ">a ", "<a ", "_a", "a:", "a_b", "A!", "**a ", "(.)", "(...) ",
    "a/ ", "a- ", "AB ", "((", "a=", "•", "a" * 50, "JA ", "(1) a\n", "\u0301", "h", "+++ ", "a@b.", "http://a", " ", "\n", ":",
    "(unv. ", "(a ", "{", "<", ">", "ne ", "//S00: ", "//S00: a ", "//A: /a", "(I: ", "(I: a", "hm ", "hm-", "m_", "hm (", "wie war_n ",
    "AAa", "aAA", "a- und ", "♪", ". . ", "(.", "(2 Minute[",
]  # fmt: skip


@pytest.mark.parametrize("system", NOTATIONS)
def test_signs_are_found_in_linear_time(system: str) -> None:
    for part in HOSTILE:
        text = part * (20_000 // len(part))
        started = time.process_time()
        find_marks(text, NOTATIONS[system])
        assert time.process_time() - started < 2, part


def test_votes_are_counted_in_linear_time() -> None:
    for part in HOSTILE:
        started = time.process_time()
        vote(part * (30_000 // len(part)))
        assert time.process_time() - started < 2, part


def test_evidence_never_quotes_the_text() -> None:
    verdict = vote("Frau Müller (...) war (lacht) nett/ also (...) sehr. Transkribiert nach Dresing & Pehl.")
    assert verdict.system == "dresing-pehl"
    assert "Müller" not in verdict.evidence
    assert "im Text genannt: Dresing/Pehl" in verdict.evidence


@pytest.mark.parametrize(
    ("name", "system"),
    [
        ("rules/dresing_pehl.txt", "dresing-pehl"),
        ("rules/gat2_basis.txt", "gat2"),
        ("rules/hiat.txt", "hiat"),
        ("rules/jefferson.txt", "jefferson"),
        ("rules/mergenthaler.txt", "unknown"),
        ("f4/f4_standard.txt", "dresing-pehl"),
    ],
)
def test_vote_on_samples(name: str, system: str) -> None:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"no sample {name}")
    assert vote(path.read_text("utf-8-sig")).system == system
