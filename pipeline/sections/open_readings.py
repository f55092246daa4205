"""How far read conversations were checked for categories that came later: what nobody looked for there is not absent."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from pipeline import covered
from pipeline.language import _
from pipeline.wording import number

if TYPE_CHECKING:
    import pandas as pd


class Checked(NamedTuple):
    """In how many of the conversations that somebody read a category was looked for throughout."""

    n: int
    read: int


def checked(tables: dict[str, pd.DataFrame]) -> dict[str, Checked]:
    """Category -> how far it is checked, for those alone whose reading is still open somewhere."""
    open_ = tables["review_open"]
    lacking: dict[str, set[str]] = defaultdict(set)
    for doc, code in zip(open_["doc"], open_["code"], strict=True):
        lacking[code].add(doc)
    read = set(covered.full(tables["reviewed"])["doc"]) | set(open_["doc"])
    return {code: Checked(len(read - docs), len(read)) for code, docs in lacking.items()}


def told(one: Checked | None) -> str:
    """What stands beside a category's figures; empty where nothing is open.

    >>> told(Checked(3, 8)), told(Checked(0, 1))
    ('Diese Kategorie kam später dazu: erst in drei von acht gelesenen Gesprächen geprüft.', 'Diese Kategorie kam später dazu: im einzigen gelesenen Gespräch noch nicht geprüft.')
    """
    if one is None:
        return ""
    if one.n:
        return _("Diese Kategorie kam später dazu: erst in {n} von {of} gelesenen Gesprächen geprüft.").format(n=_("einem") if one.n == 1 else number(one.n), of=number(one.read))
    if one.read == 1:
        return _("Diese Kategorie kam später dazu: im einzigen gelesenen Gespräch noch nicht geprüft.")
    return _("Diese Kategorie kam später dazu: noch in keinem der {of} gelesenen Gespräche geprüft.").format(of=number(one.read))
