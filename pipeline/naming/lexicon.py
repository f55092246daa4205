"""What names, places and ordinary words are: the lists in `data/`, those of `faker`, and the German dictionaries.

Everything is read when it is first asked for, once per process, and asked for by `fold`: lower case, without the signs
that keyboards and speech recognisers lose (`Yılmaz`, `Yilmaz`), but with the German umlauts.
"""

from __future__ import annotations

import importlib
import random
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from pipeline.naming.dictionary import common, ordinary
from pipeline.naming.facts import fold, folded, rows, sound, umlauts

# faker's lists in Latin letters; the first list that holds a name tells its culture.
_FAKER = {
    "tr_TR": "tr", "de_DE": "de", "de_AT": "de", "de_CH": "de", "pl_PL": "pl", "it_IT": "it", "es_ES": "es", "pt_PT": "pt",
    "hr_HR": "sr", "ro_RO": "ro", "en_GB": "en", "tw_GH": "af", "yo_NG": "af", "ig_NG": "af", "ha_NG": "af", "nl_NL": "nl",
    "hu_HU": "hu", "cs_CZ": "cs", "fr_FR": "fr", "vi_VN": "vi", "en_IN": "hi", "az_AZ": "tr", "en_US": "en", "en_NG": "af", "en_KE": "af",
    "en_PK": "fa", "fr_DZ": "ar", "sk_SK": "sk", "sl_SI": "sr", "lt_LT": "lt", "lv_LV": "lv", "es_MX": "es", "sv_SE": "sv", "da_DK": "da",
    "uz_UZ": "uz",
}  # fmt: skip
_SOUND = 4  # letters, below which spellings of different names are the same
_AFRICA = {"ak", "ig", "yo", "ti", "so", "gn", "cm"}  # one culture for a choice of pseudonyms


class Given(NamedTuple):
    """A given name as listed: sex f, m or '' (both), and culture."""

    sex: str
    culture: str


def _provider(locale: str) -> Any:
    return importlib.import_module(f"faker.providers.person.{locale}").Provider


def _latin(names: Any) -> list[str]:
    return [name for name in names if len(name) > 1 and " " not in name and name[0].isupper() and "." not in name]


@lru_cache(maxsize=1)
def _givens() -> dict[str, Given]:
    found: dict[str, Given] = {}
    never = folded("never a name")

    def add(name: str, sex: str, culture: str) -> None:
        key = fold(name)
        if key in never:
            return
        before = found.get(key)
        if before is None:
            found[key] = Given(sex, culture)
        elif before.sex != sex and before.culture == culture:
            found[key] = Given("", culture)

    own = [
        (culture, sex, names.split()) for file in ("given.tsv", "given_more.tsv") for culture, sex, names in rows(file)
    ]
    # German and Turkish names first claim what several cultures share, then the order of the file.
    for culture, sex, names in own:
        for name in names:
            add(name, sex, "af" if culture in _AFRICA else culture)
    for locale, culture in _FAKER.items():
        for sex, attribute in (("f", "first_names_female"), ("m", "first_names_male")):
            for name in _latin(getattr(_provider(locale), attribute, ())):
                # Lists of other languages hold German words (Job, Kick); what is a word here is no name of theirs.
                if culture in ("de", "tr") or not ordinary(name):
                    add(name, sex, culture)
    return found


@lru_cache(maxsize=1)
def _sounds() -> dict[str, Given]:
    found: dict[str, Given] = {}
    for name, known in _givens().items():
        key = sound(name)
        if len(key) >= _SOUND:
            found.setdefault(key, known)
    return found


