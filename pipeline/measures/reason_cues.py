"""German words by which a reason shows as liking, as having no choice, or as an answer to being turned away.

Words settle nothing alone: where they speak for two of these, or are negated, nothing is said.
"""

from __future__ import annotations

import re

PREFERENCE, RESTRICTION, REACTION = "preference", "restriction", "reaction"
TYPES = (PREFERENCE, RESTRICTION, REACTION)

_MUST, _CAN = r"\b(?:muss|musst|müssen|müsst|musste\w*)\b", r"\b(?:kann|kannst|können|könnt|konnte\w*)\b"
# What somebody without a choice has to do or to take; »wir müssen reden«, »sich an die eigene Nase packen«, »ernst nehmen« are none of it.
_BOUND = (
    r"(?:wohnen|leben|(?<!offen )(?<!gesund )(?<!dran )(?<!im Gespräch )(?<!in Kontakt )bleiben|\b(?:weg|hin|um|aus|fort)?(?:ziehen|zuziehen)"
    r"|(?<!Zeit )(?<!ernst )(?<!wahr)(?<!Hand )(?<!teil)(?<!Kauf )\b(?:an)?nehmen|unterkommen)\b"
)
_CUES = {
    PREFERENCE: (
        r"gern(?:e)? (?:unter|bei|mit|für) \w+", r"(?:bleib|sind|ist|sitz|wohn|leb)\w* (?:\w+ ){0,2}(?:halt |eben |einfach )?(?:gern|gerne|lieber)\b", r"lieber unter \w+",
        r"(?:einfacher|leichter|bequemer|angenehmer|gemütlicher|vertrauter|wohler)", r"\bbequem\b", r"gewohnheit", r"(?:fühl\w*|fühlst)[^.!?]{0,30}\bwohl\b",
        r"\bwohl ?fühl\w*", r"\bso gewohnt\b",
    ),
    RESTRICTION: (
        rf"{_MUST}[^.!?,]{{0,60}}\b{_BOUND}", rf"\b{_BOUND} {_MUST}", rf"{_CAN} [^.!?,]{{0,30}}\b(?:nicht|nie) (?:\w+ )?(?:weg|raus|um|aus|woanders|aussuchen|wählen)",
        rf"\b(?:nicht|nie) (?:\w+ )?(?:\w*ziehen|weg|raus|aussuchen|wählen|woanders hin) {_CAN}", r"gezwungen", r"keine (?:andere )?wahl", r"nichts anderes übrig", r"nicht anders",
        r"(?:krieg|bekomm|find)\w* [^.!?,]{0,25}\bkein(?:e|en)?\b", r"kein(?:e|en)? \w+ (?:ge)?(?:krieg|bekomm|fund|find)\w*", r"nicht (?:mehr )?leisten", r"zu teuer",
        r"\b(?:darf|dürfen|durfte|durften) [^.!?,]{0,20}\bnicht\b", r"\bnicht (?:dürfen|darf|durfte\w*)\b", r"woanders nicht",
    ),
    REACTION: (
        r"\bnicht mehr (?:hin|rein|dahin|dorthin|da hin)\b", r"\b(?:geh|gehe|gehst|gehen|geht|ging|gingen|komm|kommst|kommen|kommt)\b[^.!?]{0,30}\bnicht mehr\b",
        r"\b(?:zieh|ziehe|zieht|ziehen|zog|zogen)\w* (?:\w+ ){0,3}zurück\b", r"\bzurück(?:gezogen|zuziehen|ziehen|ziehe|zieht)\b", r"dann bleib\w* (?:\w+ ){0,2}(?:halt|eben)\b",
        r"dann (?:halt|eben) \w* ?unter (?:uns|sich)",
    ),
}  # fmt: skip
_FOUND = {kind: re.compile("|".join(f"(?:{cue})" for cue in cues), re.IGNORECASE) for kind, cues in _CUES.items()}
_WITHDRAWN = re.compile(
    r"\bunter (?:uns|sich|seinesgleichen|ihresgleichen|unseresgleichen)\b|\bnicht mehr (?:hin|rein|dahin)\b|\bzurück ?(?:gezogen|zuziehen|ziehen|ziehe|zieht)\b"
    r"|\b(?:zieh|ziehe|zieht|ziehen|zog|zogen)\w* (?:\w+ ){0,3}zurück\b|\b(?:geh|gehe|gehst|gehen|geht)\b[^.!?]{0,30}\bnicht mehr\b",
    re.IGNORECASE,
)
_REJECTED = (
    r"\b(?:an(?:ge)?mach\w*|angemacht|anpöbel\w*|angepöbelt|beschimpf\w*|beleidig\w*|abgewiesen|abgelehnt|weggeschickt|ausgelacht|rausgeschmissen|rausgeworfen|ausgegrenzt"
    r"|angestarrt|(?:blöd|schief|dumm|komisch|böse) (?:an\w*|guck\w*|gekommen|kommen)|absagen?|nicht (?:\w+ )?(?:rein|hinein)gelassen)\b"
)
_STAYS_AWAY = (
    r"(?:\bnicht mehr\b|\bnie wieder\b|\bbleib\w* (?:\w+ ){0,3}(?:weg|zu ?hause|daheim|unter (?:uns|sich|seinesgleichen))\b|\bzurück(?:gezogen|ziehen|zieht)\b|\blieber unter\b)"
)
_ANSWER = re.compile(rf"{_REJECTED}[^!?]{{0,60}}?\b(?:dann|da|seitdem|seither|deshalb|deswegen|darum|also|danach)\b[^.!?]{{0,60}}?{_STAYS_AWAY}", re.IGNORECASE)
_NEGATED = re.compile(r"\b(?:nicht|nie|niemals|kaum|weder|kein(?:e|en|er)?)(?: \w+)?\s+$", re.IGNORECASE)
_OWN_NEGATION = (RESTRICTION, REACTION)  # their cues hold the negation themselves


