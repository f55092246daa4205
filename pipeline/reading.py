"""What every reader returns: a file as blocks of text or as cues with speaker and time, or why it cannot be read.

Formats that only show text (TXT, DOCX, PDF …) give `blocks`; who speaks is found in them afterwards. Formats that know
who speaks when (subtitles, JSON, ELAN …) give `cues`, which are put together to turns (`cues.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

TEXT, HEADING, NONE, ROW, FRONT = "text", "heading", "none", "row", "front"  # kinds of blocks


@dataclass(frozen=True)
class Limits:
    """What may be read: `max_mb` megabytes (10**6 bytes) a file, and links only within the folder `root` ('': any)."""

    max_mb: float = 20.0
    root: str = ""


@dataclass(frozen=True)
class Block:
    """One paragraph, line or table row.

    `offset`, `end` are code points in `Reading.text` (-1 where the format has no such text); `text` may be shorter
    than that slice, because markup is taken out of it. `bold`, `italic` are shares of the visible signs (0..1).
    `kind` is text, heading, none (a rule: never speech), row (with `cells`) or front (YAML front matter). `tint` is the
    colour of nearly all its signs (`0000FF`; '' for black, mixed or unknown), `indent` its left indent in cm.
    """

    text: str
    ref: str
    kind: str = TEXT
    bold: float = 0.0
    italic: float = 0.0
    cells: tuple[str, ...] = ()
    offset: int = -1
    end: int = -1
    style: str = ""
    tint: str = ""
    indent: float = 0.0


@dataclass(frozen=True)
class Sign:
    """A mark beside the words of a cue: its `type` (pause, event, gap, uncertain …), `value`, span in `Cue.text`."""

    type: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Cue:
    """One stretch of speech as the format itself gives it: a subtitle, a segment, an event of a tier.

    Times are seconds from the start of the recording, or None; `t_source` says whether they stand in the file (exact)
    or come from neighbours (derived). `speaker` is the label as it stands there; '' where the file names none.
    `confidence` (0..1) is the writer's own, None where it gives none. `doubt` tells that the writer's figures point to
    words that nobody spoke (Whisper's hallucinations). `text` holds no markup and no line break.
    """

    text: str
    speaker: str = ""
    t_start: float | None = None
    t_end: float | None = None
    ref: str = ""
    t_source: str = "exact"
    confidence: float | None = None
    doubt: bool = False
    signs: tuple[Sign, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A file as read. `text` is the decoded, newline-normalised file for text formats and empty for all others.

    `warnings` are German sentences without names or text of the file. `meta` holds what the container says of itself,
    such as YAML front matter, with keys as they stand there. `tool` names the program that wrote the file, where that
    is known. A reading has `blocks` or `cues`, never both; `cues` stand in the order of their start.
    """

    format: str
    encoding: str
    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = ()
    meta: dict[str, str] = field(default_factory=dict)
    text: str = ""
    tool: str = ""
    cues: tuple[Cue, ...] = ()


@dataclass
class Unreadable(Exception):
    """The file is not read. `status` is skipped (nothing is wrong) or failed; `code` is for programs.

    `reason` and `advice` are German sentences that never name the file or quote it.
    """

    status: str
    code: str
    reason: str
    advice: str = ""

    def __str__(self) -> str:
        return f"{self.reason} {self.advice}".strip()


Reader = Callable[[bytes], Reading]


def empty() -> Unreadable:
    """The refusal of a file without a single visible sign."""
    return Unreadable("skipped", "empty", "Die Datei ist leer.", "Bitte prüfen, ob sie richtig gespeichert wurde.")


def damaged(reason: str = "Die Datei ist beschädigt und lässt sich nicht öffnen.") -> Unreadable:
    """The refusal of a file that is not what it should be inside."""
    return Unreadable("failed", "damaged", reason, "Bitte in Word oder LibreOffice öffnen und neu als DOCX speichern.")
