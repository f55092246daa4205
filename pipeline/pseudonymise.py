"""Stage 3, pseudonymise: reading texts -> turns without what identifies people; files and speakers under neutral names.

Replaced are telephone numbers, e-mail addresses and every form in the researchers' list
`private/<study>/pseudonyms.csv`. Existing masks stay as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.lists import CASES, KEY, Listing, read_list
from pipeline.offsets import Edit, apply, changes, draft
from pipeline.tables import CODED_ROLES

if TYPE_CHECKING:
    import pandas as pd

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?![\w-])")
# Labels that say a role and no name; any other label is replaced by one of these.
_NEUTRAL = re.compile(
    r"(?:[A-ZÄÖÜ]{1,2}[mf]?|I[PNV]?|Int|TN|SPK|KP|Vp|BEFR|IP|Mod|Teilnehmer(?:in)?|Sprecher(?:in)?|Speaker|SPEAKER|Person|Interviewer(?:in)?|"
    r"Interviewte[rn]?|Befragte[rn]?|Moderat(?:or|orin|ion)|Ehefrau|Ehemann|Tochter|Sohn|Protokollant(?:in)?|Unbekannt)?[ _.]{0,2}\d{0,3}\.?"
)
_NEUTRAL_STEM = {"interviewer": "I", "respondent": "B", "third": "D", "unknown": "P", "none": "X"}
_OF_THE_CONVERSATION = frozenset(
    {"interviewer", "interviewerin", "erhebung", "mode", "datum", "date", "welle", "wave", "zugang", "access"}
)
_FILE_KEY = Listing("cases.csv", CASES)
_NAMED = {"voice": ("voice", "stimme"), "access": ("access", "zugang"), "language": ("language", "sprache"),
          "interviewer": ("interviewer", "interviewerin")}  # fmt: skip


def each(
    sources: pd.DataFrame, labels: pd.DataFrame, turns_raw: pd.DataFrame, turns_clean: pd.DataFrame,
    settings: SimpleNamespace, cases_file: Path, key_file: Path,
) -> dict[str, list[dict[str, Any]]]:  # fmt: skip
    """One interview, pseudonymised, with its documents row, speakers and cases."""
    finders = replacer(read_list(key_file, KEY))
    source = sources.iloc[0]
    known = [
        r
        for r in read_list(cases_file, _FILE_KEY)
        if _same_file(r["file"], source["file"]) or r["file"] == source["doc"]
    ]
    names = neutral_labels(labels)
    persons = _cases_of(source["doc"], labels, known)
    results: dict[str, list[dict[str, Any]]] = {"turns": [], "replacements": []}
    for raw, clean in zip(turns_raw.itertuples(), turns_clean.itertuples(), strict=True):
        text, made = replace(clean.text, finders, settings.pseudonymise)
        place = {"doc": raw.doc, "turn": raw.turn}
        results["turns"].append(
            {
                **place, "speaker": names.get(raw.speaker, raw.speaker), "case": persons.get(raw.speaker, ""), "role": raw.role,
                "t_start": raw.t_start, "t_end": raw.t_end, "source_ref": raw.source_ref, "text": text,
                "raw_sha256": raw.raw_sha256,
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
    results["cases"] = _cases(source, labels, names, persons, known, settings.variables)
    return results


def replacer(rows: Iterable[Mapping[str, str]]) -> list[tuple[re.Pattern[str], str]]:
    """Patterns with replacements, longest form first, each with its genitive (`Müllers`)."""
    found = []
    for row in sorted(rows, key=lambda r: (-len(r["form"]), r["form"])):
        form = row["form"].strip()
        if form and row["replacement"].strip():
            found.append((re.compile(rf"(?<![^\W_]){re.escape(form)}(s|')?(?![^\W_])"), row["replacement"].strip()))
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


def neutral_labels(labels: pd.DataFrame) -> dict[str, str]:
    """Speaker label -> label that holds no name: role labels stay, others become I1, B1 … in order."""
    given = [row.label for row in labels.itertuples()]
    kept = {label: label for label in given if _NEUTRAL.fullmatch(label)}
    used = set(kept.values())
    for row in labels.itertuples():
        if row.label in kept:
            continue
        stem = _NEUTRAL_STEM[row.role]
        number = next(n for n in range(1, len(given) + len(used) + 2) if f"{stem}{n}" not in used)
        kept[row.label] = f"{stem}{number}"
        used.add(kept[row.label])
    return kept


def _same_file(listed: str, file: str) -> bool:
    # Researchers type the name with or without folder and ending.
    listed, file = listed.strip().replace("\\", "/"), file
    return listed in (file, file.rsplit("/", 1)[-1], Path(file).stem)


def _cases_of(doc: str, labels: pd.DataFrame, known: list[dict[str, str]]) -> dict[str, str]:
    """Speaker label -> case id: the researchers' where cases.csv names one, else the interview's id (and a number)."""
    speaking = [row.label for row in labels.itertuples() if row.role in CODED_ROLES]
    ids = {label: doc if len(speaking) == 1 else f"{doc}-{n}" for n, label in enumerate(speaking, 1)}
    for row in known:
        for label in speaking if not row["speaker"] else [row["speaker"]]:
            if label in ids and row["case"]:
                ids[label] = row["case"]
    return ids


def _document(source: pd.Series, finders: list[tuple[re.Pattern[str], str]], settings: Any) -> dict[str, Any]:
    row = source.to_dict()
    row["file"] = replace(row["file"], finders, settings)[0]
    return row


def _speakers(labels: pd.DataFrame, names: Mapping[str, str], persons: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "doc": r.doc, "speaker": names[r.label], "role": r.role, "confidence": r.confidence, "evidence": r.evidence,
            "turns": r.turns, "words": r.words, "case": persons.get(r.label, ""),
        }
        for r in labels.itertuples()
    ]  # fmt: skip


def _cases(
    source: pd.Series, labels: pd.DataFrame, names: Mapping[str, str], persons: Mapping[str, str],
    known: list[dict[str, str]], variables: Mapping[str, Any],
) -> list[dict[str, Any]]:  # fmt: skip
    """One row a respondent: named columns and declared variables, from cases.csv or else from the file's own header."""
    header = json.loads(source["meta"]) if source["meta"] else {}
    rows = []
    for label, case in persons.items():
        own = next((r for r in known if r["speaker"] == label), None) or next(
            (r for r in known if not r["speaker"]), {}
        )
        # What a header says of one person does not hold for each of several; what it says of the conversation does.
        shared = header if len(persons) == 1 else {k: v for k, v in header.items() if k in _OF_THE_CONVERSATION}
        said = {**shared, **{k: v for k, v in own.items() if v}}
        row: dict[str, Any] = {"case": case, "doc": source["doc"], "speaker": names[label]}
        for column, keys in _NAMED.items():
            row[column] = next((said[k] for k in keys if said.get(k)), "")
        row["interviewer"] = _initials(row["interviewer"])
        row["language"] = row["language"] or "Deutsch"
        for name, variable in variables.items():
            keys = (name, *variable.aliases)
            row[name] = next(
                (said[k.lower()] for k in keys if said.get(k.lower())),
                source.get(name, "") if name in source.index else "",
            )
        rows.append(row)
    return rows


def _initials(name: str) -> str:
    """An interviewer's name as initials; short marks such as `mk` stay.

    >>> _initials("Marta Kern"), _initials("mk")
    ('MK', 'mk')
    """
    words = name.split()
    return name if len(name) <= 3 else "".join(word[0] for word in words if word[0].isupper())
