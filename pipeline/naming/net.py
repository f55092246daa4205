"""The net under all rules: words that could be names though no rule is sure of them, for people to look at.

Wide on purpose: a name that is missed leaves the house, a word that is listed for nothing costs a glance.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from pipeline.german.tagger import tagger
from pipeline.german.words import listed
from pipeline.naming.base import SUSPECTED, Found
from pipeline.naming.dictionary import common, compound, noun, ordinary, strange, unknown
from pipeline.naming.facts import fold, folded, words
from pipeline.naming.lexicon import bare, given, place, surname
from pipeline.naming.scan import Line

# A word before a noun: what follows is read as the noun (im Sommer, ein Engel, keine Rose, großer Stein).
BEFORE_NOUN = re.compile(
    r"der|die|das|des|dem|den|(?:k|m|d|s)?ein(?:e[mnrs]?)?|ihre?[mnrs]?|unser\w{0,2}|eu(?:er|re\w?)|im|am|zum|zur|vom|beim|ins|ans|aufs|fürs|"
    r"pro|je|ohne|als|in|aus|nach|auf|an|unter|über|vor|seit|zu|gegen|durch|viele?[nr]?|alle[nrms]?|mehr|etwas|kein\w{0,2}|jede[mnrs]?|"
    r"diese[mnrs]?|solche[mnrs]?|welche[mnrs]?|manche[mnrs]?|einige[nr]?|beide[nr]?|wenig\w?|\w+(?:e[mnrs]?|ig|isch|lich)"
)
MASS = frozenset(
    "hause rente ordnung angst arbeit zeit geld deutsch deutschland schule wasser luft musik kaffee tee bier milch brot fleisch spaß lust hilfe glück pech liebe "
    "leben krieg frieden streit ruhe sport fußball urlaub papier strom gas kleidung essen ende anfang weihnachten ostern ramadan corona respekt stress kontakt "
    "bescheid platz recht schuld teil form bus bahn auto zug fuß hand herz kopf tag nacht wunsch frage beispiel jahr monat woche mitte betrieb internet "
    "gott religion kirche politik heimat familie mutter vater mama papa oma opa mann frau kind eltern geschwister leute freude trauer wut hass hoffnung "
    "vertrauen geduld kraft mut energie interesse ahnung erfahrung wissen bildung kultur sprache thema sinn grund problem ding sache mensch".split()
)
_FOREIGN = re.compile(
    r"ing$|ness$|ment$|line$|ware$|ship$|tion$|board$|shop$|card$|phone$|down$|book$|show$|app$|talk$|day$"
)
_GIVEN = re.compile(
    r"(?:[aoiué]|ah|ine|ette|elle|ane|een|in|an|ar|ur|ir|im|am|em|id|ad|ed|at|it|al|il|el|ul|on|un|en|er|as|is|us|os|es|ai|ay|ej|ek)$"
)
_SURNAME = re.compile(
    r"(?:mey[ei]r|mei[ei]r|maier|mayer|müller|möller|jürgen|hansen|johann|diek|dieck|kötter|kamp|horst|brink|brock|bruch|berg|berger|burg|"
    r"bach|bacher|beck|feld|felder|felde|rath|rode|rodt|dorf|heim|heimer|hausen|hof|hoff|höfer|höhe|tal|mann|wald|stein|steiner|baum|busch|"
    r"siek|siepen|hagen|loh|lohe|holt|holz|stock|bier|topf|wasser|gießer|hauer|macher|schläger|bauer|huber|vogel|kolb|vater|fuß|bart|kopf|"
    r"haupt|vogt|schulte|schmidt|schmitz|schmitt|weber|wirth|graf|leif|esper|trup|wig|bert|hard|helm|fried|brecht|mar|olf)s?$"
)
NOUN_END = re.compile(r"(?:ung|ungen|heit|keit|heiten|keiten|schaft|tion|tionen|ismus|tät|arbeit|zeit|leute|kinder|sachen|stunden?|tage|jahre|kurse?|geld|"
                       r"zeug|essen|papiere|fragen?|musik|sprache|kosten|hilfe|pflege|lehrer\w*|helfer\w*|trainer\w*|innen|chen|lein|gut|recht|dienst)$")  # fmt: skip
_BODY = re.compile(
    r"(?:büro|haus|café|cafe|dienst|stiftung|rat|verein|zentrum|kolleg|schule|gymnasium|treff|markt|apotheke|bäckerei|kiosk|imbiss|grill|praxis|"
    r"heim|kita|garten|kirche|moschee|gemeinde|club|klub|initiative|bündnis|werk|werke|bau|service|immobilien|reisen|halde|kolonie|siedlung|"
    r"chor|bote|zeitung|anzeiger|hospital|klinik|krankenhaus|stift|akademie|institut|theater|kino|hotel|bühne|stube|hütte|"
    r"logistik|transporte|spedition|bank|kasse|büdchen|bude|trinkhalle|laden|salon|studio|verband|bund|union|forum|netzwerk|projekt|amt)$"
)
_SMALL = re.compile(r"(?:äh|eh|öh|mh|hm|ah|oh|uh|ha|hi|he){1,4}m*|m+h*m*|(\w)\1+")
_CUES = frozenset("heißt heiße hieß genannt namens familie".split())


def cast(line: Line, own: list[Found], odd: Callable[[Line, int, str], bool]) -> list[Found]:
    """Suspected persons of one line beside what the rules have found in it, in order."""
    taken = {n for mention in own for n in (mention.start, mention.end - 1)}
    spans = [(mention.start, mention.end) for mention in own]
    found, at = [], 0
    doubtful = _small if line.lower else _capital
    for i, token in enumerate(line.tokens):
        while at < len(spans) and spans[at][1] <= token.start:
            at += 1
        if not token.word or token.start in taken or (at < len(spans) and spans[at][0] < token.end):
            continue
        if doubtful(line, i, token.text) or (
            (line.lower or line.capital(i)) and _noun_stands(line, i, token.text) and odd(line, i, token.text)
        ):
            core = bare(token.text)
            found.append(Found(token.start, token.end, "person", token.text, core, SUSPECTED, "net"))
    return found


def _noun_stands(line: Line, i: int, word: str) -> bool:
    """Whether the word may be looked at as a noun in a name's place; small letters only behind a title."""
    if line.lower:
        return (
            fold(line.word(i - 1))
            in ("frau", "herr", "herrn", "familie", "onkel", "tante", "pastor", "pfarrer", "imam", "doktor")
            and len(word) > 2
            and not verb(word)
        )
    return not (word in words("frau-like") or fold(word) in folded("in no net")) and not (
        fold(word) in folded("not a name") and fold(line.word(i - 1)) not in ("frau", "herr", "herrn")
    )


