"""Reductions of passages and what becomes of them: how many passages came to each, and a draft of a category as YAML."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from pipeline.sheets.yaml_render import item

COLUMN = 2  # where the dashes of the codebook's `codes:` stand
DRAFT = "ENTWURF: "
HEADING = "NEU"
EXAMPLES, LONGEST = 5, 300
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def same(words: str) -> str:
    """By what two spellings of a reduction are one.

    >>> same("Räume  als Bedingung") == same("räume als bedingung")
    True
    """
    return " ".join(unicodedata.normalize("NFC", words).casefold().split())


def overview(rows: Iterable[Mapping[str, str]]) -> list[dict[str, Any]]:
    """A row a reduction, in its most frequent spelling: passages, interviews, generalisations; those of most passages first."""
    grouped: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        if row["reduction"]:
            grouped.setdefault(same(row["reduction"]), []).append(row)
    found = []
    for some in grouped.values():
        spellings = [row["reduction"] for row in some]
        name = max(dict.fromkeys(spellings), key=spellings.count)
        general = list(dict.fromkeys(row["generalisation"] for row in some if row["generalisation"]))
        docs = sorted({row["doc"] for row in some if row["doc"]})
        found.append({"reduction": name, "n": len(some), "docs": docs, "generalisations": general})
    return sorted(found, key=lambda one: (-one["n"], same(one["reduction"])))


def draft(reduction: str, rows: Iterable[Mapping[str, str]], taken: Collection[str], since: Sequence[str]) -> str:
    """A new category for the end of `codes:`, marked as a draft; nothing where no passage has this reduction. `taken`: ids in use; `since`: what its categories have there.

    Examples are `by: model`, so that they hold although the category has no search rule yet.
    """
    mine = [row for row in rows if row["reduction"] and same(row["reduction"]) == same(reduction)]
    if not mine:
        return ""
    general = list(dict.fromkeys(" ".join(row["generalisation"].split()) for row in mine if row["generalisation"]))
    label = " ".join(mine[0]["reduction"].split())
    chosen = _examples(mine)
    entry = {
        "id": free_id(label, taken), "label": label,
        "definition": f"{DRAFT}{'; '.join(general) or label}. Bitte in eigene Worte fassen.".replace("..", "."),
        "include": [f"{DRAFT}{words}" for words in general[:EXAMPLES]],
        "examples": [{"text": " ".join(row["quote"].split()), "by": "model"} for row in chosen],
        "since": str(max((int(one) for one in since if one.isascii() and one.isdecimal()), default=0) + 1),
    }  # fmt: skip
    lines = item({key: value for key, value in entry.items() if value != []}, COLUMN)
    if chosen:
        docs = ", ".join(dict.fromkeys(row["doc"] for row in chosen))
        lines.append(f"{' ' * (COLUMN + 2)}# Beispiele aus {docs}. Wird eines dieser Gespräche zurückgezogen, hier mit streichen.")
    return "\n".join(lines) + "\n"


def _examples(rows: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Passages of different interviews first; none twice, none too long."""
    short = {same(row["quote"]): row for row in reversed(list(rows)) if row["quote"] and len(row["quote"]) <= LONGEST}
    left = list(reversed(short.values()))
    chosen: list[Mapping[str, str]] = []
    docs: set[str] = set()
    for row in left:
        if row["doc"] not in docs:
            chosen.append(row)
            docs.add(row["doc"])
    return [*chosen, *(row for row in left if row not in chosen)][:EXAMPLES]


def free_id(label: str, taken: Collection[str]) -> str:
    """An id of plain letters that no category has yet.

    >>> free_id("Räume als Bedingung von Begegnung", ["NEU.raeume_als_bedingung"])
    'NEU.raeume_als_bedingung_2'
    """
    plain = unicodedata.normalize("NFKD", label.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    words = "".join(c if c.isalnum() else " " for c in plain).split()[:3]
    name = f"{HEADING}.{'_'.join(words)[:40].strip('_') or 'kategorie'}"
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}_{number}"
    return found
