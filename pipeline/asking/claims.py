"""Whether an interviewer's turn puts something to the respondent instead of asking for it: claims, guesses, summaries, hearsay.

Its last sentence decides: a claim after which an open question follows is the question's background only.
"""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.asking.claimwords import (
    ABOUT_THE_TALK,
    COMMENTS,
    CONCLUDES,
    CONFIRMS,
    GRANTED,
    GRANTED_WRONG,
    LEADS_IN,
    OPEN_PROBE,
    POLAR_CLAIMS,
    PRESUMES,
    SUPPOSES,
    TAKES_UP,
    WHY_THAT,
)
from pipeline.asking.phrases import OPENING_VERBS, QUESTION_WORDS, REQUESTS, TAGS, WHY
from pipeline.asking.windows import WORD, is_signal, sentences
from pipeline.asking.wording import standard
from pipeline.german.stopwords import STOPWORDS


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I)


_CONFIRMS = re.compile(rf"(?:^|[,–-]\s*)(?:(?:oder|und|aber)\s+)?(?:{'|'.join(CONFIRMS)})\s*[?.]*\s*$", re.I)
_TAG = re.compile(rf"[,–-]\s*(?:{'|'.join(TAGS)})\s*\?\s*$", re.I)
_POLAR, _SUPPOSES, _TALK = _any(POLAR_CLAIMS), _any(SUPPOSES), _any(ABOUT_THE_TALK)
_PRESUMES, _GRANTED, _WRONG, _WHY_THAT = (re.compile(p, re.I) for p in (PRESUMES, GRANTED, GRANTED_WRONG, WHY_THAT))
_WHY = re.compile(rf"\b(?:{'|'.join(WHY)})\b", re.I)
_BALANCED = re.compile(
    r"\boder (?:eher|doch|auch|gar|war|ist|sind|gibt|wie|nicht so|ganz|mehr|lieber|kommt|geht|haben|hat|läuft|sehen)\b", re.I
)
_TAKES_UP = re.compile(TAKES_UP, re.I)
_FIRST_PERSON = re.compile(r"(?<!wenn )\bich\b", re.I)
_SURE = re.compile(r"\b(?:doch|sicher(?:lich)?|bestimmt|wahrscheinlich|vermutlich|wohl|also|oder)\b", re.I)
_ALSO = re.compile(r"^\W*(?:(?:und|aber|ja|gut|okay|na)\W+)?also\b", re.I)
_CLEFT = re.compile(r"^was\s+(?:\w+,?\s+){1,4}?(?:ist|sind|wäre|wären)\s+(?:\w+\s+)*?(?:also|doch|wohl|ja|sicher)\b", re.I)
_WHOEVER = re.compile(r"^(?:wer(?: es|'s)?|wen|wem|wo|was|wie)\b[^?,]*,\s*(?:der|die|das|den|dem|da|so|hat|muss|kann|zieht|geht|bleibt|ist)\b[^?]*\.?$", re.I)
_REASON = re.compile(r",\s*(?:und\s+)?(?:warum|wieso|weshalb|woher kommt das|wie kommt(?:'s| das| es)|woran liegt(?:'s| das| es))(?: denn| eigentlich| nur| bloß)*\s*\?\s*$", re.I)
_SEEN = re.compile(
    r"^(?:merken|merkst|merkt|spüren|spürst|spürt|erleben|erlebst|erlebt|kennen|kennst|kennt|sehen|siehst|seht|beobachten|bemerken|empfinden|bekommen|kriegen|erfahren) "
    r"(?:sie|du|ihr) (?:das|dat|so etwas|so was|sowas|davon|es)\b[^,]*\?$", re.I
)  # fmt: skip
_PLACE = frozenset("ab an am ans in im ins mit bei beim seit von vom zu zum zur auf für über um aus nach unter bis ohne durch neben".split())
_YOU = frozenset("sie du ihr er es s das dat man da hier ihnen dir euch wir ich die der".split())
_VERBS = OPENING_VERBS | frozenset("wäre wären wärst hättest könntest möchtest würdest sieht habe hab bin sei bräuchtest dürften könne müsste ham gibts wär gäb hätt würd könnt wär's gehts tät wird's gibt's ist's".split())
_FIELDS = frozenset("da dann so jetzt nun".split())  # with a verb behind them they are a claim's own first word
_LEAST = 3  # words from which on a sentence without an interrogative claims something


def claims(text: str) -> bool:
    """Whether an interviewer's turn ends in a claim that is put to the respondent.

    >>> claims("Die Bereitschaft ist ja leider zurückgegangen."), claims("Und wie ist das mit den Räumen?"), claims("Mhm, ja.")
    (True, False, False)
    """
    text = standard(text)
    if is_signal(text) or is_probe(text) or _asks_without_signs(text):
        return False
    parts = sentences(text)
    while parts:
        sentence = parts.pop()
        if parts and (_only_confirms(sentence) or is_signal(sentence) or _beside(sentence)):
            continue
        return _claims(sentence) or ((_asks_why(sentence) or _SEEN.match(_body(sentence)[1]) is not None) and bool(parts) and _claims(parts[-1]))
    return False


