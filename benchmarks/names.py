"""How much of what identifies people is replaced, and how much is only suspected, on labelled speech.

    python benchmarks/names.py                     all sets, by kind
    python benchmarks/names.py names_dev           one set
    python benchmarks/names.py --write    the same, and into docs/pseudonymisierung.md
    python benchmarks/names.py --misses            every miss and false hit of the development sets (never of the held-out one)

Each item's mentions are marked inline; items of one style are one interview, in order. What is measured is what a run
does: finders, entities over the interview, and every place of their forms.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

REPO = Path(__file__).parent.parent
sys.path[:0] = [str(REPO), str(REPO / "tests")]

from marked import plain  # noqa: E402

from pipeline.names import doubted, search, talk  # noqa: E402
from pipeline.naming import lexicon, short  # noqa: E402
from pipeline.naming.choose import Chooser  # noqa: E402
from pipeline.naming.entities import Mention, build  # noqa: E402
from pipeline.naming.plan import forms, steps  # noqa: E402
from pipeline.study import Pseudonymise  # noqa: E402

CASES = REPO / "tests" / "cases"
KINDS = ("person", "place", "street", "org", "office", "phone", "email", "url", "birthdate", "id", "handle")
GOAL = ("person", "phone", "email", "street")
_FIGURES = "<!-- figures -->"
_FIELDS = ("start", "end", "kind", "surface", "core", "certainty", "rule", "sex", "culture", "title")
Span = tuple[int, int]


@dataclass
class Score:
    """Counts of one set, by kind: marked mentions, those fully replaced, those replaced or suspected; and false hits."""

    gold: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    replaced: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    seen: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    hits: int = 0
    false: int = 0
    tokens: int = 0
    flagged: int = 0  # tokens that are replaced or suspected
    listed: int = 0  # tokens that are only suspected: what people look at
    misses: list[str] = field(default_factory=list)

    def recall(self, kinds: tuple[str, ...] = KINDS, seen: bool = False) -> float:
        found = self.seen if seen else self.replaced
        return sum(found[k] for k in kinds) / max(sum(self.gold[k] for k in kinds), 1)

    @property
    def precision(self) -> float:
        return self.hits / max(self.hits + self.false, 1)


def measure(path: Path) -> Score:
    """What a run would do with the marked speech of a file."""
    groups: dict[str, list[str]] = defaultdict(list)
    for item in json.loads(path.read_text("utf-8"))["items"]:
        groups[item["style"].split(" – ")[0]].append(item["text"])
    score = Score()
    for texts in groups.values():
        _interview([plain(text) for text in texts], score)
    return score


def _interview(items: list[tuple[str, list[tuple[int, int, str]]]], score: Score) -> None:
    texts = ("", *(text for text, _ in items))
    spoken = talk(texts)
    found = search(spoken, Pseudonymise())
    mentions = [
        Mention("I001", turn, *(getattr(one, name) for name in _FIELDS))
        for turn, ones in enumerate(found)
        for one in ones
    ]
    if not spoken.lower:
        mentions = doubted(mentions, {("I001", turn): text for turn, text in enumerate(texts) if turn})
    mentions = short.found(mentions, {("I001", turn): text for turn, text in enumerate(texts) if turn}, {"I001": spoken.lower})
    words = {word for text in texts for word in re.findall(r"[^\W\d_]+", text)}
    rows = build(mentions, [], Chooser(words, lexicon.pools()), frozenset({"I001"}), frozenset(), lexicon.is_given)
    known = forms(rows, lexicon.is_word)
    for turn, (text, gold) in enumerate(items, 1):
        mine = [m for m in mentions if m.turn == turn]
        made = [(s.start, s.end) for s in steps(text, mine, known, spoken.lower)]
        unsure = [(m.start, m.end) for m in mine if not _touches((m.start, m.end), made)]
        for start, end, kind in gold:
            score.gold[kind] += 1
            score.replaced[kind] += _covers(text, made, start, end)
            score.seen[kind] += _covers(text, [*made, *unsure], start, end)
            if not _covers(text, made, start, end):
                score.misses.append(
                    f"missed {kind}: {text[max(0, start - 30) : start]}>>{text[start:end]}<<{text[end : end + 20]}"
                )
        for span in made:
            good = any(span[0] < end and start < span[1] for start, end, _ in gold)
            score.hits, score.false = score.hits + good, score.false + (not good)
            if not good:
                score.misses.append(f"false: {text[max(0, span[0] - 30) : span[0]]}>>{text[span[0] : span[1]]}<<")
        for token in re.finditer(r"\w+", text):
            score.tokens += 1
            only = _touches(token.span(), unsure)
            score.listed += only
            score.flagged += only or _touches(token.span(), made)


def _touches(span: Span, others: list[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _covers(text: str, spans: list[Span], start: int, end: int) -> bool:
    """Whether every letter and figure between two places lies in one of the spans; blanks and signs between may stay."""
    return all(any(a <= at < b for a, b in spans) for at in range(start, end) if text[at].isalnum())


def table(score: Score) -> list[str]:
    lines = ["| Art | markiert | ersetzt | ersetzt oder verdächtig |", "|---|---|---|---|"]
    for kind in KINDS:
        if score.gold[kind]:
            lines.append(
                f"| {kind} | {score.gold[kind]} | {score.recall((kind,)):.3f} | {score.recall((kind,), True):.3f} |"
            )
    lines.append(f"| alle | {sum(score.gold.values())} | {score.recall():.3f} | {score.recall(seen=True):.3f} |")
    lines += [
        "", f"Genauigkeit dessen, was ersetzt wird: {score.precision:.3f} ({score.hits} von {score.hits + score.false}).",
        f"Personen, Telefon, E-Mail, Straßen zusammen: {score.recall(GOAL):.3f} ersetzt, {score.recall(GOAL, True):.3f} mit Verdacht.",
        f"Wörter auf der Arbeitsliste: {score.listed / score.tokens:.3f}; ersetzt oder verdächtig: {score.flagged / score.tokens:.3f}.",
    ]  # fmt: skip
    return lines


_SETS = (("names_dev", "Entwicklungssatz"), ("names_dev2", "Zweiter Entwicklungssatz"), ("names_heldout", "Messsatz"))


def main() -> None:
    """Print the tables; names of files behind the script choose sets, `--misses` prints what is missed in those to develop on."""
    chosen = [word for word in sys.argv[1:] if not word.startswith("-")]
    told = []
    for name, title in _SETS:
        if chosen and name not in chosen:
            continue
        score = measure(CASES / f"{name}.json")
        told += [f"## {title} (`{name}.json`)", "", *table(score), ""]
        print("\n".join([f"{title} ({name}.json)", "", *table(score), ""]))
        if "--misses" in sys.argv and name != "names_heldout":
            print("\n".join(score.misses))
    if "--write" in sys.argv and not chosen:
        page = REPO / "docs" / "pseudonymisierung.md"
        words, mark, _ = page.read_text("utf-8").partition(_FIGURES)
        page.write_text("\n".join([words + mark, "", *told]).rstrip() + "\n", "utf-8")


if __name__ == "__main__":
    main()
