"""JSON of programs that transcribe: aTrain, Whisper and its kin, WhisperX, Amberscript; and oTranscribe's .otr."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pipeline.readers import otr
from pipeline.readers.encoding import decode, placeless
from pipeline.readers.instants import finite, noticed, whole
from pipeline.readers.segments import Told, amberscript_cues, label, plain_cues, words_of
from pipeline.readers.timeline import ordered, tidy
from pipeline.reading import Cue, Reading, Unreadable, empty

LISTS = ("segments", "chunks", "transcription")  # where aTrain and Whisper, transformers and whisper.cpp keep segments
WHISPER = frozenset({"seek", "tokens", "avg_logprob", "no_speech_prob", "compression_ratio", "temperature"})
TEXT_ONLY = frozenset({"text", "language", "task", "duration", "segments", "words", "chunks", "usage", "model"})
META = {"language": "sprache", "filename": "aufnahme"}
NOBODY = "Speaker undefined"  # what aTrain writes into its texts where a segment has no speaker
ADVICE = "Bitte im Transkriptionsprogramm neu ausgeben, am besten als DOCX oder TXT."

_Dict = dict[str, Any]


def read(data: bytes) -> Reading:
    """A JSON file of a transcribing program: cues, `Segment n` by its place in the file; blocks for oTranscribe.

    Raises `Unreadable` (empty, damaged, not_transcript, unsupported, bomb).
    """
    decoded = decode(data)
    if not decoded.text.strip():
        raise empty()
    loaded = _load(decoded.text)
    warnings = placeless(decoded.warnings)
    if isinstance(loaded, dict) and otr.is_otr(loaded):
        return otr.reading(loaded, decoded.encoding, warnings)
    file: _Dict = loaded if isinstance(loaded, dict) else {"segments": loaded}
    segments = _segments(file, isinstance(loaded, list))
    if segments is None:
        return _text_only(file, decoded.encoding, warnings)
    tool = _tool(file, segments)
    told = Told()
    cues = ordered(_cues(file, segments, tool, told))
    if not cues:
        raise Unreadable("skipped", "empty", "In der Datei steht kein gesprochener Text.", ADVICE)
    warnings += noticed(_raw(segments)) + told.warnings()
    marked = file.get("highlights")
    if isinstance(marked, list) and marked:
        warnings.append(f"Hervorhebungen, die nicht übernommen wurden: {len(marked)}.")
    return Reading("json", decoded.encoding, (), tuple(warnings), _meta(file), "", tool, tuple(cues))


def _load(text: str) -> object:
    try:
        return json.loads(text, strict=False)  # line breaks inside texts are let through
    except RecursionError as error:
        reason = "Die JSON-Datei ist zu tief verschachtelt."
        raise Unreadable("failed", "damaged", reason, ADVICE) from error
    except json.JSONDecodeError as error:
        cut = error.msg.startswith("Unterminated string") or error.pos >= len(text.rstrip())
        where = f"Zeile {error.lineno}, Zeichen {error.colno}"
        reason = f"Die JSON-Datei bricht ab ({where})." if cut else f"Die JSON-Datei ist beschädigt ({where})."
        raise Unreadable("failed", "damaged", reason, ADVICE) from error
    except ValueError as error:  # a number of thousands of digits
        raise Unreadable("failed", "damaged", "Die JSON-Datei enthält eine unmögliche Zahl.", ADVICE) from error


def _segments(file: _Dict, bare: bool) -> list[_Dict] | None:
    """The list of segments; None where there is none but a text. Raises `Unreadable` (not_transcript)."""
    for key in LISTS:
        found = file.get(key)
        if not isinstance(found, list):
            continue
        segments = [entry if isinstance(entry, dict) else {"text": entry} for entry in found]
        timed = any({"start", "timestamp", "offsets"} & entry.keys() for entry in segments)
        spoken = any({"text", "words"} & entry.keys() for entry in found if isinstance(entry, dict))
        if spoken and (timed or not bare):
            return segments
    text = file.get("text")
    if isinstance(text, str) and text.strip() and file.keys() <= TEXT_ONLY and not bare:
        return None
    if any(file.get(key) == [] for key in LISTS) and not bare:
        raise Unreadable("skipped", "empty", "In der Datei steht kein gesprochener Text.", ADVICE)
    advice = "Gelesen wird JSON von aTrain, Whisper, WhisperX, Amberscript und oTranscribe."
    raise Unreadable("skipped", "not_transcript", "Diese JSON-Datei ist kein Transkript.", advice)


def _tool(file: _Dict, segments: list[_Dict]) -> str:
    """The program that wrote the file, by the fields that only it writes; '' where that cannot be told."""
    words = next((words for segment in segments if (words := words_of(segment))), [])
    fields = {key for word in words[:50] for key in word}
    speakers = file.get("speakers")
    if "conf" in fields or (isinstance(speakers, list) and any(isinstance(s, dict) and "spkid" in s for s in speakers)):
        return "Amberscript"
    if "word_segments" in file or "score" in fields:
        return "WhisperX"
    keys = {key for segment in segments[:50] for key in segment}
    if keys & WHISPER or "chunks" in file or "transcription" in file:
        return "Whisper"
    if file.keys() == {"segments"} and "words" in keys:
        return "aTrain"
    return "Whisper" if {"text", "language"} <= file.keys() else ""


def _cues(file: _Dict, segments: list[_Dict], tool: str, told: Told) -> list[Cue]:
    cues: list[Cue] = []
    names = _names(file) if tool == "Amberscript" else {}
    offset = finite(file.get("startTimeOffset")) or 0.0
    for number, segment in enumerate(segments, 1):
        ref = f"Segment {number}"
        if tool == "Amberscript" and words_of(segment):
            cues += amberscript_cues(segment, ref, names, offset, told)
        else:
            cues += [
                replace(cue, speaker=names.get(cue.speaker, cue.speaker)) for cue in plain_cues(segment, ref, told)
            ]
    if tool == "aTrain" and any(cue.speaker for cue in cues):
        return [cue if cue.speaker else replace(cue, speaker=NOBODY) for cue in cues]
    return cues


def _names(file: _Dict) -> dict[str, str]:
    speakers = file.get("speakers")
    known = [entry for entry in speakers if isinstance(entry, dict)] if isinstance(speakers, list) else []
    return {label(entry.get("spkid")): name for entry in known if (name := label(entry.get("name")))}


def _raw(segments: list[_Dict]) -> list[str]:
    """All texts as they stand, for warnings of odd signs in them."""
    texts: list[object] = []
    for segment in segments:
        text = segment.get("text")
        texts += [text] if isinstance(text, str) and text.strip() else [w.get("text") for w in words_of(segment)]
    return [whole(text) for text in texts if isinstance(text, str)]


def _meta(file: Mapping[str, object]) -> dict[str, str]:
    found = {
        name: tidy(whole(str(file.get(key) or ""))) for key, name in META.items() if isinstance(file.get(key), str)
    }
    return {name: text for name, text in found.items() if text}


def _text_only(file: _Dict, encoding: str, warnings: list[str]) -> Reading:
    """A transcript without segments, as services give it: one cue without time."""
    text = whole(str(file["text"]))
    told = [*warnings, *noticed([text]), "Die Datei enthält keine Zeiten, nur den Text."]
    cue = Cue(tidy(text), ref="Segment 1")
    return Reading("json", encoding, (), tuple(told), _meta(file), "", "Whisper", (cue,))
