"""About whom something is said: own sentences with the construction that each is there for."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from pipeline.german import analyse, load
from pipeline.stances.words import Word
from pipeline.tables import ABOUT
from pipeline.whom.about import about
from pipeline.whom.words import role_of, words

CASES: list[dict[str, str]] = json.loads((Path(__file__).parent / "cases" / "about_cases.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


def sentences(nlp: Language, text: str) -> list[list[Word]]:
    analysis = analyse(nlp, text)
    found: list[list[Word]] = [[] for _ in analysis.sentences]
    for token in analysis.tokens:
        found[token.sentence].append(Word(token.form, token.norm, token.tag, token.lemma, token.pos))
    return found


def told(nlp: Language, text: str, before: str = "") -> str:
    """The value at the first marked verb, else at the first marked word that has one."""
    bare, spans, at = "", [], 0
    for number, piece in enumerate(re.split(r"\[\[|\]\]", text)):
        bare += piece
        if number % 2:
            spans.append((at, at + len(piece)))
        at += len(piece)
    values = about(sentences(nlp, bare), sentences(nlp, before) if before else [])
    tokens = analyse(nlp, bare).tokens
    places = [i for i, token in enumerate(tokens) if any(a < token.end and token.start < b for a, b in spans)]
    places.sort(key=lambda i: not tokens[i].tag.startswith("V"))
    return next((ABOUT[values[i]] for i in places if values[i] >= 0), "")


def parameter(case: dict[str, str]) -> Any:
    marks = [pytest.mark.xfail(strict=True, reason=case["fails"])] if "fails" in case else []
    return pytest.param(case, marks=marks, id=case["why"])


@pytest.mark.parametrize("case", [parameter(case) for case in CASES])
def test_about_whom(nlp: Language, case: dict[str, str]) -> None:
    assert told(nlp, case["text"], case["before"]) == case["about"]


KEEPING_APART = (
    ("Die [[bleiben]] unter sich.", "other group"),
    ("Na ja, die [[bleiben]] halt gern unter sich.", "other group"),
    ("Bei denen [[bleibt]] man unter sich.", "other group"),
    ("Die Familien dort [[bleiben]] unter sich.", "other group"),
    ("Die wollen gar nicht raus, die [[bleiben]] unter sich.", "other group"),
    ("Wir [[bleiben]] unter uns.", "own group"),
    ("Man [[bleibt]] gern unter seinesgleichen, ich auch.", "self"),
)


@pytest.mark.parametrize(("text", "whom"), KEEPING_APART)
@pytest.mark.parametrize("before", ["", "Wie erleben Sie die türkischen Familien in der Siedlung?"])
def test_who_keeps_apart_is_told_alike_in_all_wordings(nlp: Language, text: str, whom: str, before: str) -> None:
    assert told(nlp, text, before) == whom


@pytest.mark.parametrize(
    ("text", "verb", "noun"),
    [
        ("Die Stadt hat uns unsere Räume genommen.", ("genommen", "institution"), ("Räume", "own group")),
        ("Ich kenne deren Kinder.", ("kenne", "self"), ("Kinder", "other group")),
        ("Wir nutzen die Angebote der Volkshochschule.", ("nutzen", "own group"), ("Angebote", "institution")),
    ],
)
def test_a_noun_is_about_whom_it_belongs_to_and_its_verb_about_the_subject(
    nlp: Language, text: str, verb: tuple[str, str], noun: tuple[str, str]
) -> None:
    for word, whom in (verb, noun):
        assert told(nlp, text.replace(word, f"[[{word}]]")) == whom


def test_every_word_has_a_value_and_an_empty_turn_none(nlp: Language) -> None:
    turn = sentences(nlp, "Wir helfen. Die Stadt, die baut nicht. Ja, genau.")
    values = about(turn)
    assert len(values) == sum(map(len, turn))
    assert set(values) <= set(range(-1, len(ABOUT)))
    assert about([]) == []
    assert about([[]]) == []


def test_a_word_of_assent_tells_nothing(nlp: Language) -> None:
    assert set(about(sentences(nlp, "Ja, genau."))) == {-1}


def test_what_was_said_before_does_not_reach_the_values(nlp: Language) -> None:
    turn, question = sentences(nlp, "Die feiern gern."), sentences(nlp, "Und das Amt?")
    assert about(turn)[1] == ABOUT.index("other group")
    assert about(turn, question)[1] == ABOUT.index("institution")
    assert about(turn, question) == about(turn, question)


def test_a_plural_behind_there_is_means_those_persons(nlp: Language) -> None:
    turn = sentences(nlp, "Hier gibt es viele Türken.")
    values = about(turn)
    assert ABOUT[values[1]] == "all"
    assert ABOUT[values[4]] == "other group"


def test_a_long_turn_takes_no_longer_a_word(nlp: Language) -> None:
    short = sentences(
        nlp, "Die Nachbarn, die hier wohnen, helfen uns, und die Stadt, die hat nichts getan. Ja. Nie geschlafen. "
    )

    def spent(times: int) -> float:
        turn = short * times
        best = 1.0
        for _ in range(3):
            started = time.process_time()
            about(turn)
            best = min(best, time.process_time() - started)
        return best / times

    about(short)
    assert spent(800) < 5 * spent(40)


@pytest.mark.parametrize(
    ("noun", "sort"),
    [
        ("Grünflächenamt", "body"), ("Ehrenamt", "thing"), ("Integrationsrat", "body"), ("Heirat", "thing"), ("Europa", "thing"),
        ("Verhalten", "thing"), ("Umgang", "thing"), ("Nachbarskinder", "person"), ("Weinkeller", "thing"),
        ("Busfahrerin", "person"), ("Wohnungsgesellschaft", "body"), ("Gesellschaft", "thing"), ("Metropole", "thing"),
        ("Flugblatt", "thing"), ("Termin", "thing"), ("Polizistinnen", "person"), ("Glück", "thing"), ("Fahrzeuge", "thing"),
        ("Gesinnung", "thing"), ("Beleg", "thing"), ("Alleinerziehenden", "person"), ("Zugereiste", "person"), ("Anwältin", "person"),
    ],
)  # fmt: skip
def test_nouns_by_their_last_part(noun: str, sort: str) -> None:
    role = role_of(Word(noun, noun, "NN", noun, "NOUN"))
    assert role is not None
    assert role.sort == sort


def test_lists_hold_no_word_twice_in_one_sort() -> None:
    pairs = (
        ("self", "own"),
        ("affected", "acting"),
        ("everybody", "outsiders"),
        ("not person", "person m"),
        ("inner", "no quality"),
        ("minded", "office verbs"),
    )
    for one, other in pairs:
        assert not words(one) & words(other)
