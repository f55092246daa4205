"""The persons and bodies that a clause names, in order, with what stands around them: preposition, article, possessive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.stances.words import Kind
from pipeline.whom.words import ALL, BODY, NOBODY, OTHER, OWN, SELF, Role, is_inner, words


@dataclass(slots=True)
class Mention:
    """One noun or pronoun. `sort`, `who`, `case`, `number`, `gender` as in `Role`; `owner` is the possessive's number of ABOUT.

    `prep` is the preposition it hangs on, or empty. `of` is the place of the mention whose attribute it is, or -1. `plain`:
    nothing sets the persons apart (`die Leute` against `die Leute aus dem Block`).
    """

    place: int
    sort: str
    who: int
    case: str
    number: str
    gender: str
    prep: str = ""
    owner: int = NOBODY
    of: int = -1
    plain: bool = True


_ARTICLES = frozenset({"ART", "PIAT", "PDAT", "PWAT", "CARD", "PPOSAT"})
_NOUNISH = frozenset({"NN", "NE", "ADJA", "CARD", "TRUNC", "PIAT", "FM", "PIS", "XY"})
_KEEP = frozenset({"ADJA", "ADJD", "ADV", "PTKA", "TRUNC", "PTKNEG", "FM", "XY"})  # words inside a noun phrase
_EVERY = frozenset({"jeder", "jede", "jedes", "alle", "jeden", "jedem", "allen"})
_NOMINATIVE_ER = frozenset(
    {"der", "dieser", "jeder", "mancher", "welcher", "jener", "unser", "euer", "solcher", "aller"}
)
_LIKE = frozenset({"als", "wie"})  # what somebody is or is like, and no subject
_POINTING = frozenset({"da", "dort", "drüben", "oben", "hier", "unten", "nebenan", "gegenüber", "alle", "selbst"})
_THERE = frozenset({"da", "dort", "drüben", "nebenan", "gegenüber"})


@dataclass(slots=True)
class _Around:
    """What stands before a noun and holds for it: preposition, article, possessive, adjective."""

    prep: str = ""
    article: str = ""
    owner: int = NOBODY
    adjective: str = ""


def mentions(kinds: Sequence[Kind], roles: Sequence[Role | None], places: Sequence[int]) -> list[Mention]:
    """All mentions of one clause, whose words stand at `places` (rising)."""
    found: list[Mention] = []
    around = _Around()
    for i in places:
        role, kind = roles[i], kinds[i]
        if role is None or (role.sort in _DETERMINERS and _determines(kinds, roles, i)):
            around = _step(around, kind, role is not None, found[-1] if found and found[-1].place == i - 1 else None)
            continue
        if role.sort == "possessive":
            around.owner, around.article = role.who, kind.low
            continue
        counted = role.sort == "third" and i + 1 < len(kinds) and kinds[i + 1].low in _COUNTS
        mention = Mention(
            i, role.sort, OTHER if counted else role.who, role.case, role.number, role.gender, around.prep, around.owner
        )
        if role.sort in ("person", "body", "thing", "name"):
            _noun(mention, role, around, kind)
        if found:
            _attach(mention, kinds, found[-1], around.article)
        if mention.who == ALL and mention.sort == "person" and i + 1 < len(kinds) and kinds[i + 1].low in _THERE:
            mention.who = OTHER  # `die Leute da`
        found.append(mention)
        around = _Around()
    return found


_COUNTS = frozenset({"zwei", "drei", "vier", "zwoa", "beiden", "beide"})  # `die zwei`: persons, and no body
_DETERMINERS = frozenset({"third", "it", "some", "quantity", "nobody"})


def _step(around: _Around, kind: Kind, determines: bool, behind: Mention | None) -> _Around:
    """What holds for the next noun behind a word that is none; `behind` is the mention right before the word, if there is one."""
    tag, low = kind.tag, kind.low
    likens = low in _LIKE and tag in ("KOKOM", "APPR")
    if low == "für" and behind is not None and behind.sort in ("it", "some"):
        return around  # `was für ein Kummer`
    if tag in ("APPR", "APPRART") or likens or low in words("dialect prepositions"):
        return _Around(low, kind.words[-1] if len(kind.words) > 1 else "")
    if tag in _ARTICLES or determines:
        around.article = around.article or low
    elif tag in _KEEP:
        around.adjective = low if tag == "ADJA" else around.adjective
    elif tag == "KON" and behind is not None and low in ("und", "oder"):
        return _Around(behind.prep)  # `mit Türken und Deutschen`
    else:
        return _Around()
    return around


def _determines(kinds: Sequence[Kind], roles: Sequence[Role | None], i: int) -> bool:
    """Whether the word is an article or the like and no pronoun: `die Leute`, against `reden die kein Wort`."""
    if i + 1 >= len(kinds) or (len(kinds[i].words) > 1 and kinds[i].words[0] != "so"):
        return False
    behind, tag = kinds[i + 1], kinds[i].tag
    if behind.tag == "NN" and behind.small and tag in ("PIAT", "PIS"):
        return False  # a noun only to the tagger: `jeder jet zo knottere`
    if behind.low in _COUNTS and (
        i + 2 == len(kinds) or kinds[i + 2].tag not in _NOUNISH | {"ADV"} or is_inner(kinds[i + 2].lemma)
    ):
        return False  # `haben die zwei Angst`
    if tag == "ADJA":
        return behind.tag in ("NN", "NE", "ADJA")  # `in andere Stadt`
    if tag in ("PDS", "PPER", "PRELS", "PWS") and behind.tag != "ADJA":
        return False
    if behind.tag == "ADJA" and kinds[i].low in ("die", "das") and behind.low.endswith(("es", "er", "em")):
        return False  # `wollen die nächstes Jahr bauen`
    if behind.tag in ("ADV", "ADJD", "PTKA") and tag in ("ART", "PIAT", "PDAT"):
        return i + 2 < len(kinds) and (
            kinds[i + 2].tag == "ADJA" or (kinds[i + 2].tag == "NN" and not kinds[i + 2].small)
        )
    if tag in _ARTICLES or tag in ("FM", "XY", "NE", "ADV"):
        return behind.tag in _NOUNISH or (roles[i + 1] is not None and roles[i + 1].sort in ("person", "body"))  # type: ignore[union-attr]
    return behind.tag in ("NN", "ADJA") and tag == "PIS"


def _noun(mention: Mention, role: Role, around: _Around, kind: Kind) -> None:
    """Sets what article and possessive say: case, number, gender, and whose the persons are."""
    article, apart = around.article, around.adjective
    if article:
        _by_article(mention, article)
    if mention.owner == OTHER and mention.sort != "thing":
        mention.owner = NOBODY  # `ihre Kinder` are others themselves
    if mention.sort == "person":
        mention.plain = not apart and mention.owner == NOBODY
        _people(mention, article, kind)
    if mention.prep == "zwischen" and mention.sort == "body":
        mention.sort, mention.who = "thing", NOBODY
    local = mention.sort == "body" and mention.prep in words("local prepositions") and mention.owner == NOBODY
    if local and (kind.lemma in words("local") or kind.low in words("local")):
        mention.sort, mention.who = "thing", NOBODY
    if apart in _WHOLE and mention.owner == NOBODY and {kind.lemma, kind.low} & words("quarters"):
        mention.sort, mention.who = "quantity", ALL  # `die ganze Stadt`
    if mention.sort == "name" and article in _INDEFINITE:
        mention.sort = "thing"  # `so en Kuddelmuddel`
    if role.club and mention.owner in (OWN, SELF):
        mention.who = OWN


def _people(mention: Mention, article: str, kind: Kind) -> None:
    """People at large (`die Menschen`, `kein Mensch`) and the speaker's own (`unsere Frauen`, `meine Kumpels`)."""
    either = {kind.low, kind.lemma}
    if either & words("everybody") and mention.plain and (article in _EVERY or article in _AT_LARGE):
        mention.who = ALL
        if article[:3] == "kei":
            mention.sort = "nobody"
    elif article in _EVERY and article not in ("alle", "allen") and mention.plain:
        mention.who = ALL
    single = mention.number == "s" and not either & (words("club") | words("family"))
    if (mention.owner == OWN and not single and not either & words("outsiders")) or (
        mention.owner == SELF and either & words("family")
    ):
        mention.who = OWN


