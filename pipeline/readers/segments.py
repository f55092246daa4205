"""Segments of speech as transcribing programs write them into JSON: one or, where words have other speakers, several cues."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.readers.instants import Odd, between, finite, instant, whole
from pipeline.readers.timeline import tidy
from pipeline.reading import Cue, Sign

SILENT, UNLIKELY, LOOPING = 0.6, -0.8, 2.4  # Whisper's figures, beyond which words are likely nobody's
UNSURE = 0.7  # confidence of a word, below which Amberscript itself marks it

Data = Mapping[str, Any]


@dataclass
class Told:
    """What is counted over a file for its warnings."""

    odd: Odd = field(default_factory=Odd)
    unreadable: int = 0
    unsplit: int = 0

    def warnings(self) -> list[str]:
        """German sentences, one a kind of oddity."""
        told = self.odd.warnings()
        if self.unreadable:
            told.append(f"Abschnitte ohne lesbaren Text: {self.unreadable}. Bitte im Transkriptionsprogramm prüfen.")
        if self.unsplit:
            told.append(
                f"Abschnitte mit mehreren Sprechern, deren Wörter nicht zum Text passen: {self.unsplit}. "
                "Sie wurden nicht geteilt; bitte den Sprecher dort prüfen."
            )
        return told


def words_of(segment: Data) -> list[Data]:
    """The words of a segment; what is no word is left out."""
    words = segment.get("words")
    return [word for word in words if isinstance(word, dict)] if isinstance(words, list) else []


def label(value: object) -> str:
    """A speaker's label; numbers count, all else does not."""
    return tidy(whole(str(value))) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def plain_cues(segment: Data, ref: str, told: Told) -> list[Cue]:
    """The cues of a segment of Whisper's kin. Times in seconds; `speaker` '' where none is named."""
    words = words_of(segment)
    text = _text(segment.get("text"), words)
    if not text:
        told.unreadable += segment.get("text") is not None and not isinstance(segment["text"], str)
        return []
    written = _times(segment)
    start, end = between(written[0], written[1], told.odd)
    confidence, doubt = _confidence(segment, words), _doubt(segment)
    runs = _runs(words, label(segment.get("speaker")))
    places = _places(text, runs) if len(runs) > 1 else [(0, len(text))]
    if places is None:
        told.unsplit += 1
        runs, places = [(label(segment.get("speaker")), words)], [(0, len(text))]
    cues = []
    for number, (first, last) in enumerate(places):
        begin, exact = (start, True) if number == 0 else _border(runs[number - 1][1], runs[number][1])
        stop = end if number == len(places) - 1 else _border(runs[number][1], runs[number + 1][1], True)[0]
        if begin is not None and stop is not None and stop < begin:
            told.odd.swapped += 1
            begin, stop = stop, begin
        source = "exact" if exact else "derived"
        cues.append(Cue(text[first:last].strip(), runs[number][0], begin, stop, ref, source, confidence, doubt))
    return [cue for cue in cues if cue.text]


def amberscript_cues(segment: Data, ref: str, names: Mapping[str, str], offset: float, told: Told) -> list[Cue]:
    """The cue of a segment of Amberscript: `names` by speaker's id, `offset` seconds are added to all times."""
    words = [(text, word) for word in words_of(segment) if (text := _word(word))]
    if not words:
        return []
    signs, parts, at = [], [], 0
    sure = []
    for text, word in words:
        confidence = finite(word.get("conf"))
        if confidence is not None:
            sure.append(min(max(confidence, 0.0), 1.0))
            if confidence < UNSURE:
                signs.append(Sign("uncertain", text, at, at + len(text)))
        parts.append(text)
        at += len(text) + 1
    starts = [time for _, word in words if (time := instant(word.get("start"))) is not None]
    ends = [time for _, word in words if (time := instant(word.get("end"))) is not None]
    start, end = between(starts[0] + offset if starts else None, ends[-1] + offset if ends else None, told.odd)
    who = label(segment.get("speaker"))
    mean = round(sum(sure) / len(sure), 3) if sure else None
    return [Cue(" ".join(parts), names.get(who, who), start, end, ref, confidence=mean, signs=tuple(signs))]


