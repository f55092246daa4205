"""An edited codebook on held material: only turns that the edit touches are coded again, by the same functions as in a whole run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from pipeline.app.draft import Draft
from pipeline.app.held import COUNTED, FIGURES, Held, Key, Mention, counted_by_turn, mentions_by_turn
from pipeline.codebook import Codebook, Rule
from pipeline.coders import model
from pipeline.coders.hits import find
from pipeline.coders.material import Material
from pipeline.coders.rule import Assigned, Given, given, usable
from pipeline.coders.themes import APART, LITTLE, RAISED, SHARE, Themes, themes
from pipeline.coding import coded, distinct
from pipeline.effective import effective, uncounted
from pipeline.effects.compare import Row, between
from pipeline.measures import counts
from pipeline.measures.denials import parted
from pipeline.measures.mentions import mentions
from pipeline.tables import frame

Mentions = dict[str, dict[Key, list[Mention]]]


class Change(NamedTuple):
    """What an edit did: codes whose figures are others now, codes with other passages (both in the codebook's order), and the changes of
    rule codings."""

    codes: list[str]
    moved: list[str]
    effect: list[Row]
    turns: set[Key]  # that were coded again, with what stands there now: mentions, and hits that do not count
    found: Any
    hinted: Any


def recode(held: Held, draft: Draft) -> Change:
    """Bring what is held to another codebook with the same categories. Raises `Stop` for an expression that does not end."""
    material, old, new = held.material, held.draft.book, draft.book
    gone, come = _rules(old, new)
    find(material.corpus, come, material.hits)
    told = themes(material, new)
    touched = _hit(held, old, gone) | _hit(held, new, come) | _asked(held, told, new) | _preceded(held, old, new)
    # Names of codes, rules and hits are put together anew before anything that is held changes.
    before = {number: held.hits.get(number, {}) for number in touched}
    after = _replaced(held, before, {rule.id for rule in gone}, come, new)
    then, now = _assigned(material, old, held.themes, before), _assigned(material, new, told, after)
    rows = _coded(held, new, told, sorted(touched), now)
    keys, found, hinted = _counted(held, sorted(touched), rows)
    codes, moved = _figures(held, keys, mentions_by_turn(found), counted_by_turn(hinted))
    held.hits.update(after)
    held.draft, held.themes = draft, told
    _forget(material, new)
    return Change(codes, moved, between(material, then, now, set(new.by_id()), held.placed), keys, found, hinted)


def warm(held: Held) -> None:
    """Code one turn for nothing, so that the first edit does not wait for what is loaded when first used."""
    number = next(iter(held.hits), None)
    if number is not None:
        assigned = _assigned(held.material, held.draft.book, held.themes, {number: held.hits[number]})
        frame("codings", [row for row in _coded(held, held.draft.book, held.themes, [number], assigned) if not row.get("reason")])
        _rows_of(held, list(held.codes["code"])[:1])


def _rules(old: Codebook, new: Codebook) -> tuple[list[Rule], list[Rule]]:
    """(rules that are gone, rules that came); one that gives way to a category whose stances changed is both."""
    then = {c.id: c for c in old.codes}
    moved = {c.id for c in new.codes if c.entry.counts != then[c.id].entry.counts}
    # A category that was not read again is the same object.
    again = {c.id for c in new.codes if c is not then[c.id] or any(other in moved for rule in c.rules for _, other in rule.otherwise)}
    sides = [{_meaning(rule): rule for code in book.codes if code.id in again for rule in code.rules} for book in (old, new)]
    giving = {key for side in sides for key, rule in side.items() if any(other in moved for _, other in rule.otherwise)}
    gone, come = ([rule for key, rule in mine.items() if key not in others or key in giving] for mine, others in (sides, sides[::-1]))
    return gone, come


def _meaning(rule: Rule) -> tuple[Any, ...]:
    return rule.id, rule.query, rule.counts, rule.otherwise, rule.only, rule.unless, rule.weight, rule.unit


def _hit(held: Held, book: Codebook, rules: Iterable[Rule]) -> set[int]:
    """Numbers of turns in which one of these rules hits."""
    index = held.material.index
    return {int(n) for rule in rules for n in np.unique(index.turn[held.material.hits[rule.query].words[:, 0]])}


def _asked(held: Held, told: Themes, book: Codebook) -> set[int]:
    """Turns in which a code that stands there is now brought up by the interviewer, or is no longer."""
    then, now = held.themes, told
    if then.weight.shape != now.weight.shape:
        return set(held.codes_at)
    differ = (_raised(then.weight) != _raised(now.weight)) | (_apart(then.weight) != _apart(now.weight))
    same_source = np.array_equal(then.source, now.source)
    rows = set(np.flatnonzero(differ.any(axis=1)).tolist())
    if same_source and not rows:
        return set()
    found = set()
    for number, codes in held.codes_at.items():
        before = held.material.turns[number].before
        if before < 0:
            continue
        source = int(now.source[before])
        if source != int(then.source[before]) or (source >= 0 and int(now.row[source]) in rows and any(c in now.column and differ[now.row[source], now.column[c]] for c in codes)):
            found.add(number)
    return found


def _raised(weight: np.ndarray) -> np.ndarray:
    foremost = weight.max(axis=1, keepdims=True, initial=0)
    return (weight >= RAISED) & (weight >= SHARE * foremost)


def _apart(weight: np.ndarray) -> np.ndarray:
    foremost = weight.max(axis=1, keepdims=True, initial=0)
    return (foremost >= APART) & (weight < LITTLE * foremost)


def _preceded(held: Held, old: Codebook, new: Codebook) -> set[int]:
    """Turns with a category whose precedence or threshold changed."""
    was = {c.id: (c.entry.before, c.entry.needs) for c in old.codes}
    codes = {c.id for c in new.codes if (c.entry.before, c.entry.needs) != was.get(c.id)}
    return {number for number, there in held.codes_at.items() if there & codes} if codes else set()


def _replaced(held: Held, before: dict[int, Given], gone: set[str], come: list[Rule], book: Codebook) -> dict[int, Given]:
    """Hits of the touched turns after the edit, in the order of the codebook's rules."""
    after: dict[int, Given] = {}
    for number, there in before.items():
        kept = {key: [hit for hit in hits if hit.rule.id not in gone] for key, hits in there.items()}
        after[number] = defaultdict(list, {key: hits for key, hits in kept.items() if hits})
    material, added = held.material, set()
    for rule in come:
        for unit, hit in usable(material, book, rule, material.hits[rule.query]):
            number = int(material.index.turn[hit.words[0]])
            after[number][unit, hit.code].append(hit)
            added.add(number)
    rank = {rule.id: n for n, rule in enumerate(book.rules())}
    for number in added:
        for hits in after[number].values():
            hits.sort(key=lambda hit: rank[hit.rule.id])
    return after


def _assigned(material: Material, book: Codebook, told: Themes, side: dict[int, Given]) -> list[Assigned]:
    by_unit: Given = {key: hits for there in side.values() for key, hits in there.items()}
    part = replace(material, hits={("themes", book.version): told})
    return given(part, book, by_unit)


def _coded(held: Held, book: Codebook, told: Themes, touched: list[int], assigned: list[Assigned]) -> list[dict[str, Any]]:
    """Rows of all coders in the touched turns."""
    material = held.material
    part = replace(material, hits={("themes", book.version): told, "assigned": (book, assigned)})
    keys = {(material.turns[n].doc, material.turns[n].turn) for n in touched}

    def here(row: Any) -> bool:
        turn = material.by_hash.get((row["doc"], row["raw_sha256"]))
        return turn is not None and (turn.doc, turn.turn) in keys

    part = replace(
        part, decisions=[d for d in material.decisions if here(d)], heard=[h for h in material.heard if (h["doc"], h["turn"]) in keys],
    )  # fmt: skip
    if material.judged is not None:
        part = _judged(part, book, touched)
    return coded(part, book, [row for row in held.reviewed if here(row)])


def _judged(part: Material, book: Codebook, touched: list[int]) -> Material:
    """The model's opinion of the touched turns' sentences alone, rules laid on it anew."""
    judged = part.judged
    assert judged is not None
    scored = judged.scored & np.isin(part.index.seg_turn, touched)
    rows = np.flatnonzero(scored)
    ruled = model.rules_on(part, book, judged)
    weighed = model.weigh(judged._replace(logits=judged.logits[rows], free=judged.free[rows]), ruled.hits[rows])
    spread = []
    for one in weighed:
        data = np.zeros(judged.logits.shape, dtype=one.dtype)
        data[rows] = one
        spread.append(data)
    return replace(part, judged=judged._replace(scored=scored), hits={**part.hits, "judgement": (book, (ruled, *spread))})


def _counted(held: Held, touched: list[int], rows: list[dict[str, Any]]) -> tuple[set[Key], Any, Any]:
    """The touched turns, and what now stands in them: mentions, and hits that do not count."""
    keys = {(held.material.turns[n].doc, held.material.turns[n].turn) for n in touched}
    codings = frame("codings", distinct([row for row in rows if not row.get("reason")]))
    suggestions = frame("suggestions", distinct([row for row in rows if row.get("reason")]))
    counting = effective(codings, reviewed_only=held.study.report.counts == "reviewed")
    places = [held.rows_of[key] for key in sorted(keys) if key in held.rows_of]
    segments = held.segments.iloc[np.concatenate(places)] if places else held.segments.iloc[:0]
    found, _ = parted(frame("findings_mentions", mentions(counting, segments, held.codes)), held.codes)
    for number in touched:
        held.codes_at[number] = set()
    for data in (codings, suggestions):
        for doc, turn, code in zip(data["doc"], data["turn"], data["code"], strict=True):
            held.codes_at[held.material.by_key[doc, int(turn)].number].add(code)
    return keys, found, uncounted(suggestions)


def _figures(held: Held, keys: set[Key], found: Mentions, hinted: dict[str, dict[Key, int]]) -> tuple[list[str], list[str]]:
    """Codes whose row of `findings_codes` is another one now, made by the function that makes that table; and codes with other passages."""
    changed = []
    for code in held.codes["code"]:
        mine, hits = held.mentions.get(code, {}), held.hinted.get(code, {})
        fresh, now = found.get(code, {}), hinted.get(code, {})
        was, were = {key: mine[key] for key in keys & mine.keys()}, {key: hits[key] for key in keys & hits.keys()}
        if was == fresh and were == now:
            continue
        held.mentions[code] = {key: part for key, part in mine.items() if key not in was} | fresh
        held.hinted[code] = {key: n for key, n in hits.items() if key not in were} | now
        changed.append(code)
    rows = {row["code"]: row for row in _rows_of(held, changed)}
    differ = [code for code in changed if any(_other(rows[code][name], held.figures[code][name]) for name in rows[code])]
    held.figures |= rows
    return differ, changed


def _rows_of(held: Held, codes: list[str]) -> list[dict[str, Any]]:
    import pandas as pd

    if not codes:
        return []
    own = held.codes.loc[held.codes["code"].isin(codes), ["order", "code"]]
    said = [(code, *one) for code in codes for rows in held.mentions.get(code, {}).values() for one in rows]
    hits = [(code, "rule", "-") for code in codes for _ in range(sum(held.hinted.get(code, {}).values()))]
    asked = {code: held.asked.get(code, set()) for code in codes}
    made = counts.by_code(
        own, pd.DataFrame(said, columns=["code", *COUNTED], dtype=str), asked, pd.DataFrame(hits, columns=["code", "coder", "reason"], dtype=str)
    )  # fmt: skip
    rows: list[dict[str, Any]] = frame(FIGURES, made).to_dict("records")
    return rows


def _other(a: Any, b: Any) -> bool:
    return bool(a != b and not (a != a and b != b))


def _forget(material: Material, book: Codebook) -> None:
    """Themes of earlier codebooks go; hits of queries stay, people go back and forth."""
    for key in [k for k in material.hits if isinstance(k, tuple) and len(k) == 2 and k[0] == "themes" and k[1] != book.version]:
        del material.hits[key]
