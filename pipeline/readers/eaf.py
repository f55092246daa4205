"""ELAN (.eaf): tiers of annotations. Tiers without a parent are speech, those below them translate or explain it.

So do tiers whose name says so (`Themen`, `B_en`), or whose annotations lie exactly on those of a tier of speech. Where only dependent tiers hold text, they are read; of several that hang on the same annotations, the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pipeline.labels.lexicon import lookup
from pipeline.readers.elements import attr, bare, below, encoding, first, name, parse, said
from pipeline.readers.tiernames import LEVELS, beside, translates, whose
from pipeline.readers.timeline import Span, Timeline, bundle, cue, merged, seconds, tidy, timeline
from pipeline.readers.zipped import Element
from pipeline.reading import Cue, Reading, Unreadable

ROOTS = ("ANNOTATION_DOCUMENT",)
MILLI = 0.001
CHAIN = 50  # annotations that may refer to one another, one below the other
NUMBERED = (
    3  # labels from which on a tier of mere numbers is taken for one of references, and one in step for no speech
)
MOST = 200  # tiers that are compared with one another
# Parts of tiers' names that say what a tier holds, in `utt@A`.
KINDS = LEVELS | frozenset("tx txt ref rf st ts tier default sprache wort".split())
_REFERENCE = re.compile(r"\S{0,60}\d\S{0,20}")


@dataclass
class _Tier:
    number: int
    name: str
    participant: str
    parent: str
    notes: list[tuple[int, Element, str]] = field(default_factory=list)  # number, annotation, text
    aligned: bool = False  # has annotations with times of their own


def read(data: bytes) -> Reading:
    """A file of ELAN; cues are annotations (`Spur n, Annotation m`). Raises `Unreadable`."""
    root, warnings = parse(data)
    return read_root(root, warnings)


def read_root(root: Element, warnings: list[str]) -> Reading:
    """The same from the root of the parsed file."""
    slots = list(below(root, "TIME_SLOT"))
    line = timeline((attr(slot, "TIME_SLOT_ID"), seconds(attr(slot, "TIME_VALUE"), MILLI)) for slot in slots)
    notes = {attr(e, "ANNOTATION_ID"): e for e in below(root, "ALIGNABLE_ANNOTATION", "REF_ANNOTATION")}
    tiers = [_tier(element, number) for number, element in enumerate(below(root, "TIER"), 1)]
    chosen, said_so = _chosen(tiers, lambda note: _span(note, notes, line))
    by_suffix = _speaker_behind([tier.name for tier in chosen if not tier.participant])
    cues: list[list[Cue]] = []
    for tier in chosen:
        speaker = tier.participant or _label(tier.name, by_suffix)
        found = [
            cue(text, speaker, _span(element, notes, line), f"Spur {tier.number}, Annotation {number}")
            for number, element, text in tier.notes
        ]
        cues.append(found)
    wrong = sum(bool(attr(s, "TIME_VALUE")) and seconds(attr(s, "TIME_VALUE")) is None for s in slots)
    warnings = [*warnings, *([f"Zeitpunkte mit ungültiger Zeit: {wrong}."] if wrong else []), *line.missing()]
    return bundle("eaf", "ELAN", encoding(root), merged(cues), warnings + said_so, _meta(root))


def _tier(element: Element, number: int) -> _Tier:
    found = _Tier(number, attr(element, "TIER_ID"), tidy(attr(element, "PARTICIPANT")), attr(element, "PARENT_REF"))
    for count, note in enumerate(below(element, "ALIGNABLE_ANNOTATION", "REF_ANNOTATION"), 1):
        text = said(first(note, "ANNOTATION_VALUE"))
        found.aligned |= name(note) == "ALIGNABLE_ANNOTATION"
        if text.strip():
            found.notes.append((count, note, text))
    return found


def _chosen(tiers: list[_Tier], place: Callable[[Element], Span]) -> tuple[list[_Tier], list[str]]:
    """The tiers that are speech, and what was left out, in German."""
    names = {tier.name for tier in tiers}
    spoken = _said([tier for tier in tiers if tier.notes])
    top = [tier for tier in spoken if tier.parent not in names]
    chosen = _own([tier for tier in top if not _numbers(tier)], place)
    warnings = []
    if not chosen:
        below_top = [tier for tier in spoken if tier not in top] or top
        level = _highest(below_top, {tier.name: tier.parent for tier in tiers})
        chosen = _independent(level)
        if chosen:
            warnings.append("Die obersten Spuren enthalten keine Rede; gelesen wurden Spuren, die an ihnen hängen.")
    if not chosen:
        raise Unreadable("skipped", "empty", "Die Datei enthält keine Rede.", "Bitte die Transkription prüfen.")
    rest = [tier for tier in tiers if tier.notes and tier not in chosen]
    if rest:
        count = sum(len(tier.notes) for tier in rest)
        warnings.append(
            "Spuren mit Übersetzungen, Anmerkungen oder Ähnlichem, nicht als Rede gelesen: "
            f"{len(rest)} (mit {count} Einträgen)."
        )
    return chosen, warnings


def _said(tiers: list[_Tier]) -> list[_Tier]:
    """Tiers whose name does not say that they hold something else; all where every name does."""
    names = {tier.name for tier in tiers}
    said = [tier for tier in tiers if not beside(tier.name) and not translates(tier.name, names)]
    return said or [tier for tier in tiers if translates(tier.name, {tier.name, whose(tier.name)})] or tiers


def _own(tiers: list[_Tier], place: Callable[[Element], Span]) -> list[_Tier]:
    """Tiers without those that lie exactly on another one, annotation by annotation, and say less or are named after it.

    Nobody speaks in step with somebody else; a tier that names its speaker is kept all the same.
    """
    if len(tiers) > MOST:
        return tiers
    spans = {tier.number: frozenset(place(note) for _, note, _ in tier.notes) for tier in tiers}
    kept: list[_Tier] = []
    for tier in sorted(tiers, key=_weight, reverse=True):
        known = lookup(tier.name)
        person = bool(tier.participant) or (known is not None and known.certain)
        own = spans[tier.number]
        timed = all(span.start is not None and span.end is not None for span in own)
        follows = timed and len(own) >= NUMBERED and any(own <= spans[other.number] for other in kept)
        if person or not follows:
            kept.append(tier)
    return sorted(kept, key=lambda one: one.number)


def _weight(tier: _Tier) -> tuple[bool, int, int]:
    """What is speech before what lies on it: labels of speakers, then the tier with more words, then the earlier one."""
    known = lookup(tier.name)
    words = sum(len(text.split()) for _, _, text in tier.notes)
    return known is not None and known.certain, words, -tier.number


def _numbers(tier: _Tier) -> bool:
    """Whether a tier only numbers utterances (`B03.017`)."""
    return len(tier.notes) >= NUMBERED and all(_REFERENCE.fullmatch(text.strip()) for _, _, text in tier.notes)


def _highest(tiers: list[_Tier], parents: dict[str, str]) -> list[_Tier]:
    """Those of the tiers that hang highest."""
    depths = []
    for tier in tiers:
        depth, parent = 0, tier.parent
        while parent in parents and depth < CHAIN:
            depth, parent = depth + 1, parents[parent]
        depths.append(depth)
    return [tier for tier, depth in zip(tiers, depths, strict=True) if depth == min(depths)]


def _independent(tiers: Iterable[_Tier]) -> list[_Tier]:
    """All tiers with times of their own; of those that only follow a parent, the first below each."""
    found: list[_Tier] = []
    served: set[str] = set()
    for tier in sorted(tiers, key=lambda one: (not one.aligned, one.number)):
        if tier.aligned or tier.parent not in served:
            found.append(tier)
            served.add(tier.parent)
    return sorted(found, key=lambda one: one.number)


def _span(note: Element, notes: dict[str, Element], line: Timeline) -> Span:
    """An annotation's time, or that of the one it refers to."""
    for _ in range(CHAIN):
        if name(note) == "ALIGNABLE_ANNOTATION":
            return line.span(line.at(attr(note, "TIME_SLOT_REF1")), line.at(attr(note, "TIME_SLOT_REF2")))
        above = notes.get(attr(note, "ANNOTATION_REF"))
        if above is None:
            break
        note = above
    return Span()


