"""Topics that no category of the codebook holds, as proposals for new categories with anchor quotes."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.crossing.bearing import Bearing
from pipeline.crossing.snippet import snippet
from pipeline.evaluating.intervals import ratio_difference
from pipeline.evaluating.metrics import Parts
from pipeline.german.stopwords import STOPWORDS
from pipeline.measures.quotes import may_quote
from pipeline.topic_words import ECHO

if TYPE_CHECKING:
    import pandas as pd

LOW = 0.3  # share of sentences with a category below which a topic is uncovered however little is known
LESS = 0.8  # of the share of all sentences with a topic: what is hardly less is no gap in the codebook, however sure it is
PEOPLE, PEOPLE_IN_SMALL, SMALL = 3, 2, 8  # persons who must speak of it; in a study of fewer than `SMALL` persons
NEAR = 0.05  # share of the topic's sentences from which on its nearest category is worth telling apart from in the draft
UNLIKELY = 0.3  # a quote's chance of any single category is below
WORDS, BEST_WORDS = (4, 60), (7, 40)  # of a quote: what is taken at all, what rather
ANCHORS, TERMS = 5, 10
HEADING = "NEU"


def candidates(
    known: Bearing, topics: pd.DataFrame, terms: pd.DataFrame, weights: np.ndarray, turns: pd.DataFrame, speakers: pd.DataFrame,
    codes: pd.DataFrame, seed: int,
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """Rows of `topic_new`, in the order of `topics`; `weights` (n sentences x topics), nan where a sentence does not belong to the topic.

    `covered` is the expected share of the topic's sentences that bear any category. A topic is uncovered where this is below `LESS` of
    that of all sentences with a topic, and either the 95 % interval of the difference (people drawn anew, `evaluating.intervals`)
    lies below 0 or the share is below `LOW`. It is so too where people gave, or the machine proposes, a category for less than `LOW`
    of its sentences: the expected share sums up many small chances, of which none may be right.
    """
    belongs = ~np.isnan(weights)
    inside = belongs.any(axis=1)
    overall = float(known.any[inside].mean()) if inside.any() else 0.0
    label_of, taken = dict(zip(codes["code"], codes["label"], strict=True)), set(codes["code"])
    words_of = {t: list(rows.sort_values("rank")["term"].head(TERMS)) for t, rows in terms.groupby("topic")}
    may = may_quote(turns, speakers)
    text_of = {(doc, turn): text for doc, turn, text in turns[["doc", "turn", "text"]].itertuples(index=False, name=None) if may(doc, turn)}
    people = len(set(known.case[inside].tolist()))
    since = _next_version(codes["since"])
    used: set[str] = set()
    for t, topic in enumerate(topics.itertuples()):
        rows = belongs[:, t]
        if not (rows.any() and _worth(topic, PEOPLE if people >= SMALL else PEOPLE_IN_SMALL)):
            continue
        covered = float(known.any[rows].mean())
        marked = float((known.reviewed[rows].any(axis=1) | known.proposed[rows].any(axis=1)).mean())
        less = covered < LESS * overall and (covered < LOW or _clearly_less(known, rows, inside, seed))
        if not (less or marked < LOW):
            continue
        best = _nearest(known, rows, inside)
        words = words_of.get(topic.topic, [])
        places = anchors(known, weights[:, t], words, text_of, used)
        used.update(text_of[doc, turn][start:end].casefold() for doc, turn, start, end in places)
        name = free_id(topic.label, topic.topic, taken)
        taken.add(name)
        code, share = (known.codes[best], float(known.likely[rows, best].mean(dtype=float))) if best >= 0 else ("", float("nan"))
        quotes = [(" ".join(text_of[doc, turn][start:end].split()), f"{doc}:{turn}") for doc, turn, start, end in places]
        yield {
            "topic": topic.topic, "covered": covered, "best_code": code, "n_cases": int(topic.n_cases), "id": name, "label": topic.label,
            "best_share": share, "terms": " | ".join(words),
            "anchors": " | ".join(f"{doc}:{turn}:{start}-{end}" for doc, turn, start, end in places),
            "snippet": snippet(name, topic.label, words, quotes, (code, label_of[code]) if share >= NEAR else None, since),
        }  # fmt: skip


def _worth(topic: Any, people: int) -> bool:
    """Whether a topic is shown, several people speak of it, both halves of the interviews tell it (or people named it, who have read it),
    and it is more than the guide's own words."""
    return bool(topic.hidden == "no" and topic.n_cases >= people and "yes" in (topic.firm, topic.named) and not topic.echo >= ECHO)


