"""Stage 5, questions: which question of the guide a turn asks or answers.

An interviewer's turn is held against every wording of the guide; what resembles none is a probe to the question before.
Respondents' turns inherit the question that was asked last.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.german.stopwords import STOPWORDS
from pipeline.guide import Guide, Question, load

if TYPE_CHECKING:
    import pandas as pd

_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_FOLD = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "s"})
_STEM = 6  # letters: enough to join zusammenleben and Zusammenleben, few enough to join their forms
ORDER_BONUS = 0.06  # a question that comes next in the guide is likelier than any other


@dataclass(frozen=True)
class Wordings:
    """The guide's wordings as weighted stems: (question, stems with weights), and each stem's rarity."""

    rows: tuple[tuple[Question, dict[str, float]], ...]
    rarity: dict[str, float]
    order: dict[str, int]


def each(turns: pd.DataFrame, settings: SimpleNamespace, guide_file: Path) -> dict[str, list[dict[str, Any]]]:
    """A row a turn: question (empty before the first), kind, leading, confidence (0 to 1; NaN where nothing was asked)."""
    wordings = prepare(load(guide_file))
    rows: list[dict[str, Any]] = []
    current: Question | None = None
    kind, leading, confidence = "none", False, float("nan")
    for row in turns.itertuples():
        if row.role == "interviewer":
            kind, question, confidence = recognise(row.text, wordings, current, settings.questions.threshold)
            if question is not None:
                current = question
            leading = question is not None and is_leading(question, row.text)
        rows.append(
            {
                "doc": row.doc, "turn": row.turn, "question": current.id if current else "", "kind": kind if current else "none",
                "leading": "yes" if leading and current else "no", "confidence": confidence if current else float("nan"),
            }
        )  # fmt: skip
    return {"questions": rows}


def stems(text: str) -> list[str]:
    """Content words cut to a common stem.

    >>> stems("Wie leben die Menschen hier zusammen?")
    ['leben', 'mensch', 'hier', 'zusamm']
    """
    words = (w.lower() for w in _WORD.findall(text))
    return [w.translate(_FOLD)[:_STEM] for w in words if w not in STOPWORDS or w in _ASKING]


# Small words that tell questions of a guide apart and so must not be stopped.
_ASKING = frozenset(
    """zusammen hier wer wem wen wo nebeneinander miteinander anders noch fehlt machen macht machst tun tut läuft brauchen
    braucht bräuchten schwer selbst""".split()
)


def prepare(guide: Guide) -> Wordings:
    rows = [(q, stems(wording)) for q in guide.questions for wording in (q.text, *q.wordings)]
    documents = Counter(stem for _, words in rows for stem in set(words))
    rarity = {stem: 1 + math.log((1 + len(rows)) / (1 + n)) for stem, n in documents.items()}
    weighted = tuple((q, _weights(words, rarity)) for q, words in rows)
    return Wordings(weighted, rarity, {q.id: n for n, q in enumerate(guide.questions)})


def _weights(words: Iterable[str], rarity: dict[str, float]) -> dict[str, float]:
    raw = {word: rarity.get(word, 1.0) for word in set(words)}
    length = math.sqrt(sum(v * v for v in raw.values())) or 1.0
    return {word: value / length for word, value in raw.items()}


def recognise(
    text: str, wordings: Wordings, current: Question | None, threshold: float
) -> tuple[str, Question | None, float]:
    """(kind, question, confidence) of an interviewer's turn. Signals such as `mhm` ask nothing."""
    words = _WORD.findall(text)
    if len(words) < 3 and "?" not in text:
        return ("none", current, float("nan"))
    sentences = [m.group() for m in _SENTENCE.finditer(text)]
    windows = sentences + [a + b for a, b in pairwise(sentences)]
    best, found = 0.0, None
    for window in windows:
        given = _weights(stems(window), wordings.rarity)
        asks = 0.0 if "?" in window else -0.08
        for question, weights in wordings.rows:
            shared = weights.keys() & given.keys()
            # One small word in common (`wer`, `anders`) is chance, a long one (`Integration`) is not.
            if not any(len(stem) == _STEM for stem in shared) and len(shared) < 2:
                continue
            score = sum(weights[stem] * given[stem] for stem in sorted(shared)) + asks
            if current and wordings.order[question.id] == wordings.order[current.id] + 1:
                score += ORDER_BONUS if score > 0.1 else 0
            if score > best:
                best, found = score, question
    if found is None or best < threshold:
        return ("probe", current, min(1.0, max(0.0, 1 - best))) if current else ("none", None, float("nan"))
    kind = "probe" if current is not None and found.id == current.id else "asked"
    return (kind, found, min(1.0, best))


def is_leading(question: Question, text: str) -> bool:
    if not question.leading:
        return False
    folded = text.lower()
    return not question.leading_words or any(word.lower() in folded for word in question.leading_words)
