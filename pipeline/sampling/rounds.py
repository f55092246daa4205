"""What came of rounds that several people coded independently: how far everybody is, how far they agree, where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isnan
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from pipeline.agreeing import figures, groups, notes, readings, set_figures, units
from pipeline.agreeing.disagreements import disagreements
from pipeline.agreeing.lines import Draws
from pipeline.lists import LISTS, read_list
from pipeline.places import Places
from pipeline.run import Run
from pipeline.sampling import queues
from pipeline.sampling.corpus import corpus
from pipeline.sampling.current import brought_up
from pipeline.sampling.queues import Queue
from pipeline.sampling.several import progress
from pipeline.study import SEED
from pipeline.tables import CONSENSUS_CODER, EVERYBODY
from pipeline.wording import decimal

if TYPE_CHECKING:
    import pandas as pd

NOTHING = (
    "Noch ist nichts zum doppelten Codieren gezogen.",
    "»make double CODERS=mk,ab SHARE=0.15« zieht 15 von 100 Beiträgen, die beide lesen, ohne voneinander zu wissen.",
)
SHOWN = 5  # categories that are told as least agreed on
# Measure -> its name, and what it is for.
MEASURES = {
    "alpha_nominal": "Krippendorffs Alpha", "cohen": "Cohens Kappa", "fleiss": "Fleiss’ Kappa", "ac1": "Gwets AC1 (hält auch bei seltenen Kategorien stand)",
    "alpha_masi": "Alpha, alle Kategorien eines Satzes zusammen verglichen (MASI)",
}  # fmt: skip


class Outcome(NamedTuple):
    """Figures of one round and the sentences on which its people differ (rows of the tables agreement and disagreements)."""

    figures: Sequence[dict[str, Any]]
    apart: Sequence[dict[str, Any]]


def told(places: Places) -> list[str]:
    """All rounds in German lines; results are brought up to date where a round is complete."""
    reviewed = read_list(places.codebooks / "reviewed.csv", LISTS["reviewed.csv"])
    if not any(queue.mode == "double" for queue in queues.queues(places.codebooks / queues.FOLDER, reviewed)):
        return list(NOTHING)
    lines = brought_up(places)
    found = corpus(places)
    labels = dict(zip(*(found.run.table("codes")[name] for name in ("code", "label")), strict=True))
    for queue in (one for one in found.queues if one.mode == "double"):
        lines += [progress(queue), *(f"  {line}" for line in _lines(found.run, queue, labels)), ""]
    return lines[:-1]


def _lines(run: Run, queue: Queue, labels: dict[str, str]) -> Iterator[str]:
    waiting = [coder for coder in queue.coders if queue.left(coder)]
    if waiting:
        yield f"Noch nicht zu Ende: Es fehlt {' und '.join(waiting)}. Bis dahin bleibt verborgen, was die anderen codierten."
        yield from (f"Weiter: make review CODER={coder}" for coder in waiting)
        return
    found = outcome(run, queue)
    together = _together(found.figures, queue.coders)
    whole = [row for row in together if not row["code"]]
    if not any(row["estimate"] == row["estimate"] for row in whole):
        yield "Fertig; zu vergleichen ist nichts: Niemand hat hier etwas codiert, oder keinen Satz haben zwei gelesen."
    yield from _whole(whole)
    yield from _codes([row for row in together if row["code"]], labels)
    if found.apart:
        n = len({(row["doc"], row["turn"], row["start"]) for row in found.apart})
        left = len({(row["doc"], row["turn"], row["start"]) for row in found.apart if not row["resolved"]})
        yield f"Verschieden codiert: {_sentences(n)}; noch zu besprechen: {left}. Das geht auf der Seite »Übereinstimmung« (/konsens) von make review."


def outcome(run: Run, queue: Queue) -> Outcome:
    """The agreement of one round: what the stage agreement works out, from what the round's people read and said at its turns."""
    keys = {item.key for items in queue.items.values() for item in items}
    turns, segments, codes, decisions, reviewed = (run.table(name) for name in ("turns", "segments", "codes", "decisions", "reviewed"))
    here = {(doc, turn) for doc, turn, sha in zip(turns["doc"], turns["turn"], turns["raw_sha256"], strict=True) if (doc, sha) in keys}
    people = {*queue.coders, CONSENSUS_CODER}
    decisions, reviewed = (_within(data[data["coder"].isin(people)], here) for data in (decisions, reviewed))
    given = codes[codes["coded"] == "yes"].sort_values("order")["code"].tolist()
    desk = readings.desk(readings.sentences(_within(turns, here), _within(segments, here)), given, decisions, reviewed)
    draws, found = Draws(run.study.review.replicates, SEED), []
    for group in groups.people(desk):
        told = units.by_sentence(group.grid)
        found += list(figures.rows(group, "sentence", units.counted(told, group.columns), draws, by_code=True))
        found += list(set_figures.rows(group, "sentence", told, set_figures.labels(told), draws))
    return Outcome(found, list(disagreements(desk, {})))


def _within(data: pd.DataFrame, turns: set[tuple[str, int]]) -> pd.DataFrame:
    chosen = [key in turns for key in zip(data["doc"], data["turn"], strict=True)]
    return data.loc[data.index[np.array(chosen, dtype=bool)]].reset_index(drop=True)


def _together(rows: Sequence[dict[str, Any]], coders: Sequence[str]) -> list[dict[str, Any]]:
    """Figures by sentence of all of a round's people: of the pair, or of all."""
    everybody = [row for row in rows if row["unit"] == "sentence" and row["part"] == "all"]
    return [row for row in everybody if len(coders) == 2 or row["a"] == EVERYBODY]


def _whole(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    by_measure = {row["measure"]: row for row in rows}
    share = by_measure.get("percent")
    if share and share["estimate"] == share["estimate"]:
        yield f"Gleich entschieden: {share['estimate'] * 100:.0f} von 100 Malen (alle Kategorien, {_sentences(share['n'])}, {share['n_cases']} Befragte)."
    for measure, name in MEASURES.items():
        row = by_measure.get(measure)
        if row and row["estimate"] == row["estimate"]:
            yield f"{name}: {_figure(row)}"
    said = dict.fromkeys(note for row in rows if row["measure"] in (*MEASURES, "percent") for note in str(row["note"]).split(notes.SEPARATOR) if note)
    yield from (f"Achtung: {note}." for note in said)


def _codes(rows: Sequence[dict[str, Any]], labels: dict[str, str]) -> Iterator[str]:
    """The categories on which people agree least, by alpha; those that hardly anybody gave are left out."""
    known = sorted((row for row in rows if row["measure"] == "alpha_nominal" and row["estimate"] == row["estimate"]), key=lambda row: (row["estimate"], row["code"]))
    if known:
        yield "Am wenigsten einig (Alpha je Kategorie):"
    yield from (f"  {row['code']} ({labels.get(row['code'], '')}): {_figure(row)}" for row in known[:SHOWN])
    said: dict[str, list[str]] = {}
    for row in known[:SHOWN]:
        for note in filter(None, str(row["note"]).split(notes.SEPARATOR)):
            said.setdefault(note, []).append(row["code"])
    yield from (f"  Dazu ({', '.join(codes)}): {note}." for note, codes in said.items())


def _figure(row: dict[str, Any]) -> str:
    value = decimal(row["estimate"])
    return value if isnan(row["low"]) or isnan(row["high"]) else f"{value} (95 %: {decimal(row['low'])} bis {decimal(row['high'])})"


def _sentences(n: int) -> str:
    return "ein Satz" if n == 1 else f"{n} Sätze"
