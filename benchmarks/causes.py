"""How well statements of cause and effect are found, on labelled sentences: the part to develop on and the part to measure on.

    python benchmarks/causes.py              both parts; by kind and with -v every error of `develop` only
    python benchmarks/causes.py develop -v   one part

Items: something causal found in a causal item, nothing in the others. Statements: cause and effect both overlap the labelled ones by at
least half (words in common of all words, Jaccard), the direction right. `measure` is never listed: only its figures are printed.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

REPO = Path(__file__).parent.parent
sys.path.insert(0, str(REPO))

from pipeline import tables  # noqa: E402
from pipeline.annotate import each as annotate  # noqa: E402
from pipeline.causes import each as causes  # noqa: E402
from pipeline.stance import each as scopes  # noqa: E402
from pipeline.study import Study  # noqa: E402

CASES = REPO / "tests" / "cases" / "causes"
PARTS = ("develop", "measure")
ENOUGH = 0.5

Span = tuple[int, int]
Pair = tuple[Span, Span]  # cause, effect


class Counts(NamedTuple):
    """Of items and of statements: how many are right, told and labelled."""

    items: tuple[int, int, int]
    spans: tuple[int, int, int]


def found(texts: list[str]) -> list[list[dict[str, Any]]]:
    """The statements in each text, each read as the whole turn of a respondent; through the stages' own functions."""
    rows = [{"doc": "x", "turn": n, "role": "respondent", "text": text, "raw_sha256": str(n), "case": "p"} for n, text in enumerate(texts, 1)]
    turns = tables.frame("turns", rows)
    made = annotate(turns, SimpleNamespace(annotate=Study().annotate))
    segments, tokens, types = (tables.frame(name, made[name]) for name in ("segments", "tokens", "types"))
    marks = tables.frame("scopes", scopes(turns, segments, tokens, types, SimpleNamespace())["scopes"])
    told: list[list[dict[str, Any]]] = [[] for _ in texts]
    for row in tables.frame("causes", causes(turns, segments, tokens, types, marks, SimpleNamespace())["causes"]).to_dict("records"):
        told[row["turn"] - 1].append(row)
    return told


def labelled(item: dict[str, Any]) -> list[Pair]:
    text = item["text"]
    return [((a := text.index(s["cause"]), a + len(s["cause"])), (b := text.index(s["effect"]), b + len(s["effect"]))) for s in item["statements"]]


def overlap(text: str, one: Span, other: Span) -> float:
    """Words in common of all words of two spans of a text."""
    sets = []
    for start, end in (one, other):
        at, words = 0, set()
        for word in text.split():
            at = text.index(word, at)
            if at < end and start < at + len(word.rstrip(".,!?")):
                words.add(at)
            at += len(word)
        sets.append(words)
    return len(sets[0] & sets[1]) / max(len(sets[0] | sets[1]), 1)


def right(text: str, told: list[Pair], gold: list[Pair]) -> int:
    """How many of the told statements are labelled ones, each label taken once."""
    left, hits = list(gold), 0
    for pair in told:
        match = next((g for g in left if all(overlap(text, a, b) >= ENOUGH for a, b in zip(pair, g, strict=True))), None)
        if match is not None:
            left.remove(match)
            hits += 1
    return hits


def pairs(rows: list[dict[str, Any]]) -> list[Pair]:
    return [((r["cause_start"], r["cause_end"]), (r["effect_start"], r["effect_end"])) for r in rows]


def counts(items: list[dict[str, Any]], told: list[list[dict[str, Any]]]) -> Counts:
    hits = sum(bool(i["statements"]) and bool(t) for i, t in zip(items, told, strict=True))
    spans = sum(right(i["text"], pairs(t), labelled(i)) for i, t in zip(items, told, strict=True))
    return Counts(
        (hits, sum(map(bool, told)), sum(bool(i["statements"]) for i in items)),
        (spans, sum(map(len, told)), sum(len(i["statements"]) for i in items)),
    )


def line(name: str, counted: tuple[int, int, int]) -> str:
    hits, told, gold = counted
    return f"{name:30} {gold:>4} {hits / max(told, 1):>6.3f} {hits / max(gold, 1):>6.3f}"


def _listed(items: list[dict[str, Any]], told: list[list[dict[str, Any]]], listing: bool) -> list[str]:
    """By kind, and where asked for every error; only for the part to develop on."""
    lines = ["", f"{'kind':30} {'n':>4} {'item':>6} {'right':>6} {'told':>4}"]
    for kind in dict.fromkeys(item["kind"] for item in items):
        some = [(i, t) for i, t in zip(items, told, strict=True) if i["kind"] == kind]
        good = sum(bool(i["statements"]) == bool(t) for i, t in some)
        counted = counts([i for i, _ in some], [t for _, t in some]).spans
        lines.append(f"{kind:30} {len(some):>4} {good:>6} {counted[0]:>6} {counted[1]:>4}")
    for item, rows in zip(items, told, strict=True):
        hits = right(item["text"], pairs(rows), labelled(item))
        if listing and not hits == len(rows) == len(item["statements"]):
            text = item["text"]
            lines.append(f"{item['id']} {item['kind']} | {text}")
            lines += [f"    {r['kind']}: {text[slice(*c)]} -> {text[slice(*e)]} [{r['sign']}]" for r, (c, e) in zip(rows, pairs(rows), strict=True)]
    return lines


def main() -> None:
    """Print the figures of the parts named, of both where none is."""
    for part in [word for word in sys.argv[1:] if word in PARTS] or PARTS:
        items = json.loads((CASES / f"{part}.json").read_text("utf-8"))
        started = time.process_time()
        told = found([item["text"] for item in items])
        spent = time.process_time() - started
        counted = counts(items, told)
        quiet = sum(not i["statements"] and not t for i, t in zip(items, told, strict=True))
        calm = sum(not i["statements"] for i in items)
        print(f"{part:30} {'n':>4} {'prec':>6} {'rec':>6}")
        print(line("items with a cause", counted.items))
        print(line("statements, both spans right", counted.spans))
        print(f"not causal, left alone: {quiet} of {calm}; {spent:.1f} s with annotation")
        if part == "develop":
            print("\n".join(_listed(items, told, "-v" in sys.argv)))
        print()


if __name__ == "__main__":
    main()
