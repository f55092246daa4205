"""Stage discover: themes in what respondents say, found without the codebook. Proposals for people to read, named in the next stage.

The result is what many runs of a model agree on; themes that do not hold when single interviews are left out are not shown, and
sentences that no theme holds stay without one. Where there is too little material, nothing is invented.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.encoders.kept import to_matrix
from pipeline.learning.threads import one_thread
from pipeline.study import SEED
from pipeline.topicmodels import MODELS
from pipeline.topicmodels.comparing import compared
from pipeline.topicmodels.consensus import Consensus, agree, runs, sorted_by_size
from pipeline.topicmodels.echo import echoes
from pipeline.topicmodels.layout import places
from pipeline.topicmodels.number import CHANCE, Tried, chosen, curve
from pipeline.topicmodels.prepare import sentences_of, wordings
from pipeline.topicmodels.stability import Steadiness, coherence, halves, leave_one_out
from pipeline.topicmodels.words import Material, Sentence, material

if TYPE_CHECKING:
    import pandas as pd

TABLES = ("themes", "theme_terms", "segment_themes", "topic_models", "topic_numbers", "topic_notes")
LEAST_CASES = 2  # people who must speak of it
LEAST_TERMS = 12  # different nouns that several interviews use
TERMS = 40  # words kept for each theme; fewer are shown, all help to find it again
SOME = 10  # sentences with content words that make an interview count as material
Rows = dict[str, list[dict[str, Any]]]


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
    with one_thread():  # with several, the last places of a sum differ, and with them a run's topics
        work = material(sentences, to_matrix([by_seg[s.seg] for s in sentences]), settings.topics.neighbours)
        if len(work.terms) < LEAST_TERMS:
            made["topic_notes"] = [_note("too_little", len(work.terms))]
            return made
        _find(made, work, settings, wordings(turns, tokens, types, questions))
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


def _find(made: Rows, work: Material, settings: SimpleNamespace, wording: dict[str, frozenset[str]]) -> None:
    """Fills the tables."""
    model = MODELS[settings.topics.model]
    tried = curve(work, model, SEED)
    number = settings.topics.number or chosen(tried)
    every = runs(work, model, number, SEED)
    found = sorted_by_size(agree(work, every))
    steady, near = leave_one_out(work, every, found), coherence(work, found.terms)
    again = halves(work, model, found.belongs, number, SEED)
    # Where no theme at all is told by both halves, there is nothing but chance; single weak ones are shown and said to be weak.
    holds = _holding(work, found, steady) if again.max() >= CHANCE else []
    belongs = np.where(np.isin(found.belongs, holds), found.belongs, -1)
    made["topic_numbers"] = [_tried(t, chosen(tried)) for t in tried]
    made["topic_notes"] = _notes(work, number, holds, belongs)
    if settings.topics.number:
        made["topic_notes"].append(_note("set", number))
    if not holds:
        return
    made["topic_models"] = list(compared(work, MODELS, len(holds), belongs, settings.topics.model, SEED))
    echo = echoes(found.terms, work.terms.tolist(), belongs, [s.question for s in work.sentences], wording)
    where = places(found.centres[holds])
    names = {topic: f"H{n:02d}" for n, topic in enumerate(holds, 1)}
    for at, topic in enumerate(holds):
        made["themes"].append({
            "theme": names[topic], "n_segments": int((belongs == topic).sum()), "stability": steady.words[topic], "steady": steady.sentences[topic],
            "halves": again[topic], "coherence": near[topic], "echo": echo[topic][0], "echo_question": echo[topic][1], "x": where[at, 0], "y": where[at, 1],
        })  # fmt: skip
        top = [t for t in np.argsort(-found.terms[topic], kind="stable")[:TERMS] if found.terms[topic, t] > 0]
        made["theme_terms"] += [
            {"theme": names[topic], "rank": rank, "term": work.terms[t], "weight": found.terms[topic, t]} for rank, t in enumerate(top, 1)
        ]
    weights = model.weigh(model.points(work), found.centres) * found.shares
    made["segment_themes"] = list(_sentences(work, weights[:, holds], belongs, names, holds))


def _holding(work: Material, found: Consensus, steady: Steadiness) -> list[int]:
    """Topics that hold: enough of their words and sentences stay, and more than one person speaks of them."""
    belongs, cases = found.belongs, np.array([s.case for s in work.sentences], dtype=object)
    alone = len(set(cases)) < LEAST_CASES
    return [
        t
        for t in range(len(found.centres))
        if steady.holds[t] and (alone or len(set(cases[belongs == t])) >= LEAST_CASES)
    ]


def _sentences(work: Material, weights: np.ndarray, belongs: np.ndarray, names: dict[int, str], holds: list[int]) -> Any:
    """One row a sentence: its theme where most runs agree, how near it is, and the next nearest."""
    best = np.argsort(-weights, axis=1, kind="stable")
    at = {topic: n for n, topic in enumerate(holds)}
    for row, s in enumerate(work.sentences):
        topic = int(belongs[row])
        first = at.get(topic, int(best[row, 0]))
        second = next((int(b) for b in best[row] if b != first and weights[row, b] > 0), -1)
        yield {
            "doc": s.doc, "turn": s.turn, "seg": s.seg, "case": s.case, "question": s.question, "theme": names.get(topic, ""),
            "weight": weights[row, first], "second": names[holds[second]] if second >= 0 else "",
            "second_weight": weights[row, second] if second >= 0 else 0.0,
        }  # fmt: skip


def _tried(t: Tried, number: int) -> dict[str, Any]:
    return {
        "number": t.number, "stability": t.stability, "coherence": t.coherence, "score": t.score, "chosen": "yes" if t.number == number else "no",
    }  # fmt: skip


def _notes(work: Material, number: int, holds: list[int], belongs: np.ndarray) -> list[dict[str, Any]]:
    """How much there was, how many topics did not hold, how many sentences belong nowhere."""
    notes = [
        _note("sentences", len(work.sentences)), _note("wordless", int((~work.speaking).sum())), _note("looked_for", number),
        _note("dropped", number - len(holds)), _note("outside", int((belongs < 0).sum())),
    ]  # fmt: skip
    return [*notes, _note("nothing_holds", number)] if not holds else notes


def _note(name: str, value: float) -> dict[str, Any]:
    return {"note": name, "value": value, "text": ""}
