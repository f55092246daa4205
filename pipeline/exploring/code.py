"""All that there is to explore about one category: what is key in it, what its rules miss, what is like it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.codebook import Codebook
from pipeline.exploring import coded, passages, suggestions, synonyms
from pipeline.exploring.keyness import against_german, against_rest
from pipeline.exploring.material import Material
from pipeline.exploring.meaning import Reader
from pipeline.exploring.part import Column, Key, Part, few

if TYPE_CHECKING:
    import pandas as pd


def parts(
    material: Material, code: str, codes: pd.DataFrame, mentions: pd.DataFrame, book: Codebook, reader: Reader
) -> tuple[list[Part], list[str], list[str]]:  # fmt: skip
    """(tables, lines of YAML to paste, remarks) about a category; what counts below it counts for it."""
    own = coded.sentences(material, coded.of_codes(mentions, [code]))
    anything = coded.sentences(material, mentions)
    here = coded.tokens(material, own)
    names = coded.family(code, codes)
    entries = [entry for name, entry in book.by_id().items() if name in names]
    rules = [rule for entry in entries for rule in entry.rules]
    examples = [example.text for entry in entries for example in entry.entry.examples]

    def key(lemma: str) -> Key:
        return Key("code", f"{code}:{lemma}")

    title = f"Sätze mit {code}"
    tables = [
        against_rest(material, here, coded.tokens(material, ~own), key, (title, "alle anderen Sätze der Befragten"), test=False),
        against_german(material, here, key, title),
    ]
    known, failed = suggestions.covered(material, rules)
    found = suggestions.tried(material, own, known, suggestions.candidates(material, own))
    tables.append(suggestions.part(material, code, found, failed))
    tables.append(passages.near(material, anything, own, examples, reader))
    further = [one.candidate.rule for one in found if one.candidate.kind == "lemma"]
    extra = synonyms.part(material, code, rules, known, further)
    people = coded.people(material, own)
    remarks = [f"{int((own & material.said).sum())} Sätze bei {people} Befragten tragen {code}{_hint(people)}."]
    remarks += [] if extra is not None else [synonyms.ABSENT]
    lines = suggestions.snippet(found)
    return [*tables, *([extra] if extra is not None else []), *([_yaml(code, lines)] if lines else [])], lines, remarks


def _hint(people: int) -> str:
    return f" ({few(people)})" if people < 3 else ""


def _yaml(code: str, lines: list[str]) -> Part:
    """The lines to paste as a sheet of its own, one a row."""
    rows = [(line,) for line in lines]
    keys = [Key("code", f"{code}:yaml:{line.partition('#')[0].strip()}") for line in lines]
    note = f"Unter »match:« der Kategorie {code} in codebook.yaml einfügen, durchsehen, dann »make check«."
    return Part("Zum Einfügen", (Column("codebook.yaml"),), rows, keys, (note,))