def _clearly_less(known: Bearing, rows: np.ndarray, inside: np.ndarray, seed: int) -> bool:
    person = {case: n for n, case in enumerate(sorted(set(known.case[inside].tolist())))}
    if len(person) < PEOPLE:
        return False
    number = np.array([person[case] for case in known.case[inside]])
    own, some = rows[inside].astype(float), known.any[inside].astype(float)
    found = ratio_difference(Parts(own * some, own), Parts(some, np.ones(len(own))), number, seed)
    return bool(found.high < 0)


def _nearest(known: Bearing, rows: np.ndarray, inside: np.ndarray) -> int:
    """The category whose share in the topic is most above its share in all topics (a common one is near to nothing); -1 for none."""
    excess = known.likely[rows].mean(axis=0, dtype=float) - known.likely[inside].mean(axis=0, dtype=float)
    return int(excess.argmax()) if len(excess) and excess.max() > 0 else -1


def anchors(
    known: Bearing, weight: np.ndarray, words: Sequence[str], text_of: Mapping[tuple[str, int], str], used: Collection[str] = ()
) -> list[tuple[str, int, int, int]]:  # fmt: skip
    """Places of up to `ANCHORS` typical sentences without any category, one a person: those with the topic's words first.

    `text_of`: only turns of people who may be quoted; `used`: sentences (folded) that another candidate quotes already; the same
    words are quoted once, whoever says them."""
    bare = ~np.isnan(weight) & ~known.reviewed.any(axis=1) & ~known.proposed.any(axis=1) & (known.likely < UNLIKELY).all(axis=1)
    ranked = []
    for n in np.flatnonzero(bare).tolist():
        text = text_of.get((known.doc[n], known.turn[n]), "")[known.start[n] : known.end[n]]
        length, said = len(text.split()), text.casefold()
        if WORDS[0] <= length <= WORDS[1]:
            hits = sum(word.casefold() in said for word in words)
            ranked.append((not hits, not BEST_WORDS[0] <= length <= BEST_WORDS[1], -hits, -weight[n], known.seg[n], said, n))
    chosen: dict[str, int] = {}
    quoted = set(used)
    for *_, said, n in sorted(ranked):
        if said not in quoted and known.case[n] not in chosen:
            chosen[known.case[n]] = n
            quoted.add(said)
    return [(known.doc[n], int(known.turn[n]), int(known.start[n]), int(known.end[n])) for n in list(chosen.values())[:ANCHORS]]


def free_id(label: str, topic: str, taken: Collection[str]) -> str:
    """An id of plain letters that no category has yet.

    >>> free_id("Kaffee nach dem Gebet", "T03", ()), free_id("Straße · Übung", "T1", ["NEU.strasse_uebung"]), free_id("…", "T04", ())
    ('NEU.kaffee_gebet', 'NEU.strasse_uebung_2', 'NEU.thema_t04')
    """
    plain = label.lower()
    for letter, other in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        plain = plain.replace(letter, other)
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    words = [w for w in "".join(c if c.isalnum() else " " for c in plain).split() if w not in STOPWORDS][:3]
    name = f"{HEADING}.{'_'.join(words)[:40].strip('_') or f'thema_{topic.lower()}'}"
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}_{number}"
    return found


def _next_version(since: Sequence[str]) -> str:
    """The version after the highest that the codebook's categories name.

    >>> _next_version(["1", "2", "entwurf"])
    '3'
    """
    return str(max([int(version) for version in since if str(version).isdecimal()], default=0) + 1)
