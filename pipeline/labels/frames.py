"""Lines that frame a transcript: its beginning and end, a program's own words, and notes that follow the end."""

from __future__ import annotations

import re

from pipeline.labels import words
from pipeline.labels.lexicon import fold

LONGEST = 120  # code points of a line that frames

_THING = r"(?:ton|band|video|audio)?(?:aufnahme|aufzeichnung|interviews?|gesprächs?|transkripts?|transkription|tonbands?|bandes)"
_TIME = r"(?:[\W_]{0,4}(?:\d{1,3}[:.]\d{2}(?:[:.]\d{2})?(?:[.,\-]\d{1,3})?|\d{1,3} ?min\w{0,5})[\W_]{0,3}(?:uhr)?)?"
_END = re.compile(
    rf"(?i)[\W_]{{0,4}}(?:(?:ende|schluss) (?:des |der |vom )?(?:\d\. )?{_THING}|{_THING.replace('s?', '')}(?:ende|schluss)"
    rf"|{_THING}(?: wird| wurde)? (?:beendet|endet|abgeschaltet|ausgeschaltet|abgebrochen)|end of (?:transcript|recording|interview))"
    rf"(?: \d{{1,2}})?{_TIME}[\W_]{{0,4}}"
)
_BREAK = re.compile(r"(?i)(?:pause|unterbrechung)(?: von)?[: ]{1,3}(?:ca\.? ?)?\d{1,3} ?min\w{0,6}\.?")
# `Lena Brandt hat die Transkription angehalten.`: who did it is a name, or else somebody tells it.
_WHO = r"(?:[A-ZÄÖÜ][\w.'’()\-]{0,30},? ){0,5}"
_DONE = r"(?:gestartet|beendet|gestoppt|angehalten|fortgesetzt|pausiert|started|stopped|paused|resumed)"
_MEETING = re.compile(
    rf"{_WHO}(?:\([^()\n]{{1,30}}\) )?(?:hat )?(?:die |Die )?(?:Transkription|Aufzeichnung|Aufnahme|Besprechungsaufzeichnung)"
    rf" (?:wurde )?{_DONE}\.?|{_WHO}(?:has )?{_DONE} (?:the )?(?:transcription|recording)\.?|[Tt]ranscription {_DONE}\.?"
    rf"|[Rr]ecording {_DONE}\.?"
)
_NOTE = re.compile(
    r"(?i)(?:interview-?)?(?:postskript(?:um)?|postscript|nachbemerkung(?:en)?|memo|nachbereitung)"
    r"(?: (?:zu[mr]?|der|des|von|nach)(?: [\w.\-]{1,30}){1,4})?[ \t]{0,3}(?::|$)"
)
_LATE_NOTE = re.compile(
    r"(?i)(?:nachtrag|notiz(?:en)?|feldnotiz(?:en)?|anmerkung(?:en)?|bemerkung(?:en)?|besonderheiten|beobachtung(?:en)?)"
    r"(?: (?:zu[mr]?|der|des|von|nach)(?: [\w.\-:*/]{1,30}){1,4})?[ \t]{0,3}(?::|$)"
)


def is_frame(text: str) -> bool:
    """Whether a line only frames the transcript.

    >>> [is_frame(t) for t in ("[Ende der Aufnahme 00:45:12]", "Lena B. hat die Transkription angehalten.", "Ende der Woche")]
    [True, True, False]
    """
    if len(text) > LONGEST:
        return False
    small = text.strip().casefold()
    return (
        fold(text) in words.FRAME
        or small.startswith(words.FRAME_STARTS)
        or small.endswith(words.FRAME_ENDS)
        or bool(_BREAK.fullmatch(text.strip()) or _MEETING.fullmatch(text.strip()))
        or is_end(text)
    )


def is_end(text: str) -> bool:
    """Whether a line says that the recording is over: what follows without a label is nobody's speech."""
    return len(text) <= LONGEST and bool(_END.fullmatch(text.strip()))


def is_note(text: str, last: bool) -> bool:
    """Whether a line opens a note on the interview (`Postskript: …`). `last`: no label follows, so that it may be a remark
    which within the talk would be speech (`Nachtrag: …`).

    >>> is_note("Postskript: Herr D. wirkte müde.", False), is_note("Nachtrag: so war das", False), is_note("Memo", True)
    (True, False, True)
    """
    text = text[:LONGEST].strip("*_ \t")
    return bool(_NOTE.match(text) or (last and _LATE_NOTE.match(text)))
