"""What the data lack that the council's questions are answered from: told in the report's limits, never a silent drop."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.measures.lens import members

if TYPE_CHECKING:
    import pandas as pd

_ISO = re.compile(r"\d{4}-\d\d-\d\d")
Row = dict[str, Any]


def rows(
    documents: pd.DataFrame, cases: pd.DataFrame, notes: pd.DataFrame, questions: pd.DataFrame, codes: pd.DataFrame, reviewed: pd.DataFrame,
    coverage: pd.DataFrame, named: Mapping[str, Sequence[str]], guide: Sequence[str], settings: SimpleNamespace,
) -> list[Row]:  # fmt: skip
    """Rows of `findings_limits`: `kind` with its `subject` (a variable, a category, a question …), `value` and number."""
    found = [
        *_variables(cases, settings), *_codes(codes, named), *_questions(questions, coverage, guide), *_dates(documents, notes), *_waves(documents, reviewed)
    ]
    return [{"limit": f"{n:03d}", "order": n, **row} for n, row in enumerate(found, 1)]


def _limit(kind: str, subject: str = "", value: str = "", n: int = 0, question: str = "") -> Row:
    return {"question": question, "kind": kind, "subject": subject, "value": value, "n": n}


def _variables(cases: pd.DataFrame, settings: SimpleNamespace) -> Iterator[Row]:
    for name, question in ((settings.answers.group, "Q7"), (settings.answers.district, "Q4")):
        if name and name not in settings.variables:
            yield _limit("variable_missing", name, question=question)
    grouping = settings.findings.groups or tuple(name for name, v in settings.variables.items() if v.values)
    for name in dict.fromkeys((*grouping, settings.answers.group, settings.answers.district)):
        if name not in cases.columns or name not in settings.variables:
            continue
        sizes = {value: len(group) for value, group in members(cases, name).items()}
        if unknown := sizes.pop("unbekannt", 0):
            yield _limit("value_missing", name, n=unknown)
        words = settings.variables[name].values
        for value, n in sizes.items():
            if words and value not in words:
                yield _limit("value_undeclared", name, value, n)
        for value, n in sizes.items():
            if n == 1 and (not words or value in words):
                yield _limit("group_of_one", name, value, n)
        for value in words:
            if value not in sizes:
                yield _limit("group_empty", name, value)


def _codes(codes: pd.DataFrame, named: Mapping[str, Sequence[str]]) -> Iterator[Row]:
    """Categories that study.yaml names and the codebook does not have, one row a category; a codebook that has none of them is another one."""
    have = set(codes["code"])
    wanted: dict[str, list[str]] = defaultdict(list)
    for family, given in named.items():
        for code in given:
            wanted[code].append(family)
    missing = {code: families for code, families in wanted.items() if code not in have}
    if wanted and len(missing) == len(wanted):
        yield _limit("codebook_other", n=len(missing))
        return
    for code, families in sorted(missing.items()):
        yield _limit("code_missing", code, "+".join(families))


def _questions(questions: pd.DataFrame, coverage: pd.DataFrame, guide: Sequence[str]) -> Iterator[Row]:
    if not guide:
        yield _limit("no_guide", question="Q11")
        return
    put = set(coverage.loc[coverage["asked"] > 0, "question"])
    for question in guide:
        if question not in put:
            yield _limit("never_asked", question, question="Q11")


def _dates(documents: pd.DataFrame, notes: pd.DataFrame) -> Iterator[Row]:
    read = documents[documents["status"] == "ok"]
    if n := int((read["date"] == "").sum()):
        yield _limit("no_date", n=n, question="Q10")
    for row in read.itertuples():
        if row.date and not _ISO.fullmatch(row.date):
            yield _limit("date_unclear", row.doc, row.date, question="Q10")
    waves = read[(read["wave"] != "") & read["date"].str.fullmatch(_ISO.pattern)]
    spans = {wave: (data["date"].min(), data["date"].max()) for wave, data in waves.groupby("wave")}
    ordered = sorted(spans)
    for earlier, later in pairwise(ordered):
        if spans[later][0] <= spans[earlier][1]:
            yield _limit("waves_overlap", earlier, later, question="Q9")
    if len(notes):
        yield _limit("notes", n=len(notes))


def _waves(documents: pd.DataFrame, reviewed: pd.DataFrame) -> Iterator[Row]:
    """Waves that were read with other versions of the codebook: what was not looked for cannot be compared."""
    wave_of = dict(zip(documents["doc"], documents["wave"], strict=True))
    versions: dict[str, Counter[str]] = defaultdict(Counter)
    for doc, version in zip(reviewed["doc"], reviewed["codebook"], strict=True):
        versions[wave_of.get(doc, "")][version] += 1
    told = {wave: "+".join(sorted(v for v in seen if v)) for wave, seen in sorted(versions.items()) if wave}
    if len(told) > 1 and len(set(told.values())) > 1:
        for wave, names in told.items():
            yield _limit("wave_codebook", wave, names, question="Q9")
    without = {wave for wave in wave_of.values() if wave} - set(told)
    if told and without:
        for wave in sorted(without):
            yield _limit("wave_unread", wave, question="Q9")
