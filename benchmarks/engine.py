"""The codebook engine against one regular expression a code over the same text, with equal counts."""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
from corpus import SEED, interviews

from pipeline import codebook, tables
from pipeline.annotate import each as annotate
from pipeline.coders.hits import Hits, find
from pipeline.matchers import Corpus
from pipeline.matchers.index import Index, build, positions
from pipeline.matchers.mapped import pack, unpack
from pipeline.stance import each as scopes
from pipeline.study import Study

CODES, ENTRIES = 40, 15


class Made(NamedTuple):
    """A corpus ready for both sides: the index in memory, the texts of its turns, seconds of processor for annotation and stance."""

    corpus: Corpus
    texts: list[str]
    annotated: float
    stance: float


def made(known: list[str], number: int, words: int) -> Made:
    """The respondents' turns of the reference interviews, annotated."""
    texts = [text for turns in interviews(known, number, words) for who, text in turns if who == "B"]
    rows = [{"doc": "x", "turn": n, "role": "respondent", "text": text, "case": "p"} for n, text in enumerate(texts, 1)]
    turns = tables.frame("turns", rows)
    started = time.process_time()
    done = annotate(turns, SimpleNamespace(annotate=Study().annotate))
    annotated = time.process_time() - started
    segments, tokens, types = (tables.frame(name, done[name]) for name in ("segments", "tokens", "types"))
    started = time.process_time()
    found = tables.frame("scopes", scopes(turns, segments, tokens, types, SimpleNamespace())["scopes"])
    stance = time.process_time() - started
    index = Index(build(turns, segments, tokens, types, found))
    return Made(Corpus(index, texts, np.arange(len(texts), dtype=np.int32)), texts, annotated, stance)


def times(one: Made, factor: int) -> Made:
    """The same corpus `factor` times over, without annotating it again."""
    arrays = dict(one.corpus.index.arrays)
    tokens, segments, turns = (len(arrays[name]) for name in ("kind", "seg_turn", "turn_number"))
    steps = {"turn": turns, "segment": segments, "seg_turn": turns, "clause": int(arrays["clause"].max()) + 1}
    for name in ("kind", "start", "end", "about", "surface", "seg_start", "seg_end", "turn_number"):
        arrays[name] = np.tile(arrays[name], factor)
    for name, step in steps.items():
        arrays[name] = np.concatenate([arrays[name] + np.int32(step * n) for n in range(factor)])
    for name in ("negated", "hypothetical", "reported", "past", "doubt"):
        arrays[name] = np.concatenate([np.where(arrays[name] >= 0, arrays[name] + tokens * n, -1) for n in range(factor)]).astype(np.int32)
    size = len(arrays["first"]) - 1
    arrays["order"] = np.argsort(arrays["kind"], kind="stable").astype(np.int32)
    arrays["first"] = np.concatenate([[0], np.cumsum(np.bincount(arrays["kind"], minlength=size))]).astype(np.int32)
    arrays["turn_first"] = np.searchsorted(arrays["turn"], np.arange(turns * factor + 1)).astype(np.int32)
    index = Index(arrays)
    return Made(Corpus(index, one.texts * factor, np.arange(turns * factor, dtype=np.int32)), one.texts * factor, 0.0, 0.0)


def reference_codebook(one: Made, folder: Path) -> codebook.Codebook:
    """40 codes with 15 entries: terms, beginnings and endings with a star, phrases of two words; words of middle frequency.

    Entries are such that a regular expression can mean the same: no other spelling or inflected form that the engine would
    find beside, no token with signs in it that the two would cut differently.
    """
    index = one.corpus.index
    share = len(index) / 500_000
    words = sorted(w for w in set(index.vocabulary["form"]) if w.isalpha() and w.isascii() and len(w) > 4)
    words = [w for w in words if not any(two in w for two in ("ae", "oe", "ue", "ss"))]  # these may be an umlaut or ß
    random.Random(SEED).shuffle(words)
    same = Same(index)
    plain = iter([w for w in words if same.word(w, 4 * share, 900 * share)])
    pairs = _pairs(index, {w for w in words if same.word(w, 4 * share, 9000 * share)}, share)
    stars = iter([p for w in words if same.glob(p := w[: max(5, len(w) - 2)].rstrip("aous") + "*")])
    ends = iter([p for w in words if same.glob(p := "*" + w[2:].lstrip("es"))])
    lines = ["codes:"]
    for number in range(CODES):
        terms = [*(next(plain) for _ in range(6)), *(next(stars) for _ in range(3)), next(ends)]
        phrases = _apart(pairs, ENTRIES - len(terms))
        name = f"K.{number:02d}"
        lines += [f"  - id: {name}", f"    label: {name}", "    counts: [affirmed, negated, hypothetical, reported, past]", "    match:"]
        lines += [f"      - term: [{', '.join(repr(t) for t in terms)}]", f"      - phrase: [{', '.join(repr(p) for p in phrases)}]", "        gap: 0"]
    path = folder / "codebook.yaml"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return codebook.load(path)


class Same:
    """Whether an entry means the same to both: all it finds are plain words in their own normal form."""

    def __init__(self, index: Index) -> None:
        self.index, self.seen = index, set[str]()
        form, norm = index.vocabulary["form"], index.vocabulary["norm"]
        self.clean = [f.isalpha() and f == n for f, n in zip(form, norm, strict=True)]
        pieces = {piece for f, clean in zip(form, self.clean, strict=True) if not clean for piece in re.findall(r"\w+", f)}
        self.pieces = "\n".join(sorted(pieces))

    def word(self, word: str, low: float, high: float) -> bool:
        types, either = self.index.lookup("form").exact(word), self.index.lookup("either").exact(word)
        plain = len(types) == len(either) > 0 and all(self.clean[t] for t in types) and not self._cut(word)
        return plain and low <= len(positions(self.index, types)) <= high

    def glob(self, pattern: str) -> bool:
        """Each pattern is taken once."""
        if pattern in self.seen or len(pattern) < 4:
            return False
        self.seen.add(pattern)
        types = self.index.lookup("form").select(pattern)
        return 0 < len(types) < 60 and all(self.clean[t] for t in types) and not self._cut(pattern)

    def _cut(self, pattern: str) -> bool:
        return re.search(f"(?m)^{pattern.replace('*', '.*')}$", self.pieces) is not None


