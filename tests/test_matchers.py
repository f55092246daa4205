"""What single kinds of rules find: minimal windows against their definition, units, runs, signs, spelling."""

from __future__ import annotations

import random
import time
from functools import lru_cache
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline import matchers, tables
from pipeline.codebook import Query, load
from pipeline.codebook.steps import step
from pipeline.coders.hits import find, names
from pipeline.coders.material import Material, gather
from pipeline.coders.rule import code
from pipeline.matchers import Corpus, match
from pipeline.matchers.expression import TooSlow
from pipeline.passages import material_of


@lru_cache(maxsize=200)
def corpus(*texts: str) -> Corpus:
    return material_of(texts).corpus


def words(*pattern: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(word.split("/")) for word in pattern)


def found(made: Corpus, query: Query) -> list[tuple[str, ...]]:
    """The matched words of every hit, as they stand."""
    index = made.index
    return [tuple(index.surfaces[index.surface[place]] for place in row) for row in match(made, query).tolist()]


def steps(*entries: dict[str, Any]) -> Query:
    return Query("pattern", steps=tuple(step(entry, {}) for entry in entries))


def stances(made: Corpus, tmp_path: Path, rule: str) -> list[list[str]]:
    """The stances of every hit of a rule."""
    path = tmp_path / "codebook.yaml"
    path.write_text(f"codes: [{{id: A, label: a, match: [{rule}]}}]", "utf-8")
    (hits,) = find(made, load(path).rules(), {}).values()
    return [names(bits) for bits in hits.stances.tolist()]


SALAD = ("Hund", "Katze", "Maus", "Vogel", "so", "dann")


@lru_cache(maxsize=1)
def salads() -> tuple[str, ...]:
    """Turns of few words in any order, some parted by a comma, of one to three sentences."""
    chance = random.Random(7)
    made = []
    for _ in range(30):
        sentences = []
        for _ in range(chance.randint(1, 3)):
            said = [chance.choice(SALAD) + ("," if chance.random() < 0.2 else "") for _ in range(chance.randint(3, 9))]
            sentences.append(" ".join(said).strip(",").capitalize() + ".")
        made.append(" ".join(sentences))
    return tuple(made)


NEAR = [
    Query("near", words("Hund", "Katze"), window="3"),
    Query("near", words("Hund", "Katze", "Maus"), window="6"),
    Query("near", words("Hund", "Hund", "Katze"), window="turn"),
    Query("near", words("Hund/Katze", "Katze/Maus", "Katze"), window="5"),
    Query("near", words("Hund/Katze", "Hund/Katze", "Maus"), window="sentence"),
]
FREE = [
    Query("phrase", words("Hund", "Katze"), gap=1, free=True),
    Query("phrase", words("Hund", "Katze", "Maus"), gap=1, free=True),
    Query("phrase", words("Hund", "Maus", "Hund"), gap=2, free=True),
    Query("phrase", words("Hund/Maus", "Katze/Maus", "Katze", "Vogel"), gap=2, free=True),
]
ORDER = [
    Query("phrase", words("Hund", "Katze"), gap=0),
    Query("phrase", words("Katze", "Katze"), gap=2),
    Query("phrase", words("Hund", "Katze", "Maus"), gap=1),
    Query("phrase", words("Hund/Katze", "Katze", "so", "Maus/Hund"), gap=2),
]
HUND, KATZE = Query("term", words("Hund")), Query("term", words("Katze"))
OTHER = [
    *(Query("all", must=(HUND, ORDER[0], KATZE), within=unit) for unit in ("clause", "sentence", "turn")),
    Query("all", must=(HUND,), some=(KATZE, NEAR[1]), never=(ORDER[2],), within="turn"),
    Query("regex", source="hund.*maus"),
    steps({"LOWER": "hund", "OP": "?"}, {"LOWER": {"NOT_IN": ["maus", "."]}, "OP": "*"}, {"LOWER": "katze"}),
]


