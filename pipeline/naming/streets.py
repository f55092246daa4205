"""Streets with house numbers: compounds (`Moltkestraße 3`), two words (`Horster Straße`), phrases (`Am Förderturm 7`)."""

from __future__ import annotations

import re

from pipeline.german.words import listed
from pipeline.naming.base import SURE, SUSPECTED, Found
from pipeline.naming.cues import UNIT_BEHIND
from pipeline.naming.dictionary import compound, ordinary
from pipeline.naming.facts import fold, folded
from pipeline.naming.net import unlisted

_TAIL = r"(?:stra(?:ß|ss)e|str\.|stra(?:ß|ss)|weg|platz|allee|gasse|ring|ufer|damm|wall|markt|steig|stieg|pfad|chaussee|promenade|graben|zeile|kamp|hof|winkel|berg|busch|feld|heide|höhe|bruch|siepen)"
_WORDS = r"(?:(?:ein|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun)?hundert(?:und)?)?(?:(?:ein|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun)und(?:zwanzig|dreißig|dreissig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig))|(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)hundert(?:eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)?|hundert(?:eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)?|dreißig|dreissig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig|ein|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|vierzehn|fünfzehn|sechzehn|siebzehn|achtzehn|neunzehn|zwanzig"
_NUMBER = rf"(?:\s(?:Nr\.\s?|Nummer\s|nummer\s|Hausnummer\s)?(?:\d{{1,3}}(?:\s?[a-h](?![\w]))?(?:(?:\s?[-–/]\s?|\sbis\s)\d{{1,3}}[a-h]?)?(?![\d\w])|(?:{_WORDS})(?!\w)))"
_UPPER, _PART = "[A-ZÄÖÜÇŞİ]", r"[^\W\d_]"
_COMPOUND = re.compile(
    rf"(?<![\w-])(?P<name>(?:(?:Dr\.|Prof\.|St\.)-)?{_PART}{{1,30}}(?:-{_PART}{{1,20}}){{0,4}}?-?(?:{_TAIL}))(?P<s>s)?(?![\w])(?P<number>{_NUMBER})?",
    re.IGNORECASE,
)
_TWO = re.compile(
    rf"(?<![\w-])(?P<name>(?P<more>{_UPPER}{_PART}{{2,20}} )?(?P<first>{_PART}{{2,25}}(?:-{_PART}{{2,20}})?) (?P<noun>Straße|Strasse|Str\.?|Allee|Weg|Platz|Ring|Gasse|Damm|Ufer|Chaussee|Markt|Wall|Höhe|Berg|Hof|Kamp|Busch|Heide|Feld|Zechenstraße|Hauptstraße|Dorfstraße|Landstraße|Bahnhofstraße))(?![\w])(?P<number>{_NUMBER})?",
    re.IGNORECASE,
)
_OF = re.compile(
    rf"(?<![\w-])(?:Straße|Platz|Allee|Weg) (?:des|der|am|an der|zum|zur) {_UPPER}[\wäöüß-]{{2,25}}(?: {_UPPER}[\wäöüß-]{{2,25}})?(?:{_NUMBER})?"
)
_PHRASE = re.compile(
    rf"(?<![\w-])(?P<name>(?:Am|An der|Auf dem|Auf der|Im|In der|In den|Zum|Zur|Hinter der|Unter den|Vor dem|An den) (?P<noun>{_UPPER}[\wäöüß-]{{2,25}}))(?P<number>{_NUMBER})?(?![\w])"
)
_HOUSE = re.compile(
    rf"(?<!\w)(?:[Aa]m|[Aa]n der|[Aa]n den|[Aa]uf de[mr]|[Ii]m|[Ii]n de[nr]|[Zz]um|[Zz]ur|[Hh]inter der|[Uu]nter den|[Vv]or dem|[Bb]eim) "
    rf"(?P<name>{_UPPER}{_PART}{{3,30}})(?P<number>{_NUMBER})(?![\w])"
)
_GATE = re.compile(
    r"[a-zäöüß]{4,}(?:tor|kamp|hof|berg|feld|busch|bach|teich|wiese|wehr|schleuse|hang|heide|höhe|brink|horst|mühle|bruch|graben|winkel)$"
)
_HEIGHTS = frozenset("höhe berg hof kamp busch heide feld".split())
_ROADS = frozenset("strasse str. str allee gasse chaussee weg".split())
_NOT_MORE = frozenset(
    "ecke richtung ende anfang haltestelle strasse frau herr kreuzung hausnummer adresse nummer".split()
)
_TAILS = tuple(
    "str weg platz allee gasse ring ufer damm wall markt chaussee pfad steig promenade kamp hof berg winkel graben zeile busch feld heide höhe".split()
)
_NEVER = folded("no street")
_NOT_FIRST = re.compile(
    r"(?:d(?:er|ie|as|en|em|es)|(?:m|d|s|k)?ein(?:e[nmrs]?)?|ihre[nmrs]?|unse?re?[nmrs]?|euer|eure[nmrs]?|diese[nmrs]?|jede[nmrs]?|jene[nmrs]?|welche[nmrs]?|manche[nmrs]?|alle[nmrs]?|(?:andere|ganze|selbe|nächste|ruhige|laute|kleine|große|schöne|viele|beide|breite|enge|eigene|erste|zweite|öffentliche|freie)[nmrs]?|auf|vor|an|zur|zum|am|im|vom|beim|pro|ohne|kein|in|über|von|wo|und|mehr|genug|viel|einige|immer|großer|kleiner|guter|weiter|hier|dieser|ne|nen|nem|deren|dessen)",
    re.IGNORECASE,
)
_CUES = frozenset("am zum vom im der zur die inne anner ecke wohne beim an".split())
_TIME = frozenset(
    "januar februar märz april mai juni juli august september oktober november dezember montag dienstag mittwoch donnerstag freitag samstag sonntag jahr jahre alter durchschnitt schnitt monat tag ende anfang schuljahr kurs sommer winter herbst frühjahr frühling".split()
)


