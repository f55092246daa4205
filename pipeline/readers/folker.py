"""FOLKER (.flk) and OrthoNormal (.fln): contributions on a timeline, as plain text or parsed into words and signs.

A contribution without a speaker is a line for a pause or noise between the others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.readers.elements import CLOSE, SAID, attr, bare, below, encoding, first, name, parse, place, said, walk
from pipeline.readers.inline import Writing, event
from pipeline.readers.timeline import Timeline, bundle, cue, seconds, tidy, timeline
from pipeline.readers.zipped import Element
from pipeline.reading import Cue, Reading

ROOTS = ("folker-transcription",)
PLAIN = frozenset({"segment", "unparsed"})  # levels 0 and 1
BREATH = {"in": "atmet ein", "out": "atmet aus"}
BOUNDARY = {"low-fall": ".", "fall": ";", "steady": "-", "rise": ",", "high-rise": "?"}  # GAT 2
SILENT = frozenset({"pause", "breathe", "non-phonological", "unintelligible", "time", "alternative"})
_NOT_SAID = re.compile(r"\(\([^()]{0,300}\)\)|\([\d.,\-s ]{1,12}\)|[°h]{1,8}°?")


@dataclass
class _Word:
    """A word being read: whether it is attached with `_`, and whether its inner text goes unread."""

    assimilated: bool
    stressed: bool = False
    begun: bool = False


def read(data: bytes) -> Reading:
    """A file of FOLKER or OrthoNormal; cues are contributions (id or `Beitrag n`). Raises `Unreadable`."""
    root, warnings = parse(data)
    return read_root(root, warnings)


def read_root(root: Element, warnings: list[str]) -> Reading:
    """The same from the root of the parsed file."""
    points = below(root, "timepoint")
    line = timeline((attr(point, "timepoint-id"), seconds(attr(point, "absolute-time"))) for point in points)
    cues: list[Cue] = []
    silent = 0
    for number, contribution in enumerate(below(root, "contribution"), 1):
        found = _cue(contribution, number, line)
        silent += found is None
        cues += [found] if found else []
    words = list(below(root, "w"))
    normal = sum(bool(attr(word, "n")) for word in words)
    warnings = [*warnings, *line.missing()]
    if silent:
        warnings.append(f"Zeilen nur mit Pausen oder Geräuschen, nicht als Rede gelesen: {silent}.")
    if normal:
        told = f"Die Wörter stehen in der Normalform, die in der Datei vermerkt ist ({normal} von {len(words)})"
        warnings.append(told + "; die gesprochene Form (Dialekt) steht nur in der Datei.")
    return bundle("folker", "FOLKER", encoding(root), cues, warnings, _meta(root))


def _cue(contribution: Element, number: int, line: Timeline) -> Cue | None:
    speaker = attr(contribution, "speaker-reference")
    plain = [part for part in contribution if name(part) in PLAIN]
    writing = _parsed(contribution)
    if plain:
        writing = Writing()
        for part in plain:
            writing.loose(said(part))
    elif not any(True for _ in below(contribution, "w")) and not any(s.type == "gap" for s in writing.signs):
        return None
    if not speaker and not any(sign.isalnum() for sign in _NOT_SAID.sub("", writing.text())):
        return None
    span = line.span(line.at(attr(contribution, "start-reference")), line.at(attr(contribution, "end-reference")))
    done = cue(writing.text(), speaker, span, place(contribution, "Beitrag", number))
    return replace(done, text=writing.text(), signs=tuple(writing.signs)) if writing.text() else None


def _parsed(contribution: Element) -> Writing:
    """The words and signs of levels 2 and 3."""
    writing = Writing()
    hidden = 0
    words: list[_Word] = []
    for kind, element, text in walk(contribution):
        tag = name(element)
        if kind == SAID:
            if words and not hidden:
                _word(writing, words[-1], text)
            elif tag == "p" and text.strip():
                writing.word(text, glue=True)
        elif hidden or tag in SILENT or (tag == "w" and attr(element, "n")):
            if not hidden:
                _enter(writing, element)
            hidden += -1 if kind == CLOSE else 1
        elif kind == CLOSE:
            _leave(writing, element, words)
        elif tag == "w":
            words.append(_Word(attr(element, "transition") == "assimilated"))
        elif tag == "stress" and words:
            words[-1].stressed = True
        elif tag == "lengthening" and words:
            degree = attr(element, "degree")
            writing.word(":" * (int(degree) if degree in ("1", "2", "3", "4", "5") else 1), glue=True)
        elif tag == "uncertain":
            other = [" ".join(said(w) for w in below(one, "w")) for one in below(element, "alternative")]
            writing.begin("uncertain", " / ".join(other))
    return writing


def _word(writing: Writing, word: _Word, text: str) -> None:
    text = text.replace("ß", "\0").upper().replace("\0", "ß") if word.stressed else text
    if not text.strip():
        return
    attached = word.assimilated and not word.begun and bool(writing.parts)
    writing.word(("_" if attached else "") + text.strip(), glue=attached or word.begun)
    word.begun = True


def _leave(writing: Writing, element: Element, words: list[_Word]) -> None:
    tag = name(element)
    if tag == "w" and words:
        words.pop()
    elif tag == "stress" and words:
        words[-1].stressed = False
    elif tag == "uncertain" and not writing.end():
        writing.gap()
    elif tag == "phrase":
        writing.word(BOUNDARY.get(attr(element, "boundary-intonation"), ""), glue=True)


def _enter(writing: Writing, element: Element) -> None:
    tag = name(element)
    if tag == "w":
        writing.word(attr(element, "n"))
    elif tag == "pause":
        writing.mark("pause", attr(element, "duration"))
    elif tag == "breathe":
        writing.mark("event", BREATH.get(attr(element, "type"), "atmet"))
    elif tag == "non-phonological":
        event(writing, attr(element, "description"))
    elif tag == "unintelligible":
        length = attr(element, "length")
        writing.gap(f"{length} Silben" if length.isdigit() else "")


def _meta(root: Element) -> dict[str, str]:
    meta = {"aufnahme": bare(attr(first(root, "recording"), "path"))}
    for speaker in below(root, "speaker"):
        meta[f"sprecher {tidy(attr(speaker, 'speaker-id'))}: name"] = said(first(speaker, "name"))
    return meta
