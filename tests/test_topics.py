"""Topics: planted themes are found, the same every time, and none are invented where there is too little."""

from __future__ import annotations

import random
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from threadpoolctl import threadpool_limits

from pipeline import tables
from pipeline.discover import whole
from pipeline.encoders.kept import to_text
from pipeline.study import Topics
from pipeline.topicmodels import MODELS
from pipeline.topicmodels.chance import dealt
from pipeline.topicmodels.consensus import agree, averaged, runs
from pipeline.topicmodels.echo import echoes
from pipeline.topicmodels.layout import places
from pipeline.topicmodels.number import chosen, curve
from pipeline.topicmodels.prepare import sentences_of, wordings
from pipeline.topicmodels.stability import kappa, leave_one_out, npmi, tops
from pipeline.topicmodels.words import Sentence, lending, material, without

THEMES = {
    "Garten": "Garten Beet Schlauch Zaun Laube Hecke Tomate Spaten Kompost Rasen Gießkanne Apfelbaum".split(),
    "Schule": "Schule Lehrer Klasse Zeugnis Pause Heft Tafel Ranzen Hort Einschulung Mathe Elternbrief".split(),
    "Amt": "Amt Formular Bescheid Schalter Antrag Stempel Wartezimmer Akte Termin Vollmacht Nachweis Frist".split(),
    "Sport": "Platz Trikot Trainer Tor Spiel Ball Kabine Turnier Mannschaft Schiedsrichter Halle Pokal".split(),
}
NOISE = [f"Nebensache{letter}" for letter in "abcdefghijklmnop"]


