"""A passage as the rules read it: its words with their places in the turn, and its clauses put together to units that tell one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.german.facts import words_of
from pipeline.stances.words import Kind, Word
from pipeline.whom.reading import Reading, reading_of

BRACKETS = frozenset({"[", "]"})


@lru_cache(maxsize=64)
def words(name: str) -> frozenset[str]:
    """The words of one list of `words.txt`; a name that is not there is a mistake in the code and raises `KeyError`.

    >>> "helfen" in words("deeds")
    True
    """
    return words_of(Path(__file__).with_name("words.txt"), name)


def ends_in(low: str, name: str, least: int = 4) -> bool:
    """Whether the word, or its last part of at least `least` letters, stands in a list.

    >>> ends_in("gemeindesaal", "places"), ends_in("ruhestand", "places")
    (True, False)
    """
    listed = words(name)
    if low in listed:
        return True
    return low not in words("not places") and any(low[k:] in listed for k in range(1, len(low) - least + 1))


@dataclass(frozen=True)
class Unit:
    """What tells one act: a clause with what hangs on it. `places`: its words, numbered in the passage; `whole`: its clause's number."""

    whole: int
    sentence: int
    kind: str
    finite: int
    opener: int
    places: tuple[int, ...]


@dataclass(frozen=True)
class Passage:
    """`text` is the turn's, `spans` the [start, end) of every word in it."""

    text: str
    spans: list[tuple[int, int]]
    reading: Reading
    units: list[Unit]

    @property
    def kinds(self) -> list[Kind]:
        return self.reading.kinds

    def form(self, place: int) -> str:
        start, end = self.spans[place]
        return self.text[start:end]

    def said(self, places: Sequence[int]) -> str:
        """The words at these places; what stands between neighbours is kept as it was written."""
        pieces: list[str] = []
        last = -2
        for i in sorted(places):
            start, end = self.spans[i]
            if i == last + 1 and pieces:
                pieces[-1] = pieces[-1] + self.text[self.spans[last][1] : end]
            else:
                pieces.append(self.text[start:end])
            last = i
        return " ".join(" ".join(piece.split()) for piece in pieces).strip(" ,;:–-")


def passage(text: str, sentences: Sequence[Sequence[tuple[int, int, Word]]]) -> Passage:
    """`sentences`: for every sentence its words as (start, end, word), offsets in `text`."""
    spans = [(start, end) for sentence in sentences for start, end, _ in sentence]
    reading = reading_of([[word for _, _, word in sentence] for sentence in sentences])
    return Passage(text, spans, reading, _units(reading))


def _units(reading: Reading) -> list[Unit]:
    """Clauses in order; a clause without a verb, and an infinitive that completes a verb, belong to what stands before them."""
    found: list[Unit] = []
    for whole, places in reading.places.items():
        clause = reading.clauses[whole]
        last = found[-1] if found and found[-1].sentence == clause.sentence else None
        joins = last is not None and last.finite >= 0 and ((clause.kind == "fragment" and _hidden(reading.kinds, places) < 0) or _completes(reading.kinds, clause.kind, clause.opener, places))
        finite = clause.finite if clause.finite >= 0 else _hidden(reading.kinds, places)
        # `machen Ausflüge mit | behinderten Kindern`: a clause that a preposition is cut off from is none
        cut = last is not None and reading.kinds[places[0]].tag in ("APPR", "APPRART") and clause.finite == places[0] + 1
        if last is not None and (joins or cut):
            found[-1] = Unit(last.whole, last.sentence, last.kind, last.finite, last.opener, (*last.places, *places))
        else:
            found.append(Unit(whole, clause.sentence, clause.kind, finite, clause.opener, tuple(places)))
    return found


def _hidden(kinds: Sequence[Kind], places: Sequence[int]) -> int:
    """`Die AG unterstützt seit zehn Jahren Familien`: a finite verb that has the form of a participle, or -1."""
    alike = [i for i in places if kinds[i].tag == "VVPP" and kinds[i].low.endswith("t") and not kinds[i].low.startswith("ge")]
    inside = [i for i in alike if i not in (places[0], places[-1]) and i + 1 in places and kinds[i + 1].tag[0] != "$"]
    return inside[0] if len(alike) == 1 and inside else -1


def _completes(kinds: Sequence[Kind], kind: str, opener: int, places: Sequence[int]) -> bool:
    return kind == "infinitive" and (opener < 0 or kinds[opener].tag != "KOUI") and any(kinds[i].verbal for i in places)


def sentences_of(rows: Mapping[int, Word], tokens: Sequence[tuple[str, int, int, int]], start: int, end: int) -> list[list[tuple[int, int, Word]]]:
    """Words of one turn between two offsets, by sentence. `tokens`: (seg, start, end, type) in order; `rows`: type -> word."""
    found: dict[str, list[tuple[int, int, Word]]] = {}
    for seg, a, b, kind in tokens:
        if start <= a and b <= end:
            found.setdefault(seg, []).append((a, b, rows[kind]))
    return list(found.values())
