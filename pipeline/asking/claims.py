"""Whether an interviewer's turn puts something to the respondent instead of asking for it: claims, guesses, summaries, hearsay.

Its last sentence decides: a claim after which an open question follows is the question's background only.
"""

from __future__ import annotations

import re

from pipeline.asking.claimwords import (
    ABOUT_THE_TALK,
    CONCLUDES,
    CONFIRMS,
    GRANTED,
    LEADS_IN,
    OPEN_PROBE,
    POLAR_CLAIMS,
    PRESUMES,
    SUPPOSES,
    WHY_THAT,
)
from pipeline.asking.phrases import OPENING_VERBS, QUESTION_WORDS, REQUESTS, TAGS, WHY
from pipeline.asking.windows import WORD, is_signal, sentences
from pipeline.german.stopwords import STOPWORDS


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I)


_CONFIRMS = re.compile(rf"(?:^|[,–-]\s*)(?:(?:oder|und|aber)\s+)?(?:{'|'.join(CONFIRMS)})\s*[?.]*\s*$", re.I)
_TAG = re.compile(rf"[,–-]\s*(?:{'|'.join(TAGS)})\s*\?\s*$", re.I)
_POLAR, _SUPPOSES, _TALK = _any(POLAR_CLAIMS), _any(SUPPOSES), _any(ABOUT_THE_TALK)
_PRESUMES, _GRANTED, _WHY_THAT = (re.compile(p, re.I) for p in (PRESUMES, GRANTED, WHY_THAT))
_WHY = re.compile(rf"\b(?:{'|'.join(WHY)})\b", re.I)
_BALANCED = re.compile(
    r"\boder (?:eher|doch|auch|gar|war|ist|sind|gibt|wie|nicht so|ganz|mehr|lieber|kommt|geht|haben|hat|läuft|sehen)\b", re.I
)
_CLEFT = re.compile(r"^was\s+(?:\w+,?\s+){1,4}?(?:ist|sind|wäre|wären)\s+(?:\w+\s+)*?(?:also|doch|wohl|ja|sicher)\b", re.I)
_PLACE = frozenset("an in mit bei seit von zu auf für über um aus nach unter".split())
_YOU = frozenset("sie du ihr es s das dat man da hier ihnen dir euch wir ich die der".split())
_VERBS = OPENING_VERBS | frozenset("wäre wären wärst hättest könntest möchtest würdest sieht habe hab bin sei bräuchtest dürften könne müsste ham gibts".split())
_FIELDS = frozenset("da dann so jetzt nun".split())  # with a verb behind them they are a claim's own first word
_LEAST = 3  # words from which on a sentence without an interrogative claims something


def claims(text: str) -> bool:
    """Whether an interviewer's turn ends in a claim that is put to the respondent.

    >>> claims("Die Bereitschaft ist ja leider zurückgegangen."), claims("Und wie ist das mit den Räumen?"), claims("Mhm, ja.")
    (True, False, False)
    """
    if is_signal(text) or is_probe(text) or _asks_without_signs(text):
        return False
    parts = sentences(text)
    while parts:
        sentence = parts.pop()
        if not parts or not (_only_confirms(sentence) or is_signal(sentence)):
            return _claims(sentence) or (_asks_why(sentence) and bool(parts) and _claims(parts[-1]))
    return False


def is_probe(text: str) -> bool:
    """Whether a turn only asks to go on and names nothing itself: what was asked before still holds.

    >>> is_probe("Inwiefern?"), is_probe("Können Sie das genauer beschreiben?"), is_probe("Und der Bus?")
    (True, True, False)
    """
    return all(word.lower() in OPEN_PROBE for word in WORD.findall(text))


def _asks_without_signs(text: str) -> bool:
    """Speech as a machine wrote it, without any sign: a question somewhere in it is what counts."""
    if re.search(r"[.,;:?!…]", text):
        return False
    words = [w.lower() for w in WORD.findall(text)]
    pairs = zip(words, words[1:], strict=False)
    return any(w in QUESTION_WORDS for w in words) or any(a in _VERBS and b in {"sie", "du", "ihr"} for a, b in pairs)


