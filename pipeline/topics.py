"""Stage 7, topics: themes in what respondents say, found without the codebook. Proposals for people to read.

NMF over the lemmas of sentences, each sentence lent some of its neighbours' words, because spoken sentences are short.
How stable a topic is is measured by leaving out interviews, not by another seed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.german.stopwords import STOPWORDS
from pipeline.study import SEED
from pipeline.tables import CODED_ROLES

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_matrix

# Nouns carry themes; verbs and adjectives of speech are the same in all of them. No proper nouns: a name is no theme.
POS = ("NOUN",)
# Nouns that tell who and when, not what about.
_EVERYDAY = frozenset(
    """frau herr mann name moment entschuldigung jahr tag woche monat stunde minute uhr leute mensch ding sache mal wort
    beispiel art weise ende anfang seite zeit frage antwort""".split()
)
MAX_FOLDS = 12  # how often interviews are left out to measure stability
FITS = 0.35  # share of a sentence's weight that a topic needs to be named for it


@dataclass(frozen=True)
class Words:
    """Sentences with content words: ids, interviews, cases, and a sparse matrix sentences x terms (tf-idf)."""

    seg: list[str]
    doc: np.ndarray
    case: np.ndarray
    turn: np.ndarray
    lemmas: list[list[str]]
    terms: np.ndarray
    matrix: csr_matrix


def whole(
    turns: pd.DataFrame, segments: pd.DataFrame, tokens: pd.DataFrame, types: pd.DataFrame, settings: SimpleNamespace
) -> dict[str, list[dict[str, Any]]]:
    """Topics with terms and sentences; no topics at all where the material is too small to carry any."""
    empty: dict[str, list[dict[str, Any]]] = {"topics": [], "topic_terms": [], "segment_topics": []}
    sentences = content_words(turns, segments, tokens, types)
    if len(sentences) < settings.topics.min_segments:
        return empty
    words = weigh(sentences, settings.topics.neighbours)
    if words is None or len(words.terms) < 20:
        return empty
    number = settings.topics.number or suggested_number(len(words.seg), len(set(words.doc)))
    weights, terms = fit(words.matrix, number)
    order = np.argsort(-weights.sum(axis=0), kind="stable")  # largest topic first
    weights, terms = weights[:, order], terms[order]
    return _tables(words, weights, terms, stability(words, terms, number), settings.topics.terms)


def content_words(
    turns: pd.DataFrame, segments: pd.DataFrame, tokens: pd.DataFrame, types: pd.DataFrame
) -> list[tuple[str, str, str, int, list[str]]]:
    """(segment, doc, case, turn, lemmas) of every respondent's sentence that holds content words."""
    good = types[types["pos"].isin(POS)]
    lemma = {
        t: w
        for t, w in zip(good["type"], good["lemma"], strict=True)
        if len(w) > 2 and w.lower() not in STOPWORDS | _EVERYDAY and w.isalpha()
    }
    speaking = {(t.doc, t.turn): t.case for t in turns.itertuples() if t.role in CODED_ROLES}
    found: dict[str, list[str]] = {}
    for seg, kind in zip(tokens["seg"], tokens["type"], strict=True):
        if kind in lemma:
            found.setdefault(seg, []).append(lemma[kind])
    return [
        (s.seg, s.doc, speaking[s.doc, s.turn], s.turn, found[s.seg])
        for s in segments.itertuples()
        if s.seg in found and (s.doc, s.turn) in speaking
    ]


def weigh(sentences: list[tuple[str, str, str, int, list[str]]], neighbours: float) -> Words | None:
    """tf-idf with neighbours' words lent by `neighbours` (one place away) and its square (two places away)."""
    from scipy.sparse import diags
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    lemmas = [s[4] for s in sentences]
    docs = np.array([s[1] for s in sentences])
    in_docs = Counter(w for doc in sorted(set(docs)) for w in {x for s in sentences if s[1] == doc for x in s[4]})
    # A word of one interview alone is that person's, not a theme's.
    vocabulary = sorted(w for w, n in in_docs.items() if n >= (2 if len(set(docs)) > 1 else 1))
    if not vocabulary:
        return None
    matrix = TfidfVectorizer(
        analyzer=lambda x: x, vocabulary=vocabulary, sublinear_tf=True, lowercase=False
    ).fit_transform(lemmas)
    n, smooth = len(sentences), matrix.copy()
    for distance, share in ((1, neighbours), (2, neighbours**2)):
        if n > distance and share:
            same = (docs[distance:] == docs[:-distance]).astype(float)
            ahead = diags([same], [distance], shape=(n, n)) @ matrix
            behind = diags([same], [-distance], shape=(n, n)) @ matrix
            smooth = smooth + share * (ahead + behind)
    return Words(
        [s[0] for s in sentences], docs, np.array([s[2] for s in sentences]), np.array([s[3] for s in sentences]), lemmas,
        np.array(vocabulary, dtype=object), normalize(smooth).tocsr(),
    )  # fmt: skip


