"""What programs do to subtitles: their markup and voices, rolling repeats, wrong times, and which program it was."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.readers.encoding import clean
from pipeline.readers.subtitle_grammar import GUID, Entry
from pipeline.reading import Cue

UNKNOWN = "Unbekannt"  # the speaker of a voice that was made anonymous
FAST, LIKELY_FAST = 40, 24  # characters a second: nobody speaks so fast; faster than most people speak
LONG, GAP = 20, 0.5  # characters; seconds of silence before a cue: less of either says nothing about its speed
ROLLING = 3  # repeated lines from which on a file is taken for rolling subtitles, if they are in a third of the cues

_VOICE = re.compile(r"(?i)<v(?:\.[^\s<>]{0,80})?(?:\s{1,9}(?P<name>[^<>]{0,300}))?>|(?P<end></v>)")
_TAG = re.compile(
    r"(?i)</?(?:c|i|b|u|s|em|strong|font|ruby|rt|lang|span|p|div|br)(?:[.\s/][^<>]{0,300})?>"
    r"|<\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,4})?>|\{\\[^{}\n]{0,200}\}"
)
_BREAK = re.compile(r"(?i)<(?:br|/p|/div)\s{0,9}/?>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_WORD_TIME = re.compile(r"<\d{1,3}:\d{2}:\d{2}\.\d{3}>")
_LABEL = re.compile(r"\[(?P<name>SPEAKER_\d{1,3}|/{0,2}S\d{2,3}|)\](?P<colon>:?)\s{0,9}(?=\S)")
_OVERLAP = re.compile(r"^//\s{0,3}(?=S\d)")
_INLINE = re.compile(r"//\s{0,3}[^\s:/]{1,40}:")
_DASH = re.compile(r"[-–—]\s{0,3}[^\W_]")

_NOSCRIBE_VOICE = re.compile(r"/{0,2}S\d{2,3}")
_WHISPERX = re.compile(r"\[SPEAKER_\d{1,3}\]:")
_NAMED = re.compile(r"[^\W\d_][^:<>\[\]]{0,60}: \S")
_SHORT_TIME = re.compile(r"\d{2}:\d{2}\.\d{3}|0[1-9]:\d{2}:\d{2}\.\d{3}")
_BARE_TIME = re.compile(r"\d:\d{1,2}:\d{1,2}\.\d{1,3}")


def plain(text: str) -> str:
    """Text without markup, with entities decoded and every stretch of blank space as one blank.

    Only tags that subtitles have are markup: `<lacht>` stays.

    >>> plain("<i>R&amp;D</i>{\\\\an8}\\n &lt;lacht&gt; <lacht>")
    'R&D <lacht> <lacht>'
    """
    if "<" in text or "{" in text:
        text = _TAG.sub("", _BREAK.sub(" ", text))
    if "&" in text:
        text = clean(_ENTITY.sub(lambda match: html.unescape(match.group()), text))[0]
    return " ".join(text.split())


def voices(text: str, nobody: str = UNKNOWN) -> Iterator[tuple[str, str]]:
    """Speaker and plain text of each voice of a payload; '' is the speaker of what stands outside of voices.

    `nobody` is the speaker of a voice without name.

    >>> list(voices("<v Anna>Ja.</v>\\n<v.laut Kemal>Nein.<v>Hm."))
    [('Anna', 'Ja.'), ('Kemal', 'Nein.'), ('Unbekannt', 'Hm.')]
    """
    speaker, at = "", 0
    for match in _VOICE.finditer(text):
        said = plain(text[at : match.start()])
        if said:
            yield _labelled(speaker, said)
        speaker = "" if match["end"] else plain(match["name"] or "") or nobody
        at = match.end()
    said = plain(text[at:])
    if said:
        yield _labelled(speaker, said)


def _labelled(speaker: str, said: str) -> tuple[str, str]:
    """The voice, or the label that WhisperX and noScribe write in brackets; a voice's name is not repeated."""
    label = None if speaker else _LABEL.match(said)
    if label and (label["name"] or not label["colon"]):
        speaker, said = label["name"], said[label.end() :]
    speaker = _OVERLAP.sub("", speaker)
    for start in (f"//{speaker}:", f"{speaker}:") if speaker else ():
        if said.startswith(start) and said[len(start) :].strip():
            return speaker, said[len(start) :].strip()
    return speaker, said


def dialogue(lines: list[str]) -> bool:
    """Whether two people speak in one subtitle, each after a dash at the start of a line."""
    return sum(bool(_DASH.match(plain(line))) for line in lines) >= 2


