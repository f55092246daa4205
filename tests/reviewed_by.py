"""Readers for tests: a reading of a study at a given time, short ways to act, and what two readings must agree in."""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pipeline.lists import QUEUE_ROWS
from pipeline.places import Places
from pipeline.reviewing.deck import Deck
from pipeline.reviewing.overview import interview_view, overview
from pipeline.reviewing.reading import Reading
from pipeline.reviewing.view import Viewer
from pipeline.sampling.queues import queues

BEGIN = datetime(2026, 7, 1, 9, 0, 0, tzinfo=UTC)


class Clock:
    """A second later at every look."""

    def __init__(self, hours: int = 0) -> None:
        self.at = BEGIN + timedelta(hours=hours)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def reading_at(places: Places, clock: Clock | None = None) -> Reading:
    def drawn(read: list[dict[str, str]], there: Collection[tuple[str, str]]) -> Any:
        return queues(places.codebooks / "queues", read, there)

    return Reading(places, drawn, clock or Clock())


def without_first(places: Places) -> None:
    """No first reading is asked for."""
    path = places.codebooks / "study.yaml"
    path.write_text(path.read_text("utf-8") + "\nreview:\n  first_reading: nein\n", "utf-8")


def turn(reading: Reading, coder: str, doc: str, number: int, queue: str = "") -> dict[str, Any]:
    with reading.held():
        return plain(reading.turn(Viewer(coder, queue), doc, number))


def act(reading: Reading, coder: str, doc: str, number: int, *acts: dict[str, Any], queue: str = "", rev: str | None = None) -> dict[str, Any]:
    """Do acts as a page would that has just been given the turn."""
    known = turn(reading, coder, doc, number, queue)["rev"] if rev is None else rev
    return plain(reading.act({"coder": coder, "doc": doc, "turn": number, "rev": known, "queue": queue, "acts": list(acts)}))


def everything(reading: Reading, coders: Iterable[str], queue_names: Iterable[str] = ("",)) -> Any:
    """All that any reader is shown."""
    with reading.held():
        shown = {coder: overview(reading, coder) for coder in coders}
        talks = {
            f"{coder} {doc} {queue}": interview_view(reading, Viewer(coder, queue), doc) for coder in coders for doc in reading.deck.turns for queue in queue_names
        }
    for one in shown.values():
        one.pop("notes")
    return plain([shown, talks])


def plain(data: Any) -> Any:
    """As it comes out of JSON."""
    return json.loads(json.dumps(data))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def draw(places: Places, deck: Deck, name: str, mode: str, items: Iterable[tuple[str, str, int]]) -> None:
    """A queue of (coder, interview, turn)."""
    folder = places.codebooks / "queues"
    folder.mkdir(exist_ok=True)
    with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, QUEUE_ROWS, restval="")
        writer.writeheader()
        for order, (coder, doc, number) in enumerate(items, 1):
            place = deck.whole(doc, number)
            writer.writerow({"queue": name, "mode": mode, "coder": coder, "order": order, **place, "date": "2026-06-30"})
