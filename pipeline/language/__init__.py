"""The language of what is written for people: German as it stands in the program, English from catalogues (`en/*.po`).

`_("…")` is looked up when it is called, so words at the top of a module are marked by `N_` and translated where they are used. A
language holds for what runs inside `with spoken(…)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import GNUTranslations

GERMAN = "de"
_active: ContextVar[tuple[str, GNUTranslations | None]] = ContextVar("language", default=(GERMAN, None))


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """Words, numbers and dates inside are those of a language (`de` or `en`)."""
    token = _active.set((language, None if language == GERMAN else _catalogue(language)))
    try:
        yield
    finally:
        _active.reset(token)


def current() -> str:
    """The language that holds here."""
    return _active.get()[0]


def _(text: str) -> str:
    """A text in the language that holds here.

    >>> _("Überblick")
    'Überblick'
    """
    catalogue = _active.get()[1]
    return catalogue.gettext(text) if catalogue and text else text


def ngettext(one: str, many: str, n: int) -> str:
    """The form of a text that fits a number.

    >>> ngettext("Stelle", "Stellen", 2)
    'Stellen'
    """
    catalogue = _active.get()[1]
    return catalogue.ngettext(one, many, n) if catalogue else one if n == 1 else many


def N_(text: str) -> str:
    """Marks a text for the catalogues that is translated later, by `_`."""
    return text


def _catalogue(language: str) -> GNUTranslations:
    from pipeline.language.catalogue import load

    return load(language)