def unroll(entries: list[Entry], youtube: bool) -> int:
    """Take lines out of rolling subtitles that only repeat the end of the one before; how many were taken out.

    Elsewhere a repeated line was said twice, so the whole file has to roll: YouTube's do, others if many lines repeat.
    """
    shown = [[(line, text) for line in entry.lines if (text := plain(line))] for entry in entries]
    if not youtube:
        pairs = list(itertools.pairwise(shown))
        repeats = sum(len(b) >= 2 and bool(a) and a[-1][1] == b[0][1] for a, b in pairs)
        if repeats < ROLLING or 3 * repeats < len(pairs):
            return 0
    taken = 0
    before: list[tuple[str, str]] = []
    for entry, lines in zip(entries, shown, strict=True):
        again = 0
        for size in range(min(len(lines), len(before), 4), 0, -1):
            spoken_now = any(_WORD_TIME.search(line) for line, _ in lines[:size])
            if not spoken_now and [text for _, text in lines[:size]] == [text for _, text in before[-size:]]:
                again = size
                break
        if again == len(lines) and not youtube:
            again = 0  # a subtitle that says nothing new may well be said twice
        entry.lines = [line for line, _ in lines[again:]]
        taken += again
        before = lines or before
    return taken


def tidy(cues: list[Cue]) -> tuple[list[Cue], int]:
    """noScribe's cues without marks of overlap at their edges, with mended times; and how many times were mended.

    Some versions write the start of a paragraph's last segment as the start of the paragraph. Such a cue is spoken
    impossibly fast after a silence, or starts after its end; it then starts where the one before it ends.
    """
    cues = [replace(cue, text=_without_edges(cue.text)) for cue in cues]
    affected = any(_too_late(cue, end, FAST) for cue, end in _with_end_before(cues))
    done, mended = [], 0
    for cue, end in _with_end_before(cues):
        wrong = _too_late(cue, end, LIKELY_FAST if affected else FAST)
        if wrong and end is not None and cue.t_end is not None and end <= cue.t_end:
            cue = replace(cue, t_start=end, t_source="derived")
            mended += 1
        done.append(cue)
    return done, mended


def _with_end_before(cues: list[Cue]) -> Iterator[tuple[Cue, float | None]]:
    end: float | None = None
    for cue in cues:
        yield cue, end
        if cue.t_end is not None:
            end = max(cue.t_end, end or 0.0)


def _too_late(cue: Cue, end_before: float | None, fast: float) -> bool:
    if cue.t_start is None or cue.t_end is None:
        return False
    if cue.t_start > cue.t_end:
        return True
    silent = end_before is not None and cue.t_start - end_before > GAP
    return silent and len(cue.text) >= LONG and len(cue.text) > fast * (cue.t_end - cue.t_start)


def _without_edges(text: str) -> str:
    """`// Ich weiß.` goes on after an overlap, `So war es.//` ends one. Marks that belong together stay."""
    if text.startswith("//") and not _INLINE.match(text) and text[2:].strip():
        text = text[2:].lstrip()
    if text.endswith("//") and text.count("//") == 1 and text[:-2].strip():
        text = text[:-2].rstrip()
    return text


def program(entries: list[Entry], about: str, vtt: bool, crlf: bool) -> str:
    """The program that wrote the file, or '' where nothing proves one. `about`: title, notes and head lines."""
    timed = [entry for entry in entries if entry.timed]
    first = ["\n".join(entry.lines) for entry in timed]
    names = {plain(match["name"] or "") for text in first for match in _VOICE.finditer(text) if not match["end"]}
    names |= {match["name"] for text in first if (match := _LABEL.match(text)) and not match["colon"]}
    if "noscribe" in about.casefold() or (names - {""} and all(map(_NOSCRIBE_VOICE.fullmatch, names - {""}))):
        return "noScribe"
    if 2 * sum(bool(GUID.fullmatch(entry.ident)) for entry in timed) > len(timed):
        return "Teams"
    if names and timed and all(map(_BARE_TIME.fullmatch, (entry.start for entry in timed[:20]))):
        return "Teams"  # 0:0:5.100
    if any(_WORD_TIME.search(text) and "<c" in text for text in first):
        return "YouTube"
    if "kind: captions" in about.casefold() and any("align:start" in entry.settings for entry in timed):
        return "YouTube"
    if any(map(_WHISPERX.match, first)):
        return "WhisperX"
    bare = vtt and bool(timed) and not names and not about and not any(entry.settings for entry in timed)
    numbered = all(entry.ident.isdigit() for entry in timed)
    named = sum(map(bool, map(_NAMED.match, first)))
    if bare and crlf and numbered and named >= 2 and 2 * named >= len(timed):
        return "Zoom"
    short = len(timed[0].start) == 9 and all(map(_SHORT_TIME.fullmatch, (e.start for e in timed))) if bare else False
    return "Whisper" if short and not any(e.ident or _TAG.search("\n".join(e.lines)) for e in timed) else ""
