"""Chapter: what came up that nobody asked for: topics of the topic model, and categories that no question expects."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from pipeline.language import _
from pipeline.sections.answers.desk import Desk
from pipeline.wording import people, places, proposals


def chapter(desk: Desk) -> SimpleNamespace:
    """All that the template `answers/unasked.html.j2` shows, as plain values."""
    rows = desk.rows("findings_unasked")
    label = {t.topic: t.label for t in desk.rows("topics")}
    codes = sorted((r for r in rows if r.kind == "code"), key=lambda r: (-r.n_cases, -r.n_cases_proposed, desk.order.get(r.topic, 0)))
    return SimpleNamespace(
        new=[_topic(desk, r, label) for r in rows if r.kind == "new"], apart=[_topic(desk, r, label) for r in rows if r.kind == "unasked"],
        codes=[c for r in codes if (c := _code(desk, r)) is not None], n_topics=sum(t.hidden != "yes" for t in desk.rows("topics")),
        guide=bool(desk.guide.questions), expected=desk.knows_asked, told=bool(len(desk.tables["findings_mentions"])), compared=bool(len(desk.tables["topic_codes"])), why=why(desk.rows("topic_notes")),
    )  # fmt: skip


def why(notes: list[Any]) -> str:
    """Why there are no topics, in short; the chapter on topics has it in full.

    >>> from types import SimpleNamespace as N
    >>> why([N(note="too_little")]), why([N(note="nothing_holds")]), why([])
    ('Das Material trägt noch keine Themen.', 'Kein Thema hielt der Probe stand.', 'Es sind keine Themen zu zeigen.')
    """
    found = {n.note for n in notes}
    if found & {"too_little", "too_few", "too_few_words"}:
        return _("Das Material trägt noch keine Themen.")
    return _("Kein Thema hielt der Probe stand.") if "nothing_holds" in found else _("Es sind keine Themen zu zeigen.")


def _topic(desk: Desk, row: Any, label: dict[str, str]) -> SimpleNamespace:
    best = desk.label.get(row.best_code, "")
    share = _("{n} von 100 Sätzen folgen auf keine Leitfrage").format(n=f"{100 * row.unasked:.0f}") if row.unasked == row.unasked and row.unasked > 0 else ""
    return SimpleNamespace(
        topic=row.topic, label=label.get(row.topic, row.topic), people=people(row.n_cases), n=row.n_segments, firm=row.firm == "yes", best=best, share=share,
        covered=_("{n} von {of}").format(n=f"{100 * row.covered:.0f}", of=100) if row.covered == row.covered else "",
    )  # fmt: skip


def _code(desk: Desk, row: Any) -> SimpleNamespace | None:
    n_proposed = row.n_proposed if desk.with_proposals else 0
    if not row.n_segments and not n_proposed:
        return None
    return SimpleNamespace(
        code=row.topic, label=desk.label.get(row.topic, row.topic), n=row.n_segments, people=people(row.n_cases), places=places(row.n_segments),
        proposals=proposals(n_proposed, row.n_cases_proposed) if n_proposed else "",
    )  # fmt: skip
