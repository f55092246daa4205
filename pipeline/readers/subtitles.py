"""Subtitles (WebVTT, SRT, SBV) and Whisper's tables: one tolerant grammar of timing line, payload and blank line.

Files that people or programs have damaged are read as far as they go: every word ends up in a cue, without time where
its timing line is missing.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from pipeline.readers import subtitle_tools
from pipeline.readers.encoding import Decoded, decode
from pipeline.readers.subtitle_grammar import Entry, Found, clock, parse
from pipeline.readers.subtitle_tools import plain, voices
from pipeline.reading import Cue, Reading, Unreadable, empty

_MS = re.compile(r"-?\d{1,12}(?:\.0{1,9})?")
_PAIR = re.compile(r"(?P<key>[A-Za-z][\w-]{0,30})[ \t]{0,3}:[ \t]{0,3}\"?(?P<value>[^\"]{0,500})\"?")
_AUDIO = re.compile(r"(?:Audio file|Audiodatei)\s{0,3}:\s{0,3}(?P<name>.{1,300}?)\s{0,3}(?=\((?:Start|Lang|Sprach)|$)")
_STYLE = re.compile(r"(?i)style:|::cue|##|[{}]|[\w-]{1,40}\s{0,3}:[^:]{0,200};$")
KEYS = {"kind": "Untertitelart", "language": "Spracheinstellung", "duration": "Dauer", "media": "Audiodatei"}

WARNINGS = {  # what was counted -> the sentence for one and for several
    "header": ("Die Kopfzeile WEBVTT fehlt; die Datei wurde trotzdem gelesen.",) * 2,
    "empty": ("1 Untertitel ohne Text wurde übergangen.", "{n} Untertitel ohne Text wurden übergangen."),
    "rolling": (
        "1 Zeile, die nur die vorige wiederholt (rollende Untertitel), zählt nicht doppelt.",
        "{n} Zeilen, die nur die vorigen wiederholen (rollende Untertitel), zählen nicht doppelt.",
    ),
    "untimed": (
        "Bei 1 Textstelle fehlt die Zeitangabe; der Text ist ohne Zeit gelesen.",
        "Bei {n} Textstellen fehlt die Zeitangabe; der Text ist ohne Zeit gelesen.",
    ),
    "invalid": (
        "Bei 1 Untertitel ist die Zeit nicht lesbar oder negativ; sie bleibt leer.",
        "Bei {n} Untertiteln ist die Zeit nicht lesbar oder negativ; sie bleibt leer.",
    ),
    "derived": (
        "Bei 1 Untertitel war der Anfang falsch (ein Fehler mancher Versionen von noScribe); "
        "er beginnt nun, wo der vorige endet.",
        "Bei {n} Untertiteln war der Anfang falsch (ein Fehler mancher Versionen von noScribe); "
        "sie beginnen nun, wo der vorige endet.",
    ),
    "swapped": (
        "Bei 1 Untertitel lag das Ende vor dem Anfang; beide Zeiten sind vertauscht.",
        "Bei {n} Untertiteln lag das Ende vor dem Anfang; beide Zeiten sind vertauscht.",
    ),
    "sorted": ("Die Untertitel standen nicht in der Reihenfolge ihrer Zeiten; sie sind danach geordnet.",) * 2,
    "dashes": (
        "In 1 Untertitel sprechen mehrere Personen (Striche am Anfang der Zeilen); sie sind nicht getrennt. "
        "Bitte dort die Sprechenden nachtragen.",
        "In {n} Untertiteln sprechen mehrere Personen (Striche am Anfang der Zeilen); sie sind nicht getrennt. "
        "Bitte dort die Sprechenden nachtragen.",
    ),
}
AGAIN = "Bitte die Datei im Programm, aus dem sie stammt, neu ausgeben oder prüfen, ob es die richtige ist."


def read_vtt(data: bytes) -> Reading:
    """A WebVTT file; cues with speakers where voices name them. Raises `Unreadable` (empty, unsupported, no_speech)."""
    return _read(data, "vtt")


def read_srt(data: bytes) -> Reading:
    """A SubRip file. Raises `Unreadable` (empty, unsupported, no_speech)."""
    return _read(data, "srt")


def read_sbv(data: bytes) -> Reading:
    """A SubViewer file, as YouTube has them. Raises `Unreadable` (empty, unsupported, no_speech)."""
    return _read(data, "sbv")


def read_tsv(data: bytes) -> Reading:
    """Whisper's table of start, end (milliseconds) and text. Raises `Unreadable` (empty, unsupported, no_speech)."""
    decoded = decode(data)
    if not decoded.text.strip():
        raise empty()
    rows = [line.split("\t", 2) for line in decoded.text.split("\n") if line.strip()]
    if [cell.strip().casefold() for cell in rows[0]] == ["start", "end", "text"]:
        rows = rows[1:]
    elif len(rows[0]) < 3 or not all(_MS.fullmatch(cell.strip()) for cell in rows[0][:2]):
        advice = "Gelesen werden Tabellen mit den Spalten start, end und text, wie Whisper sie schreibt."
        raise Unreadable("skipped", "unsupported", "Diese Tabelle ist kein Transkript.", advice)
    found = Found()
    for number, row in enumerate(rows, 1):
        whole = len(row) == 3
        text = (row[2] if whole else " ".join(row)).replace("\t", " ").strip()
        if len(text) > 1 and text[0] == text[-1] == '"':
            text = text[1:-1].replace('""', '"')
        start, end = row[:2] if whole else ("", "")
        found.entries.append(Entry(number, start.strip(), end.strip(), timed=whole, lines=[text]))
    tool = "WhisperX" if subtitle_tools.program(found.entries, "", False, False) == "WhisperX" else "Whisper"
    return _reading(found, decoded, "tsv", tool)


