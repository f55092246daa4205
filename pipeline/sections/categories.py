"""Categories as chapters: figures of each, quotes that people read, proposals apart, what speaks against."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline import wording
from pipeline.language import _
from pipeline.sections import open_readings
from pipeline.sections.open_readings import Checked
from pipeline.sections.proposals import Proposals

if TYPE_CHECKING:
    from pipeline.codebook import Code, Codebook


def _figures(
    code: Code, row: Any, views: dict[str, list[Any]], known: Proposals, against: SimpleNamespace | None, checked: Checked | None
) -> SimpleNamespace:
    """Everything of one category; `top` are quotes that people read, `open_top` proposals, `against` what speaks against it."""
    mine = views.get(code.id, [])
    read, proposed = _best(mine)
    return SimpleNamespace(
        code=code.id, label=code.entry.label, level=code.level, definition=code.entry.definition, n_cases=row.n_cases,
        n_asked=row.n_asked, n_cases_asked=row.n_cases_asked, n_cases_proposed=row.n_cases_proposed, n_mentions=row.n_mentions, n_spontaneous=row.n_spontaneous,
        n_proposed=row.n_proposed, spread=wording.spread(row), places=wording.places(row.n_mentions),
        proposals=wording.proposals(row.n_proposed, row.n_cases_proposed), right=known.right(code.id), common=known.common(code.id),
        weak=known.weak(code.id), cautions=wording.cautions(row), unchecked=open_readings.told(checked), uncounted=wording.uncounted(row.n_suggested), top=read, open_top=proposed,
        against=against, withheld=_(wording.NOT_SHOWN) if not read and any(q.basis == "reviewed" for q in mine) else "",
    )  # fmt: skip


def _best(quotes: list[Any], read: int = 3, proposed: int = 2) -> tuple[list[Any], list[Any]]:
    """The first quotes of each kind, in their order, without those that people do not want shown."""
    quotes = [q for q in quotes if q.pinned != "nein"]
    return [q for q in quotes if q.basis == "reviewed"][:read], [q for q in quotes if q.basis != "reviewed"][:proposed]


def chapters(
    book: Codebook, figures: dict[str, Any], views: dict[str, list[Any]], known: Proposals, against: dict[str, SimpleNamespace], checked: dict[str, Checked]
) -> list[SimpleNamespace]:
    """One chapter for each top-level category, in the codebook's order (potentials first, as researchers put them)."""
    found: list[SimpleNamespace] = []
    for code in book.codes:
        row = figures[code.id]
        if code.level == 0:
            found.append(
                SimpleNamespace(
                    code=code.id, label=code.entry.label, definition=code.entry.definition, note=code.entry.memo, n_cases=row.n_cases,
                    people=wording.dative(row.n_cases), places=wording.places(row.n_mentions), n_proposed=row.n_proposed,
                    proposals=wording.proposals(row.n_proposed, row.n_cases_proposed), codes=[],
                )
            )  # fmt: skip
        if code.coded:
            found[-1].codes.append(_figures(code, row, views, known, against.get(code.id), checked.get(code.id)))
    return found
