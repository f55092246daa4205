"""noScribe's HTML: its time anchors make the cues, and the names that a person wrote over its labels count.

Each stretch of speech follows an anchor `ts_START_END_SPEAKER` (milliseconds). What stands between two anchors belongs
to the first of them, so that edited files lose nothing. The visible times only repeat the anchors', rounded.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.labels.lexicon import is_name, lookup
from pipeline.labels.shapes import Candidate, parse
from pipeline.readers.instants import Odd, between, noticed
from pipeline.readers.markup import Line, Walk, line_text
from pipeline.readers.timeline import ordered, tidy
from pipeline.reading import Cue, Sign

ANCHOR = re.compile(r"ts_(-?\d{1,12})_(-?\d{1,12})_(.{0,80})", re.DOTALL)
OVERLAP = "//"  # before the speaker of an anchor, and around words that are said into another's turn
SAID = 4  # words after a known label, from which on a paragraph above the first anchor is speech and no header

_STAMP = re.compile(r"\[\d{2}:\d{2}:\d{2}\]")
_PAUSE = re.compile(r"\((?:([.…_-])\1{0,59}|[^()\d]{0,30}\d{1,4}[^()\d]{1,30})\)")
_INLINE = re.compile(r"//\s{0,3}(?:([^\s/:][^/:]{0,39}):(?=\s|$))?")


@dataclass
class Piece:
    """What follows one anchor in a paragraph; without anchor `start` is ''. `who` is the anchor's speaker.

    `name` is the label that stands before the piece, if it is not the paragraph's.
    """

    text: str
    start: str = ""
    end: str = ""
    who: str = ""
    overlap: bool = False
    name: str = ""


@dataclass
class Paragraph:
    """Pieces of one paragraph, and the label before them ('' where there is none)."""

    pieces: list[Piece]
    number: int
    label: str = ""

    @property
    def who(self) -> str:
        return next((piece.who for piece in self.pieces if piece.who and not piece.overlap), "")


@dataclass
class File:
    """`speakers` of the anchors, all `labels` that are seen, the name that stands for each speaker; oddities."""

    speakers: frozenset[str]
    labels: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    odd: Odd = field(default_factory=Odd)
    corrected: int = 0

    def named(self, label: str) -> str:
        return self.names.get(label, label)


def wrote(walk: Walk) -> bool:
    """Whether any text of a page follows a time anchor of noScribe."""
    return any(ANCHOR.fullmatch(run.anchor) for line in walk.lines for run in line.runs)


def read_lines(lines: Sequence[Line]) -> tuple[tuple[Cue, ...], dict[str, str], list[str]]:
    """Cues in order (`Abs. n`, visible paragraphs counted), header under German keys, German warnings."""
    groups = [list(group) for _, group in itertools.groupby(lines, lambda line: line.paragraph)]
    groups = [seen for group in groups if (seen := [line for line in group if line.runs])]
    paragraphs = [Paragraph(_pieces(group), number) for number, group in enumerate(groups, 1)]
    first = next(n for n, paragraph in enumerate(paragraphs) if any(p.start for p in paragraph.pieces))
    above, spoken = paragraphs[:first], paragraphs[first:]
    file = File(frozenset(piece.who for paragraph in spoken for piece in paragraph.pieces if piece.who))
    _find_labels(spoken, file)
    early = [paragraph for paragraph in above if _speech(paragraph, file)]
    _find_names(spoken, file)
    meta, left = _header([groups[p.number - 1] for p in above if p not in early])
    cues = ordered(_cues([*early, *spoken], file))
    warnings = noticed(line_text(line.runs) for group in groups for line in group) + file.odd.warnings()
    if left:
        warnings.append(f"Absätze über dem ersten Zeitanker, die als Kopf und nicht als Rede gelesen wurden: {left}.")
    if file.corrected:
        warnings.append(f"Absätze mit einem anderen Namen als im Zeitanker: {file.corrected}. Es gilt der sichtbare.")
    return tuple(cues), meta, warnings


def _pieces(lines: Iterable[Line]) -> list[Piece]:
    """The pieces of a paragraph; text before its first anchor belongs to that one."""
    runs = [(run.anchor, run.text if n else f" {run.text}") for line in lines for n, run in enumerate(line.runs)]
    pieces: list[Piece] = []
    for anchor, group in itertools.groupby(runs, lambda run: run[0] if ANCHOR.fullmatch(run[0]) else ""):
        text = tidy(_STAMP.sub(" ", "".join(text for _, text in group)))
        match = ANCHOR.fullmatch(anchor)
        if match:
            who = tidy(match[3])
            lone = pieces.pop().text if len(pieces) == 1 and not pieces[0].start else ""
            piece = Piece(
                f"{lone} {text}".strip(), match[1], match[2], who.removeprefix(OVERLAP).strip(), who.startswith(OVERLAP)
            )
            pieces.append(piece)
        else:
            pieces.append(Piece(text))
    _unmark_overlaps(pieces)
    return pieces


def _unmark_overlaps(pieces: Iterable[Piece]) -> None:
    """Take away the slashes around words said into another's turn, and the label before these words."""
    before = False
    for piece in pieces:
        match = _INLINE.match(piece.text) if piece.overlap or before else None
        if match and piece.overlap:
            piece.name = (match[1] or "").strip()
            piece.text = piece.text[match.end() :].strip()
        elif match:
            piece.text = piece.text.removeprefix(OVERLAP).strip()
        if piece.overlap:
            piece.text = piece.text.removesuffix(OVERLAP).strip()
        before = piece.overlap


