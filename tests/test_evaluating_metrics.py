"""Machine coding beside people's: figures by hand, sklearn's figures, nothing to divide, ties, weights as copies."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, f1_score, precision_score, recall_score

from pipeline.evaluating import metrics

TRUTH = np.array([[1, 0, 0], [1, 1, 0], [0, 0, 0], [0, 1, 0]], dtype=bool)
PREDICTED = np.array([[1, 1, 0], [0, 1, 0], [1, 0, 0], [0, 1, 0]], dtype=bool)


def some(seed: int = 0, n: int = 200, k: int = 6) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(truth, scores with ties, weight) where scores know something of the truth."""
    rng = np.random.default_rng(seed)
    truth = rng.random((n, k)) < np.linspace(0.03, 0.4, k)
    scores = np.round(rng.normal(size=(n, k)) + truth, 1)
    return truth, scores, rng.integers(0, 4, n).astype(float)


def test_figures_by_hand() -> None:
    each = metrics.per_code(TRUTH, PREDICTED)
    assert each.precision[:2].tolist() == [1 / 2, 2 / 3]
    assert each.recall[:2].tolist() == [1 / 2, 1.0]
    assert each.f1[:2].tolist() == [1 / 2, 4 / 5]
    assert np.isnan([each.precision[2], each.recall[2], each.f1[2]]).all()
    assert [float(x) for x in metrics.pooled(TRUTH, PREDICTED)] == [3 / 5, 3 / 4, pytest.approx(2 / 3)]
    assert metrics.macro_f1(TRUTH, PREDICTED) == pytest.approx((1 / 2 + 4 / 5) / 2)


def test_a_code_that_occurs_but_is_never_found_lowers_the_macro_figure() -> None:
    nothing = PREDICTED & np.array([True, False, False])
    assert metrics.macro_f1(TRUTH, nothing) == pytest.approx(1 / 4)


@pytest.mark.parametrize("seed", range(4))
def test_figures_are_those_of_sklearn(seed: int) -> None:
    truth, scores, weight = some(seed)
    predicted = scores > 0.8
    for average, found in ((None, metrics.per_code), ("micro", metrics.pooled)):
        theirs = [
            f(truth, predicted, average=average, sample_weight=weight)
            for f in (precision_score, recall_score, f1_score)
        ]
        assert np.allclose(np.array(found(truth, predicted, weight)), np.array(theirs))
    theirs = average_precision_score(truth, scores, average=None, sample_weight=weight)
    assert np.allclose(metrics.average_precision(truth, scores, weight), theirs)
    assert metrics.mean_average_precision(truth, scores, weight) == pytest.approx(theirs.mean())
    assert np.allclose(metrics.average_precision(truth, scores), average_precision_score(truth, scores, average=None))


def test_average_precision_by_hand_and_without_positives() -> None:
    truth = np.array([[1, 0], [0, 0], [1, 0]], dtype=bool)
    scores = np.array([[0.9, 0.1], [0.8, 0.2], [0.7, 0.3]])
    found = metrics.average_precision(truth, scores)
    assert found[0] == pytest.approx((1 + 2 / 3) / 2)
    assert np.isnan(found[1])
    assert metrics.mean_average_precision(truth, scores) == pytest.approx(5 / 6)
    assert np.isnan(metrics.mean_average_precision(truth & False, scores))


@pytest.mark.parametrize("measure", ["macro_f1", "mean_average_precision", "r_at", "precision_at_coverage"])
def test_a_weight_of_two_is_the_sentence_twice(measure: str) -> None:
    truth, scores, weight = some(5)
    copies = np.repeat(np.arange(len(truth)), weight.astype(int))
    machine = scores > 0.8 if measure == "macro_f1" else scores
    more = {"at": 2} if measure == "r_at" else {}
    call = getattr(metrics, measure)
    weighted = call(truth, machine, weight=weight, **more)
    assert weighted == pytest.approx(call(truth[copies], machine[copies], **more))
    assert weighted != pytest.approx(call(truth, machine, **more), abs=1e-6)


