"""A passage found again by its words in turns that were edited since.

Turns that hold enough of its words are looked at: where the passage stands as it did, else where an edit distance puts it; then
words are aligned one by one, so that borders lie between words, whatever was put in, left out or mistyped. What stood before
and behind decides between equal places. In doubt a place is told as likely and never as sure: a coding in a wrong place does more
harm than one that people are asked about.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from pipeline.anchoring.aligning import Words, align, borders, plain, words_of

MANY = 4  # turns whose words are aligned
SHARED = 0.3  # of a passage's letters must stand in a turn as words for it to be looked at
WORTH = 0.5  # likeness below which a place is not worth telling
# What makes a place sure; tuned on half of the edits in tests/test_survival.py.
ENOUGH, SHORT = 0.75, 24  # likeness; letters below which a passage must be found word by word
EXACT = 0.93
WHOLE = 0.85  # of a passage's length
MARGIN = 0.15  # by which it must be better than the next place
CONTEXT, NEAR, KNOWN = 0.3, 0.25, 0.2  # weight of what stands around, of the turn where it is expected, of one that did not change
BESIDE, STRANGE = 0.75, 0.3  # likeness of what stands around from which it speaks for a place, and below which against
AWAY = 4  # turns from the expected one at which nearness is nothing
AROUND = 60  # code points before and behind a passage that are kept beside its quote and compared


class Found(NamedTuple):
    """Where a passage stands today: turn, offsets in its text (code points), likeness (0..1), and whether there is no doubt."""

    turn: int
    start: int
    end: int
    likeness: float
    sure: bool


class Place(NamedTuple):
    """A place that may be meant, with its `likeness` and with what speaks for it in all (`weight`)."""

    turn: int
    start: int
    end: int
    likeness: float
    weight: float
    around: float  # likeness of what stands around, -1 where nothing is known of it


def find(quote: str, before: str, after: str, texts: Mapping[int, str], near: int = 0, known: Collection[int] = ()) -> Found | None:
    """Where `quote` stands in today's `texts` (turn -> its text); None where nothing is like it.

    `before`, `after`: up to 60 code points that stood beside it, empty where that is not known; `near`: the turn in which it is expected,
    0 where nothing is; `known`: turns that probably have not changed, so that they are not the one that did. A passage that stands in
    several turns alike is sure only where one of these tells them apart.
    """
    return chosen(places(quote, before, after, texts, known), quote, near)


def places(quote: str, before: str, after: str, texts: Mapping[int, str], known: Collection[int] = ()) -> list[Place]:
    """All places that `quote` may mean, wherever it is expected."""
    asked = words_of(plain(quote))
    return [
        _place(turn, texts[turn], start, end, likeness, (before, after), turn in known)
        for turn in (_turns(asked, texts) if asked.words else ())
        for start, end, likeness in _spans(quote, asked, texts[turn])
        if likeness >= WORTH
    ]


def ranked(found: Iterable[Place], near: int = 0) -> list[Place]:
    """The best place first, and none that overlaps a better one; `weight` grows towards the turn `near`."""
    weighed = [one._replace(weight=one.weight + NEAR * max(0.0, 1 - abs(one.turn - near) / AWAY)) if near > 0 else one for one in found]
    kept: list[Place] = []
    for one in sorted(weighed, key=lambda place: (-place.weight, place.turn, place.start)):
        if not any(other.turn == one.turn and one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return kept


def chosen(found: Iterable[Place], quote: str, near: int = 0) -> Found | None:
    """The best of the places that a passage may mean, and whether there is no doubt."""
    best, *others = [*ranked(found, near), None]
    if best is None:
        return None
    return Found(best.turn, best.start, best.end, round(best.likeness, 3), _sure(best, others[0], quote, near))


def _sure(best: Place, next_: Place | None, quote: str, near: int) -> bool:
    letters = sum(len(word) for word in words_of(plain(quote)).words)
    expected = best.around >= BESIDE or (near > 0 and best.turn == near)
    if best.likeness < (EXACT if letters < SHORT else ENOUGH) or (letters < SHORT and not expected):
        return False
    if best.likeness < EXACT and 0 <= best.around < STRANGE and best.turn != near:
        return False
    if best.end - best.start < WHOLE * len(quote.strip()):
        return False  # words at one end may stand elsewhere
    return next_ is None or best.weight - next_.weight >= MARGIN


def _turns(asked: Words, texts: Mapping[int, str]) -> list[int]:
    """The turns that share most of a passage's words, rare ones counting more."""
    holding = {turn: words_of(plain(text)).distinct for turn, text in texts.items()}
    weight: dict[str, float] = {}
    for word in asked.distinct:
        weight[word] = len(word) / (1 + sum(word in there for there in holding.values()))
    total = sum(weight.values())
    shares = {turn: sum(weight[word] for word in asked.distinct & there) / total for turn, there in holding.items()}
    likely = sorted((turn for turn, share in shares.items() if share >= SHARED), key=lambda turn: (-shares[turn], turn))
    whole = [turn for turn in likely if shares[turn] > 0.999]  # all its words, but for rounding
    return whole if len(whole) > MANY else likely[:MANY]


def _spans(quote: str, asked: Words, text: str) -> Iterator[tuple[int, int, float]]:
    """(start, end, likeness) of the places in one turn: all where the passage stands as it did, else the best and the next best."""
    from rapidfuzz import fuzz

    wanted, held = plain(quote), plain(text)
    exact = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", held)]
    yield from ((start, end, 1.0) for start, end in exact)
    if exact:
        return
    parts = [(0, len(held))]
    for _ in range(2):
        best = None
        for low, high in parts:
            one = fuzz.partial_ratio_alignment(wanted, held[low:high], score_cutoff=50) if high > low else None
            if one and (best is None or one.score > best[0]):
                best = one.score, low + one.dest_start, low + one.dest_end, low, high
        if best is None:
            return
        _, start, end, low, high = best
        pad = max(20, len(wanted) // 2)
        found = align(asked, words_of(held), max(low, start - pad), min(high, end + pad))
        if found is None:
            return
        start, end = borders(held, found.start, found.end, wanted)
        yield start, end, found.likeness
        parts = [(0, start), (end, len(held))]


def _place(turn: int, text: str, start: int, end: int, likeness: float, beside: tuple[str, str], known: bool) -> Place:
    around = _around(text, start, end, *beside)
    return Place(turn, start, end, likeness, likeness + CONTEXT * max(around, 0.0) - KNOWN * known, around)


def _around(text: str, start: int, end: int, before: str, after: str) -> float:
    """How like what stands around a place is to what stood there (0..1); -1 where that is not known."""
    left, right = plain(before)[-AROUND:], plain(after)[:AROUND]
    return _beside(left, plain(text[max(0, start - len(left)) : start]), right, plain(text[end : end + len(right)]))


@lru_cache(maxsize=4096)
def _beside(before: str, left: str, after: str, right: str) -> float:
    from rapidfuzz import fuzz

    sides = [(then.strip(), now.strip()) for then, now in ((before, left), (after, right)) if then.strip()]
    if not sides:
        return -1.0
    # A turn that was split or joined has less, or more, on one side: the side that is more like counts double.
    scores = sorted(fuzz.ratio(then, now) / 100 for then, now in sides)
    return (scores[0] + 2 * scores[-1]) / 3 if len(scores) > 1 else scores[0]