def _candidate(text: str) -> Candidate | None:
    candidate = parse(text)
    return candidate if candidate and candidate.shape in ("colon", "glued") else None


def _find_labels(paragraphs: Sequence[Paragraph], file: File) -> None:
    """Take labels from the beginning of paragraphs. Where noScribe told no speakers apart, all text stays as it is."""
    if not file.speakers:
        return
    found = [_candidate(p.pieces[0].text) if p.pieces and not p.pieces[0].overlap else None for p in paragraphs]
    counts = Counter(candidate.name for candidate in found if candidate)
    speaking = ""
    for paragraph, candidate in zip(paragraphs, found, strict=True):
        changes = bool(paragraph.who) and paragraph.who != speaking  # here noScribe itself has put a label
        if candidate and _is_label(candidate, counts[candidate.name], changes, file.speakers):
            paragraph.label = candidate.name
            paragraph.pieces[0].text = paragraph.pieces[0].text[candidate.body :].strip()
            file.labels.add(candidate.name)
        speaking = next((p.who for p in reversed(paragraph.pieces) if p.who and not p.overlap), speaking)
    for paragraph in paragraphs:
        _labels_inside(paragraph, file)


def _is_label(candidate: Candidate, count: int, changes: bool, speakers: frozenset[str]) -> bool:
    if candidate.name in speakers:
        return True
    entry = lookup(candidate.name)
    if candidate.shape != "colon" or (entry and entry.strong):
        return candidate.shape == "colon"
    return (changes and count > 1) or ((changes or count > 1) and is_name(candidate.name))


def _labels_inside(paragraph: Paragraph, file: File) -> None:
    """Known labels inside a paragraph, where somebody has put two paragraphs together."""
    for piece in paragraph.pieces[1:]:
        candidate = _candidate(piece.text) if not piece.overlap and piece.who != paragraph.who else None
        if candidate and candidate.name in file.speakers | file.labels:
            piece.name, piece.text = candidate.name, piece.text[candidate.body :].strip()


def _speech(paragraph: Paragraph, file: File) -> bool:
    """Whether a paragraph above the first anchor is speech; if so its label is taken from it."""
    text = paragraph.pieces[0].text
    candidate = _candidate(text)
    if not candidate or candidate.name not in file.speakers | file.labels:
        return False
    said = text[candidate.body :].strip()
    if len(said.split()) < SAID:
        return False
    paragraph.label, paragraph.pieces[0].text = candidate.name, said
    return True


def _find_names(paragraphs: Iterable[Paragraph], file: File) -> None:
    """The name that a person has given to each of noScribe's speakers, if it stands there as often as noScribe's own."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for paragraph in paragraphs:
        if paragraph.who and paragraph.label:
            seen[paragraph.who][paragraph.label] += 1
        for piece in paragraph.pieces:
            if piece.who and piece.name not in ("", piece.who):  # people rarely rename the labels inside
                seen[piece.who][piece.name] += 1
    for who, labels in seen.items():
        given = Counter({label: count for label, count in labels.items() if label not in file.speakers})
        if given and given.total() >= labels[who]:
            file.names[who] = given.most_common(1)[0][0]


def _cues(paragraphs: Iterable[Paragraph], file: File) -> Iterator[Cue]:
    speaker = ""
    for paragraph in paragraphs:
        own = file.named(paragraph.label or paragraph.who)
        file.corrected += bool(paragraph.label and paragraph.who) and own != file.named(paragraph.who)
        speaker = own or speaker
        for piece in paragraph.pieces:
            if not piece.start:
                said_by = speaker  # a paragraph that somebody has put in goes on with the one before it
            elif piece.name or piece.overlap or piece.who != paragraph.who:
                said_by = file.named(piece.name or piece.who)
            else:
                said_by = own
            if piece.text:
                yield _cue(piece, said_by, f"Abs. {paragraph.number}", file.odd)


def _cue(piece: Piece, speaker: str, ref: str, odd: Odd) -> Cue:
    """One piece as a cue. The marks for pauses and for words said into another's turn become signs."""
    first, last = (int(ms) / 1000 if ms else None for ms in (piece.start, piece.end))
    start, end = between(first, last, odd)
    signs: tuple[Sign, ...] = ()
    if piece.start and _PAUSE.fullmatch(piece.text):
        length = "" if start is None or end is None else f"{end - start:.1f}"
        signs = (Sign("pause", length, 0, len(piece.text)),)
    elif piece.overlap:
        signs = (Sign("overlap", "", 0, len(piece.text)),)
    return Cue(piece.text, speaker, start, end, ref, signs=signs)


def _header(groups: Iterable[Sequence[Line]]) -> tuple[dict[str, str], int]:
    """The title, and the lines that noScribe writes below it; how many further paragraphs stand above the speech."""
    texts = [[tidy(line_text(line.runs)) for line in group] for group in groups]
    meta: dict[str, str] = {}
    rest: list[str] = []
    for number, lines in enumerate(texts):
        at = next((n for n, line in enumerate(lines) if "noscribe" in line.casefold()), -1)
        if at >= 0 and "transkription" not in meta:
            named = lines[at + 1] if len(lines) > at + 1 else ""
            about = (lines[at], named.partition(": ")[2] or named, " ".join(lines[at + 2 :]))
            meta |= {
                key: text for key, text in zip(("transkription", "aufnahme", "optionen"), about, strict=True) if text
            }
            rest += lines[:at]
        elif number == 0:
            meta["titel"] = " ".join(lines)
        else:
            rest.append(" ".join(lines))
    return (meta | {"kopf": " | ".join(rest)} if rest else meta), len(rest)
