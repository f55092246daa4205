"""From cues (subtitles, segments, events of tiers) to turns: one speaker's neighbouring cues are one turn.

Formats without speakers of their own often write them into the text (`Petra: Hallo`); these go through the same scored
detection as all other labels. Where nobody is named at all, a turn ends with a sentence or a pause.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from pipeline.labels.lexicon import is_name
from pipeline.labels.shapes import parse
from pipeline.reading import Cue, Sign
from pipeline.speakers import detection
from pipeline.speakers.detection import Found
from pipeline.speakers.lines import Line, Source

PAUSE = 1.5  # seconds of silence that end a turn where the file names no speakers
ENDS = (".", "!", "?", "…")


@dataclass(frozen=True)
class Span:
    """One cue in its turn: `start`, `end` are code points in the turn's raw text; times in seconds or None."""

    start: int
    end: int
    t_start: float | None
    t_end: float | None
    t_source: str
    ref: str
    confidence: float | None = None
    doubt: bool = False


@dataclass(frozen=True)
class Talk:
    """One turn made of cues; `signs` lie in `text`."""

    speaker: str
    text: str
    spans: tuple[Span, ...]
    signs: tuple[Sign, ...] = ()

    @property
    def t_start(self) -> float | None:
        return next((span.t_start for span in self.spans if span.t_start is not None), None)

    @property
    def t_end(self) -> float | None:
        return next((span.t_end for span in reversed(self.spans) if span.t_end is not None), None)

    @property
    def t_source(self) -> str:
        known = [span.t_source for span in self.spans if span.t_start is not None]
        return "none" if not known else "exact" if known[0] == "exact" else "derived"


@dataclass(frozen=True)
class Conversation:
    """All turns, the labels that are `unsure`, and whether any speaker is named."""

    talks: tuple[Talk, ...]
    found: Found = field(default_factory=Found)
    named: bool = True


def conversation(
    cues: Iterable[Cue], known: dict[str, str], extra: dict[str, str], trusted: bool = False
) -> Conversation:
    """The turns of a file with cues. `known`: labels from settings (label -> role), `extra`: further header keys.
    With `trusted` the program is known to write names before the words: each that looks like one is a speaker.

    >>> c = conversation([Cue("Wie war", "I", 0, 1), Cue("das?", "I", 1, 2), Cue("Gut.", "B", 2, 3)], {}, {})
    >>> [(t.speaker, t.text, t.t_end) for t in c.talks]
    [('I', 'Wie war das?', 2), ('B', 'Gut.', 3)]
    """
    said = [cue for cue in cues if cue.text.strip()]
    found = Found()
    if not any(cue.speaker for cue in said):
        said, found = _labelled(said, known, extra, trusted)
    named = any(cue.speaker for cue in said)
    said = _with_owners(said) if named else said
    groups: list[list[Cue]] = []
    for cue in said:
        if groups and _goes_on(groups[-1][-1], cue, named):
            groups[-1].append(cue)
        else:
            groups.append([cue])
    return Conversation(tuple(_talk(group) for group in groups), found, named)


def _with_owners(cues: list[Cue]) -> list[Cue]:
    """A pause that the file gives to nobody belongs to whoever speaks next: it is no turn of its own."""
    done: list[Cue] = []
    following = ""
    for cue in reversed(cues):
        bare = not cue.speaker and not any(sign.isalnum() for sign in cue.text)
        done.append(replace(cue, speaker=following) if bare and following else cue)
        following = cue.speaker or following
    return done[::-1]


def _goes_on(before: Cue, cue: Cue, named: bool) -> bool:
    if before.speaker != cue.speaker:
        return False
    if named:
        return True
    silence = (
        (cue.t_start or 0.0) - (before.t_end or 0.0) if cue.t_start is not None and before.t_end is not None else 0.0
    )
    return silence < PAUSE and not before.text.rstrip("\"“”«»') ").endswith(ENDS)


def _labelled(cues: list[Cue], known: dict[str, str], extra: dict[str, str], trusted: bool) -> tuple[list[Cue], Found]:
    """Cues with the labels that stand at the start of their texts, or inside them after a sentence."""
    lines: list[Line] = []
    at = 0
    for cue in cues:
        lines.append(Line(at, at + len(cue.text), cue.text, cue.ref, paragraph=len(lines)))
        at += len(cue.text) + 1
    names = [c.name for c in (parse(cue.text) for cue in cues) if c and c.shape == "colon" and is_name(c.name)]
    # Subtitles break speech every few seconds: where names open most of them, they are speakers also if each is rare.
    if trusted or (
        len(set(names)) > 1 and len(names) >= detection.COVERED * len(cues) and len(names) > len(set(names))
    ):
        known = dict.fromkeys(names, "unknown") | known
    source = Source("\n".join(cue.text for cue in cues), tuple(lines), False)
    found = detection.detect(source, frozenset(), known, extra, paragraphs=False)
    if not found.turns:
        return cues, Found()
    starts = {number: list(group) for number, group in itertools.groupby(found.turns, key=lambda turn: turn.line)}
    speaker, done = "", []
    for number, cue in enumerate(cues):
        begin, body = lines[number].start, lines[number].start
        for turn in starts.get(number, ()):
            done += _part(cue, speaker, body - begin, turn.start - begin)
            speaker, body = turn.label, turn.body
        done += _part(cue, speaker, body - begin, len(cue.text))
    return done, found


def _part(cue: Cue, speaker: str, start: int, end: int) -> list[Cue]:
    text = cue.text[start:end]
    lead = len(text) - len(text.lstrip())
    if not text.strip():
        return []
    first = start + lead
    text = text.strip()
    inside = tuple(
        replace(sign, start=sign.start - first, end=sign.end - first)
        for sign in cue.signs
        if first <= sign.start and sign.end <= first + len(text)
    )
    return [replace(cue, text=text, speaker=speaker, signs=inside)]


def _talk(group: list[Cue]) -> Talk:
    parts: list[str] = []
    spans: list[Span] = []
    signs: list[Sign] = []
    at = 0
    for cue in group:
        lead = len(cue.text) - len(cue.text.lstrip())
        text = cue.text.strip()
        signs += [
            replace(sign, start=max(sign.start - lead, 0) + at, end=min(max(sign.end - lead, 0), len(text)) + at)
            for sign in cue.signs
        ]
        spans.append(Span(at, at + len(text), cue.t_start, cue.t_end, cue.t_source, cue.ref, cue.confidence, cue.doubt))
        parts.append(text)
        at += len(text) + 1
    return Talk(group[0].speaker, " ".join(parts), tuple(spans), tuple(signs))
