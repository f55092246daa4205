"""Tables of a run of the tiny study, made by hand: all that the forms of the report read, without a run."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pipeline import given, study
from pipeline.stages import BY_NAME
from pipeline.tables import TABLES, frame

BOOK = Path(__file__).parent / "study" / "codebooks"
HOSTILE = '=HYPERLINK("http://example.org";"klick") <w:p>\u202etxet\u202c & Schiff\u00adfahrt ü'
FILES = {"codebook_file": BOOK / "codebook.yaml", "guide_file": BOOK / "guide.yaml", "method_file": BOOK / "method.yaml"}


def settings(stage: str, **changes: Any) -> SimpleNamespace:
    """The settings a stage declares, of the tiny study."""
    made = given.settings(BY_NAME[stage], study.load(BOOK / "study.yaml"))
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def row(name: str, **values: Any) -> dict[str, Any]:
    """A row of a table: what is not given is empty."""
    empty = {"str": "", "int": 0, "float": float("nan")}
    return {column: values.get(column, empty[kind]) for column, kind in TABLES[name].columns.items()} | {k: v for k, v in values.items() if k in ("gruppe", "sozialraum")}


def tables(stage: str, said: str = "Wir trainieren die Kinder.", **more: list[dict[str, Any]]) -> dict[str, Any]:
    """Two people, one of whom may not be quoted; each has a passage that people read on `ENG.verein`; one proposal on `BED.raum`."""
    people = (("I001", "yes", "verein"), ("I002", "no", "politik"))
    mentions = [row("findings_mentions", mention=f"m{n}", doc=doc, turn=2, start=0, end=len(said), code=code, case=doc, question="L5", prompt="asked", stance="affirmed", about="self", basis=basis, coder="mk") for n, (doc, code, basis) in enumerate((("I001", "ENG.verein", "reviewed"), ("I002", "ENG.verein", "reviewed"), ("I001", "BED.raum", "proposed")))]  # fmt: skip
    given: dict[str, list[dict[str, Any]]] = {
        "documents": [row("documents", doc=doc, file=f"{doc}.txt", status="ok", date="2026-03-05") for doc, *_ in people],
        "speakers": [row("speakers", doc=doc, speaker="B", role="respondent", case=doc, quotable=quotes) for doc, quotes, _ in people],
        "cases": [row("cases", case=doc, doc=doc, speaker="B", gruppe=group, sozialraum="Nord") for doc, _, group in people],
        "turns": [row("turns", doc=doc, turn=2, speaker="B", role="respondent", case=doc, text=said) for doc, *_ in people],
        "codes": [row("codes", code=code, label=label, level=code.count("."), parent=code.rpartition(".")[0], order=n, coded="yes") for n, (code, label) in enumerate((("ENG", "Engagement"), ("ENG.verein", "Vereinsarbeit"), ("BED", "Bedarfe"), ("BED.raum", "Räume")))],
        "findings_mentions": mentions,
        "findings_codes": [row("findings_codes", order=0, code="ENG.verein", n_mentions=2, n_cases=2, n_asked=2, n_cases_asked=2), row("findings_codes", order=1, code="BED.raum", n_proposed=1, n_cases_proposed=1)],
        "findings_quotes": [row("findings_quotes", code=m["code"], rank=n, mention=m["mention"], case=m["case"]) for n, m in enumerate(mentions)],
        "findings_release": [row("findings_release", mention=m["mention"], consent="yes" if m["doc"] == "I001" else "no") for m in mentions],
        "findings_scope": [row("findings_scope", family="engagement", code="ENG.verein", given="yes"), row("findings_scope", family="needs", code="BED.raum", given="yes")],
        "codings": [row("codings", coding=m["mention"], doc=m["doc"], turn=2, start=0, end=len(said), code=m["code"], quote=said, matched=said, status="accepted", case=m["case"]) for m in mentions],
    }  # fmt: skip
    return {name: frame(name, (given | more).get(name, []), ("gruppe", "sozialraum")) for name in BY_NAME[stage].reads}
