"""Stage 12, fit: the model of today's training sentences and of what `make learn` took from people's reviews, as one file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from pipeline import guide
from pipeline.encoders import BUNDLED, unit
from pipeline.encoders.kept import to_matrix
from pipeline.evaluating.calibration import Platt, apply_platt
from pipeline.learning import frozen, refit, training
from pipeline.learning.columns import to_column
from pipeline.learning.features import centred, mean_of
from pipeline.learning.frozen import Frozen
from pipeline.learning.interviews import interview
from pipeline.learning.model import Model, Questions, Row, train
from pipeline.learning.refit import Cells, Learnt, Lesson
from pipeline.learning.threads import one_thread

if TYPE_CHECKING:
    import pandas as pd

FEW = 15  # below, a code's proposals are called unsure
LEAST = 2  # training sentences of a code from which on it is served
CODINGS = 40  # codings in reviewed sentences, likewise
ENOUGH = 20  # reviewed sentences from which on people's reviews weigh in


def products(
    anchors: pd.DataFrame, scheme: pd.DataFrame, lessons: pd.DataFrame, settings: SimpleNamespace, guide_file: Path
) -> dict[str, bytes]:
    """The model's file."""
    rows, codes = anchor_rows(anchors), served(anchors, lessons, scheme)
    learnt = {"anchors": len(rows), "interviews": int(lessons["doc"].nunique()), "sentences": int(lessons["known"].str.startswith(training.ALL).sum())}
    if not settings.model.use or not codes:
        return {"model.bin": frozen.nothing(learnt)}
    version = version_of(anchors, scheme, lessons, guide_file, settings.model.encoder, codes)
    found = fitted(anchors, scheme, lessons, guide_file)
    return {"model.bin": frozen.to_bytes(Frozen(found.model, found.certainty, settings.model.encoder, version, learnt))}


def version_of(
    anchors: pd.DataFrame, scheme: pd.DataFrame, lessons: pd.DataFrame, guide_file: Path, encoder: str, codes: Sequence[str]
) -> str:
    """The name of a model: hash of all that it learns from, wherever it stands in its file."""
    taught = anchors[["kind", "codes", "under", "used", "words", "vector"]]
    tables = [rows_digest(data) for data in (taught, scheme[["code", "parent", "since", "coded"]], lessons)]
    return frozen.version_of([tables, guide.load(guide_file).model_dump(mode="json"), encoder, frozen.shipped(), list(codes)])


class Fitted(NamedTuple):
    """A model with its certainty; `cells` of reviewed interviews from models that did not know them, None where there are none."""

    model: Model
    certainty: frozen.Certainty
    cells: Cells | None


_LAST: dict[str, Fitted] = {}  # table and file of one run come from one fit


def fitted(anchors: pd.DataFrame, scheme: pd.DataFrame, lessons: pd.DataFrame, guide_file: Path) -> Fitted:
    """The model of today's sentences; reviewed interviews refine weights and certainty where there are enough of them."""
    book = guide.load(guide_file)
    key = frozen.version_of([rows_digest(t) for t in (anchors, scheme, lessons)] + [book.model_dump(mode="json")])
    if key not in _LAST:
        _LAST.clear()
        with one_thread():
            _LAST[key] = _fitted(anchors, scheme, lessons, book)
    return _LAST[key]


def _fitted(anchors: pd.DataFrame, scheme: pd.DataFrame, lessons: pd.DataFrame, book: guide.Guide) -> Fitted:
    codes = served(anchors, lessons, scheme)
    told = lessons_of(lessons, book, codes)
    make = partial(trained, anchors, scheme, book, codes)
    before = frozen.default_pairs()
    if not any(one.known.any() for one in told):
        return Fitted(make(told, *before), frozen.default_certainty(), None)
    parents = dict(zip(scheme["code"], scheme["parent"], strict=True))
    cells = refit.outside(told, lambda others: make(others, *before), parents)
    learnt = refined(cells)
    return Fitted(make(told, learnt.pairs, learnt.free), learnt.certainty, cells)


