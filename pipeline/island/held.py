"""Everything of quotes and conversations that the page holds, as its templates use it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.island import pieces, quotes, texts
from pipeline.island.packing import packed
from pipeline.island.unread import unread
from pipeline.sections.material import Names
from pipeline.sections.page_words import words

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.guide import Guide

_LONG = 70  # signs of a question in a list


def held(tables: dict[str, pd.DataFrame], names: Names, settings: SimpleNamespace, guide: Guide) -> dict[str, Any]:
    """`quotes_data`, `transcripts`, `unread`, `unread_shared`, `unread_total`, `page_words`: data is JSON that is safe in a page."""
    from markupsafe import Markup

    cut = pieces.cuts(tables)
    found: dict[str, Any] = {
        "quotes_data": Markup(packed(quotes.pack(tables, names, cut, asked(guide)))),
        "transcripts": texts.interviews(tables, names, cut),
        "page_words": Markup(packed(words())),
        **unread(tables, names, settings.model.suggestions, cut),
    }
    found["unread_shared"] = Markup(found["unread_shared"])
    for one in (*found["transcripts"], *found["unread"]):
        one.data = Markup(one.data)
    return found


def asked(guide: Guide) -> dict[str, str]:
    """Question -> its number and how it begins."""
    return {q.id: f"{q.id}: {q.label or _short(q.text)}" for q in guide.questions}


def _short(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[:_LONG].rsplit(' ', 1)[0]} …"
