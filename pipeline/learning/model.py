"""A version of the model: everything that scoring an interview needs, frozen. Scoring is a pure function of (interview, model).

Codes compete with codes of the same age alone (`since` in the codebook): a category that comes later never changes what the
earlier ones got, so their figures stay comparable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipeline.encoders import unit
from pipeline.learning import context
from pipeline.learning.cells import Known, Text, features
from pipeline.learning.classifier import Weights, chances, fit
from pipeline.learning.features import Features, Words, centred, counts, learn_words, mean_of, weighed
from pipeline.learning.pairs import Pairs

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

OTHERS = 5.0  # where codes come later, all sentences of other codes weigh together as much as so many codes
FLOOR = 1e-6


class Row(NamedTuple):
    """A training sentence: its words, its vector (centred where it stands in an interview), its codes; `under`: the version of the
    category system that it was coded under (empty: today's); `later`: codes that came after it was read, so that it is no example of
    lacking them."""

    bag: Sequence[str]
    vector: np.ndarray
    codes: tuple[str, ...]
    weight: float = 1.0
    under: str = ""
    later: frozenset[str] = frozenset()


class Group(NamedTuple):
    """Codes of one age (`codes`: their numbers among the model's codes) with the classifier that tells them apart; the last class
    is none of them."""

    codes: np.ndarray
    weights: Weights


class Model(NamedTuple):
    codes: tuple[str, ...]
    groups: tuple[Group, ...]
    words: Words
    mean: np.ndarray
    known: Known
    pairs: Pairs
    free: Pairs  # without what rests on the interviewer's question
    later: float = 0.0  # added for codes that came later: they are told apart from all sentences of other codes, and so too seldom found


class Questions(NamedTuple):
    """The guide: `mean` of its wordings' vectors (width), `wordings` (w x width, less that mean, length 1), `owners` (w) number of each
    one's question, `wants` (questions x k) which of the model's codes it asks for. Without a guide all but the mean are empty."""

    mean: np.ndarray
    wordings: np.ndarray
    owners: np.ndarray
    wants: np.ndarray


class Interview(NamedTuple):
    """n sentences in order: words, vectors (n x width, length 1), number of the turn, the question before (n x width, or of length
    0), and per code of the model whether the guide's question asks for it (n x k)."""

    bags: Sequence[Sequence[str]]
    vectors: np.ndarray
    turns: np.ndarray
    asked: np.ndarray
    expected: np.ndarray


class Scored(NamedTuple):
    """(n x k) logits with and without the question's features, and the number of each code's nearest anchor (-1: none)."""

    logits: np.ndarray
    free: np.ndarray
    near: np.ndarray


def train(
    rows: Sequence[Row], codes: Sequence[str], since: Mapping[str, str], parents: Mapping[str, str], definitions: np.ndarray,
    asked: Questions, pairs: Pairs, free: Pairs, more: Sequence[Row] = (), later: float = 0.0,
) -> Model:  # fmt: skip
    """A model of `codes` (those that have training sentences) from anchors (`rows`) and sentences of reviewed interviews (`more`).

    `definitions` (k x width) in the order of `codes`. Rows' codes that are not served count for the code above them, or for nothing.
    """
    width = definitions.shape[1]
    general = np.mean([row.vector for row in rows], axis=0) if rows else np.zeros(width)
    vectors = centred(np.array([row.vector for row in rows]).reshape(len(rows), width), general)
    words = learn_words(row.bag for row in (rows or more))
    bags = [row.bag for row in (*rows, *more)]
    dense = np.vstack([vectors, *(row.vector[None, :] for row in more)])
    data = Features(dense, weighed(counts(bags, words), words))
    number = {code: n for n, code in enumerate(codes)}
    groups = []
    for first, members in enumerate(ages(codes, since)):
        able = [n for n, row in enumerate((*rows, *more)) if not row.under or _age(row.under) >= _age(since.get(members[0], "1"))]
        labels, chosen, weight = _labels([*rows, *more], able, members, parents, later=first > 0)
        place = np.array([number[code] for code in members])
        groups.append(Group(place, fit(data.rows(chosen), labels, weight, len(members) + 1)))
    bears = np.zeros((len(rows), len(codes)), dtype=bool)
    for n, row in enumerate(rows):
        for code in _served(row.codes, set(codes), parents):
            bears[n, number[code]] = True
    none = np.array([not row.codes for row in rows], dtype=bool)
    known = Known(definitions, *asked, vectors, bears, none)
    return Model(tuple(codes), tuple(groups), words, general, known, pairs, free, later)


def ages(codes: Sequence[str], since: Mapping[str, str]) -> list[list[str]]:
    """Codes put together by the version since which they exist, the oldest first."""
    found: dict[str, list[str]] = {}
    for code in codes:
        found.setdefault(since.get(code, "1"), []).append(code)
    return [found[name] for name in sorted(found, key=_age)]


def _age(version: str) -> tuple[int, str]:
    """Versions in order: 2 before 10."""
    return len(version), version


def _served(given: Sequence[str], members: set[str], parents: Mapping[str, str]) -> list[str]:
    """A sentence's codes among `members`, each given one standing for itself or for the nearest code above it."""
    found: dict[str, None] = {}
    for code in given:
        at = code
        while at and at not in members:
            at = parents.get(at, "")
        if at:
            found[at] = None
    return list(found)


def _labels(
    rows: Sequence[Row], able: Sequence[int], members: Sequence[str], parents: Mapping[str, str], later: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(class, number of the row, weight): a row with several codes stands once for each, sharing its weight. `able`: rows whose coders
    knew the codes at all."""
    place = {code: n for n, code in enumerate(members)}
    labels, chosen, weights, others = [], [], [], []
    for n in able:
        row = rows[n]
        served = _served(row.codes, set(place), parents)
        for code in served:
            labels.append(place[code])
            chosen.append(n)
            weights.append(row.weight / len(served))
        if not served and (later or not row.codes) and row.later.isdisjoint(place):
            others.append(len(labels))
            labels.append(len(members))
            chosen.append(n)
            weights.append(row.weight)
    weight = np.array(weights)
    if later and others:
        # A code known from a single interview has no sentence where that interview is left out.
        per_code = max((weight.sum() - weight[others].sum()) / len(members), 1.0)
        weight[others] *= OTHERS * per_code / weight[others].sum()
    return np.array(labels, dtype=np.int64), np.array(chosen, dtype=np.int64), weight


def views(model: Model, interview: Interview) -> list[tuple[np.ndarray, dict[str, np.ndarray], np.ndarray]]:
    """For every group of codes: their numbers, the features of all (sentence, code) pairs, the nearest anchors."""
    own = mean_of(interview.vectors, model.mean)
    vectors = centred(interview.vectors, own)
    found = counts(interview.bags, model.words)
    plain = Features(vectors, weighed(found, model.words))
    near = context.window(interview.vectors.astype(np.float64), interview.turns)
    near /= np.maximum(np.linalg.norm(near, axis=1, keepdims=True), 1e-9)
    wide = Features(centred(near, own), weighed(context.window_matrix(interview.turns) @ found, model.words))
    turns, number = np.unique(interview.turns, return_inverse=True)
    whole = Features(*_turns(interview, model, own, found, number, len(turns)))
    put = Features(unit(interview.asked - model.known.asked_mean), type(found)(found.shape))
    result = []
    for group in model.groups:
        one, window, turn, question = (np.maximum(np.exp(chances(data, group.weights)), FLOOR) for data in (plain, wide, whole, put))
        text = Text(
            one[:, :-1], window[:, :-1], turn[number, :-1], question[:, :-1], one[:, -1], window[:, -1], vectors, interview.turns,
            np.array([len(bag) for bag in interview.bags]), interview.asked, interview.expected[:, group.codes],
        )  # fmt: skip
        known = model.known._replace(
            definitions=model.known.definitions[group.codes], bears=model.known.bears[:, group.codes], wants=model.known.wants[:, group.codes]
        )
        result.append((group.codes, *features(text, known)))
    return result


def _turns(
    interview: Interview, model: Model, own: np.ndarray, found: csr_matrix, number: np.ndarray, size: int
) -> tuple[np.ndarray, csr_matrix]:
    """Vectors and words of whole turns; `number` (n) is each sentence's turn among `size`."""
    from scipy.sparse import csr_matrix

    joins = csr_matrix((np.ones(len(number)), (number, np.arange(len(number)))), shape=(size, len(number)))
    return centred(unit(joins @ interview.vectors.astype(np.float64)), own), weighed(joins @ found, model.words)


def score(model: Model, interview: Interview) -> Scored:
    """Every sentence with every code, before rules are looked at."""
    shape = len(interview.bags), len(model.codes)
    logits, free, near = np.zeros(shape), np.zeros(shape), np.full(shape, -1, dtype=np.int32)
    if shape[0]:
        for first, (codes, found, which) in enumerate(views(model, interview)):
            more = model.later if first else 0.0
            logits[:, codes] = model.pairs.apply(found) + more
            free[:, codes] = model.free.apply(found) + more
            near[:, codes] = which
        bare = ~interview.asked.any(axis=1)  # nobody asked: features of a question would say that it asks for everything
        logits[bare] = free[bare]
    return Scored(logits, free, near)