def refined(cells: Cells) -> Learnt:
    """Weights and certainty from reviewed sentences, as they ship where these are few or hold few codes."""
    before = frozen.default_pairs()
    if len(cells.doc) < ENOUGH or cells.truth.sum() < CODINGS:
        return Learnt(*before, frozen.default_certainty())
    return refit.learn(cells, before)


def trained(
    anchors: pd.DataFrame, scheme: pd.DataFrame, book: guide.Guide, codes: Sequence[str], lessons: Sequence[Lesson],
    pairs: Any, free: Any,
) -> Model:  # fmt: skip
    """The model of all anchors and of some lessons."""
    rows = anchor_rows(anchors)
    general = np.mean([row.vector for row in rows], axis=0) if rows else np.zeros(lessons[0].interview.vectors.shape[1])
    more: list[Row] = []
    for one in lessons:
        own = centred(one.interview.vectors, mean_of(one.interview.vectors, general))
        more += refit.rows_of(one, own)
    defined = anchors[anchors["kind"] == training.DEFINITION]
    texts = dict(zip(defined["codes"], to_matrix(list(defined["vector"])), strict=True))
    since, parents = (dict(zip(scheme["code"], scheme[name], strict=True)) for name in ("since", "parent"))
    asked = _questions(anchors, book, codes, general)
    return train(rows, codes, since, parents, np.array([texts[code] for code in codes]), asked, pairs, free, more, frozen.shipped().get("later", 0.0))


def _questions(anchors: pd.DataFrame, book: guide.Guide, codes: Sequence[str], general: np.ndarray) -> Questions:
    """The guide as a model knows it."""
    rows = anchors[anchors["kind"] == training.WORDING]
    wants = np.array([[code in q.expects for code in codes] for q in book.questions], dtype=bool).reshape(-1, len(codes))
    if rows.empty:
        return Questions(general, np.zeros((0, len(general))), np.zeros(0, dtype=int), wants[:0])
    vectors = to_matrix(list(rows["vector"])).astype(np.float64)
    number = {q.id: n for n, q in enumerate(book.questions)}
    mean = vectors.mean(axis=0)
    return Questions(mean, unit(vectors - mean), np.array([number[name] for name in rows["codes"]]), wants)


def anchor_rows(anchors: pd.DataFrame) -> list[Row]:
    """The training sentences that are used, definitions left out: they are compared with, not learnt from."""
    used = anchors[training.taught(anchors)]
    made = to_matrix(list(used["vector"])).astype(np.float64)
    return [
        Row(words.split(), made[n], tuple(c for c in codes.split(training.SEPARATOR) if c), under=under)
        for n, (words, codes, under) in enumerate(zip(used["words"], used["codes"], used["under"], strict=True))
    ]


def served(anchors: pd.DataFrame, lessons: pd.DataFrame, scheme: pd.DataFrame) -> list[str]:
    """Codes with enough training sentences, in the codebook's order; sentences of codes below count for those above."""
    number = counted(anchors, lessons, scheme)
    coded = scheme[scheme["coded"] == "yes"].sort_values("order")
    return [code for code in coded["code"] if number[code] >= LEAST]


def counted(anchors: pd.DataFrame, lessons: pd.DataFrame, scheme: pd.DataFrame) -> Counter[str]:
    """Training sentences by code."""
    used = anchors[training.taught(anchors)]
    known = set(scheme["code"])
    given = [codes.split(training.SEPARATOR) for codes in (*used["codes"], *lessons["codes"]) if codes]
    return Counter(code for codes in given for code in codes if code in known)


