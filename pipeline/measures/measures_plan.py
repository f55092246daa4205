"""What could follow from a wish: its need, who voices it, its best passage, what it would cost; goals stay empty for people to write.

Nothing here ranks: rows stand in the codebook's order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.measures.lens import PROPOSED, REVIEWED, identity
from pipeline.measures.wishes import alone, both
from pipeline.tables import NEVER
from pipeline.wording import SEVERAL

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
Turn = tuple[str, int]
WISH, NEED, OWN, GONE = "wish", "need", "own", "gone"  # gone: people filled it in while the row stood for a category
MOST = 3  # needs of equal number that may stand beside a wish
BLANK: Row = {
    "order": 0, "kind": OWN, "code": "", "label": "", "need": "", "need_code": "", "need_turns": 0, "need_hint": "", "groups": "", "groups_silent": "",
    "n_mentions": 0, "n_cases": 0, "n_asked": 0, "n_cases_asked": 0, "n_proposed": 0, "n_cases_proposed": 0, "evidence": "", "costs": "",
    "n_costs_proposed": 0, "goal": "", "indicator": "", "responsible": "", "date": "", "note": "", "gone": "",
}  # fmt: skip


def key(code: str) -> str:
    """The stable id of a code's row; what people wrote is kept under it."""
    return "m" + identity(code)


def turns_of(mentions: pd.DataFrame) -> dict[str, dict[str, set[Turn]]]:
    """Code -> basis -> the turns in which it was said."""
    found: dict[str, dict[str, set[Turn]]] = defaultdict(lambda: {REVIEWED: set(), PROPOSED: set()})
    for code, basis, doc, turn in zip(*(mentions[c] for c in ("code", "basis", "doc", "turn")), strict=True):
        found[code][basis].add((doc, turn))
    return dict(found)


def answering(code: str, needs: Sequence[str], turns: Mapping[str, Mapping[str, set[Turn]]]) -> tuple[list[str], int, list[str]]:
    """Needs that a wish answers: those most often read in the same turns (all of equal number), in how many turns; and those that would be
    with the help of proposals, where people's reading gives none. More than `MOST` of equal number say nothing and are left out."""
    none: dict[str, set[Turn]] = {REVIEWED: set(), PROPOSED: set()}
    own = turns.get(code, none)
    others = [need for need in needs if need != code]
    read = {need: len(own[REVIEWED] & turns.get(need, none)[REVIEWED]) for need in others}
    if best := _highest(read):
        return best, read[best[0]], []
    said = own[REVIEWED] | own[PROPOSED]
    every = {need: len(said & set().union(*turns.get(need, none).values())) for need in others}
    return [], 0, [] if any(read.values()) else _highest(every)


def _highest(numbers: Mapping[str, int]) -> list[str]:
    most = max(numbers.values(), default=0)
    found = [name for name, n in numbers.items() if most and n == most]
    return found if len(found) <= MOST else []


def voices(wished: Iterable[Mapping[str, Any]], variable: str) -> dict[str, tuple[list[str], list[str]]]:
    """Code -> (groups that voice it, as people read; groups asked about it of which nothing is read or proposed). `wished`: rows of `by_value`."""
    said: dict[tuple[str, str], int] = defaultdict(int)
    read, was_asked = set(), set()
    for row in wished:
        if variable and row["variable"] == variable:
            place = row["code"], row["value"]
            said[place] += row["n_cases"]
            if row["basis"] == REVIEWED and row["n_cases"]:
                read.add(place)
            if row["n_asked"]:
                was_asked.add(place)
    found: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for code, value in said:
        if (code, value) in read:
            found[code][0].append(value)
        elif (code, value) in was_asked and not said[code, value]:
            found[code][1].append(value)
    return dict(found)


def in_turns(mentions: pd.DataFrame) -> dict[Turn, list[Any]]:
    """Turn -> its mentions, in order."""
    found: dict[Turn, list[Any]] = defaultdict(list)
    for m in mentions.itertuples():
        found[m.doc, m.turn].append(m)
    return dict(found)


def hurdles(code: str, costs: Mapping[Turn, Sequence[Any]], turns: Mapping[str, Mapping[str, set[Turn]]]) -> tuple[list[str], int]:
    """Mentions of other codes among `costs` (by turn) in turns with this code: those where people read both; and how many more with the help of
    proposals."""
    own = turns.get(code, {REVIEWED: set(), PROPOSED: set()})
    firm: dict[tuple[str, int, int, int], str] = {}
    open_ = set()
    for m in (m for turn in own[REVIEWED] | own[PROPOSED] for m in costs.get(turn, ())):
        turn, place = (m.doc, m.turn), (m.doc, m.turn, m.start, m.end)
        if m.code == code:
            continue
        if m.basis == REVIEWED and turn in own[REVIEWED]:
            firm.setdefault(place, m.mention)  # one passage may bear two codes of the family
        else:
            open_.add(place)
    return sorted(firm.values()), len(open_ - set(firm))


def rows(
    wishes: Sequence[str], needs: Sequence[str], costs: Iterable[str], codes: pd.DataFrame, mentions: pd.DataFrame, quotes: pd.DataFrame,
    asked: Mapping[str, set[str]], heard: Mapping[str, tuple[list[str], list[str]]],
) -> list[Row]:  # fmt: skip
    """One row a wish and a need in the codebook's order (a code that is both is a wish); `quotes`: `findings_quotes`.

    `costs`: passages that people read as a hurdle in a turn in which they read the wish; `n_costs_proposed`: further ones by proposals.
    """
    label = dict(zip(codes["code"], codes["label"], strict=True))
    place = {code: n for n, code in enumerate(codes["code"])}
    best = quotes[quotes["pinned"] != NEVER].sort_values("rank").drop_duplicates("code")
    evidence = dict(zip(best["code"], best["mention"], strict=True))
    turns = turns_of(mentions)
    of_code = dict(iter(mentions.groupby("code")))
    costly = in_turns(alone(mentions, set(costs), codes))
    found: list[Row] = []
    for code in sorted({*wishes, *needs}, key=lambda c: (c not in wishes, place[c])):
        kind = WISH if code in wishes else NEED
        answered, n, hint = answering(code, needs, turns) if kind == WISH else ([code], 0, [])
        firm, more = hurdles(code, costly, turns)
        voiced, silent = heard.get(code, ([], []))
        found.append({
            **BLANK, "measure": key(code), "order": len(found) + 1, "kind": kind, "code": code, "label": label[code],
            "need": "; ".join(label[c] for c in answered), "need_code": "+".join(answered), "need_turns": n, "need_hint": "+".join(hint),
            **both(of_code.get(code, mentions.iloc[:0]), asked.get(code, set())), "evidence": evidence.get(code, ""), "costs": "+".join(firm),
            "n_costs_proposed": more, "groups": SEVERAL.join(voiced), "groups_silent": SEVERAL.join(silent),
        })  # fmt: skip
    return found


def meant(text: str, codes: pd.DataFrame) -> list[str]:
    """Codes that people's words in »antwortet auf Bedarf« name, by code or by label; several are parted by a semicolon."""
    names = {str(name).casefold(): code for code, label in zip(codes["code"], codes["label"], strict=True) for name in (label, code)}
    given = [part.strip().casefold() for part in text.split(";")]
    return list(dict.fromkeys(names[part] for part in given if part in names))
