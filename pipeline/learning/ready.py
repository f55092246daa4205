"""Texts made ready for the model as the sentences of interviews are: their words and their vector."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pipeline.encoders import vector
from pipeline.encoders.kept import to_text
from pipeline.learning.features import bag

PARALLEL = 1000  # texts from which on further processes pay


def prepared(texts: Sequence[str], encoder: str, annotate: Any) -> list[tuple[str, str]]:
    """(words, vector as text) of each text; on all processors where there are many.

    `annotate`: the study's section with `model` and `region`.
    """
    work: Callable[..., list[tuple[str, str]]] = _prepared
    if len(texts) < PARALLEL:
        return work(texts, encoder, annotate)
    from joblib import Parallel, cpu_count, delayed

    size = -(-len(texts) // cpu_count())
    parts = Parallel(n_jobs=-1)(delayed(work)(texts[at : at + size], encoder, annotate) for at in range(0, len(texts), size))
    return [one for part in parts for one in part]


def _prepared(texts: Sequence[str], encoder: str, annotate: Any) -> list[tuple[str, str]]:
    from pipeline.german import analyse, load

    nlp = load(annotate.model, annotate.region)
    found = []
    for text in texts:
        tokens = analyse(nlp, text).tokens
        words = bag([t.lemma for t in tokens], ["|".join(t.parts) for t in tokens], [t.pos for t in tokens])
        found.append((" ".join(w.replace(" ", "_") for w in words), to_text(vector(text, encoder))))
    return found