_WHOLE = frozenset({"ganze", "ganzen", "ganzer", "janze", "janzen", "gesamte", "gesamten", "halbe", "halben"})
_INDEFINITE = frozenset({"ein", "en", "'n", "a", "eine", "ne", "kein", "keine", "so"})
_AT_LARGE = frozenset({"", "die", "der", "den", "de", "dem", "ein", "kein", "keine", "keinem", "keinen", "koi", "koa"})


def _by_article(mention: Mention, article: str) -> None:
    if article in ("den", "dem", "des", "eines") or (
        article.endswith(("em", "en")) and article not in ("en", "eigenen")
    ):
        mention.case = "o"
    elif article == "der" and mention.prep and mention.number != "p":
        mention.case, mention.number, mention.gender = "o", "s", "f"  # `in der Werkstatt`
    elif article == "die" and mention.gender in ("m", "n"):
        mention.number, mention.gender = "p", ""
    elif article == "der" and mention.gender in ("", "m") and mention.number != "p":
        mention.number, mention.gender = "s", "m"
    elif article == "das":
        mention.number, mention.gender = "s", "n"
    elif (
        article.endswith("er")
        and (article not in _NOMINATIVE_ER or (article in ("der", "dieser") and mention.gender == "f"))
    ) or (article == "der" and mention.number == "p"):
        mention.case = "o"
    elif article in ("ein", "eine", "unser", "mein") or (article == "die" and mention.number == "s"):
        mention.number, mention.gender = "s", mention.gender or ("f" if article in ("eine", "die") else "")


