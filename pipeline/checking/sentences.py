"""Training sentences that are well-formed and yet teach little: exact doubles, codes with too few, and lists that name no code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pipeline.codebook import Codebook
from pipeline.learning import fair, training
from pipeline.problems import did_you_mean

FEW = 15  # below, proposals of a code are called unsure
LEAST = 2  # below, the model proposes none
SHOWN = 5
NAMED = 12


def advice(book: Codebook, folder: Path, fairness: Path) -> list[str]:
    """German lines, a few of each kind. Raises `Stop` for files that cannot be used."""
    found = training.gather(book, folder)
    return [*_doubles(found), *_few(book, found), *_unknown(book, fairness)]


def _doubles(found: Iterable[training.Sentence]) -> list[str]:
    lines = [f"{one.file}, Zeile {one.line}: Derselbe Ankersatz {one.why}; er zählt einmal." for one in found if one.why and one.why != training.NO_WORDS and one.kind == training.ANCHOR]
    return _some(lines, "doppelte Ankersätze")


def _few(book: Codebook, found: Iterable[training.Sentence]) -> list[str]:
    """Codes that people may give and the model cannot learn, or not well; definitions are compared with, not learnt from."""
    number = Counter(code for one in found if not one.why and one.kind != training.DEFINITION for code in one.codes)
    coded = [code.id for code in book.codes if code.coded]
    none, few = [c for c in coded if number[c] < LEAST], [c for c in coded if LEAST <= number[c] < FEW]
    lines = []
    if none:
        lines.append(f"anchors/: Ohne Ankersätze, deshalb ohne Vorschläge des Modells: {_list(none)}.")
    if few:
        lines.append(f"anchors/: Weniger als {FEW} Ankersätze und Beispiele, deshalb unsichere Vorschläge: {_list(few)}.")
    return lines


def _unknown(book: Codebook, fairness: Path) -> list[str]:
    known = book.by_id()
    strange = Counter(row.code for row in fair.read(fairness) if row.code not in known)
    lines = [
        f"fairness.csv: Die Kategorie »{code}« ({number} Zeilen) steht nicht im Codebuch; diese Zeilen zählen nicht. {did_you_mean(code, known)}".strip()
        for code, number in strange.items()
    ]
    return _some(lines, "Kategorien in fairness.csv")


def _list(codes: list[str]) -> str:
    return ", ".join(codes[:NAMED]) + (f" und {len(codes) - NAMED} weitere" if len(codes) > NAMED else "")


def _some(lines: list[str], what: str) -> list[str]:
    return [*lines[:SHOWN], *([f"… und {len(lines) - SHOWN} weitere {what}"] if len(lines) > SHOWN else [])]
