"""Guides, consent forms, codebooks, rules and postscripts among the transcripts: told by title, structure and density of
their words, and by their having no conversation and nobody who tells something.
"""

from __future__ import annotations

import re

from pipeline.labels import times
from pipeline.reading import Unreadable

WINDOW = 40_000  # code points that are looked at
CONVERSATION = (
    3  # turns of interviewer and respondent, from which on a file is a conversation whatever words stand in it
)
SPEAKERS = 4  # turns of any two speakers, from which on it is one
MARKS = 3  # time marks from which on somebody was recorded
TELLS = 2  # times that somebody tells of the past in the first person, from which on it is an account
TOP = 8  # lines in which a title stands
TITLE = 12  # words of a title

_CONSENT = re.compile(
    r"(?i)\beinwilligung(?:serkl|en\b|\b)|\beinverst[äa]ndniserkl|\bdatenschutz|\bDSGVO\b|\bDS-GVO\b|\bpersonenbezogen"
    r"|\bwiderruf|\bunterschrift\b|\bfreiwillig|\bich willige\b|\bbin damit einverstanden|\bverantwortliche stelle"
)
_CODEBOOK = re.compile(
    r"(?i)\bcodebuch|\bkodierleitfaden|\bkategoriensystem|\bkategoriendefinition|\bankerbeispiel|\bkodierregel"
    r"|\bcodierregel|\babgrenzungsregel|\bcodesystem"
)
_RULES = re.compile(
    r"(?i)\btranskribier|\bwörtlich|\bpausen?\b|\bmarkier|\bgekennzeichn|\bklammer|\bunverständlich|\bverschriftlich"
    r"|\bzeitmarke|\bdialekt|\bgroßbuchstaben|\bsatzzeichen|\bglättung|\bgeglättet|\bnonverbal|\brezeptionssignal|\bbetont"
)
_POSTSCRIPT = re.compile(
    r"(?i)\bdas (?:gespräch|interview) (?:fand|dauerte|verlief|war)\b|\batmosphäre\b|\bwirkte\b|\bnach dem (?:abschalten|interview"
    r"|gespräch)\b|\b(?:der|die) (?:interviewte|befragte|gesprächspartner|erzähler)(?:in)?\b|\bgesprächs(?:verlauf|situation)"
    r"|\binterviewsituation\b|\bstörungen\b|\bauffälligkeiten\b"
)
# Titles stand at the start of a line of their own; what goes on with a hyphen is another word (`Leitfaden-gestützt`).
_TITLES = {
    "consent": re.compile(
        r"(?i)(?:\S+ ){0,3}(?:einwilligungs?|einverst[äa]ndnis)(?:erkl[äa]rung)?\b|(?:\S+ ){0,2}datenschutz(?:information|erkl|hinweis)"
    ),
    "guide": re.compile(
        r"(?i)(?:\S+ ){0,3}(?:interview|gespr[äa]chs|frage|diskussions)?-?leitfaden(?![-\w])|(?:\S+ ){0,2}fragenkatalog\b"
        r"|(?:\S+ ){0,2}fragebogen(?![-\w])"
    ),
    "codebook": re.compile(
        r"(?i)(?:\S+ ){0,3}(?:codebuch|kodierleitfaden|codierleitfaden|kategoriensystem|codesystem)(?![-\w])"
    ),
    "rules": re.compile(
        r"(?i)(?:\S+ ){0,2}(?:(?:transkriptions|verschriftlichungs)(?:regeln|system|leitfaden|konventionen|hinweise|richtlinien"
        r"|anleitung)|(?:regeln|hinweise|konventionen|anleitung|richtlinien) (?:der|zur|für die) (?:transkription|verschriftlichung))\b"
    ),
    "postscript": re.compile(
        r"(?i)(?:\S+ ){0,2}(?:interview-?)?(?:postskript(?:um)?|postscript|protokollbogen|dokumentationsbogen|kontaktbogen)\b"
        r"|interview-?(?:protokoll|memo)\b|nachbemerkung(?:en)? zum\b"
    ),
}
_TELLING = re.compile(
    r"(?i)\b(?:ich|wir) (?:ja |da |dann |auch |mich |uns )?(?:war|waren|hatten?|kam|kamen|ging|gingen|wollten?|konnten?|mussten?"
    r"|bin (?:\d{4}|dann|da|so|hier|nach|geboren|auf|in|\w+in\b)|hab)\b|\b(?:war|hatte|kam|ging|wollte|konnte|musste|hab) ich\b"
    r"|\bund dann\b(?!\s*\?)|\bhatten wir\b|\bich habe (?:\w+ ){1,6}ge\w{3,}t\b"
)
_QUESTION = re.compile(r"\?[\"“”«»)]{0,2}\s*$", re.M)
_ITEM = re.compile(r"^\s*(?:[-•–*▪]|\(?\d{1,2}[.)]|[a-z]\)|[IVX]{1,4}\.)\s", re.M)
_LINE = re.compile(r"^.*\S.*$", re.M)
_ADVICE = "Ist es doch ein Interview, in study.yaml unter »ingest: files:« mit »read: ja« eintragen."
_REASONS = {
    "guide": "Das ist ein Interviewleitfaden und kein Transkript.",
    "consent": "Das ist eine Einwilligungserklärung und kein Transkript.",
    "codebook": "Das ist ein Codebuch und kein Transkript.",
    "rules": "Das sind Transkriptionsregeln und kein Transkript.",
    "postscript": "Das ist ein Postskript zu einem Interview und kein Transkript.",
}


