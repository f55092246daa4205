"""Key sentences of every case, by category with the number of the turn: what people write a summary and the cells of a theme matrix from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from pipeline.measures.lens import REVIEWED
from pipeline.tables import NEVER, quotable
from pipeline.wording import NOT_QUOTABLE

if TYPE_CHECKING:
    import pandas as pd

PER_CODE = 2  # key sentences of a category, at most
PER_MAIN = 4  # proposals of a main category, at most: a summary is written from what matters, not from all that was found
PER_CELL = 3  # passages in a cell of the matrix
LONGEST = 320  # code points of a sentence in a sheet
OPEN = "[Vorschlag, ungelesen] "

Words = Callable[[str, int, int, int], str]


def words_of(turns: pd.DataFrame, speakers: pd.DataFrame) -> Words:
    """(doc, turn, start, end) -> the words there on one line, cut at `LONGEST`; what stands for them where the speaker may not be quoted."""
    text = dict(zip(zip(turns["doc"], turns["turn"], strict=True), turns["text"], strict=True))
    who = dict(zip(zip(turns["doc"], turns["turn"], strict=True), turns["speaker"], strict=True))
    allowed = quotable(speakers)

    def words(doc: str, turn: int, start: int, end: int) -> str:
        if (doc, who.get((doc, turn), "")) not in allowed:
            return NOT_QUOTABLE
        said = " ".join(str(text[doc, turn][start:end]).split())
        return said if len(said) <= LONGEST else said[: LONGEST - 1].rsplit(" ", 1)[0] + " …"

    return words


def top(codes: pd.DataFrame) -> dict[str, str]:
    """Code -> the main category above it (itself where it has none)."""
    parent = dict(zip(codes["code"], codes["parent"], strict=True))
    found = {}
    for code in parent:
        at, seen = code, {code}
        while parent.get(at) and parent[at] not in seen:
            at = parent[at]
            seen.add(at)
        found[code] = at
    return found


def banned(quotes: pd.DataFrame) -> set[str]:
    """Mentions that people decided never to show as a quote."""
    return set(quotes.loc[quotes["pinned"] == NEVER, "mention"])


def points(mentions: pd.DataFrame, quotes: pd.DataFrame, codes: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of `findings_points`: of every case the best passages of each category that is coded itself, in the codebook's order.

    A passage stands once, under its first category. What people read comes alone wherever a main category has any; else the proposals.
    """
    order = {code: n for n, code in enumerate(codes["code"])}
    inner = set(codes["parent"]) - {""}
    coded = set(codes.loc[codes["coded"] == "yes", "code"])
    main, rank = top(codes), dict(zip(quotes["mention"], quotes["rank"], strict=True))
    by_case: dict[str, list[Any]] = defaultdict(list)
    for m in mentions[mentions["code"].isin(coded) & ~mentions["mention"].isin(banned(quotes))].itertuples():
        by_case[m.case].append(m)
    rows = []
    for case in sorted(by_case):
        found = sorted(by_case[case], key=lambda m: (order[m.code], m.basis != REVIEWED, rank.get(m.mention, 0), m.mention))
        read = {main[m.code] for m in found if m.basis == REVIEWED}
        seen: set[tuple[str, int, int, int]] = set()
        per_code: dict[str, int] = defaultdict(int)
        per_main: dict[str, int] = defaultdict(int)
        # A parent that is coded itself repeats what its children hold: children first, so that the nearest category takes the passage.
        for m in sorted(found, key=lambda m: (order[main[m.code]], m.code in inner, order[m.code])):
            place, at = (m.doc, m.turn, m.start, m.end), main[m.code]
            if place in seen or per_code[m.code] >= PER_CODE or (m.basis != REVIEWED and (at in read or per_main[at] >= PER_MAIN)):
                continue
            seen.add(place)
            per_code[m.code] += 1
            per_main[at] += 1
            rows.append({"case": case, "code": m.code, "mention": m.mention, "doc": m.doc, "turn": m.turn, "start": m.start, "end": m.end, "basis": m.basis})
    rows.sort(key=lambda r: (r["case"], order[r["code"]]))
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        counts[row["case"]] += 1
        row["rank"] = counts[row["case"]]
    return rows


