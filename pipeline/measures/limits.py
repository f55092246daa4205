"""What the data lack that the council's questions are answered from: told in the report's limits, never a silent drop."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.measures.applies import ANSWERED
from pipeline.measures.lens import members
from pipeline.measures.waves import natural
from pipeline.wording import is_day

if TYPE_CHECKING:
    import pandas as pd

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
    """Categories that study.yaml names and the codebook does not have, beside the question they are for: `family_missing` where a family (the
    subject) has none left, so that a part of the answer falls away, else `code_missing`. A codebook that has none of them is another one."""
    have = set(codes["code"])
    wanted = {code for given in named.values() for code in given}
    if wanted and not wanted & have:
        yield _limit("codebook_other", n=len(wanted))
        return
    lacking: dict[tuple[str, str], list[str]] = defaultdict(list)
    for family, given in named.items():
        gone = [code for code in given if code not in have]
        if gone and len(gone) == len(given):
            yield _limit("family_missing", family, "+".join(gone), question=ANSWERED.get(family, ""))
        else:
            for code in gone:
                lacking[code, ANSWERED.get(family, "")].append(family)
    for (code, question), families in sorted(lacking.items()):
        yield _limit("code_missing", code, "+".join(families), question=question)


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
        if row.date and not is_day(row.date):
            yield _limit("date_unclear", row.doc, row.date, question="Q10")
    yield from _order(read)
    if len(notes):
        yield _limit("notes", n=len(notes))


def _order(read: pd.DataFrame) -> Iterator[Row]:
    """Waves whose days overlap, or of which a later one (the subject) lies wholly before an earlier one."""
    days: dict[str, list[str]] = defaultdict(list)
    for wave, date in zip(read["wave"], read["date"], strict=True):
        if wave and is_day(date):
            days[wave].append(date)
    for earlier, later in combinations(sorted(days, key=natural), 2):
        if max(days[later]) < min(days[earlier]):
            yield _limit("waves_reversed", later, earlier, question="Q9")
        elif min(days[later]) <= max(days[earlier]):
            yield _limit("waves_overlap", earlier, later, question="Q9")


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
