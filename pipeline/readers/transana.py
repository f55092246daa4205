"""Transana: rich text in XML or plain text, in which `¤` with milliseconds or a clock opens a stretch of speech.

Who speaks is the first word behind the time code, without a colon, and it may be glued to it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pipeline.labels.times import seconds as clock
from pipeline.labels.words import CUES, SPOKEN
from pipeline.readers.elements import below, encoding, name, parse
from pipeline.readers.encoding import decode
from pipeline.readers.timeline import Span, bundle, cue, seconds
from pipeline.readers.zipped import Element
from pipeline.reading import Cue, Reading, Unreadable

ROOTS = ("richtext",)
HEAD = 65_536  # bytes looked at for a first time code
SPEAKERS = 0.5  # share of stretches that must open with what looks like a name
NO_NAMES = (
    CUES
    | SPOKEN
    | frozenset("er es man mir mich uns dann da dort hier wenn weil dass doch nur auch noch schon".split())
)

_CODE = re.compile(r"¤[ \t]{0,4}(?:<(?P<ms>\d{1,9})>)?[ \t]{0,4}(?:\((?P<clock>\d{1,2}:\d{2}:\d{2}(?:\.\d{1,3})?)\))?")
# In UTF-8 the sign is \xc2\xa4, while \xc3\xa4 is ä; in single bytes it stands alone.
_BYTES = re.compile(rb"(?:\xc2|(?<![\x80-\xff]))\xa4[ \t]{0,4}(?:<\d{1,9}>|\(\d{1,2}:\d{2}:\d{2}(?:\.\d{1,3})?\))")
_HIDDEN = re.compile(r"<\d{4,9}>")
_NAME = re.compile(r"[ \t\u00a0]{0,8}(?P<name>[^\W\d_][\w.\-]{0,24}?)(?P<sep>:|[ \t\u00a0]+|$)")
_QUOTED = re.compile(r'"(.*)"', re.DOTALL)


@dataclass
class _Stretch:
    """What stands behind one time code, or a paragraph without one."""

    text: str
    time: float | None
    paragraph: int
    opens: bool  # stands at the start of its paragraph


def is_text(head: bytes) -> bool:
    """Whether the first bytes of a text file hold a time code of Transana."""
    return bool(_BYTES.search(head[:HEAD].replace(b"\x00", b"")))


def read(data: bytes) -> Reading:
    """A transcript of Transana; cues are what stands between time codes (`Abs. n`). Raises `Unreadable`."""
    start = data[:200].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith((b"<?xml", b"<richtext")):
        root, warnings = parse(data)
        return read_root(root, warnings)
    decoded = decode(data)
    return _reading(decoded.text.split("\n"), decoded.encoding, list(decoded.warnings))


def read_root(root: Element, warnings: list[str]) -> Reading:
    """The same from the root of the parsed rich text."""
    return _reading([_paragraph(one) for one in below(root, "paragraph")], encoding(root), warnings)


def _paragraph(paragraph: Element) -> str:
    """A paragraph's text. Runs with blanks at an end stand in quotes; signs that XML may not hold are numbers."""
    parts = []
    for run in below(paragraph, "text", "symbol"):
        text = run.text or ""
        if name(run) == "symbol":
            code = int(text) if text.strip().isdecimal() and len(text.strip()) < 6 else 0
            parts.append(chr(code) if code >= 32 and not 0xD800 <= code < 0xE000 else " ")
        else:
            quoted = _QUOTED.fullmatch(text.strip("\n\r\t"))
            parts.append(quoted.group(1) if quoted else text)
    return "".join(parts)


def _reading(paragraphs: list[str], kind: str, warnings: list[str]) -> Reading:
    stretches = [one for number, text in enumerate(paragraphs, 1) for one in _stretches(text, number)]
    first = next((number for number, one in enumerate(stretches) if one.time is not None), None)
    if first is None:
        reason = "Die Datei enthält keine Zeitmarken von Transana."
        raise Unreadable("skipped", "not_transcript", reason, "Bitte in Transana als TXT oder RTF ausgeben.")
    before = [one.text.strip() for one in stretches[:first] if one.text.strip()]
    if before:
        warnings = [*warnings, f"Absätze vor der ersten Zeitmarke, als Kopf gelesen: {len(before)}."]
    names = _names(stretches[first:])
    cues: list[Cue] = []
    speaker = ""
    for one in stretches[first:]:
        found = _NAME.match(one.text)
        text = one.text
        if found and found.group("name") in names and (one.opens or one.time is not None):
            speaker, text = found.group("name"), one.text[found.end() :]
        cues.append(cue(text, speaker, Span(one.time), f"Abs. {one.paragraph}"))
    return bundle("transana", "Transana", kind, cues, warnings, {"vorspann": " / ".join(before)})


def _stretches(paragraph: str, number: int) -> list[_Stretch]:
    """A paragraph cut at its time codes."""
    found = []
    at, time, opens = 0, None, True
    for code in _CODE.finditer(paragraph):
        text = paragraph[at : code.start()]
        if text.strip():
            found.append(_Stretch(_HIDDEN.sub("", text), time, number, opens))
            opens = False
        at, time = code.end(), _time(code)
    text = paragraph[at:]
    if text.strip() or time is not None:
        found.append(_Stretch(_HIDDEN.sub("", text), time, number, opens))
    return found


def _time(code: re.Match[str]) -> float | None:
    """The time of a code; milliseconds are the finer of the two."""
    if code.group("ms"):
        return seconds(code.group("ms"), 0.001)
    return clock(code.group("clock")) if code.group("clock") else None


def _names(stretches: list[_Stretch]) -> frozenset[str]:
    """The words behind time codes that are names; none where most codes stand inside of speech."""
    counts: Counter[str] = Counter()
    several = len({one.paragraph for one in stretches}) > 1
    timed = [s for s in stretches if s.time is not None and s.text.strip() and (s.opens or not several)]
    for one in timed:
        found = _NAME.match(one.text)
        word = found.group("name") if found else ""
        if word[:1].isupper() and word.lower() not in NO_NAMES:
            counts[word] += 1
    return frozenset(counts) if sum(counts.values()) >= SPEAKERS * max(len(timed), 1) else frozenset()
