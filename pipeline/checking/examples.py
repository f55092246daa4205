"""The codebook against its own examples: every anchor must be hit by its code, no counter-example may be."""

from __future__ import annotations

from dataclasses import replace

from pipeline.codebook import Codebook, Conditions
from pipeline.coders.material import Material
from pipeline.coders.rule import code as code_by_rules
from pipeline.passages import material_of
from pipeline.problems import Problem
from pipeline.study import Study


def problems(book: Codebook, study: Study, file: str) -> tuple[list[Problem], str]:
    """Anchors that their code misses and counter-examples that it hits, each with its line; and a summary of the anchors."""
    texts = sorted({e.text for c in book.codes for e in (*c.entry.examples, *c.entry.counterexamples)})
    material = material_of(texts, study)
    counted, uncounted = example_hits(_anywhere(book), material, texts)
    # Whether a condition would keep a rule away from a counter-example cannot be told: it counts as kept where `only` stands.
    against, _ = example_hits(book, material, texts)
    found, anchors, missed = [], 0, 0
    for code in book.codes:
        for number, example in enumerate(code.entry.examples):
            anchors += 1
            if example.by == "model" or not code.rules or code.id in counted[example.text]:
                continue
            missed += 1
            what = f"Das Ankerbeispiel »{_short(example.text)}« findet keine Regel von {code.id}."
            hint = "Regel ergänzen, oder beim Beispiel »by: model« eintragen."
            if nearly := uncounted[example.text].get(code.id):
                hint = f"Gefunden, aber nicht gezählt: {nearly}. »counts« anpassen oder die Regel ändern."
            found.append(Problem(file, code.line_of("examples", number), what, hint))
        for number, example in enumerate(code.entry.counterexamples):
            if code.id in against[example.text]:
                what = f"Das Gegenbeispiel »{_short(example.text)}« wird von {code.id} getroffen: {against[example.text][code.id]}."
                found.append(Problem(file, code.line_of("counterexamples", number), what, "Regel genauer fassen."))
    return found, f"{anchors} Ankerbeispiele, davon {missed} ohne Treffer"


def _anywhere(book: Codebook) -> Codebook:
    """The codebook as if its rules held for everybody: an example tells neither who says it nor in answer to what."""

    def codes_alone(conditions: Conditions) -> Conditions:
        return tuple((key, values) for key, values in conditions if key == "code")

    codes = [
        replace(c, rules=tuple(replace(r, only=codes_alone(r.only), unless=codes_alone(r.unless)) for r in c.rules)) for c in book.codes
    ]
    return replace(book, codes=tuple(codes))


def example_hits(book: Codebook, material: Material, texts: list[str]) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """Text of every example -> codes whose rules count a hit in it, with the words; and those that hit and do not count, with why.

    `material` holds the texts as its turns, in their order.
    """
    counted: dict[str, dict[str, str]] = {text: {} for text in texts}
    uncounted: dict[str, dict[str, str]] = {text: {} for text in texts}
    for row in code_by_rules(material, book):
        text = texts[row["turn"] - 1]
        if not row["reason"] or row["reason"].startswith("Vorrang"):
            counted[text][row["code"]] = f"{row['matched']} ({row['rule']})"
        else:
            uncounted[text][row["code"]] = f"»{row['matched']}« {row['reason']}{' (' + row['cue'] + ')' if row['cue'] else ''}"
    return counted, uncounted


def _short(text: str) -> str:
    return text if len(text) <= 70 else text[:67] + "…"
