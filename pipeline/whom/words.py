"""Whom a single word can mean: pronouns, possessives, persons and bodies, by the lists in `words.txt`.

A list begins with `# name: what it holds`; its words follow in lower case, a verb as its lemma. Nouns are found by their
form, their lemma or the longest last part that is listed (`Grünflächenamt`, `Nachbarskinder`).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline.german.facts import words_of
from pipeline.stances.words import Word, kind
from pipeline.tables import ABOUT

SELF, OWN, OTHER, BODY, ALL = (ABOUT.index(n) for n in ("self", "own group", "other group", "institution", "all"))
NOBODY = -1


class Role(NamedTuple):
    """What a word by itself says about a person.

    `sort`: speaker, man, you, quantity, nobody, some, third, it, possessive, person, body, thing. `who`: a number of ABOUT, or -1
    where others decide. `case`: n (subject), o (never a subject) or empty. `number`: s, p or empty. `gender`: m, f, n or empty.
    """

    sort: str
    who: int
    case: str = ""
    number: str = ""
    gender: str = ""
    club: bool = False


def words(name: str) -> frozenset[str]:
    """The words of one list; a name that is not there is a mistake in the code and raises `KeyError`.

    >>> "auslachen" in words("affected")
    True
    """
    return words_of(Path(__file__).with_suffix(".txt"), name)


# List, and what its words are. The first list that holds a word decides.
_PRONOUNS: tuple[tuple[str, Role], ...] = (
    ("self", Role("speaker", SELF, "n", "s")),
    ("self oblique", Role("speaker", SELF, "o", "s")),
    ("own", Role("speaker", OWN, "n", "p")),
    ("own oblique", Role("speaker", OWN, "o", "p")),
    ("man", Role("man", ALL, "n", "s")),
    ("you", Role("you", ALL, "", "s")),
    ("all", Role("quantity", ALL, "n")),
    ("nobody", Role("nobody", ALL, "n", "s")),
    ("all oblique", Role("quantity", ALL, "o")),
    ("some", Role("some", OTHER)),
    ("third", Role("third", NOBODY)),
    ("third neuter", Role("it", NOBODY, "", "s", "n")),
    ("third oblique", Role("third", NOBODY, "o")),
)
_POSSESSIVES = (
    ("self possessive", SELF), ("own possessive", OWN), ("you possessive", ALL), ("third possessive", OTHER),
)  # fmt: skip
_NOT_PRONOUNS = frozenset({"APPR", "APPRART", "KOUS", "KON", "NN", "ITJ", "PTKVZ", "PTKA", "VVIMP"})
_WE_AND_MAN = frozenset({"mer", "mr", "ma", "mir", "mia"})
_YOU_CASE = {"du": "n", "dich": "o", "dir": "o"}
# Pronouns whose form says their gender or number.
_EXACT = {
    "er": ("n", "s", "m"), "der": ("n", "s", "m"), "dä": ("n", "s", "m"), "dr": ("n", "s", "m"), "dieser": ("n", "s", "m"),
    "jener": ("n", "s", "m"), "ihn": ("o", "s", "m"), "ihm": ("o", "s", "m"), "denen": ("o", "p", ""), "ihnen": ("o", "p", ""),
    "dene": ("o", "p", ""), "eahna": ("o", "p", ""), "ihr": ("o", "s", "f"), "den": ("o", "s", "m"), "dem": ("o", "s", "m"),
}  # fmt: skip


@lru_cache(maxsize=200_000)
def role_of(word: Word) -> Role | None:
    """What the word says about a person, or None.

    >>> role_of(Word("Haste", "Hast du", "VAFIN", "haben", "AUX")).sort
    'you'
    """
    known = kind(word)
    low, parts, tag = known.low, known.words, known.tag
    if low in words("dialect prepositions"):
        return None
    if low in words("fused own") and len(parts) == 1:
        return Role("speaker", OWN, "n", "p")
    noun = _noun(word) if _may_be_noun(word, tag) else None
    if noun:
        return noun
    if tag in ("NN", "NE") and low not in _WE_AND_MAN:
        return _thing(word)
    if low in ("deren", "dessen"):
        return Role("possessive", OTHER)
    if tag == "PPOSAT" or (low in words("self possessive") and low != "mi"):
        for name, who in _POSSESSIVES:
            if low in words(name):
                return Role("possessive", who)
    if tag == "APPRART" or (tag in _NOT_PRONOUNS and len(parts) == 1 and low not in ("wer", *_WE_AND_MAN)):
        return None
    found = [role for part in (parts[1:] if tag[:1] == "V" and len(parts) > 1 else parts) if (role := _pronoun(part))]
    return min(found, key=lambda role: role.sort == "it") if found else None


def _may_be_noun(word: Word, tag: str) -> bool:
    """A capital, or an article cut short before it (`d'Stadt`); taggers often miss nouns of dialects."""
    return (tag in _NOUN_TAGS and word.form[:1].isupper()) or ("'" in word.form[:2] and word.form[2:3].isupper())


_NOUN_TAGS = frozenset({"NN", "NE", "ADJA", "ADJD", "FM", "ADV", "VVFIN"})


@lru_cache(maxsize=10_000)
def _pronoun(low: str) -> Role | None:
    for name, role in _PRONOUNS:
        if low in words(name):
            if low in _EXACT:
                case, number, gender = _EXACT[low]
                return role._replace(case=case, number=number, gender=gender)
            if low in _YOU_CASE:
                return role._replace(case=_YOU_CASE[low])
            return role
    return None


def _thing(word: Word) -> Role | None:
    if word.tag == "NE" and (len(word.form) < 3 or not word.form[:1].isupper()):
        return None
    if word.lemma.lower() in words("times"):
        return None
    name = word.tag == "NE"
    number = "" if name else ("s" if word.form.lower() == word.lemma.lower() else "p")
    return Role("name" if name else "thing", NOBODY, "", number, _gender(word.lemma.lower()))


_FEMININE = ("ung", "heit", "keit", "schaft", "ion", "tät", "ei", "frau", "in", "ik", "enz", "anz")


def _gender(lemma: str) -> str:
    return "f" if lemma.endswith(_FEMININE) and len(lemma) > 5 else ""


def _noun(word: Word) -> Role | None:
    """A person or a body by form, lemma or last part; the form first, for it shows the plural."""
    form, lemma = word.form.lower(), word.lemma.lower()
    if form[:2] in ("d'", "s'", "'s"):
        form = form[2:]
    if len(form) > 5 and form.endswith("innen"):
        return Role("person", OTHER, "", "p", "f")
    if form in words("not institution"):
        return None
    form_role, lemma_role = _listed(form), _listed(lemma)
    if form_role and form_role.number == "p":
        return form_role
    best = lemma_role or form_role or _listed(form.removesuffix("s"))
    if best and form != lemma and best.sort == "person" and best.gender != "f" and not form.endswith("s"):
        return best._replace(number="")
    if best:
        return best
    if word.tag != "NN" or len(lemma) < 7 or lemma in words("not person"):
        return None
    if lemma.endswith(_FEMALE):
        return Role("person", OTHER, "", "s", "f")
    if form.endswith(_NOMINALISED) and form not in words("not person"):
        return Role("person", OTHER, "", "p" if form.endswith("n") else "")
    return Role("person", OTHER, "", "", "m") if lemma.endswith(_MALE) else None


# Endings of adjectives and participles that stand for persons (`die Interessierten`, `der Zugereiste`, `die Jüngste`).
_NOMINALISED = tuple(
    stem + end
    for stem in ("ierend", "ziehend", "stehend", "sitzend", "nehmend", "beitend", "iert", "lich", "los", "reist", "zogen", "flücht",
                 "stellt", "troffen", "willig", "läubig", "dürftig", "tätig", "ständig", "ngst", "ltest", "bst", "igst", "gehörig", "teiligt")
    for end in ("e", "en", "er")
)  # fmt: skip
_MALE = ("ler", "iker", "aner", "ist", "ologe", "eur")
# Endings of women's names of occupation and origin, which `Termin` and `Bordstein` have not.
_FEMALE = ("erin", "istin", "entin", "antin", "eurin", "orin", "ägin", "sin", "ogin", "ärin", "ianerin")


@lru_cache(maxsize=50_000)
def affects(lemma: str) -> bool:
    """Whether the verb tells what happens to somebody; also where a participle was not brought back (`nachgeäffen`).

    >>> affects("kündigen"), affects("nachgeäffen"), affects("helfen")
    (True, True, False)
    """
    return lemma in words("affected") or lemma.replace("ge", "", 1) in words("affected")


@lru_cache(maxsize=50_000)
def is_inner(lemma: str) -> bool:
    """Whether the noun is a feeling or a quality, which only somebody has in himself.

    >>> is_inner("angst"), is_inner("höflichkeit"), is_inner("möglichkeit")
    (True, True, False)
    """
    compound = lemma.endswith(("vertrauen", "gefühl", "angst", "freude", "bereitschaft"))
    return (
        lemma in words("inner") or compound or (lemma.endswith(("keit", "heit")) and lemma not in words("no quality"))
    )


@lru_cache(maxsize=1)
def _heads() -> dict[str, Role]:
    """Every listed noun with its role; of two lists that hold a noun the earlier one counts, bodies first."""
    found: dict[str, Role] = {}
    for sort, who, name in (("body", BODY, "institution"), ("person", OTHER, "person")):
        for gender in "mfnp":
            number = "p" if gender == "p" else "s"
            for word in words(f"{name} {gender}"):
                found.setdefault(word, Role(sort, who, "", number, gender.replace("p", ""), word in words("club")))
    return found


@lru_cache(maxsize=50_000)
def _listed(low: str) -> Role | None:
    """The role of the word, or of its longest listed last part, which has at least three letters."""
    heads, whole = _heads(), words("whole")
    if low in words("not institution") or low in words("not person"):
        return None
    for k in range(max(1, len(low) - 2)):
        role = heads.get(low[k:])
        if role and (k == 0 or low[k:] not in whole):
            return role._replace(club=True) if low in words("club") else role
    return None
