"""Stage topics: the themes found, with the names that people gave them, their words, phrases and quotes.

Themes are found anew in every run; a topic keeps its name because entries of `topics.yaml` find their theme by their words.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.topicnames.edits import Placed, fold, load
from pipeline.topicnames.labels import label, three_words
from pipeline.topicnames.matching import Match, match
from pipeline.topicnames.phrases import Phrase, Runs, naming
from pipeline.topicnames.quotes import quotes, readability
from pipeline.topicnames.shaping import Terms, Topic, figures, shape
from pipeline.topicnames.spoken import Spoken, gather

if TYPE_CHECKING:
    import pandas as pd

Rows = list[dict[str, Any]]


def whole(
    turns: pd.DataFrame, segments: pd.DataFrame, tokens: pd.DataFrame, types: pd.DataFrame, speakers: pd.DataFrame, themes: pd.DataFrame,
    theme_terms: pd.DataFrame, segment_themes: pd.DataFrame, settings: SimpleNamespace, topics_file: Path,
) -> dict[str, Rows]:  # fmt: skip
    """Topics with terms, sentences, phrases and quotes; and what became of each edit."""
    placed = load(topics_file)
    themes = themes.sort_values("theme")
    spoken = gather(turns, segments, tokens, types, speakers, segment_themes)
    terms = _terms(theme_terms, set(themes["theme"]) & set(spoken.frame["theme"]))
    matches = match(placed, {name: [word for word, _ in pairs] for name, pairs in terms.items()}, spoken.lemma_for)
    topics = shape(spoken, terms, placed, matches)
    runs, ease = Runs(spoken), readability(spoken)
    phrases = [runs.of(topic.rows, [word for word, _ in topic.terms]) for topic in topics]
    made: dict[str, Rows] = {"topics": _topics(spoken, themes, topics, phrases)}
    made["topic_terms"] = [
        {"topic": _id(n), "rank": rank, "term": term, "weight": weight}
        for n, topic in enumerate(topics) for rank, (term, weight) in enumerate(topic.terms[: settings.topics.terms], 1)
    ]  # fmt: skip
    made["segment_topics"] = [row for n, topic in enumerate(topics) for row in _sentences(spoken, n, topic)]
    made["topic_phrases"] = [
        {"topic": _id(n), "rank": rank, "phrase": p.phrase, "n_segments": p.n_segments, "n_cases": p.n_cases}
        for n, found in enumerate(phrases) for rank, p in enumerate(found, 1)
    ]  # fmt: skip
    made["topic_quotes"] = [row for n, topic in enumerate(topics) for row in _quotes(spoken, ease, n, topic)]
    made["topic_edits"] = _edits(placed, matches, topics)
    return made


def _id(n: int) -> str:
    return f"T{n + 1:02d}"


def _terms(theme_terms: pd.DataFrame, known: set[str]) -> dict[str, Terms]:
    """Theme -> its words in order, without those that weigh nothing; themes without sentences are none."""
    found: dict[str, Terms] = {theme: [] for theme in sorted(known)}
    for row in theme_terms.sort_values(["theme", "rank"]).itertuples():
        if row.theme in found and row.weight > 0:
            found[row.theme].append((str(row.term), float(row.weight)))
    return found


def _topics(spoken: Spoken, themes: pd.DataFrame, topics: list[Topic], phrases: list[list[Phrase]]) -> Rows:
    words = three_words([topic.terms for topic in topics], spoken.noun)
    rows: Rows = []
    for n, topic in enumerate(topics):
        mine = spoken.frame.iloc[topic.rows]
        cases = mine["person"].value_counts()
        most = min((str(case) for case in cases.index[cases == cases.max()]), default="")
        shown, phrase = " · ".join(words[n]), naming(phrases[n])
        rows.append({
            "topic": _id(n), "label": label(topic.name, shown, phrase), "words": shown, "phrase": phrase, "named": "yes" if topic.name else "no",
            "hidden": "yes" if topic.hidden else "no", "memo": topic.memo, "n_segments": len(mine), "n_cases": len(cases),
            "n_docs": mine["doc"].nunique(), "share": len(mine) / len(spoken.frame), "largest_case": most,
            "largest_case_share": int(cases.max()) / len(mine), **figures(topic, themes),
        })  # fmt: skip
    return rows


def _sentences(spoken: Spoken, n: int, topic: Topic) -> Rows:
    weights, segs = spoken.frame["weight"].to_numpy(dtype=float), spoken.frame["seg"].to_numpy(dtype=object)
    order = sorted(topic.rows.tolist(), key=lambda row: (-weights[row], segs[row]))
    return [{"seg": segs[row], "topic": _id(n), "weight": weights[row], "rank": rank} for rank, row in enumerate(order, 1)]


def _quotes(spoken: Spoken, ease: np.ndarray, n: int, topic: Topic) -> Rows:
    mine = spoken.frame.iloc[topic.rows]
    # The second theme is no rival where it was merged into the same topic.
    rival = np.where(mine["second"].isin(topic.themes), 0.0, mine["second_weight"].fillna(0.0))
    margins = mine["weight"].to_numpy(dtype=float) - rival
    rows: Rows = []
    for kind, rank, row in quotes(spoken, ease, topic.rows, margins, [word for word, _ in topic.terms[:20]]):
        s = spoken.frame.iloc[row]
        rows.append({
            "topic": _id(n), "kind": kind, "rank": rank, "seg": s["seg"], "doc": s["doc"], "turn": s["turn"], "start": s["start"], "end": s["end"],
            "case": s["case"],
        })  # fmt: skip
    return rows


def _edits(placed: tuple[Placed, ...], matches: list[Match], topics: list[Topic]) -> Rows:
    """What became of each entry. It is weak where people should look; why then stands behind its words, after » · »: parts of a split
    that found no sentence, or another topic that it fits as well."""
    place = {topic.key: n for n, topic in enumerate(topics)}
    found = [one.entry for one, m in zip(placed, matches, strict=True) if m.theme]
    names = [fold(n) for entry in found for n in (entry.name, *{part.name for part in entry.split}) if n]
    rows: Rows = []
    for one, m in zip(placed, matches, strict=True):
        entry, key = one.entry, ("name", fold(one.entry.name)) if one.entry.name else ("theme", m.theme)
        nearest = _of_theme(topics, m.nearest)
        at = place.get(key, nearest) if m.theme else nearest
        empty = [part.name for part in entry.split if ("name", fold(part.name)) not in place] if m.theme else []
        rival = _of_theme(topics, m.rival)
        why = [f"Teil ohne Satz: {', '.join(f'»{name}«' for name in empty)}"] * bool(empty) + [f"passt ebenso zu {_id(rival)}"] * (rival >= 0)
        did = {
            "rename": bool(entry.name), "merge": bool(entry.name) and names.count(fold(entry.name)) > 1, "split": bool(entry.split),
            "hide": entry.hide, "memo": bool(entry.memo),
        }  # fmt: skip
        rows.append({
            "entry": one.number, "line": one.line, "name": entry.name, "action": "+".join(a for a, yes in did.items() if yes) or "none",
            "topic": _id(at) if at >= 0 else "", "likeness": m.likeness, "status": "weak" if m.status == "found" and empty else m.status,
            "terms": " · ".join([", ".join(entry.terms), *why]),
        })  # fmt: skip
    return rows


def _of_theme(topics: list[Topic], theme: str) -> int:
    """The topic with most of a theme's sentences; -1 where there is none."""
    return max((n for n, topic in enumerate(topics) if topic.themes.get(theme, 0)), key=lambda n: (topics[n].themes[theme], -n), default=-1)
