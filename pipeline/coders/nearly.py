"""Rules that nearly hit a passage, and what keeps them from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from pipeline.codebook import Codebook, Query, Rule
from pipeline.coders.hits import find
from pipeline.coders.material import Material
from pipeline.coders.rule import usable
from pipeline.matchers import match
from pipeline.matchers.vocabulary import fold
from pipeline.matchers.words import places


class Near(NamedTuple):
    """A rule that does not hit, and why not, in German."""

    rule: Rule
    why: str


def nearly(material: Material, book: Codebook, low: int, high: int) -> list[Near]:
    """Rules that nearly hit among the words `low` up to `high` of the index, in the codebook's order."""
    hits = find(material.corpus, book.rules(), material.hits)
    found = []
    for rule in book.rules():
        words = hits[rule.query].words
        inside = len(words) and bool(((words[:, 0] >= low) & (words[:, -1] < high)).any())
        if inside:
            reasons: Iterator[str] = _conditions(material, book, rule, low, high)
        else:
            reasons = _words(material, rule, low, high)
        found += [Near(rule, why) for why in reasons]
    return found


def _conditions(material: Material, book: Codebook, rule: Rule, low: int, high: int) -> Iterator[str]:
    """A hit that `only` or `except` keeps away."""
    kept = [hit for _, hit in usable(material, book, rule, material.hits[rule.query]) if low <= int(hit.words[0]) < high]
    if not kept:
        wanted = "; ".join(f"{key}: {', '.join(values)}" for key, values in rule.only if key != "code")
        barred = "; ".join(f"{key}: {', '.join(values)}" for key, values in rule.unless if key != "code")
        yield " und ".join(filter(None, [wanted and f"gilt nur für {wanted}", barred and f"gilt nicht für {barred}"])) or "diese Rede wird nicht codiert"


def _words(material: Material, rule: Rule, low: int, high: int) -> Iterator[str]:
    query = rule.query
    if query.must or query.some or query.never:
        bare = replace(query, must=(), some=(), never=())
        if query.kind not in ("all", "any") and _here(material, bare, low, high):
            yield f"die Wörter stehen da, aber die Bedingung ist in dieser Einheit ({query.within}) nicht erfüllt"
        return
    if query.kind in ("phrase", "near"):
        yield from _several(material, query, low, high)
    elif query.kind == "term" and len(query.words[0]) == 1:
        yield from _other_form(material, query.words[0][0], low, high)
    elif query.kind == "compound" and query.at == "head" and _here(material, replace(query, at="any"), low, high):
        yield "der Wortteil steht da, aber nicht als letzter (at: head)"


def _here(material: Material, query: Query, low: int, high: int) -> bool:
    words = match(material.corpus, query)
    return bool(len(words) and ((words[:, 0] >= low) & (words[:, -1] < high)).any())


def _several(material: Material, query: Query, low: int, high: int) -> Iterator[str]:
    missing, telling = [], False
    for alternatives in query.words:
        at = places(material.index, "either", alternatives)
        first = int(at.searchsorted(low))
        if first >= len(at) or at[first] >= high:
            missing.append(alternatives[0])
        else:
            telling = telling or _pos(material, int(at[first])) in _TELLING
    if not missing:
        how = "»order: free« oder ein größeres »gap«" if query.kind == "phrase" else "ein größeres »window«"
        yield f"alle Wörter stehen da, aber weiter auseinander oder in anderer Folge; {how} fände sie"
    elif len(missing) == 1 and len(query.words) > 2 and telling:  # `in der …` alone is near to nothing
        yield f"es fehlt nur »{missing[0]}«"


def _other_form(material: Material, word: str, low: int, high: int) -> Iterator[str]:
    if "*" in word or "?" in word:
        return
    index = material.index
    lemmas = {index.vocabulary["lemma"][t] for t in index.lookup("form").exact(fold(word)).tolist()} | {fold(word)}
    for place in range(low, high):
        number = int(index.kind[place])
        if index.vocabulary["lemma"][number] in lemmas and _pos(material, place) in _TELLING:
            yield f"»{index.vocabulary['form'][number]}« ist eine andere Form; »lemma: {index.vocabulary['lemma'][number]}« fände sie"
            return


_TELLING = frozenset(["NOUN", "VERB", "ADJ", "PROPN"])


def _pos(material: Material, place: int) -> str:
    return material.index.vocabulary["pos"][int(material.index.kind[place])]
