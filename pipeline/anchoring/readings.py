"""Read passages found again: they are long, and lists keep only how they begin and end."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pipeline.anchoring.refind import MARGIN, Found, Place, chosen, places, ranked

Row = Mapping[str, str]
CUT = " … "  # between the beginning and the end of a passage, in the column `quote`
KEPT, WHOLE = 80, 200  # code points of each that are kept; up to which length a passage is quoted as a whole
LONGER, MORE = 0.15, 20  # share of its length, and code points, by which a passage may have grown or shrunk
ALIKE = 0.8  # likeness of beginning and end


def quoted(text: str) -> str:
    """A read passage as lists quote it: as a whole, or its beginning and end.

    >>> quoted("Kurz."), len(quoted("a" * 500))
    ('Kurz.', 163)
    """
    return text if len(text) <= WHOLE else f"{text[:KEPT]}{CUT}{text[-KEPT:]}"


def reading(row: Row, texts: Mapping[int, str], lengths: Mapping[int, int], known: Collection[int], near: int, held: Collection[int]) -> Found | None:
    """Where a read passage stands today. `lengths`: raw length of a turn; `near`: the turn in which it is expected, or 0; `held`: turns in
    which decisions of the same former turn surely stand.

    Nobody read what came into a turn later: a passage whose length changed by more than a little is not sure.
    """
    quote, wanted = row.get("quote", ""), int(row["raw_end"]) - int(row["raw_start"])
    if not quote:
        return _by_decisions(wanted, int(row["raw_start"]), texts, lengths, near, held)
    if quote[KEPT : KEPT + len(CUT)] == CUT:
        return _by_ends(quote, wanted, texts, lengths, known, near)
    one = chosen(places(quote, "", "", texts, known), quote, near)
    return one and one._replace(sure=one.sure and one.likeness >= ALIKE and _as_long(one.end - one.start, wanted, texts[one.turn], lengths[one.turn]))


def _by_decisions(wanted: int, start: int, texts: Mapping[int, str], lengths: Mapping[int, int], near: int, held: Collection[int]) -> Found | None:
    """Old lists keep no words: where the turn's decisions are, and it is about as long as it was, it is the same turn."""
    turn = next(iter(held)) if len(held) == 1 else near
    if turn not in texts:
        return None
    same = start == 0 and _as_long(len(texts[turn]), wanted, texts[turn], lengths[turn])
    return Found(turn, 0, len(texts[turn]), 0.0, same and len(held) == 1)


def _by_ends(quote: str, wanted: int, texts: Mapping[int, str], lengths: Mapping[int, int], known: Collection[int], near: int) -> Found | None:
    head, tail = quote[:KEPT].strip(), quote[KEPT + len(CUT) :].strip()
    heads, tails = (ranked(places(part, "", "", texts, known), near) for part in (head, tail))
    pairs = [
        (a.weight + b.weight, a, b) for a in heads for b in tails
        if a.turn == b.turn and a.start < b.end and _as_long(b.end - a.start, wanted, texts[a.turn], lengths[a.turn])
    ]  # fmt: skip
    pairs.sort(key=lambda pair: (-pair[0], pair[1].turn, pair[1].start))
    if pairs:
        weight, a, b = pairs[0]
        sure = min(a.likeness, b.likeness) >= ALIKE and (len(pairs) < 2 or weight - pairs[1][0] >= MARGIN)
        return Found(a.turn, a.start, b.end, round((a.likeness + b.likeness) / 2, 3), sure)
    part: Place | None = next(iter(ranked([*heads, *tails], near)), None)
    return Found(part.turn, 0, len(texts[part.turn]), round(part.likeness / 2, 3), False) if part else None


def _as_long(size: int, wanted: int, text: str, raw: int) -> bool:
    """Whether a span of the reading text is about as long as a passage of the raw text was."""
    now = size * raw / max(len(text), 1)
    return abs(now - wanted) <= LONGER * wanted + MORE
