"""How well the model codes, on coded interviews: `python benchmarks/coding.py develop|measure|ship|prepare|fairness`.

`develop`: cross-validation on the part that is developed on; `ship` makes of that part what ships: its sentences as training sentences
(codebooks/demo/anchors/gespraeche.csv), and the weights of pairs (pipeline/learning/shipped.json) from models that did not know
the interview; `measure`: day 0 and after 1 and 3 reviewed interviews, on the part that nobody looks at; `fairness`: contents told
in four varieties; `prepare`: words and vectors of what ships. Who wrote what, and the figures: docs/coding.md.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent))

import interviews as coded

from pipeline import codebook, fit, guide, study
from pipeline.evaluating import calibration, conformal, metrics
from pipeline.evaluating.intervals import ratio_interval
from pipeline.learning import frozen, ready, refit, training
from pipeline.learning.interviews import interview
from pipeline.learning.refit import Cells, Lesson
from pipeline.learning.threads import one_thread
from pipeline.score import bags
from pipeline.study import SEED

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases"
BOOK = ROOT / "codebooks" / "demo"
CONVERSATIONS = BOOK / "anchors" / "gespraeche.csv"
FOLDS = 5
EVERY = frozenset("PQ")  # interviews of these writers were coded with all codes, others with those of the first version
REVIEWED = (1, 3)


class Material:
    """A folder of coded interviews, run through the pipeline: lessons, turns, and how to train on some of them."""

    def __init__(self, folder: Path, work: Path, inside: bool = False) -> None:
        self.table = coded.run(folder, work, BOOK, "coding")
        self.inside = inside  # the interviews' own sentences are among the training sentences: those are then left out
        self.guide = guide.load(BOOK / "guide.yaml")
        self.anchors, self.scheme = self.table("anchors"), self.table("scheme")
        self.parents = dict(zip(self.scheme["code"], self.scheme["parent"], strict=True))
        self.since = dict(zip(self.scheme["code"], self.scheme["since"], strict=True))
        self.codes = fit.served(self.anchors, self.table("lessons"), self.scheme)
        self.told = coded.load(folder)
        self.lines = _lines(self.told) if inside else {}
        self.lessons = self._lessons(coded.truth(self.told, self.table))
        self.asked = guide.load(BOOK / "guide.yaml").expected()

    def _lessons(self, truth: dict[str, set[str]]) -> list[Lesson]:
        words = bags(self.table("tokens"), self.table("types").drop_duplicates("type"))
        questions, found = self.table("questions"), []
        rules: dict[str, set[str]] = {}
        for name in ("codings", "suggestions"):
            for row in self.table(name).itertuples():
                if row.coder == "rule" and (name == "codings" or row.reason == "das Modell folgt dem Treffer nicht"):
                    rules.setdefault(row.seg, set()).add(row.code)
        for doc, rows in self.table("vectors").groupby("doc", sort=True):
            own = questions[questions["doc"] == doc]
            segs, one = interview(rows, words, dict(zip(own["turn"], own["question"], strict=True)), self.guide.expected(), self.codes)
            codes = [tuple(sorted(truth.get(seg, ()))) for seg in segs]
            found.append(Lesson(str(doc), one, codes, np.ones(len(segs), dtype=bool), [tuple(sorted(rules.get(seg, ()))) for seg in segs]))
        return found

    def train(self, lessons: Sequence[Lesson], weights: Any = None, without: Sequence[Lesson] = ()) -> Any:
        """A model of the anchors and some lessons; sentences of interviews `without` are left out of the anchors."""
        pairs, free = weights or frozen.default_pairs()
        name = dict(zip([one.doc for one in self.lessons], [t["doc"] for t in self.told], strict=True))
        gone = {line for one in without for line in self.lines[name[one.doc]]}
        out = self.anchors["file"].str.endswith(CONVERSATIONS.name) & self.anchors["line"].isin(gone)
        with one_thread():
            return fit.trained(self.anchors[~out].reset_index(drop=True), self.scheme, self.guide, self.codes, lessons, pairs, free)

    def turns(self, cells: Cells) -> np.ndarray:
        number: dict[tuple[str, int], int] = {}
        by_doc = {one.doc: one.interview.turns for one in self.lessons}
        keys = [(doc, int(by_doc[doc][place])) for doc, place in zip(cells.doc.tolist(), cells.place.tolist(), strict=True)]
        return np.array([number.setdefault(key, len(number)) for key in keys])

    def columns(self, first: bool) -> np.ndarray:
        return np.array([n for n, code in enumerate(self.codes) if (self.since[code] == "1") == first])


def joined(parts: Sequence[Cells]) -> Cells:
    return Cells(
        {name: np.concatenate([p.features[name] for p in parts]) for name in parts[0].features},
        *(np.concatenate([getattr(p, name) for p in parts]) for name in ("truth", "doc", "place")),
    )


def figures(logits: np.ndarray, cells: Cells, turns: np.ndarray, columns: np.ndarray, certainty: Any) -> dict[str, float]:
    """The measures of docs/coding.md for some codes."""
    truth, raw = cells.truth[:, columns], logits[:, columns]
    chances = 1 / (1 + np.exp(-raw))
    told = calibration.apply_platt(calibration.Platt(certainty.slope, certainty.offset), raw)
    chosen = chances >= certainty.threshold
    surest = metrics.precision_at_coverage(truth, chances)
    number = {doc: n for n, doc in enumerate(sorted(set(cells.doc.tolist())))}
    docs = np.array([number[doc] for doc in cells.doc.tolist()])
    covered = conformal.coverage(truth, conformal.sets(told, certainty.covers), docs, SEED)
    by_turn = metrics.f1_parts(metrics.by_turn(truth, turns), metrics.by_turn(chosen, turns))
    docs_of_turns = metrics.by_turn(docs.astype(float), turns).astype(int)
    spread = ratio_interval(metrics.pool(by_turn), docs_of_turns, SEED)
    return {
        "mAP": metrics.mean_average_precision(truth, chances), "r@5": metrics.r_at(truth, chances), "P": metrics.pooled(truth, chosen).precision,
        "R": metrics.pooled(truth, chosen).recall, "miF sentence": metrics.pooled(truth, chosen).f1, "miF turn": float(spread.estimate),
        "low": float(spread.low), "high": float(spread.high), "maF": metrics.macro_f1(truth, chosen), "surest fifth": float(surest[0]),
        "ECE": calibration.top_error(truth, told), "cover": float(covered.share.estimate), "size": covered.size,
    }  # fmt: skip


def show(name: str, found: dict[str, float]) -> None:
    print(f"{name:34s} " + "  ".join(f"{key} {value:.3f}" for key, value in found.items()))


def day0(material: Material) -> Cells:
    """Cells from models that never saw the interview: of the anchors alone, or with the other interviews of the part."""
    if not material.inside:
        model = material.train([])
        return joined([refit.cells_of(model, one, material.parents) for one in material.lessons])
    parts = []
    for fold in range(FOLDS):
        model = material.train([], without=material.lessons[fold::FOLDS])
        parts += [refit.cells_of(model, one, material.parents) for one in material.lessons[fold::FOLDS]]
    return joined(sorted(parts, key=lambda part: str(part.doc[0])))


def outside(cells: Cells, columns: np.ndarray, learn_on: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Logits of some codes, with and without the question, from weights of pairs that were learnt on other interviews."""
    learn_on = columns if learn_on is None else learn_on
    logits, free = np.zeros(cells.truth.shape), np.zeros(cells.truth.shape)
    docs = sorted(set(cells.doc.tolist()))
    for fold in range(2 * FOLDS):
        here = np.isin(cells.doc, docs[fold :: 2 * FOLDS])
        learnt = refit.learn(_rows(cells, ~here, learn_on), None, hold=1.0)
        features = _rows(cells, here, columns).features
        logits[np.ix_(here, columns)], free[np.ix_(here, columns)] = learnt.pairs.apply(features), learnt.free.apply(features)
    return logits, free


