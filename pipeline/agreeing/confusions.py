"""Which categories are taken for one another: one coder gave the first where the other gave the second instead, or nothing of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np

from pipeline.agreeing.readings import Desk, Grid

OFTEN = 2  # sentences from which on a rule is proposed
ONE_WAY = 3  # times as often in one direction: then one category draws what belongs to the other


class Category(NamedTuple):
    """What the codebook says of a category."""

    label: str
    definition: str
    parent: str


NONE = -1  # number of no category: the other one gave nothing instead


class Swap(NamedTuple):
    """`a` gave `code_a` where `b` gave `code_b` instead (numbers; -1: nothing): sentences (numbers of rows), and on how many each gave
    their own category (nothing that the other one did not give)."""

    a: int
    b: int
    code_a: int
    code_b: int
    rows: np.ndarray
    n_a: int
    n_b: int


def confusions(desk: Desk, book: Mapping[str, Category]) -> Iterator[dict[str, Any]]:
    """A row for every pair of coders and categories of which one stands where the other one gave the other, the most frequent first.

    `share`: of the sentences to which `a` gave `code_a` and which `b` read for both, those with `code_b` instead.
    """
    grid, own = desk.every, desk.every.sentences
    for g, h in combinations(range(len(grid.coders)), 2):
        found = {(one.code_a, one.code_b): one for one in _swaps(grid, g, h)}
        for one in sorted(found.values(), key=lambda s: (-len(s.rows), s.code_a, s.code_b)):
            back = found.get((one.code_b, one.code_a))
            first_, second = (grid.codes[n] if n != NONE else "" for n in (one.code_a, one.code_b))
            first = int(one.rows[0])
            yield {
                "a": grid.coders[g], "b": grid.coders[h], "code_a": first_, "code_b": second, "n": len(one.rows),
                "n_cases": len({own.case[n] for n in one.rows.tolist()}), "n_a": one.n_a, "n_b": one.n_b, "share": len(one.rows) / one.n_a if one.n_a else float("nan"),
                "example": f"{own.doc[first]}, Beitrag {own.turn[first]}", "hint": hint((first_, second), (len(one.rows), len(back.rows) if back else 0), one.n_a, one.n_b, book),
            }  # fmt: skip


def _swaps(grid: Grid, g: int, h: int) -> Iterator[Swap]:
    both = grid.read[:, g] & grid.read[:, h]
    given = [grid.given[:, one] & both for one in (g, h)]
    only = [given[0] & ~given[1], given[1] & ~given[0]]
    some = [told.any(axis=1) for told in only]
    there = np.flatnonzero(some[0] & some[1])
    for a, b in np.argwhere(only[0][there].astype(int).T @ only[1][there].astype(int) > 0).tolist():
        rows = there[only[0][there, a] & only[1][there, b]]
        yield Swap(g, h, a, b, rows, int((given[0][:, a] & both[:, b]).sum()), int((given[1][:, b] & both[:, a]).sum()))
    empty = [both.any(axis=1) & ~one for one in some]
    for k in range(len(grid.codes)):
        if len(rows := np.flatnonzero(only[0][:, k] & ~some[1])):
            yield Swap(g, h, k, NONE, rows, int(given[0][:, k].sum()), int(empty[1].sum()))
        if len(rows := np.flatnonzero(only[1][:, k] & ~some[0])):
            yield Swap(g, h, NONE, k, rows, int(empty[0].sum()), int(given[1][:, k].sum()))


def hint(codes: tuple[str, str], times: tuple[int, int], n_a: int, n_b: int, book: Mapping[str, Category]) -> str:
    """A German proposal for a sharper rule, empty for single cases: `times` how often the first stood for the second, and the other way round.

    >>> book = {"A": Category("Aa", "x", ""), "B": Category("Bb", "", "")}
    >>> print(hint(("A", "B"), (7, 0), 9, 8, book))
    A und B werden verwechselt (sieben von neun): bei A unter »exclude« sagen, was zu B gehört; soll A vorgehen, bei A »before: [B]«. B hat noch keine Definition.
    >>> print(hint(("A", ""), (4, 0), 5, 90, book))
    A vergibt nur eine von beiden Personen (vier von fünf): in der Definition von A sagen, ab wann ein Satz dazugehört, mit einem Beispiel und einem Gegenbeispiel.
    """
    one, other = codes
    if not (one and other):
        if times[0] < OFTEN:
            return ""
        code, given = (one, n_a) if one else (other, n_b)
        told = f"{code} vergibt nur eine von beiden Personen ({_count(times[0])} von {_count(given)}): in der Definition von {code} sagen, ab wann ein Satz dazugehört, mit einem Beispiel und einem Gegenbeispiel."
        return told + _undefined((code,), book)
    if sum(times) < OFTEN:
        return ""
    back = f", umgekehrt {_often(times[1])}" if times[1] else ""
    return f"{one} und {other} werden verwechselt ({_count(times[0])} von {_count(n_a)}{back}): {_proposal(one, other, times, book)}.{_undefined(codes, book)}"


def _undefined(codes: tuple[str, ...], book: Mapping[str, Category]) -> str:
    missing = [code for code in codes if code in book and not book[code].definition.strip()]
    return f" {' und '.join(missing)} {'hat' if len(missing) == 1 else 'haben'} noch keine Definition." if missing else ""


def _proposal(one: str, other: str, times: tuple[int, int], book: Mapping[str, Category]) -> str:
    for wide, narrow in ((one, other), (other, one)):
        if narrow in book and _above(wide, narrow, book):
            return f"{wide} steht über {narrow}; festlegen, dass immer die engere Kategorie gegeben wird, und bei {wide} unter »include« sagen, was dort bleibt"
    if times[0] >= ONE_WAY * times[1]:
        return f"bei {one} unter »exclude« sagen, was zu {other} gehört; soll {one} vorgehen, bei {one} »before: [{other}]«"
    if times[1] >= ONE_WAY * times[0]:
        return f"bei {other} unter »exclude« sagen, was zu {one} gehört; soll {other} vorgehen, bei {other} »before: [{one}]«"
    return f"beide Definitionen gegeneinander abgrenzen (je »exclude«), mit einem Satz aus dieser Liste als Beispiel und als Gegenbeispiel; oder {one} und {other} zusammenlegen"


def _above(wide: str, narrow: str, book: Mapping[str, Category]) -> bool:
    at = book[narrow].parent
    while at and at != wide:
        at = book[at].parent if at in book else ""
    return at == wide and bool(at)


_WORDS = ("null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")


def _count(n: int) -> str:
    return _WORDS[n] if n < len(_WORDS) else str(n)


def _often(n: int) -> str:
    return "einmal" if n == 1 else f"{_WORDS[n]}mal" if n < len(_WORDS) else f"{n}-mal"