def verb(word: str) -> bool:
    """Whether the word can be the finite verb that a person is the subject of."""
    low = word.lower()
    if not low[:1].isalpha():
        return False
    return low in words("saying") or low in words("doing") or bool(tagger().possible(low) & {"VVFIN", "VAFIN", "VMFIN"})


@lru_cache(maxsize=100_000)
def unlisted(word: str) -> bool:
    """Whether no dictionary has the word as it stands; it may be made of known ones (`Gutbier`, `Dellrath`)."""
    plain = word.rstrip("'’")
    low = plain.lower()
    if len(low) < 4 or listed(plain) or listed(low) or low in tagger()._model.cache:
        return False
    # Forms of a listed word, and words in dialect
    stems = (low[: -len(end)] for end in ("s", "n", "en", "es", "e", "er", "in", "innen", "chen") if low.endswith(end))
    return not any(listed(stem[:1].upper() + stem[1:]) or listed(stem) for stem in stems if len(stem) > 3)


def may_be_org(word: str) -> bool:
    """Whether the word ends as bodies do: Stadtteilbüro, Frauenhaus."""
    return bool(_BODY.search(word.lower()))


@lru_cache(maxsize=50_000)
def adjective(word: str) -> bool:
    """Whether the word can be an adjective with an ending: Freien, Interkulturellen."""
    low = word.lower()
    return low.endswith(("e", "en", "er", "es", "em")) and bool(tagger().possible(low) & {"ADJA"})


def name_shaped(word: str) -> bool:
    """Whether a word of no dictionary ends as given names of many languages do, and not as loan words."""
    low = fold(word)
    return bool(_GIVEN.search(low)) and not _FOREIGN.search(low) and word[1:].islower()


