"""German words that the check of core statements knows: numbers, amounts, hedges, words that are not to be used."""

from __future__ import annotations

import re

_ONES = ("null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")
_TEENS = ("dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn")
_TENS = ("zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")
_ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ONE = ("eins", "eine", "einer", "einem", "einen")
_NONE = ("niemand", "niemandem", "niemanden", "kein", "keine", "keiner", "keinem", "none", "nobody")


def _numbers() -> dict[str, int]:
    found = {word: n for n, word in enumerate((*_ONES, *_TEENS))}
    for tens, word in enumerate(_TENS, 2):
        found[word] = tens * 10
        found |= {f"{one}und{word}": tens * 10 + n for n, one in enumerate(_ONES[:10]) if n}
    found |= {word: n for n, word in enumerate(_ENGLISH)}
    return found | dict.fromkeys(_ONE, 1) | dict.fromkeys(_NONE, 0)


NUMBERS = _numbers()
_WORDS = "|".join(sorted((word for word in NUMBERS if word not in _NONE), key=len, reverse=True))
_DIGITS = r"\d{1,3}(?:[.\u202f\u00a0 ]\d{3})+|\d+"
NUMBER = rf"(?:{_DIGITS}|{_WORDS})"
_NOUN = (
    r"(?:(?:befragte[nr]?|gelesene[nr]?|einzige[nr]?|weitere[nr]?) )?(?:befragte[rn]?|personen|person|gesprächspartner(?:innen)?|interviewte[rn]?|nennung(?:en)?|"
    r"(?:beleg)?stellen?|gruppen?|respondents?|people|mentions|passages|groups)"
)
_OF = r"(?:von|aus|of|/)"
OF = re.compile(rf"(?<!\w)({NUMBER}|alle|keine[rs]?|niemand)\s*{_OF}\s*(?:den |the )?({NUMBER})(?!\w)", re.I)
ANY = re.compile(rf"(?<!\w)({NUMBER}|{'|'.join(_NONE)})(?!\w)", re.I)
_SAYS = r"(?:sagen|nennen|berichten|erzählen|wünschen|beschreiben|finden|meinen|sehen|sprechen|klagen|erleben|say|report|describe|want)"
_ALWAYS = r"die meisten|die mehrheit|die hälfte|fast alle|kaum jemand|niemand|mehrheitlich|ein großteil|überwiegend|most of|the majority|half of"
_VAGUE = r"viele|vielen|einige|einigen|mehrere|mehreren|wenige|wenigen|manche|manchen|alle|allen|zahlreiche|many|some|several|few|all"
_OFTEN = r"menschen|leute|vereine|jugendliche[nr]?|eltern|frauen|männer|bewohner(?:innen)?"
# An amount of people or passages as one writes it in a sentence.
AMOUNT = re.compile(
    rf"(?<!\w)(?:(?:{NUMBER}|alle|keine[rs]?|niemand)\s*{_OF}\s*(?:den |the )?{NUMBER}(?: {_NOUN})?|{NUMBER} {_NOUN}|{_ALWAYS}|"
    rf"(?:{_VAGUE})(?: \w+)? (?:{_NOUN}|{_OFTEN})|(?:{_VAGUE})(?= {_SAYS}\b))(?!\w)", re.I,
)  # fmt: skip
# A number that stands alone right before a mark is meant by it as well.
BEFORE = re.compile(rf"(?<!\w)(?:{_WORDS}|{_DIGITS})(?!\w)(?=[^.!?]{{0,25}}$)", re.I)
QUOTED = re.compile(r"„[^“”\"]*[“”\"]|»[^«]*«|«[^»]*»|“[^”]*”|\"[^\"]*\"")

# Words of people that the report never uses of its own (in a quote they may stand), and what to write instead.
AVOID: tuple[tuple[str, str], ...] = (
    (r"\b(?:die|alle|die meisten|viele) (?:türken|deutschen|ausländer|migranten|syrer|araber|muslime|roma|kurden|russen|flüchtlinge)\b", "groups"),
    (r"\b(?:die|alle|die meisten|viele) bürger(?:innen|\*innen|:innen)?(?: und bürger)?\b", "everybody"),
    (r"\bparallelgesellschaft\w*", "frame"),
    (r"\b(?:problemviertel|brennpunkt\w*|ghetto\w*)", "frame"),
)
PER_CENT = re.compile(r"\d+(?:[.,]\d+)?\s*(?:%|prozent\b|per ?cent\b)", re.I)
CAUSE = re.compile(r"\b(?:ursachen?|verursach\w+|führt dazu|bewirkt|schuld)\b", re.I)
# Signs that a sentence tells what people say, not how things are.
HEDGES = re.compile(
    r"\b(?:sag\w*|nenn\w*|genannt\w*|bericht\w*|erzähl\w*|beschreib\w*|schilder\w*|sicht|meinen|meint|finden|findet|erleb\w*|zuschreib\w*|zugeschrieben|schreib\w* \w+ zu|laut|"
    r"sprechen|spricht|erklär\w*|vermut\w*|deut\w*|wahrnehm\w*|empfind\w*|wünsch\w*|von anderen|über andere|say|said|report\w*|describe\w*)\b", re.I,
)  # fmt: skip


def value(word: str) -> int | None:
    """A number as it is written, in words or figures; None where it is none.

    >>> value("fünf"), value("1.200"), value("einundzwanzig"), value("Raum")
    (5, 1200, 21, None)
    """
    plain = re.sub(r"[.\u202f\u00a0 ]", "", word)
    return int(plain) if plain.isdecimal() else NUMBERS.get(word.casefold())


def unquoted(text: str) -> str:
    """The text with what stands in quotation marks blanked out, letter for letter.

    >>> unquoted("Er sagt „die Türken“ nicht.")
    'Er sagt              nicht.'
    """
    return QUOTED.sub(lambda found: " " * len(found[0]), text)
