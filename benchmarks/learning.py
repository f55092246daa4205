"""How well the learner tells classes apart on citizens' texts that people coded, and how fast it learns and judges.

    python benchmarks/learning.py                  both
    python benchmarks/learning.py quality          only how well (needs ../shared/data, or DATA=folder)
    python benchmarks/learning.py speed            only how fast

Figures of quality are those of predictions for contributions that the classifier never saw (five folds, whole contributions left
out), beside TF-IDF with a linear support vector machine on the same folds. Seconds are of the processor, user and system, in one
process with one thread. The data stay where they are; where they are not there, that is said and nothing measured.
"""

from __future__ import annotations

import csv
import math
import os
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

REPO = Path(__file__).parent.parent
sys.path[:0] = [str(REPO), str(Path(__file__).parent)]

import corpus  # noqa: E402
import learner_speed  # noqa: E402

Row = tuple[str, str, str, str]  # work, what it was, goal, remark
DATA = REPO.parent / "shared" / "data"
FOLDS = 5


# quality: citizens' texts that people coded

CLASSES: dict[str, Any] = {"ngram_range": (1, 3), "token_pattern": r"\S+", "lowercase": False}
LETTERS: dict[str, Any] = {"analyzer": "char_wb", "ngram_range": (2, 5)}
LEAST = 3  # texts that an n-gram stands in


class Texts(NamedTuple):
    """n texts in order: `text`, `docs` (contribution), `bags` (lemmas and compound parts); `grams`: lines of which n-grams are counted,
    how, and their weight; `dense`: parts (n x width) with their weight, the first of them centred to length 1. `strength` and
    `evenly` (0: as they come, 1: all classes count alike) say how it is learnt, `sure` whether the chance from which on a label is
    given is chosen on inner folds."""

    text: list[str]
    docs: np.ndarray
    bags: list[list[str]]
    grams: list[tuple[list[str], dict[str, Any], float]]
    dense: list[tuple[np.ndarray, float]]
    strength: float
    evenly: float
    sure: bool


class Ready(NamedTuple):
    """A text's words, word classes, vector, mean vector of its sentences, form."""

    words: list[str]
    tags: str
    vector: np.ndarray
    parts: np.ndarray
    form: list[float]


