"""Themes become topics: named, merged, split and hidden as researchers want them; without their file each theme is a topic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from pipeline.topicnames.edits import Entry, Part, Placed, fold
from pipeline.topicnames.keywords import keywords
from pipeline.topicnames.matching import Match
from pipeline.topicnames.spoken import Spoken

if TYPE_CHECKING:
    import pandas as pd

DEEP = 40  # words of a topic that are worked with
_LENT = 0.4  # what a word in the sentence before or after counts, against one in the sentence itself

Terms = list[tuple[str, float]]


@dataclass
class Topic:
    """One topic. `rows`: places of its sentences in `Spoken.frame`; `themes`: theme -> how many of them come from it."""

    key: tuple[str, str]
    name: str = ""
    memo: str = ""
    hidden: bool = False
    themes: dict[str, int] = field(default_factory=dict)
    rows: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    sources: list[tuple[int, Terms]] = field(default_factory=list)  # (sentences, words)

    @property
    def terms(self) -> Terms:
        """Words with weights, the heaviest first; of several themes each as heavy as it has sentences."""
        total = sum(n for n, _ in self.sources) or 1
        tops = [max((w for _, w in terms), default=0.0) for _, terms in self.sources]
        scale = sum(n * top for (n, _), top in zip(self.sources, tops, strict=True)) / total
        found: dict[str, float] = {}
        for (n, terms), top in zip(self.sources, tops, strict=True):
            for term, weight in terms:
                found[term] = found.get(term, 0.0) + scale * n / total * (weight / top if top > 0 else 0.0)
        return sorted(found.items(), key=lambda pair: (-round(pair[1], 9), pair[0]))[:DEEP]


def shape(spoken: Spoken, theme_terms: Mapping[str, Terms], placed: Sequence[Placed], matches: Sequence[Match]) -> list[Topic]:
    """Topics, the one with most sentences first. Every sentence with a theme is in exactly one."""
    entry_of = {m.theme: p for p, m in zip(placed, matches, strict=True) if m.theme}
    parts_of: dict[str, list[Part]] = {}
    for _, one in sorted(entry_of.items(), key=lambda pair: pair[1].number):
        if one.entry.name:
            parts_of.setdefault(fold(one.entry.name), []).extend(one.entry.split)
    topics: dict[tuple[str, str], Topic] = {}
    themes = spoken.frame["theme"].to_numpy(dtype=object)
    vocabulary = {term for terms in theme_terms.values() for term, _ in terms}
    for theme in sorted(theme_terms):
        rows = np.flatnonzero(themes == theme)
        entry = entry_of[theme].entry if theme in entry_of else None
        parts = parts_of[fold(entry.name)] if entry and entry.name else list(entry.split) if entry else []
        belongs = _parted(spoken, rows, parts)
        of_parts = {fold(spoken.lemma_for(w)) for part in parts for w in part.terms}
        left = [(term, weight) for term, weight in theme_terms[theme] if fold(term) not in of_parts]
        _add(topics, ("name", fold(entry.name)) if entry and entry.name else ("theme", theme), theme, rows[belongs < 0], left)
        for n, part in enumerate(parts):
            mine = rows[belongs == n]
            top = max((w for _, w in theme_terms[theme]), default=1.0)
            _add(topics, ("name", fold(part.name)), theme, mine, keywords(spoken, mine, part.terms, vocabulary, DEEP, top) if len(mine) else [])
    _say(topics, [p for p, m in zip(placed, matches, strict=True) if m.theme], entry_of)
    made = [topic for topic in topics.values() if len(topic.rows)]
    return sorted(made, key=lambda t: (-len(t.rows), [term for term, _ in t.terms], t.key))


def _add(topics: dict[tuple[str, str], Topic], key: tuple[str, str], theme: str, rows: np.ndarray, terms: Terms) -> None:
    topic = topics.setdefault(key, Topic(key))
    if len(rows):
        topic.rows = np.sort(np.concatenate([topic.rows, rows]))
        topic.themes[theme] = topic.themes.get(theme, 0) + len(rows)
        topic.sources.append((len(rows), terms))


def _say(topics: dict[tuple[str, str], Topic], placed: Sequence[Placed], entry_of: Mapping[str, Placed]) -> None:
    """Names, memos and what is hidden, from entries that found their theme, in the file's order."""
    theme_of = {one.number: theme for theme, one in entry_of.items()}
    for one in placed:
        key = ("name", fold(one.entry.name)) if one.entry.name else ("theme", theme_of[one.number])
        sayings: list[tuple[tuple[str, str], Entry | Part]] = [(key, one.entry)]
        sayings += [(("name", fold(part.name)), part) for part in one.entry.split]
        for where, said in sayings:
            topic = topics[where]
            topic.name = topic.name or said.name
            topic.hidden = topic.hidden or said.hide
            if said.memo and said.memo not in topic.memo.split("\n\n"):
                topic.memo = f"{topic.memo}\n\n{said.memo}".strip()


def _parted(spoken: Spoken, rows: np.ndarray, parts: Sequence[Part]) -> np.ndarray:
    """For every row the part whose words it or its neighbours hold most of; -1 where none. At a tie the earlier part."""
    if not parts or not len(rows):
        return np.full(len(rows), -1)
    scores = np.stack([_nearness(spoken, part)[rows] for part in parts])
    best = np.argmax(scores, axis=0)
    return np.where(scores[best, np.arange(len(rows))] > 0, best, -1)


def _nearness(spoken: Spoken, part: Part) -> np.ndarray:
    """How much every sentence has of a part's words: its own words and compounds with them, and what its neighbours lend."""
    kinds = spoken.holds([*part.terms, *map(spoken.lemma_for, part.terms)]).astype(float)
    own = np.bincount(spoken.row, weights=kinds[spoken.kind], minlength=len(spoken.frame))
    turn = spoken.frame.groupby(["doc", "turn"], sort=False).ngroup().to_numpy()
    same = turn[1:] == turn[:-1]
    near = np.zeros(len(own))
    near[1:] += np.where(same, own[:-1], 0)
    near[:-1] += np.where(same, own[1:], 0)
    return own + _LENT * near


def mean(topic: Topic, values: Mapping[str, float]) -> float:
    """A figure of themes for a topic: the mean over its sentences; NaN where a theme has none."""
    return sum(n * values[theme] for theme, n in topic.themes.items()) / sum(topic.themes.values())


def main_theme(topic: Topic) -> str:
    """The theme that most of its sentences come from."""
    return min(topic.themes, key=lambda theme: (-topic.themes[theme], theme))


def figures(topic: Topic, themes: pd.DataFrame) -> dict[str, float | str]:
    """Columns of `themes` for a topic. A part has its theme's: how steady it would be by itself was not measured.
    A topic of several themes is firm where all of them are."""
    found: dict[str, float | str] = {
        name: mean(topic, dict(zip(themes["theme"], themes[name], strict=True))) for name in ("stability", "steady", "halves", "worded", "coherence", "echo", "x", "y")
    }
    questions = dict(zip(themes["theme"], themes["echo_question"], strict=True))
    firm = set(themes.loc[themes["firm"] == "yes", "theme"])
    return found | {"firm": "yes" if firm.issuperset(topic.themes) else "no", "echo_question": questions[main_theme(topic)]}