def cues(text: str) -> dict[str, str]:
    """Type -> the words that speak for it, without those that are negated.

    >>> cues("Wir bleiben gern unter uns."), cues("Die bleiben nicht gern unter sich.")
    ({'preference': 'bleiben gern'}, {})
    >>> cues("Du kriegst als Ali eben keine Wohnung."), cues("Da geht man halt nicht mehr hin.")
    ({'restriction': 'kriegst als Ali eben keine'}, {'reaction': 'geht man halt nicht mehr'})
    >>> cues("Ich muss Ihnen sagen, die sind speziell."), cues("dass wir uns da an die eigene Nase packen müssen"), cues("Es muss einen Nutzen geben.")
    ({}, {}, {})
    >>> list(cues("Man muss nehmen, was man kriegt.")), list(cues("weil wir da wohnen müssen")), cues("Das müssen wir ernst nehmen.")
    (['restriction'], ['restriction'], {})
    """
    found = {}
    for kind, pattern in _FOUND.items():
        for hit in pattern.finditer(text):
            if not _NEGATED.search(text[: hit.start()]) and not (kind not in _OWN_NEGATION and _NEGATED.search(hit.group().rpartition(" ")[0] + " ")):
                found[kind] = hit.group().strip()
                break
    return found


def told(text: str) -> tuple[str, str]:
    """(type, the words that tell it) of a passage; empty where nothing or more than one type shows.

    >>> told("Man muss da wohnen, und es ist halt einfacher."), told("Es regnet.")
    (('', ''), ('', ''))
    """
    found = cues(text)
    return next(iter(found.items())) if len(found) == 1 else ("", "")


def answer(text: str) -> str:
    """The words of a passage that tell of being turned away and of staying away since; empty where none do.

    >>> answer("Du wirst zweimal blöd angemacht, dann gehst du nicht mehr hin.")
    'blöd angemacht, dann gehst du nicht mehr'
    >>> answer("Die haben mich weggeschickt. Seitdem bleib ich lieber zu Hause."), answer("Da geht man nicht mehr hin, weil es zu hat.")
    ('weggeschickt. Seitdem bleib ich lieber zu Hause', '')
    """
    found = _ANSWER.search(text)
    return found.group() if found else ""


def withdrawn(text: str) -> bool:
    """Whether words say that somebody keeps to their own or stays away.

    >>> withdrawn("dann bleibt man unter sich"), withdrawn("wir feiern zusammen")
    (True, False)
    """
    return bool(_WITHDRAWN.search(text))
