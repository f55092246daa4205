"""All quotes as columns for the page's script: what `pipeline.island` describes."""

from __future__ import annotations

import re
from collections import defaultdict, namedtuple
from collections.abc import Iterator, Mapping, Set
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.effective import REVIEWED, uncounted
from pipeline.island.facets import every
from pipeline.island.packing import Shared
from pipeline.island.pieces import Cuts, span
from pipeline.island.texts import seconds
from pipeline.language import _
from pipeline.language.told import told
from pipeline.sections.material import Names
from pipeline.sections.quotes import moments, reason_parts, tags
from pipeline.tables import NEVER, quotable
from pipeline.wording import NOT_QUOTABLE, NOT_SHOWN, matched_words, second

if TYPE_CHECKING:
    import pandas as pd

UNCOUNTED = "uncounted"
_SPAN, _LAST = 1_000_000, 900_000  # places of a category in the order; from where those stand that do not count
_FREE, _NO_CONSENT, _NO_WISH = 0, 1, 2
_FILTERED = ("code", "basis", "case", "question", "prompt", "stance", "about", "coder", "topic", "doc")
_COLUMNS = ("mention", "turn", "first", "last", "hidden", "again", "rank", "typical", "second", "chance", "why", "hits", "tags")


def pack(
    tables: dict[str, pd.DataFrame], names: Names, cut: Cuts, questions: Mapping[str, str] | None = None, codes: Set[str] | None = None
) -> dict[str, Any]:
    """Every quote and every hit that does not count; `codes`: only these categories. `questions`: id -> what it is called."""
    made = _Rows(tables, names, cut, codes)
    made.mentions()
    made.not_counted()
    columns = made.columns
    cases, docs = names.cases, tables["documents"]["doc"].tolist()
    return {
        **{name: columns[name] for name in _COLUMNS},
        "facets": every(tables, names, columns, questions or {}),
        "docs": {doc: [names.interview(doc), cited(names.interview(doc))] for doc in sorted(docs)},
        "cases": {case: names.who(case) for case in sorted(cases)},
        "texts": made.texts.all, "words": [list(words) for words in made.words.all], "hidden_words": [_(NOT_QUOTABLE), _(NOT_SHOWN)],
    }  # fmt: skip


def cited(interview: str) -> str:
    """What an interview is called in a citation: numbers of two figures, so that lists stand in order.

    >>> cited("Interview 7"), cited("Workshop 112")
    ('Interview 07', 'Workshop 112')
    """
    return re.sub(r"\d+$", lambda number: number[0].zfill(2), interview)


