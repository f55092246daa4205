"""How typical a mention is: nearness of its sentences to the middle of its category, by sense."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pipeline.effective import UNREVIEWED
from pipeline.tables import FIRST, NEVER, pinned_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    import pandas as pd

Places = dict[tuple[str, int], list[tuple[int, int, str]]]


def mention_vectors(
    mentions: pd.DataFrame, segments: pd.DataFrame, vectors: pd.DataFrame, decode: Callable[[Sequence[str]], np.ndarray]
) -> np.ndarray:
    """(mentions, width): the mean of each mention's sentences, brought to length 1; nought where no sentence has a vector.

    `decode` turns the texts of the table `vectors` into rows of length 1. Only sentences that a mention touches are decoded.
    """
    import numpy as np

    text = {seg: vector for seg, vector in zip(vectors["seg"], vectors["vector"], strict=True) if seg and vector}
    wanted = set(zip(mentions["doc"], mentions["turn"], strict=True))
    places: Places = defaultdict(list)
    for seg, doc, turn, start, end in zip(*(segments[c] for c in ("seg", "doc", "turn", "start", "end")), strict=True):
        if (doc, turn) in wanted and seg in text:
            places[doc, turn].append((start, end, seg))
    # A passage with several categories, and every parent of them, has the same sentences: each place is worked out once.
    spans = list(zip(*(mentions[c] for c in ("doc", "turn", "start", "end")), strict=True))
    touched = {
        (doc, turn, a, b): [seg for start, end, seg in places.get((doc, turn), ()) if start < b and a < end] for doc, turn, a, b in dict.fromkeys(spans)
    }
    used = sorted({seg for segs in touched.values() for seg in segs})
    if not used:
        return np.zeros((len(mentions), 0), dtype=np.float32)
    known, row = decode([text[seg] for seg in used]), {seg: n for n, seg in enumerate(used)}
    nothing = np.zeros(known.shape[1], dtype=np.float32)
    means = {span: known[[row[seg] for seg in segs]].mean(axis=0) if segs else nothing for span, segs in touched.items()}
    return unit(np.array([means[span] for span in spans], dtype=np.float32))


def unit(rows: np.ndarray) -> np.ndarray:
    """Rows brought to length 1; those without length stay."""
    import numpy as np

    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(length > 0, length, 1)


def typical(mentions: pd.DataFrame, vectors: np.ndarray) -> dict[str, float]:
    """Mention -> cosine to the middle of its category, rounded; mentions without a vector are not there.

    The middle is made of what people read, of proposals only where nothing is read. Every person has the same share in it, so that somebody
    who says a thing ten times does not become what is typical.
    """
    import numpy as np

    if not vectors.size:
        return {}
    by_code: dict[str, list[int]] = defaultdict(list)
    has = np.abs(vectors).sum(axis=1) > 0
    names, cases, basis = (mentions[c].to_numpy() for c in ("mention", "case", "basis"))
    for n, code in enumerate(mentions["code"]):
        if has[n]:
            by_code[code].append(n)
    found: dict[str, float] = {}
    for rows in by_code.values():
        read = [n for n in rows if basis[n] != UNREVIEWED] or rows
        people: dict[str, list[int]] = defaultdict(list)
        for n in read:
            people[cases[n]].append(n)
        middle = unit(np.array([unit(vectors[own].mean(axis=0)[None])[0] for own in people.values()]).mean(axis=0)[None])[0]
        found.update({names[n]: round(float(value), 4) for n, value in zip(rows, vectors[rows] @ middle, strict=True)})
    return found


def pinned(mentions: pd.DataFrame, decisions: pd.DataFrame) -> dict[str, str]:
    """Mention -> ja or nein, as people wrote it beside a passage that the mention touches (quotes.csv, `pin`); a no outweighs a yes."""
    rows = list(zip(*(mentions[c] for c in ("mention", "doc", "turn", "start", "end")), strict=True))
    first, never = pinned_at(decisions, FIRST), pinned_at(decisions, NEVER)
    return {mention: NEVER if never(*place) else FIRST for mention, *place in rows if never(*place) or first(*place)}