def develop(material: Material) -> None:
    """Cross-validation: neither the classifier nor the weights of pairs knew the interview."""
    cells = day0(material)
    turns, writer = material.turns(cells), np.array([_writer(material, doc) for doc in cells.doc.tolist()])
    for first, name in ((True, "main codes"), (False, "codes that came later")):
        columns = material.columns(first)
        more = 0.0 if first else float(frozen.shipped().get("later", 0.0))
        for label, logits in zip(("all", "without the question"), outside(cells, columns, material.columns(True)), strict=True):
            logits = logits + more
            for group in ["".join(sorted(EVERY)), *sorted(set(writer.tolist()) - EVERY)] if first else ["".join(sorted(EVERY))]:
                here = np.isin(writer, list(group))
                part = _rows(cells, here, np.arange(cells.truth.shape[1]))
                show(f"{name}, {label}, {group}", figures(logits[here], part, turns[here], columns, frozen.default_certainty()))


def _rows(cells: Cells, rows: np.ndarray, columns: np.ndarray) -> Cells:
    features = {name: data[rows][:, columns] for name, data in cells.features.items()}
    return Cells(features, cells.truth[rows][:, columns], cells.doc[rows], cells.place[rows])


def ship(material: Material) -> None:
    """Make of the whole part what ships: its sentences, the weights of pairs, thresholds and certainty."""
    columns = material.columns(True)
    cells = day0(material)
    own = _rows(cells, np.ones(len(cells.doc), dtype=bool), columns)
    learnt = refit.learn(own, None, hold=1.0)
    logits, free = outside(cells, np.arange(cells.truth.shape[1]), learn_on=columns)
    writers = np.array([_writer(material, doc) for doc in cells.doc.tolist()])
    certainty = refit.certainty(logits[:, columns], free[:, columns], own.truth, writers)
    data = {
        name: {"base": round(one.base, 4), **{key: round(value, 4) for key, value in one.weights.items()}}
        for name, one in (("pairs", learnt.pairs), ("free", learnt.free))
    }
    every = np.isin(writers, list(EVERY))
    later = _later(logits[every], cells.truth[every], material.columns(False), certainty.threshold)
    content = {**data, "later": later, "certainty": {key: round(value, 6) for key, value in certainty._asdict().items()}}
    frozen.SHIPPED.write_text(json.dumps(content, indent=2) + "\n", "utf-8")
    print(f"written: {frozen.SHIPPED.relative_to(ROOT)}, {CONVERSATIONS.relative_to(ROOT)}")