def _pairs(index: Index, allowed: set[str], share: float) -> list[str]:
    form = index.vocabulary["form"]
    left, right = index.kind[:-1], index.kind[1:]
    same = index.segment[:-1] == index.segment[1:]
    counts = Counter(zip(left[same].tolist(), right[same].tolist(), strict=True))
    parted = _parted(index)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], form[item[0][0]], form[item[0][1]]))
    return [
        f"{form[a]} {form[b]}"
        for (a, b), number in ordered
        if number >= 2 * share and form[a] in allowed and form[b] in allowed and form[a] != form[b] and (form[a], form[b]) not in parted
    ]


def _parted(index: Index) -> set[tuple[str, str]]:
    """Pairs of words that stand somewhere with nothing but signs between: neighbours to the engine alone."""
    form = index.vocabulary["form"]
    words = np.flatnonzero(np.diff(index.before))
    left, right = words[:-1], words[1:]
    apart = (right > left + 1) & (index.segment[left] == index.segment[right])
    return {(form[a], form[b]) for a, b in zip(index.kind[left[apart]].tolist(), index.kind[right[apart]].tolist(), strict=True)}


def _apart(pairs: list[str], number: int) -> list[str]:
    """Takes the next pairs out of the list that share no word."""
    found: list[str] = []
    for pair in list(pairs):
        if not {w for p in found for w in p.split()} & set(pair.split()):
            found.append(pair)
            pairs.remove(pair)
        if len(found) == number:
            break
    return found


def expressions(book: codebook.Codebook) -> list[re.Pattern[str]]:
    """One alternation a code, as one would write it by hand for a text in lower case."""
    found = []
    for code in book.codes:
        parts = []
        for rule in code.rules:
            words = [re.escape(w).replace(r"\*", r"\w*").replace(r"\?", r"\w") for w in rule.pattern.split()]
            parts.append(r"\s+".join(words))
        found.append(re.compile(rf"\b(?:{'|'.join(sorted(parts, key=len, reverse=True))})\b"))
    return found


def by_expressions(patterns: list[re.Pattern[str]], text: str) -> list[int]:
    return [sum(1 for _ in pattern.finditer(text)) for pattern in patterns]


def by_engine(corpus: Corpus, book: codebook.Codebook, kept: dict[Any, Hits]) -> dict[Any, Hits]:
    return find(corpus, book.rules(), kept)


def counts(book: codebook.Codebook, found: dict[Any, Hits]) -> list[int]:
    """Hits of each code; where two of one code overlap they count once."""
    numbers = []
    for code in book.codes:
        spans = np.concatenate([found[rule.query].words[:, [0, -1]] for rule in code.rules])
        spans = spans[np.lexsort((spans[:, 1], spans[:, 0]))]
        ends = np.maximum.accumulate(spans[:, 1]) if len(spans) else spans[:, 1]
        numbers.append(int(1 + (spans[1:, 0] > ends[:-1]).sum()) if len(spans) else 0)
    return numbers


def spent(work: Any, least: int = 1) -> tuple[float, Any]:
    """The shortest processor time of `least` runs, with the result."""
    best, result = float("inf"), None
    for _ in range(least):
        started = time.process_time()
        result = work()
        best = min(best, time.process_time() - started)
    return best, result


def fresh(one: Made, folder: Path) -> Made:
    """The index written to a file and mapped, with nothing worked out yet but the vocabulary as it is kept."""
    path = folder / "index.bin"
    path.write_bytes(pack(dict(one.corpus.index.arrays)))
    index = Index(unpack(path))
    for lookup in (index.lookup("form"), index.lookup("either")):
        assert lookup.words
    return one._replace(corpus=Corpus(index, one.texts, one.corpus.answers))


def compare(one: Made, book: codebook.Codebook, folder: Path) -> dict[str, float]:
    """Seconds of both, the ratio, and seconds for one rule edited. Ends the program where counts differ."""
    text = "\n".join(one.texts)
    patterns = expressions(book)
    slow, wanted = spent(lambda: by_expressions(patterns, text.lower()), 2 if len(text) < 1e7 else 1)
    best = float("inf")
    for _ in range(5):
        cold = fresh(one, folder)
        seconds, found = spent(lambda cold=cold: by_engine(cold.corpus, book, {}))
        best = min(best, seconds)
    got = counts(book, found)
    if got != wanted:
        different = [(c.id, a, b) for c, a, b in zip(book.codes, wanted, got, strict=True) if a != b]
        sys.exit(f"counts differ (code, expression, engine): {different[:10]}")
    rules = book.rules()
    kept = dict(found)
    edits = []
    for rule in rules[:: max(1, len(rules) // 40)]:
        kept.pop(rule.query, None)
        cold.corpus.index.memo.clear()
        seconds, _ = spent(lambda: by_engine(cold.corpus, book, kept))
        edits.append(seconds)
    return {
        "tokens": len(one.corpus.index), "megabytes": len(text.encode()) / 1e6, "hits": sum(wanted), "rules": len(rules), "expressions": slow, "engine": best,
        "ratio": slow / best, "edit": float(np.median(edits)), "edit_max": max(edits),
    }
