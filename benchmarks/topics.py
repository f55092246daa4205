"""How well topic models find what people know to be in texts, how stable they are, and what they cost.

    python benchmarks/topics.py                              citizens' texts and constructed interviews, all models
    python benchmarks/topics.py citizens --models joint,nmf  one corpus, some models
    python benchmarks/topics.py --part develop               only the part by which models may be tuned (measure: only the other)
    CORPUS=folder python benchmarks/topics.py folder         texts with one label each, a folder a label: docs/themen.md says how to get them

`--seeds 5`: fits whose figures are averaged; `--folds 20`: how many parts of the corpus (interviews; a twentieth
of the texts) are left out, one at a time.
WORK=folder keeps annotations and vectors; WRITE=ja writes the tables in docs/themen.md. Seconds are of the processor, one thread, the best of three fits. tomotopy is measured where it
is installed. The data stay where they are; what is not there is named and not measured.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np

REPO = Path(__file__).parent.parent
sys.path[:0] = [str(REPO), str(Path(__file__).parent)]

import topic_corpora as corpora  # noqa: E402
from topic_measures import agreement, assigned, best_f1, matched, npmi, top_words  # noqa: E402
from topic_rivals import BASE, MANY, RIVAL, Model, models  # noqa: E402

from pipeline.learning.threads import one_thread  # noqa: E402
from pipeline.study import SEED, Study  # noqa: E402
from pipeline.topicmodels import Material  # noqa: E402
from pipeline.topicmodels.words import material  # noqa: E402

Row = tuple[str, str, str, str]  # work, what it was, goal, remark
DATA = REPO.parent / "shared" / "data"
INTERVIEWS = REPO / "tests" / "cases" / "interviews" / "develop"
NAMES = ("citizens", "interviews", "folder", "segments")
ONE = Study().topics.model  # the model of which the default makes many fits
MARGIN, FIRMER = 0.04, 0.15  # goals: NMI over tomotopy's, stability over plain NMF's


# measuring


class Measured(NamedTuple):
    """A model on a corpus. `labelled`: what is labelled -> (NMI, ARI, mean best F1); nan where it does not apply."""

    model: str
    labelled: dict[str, tuple[float, float, float]]
    npmi: float
    left_out: float
    units: float
    halves: float
    seeds: float
    seconds: float
    placed: float


Found = tuple[list[tuple[str, ...]], np.ndarray]  # top words of each topic, topic of each unit
WAYS = 5  # to part a corpus in halves
Result = tuple[corpora.Corpus, list[Measured]]


def prepared(data: corpora.Corpus, rows: np.ndarray) -> Material:
    return material([data.sentences[n] for n in rows], data.vectors[rows], Study().topics.neighbours)


def spent(model: Model, data: Material, number: int) -> float:
    """Seconds of processor for one fit, the best of three (of one where it takes long); nothing kept from fit to fit."""
    best = float("inf")
    for _ in range(3):
        fresh = dataclasses.replace(data, kept={})
        begun = time.process_time()
        model(fresh, number, SEED)
        best = min(best, time.process_time() - begun)
        if best > 5:
            break
    return best


def alone(data: corpora.Corpus, rows: np.ndarray, chosen: Sequence[str]) -> dict[str, Found]:
    """Top words and the units' topics of each model where only `rows` were ever there: vocabulary, weights and all made anew."""
    with one_thread():
        rest = prepared(data, rows)
        known = models(data.lent)
        fits = {name: known[name](rest, data.number, SEED) for name in chosen}
        return {name: (top_words(fit.terms, rest.terms), assigned(fit.weights)) for name, fit in fits.items()}


