"""Stage crosswalk: topics beside the codebook's categories and beside what is known of respondents."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.crossing import cells, groups
from pipeline.crossing.bearing import bearing
from pipeline.crossing.candidates import candidates
from pipeline.study import SEED

if TYPE_CHECKING:
    import pandas as pd

TABLES = ("topic_codes", "topic_new", "code_topics", "topic_groups")


def whole(
    documents: pd.DataFrame, cases: pd.DataFrame, turns: pd.DataFrame, speakers: pd.DataFrame, segments: pd.DataFrame, codes: pd.DataFrame,
    codings: pd.DataFrame, reviewed: pd.DataFrame, chances: pd.DataFrame, model_codes: pd.DataFrame, segment_themes: pd.DataFrame, topics: pd.DataFrame,
    topic_terms: pd.DataFrame, segment_topics: pd.DataFrame, settings: SimpleNamespace,
) -> dict[str, list[dict[str, Any]]]:  # fmt: skip
    """What categories topics hold, which topics none holds, how categories spread, and how groups, questions and waves differ.

    Hidden topics are counted as well: hiding one changes no figure of the others.
    """
    if not len(topics):
        return {name: [] for name in TABLES}
    served = list(model_codes[model_codes["served"] == "yes"].sort_values("order")["code"])
    only = settings.report.counts == "reviewed"
    known = bearing(segment_themes, segments, codes, codings, reviewed, chances, served, only)
    names = list(topics["topic"])
    weights = _weights(known.seg, segment_topics, names)
    belongs = ~np.isnan(weights)
    waves = dict(zip(documents["doc"], documents["wave"], strict=True))
    said = groups.spoken(segment_themes, segment_topics, names, waves)
    variables = settings.findings.groups or tuple(name for name, one in settings.variables.items() if one.values)
    return {
        "topic_codes": list(cells.topic_codes(known, names, belongs)),
        "topic_new": list(candidates(known, topics, topic_terms, weights, turns, speakers, codes, SEED)),
        "code_topics": list(cells.code_topics(known, names, belongs, SEED)),
        "topic_groups": list(groups.rows(said, cases, variables, settings.findings.small, SEED)),
    }


def _weights(seg: np.ndarray, segment_topics: pd.DataFrame, names: list[str]) -> np.ndarray:
    """(sentences x topics) weights, nan where a sentence does not belong to a topic."""
    row, column = {s: n for n, s in enumerate(seg.tolist())}, {t: n for n, t in enumerate(names)}
    found = np.full((len(seg), len(names)), np.nan)
    for s, topic, weight in zip(segment_topics["seg"], segment_topics["topic"], segment_topics["weight"], strict=True):
        found[row[s], column[topic]] = weight
    return found
