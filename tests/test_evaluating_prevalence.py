"""How common a code is: by hand, where it is refused, at the edges, and how often the interval holds the truth."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.evaluating import prevalence
from pipeline.evaluating.intervals import t_quantile
from pipeline.study import SEED

LEAST = 0.93  # how often the interval must hold the truth, in every cell of the simulation


def wilson(p: float, n: float, z: float) -> tuple[float, float]:
    middle, half = (p + z * z / 2 / n), z * np.sqrt(p * (1 - p) / n + z * z / 4 / n / n)
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


def test_without_a_machine_it_is_wilsons_interval() -> None:
    truth = np.arange(50) < 10
    found = prevalence.from_sample(np.zeros(1000), np.arange(50), truth)
    assert found.estimate == pytest.approx(0.2)
    assert (found.n_reviewed, found.method, found.reason) == (50, "sample", "")
    # The variance has two pseudo-sentences, one of each kind, as the share it is compared with: n stays n.
    assert (found.low, found.high) == pytest.approx(wilson(0.2, 50 / 0.95, t_quantile(0.975, 49)))


def test_the_estimate_is_the_machines_mean_put_right() -> None:
    scores = np.r_[np.full(50, 0.4), np.full(50, 0.1)]
    sample = np.arange(30, 70)  # twenty of each
    truth = np.r_[np.ones(10), np.zeros(30)].astype(bool)
    assert prevalence.from_sample(scores, sample, truth).estimate == pytest.approx(0.25 + 0.25 - 0.25)
    other = np.r_[np.arange(20, 50), np.arange(50, 60)]  # thirty of the likely ones, ten of the others
    assert prevalence.from_sample(scores, other, truth).estimate == pytest.approx(0.25 + 0.25 - 0.325)


def test_tuning_uses_a_good_machine_and_ignores_a_useless_one() -> None:
    rng = np.random.default_rng(1)
    truth = rng.random(2000) < 0.3
    sample = rng.choice(2000, 200, replace=False)
    alone = prevalence.from_sample(np.zeros(2000), sample, truth[sample])
    noise = (rng.random(2000) < 0.5).astype(float)
    plain, tuned = (prevalence.from_sample(noise, sample, truth[sample], t) for t in (False, True))
    width = [r.high - r.low for r in (alone, plain, tuned)]
    assert width[1] > 1.2 * width[0]
    assert width[2] < 1.05 * width[0]
    good = np.where(rng.random(2000) < 0.95, truth, ~truth).astype(float)
    for t in (False, True):
        found = prevalence.from_sample(good, sample, truth[sample], t)
        assert found.high - found.low < 0.7 * width[0]
    assert found.method == "sample-tuned"


@pytest.mark.parametrize("tuned", [False, True])
@pytest.mark.parametrize("machine", [0.0, 0.02, 0.5, 1.0])
@pytest.mark.parametrize("truth", [False, True])
def test_the_edges_stay_inside(truth: bool, machine: float, tuned: bool) -> None:
    """No or only positives in the sample, whatever the machine says: an interval inside 0 to 1 that is no point."""
    found = prevalence.from_sample(np.full(800, machine), np.arange(40), np.full(40, truth), tuned)
    assert 0 <= found.low <= found.estimate <= found.high <= 1
    assert found.estimate == pytest.approx(float(truth))
    assert 0.05 < found.high - found.low < 0.25


def test_an_estimate_below_nothing_is_clipped() -> None:
    scores = np.r_[np.ones(40), np.zeros(960)]  # by chance, the sample has all that the machine claims, wrongly
    found = prevalence.from_sample(scores, np.arange(40), np.zeros(40, dtype=bool))
    assert found.estimate == found.low == 0
    assert 0 <= found.high < 0.2


def test_all_reviewed_is_counting() -> None:
    truth = np.arange(60) % 4 == 0
    for tuned in (False, True):
        found = prevalence.from_sample(np.linspace(0, 1, 60), np.arange(60), truth, tuned)
        assert found[:3] == pytest.approx((0.25, 0.25, 0.25))
    whole = prevalence.from_interviews(truth, np.arange(60) // 15, 4)
    assert whole[:3] == pytest.approx((0.25, 0.25, 0.25))


def test_it_says_in_german_why_it_refuses() -> None:
    none = prevalence.from_sample(np.zeros(100), np.zeros(0, dtype=int), np.zeros(0, dtype=bool))
    assert none.reason.startswith("Keine Zufallsstichprobe")
    few = prevalence.from_sample(np.zeros(100), np.arange(29), np.zeros(29, dtype=bool))
    assert few.reason == "Zu wenige zufällig gezogene Sätze geprüft: 29, nötig sind mindestens 30."
    assert not prevalence.from_sample(np.zeros(100), np.arange(30), np.zeros(30, dtype=bool)).reason
    two = prevalence.from_interviews(np.zeros(200, dtype=bool), np.arange(200) // 100, 12)
    assert two.reason == "Zu wenige Interviews ganz geprüft: 2, nötig sind mindestens 3."
    short = prevalence.from_interviews(np.zeros(9, dtype=bool), np.arange(9) // 3, 12)
    assert short.reason == "Zu wenige Sätze geprüft: 9, nötig sind mindestens 30."
    nothing = prevalence.from_interviews(np.zeros(0, dtype=bool), np.zeros(0, dtype=int), 12)
    assert nothing.reason.startswith("Kein Interview ganz geprüft")
    for refused in (none, few, two, short, nothing):
        assert np.isnan(refused[:3]).all()
    assert (none.n_reviewed, few.n_reviewed, two.n_reviewed) == (0, 29, 200)


@pytest.mark.parametrize(
    ("scores", "sample", "what"),
    [
        (np.zeros(100), np.arange(40) // 2, "twice"),
        (np.zeros(100), np.arange(70, 110), "outside"),
        (np.full(100, 1.5), np.arange(40), "between 0 and 1"),
        (np.full(100, np.nan), np.arange(40), "between 0 and 1"),
        (np.zeros(100), np.arange(41), "41 sentences"),
    ],
)
def test_what_does_not_fit_is_an_error(scores: np.ndarray, sample: np.ndarray, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        prevalence.from_sample(scores, sample, np.zeros(40, dtype=bool))


def test_whole_interviews_by_hand() -> None:
    """Four of many interviews, 10 sentences each, shares .1 .2 .4 .5: the variance between them, t with 3 degrees."""
    share = np.repeat([1, 2, 4, 5], 10)
    truth = np.tile(np.arange(10), 4) < share
    found = prevalence.from_interviews(truth, np.repeat(list("abcd"), 10), 10**9)
    assert (found.estimate, found.method, found.n_reviewed) == (pytest.approx(0.3), "interviews", 40)
    variance = 4 / 3 / 40**2 * (2**2 + 1 + 1 + 2**2)
    shrunk = 13 / 42
    low, high = wilson(0.3, shrunk * (1 - shrunk) / variance, t_quantile(0.975, 3))
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


def test_interviews_that_agree_by_chance_promise_no_more_than_their_sentences() -> None:
    truth = np.tile(np.arange(50) < 10, 4)
    interviews = np.repeat(np.arange(4), 50)
    whole = prevalence.from_interviews(truth, interviews, 40)
    drawn = prevalence.from_sample(np.zeros(2000), np.arange(200), truth)
    assert whole.high - whole.low > 2 * (drawn.high - drawn.low)
    nobody = prevalence.from_interviews(truth & False, interviews, 40)
    assert nobody.estimate == nobody.low == 0
    assert 0.05 < nobody.high < 0.4


def test_whole_interviews_with_a_machine() -> None:
    truth = np.tile(np.arange(50) < 10, 4)
    scores = np.r_[truth, np.ones(200)].astype(float)
    found = prevalence.from_interviews(truth, np.repeat(np.arange(4), 50), 8, scores, np.arange(200))
    assert found.estimate == pytest.approx((40 + 200) / 400)
    with pytest.raises(ValueError, match="go together"):
        prevalence.from_interviews(truth, np.repeat(np.arange(4), 50), 8, scores)
    with pytest.raises(ValueError, match="reviewed of 3"):
        prevalence.from_interviews(truth, np.repeat(np.arange(4), 50), 3)


def machine(rng: np.random.Generator, truth: np.ndarray, quality: str) -> np.ndarray:
    """Scores of a machine: `labels` are wrong yes-and-no codings, the others probabilities, `sure` ones far too high."""
    if quality == "none":
        return np.zeros(len(truth))
    if quality == "labels":
        return np.where(truth, rng.random(len(truth)) < 0.4, rng.random(len(truth)) < 0.05).astype(float)
    gain = 3.0 if quality == "good" else 1.5
    base = np.log(truth.mean() / (1 - truth.mean())) if truth.any() else -5
    logit = base + gain * (rng.normal(size=len(truth)) + gain * truth - gain / 2)
    return 1 / (1 + np.exp(-(logit + 1.5 * (quality == "sure"))))


@pytest.mark.parametrize("share", [0.02, 0.05, 0.1, 0.3])
@pytest.mark.parametrize("quality", ["none", "labels", "sure", "good"])
def test_the_interval_holds_the_truth(quality: str, share: float) -> None:
    """600 corpora of 1,000 sentences, 100 of them reviewed; also unbiased."""
    rng = np.random.default_rng(SEED)
    held, off = np.zeros(2), np.zeros(2)
    for _ in range(600):
        truth = rng.random(1000) < share
        scores, sample = machine(rng, truth, quality), rng.choice(1000, 100, replace=False)
        found = [prevalence.from_sample(scores, sample, truth[sample], tuned) for tuned in (False, True)]
        held += [r.low <= truth.mean() <= r.high for r in found]
        off += [r.estimate - truth.mean() for r in found]
    assert (held / 600 >= LEAST).all(), held / 600
    assert (np.abs(off / 600) < 0.01).all(), off / 600


@pytest.mark.parametrize("share", [0.05, 0.3])
@pytest.mark.parametrize("alike", [0.01, 0.05])
def test_whole_interviews_hold_the_truth(share: float, alike: float) -> None:
    """Six of 30 interviews of 40 to 250 sentences, whose shares differ; `alike` is the correlation within an interview."""
    rng, held = np.random.default_rng(SEED), 0
    spread = 1 / alike - 1
    for _ in range(500):
        interview = np.repeat(np.arange(30), rng.integers(40, 250, 30))
        truth = rng.random(len(interview)) < rng.beta(share * spread, (1 - share) * spread, 30)[interview]
        rows = np.flatnonzero(np.isin(interview, rng.choice(30, 6, replace=False)))
        found = prevalence.from_interviews(truth[rows], interview[rows], 30)
        held += bool(found.low <= truth.mean() <= found.high)
    assert held / 500 >= LEAST
