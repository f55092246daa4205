"""Edits of a text gathered before any is made, and what all kinds of edits need to know of the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from pipeline.sheets.yaml_tree import Node


class Unpatchable(Exception):
    """The text is written in a way that cannot be changed piecewise."""


class Whole(Exception):
    """This value has to be written anew as a whole."""


@dataclass
class Edits:
    """A text (newlines `\\n`, the last line ended) and what is to change in it, in the order in which it belongs."""

    text: str
    step: int = 2  # how far lists stand in from their key
    spaced: bool = False  # blank lines between categories
    known: dict[str, tuple[Node, Node]] = field(default_factory=dict)  # categories by id, each with the list it stands in
    staying: frozenset[str] = frozenset()  # ids of the new data
    edits: list[tuple[int, int, str]] = field(default_factory=list)

    def put(self, start: int, end: int, text: str) -> None:
        self.edits.append((start, end, text))

    def applied(self, start: int, end: int) -> str:
        """The text between two places with its edits made. Raises `Unpatchable` where they overlap."""
        out, here = [], start
        for first, last, new in self.ordered():
            if first < here:
                raise Unpatchable
            out += [self.text[here:first], new]
            here = last
        return "".join([*out, self.text[here:end]])

    def ordered(self) -> list[tuple[int, int, str]]:
        return sorted(self.edits, key=lambda edit: edit[0])

    def beginning(self) -> Edits:
        """The same text without edits, for a part that is edited apart."""
        return Edits(self.text, self.step, self.spaced, self.known, self.staying)

    def onto(self, original: str) -> str:
        """The edits on the text as it was before its newlines were made one kind. Raises `Unpatchable`."""
        gone = [match.start() - number for number, match in enumerate(re.finditer("\r\n", original))]
        newline = "\r\n" if len(gone) * 2 > self.text.count("\n") else "\n"
        unended = not original.endswith(("\n", "\r"))
        out, here = [], 0
        for first, last, new in self.ordered():
            start, end = (min(place + bisect_left(gone, place), len(original)) for place in (first, last))
            if start < here:
                raise Unpatchable
            if unended and first == len(self.text):
                new = "\n" + new.removesuffix("\n")
            out += [original[here:start], new.replace("\n", newline)]
            here = end
        return "".join([*out, original[here:]])