class _Rows:
    """The rows while they grow, with what every row needs."""

    def __init__(self, tables: dict[str, pd.DataFrame], names: Names, cut: Cuts, codes: Set[str] | None) -> None:
        self.tables, self.names, self.cut, self.codes = tables, names, cut, codes
        self.rows: list[tuple[Any, ...]] = []
        self.texts, self.words = Shared(), Shared()
        self.order = {code: n for n, code in enumerate(tables["codes"]["code"].tolist())}
        self.times = moments(tables)
        turns = {column: tables["turns"][column].tolist() for column in ("doc", "turn", "t_start", "speaker")}
        self.begins = dict(zip(zip(turns["doc"], turns["turn"], strict=True), turns["t_start"], strict=True))
        self.speaker = dict(zip(self.begins, turns["speaker"], strict=True))
        self.topics = _topics(tables)
        self.why = cache(lambda *key: [self.texts(part) for part in reason_parts(*key)])
        self.tags = cache(lambda *key: [self.texts(part) for part in tags(*key)])
        self.matched = cache(lambda matched: self.words(tuple(dict.fromkeys(w for line in matched.split("\n") for w in matched_words(line)))))

    @property
    def columns(self) -> dict[str, list[Any]]:
        return dict(zip((*_COLUMNS, *_FILTERED), map(list, zip(*self.rows, strict=True)) if self.rows else ([] for _name in (*_COLUMNS, *_FILTERED)), strict=True))

    def mentions(self) -> None:
        """What people read and what is proposed."""
        ranks = {m: own for m, *own in _rows(self.tables["findings_quotes"], ("mention", "rank", "typical", "pinned"))}
        consent = dict(_rows(self.tables["findings_release"], ("mention", "consent")))
        again = _repeated(self.tables["findings_mentions"], self.tables["codes"])
        for m, repeated in zip(_rows(self.tables["findings_mentions"], (*_SHARED, "mention", "basis", "coder", "rule", "evidence", "score")), again, strict=True):
            if self.codes is not None and m.code not in self.codes:
                continue
            rank, typical, pinned = ranks[m.mention]
            hidden = _NO_CONSENT if consent[m.mention] != "yes" else _NO_WISH if pinned == NEVER else _FREE
            prompt = m.prompt if m.unasked != "no" else ""  # what only the question suggested says nothing of questions
            question = m.question if prompt or m.basis == REVIEWED else ""
            why = self.why(m.coder, m.basis, m.rule, m.evidence, m.cue, hidden == _FREE)
            likely = -1 if m.basis == REVIEWED or m.score != m.score else round(m.score * 100)
            order = self.order[m.code] * _SPAN + int(rank), 0 if typical != typical else round(typical * 1000), likely
            self._add(m, m.mention, m.basis, prompt, question, hidden, why, int(repeated), *order)

    def not_counted(self) -> None:
        """Hits that do not count, with the reason; in order of place."""
        allowed = quotable(self.tables["speakers"])
        names = (*_SHARED, "coding", "coder", "reason")
        for number, s in enumerate(_rows(uncounted(self.tables["suggestions"][list(names)]), names)):
            if s.code not in self.order or (self.codes is not None and s.code not in self.codes):
                continue
            free = (s.doc, self.speaker.get((s.doc, s.turn))) in allowed
            why = [self.texts(told(part)) for part in (s.reason, s.cue.replace("\n", "; ") if free else "") if part]
            prompt = s.prompt if s.unasked != "no" else ""
            place = self.order[s.code] * _SPAN + _LAST + min(number, _SPAN - _LAST - 1)
            self._add(s, s.coding, UNCOUNTED, prompt, s.question if prompt else "", _FREE if free else _NO_CONSENT, why, 0, place, 0, -1)

    def _add(
        self, row: Any, mention: str, basis: str, prompt: str, question: str, hidden: int, why: list[int], again: int, rank: int, typical: int, likely: int
    ) -> None:
        place = row.doc, row.turn
        first, last = (-1, -1) if hidden else span(self.cut[place], row.start, row.end)
        at = seconds(second(self.times.get(place, []), row.start, self.begins[place]))
        topic = "+".join(dict.fromkeys(topic for start, end, topic in self.topics.get(place, ()) if start < row.end and row.start < end))
        self.rows.append((
            mention, row.turn, first, last, hidden, again, rank, typical, at, likely, why, self.matched("" if hidden else row.matched), self.tags(row.stance, row.about),
            row.code, basis, row.case, question, prompt, row.stance, row.about, row.coder, topic, row.doc,
        ))  # fmt: skip


_SHARED = ("doc", "turn", "start", "end", "code", "case", "question", "prompt", "unasked", "stance", "about", "matched", "cue")


def _rows(data: pd.DataFrame, names: tuple[str, ...]) -> Iterator[Any]:
    """A table's rows with these columns, by name; columns as lists, which are read many times faster than cell by cell."""
    made: Any = namedtuple("Row", names)  # type: ignore[misc]
    return map(made._make, zip(*(data[name].tolist() for name in names), strict=True))


def _repeated(mentions: pd.DataFrame, codes: pd.DataFrame) -> list[bool]:
    """Whether a mention of a category consists of codings of categories below it alone: shown once, there."""
    own: dict[str, set[str]] = defaultdict(set)
    parent = dict(zip(codes["code"].tolist(), codes["parent"].tolist(), strict=True))
    rows = list(zip(mentions["code"].tolist(), mentions["codings"].tolist(), strict=True))
    for code, codings in rows:
        own[code].update(codings.split("+"))
    below: dict[str, set[str]] = defaultdict(set)
    for code in own:
        up = parent.get(code, "")
        if up:
            below[up] |= own[code]
    return [set(codings.split("+")) <= below[code] for code, codings in rows]


def _topics(tables: dict[str, pd.DataFrame]) -> dict[tuple[str, int], list[tuple[int, int, str]]]:
    """(interview, turn) -> its sentences with a topic that is shown."""
    topics, given = tables["topics"], tables["segment_topics"]
    shown = set(topics.loc[topics["hidden"] != "yes", "topic"])
    of = defaultdict(list)
    for seg, topic in zip(given["seg"].tolist(), given["topic"].tolist(), strict=True):
        if topic in shown:
            of[seg].append(topic)
    found: dict[tuple[str, int], list[tuple[int, int, str]]] = defaultdict(list)
    for seg, doc, turn, start, end in zip(*(tables["segments"][c].tolist() for c in ("seg", "doc", "turn", "start", "end")), strict=True):
        if seg in of:
            found[doc, turn] += [(start, end, topic) for topic in of[seg]]
    return found
