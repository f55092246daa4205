"""What facts about a study's method are drawn from, and the words they share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, NamedTuple

from pipeline.language import _, ngettext
from pipeline.method.answers import MethodFile
from pipeline.sections.answers.desk import Desk
from pipeline.sections.material import counting
from pipeline.tables import CODED_ROLES
from pipeline.wording import number

UNKNOWN = "unbekannt"  # as it stands in the tables


@dataclass(frozen=True)
class Evidence:
    """The run (`desk`), its codebook and what people wrote in method.yaml; made by `gathered`.

    `leaves`: categories that were given themselves, not through a child; `words`: how many words respondents speak.
    """

    desk: Desk
    book: Any
    file: MethodFile
    leaves: frozenset[str]
    words: int

    @property
    def read(self) -> list[Any]:
        """Rows of `documents` of conversations that could be read."""
        return [row for row in self.desk.rows("documents") if row.status == "ok"]


def gathered(desk: Desk, book: Any, file: MethodFile) -> Evidence:
    """The evidence, with what would cost time to work out for every fact anew."""
    words = sum(len(turn.text.split()) for turn in desk.rows("turns") if turn.role in CODED_ROLES)
    return Evidence(desk, book, file, frozenset(counting(desk.tables, desk.settings)["code"]), words)


class Told(NamedTuple):
    """A fact in words; `whole` is false where the run knows a part only. No text: the run knows nothing."""

    text: str
    whole: bool = True


NOTHING = Told("", False)


class Grid(NamedTuple):
    """A small table: head and rows as words. The first column names the row."""

    caption: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def part(anchor: str, title: str, texts: Iterable[str], grid: Grid | None = None, link: tuple[str, str] = ("", "")) -> SimpleNamespace:
    """A part of the chapter, plain enough for page and Word document. `link`: anchor in the report and its words."""
    return SimpleNamespace(anchor=f"methode-{anchor}", title=title, texts=[t for t in texts if t], grid=grid if grid and grid.rows else None, link=link)


def in_conversations(n: int) -> str:
    """
    >>> in_conversations(1), in_conversations(12)
    ('in einem Gespräch', 'in zwölf Gesprächen')
    """
    return ngettext("in einem Gespräch", "in {n} Gesprächen", n).format(n=number(n))


def in_of(n: int, every: int) -> str:
    """
    >>> in_of(8, 12), in_of(12, 12), in_of(0, 12)
    ('in acht von zwölf Gesprächen', 'in allen zwölf Gesprächen', 'in keinem Gespräch')
    """
    if not n:
        return _("in keinem Gespräch")
    if n == every:
        return ngettext("im einzigen Gespräch", "in allen {n} Gesprächen", n).format(n=number(n))
    return _("in {n} von {of} Gesprächen").format(n=_("einem") if n == 1 else number(n), of=number(every))


def persons(n: int) -> str:
    """
    >>> persons(1), persons(3)
    ('eine Person', 'drei Personen')
    """
    return ngettext("eine Person", "{n} Personen", n).format(n=number(n))


def listed(found: Iterable[tuple[str, str]]) -> str:
    """
    >>> listed([("Schneeball", "drei"), ("Aushang", "eine")])
    'Schneeball (drei), Aushang (eine)'
    """
    return ", ".join(f"{label} ({words})" for label, words in found)


def sentences(*texts: str) -> str:
    return " ".join(text for text in texts if text)
