"""Stage discover: themes in what respondents say, found without the codebook. Proposals for people to read, named in the next stage.

The result is what many runs of a model agree on; themes that do not hold when single interviews are left out are not shown, and
sentences that no theme holds stay without one. Where there is too little material, or no theme is told by two halves of the
interviews more surely than by chance, nothing is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.encoders.kept import to_matrix
from pipeline.learning.threads import one_thread
from pipeline.study import SEED
from pipeline.topicmodels import MODELS, Model
from pipeline.topicmodels.chance import limit
from pipeline.topicmodels.comparing import compared
from pipeline.topicmodels.consensus import Consensus, agree, runs, sorted_by_size
from pipeline.topicmodels.echo import echoes
from pipeline.topicmodels.layout import places
from pipeline.topicmodels.number import Tried, chosen, curve, most
from pipeline.topicmodels.prepare import sentences_of, wordings
from pipeline.topicmodels.stability import Steadiness, coherence, halves, leave_one_out, tops
from pipeline.topicmodels.words import Material, Sentence, material

if TYPE_CHECKING:
    import pandas as pd

TABLES = ("themes", "theme_terms", "segment_themes", "topic_models", "topic_numbers", "topic_notes")
LEAST_CASES = 2  # people who must speak of it
LEAST_TERMS = 12  # different nouns that several interviews use
TERMS = 40  # words kept for each theme; fewer are shown, all help to find it again
SOME = 10  # sentences with content words that make an interview count as material
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Search:
    """What was found. `holds`: topics that are shown; `firm`: of all topics, whether both halves tell it more surely than `limit`."""

    found: Consensus
    tried: list[Tried]
    steady: Steadiness
    near: np.ndarray
    again: np.ndarray
    limit: float
    holds: list[int]

    @property
    def firm(self) -> np.ndarray:
        return self.again > self.limit

    @property
    def belongs(self) -> np.ndarray:
        """Sentences: the number of their topic, -1 where none that is shown."""
        return np.where(np.isin(self.found.belongs, self.holds), self.found.belongs, -1)


def whole(
    turns: pd.DataFrame, segments: pd.DataFrame, tokens: pd.DataFrame, types: pd.DataFrame, questions: pd.DataFrame,
    vectors: pd.DataFrame, settings: SimpleNamespace,
) -> Rows:  # fmt: skip
    """Themes with words and sentences; none at all where the material is too small or nothing in it holds."""
    made: Rows = {name: [] for name in TABLES}
    types = types.drop_duplicates("type")
    sentences = sentences_of(turns, segments, tokens, types, questions)
    if missing := too_little(sentences, settings):
        made["topic_notes"] = missing
        return made
    by_seg = dict(zip(vectors["seg"], vectors["vector"], strict=True))
    meanings = to_matrix([by_seg[s.seg] for s in sentences])
    with one_thread():  # with several, the last places of a sum differ, and with them a run's topics
        work = material(sentences, meanings, settings.topics.neighbours)
        if len(work.terms) < LEAST_TERMS:
            made["topic_notes"] = [_note("too_few_words", len(work.terms))]
            return made
        model = MODELS[settings.topics.model]
        search = _search(work, meanings, model, settings)
        _tell(made, work, search, settings)
        if search.holds:
            made["topic_models"] = list(compared(work, MODELS, len(search.holds), search.belongs, settings.topics.model, SEED))
            _themes(made, work, search, wordings(turns, tokens, types, questions))
            weights = model.weigh(model.points(work), search.found.centres) * search.found.shares
            made["segment_themes"] = list(_sentences(work, weights[:, search.holds], search))
    return made


def too_little(sentences: list[Sentence], settings: SimpleNamespace) -> list[dict[str, Any]]:
    """Notes that say why no themes are looked for; none where there is enough."""
    speaking = [s for s in sentences if s.lemmas or s.more]
    per_doc: dict[str, int] = {}
    for s in speaking:
        per_doc[s.doc] = per_doc.get(s.doc, 0) + 1
    interviews = sum(n >= SOME for n in per_doc.values())
    notes = []
    if len(speaking) < settings.topics.min_segments:
        notes.append(_note("too_little", len(speaking)))
    if interviews < settings.topics.min_interviews:
        notes.append(_note("too_few", interviews))
    return notes


def _search(work: Material, meanings: np.ndarray, model: Model, settings: SimpleNamespace) -> Search:
    """The topics of the number that was set, or else of the one that the material carries.

    Where people set the number they see what holds without single interviews, be it firm or not. Where they did not, nothing
    is shown unless at least one topic is told by both halves more surely than topics of mere chance are.
    """
    wanted = settings.topics
    tried = curve(work, model, SEED)
    number = min(max(2, wanted.number or chosen(tried)), most(work, model))
    every = runs(work, model, number, SEED)
    found = sorted_by_size(agree(work, every))
    steady, near = leave_one_out(work, every, found), coherence(work, found.terms)
    # Another seed than the curve's: the number was chosen by how well those halves agree.
    again = halves(work, model, found.belongs, number, SEED + 1)
    bound = limit(work.sentences, meanings, lambda s, v: material(s, v, wanted.neighbours), model, number, SEED + 1)
    holds = _holding(work, found, steady)
    return Search(found, tried, steady, near, again, bound, holds if wanted.number or (again[holds] > bound).any() else [])


def _holding(work: Material, found: Consensus, steady: Steadiness) -> list[int]:
    """Topics that hold: enough of their words and sentences stay, and more than one person speaks of them."""
    cases = np.array([s.case for s in work.sentences], dtype=object)
    return [t for t in range(len(found.centres)) if steady.holds[t] and len(set(cases[found.belongs == t])) >= LEAST_CASES]


def _tell(made: Rows, work: Material, search: Search, settings: SimpleNamespace) -> None:
    """The curve, and notes: how much there was, how many topics did not hold, how many sentences belong nowhere."""
    number, wanted = len(search.found.centres), settings.topics.number
    made["topic_numbers"] = [
        {"number": t.number, "stability": t.stability, "coherence": t.coherence, "score": t.score, "chosen": "yes" if t.number == chosen(search.tried) else "no"}
        for t in search.tried
    ]  # fmt: skip
    notes = {
        "sentences": len(work.sentences), "wordless": int((~work.speaking).sum()), "looked_for": number, "dropped": number - len(search.holds),
        "firm": int(search.firm[search.holds].sum()), "limit": search.limit, "outside": int((search.belongs < 0).sum()),
    }  # fmt: skip
    notes |= {"set": wanted} if wanted else {}
    notes |= {"capped": number} if wanted > number else {}
    notes |= {} if search.holds else {"nothing_holds": number}
    made["topic_notes"] = [_note(name, value) for name, value in notes.items()]


def _themes(made: Rows, work: Material, search: Search, wording: dict[str, frozenset[str]]) -> None:
    """The themes that are shown, the largest first, and their words."""
    found, belongs = search.found, search.belongs
    echo = echoes(found.terms, work.terms.tolist(), belongs, [s.question for s in work.sentences], wording)
    where = places(found.centres[search.holds])
    for at, topic in enumerate(search.holds):
        made["themes"].append({
            "theme": _name(at), "n_segments": int((belongs == topic).sum()), "stability": search.steady.words[topic],
            "steady": search.steady.sentences[topic], "halves": search.again[topic], "firm": "yes" if search.firm[topic] else "no",
            "worded": _worded(work, found.terms[topic], belongs == topic),
            "coherence": search.near[topic], "echo": echo[topic][0], "echo_question": echo[topic][1], "x": where[at, 0], "y": where[at, 1],
        })  # fmt: skip
        top = [t for t in np.argsort(-found.terms[topic], kind="stable")[:TERMS] if found.terms[topic, t] > 0]
        made["theme_terms"] += [{"theme": _name(at), "rank": rank, "term": work.terms[t], "weight": found.terms[topic, t]} for rank, t in enumerate(top, 1)]


def _worded(work: Material, weights: np.ndarray, mine: np.ndarray) -> float:
    """Share of a topic's sentences that hold one of its top words; the others are near it by meaning."""
    top = sorted(*tops(weights[None]))
    return float((work.counts[np.flatnonzero(mine)][:, top].sum(axis=1) > 0).mean()) if mine.any() else 0.0


def _name(at: int) -> str:
    return f"H{at + 1:02d}"


def _sentences(work: Material, weights: np.ndarray, search: Search) -> Iterator[dict[str, Any]]:
    """One row a sentence: its theme where enough runs agree, how near it is, and the next nearest."""
    best, belongs = np.argsort(-weights, axis=1, kind="stable"), search.belongs
    at = {topic: n for n, topic in enumerate(search.holds)}
    for row, s in enumerate(work.sentences):
        mine = at.get(int(belongs[row]), -1)
        first = mine if mine >= 0 else int(best[row, 0])
        second = next((int(b) for b in best[row] if b != first and weights[row, b] > 0), -1)
        yield {
            "doc": s.doc, "turn": s.turn, "seg": s.seg, "case": s.case, "question": s.question, "theme": _name(mine) if mine >= 0 else "",
            "weight": weights[row, first], "second": _name(second) if second >= 0 else "", "second_weight": weights[row, second] if second >= 0 else 0.0,
        }  # fmt: skip


def _note(name: str, value: float) -> dict[str, Any]:
    return {"note": name, "value": value, "text": ""}