def made_ready(texts: Sequence[str]) -> list[Ready]:
    """Each text read, on all processors."""
    from joblib import Parallel, cpu_count, delayed

    size = -(-len(texts) // (4 * cpu_count()))
    parts = Parallel(n_jobs=-1)(delayed(read)(texts[at : at + size]) for at in range(0, len(texts), size))
    return [one for part in parts for one in part]


def read(texts: Sequence[str]) -> list[Ready]:
    from pipeline.encoders import vectors
    from pipeline.german import analyse, load
    from pipeline.learning.features import bag

    nlp, found = load(), []
    for text, vector in zip(texts, vectors(texts), strict=True):
        spans, tokens = analyse(nlp, text)
        tags = [t.tag for t in tokens]
        words = bag([t.lemma for t in tokens], ["|".join(t.parts) for t in tokens], [t.pos for t in tokens])
        finite, end = {"VVFIN", "VAFIN", "VMFIN"} & set(tags), text.rstrip()[-1:]
        form = [math.log1p(len(tags)) / 3, len(tags) <= 3, len(tags) <= 6, end == "?", end == "!", end.isalnum(), bool(finite), "VMFIN" in finite]
        parts = vectors(text[a:b] for a, b in spans).mean(axis=0) if len(spans) > 1 else vector
        # Where a sentence begins and ends tells an infinitive that demands from one that does not.
        found.append(Ready(words, f"^ {' '.join(tags)} $", vector, parts, [float(one) for one in form]))
    return found


def sentences(rows: Sequence[dict[str, str]]) -> Texts:
    """Sentences of contributions, each with its neighbours' vectors."""
    from pipeline.learning.context import beside

    text, docs = [row["content"] for row in rows], np.array([row["document_id"] for row in rows])
    made = made_ready(text)
    vectors = np.array([one.vector for one in made], dtype=np.float64)
    before, behind = np.zeros_like(vectors), np.zeros_like(vectors)
    first, last = beside(docs)
    before[first], behind[last] = vectors[np.flatnonzero(first) - 1], vectors[np.flatnonzero(last) + 1]
    dense = [(vectors, 1.0), (before, 1.0), (behind, 1.0), (np.array([one.form for one in made]), 0.5)]
    grams = [([one.tags for one in made], CLASSES, 1.5), (text, LETTERS, 1.5)]
    return Texts(text, docs, [one.words for one in made], grams, dense, 1.0, 1.0, False)


def contributions(rows: Sequence[dict[str, str]]) -> Texts:
    """Whole contributions: title and text together, the title alone, the text's sentences."""
    text, docs = [f"{row['title']}. {row['text']}" for row in rows], np.array([row["document_id"] for row in rows])
    made, titles = made_ready(text), made_ready([row["title"] for row in rows])
    dense = [(np.array([one.vector for one in made], dtype=np.float64), 1.0)]
    dense += [(np.array(part, dtype=np.float64), 0.7) for part in ([one.vector for one in titles], [one.parts for one in made])]
    return Texts(text, docs, [one.words for one in made], [(text, LETTERS, 1.5)], dense, 10.0, 0.5, True)


def features(data: Texts, known: np.ndarray, other: np.ndarray) -> tuple[Any, Any]:
    """Features of the texts to learn from and of others; all that is counted is counted on the first alone."""
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer

    from pipeline.learning.features import Features, centred, counts, learn_words, weighed

    words = learn_words(data.bags[n] for n in known)
    grams = [(lines, TfidfVectorizer(sublinear_tf=True, min_df=LEAST, **how), weight) for lines, how, weight in data.grams]
    for lines, tool, _ in grams:
        tool.fit([lines[n] for n in known])
    means = [values[known].mean(axis=0) for values, _ in data.dense]
    found = []
    for chosen in (known, other):
        dense = [(values[chosen] - mean) * weight for (values, weight), mean in zip(data.dense, means, strict=True)]
        dense[0] = centred(data.dense[0][0][chosen], means[0])
        sparse = [weighed(counts([data.bags[n] for n in chosen], words), words)]
        sparse += [tool.transform([lines[n] for n in chosen]) * weight for lines, tool, weight in grams]
        found.append(Features(np.hstack(dense), hstack(sparse).tocsr()))
    return found[0], found[1]


def ours(data: Texts, truth: np.ndarray, known: np.ndarray, other: np.ndarray) -> np.ndarray:
    """(others x labels) log odds of each label (`truth`: n x labels, 0 or 1)."""
    from pipeline.learning.classifier import chances, fit
    from pipeline.learning.threads import one_thread

    with one_thread():
        first, second = features(data, known, other)
        odds = np.full((len(other), truth.shape[1]), -9.0)
        for label in range(truth.shape[1]):
            own = truth[known, label]
            if 0 < own.sum() < len(own):
                logs = chances(second, fit(first, own, balance(own, data.evenly), 2, data.strength))
                odds[:, label] = logs[:, 1] - logs[:, 0]
    return odds


def balance(labels: np.ndarray, evenly: float) -> np.ndarray:
    """Weights of 0/1 labels: with `evenly` 1 both classes count alike, with 0 every text."""
    return np.asarray((len(labels) / (2 * np.bincount(labels, minlength=2))) ** evenly)[labels]


def chosen_on_inner_folds(data: Texts, truth: np.ndarray, known: np.ndarray, other: np.ndarray) -> np.ndarray:
    """`ours` less the log odds from which on a label is best given, found on folds of the texts to learn from alone."""
    from pipeline.learning.refit import best_threshold

    fold = folds(data.docs[known])
    inner = np.zeros((len(known), truth.shape[1]))
    for n in range(FOLDS):
        inner[fold == n] = ours(data, truth, known[fold != n], known[fold == n])
    least = best_threshold(1 / (1 + np.exp(-inner)), truth[known] == 1)
    return ours(data, truth, known, other) - math.log(least / (1 - least))


def theirs(data: Texts, truth: np.ndarray, known: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The same from TF-IDF of words and pairs of words with a linear support vector machine, classes weighed alike."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    tool = TfidfVectorizer(ngram_range=(1, 2))
    first, second = tool.fit_transform([data.text[n] for n in known]), tool.transform([data.text[n] for n in other])
    odds = np.full((len(other), truth.shape[1]), -9.0)
    for label in range(truth.shape[1]):
        own = truth[known, label]
        if 0 < own.sum() < len(own):
            odds[:, label] = LinearSVC(class_weight="balanced", random_state=0).fit(first, own).decision_function(second)
    return odds


def folds(docs: np.ndarray) -> np.ndarray:
    """The fold of each text, 0 to 4; a contribution is in one alone."""
    order = sorted(set(docs.tolist()))
    random.Random(corpus.SEED).shuffle(order)
    place = {doc: n % FOLDS for n, doc in enumerate(order)}
    return np.array([place[doc] for doc in docs.tolist()])


def predicted(how: Any, data: Texts, truth: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """(chosen x labels) whether each label is given, by a classifier that never saw the contribution."""
    from joblib import Parallel, delayed

    fold = folds(data.docs)[chosen]
    parts = [(chosen[fold != n], chosen[fold == n]) for n in range(FOLDS)]
    done = Parallel(n_jobs=-1)(delayed(how)(data, truth, known, other) for known, other in parts)
    odds = np.zeros((len(chosen), truth.shape[1]))
    for n, part in enumerate(done):
        odds[fold == n] = part
    return odds > 0


def macro(truth: np.ndarray, given: np.ndarray) -> float:
    from sklearn.metrics import f1_score

    return float(f1_score(truth.ravel(), given.ravel(), average="macro"))


def micro(truth: np.ndarray, given: np.ndarray) -> float:
    from sklearn.metrics import f1_score

    return float(f1_score(truth.ravel(), given.ravel()))


def beside_each_other(name: str, data: Texts, truth: np.ndarray, chosen: np.ndarray, goal: float, figure: Any, told: str) -> Row:
    """A row: the learner's figure and that of words with a linear support vector machine."""
    own, other = (figure(truth[chosen], predicted(how, data, truth, chosen)) for how in (chosen_on_inner_folds if data.sure else ours, theirs))
    return name, f"{own:.3f}", f">= {goal:.2f}", f"words with a linear SVM {other:.3f}; {told}"


def argument(rows: Sequence[dict[str, str]], name: str) -> list[Row]:
    """One process of participation: is a sentence an argument; is an argument a premise or a position."""
    data, codes = sentences(rows), np.array([row["code"] for row in rows])
    found = []
    for what, chosen, labels, goal in (
        ("argument or none", np.arange(len(codes)), codes != "non-arg", 0.73),
        ("premise or position", np.flatnonzero(np.isin(codes, ["premise", "mpos"])), codes == "mpos", 0.87),
    ):
        told = f"{len(chosen):,} sentences of {len(set(data.docs[chosen].tolist()))} contributions"
        found.append(beside_each_other(f"{name}: {what} (macro-F1)", data, labels.astype(int)[:, None], chosen, goal, macro, told))
    return found


def topics(rows: Sequence[dict[str, str]], name: str) -> Row:
    """Contributions with any number of topics, those that never occur left out."""
    names = [key for key in rows[0] if key not in ("document_id", "title", "text", "url")]
    truth = np.array([[int(float(row[key])) for key in names] for row in rows])
    truth = truth[:, truth.any(axis=0)]
    told = f"{len(rows)} contributions, {truth.shape[1]} topics"
    return beside_each_other(f"{name}: topics (micro-F1)", contributions(rows), truth, np.arange(len(rows)), 0.87, micro, told)


def quality(folder: Path) -> Iterator[Row]:
    """Rows of the table; a row that says so where the data are not there."""
    arguments, themes = sorted((folder / "cimt-argument-mining").glob("*/dataset_*.tsv")), sorted((folder / "cimt-thematic").glob("*.csv"))
    for path in arguments:
        yield from argument(table_rows(path, "\t"), path.parent.name.rpartition("-")[2])
    for path in themes:
        yield topics(table_rows(path, ","), path.stem.split("-")[1])
    for what, paths in (("arguments", arguments), ("topics", themes)):
        if not paths:
            yield f"{what} in citizens' texts", "not measured", "–", "the data are not there"


def table_rows(path: Path, delimiter: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle, delimiter=delimiter))


def table(rows: Sequence[Row]) -> str:
    return "| work | measured | to reach | |\n|---|---|---|---|\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def main(argv: Sequence[str]) -> int:
    if argv[:1] not in ([], ["quality"], ["speed"]):
        print(__doc__)
        return 2
    if argv != ["speed"]:
        print(table(list(quality(Path(os.environ.get("DATA") or DATA)))), flush=True)
    if argv != ["quality"]:
        number, words = int(os.environ.get("INTERVIEWS") or 50), int(os.environ.get("WORDS") or 10_000)
        folders = [Path(p) for p in os.environ.get("TEXT", "").split(":") if p] or corpus.shipped()
        print(table(learner_speed.speed(corpus.sentences(folders), number, words)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