@pytest.mark.parametrize("query", [*NEAR, *FREE, *ORDER, *OTHER], ids=str)
def test_hits_depend_on_their_own_turn_alone(query: Query) -> None:
    whole, apart = match(corpus(*salads()), query).tolist(), []
    for number, text in enumerate(salads()):
        begin = int(corpus(*salads()).index.turn_first[number])
        apart += [[place + begin for place in row] for row in match(corpus(text), query).tolist()]
    # A shorter hit repeats its last word as often as the longest one needs it.
    assert [sorted(set(row)) for row in whole] == [sorted(set(row)) for row in apart]
    assert whole


def fits(made: Corpus, query: Query, row: tuple[int, ...]) -> bool:
    """The definition: a place a word, each another, in its unit, and no further apart than allowed, counted in words."""
    index = made.index
    word = [any(map(str.isalnum, index.surfaces[n])) for n in index.surface.tolist()]
    unit = index.turn if query.window == "turn" else index.segment
    ordered = sorted(row)
    if len(set(row)) < len(row) or unit[ordered[0]] != unit[ordered[-1]]:
        return False
    if query.kind == "near":
        return not query.window.isdigit() or sum(word[ordered[0] : ordered[-1]]) <= int(query.window)
    near = all(sum(word[a + 1 : b]) <= query.gap for a, b in pairwise(ordered))
    return near and (query.free or list(row) == ordered)


@pytest.mark.parametrize("query", [*NEAR, *FREE, *ORDER], ids=str)
def test_windows_are_the_minimal_ones(query: Query) -> None:
    seen = 0
    for text in salads()[:20]:
        made = corpus(text)
        places = [match(made, Query("phrase", (alternatives,)))[:, 0].tolist() for alternatives in query.words]
        every = {tuple(sorted(row)) for row in product(*places) if fits(made, query, row)}
        spans = {(row[0], row[-1]) for row in every}
        least = {(a, b) for a, b in spans if not any((c, d) != (a, b) and a <= c and d <= b for c, d in spans)}
        rows = [tuple(row) for row in match(made, query).tolist()]
        assert [(row[0], row[-1]) for row in rows] == sorted(least)
        assert set(rows) <= every
        seen += len(rows)
    assert seen


def test_other_interviews_do_not_change_a_hit() -> None:
    alone, beside = "Die Miete steigt, die Miete steigt.", ("Steigt sie?", "Steigt alles?", "Es steigt.", "Ja, das steigt.")
    query = Query("near", words("Miete", "steigen"))
    assert found(corpus(alone, *beside), query) == found(corpus(alone), query)
    assert len(found(corpus(alone), query)) == 3


def test_a_word_named_twice_needs_two_places() -> None:
    query = Query("near", words("immer", "immer"))
    assert found(corpus("Immer ist das so.", "Immer und immer."), query) == [("Immer", "immer")]
    assert found(corpus("Der Hund sah die Katze."), Query("near", words("Hund/Katze", "Katze"))) == [("Hund", "Katze")]
    assert found(corpus("Die Katze."), Query("near", words("Hund/Katze", "Katze"))) == []


def test_a_negated_pair_does_not_hide_an_affirmed_one(tmp_path: Path) -> None:
    made = corpus("Die Miete steigt nicht. Später kommt aber dann noch alles Mögliche dazu, und dann steigt die Miete wieder.")
    for rule in ("{near: Miete steigen, window: turn}", "{all: [{lemma: Miete}, {lemma: steigen}], within: turn}"):
        told = stances(made, tmp_path, rule)
        assert ["negated"] in told, rule
        assert ["affirmed"] in told, rule