def refuse_other_documents(text: str, roles: list[str], turns: int, timed: bool = False) -> None:
    """Raise `Unreadable` where a file is a guide, a consent form, a codebook, a set of rules or a postscript.

    `roles` are those of its speakers, one each; `timed`: its turns have times.
    """
    if turns >= CONVERSATION and {"interviewer", "respondent"} <= set(roles):
        return
    if (turns >= SPEAKERS and len(roles) > 1) or (timed and turns >= MARKS):
        return
    kind = document_kind(text[:WINDOW])
    if kind:
        raise Unreadable("skipped", kind, _REASONS[kind], _ADVICE)


def document_kind(text: str) -> str:
    """guide, consent, codebook, rules, postscript, or '' for anything else.

    >>> document_kind("Interviewleitfaden\\n1. Wie leben Sie hier?\\n2. Was fehlt?\\n3. Was wünschen Sie sich?")
    'guide'
    >>> document_kind("Wir haben damals die Einwilligung nicht bekommen.")
    ''
    """
    if len(times.find(text)) >= MARKS:
        return ""
    lines = _LINE.findall(text)
    titles = [kind for line in lines[:TOP] for kind in _TITLES if _is_title(line, kind)]
    telling = len(_TELLING.findall(text)) >= TELLS
    tests = {"rules": _rules, "codebook": _codebook, "consent": _consent, "postscript": _postscript, "guide": _guide}
    for kind, test in tests.items():
        titled = kind in titles[:1]
        # Whoever tells of their own past speaks; in codebooks and forms that may be an example.
        if (not telling or (titled and kind != "guide")) and test(text, lines, titled):
            return kind
    return ""


def _is_title(line: str, kind: str) -> bool:
    line = line.strip(" \t*_#")[:200]
    return len(line.split()) <= TITLE and line[-1:] not in ".!?" and bool(_TITLES[kind].match(line))


def _distinct(pattern: re.Pattern[str], text: str) -> int:
    return len({match.group().lower()[:10] for match in pattern.finditer(text)})


def _rules(text: str, lines: list[str], titled: bool) -> bool:
    return titled and _distinct(_RULES, text) >= 3


def _codebook(text: str, lines: list[str], titled: bool) -> bool:
    """Its words are a structure: they open lines and stand before colons, or several stand in one (a table's head)."""
    opening = [
        line for line in lines if (m := _CODEBOOK.search(line[:200])) and (m.start() <= 12 or len(line.split()) <= 8)
    ]
    formal = [line for line in opening if ":" in line[:60] or len(line.split()) <= 4 or _distinct(_CODEBOOK, line) > 1]
    return _distinct(_CODEBOOK, text) >= 2 and bool(formal)


def _consent(text: str, lines: list[str], titled: bool) -> bool:
    found = _distinct(_CONSENT, text)
    dense = len(_CONSENT.findall(text)) >= 0.02 * len(text.split())
    return found >= 3 and (titled or (found >= 5 and dense))


def _postscript(text: str, lines: list[str], titled: bool) -> bool:
    return titled and _distinct(_POSTSCRIPT, text) >= 1


def _guide(text: str, lines: list[str], titled: bool) -> bool:
    """Questions and hardly anything else; without a title they are all there is, or stand in a list."""
    questions, count = len(_QUESTION.findall(text)), len(lines) or 1
    listed = len(_ITEM.findall(text)) >= 0.5 * count
    return questions >= 3 and questions >= (0.2 if titled else 0.6 if listed else 0.85) * count
