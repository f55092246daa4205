"""The learner, part by part: classifier, pairs, context, features of pairs, the model and its file."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from pipeline.learning import context, frozen, pairs, refit
from pipeline.learning.cells import FEATURES, RULES, cube
from pipeline.learning.classifier import chances, fit
from pipeline.learning.columns import from_column, to_column
from pipeline.learning.features import WORDS, Features, bag, centred, counts, learn_words, mean_of, weighed
from pipeline.learning.model import Interview, Questions, Row, ages, score, train, views

PARENTS = {"A": "", "A.x": "A", "B": "", "C": ""}


def spread(seed: int, number: int, width: int = 12) -> np.ndarray:
    made = np.random.default_rng(seed).normal(size=(number, width))
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def test_the_classifier_is_the_one_of_scikit_learn() -> None:
    from sklearn.linear_model import LogisticRegression

    rng = np.random.default_rng(1)
    dense, sparse = rng.normal(size=(120, 6)), csr_matrix(rng.poisson(0.3, size=(120, 9)).astype(float))
    labels = rng.integers(0, 3, size=120)
    weight = rng.uniform(0.5, 2, size=120)
    ours = np.exp(chances(Features(dense, sparse), fit(Features(dense, sparse), labels, weight, 3, strength=2.0)))
    both = np.hstack([dense, sparse.toarray()])
    theirs = LogisticRegression(C=2.0, max_iter=2000, tol=1e-8).fit(both, labels, sample_weight=weight).predict_proba(both)
    assert np.abs(ours - theirs).max() < 0.01


def test_tf_idf_is_the_one_of_scikit_learn() -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer

    bags = [["a", "b", "b"], ["b", "c"], ["c", "c", "c", "d"]]
    words = learn_words(bags)
    theirs = TfidfVectorizer(analyzer=lambda x: x, sublinear_tf=True).fit(bags)
    assert list(words.names) == sorted(theirs.vocabulary_)
    assert np.allclose(weighed(counts(bags, words), words).toarray() / WORDS, theirs.transform(bags).toarray())
    assert weighed(counts([["unbekannt"]], words), words).nnz == 0


def test_a_bag_holds_lemmas_and_parts_without_signs_and_fillers() -> None:
    found = bag(["Der", "Sprachkurs", "äh", ","], ["", "Sprache|Kurs", "", ""], ["DET", "NOUN", "INTJ", "PUNCT"])
    assert found == ["der", "sprachkurs", "sprache", "kurs"]


def test_an_interview_is_centred_by_itself_the_more_the_longer_it_is() -> None:
    general, own = np.zeros(4), np.ones((1, 4))
    short, long = mean_of(own, general), mean_of(np.repeat(own, 300, axis=0), general)
    assert short[0] < 0.1 < 0.9 < long[0] < 1
    assert np.allclose(np.linalg.norm(centred(own * 2, short), axis=1), 1)


def test_weights_of_pairs_come_down_where_a_whole_step_overshoots() -> None:
    rng = np.random.default_rng(3)
    cells = np.column_stack([rng.normal(size=4000), (rng.random(4000) < 0.003).astype(float)])
    truth = ((cells[:, 0] > 2.4) | (cells[:, 1] > 0)).astype(float)
    before = pairs.Pairs({"a": 9.0, "b": -40.0}, 20.0)
    found = pairs.fit(cells, truth, ("a", "b"), before, hold=0.5)
    logits = found.apply({"a": cells[:, 0], "b": cells[:, 1]})
    assert found.weights["b"] > 0
    assert abs((1 / (1 + np.exp(-logits))).mean() - truth.mean()) < 0.01


@given(st.integers(0, 5), st.floats(1e5, 1e9))
@settings(max_examples=20, deadline=None)
def test_what_is_held_strongly_stays(seed: int, hold: float) -> None:
    rng = np.random.default_rng(seed)
    before = pairs.Pairs({"a": 0.7, "b": -0.2}, -1.0)
    found = pairs.fit(rng.normal(size=(200, 2)), (rng.random(200) < 0.5).astype(float), ("a", "b"), before, hold)
    assert found.weights == pytest.approx(before.weights, abs=0.01)


def test_context_stays_in_the_turn() -> None:
    turns = np.array([1, 1, 1, 4, 5, 5])
    values = np.arange(6.0)[:, None] + 1
    assert context.window(values, turns)[:, 0].tolist() == [3, 6, 5, 4, 11, 11]
    assert context.neighbours(values, turns)[:, 0].tolist() == [2, 2, 2, 0, 6, 5]
    assert context.best_of_rest(values, turns)[:, 0].tolist() == [3, 3, 2, 0, 6, 5]
    assert (context.window_matrix(turns) @ values)[:, 0].tolist() == [3, 6, 5, 4, 11, 11]


def rows(words: int = 3) -> list[Row]:
    """Sentences of three codes that differ in words and in direction, and some without a code."""
    made = []
    for number, code in enumerate(("A", "A.x", "B", "C", "")):
        for n in range(6):
            vector = spread(50 + number, 1)[0] + 0.4 * spread(100 + 7 * number + n, 1)[0]
            made.append(Row([f"wort{number}", f"auch{n % words}"], vector / np.linalg.norm(vector), (code,) if code else ()))
    return made


def model(training: list[Row], codes: list[str], since: dict[str, str] | None = None):  # type: ignore[no-untyped-def]
    asked = Questions(np.zeros(12), spread(5, 2), np.array([0, 1]), np.array([[c == "A" for c in codes], [c == "B" for c in codes]]))
    return train(training, codes, since or {}, PARENTS, spread(9, len(codes)), asked, *frozen.default_pairs())


def interview(codes: list[str], number: int = 9) -> Interview:
    bags = [[f"wort{n % 5}", "auch1"] for n in range(number)]
    vectors = np.array([spread(50 + n % 5, 1)[0] for n in range(number)])
    turns = np.array([1 + n // 3 for n in range(number)])
    return Interview(bags, vectors, turns, spread(70, number), np.zeros((number, len(codes)), dtype=bool))


def test_a_model_finds_what_it_was_taught() -> None:
    codes = ["A", "B", "C"]
    found = score(model(rows(), codes), interview(codes))
    best = [codes[k] for k in found.logits.argmax(axis=1)]
    assert [best[0], best[2], best[3]] == ["A", "B", "C"]
    assert best[1] == "A"  # what bears a code below stands for the one above
    assert found.logits[4].max() < found.logits[0].max()  # nothing applies to a sentence without code


def test_a_code_that_comes_later_changes_nothing_of_the_earlier_ones() -> None:
    early, all_codes = ["A", "B"], ["A", "B", "C"]
    training = [row for row in rows() if "C" not in row.codes]
    one = score(model(training, early), interview(early))
    two = score(model([*training, *(r for r in rows() if "C" in r.codes)], all_codes, {"C": "2"}), interview(all_codes))
    # The vocabulary and the mean know the new sentences; what the earlier codes get moves by no more than that.
    assert np.abs(one.logits - two.logits[:, :2]).max() < 1.5
    assert (one.logits.argmax(axis=1) == two.logits[:, :2].argmax(axis=1)).all()


def test_codes_compete_with_codes_of_their_age() -> None:
    assert ages(["a", "b", "c", "d"], {"a": "1", "b": "2", "c": "1", "d": "10"}) == [["a", "c"], ["b"], ["d"]]


def test_an_interview_of_one_sentence_and_of_none_can_be_judged() -> None:
    codes = ["A", "B"]
    made = model(rows(), codes)
    assert np.isfinite(score(made, interview(codes, 1)).logits).all()
    none = Interview([], np.zeros((0, 12)), np.zeros(0, dtype=int), np.zeros((0, 12)), np.zeros((0, 2), dtype=bool))
    assert score(made, none).logits.shape == (0, 2)


def test_scoring_does_not_depend_on_other_interviews() -> None:
    codes = ["A", "B", "C"]
    made = model(rows(), codes)
    one, two = interview(codes), interview(codes, 4)
    alone = score(made, one).logits
    score(made, two)
    assert (score(made, one).logits == alone).all()


def test_two_codes_and_four_sentences_are_enough() -> None:
    few = [r for r in rows() if r.codes in (("B",), ("C",))]
    found = score(model([*few[:2], *few[6:8]], ["B", "C"]), interview(["B", "C"]))
    assert found.logits[2, 0] > found.logits[2, 1]
    assert found.logits[3, 1] > found.logits[3, 0]


def test_where_nobody_asked_the_question_says_nothing() -> None:
    codes = ["A", "B", "C"]
    made, bare = model(rows(), codes), interview(codes)
    bare = bare._replace(asked=np.zeros_like(bare.asked))
    found = score(made, bare)
    assert (found.logits == found.free).all()
    assert (score(made, interview(codes)).logits != found.logits).any()


def test_reviewed_sentences_alone_can_teach() -> None:
    asked = Questions(np.zeros(12), np.zeros((0, 12)), np.zeros(0, dtype=int), np.zeros((0, 2), dtype=bool))
    taught = [row for row in rows() if row.codes in (("B",), ("C",), ())]
    made = train([], ["B", "C"], {}, PARENTS, spread(9, 2), asked, *frozen.default_pairs(), more=taught)
    found = score(made, interview(["B", "C"]))
    assert np.isfinite(found.logits).all()
    assert found.logits[2, 0] > found.logits[2, 1]


def test_a_later_code_known_from_one_interview_can_be_left_out() -> None:
    few = [row for row in rows() if row.codes in (("A",), ("B",), ())]
    made = model(few, ["A", "B", "C"], {"C": "2"})
    assert score(made, interview(["A", "B", "C"])).logits[:, 2].max() < 0


def test_every_feature_is_worked_out_and_finite() -> None:
    codes = ["A", "B", "C"]
    for _, found, _ in views(model(rows(), codes, {"C": "2"}), interview(codes)):
        assert set(found) == set(FEATURES)
        assert np.isfinite(cube(found, FEATURES)).all()


def test_a_file_keeps_a_model_and_equal_models_give_equal_bytes(tmp_path) -> None:  # type: ignore[no-untyped-def]
    codes = ["A", "B", "C"]
    certainty = frozen.default_certainty()
    data = [frozen.to_bytes(frozen.Frozen(model(rows(), codes), certainty, "", "v1", {"anchors": 30})) for _ in range(2)]
    assert data[0] == data[1]
    (tmp_path / "model.bin").write_bytes(data[0])
    again = frozen.read(tmp_path / "model.bin")
    assert again is not None
    assert again.version == "v1"
    assert again.certainty == certainty
    assert np.allclose(score(again.model, interview(codes)).logits, score(model(rows(), codes), interview(codes)).logits, atol=0.01)


@pytest.mark.parametrize("content", [b"", b"kein Modell", b"\x10\x00\x00\x00\x00\x00\x00\x00{}"])
def test_what_is_no_model_is_refused(tmp_path, content: bytes) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "model.bin").write_bytes(content)
    with pytest.raises((ValueError, KeyError)):
        frozen.read(tmp_path / "model.bin")


def test_nothing_to_learn_from_is_no_model(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "model.bin").write_bytes(frozen.nothing({"anchors": 0}))
    assert frozen.read(tmp_path / "model.bin") is None


@given(st.lists(st.lists(st.floats(-20, 20), min_size=3, max_size=3), min_size=1, max_size=6))
def test_numbers_survive_a_cell_of_a_table(data: list[list[float]]) -> None:
    values = np.array(data)
    assert np.allclose(from_column([to_column(row) for row in values], 3), values, rtol=1e-3, atol=1e-3)


def test_rules_raise_their_code_and_lower_others() -> None:
    found = refit.rule_features(np.array([[True, False], [False, False]]))
    assert found["rule"].tolist() == [[1, 0], [0, 0]]
    assert found["other_rule"].tolist() == [[0, 1], [0, 0]]
    weights = frozen.default_pairs()[0].weights
    assert weights["rule"] > 0 > weights["other_rule"]
    assert set(weights) == {*FEATURES, *RULES}


def lesson(doc: str, seed: int) -> refit.Lesson:
    made = interview(["A", "B", "C"], 30)
    codes = [(("A", "A", "B", "C", "")[n % 5],) if n % 5 < 4 else () for n in range(30)]
    turned = made._replace(vectors=made.vectors + 0.02 * spread(seed, 30))
    return refit.Lesson(doc, turned, codes, np.ones(30, dtype=bool), [()] * 30)


def test_what_is_said_of_an_interview_comes_from_models_that_did_not_know_it() -> None:
    seen: list[list[str]] = []

    def make(lessons):  # type: ignore[no-untyped-def]
        seen.append([one.doc for one in lessons])
        return model(rows(), ["A", "B", "C"])

    told = [lesson(f"I{n:03d}", n) for n in range(1, 8)]
    cells = refit.outside(told, make, PARENTS)
    assert sorted(set(cells.doc.tolist())) == [one.doc for one in told]
    assert cells.truth.shape == (7 * 30, 3)
    left_out = [{one.doc for one in told} - set(docs) for docs in seen]
    assert set.union(*left_out) == {one.doc for one in told}
    assert all(not a & b for a, b in pairwise(left_out))


def test_a_sentence_known_only_in_part_teaches_its_codes_and_no_absence() -> None:
    one = lesson("I001", 1)._replace(known=np.zeros(30, dtype=bool))
    taught = refit.rows_of(one, one.interview.vectors)
    assert len(taught) == 24
    assert all(row.codes for row in taught)
    assert len(refit.cells_of(model(rows(), ["A", "B", "C"]), one, PARENTS).doc) == 0


def test_the_threshold_is_where_proposals_agree_best() -> None:
    truth = np.array([[True, False]] * 50)
    assert refit.best_threshold(np.array([[0.6, 0.4]] * 50), truth) in [round(0.41 + n / 100, 2) for n in range(20)]
    assert refit.best_threshold(np.array([[0.2, 0.1]] * 50), truth) in [round(0.11 + n / 100, 2) for n in range(10)]
