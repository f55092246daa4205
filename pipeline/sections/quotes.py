"""Quotes as the report shows them: the passage with its matched words marked, its place, who, why, how sure."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.effective import uncounted
from pipeline.sections.material import Names
from pipeline.tables import quotable
from pipeline.wording import ABOUT, NOT_QUOTABLE, PROMPTS, STANCES, chance, clock, marked, matched_words, second

if TYPE_CHECKING:
    import pandas as pd

_KINDS = {
    "term": "das Wort", "lemma": "die Grundform", "phrase": "die Wortfolge", "compound": "der Wortteil", "near": "die Wörter nah beieinander",
    "regex": "der Ausdruck", "pattern": "das Muster", "all": "alle von", "any": "eines von",
}  # fmt: skip

# Of whom a figure counts passages: the sides that a passage is on.
_SIDES = {"self": "self", "own group": "self", "other group": "others", "institution": "institution"}
_MACHINE = {"model": "vom Modell", "llm": "von einem Sprachmodell", "rule": "von einer Regel"}

Moments = dict[tuple[str, int], list[tuple[int, float]]]


def moments(tables: dict[str, pd.DataFrame]) -> Moments:
    """(interview, turn) -> where in the turn which second of the recording begins."""
    found: Moments = {}
    for m in tables["moments"].itertuples():
        found.setdefault((m.doc, m.turn), []).append((m.start, m.t_start))
    return found


def views(tables: dict[str, pd.DataFrame], names: Names) -> dict[str, list[SimpleNamespace]]:
    """Code -> its mentions in the order of `findings_quotes`, ready to be shown."""
    turns = {(t.doc, t.turn): t for t in tables["turns"].itertuples()}
    times = moments(tables)
    release = {r.mention: r for r in tables["findings_release"].itertuples()}
    wave = dict(zip(tables["documents"]["doc"], tables["documents"]["wave"], strict=True))
    rank = dict(zip(tables["findings_quotes"]["mention"], tables["findings_quotes"]["rank"], strict=True))
    pinned = dict(zip(tables["findings_quotes"]["mention"], tables["findings_quotes"]["pinned"], strict=True))
    by_code: dict[str, list[tuple[int, SimpleNamespace]]] = {}
    for m in tables["findings_mentions"].itertuples():
        shown = view(m, turns[m.doc, m.turn], names, times, release[m.mention])
        shown.pinned = pinned[m.mention]
        shown.sides = sides(m.about)
        shown.wave = wave.get(m.doc, "")
        by_code.setdefault(m.code, []).append((rank[m.mention], shown))
    return {code: [v for _, v in sorted(pairs, key=lambda pair: pair[0])] for code, pairs in by_code.items()}


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
    text = turn.text[mention.start : mention.end] if free else NOT_QUOTABLE
    asked = mention.prompt if mention.unasked != "no" else ""  # what only the question suggested says nothing of questions
    spoken = second(times.get((mention.doc, mention.turn), []), mention.start, turn.t_start)
    stances = [STANCES[s] for s in mention.stance.split("+") if s in STANCES and s != "affirmed"]
    return SimpleNamespace(
        anchor=f"{mention.doc}-{mention.turn}", doc=mention.doc, turn=mention.turn, interview=names.interview(mention.doc),
        clock=clock(spoken), who=names.who(mention.case), case=mention.case, question=mention.question, prompt=asked,
        prompt_words=PROMPTS.get(asked, ""), basis=mention.basis, chance=chance(mention.score) if mention.basis == "proposed" else "", stance_words=", ".join(stances),
        about_words=", ".join(f"über {ABOUT[a]}" for a in mention.about.split("+") if a in ABOUT and a),
        parts=marked(text, matched_words(mention.matched)),
        cut_before=mention.start > 0 and free, rule_words=reasons(mention, free), rare=release.unique == "yes",
        variables=[(name, case.get(name) or "unbekannt") for name in names.variables],
    )  # fmt: skip


def reasons(mention: Any, free: bool = True) -> str:
    """Why a passage bears its code, in words: what the model or rules saw, or who decided.

    `free`: whether the passage may be quoted; else nothing that could repeat its words is told.
    """
    coders = mention.coder.split("+")
    machine = [words for coder, words in _MACHINE.items() if coder in coders]
    found = [f"vorgeschlagen {' und '.join(machine)}"] if machine and (mention.basis == "proposed" or not free) else []
    for rule in mention.rule.split("\n") if free else ():
        parts = rule.split("|")
        if len(parts) >= 3:
            found.append(f"{_KINDS.get(parts[1], parts[1])} »{parts[2]}« ({parts[0]})")
    if mention.evidence and free:
        found.append(mention.evidence.replace("\n", "; ").replace(" | ", "; "))
    if mention.cue and free:
        found.append(mention.cue.replace("\n", "; "))
    people = [c for c in coders if c not in _MACHINE]
    if people:
        found.append(f"entschieden von {', '.join(people)}")
    return "; ".join(found)


def not_counted(tables: dict[str, pd.DataFrame], names: Names) -> dict[str, list[SimpleNamespace]]:
    """Code -> hits that do not count, with the reason, in order of place."""
    turns = {(t.doc, t.turn): t for t in tables["turns"].itertuples()}
    times = moments(tables)
    allowed = quotable(tables["speakers"])
    found: dict[str, list[SimpleNamespace]] = {}
    for s in uncounted(tables["suggestions"]).itertuples():
        turn = turns[s.doc, s.turn]
        free = (s.doc, turn.speaker) in allowed
        found.setdefault(s.code, []).append(
            SimpleNamespace(
                anchor=f"{s.doc}-{s.turn}", interview=names.interview(s.doc), turn=s.turn,
                clock=clock(second(times.get((s.doc, s.turn), []), s.start, turn.t_start)), who=names.who(s.case), reason=s.reason,
                cue=s.cue if free else "", parts=marked(s.quote if free else NOT_QUOTABLE, matched_words(s.matched)),
            )
        )  # fmt: skip
    return found