@lru_cache(maxsize=1)
def _surnames() -> dict[str, str]:
    found: dict[str, str] = {}
    never = folded("never a name")
    for culture, names in rows("surnames.tsv"):
        for name in names.split():
            found.setdefault(fold(name), culture)
    for locale, culture in _FAKER.items():
        for attribute in ("last_names", "last_names_male", "last_names_female", "male_last_names", "unisex_last_names"):
            for name in _latin(getattr(_provider(locale), attribute, ())):
                if culture in ("de", "tr") or not ordinary(name):
                    found.setdefault(fold(name), culture)
    own = _own_surnames()
    return {
        name: culture
        for name, culture in found.items()
        # Müllers is a genitive more often than the rare surname.
        if name not in never and len(name) > 1 and (name in own or not (name.endswith("s") and name[:-1] in own))
    }


@lru_cache(maxsize=1)
def _own_surnames() -> frozenset[str]:
    return frozenset(fold(name) for _, names in rows("surnames.tsv") for name in names.split())


@lru_cache(maxsize=1)
def _places() -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, names in rows("places.tsv"):
        for name in names.split():
            found.setdefault(fold(name), kind)
    for locale in ("de_DE", "de_AT", "de_CH"):
        for name in importlib.import_module(f"faker.providers.address.{locale}").Provider.cities:
            if " " not in name and len(name) > 3:
                found.setdefault(fold(name), "city")
    return found


def given(word: str) -> Given | None:
    """The given name of exactly this form, or None."""
    key = fold(word)
    return _givens().get(key) or (_givens().get(umlauts(key)) if umlauts(key) != key else None)


def sounds_given(word: str) -> Given | None:
    """The given name that this is another spelling of (`Muhamet`, `Aische`), or None; short words are none."""
    return _sounds().get(sound(word)) if "-" not in word else None


def surname(word: str) -> str:
    """The culture of a surname of exactly this form, or ''."""
    key = fold(word)
    return _surnames().get(key) or _surnames().get(umlauts(key), "")


def place(word: str) -> str:
    """What kind of place this is (city, district, tr, world, mine), or ''; words of longer names joined by hyphens."""
    return _places().get(fold(word), "")


@lru_cache(maxsize=100_000)
def bare(word: str, known: str = "given surname place") -> str:
    """The word without a genitive or plural -s, if only so it is on one of the lists; otherwise the word.

    >>> bare("Kayas"), bare("Hans'"), bare("Thomas"), bare("Hauses")
    ('Kaya', 'Hans', 'Thomas', 'Hauses')
    """
    plain = word.rstrip("'’")
    tests = [test for name, test in (("given", given), ("surname", surname), ("place", place)) if name in known]
    if any(test(plain) for test in tests):
        return plain
    if len(plain) > 3 and plain[-1] == "s":
        short = plain[:-1].rstrip("'’")
        if any(test(short) for test in tests):
            return short
    return plain


def is_given(word: str) -> bool:
    """Whether the word is a given name rather than a surname."""
    return given(word) is not None


def is_word(word: str) -> bool:
    """Whether a name is an ordinary German word besides, so that it must not be replaced wherever it stands."""
    return ordinary(word) or fold(word) in folded("also a word")


@lru_cache(maxsize=1)
def pools() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Names to choose pseudonyms from: (f, m or 'surname', culture) -> names in a fixed, mixed order.

    Only names of our own lists that are no words besides; of German given names only those in full.
    """
    found: dict[tuple[str, str], dict[str, None]] = {}
    for culture, sex, names in [*rows("pseudonyms.tsv"), *(row for row in rows("given.tsv") if row[0] != "de")]:
        found.setdefault((sex, "af" if culture in _AFRICA else culture), {}).update(dict.fromkeys(names.split()))
    for culture, names in rows("surnames.tsv"):
        found.setdefault(("surname", culture), {}).update(dict.fromkeys(names.split()))
    return {key: _mixed(names) for key, names in sorted(found.items())}


def _mixed(names: Mapping[str, None]) -> tuple[str, ...]:
    kept = [name for name in names if len(name) > 2 and "-" not in name and not is_word(name) and not common(name)]
    random.Random(7).shuffle(kept)
    return tuple(kept)
