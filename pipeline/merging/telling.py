"""What merging came to, in German lines: what came, what contradicts what, what does not fit this copy, and what is left to people."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline import codebook
from pipeline.merging.contradictions import NAME, SAME_ID, SAME_PLACE, SAME_QUOTE, SAME_READING
from pipeline.merging.plans import KINDS, Plan, rows_new
from pipeline.merging.source import OTHERS, Other
from pipeline.merging.uniting import Row
from pipeline.places import Places
from pipeline.problems import Stop

SHOWN = 10
_WORDS = {
    SAME_PLACE: "dieselbe Person, dieselbe Stelle und Kategorie, anders entschieden", SAME_ID: "dieselbe Kennung, anderer Inhalt",
    SAME_QUOTE: "dieselbe Stelle, anders über das Zitat entschieden; ein »nein« gilt", SAME_READING: "dasselbe erste Lesen, andere Notiz",
}  # fmt: skip


def came(found: Sequence[Plan]) -> list[str]:
    """What each list got."""
    lines = []
    for plan in found:
        new, known = len(plan.made.new), len(set(plan.made.theirs)) - len(plan.made.new)
        rows = "keine neue Zeile" if not new else "1 neue Zeile" if new == 1 else f"{new} neue Zeilen"
        lines.append(f"  {plan.name}: {rows}" + (f", {known} {'war' if known == 1 else 'waren'} schon da" if known else ""))
        if plan.renamed:
            lines.append(f"    Unter »{plan.renamed}« wurde hier etwas anderes gezogen; die Auswahl der anderen Kopie heißt hier {Path(plan.name).stem}.")
    return lines


def contradicted(places: Places, conflicts: Sequence[Row]) -> list[str]:
    if not conflicts:
        path = places.codebooks / NAME
        before = f"; was früher gefunden wurde, steht in {places.show(path)}" if path.is_file() else ""
        return [f"{'Neue ' if before else ''}Widersprüche zwischen den beiden Kopien gibt es nicht{before}."]
    many = "1 Widerspruch" if len(conflicts) == 1 else f"{len(conflicts)} Widersprüche"
    lines = [f"{many} zwischen den beiden Kopien; beide Fassungen stehen in {places.show(places.codebooks / NAME)}:"]
    for row in conflicts[:SHOWN]:
        code = "" if row["list"].startswith("handcoded/") else row["code"]  # of blind readings nothing is told to whoever merges
        where = ", ".join(part for part in (row["doc"], code, row["coder"], row["id"]) if part)
        counts = {"ours": "; es gilt die dieser Kopie", "theirs": "; es gilt die der anderen Kopie (später)"}.get(row["counts"], "")
        lines.append(f"  {row['list']} ({where}): {_WORDS[row['what']]}{counts}")
    return [*lines, *([f"  … und {len(conflicts) - SHOWN} weitere"] if len(conflicts) > SHOWN else [])]


def unfitting(places: Places, other: Other, found: Sequence[Plan]) -> list[str]:
    """What shows that the other copy is not of quite the same study: its name, codebook, conversations."""
    lines = []
    if other.study and other.study != places.study:
        lines.append(f"Die andere Kopie heißt »{other.study}«, diese »{places.study}«: Bitte prüfen, ob es dieselbe Studie ist.")
    return [*lines, *_codebook(places, other, rows_new(found)), *_conversations(places, rows_new(found))]


def _codebook(places: Places, other: Other, rows: Iterable[Row]) -> list[str]:
    lines = []
    if _differs(places.codebooks / "codebook.yaml", other.folder / "codebook.yaml"):
        lines.append("Das Codebuch der anderen Kopie ist ein anderes. Übernommen ist es nicht; bitte vergleichen mit »make diff OLD=…«.")
    try:
        book = codebook.load(places.codebooks / "codebook.yaml")
    except Stop:
        return [*lines, "Das eigene Codebuch lässt sich nicht lesen; ob die Kategorien bekannt sind, ist nicht geprüft (»make check«)."]
    known = {*book.by_id(), *book.heirs()}
    strange = Counter(row["code"] for row in rows if row.get("code") and row["code"] not in known)
    if strange:
        words = ", ".join(f"{code} ({n} {'Zeile' if n == 1 else 'Zeilen'})" for code, n in sorted(strange.items()))
        lines.append(f"Kategorien, die im Codebuch hier fehlen: {words}. Die Zeilen sind übernommen und zählen erst, wenn es die Kategorie gibt.")
    return lines


def _conversations(places: Places, rows: Iterable[Row]) -> list[str]:
    """Rows on conversations and turns that the last run here does not know; they are kept."""
    path = places.outputs / "tables" / "turns.csv"
    anchored = [row for row in rows if row.get("doc") and row.get("raw_sha256")]
    if not anchored:
        return []
    if not path.is_file():
        return ["Ob die Gespräche beider Kopien dieselben sind, ließ sich nicht prüfen: Hier liegt noch keine Auswertung (»make analyze«)."]
    with path.open(encoding="utf-8-sig", newline="") as file:
        turns = {(row["doc"], row["raw_sha256"]) for row in csv.DictReader(file)}
    docs, hashes = {doc for doc, _ in turns}, {sha for _, sha in turns}
    missing = [row for row in anchored if row["doc"] not in docs]
    other = [row for row in anchored if row["doc"] in docs and (row["doc"], row["raw_sha256"]) not in turns]
    numbered = {row["doc"] for row in (*missing, *other) if row["raw_sha256"] in hashes}
    lines = []
    if missing:
        lines.append(f"{_rows(missing)} zu Gesprächen, die hier fehlen ({', '.join(sorted({row['doc'] for row in missing}))}); übernommen, gelten aber erst, wenn die Transkripte da sind.")
    if other:
        lines.append(f"{_rows(other)} zu Redebeiträgen, die hier anders lauten; die Stellen werden beim nächsten Lauf gesucht.")
    if numbered:
        lines.append(f"Unter anderen Nummern liegen hier Redebeiträge aus {', '.join(sorted(numbered))}: Bitte private/{places.study}/documents.csv beider Kopien vergleichen.")
    return lines


def _rows(rows: Sequence[Row]) -> str:
    return "1 Zeile" if len(rows) == 1 else f"{len(rows)} Zeilen"


def left_alone(places: Places, other: Other) -> list[str]:
    """Files of people that are not united, where both copies have them and they differ."""
    names = [*(name for name in OTHERS if name != "codebook.yaml"), *sorted(path.name for path in other.folder.glob("*.csv") if path.name not in (*KINDS, NAME))]
    differing = [name for name in names if _differs(places.codebooks / name, other.folder / name)]
    return [f"Nicht vereint werden Einstellungen, Fallliste und Arbeitsblätter; verschieden sind: {', '.join(differing)}. Bitte selbst vergleichen."] if differing else []


def _differs(ours: Path, theirs: Path) -> bool:
    if not theirs.is_file():
        return False
    return not ours.is_file() or ours.read_bytes().replace(b"\r\n", b"\n") != theirs.read_bytes().replace(b"\r\n", b"\n")
