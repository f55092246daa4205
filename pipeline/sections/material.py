"""Who and what was read: names of interviews and cases, facts, transcripts, files, speakers, and what did not work."""

from __future__ import annotations

import re
from collections import defaultdict
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline import covered
from pipeline.effective import UNREVIEWED, effective
from pipeline.language import N_, _, ngettext
from pipeline.language.told import told
from pipeline.tables import CODED_ROLES
from pipeline.wording import day, decimal, interview, is_day, number, people, per_cent, thousands

if TYPE_CHECKING:
    import pandas as pd

ROLE_WORDS = {
    "interviewer": N_("interviewt"), "respondent": N_("befragt"), "third": N_("dritte Person"), "unknown": N_("unbekannt"), "none": N_("kein Sprecher"),
}  # fmt: skip
_NOTATIONS = {
    "dresing-pehl": "Dresing & Pehl", "kuckartz": "Kuckartz", "gat2": "GAT 2", "tiq": "TiQ", "hiat": "HIAT",
    "jefferson": "Jefferson", "unknown": N_("nicht bestimmt"), "": "",
}  # fmt: skip
_FILLERS = {
    "verbatim": N_("»äh« mitgeschrieben"), "smoothed": N_("»äh« geglättet"), "machine": N_("»äh« vom Programm ausgelassen"), "unknown": "", "": "",
}  # fmt: skip
UNKNOWN = N_("unbekannt")  # the value of who gave none: German in data and addresses, translated where it is shown
_STATUS = {"skipped": N_("übergangen"), "failed": N_("nicht lesbar")}


class Names:
    """What interviews and cases are called in the report, and each case's variables."""

    def __init__(self, settings: SimpleNamespace, cases: pd.DataFrame, documents: pd.DataFrame) -> None:
        self.variables = settings.variables
        self.cases: dict[str, dict[str, str]] = {}
        for row in cases.to_dict("records"):
            known = self.cases.setdefault(row["case"], dict(row))
            known.update({k: v for k, v in row.items() if v and not known.get(k)})
        self.people_in = cases.groupby("doc")["case"].nunique().to_dict()
        self.dates = dict(zip(documents["doc"], documents["date"], strict=True))

    def interview(self, doc: str) -> str:
        return interview(doc, self.people_in.get(doc, 1))

    def case(self, case: str) -> str:
        """A case in a column head: number and, where there are several in a conversation, which one."""
        return case.lstrip("I").lstrip("0") or case

    def value(self, name: str, value: str) -> str:
        variable = self.variables.get(name)
        return (variable.values.get(value) if variable else None) or (_(UNKNOWN) if value == UNKNOWN else value)

    def marked(self, name: str, value: str) -> str:
        """A value in its words, with a mark where study.yaml does not list it: a misspelt value is a group of its own."""
        words = self.value(name, value)
        return words if self.listed(name, value) else _("{value} (nicht in study.yaml)").format(value=words)

    def listed(self, name: str, value: str) -> bool:
        """Whether study.yaml lists a value; of a variable without values it lists all."""
        variable = self.variables.get(name)
        return variable is None or not variable.values or value in variable.values or value in ("", UNKNOWN)

    def who(self, case: str) -> str:
        """A person by the first two variables of the study, never by name."""
        row = self.cases.get(case, {})
        words = [self.value(name, row.get(name, "")) for name in list(self.variables)[:2]]
        return ", ".join(w for w in words if w) or _("ohne Angaben")


def counting(tables: dict[str, pd.DataFrame], settings: SimpleNamespace) -> pd.DataFrame:
    """The codings that count in this report."""
    return effective(tables["codings"], reviewed_only=settings.report.counts == "reviewed")


