"""What comes up that nobody asked for: topics without a category, topics apart from the guide, and categories no question expects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pipeline.measures.lens import PROPOSED, REVIEWED, below

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
NAN = float("nan")
NEW, UNASKED, CODE = "new", "unasked", "code"
ECHO = 0.5  # from which share of a question's own words on a topic counts as that question's echo
MOSTLY = 0.5
FEWEST, MOST = 3, 3  # sentences from which on a category goes with a topic; how many categories stand for it


def apart(segments: pd.DataFrame, segment_topics: pd.DataFrame, questions: pd.DataFrame) -> dict[str, float]:
    """Topic -> share of its sentences that follow no question of the guide."""
    answers = {(doc, turn) for doc, turn, question in zip(questions["doc"], questions["turn"], questions["question"], strict=True) if question}
    place = {seg: (doc, turn) for seg, doc, turn in zip(segments["seg"], segments["doc"], segments["turn"], strict=True)}
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for seg, topic in zip(segment_topics["seg"], segment_topics["topic"], strict=True):
        if seg in place:
            counts[topic][0] += 1
            counts[topic][1] += place[seg] not in answers
    return {topic: free / n for topic, (n, free) in counts.items()}


def _going_with(topic_codes: pd.DataFrame, codes: pd.DataFrame) -> dict[str, list[Any]]:
    """Topic -> the categories that go with it, those people read before proposals, most sentences first."""
    tops = set(codes.loc[codes["coded"] != "yes", "code"])
    found: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in topic_codes.itertuples():
        if row.code not in tops and row.lift > 1 and row.n_segments >= FEWEST and row.n_cases > 1:
            found[row.topic][row.basis].append(row)
    return {
        topic: sorted(by[REVIEWED] or by[PROPOSED], key=lambda r: (-r.n_segments, r.code))[:MOST] for topic, by in found.items()
    }  # fmt: skip


def topics(
    topics: pd.DataFrame, topic_new: pd.DataFrame, topic_codes: pd.DataFrame, codes: pd.DataFrame, free: Mapping[str, float], expected: Mapping[str, set[str]]
) -> list[Row]:  # fmt: skip
    """Rows of topics. Without a guide nothing can be said to be unasked; then only topics without a category have a row. Where no question tells
    which categories it expects, no topic is apart for its categories."""
    new = {row.topic: row for row in topic_new.itertuples()}
    named = set().union(*expected.values())
    wanted = below(codes, named)
    with_codes = _going_with(topic_codes, codes)
    found = []
    for topic in topics.itertuples():
        if topic.hidden == "yes" or (topic.echo_question and topic.echo >= ECHO):
            continue
        beside = with_codes.get(topic.topic, [])
        off = bool(beside and named) and not any(row.code in wanted for row in beside)
        if topic.topic in new:
            kind, covered, best = NEW, float(new[topic.topic].covered), str(new[topic.topic].best_code)
        elif expected and (free.get(topic.topic, 0.0) > MOSTLY or off):
            kind, covered, best = UNASKED, NAN, beside[0].code if beside else ""
        else:
            continue
        found.append(
            {
                "topic": topic.topic, "kind": kind, "n_segments": topic.n_segments, "n_cases": topic.n_cases, "n_proposed": 0, "n_cases_proposed": 0,
                "unasked": free.get(topic.topic, NAN), "covered": covered, "best_code": best, "echo": topic.echo, "firm": topic.firm,
            }
        )  # fmt: skip
    return found


def categories(
    codes: pd.DataFrame, mentions: pd.DataFrame, asked: Mapping[str, set[str]], expected: Mapping[str, set[str]], put: Iterable[str]
) -> list[Row]:  # fmt: skip
    """Categories of which people speak although no question that was put expects them or one above them: `topic` holds the code, `n_segments`
    mentions that people read. Where no question was put (or is known), or none tells what it expects, there are none: then it is not known
    what anybody was asked about."""
    posed = set(put) & set(expected)
    if not posed or not any(expected.values()):
        return []
    wanted = below(codes, set().union(*(expected[question] for question in posed)))
    coded = set(codes.loc[codes["coded"] == "yes", "code"])
    found = []
    for code, data in mentions[mentions["code"].isin(coded)].groupby("code"):
        if asked.get(str(code)) or code in wanted:
            continue
        read, open_ = data[data["basis"] == REVIEWED], data[data["basis"] == PROPOSED]
        found.append(
            {
                "topic": code, "kind": CODE, "n_segments": len(read), "n_cases": read["case"].nunique(), "n_proposed": len(open_),
                "n_cases_proposed": open_["case"].nunique(), "unasked": NAN, "covered": NAN, "best_code": code, "echo": NAN, "firm": "",
            }
        )  # fmt: skip
    return found