def conversation(*said: tuple[str, str, str]) -> Material:
    """(role, question, words) of every turn of one interview."""
    made = material_of([text for _, _, text in said])
    rows = [
        {"doc": "x", "turn": n, "role": role, "text": text, "raw_sha256": str(n), "case": "p"} for n, (role, _, text) in enumerate(said, 1)
    ]
    asked = [
        {"doc": "x", "turn": n, "question": q, "kind": "none", "leading": "no", "confidence": 1.0, "answer": ""}
        for n, (_, q, _) in enumerate(said, 1) if q
    ]  # fmt: skip
    empty = {name: tables.frame(name, []) for name in ("cases", "changes", "replacements")}
    turns, questions = tables.frame("turns", rows), tables.frame("questions", asked)
    return gather(made.index, turns, questions, **empty, expected={}, decisions=[], roles=("respondent",))


ANSWER = Query("near", words("Miete", "steigen"), window="answer")


def test_answers_hold_what_respondents_say() -> None:
    asked = conversation(("interviewer", "L1", "Steigt die Miete?"), ("respondent", "L1", "Die Miete ist ein Thema."))
    assert found(asked.corpus, ANSWER) == []
    parted = (("respondent", "L1", "Die Miete ist ein Thema."), ("interviewer", "L1", "Aha."), ("respondent", "L1", "Sie steigt."))
    assert found(conversation(*parted).corpus, ANSWER) == [("Miete", "steigt")]
    conditions = Query("lemma", words("Miete"), must=(Query("lemma", words("steigen")),), within="answer")
    assert found(asked.corpus, conditions) == []
    unless = Query("lemma", words("Thema"), never=(Query("lemma", words("steigen")),), within="answer")
    assert found(asked.corpus, unless) == [("Thema",)]
    assert found(asked.corpus, Query("lemma", words("steigen"))) == [("Steigt",)]  # the interviewer's theme is read off the index


def test_turns_without_a_question_are_no_answer_together() -> None:
    apart = conversation(("respondent", "", "Die Miete ist ein Thema."), ("respondent", "", "Alles steigt."))
    assert found(apart.corpus, ANSWER) == []


def test_matched_words_come_from_their_own_turns(tmp_path: Path) -> None:
    said = (("respondent", "L1", "Na ja, die Miete."), ("respondent", "L1", "Die steigt doch nicht."))
    path = tmp_path / "codebook.yaml"
    path.write_text("codes: [{id: A, label: a, match: [{near: Miete steigen, window: answer, counts: [negated]}]}]", "utf-8")
    (row,) = code(conversation(*said), load(path))
    assert (row["matched"], row["evidence"]) == ("Miete | steigt", "steigt: Form von »steigen«")
    assert row["cue"] == "verneint durch »nicht«"


def test_expressions_run_over_sentences() -> None:
    made = corpus("Das Fest war gut. Der Park ist schön. Kein Fest.")
    assert [row[0] for row in found(made, Query("regex", source=r"^\w+"))] == ["Das", "Der", "Kein"]
    assert found(made, Query("regex", source=r"\w+\.$")) == [("gut", "."), ("schön", "."), ("Fest", ".")]
    assert found(made, Query("regex", source="fest.*")) == [("Fest", "."), ("Fest", ".")]
    assert found(made, Query("regex", source=r"(?<!\w+ )der park")) == [("Der", "Park")]
    long = "Das Fest " + "und so weiter " * 40 + "im Park."
    assert found(corpus(long), Query("regex", source="^das.*park"))[0][0] == "Das"
    assert found(made, Query("regex", source="scho\u0308n")) == [("schön", "schön")]


@pytest.mark.parametrize("rule", ["{regex: 'haben k\\w+ raum'}", "{pattern: [{LEMMA: haben}, {LEMMA: kein}, {LEMMA: Raum}]}"])
def test_a_negating_word_inside_a_run_belongs_to_it(tmp_path: Path, rule: str) -> None:
    made = corpus("Wir haben keinen Raum.", "Wir haben keinen Raum nie.")
    assert stances(made, tmp_path, rule)[0] == ["affirmed"]
    assert stances(made, tmp_path, f"{{any: [{rule}]}}")[0] == ["affirmed"]


def test_a_negating_word_outside_a_run_negates_it(tmp_path: Path) -> None:
    assert stances(corpus("Der Verein hilft mir nicht."), tmp_path, "{regex: 'verein hilft'}") == [["negated"]]


