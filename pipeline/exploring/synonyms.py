"""Synonyms of a category's own words that its rules do not know, with whether anybody says them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from pipeline.codebook import Query, Rule
from pipeline.exploring import thesaurus
from pipeline.exploring.material import Material
from pipeline.exploring.part import Column, Key, Part, few
from pipeline.exploring.query import hits
from pipeline.matchers.vocabulary import fold

ASKED, MOST = 60, 200
ABSENT = "Synonyme: OpenThesaurus ist nicht eingerichtet (Debian und Ubuntu: Paket mythes-de)."


def words_of(rules: Iterable[Rule]) -> list[str]:
    """The single words that rules look for, without wildcards, in their order."""
    found: dict[str, None] = {}
    for rule in rules:
        if rule.kind in ("term", "lemma", "compound", "phrase") and len(rule.query.words) == 1:
            found |= {word: None for word in rule.query.words[0] if word.isalpha()}
    return list(found)


def part(material: Material, code: str, rules: Sequence[Rule], known: np.ndarray, further: Sequence[str]) -> Part | None:
    """Synonyms of the rules' words and of `further` ones; nothing where no thesaurus is installed."""
    if not thesaurus.installed():
        return None
    words = list(dict.fromkeys([*words_of(rules), *further]))[:ASKED]
    have = {fold(word) for word in words_of(rules)}
    source: dict[str, list[str]] = {}
    for word, terms in thesaurus.synonyms(words).items():
        for term in terms:
            if fold(term) not in have and len(term.split()) <= 3:
                source.setdefault(term, []).append(word)
    rows, keys = [], []
    for term, origins in source.items():
        found = hits(material, Query("phrase", tuple((word,) for word in term.split())))
        found = found[~known[found[:, 0]]] if len(found) else found
        people = len(set(material.token_case[found[:, 0]].tolist())) if len(found) else 0
        rows.append((term, ", ".join(origins), len(found), people, few(people) if len(found) else "sagt niemand"))
        keys.append(Key("code", f"{code}:synonym:{fold(term)}"))
    order = sorted(range(len(rows)), key=lambda n: (-rows[n][2], fold(rows[n][0]), rows[n][0]))[:MOST]
    columns = (Column("Synonym", 28), Column("zu", 28), Column("gesagt", 6), Column("Befragte", 8), Column("Hinweis", 22))
    note = "Nach OpenThesaurus (openthesaurus.de, CC BY-SA/LGPL). »Gesagt«: Stellen im Material, die noch keine Regel der Kategorie trifft."
    return Part("Synonyme", columns, [rows[n] for n in order], [keys[n] for n in order], (note,))