def facts(tables: dict[str, pd.DataFrame], counts: pd.DataFrame) -> SimpleNamespace:
    """Figures of the first page; `counts`: codings that count."""
    documents, cases, turns = tables["documents"], tables["cases"], tables["turns"]
    read = documents[documents["status"] == "ok"]
    spoken = turns[turns["role"].isin(CODED_ROLES)]
    own = set(zip(spoken["doc"], spoken["turn"], strict=True))
    segments = [s for s in tables["segments"].itertuples() if (s.doc, s.turn) in own]
    leaves = tables["findings_mentions"][tables["findings_mentions"]["code"].isin(set(counts["code"]))]
    proposed = leaves["basis"] == UNREVIEWED
    spans: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for r in covered.full(tables["reviewed"]).itertuples():
        spans[r.doc, r.turn].append((r.start, r.end))
    per_doc = cases.groupby("doc")["case"].nunique()
    total = turns[turns["role"].isin(CODED_ROLES)].groupby("doc").size()
    seen = tables["reviewed"].groupby("doc")["turn"].nunique() if len(tables["reviewed"]) else {}
    full = [doc for doc in total.index if len(tables["reviewed"]) and seen.get(doc, 0) >= total[doc]]
    return SimpleNamespace(
        cases=cases["case"].nunique(), interviews=len(read), workshops=int((per_doc > 2).sum()),
        words=thousands(sum(len(t.split()) for t in spoken['text'])), mentions=int((~proposed).sum()),
        proposed=int(proposed.sum()), unread=len(documents) - len(read), sentences=len(segments),
        read=sum(any(a < s.end and s.start < b for a, b in spans.get((s.doc, s.turn), ())) for s in segments),
        reviewed_docs=ngettext("ein Gespräch ({docs})", "{n} Gespräche ({docs})", len(full)).format(n=number(len(full)), docs=", ".join(full)) if full else "",
    )  # fmt: skip


def described(document: Any, names: Names) -> str:
    """A conversation in a list: who, when, how long."""
    cases = sorted(c for c, row in names.cases.items() if row["doc"] == document.doc)
    who = names.who(cases[0]) if len(cases) == 1 else people(len(cases))
    return ", ".join(w for w in (who, day(document.date), _("{n} Beiträge").format(n=document.turns)) if w)


def _notation(row: dict[str, Any]) -> str:
    """The notation with how sure it is, and whether hesitations were written down."""
    words = _(_NOTATIONS.get(row["notation"], row["notation"]))
    if row["notation"] not in ("", "unknown") and row["notation_confidence"] == row["notation_confidence"]:
        words += f" ({decimal(row['notation_confidence'])})"
    return ", ".join(w for w in (words, _(_FILLERS.get(row["fillers"], ""))) if w)


def _mode(value: str, names: Names) -> str:
    """How a conversation was held, in the study's words where one of its variables has this value."""
    return next((variable.values[value] for variable in names.variables.values() if value in variable.values), value)


def origin(tables: dict[str, pd.DataFrame], names: Names) -> dict[str, Any]:
    """Files, speakers, and all that could not be done, for the chapters on material and method."""
    documents = [
        SimpleNamespace(
            **{k: v for k, v in row.items() if k not in ("notation", "mode")}, notation_words=_notation(row), mode=_mode(row["mode"], names),
            origin=", ".join(w for w in (row["format"], row["tool"], row["encoding"]) if w),
            day=day(row["date"]), no_day=bool(row["date"]) and not is_day(row["date"]), status_words=_(_STATUS[row["status"]]) if row["status"] in _STATUS else row["status"], warning_lines=row["warnings"].split("\n") if row["warnings"] else [],
        )
        for row in tables["documents"].to_dict("records")
    ]  # fmt: skip
    speakers = [
        SimpleNamespace(**row, role_words=_(ROLE_WORDS[row["role"]]), sure=decimal(row["confidence"]))
        for row in tables["speakers"].to_dict("records")
    ]
    problems = [_unplaced(u) for u in tables["unplaced"].itertuples()]
    notes = [SimpleNamespace(**row) for row in sorted(tables["notes"].to_dict("records"), key=lambda row: (row["source"], _natural(row["place"]), row["text"]))]
    return {"documents": documents, "speakers": speakers, "problems": problems, "notes": notes}


def _unplaced(row: Any) -> str:
    """An act whose place is gone: why, and where it probably stands now, for people to confirm."""
    if row.action == "read":
        said = _("Gelesene Stelle ({decision}, {coder}) in {doc}: {reason}").format(decision=row.decision, coder=row.coder, doc=row.doc, reason=told(row.reason))
    else:
        said = _("Entscheidung {decision} ({coder}, {code}) in {doc}: {reason}").format(decision=row.decision, coder=row.coder, code=row.code, doc=row.doc, reason=told(row.reason))
    if row.kind != "moved":
        return said
    likely = _("Wahrscheinlich gemeint ist jetzt Beitrag {turn} (zu {share} derselbe Wortlaut); bestätigen oder verwerfen unter »make review«.")
    return f"{said} {likely.format(turn=row.likely_turn, share=per_cent(row.likeness))}"


def _natural(place: str) -> list[tuple[int, str]]:
    """
    >>> sorted(["Zeile 12", "Zeile 6"], key=_natural)
    ['Zeile 6', 'Zeile 12']
    """
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", place)]
