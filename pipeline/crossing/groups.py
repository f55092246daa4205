"""Topics by group, guide question and wave: how much of what each person says belongs to a topic, here and elsewhere.

A person is one observation: the share of a topic among this person's own sentences that belong to any topic, so that nobody
weighs more by talking more. Sentences that fit no topic are left out below the line as well: short answers and speech that
the tools analyse badly would otherwise make all topics of a group small. Whoever has fewer than `FEWEST` such sentences is not
compared (the share of three sentences is 0, 1/3, 2/3 or 1). Differences are between the people asked, not between groups of
a town.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from pipeline.crossing.permuting import Found, between, paired
from pipeline.language import N_

if TYPE_CHECKING:
    import pandas as pd

FEWEST = 8  # sentences with a topic that a person needs to be compared
FEWEST_IN_ANSWER = 3  # to one question; as many as `FEWEST` must stand elsewhere
LEAST = 3  # persons in a group, whatever the study sets, and conversations: fewer have no scatter that means anything
PAIRS = 5  # persons heard in both waves from which on only they are compared
QUESTION, WAVE = "question", "welle"
CLEAR, PERHAPS, NONE = N_("deutlicher Unterschied"), N_("vielleicht"), N_("nicht vom Zufall zu unterscheiden")
FEW = N_("zu wenige Befragte")
ALIKE = N_("zu wenige Gespräche")  # enough people, but of one or two workshops
SURE = 0.05


class Spoken(NamedTuple):
    """All m sentences that belong to a topic: number of the person (of `cases`), the question answered, the wave; and m x k topics.
    `talks`: number of the conversation in which each person said most."""

    cases: Sequence[str]
    topics: Sequence[str]
    talks: np.ndarray
    person: np.ndarray
    question: np.ndarray
    wave: np.ndarray
    belongs: np.ndarray

    def shares(self, chosen: np.ndarray, fewest: int) -> tuple[np.ndarray, np.ndarray]:
        """(people x topics) shares within the chosen sentences (m bool), and (people x 1) how many these are; nan for people with fewer
        than `fewest` of them."""
        said = np.bincount(self.person[chosen], minlength=len(self.cases)).astype(float)[:, None]
        said[said < max(fewest, 1)] = np.nan
        counts = [np.bincount(self.person[chosen & on], minlength=len(self.cases)) for on in self.belongs.T]
        return np.stack(counts, axis=1) / said, said


def spoken(segment_themes: pd.DataFrame, segment_topics: pd.DataFrame, topics: Sequence[str], waves: Mapping[str, str]) -> Spoken:
    """Sentences in order of interview and place; `waves`: interview -> wave. Sentences without a known person are left out."""
    column = {topic: n for n, topic in enumerate(topics)}
    of: dict[str, list[int]] = defaultdict(list)
    for seg, topic in zip(segment_topics["seg"], segment_topics["topic"], strict=True):
        of[seg].append(column[topic])
    own = segment_themes[segment_themes["seg"].isin(list(of))].sort_values(["doc", "turn", "seg"])
    cases = sorted(set(own["case"]))
    number = {case: n for n, case in enumerate(cases)}
    belongs = np.zeros((len(own), len(topics)), dtype=bool)
    for row, seg in enumerate(own["seg"]):
        belongs[row, of[seg]] = True
    person = np.array([number[case] for case in own["case"]], dtype=int)
    wave = np.array([waves.get(doc, "") for doc in own["doc"]], dtype=object)
    most = own.groupby(["case", "doc"]).size().reset_index(name="n").sort_values(["n", "doc"], ascending=[False, True]).drop_duplicates("case")
    docs = {doc: n for n, doc in enumerate(sorted(set(most["doc"])))}
    talks = np.array([docs[doc] for doc in most.sort_values("case")["doc"]], dtype=int)
    return Spoken(cases, topics, talks, person, own["question"].to_numpy(dtype=object), wave, belongs)


def traits(cases: pd.DataFrame, variable: str) -> dict[str, str]:
    """Case -> value. Whoever has several (heard once by telephone, once in a workshop) or none is in no group."""
    values: dict[str, set[str]] = defaultdict(set)
    for case, value in zip(cases["case"], cases[variable], strict=True):
        values[case] |= {value} - {""}
    return {case: next(iter(some)) for case, some in values.items() if len(some) == 1}


def rows(said: Spoken, cases: pd.DataFrame, variables: Iterable[str], small: int, seed: int) -> Iterator[dict[str, Any]]:
    """Rows of `topic_groups`; `small`: groups below are not compared (never below `LEAST`).

    `p_all` allows for all that stands in the table: within a variable by its greatest statistic, over variables by their number
    (Bonferroni), since a report shows all of them.
    """
    found = list(_each_alone(said, cases, variables, small, seed))
    compared = len({row["variable"] for row in found if "p_all" in row})
    for row in found:
        if "p_all" in row:
            row["p_all"] = min(1.0, row["p_all"] * compared)
            row["verdict"] = verdict(row["p"], row["p_all"], row["low"], row["high"])
        yield row


def _each_alone(said: Spoken, cases: pd.DataFrame, variables: Iterable[str], small: int, seed: int) -> Iterator[dict[str, Any]]:
    """Every variable's rows by itself."""
    if not len(said.person) or not len(said.topics):
        return
    least = max(LEAST, small)
    names = [name for name in variables if name in cases.columns]
    shares = said.shares(np.ones(len(said.person), dtype=bool), FEWEST)
    for name in names:
        yield from _groups(said, name, shares, traits(cases, name), least, seed)
    if QUESTION not in names:
        everybody = np.ones(len(said.cases), dtype=bool)
        yield from _within(said, QUESTION, said.question, FEWEST_IN_ANSWER, everybody, least, seed)
    waves = set(said.wave.tolist()) - {""}
    if WAVE not in names and len(waves) > 1:
        yield from _waves(said, least, seed)


