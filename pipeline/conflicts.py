"""What contradicts itself before any analysis: header against cases.csv, header against file name, texts nearly alike.

The notes name interviews by their ids and quote neither names nor speech.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any

from pipeline.persons import rows_for
from pipeline.tables import CODED_ROLES

if TYPE_CHECKING:
    import pandas as pd

SHINGLE = 8  # words that are compared at once
SAMPLED = 8  # one of so many shingles is looked at, chosen by its hash: the same ones in every file
MIN_SHINGLES = 12
ALIKE = 0.7  # share of the shorter text's shingles that another has as well

_NUMBER = re.compile(r"(?<![\d.])0*(\d{1,3})(?![\d.])")
_IN_NAME = re.compile(r"(?i)(?:interview|int|fall|case|nr|gespr(?:ä|ae)ch|transkript|^)[\s_.-]{0,3}0*(\d{1,3})(?!\d)")
_DATE_IN_NAME = re.compile(r"(?<!\d)(20\d\d)-?([01]\d)-?([0-3]\d)(?!\d)")
_WORD = re.compile(r"\w+")


def contradictions(
    listed: list[dict[str, str]], sources: pd.DataFrame, labels: pd.DataFrame, variables: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """Rows for `notes`: what a header says of a person against cases.csv, and of the interview against the file name."""
    speaking = labels[labels["role"].isin(CODED_ROLES)].groupby("doc").size().to_dict()
    for source in sources.itertuples():
        if source.status != "ok":
            continue
        header = json.loads(source.meta) if source.meta else {}
        yield from _against_name(source.doc, source.file, header, source.date)
        if speaking.get(source.doc, 0) == 1:
            for row in rows_for(listed, source.doc, source.file):
                yield from _against_list(source.doc, row, header, variables)


def _against_list(
    doc: str, row: Mapping[str, str], header: Mapping[str, str], variables: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    for name, variable in variables.items():
        keys = [key.lower() for key in (name, *variable.aliases)]
        said = next((header[key] for key in keys if header.get(key)), "")
        given = row.get(name, "")
        if said and given and said.strip().casefold() != given.strip().casefold():
            text = f"Kopf des Transkripts und cases.csv (Zeile {row['line']}) nennen Verschiedenes; es gilt cases.csv."
            yield {"source": "Merkmal", "place": f"{doc}, {name}", "text": text}


def _against_name(doc: str, file: str, header: Mapping[str, str], date: str) -> Iterator[dict[str, Any]]:
    name = file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    inside = _NUMBER.search(header.get("interview", "") or header.get("nummer", ""))
    outside = _IN_NAME.search(_DATE_IN_NAME.sub(" ", name))
    if inside and outside and int(inside[1]) != int(outside[1]):
        text = f"Der Kopf nennt Interview {int(inside[1])}, der Dateiname {int(outside[1])}. Bitte prüfen."
        yield {"source": "Kopf", "place": doc, "text": text}
    day = _DATE_IN_NAME.search(name)
    if day and re.fullmatch(r"\d{4}-\d\d-\d\d", date) and "-".join(day.groups()) != date:
        text = f"Der Kopf nennt den {date}, der Dateiname den {'-'.join(day.groups())}. Bitte prüfen."
        yield {"source": "Kopf", "place": doc, "text": text}


def near_duplicates(turns_raw: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Rows for `notes`: interviews most of whose words stand in another one, such as an older version of the file."""
    shingles: dict[str, set[int]] = {}
    for doc, group in turns_raw.groupby("doc", sort=True):
        words = [word.casefold() for text in group["text"] for word in _WORD.findall(text)]
        hashes = (zlib.crc32(" ".join(words[i : i + SHINGLE]).encode()) for i in range(len(words) - SHINGLE + 1))
        shingles[str(doc)] = {value for value in hashes if value % SAMPLED == 0}
    where: dict[int, list[str]] = defaultdict(list)
    for doc, values in shingles.items():
        for value in values:
            where[value].append(doc)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    most = max(8, len(shingles) // 5)
    for docs in where.values():
        # A formula that stands in every interview (a greeting, a notice) says nothing about two of them.
        for pair in combinations(docs, 2) if len(docs) <= most else ():
            shared[pair] += 1
    for (one, other), count in sorted(shared.items()):
        shorter = min(len(shingles[one]), len(shingles[other]))
        if shorter >= MIN_SHINGLES and count >= ALIKE * shorter:
            text = (
                f"Diese beiden Gespräche stimmen weitgehend überein ({100 * count // shorter} von 100 Stellen). "
                "Beide werden gezählt; ist es dasselbe Gespräch, bitte eine Datei entfernen."
            )
            yield {"source": "Dateien", "place": f"{one} und {other}", "text": text}