def _beside(sentence: str) -> bool:
    """Whether a sentence goes with the one before: talk, a comment, or another half of its question."""
    words, bare = _body(sentence)
    other_half = "?" in sentence and (WORD.findall(sentence) or [""])[0].lower() == "oder"
    return not words or other_half or _is_comment(bare) or (_TALK.search(bare) is not None and "?" not in bare)


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
    pairs = pairwise(words)
    return any(w in QUESTION_WORDS for w in words) or any(a in _VERBS and b in {"sie", "du", "ihr"} for a, b in pairs)


def _claims(sentence: str) -> bool:
    if (reason := _REASON.search(sentence)) and _claims(sentence[: reason.start()] + "."):
        return True
    words, bare = _body(sentence)
    if not words or asks_at_the_end(bare):
        return False
    if _SUPPOSES.search(sentence) and not _is_open(words, bare):
        return True
    claimed = _CONFIRMS.sub("", bare)
    if _TALK.search(claimed) or _TAKES_UP.search(bare) or _FIRST_PERSON.search(claimed) or _is_request(words, sentence):
        return False
    if _is_comment(bare) or _is_topic(words, bare):
        return False
    if _WRONG.search(bare):
        return True
    if why := _WHY.search(sentence):
        rest = sentence[why.end() :]
        return bool(_WHY_THAT.search(sentence)) or (len(WORD.findall(rest)) > _LEAST and bool(_GRANTED.search(rest)))
    if _is_open(words, bare):
        return _CLEFT.match(bare) is not None or _WHOEVER.match(bare) is not None
    if _is_polar(words, bare):
        return (_POLAR.search(bare) is not None and not _BALANCED.search(bare)) or _concludes(sentence, words)
    return _says(sentence, words)


def _concludes(sentence: str, words: list[str]) -> bool:
    """`Also kapseln sich die Familien ab?`: drawn from what was said, and of others than the one who is asked."""
    return _ALSO.match(sentence) is not None and len(words) > 2 and not set(words[1:3]) & {"sie", "du", "ihr"}


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
    if words[0] in _VERBS:
        return len(words) == 1 or "?" in bare or words[1] in _YOU
    return "?" in bare and len(words) > 2 and words[1] in _YOU | {"sich"} and re.search(r"(?:t|en|ern|eln)$", words[0]) is not None


def asks_at_the_end(bare: str) -> bool:
    """A topic or a condition with an open question behind it: `Und die Religion, wie ist das hier?`."""
    clauses = [c.strip() for c in re.split(r"[,–:]", bare) if WORD.search(c)]
    if len(clauses) < 2 or "?" not in bare or _only_confirms(bare) or _TAG.search(bare):
        return False
    for clause in clauses[1:]:
        raw = [w.lower() for w in WORD.findall(clause)]
        words = [w for w in raw if w not in LEADS_IN]
        # `da muss es ja hoch hergehen` and `denk ich mir` ask for nothing, though a verb comes first once `da` is away.
        if len(words) < 2 or (raw[0] in _FIELDS and raw[1] in _VERBS) or words[1] == "ich":
            continue
        # An interrogative before a verb asks, one before anything else makes a relative clause.
        asks = words[0] in QUESTION_WORDS and (words[1] in _VERBS or re.search(r"[^aeiou](?:t|st|en)$", words[1]) is not None)
        asks = asks or (words[0] in _PLACE and words[1] in QUESTION_WORDS)
        if asks or (words[0] in _VERBS and words[1] in _YOU):
            return True
    return False


def _is_comment(bare: str) -> bool:
    """A remark on what was said (`Das ist ein starkes Bild.`): it points back and names nothing itself."""
    words = WORD.findall(bare)
    if not words or words[0].lower() not in {"das", "dat", "es"} or re.search(r"[?,]", bare) or _SURE.search(bare):
        return False
    return all(w.lower() in COMMENTS for w in words[1:] if w[0].isupper() and w not in {"Sie", "Ihnen", "Ihr", "Ihre", "Ihren"})


def _is_topic(words: list[str], bare: str) -> bool:
    """A mere topic or condition put as a question: `Und am Tag der Moschee?`, `Wenn Sie wünschen dürften?`."""
    if "?" not in bare or _TAG.search(bare) or _only_confirms(bare):
        return False
    clauses = [WORD.findall(clause) for clause in re.split(r"[,–]", bare) if WORD.search(clause)]
    if words[0] in {"wenn", "falls"}:
        return True
    if words[0] not in _PLACE or any(w in _VERBS or _looks_finite(w) for w in clauses[0][1:]):
        return False
    second = [w.lower() for w in clauses[1]] if len(clauses) > 1 else []
    if len(second) > 2 and second[0] in {"die", "der", "das", "da", "dann"} and second[1] in _VERBS:
        return False
    return not second or second[0] not in {"das", "da", "dann", "ist", "dass"} or second[-1] in _VERBS


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
    return any(w in _VERBS or _looks_finite(w) for w in WORD.findall(sentence)[1:])


def _looks_finite(word: str) -> bool:
    return word.islower() and word not in STOPWORDS and re.search(r"(?:t|te|st|n)$", word) is not None


def _only_confirms(sentence: str) -> bool:
    return _CONFIRMS.search(sentence) is not None


def _asks_why(sentence: str) -> bool:
    return _WHY.search(sentence) is not None
