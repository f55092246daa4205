"""What is known of every (sentence, code) pair before people look: the features that one small regression weighs for all codes alike.

None of them names a code, so that what is learnt on one study's codes serves another's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from pipeline.encoders import unit
from pipeline.learning import context

# Features that rest on the interviewer's question.
ASKING = ("asked", "asked_less", "expected", "unexpecting", "like_guide", "asked_code")
FEATURES = (
    "sentence", "window", "none", "window_none", "rest", "beside", *ASKING, "nearest", "near", "near_none", "defined", "length",
    "first", "rank", "behind", "chance", "window_chance", "turn", "turn_chance", "turn_before", "turn_behind", "interview",
)  # fmt: skip
RULES = ("rule", "other_rule")  # added where the codebook is applied: an edited rule changes no model
LOW = 1e-4  # chances below do not differ
SHARP = 8.0  # how sharply a question is taken for the guide's question that it is most like


class Text(NamedTuple):
    """The sentences of one interview, in order: what the features are worked out from.

    `chances`, `windows`, `whole`: (n x k) probabilities of the codes for the sentence, its window and its turn, `none` and
    `window_none`: (n) of no code; `put` (n x k) of the codes for the question's words; `vectors` (n x width) centred; `turns` (n);
    `words` (n) how many; `asked` (n x width) the question before, of length 0 where none is known; `expected` (n x k) whether the
    guide's question asks for the code.
    """

    chances: np.ndarray
    windows: np.ndarray
    whole: np.ndarray
    put: np.ndarray
    none: np.ndarray
    window_none: np.ndarray
    vectors: np.ndarray
    turns: np.ndarray
    words: np.ndarray
    asked: np.ndarray
    expected: np.ndarray


class Known(NamedTuple):
    """What a model knows: `definitions` (k x width); of the guide `asked_mean` (width), `wordings` (w x width, less that mean), `owners`
    (w) whose question each is, `wants` (questions x k) which codes it asks for; `anchors` (a x width, centred), `bears` (a x k) which
    codes they bear, `free` (a) those that bear none."""

    definitions: np.ndarray
    asked_mean: np.ndarray
    wordings: np.ndarray
    owners: np.ndarray
    wants: np.ndarray
    anchors: np.ndarray
    bears: np.ndarray
    free: np.ndarray


def features(text: Text, known: Known) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """(feature -> (n x k), number of the nearest anchor of each code (n x k), -1 where a code has none)."""
    log, log_window = np.log(text.chances), np.log(text.windows)
    k = log.shape[1]
    nearest, near, which = _nearest(text.vectors, known)
    order = np.argsort(np.argsort(-text.chances, axis=1, kind="stable"), axis=1, kind="stable")
    asked = _asked(text, known)
    wide = np.ones((1, k))
    found = {
        "sentence": log, "window": log_window,
        "none": np.log(text.none)[:, None] * wide, "window_none": np.log(text.window_none)[:, None] * wide,
        "rest": np.log(context.best_of_rest(text.chances, text.turns) + LOW),
        "beside": np.log(context.neighbours(text.chances, text.turns) + LOW),
        "asked": asked, "asked_less": asked - asked.max(axis=1, keepdims=True, initial=-9.0),
        "expected": text.expected.astype(float), "unexpecting": (~text.expected.any(axis=1)).astype(float)[:, None] * wide,
        "nearest": nearest, "near": near, "near_none": _mean_of_best(text.vectors @ known.anchors[known.free].T)[:, None] * wide,
        "defined": text.vectors @ unit(known.definitions - known.definitions.mean(axis=0)).T,
        "length": np.log(np.maximum(text.words, 1))[:, None] * wide,
        "first": (order == 0).astype(float), "rank": np.log1p(order), "behind": log - log.max(axis=1, keepdims=True, initial=-99.0),
        "chance": text.chances, "window_chance": text.windows,
        "like_guide": _like_guide(text, known), "asked_code": np.log(text.put + 10 * LOW),
        "turn": np.log(text.whole + LOW), "turn_chance": text.whole, **_around(text),
    }  # fmt: skip
    return found, which


def _around(text: Text) -> dict[str, np.ndarray]:
    """(n x k) each: best chance in the respondent's turn before and behind, and mean chance in the rest of the interview."""
    n = len(text.turns)
    number = np.unique(text.turns, return_inverse=True)[1]
    best = np.zeros((number.max(initial=-1) + 3, text.chances.shape[1]))
    np.maximum.at(best, number + 1, text.chances)
    rest = (text.chances.sum(axis=0, keepdims=True) - text.chances) / max(n - 1, 1)
    return {
        "turn_before": np.log(best[number] + 100 * LOW), "turn_behind": np.log(best[number + 2] + 100 * LOW),
        "interview": np.log(rest + 10 * LOW),
    }  # fmt: skip


def _like_guide(text: Text, known: Known) -> np.ndarray:
    """(n x k) how far the question before is like questions of the guide that ask for the code: its share of likeness goes to each."""
    if not len(known.wordings):
        return np.zeros(text.chances.shape)
    there = np.linalg.norm(text.asked, axis=1, keepdims=True) > 0
    like = unit(text.asked - known.asked_mean) @ known.wordings.T
    best = np.stack([like[:, known.owners == q].max(axis=1) for q in range(len(known.wants))], axis=1)
    share = np.exp(SHARP * best)
    return np.where(there, (share / share.sum(axis=1, keepdims=True)) @ known.wants, 0.0)


def cube(found: Mapping[str, np.ndarray], names: tuple[str, ...]) -> np.ndarray:
    """(n x k x features) in the order of `names`."""
    return np.stack([found[name] for name in names], axis=-1)


def _asked(text: Text, known: Known) -> np.ndarray:
    """(n x k) likeness of the question before to each code's definition, against what any question has; 0 without a question."""
    there = np.linalg.norm(text.asked, axis=1, keepdims=True) > 0
    return np.where(there, (text.asked - known.asked_mean) @ known.definitions.T, 0.0)


def _nearest(vectors: np.ndarray, known: Known) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each sentence and code: likeness of its nearest anchor, mean of its three nearest, number of the nearest."""
    n, k = len(vectors), known.bears.shape[1]
    nearest, near, which = np.zeros((n, k)), np.zeros((n, k)), np.full((n, k), -1, dtype=np.int32)
    like = vectors @ known.anchors.T
    for code in range(k):
        own = np.flatnonzero(known.bears[:, code])
        if len(own):
            part = like[:, own]
            best = part.argmax(axis=1)
            nearest[:, code] = part[np.arange(n), best]
            near[:, code] = _mean_of_best(part)
            which[:, code] = own[best]
    return nearest, near, which


def _mean_of_best(like: np.ndarray, number: int = 3) -> np.ndarray:
    """(n) mean of the largest values of each row; 0 where there are none."""
    number = min(number, like.shape[1])
    if not number:
        return np.zeros(len(like))
    return np.asarray(np.partition(like, like.shape[1] - number, axis=1)[:, -number:].mean(axis=1))
