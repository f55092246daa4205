"""What kind of answer a respondent's turn is: an answer, mere assent, evading or refusing."""

from __future__ import annotations

import re

from pipeline.asking.agreeing import merely_agrees
from pipeline.asking.phrases import (
    ANSWER_FILLERS,
    BARE,
    EVASIONS,
    LOUD_NOTHINGS,
    OPENING_VERBS,
    OPENINGS,
    POLITE,
    QUESTION_WORDS,
    REFUSALS,
    REQUESTS,
    TURNS_AWAY,
)
from pipeline.asking.windows import WORD, sentences

_SPACE = re.compile(r"\s+")


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    # Longer ones first, so that `ja genau` is taken before `ja`.
    return re.compile(r"\b(?:" + "|".join(sorted(patterns, key=lambda p: (-len(p), p))) + r")(?!\w)", re.I)


_EVASION, _REFUSAL = _any(EVASIONS), _any(REFUSALS)
_AWAY, _NOTHING = _any(TURNS_AWAY), _any(LOUD_NOTHINGS)
AFTER = 12  # words of its own after a refusal or an evasion from which on a turn has answered after all
SHORT = 9  # words of an answer that may be a question back or a change of the subject
BESIDE = 2  # words of its own beside `keine Ahnung` that do not make an answer yet
NOES = frozenset({"nein", "nee", "nö"})


def answered(text: str, question: str, leading: bool, direct: bool = True) -> str:
    """`answered`, `assent`, `evaded`, `refused`, or empty where nothing was said that could be an answer.

    `question` is what the interviewer said before, `leading` whether it suggested its answer. Not `direct`: somebody has
    answered in between, so that agreeing or asking back may well be meant for them.

    >>> answered("Ja, genau.", "Die wollen das nicht, oder?", True), answered("Weiß ich nicht.", "Was fehlt?", False)
    ('assent', 'evaded')
    """
    said = _SPACE.sub(" ", text).strip()
    words = WORD.findall(said)
    if not words:
        return ""
    if _REFUSAL.search(said) and _own_words(_REFUSAL.sub(" ", said)) <= AFTER:
        return "refused"
    open_question = _is_open(question)
    if _evades(said, open_question, direct):
        return "evaded"
    if leading and direct and merely_agrees(said, question):
        return "assent"
    if open_question and all(w.lower() in BARE for w in words):
        return ""
    return "answered"


def _left(said: str, known: re.Pattern[str]) -> list[str]:
    """Words that remain when known phrases and fillers are taken away."""
    return [w for w in WORD.findall(known.sub(" ", said)) if w.lower() not in ANSWER_FILLERS]


def _own_words(rest: str) -> int:
    return len([w for w in WORD.findall(rest) if w.lower() not in ANSWER_FILLERS])


def _is_open(question: str) -> bool:
    """Whether the last question asks for more than yes or no."""
    parts = [s for s in sentences(question) if "?" in s] or sentences(question)
    words = [w.lower() for w in WORD.findall(parts[-1])] if parts else []
    first = next((w for w in words if w not in OPENINGS), "")
    if first in REQUESTS:
        return True
    if first in OPENING_VERBS and first not in POLITE:
        return False
    return any(w in QUESTION_WORDS for w in words)


def _evades(said: str, open_question: bool, direct: bool) -> bool:
    words = [w.lower() for w in WORD.findall(said)]
    if direct and len(words) <= SHORT and (_AWAY.search(said) or _asks_back(said)):
        return True
    if not open_question and words[0] in NOES:
        return False
    if _EVASION.search(said):
        return _own_words(_NOTHING.sub(" ", _EVASION.sub(" ", said))) <= BESIDE
    return bool(direct and open_question and _NOTHING.search(said) and not _left(said, _NOTHING))


def _asks_back(said: str) -> bool:
    """A question back and nothing else."""
    parts = [part for part in sentences(said) if _left(part, _NOTHING)]
    words = [w.lower() for part in parts for w in WORD.findall(part)]
    first = next((w for w in words if w not in OPENINGS), "")
    return bool(parts) and all("?" in part for part in parts) and (first in QUESTION_WORDS or first in OPENING_VERBS)
