"""Words of passages with what they say about persons: roles, names, groups, bodies, and verbs of connecting. Names are only recognised, never kept."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.stances.words import Word
from pipeline.whom.words import Role, role_of, words

if TYPE_CHECKING:
    import pandas as pd

# Roles that connect by their very name, as the last part of a noun, masculine and feminine.
_BRIDGING = re.compile(
    r"(?:lots(?:e|in|en|innen)|.{3,}m[uü]tter|dolmetscher(?:in)?|übersetzer(?:in)?|mittler(?:in)?|.{3,}(?:paten?|patin)|kümmerer(?:in)?|multiplikator(?:in)?"
    r"|(?:brücken|schlüssel|vertrauens|ansprech|kontakt)(?:person|mensch|frau|mann|bauer(?:in)?|partner(?:in)?)|(?:inte?gration|bildung|familien|kultur)s?begleiter(?:in)?)$"
)
_NOT_BRIDGING = re.compile(r"(?:groß|schwieger|stief|ur|haupt|enkel)m[uü]tter$")
# Verbs of connecting, those that say most first; whoever does one of the first is a bridge without any other sign.
CORE = tuple("übersetzen dolmetschen vermitteln zusammenbringen zusammenführen vernetzen verbinden erklären mitgehen mitkommen mitnehmen begleiten".split())
_CONNECTING = (*CORE, *"vorlesen schlichten weiterhelfen helfen vorstellen einladen ansprechen herumführen aufschließen mitbringen anrufen".split())
# Spoken forms of relatives that the lemma leaves as they are.
_SPOKEN = {"vatter": "Vater", "vadder": "Vater", "mutta": "Mutter", "mudder": "Mutter", "nachbarschen": "Nachbarin"}
# Persons in general and groups: whom one connects rather than who connects.
GROUPS = words("everybody") | frozenset(
    "frau mann herr kind familie eltern mädchen junge jugendlicher jugendliche jugend schüler schülerin deutscher deutsche ausländer ausländerin flüchtling "
    "geflüchteter geflüchtete migrant migrantin alter alte senior seniorin gast besucher besucherin kunde kundin mieter mieterin mitglied gruppe".split()
)
_TITLES = frozenset({"frau", "herr", "herrn", "doktor", "dr.", "schwester", "bruder", "pater", "pfarrer", "pastor", "imam", "hodscha", "tante", "onkel"})
_MORE_ROLES = frozenset({"coach", "dede", "hoca", "hodscha", "abla", "abi", "pater", "priester", "rabbiner"})
_ANY = frozenset({"jede", "jeder", "jeden", "jedem", "kein", "keine", "keinen", "keiner", "keinem", "alle", "allen", "manche", "mancher"})
_DATIVE = frozenset("dem einem der einer ihrem ihrer seinem seiner meinem meiner unserem unserer deren diesem dieser jedem jeder den".split())
_NOT_FEMININE_DATIVE = frozenset({"der", "deren", "dieser", "jeder"})
_LED = frozenset({"zum", "beim", "vom", "zur", "zu", "bei"})
_PLACEHOLDER = re.compile(r"(?:Person|Name|Vorname|Nachname)")


@dataclass(slots=True, eq=False)
class Said:
    """One word. `prep` is the lemma of the preposition it hangs on, `article` its determiner; `oblique`: dative, by its determiner or form."""

    start: int
    end: int
    form: str
    low: str
    lemma: str
    tag: str
    role: Role | None
    prep: str = ""
    led: bool = False
    article: str = ""

    @property
    def number(self) -> str:
        return self.role.number if self.role else ""

    @property
    def governed(self) -> bool:
        return bool(self.prep)

    @property
    def connecting(self) -> bool:
        return self.lemma in _CONNECTING

    @property
    def side(self) -> bool:
        """Whether one could connect somebody with it: persons and bodies."""
        return self.tag == "NN" and self.role is not None and self.role.sort in ("person", "body")

    @property
    def oblique(self) -> bool:
        if self.tag != "NN" or self.role is None:
            return False
        plural_n = self.low == self.lemma.lower() + "n" and self.role.number != "s"
        if self.article in _NOT_FEMININE_DATIVE:
            return self.role.gender == "f" and self.role.number != "p"
        return plural_n or (self.article in _DATIVE and (self.article != "den" or (self.low.endswith("n") and self.role.number != "s")))


def said(mentions: pd.DataFrame, tokens: pd.DataFrame, types: pd.DataFrame) -> dict[tuple[str, int], list[Said]]:
    """(doc, turn) -> its words in order, for turns that hold one of the mentions."""
    wanted = set(zip(mentions["doc"], mentions["turn"], strict=True))
    if not wanted or not len(tokens):
        return {}
    rows = tokens[tokens["doc"].isin({doc for doc, _ in wanted})]
    rows = rows.loc[[key in wanted for key in zip(rows["doc"], rows["turn"], strict=True)]].sort_values(["doc", "turn", "start"])
    needed = types[types["type"].isin(set(rows["type"]))]
    kinds = {t.type: Word(t.form, t.norm, t.tag, _lemma(t.form, t.lemma), t.pos) for t in needed.itertuples()}
    found: dict[tuple[str, int], list[Said]] = defaultdict(list)
    for doc, turn, start, end, number in zip(*(rows[c] for c in ("doc", "turn", "start", "end", "type")), strict=True):
        k = kinds[number]
        found[doc, turn].append(Said(start, end, k.form, k.norm.lower(), k.lemma, k.tag, role_of(k)))
    for turn_words in found.values():
        _govern(turn_words)
    return dict(found)


def _lemma(form: str, lemma: str) -> str:
    """The lemma, mended where the lemmatiser cuts a rare feminine short or leaves a spoken relative.

    >>> _lemma("Sprachlotsin", "Sprachlotsi"), _lemma("Elternlotsinnen", "Elternlotsinn"), _lemma("Vatter", "Vatter"), _lemma("Kinder", "Kind")
    ('Sprachlotsin', 'Elternlotsin', 'Vater', 'Kind')
    """
    if form.endswith("innen") and lemma.endswith("inn"):
        return form[:-3]
    return form if form.endswith("in") and lemma == form[:-1] else _SPOKEN.get(lemma.lower(), lemma)


def _govern(turn: Sequence[Said]) -> None:
    """Sets preposition and determiner of every noun; both end with the noun or at a sign or verb."""
    prep, led, article, last = "", False, "", ("", False)
    for w in turn:
        if w.tag in ("APPR", "APPRART"):
            prep, led, article = w.lemma, w.low in _LED, ""
        elif w.tag in ("ART", "PPOSAT", "PIAT", "PDAT", "CARD"):
            article = article or w.low
        elif w.tag in ("NN", "NE"):
            w.prep, w.led, w.article = prep, led, article
            last = prep, led
            prep, led, article = "", False, ""
        elif w.low in ("und", "oder") and last[0]:
            prep, led, article, last = *last, "", ("", False)
        elif w.tag not in ("ADJA", "ADV", "$(", "XY", "FM", "TRUNC"):
            prep, led, article, last = "", False, "", ("", False)


def bridging(word: Said) -> bool:
    """Whether the noun is a connecting role by its name (`Integrationslotsin`, `Stadtteilmütter`, not `Großmutter`)."""
    lemma = word.lemma.lower()
    return word.tag == "NN" and bool(_BRIDGING.search(lemma)) and not _NOT_BRIDGING.search(lemma)


def is_role(words_: Sequence[Said], n: int) -> bool:
    """Whether the noun is somebody's role: a relative, a neighbour, a profession; not a group, and not whom one speaks to."""
    w = words_[n]
    known = bridging(w) or (w.role is not None and w.role.sort == "person") or w.lemma.lower() in _MORE_ROLES
    if w.tag != "NN" or not known or w.lemma.lower() in GROUPS:
        return False
    if not bridging(w) and (w.number == "p" or _plural(w.form, w.lemma) or w.article in _ANY):
        return False  # many of a kind, or anybody of it, are whom one connects
    if n and words_[n - 1].lemma.lower() in ("frau", "herr", "herrn") and w.lemma.lower() not in _TITLES:
        return False  # `Frau Schneider`
    alone = 0 < n < len(words_) - 1 and words_[n - 1].tag == "$," and words_[n + 1].tag == "$,"
    return not (alone and not w.article and not bridging(w))


