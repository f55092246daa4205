"""What the leak check found, in German sentences that hold no name; warnings gathered, so that one cause is told once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.leaking.forms import Original, index
from pipeline.leaking.lookup import hits

MOST = 3  # further files that are named
RULES = {
    "form": "steht da", "title": "steht mit Anrede da", "alone": "steht da, ist aber auch ein gewöhnliches Wort",
    "inflected": "steht gebeugt da", "transliterated": "steht in anderer Schreibung da", "one-letter": "steht fast so da",
    "compact": "steht in anderer Schreibung da", "figures": "steht da", "mojibake": "steht mit falschen Zeichen da",
    "path": "steht im Namen der Datei oder des Ordners", "replacement": "ist selbst ein Ersatzname",
}  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """What was seen where. `path` is masked where it holds a name itself; `context` always is. `source`: file and line of what
    researchers wrote themselves, where the same stands there."""

    level: str
    path: str
    place: str
    context: str
    entity: str
    rule: str
    count: int
    source: str = ""


def message(finding: Finding, files: Sequence[str] = ()) -> str:
    """The finding in a German sentence without the name; `files`: others that hold the same.

    >>> message(Finding("leak", "report.html", "Zeile 3", "sagte K…a zu mir", "P7", "form", 2))
    'report.html, Zeile 3: Der Name von P7 steht da (»sagte K…a zu mir«; 2 Stellen).'
    """
    where = ", ".join(part for part in (finding.path, finding.place) if part)
    times = f"; {finding.count} Stellen" if finding.count > 1 else ""
    lead = f"{where}: " if where else ""
    told = f"{lead}Der Name von {finding.entity} {RULES[finding.rule]} (»{finding.context}«{times})."
    if files:
        rest = f" und {len(files) - MOST} weiteren" if len(files) > MOST else ""
        told += f" Ebenso in {', '.join(files[:MOST])}{rest}."
    if finding.source:
        told += f" Dasselbe haben die Forschenden selbst geschrieben ({finding.source}); ist dort jemand anders gemeint, darf es bleiben."
    return told


def gathered(findings: Iterable[Finding]) -> list[str]:
    """One sentence an entity and way of standing there; kept codebooks last, since others show the same first."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: f.path.startswith("history/")):
        groups.setdefault((finding.entity, finding.rule), []).append(finding)
    told = []
    for first, *others in groups.values():
        source = next((f.source for f in (first, *others) if f.source), "")
        files = list(dict.fromkeys(f.path for f in others if f.path != first.path))
        told.append(message(replace(first, source=source), files))
    return told


def sourced(findings: Sequence[Finding], originals: Iterable[Original], files: Iterable[tuple[str, str]]) -> list[Finding]:
    """The findings, each with the first place in `files` (name, text), which researchers wrote, that holds the same name in the same way."""
    wanted = {finding.entity for finding in findings}
    forms = index([original for original in originals if original.entity in wanted])
    known: dict[tuple[str, str], str] = {}
    for name, text in files:
        for hit in hits(forms, text):
            key = (forms.originals[hit.number].entity, hit.rule)
            if key not in known:
                known[key] = f"{name}, Zeile {text.count(chr(10), 0, hit.start) + 1}"
    return [replace(finding, source=known.get((finding.entity, finding.rule), "")) for finding in findings]
