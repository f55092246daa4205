"""What every reader returns: a file as blocks of text with their place, or the reason why it cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

TEXT, HEADING, NONE, ROW, FRONT = "text", "heading", "none", "row", "front"  # kinds of blocks


@dataclass(frozen=True)
class Limits:
    """How much may be read: `max_mb` megabytes (10**6 bytes) a file."""

    max_mb: float = 20.0


@dataclass(frozen=True)
class Block:
    """One paragraph, line or table row.

    `offset`, `end` are code points in `Reading.text` (-1 where the format has no such text); `text` may be shorter
    than that slice, because markup is taken out of it. `bold`, `italic` are shares of the visible signs (0..1).
    `kind` is text, heading, none (a rule: never speech), row (with `cells`) or front (YAML front matter).
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


@dataclass(frozen=True)
class Reading:
    """A file as read. `text` is the decoded, newline-normalised file for text formats and empty for all others.

    `warnings` are German sentences without names or text of the file. `meta` holds what the container says of itself,
    such as YAML front matter, with keys as they stand there.
    """

    format: str
    encoding: str
    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = ()
    meta: dict[str, str] = field(default_factory=dict)
    text: str = ""


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
