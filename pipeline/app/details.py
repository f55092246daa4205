"""What an edit does, in words and quotes: told after the figures, because it takes longer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.app.lean import part_of
from pipeline.app.recode import Change, assigned
from pipeline.coders import model
from pipeline.coding import coded, distinct
from pipeline.effective import effective, uncounted
from pipeline.effects.compare import between, summary
from pipeline.measures.denials import parted
from pipeline.measures.mentions import mentions
from pipeline.tables import frame

if TYPE_CHECKING:
    from pipeline.app.held import Held, Key
    from pipeline.coders.material import Material


def effect(held: Held, change: Change) -> list[str]:
    """Lines on which codings of rules are new or gone; to be asked before the next edit is taken over."""
    now = assigned(held.material, change.new, held.themes, {number: held.hits.get(number, {}) for number in change.before})
    then = assigned(held.material, change.old, change.themes, change.before)
    rows = between(held.material, then, now, set(change.new.by_id()), held.placed)
    return summary(rows, change.old.version, change.new.version)


def passages(held: Held, keys: set[Key]) -> tuple[Any, Any]:
    """(mentions, hits that do not count) of these turns as the codebook that is held has them: frames of `findings_mentions` and `suggestions`."""
    book = held.draft.book
    numbers = sorted(held.material.by_key[key].number for key in keys)
    given = assigned(held.material, book, held.themes, {number: held.hits.get(number, {}) for number in numbers})
    part, reviewed = part_of(held, book, held.themes, numbers, given)
    if part.judged is not None:
        part = _judged(part, numbers)
    rows = coded(part, book, reviewed)
    codings = frame("codings", distinct([row for row in rows if not row.get("reason")]))
    suggestions = frame("suggestions", distinct([row for row in rows if row.get("reason")]))
    counting = effective(codings, reviewed_only=held.study.report.counts == "reviewed")
    places = [held.rows_of[key] for key in sorted(keys) if key in held.rows_of]
    segments = held.segments.iloc[np.concatenate(places)] if places else held.segments.iloc[:0]
    codes = held.codes.assign(lack=["yes" if code in held.lacks else "no" for code in held.codes["code"]])
    found, _ = parted(frame("findings_mentions", mentions(counting, segments, codes)), codes)
    return found, uncounted(suggestions)


def _judged(part: Material, numbers: list[int]) -> Material:
    """The model is asked for these turns' sentences alone; of all others it says nothing."""
    judged, book = part.judged, part.hits["assigned"][0]
    assert judged is not None
    scored = judged.scored & np.isin(part.index.seg_turn, numbers)
    rows = np.flatnonzero(scored)
    ruled = model.rules_on(part, book, judged)
    spread = []
    for one in model.weigh(judged._replace(logits=judged.logits[rows], free=judged.free[rows]), ruled.hits[rows]):
        data = np.zeros(judged.logits.shape, dtype=one.dtype)
        data[rows] = one
        spread.append(data)
    # Next best codes do not count; only where people decided, they may have taken over what stands beside one.
    suggestions = judged.suggestions if part.decisions else 0
    return replace(part, judged=judged._replace(scored=scored, suggestions=suggestions), hits={**part.hits, "judgement": (book, (ruled, *spread))})