def at_place(words_: Sequence[Said], n: int) -> str:
    """`die Frau vom Kiosk`: somebody known by a place, in the words of the text; empty where it is none."""
    w = words_[n]
    if w.lemma.lower() not in ("frau", "mann") or w.number == "p" or n + 2 >= len(words_) or words_[n + 1].lemma not in ("von", "in", "an", "aus"):
        return ""
    place = next((x for x in words_[n + 2 : n + 4] if x.tag not in ("ART", "ADJA")), None)
    if place is None or place.tag != "NN" or place.role is None or place.role.sort not in ("thing", "body"):
        return ""
    behind = words_[n + 1 : words_.index(place) + 1]
    return " ".join([w.lemma, *(x.form for x in behind)])


def is_person_name(words_: Sequence[Said], n: int) -> bool:
    """Whether a person is named here: a title before a name, a placeholder for a name, an article before a first name."""
    w, before = words_[n], words_[n - 1] if n else None
    if w.low == "[" and n + 1 < len(words_):
        return bool(_PLACEHOLDER.fullmatch(words_[n + 1].form))
    if before is None or w.tag not in ("NE", "NN") or not w.form[:1].isupper():
        return False
    if before.lemma.lower() in _TITLES:
        surname = before.lemma.lower() in ("frau", "herr", "herrn") and w.lemma.lower() not in _TITLES
        return w.tag == "NE" or surname or w.role is None or w.role.sort == "name"
    return w.tag == "NE" and w.lemma.lower() not in _TITLES and before.low in ("die", "der", "den", "dem") and before.tag in ("ART", "PRELS", "PDS") and not before.prep


