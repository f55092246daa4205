"""Catalogues: Babel's PO files of a language, each for a part of the program, read as one."""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def load(language: str) -> GNUTranslations:
    """All translations of a language. Raises `FileNotFoundError` where there is no such language."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    both = Catalog(locale=language)
    for path in files(language):
        for message in read(path):
            if message.id:
                both.add(message.id, message.string)
    data = io.BytesIO()
    write_mo(data, both)
    data.seek(0)
    return GNUTranslations(data)


def files(language: str) -> list[Path]:
    """The PO files of a language, sorted by name."""
    found = sorted((FOLDER / language).glob("*.po"))
    if not found:
        raise FileNotFoundError(FOLDER / language)
    return found


def read(path: Path):  # type: ignore[no-untyped-def]
    """One PO file as Babel's `Catalog`."""
    from babel.messages.pofile import read_po

    with path.open("rb") as handle:
        return read_po(handle, locale=path.parent.name)
