"""Topic models with one interface: sentences with their words and meanings in, how much of each topic is in each sentence out.

A new model is a line in `MODELS`: a space, centres in it, and how sentences are weighed.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.topicmodels import factors, spheres
from pipeline.topicmodels.model import Model
from pipeline.topicmodels.words import Fitted, Material

__all__ = ["MODELS", "Fitted", "Material", "Model"]

MODELS: Mapping[str, Model] = {
    "joint": Model(spheres.by_both, spheres.centres, spheres.near),
    "embedding": Model(spheres.by_meaning, spheres.centres, spheres.near),
    "lsa": Model(spheres.by_words, spheres.centres, spheres.near),
    "nmf": Model(lambda m, _=None: m.matrix, factors.nmf_centres, factors.nmf_weigh, words=True),
    "lda": Model(lambda m, _=None: m.counts, factors.lda_centres, factors.lda_weigh, words=True),
}
