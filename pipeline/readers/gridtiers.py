"""Which tiers of a TextGrid are speech. Praat knows no speakers, and most files hold sounds and words beside sentences.

Tiers whose names differ only in what they hold (`A - words`, `A - phones`) belong together; of each such group one is
read: the one with the most words a label, else its words, put together to utterances where nobody pauses.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from pipeline.readers.tiernames import WORDS, beside, parts, translates, whose

SENTENCE = 2  # median of words a label, from which on a tier holds sentences
WORDLIKE = 2  # median of letters a label, below which a tier holds sounds or codes
PAUSE = 0.5  # seconds between words, from which on an utterance ends
COVERED = 0.5  # share of a sentence tier's time, from which on another tier explains it and is no person's

NOT_SAID = frozenset({
    "", "<p:>", "<p>", "<p", "sil", "<sil>", "sp", "<sp>", "spn", "<nib>", "<usb>", "silent", "sounding", "silence", "#", "_",
})  # fmt: skip


@dataclass(frozen=True)
class Label:
    """A label as it stands, with seconds; a point has no `end`. `number` counts all labels of the tier."""

    text: str
    start: float | None
    end: float | None
    number: int


@dataclass(frozen=True)
class Tier:
    """A tier with its labels that say something, its place in the file and its name."""

    number: int
    name: str
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Spoken:
    """What is read of a tier: stretches of labels, each one utterance, and who speaks ('' where the name tells not)."""

    tier: Tier
    speaker: str
    stretches: list[list[Label]]


def says(label: str) -> bool:
    """Whether a label is more than silence."""
    return label.strip().lower() not in NOT_SAID


def choose(tiers: list[Tier]) -> list[Spoken]:
    """The tiers that are speech, in the order of the file."""
    groups: dict[str, list[Tier]] = {}
    for tier in _said(tiers):
        if any(sign.isalpha() for label in tier.labels for sign in label.text):
            groups.setdefault(whose(tier.name), []).append(tier)
    sentences = {owner: max(fit, key=_length) for owner, group in groups.items() if (fit := _sentences(group))}
    known = list(sentences.values())
    words = {owner: best for owner, group in groups.items() if owner not in sentences and (best := _words(group))}
    named = [tier for tier in words.values() if _named(tier)]
    chosen = [(owner, tier, False) for owner, tier in sentences.items()]
    for owner, tier in words.items():
        mates = known + [one for one in named if one is not tier]
        if (tier in named and not (owner == "" and known)) or (
            tier not in named and owner != "" and not any(_covers(tier, one) for one in mates)
        ):
            chosen.append((owner, tier, True))
    if not chosen:  # names tell nothing at all
        longest = max(words.values(), key=_letters, default=None)
        chosen = [("", longest, True)] if longest else []
    chosen.sort(key=lambda one: one[1].number)
    return [Spoken(t, owner, _joined(t) if join else [[label] for label in t.labels]) for owner, t, join in chosen]


def _said(tiers: list[Tier]) -> list[Tier]:
    """Tiers but for those of themes, codes, translations and the like, where the same person or anybody has others."""
    names = {tier.name for tier in tiers}
    plain = {whose(name) for name in names if not beside(name)}
    return [
        tier
        for tier in tiers
        if not (beside(tier.name) and plain and whose(tier.name) in {"", *plain}) and not translates(tier.name, names)
    ]


def _named(tier: Tier) -> bool:
    """Whether a tier's name says that it holds words."""
    return not WORDS.isdisjoint(parts(tier.name))


def _sentences(group: list[Tier]) -> list[Tier]:
    """Tiers with sentences; translations and the like only where nothing else has any."""
    found = [tier for tier in group if median(len(label.text.split()) for label in tier.labels) >= SENTENCE]
    return [tier for tier in found if not beside(tier.name)] or found


def _length(tier: Tier) -> tuple[float, float]:
    counts = [len(label.text.split()) for label in tier.labels]
    return median(counts), sum(counts) / len(counts)


def _letters(tier: Tier) -> float:
    return float(median(sum(sign.isalpha() for sign in label.text) for label in tier.labels))


def _words(group: list[Tier]) -> Tier | None:
    """The tier of words: by its name, else the one with the longest labels, if they are words at all."""
    fit = [tier for tier in group if _letters(tier) >= WORDLIKE and not beside(tier.name)]
    named = [tier for tier in fit if _named(tier)]
    return max(named or fit, key=_letters, default=None)


def _covers(tier: Tier, other: Tier) -> bool:
    """Whether a tier's labels fill the labelled time of another, as parts of speech do with the words they name."""
    spans = [_spans(one) for one in (tier, other)]
    total = sum(end - start for start, end in spans[1])
    shared, i, j = 0.0, 0, 0
    while i < len(spans[0]) and j < len(spans[1]):
        (a, b), (c, d) = spans[0][i], spans[1][j]
        shared += max(0.0, min(b, d) - max(a, c))
        i, j = (i + 1, j) if b < d else (i, j + 1)
    return total > 0 and shared >= COVERED * total


def _spans(tier: Tier) -> list[tuple[float, float]]:
    return sorted((one.start, one.end) for one in tier.labels if one.start is not None and one.end is not None)


def _joined(tier: Tier) -> list[list[Label]]:
    """Labels put together up to the next pause."""
    found: list[list[Label]] = []
    for label in tier.labels:
        last = found[-1][-1].end if found else None
        if last is not None and label.start is not None and label.start - last < PAUSE:
            found[-1].append(label)
        else:
            found.append([label])
    return found