def _writer(material: Material, doc: str) -> str:
    return dict(zip([one.doc for one in material.lessons], [t["doc"] for t in material.told], strict=True))[doc][0]


def _later(logits: np.ndarray, truth: np.ndarray, columns: np.ndarray, threshold: float) -> float:
    """What added to the logits of codes that came later makes their proposals agree best with people, in steps of a tenth."""
    at = np.log(threshold / (1 - threshold))
    grid = np.round(np.arange(0.0, 4.01, 0.1), 1)
    return float(grid[int(np.argmax([metrics.pooled(truth[:, columns], logits[:, columns] + more >= at).f1 for more in grid]))])


def _conversations(told: Sequence[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    """(interview, row of the file) of every sentence; the same words with the same codes stand once."""
    seen: set[tuple[str, str]] = set()
    found = []
    for one in told:
        under = "" if one["doc"][0] in EVERY else "1"
        for sentence in (s for turn in one["turns"] if turn["role"] == "R" for s in turn["sentences"]):
            codes = ";".join([*sentence["codes"], *sentence.get("extra", ())])
            key = codes, training.folded(sentence["t"])
            if key not in seen:
                seen.add(key)
                found.append((one["doc"], [codes, sentence["t"], one["variety"], f"constructed, interview {one['doc']}", under]))
    return found


def _lines(told: Sequence[dict[str, Any]]) -> dict[str, set[int]]:
    """Interview -> the lines of its sentences in the file of conversations."""
    found: dict[str, set[int]] = {}
    for line, (doc, _) in enumerate(_conversations(told), 2):
        found.setdefault(doc, set()).add(line)
    return found


def _write_conversations(told: Sequence[dict[str, Any]]) -> None:
    """The sentences of coded interviews as a file of anchors."""
    with CONVERSATIONS.open("w", encoding="utf-8-sig", newline="") as handle:
        out = csv.writer(handle, lineterminator="\n")
        out.writerow(["codes", "text", "variety", "source", "under"])
        out.writerows(row for _, row in _conversations(told))


def measure(material: Material) -> None:
    """Day 0, by who wrote the interviews; and after some reviewed interviews, drawn in a circle from the others of the same kind."""
    cells = day0(material)
    kind = np.array(["PQ" if _writer(material, doc) in EVERY else _writer(material, doc) for doc in cells.doc.tolist()])
    turns = material.turns(cells)
    for first, name in ((True, "main codes"), (False, "codes that came later")):
        columns = material.columns(first)
        more = 0.0 if first else float(frozen.shipped().get("later", 0.0))
        for number, label in ((0, "day 0"), (1, "day 0, without the question")):
            logits = frozen.default_pairs()[number].apply(cells.features) + more
            for group in sorted(set(kind.tolist())) if first else ["PQ"]:
                here = kind == group
                part = _rows(cells, here, np.arange(cells.truth.shape[1]))
                show(f"{name}, {label}, {group}", figures(logits[here], part, turns[here], columns, _at(number)))
    for group in sorted(set(kind.tolist())):
        own = [one for one in material.lessons if kind[cells.doc == one.doc][0] == group][:4]
        for count in (n for n in REVIEWED if n < len(own)):
            _reviewed(material, own, count, group)


def _reviewed(material: Material, own: Sequence[Lesson], count: int, group: str) -> None:
    """Figures of each interview after `count` of the others were reviewed."""
    logits, parts, certainties = [], [], []
    for place, one in enumerate(own):
        learnt, model = _after(material, [own[(place + 1 + n) % len(own)] for n in range(count)])
        part = refit.cells_of(model, one, material.parents)
        parts.append(part)
        logits.append(learnt.pairs.apply(part.features))
        certainties.append(learnt.certainty)
    every = joined(parts)
    mean = frozen.Certainty(*(float(np.mean(values)) for values in zip(*certainties, strict=True)))
    show(f"main codes, {count} reviewed, {group}", figures(np.concatenate(logits), every, material.turns(every), material.columns(True), mean))


def _at(number: int) -> Any:
    found = frozen.default_certainty()
    return found._replace(threshold=(found.threshold, found.free_threshold)[number])


def _after(material: Material, reviewed: Sequence[Lesson]) -> tuple[Any, Any]:
    make: Callable[..., Any] = partial(material.train)
    cells = refit.outside(reviewed, make, material.parents)
    learnt = refit.learn(cells, frozen.default_pairs())
    return learnt, material.train(reviewed, (learnt.pairs, learnt.free))


def fairness(_: Any = None) -> None:
    """Contents told in four varieties, each as the answer to its question; recall of the code among proposals and among the best five."""
    from fairness import measured  # beside this file

    for line in measured(BOOK / "fairness.csv", BOOK):
        print(line)


def prepare() -> None:
    """Words and vectors of all shipped training sentences, so that a first run need not make them."""
    settings = study.load(BOOK / "study.yaml")
    book, questions = codebook.load(BOOK / "codebook.yaml"), guide.load(BOOK / "guide.yaml")
    found = [one.text for one in (*training.gather(book, BOOK / "anchors"), *training.wordings(questions))]
    with (BOOK / "fairness.csv").open(encoding="utf-8-sig", newline="") as handle:
        found += [row["text"] for row in csv.DictReader(handle)]
    ready.SHIPPED.write_bytes(ready.to_ship(found, settings.annotate))
    print(f"written: {ready.SHIPPED.relative_to(ROOT)}, {len(set(found))} texts")


def main(argv: Sequence[str]) -> int:
    what = argv[0] if argv else ""
    if what in ("fairness", "prepare"):
        {"fairness": fairness, "prepare": prepare}[what]()
        return 0
    parts = {"develop": "develop", "ship": "develop", "measure": "measure"}
    if what not in parts:
        print(__doc__)
        return 2
    codebook.load(BOOK / "codebook.yaml")
    if what == "ship":
        _write_conversations(coded.load(CASES / "interviews" / "develop"))
    with tempfile.TemporaryDirectory() as work:
        material = Material(CASES / "interviews" / parts[what], Path(work), inside=what != "measure")
        {"develop": develop, "ship": ship, "measure": measure}[what](material)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
