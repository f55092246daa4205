"""Whether a question suggests its answer: by the guide's own words, or by the form the interviewer gave it."""

from __future__ import annotations

import re

from pipeline.asking.claims import asks_at_the_end, claims
from pipeline.asking.phrases import GROUPS, OPENING_VERBS, QUESTION_WORDS, SUGGESTIONS, TAGS, WHY
from pipeline.asking.windows import WORD, sentences
from pipeline.asking.wording import standard
from pipeline.guide import Question

_SUGGESTED = re.compile("|".join(rf"(?:{pattern})" for pattern in SUGGESTIONS), re.I)
_TAG = re.compile(rf"[,–-]\s*(?:{'|'.join(TAGS)})\s*\?\s*$", re.I)
_WHY = re.compile(rf"\b(?:{'|'.join(WHY)})\b[\s,]*(?P<rest>.*)", re.I | re.S)
# The proposition of a why-question: a verb and somebody, or `that somebody …`.
_ABOUT = re.compile(rf"(?:\w+[\s,]+){{0,5}}?(?:{'|'.join(GROUPS)})\b", re.I)
_ALSO = re.compile(r"^(?:\W*(?:und|aber|ja|gut|okay)\W+)?also\s+(?P<verb>\w+)\s+(?P<next>\w+)", re.I)
_INSIDE_ALSO = re.compile(
    r"^\W*(?:und\s+|aber\s+)?(?!also\b)(?:\w+\s+){1,6}?also\b(?!\s+(?:gut|wie|was|wer|wo|noch))", re.I
)
_DOCH = re.compile(r"\b(?:doch|ja wohl|ja nun|bestimmt|sicher(?:lich)?|bekanntlich|natürlich)\b", re.I)


def of_guide(question: Question, text: str) -> bool:
    """Whether the guide calls this wording of its question leading."""
    if not question.leading:
        return False
    folded = " ".join(text.lower().split())
    return not question.leading_words or any(
        re.search(rf"(?<!\w){re.escape(word.lower())}", folded) for word in question.leading_words
    )


def by_form(text: str) -> bool:
    """Whether any sentence of an interviewer's turn suggests its answer by its form, or its last one claims something.

    >>> by_form("Finden Sie nicht auch, dass es reicht?"), by_form("Wie finden Sie das?")
    (True, False)
    """
    return any(_suggests(sentence) for sentence in sentences(standard(text))) or claims(text)


def _suggests(sentence: str) -> bool:
    if _SUGGESTED.search(sentence):
        return True
    words = [w.lower() for w in WORD.findall(sentence)]
    first = next((w for w in words if w not in {"und", "aber", "ja", "gut", "also", "dann", "okay"}), "")
    open_form = first in QUESTION_WORDS or first in OPENING_VERBS
    if _TAG.search(sentence) and not open_form:
        return True
    if "?" in sentence and not open_form and not asks_at_the_end(sentence) and (_DOCH.search(sentence) or _INSIDE_ALSO.match(sentence)):
        return True
    also = _ALSO.match(sentence)
    if (
        also
        and "?" in sentence
        and also["verb"].lower() in OPENING_VERBS
        and also["next"].lower() not in {"sie", "du", "ihr"}
    ):
        return True
    return _presupposes(sentence)


def _presupposes(sentence: str) -> bool:
    """A why-question that takes for granted what it asks the reason of (`Warum bleiben die unter sich?`)."""
    why = _WHY.search(sentence)
    if not why or len(WORD.findall(why["rest"])) < 3:
        return False
    head = re.match(r"\w+\s+(sie|du|ihr|ihnen|dir|euch|das|es|er)\b", why["rest"])
    address = re.match(r"\w+\s+(?:Sie|Ihnen)\b", why["rest"])
    if address or (head and not re.match(r"\w+\s+es\s+(?:\w+\s+)?(?:so wenig|kein|kaum)", why["rest"], re.I)):
        return False
    return _ABOUT.match(why["rest"]) is not None
