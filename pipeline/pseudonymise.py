"""Stage 3, pseudonymise: reading texts -> turns without what identifies people; files and speakers under neutral names.

Replaced are telephone numbers, e-mail addresses and every form in the researchers' list
`private/<study>/pseudonyms.csv`. Existing masks stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.conflicts import contradictions, near_duplicates
from pipeline.lists import KEY, LISTS, read_list
from pipeline.offsets import Edit, apply, changes, draft
from pipeline.persons import cases, cases_of, neutral_labels, notes, rows_for

if TYPE_CHECKING:
    import pandas as pd

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?![\w-])")


def each(
    sources: pd.DataFrame, labels: pd.DataFrame, turns_raw: pd.DataFrame, turns_clean: pd.DataFrame,
    settings: SimpleNamespace, cases_file: Path, key_file: Path,
) -> dict[str, list[dict[str, Any]]]:  # fmt: skip
    """One interview, pseudonymised, with its documents row, speakers and cases."""
    finders = replacer(read_list(key_file, KEY))
    source = sources.iloc[0]
    known = rows_for(read_list(cases_file, LISTS["cases.csv"]), source["doc"], source["file"])
    names = neutral_labels(labels)
    persons = cases_of(source["doc"], labels, known)
    results: dict[str, list[dict[str, Any]]] = {"turns": [], "replacements": []}
    for raw, clean in zip(turns_raw.itertuples(), turns_clean.itertuples(), strict=True):
        text, made = replace(clean.text, finders, settings.pseudonymise)
        place = {"doc": raw.doc, "turn": raw.turn}
        results["turns"].append(
            {
                **place, "speaker": names.get(raw.speaker, raw.speaker), "case": persons.get(raw.speaker, ""), "role": raw.role,
                "t_start": raw.t_start, "t_end": raw.t_end, "t_source": raw.t_source, "overlaps": raw.overlaps,
                "source_ref": raw.source_ref, "text": text, "raw_sha256": raw.raw_sha256,
            }
        )  # fmt: skip
        results["replacements"] += [
            {
                **place, "kind": c.rule, "clean_start": c.start, "clean_end": c.end, "start": c.new_start, "end": c.new_end,
                "before": c.before, "after": c.after,
            }
            for c in made
        ]  # fmt: skip
    results["documents"] = [_document(source, finders, settings.pseudonymise)]
    results["speakers"] = _speakers(labels, names, persons)
    results["cases"] = cases(
        source,
        labels,
        names,
        persons,
        known,
        settings.variables,
        lambda text: replace(text, finders, settings.pseudonymise)[0],
    )
    return results


def whole(
    sources: pd.DataFrame, labels: pd.DataFrame, turns_raw: pd.DataFrame, cases: pd.DataFrame, settings: SimpleNamespace,
    cases_file: Path, **_: Any,
) -> dict[str, list[dict[str, Any]]]:  # fmt: skip
    """What does not fit together in what is known of files and respondents, for the report's chapter on limits."""
    known = read_list(cases_file, LISTS["cases.csv"])
    found = [
        *notes(known, sources, labels, cases, settings.variables),
        *contradictions(known, sources, labels, settings.variables),
        *near_duplicates(turns_raw),
    ]
    return {"notes": list({tuple(row.values()): row for row in found}.values())}


def replacer(rows: Iterable[Mapping[str, str]]) -> list[tuple[re.Pattern[str], str]]:
    """Patterns with replacements, longest form first, each with its genitive (`Müllers`)."""
    found = []
    for row in sorted(rows, key=lambda r: (-len(r["form"]), r["form"])):
        form = row["form"].strip()
        if form and row["replacement"].strip():
            # Between two words of a name the file may break its line.
            words = r"\s+".join(re.escape(word) for word in form.split())
            found.append((re.compile(rf"(?<![^\W_]){words}(s|')?(?![^\W_])"), row["replacement"].strip()))
    return found


def replace(text: str, finders: list[tuple[re.Pattern[str], str]], settings: Any) -> tuple[str, list[Any]]:
    """The text with everything identifying replaced, and the changes that were made.

    >>> from pipeline.study import Pseudonymise
    >>> replace("Frau Kayas Mail ist a.b@example.org.", replacer([{"form": "Kaya", "replacement": "Demir"}]), Pseudonymise())[0]
    'Frau Demirs Mail ist [E-Mail-Adresse].'
    """
    taken: list[tuple[int, int]] = []
    edits: list[Edit] = []

    def claim(start: int, end: int, new: str, kind: str) -> None:
        if all(end <= a or start >= b for a, b in taken):
            taken.append((start, end))
            edits.append(Edit(start, end, new, kind))

    if settings.emails and "@" in text:
        for match in EMAIL.finditer(text):
            claim(*match.span(), "[E-Mail-Adresse]", "email")
    if settings.phones and sum(c.isdigit() for c in text) >= 6:
        for start, end in phone_numbers(text, settings.region):
            claim(start, end, "[Telefonnummer]", "phone")
    for pattern, replacement in finders:
        for match in pattern.finditer(text):
            claim(*match.span(), replacement + (match.group(1) or ""), "list")
    done = apply(draft(text), edits)
    return done.text, changes(done)


def phone_numbers(text: str, region: str) -> list[tuple[int, int]]:
    """Places of telephone numbers as the library of that name knows them, and of German ones in looser writing."""
    import phonenumbers

    found = [
        (m.start, m.end) for m in phonenumbers.PhoneNumberMatcher(text, region, leniency=phonenumbers.Leniency.VALID)
    ]
    # Spoken numbers come in pairs and with strokes, which the library takes for something else.
    for match in re.finditer(r"(?<![\d.,])(?:\+\d{2}|0)\d{1,4}[\d \-/]{4,20}\d(?![\d.,]\d)", text):
        if 7 <= sum(c.isdigit() for c in match.group()) <= 15:
            found.append(match.span())
    return found


def _document(source: pd.Series, finders: list[tuple[re.Pattern[str], str]], settings: Any) -> dict[str, Any]:
    row = source.to_dict()
    for column in ("file", "date", "wave", "mode", "notation_evidence"):
        row[column] = replace(unicodedata.normalize("NFC", row[column]), finders, settings)[0]
    return row


def _speakers(labels: pd.DataFrame, names: Mapping[str, str], persons: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "doc": r.doc, "speaker": names[r.label], "role": r.role, "confidence": r.confidence, "evidence": r.evidence,
            "turns": r.turns, "words": r.words, "case": persons.get(r.label, ""),
        }
        for r in labels.itertuples()
    ]  # fmt: skip
