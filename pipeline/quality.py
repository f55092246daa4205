"""The stage quality: how good the model's proposals are, measured on what people read, and how common codes are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline import covered, guide
from pipeline.evaluating import calibration, figures, metrics
from pipeline.evaluating.drawn_turns import from_turns, unlikely
from pipeline.evaluating.figures import Beside, Figure
from pipeline.evaluating.intervals import ratio_interval
from pipeline.evaluating.prevalence import Share, from_interviews
from pipeline.learning import frozen, measured
from pipeline.learning.frozen import Certainty
from pipeline.learning.measured import Sentences, numbered
from pipeline.learning.thresholds import thresholds
from pipeline.study import SEED
from pipeline.tables import CODED_ROLES, MACHINES

if TYPE_CHECKING:
    import pandas as pd

Rows = list[dict[str, Any]]


def whole(
    turns: pd.DataFrame, segments: pd.DataFrame, cases: pd.DataFrame, questions: pd.DataFrame, scheme: pd.DataFrame, codings: pd.DataFrame,
    decisions: pd.DataFrame, reviewed: pd.DataFrame, chances: pd.DataFrame, outside: pd.DataFrame, model_codes: pd.DataFrame, lessons: pd.DataFrame,
    settings: SimpleNamespace, model_file: Path, guide_file: Path,
) -> dict[str, Rows]:  # fmt: skip
    """All tables of quality; those of proposals are empty where there is no model, or where nobody read a passage for all codes."""
    model = frozen.read(model_file) if settings.model.use else None
    codes = model.model.codes if model else ()
    parents = dict(zip(scheme["code"], scheme["parent"], strict=True))
    every = measured.sentences(turns, segments, chances, outside, reviewed, codings, decisions, len(codes), CODED_ROLES, MACHINES)
    # A model knows interviews that it learnt from: there only what a model that did not know them says is measured.
    strange = ~np.isin(np.asarray(every.doc).astype(str), sorted(set(lessons["doc"])))
    own = every.rows(every.read & every.judged & (every.learnt | strange))
    asked, book = dict(zip(zip(questions["doc"], questions["turn"], strict=True), questions["question"], strict=True)), guide.load(guide_file)
    found: dict[str, Rows] = {"quality": [], "quality_codes": [], "quality_calibration": []}
    if model and len(own.doc):
        told, free = (_beside(own, data, least, codes, parents) for data, least in zip((own.told, own.free), thresholds(model.certainty, settings.model.threshold), strict=True))
        wanted = _expected(own, asked, book.expected(), codes)
        found["quality"] = [*_figures(own, told, free, wanted, model.certainty), *_by_group(own, told, cases, _variables(settings))]
        order = dict(zip(model_codes["code"], model_codes["order"], strict=True))
        found |= {"quality_codes": _codes(told, [(order[code], code) for code in codes], own.known(codes).sum(axis=0)), "quality_calibration": _calibration(told)}
    return {
        **found,
        "quality_prevalence": _prevalence(every, codes, scheme, parents, covered.full(reviewed)),
    }


def _beside(own: Sentences, chances: np.ndarray, least: float, codes: Sequence[str], parents: Mapping[str, str]) -> Beside:
    """Of codes that came after a sentence was read, nothing is known there: they are neither given nor proposed."""
    known = own.known(codes)
    return Beside(own.truth(codes, parents) & known, chances * known, (chances >= least) & known, numbered(own.doc.tolist()))


def _expected(own: Sentences, asked: Mapping[tuple[str, int], str], expected: Mapping[str, set[str]], codes: Sequence[str]) -> np.ndarray:
    """(n x k) whether the guide's question that a sentence answers asks for a code."""
    return np.array(
        [[code in expected.get(asked.get((doc, turn), ""), ()) for code in codes] for doc, turn in zip(own.doc, own.turn.tolist(), strict=True)],
        dtype=bool,
    ).reshape(len(own.doc), len(codes))  # fmt: skip


def _figures(own: Sentences, told: Beside, free: Beside, wanted: np.ndarray, sure: Certainty) -> Iterator[dict[str, Any]]:
    """Figures of all measured sentences and turns, of the model without the question, on and off what the question asks for; and
    how many of the sentences the model had learnt from (their chances are those of a model that never saw the interview)."""
    turn = own.turns()
    for unit, one, other in (("sentence", told, free), ("turn", told.turns(turn), free.turns(turn))):
        yield from _rows(unit, "all", "", [*figures.short(one, SEED), *figures.ranking(one, SEED)])
        yield from _rows(unit, "question_free", "", [*figures.short(other, SEED), *figures.ranking(other, SEED)])
    # Certainty is promised of sentences: the chances of a turn are those of its surest sentence.
    yield from _rows("sentence", "all", "", figures.certainty(told, sure.covers, SEED))
    for value, cells in (("on", wanted), ("off", ~wanted)):
        yield from _rows("sentence", "prior", value, figures.recall_among(told, cells, SEED))
    for value, which in (("yes", own.learnt), ("no", ~own.learnt)):
        yield from _rows("sentence", "learnt", value, figures.size(told.rows(which)))


def _variables(settings: SimpleNamespace) -> list[str]:
    return list(settings.findings.groups or (name for name, one in settings.variables.items() if one.values))


