"""Certainty: reliability by hand, Platt scaling beside sklearn, conformal sets by hand and over many simulated corpora."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.calibration import _sigmoid_calibration
from sklearn.linear_model import LogisticRegression

from pipeline.evaluating import calibration, conformal
from pipeline.evaluating.calibration import Platt
from pipeline.study import SEED


def overconfident(seed: int, n: int = 400, k: int = 5) -> tuple[np.ndarray, np.ndarray]:
    """(truth, scores 0 to 1) of a machine whose logits are three times too large and shifted."""
    rng = np.random.default_rng(seed)
    logit = rng.normal(-2, 1.2, (n, k))
    return rng.random((n, k)) < 1 / (1 + np.exp(-logit)), 1 / (1 + np.exp(-(3 * logit + 4)))


def test_reliability_by_hand() -> None:
    curve = calibration.reliability(np.array([1, 0, 1, 1]), np.array([0.0, 0.5, 0.6, 1.0]), bins=2)
    assert curve.low.tolist() == [0, 0.5]
    assert curve.size.tolist() == [2, 2]
    assert curve.score.tolist() == [0.25, 0.8]
    assert curve.true.tolist() == [0.5, 1.0]
    assert calibration.calibration_error(curve) == pytest.approx((0.25 + 0.2) / 2)


def test_empty_bins_are_nan_and_count_nothing() -> None:
    curve = calibration.reliability(np.array([1, 1]), np.array([0.95, 1.0]))
    assert np.isnan(curve.true[:9]).all()
    assert curve.size.tolist() == [0] * 9 + [2]
    assert calibration.calibration_error(curve) == pytest.approx(0.025)
    assert np.isnan(calibration.calibration_error(calibration.reliability(np.zeros(0), np.zeros(0))))


def test_weights_of_cells_are_copies() -> None:
    truth, scores = np.array([1.0, 0.0]), np.array([0.7, 0.72])
    weighted = calibration.reliability(truth, scores, weight=np.array([3, 1]))
    copied = calibration.reliability(truth[[0, 0, 0, 1]], scores[[0, 0, 0, 1]])
    assert calibration.calibration_error(weighted) == pytest.approx(calibration.calibration_error(copied))


def test_what_is_no_probability_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        calibration.reliability(np.array([1]), np.array([1.2]))
    with pytest.raises(ValueError, match="2 scores"):
        calibration.reliability(np.array([1]), np.array([0.2, 0.3]))


def test_the_top_error_looks_at_the_best_code_alone() -> None:
    truth = np.array([[1, 0, 1], [0, 1, 0]], dtype=bool)
    scores = np.array([[0.8, 0.1, 0.0], [0.8, 0.3, 0.9]])
    assert calibration.top_error(truth, scores) == pytest.approx((0.2 + 0.9) / 2)
    assert calibration.top_error(truth, scores, weight=np.array([1, 0])) == pytest.approx(0.2)


@pytest.mark.parametrize("scale", [0.001, 1.0, 20.0])
def test_platt_is_that_of_sklearn(scale: float) -> None:
    truth, scores = overconfident(1)
    logits = scale * np.log(scores / (1 - scores)).ravel()
    weight = np.random.default_rng(2).integers(1, 4, truth.size).astype(float)
    for w in (None, weight):
        found = calibration.fit_platt(truth.ravel(), logits, w)
        theirs = _sigmoid_calibration(logits, truth.ravel(), sample_weight=w)
        assert found.slope * scale == pytest.approx(theirs[0] * scale, rel=1e-3, abs=1e-4)
        assert found.offset == pytest.approx(theirs[1], abs=1e-3)


def test_platt_with_many_examples_is_a_logistic_regression() -> None:
    truth, scores = overconfident(3, 8000)
    found = calibration.fit_platt(truth, scores)
    theirs = LogisticRegression(C=1e8, tol=1e-8, max_iter=500).fit(scores.reshape(-1, 1), truth.ravel())
    assert found.slope == pytest.approx(-theirs.coef_[0, 0], rel=0.01)
    assert found.offset == pytest.approx(-theirs.intercept_[0], rel=0.01)


def test_perfect_separation_gives_no_certainty() -> None:
    scores = np.r_[np.zeros(8), np.ones(8)]
    found = calibration.apply_platt(calibration.fit_platt(scores == 1, scores), np.array([0.0, 1.0]))
    assert found == pytest.approx([1 / 10, 9 / 10], abs=1e-4)


@pytest.mark.parametrize("truth", [True, False])
def test_one_class_alone_gives_a_constant_by_the_smoothed_target(truth: bool) -> None:
    platt = calibration.fit_platt(np.full(8, truth), np.linspace(0, 1, 8))
    assert calibration.apply_platt(platt, np.array([[0.0, 0.9]])) == pytest.approx(
        np.full((1, 2), 0.9 if truth else 0.1), abs=1e-6
    )


def test_scores_that_do_not_vary_give_the_share() -> None:
    truth = np.arange(100) < 30
    found = calibration.apply_platt(calibration.fit_platt(truth, np.full(100, 7.0)), np.array([7.0]))
    assert found == pytest.approx([(30 * 31 / 32 + 70 / 72) / 100], abs=1e-6)


def test_platt_refuses_nothing_and_nan() -> None:
    with pytest.raises(ValueError, match="finite"):
        calibration.fit_platt(np.zeros(0), np.zeros(0))
    with pytest.raises(ValueError, match="finite"):
        calibration.fit_platt(np.array([True, False]), np.array([np.nan, 1]))


def test_far_scores_do_not_overflow() -> None:
    with np.errstate(all="raise", under="ignore"):
        assert calibration.apply_platt(Platt(-1.0, 0.0), np.array([-1e4, 0, 1e4])).tolist() == [0, 0.5, 1]


def test_platt_mends_a_machine_that_is_too_sure() -> None:
    """Fitted on one half, measured on the other: the top error falls to a third or less in every one of 20 corpora."""
    for seed in range(20):
        truth, scores = overconfident(seed)
        platt = calibration.fit_platt(truth[:200], np.log(scores[:200] / (1 - scores[:200])))
        after = calibration.apply_platt(platt, np.log(scores[200:] / (1 - scores[200:])))
        assert calibration.top_error(truth[200:], after) < calibration.top_error(truth[200:], scores[200:]) / 3


def test_the_threshold_by_hand() -> None:
    """Nine true cells: rank ceil(10 x .9) = 9, the least of them; with eight, no score is safe."""
    scores = np.arange(1.0, 11.0).reshape(-1, 1)
    truth = scores > 1
    assert conformal.threshold(truth, scores) == 2
    assert conformal.threshold(scores > 2, scores) == -np.inf
    assert conformal.threshold(truth, scores, miss=0.5) == 6
    assert (
        conformal.threshold(truth & False, scores) == conformal.threshold(truth[:0], scores[:0], every=True) == -np.inf
    )


def test_all_codes_ask_for_more_than_each() -> None:
    truth = np.ones((20, 2), dtype=bool)
    scores = np.stack([np.arange(20.0), np.full(20, 100.0)], axis=1)
    assert conformal.threshold(truth, scores, every=True) == 1  # rank ceil(21 x .9) = 19 of 20
    assert conformal.threshold(truth, scores) == 3  # rank ceil(41 x .9) = 37 of 40
    without = np.r_[truth, np.zeros((5, 2), dtype=bool)]
    assert conformal.threshold(without, np.r_[scores, np.full((5, 2), -9.0)], every=True) == 1
    with pytest.raises(ValueError, match="share"):
        conformal.threshold(truth, scores, miss=90)


def test_coverage_by_hand() -> None:
    truth = np.array([[1, 1, 0], [1, 0, 0], [0, 0, 0], [0, 0, 1]], dtype=bool)
    offered = np.array([[1, 0, 1], [1, 0, 0], [1, 1, 1], [0, 0, 1]], dtype=bool)
    interview = np.array([0, 0, 1, 2])
    each = conformal.coverage(truth, offered, interview, SEED)
    assert (float(each.share.estimate), each.size) == (3 / 4, 4 / 3)
    assert each.by_interview[[0, 2]].tolist() == [2 / 3, 1.0]
    assert np.isnan(each.by_interview[1])
    every = conformal.coverage(truth, offered, interview, SEED, every=True)
    assert float(every.share.estimate) == pytest.approx(2 / 3)
    assert every.share.low <= every.share.estimate <= every.share.high
    alone = conformal.coverage(truth & False, offered, interview, SEED)
    assert np.isnan([alone.size, float(alone.share.estimate), float(alone.share.low)]).all()


def test_an_interview_does_not_set_its_own_threshold() -> None:
    truth = np.ones((40, 1), dtype=bool)
    interview = np.repeat([0, 1], 20)
    scores = np.where(interview == 0, 1.0, 5.0)[:, None]
    assert conformal.sets_left_out(truth, scores, interview)[:, 0].tolist() == [False] * 20 + [True] * 20
    assert conformal.sets_left_out(truth, scores, interview * 0).all()


def ranked(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    scores = rng.normal(size=(n, 12))
    return rng.random(scores.shape) < 1 / (1 + np.exp(4 - 2 * scores)), scores


@pytest.mark.parametrize("every", [False, True])
@pytest.mark.parametrize("n", [60, 300])
def test_sets_hold_what_they_promise(n: int, every: bool) -> None:
    """Coverage over 250 corpora within three Monte-Carlo errors of .90, and no set that simply offers everything."""
    rng = np.random.default_rng(SEED)
    found = []
    for _ in range(250):
        q = conformal.threshold(*ranked(rng, n), every=every)
        truth, scores = ranked(rng, 300)
        parts = conformal.coverage_parts(truth, conformal.sets(scores, q), every)
        found.append(parts.over.sum() / parts.under.sum())
        assert conformal.sets(scores, q).mean() < 0.95
    error = float(np.std(found)) / np.sqrt(len(found))
    assert 0.90 - 3 * error <= np.mean(found) <= 0.90 + 1.5 / n + 3 * error + 0.01


def test_left_out_sets_cover_over_interviews() -> None:
    rng = np.random.default_rng(3)
    shares = []
    for _ in range(40):
        truth, scores = ranked(rng, 240)
        interview = np.repeat(np.arange(6), 40)
        offered = conformal.sets_left_out(truth, scores, interview)
        shares.append(float(conformal.coverage(truth, offered, interview, SEED, times=50).share.estimate))
    assert 0.89 <= np.mean(shares) <= 0.92