def _claims(sentence: str) -> bool:
    words, bare = _body(sentence)
    if not words:
        return False
    if asks_at_the_end(bare):
        return False
    if _SUPPOSES.search(sentence) and not _is_open(words, bare):
        return True
    if _TALK.search(bare) or _is_request(words, sentence):
        return False
    if _WHY.search(sentence):
        rest = sentence[_WHY.search(sentence).end() :]  # type: ignore[union-attr]
        return bool(_WHY_THAT.search(sentence)) or (len(WORD.findall(rest)) > _LEAST and bool(_GRANTED.search(rest)))
    if _is_open(words, bare):
        return _CLEFT.match(bare) is not None
    if _is_polar(words, bare):
        return _POLAR.search(bare) is not None and not _BALANCED.search(bare)
    return _says(sentence, words)


def _body(sentence: str) -> tuple[list[str], str]:
    """The words of a sentence without what leads into it, in lower case, and its text from there on."""
    text = sentence.strip()
    while match := re.match(r"[^\w]*([^\W\d_]+)\b", text):
        word = match[1].lower()
        after = text[match.end() :].lstrip()
        following = WORD.match(after)
        if word in _FIELDS and following and following[0].lower() in _VERBS - REQUESTS:
            text = text[match.start(1) :]
            break
        # `Inwiefern, also die sind weggezogen?`: the interrogative is a sentence of its own.
        if word in LEADS_IN or (word in QUESTION_WORDS and after.startswith(",")):
            text = after.lstrip(", ")
            continue
        text = text[match.start(1) :]
        break
    return [w.lower() for w in WORD.findall(text)], text


def _is_open(words: list[str], bare: str) -> bool:
    """Whether the sentence asks with an interrogative, at its beginning or in its last clause."""
    if words[0] in QUESTION_WORDS or (words[0] in _PLACE and len(words) > 1 and words[1] in QUESTION_WORDS):
        # `Wer kann, zieht weg, oder?` claims: the interrogative makes a relative clause.
        return not (_TAG.search(bare) or (_only_confirms(bare) and not _only_confirms(bare.split(",")[0]) and "," in bare))
    return False


def _is_polar(words: list[str], bare: str) -> bool:
    """Whether the sentence has the form of a question with the verb in front."""
    return words[0] in _VERBS and (len(words) == 1 or "?" in bare or words[1] in _YOU)


def asks_at_the_end(bare: str) -> bool:
    """A topic or a condition with an open question behind it: `Und die Religion, wie ist das hier?`."""
    clauses = [c.strip() for c in re.split(r"[,–:]", bare) if WORD.search(c)]
    if len(clauses) < 2 or "?" not in bare or _only_confirms(bare) or _TAG.search(bare):
        return False
    for clause in clauses[1:]:
        words = [w.lower() for w in WORD.findall(clause) if w.lower() not in LEADS_IN]
        if len(words) < 2:
            continue
        # An interrogative before a verb asks, one before anything else makes a relative clause.
        asks = words[0] in QUESTION_WORDS and (words[1] in _VERBS or re.search(r"[^aeiou](?:t|st|en)$", words[1]) is not None)
        asks = asks or (words[0] in _PLACE and words[1] in QUESTION_WORDS)
        if asks or (words[0] in _VERBS and words[1] in _YOU):
            return True
    return False


def _is_request(words: list[str], sentence: str) -> bool:
    if words[0] in REQUESTS:
        return True
    return "?" not in sentence and len(words) > 1 and words[1] == "sie" and words[0].endswith("en") and words[0] not in _VERBS


def _says(sentence: str, words: list[str]) -> bool:
    """A sentence without any form of a question: whether it says something."""
    content = [w for w in words if w not in STOPWORDS and len(w) > 2]
    raised = [w.lower() for w in WORD.findall(sentence)]
    concludes = bool(set(raised[:3]) & CONCLUDES)
    if not content and not (concludes or _PRESUMES.search(sentence) or _TAG.search(sentence)):
        return False
    if concludes or _TAG.search(sentence) or _only_confirms(sentence):
        return True
    return len(words) >= _LEAST and _has_verb(sentence)


def _has_verb(sentence: str) -> bool:
    """Whether a small word or one in lower case may be its verb; a mere topic (`Und mit den Schulen?`) has none."""
    words = [w for w in WORD.findall(sentence)][1:]
    return any(w in _VERBS or (w.islower() and w not in STOPWORDS and re.search(r"(?:t|te|st|n)$", w)) for w in words)


def _only_confirms(sentence: str) -> bool:
    return _CONFIRMS.search(sentence) is not None


def _asks_why(sentence: str) -> bool:
    return _WHY.search(sentence) is not None
