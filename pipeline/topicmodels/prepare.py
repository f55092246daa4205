"""Spoken German made ready for topic models: lemmas of content words, parts of compounds, no fillers, nothing an interviewer said."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from pipeline.german.stopwords import STOPWORDS
from pipeline.tables import CODED_ROLES
from pipeline.topicmodels.words import Sentence

if TYPE_CHECKING:
    import pandas as pd

SHOWN = ("NOUN",)  # nouns carry themes; no proper nouns: a name is no theme
HELPING = ("VERB", "ADJ")  # the same in all themes where they are frequent, telling where they are rare
LEAST = 3  # letters of a word; of a part of a compound one more
ASKINGS = 2  # interviewers' turns in which a word must stand to be the question's wording and not this conversation's
# Nouns that tell who, when and how much, not what about.
EVERYDAY = frozenset(
    """frau herr mann name moment entschuldigung jahr tag woche monat stunde minute uhr leute mensch ding sache mal wort beispiel
    art weise ende anfang seite zeit frage antwort person teil stück paar hälfte ganze rest grund fall punkt lage rolle""".split()
)


def sentences_of(
    turns: pd.DataFrame, segments: pd.DataFrame, tokens: pd.DataFrame, types: pd.DataFrame, questions: pd.DataFrame
) -> list[Sentence]:
    """Every respondent's sentence in order, with its content words (there may be none) and what the interviewer said before."""
    shown, more = _lemmas(types)
    roles = dict(zip(zip(turns["doc"], turns["turn"], strict=True), turns["role"], strict=True))
    cases = dict(zip(zip(turns["doc"], turns["turn"], strict=True), turns["case"], strict=True))
    asked = dict(zip(zip(questions["doc"], questions["turn"], strict=True), questions["question"], strict=True))
    nouns, others, said = _words(_spoken(turns, tokens), roles, shown, more)
    heard = _heard(turns, said)
    made: list[Sentence] = []
    stretch, before = 0, ("", "", "")
    columns = (segments[name] for name in ("seg", "doc", "turn", "start", "end"))
    for seg, doc, turn, start, end in zip(*columns, strict=True):
        place = (doc, turn)
        if roles.get(place) not in CODED_ROLES:
            continue
        question = asked.get(place, "")
        case = cases[place] or doc  # who is not in the list of cases counts once an interview
        stretch += before != (doc, question, case)  # in a workshop nobody is lent another's words
        before = (doc, question, case)
        made.append(
            Sentence(seg, doc, turn, case, question, stretch, tuple(nouns[seg]), tuple(others[seg]), heard[place], end - start)
        )
    return made


def wordings(turns: pd.DataFrame, tokens: pd.DataFrame, types: pd.DataFrame, questions: pd.DataFrame) -> dict[str, frozenset[str]]:
    """Guide question -> nouns with which interviewers ask it, those of at least `ASKINGS` turns."""
    shown, more = _lemmas(types)
    roles = dict(zip(zip(turns["doc"], turns["turn"], strict=True), turns["role"], strict=True))
    _, _, said = _words(_spoken(turns, tokens), roles, shown, more)
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for q in questions.itertuples():
        if q.kind == "asked" and q.question:
            for word in said.get((q.doc, q.turn), ()):
                counts[q.question][word] += 1
    return {question: frozenset(w for w, n in words.items() if n >= ASKINGS) for question, words in sorted(counts.items())}


def _spoken(turns: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Tokens without those in square brackets: »[Ort]«, »[Einrichtung 2]« stand for names that were taken out, nobody said them."""
    texts = dict(zip(zip(turns["doc"], turns["turn"], strict=True), turns["text"], strict=True))
    places = zip(tokens["doc"], tokens["turn"], tokens["start"], strict=True)
    said = [start == 0 or texts.get((doc, turn), "")[start - 1 : start] != "[" for doc, turn, start in places]
    return tokens[np.array(said, dtype=bool)]


def _lemmas(types: pd.DataFrame) -> tuple[dict[int, str], dict[int, tuple[str, ...]]]:
    """(type -> the lemma shown, type -> lemmas that only help)"""
    shown: dict[int, str] = {}
    more: dict[int, tuple[str, ...]] = {}
    for kind, lemma, pos, parts in zip(types["type"], types["lemma"], types["pos"], types["parts"], strict=True):
        if len(lemma) < LEAST or not lemma.isalpha() or lemma.lower() in STOPWORDS or lemma.lower() in EVERYDAY:
            continue
        if pos in SHOWN:
            shown[kind] = lemma
            pieces = tuple(p for p in parts.split("|") if len(p) > LEAST and p.lower() not in EVERYDAY and p != lemma)
            if pieces:
                more[kind] = pieces
        elif pos in HELPING:
            more[kind] = (lemma.lower(),)
    return shown, more


def _words(
    tokens: pd.DataFrame, roles: dict[tuple[str, int], str], shown: dict[int, str], more: dict[int, tuple[str, ...]]
) -> tuple[dict[str, list[str]], dict[str, list[str]], dict[tuple[str, int], set[str]]]:
    """(sentence -> nouns, sentence -> helping words, interviewer's turn -> all of them)"""
    nouns: dict[str, list[str]] = defaultdict(list)
    others: dict[str, list[str]] = defaultdict(list)
    said: dict[tuple[str, int], set[str]] = defaultdict(set)
    for doc, turn, seg, kind in zip(tokens["doc"], tokens["turn"], tokens["seg"], tokens["type"], strict=True):
        if kind not in shown and kind not in more:
            continue
        if roles.get((doc, turn)) in CODED_ROLES:
            if kind in shown:
                nouns[seg].append(shown[kind])
            others[seg] += more.get(kind, ())
        elif roles.get((doc, turn)) == "interviewer":
            said[doc, turn].update((shown[kind],) if kind in shown else (), more.get(kind, ()))
    return nouns, others, said


def _heard(turns: pd.DataFrame, said: dict[tuple[str, int], set[str]]) -> dict[tuple[str, int], frozenset[str]]:
    """Turn -> words of the interviewer's turn before it."""
    heard: dict[tuple[str, int], frozenset[str]] = {}
    last: frozenset[str] = frozenset()
    doc = ""
    for d, turn, role in zip(turns["doc"], turns["turn"], turns["role"], strict=True):
        if d != doc:
            doc, last = d, frozenset()
        if role == "interviewer":
            last = frozenset(said.get((d, turn), ()))
        heard[d, turn] = last
    return heard
