"""The grammar that all subtitles share: a name or number, a timing line, the payload, a blank line.

It knows no errors. What has no timing line becomes an entry without time, what is missing is missing, and what stands
there twice counts once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

TEXT, BLANK, TIME, IDENT = "text", "blank", "time", "ident"  # kinds of lines
NEAR = 50  # by how much a number may leap and still be the number of a subtitle

_ARROWED = re.compile(
    r"\s{0,20}(?P<start>-?\d{1,4}:[^\s<>&–—]{1,24}?)\s{0,9}(?:-{2,3}|[–—])(?:>|&gt;)\s{0,9}"
    r"(?P<end>-?\d[^\s<>]{0,24})?(?P<rest>.*)$"
)
_PAIR = re.compile(
    r"\s{0,20}(?P<start>\d{1,3}:\d{2}:\d{2}\.\d{1,4}),(?P<end>\d{1,3}:\d{2}:\d{2}\.\d{1,4})(?P<rest>)\s*$"
)
_CLOCK = re.compile(r"(?:(?P<h>\d{1,4}):)?(?P<m>\d{1,3}):(?P<s>\d{1,2})(?:[.,](?P<part>\d{1,9}))?")
_SETTING = re.compile(r"(?:align|position|line|size|vertical|region|[XY][12]|[ADLST]):[\w%.,+-]{1,60}")
_NUMBER = re.compile(r"\d{1,6}")
_MACHINE_ID = re.compile(r"[\w./-]{0,60}\d[\w./-]{0,60}")
_HEAD = re.compile(r"\ufeff?\s*WEBVTT(?![^\s-])[ \t]*-?[ \t]*(?P<title>.*)$")
_BLOCK = re.compile(r"(?P<kind>NOTE)(?:[ \t]+(?P<rest>.*))?$|(?P<style>STYLE|REGION)$")
_CONFIDENCE = re.compile(r"(?i)confidence\s{0,3}:\s{0,3}(?P<value>[01](?:\.\d{1,20})?)")
GUID = re.compile(r"(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:/\d{1,6}-\d{1,6})?")


@dataclass
class Entry:
    """One subtitle as it stands in the file: its `number` from 1, payload `lines`, and what stands around them.

    `start`, `end` are as written ('' where there is no timing line, then `timed` is False), `settings` are layout.
    """

    number: int
    start: str = ""
    end: str = ""
    settings: str = ""
    ident: str = ""
    confidence: float | None = None
    timed: bool = True
    lines: list[str] = field(default_factory=list)


@dataclass
class Found:
    """What stands in a file: `entries` in order, notes as lists of lines, names of cues, whether WEBVTT stands above."""

    entries: list[Entry] = field(default_factory=list)
    notes: list[list[str]] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    title: str = ""
    idents: list[str] = field(default_factory=list)
    declared: bool = False


def parse(text: str, form: str) -> Found:
    """Subtitles of a decoded file in order, and what else stands in it. `form` is vtt, srt or sbv."""
    lines = text.split("\n")
    found = Found()
    top = next((n for n, line in enumerate(lines) if line.strip()), 0)
    head = _HEAD.match(lines[top])
    if head:
        found.declared, found.title, top = True, head["title"].strip(), top + 1
    vtt = form == "vtt" or found.declared
    kinds = [_kind(line) for line in lines]
    _mark_idents(lines, kinds, top, vtt)
    while head and top < len(lines) and kinds[top] == TEXT:  # the head ends with a blank line
        found.head.append(lines[top].strip())
        top += 1
    _fill(lines, kinds, top, vtt, found)
    return found


def _kind(line: str) -> str:
    if not line.strip():
        return BLANK
    if ":" in line[:40] and (_ARROWED.match(line) or _PAIR.match(line)):
        return TIME
    return TEXT


def _mark_idents(lines: list[str], kinds: list[str], top: int, vtt: bool) -> None:
    """Lines that name or number a subtitle: before its timing line, or in its place where that is missing.

    A number that does not go on counting is what someone said.
    """
    last: int | None = None
    soon = [TEXT] * len(lines)  # the kind of the next line that is not blank
    for n in range(len(lines) - 2, -1, -1):
        soon[n] = kinds[n + 1] if kinds[n + 1] != BLANK else soon[n + 1]
    for n in range(top, len(lines)):
        if kinds[n] != TEXT:
            continue
        line = lines[n].strip()
        fresh = n == top or kinds[n - 1] == BLANK
        timed = n + 1 < len(lines) and kinds[n + 1] == TIME
        if _NUMBER.fullmatch(line):
            number = int(line)
            follows = number in ((0, 1) if last is None else (last, last + 1))
            near = last is not None and (abs(number - last) <= NEAR if kinds[n - 1] != TIME else number == last + 1)
            given = last is not None or not vtt
            if (timed and (fresh or near)) or (fresh and follows and (soon[n] == TIME or given)):
                kinds[n], last = IDENT, number
        elif GUID.fullmatch(line) or (vtt and timed and (n == 0 or kinds[n - 1] == BLANK) and not _BLOCK.match(line)):
            kinds[n] = IDENT


def _fill(lines: list[str], kinds: list[str], top: int, vtt: bool, found: Found) -> None:
    cue: Entry | None = None  # what takes lines of speech
    aside: list[str] | None = None  # what takes lines of a note or style
    ident, confidence, fresh = "", None, True
    for n in range(top, len(lines)):
        line, kind = lines[n].strip(), kinds[n]
        if kind == TIME:
            if cue and cue.timed and not cue.lines and not fresh:
                found.entries.pop()  # the timing line stands there twice
            cue, aside = _timed(lines[n], len(found.entries) + 1, ident, confidence), None
            found.entries.append(cue)
            ident, confidence = "", None
        elif kind == BLANK:
            aside, cue = None, cue if cue and cue.timed and not cue.lines else None  # YouTube's first line may be blank
        elif kind == IDENT:
            ident, cue, aside = line, None, None
            found.idents += [] if _MACHINE_ID.fullmatch(line) else [line]
        elif aside is not None:
            aside.append(line)
        elif vtt and fresh and (block := _BLOCK.match(line)):
            aside = [block["rest"] or ""]
            sure = _CONFIDENCE.fullmatch(aside[0].strip())
            confidence = min(float(sure["value"]), 1.0) if sure else confidence
            found.notes += [] if sure or block["style"] else [aside]
        elif cue:
            cue.lines.append(line)
        else:
            cue = Entry(len(found.entries) + 1, ident=ident, timed=False, lines=[line])
            found.entries.append(cue)
            ident = ""
        fresh = kind == BLANK


def _timed(line: str, number: int, ident: str, confidence: float | None) -> Entry:
    """The subtitle that a timing line opens; what stands behind the times and is no setting was said."""
    match = _ARROWED.match(line) or _PAIR.match(line)
    if not match:
        return Entry(number, ident=ident)
    rest = match["rest"].split()
    said = " ".join(token for token in rest if not _SETTING.fullmatch(token))
    settings = " ".join(token for token in rest if _SETTING.fullmatch(token))
    lines = [said] if said else []
    return Entry(number, match["start"], match["end"] or "", settings, ident, confidence, True, lines)


def clock(written: str) -> float | None:
    """Seconds of a time as written, or None where it is none.

    >>> clock("00:00:22,1000"), clock("0:0:5.1"), clock("01:02.5060000"), clock("-00:00:01,000"), clock("00:75:00")
    (23.0, 5.1, 62.506, None, None)
    """
    match = _CLOCK.fullmatch(written)
    if not match or int(match["s"]) > 59 or (match["h"] and int(match["m"]) > 59):
        return None
    part = match["part"] or "0"
    fraction = 1.0 if part == "1000" else int(part) / 10 ** len(part)  # aTrain writes 1000 thousandths
    return round(int(match["h"] or 0) * 3600 + int(match["m"]) * 60 + int(match["s"]) + fraction, 3)
