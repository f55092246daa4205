"""How many topics the material carries: chosen by stability and coherence together; the curve is kept to be shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.topicmodels.consensus import agree, runs
from pipeline.topicmodels.model import Model
from pipeline.topicmodels.stability import coherence, halves
from pipeline.topicmodels.words import Material

CANDIDATES = (4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24)
TRIES = 20  # runs whose agreement a number's words are taken from
PAIRS = 6  # ways to part the interviews in halves
CHANCE = 0.2  # what halves of material without any themes agree on (measured .1 to .2, by number and model)
A_TOPIC = 60  # sentences for which one more topic may be tried


@dataclass(frozen=True)
class Tried:
    """`stability` (agreement of halves, up to 1) and `coherence` (-1 to 1) as means over topics; `score` of both."""

    number: int
    stability: float
    coherence: float
    score: float


def most(material: Material, model: Model) -> int:
    """The largest number of topics that a model can be asked for."""
    speaking = int(material.speaking.sum())
    return max(2, min(speaking // 2, len(material.terms), material.matrix.shape[1] - 1))


def candidates(sentences: int) -> list[int]:
    """Numbers worth trying for so many sentences with content words.

    >>> candidates(400), candidates(900)[-1]
    ([4, 5, 6], 14)
    """
    return [n for n in CANDIDATES if n <= max(4, sentences // A_TOPIC)]


def curve(material: Material, model: Model, seed: int) -> list[Tried]:
    """Every number worth trying, each judged over its own runs.

    Stability is here whether two halves of the interviews tell the same topics. The score is the sum over topics of what of it
    goes beyond `CHANCE`, times (1 + coherence): what can be told again, in all. Few topics are always steadier and say less,
    many fall apart; the top lies between. Where nothing goes beyond chance, the smallest number is taken.
    """
    found = []
    numbers = [n for n in candidates(int(material.speaking.sum())) if n <= most(material, model)] or [most(material, model)]
    for number in numbers[:: 2 if model.words else 1]:  # what takes apart words costs many times as much
        agreed = agree(material, runs(material, model, number, seed, TRIES))
        stable = halves(material, model, agreed.belongs, number, seed, PAIRS)
        near = np.nan_to_num(coherence(material, agreed.terms), nan=-1.0)  # a topic of fewer than two words has no coherence
        score = float((np.maximum(0.0, stable - CHANCE) * (1 + near)).sum())
        found.append(Tried(number, float(stable.mean()), float(near.mean()), score))
    material.kept.clear()  # the halves' axes: nobody asks for them again
    return found


def chosen(tried: list[Tried]) -> int:
    """The number of the best score, the smaller of two as good.

    >>> chosen([Tried(4, .9, .1, 2.0), Tried(8, .8, .1, 2.5), Tried(10, .7, .1, 2.4)])
    8
    """
    return max(tried, key=lambda t: (t.score, -t.number)).number
