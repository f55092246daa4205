"""Names that only a forgotten interview held: where people wrote them into lists of their own, they are looked for before the key forgets them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.leaking.originals import TITLES

BAR = "|"
_REPLACED = ("proposed", "confirmed", "")  # an empty one: the short form of the key, where people say all there is
_SHORT = 3  # letters, below which a form by itself says nothing
_NOBODY = re.compile(r"(?!)")
_TITLE = "|".join(sorted((re.escape(title) for title in TITLES), key=len, reverse=True))


@dataclass(frozen=True)
class Names:
    """How many forms there are, and what finds them."""

    many: int = 0
    named: re.Pattern[str] = _NOBODY


def found(rows: Iterable[tuple[Mapping[str, str], bool]], here: str, elsewhere: str) -> Names:
    """Names of the key and of the last run's table of entities, each row with whether it goes; `here`, `elsewhere`: what was said in the interview
    and in all others. A form that is a German word too, or very short, is found after a title alone, as is a part of somebody's name."""
    whole: dict[str, None] = {}
    titled: dict[str, None] = {}
    for row, goes in rows:
        if row.get("status", "") not in _REPLACED or row.get("level", "") == "keep":
            continue
        words = {part.strip() for part in row.get("wordlike", "").split(BAR)}
        for form in (part.strip() for part in (row.get("forms") or row.get("form", "")).split(BAR)):
            if not form or _form(form).search(elsewhere) or not (goes or _form(form).search(here)):
                continue
            (titled if form in words or len(form) < _SHORT else whole)[unicodedata.normalize("NFC", form)] = None
            if row.get("kind", "person") == "person" and " " in form:
                titled |= dict.fromkeys(part for part in form.split() if len(part) >= _SHORT and not _form(part).search(elsewhere))
    plain = {form for form in whole if form not in titled}  # that a form is a word too the table says, the key does not
    parts = [_alternatives(plain) if plain else "", rf"(?:{_TITLE})\s+(?:{_alternatives(titled)})" if titled else ""]
    every = "|".join(part for part in parts if part)
    return Names(len({*whole, *titled}), _bounded(every) if every else _NOBODY)


def _alternatives(forms: Iterable[str]) -> str:
    return "|".join(r"\s+".join(map(re.escape, form.split())) for form in sorted(forms, key=lambda f: (-len(f), f)))


def _form(form: str) -> re.Pattern[str]:
    return _bounded(_alternatives([form]))


def _bounded(pattern: str) -> re.Pattern[str]:
    """As whole words, also in the genitive.

    >>> [bool(_bounded("Kaya").search(t)) for t in ("bei Kayas Laden", "KAYA", "Kayaker", "Frau Kaya-Demir")]
    [True, True, False, True]
    """
    return re.compile(rf"(?i)(?<![^\W_])(?:{pattern})(?:['’]?e?s)?(?![^\W_])")
