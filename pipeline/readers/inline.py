"""Putting words and the marks between them together to the text of a cue, so that places stay right."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.readers.timeline import tidy
from pipeline.reading import Sign

GAP = "[…]"  # stands for what was not understood, as in the reading text of all formats
UNHEARD = ("unv", "unverst", "unint", "incompreh", "inaudible", "xxx", "+++")  # beginnings of such descriptions
_CLOSERS = frozenset(",.;:!?…)]}»”")


@dataclass
class Writing:
    """A cue's text as it grows. `due`: the next word is set off by a blank; `tight`: it is not, whatever follows."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    signs: list[Sign] = field(default_factory=list)
    due: bool = False
    tight: bool = False
    _open: list[tuple[str, str, int]] = field(default_factory=list)  # type, value, start or -1

    def word(self, text: str, glue: bool = False) -> None:
        """A word; with `glue` it is attached to what stands before it."""
        text = tidy(text)
        if not text:
            return
        if self.parts and self.due and not (glue or self.tight):
            self._put(" ")
        self._open = [(kind, value, self.length if at < 0 else at) for kind, value, at in self._open]
        self._put(text)
        self.due, self.tight = True, False

    def opener(self, text: str) -> None:
        """A bracket or quotation mark, to which the next word is attached."""
        self.word(text)
        self.tight = True

    def loose(self, text: str) -> None:
        """Text that is not divided into words: its own blanks count."""
        if not text.strip():
            self.due = self.due or bool(text)
            return
        self.due = text.lstrip()[0] not in _CLOSERS and (self.due or text[0].isspace())
        self.word(text)
        self.due = text[-1].isspace()

    def mark(self, kind: str, value: str = "") -> None:
        """A sign at this place, which takes no room in the text."""
        self.signs.append(Sign(kind, tidy(value), self.length, self.length))

    def gap(self, value: str = "") -> None:
        """Something that was not understood."""
        self.due = True
        self.word(GAP)
        self.signs.append(Sign("gap", tidy(value), self.length - len(GAP), self.length))

    def begin(self, kind: str, value: str = "") -> None:
        """The start of a stretch that a sign covers."""
        self._open.append((kind, value, -1))

    def end(self) -> bool:
        """The end of the stretch begun last; False where nothing was said in it."""
        if not self._open:
            return False
        kind, value, start = self._open.pop()
        if start >= 0:
            self.signs.append(Sign(kind, tidy(value), start, self.length))
        return start >= 0

    def last(self) -> str:
        """The last sign so far, '' before the first."""
        return self.parts[-1][-1] if self.parts else ""

    def text(self) -> str:
        """The text so far."""
        return "".join(self.parts)

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def event(writing: Writing, what: str) -> None:
    """What else is heard, or the gap that some programs describe in the same way."""
    if tidy(what).lower().lstrip("(").startswith(UNHEARD):
        writing.gap(what)
    else:
        writing.mark("event", what)
