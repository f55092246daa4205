"""The first page: core statements that people wrote, each with its checked figures and evidence; where none is written, what could be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from pipeline.language import N_, _
from pipeline.sections.answers.desk import Desk
from pipeline.wording import NOT_QUOTABLE, NOT_SHOWN

STATUS = {
    "checked": N_("Zahlen und Belege an diesem Lauf geprüft"), "broken": N_("stimmt nicht mehr"), "unfinished": N_("Entwurf, noch nicht fertig"),
    "unchecked": N_("ungeprüft: ohne Zahl und Beleg"),
}  # fmt: skip
_TO_MEND = ("wrong", "unknown", "gone", "forbidden", "unclear")
_SIGN = re.compile(r"(?<!\\)(\*\*|__|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)|\*)")
_STYLE = {"**": "b", "__": "b", "*": "i", "_": "i"}


def front(desk: Desk) -> SimpleNamespace:
    """All that the template `front.html.j2` shows, as plain values: `sections` of statements, or `drafts` where nothing is written."""
    rows = desk.rows("findings_statements")
    own = [r for r in rows if r.kind != "draft" and r.verdict != "stray"]
    statements = [_statement(list(group)) for _key, group in groupby(sorted(own, key=lambda r: (r.order, r.part)), key=lambda r: r.statement)]
    report = desk.settings.report
    drafts = [r for r in rows if r.kind == "draft"]
    return SimpleNamespace(
        title=desk.settings.title, subtitle=report.subtitle, client=report.client, institute=report.institute,
        sections=[SimpleNamespace(title=title, statements=list(found)) for title, found in groupby(statements, key=lambda s: s.section)],
        written=len(statements), broken=sum(s.state == "broken" for s in statements),
        drafts=[SimpleNamespace(title=part, labels=[r.text for r in found]) for part, found in groupby(sorted(drafts, key=lambda r: r.order), key=lambda r: r.section)],
    )  # fmt: skip


def _statement(rows: list[Any]) -> SimpleNamespace:
    head, parts = rows[0], rows[1:]
    blocks, evidence = [], []
    for _n, group in groupby((r for r in parts if r.kind != "hint"), key=lambda r: r.block):
        own = list(group)
        marks = [r for r in own if r.kind in ("evidence", "against")]
        evidence += [_evidence(r) for r in marks]
        # An item that is nothing but a piece of evidence stands in the list of evidence alone.
        alone = marks and all(r in marks or not re.sub(r"\W|(?i:dagegen|belege?|gegenbelege?)", "", r.text) for r in own)
        if not alone:
            blocks.append(SimpleNamespace(form=own[0].form, pieces=list(_pieces(own))))
    return SimpleNamespace(
        anchor=f"kernaussage-{head.order}", title=head.text, section=head.section, state=head.verdict, status=_(STATUS[head.verdict]), line=head.line,
        blocks=[SimpleNamespace(form=form, items=[b.pieces for b in found]) for form, found in groupby(blocks, key=lambda b: b.form)],
        evidence=[e for e in evidence if e.kind == "evidence"], against=[e for e in evidence if e.kind == "against"],
        hints=[SimpleNamespace(reason=r.reason, address=r.address) for r in parts if r.kind == "hint"],
    )  # fmt: skip


def _evidence(r: Any) -> SimpleNamespace:
    """Words as they stand in the transcript today, never those that somebody typed; or what stands for them."""
    hidden = r.found in (NOT_QUOTABLE, NOT_SHOWN)
    return SimpleNamespace(
        kind=r.kind, words=r.found, hidden=hidden, place=r.place, address=r.address, ok=r.verdict not in _TO_MEND, reason=r.reason, claim="" if hidden else r.claim,
    )  # fmt: skip


def _pieces(rows: list[Any]) -> Iterator[SimpleNamespace]:
    """Pieces of a block: `words` (pairs of text and style), `figure`, `evidence`, `blank`. Bold and italic may reach across marks."""
    paired = _paired("".join(r.text for r in rows if r.kind == "text"))
    on: set[str] = set()
    for r in rows:
        if r.kind == "text":
            yield SimpleNamespace(kind="words", runs=list(_runs(r.text, paired, on)))
        elif r.kind == "figure":
            yield SimpleNamespace(kind="figure", lead="" if r.text else " ", text=r.text or f"({r.found or r.claim})", address=r.address, state=r.verdict, found=r.found, reason=r.reason)
        elif r.kind == "blank":
            yield SimpleNamespace(kind="blank", text=r.text)
        else:
            quoted = r.text if r.found not in (NOT_QUOTABLE, NOT_SHOWN) else ""
            yield SimpleNamespace(kind="evidence", lead="" if quoted else " ", text=quoted, place=r.place or r.claim, address=r.address, state=r.verdict, against=r.kind == "against")


def _paired(text: str) -> set[str]:
    """Signs of bold and italic that stand in pairs; others are only signs."""
    found = [m[1] for m in _SIGN.finditer(text)]
    return {sign for sign in _STYLE if found.count(sign) and found.count(sign) % 2 == 0}


def _runs(text: str, paired: set[str], on: set[str]) -> Iterator[tuple[str, str]]:
    """(words, style) with style "", "b", "i" or "bi"; `on` goes on from piece to piece. Nothing else of Markdown is known, nothing is HTML.

    >>> list(_runs("Es **fehlt** an *Orten*", {"**", "*"}, set()))
    [('Es ', ''), ('fehlt', 'b'), (' an ', ''), ('Orten', 'i')]
    """
    for part in _SIGN.split(text):
        if part in paired:
            on ^= {_STYLE[part]}
        elif part:
            yield re.sub(r"\\([*_\\])", r"\1", part), "".join(sorted(on))
