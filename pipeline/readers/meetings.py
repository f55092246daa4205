"""Transcripts that meeting programs write as documents: Teams and Google Meet.

They say exactly who speaks when, yet as plain paragraphs. What is found becomes rows of time, speaker and text, because
the names in them are free text (`Kaya, Ayşe (Extern)`, telephone numbers) that no detector of labels could know.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.labels import words
from pipeline.labels.frames import is_frame
from pipeline.labels.keys import keyed
from pipeline.labels.lexicon import fold, lookup
from pipeline.labels.times import seconds
from pipeline.reading import ROW, Block

PAIRS = 3  # of a time and a name in one file, from which on it is a transcript of Meet
HEAD = ("Zeit", "Sprecher", "Text")
NOBODY = "Unbekannt"  # an empty speaker would mean that the one before goes on
NAME = 80  # code points of a displayed name

_LABEL = re.compile(
    rf"(?P<name>\S.{{0,{NAME}}}?)[ \t\u00a0]{{2,40}}(?P<time>(?:\d{{1,2}}:)?\d{{1,2}}:\d{{2}})\s{{0,9}}$"
)
_UNPADDED = re.compile(r"(?:\d:[0-5]\d|[1-9]\d:[0-5]\d|\d{1,2}:\d{2}:\d{2})$")
_ARROW = re.compile(
    r"\s{0,9}(?P<time>\d{1,2}:\d{1,2}:\d{1,2}(?:[.,]\d{1,7})?) ?--> ?\d{1,2}:\d{1,2}:\d{1,2}(?:[.,]\d{1,7})?\s{0,9}$"
)
_FRAME = re.compile(
    r"(?i).{1,120} (?:(?:started|stopped) transcription|(?:hat die )?transkription (?:gestartet|beendet|gestoppt|angehalten))$"
)
_DATE = re.compile(r"(?i)(?=.{0,40}\b(?:19|20)\d{2}\b).{4,40}?\d{1,2}:\d{2} ?(?:[ap]\.?m\.?|uhr)?$")
_LENGTH = re.compile(r"(?i)(?:\d{1,3} ?(?:h|m|s|std|min|sek)\.?[a-z]{0,8} ?){1,3}$")
_OTTER = ("SUMMARY KEYWORDS", "SPEAKERS", "Transcribed by https://otter.ai")

_STAMP = re.compile(r"\s{0,9}(\d{1,2}:\d{2}:\d{2})\s{0,9}$")
_SAID = re.compile(rf"(?P<name>[^\s:][^:\n]{{0,{NAME}}}):[ \u00a0](?P<text>.*)$", re.DOTALL)
_CLOSING = re.compile(r"(?i)(?:transcription ended after|.{0,40}trans[ck]ript.{0,60}?)\b\d{1,2}:\d{2}:\d{2}\b.{0,40}$")


@dataclass
class Said:
    """What one person said: name as displayed, time as it stands, place, lines."""

    name: str
    time: str
    ref: str
    parts: list[str] = field(default_factory=list)


Found = tuple[tuple[Block, ...], dict[str, str]]


def _frame(line: str) -> bool:
    """Whether a line only says that the transcription or recording began, paused or ended."""
    return bool(_FRAME.match(line.strip())) or is_frame(line)


def recognise(blocks: Iterable[Block], meta: dict[str, str]) -> tuple[str, tuple[Block, ...], dict[str, str]] | None:
    """The program's name, its speech as rows, and `meta` with what stood around it; None for all other documents."""
    blocks = tuple(blocks)
    for tool, find in (("Teams", teams), ("Meet", meet)):
        found = find(blocks)
        if found:
            return tool, found[0], {**meta, **found[1]}
    return None


def teams(blocks: tuple[Block, ...]) -> Found | None:
    """A transcript of Teams as rows (`[m:ss] Name: text`); title, date and the rest go into the metadata."""
    lines = [(line, block.ref) for block in blocks for line in block.text.split("\n")]
    if any(line.strip() in _OTTER for line, _ in lines[:40]):
        return None
    labels = sum(bool(_LABEL.match(line)) for line, _ in lines)
    arrows = sum(bool(_ARROW.match(line)) for line, _ in lines)
    framed = any(_frame(line) for line, _ in lines)
    typical = sum(_opens(block.text) for block in blocks)
    if not (labels + arrows and (framed or arrows)) and typical < PAIRS:
        return None
    turns, around = _arrow_turns(lines) if arrows else _label_turns(lines)
    if not turns:
        return None
    return rows(turns), _around(around)


def _opens(text: str) -> bool:
    """Whether a paragraph is a whole turn of Teams: a name, three blanks, an unpadded time, and then the speech."""
    first, _, rest = text.partition("\n")
    match = _LABEL.match(first)
    typical = match and rest.strip() and "   " in first and _UNPADDED.match(match["time"])
    return bool(match and typical and not _is_role(match["name"]))


def _label_turns(lines: list[tuple[str, str]]) -> tuple[list[Said], list[str]]:
    turns: list[Said] = []
    around: list[str] = []
    for line, ref in lines:
        match = _LABEL.match(line)
        if match and seconds(match["time"]) is not None:
            turns.append(Said(match["name"].strip(), match["time"], ref))
        elif not turns or _frame(line):
            around.append(line.strip())
        else:
            turns[-1].parts.append(line)
    return turns, around


