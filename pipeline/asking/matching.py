"""How much an interviewer's turn resembles each question of the guide, a probe, and small talk."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipeline import encoders
from pipeline.asking.phrases import PROBES, SMALL_TALK
from pipeline.asking.windows import WORD, Window, windows
from pipeline.german.stopwords import STOPWORDS
from pipeline.guide import Guide

_FOLD = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "s"})
_STEM = 6  # letters: enough to join zusammenleben and Zusammenleben, few enough to join their forms

# Small words that tell questions of a guide apart and so must not be stopped.
_ASKING = frozenset(
    """zusammen hier wer wem wen wo nebeneinander miteinander anders noch fehlt machen macht machst tun tut läuft brauchen
    braucht bräuchten schwer selbst""".split()
)

SECOND = 0.2  # share of a question's second-best wording: one wording may be near by chance
SHARED_WORDS = 0.2  # what words in common add to likeness by meaning
CHANCE = 0.2  # likeness by meaning that any two questions of an interview have
NO_QUESTION = 0.1  # taken off where the form is not a question's
EARLIER = 0.25  # taken off a question after which another one was asked in the same turn
SAME = 0.75  # share of words from which two wordings are the same, where meaning is not compared
LIMIT = 300  # windows of one interview that are compared by meaning; further ones by their words alone


@dataclass(frozen=True)
class Wordings:
    """The guide's wordings: texts, whose question each is, as weighted stems; each stem's rarity; questions in order."""

    texts: tuple[str, ...]
    owners: tuple[str, ...]
    weights: tuple[dict[str, float], ...]
    rarity: dict[str, float]
    order: tuple[str, ...]


@dataclass(frozen=True)
class Likeness:
    """A turn beside the guide. All values 0 to 1 (0: nothing in common); `asks`: some sentence has a question's form."""

    questions: dict[str, float]
    probe: float
    small_talk: float
    asks: bool


NOTHING = Likeness({}, 0.0, 0.0, False)


def stems(text: str) -> list[str]:
    """Content words cut to a common stem.

    >>> stems("Wie leben die Menschen hier zusammen?")
    ['leben', 'mensch', 'hier', 'zusamm']
    """
    words = (w.lower() for w in WORD.findall(text) if len(w) > 1)
    return [w.translate(_FOLD)[:_STEM] for w in words if w not in STOPWORDS or w in _ASKING]


def prepare(guide: Guide) -> Wordings:
    pairs = [(q.id, wording) for q in guide.questions for wording in (q.text, *q.wordings)]
    bags = [stems(wording) for _, wording in pairs]
    documents = Counter(stem for words in bags for stem in set(words))
    rarity = {stem: 1 + math.log((1 + len(bags)) / (1 + n)) for stem, n in documents.items()}
    return Wordings(
        tuple(wording for _, wording in pairs),
        tuple(owner for owner, _ in pairs),
        tuple(_weights(words, rarity) for words in bags),
        rarity,
        tuple(q.id for q in guide.questions),
    )


def _weights(words: Iterable[str], rarity: dict[str, float]) -> dict[str, float]:
    raw = {word: rarity.get(word, 1.0) for word in set(words)}
    length = math.sqrt(sum(raw[word] ** 2 for word in sorted(raw))) or 1.0
    return {word: value / length for word, value in raw.items()}


def shared_words(text: str, wordings: Wordings) -> list[float]:
    """Cosine of rarity-weighted stems with every wording, 0 to 1."""
    given = _weights(stems(text), wordings.rarity)
    found = []
    for weights in wordings.weights:
        shared = sorted(weights.keys() & given.keys())
        # One small word in common (`wer`, `anders`) is chance, a long one (`Integration`) is not.
        real = len(shared) > 1 or any(len(stem) == _STEM for stem in shared)
        found.append(sum(weights[stem] * given[stem] for stem in shared) if real else 0.0)
    return found


def likeness(text: str, wordings: Wordings, signs: bool, by_meaning: int) -> tuple[Likeness, int]:
    """The turn beside the guide, and how many of the first `by_meaning` windows were compared by meaning."""
    parts = windows(text, signs)
    form = any(part.asks for part in parts)
    # In a turn that asks, the talk around the question says nothing about it.
    parts = [part for part in parts if part.asks or not form]
    by_place: dict[int, dict[str, float]] = {}
    probe = small = 0.0
    for number, part in enumerate(parts):
        deep = number < by_meaning
        scores = by_place.setdefault(part.place, {})
        for question, value in _against(part, wordings, deep).items():
            scores[question] = max(value, scores.get(question, 0.0))
        probe = max(probe, _nearest(part.text, PROBES, deep))
        small = max(small, _nearest(part.text, SMALL_TALK, deep))
    return Likeness(_last_counts(by_place), probe, small, form), min(len(parts), by_meaning)


def _against(part: Window, wordings: Wordings, deep: bool) -> dict[str, float]:
    words = shared_words(part.text, wordings)
    near = encoders.likeness(part.text, wordings.texts) if deep else words
    by_question: dict[str, list[tuple[float, float]]] = {}
    for owner, close, common in zip(wordings.owners, near, words, strict=True):
        by_question.setdefault(owner, []).append((close, common))
    off = 0.0 if part.asks else NO_QUESTION
    return {question: max(0.0, _combined(values, deep) - off) for question, values in by_question.items()}


def _combined(values: list[tuple[float, float]], deep: bool) -> float:
    common = max(common for _, common in values)
    if not deep:
        return common
    best, second = ([*sorted((close for close, _ in values), reverse=True), 0.0])[:2]
    near = best if len(values) == 1 else (1 - SECOND) * best + SECOND * second
    return _scaled(near + SHARED_WORDS * common)


def _scaled(value: float) -> float:
    return min(1.0, max(0.0, (value - CHANCE) / (1 - CHANCE)))


def _nearest(text: str, known: tuple[str, ...], deep: bool) -> float:
    if deep:
        return _scaled(max(encoders.likeness(text, known)))
    words = frozenset(w.lower() for w in WORD.findall(text))
    close = max((len(words & bag) / math.sqrt(len(words) * len(bag)) for bag in _bags(known)), default=0.0)
    return close if close >= SAME else 0.0  # such wordings are small words mostly, which any two sentences share


@lru_cache(maxsize=4)
def _bags(known: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(w.lower() for w in WORD.findall(text)) for text in known)


def _last_counts(by_place: dict[int, dict[str, float]]) -> dict[str, float]:
    """Best likeness of each question; where a later sentence of the turn asks another one, the earlier gives way."""
    best: dict[str, float] = {}
    for place in sorted(by_place):
        scores = by_place[place]
        top = max(scores.values(), default=0.0)
        winner = min((q for q, value in scores.items() if value == top), default="")
        if top >= STRONG and winner != max(sorted(best), key=lambda q: best[q], default=""):
            best = {q: max(0.0, value - EARLIER) for q, value in best.items()}
        for question, value in scores.items():
            best[question] = max(value, best.get(question, 0.0))
    return best


STRONG = 0.4  # likeness from which a later sentence is taken for a question of its own
