"""German words by which a reason shows as liking, as having no choice, or as an answer to being turned away.

Words settle nothing alone: where they speak for two of these, or are negated, nothing is said.
"""

from __future__ import annotations

import re

PREFERENCE, RESTRICTION, REACTION = "preference", "restriction", "reaction"
TYPES = (PREFERENCE, RESTRICTION, REACTION)

_CUES = {
    PREFERENCE: (
        r"gern(?:e)? (?:unter|bei|mit|für) \w+", r"(?:bleib|sind|ist|sitz|wohn|leb)\w* (?:\w+ ){0,2}(?:halt |eben |einfach )?(?:gern|gerne|lieber)\b", r"lieber unter \w+",
        r"(?:einfacher|leichter|bequemer|angenehmer|gemütlicher|vertrauter|wohler)", r"\bbequem\b", r"gewohnheit", r"(?:fühl\w*|fühlst)[^.!?]{0,30}\bwohl\b",
        r"\bwohl ?fühl\w*", r"\bso gewohnt\b",
    ),
    RESTRICTION: (
        r"\b(?:muss|musst|müssen|müsst|musste\w*)\b(?![^.!?,]{0,25}\b(?:sagen|sag|zugeben|gestehen|lachen|aufpassen|denken|wissen)\b)", r"gezwungen", r"keine (?:andere )?wahl", r"nichts anderes übrig", r"nicht anders",
        r"(?:krieg|bekomm|find)\w* [^.!?,]{0,25}\bkein(?:e|en)?\b", r"kein(?:e|en)? \w+ (?:ge)?(?:krieg|bekomm|fund|find)\w*", r"nicht (?:mehr )?leisten", r"zu teuer",
        r"\b(?:darf|dürfen|durfte|durften) [^.!?,]{0,20}\bnicht\b", r"\bnicht (?:dürfen|darf|durfte\w*)\b", r"woanders nicht",
    ),
    REACTION: (
        r"\bnicht mehr (?:hin|rein|dahin|dorthin|da hin)\b", r"\b(?:geh|gehe|gehen|geht|ging|gingen|komm|kommen|kommt)\b[^.!?]{0,30}\bnicht mehr\b",
        r"\b(?:zieh|ziehe|zieht|ziehen|zog|zogen)\w* (?:\w+ ){0,3}zurück\b", r"\bzurück(?:gezogen|zuziehen|ziehen|ziehe|zieht)\b", r"dann bleib\w* (?:\w+ ){0,2}(?:halt|eben)\b",
        r"dann (?:halt|eben) \w* ?unter (?:uns|sich)",
    ),
}  # fmt: skip
_FOUND = {kind: re.compile("|".join(f"(?:{cue})" for cue in cues), re.IGNORECASE) for kind, cues in _CUES.items()}
_WITHDRAWN = re.compile(
    r"\bunter (?:uns|sich|seinesgleichen|ihresgleichen|unseresgleichen)\b|\bnicht mehr (?:hin|rein|dahin)\b|\bzurück ?(?:gezogen|zuziehen|ziehen|ziehe|zieht)\b"
    r"|\b(?:zieh|ziehe|zieht|ziehen|zog|zogen)\w* (?:\w+ ){0,3}zurück\b|\b(?:geh|gehe|gehen|geht)\b[^.!?]{0,30}\bnicht mehr\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:nicht|nie|niemals|kaum|weder|kein(?:e|en|er)?)(?: \w+)?\s+$", re.IGNORECASE)
_OWN_NEGATION = (RESTRICTION, REACTION)  # their cues hold the negation themselves


def cues(text: str) -> dict[str, str]:
    """Type -> the words that speak for it, without those that are negated.

    >>> cues("Wir bleiben gern unter uns."), cues("Die bleiben nicht gern unter sich.")
    ({'preference': 'bleiben gern'}, {})
    >>> cues("Du kriegst als Ali eben keine Wohnung."), cues("Da geht man halt nicht mehr hin.")
    ({'restriction': 'kriegst als Ali eben keine'}, {'reaction': 'geht man halt nicht mehr'})
    >>> cues("Ich muss Ihnen sagen, die sind speziell.")
    {}
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


def withdrawn(text: str) -> bool:
    """Whether words say that somebody keeps to their own or stays away.

    >>> withdrawn("dann bleibt man unter sich"), withdrawn("wir feiern zusammen")
    (True, False)
    """
    return bool(_WITHDRAWN.search(text))
