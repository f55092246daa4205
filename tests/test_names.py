"""Persons, places, streets, organisations and offices in speech: rules on cases of our own, figures on the development set."""

from __future__ import annotations

import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from pipeline.naming import organisations, persons, places
from pipeline.naming.base import KINDS, SURE, SUSPECTED, Found, Talk

CASES = Path(__file__).parent / "cases"
OURS = ("person", "place", "street", "org", "office")  # the kinds that these finders look for
_TAG = re.compile(r"<(/?)(\w+)>")
Gold = tuple[int, int, str]


def plain(text: str) -> tuple[str, list[Gold]]:
    """A text with inline tags as its words and (start, end, kind) of what is tagged."""
    out, gold, place, size, start = [], [], 0, 0, 0
    for match in _TAG.finditer(text):
        out.append(text[place : match.start()])
        size += match.start() - place
        place = match.end()
        if match[1]:
            gold.append((start, size, match[2]))
        start = size
    return "".join([*out, text[place:]]), gold


def load(path: Path) -> list[tuple[str, str, list[Gold]]]:
    """(style, text, gold) of every item of a marked file."""
    items = json.loads(path.read_text("utf-8"))["items"]
    return [(item["style"], *plain(item["text"])) for item in items]


def resolved(mentions: Iterable[Found]) -> list[Found]:
    """What is left where mentions overlap: sure before suspected, then the longer, then the order of kinds."""
    kept: list[Found] = []
    for m in sorted(mentions, key=lambda m: (m.certainty != SURE, m.start - m.end, KINDS.index(m.kind), m.start)):
        if all(m.end <= k.start or m.start >= k.end for k in kept):
            kept.append(m)
    return sorted(kept, key=lambda m: m.start)


def find(texts: list[str], lower: bool = False) -> list[list[Found]]:
    talk = Talk(tuple(texts), lower)
    finders = (persons.find, places.find, organisations.find)
    return [resolved(m for line in lines for m in line) for lines in zip(*(f(talk) for f in finders), strict=True)]


class Score:
    """Counts of gold mentions, those covered (sure; with suspected), and of sure mentions that are right, by kind."""

    def __init__(self) -> None:
        self.gold, self.sure, self.all, self.made, self.right = (defaultdict(int) for _ in range(5))
        self.tokens = self.flagged = 0
        self.missed: list[str] = []
        self.wrong: list[str] = []

    def add(self, text: str, gold: list[Gold], found: list[Found], style: str) -> None:
        sure = [m for m in found if m.certainty == SURE]
        for start, end, kind in gold:
            self.gold[kind] += 1
            self.sure[kind] += _covered(start, end, sure)
            self.all[kind] += _covered(start, end, found)
            if kind in OURS and not _covered(start, end, sure):
                mark = "?" if _covered(start, end, found) else "-"
                self.missed.append(f"{mark} [{style}] {kind} {text[start:end]} | {text[max(0, start - 30) : end + 25]}")
        for m in sure:
            right = any(kind == m.kind and start < m.end and m.start < end for start, end, kind in gold)
            self.made[m.kind] += 1
            self.right[m.kind] += right
            if not right:
                kinds = [kind for start, end, kind in gold if start < m.end and m.start < end]
                self.wrong.append(f"[{style}] {m.kind}/{m.rule} {m.surface} {kinds} | {text[max(0, m.start - 30) : m.end + 25]}")
        for token in re.finditer(r"\w+", text):
            self.tokens += 1
            self.flagged += any(m.start < token.end() and token.start() < m.end for m in found)

    def table(self) -> str:
        rows = ["kind     gold  recall sure  sure+susp  precision sure"]
        for kind in (*OURS, "all"):
            of = OURS if kind == "all" else (kind,)
            gold, made = sum(self.gold[k] for k in of), sum(self.made[k] for k in of)
            part = [sum(d[k] for k in of) for d in (self.sure, self.all, self.right)]
            rows.append(f"{kind:8} {gold:4}  {_share(part[0], gold):11.3f}  {_share(part[1], gold):9.3f}  {_share(part[2], made):9.3f} ({made})")
        return "\n".join([*rows, f"flagged tokens {_share(self.flagged, self.tokens):.3f} of {self.tokens}"])


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _covered(start: int, end: int, found: list[Found]) -> bool:
    """Whether the whole span is inside mentions (of any kind: what is hidden is hidden)."""
    at = start
    for m in sorted(found, key=lambda m: m.start):
        if m.start <= at < m.end:
            at = m.end
    return at >= end


def score(path: Path, grouped: bool = False) -> Score:
    """A marked file, each item an interview of one turn, or all items of a style one interview."""
    result = Score()
    items = load(path)
    groups: dict[str, list[tuple[str, str, list[Gold]]]] = defaultdict(list)
    for n, item in enumerate(items):
        groups[item[0] if grouped else str(n)].append(item)
    for group in groups.values():
        for (style, text, gold), found in zip(group, find([text for _, text, _ in group]), strict=True):
            result.add(text, gold, found, style)
    return result


if __name__ == "__main__":
    dev = CASES / "names_dev.json"
    for grouped in (False, True):
        done = score(dev, grouped)
        print(done.table())
    done = score(dev)
    if "-v" in sys.argv:
        print(*done.missed, "", *done.wrong, sep="\n")
