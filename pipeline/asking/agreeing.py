"""Whether an answer merely grants what the interviewer suggested: by what it holds beside yes and the interviewer's own words.

Words are compared in normal form, cut and folded, so that other endings, another order and another dialect stay the same word.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from pipeline.asking.agreewords import (
    ABOUT_WHAT_WAS_SAID,
    ADDS,
    BOUNDS,
    COMPARING,
    DENYING,
    DISAGREES,
    EVADING,
    GRANTS,
    LACKS,
    LIMITS,
    NEGATES,
    NOES,
    OBJECTS,
    PARTLY,
    SMALL,
    SPEAKING,
    WEAKENS,
    YES,
)
from pipeline.asking.claimwords import RHETORICAL
from pipeline.german.colloquial import normal_form
from pipeline.german.stopwords import STOPWORDS

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]*)?|\d+|[.,;:?!…–]")
_NOT = r"(?:nicht|nich|net|ned|nit)\b"
# Where a pattern lets words stand between, a no must not be among them, nor come after.
_PATTERNS = "|".join(f"(?:{p})" for p in GRANTS).replace(r"(?:\w+ )", rf"(?:(?!{_NOT})\w+ )")
_GRANTS = re.compile(rf"\b(?:{_PATTERNS})(?!\w)(?! (?:\w+ )?{_NOT})", re.I)
_WEAKENS = re.compile(WEAKENS, re.I)
_DISAGREES, _LIMITS, _RHETORICAL = re.compile(DISAGREES, re.I), re.compile(LIMITS, re.I), re.compile("|".join(RHETORICAL), re.I)
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_STOPWORDS = frozenset(word.translate(_FOLD) for word in STOPWORDS) | frozenset(word.translate(_FOLD) for word in SMALL)
_DOCH = re.compile(r"^\W*(?:ja,? |na |och )?doch\b", re.I)
_CLAUSE = re.compile(r"[^.,;:?!…–]+[.,;:?!…–]*")
_SPEAKING, _DENYING = (re.compile(rf"(?:{'|'.join(stems)})") for stems in (SPEAKING, DENYING))
_PARTLY, _OBJECTS = re.compile(PARTLY, re.I), re.compile(OBJECTS, re.I)
_SCARCELY = frozenset({"kaum", "schlecht", "schwer", "schwerlich"})
_NOT_ONLY = re.compile(r"\b(?:nicht|nich|net|ned|nit) (?:nur|bloß)\b", re.I)
LONGEST = 32  # words of an answer from which on it is never mere assent
MORE = 1  # words of its own that an assent may hold besides where it is said in so many words
NEAR = 0.74  # likeness of two spellings from which on they are one word
_MEANING = 3  # letters from which on an unknown word says something


class Weighed(NamedTuple):
    """An answer beside what the interviewer said: the words of its own, how many it repeats, whether it says yes, no, and adds."""

    own: list[str]
    repeated: int
    grants: bool
    denies: bool
    adds: bool
    says_so: bool = False  # in words about what was said, not with a mere yes


def merely_agrees(answer: str, claim: str) -> bool:
    """Whether an answer grants the claim or repeats it, and adds nothing.

    >>> merely_agrees("Nee, ham wer nich, Räume. Nee.", "Räume haben Sie wahrscheinlich auch keine?")
    True
    >>> merely_agrees("Ja, seit die Plakate hängen.", "Die Stimmung ist ja schlechter geworden.")
    False
    """
    if not answer.strip() or len(answer.split()) > LONGEST or "?" in answer:
        return False
    found = weigh(answer, claim)
    if found.adds or found.denies or not (found.grants or found.repeated):
        return False
    return len(found.own) <= _allowed(found)


def _allowed(found: Weighed) -> int:
    """How many words of its own an assent may hold: unknown spellings, a turn of phrase; never a thing of its own."""
    if not found.grants or any(word[0].isupper() for word in found.own):
        return 0
    if not found.repeated:
        return 0
    return (2 if found.repeated >= 3 else 1) + (MORE if found.says_so else 0)


def weigh(answer: str, claim: str) -> Weighed:
    """The answer's words sorted by what they bring; `own` keep their capitals."""
    claimed = [word.lower() for word in _words(claim)]
    plain = {word.lower() for word in _words(_RHETORICAL.sub(" ", claim))}
    negated = bool(plain & NEGATES)
    rest, agrees, objects = _without_speaking(_GRANTS.sub(" , ", answer), negated)
    says_so = agrees or _GRANTS.search(answer) is not None
    spoken = _words(rest)
    said = [word.lower() for word in spoken]
    own = []
    repeated = sum(word not in YES and word not in _STOPWORDS and any(alike(word, c) for c in claimed) for word in said)
    for word, form in zip(said, spoken, strict=True):
        known = word in YES or word in ADDS or _small(word) or any(alike(word, c) for c in claimed)
        own += [] if known else [form]
    no = any(word in NEGATES for word in said)
    # To `Sie haben keinen Kontakt, oder?` it is no that grants, and `doch` that does not.
    grants = says_so or any(word in YES for word in said) or (negated and no)
    contradicts = negated and not no and (not grants or _DOCH.search(answer) is not None)
    lacks = repeated and plain & LACKS and set(said) & (NEGATES - NOES)
    refuses = objects or _OBJECTS.search(answer) is not None or contradicts or (no and not negated and not lacks)
    refuses = bool(refuses) or (_DISAGREES.search(rest) is not None and not (negated and set(said[:1]) & NEGATES))
    refuses = refuses or (not negated and _WEAKENS.search(rest) is not None)
    adds = any(word in ADDS and word not in claimed for word in said) or (_LIMITS.search(rest) and not _LIMITS.search(claim))
    adds = adds or _PARTLY.search(answer) is not None
    return Weighed(own, repeated, grants, refuses, bool(adds), says_so)


