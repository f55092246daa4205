"""Is the model fair: the same contents told in several varieties of German, and how often their code is found in each.

A list of the study (`fairness.csv`): a row a sentence, `content` the same for all varieties of one content, `code`, `question` of the
guide to which it answers (may be empty), `variety`, `text`, and optionally `part`, a name under which contents are told together
(several, parted by semicolons; else the code's category, up to its first dot).
Every sentence is judged as an interview of one sentence that answers its question, without rules. Such sentences must be written by
hands that wrote none of the training sentences, and no setting may be chosen by them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from pipeline.learning.frozen import Frozen
from pipeline.learning.model import Interview, score
from pipeline.learning.threads import one_thread
from pipeline.lists import FAIRNESS, read_list

ALL, FIVE = "all", " @5"  # the part with all contents; what is put to a part's name for recall among the best five
LEAST, MOST_GAP = 10, 0.05  # contents of a part; a gap beyond is told
NAMES = {"standard": "Standarddeutsch", "ruhr": "Ruhrdeutsch", "learner": "Lernerdeutsch", "youth": "Jugendsprache"}


class Told(NamedTuple):
    """One content in one variety."""

    content: str
    code: str
    question: str
    variety: str
    text: str
    parts: tuple[str, ...]


def read(path: Path) -> list[Told]:
    """The list's sentences; none without a file. Raises `Stop` for a list that cannot be used."""
    return [told(row) for row in read_list(path, FAIRNESS)]


def told(row: Mapping[str, str]) -> Told:
    """A row as a content: its parts are those it names, else its category."""
    named = tuple(part.strip() for part in row.get("part", "").split(";") if part.strip())
    content, code, question, variety, text = (row[name] for name in FAIRNESS.required)
    return Told(content, code, question, variety, text, named or (code.partition(".")[0],))


def judged(
    rows: Sequence[Told], prepared: Mapping[str, tuple[Sequence[str], np.ndarray]], asked: Mapping[str, np.ndarray],
    expected: Mapping[str, set[str]], model: Frozen, threshold: float = 0.0,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """(is the code of each row proposed, is it among the five best), bool.

    `prepared`: text -> (words, vector); `asked`: question of the guide -> vector; `threshold`: of the study, 0 for the model's own.
    """
    codes, least = list(model.model.codes), threshold or model.certainty.threshold
    proposed, five = np.zeros(len(rows), dtype=bool), np.zeros(len(rows), dtype=bool)
    with one_thread():
        for n, row in enumerate(rows):
            words, vector = prepared[row.text]
            put = asked.get(row.question, np.zeros(len(vector)))
            wanted = np.array([[code in expected.get(row.question, ()) for code in codes]])
            logits = score(model.model, Interview([words], vector[None, :], np.zeros(1, dtype=int), put[None, :], wanted)).logits[0]
            own = logits[codes.index(row.code)]
            proposed[n], five[n] = 1 / (1 + np.exp(-own)) >= least, (logits > own).sum() < 5
    return proposed, five


def rows_of(rows: Sequence[Told], proposed: np.ndarray, five: np.ndarray) -> list[dict[str, Any]]:
    """Rows of the table: recall of each part and variety, and how far it stays behind the variety that is found best.

    Contents that are not told in every variety are left out, so that all recalls are of the same contents.
    """
    kept = _complete(rows)
    parts = [ALL, *sorted({part for n in kept for part in rows[n].parts})]
    varieties = list(dict.fromkeys(row.variety for row in rows))
    found: list[dict[str, Any]] = []
    for name, hit in (("", proposed), (FIVE, five)):
        for part in parts:
            own = [n for n in kept if part == ALL or part in rows[n].parts]
            number = len({rows[n].content for n in own})
            if number < LEAST:
                continue
            recalls = {v: float(np.mean([hit[n] for n in own if rows[n].variety == v])) for v in varieties}
            found += [_row(part, name, variety, number, value, max(recalls, key=recalls.__getitem__), recalls) for variety, value in recalls.items()]
    return found


def _complete(rows: Sequence[Told]) -> list[int]:
    """Numbers of the rows whose content is told in every variety."""
    own = defaultdict(set)
    for row in rows:
        own[row.content].add(row.variety)
    every = {row.variety for row in rows}
    return [n for n, row in enumerate(rows) if own[row.content] == every]


def _row(part: str, kind: str, variety: str, n: int, recall: float, best: str, recalls: Mapping[str, float]) -> dict[str, Any]:
    gap = recalls[best] - recall
    said = ""
    if round(gap, 6) > MOST_GAP:
        where = "" if part == ALL else f" bei {part}"
        what = "steht seltener unter den fünf besten Vorschlägen" if kind else "wird seltener erkannt"
        said = (
            f"{NAMES.get(variety, variety)} {what}{where} ({recall * n:.0f} von {n} Inhalten, {NAMES.get(best, best)} {recalls[best] * n:.0f} von {n}): "
            "Vergleiche von Gruppen, die verschieden sprechen, beruhen hier nur auf gelesenen Stellen."
        )
    return {"part": f"{part}{kind}", "variety": variety, "n": n, "recall": recall, "gap": gap, "told": said}


def prepare(texts: Sequence[str], known: Mapping[str, tuple[str, str]], make: Callable[[Sequence[str]], list[tuple[str, str]]]) -> dict[str, tuple[str, str]]:
    """text -> (words, vector as text) of all texts; what is `known` is taken over."""
    new = [text for text in dict.fromkeys(texts) if text not in known]
    made = {**known, **dict(zip(new, make(new), strict=True))}
    return {text: made[text] for text in dict.fromkeys(texts)}