def _read(data: bytes, form: str) -> Reading:
    decoded = decode(data)
    if not decoded.text.strip():
        raise empty()
    found = parse(decoded.text, form)
    about = "\n".join([found.title, *found.head, *(line for note in found.notes for line in note)]).strip()
    vtt = form == "vtt" or found.declared
    tool = subtitle_tools.program(found.entries, about, vtt, b"\r\n" in data[:4096])
    return _reading(found, decoded, form, tool)


def _milliseconds(written: str) -> float | None:
    return int(float(written)) / 1000 if _MS.fullmatch(written) and not written.startswith("-") else None


def _reading(found: Found, decoded: Decoded, form: str, tool: str) -> Reading:
    """Cues, warnings and metadata of what was found. Raises `Unreadable` (no_speech) where that is no word."""
    told: Counter[str] = Counter()
    told["header"] = form == "vtt" and not found.declared
    told["empty"] = sum(not any(map(plain, entry.lines)) for entry in found.entries)
    told["rolling"] = subtitle_tools.unroll(found.entries, tool == "YouTube")
    cues: list[Cue] = []
    for entry in found.entries:
        cues += _cues(entry, form, tool, told)
    if not cues:
        raise Unreadable("failed", "no_speech", "In der Datei steht kein gesprochener Text.", AGAIN)
    if tool == "noScribe":
        cues, told["derived"] = subtitle_tools.tidy(cues)
    cues = _in_order(cues, told)
    warnings = [sentences[told[key] > 1].format(n=told[key]) for key, sentences in WARNINGS.items() if told[key]]
    return Reading(
        form, decoded.encoding, (), (*decoded.warnings, *warnings), _meta(found), tool=tool, cues=tuple(cues)
    )


def _cues(entry: Entry, form: str, tool: str, told: Counter[str]) -> list[Cue]:
    """The cues of one subtitle: one for each voice."""
    nobody = "" if tool == "noScribe" else subtitle_tools.UNKNOWN  # noScribe may be told not to tell speakers apart
    said = list(voices("\n".join(entry.lines), nobody))
    if not said:
        return []
    start, end = map(_milliseconds if form == "tsv" else clock, (entry.start, entry.end))
    told["untimed"] += not entry.timed
    told["invalid"] += entry.timed and (start is None or end is None)
    told["dashes"] += subtitle_tools.dialogue(entry.lines)
    ref = f"Cue {entry.number}"
    return [Cue(text, speaker, start, end, ref, confidence=entry.confidence) for speaker, text in said]


def _in_order(cues: list[Cue], told: Counter[str]) -> list[Cue]:
    """Cues by start, those without time after the one before them; start and end swapped where they are reversed."""
    keyed: list[tuple[float, Cue]] = []
    latest = 0.0
    for cue in cues:
        if cue.t_start is not None and cue.t_end is not None and cue.t_end < cue.t_start:
            cue = replace(cue, t_start=cue.t_end, t_end=cue.t_start)
            told["swapped"] += 1
        latest = latest if cue.t_start is None else cue.t_start
        keyed.append((latest, cue))
    ordered = sorted(keyed, key=lambda pair: pair[0])
    told["sorted"] = ordered != keyed
    return [cue for _, cue in ordered]


def _meta(found: Found) -> dict[str, str]:
    """Title, head, notes and names of subtitles under German keys."""
    meta: dict[str, list[str]] = {}
    if found.title:
        meta["Titel"] = [plain(found.title)]
    texts = [(text, False) for text in found.head] + [(plain(" ".join(note)), True) for note in found.notes]
    for text, noted in texts:
        pair = _PAIR.fullmatch(text)
        key = KEYS.get(pair["key"].casefold()) if pair else None
        if pair and key:
            meta.setdefault(key, []).append(pair["value"].strip())
        elif noted:
            meta.setdefault("Transkription" if "noScribe" in text else "Anmerkungen", []).append(text)
        elif not _STYLE.match(text):
            meta.setdefault("Kopfzeilen", []).append(text)
    audio = _AUDIO.search(" ".join(meta.get("Transkription", ())))
    if audio:
        meta.setdefault("Audiodatei", [audio["name"]])
    if found.idents:
        meta["Cue-Kennungen"] = [plain(name) for name in found.idents]
    return {key: joined for key, values in meta.items() if (joined := " | ".join(dict.fromkeys(filter(None, values))))}