def _waves(said: Spoken, least: int, seed: int) -> Iterator[dict[str, Any]]:
    """People heard in several waves with themselves, where there are `PAIRS` of them; else those heard in one with one another."""
    heard: dict[int, set[str]] = defaultdict(set)
    for person, wave in zip(said.person.tolist(), said.wave.tolist(), strict=True):
        heard[person] |= {wave} - {""}
    often = np.array([len(heard[n]) > 1 for n in range(len(said.cases))])
    if often.sum() >= PAIRS:
        yield from _within(said, WAVE, said.wave, FEWEST, often, least, seed)
        return
    once = {case: next(iter(heard[n])) for n, case in enumerate(said.cases) if len(heard[n]) == 1}
    yield from _groups(said, WAVE, said.shares(said.wave != "", FEWEST), once, least, seed)


def _groups(
    said: Spoken, name: str, spoken_by: tuple[np.ndarray, np.ndarray], value_of: Mapping[str, str], least: int, seed: int
) -> Iterator[dict[str, Any]]:
    """Each value of a variable against all people with another value."""
    values = sorted(set(value_of.values()))
    number = {value: n for n, value in enumerate(values)}
    group = np.array([number.get(value_of.get(case, ""), -1) for case in said.cases])
    shares, size = spoken_by
    able = (group >= 0) & ~np.isnan(size[:, 0])
    sizes, n = np.bincount(group[able], minlength=len(values)), int(able.sum())
    units = _units(group[able] * (len(said.cases) + 1) + said.talks[able])
    usual = shares[able].mean(axis=0) if able.any() else 0
    data, noise, weights = _means(shares[able], usual * (1 - usual) / size[able], units)
    of_unit = np.zeros(len(weights), dtype=int)
    of_unit[units] = group[able]
    talks = np.bincount(of_unit, minlength=len(values))
    enough = [v for v in range(len(values)) if sizes[v] >= least and n - sizes[v] >= least]
    asked = [v for v in enough if talks[v] >= LEAST and len(weights) - talks[v] >= LEAST]
    found = between(data, noise, weights, of_unit, asked, seed) if asked else None
    for v, value in enumerate(values):
        at = asked.index(v) if v in asked else None
        yield from _told(said, name, value, (n, int(sizes[v])), found, at, ALIKE if v in enough else FEW)