def corpus(sentences: int = 480, docs: int = 10, seed: int = 5, asked: str = "", only: str = "") -> dict[str, pd.DataFrame]:
    """Sentences of five nouns out of one theme each, four on one theme in a row; the interviewer's question before each four."""
    dice = random.Random(seed)
    words = sorted({w for theme in THEMES.values() for w in theme} | set(NOISE))
    ids = {w: n for n, w in enumerate(words)}
    meaning = {name: np.eye(len(THEMES))[n] for n, name in enumerate(THEMES)}
    turns, segments, tokens, questions, vectors = [], [], [], [], []
    for d in range(docs):
        doc, turn = f"I{d:03d}", 0
        for block in range(sentences // docs // 4):
            theme = only or list(THEMES)[(block + d) % 4]
            turn += 2
            turns.append({"doc": doc, "turn": turn - 1, "role": "interviewer", "case": "", "text": "?"})
            turns.append({"doc": doc, "turn": turn, "role": "respondent", "case": doc, "text": "x"})
            questions += [{"doc": doc, "turn": t, "question": f"L{theme}", "kind": "asked"} for t in (turn - 1, turn)]
            if asked:
                tokens.append({"doc": doc, "turn": turn - 1, "seg": f"{doc}.{turn - 1}.0", "i": 0, "start": 0, "end": 1, "type": ids[asked]})
            for n in range(4):
                seg = f"{doc}.{turn:03d}.{n}"
                segments.append({"seg": seg, "doc": doc, "turn": turn, "start": 0, "end": 60})
                said = [dice.choice(THEMES[theme]) for _ in range(4)] + [dice.choice(NOISE)]
                tokens += [{"doc": doc, "turn": turn, "seg": seg, "i": i, "start": i, "end": i + 1, "type": ids[w]} for i, w in enumerate(said)]
                blurred = meaning[theme] + np.array([dice.gauss(0, 0.3) for _ in THEMES])
                vectors.append({"doc": doc, "turn": turn, "seg": seg, "vector": to_text(blurred)})
    types = [{"type": i, "form": w, "norm": w, "lemma": w, "pos": "NOUN", "tag": "NN", "parts": ""} for w, i in ids.items()]
    rows = {"turns": turns, "segments": segments, "tokens": tokens, "types": types, "questions": questions, "vectors": vectors}
    return {name: tables.frame(name, data) for name, data in rows.items()}


def settings(**changes: Any) -> SimpleNamespace:
    return SimpleNamespace(topics=Topics(**changes))


@cache
def found() -> dict[str, list[dict[str, Any]]]:
    return whole(**corpus(), settings=settings())


def words_of(made: dict[str, list[dict[str, Any]]], top: int = 6) -> dict[str, set[str]]:
    return {t["theme"]: {r["term"] for r in made["theme_terms"] if r["theme"] == t["theme"] and r["rank"] <= top} for t in made["themes"]}


def test_planted_themes_are_found_and_their_number_too() -> None:
    made = found()
    assert len(made["themes"]) == 4
    for terms in words_of(made).values():
        assert any(terms <= set(theme) for theme in THEMES.values()), terms
    for theme in made["themes"]:
        assert theme["stability"] > 0.7
        assert theme["steady"] > 0.9
        assert theme["halves"] > 0.9
    assert [r["number"] for r in made["topic_numbers"] if r["chosen"] == "yes"] == [4]


def test_every_sentence_has_a_row_and_its_theme() -> None:
    made, data = found(), corpus()
    themes = {frozenset(theme): name for name, theme in THEMES.items()}
    named = {theme: next(name for words, name in themes.items() if terms <= words) for theme, terms in words_of(made).items()}
    truth = dict(zip(data["segments"]["seg"], data["segments"]["turn"], strict=True))
    assert [r["seg"] for r in made["segment_themes"]] == list(data["segments"]["seg"])
    right = [f"L{named[r['theme']]}" == r["question"] for r in made["segment_themes"] if r["theme"]]
    assert len(right) > 0.9 * len(truth)
    assert np.mean(right) > 0.97


def test_the_same_answer_every_time_and_with_another_number_of_threads() -> None:
    with threadpool_limits(limits=2):
        again = whole(**corpus(), settings=settings())
    assert again == found()


def test_a_setting_overrides_the_number() -> None:
    made = whole(**corpus(), settings=settings(number=3))
    notes = {n["note"]: n["value"] for n in made["topic_notes"]}
    assert notes["looked_for"] == notes["set"] == 3
    assert [r["number"] for r in made["topic_numbers"] if r["chosen"] == "yes"] == [4]  # what it would have been


@pytest.mark.parametrize(
    ("sentences", "docs", "note"), [(120, 6, "too_little"), (400, 6, "too_few"), (0, 0, "too_little")],
)  # fmt: skip
def test_too_little_material_gives_no_topics_and_says_so(sentences: int, docs: int, note: str) -> None:
    made = whole(**corpus(sentences, max(docs, 1)), settings=settings())
    assert note in {n["note"] for n in made["topic_notes"]}
    assert not any(made[table] for table in made if table != "topic_notes")


@pytest.mark.parametrize("seed", [3, 4])
def test_noise_shows_no_topics(seed: int) -> None:
    """Words dealt out anew and vectors by chance: runs agree and single interviews change little, yet halves do not tell the same."""
    data, dice = corpus(), random.Random(seed)
    shuffled = list(data["tokens"]["type"])
    dice.shuffle(shuffled)
    data["tokens"]["type"] = shuffled
    data["vectors"]["vector"] = [to_text(np.array([dice.gauss(0, 1) for _ in range(16)])) for _ in range(len(data["vectors"]))]
    made = whole(**data, settings=settings())
    assert not made["themes"]
    assert "nothing_holds" in {n["note"] for n in made["topic_notes"]}


def test_topics_of_a_set_number_are_shown_and_said_to_be_weak_where_they_are() -> None:
    data, dice = corpus(), random.Random(3)
    data["vectors"]["vector"] = [to_text(np.array([dice.gauss(0, 1) for _ in range(16)])) for _ in range(len(data["vectors"]))]
    shuffled = list(data["tokens"]["type"])
    dice.shuffle(shuffled)
    data["tokens"]["type"] = shuffled
    made = whole(**data, settings=settings(number=6))
    assert made["themes"]
    assert {theme["firm"] for theme in made["themes"]} == {"no"}
    assert {theme["firm"] for theme in found()["themes"]} == {"yes"}


def test_corpora_of_chance_have_the_same_places_and_as_many_words() -> None:
    data = corpus()
    sentences = sentences_of(data["turns"], data["segments"], data["tokens"], data["types"], data["questions"])
    made = dealt(sentences, np.random.default_rng(1))
    assert [(s.seg, s.case, len(s.lemmas)) for s in made] == [(s.seg, s.case, len(s.lemmas)) for s in sentences]
    assert sorted(w for s in made for w in s.lemmas) == sorted(w for s in sentences for w in s.lemmas)
    assert [s.lemmas for s in made] != [s.lemmas for s in sentences]


@pytest.mark.parametrize("model", ["nmf", "joint"])
def test_more_topics_than_the_material_has_sentences_are_not_asked_for(model: str) -> None:
    made = whole(**corpus(80, 4), settings=settings(model=model, number=60, min_segments=20, min_interviews=3))
    notes = {n["note"]: n["value"] for n in made["topic_notes"]}
    assert notes["capped"] == notes["looked_for"] < 60


def test_interviewers_words_are_left_out_and_weigh_less_where_taken_up() -> None:
    data = corpus(asked="Garten")
    sentences = sentences_of(data["turns"], data["segments"], data["tokens"], data["types"], data["questions"])
    assert len(sentences) == len(data["segments"])
    assert all(s.heard == {"Garten"} for s in sentences)
    work = material(sentences, np.zeros((len(sentences), 0)), 0)
    column = list(work.terms).index("Garten")
    assert 0 < work.counts[:, column].max() < 1 < work.counts.max()


def test_what_stands_for_a_name_is_no_word_of_a_topic() -> None:
    rows = {
        "turns": [{"doc": "I1", "turn": 1, "role": "respondent", "case": "c", "text": "Im [Garten 2] blüht der Garten."}],
        "segments": [{"seg": "s", "doc": "I1", "turn": 1, "start": 0, "end": 31}],
        "tokens": [{"doc": "I1", "turn": 1, "seg": "s", "i": i, "start": start, "end": start + 6, "type": 7} for i, start in enumerate((4, 24))],
        "types": [{"type": 7, "form": "Garten", "norm": "Garten", "lemma": "Garten", "pos": "NOUN", "tag": "NN", "parts": ""}],
        "questions": [{"doc": "I1", "turn": 1, "question": "", "kind": "none"}],
    }
    data = {name: tables.frame(name, found) for name, found in rows.items()}
    assert [s.lemmas for s in sentences_of(**data)] == [("Garten",)]


def test_wordings_are_what_several_interviewers_turns_say() -> None:
    data = corpus(asked="Garten")
    found = wordings(data["turns"], data["tokens"], data["types"], data["questions"])
    assert found == {f"L{theme}": {"Garten"} for theme in THEMES}


def test_a_topic_that_only_gives_back_the_question_is_marked() -> None:
    terms = np.array([[3.0, 2, 0, 0], [0, 0, 2, 2]])
    belongs, questions = np.array([0, 0, 0, 1, 1, 1]), ["L1", "L1", "L2", "L1", "L2", "L2"]
    wording = {"L1": frozenset({"a", "b"}), "L2": frozenset({"x"})}
    assert echoes(terms, ["a", "b", "c", "d"], belongs, questions, wording) == [(round((2 / 3) ** 0.5, 6), "L1"), (0.0, "")]


def test_a_talkative_dialect_is_no_topic() -> None:
    """Everybody speaks of the same four themes, each in a manner of their own that is stronger than the themes."""
    data, dice = corpus(), np.random.default_rng(1)
    voice = {doc: dice.normal(0, 1, 12) for doc in sorted(set(data["turns"]["doc"]))}
    from pipeline.encoders.kept import to_matrix

    with_voice = [np.append(v, 2 * voice[doc]) for v, doc in zip(to_matrix(list(data["vectors"]["vector"])), data["vectors"]["doc"], strict=True)]
    data["vectors"]["vector"] = [to_text(v) for v in with_voice]
    made = whole(**data, settings=settings())
    docs = {theme: {r["doc"] for r in made["segment_themes"] if r["theme"] == theme} for theme in words_of(made)}
    assert docs
    assert all(len(mine) >= 8 for mine in docs.values()), docs


def test_without_takes_off_the_average_of_a_group_so_far_as_it_is_known() -> None:
    values = np.array([[4.0], [4.0], [0.0]])
    assert without(values, ["a", "a", "b"])[:, 0].tolist() == [4 - 4 * 2 / 7, 4 - 4 * 2 / 7, 0.0]


def test_neighbours_lend_only_within_an_answer() -> None:
    sentences = [Sentence(str(n), "d", 1, "c", "", stretch, ()) for n, stretch in enumerate([1, 1, 2])]
    assert lending(sentences, 0.5).toarray().tolist() == [[1, 0.5, 0], [0.5, 1, 0], [0, 0, 1]]


@pytest.mark.parametrize("name", sorted(MODELS))
def test_every_model_finds_the_themes_through_the_same_interface(name: str) -> None:
    data = corpus()
    sentences = sentences_of(data["turns"], data["segments"], data["tokens"], data["types"], data["questions"])
    from pipeline.encoders.kept import to_matrix

    work = material(sentences, to_matrix(list(data["vectors"]["vector"])), 0.8)
    one = MODELS[name](work, 4, 1)
    assert one.weights.shape == (len(sentences), 4)
    assert one.terms.shape == (4, len(work.terms))
    assert (one.weights >= 0).all()
    pure = [max(len({work.terms[t] for t in top} & set(theme)) for theme in THEMES.values()) / len(top) for top in tops(one.terms, 6)]
    assert np.mean(pure) > (0.5 if name == "lda" else 0.8), pure


def test_consensus_brings_topics_of_all_runs_into_one_order() -> None:
    one = np.eye(3)
    middle, order = averaged(np.array([one, one[[2, 0, 1]], one[[1, 2, 0]]]), np.ones((3, 3)))
    assert order.tolist() == [[0, 1, 2], [1, 2, 0], [2, 0, 1]]
    assert np.allclose(middle, one)


def test_leaving_one_out_uses_only_runs_that_did_not_see_the_interview() -> None:
    data = corpus(240, 6)
    sentences = sentences_of(data["turns"], data["segments"], data["tokens"], data["types"], data["questions"])
    from pipeline.encoders.kept import to_matrix

    work = material(sentences, to_matrix(list(data["vectors"]["vector"])), 0.8)
    made = runs(work, MODELS["joint"], 4, 1, 30)
    assert made.seen.sum(axis=1).tolist() == [5] * 30
    steady = leave_one_out(work, made, agree(work, made))
    assert (steady.sentences > 0.9).all()
    assert steady.holds.all()
    lonely = np.array([doc == 0 for doc in made.docs])
    other = agree(work, made, np.flatnonzero(~made.seen[:, 0]).tolist(), 0)
    assert other.terms.sum() > 0
    assert other.shares[lonely].sum() > 0  # still placed, only not counted for the words


def test_kappa_is_none_where_agreement_is_chance() -> None:
    one, other = np.array([1, 1, 0, 0], dtype=bool), np.array([1, 0, 1, 0], dtype=bool)
    assert kappa(one, other) == 0
    assert kappa(one, one) == 1


def test_npmi_of_words_that_never_and_always_meet() -> None:
    assert npmi(np.array([[1, 0], [0, 1]])) == -1.0
    assert npmi(np.array([[1, 1], [0, 0]])) == 1.0
    by_chance = np.array([[1, 1], [1, 0], [0, 1], [0, 0]])
    assert abs(npmi(by_chance)) < 1e-12


def test_the_number_is_chosen_where_both_stability_and_coherence_are_best() -> None:
    data = corpus()
    sentences = sentences_of(data["turns"], data["segments"], data["tokens"], data["types"], data["questions"])
    from pipeline.encoders.kept import to_matrix

    work = material(sentences, to_matrix(list(data["vectors"]["vector"])), 0.8)
    tried = curve(work, MODELS["joint"], 1)
    assert chosen(tried) == 4
    by_number = {t.number: t for t in tried}
    assert by_number[4].stability > 0.95 > by_number[8].stability
    assert all(-1 <= t.coherence <= 1 for t in tried)


def test_the_map_lays_like_beside_like_and_never_flips() -> None:
    centres = np.array([[1, 0, 0.1], [1, 0.1, 0], [0, 1, 0], [0, 0.9, 0.3]])
    where = places(centres)
    assert where.min() >= 0
    assert where.max() <= 1
    distance = np.linalg.norm(where[:, None] - where[None], axis=2)
    assert distance[0, 1] < distance[0, 2]
    assert distance[2, 3] < distance[1, 3]
    assert (places(centres) == where).all()
    assert places(centres[:1]).tolist() == [[0.5, 0.5]]
