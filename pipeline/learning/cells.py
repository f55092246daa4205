"""What is known of every (sentence, code) pair before people look: the features that one small regression weighs for all codes alike.

None of them names a code, so that what is learnt on one study's codes serves another's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from pipeline.encoders import unit
from pipeline.learning import context

ASKING = ("asked", "asked_less", "expected", "unexpecting")  # features that rest on the interviewer's question
FEATURES = (
    "sentence", "window", "none", "window_none", "rest", "beside", *ASKING, "nearest", "near", "near_none", "defined", "length",
    "first", "rank", "behind", "chance", "window_chance",
)  # fmt: skip
RULES = ("rule", "other_rule")  # added where the codebook is applied: an edited rule changes no model
LOW = 1e-4  # chances below do not differ


class Text(NamedTuple):
    """The sentences of one interview, in order: what the features are worked out from.

    `chances` and `windows`: (n x k) probabilities of the codes for the sentence and its window, `none` and `window_none`: (n) of no
    code; `vectors` (n x width) centred; `turns` (n); `words` (n) how many; `asked` (n x width) the question before, of length 0 where
    none is known; `expected` (n x k) whether the guide's question asks for the code; `near` (n x anchors) is worked out inside.
    """

    chances: np.ndarray
    windows: np.ndarray
    none: np.ndarray
    window_none: np.ndarray
    vectors: np.ndarray
    turns: np.ndarray
    words: np.ndarray
    asked: np.ndarray
    expected: np.ndarray


class Known(NamedTuple):
    """What a model knows: `definitions` (k x width), `asked_mean` (width), `anchors` (a x width, centred), `bears` (a x k) which codes
    they bear, `free` (a) those that bear none."""

    definitions: np.ndarray
    asked_mean: np.ndarray
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
    }  # fmt: skip
    return found, which


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
