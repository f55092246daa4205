"""Borders of sentences in transcribed speech, from the signs a transcriber sets and, in long speech, from the syntax."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.german.facts import facts
from pipeline.german.stts import FINITE
from pipeline.german.tokens import ABBREVIATIONS_CLOSE, ABBREVIATIONS_OPEN

LONG = 60  # tokens; a longer stretch without a full stop is no sentence but a transcriber's habit
_LONG_PIECE = 40
_MIN_PIECE = 6
_STOPS = frozenset({".", "!", "?"})
_PAUSES = frozenset({"…", "..."})
_CLOSERS = frozenset("“”»«\"'’‘)]›‹")
_QUOTES = frozenset("“”»«\"'’‘›‹")
_OPENERS = facts("openers")
_STRONG = frozenset({"aber", "also", "denn", "jedenfalls", "deshalb", "trotzdem"})
_JOINTS = frozenset({"und", "aber", "weil", "also", "denn", "oder", "doch", "dann", "nur", "jedenfalls", "deshalb", "trotzdem"})


def starts(words: Sequence[str], gaps: Sequence[str]) -> list[bool]:
    """Whether a sentence begins with each word. `gaps[i]` is the white space before word i."""
    begins = [False] * len(words)
    open_end = -1  # index of the last word of a sentence that is over, closing signs included
    for i, word in enumerate(words):
        if i == 0 or "\n" in gaps[i] or "\r" in gaps[i] or "\u2028" in gaps[i]:
            begins[i] = True
            open_end = -1
        elif open_end == i - 1 and open_end >= 0:
            if (word in _CLOSERS and not gaps[i]) or word in _STOPS or word in _PAUSES:
                open_end = i
            elif not _goes_on(words, gaps, i):
                begins[i] = True
        if word in _STOPS or (word in _PAUSES and _in_the_open(words, i)) or word in ABBREVIATIONS_CLOSE or word == "V.":
            open_end = i
    return begins


def _in_the_open(words: Sequence[str], i: int) -> bool:
    # (...) stands for something left out, in the middle of a sentence as often as not.
    return not (i and words[i - 1] in "([" and i + 1 < len(words) and words[i + 1] in ")]")


def _goes_on(words: Sequence[str], gaps: Sequence[str], i: int) -> bool:
    """Whether the sentence goes on with word i although a stop, a pause or an abbreviation stands before it."""
    word, last = words[i], i - 1
    closed = False
    while last > 0 and words[last] in _CLOSERS:
        closed = closed or words[last] in _QUOTES
        last -= 1
    if word in {",", ";", ":", ")", "]", "–", "-"}:
        return True
    if words[last] in _STOPS:
        bracketed = last != i - 1 and words[i - 1] in ")]"
        return (closed or bracketed) and word[:1].islower()
    if words[last] in ABBREVIATIONS_OPEN:
        return True
    return not (word[:1].isupper() and word.lower() in _OPENERS)


def cuts(words: Sequence[str], tags: Sequence[str]) -> list[int]:
    """Where to cut a stretch of more than `LONG` words: before "und dann kommt", "aber ich hab", "weil das ist".

    A cut needs a joint with a finite verb in second place after it and a finite verb in the piece before it. A mere
    "und" cuts only what is still longer than `_LONG_PIECE` after the stronger joints have cut.
    """
    strong = _cut(words, tags, 0, len(words), _is_strong)
    found = list(strong)
    for begin, end in zip([0, *strong], [*strong, len(words)], strict=True):
        if end - begin > _LONG_PIECE:
            found += _cut(words, tags, begin, end, lambda _words, _i: True)
    return sorted(found)


def _cut(
    words: Sequence[str], tags: Sequence[str], begin: int, end: int, wanted: Callable[[Sequence[str], int], bool]
) -> list[int]:
    found: list[int] = []
    for i in range(begin + 1, end):
        if i - begin < _MIN_PIECE or end - i < _MIN_PIECE or not (wanted(words, i) and _joint(words, tags, i)):
            continue
        if any(tag in FINITE for tag in tags[begin:i]):
            found.append(i)
            begin = i
    return found


def _is_strong(words: Sequence[str], i: int) -> bool:
    word = words[i].lower()
    return word in _STRONG or (word == "und" and words[i + 1].lower() in {"dann", "da", "jetzt", "danach", "deshalb"})


def _joint(words: Sequence[str], tags: Sequence[str], i: int) -> bool:
    word = words[i].lower()
    if word not in _JOINTS or words[i - 1].lower() in {"und", "aber", "oder", "weil", "denn", "also"}:
        return False
    if word in ("dann", "doch", "nur"):
        return words[i - 1] == "," and tags[i + 1] in FINITE
    return second(tags, i + 1)


def second(tags: Sequence[str], start: int) -> bool:
    """Whether a finite verb stands second from `start`: after one pronoun, adverb or noun phrase, and with a subject."""
    i = start
    while i < len(tags) and tags[i] in ("ADV", "ITJ", "PTKANT") and i < start + 2 and tags[i + 1 : i + 2] != []:
        if tags[i + 1] in FINITE:
            return True
        i += 1
    phrase = ("PPER", "PDS", "PIS", "ART", "PPOSAT", "PIAT", "PDAT", "ADJA", "NN", "NE", "APPR", "APPRART", "CARD", "PROAV", "PWAV")
    length = 0
    nominal = False
    while i < len(tags) and tags[i] in phrase and length < 5:
        # A phrase is over with its noun or pronoun: what follows directly must be the verb.
        if nominal:
            return False
        nominal = tags[i] in ("PPER", "PDS", "PIS", "NN", "NE", "PROAV", "PWAV")
        i, length = i + 1, length + 1
        if i < len(tags) and tags[i] in FINITE:
            return nominal
    return False
