"""Stance of words in context: each case a sentence with its marked words, what they are, and for some the word that makes them so."""

from __future__ import annotations

import json
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

from stances import annotated

from pipeline.stances import Marks, Word, doubtful, read, stance
from pipeline.stances.clauses import segment
from pipeline.stances.words import kind, phrases, sections

CASES = json.loads((Path(__file__).parent / "cases" / "stance_cases.json").read_text("utf-8"))
TRIGGERS = ("negated", "hypothetical", "reported", "past", "doubt")


@lru_cache(maxsize=512)
def marked(text: str) -> tuple[Marks, list[int], list[str]]:
    sentences, places, forms = annotated(text)
    return read(sentences), places, forms


def parameter(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(strict=True, reason=case["fails"])] if "fails" in case else []
    return pytest.param(case, marks=marks, id=f"{case['why']}: {case['text'][:30]}")


@pytest.mark.parametrize("case", [parameter(case) for case in CASES])
def test_stance(case: dict[str, Any]) -> None:
    marks, places, forms = marked(case["text"])
    assert "+".join(sorted(stance(marks, places))) == case["stance"]
    assert (doubtful(marks, places) >= 0) == case.get("doubt", False)
    if "reason" in case:
        shown = {forms[getattr(marks, name)[i]] for name in TRIGGERS for i in places if getattr(marks, name)[i] >= 0}
        assert case["reason"] in shown


def test_a_trigger_that_is_one_of_the_words_does_not_count() -> None:
    marks, (noun,), forms = marked("Wir haben keinen [[Raum]].")
    assert stance(marks, [forms.index("keinen"), noun]) == {"affirmed"}
    assert stance(marks, [noun]) == {"negated"}


@pytest.mark.parametrize("sentences", [[], [[]], [[], []]])
def test_an_empty_turn_has_no_marks(sentences: list[list[Word]]) -> None:
    assert read(sentences) == Marks([], [], [], [], [], [])


def test_every_word_has_an_entry_and_triggers_are_places_of_the_turn() -> None:
    for case in CASES:
        marks, _, forms = marked(case["text"])
        assert all(len(column) == len(forms) for column in marks)
        assert all(-1 <= place < len(forms) for column in marks[1:] for place in column)
        assert marks.clause == sorted(marks.clause)
        assert sorted(set(marks.clause)) == list(range(max(marks.clause) + 1))


def test_sentences_of_a_turn_are_numbered_through() -> None:
    marks, places, forms = marked("Früher gab es Feste. Da [[tanzten]] alle.")
    assert forms[marks.past[places[0]]] == "Früher"
    assert marks.clause[places[0]] == 1


# Kind and matrix of every stretch; `=` before the clause that it goes on with.
CLAUSES = [
    ("Die Leute, die hier wohnen, kennen sich nicht.", "main -1 | relative 0 | main =0", "goes on behind a relative clause"),
    ("Wenn einer krank ist, kochen wir.", "subordinate 1 | main -1", "in front of its main clause"),
    ("Wenn einer krank ist kochen wir.", "subordinate 1 | main -1", "without a comma"),
    ("Weil die haben keine Zeit.", "main -1", "weil with the verb second"),
    ("Ich glaub die kommen nicht.", "main -1 | main -1", "no comma behind a verb of thinking"),
    ("Er ging, ohne zu fragen.", "main -1 | infinitive 0", "infinitive"),
    ("Ich hoffe, dass er kommt und dass sie bleibt.", "main -1 | subordinate 0 | subordinate 0", "joined, same matrix"),
    ("Ich weiß, dat der Kiosk brummt.", "main -1 | subordinate 0", "dat for dass"),
    ("Hier gibt es kein Bad, aber einen Park.", "main -1 | fragment -1", "contrast without a verb"),
    ("Was hier fehlt, ist ein Platz.", "subordinate 1 | main -1", "was-clause in front"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted", "why"), CLAUSES, ids=[why for *_, why in CLAUSES])
def test_clauses(text: str, wanted: str, why: str) -> None:
    sentences, _, _ = annotated(text)
    kinds = [kind(word) for sentence in sentences for word in sentence]
    clauses, numbers = segment(kinds, [len(kinds)])
    shown = [f"{c.kind} {c.matrix if c.whole == n else f'={c.whole}'}" for n, c in enumerate(clauses)]
    assert " | ".join(shown) == wanted
    assert numbers == [n for n, clause in enumerate(clauses) for _ in range(clause.start, clause.end)]


def test_lists_of_cues_are_in_small_letters_and_no_list_is_empty() -> None:
    assert all(line == line.lower() for lines in sections().values() for line in lines)
    assert not [name for name, lines in sections().items() if not lines]
    assert all(words[0] == first for first, found in phrases().items() for words, _ in found)