def _by_group(own: Sentences, told: Beside, cases: pd.DataFrame, variables: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Short figures for every group of respondents and every language that interviews were held in."""
    turn = own.turns()
    for name in (*variables, "language"):
        value_of = dict(zip(cases["case"], cases[name], strict=True)) if name in cases.columns else {}
        values = np.array([value_of.get(case, "") for case in own.case.tolist()], dtype=object)
        for value in sorted(set(values.tolist()) - {""}):
            here = values == value
            part = told.rows(here)
            yield from _rows("sentence", name, value, figures.short(part, SEED))
            yield from _rows("turn", name, value, figures.short(part.turns(numbered(turn[here].tolist())), SEED))


def _rows(unit: str, part: str, value: str, found: Iterable[Figure]) -> Iterator[dict[str, Any]]:
    for one in found:
        yield {"unit": unit, "part": part, "value": value, **one._asdict()}


def _codes(told: Beside, codes: Iterable[tuple[int, str]], known: np.ndarray) -> Rows:
    """A row for every code that the model serves; `known` (k): sentences that people read for it."""
    t, c = told.truth, told.chosen
    precision, recall = (ratio_interval(make(t, c), told.interview, SEED) for make in (metrics.precision_parts, metrics.recall_parts))
    f1, ap = metrics.per_code(t, c).f1, metrics.average_precision(t, told.chances)
    rows = []
    for k, (order, code) in enumerate(codes):
        rows.append(
            {
                "order": order, "code": code, "n_sentences": int(known[k]), "n_true": int(t[:, k].sum()), "n_proposed": int(c[:, k].sum()),
                "n_both": int((t & c)[:, k].sum()), "f1": float(f1[k]), "ap": float(ap[k]),
                **{f"precision{end}": float(x[k]) for end, x in zip(("", "_low", "_high"), precision, strict=True)},
                **{f"recall{end}": float(x[k]) for end, x in zip(("", "_low", "_high"), recall, strict=True)},
            }
        )  # fmt: skip
    return rows


def _calibration(told: Beside) -> Rows:
    """Each sentence's best code: how sure the model was, and how often it was true."""
    found = calibration.reliability(metrics.best_is_true(told.truth, told.chances), told.chances.max(axis=1))
    return [
        {"bin": n, "low": float(low), "n": int(size), "score": float(score), "true": float(true)}
        for n, (low, size, score, true) in enumerate(zip(*found, strict=True))
    ]  # fmt: skip


LATER = "Diese Kategorie kam nach {n} gelesenen Stellen ins Codebuch; erst wenn sie nachgelesen sind, lässt sich ihr Anteil schätzen."
LATER_ONE = "Diese Kategorie kam nach einer gelesenen Stelle ins Codebuch; erst wenn sie nachgelesen ist, lässt sich ihr Anteil schätzen."


def _prevalence(every: Sentences, codes: Sequence[str], scheme: pd.DataFrame, parents: Mapping[str, str], read: pd.DataFrame) -> Rows:
    """The share of sentences with a code: from turns drawn at random, else from interviews read as a whole, else why it is not told.

    `read`: passages that people read for all codes; a code that came after some of them was not looked for there.
    """
    known = list(scheme[scheme["coded"] == "yes"].sort_values("order").itertuples())
    truth = every.truth([one.code for one in known], parents)
    later = set().union(*every.open) if every.open else set()
    shares = _shares(every)
    rows = []
    for column, one in enumerate(known):
        scores = every.told[:, codes.index(one.code)] if one.code in codes else np.zeros(len(every.doc))
        share = shares(scores, truth[:, column])
        if one.code in later:
            n = _open(every, read[covered.lacking(read, one.code)], one.code)
            share = Share(np.nan, np.nan, np.nan, share.n_reviewed, share.method, LATER.format(n=n) if n > 1 else LATER_ONE)
        rows.append({"order": one.order, "code": one.code, **share._asdict()})
    return rows


def _open(every: Sentences, read: pd.DataFrame, code: str) -> int:
    """How many of the passages `read` hold a sentence that nobody has read for a code yet; one at least."""
    turns = {(doc, turn) for doc, turn, codes in zip(every.doc.tolist(), every.turn.tolist(), every.open, strict=True) if code in codes}
    passages = set(zip(read["doc"], read["turn"], read["start"], read["end"], strict=True))
    return max(1, sum(passage[:2] in turns for passage in passages))


def _shares(every: Sentences) -> Callable[[np.ndarray, np.ndarray], Share]:
    """How the share of a code is worked out from chances (N) and what people gave (N).

    Chances of sentences from which the model learnt come from other models than those of all others, so their errors say nothing of
    these: then the machine is left out, and people's reading stands alone.
    """
    drawn, turn, docs = np.flatnonzero(every.drawn), every.turns(), every.doc.astype(str)
    doubt = unlikely(numbered(docs.tolist()), turn, every.drawn)
    number = len(set(docs.tolist()))
    complete = np.flatnonzero(np.isin(docs, [doc for doc in set(docs.tolist()) if every.read[docs == doc].all()]))

    def share(scores: np.ndarray, truth: np.ndarray) -> Share:
        if len(drawn) and not doubt:
            found = from_turns(_alone(scores, every, drawn), drawn, truth[drawn], turn[drawn], tuned=True)
            if not found.reason or not len(complete):
                return found
        if len(complete):
            found = from_interviews(truth[complete], docs[complete], number, _alone(scores, every, complete), complete)
            return found._replace(reason=f"{doubt} {found.reason}".strip()) if found.reason else found
        nothing = from_turns(scores, drawn[:0], truth[:0], turn[:0], tuned=True)
        return nothing._replace(reason=doubt, n_reviewed=len(drawn)) if doubt else nothing

    return share


def _alone(scores: np.ndarray, every: Sentences, rows: np.ndarray) -> np.ndarray:
    return np.zeros(len(scores)) if every.learnt[rows].any() else scores