def suggested_number(sentences: int, interviews: int) -> int:
    """A modest number of topics for a corpus of that size.

    >>> suggested_number(700, 12), suggested_number(150, 3), suggested_number(20000, 50)
    (8, 4, 16)
    """
    return int(min(16, max(4, round((sentences / 12) ** 0.5)), max(4, interviews * 2)))


def fit(matrix: csr_matrix, number: int) -> tuple[np.ndarray, np.ndarray]:
    """(sentences x topics, topics x terms) of a non-negative factorisation; the start is fixed, so results are too."""
    import warnings

    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning

    model = NMF(n_components=number, init="nndsvda", random_state=SEED, max_iter=400)
    with warnings.catch_warnings():
        # Stopping early changes weights in the fourth place; stability is measured below either way.
        warnings.simplefilter("ignore", ConvergenceWarning)
        weights = model.fit_transform(matrix)
    return weights, model.components_


def stability(words: Words, terms: np.ndarray, number: int) -> list[float]:
    """For each topic, the mean overlap (Jaccard of ten top words) with its best match when interviews are left out."""
    names = sorted(set(words.doc))
    if len(names) < 3:
        return [float("nan")] * len(terms)
    tops = [set(np.argsort(-row, kind="stable")[:10]) for row in terms]
    folds = np.array_split(np.array(names, dtype=object), min(MAX_FOLDS, len(names)))
    found: list[list[float]] = [[] for _ in tops]
    for fold in folds:
        _, others = fit(words.matrix[~np.isin(words.doc, fold)], number)
        other_tops = [set(np.argsort(-row, kind="stable")[:10]) for row in others]
        for at, top in enumerate(tops):
            found[at].append(max(len(top & other) / len(top | other) for other in other_tops))
    return [float(np.mean(values)) for values in found]


def _tables(
    words: Words, weights: np.ndarray, terms: np.ndarray, stable: list[float], n_terms: int
) -> dict[str, list[dict[str, Any]]]:
    shares = weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-12)
    best = shares.argmax(axis=1)
    fits = (shares.max(axis=1) >= FITS) & (weights.sum(axis=1) > 0)
    results: dict[str, list[dict[str, Any]]] = {"topics": [], "topic_terms": [], "segment_topics": []}
    for number in range(terms.shape[0]):
        name = f"T{number + 1:02d}"
        mine = np.flatnonzero(fits & (best == number))
        mine = mine[np.argsort(-weights[mine, number], kind="stable")]
        by_case = Counter(words.case[mine])
        top = np.argsort(-terms[number], kind="stable")[:n_terms]
        results["topics"].append(
            {
                "topic": name, "label": label(words, mine, [words.terms[t] for t in top[:3]]), "stability": stable[number],
                "n_segments": len(mine), "n_cases": len(by_case), "share": len(mine) / len(words.seg),
                "largest_case_share": max(by_case.values()) / len(mine) if len(mine) else float("nan"),
            }
        )  # fmt: skip
        results["topic_terms"] += [
            {"topic": name, "rank": rank, "term": words.terms[t], "weight": terms[number, t]}
            for rank, t in enumerate(top, 1)
        ]
        results["segment_topics"] += [
            {"seg": words.seg[s], "topic": name, "weight": weights[s, number], "rank": rank}
            for rank, s in enumerate(mine, 1)
        ]
    return results


def label(words: Words, mine: np.ndarray, top: list[str]) -> str:
    """Top words of a topic, with the word pair that is most its own where there is one."""
    from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder

    finder = BigramCollocationFinder.from_documents([words.lemmas[s] for s in mine])
    finder.apply_freq_filter(3)
    pairs = [p for p in finder.nbest(BigramAssocMeasures.likelihood_ratio, 5) if set(p) & set(top)]
    extra = f" ({' '.join(pairs[0])})" if pairs else ""
    return " · ".join(top) + extra