def parted(data: corpora.Corpus, folds: int) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """(units without a part, one entry each part left out; units of a half, two entries each way to part all in halves)"""
    parts = sorted(set(data.folds.tolist()))
    dice = np.random.default_rng(SEED)
    halves = []
    for _ in range(WAYS):
        first = np.isin(data.folds, dice.permutation(parts)[: len(parts) // 2])
        halves += [np.flatnonzero(first), np.flatnonzero(~first)]
    return [np.flatnonzero(data.folds != fold) for fold in spread(parts, folds)], halves


def same_units(whole: np.ndarray, rows: np.ndarray, other: np.ndarray) -> float:
    """NMI of the topics of units that both fits place."""
    from sklearn.metrics import normalized_mutual_info_score

    both = (whole[rows] >= 0) & (other >= 0)
    return float(normalized_mutual_info_score(whole[rows][both], other[both])) if both.any() else float("nan")


def measure(data: corpora.Corpus, chosen: Sequence[str], seeds: int, folds: int) -> Iterator[Measured]:
    """Every chosen model on one corpus."""
    from joblib import Parallel, delayed, parallel_config

    whole, known = prepared(data, np.arange(len(data.sentences))), models(data.lent)
    texts: dict[str, set[str]] = {}
    for window, s in zip(data.windows, data.sentences, strict=True):
        texts.setdefault(window, set()).update(s.lemmas)
    left, halves = parted(data, folds)
    others = Parallel(n_jobs=-1)(delayed(alone)(data, rows, chosen) for rows in (*left, *halves))
    rests, apart = others[: len(left)], others[len(left) :]
    with one_thread(), parallel_config(backend="sequential"):
        for name in chosen:
            seconds = spent(known[name], whole, data.number)
            fits = [known[name](whole, data.number, SEED + n) for n in range(seeds)]
            words = [top_words(fit.terms, whole.terms) for fit in fits]
            topics = [assigned(fit.weights) for fit in fits]
            labelled = {what: _labelled(topics, labels) for what, labels in data.labels.items()}
            yield Measured(
                name, labelled, mean(npmi(w, list(texts.values())) for w in words),
                mean(matched(words[0], rest[name][0]) for rest in rests),
                mean(same_units(topics[0], rows, rest[name][1]) for rows, rest in zip(left, rests, strict=True)),
                mean(matched(a[name][0], b[name][0]) for a, b in zip(apart[::2], apart[1::2], strict=True)),
                mean(matched(a, b) for a, b in combinations(words, 2)),
                seconds, mean(float((t >= 0).mean()) for t in topics),
            )  # fmt: skip


def spread(parts: Sequence[int], most: int) -> list[int]:
    """Up to `most` of the parts, evenly spread.

    >>> spread(range(6), 3), spread(range(2), 3)
    ([0, 2, 4], [0, 1])
    """
    return list(parts) if len(parts) <= most else [parts[n * len(parts) // most] for n in range(most)]


def _labelled(topics: list[np.ndarray], labels: list[frozenset[str]]) -> tuple[float, float, float]:
    """(NMI, ARI, nan) of one label each, (nan, nan, F1) of several, means over fits."""
    if max(map(len, labels)) > 1:
        return float("nan"), float("nan"), mean(best_f1(t, labels) for t in topics)
    pairs = [agreement(t, labels) for t in topics]
    return mean(p[0] for p in pairs), mean(p[1] for p in pairs), float("nan")


def mean(values: Iterator[float] | Sequence[float]) -> float:
    found = list(values)
    return float(np.mean(found)) if found else float("nan")


def table(data: corpora.Corpus, rows: Sequence[Measured]) -> str:
    """A corpus's figures as Markdown."""
    several = {what for what, labels in data.labels.items() if max(map(len, labels)) > 1}
    heads = [f"F1 {what}" if what in several else f"NMI {what} | ARI {what}" for what in data.labels]
    columns = ["model", *" | ".join(heads).split(" | "), "NPMI", "one part left out", "its units", "two halves", "seeds", "CPU s", "placed"]
    lines = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    for r in rows:
        told = [figure for what in data.labels for figure in (r.labelled[what][2:] if what in several else r.labelled[what][:2])]
        cells = [*(f"{f:.3f}" for f in told), f"{r.npmi:.3f}", f"{r.left_out:.3f}", f"{r.units:.3f}", f"{r.halves:.3f}", f"{r.seeds:.3f}", f"{r.seconds:.2f}", f"{r.placed:.0%}"]
        lines.append(f"| {r.model} | {' | '.join(cells)} |")
    return f"**{data.name}** ({data.told}; {data.number} topics)\n\n" + "\n".join(lines) + "\n"


# corpora by name, results as rows


def corpus(name: str, part: str, work: Path) -> corpora.Corpus | None:
    """A corpus by its name; None where its data are not there."""
    if name == "interviews":
        return corpora.conversations(INTERVIEWS, work, part)
    if name == "citizens":
        texts = corpora.wanted(corpora.citizens(Path(os.environ.get("DATA") or DATA) / "cimt-thematic"), part)
        return corpora.of_texts(name, texts, work, "topic", "citizens' contributions") if texts else None
    folder = Path(os.environ.get("CORPUS", ""))
    texts = corpora.wanted(corpora.in_folders(folder), part) if folder.name and folder.is_dir() else []
    return corpora.of_texts(name, texts, work, "folder", folder.name, corpora.WORDS if name == "segments" else 0) if texts else None


def results(
    names: Sequence[str], part: str = "all", only: Sequence[str] = (), seeds: int = 5, folds: int = corpora.FOLDS
) -> Iterator[Result]:
    """Each corpus that is there with its figures; annotations and vectors are kept in the folder WORK if that is set."""
    with tempfile.TemporaryDirectory() as scratch:
        for name in names:
            if data := corpus(name, part, Path(os.environ.get("WORK") or scratch)):
                known = models(data.lent)
                yield data, list(measure(data, [m for m in only if m in known] or list(known), seeds, folds))


def rows(found: Sequence[Result]) -> Iterator[Row]:
    """The goals and what was reached: what people know found again, and at what cost; topics that stay when a part is left out."""
    for data, measured in found:
        by_name = {m.model: m for m in measured}
        name, rival, base = f"topics, {data.name}", by_name.get(RIVAL), by_name[BASE]
        for model in (by_name[m] for m in (ONE, MANY) if m in by_name):
            for what, (nmi, _, f1) in model.labelled.items():
                kind, figure = ("best F1", f1) if np.isnan(nmi) else ("NMI", nmi)
                other = {m.model: m.labelled[what][2 if np.isnan(nmi) else 0] for m in (rival, base) if m}
                goal = f">= {other[RIVAL] + MARGIN:.3f}" if RIVAL in other and kind == "NMI" else "–"
                beside = (
                    "; ".join(f"{m} {f:.3f}" for m, f in other.items()) if rival else f"{BASE} {other[BASE]:.3f}; tomotopy is not installed"
                )
                yield f"{name}: {model.model}, {what} ({kind})", f"{figure:.3f}", goal, beside
            told = f"plain NMF {base.left_out:.3f}; a part left out, top ten words"
            yield f"{name}: {model.model}, stability", f"{model.left_out:.3f}", f">= {min(base.left_out + FIRMER, 1):.3f}", told
            if model.model == MANY:
                yield f"{name}: {MANY}", f"{model.seconds:.2f} s CPU", "<= 10 s", f"{len(data.sentences):,} units"
            elif rival:
                told = f"{model.seconds:.2f} s CPU a fit; {RIVAL} {rival.seconds:.2f} s"
                yield f"{name}: one fit of {model.model}", f"1/{rival.seconds / model.seconds:.1f} of tomotopy's CPU", "<= 1/5", told


def there() -> Sequence[str]:
    """Names of the corpora that can be measured: those in folders only where CORPUS says which."""
    return NAMES if os.environ.get("CORPUS") else NAMES[:2]


def write(heading: str, found: Sequence[Result]) -> None:
    """The tables between the marks in docs/themen.md; what people wrote around them stays."""
    path = REPO / "docs" / "themen.md"
    before, _, rest = path.read_text("utf-8").partition("<!-- table -->\n")
    tables = "\n".join(table(*one) for one in found)
    path.write_text(f"{before}<!-- table -->\n{heading}\n\n{tables}<!-- end -->{rest.partition('<!-- end -->')[2]}", "utf-8")


def main(argv: Sequence[str]) -> int:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("corpora", nargs="*", metavar="|".join(NAMES))
    reader.add_argument("--models", default="")
    reader.add_argument("--part", choices=("develop", "measure", "all"), default="all")
    reader.add_argument("--seeds", type=int, default=5)
    reader.add_argument("--folds", type=int, default=corpora.FOLDS)
    told = reader.parse_args(argv)
    if wrong := set(told.corpora) - set(NAMES):
        reader.error(f"{', '.join(sorted(wrong))}: not one of {', '.join(NAMES)}")
    found = []
    for one in results(told.corpora or there(), told.part, [m for m in told.models.split(",") if m], told.seeds, told.folds):
        print(table(*one), flush=True)
        found.append(one)
    for name in set(told.corpora) - {data.name for data, _ in found}:
        print(f"{name}: the data are not there")
    if os.environ.get("WRITE") and found:
        write(f"{date.today().isoformat()}, part: {told.part}; {told.seeds} seeds, up to {told.folds} parts left out", found)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