def _attach(mention: Mention, kinds: Sequence[Kind], before: Mention, article: str) -> None:
    """Hangs the mention on the one before as its attribute: `die von der Stadt`, `viele der Frauen`, `wir Türken`."""
    between = range(before.place + 1, mention.place)
    named = before.sort == "speaker" and mention.sort in ("person", "name") and len(between) < 3
    if named and all(kinds[i].tag == "ADJA" for i in between):  # `wir Türken`, `uns alte Sänger`
        mention.of = before.place
    elif _attribute(mention, kinds, before, article):
        mention.of = before.place
        _widen(before, mention)


def _attribute(mention: Mention, kinds: Sequence[Kind], before: Mention, article: str) -> bool:
    start = before.place + 1
    while start < mention.place and kinds[start].low in _POINTING:
        start += 1
    if start >= mention.place or before.sort in ("speaker", "man", "you", "it", "polite"):
        return False
    tag = kinds[start].tag
    if kinds[start].low == "wie" and mention.sort == "speaker" and start + 1 == mention.place:
        return before.sort in ("quantity", "some", "person", "nobody")
    if tag in ("APPR", "APPRART"):
        noun = before.sort in ("person", "body", "thing") and kinds[start].low in ("von", "vom", "aus", "im", "in")
        return noun or before.sort in ("third", "some", "quantity", "nobody")
    return tag in ("ART", "PPOSAT", "PDAT") and mention.case == "o" and before.sort != "third" and article != "den"


def _widen(head: Mention, attribute: Mention) -> None:
    """What an attribute tells about its head."""
    head.plain = False
    who = attribute.who
    if attribute.prep == "wie":
        if attribute.sort == "speaker":
            head.who, head.sort = who, "speaker"  # `einer wie ich`, `Leute wie wir`
        return
    if head.sort == "third" and head.who == NOBODY:
        head.who = BODY if who == BODY else OWN if who in (SELF, OWN) and attribute.prep == "von" else OTHER
    elif head.sort in ("quantity", "some", "nobody"):
        if attribute.prep in ("von", "vom", "vo", "unter", "") and attribute.sort != "thing":
            head.who = who if who >= 0 else OTHER
    elif head.sort == "person" and head.who == ALL:
        head.who = OTHER
    elif head.sort == "thing" and head.owner == NOBODY:
        head.owner = OTHER if attribute.sort == "third" else attribute.owner if attribute.sort == "thing" else who