def test_steps_of_a_pattern_read_letters_as_they_stand() -> None:
    made = corpus("Die Räume sind groß und die Straße ist größer.", "Die Raeume.", "DIE RÄUME.")
    assert found(made, steps({"LOWER": {"REGEX": "^räume$"}})) == [("Räume", "Räume"), ("RÄUME", "RÄUME")]
    assert found(made, steps({"LOWER": {"REGEX": "ß"}})) == [("groß", "groß"), ("Straße", "Straße"), ("größer", "größer")]
    assert [row[0] for row in found(made, steps({"LOWER": "räume"}))] == ["Räume", "Raeume", "RÄUME"]
    assert [row[0] for row in found(made, steps({"ORTH": "Räume"}))] == ["Räume"]
    assert [row[0] for row in found(made, steps({"TEXT": {"REGEX": "^[A-ZÄÖÜ]{3,}$"}}))] == ["DIE", "RÄUME"]
    assert [row[0] for row in found(made, steps({"TEXT": {"NOT_IN": ["Räume"]}, "LOWER": "räume"}))] == ["Raeume", "RÄUME"]


def test_an_expression_in_a_step_sees_whole_words_and_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    long = "Donau" + "dampfschifffahrts" * 5 + "amt"
    assert found(corpus(f"Das {long} hilft."), steps({"LOWER": {"REGEX": "amt$"}})) == [(long, long)]
    monkeypatch.setattr("pipeline.matchers.steps.LIMIT", 0.01)
    with pytest.raises(TooSlow):
        match(corpus("Ein " + "a" * 40 + " ist das."), steps({"LOWER": {"REGEX": "(a|aa)+$b"}}))


def test_a_later_next_word_may_lead_on() -> None:
    query = Query("phrase", words("Hund", "Katze", "Maus"), gap=1)
    made = corpus("Hund Katze Katze so Maus")
    assert match(made, query).tolist() == [[0, 2, 4]]
    assert found(corpus("Hund so so Katze Maus"), query) == []


def test_signs_are_no_words() -> None:
    query = Query("phrase", words("kein", "Raum"))
    assert found(corpus("Wir haben keinen, echt, Raum."), query) == [("keinen", "Raum")]
    assert found(corpus("Wir haben keinen – echt gar – Raum."), query) == []
    near = Query("near", words("Hund", "Katze"), window="2")
    assert found(corpus("Hund, „so“, Katze."), near) == [("Hund", "Katze")]
    assert found(corpus("Hund, so so, Katze."), near) == []


def test_all_tells_each_combination_by_itself() -> None:
    made = corpus("Der Hund und die Katze, dann der Hund, dann die Katze.")
    assert len(found(made, Query("all", must=(HUND, KATZE)))) == 3
    assert found(corpus("Raumnot."), Query("all", must=(Query("term", words("raum*")), Query("compound", words("Raum"))))) == [("Raumnot", "Raumnot")]


@pytest.mark.parametrize("text", ["und", "…", "Raum"])
def test_corpora_of_next_to_nothing(text: str) -> None:
    queries = (Query("term", words("und")), Query("compound", words("Raum"), at="head"), Query("compound", words("Not"), at="part"))
    assert [len(match(corpus(text), query)) for query in queries] == [text == "und", text == "Raum", 0]
    assert not any(len(match(corpus(text), query)) for query in (*NEAR, *FREE, *ORDER, *OTHER))


def test_no_part_of_a_rule_is_looked_for_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    made, calls = corpus("Der Hund sah die Katze."), []
    term = matchers.MATCHERS["term"]
    monkeypatch.setattr(matchers, "MATCHERS", {**matchers.MATCHERS, "term": lambda c, q: calls.append(q) or term(c, q)})
    query: Query = HUND
    for _ in range(25):
        query = Query("all", must=(query, KATZE), some=(HUND,))
    assert found(made, query)
    assert calls == [HUND, KATZE]


