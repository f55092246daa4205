"""`make check`: the codebook against its own examples. Every anchor must be hit by its code, no counter-example may be."""

from __future__ import annotations

from typing import Any

from pipeline import codebook as codebooks
from pipeline import tables
from pipeline.annotate import each as annotate
from pipeline.coders.material import gather
from pipeline.coders.rule import code as code_by_rules
from pipeline.inputs import checked
from pipeline.places import Places
from pipeline.problems import Problem
from pipeline.study import Coding


def check(places: Places) -> tuple[list[Problem], list[str], str]:
    """(problems, advice, summary). Raises `Stop` where files cannot be used at all."""
    from types import SimpleNamespace

    study = checked(places)
    book = codebooks.load(places.codebooks / "codebook.yaml")
    found = example_hits(book, SimpleNamespace(annotate=study.annotate))
    file = places.show(places.codebooks / "codebook.yaml")
    problems, missed, examples = [], 0, 0
    for code in book.codes:
        for example in code.entry.examples:
            examples += 1
            if example.by != "model" and code.rules and code.id not in found[example.text]:
                missed += 1
                what = f"Das Ankerbeispiel »{_short(example.text)}« findet keine Regel von {code.id}."
                problems.append(
                    Problem(file, code.line, what, "Regel ergänzen, oder beim Beispiel »by: model« eintragen.")
                )
        for example in code.entry.counterexamples:
            if code.id in found[example.text]:
                what = f"Das Gegenbeispiel »{_short(example.text)}« wird von {code.id} getroffen: {found[example.text][code.id]}."
                problems.append(Problem(file, code.line, what, "Regel genauer fassen."))
    advice = [
        f"{c.id} hat weder Regeln noch Beispiele."
        for c in book.codes
        if c.coded and not c.rules and not c.entry.examples
    ]
    summary = f"{len(book.codes)} Kategorien, {len(book.rules())} Regeln, {examples} Ankerbeispiele, davon {missed} ohne Treffer."
    return problems, advice, summary


def _short(text: str) -> str:
    return text if len(text) <= 70 else text[:67] + "…"


def example_hits(book: codebooks.Codebook, settings: Any) -> dict[str, dict[str, str]]:
    """Text of every example -> codes whose rules count a hit in it, with the matched words."""
    texts = sorted({e.text for c in book.codes for e in (*c.entry.examples, *c.entry.counterexamples)})
    turns = tables.frame(
        "turns",
        [
            {"doc": "x", "turn": n, "role": "respondent", "text": t.replace("\n", " "), "raw_sha256": str(n)}
            for n, t in enumerate(texts, 1)
        ],
    )
    results = annotate(turns, settings)
    segments, tokens, types = (tables.frame(name, results[name]) for name in ("segments", "tokens", "types"))
    empty = {name: tables.frame(name, []) for name in ("questions", "changes", "replacements")}
    material = gather(
        turns, segments, tokens, types, **empty, expected={}, decisions=[], roles=("respondent",), reach=Coding().reach
    )
    found: dict[str, dict[str, str]] = {text: {} for text in texts}
    for row in code_by_rules(material, book):
        if not row.get("reason", "").strip() or row["reason"].startswith("Vorrang"):
            found[texts[row["turn"] - 1]][row["code"]] = f"{row['matched']} ({row['rule']})"
    return found
