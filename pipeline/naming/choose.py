"""What somebody or something is called instead: a name of the same sex and culture, or a mask with a number.

Names are given in order of first appearance and skip every form that stands anywhere in the material, so that no
pseudonym is somebody's name.
"""

from __future__ import annotations

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


class Chooser:
    """Gives names and numbers, each once. `taken` are all words of the material and all replacements in use, small."""

    def __init__(self, taken: Iterable[str], names: Mapping[tuple[str, str], tuple[str, ...]]) -> None:
        self._taken = {word.casefold() for word in taken}
        self._names = names  # (sex or 'surname', culture) -> names in a fixed order
        self._numbers: dict[str, int] = {}
        self._given: dict[tuple[str, str], str] = {}

    def claim(self, replacement: str) -> None:
        """A replacement that stands in the key already: never given again, its number not either."""
        self._taken.update(word.casefold() for word in replacement.split())
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
                if name.casefold() not in self._taken:
                    self._taken.add(name.casefold())
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
        self._numbers[label] = self._numbers.get(label, 0) + 1
        return f"[{label} {self._numbers[label]}]"
