"""Pictures as the page shows them: drawing, words, table, and the description that the page draws live.

Drawing and description are the only parts of the page, beside its own style and scripts, that are not escaped; what could do anything
in them is refused here, whoever made it.
"""

from __future__ import annotations

import json
import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

_ACTIVE = re.compile(r"<(?!/?(?:svg|g|defs|title|desc|clipPath|path|rect|circle|ellipse|line|polyline|polygon|text|tspan|linearGradient|radialGradient|stop|marker|a|use|symbol)\b)", re.I)
_HANDLER = re.compile(r"<[^>]*\s(?:on\w+|style)\s*=", re.I)
_OUTSIDE = re.compile(r"""(?:href\s*=\s*["']?(?!\s*["']?#)|url\((?!["']?#))""", re.I)


def drawings(pictures: pd.DataFrame) -> dict[str, SimpleNamespace]:
    """Picture's id -> title, caption, alt, svg, spec, headings, rows (cells as text, to, open, of) and figures (columns of numbers).

    Raises `ValueError` where a drawing holds more than shapes and text, or a description could leave its place in the page.
    """
    from markupsafe import Markup

    found = {}
    for row in pictures.sort_values(["order", "picture"]).itertuples():
        rows = [[_cell(cell) for cell in cells] for cells in json.loads(row.rows or "[]")]
        figures = [any(r[at].number for r in rows if at < len(r)) for at in range(max(map(len, rows), default=0))]
        found[row.picture] = SimpleNamespace(
            title=row.title, caption=row.caption, alt=row.alt, svg=Markup(_drawing(row.picture, row.svg)), spec=Markup(_description(row.picture, row.spec)),
            headings=json.loads(row.headings or "[]"), rows=rows, figures=figures,
        )  # fmt: skip
    return found


def _cell(cell: Any) -> SimpleNamespace:
    """A cell of the table; an address leads to a place in the page, nowhere else."""
    given = cell if isinstance(cell, dict) else {"text": cell}
    to, text = given.get("to") or "", given.get("text")
    if to and not to.startswith("#"):
        raise ValueError(f"address outside the page: {to!r}")
    number = isinstance(text, int | float) or str(text).isdecimal()
    return SimpleNamespace(text="" if text is None else text, to=to, open=bool(given.get("open")), of=given.get("of") or "", number=number)


def _drawing(picture: str, svg: str) -> str:
    """The drawing, if it is shapes and text and points nowhere outside the page."""
    for fault in (_ACTIVE, _HANDLER, _OUTSIDE):
        if (hit := fault.search(svg)) is not None:
            raise ValueError(f"picture {picture!r}: {svg[hit.start() : hit.start() + 60]!r} may not stand in a drawing")
    return svg


def _description(picture: str, spec: str) -> str:
    """The description, if it is packed for its place: no sign in it can end a script."""
    if "<" in spec or ">" in spec or "&" in spec:
        raise ValueError(f"picture {picture!r}: the description is not packed")
    return spec
