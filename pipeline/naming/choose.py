"""What somebody or something is called instead: a name of the same sex and culture, or a mask with a number.

Names are given in order of first appearance and skip every word that stands anywhere in the material and every form of an
entity, so that no pseudonym is somebody's name. The two differ: of `vier Pauls` the form is `Paul`, which stands nowhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

MASKS = {
    "person": "Person", "place": "Ort", "street": "Straße", "org": "Einrichtung", "office": "Funktion",
}  # fmt: skip
FIXED = {
    "phone": "[Telefonnummer]", "email": "[E-Mail-Adresse]", "url": "[Internetadresse]", "birthdate": "[Geburtsdatum]",
    "id": "[Kennung]", "handle": "[Profilname]",
}  # fmt: skip
# What an organisation's name says of its kind: kept in the mask, because it carries the meaning.
ORGS = (
    ("moschee", "Moschee"), ("camii", "Moschee"), ("ditib", "Moscheeverein"), ("kirche", "Kirche"), ("gemeinde", "Gemeinde"),
    ("schule", "Schule"), ("gymnasium", "Schule"), ("kolleg", "Schule"), ("kita", "Kita"), ("kindergarten", "Kita"),
    ("e. v.", "Verein"), ("e.v.", "Verein"), ("verein", "Verein"), ("club", "Verein"), ("fc ", "Sportverein"), ("sv ", "Sportverein"),
    ("tus ", "Sportverein"), ("djk ", "Sportverein"), ("vfl ", "Sportverein"), ("gmbh", "Firma"), ("zeche", "Zeche"),
    ("krankenhaus", "Krankenhaus"), ("hospital", "Krankenhaus"), ("haus", "Haus"),
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> tuple[str, ...]:
    """The words of a name or form as the leak check compares them: whole letters, small, `İ` as `I`.

    >>> words("İpek van der Groß"), words("Haus 2")
    (('ipek', 'van', 'der', 'gross'), ('haus', '2'))
    """
    found = _WORD.findall(unicodedata.normalize("NFC", text))
    return tuple(unicodedata.normalize("NFC", word).casefold().replace("\u0307", "") for word in found)


class Chooser:
    """Gives names and numbers, each once. `taken` are all words of the material and all replacements in use."""

    def __init__(self, taken: Iterable[str], names: Mapping[tuple[str, str], tuple[str, ...]]) -> None:
        self._taken = {part for word in taken for part in words(word)}
        self._forms: set[tuple[str, ...]] = set()
        self._names = names  # (sex or 'surname', culture) -> names in a fixed order
        self._numbers: dict[str, int] = {}
        self._given: dict[tuple[str, str], str] = {}

    def avoid(self, forms: Iterable[str]) -> None:
        """Forms of entities: none becomes a replacement, also where it stands in the material only with an ending or not at all."""
        self._forms.update(map(words, forms))
        self._taken.update(word for form in self._forms for word in form)

    def claim(self, replacement: str) -> None:
        """A replacement that stands in the key already: never given again, its number not either."""
        self._taken.update(words(replacement))
        label, _, number = replacement.strip("[]").rpartition(" ")
        if replacement.startswith("[") and number.isdecimal():
            self._numbers[label] = max(self._numbers.get(label, 0), int(number))

    def remember(self, part: str, kind: str, name: str) -> None:
        """A part of a name (kind: `given` or `surname`) is called `name` from now on, in whatever row it stands."""
        self._given[kind, part.casefold()] = name

    def part(self, part: str, kind: str, sex: str, culture: str) -> str:
        """What a given name or surname is called; the same for every person who bears it, as families share theirs."""
        known = self._given.get((kind, part.casefold()))
        if known:
            return known
        wanted = "surname" if kind == "surname" else sex or "f"
        for key in ((wanted, culture), (wanted, "de")):
            for name in self._names.get(key, ()):
                if self._taken.isdisjoint(words(name)):
                    self._taken.update(words(name))
                    self._given[kind, part.casefold()] = name
                    return name
        return self.mask("person")

    def mask(self, kind: str, name: str = "") -> str:
        """A mask that nothing else bears: `[Ort 3]`, `[Moschee 1]`; of numbers and addresses only what they are."""
        if kind in FIXED:
            return FIXED[kind]
        label = MASKS.get(kind, "Angabe")
        if kind == "org":
            label = next((word for sign, word in ORGS if sign in f"{name.casefold()} "), label)
        number = self._numbers.get(label, 0) + 1
        while not self._forms.isdisjoint({words(f"{label} {number}"), words(str(number))}):  # a house that is called `Haus 2`
            number += 1
        self._numbers[label] = number
        return f"[{label} {number}]"