def lessons_of(lessons: pd.DataFrame, book: guide.Guide, codes: Sequence[str]) -> list[Lesson]:
    """The reviewed interviews in the order of their ids."""
    found = []
    for doc, rows in lessons.groupby("doc", sort=True):
        spoken = rows[rows["seg"] != ""].set_index("seg")
        bags = {seg: words.split() for seg, words in spoken["words"].items()}
        asked = dict(zip(rows["turn"], rows["question"], strict=True))
        segs, one = interview(rows, bags, asked, book.expected(), codes)
        given, rules = ([tuple(c for c in spoken.at[s, name].split(training.SEPARATOR) if c) for s in segs] for name in ("codes", "rules"))
        unknown = [training.unknown_of(spoken.at[s, "known"]) for s in segs]
        found.append(Lesson(str(doc), one, given, np.array([codes is not None for codes in unknown], dtype=bool), rules, [codes or () for codes in unknown]))
    return found


def rows_digest(data: pd.DataFrame) -> str:
    """A hash of a table's content."""
    return frozen.version_of(data.to_dict("list"))


def whole(
    anchors: pd.DataFrame, scheme: pd.DataFrame, lessons: pd.DataFrame, settings: SimpleNamespace, guide_file: Path
) -> dict[str, list[dict[str, Any]]]:
    """A row a code: from how many sentences it was learnt, and what is to be said of that."""
    used = anchors[training.taught(anchors)]
    varieties: dict[str, set[str]] = defaultdict(set)
    for codes, variety in zip(used["codes"], used["variety"], strict=True):
        for code in codes.split(training.SEPARATOR):
            varieties[code] |= {variety} - {""}
    of_anchors, of_lessons = counted(anchors, lessons.iloc[:0], scheme), counted(anchors.iloc[:0], lessons, scheme)
    codes = served(anchors, lessons, scheme) if settings.model.use else []
    able, version = set(codes), version_of(anchors, scheme, lessons, guide_file, settings.model.encoder, codes) if codes else ""
    return {
        "outside": _outside(fitted(anchors, scheme, lessons, guide_file), lessons) if able else [],
        "model_codes": [
            {
                "order": order, "code": code, "served": "yes" if code in able else "no", "n_anchors": of_anchors[code],
                "n_reviewed": of_lessons[code], "n_varieties": len(varieties[code]), "note": _note(code in able, of_anchors[code], settings.model.use),
                "version": version, "encoder": (settings.model.encoder or BUNDLED) if codes else "",
            }
            for order, code, coded in zip(scheme["order"], scheme["code"], scheme["coded"], strict=True)
            if coded == "yes"
        ]
    }  # fmt: skip


def _outside(found: Fitted, lessons: pd.DataFrame) -> list[dict[str, Any]]:
    """What models and weights that did not know an interview say of its reviewed sentences, rules as they were when it was learnt."""
    if found.cells is None:
        return []
    spoken = lessons[lessons["seg"] != ""].assign(width=lambda rows: rows["seg"].str.len()).sort_values(["doc", "turn", "width", "seg"])
    own = {doc: list(zip(rows["turn"], rows["seg"], strict=True)) for doc, rows in spoken.groupby("doc")}
    made: list[dict[str, Any]] = []
    for left_out in refit.folds(found.cells.doc.tolist()):
        here = np.isin(found.cells.doc, left_out)
        part, learnt = found.cells.rows(here), refined(found.cells.rows(~here))
        told = apply_platt(Platt(learnt.certainty.slope, learnt.certainty.offset), learnt.pairs.apply(part.features))
        free = 1 / (1 + np.exp(-learnt.free.apply(part.features)))
        for n, (doc, place) in enumerate(zip(part.doc.tolist(), part.place.tolist(), strict=True)):
            turn, seg = own[doc][place]
            made.append({"doc": doc, "turn": turn, "seg": seg, "chances": to_column(told[n]), "free": to_column(free[n])})
    return made


def _note(able: bool, anchors: int, use: bool) -> str:
    if not use:
        return "das Modell ist abgeschaltet"
    if not able:
        return "zu wenige Ankersätze: das Modell schlägt diese Kategorie nicht vor"
    return f"wenige Ankersätze ({anchors}): Vorschläge sind unsicher" if anchors < FEW else ""