def _speaker_behind(names: list[str]) -> bool:
    """Whether in names with `@` the speaker stands behind it (`utt@A`, `utt@B`) and not before it.

    >>> _speaker_behind(["utt@A", "utt@B"]), _speaker_behind(["A@utt", "B@utt"]), _speaker_behind(["Anna@spur"])
    (True, False, False)
    """
    pairs = [one.split("@", 1) for one in names if "@" in one]
    before, behind = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    if len(before) != len(behind):
        return len(before) < len(behind)
    return bool(before) and all(one.lower().rstrip("0123456789") in KINDS for one in before)


def _label(tier: str, by_suffix: bool) -> str:
    """The speaker in a tier's name.

    >>> _label("utt@A", True), _label("A@utt", False), _label("B03", True), _label("I_ortho", True), _label("Text", False)
    ('A', 'A', 'B03', 'I', 'Text')
    """
    before, at, behind = tier.partition("@")
    label = (behind if by_suffix and at else before).strip() or tier
    return whose(label) or label


def _meta(root: Element) -> dict[str, str]:
    media = [attr(one, "MEDIA_URL") or attr(one, "RELATIVE_MEDIA_URL") for one in below(root, "MEDIA_DESCRIPTOR")]
    writers = dict.fromkeys(attr(tier, "ANNOTATOR") for tier in below(root, "TIER"))
    return {
        "aufnahme": ", ".join(bare(one) for one in media if one),
        "autor": attr(root, "AUTHOR"),
        "transkription": ", ".join(one for one in writers if one),
    }