def test_recall_at_by_hand() -> None:
    truth = np.array([[1, 0, 0, 1], [0, 1, 0, 0], [0, 0, 0, 0]], dtype=bool)
    scores = np.array([[4.0, 3, 2, 1], [4, 3, 2, 1], [1, 2, 3, 4]])
    assert metrics.r_at(truth, scores, 1) == pytest.approx(1 / 3)
    assert metrics.r_at(truth, scores, 2) == pytest.approx(2 / 3)
    assert metrics.r_at(truth, scores, 3) == pytest.approx(2 / 3)
    assert metrics.r_at(truth, scores, 4) == metrics.r_at(truth, scores, 9) == 1
    assert np.isnan(metrics.r_at(truth & False, scores, 1))


def test_a_coder_that_gives_zeros_gets_what_chance_gives() -> None:
    truth = np.zeros((1, 10), dtype=bool)
    truth[0, 0] = True  # the first of the codebook: a sort would always hit it
    assert metrics.r_at(truth, np.zeros((1, 10)), 5) == pytest.approx(0.5)
    one_sure = np.zeros((1, 10))
    one_sure[0, 9] = 1.0
    assert metrics.r_at(truth, one_sure, 5) == pytest.approx(4 / 9)
    assert metrics.precision_at_coverage(truth, np.zeros((1, 10)), (1.0,)) == pytest.approx(0.1)


def test_precision_of_the_surest_by_hand() -> None:
    truth = np.array([[1, 0], [0, 1], [1, 0], [0, 0], [0, 1]], dtype=bool)
    scores = np.array([[0.9, 0.1], [0.8, 0.1], [0.7, 0.6], [0.5, 0.1], [0.1, 0.2]])
    assert metrics.precision_at_coverage(truth, scores, (0.2, 0.4, 0.6, 1.0)) == pytest.approx([1, 1 / 2, 2 / 3, 3 / 5])
    assert metrics.precision_at_coverage(truth, scores, (0.3,)) == pytest.approx([1 / 1.5])
    assert np.isnan(metrics.precision_at_coverage(truth[:0], scores[:0])).all()
    same = np.full((5, 2), 0.3)
    backwards = metrics.precision_at_coverage(truth[::-1], same, (0.2,))
    assert backwards == pytest.approx([0.4])
    assert metrics.precision_at_coverage(truth, same, (0.2,)) == pytest.approx([0.4])


def test_turns_are_unions_and_greatest_scores() -> None:
    turn = np.array([7, 3, 7, 3])
    assert metrics.by_turn(TRUTH, turn).tolist() == [[True, True, False], [True, False, False]]
    assert metrics.by_turn(PREDICTED, turn).dtype == bool
    assert metrics.by_turn(np.array([0.1, 0.2, 0.5, 0.9]), turn).tolist() == [0.9, 0.5]
    assert metrics.by_turn(np.array(["b", "a"]) == "b", np.array(["I2-1", "I1-1"])).tolist() == [False, True]
    assert metrics.by_turn(TRUTH[:0], turn[:0]).shape == (0, 3)
    with pytest.raises(ValueError, match="4 sentences, but 3 turns"):
        metrics.by_turn(TRUTH, turn[:3])


def test_turns_are_never_worse_at_being_found() -> None:
    truth, scores, _ = some(2)
    turn, predicted = np.arange(len(truth)) // 5, scores > 0.8
    both = metrics.by_turn(truth, turn), metrics.by_turn(predicted, turn)
    assert metrics.pooled(*both).recall >= metrics.pooled(truth, predicted).recall


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="sentences x codes"):
        metrics.pooled(TRUTH, PREDICTED[:, :1])
    with pytest.raises(ValueError, match="3 weights"):
        metrics.pooled(TRUTH, PREDICTED, np.ones(3))
    with pytest.raises(TypeError, match="bool"):
        metrics.average_precision(TRUTH.astype(int), PREDICTED.astype(float))
