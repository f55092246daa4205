"""The models that are measured: the pipeline's own, what a handbook would take, and tomotopy's LDA where it is installed."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from pipeline.study import Study
from pipeline.topicmodels import MODELS, Fitted, Material
from pipeline.topicmodels.consensus import Consensus, agree, runs
from pipeline.topicmodels.stability import leave_one_out

Model = Callable[[Material, int, int], Fitted]
RIVAL, BASE, MANY = "tomotopy LDA", "plain NMF", "consensus"
REACH = 2  # neighbours on either side that the rival may see


def plain_nmf(data: Material, number: int, seed: int) -> Fitted:
    """What stands in every handbook: NMF over tf-idf of each unit alone, nothing lent by neighbours."""
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.feature_extraction.text import TfidfTransformer

    from pipeline.topicmodels.words import counted

    _, counts = counted([s._replace(heard=frozenset()) for s in data.sentences], lambda s: s.lemmas, 2)
    model = NMF(n_components=number, init="nndsvda", random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # 200 rounds, as the library has it
        weights = model.fit_transform(TfidfTransformer(sublinear_tf=True).fit_transform(counts))
    return Fitted(weights, model.components_, model.components_)


def tomotopy_lda(data: Material, number: int, seed: int) -> Fitted:
    """tomotopy's LDA as its examples have it: 1,000 rounds of Gibbs sampling, one worker; the same nouns as all models."""
    return _sampled(data, bags(data), number, seed)


def tomotopy_beside(data: Material, number: int, seed: int) -> Fitted:
    """The same over each unit together with those up to `REACH` places beside it."""
    own = bags(data)
    stretch = [s.stretch for s in data.sentences]
    near = [range(max(n - REACH, 0), min(n + REACH + 1, len(own))) for n in range(len(own))]
    return _sampled(data, [[w for m in near[n] if stretch[m] == stretch[n] for w in own[m]] for n in range(len(own))], number, seed)


def bags(data: Material) -> list[list[str]]:
    """Each unit's nouns of the vocabulary. With the verbs and adjectives that help the other models it did worse and took twice as long."""
    known = set(data.terms)
    return [[w for w in s.lemmas if w in known] for s in data.sentences]


def _sampled(data: Material, bags: list[list[str]], number: int, seed: int) -> Fitted:
    import tomotopy

    model = tomotopy.LDAModel(k=number, seed=seed)
    rows = [n for n, bag in enumerate(bags) if bag]
    for n in rows:
        model.add_doc(bags[n])
    model.train(1000, workers=1, show_progress=False)
    weights = np.zeros((len(bags), number))
    weights[rows] = [doc.get_topic_dist() for doc in model.docs]
    at = {word: n for n, word in enumerate(data.terms)}
    terms = np.zeros((number, len(at)))
    terms[:, [at[word] for word in model.used_vocabs]] = [model.get_topic_word_dist(k) for k in range(number)]
    return Fitted(weights, terms, terms)


# the default: what many runs agree on


def consensus(data: Material, number: int, seed: int) -> Fitted:
    """What is shown: a unit is placed where most runs of the study's model put it, else nowhere."""
    found = _agreed(data, number, seed)
    return Fitted(np.where((found.belongs >= 0)[:, None], found.shares, 0.0), found.terms, found.centres)


def likeliest(data: Material, number: int, seed: int) -> Fitted:
    """The same, each unit in the topic that it comes nearest to, whether or not most runs agree."""
    found = _agreed(data, number, seed)
    model = MODELS[Study().topics.model]
    return Fitted(model.weigh(model.points(data), found.centres) * (found.shares + 1e-3), found.terms, found.centres)


def shown(data: Material, number: int, seed: int) -> Fitted:
    """What the report shows of it: only topics that hold when single interviews are left out."""
    found = _agreed(data, number, seed)
    holds = np.flatnonzero(leave_one_out(data, data.kept["runs", number, seed], found).holds)
    placed = np.isin(found.belongs, holds)
    return Fitted(np.where(placed[:, None], found.shares, 0.0)[:, holds], found.terms[holds], found.centres[holds])


def _agreed(data: Material, number: int, seed: int) -> Consensus:
    if ("agreed", number, seed) not in data.kept:
        data.kept["runs", number, seed] = runs(data, MODELS[Study().topics.model], number, seed)
        data.kept["agreed", number, seed] = agree(data, data.kept["runs", number, seed])
    return data.kept["agreed", number, seed]


def models(lent: bool) -> dict[str, Model]:
    """All that are compared, by name; `lent`: units have neighbours."""
    found: dict[str, Model] = {MANY: consensus, f"{MANY}, shown": shown, f"{MANY}, likeliest": likeliest, **MODELS, BASE: plain_nmf}
    try:
        import tomotopy  # noqa: F401
    except ImportError:
        return found
    return {**found, RIVAL: tomotopy_lda, **({f"{RIVAL}, neighbours": tomotopy_beside} if lent else {})}
