"""Figures of every reason: mentions, people, those asked; who reports it of themselves and who of others, never added up; and how it is told."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.measures import reason_cues
from pipeline.measures.lens import BASES, REVIEWED, largest, single
from pipeline.measures.mentions import ancestors
from pipeline.measures.reasons import SELF, codes_of, own, places

if TYPE_CHECKING:
    import pandas as pd

TYPE, FIRST = "type", "first"
SEVERAL = 2  # so many people have to say it of others, and nobody of themselves, for it to be called an attribution
_NEXT = re.compile(r"\s*[^.!?]*[.!?]?")  # the sentence behind a passage
_WORD = 5  # letters of a word that can be looked for in what the interviewer said before


def reason_families(families: Mapping[str, set[str]]) -> set[str]:
    """Categories that are reasons: frames are words to be shown, and who sees no separation gives no reason for it."""
    found = families.get("reasons", set()) | families.get("withdrawal", set())
    return found - families.get("frames", set()) - families.get("no_separation", set())


def rows(
    codes: pd.DataFrame, mentions: pd.DataFrame, statements: Sequence[Mapping[str, Any]], notes: Iterable[Mapping[str, Any]], asked: Mapping[str, set[str]],
    families: Mapping[str, set[str]],
) -> list[dict[str, Any]]:  # fmt: skip
    """Rows of `findings_reason_codes`: every reason, parents included, in the codebook's order, on each basis."""
    lines = ancestors(codes)
    n_statements, n_types = _told(mentions, statements, notes, lines)
    own_cases = _reporting(statements, lines)
    wanted = reason_families(families)
    found = []
    for code in codes["code"]:
        if code not in wanted:
            continue
        here = mentions[mentions["code"] == code]
        put = asked.get(code, set())
        selves = {basis: _cases_about(here[here["basis"] == basis], "self", "own group") | own_cases[code, basis] for basis in BASES}
        for basis in BASES:
            data = here[here["basis"] == basis]
            others = _cases_about(data, "other group")
            reporting = selves[basis] if basis == REVIEWED else set().union(*selves.values())
            case, share = largest(data["case"])
            prompts = Counter(data.loc[data["unasked"] != "no", "prompt"])
            found.append(
                {
                    "code": code, "basis": basis, "n_mentions": len(data), "n_cases": data["case"].nunique(), "n_asked": len(put), "n_cases_asked": len(put & set(data["case"])),
                    "n_spontaneous": prompts["spontaneous"], "n_prompted": prompts["asked"], "n_leading": prompts["leading"], "n_statements": n_statements[code, basis],
                    "n_cases_self": len(selves[basis]), "n_cases_others": len(others), "n_cases_institution": len(_cases_about(data, "institution")),
                    "n_cases_unclear": len(set(data["case"]) - selves[basis] - _cases_about(data, "other group", "institution") - {""}),
                    **{f"n_{kind}": n_types[code, basis, kind] for kind in reason_cues.TYPES},
                    "attribution": "yes" if len(others) >= SEVERAL and not reporting else "no", "largest_case": case, "largest_case_share": share,
                }
            )  # fmt: skip
    return found


def _told(
    mentions: pd.DataFrame, statements: Iterable[Mapping[str, Any]], notes: Iterable[Mapping[str, Any]], lines: Mapping[str, list[str]]
) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str, str]]]:  # fmt: skip
    """(category, basis) -> statements of their own; (category, basis, type) -> statements and mentions without one that are of this type."""
    n_statements: Counter[tuple[str, str]] = Counter()
    n_types: Counter[tuple[str, str, str]] = Counter()
    for s in statements:
        if own(s["stance"]):
            for code in {above for named in codes_of(s) for above in lines.get(named, [])}:
                n_statements[code, s["basis"]] += 1
                n_types[code, s["basis"], s["type"]] += 1
    of = {mention: (code, basis) for mention, code, basis in zip(mentions["mention"], mentions["code"], mentions["basis"], strict=True)}
    for note in notes:
        if note["note"] == TYPE:
            named, basis = of[note["mention"]]
            n_types.update((code, basis, note["value"]) for code in lines.get(named, []))
    return n_statements, n_types


