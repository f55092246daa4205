"""What is typed behind WORD= as a query with the meaning of a codebook rule."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from pipeline.codebook import Query, Rule
from pipeline.codebook.entries import CodeEntry
from pipeline.codebook.rules import rules_of
from pipeline.exploring.material import Material
from pipeline.matchers import match
from pipeline.problems import Lined, Problem, Stop

MAX_WORDS = 12


def query_of(text: str, part: bool, lists: Mapping[str, tuple[str, ...]]) -> Query:
    """The query of a word or phrase, as `phrase` reads it, or of a part of compounds. Raises `Stop` for what it cannot be."""
    words = text.split()
    if not words or not re.search(r"[^\W_]", text):
        raise Stop(Problem("", 0, f"»{text}« enthält keine Buchstaben.", 'Etwa: make explore WORD="Raum"'))
    if part and len(words) > 1:
        raise Stop(Problem("", 0, "PART=ja sucht in Zusammensetzungen und braucht ein einzelnes Wort.", "Bitte PART= weglassen."))
    if len(words) > MAX_WORDS:
        raise Stop(Problem("", 0, f"Das sind {len(words)} Wörter; gesucht werden höchstens {MAX_WORDS}."))
    entry = CodeEntry.model_validate({"id": "WORD", "label": "WORD", "match": [{"compound" if part else "phrase": [" ".join(words)]}]})
    for rule in rules_of(entry, (), Lined({}, "WORD"), lists):
        if isinstance(rule, Rule):
            return rule.query
        raise Stop(Problem("", 0, rule[1]))
    raise Stop(Problem("", 0, f"»{text}« ist keine Suche."))


def hits(material: Material, query: Query) -> np.ndarray:
    """Every place where respondents say it: rows of (first token, last token), sorted."""
    found = match(material.corpus, query)
    if not len(found):
        return np.empty((0, 2), dtype=np.int64)
    ends = np.column_stack([found.min(axis=1), found.max(axis=1)]).astype(np.int64)
    ends = ends[material.spoken[material.index.turn[ends[:, 0]]]]
    return np.unique(ends, axis=0) if len(ends) else ends


def tokens_of(material: Material, query: Query) -> np.ndarray:
    """bool a token: one of the matched words of some hit (not what stands between them)."""
    mask = np.zeros(len(material.index), dtype=bool)
    mask[match(material.corpus, query).ravel()] = True
    return mask & (material.token_case >= 0)
