"""An edited codebook on held material: only turns that the edit touches are coded again, by the same functions as in a whole run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from pipeline.app.draft import Draft
from pipeline.app.held import Held, Key
from pipeline.app.lean import rows_of
from pipeline.app.tally import tally
from pipeline.codebook import Codebook, Rule
from pipeline.coders.hits import find
from pipeline.coders.material import Material
from pipeline.coders.rule import Assigned, Given, given, usable
from pipeline.coders.themes import APART, LITTLE, RAISED, SHARE, Themes, themes
from pipeline.coding import lacking

WARM = 20  # turns that are coded for nothing


class Change(NamedTuple):
    """What an edit did: codes whose figures are others now, codes with other passages (both in the codebook's order), turns with other
    passages; and what stood there before: both codebooks, the old one's themes, hits by number of the touched turns."""

    codes: list[str]
    moved: list[str]
    turns: set[Key]
    old: Codebook
    new: Codebook
    themes: Themes
    before: dict[int, Given]


def recode(held: Held, draft: Draft) -> Change:
    """Bring what is held to another codebook with the same categories. Raises `Stop` for an expression that does not end."""
    material, old, new = held.material, held.draft.book, draft.book
    gone, come = _rules(old, new)
    find(material.corpus, come, material.hits)
    told, lacks = themes(material, new), {code.id for code in new.codes if lacking(code)}
    touched = _hit(held, old, gone) | _hit(held, new, come) | _asked(held, told, new) | _preceded(held, old, new) | _with(held, lacks ^ held.lacks)
    # Names of codes, rules and hits are put together anew before anything that is held changes.
    before = {number: held.hits.get(number, {}) for number in touched}
    after = _replaced(held, before, {rule.id for rule in gone}, come, new)
    codings, suggestions = rows_of(held, new, told, touched, assigned(material, new, told, after))
    for number in touched:
        held.codes_at[number] = set()
    for row in (*codings, *suggestions):
        held.codes_at[material.by_key[row["doc"], row["turn"]].number].add(row["code"])
    codes, moved, turns = tally(held, {(material.turns[n].doc, material.turns[n].turn) for n in touched}, codings, suggestions, lacks)
    change = Change(codes, moved, turns, old, new, held.themes, before)
    held.hits.update(after)
    held.draft, held.themes = draft, told
    _forget(material, new)
    return change


def warm(held: Held) -> None:
    """Code some turns for nothing, as an edit of the first rule would, so that the first edit does not wait for what is loaded when first used."""
    book = held.draft.book
    first = next((rule for rule in book.rules() if len(held.material.hits[rule.query])), None)
    if first is None:
        return
    touched = sorted(_hit(held, book, [first]))[:WARM]
    _asked(held, held.themes, book)
    after = _replaced(held, {number: held.hits.get(number, {}) for number in touched}, set(), [], book)
    rows_of(held, book, held.themes, touched, assigned(held.material, book, held.themes, after))


def assigned(material: Material, book: Codebook, told: Themes, side: dict[int, Given]) -> list[Assigned]:
    """What rules give in some turns, of their hits by number of a turn."""
    by_unit: Given = {key: hits for there in side.values() for key, hits in there.items()}
    return given(replace(material, hits={("themes", book.version): told}), book, by_unit)


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
    differ = (_raised(then) != _raised(now)) | (_apart(then) != _apart(now))
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


def _raised(told: Themes) -> np.ndarray:
    return (told.weight >= RAISED) & (told.weight >= SHARE * told.foremost[:, None])


def _apart(told: Themes) -> np.ndarray:
    foremost = told.foremost[:, None]
    return (foremost >= APART) & (told.weight < LITTLE * foremost)


def _preceded(held: Held, old: Codebook, new: Codebook) -> set[int]:
    """Turns with a category whose precedence or threshold changed."""
    was = {c.id: (c.entry.before, c.entry.needs) for c in old.codes}
    return _with(held, {c.id for c in new.codes if (c.entry.before, c.entry.needs) != was.get(c.id)})


def _with(held: Held, codes: set[str]) -> set[int]:
    """Turns in which one of these codes stands."""
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


def _forget(material: Material, book: Codebook) -> None:
    """Themes of earlier codebooks go; hits of queries stay, people go back and forth."""
    for key in [k for k in material.hits if isinstance(k, tuple) and len(k) == 2 and k[0] == "themes" and k[1] != book.version]:
        del material.hits[key]
