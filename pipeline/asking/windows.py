"""Which parts of an interviewer's turn may hold a question: sentences, and sentences with the one before them."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.asking.phrases import OPENING_VERBS, OPENINGS, PARTICLES, QUESTION_WORDS, REPHRASES, REQUESTS, SIGNALS

WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"[^.!?…:;\n]+[.!?…:;]*")
_LONGEST = 60  # words of a sentence without signs that are looked at, counted from its end
_ONSETS = 4  # places in unpunctuated speech at which a question may begin


class Window(NamedTuple):
    """A stretch that may be a question. `place` counts sentences from 0; `asks` says that its form is a question's."""

    text: str
    place: int
    asks: bool


def is_signal(text: str) -> bool:
    """Whether a turn only shows that its speaker listens.

    >>> is_signal("Mhm, ja."), is_signal("Warum?")
    (True, False)
    """
    words = [w.lower() for w in WORD.findall(text)]
    return not words or (all(w in SIGNALS for w in words) and "?" not in text)


def sentences(text: str) -> list[str]:
    """Sentences, also parted at colons, without stretches that hold no word.

    >>> sentences("Ein Blick nach vorn: Was soll besser werden? Na?")
    ['Ein Blick nach vorn:', 'Was soll besser werden?', 'Na?']
    """
    parts = [m.group().strip() for m in _SENTENCE.finditer(text)]
    return [part for part in parts if WORD.search(part)]


def asks(sentence: str, signs: bool) -> bool:
    """Whether a sentence has a question's or a request's form. `signs`: the transcript has question marks at all."""
    if "?" in sentence:
        return True
    if sentence.lower().startswith(REPHRASES):
        return True
    words = _bare(sentence)
    if not words:
        return False
    if words[0] in REQUESTS and len(words) > 1 and words[1] in {"sie", "du", "mir", "ihr", "doch", "uns", "in"}:
        return True
    if words[0] in REQUESTS and len(words) == 1:
        return True
    return not signs and (
        words[0] in OPENING_VERBS or words[0] in QUESTION_WORDS or any(w in QUESTION_WORDS for w in words[1:])
    )


def _bare(sentence: str) -> list[str]:
    """Words without openings and particles, in lower case."""
    words = [w.lower() for w in WORD.findall(sentence)]
    while words and (words[0] in OPENINGS or words[0] in PARTICLES):
        words.pop(0)
    return [w for w in words if w not in PARTICLES]


def windows(text: str, signs: bool) -> list[Window]:
    """All windows of a turn, in the order in which they were said."""
    found: list[Window] = []
    before = ""
    for place, sentence in enumerate(sentences(text)):
        form = asks(sentence, signs)
        found.append(Window(plain(sentence, form), place, form))
        if before:
            found.append(Window(f"{before} {plain(sentence, form)}", place, form))
        if not signs:
            found += [Window(part, place, True) for part in _onsets(sentence)]
        before = plain(sentence, form)
    return found


def plain(sentence: str, form: bool) -> str:
    """A sentence as it would stand in a guide: without openings and particles, with a capital and its sign.

    >>> plain("und wie ist das denn mit den Nachbarn", True)
    'Wie ist das mit den Nachbarn?'
    """
    words = re.findall(r"[\w'’-]+|[,.!?…:;]+", sentence)
    while words and (words[0].lower() in OPENINGS or words[0] == ","):
        words.pop(0)
    words = [w for w in words if w.lower() not in PARTICLES][-_LONGEST:]
    while words and not words[-1][0].isalnum():
        words.pop()
    if not words:
        return sentence
    joined = re.sub(r" (?=[,.!?…:;])", "", " ".join(words))
    return joined[0].upper() + joined[1:] + ("?" if form else ".")


def _onsets(sentence: str) -> list[str]:
    """Speech without signs: from every word that may open a question to the end."""
    words = sentence.split()[-_LONGEST:]
    places = [
        n for n, w in enumerate(words)
        if n and (w.lower() in QUESTION_WORDS or (w.lower() in OPENING_VERBS and words[n + 1 : n + 2] and words[n + 1].lower() in {"sie", "du", "wir", "es", "ihr"}))
    ]  # fmt: skip
    return [plain(" ".join(words[n:]), True) for n in places[-_ONSETS:] if len(words) - n >= 3]
