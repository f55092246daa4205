"""How well the stance of a passage, and about whom it is, is told, on labelled respondents' speech.

    python benchmarks/stances.py dev         the set to develop on
    python benchmarks/stances.py dev2 -v     another, and every error of it (only of sets `dev…`)
    python benchmarks/stances.py heldout     the set to measure on; its errors are never listed

A set is `tests/cases/<part>_<set>.json`; every part prints its own table.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

REPO = Path(__file__).parent.parent
sys.path.insert(0, str(REPO))

from pipeline import codebook, guide, tables  # noqa: E402
from pipeline.annotate import each as annotate  # noqa: E402
from pipeline.coders.material import Material, gather, prompt  # noqa: E402
from pipeline.coders.themes import themes  # noqa: E402
from pipeline.german import analyse, load  # noqa: E402
from pipeline.matchers.index import Index, build  # noqa: E402
from pipeline.questions import each as questions  # noqa: E402
from pipeline.stance import each as scopes  # noqa: E402
from pipeline.stances import Marks, Word, doubtful, read, stance  # noqa: E402
from pipeline.study import Study  # noqa: E402
from pipeline.tables import ABOUT  # noqa: E402
from pipeline.whom.about import about  # noqa: E402

CASES = REPO / "tests" / "cases"
DEMO = REPO / "codebooks" / "demo"
PROMPTS = ("spontaneous", "asked", "leading", "assent")
CLASSES = ("affirmed", "negated", "hypothetical", "reported", "past", "doubt")
_MARK = re.compile(r"\[\[|\]\]")


def unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A text without its [[marks]], and the (start, end) of what they held, in code points of the bare text."""
    pieces = _MARK.split(text)
    spans: list[tuple[int, int]] = []
    at = 0
    for number, piece in enumerate(pieces):
        if number % 2:
            spans.append((at, at + len(piece)))
        at += len(piece)
    return "".join(pieces), spans


def annotated(text: str) -> tuple[list[list[Word]], list[int], list[str]]:
    """The sentences of a marked text as words, the places of the marked ones, and all forms."""
    bare, spans = unmarked(text)
    analysis = analyse(_language(), bare)
    sentences: list[list[Word]] = [[] for _ in analysis.sentences]
    for token in analysis.tokens:
        sentences[token.sentence].append(Word(token.form, token.norm, token.tag, token.lemma, token.pos))
    places = [i for i, t in enumerate(analysis.tokens) if any(a < t.end and t.start < b for a, b in spans)]
    return sentences, places, [token.form for token in analysis.tokens]


@lru_cache(maxsize=1)
def _language() -> Any:
    return load()


def _stances(items: list[dict[str, Any]], listing: bool) -> list[str]:
    gold: list[set[str]] = []
    found: list[set[str]] = []
    errors: list[str] = []
    texts = [annotated(item["text"]) for item in items]
    first, again = (_spent([sentences for sentences, *_ in texts]) for _ in range(2))
    for item, (sentences, places, forms) in zip(items, texts, strict=True):
        marks = read(sentences)
        wanted = set(item["stance"].split("+")) | ({"doubt"} if item["doubt"] else set())
        told = set(stance(marks, places)) | ({"doubt"} if doubtful(marks, places) >= 0 else set())
        gold.append(wanted)
        found.append(told)
        if wanted != told:
            errors.append(_error(item["text"], wanted, told, marks, places, forms))
    lines = [f"{'':14} {'n':>4} {'prec':>6} {'rec':>6} {'F1':>6}", *(_row(name, gold, found) for name in CLASSES)]
    exact = sum(a == b for a, b in zip(gold, found, strict=True)) / len(items)
    stances = sum(a - {"doubt"} == b - {"doubt"} for a, b in zip(gold, found, strict=True)) / len(items)
    lines.append(f"sets exactly right: {stances:.3f} ({exact:.3f} with doubt) of {len(items)}")
    words = sum(len(forms) for *_, forms in texts)
    lines.append(f"{again / words * 1e6:.1f} microseconds a word, {first / words * 1e6:.1f} where types are new ({words} words)")
    return [*lines, *(errors if listing else [])]


def _spent(turns: list[list[list[Word]]]) -> float:
    """Seconds of processor time for reading all turns."""
    started = time.process_time()
    for sentences in turns:
        read(sentences)
    return time.process_time() - started


def _error(text: str, wanted: set[str], told: set[str], marks: Marks, places: list[int], forms: list[str]) -> str:
    reasons = []
    for name in ("negated", "hypothetical", "reported", "past", "doubt"):
        places_of = [getattr(marks, name)[i] for i in places]
        reasons += [f"{name}: {forms[p]}" for p in places_of if p >= 0]
    missing, extra = " ".join(sorted(wanted - told)), " ".join(sorted(told - wanted))
    return f"- {missing or '–'} / + {extra or '–'} | {text} | {', '.join(dict.fromkeys(reasons))}"


