"""Where proposals and what others said must not be shown: in blind queues, and before somebody has read an interview once without them.

A queue drawn at random to estimate is blind for a person until that person is through; one that several read independently, until all of
them are. A first reading (study.yaml, `review.first_reading`) ends with a note of the kind `reading`; turns of a queue that is not blind
are read with proposals all the same, because they were drawn for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from pipeline.tables import BLIND

NEEDED, DONE, OFF = "needed", "done", "off"
INTERVIEW = "interview"  # mode of acts outside of any queue
Hash = tuple[str, str]  # interview, hash of the raw turn


class Item(Protocol):
    @property
    def key(self) -> Hash: ...
    @property
    def open(self) -> bool: ...
    @property
    def done(self) -> bool: ...


class Queue(Protocol):
    """As `sampling.queues.Queue`."""

    @property
    def name(self) -> str: ...
    @property
    def mode(self) -> str: ...
    @property
    def complete(self) -> bool: ...
    @property
    def items(self) -> Mapping[str, list[Item]]: ...


def hidden(queues: Iterable[Queue], coder: str, doc: str, raw_sha256: str) -> Queue | None:
    """The blind queue that hides a turn from a person; None where it may be seen."""
    return next((queue for queue in queues if (doc, raw_sha256) in _hides(queue, coder)), None)


def _hides(queue: Queue, coder: str) -> set[Hash]:
    items = queue.items.get(coder, ())
    if queue.mode not in BLIND or not items:
        return set()
    through = queue.complete if queue.mode == "double" else not any(item.open for item in items)
    return set() if through else {item.key for item in items}


class Gate:
    """Who sees what, for one state of the queues. `first`: (interview, coder) -> note, of first readings that are done."""

    def __init__(self, queues: Iterable[Queue], first_needed: bool, first: Mapping[tuple[str, str], str]) -> None:
        self.queues = list(queues)
        self.first_needed, self.first = first_needed, first
        self._hidden: dict[str, dict[Hash, Queue]] = {}

    def hides(self, coder: str) -> dict[Hash, Queue]:
        """Turns that blind queues hide from a person."""
        if coder not in self._hidden:
            found: dict[Hash, Queue] = {}
            for queue in self.queues:
                for key in sorted(_hides(queue, coder)):
                    found.setdefault(key, queue)
            self._hidden[coder] = found
        return self._hidden[coder]

    def reading(self, coder: str, doc: str) -> str:
        """How far the first reading of an interview is."""
        if not self.first_needed:
            return OFF
        return DONE if (doc, coder) in self.first else NEEDED

    def holds(self, coder: str, name: str, key: Hash) -> Queue | None:
        """The queue of this name, where the turn is in it for this person."""
        return next((queue for queue in self.queues if queue.name == name and any(item.key == key for item in queue.items.get(coder, ()))), None)

    def sees(self, coder: str, key: Hash, queue: str = "") -> bool:
        """Whether proposals and what others said of a turn may be shown to a person, who reads it in a queue or (empty) in its interview."""
        if key in self.hides(coder):
            return False
        if self.reading(coder, key[0]) != NEEDED:
            return True
        return bool(queue) and self.holds(coder, queue, key) is not None

    def mode(self, coder: str, key: Hash, queue: str = "") -> str:
        """The mode of what a person does at a turn: that of the blind queue that hides it, of the queue that is read, or of an interview."""
        if key in self.hides(coder):
            return self.hides(coder)[key].mode
        found = self.holds(coder, queue, key) if queue else None
        return found.mode if found and found.mode not in BLIND else INTERVIEW