def find_in(text: str, lower: bool) -> list[Found]:
    """Streets in one text, longest first where they overlap, in order."""
    found: list[Found] = []
    low = text.lower()
    if any(tail in low for tail in _TAILS):
        found += [made for match in _TWO.finditer(text) if (made := _two(match, text, lower))]
        found += [Found(*m.span(), "street", m[0], m[0], SURE, "street of") for m in _OF.finditer(text)]
        found += [made for match in _COMPOUND.finditer(text) if (made := _compound(match, text, lower))]
    found += [made for match in _HOUSE.finditer(text) if (made := _house(match))]
    found += [made for match in _PHRASE.finditer(text) if (made := _phrase(match, text))]
    found.sort(key=lambda m: (m.start, -m.end))
    kept: list[Found] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _made(match: re.Match[str], certainty: str, rule: str) -> Found:
    name = match["name"]
    return Found(
        match.start("name"),
        match.end(),
        "street",
        match[0][match.start("name") - match.start() :],
        name,
        certainty,
        rule,
    )


def _compound(match: re.Match[str], text: str, lower: bool) -> Found | None:
    name, number = match["name"], match["number"]
    key = fold(name)
    if (not lower and not name[0].isupper()) or key in _NEVER:
        return None
    road = bool(re.search(r"(?:stra(?:ß|ss)e?|str\.|allee|gasse|chaussee)$", name, re.IGNORECASE))
    before = text[max(0, match.start() - 12) : match.start()].lower().split()
    cue = bool(before) and before[-1] in _CUES
    if road:
        return (
            _made(match, SURE, "street") if key not in folded("any street") else _made(match, SUSPECTED, "any street")
        )
    known = bool(listed(name[:1].upper() + name[1:]) or listed(name.lower()))
    if "-" in name:
        return (
            _made(match, SURE if cue or number else SUSPECTED, "street")
            if re.search(r"-(?:weg|platz|ring|ufer|damm|wall|markt)$", name, re.I)
            else None
        )
    if re.search(r"(?:hof|winkel|berg|kamp|steig|zeile|graben|busch|feld|heide|höhe|bruch|siepen)$", key):
        return _made(match, SURE, "number") if number and cue and not ordinary(name) else None
    if known and not number:
        return _made(match, SURE, "street") if key in folded("real street") and cue else None
    if known and number:
        return _made(match, SURE if cue and not lower else SUSPECTED, "number")
    return (
        _made(match, SURE if cue or number else SUSPECTED, "street") if not lower or cue or not compound(key) else None
    )


def _two(match: re.Match[str], text: str, lower: bool) -> Found | None:
    first, noun, road = match["first"], match["noun"], fold(match["noun"])
    if _NOT_FIRST.fullmatch(first) or (not lower and not (first[0].isupper() and noun[0].isupper())):
        return None
    ends = re.search(r"(?:er|e|en)$", first) is not None
    if (ends and fold(first) in folded("not a name")) or (road in _HEIGHTS and (lower or not first.endswith("er"))):
        return None
    if not ends:
        # Kokerei Straße: a recogniser writes the parts of a name apart.
        behind = re.search(
            r"(?:in|auf|an|von|aus|zu) der $|zur $|Ecke $",
            text[max(0, match.start("first") - 9) : match.start("first")],
        )
        if lower or not (behind or match["number"]) or road not in _ROADS:
            return None
    adjective = first[0].islower() or ordinary(first)
    if lower and adjective and not (match["number"] or first.lower() in ("alten", "neuen")):
        return None
    whole = bool(match["more"]) and match["more"][0].isupper() and bool(match["number"]) and not lower
    whole = whole and not _NOT_FIRST.fullmatch(match["more"].strip()) and fold(match["more"].strip()) not in _NOT_MORE
    start = match.start() if whole else match.start("first")
    return Found(
        start, match.end(), "street", text[start : match.end()], text[start : match.end("noun")], SURE, "two words"
    )


def _house(match: re.Match[str]) -> Found | None:
    """am Zechentor 6: a compound of no dictionary with a number where houses stand."""
    return (
        _made(match, SURE, "house")
        if (unlisted(match["name"]) or _GATE.search(match["name"])) and not UNIT_BEHIND.match(match.string, match.end())
        else None
    )


def _phrase(match: re.Match[str], text: str) -> Found | None:
    if fold(match["noun"]) in _TIME:
        return None
    before = text[: match.start()].rstrip()
    after = text[match.end() :].lstrip()
    alone = not after or after[0] in ",.;!?)"
    if match["number"]:
        begins = not before or before[-1] in ".!?"
        sure = alone and (not begins or after[:1] == ",")
        return _made(match, SURE if sure else SUSPECTED, "phrase") if alone or not begins else None
    # A capital inside a sentence shows that "Im Winkel" is a name.
    inside = bool(before) and (before[-1].isalpha() or before[-1] == ",")
    return (
        _made(match, SURE if re.search(r"(?:Ecke|wohne|Adresse|heißt|Straße)$", before) else SUSPECTED, "phrase")
        if inside
        else None
    )
