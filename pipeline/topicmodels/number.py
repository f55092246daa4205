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
PAIRS = 8  # ways to part the interviews in halves
CHANCE = 0.2  # what halves of material without any themes agree on (measured .1 to .2, by number and model)
A_TOPIC = 60  # sentences for which one more topic may be tried


@dataclass(frozen=True)
class Tried:
    """`stability` (agreement of halves, up to 1) and `coherence` (-1 to 1) as means over topics; `score` of both."""

    number: int
    stability: float
    coherence: float
    score: float


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
    for number in candidates(int(material.speaking.sum())):
        agreed = agree(material, runs(material, model, number, seed, TRIES))
        stable = halves(material, model, agreed.belongs, number, seed, PAIRS)
        near = coherence(material, agreed.terms)
        score = float((np.maximum(0.0, stable - CHANCE) * (1 + near)).sum())
        found.append(Tried(number, float(stable.mean()), float(near.mean()), score))
    return found


def chosen(tried: list[Tried]) -> int:
    """The number of the best score, the smaller of two as good.

    >>> chosen([Tried(4, .9, .1, 2.0), Tried(8, .8, .1, 2.5), Tried(10, .7, .1, 2.4)])
    8
    """
    return max(tried, key=lambda t: (t.score, -t.number)).number