def _row(name: str, gold: list[set[str]], found: list[set[str]]) -> str:
    hits = sum(name in a and name in b for a, b in zip(gold, found, strict=True))
    wanted, told = sum(name in a for a in gold), sum(name in b for b in found)
    precision, recall = hits / max(told, 1), hits / max(wanted, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"{name:14} {wanted:>4} {precision:>6.3f} {recall:>6.3f} {f1:>6.3f}"


def _abouts(items: list[dict[str, Any]], listing: bool) -> list[str]:
    """About whom: the value at the first marked verb, else at the first marked word that has one."""
    read_items = [(annotated(item["text"]), annotated(item["before"])[0] if item["before"] else []) for item in items]
    told = [_told(about(sentences, before), sentences, places) for (sentences, places, _), before in read_items]
    started = time.process_time()  # roles of words are remembered now; in a corpus nearly all words come again
    for (sentences, _, _), before in read_items:
        about(sentences, before)
    spent = time.process_time() - started
    words = sum(len(forms) + sum(map(len, before)) for (_, _, forms), before in read_items)
    wanted = [item["about"] for item in items]
    pairs = list(zip(items, wanted, told, strict=True))
    lines = [f"{'':14} {'n':>4} {'prec':>6} {'rec':>6} {'F1':>6}"]
    lines += [_row(name, [{w} for w in wanted], [{t} for t in told]) for name in ABOUT]
    lines.append(f"right: {sum(w == t for _, w, t in pairs) / len(pairs):.3f} of {len(pairs)}")
    lines.append(f"nothing told: {told.count('–') / len(told):.3f}")
    lines.append(f"{spent / words * 1e6:.1f} microseconds a word, `before` included ({words} words)")
    errors = [f"{w} / {t} | {item['before']} | {item['text']}" for item, w, t in pairs if w != t]
    return [*lines, *(errors if listing else [])]


def _told(values: list[int], sentences: list[list[Word]], places: list[int]) -> str:
    flat = [word for sentence in sentences for word in sentence]
    verb = next((i for i in places if flat[i].tag.startswith("V")), -1)
    value = values[verb] if verb >= 0 else next((values[i] for i in places if values[i] >= 0), -1)
    return ABOUT[value] if value >= 0 else "–"


def _prompts(items: list[dict[str, Any]], listing: bool) -> list[str]:
    """How a passage came about, with the demo's guide and codebook, through the stages' own functions."""
    started = time.process_time()
    material = _conversations(items)
    read_in = time.process_time() - started
    book = codebook.load(DEMO / "codebook.yaml")
    started = time.process_time()
    found = themes(material, book)
    spent = time.process_time() - started
    answers = [next(t for t in reversed(material.turns) if t.doc == f"d{n:04d}") for n in range(len(items))]
    pairs = zip(items, answers, strict=True)
    told = [prompt(turn, item["code"], material.expected, found.before(turn, item["code"])) for item, turn in pairs]
    wanted = [item["prompt"] for item in items]
    lines = [f"{'':14} {'n':>4} {'prec':>6} {'rec':>6} {'F1':>6}"]
    lines += [_row(name, [{w} for w in wanted], [{t} for t in told]) for name in PROMPTS]
    lines.append(f"right: {sum(w == t for w, t in zip(wanted, told, strict=True)) / len(items):.3f} of {len(items)}")
    lines.append(f"themes of {int((found.row >= 0).sum())} turns in {spent:.3f} s; annotation and questions {read_in:.1f} s")
    errors = [f"{w} / {t} | {i['code']} | {i['interviewer']} | {i['answer']}" for i, w, t in zip(items, wanted, told, strict=True) if w != t]
    return [*lines, *(errors if listing else [])]


def _conversations(items: list[dict[str, Any]]) -> Material:
    """Every item as an interview of its own."""
    spoken = [[*item["before"], ["I", item["interviewer"]], ["B", unmarked(item["answer"])[0]]] for item in items]
    rows = [
        {
            "doc": f"d{n:04d}", "turn": number, "role": "interviewer" if who == "I" else "respondent", "text": text,
            "case": "" if who == "I" else f"p{n}", "raw_sha256": f"{n}.{number}",
        }
        for n, turns in enumerate(spoken) for number, (who, text) in enumerate(turns, 1)
    ]  # fmt: skip
    turns = tables.frame("turns", rows)
    study, names = Study(), ("segments", "tokens", "types", "scopes", "questions")
    made: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for _, data in turns.groupby("doc"):
        one = data.reset_index(drop=True)
        parts = annotate(one, SimpleNamespace(annotate=study.annotate))
        segments, tokens, types = (tables.frame(name, parts[name]) for name in names[:3])
        asked = questions(one, SimpleNamespace(questions=study.questions), DEMO / "guide.yaml")
        for name, added in {**parts, **scopes(one, segments, tokens, types, SimpleNamespace()), **asked}.items():
            made[name] += added
    made["types"] = list({row["type"]: row for row in made["types"]}.values())
    table = {name: tables.frame(name, made[name]) for name in names}
    index = Index(build(turns, table["segments"], table["tokens"], table["types"], table["scopes"]))
    empty = {name: tables.frame(name, []) for name in ("cases", "changes", "replacements")}
    expected = guide.load(DEMO / "guide.yaml").expected()
    return gather(index, turns, table["questions"], **empty, expected=expected, decisions=[], roles=("respondent",))


PARTS: dict[str, Callable[[list[dict[str, Any]], bool], list[str]]] = {"stance": _stances, "about": _abouts, "prompt": _prompts}


def main() -> None:
    """Measure every part on the set of the given name."""
    chosen = [word for word in sys.argv[1:] if not word.startswith("-")]
    if not chosen:
        sys.exit(__doc__)
    for part, measure in PARTS.items():
        path = CASES / f"{part}_{chosen[0]}.json"
        if path.exists():
            items = json.loads(path.read_text("utf-8"))
            print("\n".join([f"{part} ({path.name})", *measure(items, "-v" in sys.argv and chosen[0].startswith("dev")), ""]))


if __name__ == "__main__":
    main()
