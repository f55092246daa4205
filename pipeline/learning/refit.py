"""Learning from reviewed interviews: weights of pairs, thresholds and certainty from predictions that never saw the interview."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from pipeline.evaluating import calibration, conformal
from pipeline.learning import pairs
from pipeline.learning.cells import ASKING, FEATURES, RULES, cube
from pipeline.learning.frozen import Certainty, default_certainty
from pipeline.learning.model import Interview, Model, Row, views
from pipeline.learning.pairs import Pairs

FOLDS = 5  # with more interviews, several are left out at a time
HOLD = 1000.0  # how strongly the shipped weights hold against reviewed sentences
SOME = 10  # reviewed interviews from which on they say as much of certainty as what shipped
FREE = tuple(name for name in FEATURES if name not in ASKING)


class Lesson(NamedTuple):
    """A reviewed interview: n sentences, `codes` that people gave (n tuples), whether all are `known` (n), codes that rules gave, and
    of the known ones the codes that came into the codebook later (n tuples; empty: none)."""

    doc: str
    interview: Interview
    codes: Sequence[tuple[str, ...]]
    known: np.ndarray
    rules: Sequence[tuple[str, ...]]
    later: Sequence[tuple[str, ...]] = ()


class Cells(NamedTuple):
    """All (sentence, code) pairs of fully reviewed sentences: features by name (m x k), truth (m x k), interview (m), sentence (m); and
    which pairs people looked at (m x k; None: all), since a code may have come later. Of the others the truth is false and means nothing."""

    features: Mapping[str, np.ndarray]
    truth: np.ndarray
    doc: np.ndarray
    place: np.ndarray
    seen: np.ndarray | None = None

    def rows(self, chosen: np.ndarray) -> Cells:
        """Those of some sentences."""
        features = {name: data[chosen] for name, data in self.features.items()}
        return Cells(features, self.truth[chosen], self.doc[chosen], self.place[chosen], None if self.seen is None else self.seen[chosen])


class Learnt(NamedTuple):
    pairs: Pairs
    free: Pairs
    certainty: Certainty


def folds(docs: Sequence[str]) -> list[list[str]]:
    """Interviews to leave out together, in fixed order.

    >>> folds(["a", "b", "c"])
    [['a'], ['b'], ['c']]
    """
    ordered = sorted(set(docs))
    number = min(FOLDS, len(ordered)) if len(ordered) > FOLDS else len(ordered)
    return [ordered[n::number] for n in range(number)]


def outside(lessons: Sequence[Lesson], train: Callable[[Sequence[Lesson]], Model], parents: Mapping[str, str]) -> Cells:
    """Cells of every lesson from a model that learnt from the others alone."""
    parts: list[Cells] = []
    for left_out in folds([one.doc for one in lessons]):
        model = train([one for one in lessons if one.doc not in left_out])
        parts += [cells_of(model, one, parents) for one in lessons if one.doc in left_out]
    names = parts[0].features
    some = any(p.seen is not None for p in parts)
    made = Cells(
        {name: np.concatenate([p.features[name] for p in parts]) for name in names},
        *(np.concatenate([getattr(p, name) for p in parts]) for name in ("truth", "doc", "place")),
    )
    return made._replace(seen=np.concatenate([np.ones_like(p.truth) if p.seen is None else p.seen for p in parts])) if some else made


def cells_of(model: Model, lesson: Lesson, parents: Mapping[str, str]) -> Cells:
    """The pairs of one interview's fully reviewed sentences with the codes of a model, rules' hits among the features."""
    n, k = len(lesson.codes), len(model.codes)
    truth, rules = (matrix(given, model.codes, parents) for given in (lesson.codes, lesson.rules))
    found = {name: np.zeros((n, k)) for name in (*FEATURES, *RULES)}
    for codes, part, _ in views(model, lesson.interview):
        part |= rule_features(rules[:, codes])
        for name in found:
            found[name][:, codes] = part[name]
    keep = np.flatnonzero(lesson.known)
    seen = ~matrix([lesson.later[n] for n in keep.tolist()], model.codes, {}) if any(lesson.later) else None
    truth = truth[keep] if seen is None else truth[keep] & seen
    return Cells({name: data[keep] for name, data in found.items()}, truth, np.full(len(keep), lesson.doc), keep, seen)


def rule_features(rules: np.ndarray) -> dict[str, np.ndarray]:
    """What rules say: whether one gives the code, and whether one gives another code and none this one. (n x k) of 0 and 1."""
    hit = rules.astype(float)
    return {"rule": hit, "other_rule": (hit.max(axis=1, keepdims=True, initial=0) > 0) * (1 - hit)}


def matrix(given: Sequence[Sequence[str]], codes: Sequence[str], parents: Mapping[str, str]) -> np.ndarray:
    """(n x k) of what was given, codes above included."""
    number = {code: n for n, code in enumerate(codes)}
    found = np.zeros((len(given), len(codes)), dtype=bool)
    for row, own in enumerate(given):
        for code in own:
            at = code
            while at:
                if at in number:
                    found[row, number[at]] = True
                at = parents.get(at, "")
    return found


def learn(cells: Cells, before: tuple[Pairs, Pairs] | None, hold: float = HOLD) -> Learnt:
    """Weights, thresholds and certainty from out-of-interview cells. `before`: what shipped (None: nothing)."""
    kept: list[Pairs] = []
    for number, names in enumerate(((*FEATURES, *RULES), (*FREE, *RULES))):
        data, truth = cube(cells.features, names).reshape(-1, len(names)), cells.truth.ravel()
        if cells.seen is not None:
            data, truth = data[cells.seen.ravel()], truth[cells.seen.ravel()]
        kept.append(pairs.fit(data, truth.astype(float), names, before[number] if before else None, hold))
    own = certainty(kept[0].apply(cells.features), kept[1].apply(cells.features), cells.truth, seen=cells.seen)
    return Learnt(kept[0], kept[1], _between(own, default_certainty(), len(set(cells.doc.tolist()))) if before else own)


def _between(own: Certainty, before: Certainty, interviews: int) -> Certainty:
    """Certainty of a few interviews drawn to what shipped: one interview says little of thresholds."""
    share = interviews / (interviews + SOME)
    return Certainty(*(share * new + (1 - share) * old for new, old in zip(own, before, strict=True)))


def certainty(
    logits: np.ndarray, free: np.ndarray, truth: np.ndarray, kinds: np.ndarray | None = None, seen: np.ndarray | None = None
) -> Certainty:  # fmt: skip
    """Thresholds, Platt's numbers and the least chance of a covering set from logits (with and without the question) that never saw
    what they are held against; `kinds` as for `best_threshold`, `seen` as in `Cells`."""
    here = np.ones_like(truth) if seen is None else seen
    platt = calibration.fit_platt(truth[here], logits[here])
    covers = conformal.threshold(truth, calibration.apply_platt(platt, logits))
    # What nobody looked at is neither true nor proposed.
    first, second = (best_threshold(here / (1 + np.exp(-one)), truth, kinds) for one in (logits, free))
    return Certainty(first, second, platt.slope, platt.offset, max(covers, 0.0))


def best_threshold(chances: np.ndarray, truth: np.ndarray, kinds: np.ndarray | None = None) -> float:
    """The chance from which on proposals agree best with people (F1 over all pairs), in steps of a hundredth.

    `kinds` (n): sentences of different sources; every source then counts alike, however easy its sentences are.
    """
    grid = np.round(np.arange(0.05, 0.81, 0.01), 2)
    parts = [slice(None)] if kinds is None else [kinds == kind for kind in sorted(set(kinds.tolist()))]
    found = [float(np.mean([_f1(chances[part] >= value, truth[part]) for part in parts])) for value in grid]
    return round(float(grid[int(np.argmax(found))]), 2)


def _f1(chosen: np.ndarray, truth: np.ndarray) -> float:
    return 2 * float((chosen & truth).sum()) / max(1.0, float(chosen.sum() + truth.sum()))


def rows_of(lesson: Lesson, vectors: np.ndarray) -> list[Row]:
    """A lesson's sentences as training rows; `vectors` are the interview's, centred. Sentences of which only some codes are known and
    none applies teach nothing."""
    return [
        Row(lesson.interview.bags[n], vectors[n], lesson.codes[n], later=frozenset(lesson.later[n] if lesson.later else ()))
        for n in range(len(lesson.codes))
        if lesson.codes[n] or lesson.known[n]
    ]