def _arrow_turns(lines: list[tuple[str, str]]) -> tuple[list[Said], list[str]]:
    """Older files: a line of times, one with the name, then the text. A name is missing where a guest had none."""
    around: list[str] = []
    groups: list[Said] = []
    for line, ref in lines:
        match = _ARROW.match(line)
        if match:
            groups.append(Said("", _clock(match["time"]), ref))
        elif not groups or _frame(line):
            around.append(line.strip())
        elif line.strip():
            groups[-1].parts.append(line)
    turns: list[Said] = []
    for group in groups:
        if len(group.parts) > 1:
            group.name = group.parts.pop(0).strip()
        if turns and turns[-1].name == group.name:
            turns[-1].parts += group.parts  # one sentence is spread over several of them
        elif group.parts:
            turns.append(group)
    return turns, around


def _clock(time: str) -> str:
    """`0:0:6.90` as `0:00:06.090`: nothing in it is padded, so that 90 are thousandths.

    >>> _clock("0:0:6.90"), _clock("0:1:5.8700000"), _clock("00:00:03.570")
    ('0:00:06.090', '0:01:05.870', '00:00:03.570')
    """
    clock, _, part = time.replace(",", ".").partition(".")
    hours, minutes, secs = clock.split(":")
    fraction = f".{part[:3] if len(part) > 3 else part.zfill(3)}" if part else ""
    return f"{hours}:{minutes:0>2}:{secs:0>2}{fraction}"


def _around(lines: list[str]) -> dict[str, str]:
    """Title, date and length above the speech, who started the transcript, and what else there is."""
    meta: dict[str, str] = {}
    rest: list[str] = []
    for line in filter(None, lines):
        if _frame(line):
            meta["transkription"] = "\n".join(filter(None, (meta.get("transkription"), line)))
        elif "datum" not in meta and _DATE.match(line):
            meta["datum"] = line
        elif "dauer" not in meta and _LENGTH.match(line):
            meta["dauer"] = line
        elif "titel" not in meta and not rest:
            meta["titel"] = line
        else:
            rest.append(line)
    return _keyed(lines) | meta | ({"vorspann": "\n".join(rest)} if rest else {})


def _keyed(lines: list[str]) -> dict[str, str]:
    """What a person wrote above as a header (`Alter: 52`)."""
    return {key: value for line in reversed(lines) for key, value, _ in keyed(line, {}) if value}


def meet(blocks: tuple[Block, ...]) -> Found | None:
    """A transcript of Google Meet as rows (`[hh:mm:ss] Name: text`); the summary before it goes into the metadata.

    It is known by paragraphs of a time alone, each with `Name: text` below it; others follow up to the next time.
    """
    lines = [(line.strip(), block.ref) for block in blocks for line in block.text.split("\n") if line.strip()]
    after = [_SAID.match(below) for (line, _), (below, _) in itertools.pairwise(lines) if _STAMP.match(line)]
    names = [match["name"].strip() for match in after if match]
    closed = any(_CLOSING.match(line) for line, _ in lines)
    if len(names) < (1 if closed else PAIRS) or any(_is_role(name) for name in names):
        return None
    known = set(names)
    turns: list[Said] = []
    aside: list[str] = []
    time, speech = "", False
    for number, (line, ref) in enumerate(lines):
        stamp, said = _STAMP.match(line), _SAID.match(line)
        if stamp and number + 1 < len(lines) and _SAID.match(lines[number + 1][0]):
            time, speech = stamp[1], True
        elif speech and turns and _CLOSING.match(line):
            aside.append(line)
            speech = False
        elif speech and said and (time or said["name"].strip() in known or _is_name(said["name"])):
            turns.append(Said(said["name"].strip(), time, ref, [said["text"]]))
            time = ""
        elif speech and turns and not stamp:
            turns[-1].parts.append(line)
        else:
            aside.append(line)
    meta = {"zusammenfassung": "\n".join(aside)} if aside else {}
    return (rows(turns), _keyed(aside) | meta) if turns else None


def _is_role(name: str) -> bool:
    """`I` and `B` were written by a person, whose document is to be read as such."""
    entry = lookup(name)
    return bool(entry and entry.role)


def _is_name(text: str) -> bool:
    parts = text.split()
    return (
        1 <= len(parts) <= 5
        and fold(text).split(" ")[0] not in words.NEVER
        and not any(part.casefold().strip(",.()") in words.CUES - words.PARTICLES for part in parts)
        and all(not part[0].islower() or part in words.PARTICLES for part in parts)
    )


def rows(turns: list[Said]) -> tuple[Block, ...]:
    """Rows of one table, its head first, so that names need no recognising. Lines of a turn are joined by a blank."""
    found = [Block("\t".join(HEAD), "Gespräch/Kopf", ROW, cells=HEAD)]
    for turn in turns:
        text = " ".join(part.strip() for part in turn.parts if part.strip())
        name = turn.name or NOBODY
        shown = f"[{turn.time}] {name}: {text}" if turn.time else f"{name}: {text}"
        found.append(Block(shown, f"Gespräch/{turn.ref}", ROW, cells=(turn.time, name, text)))
    return tuple(found)
