"""Which forms must not stand in results: those of the list of names that are replaced, with whether they are German words too."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from pipeline.leaking.forms import Original, index
from pipeline.leaking.masking import veiled
from pipeline.naming.key import DECLARED

if TYPE_CHECKING:
    import pandas as pd

TITLES = ("Frau", "Herr", "Herrn", "Familie", "Dr.", "Herr Dr.", "Frau Dr.", "Pastor", "Pfarrer", "Imam", "Hodscha")


def originals(entities: pd.DataFrame) -> list[Original]:
    """The forms of the table `entities` that must not be seen."""
    found = []
    for e in entities.itertuples():
        if e.status not in ("proposed", "confirmed") or e.level == "keep":
            continue
        wordlike = set(e.wordlike.split(" | "))
        for form in filter(None, e.forms.split(" | ")):
            if form.casefold() in e.replacement.casefold():
                continue  # people chose a replacement that says the word (`Nachbarin` -> `[Nachbarin]`)
            titles = TITLES if e.kind == "person" else ()
            plain = form in wordlike and e.everywhere != "ja"
            found.append(Original(form, e.kind, plain, titles, e.entity))
    return found


def stays(entities: pd.DataFrame) -> list[str]:
    """A sentence on every word that an earlier run replaced and that stays since study.yaml names it; until its note is deleted."""
    return [
        f"»{e.name}« ({e.entity} in pseudonyms.csv) steht in study.yaml und bleibt deshalb lesbar; bisher stand dafür {e.replacement}."
        for e in entities.itertuples() if e.level == "keep" and DECLARED in e.note
    ]  # fmt: skip


def masking(entities: pd.DataFrame) -> Callable[[str], str]:
    """A function that masks all names of the study in a text that is shown; the same text is looked at once."""
    forms = index(originals(entities))
    return cache(lambda text: veiled(forms, text))
