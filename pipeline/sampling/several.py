"""A round that several people code independently: its draw, and how far everybody is."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

from pipeline.decided import acts
from pipeline.places import Places
from pipeline.problems import Problem, Stop
from pipeline.sampling import drawing
from pipeline.sampling.corpus import Corpus, Key
from pipeline.sampling.keeping import Drawn
from pipeline.sampling.queues import Queue
from pipeline.sampling.single import percent, talks, turns_in_words
from pipeline.study import SEED

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAST = 10  # turns, below which a round says hardly anything


def draw(corpus: Corpus, coders: Sequence[str], share: float) -> tuple[dict[str, list[Drawn]], list[str]]:
    """Every coder's passages in an order of their own, and German lines. Raises `Stop` where a round of these is open, or nothing is left."""
    _refuse_open(corpus.queues, coders)
    passages = corpus.passages
    known = _known(corpus, coders)
    free = [k for k, one in enumerate(passages) if one.key not in known]
    if not free:
        what = f"Es ist nichts mehr zu ziehen: Alle {len(passages)} Beiträge der Befragten kennt schon eine von diesen Personen ({', '.join(coders)})."
        raise Stop(Problem("", 0, what, "Übereinstimmung misst man an dem, was beide zum ersten Mal lesen."))
    wanted = max(1, round(share * len(passages)))
    rng = drawing.generator(SEED, corpus.run.places.study, "double", sorted(name.casefold() for name in coders), sorted(queue.name for queue in corpus.queues))
    found = drawing.everywhere([passages[k].doc for k in free], wanted, rng)
    drawn = [Drawn(passages[free[k]], passages[free[k]].doc, chance) for k, chance in zip(found.numbers, found.chance, strict=True)]
    orders = {coder: [drawn[k] for k in rng.permutation(len(drawn)).tolist()] for coder in sorted(coders)}
    return orders, _told(corpus, coders, free, drawn, wanted)


def open_rounds(queues: Sequence[Queue]) -> list[Queue]:
    """Rounds in which somebody has still something to read."""
    return [queue for queue in queues if queue.mode == "double" and not queue.complete]


def progress(queue: Queue) -> str:
    """How far everybody is, in a line."""
    parts = []
    for coder in queue.coders:
        items = queue.items[coder]
        gone = sum(item.gone and not item.done for item in items)
        parts.append(f"{coder} {queue.done[coder]} von {len(items)}" + (f" ({gone} nicht mehr im Material)" if gone else ""))
    return f"{queue.name}: {', '.join(parts)}"


def _told(corpus: Corpus, coders: Sequence[str], free: Sequence[int], drawn: Sequence[Drawn], wanted: int) -> list[str]:
    total = len(corpus.passages)
    lines = [
        f"Gezogen: {turns_in_words(len(drawn))} von {total} ({percent(len(drawn) / total)}), zufällig aus {talks(one.passage.doc for one in drawn)}, "
        f"für {' und '.join(coders)} in je eigener Reihenfolge."
    ]  # fmt: skip
    if len(drawn) < wanted:
        lines.append(f"Gewünscht waren {wanted}; mehr kennt nicht schon eine der Personen.")
    docs = {corpus.passages[k].doc for k in free}
    if len({one.passage.doc for one in drawn}) < len(docs):
        lines.append(f"Nicht jedes Gespräch ist dabei: Dafür bräuchte es mindestens {turns_in_words(len(docs))} (SHARE={ceil(100 * len(docs) / total) / 100:.2f}).")
    if len(free) < total:
        lines.append(f"{turns_in_words(total - len(free))} standen nicht zur Wahl: Die kennt eine der Personen schon, oder sie sind ihr schon zugeteilt. Was sich ergibt, gilt für die übrigen.")
    if len(drawn) < LEAST:
        lines.append(f"Weniger als {LEAST} Beiträge sagen über Übereinstimmung kaum etwas; bitte einen größeren Anteil ziehen.")
    return [*lines, "Gelesen wird blind: ohne Vorschläge und ohne das, was die anderen codieren, bis alle fertig sind. Bitte bis dahin nicht darüber sprechen."]


def _known(corpus: Corpus, coders: Sequence[str]) -> set[Key]:
    """Turns that one of the coders read or said something about, or has in a queue: nobody reads those for the first time."""
    names = {name.casefold() for name in coders}
    found = {key for key, readers in corpus.readers.items() if names & {one.casefold() for one in readers}}
    found |= {item.key for queue in corpus.queues for coder, items in queue.items.items() if coder.casefold() in names for item in items}
    return found | _said(corpus.run.places, names)


def _said(places: Places, names: set[str]) -> set[Key]:
    rows: Sequence[Mapping[str, str]] = acts(places.codebooks / "decisions.csv", places.codebooks / "handcoded")
    return {(row["doc"], row["raw_sha256"]) for row in rows if row["coder"].casefold() in names}


def _refuse_open(queues: Sequence[Queue], coders: Sequence[str]) -> None:
    names = {name.casefold() for name in coders}
    for queue in open_rounds(queues):
        if {name.casefold() for name in queue.coders} == names:
            what = f"Für {' und '.join(queue.coders)} ist schon eine Runde offen. {progress(queue)}."
            waiting = next(coder for coder in queue.coders if queue.left(coder))
            raise Stop(Problem("", 0, what, f"Bitte erst diese zu Ende lesen: make review CODER={waiting}"))