def _without_speaking(answer: str, negated: bool) -> tuple[str, bool, bool]:
    """The answer without its clauses about what was said (`das lässt sich kaum leugnen`), and whether these agree or object.

    To a claim that holds a no itself, a no about it may agree as well (`das glaub ich auch nicht`): such a clause stays.
    """
    left: list[str] = []
    agrees = objects = False
    for clause in _CLAUSE.findall(_NOT_ONLY.sub(" ", answer)):
        words = [word.lower() for word in _words(clause)]
        denying, no = any(_DENYING.match(w) or w in COMPARING for w in words), any(w in NEGATES for w in words)
        evading = any(w in EVADING for w in words)
        if not _is_speaking(words) or (evading and not no) or (no and negated and not denying):
            left.append(clause)
            continue
        fits = not evading and denying == (no or (denying and bool(_SCARCELY.intersection(words))))
        agrees, objects = agrees or fits, objects or not fits
    return " ".join([*left, ","]) if agrees else answer, agrees, objects


def _is_speaking(words: list[str]) -> bool:
    """Whether a clause has words about what was said, and besides small ones no others."""
    about = [bool(_SPEAKING.match(w) or _DENYING.match(w)) for w in words]
    known = YES | BOUNDS | EVADING | COMPARING
    return any(about) and all(a or _small(w) or w in known for a, w in zip(about, words, strict=True))


def _small(word: str) -> bool:
    return word in _STOPWORDS or word in ABOUT_WHAT_WAS_SAID or word in NEGATES or len(word) < _MEANING


def alike(one: str, other: str) -> bool:
    """Whether two folded words are forms or spellings of one.

    >>> alike("nohwuchs", "nachwuchs"), alike("kurs", "sprachkurs"), alike("bus", "busch")
    (True, True, False)
    """
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < 4:
        return len(short) == 3 and long.startswith(short) and len(long) <= 5 and long[3:] in {"e", "en", "er", "n", "s", "es"}
    if long.startswith(short[: max(4, len(short) - 2)]) or long.endswith(short):
        return True
    return abs(len(long) - len(short)) <= 3 and SequenceMatcher(None, one, other).ratio() >= NEAR


def _words(text: str) -> list[str]:
    """Folded normal forms in order, with their capitals; a sentence's first word has none of its own."""
    tokens = [t.replace("’", "'") for t in _TOKEN.findall(text)]
    found = []
    for i, token in enumerate(tokens):
        if token[0].isalnum():
            normal = normal_form(tokens, i) or token
            first = i == 0 or tokens[i - 1] in ".?!:…"
            found += [w for w in re.split(r"[\s']+", (normal.lower() if first else normal).translate(_FOLD)) if w]
    return found