def _within(
    said: Spoken, name: str, values: np.ndarray, fewest: int, people: np.ndarray, least: int, seed: int
) -> Iterator[dict[str, Any]]:
    """Each value against the rest of what the same people say; `values` of all sentences, `people` (bool) who is looked at."""
    shares: list[tuple[np.ndarray, np.ndarray]] = []
    differences: list[np.ndarray] = []
    noise: list[np.ndarray] = []
    weights: list[np.ndarray] = []
    told: list[tuple[str, int, int | None, str]] = []
    talks = _units(said.talks)
    for value in sorted(set(values.tolist()) - {""}):
        (own, here), (others, there) = said.shares(values == value, fewest), said.shares(_elsewhere(name, values, value), FEWEST)
        able = people & ~np.isnan(own - others).any(axis=1)
        enough, several = int(able.sum()) >= least, len(set(talks[able].tolist())) >= LEAST
        told.append((value, int(able.sum()), len(shares) if enough and several else None, ALIKE if enough else FEW))
        if enough and several:
            shares.append((own[able].mean(axis=0), others[able].mean(axis=0)))
            usual = (own * here + others * there) / (here + there)
            blur = usual * (1 - usual) * (1 / here + 1 / there)
            data, spread, weight = _means(np.where(able[:, None], own - others, 0.0), np.where(able[:, None], blur, 0.0), talks, able)
            differences.append(data)
            noise.append(spread)
            weights.append(weight)
    found = paired(differences, noise, weights, shares, seed) if shares else None
    for value, n, at, why in told:
        yield from _told(said, name, value, (n, n), found, at, why)


def _units(keys: np.ndarray) -> np.ndarray:
    """Numbers from 0 of equal keys, in the keys' order."""
    return np.asarray(np.unique(keys, return_inverse=True)[1], dtype=int)


def _means(
    shares: np.ndarray, noise: np.ndarray, units: np.ndarray, able: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(units x k) means of the people of each unit, their noise, and (units) how many people those are."""
    counted = np.ones(len(shares)) if able is None else able.astype(float)
    people = np.bincount(units, weights=counted)
    sums, blur = np.zeros((2, len(people), shares.shape[1]))
    np.add.at(sums, units, shares * counted[:, None])
    np.add.at(blur, units, noise * counted[:, None])
    many = np.maximum(people, 1.0)[:, None]
    return sums / many, blur / many**2, people


def _elsewhere(name: str, values: np.ndarray, value: str) -> np.ndarray:
    # What answers no question of the guide is said elsewhere, too; an interview without a wave is in none.
    return np.asarray((values != value) & ((values != "") | (name == QUESTION)))


def _told(
    said: Spoken, name: str, value: str, sizes: tuple[int, int], found: Found | None, at: int | None, why: str
) -> Iterator[dict[str, Any]]:
    """A value's rows; where it was not compared (`at` is None) no figures but `sizes` (compared people, group), and why."""
    for k, topic in enumerate(said.topics):
        row: dict[str, Any] = {"topic": topic, "variable": name, "value": value, "n_cases": sizes[0], "n_group": sizes[1], "verdict": why}
        if found is not None and at is not None:
            row |= {column: float(getattr(found, column)[at, k]) for column in Found._fields}
            row["verdict"] = verdict(row["p"], row["p_all"], row["low"], row["high"])
        yield row


def verdict(p: float, p_all: float, low: float, high: float) -> str:
    """What a difference comes to; never one whose interval holds 0.

    >>> verdict(0.01, 0.03, 0.02, 0.2), verdict(0.01, 0.3, 0.02, 0.2), verdict(0.01, 0.03, -0.01, 0.2)
    ('deutlicher Unterschied', 'vielleicht', 'nicht vom Zufall zu unterscheiden')
    """
    if p >= SURE or low <= 0 <= high:
        return NONE
    return CLEAR if p_all < SURE else PERHAPS