def _text(value: object, words: Sequence[Data]) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str) and value.strip():
        return tidy(whole(value))
    raw = [str(w) for word in words if isinstance(w := word.get("word", word.get("text")), str)]
    # Whisper's words bring their blanks along, those of others do not.
    return tidy(whole(("" if any(word[:1].isspace() for word in raw[1:]) else " ").join(raw)))


def _word(word: Data) -> str:
    return _text(word.get("word", word.get("text")), ())


def _times(segment: Data) -> tuple[object, object]:
    """Start and end in seconds, wherever the program has put them."""
    offsets, pair = segment.get("offsets"), segment.get("timestamp")
    if "start" not in segment and isinstance(offsets, dict):
        start, end = (finite(offsets.get(key)) for key in ("from", "to"))
        return (None if start is None else start / 1000), (None if end is None else end / 1000)
    if "start" not in segment and isinstance(pair, list) and len(pair) == 2:
        return pair[0], pair[1]
    return segment.get("start"), segment.get("end")


def _confidence(segment: Data, words: Sequence[Data]) -> float | None:
    likely = finite(segment.get("avg_logprob"))
    if likely is not None:
        return round(math.exp(min(likely, 0.0)), 3)
    shares = [share for word in words if (share := finite(word.get("probability"))) is not None]
    return round(min(max(sum(shares) / len(shares), 0.0), 1.0), 3) if shares else None


def _doubt(segment: Data) -> bool:
    silent, likely, ratio = (finite(segment.get(key)) for key in ("no_speech_prob", "avg_logprob", "compression_ratio"))
    return (
        (silent is not None and silent > SILENT)
        or (likely is not None and likely < UNLIKELY)
        or (ratio is not None and ratio > LOOPING)
    )


def _runs(words: Sequence[Data], speaker: str) -> list[tuple[str, list[Data]]]:
    """Neighbouring words of one speaker; words without one go on with the speaker before them, or the segment's."""
    own = [label(word.get("speaker")) for word in words]
    if not any(own):
        return [(speaker, list(words))]
    current = speaker or next(one for one in own if one)
    speakers = []
    for one in own:
        current = one or current
        speakers.append(current)
    pairs = itertools.groupby(zip(speakers, words, strict=True), key=lambda pair: pair[0])
    return [(one, [word for _, word in group]) for one, group in pairs]


def _places(text: str, runs: Sequence[tuple[str, list[Data]]]) -> list[tuple[int, int]] | None:
    """Where each run lies in the text, so that together they are all of it; None where words are not found in it."""
    starts, at = [], 0
    for _, words in runs:
        begin = -1
        for word in filter(None, map(_word, words)):
            found = text.find(word, at)
            if found < 0:
                return None
            begin, at = (found if begin < 0 else begin), found + len(word)
        starts.append(at if begin < 0 else begin)
    starts[0] = 0
    return list(itertools.pairwise([*starts, len(text)]))


def _border(before: Sequence[Data], after: Sequence[Data], end: bool = False) -> tuple[float | None, bool]:
    """The time between two runs: where the second starts or, with `end`, where the first ends; whether it stands there.

    Numbers have no time of their own in WhisperX.
    """
    stop, start = instant(before[-1].get("end")), instant(after[0].get("start"))
    wanted, other = (stop, start) if end else (start, stop)
    if wanted is not None or other is not None:
        return (wanted, True) if wanted is not None else (other, False)
    times = [time for word in reversed(before) if (time := instant(word.get("end"))) is not None]
    times += [time for word in after if (time := instant(word.get("start"))) is not None]
    return (times[0] if times else None), False