def nominative(word: Said) -> str:
    """A noun as it is shown: plural where the text has it, in the nominative; the kind of body where a name was replaced.

    >>> from pipeline.whom.words import OTHER
    >>> plural = Role("person", OTHER, "", "p")
    >>> [nominative(Said(0, 0, f, f.lower(), l, "NN", plural)) for f, l in (("Müttern", "Mutter"), ("Eltern", "Eltern"), ("Leuten", "Leute"), ("Familien", "Familie"))]
    ['Mütter', 'Eltern', 'Leute', 'Familien']
    """
    form, lemma = word.form, word.lemma
    if not form[:1].isupper() or form.lower() in _SPOKEN:
        return lemma[:1].upper() + lemma[1:]
    if form == lemma + "n" and lemma.endswith(("e", "er", "el")) and (lemma.endswith("er") or lemma == "Leute"):
        return lemma
    if form.endswith(("ern", "eln")) and form != lemma:
        return form[:-1]
    singular = word.number == "s" and not _plural(form, lemma)
    return lemma if singular or form == lemma else form


def _plural(form: str, lemma: str) -> bool:
    """`Familien`, `Ämter`: another form than the singular has, save the genitive.

    >>> _plural("Ämter", "Amt"), _plural("Amtes", "Amt"), _plural("Hausmeisters", "Hausmeister")
    (True, False, False)
    """
    return form.lower() not in _SPOKEN and form not in (lemma, lemma + "s", lemma + "es")


def does_say(words_: Sequence[Said], holder: Said | None) -> str:
    """What somebody does to connect, as the verb that says most; those behind the role's noun before others."""
    verbs = [w for w in words_ if w.connecting]
    behind = [w for w in verbs if holder is not None and w.start > holder.start]
    if verbs:
        return min(behind or verbs, key=lambda w: (_CONNECTING.index(w.lemma), w.start)).lemma
    along = any(a.low == "mit" and b.low in _LED for a, b in pairwise(words_))
    return "mitgehen" if along else ""  # `mit zum Arzt`
