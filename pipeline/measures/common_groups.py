"""The common denominator, group by group: who voices a theme, who denies it, who was asked and said nothing, who was not asked.

Silence is told apart by what is known of it: not asked, asked and evaded, asked and not yet read, asked and silent. None of them is consent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.covered import full
from pipeline.effective import UNREVIEWED
from pipeline.measures.evidence import AGAINST
from pipeline.measures.lens import OTHERS, OWN
from pipeline.tables import MACHINES, NEVER

if TYPE_CHECKING:
    import pandas as pd

VOICED, CONTRADICTED, BOTH, SILENT, EVADED, UNREAD, NOT_ASKED = "voiced", "denied", "both", "silent", "evaded", "unread", "not asked"
Row = dict[str, Any]


class Theme(NamedTuple):
    """What is known of one category: who was asked, of these who evaded and whose answer nobody has read, mentions and places against it."""

    code: str
    asked: set[str]
    evaded: set[str]
    unread: set[str]
    said: list[Any]  # rows of findings_mentions, the best quote first
    against: list[Any]  # rows of findings_against that are dissent, in their order


def themes(
    codes: Iterable[str], asked: Mapping[str, set[str]], by_question: Mapping[str, set[str]], coverage: pd.DataFrame,
    unread: Callable[[str, set[str]], bool], mentions: pd.DataFrame, quotes: pd.DataFrame, against: pd.DataFrame,
) -> list[Theme]:  # fmt: skip
    """One theme a category. `by_question`: category -> questions of the guide that ask for it; `unread` from `unread_answers`."""
    status = {(r.case, r.question): r.status for r in coverage.itertuples()}
    rank = {r.mention: (r.pinned == NEVER, r.rank) for r in quotes.itertuples()}
    said: dict[str, list[Any]] = defaultdict(list)
    for m in mentions[mentions["case"] != ""].itertuples():
        said[m.code].append(m)
    denied: dict[str, list[Any]] = defaultdict(list)
    for place in against[against["kind"].isin(AGAINST)].sort_values(["code", "rank"]).itertuples():
        denied[place.code].append(place)
    found = []
    for code in codes:
        wanted, people = by_question.get(code, set()), asked.get(code, set())
        told = {case: [s for q in wanted if (s := status.get((case, q), "not asked")) != "not asked"] for case in people}
        evaded = {case for case, states in told.items() if states and set(states) <= {"evaded", "refused"}}
        found.append(
            Theme(
                code, people, evaded, {case for case in people if unread(case, wanted)},
                sorted(said[code], key=lambda m: rank.get(m.mention, (False, 0))), denied[code],
            )
        )  # fmt: skip
    return found


def rows(theme: Theme, groups: Mapping[str, set[str]], basis: str, banned: set[str]) -> list[Row]:
    """Rows of `findings_common_groups` of one theme: every group of the study.

    `basis` reviewed: what people read alone; proposed: the picture if all that is proposed held, read and proposed together, and nothing unread.
    """
    said = [m for m in theme.said if basis == UNREVIEWED or m.basis != UNREVIEWED]
    against = [p for p in theme.against if basis == UNREVIEWED or p.basis != UNREVIEWED]
    unread = set() if basis == UNREVIEWED else theme.unread
    return [{"code": theme.code, "basis": basis, "group": group, **_group(theme, people, said, against, unread, banned)} for group, people in groups.items()]


def _group(theme: Theme, people: set[str], said: list[Any], against: list[Any], unread: set[str], banned: set[str]) -> Row:
    mine, deny = [m for m in said if m.case in people], [p for p in against if p.case in people]
    voices, asked, evaded = {m.case for m in mine}, theme.asked & people, theme.evaded & people
    open_ = (asked & unread) - evaded
    return {
        "status": _status(bool(mine), bool(deny), asked, evaded, open_), "n_mentions": len(mine), "n_cases": len(voices), "n_asked": len(asked),
        "n_asked_voiced": len(asked & voices), "n_group": len(people), "n_cases_self": len(_about(mine, OWN)), "n_cases_others": len(_about(mine, OTHERS)),
        "n_cases_denied": len({p.case for p in deny}), "n_evaded": len(evaded), "n_unread": len(asked & unread),
        "mention": next((m.mention for m in mine if m.mention not in banned), ""), "against": deny[0].place if deny else "",
    }  # fmt: skip


def _status(voiced: bool, denied: bool, asked: set[str], evaded: set[str], unread: set[str]) -> str:
    if voiced or denied:
        return BOTH if voiced and denied else VOICED if voiced else CONTRADICTED
    if not asked:
        return NOT_ASKED
    if asked <= evaded:
        return EVADED
    return UNREAD if unread else SILENT


def _about(mentions: list[Any], wanted: frozenset[str]) -> set[str]:
    return {m.case for m in mentions if not wanted.isdisjoint(m.about.split("+"))}


def unread_answers(turns: pd.DataFrame, segments: pd.DataFrame, questions: pd.DataFrame, reviewed: pd.DataFrame) -> Callable[[str, set[str]], bool]:
    """Whether any sentence of what a case answered to some questions has not been read for all categories; where it gave no answer to
    them that was recognised, whether any of its sentences has not.

    Who looked at the machine's proposals alone (mode `queue`) has not read what was said.
    """
    spans: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for r in full(reviewed[~reviewed["coder"].isin(list(MACHINES))]).itertuples():
        spans[r.doc, r.turn].append((r.start, r.end))
    case_of = {(doc, turn): case for doc, turn, case in zip(turns["doc"], turns["turn"], turns["case"], strict=True) if case}
    question_of = {(doc, turn): q for doc, turn, q in zip(questions["doc"], questions["turn"], questions["question"], strict=True)}
    by_answer: dict[tuple[str, str], bool] = {}
    by_case: dict[str, bool] = {}
    for doc, turn, start, end in zip(*(segments[c] for c in ("doc", "turn", "start", "end")), strict=True):
        case = case_of.get((doc, turn), "")
        if case:
            missing = not any(a < end and start < b for a, b in spans.get((doc, turn), ()))
            key = (case, question_of.get((doc, turn), ""))
            by_answer[key] = by_answer.get(key, False) or missing
            by_case[case] = by_case.get(case, False) or missing

    def unread(case: str, wanted: set[str]) -> bool:
        answers = [by_answer[case, q] for q in wanted if (case, q) in by_answer]
        return any(answers) if answers else by_case.get(case, False)

    return unread


def asking(expected: Mapping[str, set[str]], lines: Mapping[str, list[str]] | None = None) -> dict[str, set[str]]:
    """Category -> questions of the guide that ask for it. `expected`: question -> categories; `lines`: category -> itself and those above it,
    where who was asked about a child was asked about its parents."""
    found: dict[str, set[str]] = defaultdict(set)
    for question, wanted in expected.items():
        for code in wanted:
            for name in (lines or {}).get(code, [code]):
                found[name].add(question)
    return dict(found)


def read_only(asked: Mapping[str, set[str]], by_question: Mapping[str, set[str]], unread: Callable[[str, set[str]], bool]) -> dict[str, set[str]]:
    """Of those asked about a category the ones whose answers people have read: of the others nobody knows whether they said it."""
    return {code: {case for case in people if not unread(case, by_question.get(code, set()))} for code, people in asked.items()}
