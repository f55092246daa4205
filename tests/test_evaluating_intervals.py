"""The bootstrap over interviews: what it gives by hand, paired differences, and how often it holds the truth."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t

from pipeline.evaluating import intervals, metrics
from pipeline.evaluating.metrics import Parts
from pipeline.study import SEED


def shares(values: list[float]) -> Parts:
    return Parts(np.array(values, dtype=float), np.ones(len(values)))


def coded(seed: int, m: int = 6, per: int = 40, k: int = 4) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    truth = rng.random((m * per, k)) < 0.3
    return truth, rng.normal(size=truth.shape) + truth, np.repeat(np.arange(m), per)


def test_two_interviews_span_both() -> None:
    found = intervals.ratio_interval(shares([1, 1, 0, 0, 0]), np.array([0, 0, 1, 1, 1]), SEED)
    assert (float(found.estimate), float(found.low), float(found.high)) == (0.4, 0.0, 1.0)


def test_one_interview_or_none_has_no_bounds() -> None:
    found = intervals.ratio_interval(shares([1, 0]), np.array([0, 0]), SEED)
    assert found.estimate == 0.5
    assert np.isnan([found.low, found.high]).all()
    empty = intervals.ratio_interval(shares([]), np.zeros(0, dtype=int), SEED)
    assert np.isnan(np.array(empty)).all()
    slow = intervals.resampled_interval(lambda weight: float(weight.sum()), np.zeros(3, dtype=int), SEED)
    assert slow.estimate == 3
    assert np.isnan([slow.low, slow.high]).all()


def test_interviews_that_are_alike_leave_no_doubt() -> None:
    found = intervals.ratio_interval(shares([1, 0] * 5), np.repeat(np.arange(5), 2), SEED)
    assert tuple(map(float, found)) == (0.5, 0.5, 0.5)


def test_a_code_without_any_truth_is_nan_beside_others() -> None:
    truth, scores, interview = coded(1)
    truth[:, 2] = False
    found = intervals.ratio_interval(metrics.recall_parts(truth, scores > 0.5), interview, SEED)
    assert np.isnan(np.array(found)).all(axis=0).tolist() == [False, False, True, False]
    assert (found.low[[0, 1, 3]] < found.estimate[[0, 1, 3]]).all()


def test_counts_give_what_copies_give() -> None:
    """The fast way (sums an interview) and the slow way (weights a sentence) are the same bootstrap."""
    truth, scores, interview = coded(2)
    predicted = scores > 0.5
    fast = intervals.ratio_interval(metrics.pool(metrics.f1_parts(truth, predicted)), interview, SEED, times=300)
    slow = intervals.resampled_interval(lambda w: metrics.pooled(truth, predicted, w).f1, interview, SEED, times=300)
    assert np.allclose(np.array(fast), np.array(slow))
    again = intervals.ratio_interval(metrics.pool(metrics.f1_parts(truth, predicted)), interview, SEED, times=300)
    assert tuple(map(float, fast)) == tuple(map(float, again))
    other = intervals.ratio_interval(metrics.pool(metrics.f1_parts(truth, predicted)), interview, SEED + 1, times=300)
    assert fast.low != other.low


def test_the_paired_difference_sees_what_two_intervals_do_not() -> None:
    """Interviews differ much, the models differ little but always the same way."""
    rng = np.random.default_rng(4)
    m, per = 10, 200
    interview = np.repeat(np.arange(m), per)
    truth = np.ones((m * per, 1), dtype=bool)
    luck, level = rng.random((m * per, 1)), rng.uniform(0.1, 0.8, m)[interview][:, None]
    old, new = (metrics.recall_parts(truth, luck < level + more) for more in (0.0, 0.1))
    one, two = (intervals.ratio_interval(parts, interview, SEED) for parts in (old, new))
    assert one.high > two.low
    difference = intervals.ratio_difference(new, old, interview, SEED)
    assert difference.estimate == pytest.approx(two.estimate - one.estimate)
    assert 0.05 < float(difference.low[0]) < float(difference.high[0]) < 0.15
    assert intervals.better_and_worse(difference) == (1, 0)
    assert intervals.better_and_worse(intervals.ratio_difference(old, new, interview, SEED)) == (0, 1)
    assert intervals.better_and_worse(intervals.ratio_difference(old, old, interview, SEED)) == (0, 0)


def test_a_model_that_knows_more_has_a_higher_map() -> None:
    truth, scores, interview = coded(3)
    better = scores + truth

    def gain(weight: np.ndarray) -> float:
        return metrics.mean_average_precision(truth, better, weight) - metrics.mean_average_precision(
            truth, scores, weight
        )

    found = intervals.resampled_interval(gain, interview, SEED, times=100)
    assert 0 < found.low < found.estimate < found.high


def test_lengths_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="3 sentences, but 2 interviews"):
        intervals.ratio_interval(shares([1, 0, 1]), np.array([0, 1]), SEED)


def test_the_t_quantile_is_students() -> None:
    assert intervals.t_quantile(0.975, 3) == pytest.approx(t.ppf(0.975, 3))


@pytest.mark.parametrize(("interviews", "least"), [(8, 0.91), (20, 0.92), (40, 0.93)])
def test_bounds_hold_the_truth_about_as_often_as_promised(interviews: int, least: float) -> None:
    """Interviews of 20 to 300 sentences, the share of each drawn around .5: nominal .95, fewer with few interviews."""
    rng, times, held = np.random.default_rng(1), 1000, 0
    for _ in range(times):
        size = rng.integers(20, 300, interviews)
        hits = rng.binomial(size, rng.beta(6, 6, interviews)).astype(float)
        found = intervals.ratio_interval(Parts(hits, size.astype(float)), np.arange(interviews), SEED, times=600)
        held += bool(found.low <= 0.5 <= found.high)
    assert least <= held / times <= 0.97
