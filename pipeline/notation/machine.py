"""Words that a speech recogniser made up: subtitles' credits in silence, and loops. Judged on whole cues only.

Measured on 69 German Whisper transcripts: whole cues such as `Untertitelung des ZDF, 2020` (139 times) and 325 runs of
three and more identical cues. Substrings of the same words occur in real speech, so nothing less than a whole cue counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.notation.marks import Mark

FORMATS = frozenset({"vtt", "srt", "sbv", "tsv", "json"})
PROGRAMS = frozenset(
    {"Whisper", "WhisperX", "aTrain", "noScribe", "Amberscript", "Teams", "Zoom", "Meet", "YouTube", "Otter", "f4x"}
)

_YEARS = r"(?:,? ?(?:19|20)\d\d(?:[–-](?:19|20)?\d\d)?)?"
CERTAIN = re.compile(
    rf"(?i)(?:untertitel(?:ung)? (?:des|im auftrag des|von|der) (?:zdf|ard|wdr|swr|ndr|mdr|br|funk|amara\.?org)[^.!?]{{0,40}}{_YEARS}"
    rf"|untertitel(?:ung)? (?:von|by) stephanie geiges|untertitel der amara\.org-community|subtitles by [^.!?]{{0,40}}"
    rf"|copyright (?:wdr|swr|ndr|zdf|ard)[^.!?]{{0,20}}{_YEARS}|(?:swr|wdr|ndr|mdr) (?:19|20)\d\d(?:/\d{{2,4}})?"
    rf"|ard text im auftrag von funk[^.!?]{{0,12}}|www\.mooji\.org|amara\.org)[.!]?"
)
LIKELY = re.compile(
    r"(?i)(?:vielen dank(?: f(?:ü|ue)rs? (?:zuschauen|zusehen|ansehen|zuh(?:ö|oe)ren)| f(?:ü|ue)r ihre aufmerksamkeit)?"
    r"|danke f(?:ü|ue)rs zuschauen|bis zum n(?:ä|ae)chsten mal|das war'?s f(?:ü|ue)r heute|abonniert[^.!?]{0,40}kanal"
    r"|tsch(?:ü|ue)ss|\[?\*?musik\*?\]?|\*?piep\*?|♪+|thanks for watching|thank you for watching)[.!]{0,3}"
)
ISOLATED = 10.0  # seconds of silence on both sides, within which a lone phrase was hardly spoken
LONG, SHORT = 3, 4  # identical cues in a row that are a loop: of more than WORDS words, of fewer
WORDS = 3

_SENTENCE = re.compile(r"[^.!?…]{1,300}[.!?…]+\s*")


@dataclass(frozen=True)
class Piece:
    """One cue: its turn's number, span in the turn's raw text, times in seconds or None."""

    turn: int
    start: int
    end: int
    text: str
    t_start: float | None = None
    t_end: float | None = None
    doubt: bool = False


def find(pieces: Sequence[Piece], drop: bool) -> list[tuple[int, Mark]]:
    """What was made up: (turn, mark) in order. With `drop` sure cases leave the reading text, else all are only noted."""
    found = [*_credits(pieces, drop), *_loops(pieces, drop), *_inner_loops(pieces, drop)]
    lengths: dict[int, int] = {}
    for piece in pieces:
        lengths[piece.turn] = max(lengths.get(piece.turn, 0), piece.end)
    taken = {turn: bytearray(length) for turn, length in lengths.items()}
    kept = []
    for turn, mark in found:
        if not any(taken[turn][mark.start : mark.end]):
            taken[turn][mark.start : mark.end] = b"\1" * (mark.end - mark.start)
            kept.append((turn, mark))
    return sorted(kept, key=lambda pair: (pair[0], pair[1].start))


def _credits(pieces: Sequence[Piece], drop: bool) -> Iterator[tuple[int, Mark]]:
    for number, piece in enumerate(pieces):
        text = piece.text.strip()
        if CERTAIN.fullmatch(text):
            yield piece.turn, Mark(piece.start, piece.end, "asr_hallucination", text, "" if drop else None)
        elif LIKELY.fullmatch(text):
            gone = drop and (piece.doubt or _isolated(pieces, number))
            yield piece.turn, Mark(piece.start, piece.end, "asr_hallucination", text, "" if gone else None)


def _isolated(pieces: Sequence[Piece], number: int) -> bool:
    """Whether silence surrounds a cue; at the end of a recording thanks are said."""
    if not 0 < number < len(pieces) - 1:
        return False
    before, here, after = pieces[number - 1 : number + 2]
    if None in (before.t_end, here.t_start, here.t_end, after.t_start):
        return False
    return here.t_start - before.t_end >= ISOLATED and after.t_start - here.t_end >= ISOLATED  # type: ignore[operator]


def _loops(pieces: Sequence[Piece], drop: bool) -> Iterator[tuple[int, Mark]]:
    """Runs of identical cues: the first stays."""
    start = 0
    while start < len(pieces):
        end = start + 1
        key = _key(pieces[start].text)
        while key and end < len(pieces) and _key(pieces[end].text) == key:
            end += 1
        length = end - start
        if length >= (LONG if len(key.split()) > WORDS else SHORT):
            for piece in pieces[start + 1 : end]:
                yield piece.turn, Mark(piece.start, piece.end, "asr_loop", str(length), "" if drop else None)
        start = end


def _inner_loops(pieces: Sequence[Piece], drop: bool) -> Iterator[tuple[int, Mark]]:
    """Runs of the same sentence inside one cue."""
    for piece in pieces:
        if len(piece.text) < 12:
            continue
        sentences = [(m.start(), m.end(), _key(m.group())) for m in _SENTENCE.finditer(piece.text)]
        at = 0
        while at < len(sentences):
            end = at + 1
            while end < len(sentences) and sentences[end][2] == sentences[at][2]:
                end += 1
            if sentences[at][2] and end - at >= (LONG if len(sentences[at][2].split()) > WORDS - 1 else SHORT):
                span = (piece.start + sentences[at + 1][0], piece.start + sentences[end - 1][1])
                yield piece.turn, Mark(*span, "asr_loop", str(end - at), "" if drop else None)
            at = end


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def flagged(text: str) -> list[Mark]:
    """Credits in a text without cues: whole sentences or lines, only noted.

    >>> [m.value for m in flagged("Ja, genau. Untertitel der Amara.org-Community")]
    ['Untertitel der Amara.org-Community']
    """
    if "ntertitel" not in text and "opyright" not in text and "amara" not in text.lower():
        return []
    found = []
    for match in CERTAIN.finditer(text):
        before, after = text[: match.start()].rstrip(" \t"), text[match.end() :].lstrip(" \t")
        if (not before or before[-1] in ".!?…\n)") and (
            not after or after[0] == "\n" or match.group()[-1] in ".!" or after[0].isupper()
        ):
            found.append(Mark(*match.span(), "asr_hallucination", match.group(), None))
    return found
