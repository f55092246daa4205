"""Who the respondents are: neutral speaker labels, cases, and what is known of each from headers and cases.csv."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from pipeline.registry import same_file
from pipeline.tables import CODED_ROLES

if TYPE_CHECKING:
    import pandas as pd

# Labels that say a role and no name; any other label is replaced by one of these.
_NEUTRAL = re.compile(
    r"(?:[A-ZÄÖÜ]{1,2}[mf]?|I[PNV]?|Int|TN|SPK|KP|Vp|BEFR|IP|Mod|Teilnehmer(?:in)?|Sprecher(?:in)?|Speaker|SPEAKER|Person|Interviewer(?:in)?|"
    r"Interviewte[rn]?|Befragte[rn]?|Moderat(?:or|orin|ion)|Ehefrau|Ehemann|Tochter|Sohn|Protokollant(?:in)?|Unbekannt)?[ _.]{0,2}\d{0,3}\.?"
)
_NEUTRAL_STEM = {"interviewer": "I", "respondent": "B", "third": "D", "unknown": "P", "none": "X"}
_OF_THE_CONVERSATION = frozenset(
    {"interviewer", "interviewerin", "erhebung", "mode", "datum", "date", "welle", "wave", "zugang", "access"}
)
_NAMED = {"voice": ("voice", "stimme"), "access": ("access", "zugang"), "language": ("language", "sprache"),
          "interviewer": ("interviewer", "interviewerin")}  # fmt: skip


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


def rows_for(listed: list[dict[str, str]], doc: str, file: str) -> list[dict[str, str]]:
    """The rows of cases.csv that mean this interview, by its file (with or without folder and ending) or its id."""
    return [r for r in listed if same_file(r["file"], doc, file)]


def cases_of(doc: str, labels: pd.DataFrame, known: list[dict[str, str]]) -> dict[str, str]:
    """Speaker label -> case id: the researchers' where cases.csv names one, else the interview's id (and a number)."""
    speaking = [row.label for row in labels.itertuples() if row.role in CODED_ROLES]
    main = _main(labels)
    ids = {label: doc if label == main else f"{doc}-{n}" for n, label in enumerate(speaking, 1)}
    for row in known:
        for label in speaking if not row["speaker"] else [row["speaker"]]:
            if label in ids and row["case"]:
                ids[label] = row["case"]
    return ids


def _main(labels: pd.DataFrame) -> str | None:
    """The one respondent of an interview, also where others of unclear role speak too; None in a workshop."""
    for roles in (("respondent",), CODED_ROLES):
        speaking = [row.label for row in labels.itertuples() if row.role in roles]
        if speaking:
            return speaking[0] if len(speaking) == 1 else None
    return None


def cases(
    source: pd.Series, labels: pd.DataFrame, names: Mapping[str, str], persons: Mapping[str, str],
    known: list[dict[str, str]], variables: Mapping[str, Any], hide: Callable[[str], str],
) -> list[dict[str, Any]]:  # fmt: skip
    """One row a respondent: named columns and declared variables, from cases.csv or else from the file's own header.

    Every value passes `hide`, because people write names into headers.
    """
    header = json.loads(source["meta"]) if source["meta"] else {}
    main = _main(labels)
    rows = []
    for label, case in persons.items():
        own = next((r for r in known if r["speaker"] == label), None) or next(
            (r for r in known if not r["speaker"]), {}
        )
        # What a header says of one person does not hold for each of several; what it says of the conversation does.
        shared = header if label == main else {k: v for k, v in header.items() if k in _OF_THE_CONVERSATION}
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
        kept = ("case", "doc", "speaker")
        rows.append({column: value if column in kept else hide(value) for column, value in row.items()})
    return rows


def notes(
    listed: list[dict[str, str]],
    sources: pd.DataFrame,
    labels: pd.DataFrame,
    cases: pd.DataFrame,
    variables: Mapping[str, Any],
) -> list[dict[str, Any]]:
    """Rows of cases.csv that mean nobody, and values of case variables that study.yaml does not list. No names in it."""
    found = []
    known = list(zip(sources["doc"], sources["file"], strict=True))
    speaking: dict[str, set[str]] = {}
    for doc, label in zip(labels["doc"], labels["label"], strict=True):
        speaking.setdefault(doc, set()).add(label)
    for row in listed:
        place = f"Zeile {row['line']}"
        docs = [doc for doc, file in known if rows_for([row], doc, file)]
        if not docs:
            found.append(
                {"source": "cases.csv", "place": place, "text": "Diese Datei gibt es nicht unter den Transkripten."}
            )
        elif row["speaker"] and not any(row["speaker"] in speaking.get(doc, set()) for doc in docs):
            text = f"Dieses Sprecherkürzel kommt in {docs[0]} nicht vor."
            found.append({"source": "cases.csv", "place": place, "text": text})
    for name, variable in variables.items():
        for value in sorted(set(cases[name]) - set(variable.values) - {""}) if variable.values else []:
            docs = sorted(set(cases.loc[cases[name] == value, "doc"]))
            text = f"Der Wert »{value}« ({', '.join(docs[:5])}) steht nicht in study.yaml; er gilt als eigene Gruppe."
            found.append({"source": "Merkmal", "place": name, "text": text})
    return found


def _initials(name: str) -> str:
    """An interviewer's name as initials; marks such as `mk` and `MK` stay.

    >>> _initials("Marta Kern"), _initials("mk"), _initials("Ali")
    ('MK', 'mk', 'A')
    """
    if len(name) <= 3 and (name.islower() or name.isupper()):
        return name
    return "".join(word[0] for word in name.split() if word[0].isupper())