def test_patterns_with_open_beginnings_take_no_longer_than_their_corpus() -> None:
    one = material_of(["Der große alte graue Hund und die sehr kleine Katze sahen, wie ein wirklich schöner Vogel kam."]).corpus.index
    times, size = 25_000, len(one)
    arrays = dict(one.arrays)
    for name, span in (("segment", len(one.seg_turn)), ("turn", 1)):
        arrays[name] = np.concatenate([arrays[name] + span * n for n in range(times)]).astype(np.int32)
    for name in ("kind", "surface", "start", "end"):
        arrays[name] = np.tile(arrays[name], times)
    arrays["seg_turn"] = np.arange(len(one.seg_turn) * times, dtype=np.int32)
    large = Corpus(type(one)(arrays), [], np.arange(times))
    free = {"POS": {"NOT_IN": ["PUNCT"]}, "OP": "*"}
    for query in (steps(free, {"POS": "NOUN"}), steps(free, {"POS": "ADJ", "OP": "*"}, free, {"LOWER": "vogel"})):
        started = time.process_time()
        hits = match(large, query)
        assert time.process_time() - started < 4, query
        assert len(hits) == times * len(match(corpus_of(one), query))
    assert len(large.index) == times * size


def corpus_of(index: Any) -> Corpus:
    return Corpus(index, [], np.zeros(1, dtype=np.int32))


@pytest.mark.parametrize("query", [OTHER[-1], steps({"LOWER": "hund", "OP": "{1,2}"}, {"LOWER": "so", "OP": "!"}, {"LOWER": "katze", "OP": "*"})], ids=str)
def test_patterns_find_the_longest_from_the_left(query: Query) -> None:
    def ways(said: list[str], number: int) -> set[int]:
        """How many words the steps from `number` on may take at the beginning of these."""
        if number == len(query.steps):
            return {0}
        one, taken = query.steps[number], set()
        for times in range(one.most + 1):
            if times and (len(said) < times or not passes(one, said[times - 1])):
                break
            taken |= {times + n for n in ways(said[times:], number + 1)} if times >= one.least else set()
        return taken

    def passes(one: Any, word: str) -> bool:
        return all((word in values) != (how == "not") for _, how, values in one.tests) != one.negated

    for text in salads()[:15]:
        made, wanted = corpus(text), []
        for segment in range(len(made.index.seg_turn)):
            places = np.flatnonzero(made.index.segment == segment).tolist()
            said = [made.index.surfaces[made.index.surface[n]].lower() for n in places]
            at = 0
            while at < len(said):
                length = max(ways(said[at:], 0), default=0)
                wanted += [[places[at], places[at] + length - 1]] if length else []
                at += max(length, 1)
        assert match(made, query).tolist() == wanted


@pytest.mark.parametrize(
    ("glob", "fitting"),
    [("m?ller", ["Müller", "Mueller", "Maller"]), ("gro?", ["groß"]), ("*?", ["x"]), ("isra?l", ["Israel"]), ("?e*r", ["Meier", "Meer"])],
)
def test_a_question_mark_is_one_letter_as_it_was_written(glob: str, fitting: list[str]) -> None:
    from pipeline.matchers.vocabulary import fitting as fits
    from pipeline.matchers.vocabulary import fold

    for word in ["Müller", "Mueller", "Maller", "groß", "x", "Israel", "Meier", "Meer", "Grossen", "Mller"]:
        assert fits(fold(glob))(fold(word)) == (word in fitting or glob == "*?"), word
    text = "Müller und Meier aus Israel."
    assert {w for (w,) in found(corpus(text), Query("term", words(glob))) if w.isalpha()} >= set(fitting) & {"Müller", "Meier", "Israel"}


def test_many_wildcards_cannot_run_away() -> None:
    from pipeline.matchers.vocabulary import fitting as fits

    assert not fits("?" * 45 + "x")("s" * 60)
    assert not fits("*s" * 30 + "x")("s" * 200)