def _bare(line: Line, i: int, word: str) -> bool:
    """Kaltwasser hat …, mit Rottbruch: a word made of others, in no dictionary, without the article that a noun would have."""
    if not unlisted(word) or NOUN_END.search(word.lower()) or len(word) < 5:
        return False
    before = fold(line.word(i - 1))
    if line.tokens[i].first:
        return verb(line.word(i + 1)) or not line.word(i + 1)[:1].isalpha()
    return before in ("in", "aus", "nach", "ohne", "gegen", "alte", "alten") or not BEFORE_NOUN.fullmatch(before)


def _known(word: str) -> bool:
    key = fold(word)
    if word in words("frau-like") or word in words("kin") or word in words("after a name"):
        return True
    return key in folded("not a name", "never a name") or key in folded("in no net")


def _capital(line: Line, i: int, word: str) -> bool:
    if not line.capital(i) or len(word) < 2 or _known(word):
        return False
    parts = [part for part in re.split(r"[-‐‑]", word.rstrip("'’")) if part]
    if len(parts) > 1:
        return any(part[:1].isupper() and not _known(part) and _new(part) for part in parts)
    if word.isupper() and len(word) < 6:
        return len(word) > 1 and unlisted_short(word)
    if (
        unlisted(word)
        and may_be_org(word)
        and _front(word.lower()) > 3
        and fold(word) not in folded("any body", "kinds of body")
    ):
        return True
    if _partner(line, i):
        return True
    if (
        unlisted(word)
        and len(word) > 6
        and not NOUN_END.search(word.lower())
        and not word.endswith(("er", "en", "e", "s"))
    ):
        return True
    if _new(word) or _bare(line, i, word) or (unlisted(word) and _SURNAME.search(word.lower())):
        return True
    return _word_as_name(line, i, word)


def unlisted_short(word: str) -> bool:
    """Whether an abbreviation is in no dictionary and on no list of what everybody knows."""
    return not listed(word) and not listed(word.lower()) and word.lower() not in tagger()._model.cache


def _front(low: str) -> int:
    """How many letters stand before the word for a body in `Regenbogenschule`."""
    match = _BODY.search(low)
    return match.start() if match else 0


def _partner(line: Line, i: int) -> bool:
    """Hansi und Mücke waren: beside a given name stands a name."""
    if fold(line.word(i - 1)) != "und" or line.lower or not line.capital(i - 2):
        return False
    other = given(line.word(i - 2))
    return other is not None and not ordinary(line.word(i - 2)) and verb(line.word(i + 1))


def _new(word: str) -> bool:
    """Whether no dictionary has the word, or only as a name."""
    if len(word) < 2 or not strange(word) or place(word) == "world":
        return False
    low = word.lower()
    return not (_FOREIGN.search(low) or _SMALL.fullmatch(low))


def _word_as_name(line: Line, i: int, word: str) -> bool:
    """Whether a listed name that is a word as well stands where the word would not: Sommer sagt, mit Rosa, bei Klein."""
    core = bare(word, "given surname")
    first, last = given(core), surname(core)
    if not first and not last:
        return False
    before, after = fold(line.word(i - 1)), line.word(i + 1)
    if line.tokens[i].first:
        return bool(first or (last and noun(core))) and after[:1].islower() and verb(after) and not common(core)
    if before in _CUES:
        return True
    return not (
        BEFORE_NOUN.fullmatch(before) or before.isdecimal() or before.endswith(("hundert", "tausend", "zig"))
    ) and bool(first or not noun(core) or not ordinary(core))


def _small(line: Line, i: int, word: str) -> bool:
    low = fold(word)
    if (
        given(word)
        and common(word)
        and fold(line.word(i - 1)) in ("der", "die", "de", "mit", "bei", "onkel", "tante", "oma", "opa")
    ):
        return fold(line.word(i - 1)) not in ("der", "die", "de") or verb(line.word(i + 1))
    if len(word) < 3 or _known(word) or common(word) or _SMALL.fullmatch(low) or _FOREIGN.search(low):
        return False
    parts = [part for part in re.split(r"[-‐‑]", word.rstrip("'’")) if part]
    if len(parts) > 1:
        return any(len(part) > 2 and unknown(part) and not common(part) for part in parts)
    if unknown(word):
        return True
    core = bare(word, "given surname")
    return bool(given(core) or surname(core) or place(word)) and not compound(low)