def _reporting(statements: Iterable[Mapping[str, Any]], lines: Mapping[str, list[str]]) -> dict[tuple[str, str], set[str]]:
    """(category of the effect, basis) -> cases that report it of themselves in a statement."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for s in statements:
        if s["holder"] == SELF and own(s["stance"]) and s["case"]:
            for code in codes_of(s, "effect_codes"):
                for above in lines.get(code, []):
                    found[above, s["basis"]].add(s["case"])
    return found


def _cases_about(mentions: pd.DataFrame, *whom: str) -> set[str]:
    """Cases with a mention that speaks of one of these."""
    return {case for case, about in zip(mentions["case"], mentions["about"], strict=True) if not set(about.split("+")).isdisjoint(whom)}


def type_notes(
    mentions: pd.DataFrame, turns: pd.DataFrame, codes: pd.DataFrame, statements: Iterable[Mapping[str, Any]], families: Mapping[str, set[str]]
) -> list[dict[str, Any]]:  # fmt: skip
    """Rows of `findings_reason_notes` for mentions without a statement: of withdrawal where words tell liking, no choice, or an answer to
    rejection, which may follow in the next sentence; of rejection where staying away is told with it."""
    taken = places(s for s in statements if own(s["stance"]))
    text = {(doc, turn): words for doc, turn, words in zip(turns["doc"], turns["turn"], turns["text"], strict=True)}
    found = []
    withdrawal, rejection = (families.get(name, set()) for name in ("withdrawal", "rejection"))
    for m in single(mentions, withdrawal | rejection, codes).itertuples():
        if any(a < m.end and m.start < b for a, b in taken.get((m.doc, m.turn), ())):
            continue
        words = text[m.doc, m.turn]
        kind, cue = reason_cues.told(words[m.start : m.end]) if m.code in withdrawal else ("", "")
        after = _NEXT.match(words, m.end)
        if not kind and (cue := reason_cues.answer(words[m.start : m.end]) or (reason_cues.answer(after.group()) if after and m.code in withdrawal else "")):
            kind = reason_cues.REACTION
        if kind:
            found.append({"mention": m.mention, "note": TYPE, "value": kind, "cue": cue})
    return found


def first_notes(
    mentions: pd.DataFrame, turns: pd.DataFrame, codes: pd.DataFrame, hits: pd.DataFrame, families: Mapping[str, set[str]]
) -> list[dict[str, Any]]:  # fmt: skip
    """Rows of `findings_reason_notes` for words of a frame: who used the word first in the conversation.

    `value`: interviewer (`cue`: the word, said before by the interviewer), respondent, leading (the word is not known, but the question suggests
    an answer), unclear.
    """
    said: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for t in turns[turns["role"] == "interviewer"].itertuples():
        said[t.doc].append((t.turn, t.text.casefold()))
    found = []
    own = single(mentions, families.get("frames", set()), codes)
    near: dict[tuple[str, int, str], list[Any]] = defaultdict(list)
    for h in hits[hits["code"].isin(set(own["code"]))].itertuples():
        near[h.doc, h.turn, h.code].append(h)
    for m in own.itertuples():
        words = sorted(_frame_words(m, near[m.doc, m.turn, m.code]))
        before = [word for word in words if any(turn < m.turn and word.casefold() in text for turn, text in said[m.doc])]
        value = "interviewer" if before else "respondent" if words else "leading" if m.prompt == "leading" else "unclear"
        found.append({"mention": m.mention, "note": FIRST, "value": value, "cue": (before or words or [""])[0]})
    return found


def _frame_words(mention: Any, hits: Iterable[Any]) -> set[str]:
    matched = [mention.matched, *(h.matched for h in hits if h.start < mention.end and h.end > mention.start)]
    return {word.strip() for text in matched for word in text.split(" | ") if len(word.strip()) >= _WORD}
