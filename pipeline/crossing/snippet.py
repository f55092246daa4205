"""A new category as YAML to be pasted into the codebook: a draft, and marked as one."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.sheets.yaml_render import flow, item

COLUMN = 2  # where the dashes of the codebook's `codes:` stand
DRAFT = "ENTWURF: "


def snippet(name: str, label: str, words: Sequence[str], quotes: Sequence[tuple[str, str]], near: tuple[str, str] | None, since: str) -> str:
    """Lines for the end of `codes:`, with the search rule commented out: single words fire too often before somebody has looked at
    them. `quotes`: text and interview with turn, so that a quote is found again when somebody withdraws consent. `near`: id and label of the nearest category. Examples are `by: model`, so that they hold with the rule and without.
    """
    said = ", ".join(f"»{word}«" for word in words[:5]) or f"»{label}«"
    entry = {
        "id": name,
        "label": label,
        "definition": f"{DRAFT}Was Befragte rund um {said} erzählen. Bitte nach dem Lesen der Stellen in eigene Worte fassen.",
        "include": [f"{DRAFT}Äußerungen rund um {said}."],
        "exclude": [f"{DRAFT}Was schon zu {near[0]} ({near[1]}) gehört."] if near else [],
        "examples": [{"text": quote, "by": "model"} for quote, _ in quotes],
        "since": since,
    }
    lines = item({key: value for key, value in entry.items() if value != []}, COLUMN)
    inner = " " * (COLUMN + 2)
    if quotes:
        lines.append(f"{inner}# Beispiele aus {', '.join(place for _, place in quotes)}. Wird eines dieser Gespräche zurückgezogen, hier mit streichen.")
    single, several = ([word for word in words if (len(word.split()) > 1) == more] for more in (False, True))
    rules = [f"{inner}#   - {kind}: {flow(list(found), 'text')}" for kind, found in (("lemma", single), ("phrase", several)) if found]
    if rules:
        lines += [f"{inner}# Suchregel als Vorschlag: Wörter streichen, die zu viel fänden, dann das # davor löschen und mit make check prüfen.", f"{inner}# match:", *rules]
    return "\n".join(lines) + "\n"
