"""Quotes as the report shows them: the passage with its matched words marked, its place, who, why, how sure."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.language import N_, _
from pipeline.language.told import told
from pipeline.sections.material import Names
from pipeline.tables import NEVER
from pipeline.wording import ABOUT, NOT_QUOTABLE, PROMPTS, STANCES, chance, clock, marked, matched_words, second

if TYPE_CHECKING:
    import pandas as pd

_KINDS = {
    "term": N_("das Wort"), "lemma": N_("die Grundform"), "phrase": N_("die Wortfolge"), "compound": N_("der Wortteil"), "near": N_("die Wörter nah beieinander"),
    "regex": N_("der Ausdruck"), "pattern": N_("das Muster"), "all": N_("alle von"), "any": N_("eines von"),
}  # fmt: skip

# Of whom a figure counts passages: the sides that a passage is on.
_SIDES = {"self": "self", "own group": "self", "other group": "others", "institution": "institution"}
_MACHINE = {"model": N_("vom Modell"), "llm": N_("von einem Sprachmodell"), "rule": N_("von einer Regel")}
_SHOWN = 6  # chapters show fewer quotes of a kind

Moments = dict[tuple[str, int], list[tuple[int, float]]]


def moments(tables: dict[str, pd.DataFrame]) -> Moments:
    """(interview, turn) -> where in the turn which second of the recording begins."""
    found: Moments = {}
    for m in tables["moments"].itertuples():
        found.setdefault((m.doc, m.turn), []).append((m.start, m.t_start))
    return found


def views(tables: dict[str, pd.DataFrame], names: Names, most: int = _SHOWN) -> dict[str, list[SimpleNamespace]]:
    """Code -> the first of its mentions in the order of `findings_quotes`, ready to be shown: at most `most` of each basis, without those that
    people do not want shown, and as many of these. All quotes are in the page's browser of quotes (`pipeline.island`)."""
    mentions = tables["findings_mentions"]
    basis = dict(zip(mentions["mention"], mentions["basis"], strict=True))
    ranked = tables["findings_quotes"].sort_values(["code", "rank"], kind="stable")
    taken: Counter[tuple[str, str, bool]] = Counter()
    chosen: dict[str, str] = {}
    for code, mention, pinned in zip(ranked["code"], ranked["mention"], ranked["pinned"], strict=True):
        kind = code, basis[mention], pinned == NEVER
        taken[kind] += 1
        if taken[kind] <= most:
            chosen[mention] = pinned
    rows = {m.mention: m for m in mentions[mentions["mention"].isin(set(chosen))].itertuples()}
    release = tables["findings_release"]
    released = {r.mention: r for r in release[release["mention"].isin(set(chosen))].itertuples()}
    turns = {(t.doc, t.turn): t for t in tables["turns"].itertuples()}
    times = moments(tables)
    by_code: dict[str, list[SimpleNamespace]] = {}
    for mention, pinned in chosen.items():
        m = rows[mention]
        shown = view(m, turns[m.doc, m.turn], names, times, released[mention])
        shown.pinned = pinned
        by_code.setdefault(m.code, []).append(shown)
    return by_code


def sides(about: str) -> list[str]:
    """Of whom a passage speaks, as figures on reasons count it.

    >>> sides("own group+self"), sides("all"), sides("institution+other group")
    (['self'], [], ['institution', 'others'])
    """
    return sorted({_SIDES[a] for a in about.split("+") if a in _SIDES})


def view(mention: Any, turn: Any, names: Names, times: Moments, release: Any) -> SimpleNamespace:
    """One mention for the page."""
    case = names.cases.get(mention.case, {})
    free = release.consent == "yes"
    text = turn.text[mention.start : mention.end] if free else _(NOT_QUOTABLE)
    asked = mention.prompt if mention.unasked != "no" else ""  # what only the question suggested says nothing of questions
    spoken = second(times.get((mention.doc, mention.turn), []), mention.start, turn.t_start)
    return SimpleNamespace(
        mention=mention.mention, anchor=f"{mention.doc}-{mention.turn}", doc=mention.doc, turn=mention.turn, interview=names.interview(mention.doc),
        clock=clock(spoken), who=names.who(mention.case), case=mention.case, question=mention.question, prompt=asked,
        prompt_words=_(PROMPTS.get(asked, "")), basis=mention.basis, chance=chance(mention.score) if mention.basis == "proposed" else "",
        stance_words=", ".join(_stances(mention.stance)), about_words=", ".join(_about(mention.about)), parts=marked(text, matched_words(mention.matched)),
        cut_before=mention.start > 0 and free, rule_words=reasons(mention, free),
        variables=[(name, case.get(name) or "unbekannt") for name in names.variables],
    )  # fmt: skip


def tags(stance: str, about: str) -> list[str]:
    """What is told beside a quote: its stance where it is no plain yes, and of whom it speaks.

    >>> tags("affirmed+past", "self")
    ['von früher', 'über sich selbst']
    """
    return [", ".join(words) for words in (_stances(stance), _about(about)) if words]


def _stances(stance: str) -> list[str]:
    return [_(STANCES[s]) for s in stance.split("+") if s in STANCES and s != "affirmed"]


def _about(about: str) -> list[str]:
    return [_("über {whom}").format(whom=_(ABOUT[a])) for a in about.split("+") if a in ABOUT and a]


def reasons(mention: Any, free: bool = True) -> str:
    """Why a passage bears its code, in words: what the model or rules saw, or who decided.

    `free`: whether the passage may be quoted; else nothing that could repeat its words is told.
    """
    return "; ".join(reason_parts(mention.coder, mention.basis, mention.rule, mention.evidence, mention.cue, free))


def reason_parts(coder: str, basis: str, rule: str, evidence: str, cue: str, free: bool) -> list[str]:
    """The parts of `reasons`, from the columns of a mention."""
    coders = coder.split("+")
    machine = [_(words) for name, words in _MACHINE.items() if name in coders]
    found = [_("vorgeschlagen {by}").format(by=_(" und ").join(machine))] if machine and (basis == "proposed" or not free) else []
    for line in rule.split("\n") if free else ():
        parts = line.split("|")
        if len(parts) >= 3:
            found.append(f"{_(_KINDS.get(parts[1], parts[1]))} »{parts[2]}« ({parts[0]})")
    if evidence and free:
        found += map(told, evidence.replace(" | ", "\n").split("\n"))
    if cue and free:
        found += map(told, cue.split("\n"))
    people = [name for name in coders if name not in _MACHINE]
    if people:
        found.append(_("entschieden von {who}").format(who=", ".join(people)))
    return found