def scaffolds(cases: pd.DataFrame, turns: pd.DataFrame, codes: pd.DataFrame, found: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    """Rows of `findings_summaries` before people wrote: key sentences under their categories, one a line, with the number of the turn."""
    label = dict(zip(codes["code"], codes["label"], strict=True))
    by_case = {str(case): rows for case, rows in found.groupby("case")} if len(found) else {}
    spoken: dict[str, int] = defaultdict(int)
    for case, text in zip(turns["case"], turns["text"], strict=True):
        spoken[case] += len(text.split()) if case else 0
    several = cases.groupby("case")["doc"].nunique().to_dict()
    rows = []
    for case in sorted(set(cases["case"])):
        lines: list[str] = []
        last = ""
        for p in by_case[case].sort_values("rank").itertuples() if case in by_case else ():
            if p.code != last:
                lines.append(f"{label[p.code]}:")
                last = p.code
            lines.append(f"– {_line(p, words, several.get(case, 1) > 1)}")
        n_codes = by_case[case]["code"].nunique() if case in by_case else 0
        rows.append({"case": case, "words": spoken[case], "n_codes": n_codes, "scaffold": "\n".join(lines), "summary": ""})
    return rows


def _line(place: Any, words: Words, several: bool) -> str:
    """A passage on one line with the number of its turn; of a person in several conversations with which one it is."""
    where = f"{place.doc}, Beitrag {place.turn}" if several else f"Beitrag {place.turn}"
    return f"{'' if place.basis == REVIEWED else OPEN}„{words(place.doc, place.turn, place.start, place.end)}“ ({where})"


def matrix(cases: pd.DataFrame, codes: pd.DataFrame, mentions: pd.DataFrame, quotes: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    """Rows of `findings_matrix` before people wrote: every case with every main category, counts apart by read and proposed, and passages."""
    rank = dict(zip(quotes["mention"], quotes["rank"], strict=True))
    mains = [code for code, parent in zip(codes["code"], codes["parent"], strict=True) if not parent]
    main = top(codes)
    never, several = banned(quotes), cases.groupby("case")["doc"].nunique().to_dict()
    cells: dict[tuple[str, str], dict[tuple[str, int, int, int], Any]] = defaultdict(dict)
    whole: dict[tuple[str, str, bool], int] = defaultdict(int)  # mentions of the main category itself: neighbouring passages are one
    for m in mentions.itertuples():
        if m.code in main:
            whole[m.case, m.code, m.basis == REVIEWED] += 1
            place = (m.doc, m.turn, m.start, m.end)
            known = cells[m.case, main[m.code]].get(place)
            if known is None or (m.basis == REVIEWED and known.basis != REVIEWED):
                cells[m.case, main[m.code]][place] = m
    rows = []
    for case in sorted(set(cases["case"])):
        for code in mains:
            found = _distinct(cells.get((case, code), {}), rank)
            n_read, n_open = (whole.get((case, code, read)) or sum((m.basis == REVIEWED) == read for m in found) for read in (True, False))
            # read ones stand first: what is only proposed fills up the cell
            lines = [_line(m, words, several.get(case, 1) > 1) for m in found if m.mention not in never][:PER_CELL]
            rows.append(
                {"case": case, "code": code, "n_mentions": n_read, "n_proposed": n_open, "passages": "\n".join(lines), "paraphrase": "", "subthemes": ""}
            )
    return rows


def _distinct(found: Mapping[tuple[str, int, int, int], Any], rank: Mapping[str, int]) -> list[Any]:
    """Passages that do not lie in one another, read ones first, then by their order as quotes."""
    kept: list[Any] = []
    for m in sorted(found.values(), key=lambda m: (m.basis != REVIEWED, rank.get(m.mention, 0), m.doc, m.turn, m.start, m.end)):
        if not any(m.doc == k.doc and m.turn == k.turn and m.start < k.end and k.start < m.end for k in kept):
            kept.append(m)
    return kept
