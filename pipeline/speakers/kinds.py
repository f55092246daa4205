"""Guides, consent forms and codebooks among the transcripts: told by their words and by their having no conversation."""

from __future__ import annotations

import re

from pipeline.reading import Unreadable

WINDOW = 40_000  # code points that are looked at
CONVERSATION = 4  # turns, with two roles, from which on a file is a conversation whatever words stand in it

_CONSENT = re.compile(
    r"(?i)\beinwilligung(?:serkl|en\b|\b)|\beinverst[äa]ndniserkl|\bdatenschutz|\bDSGVO\b|\bDS-GVO\b|\bpersonenbezogen"
    r"|\bwiderruf|\bunterschrift\b|\bfreiwillig|\bich willige\b|\bbin damit einverstanden|\bverantwortliche stelle"
)
_CONSENT_TITLE = re.compile(r"(?i)\b(?:einwilligungs?|einverst[äa]ndnis)erkl[äa]rung|\bdatenschutz(?:information|erkl)")
_GUIDE_TITLE = re.compile(r"(?i)\b(?:interview|gespr[äa]chs|frage|diskussions)?-?leitfaden\b|\bfragenkatalog\b|\bfragebogen\b")
_CODEBOOK = re.compile(
    r"(?i)\bcodebuch|\bkodierleitfaden|\bkategoriensystem|\bkategoriendefinition|\bankerbeispiel|\bkodierregel"
    r"|\bcodierregel|\babgrenzungsregel|\bcodesystem"
)
_QUESTION = re.compile(r"\?[\"“”«»)]{0,2}\s*$", re.M)
_LINE = re.compile(r"^.*\S.*$", re.M)
_ADVICE = "Ist es doch ein Interview, in study.yaml unter »ingest: files:« mit »read: ja« eintragen."


def refuse_other_documents(text: str, roles: list[str], turns: int) -> None:
    """Raise `Unreadable` where a file is a guide, a consent form or a codebook. `roles` are those of its speakers."""
    if turns >= CONVERSATION and {"interviewer", "respondent"} <= set(roles):
        return
    kind = document_kind(text[:WINDOW])
    if kind:
        reason = {
            "guide": "Das ist ein Interviewleitfaden und kein Transkript.",
            "consent": "Das ist eine Einwilligungserklärung und kein Transkript.",
            "codebook": "Das ist ein Codebuch und kein Transkript.",
        }[kind]
        raise Unreadable("skipped", kind, reason, _ADVICE)


def document_kind(text: str) -> str:
    """guide, consent, codebook, or '' for anything else.

    >>> document_kind("Interviewleitfaden\\n1. Wie leben Sie hier?\\n2. Was fehlt?\\n3. Was wünschen Sie sich?")
    'guide'
    >>> document_kind("Wir haben damals die Einwilligung nicht bekommen.")
    ''
    """
    lines = len(_LINE.findall(text)) or 1
    questions = len(_QUESTION.findall(text))
    top = text[:400]
    words = {match.group().lower()[:10] for match in _CODEBOOK.finditer(text)}
    if len(words) >= 2:
        return "codebook"
    consent = {match.group().lower()[:10] for match in _CONSENT.finditer(text)}
    if len(consent) >= 3 and (_CONSENT_TITLE.search(top) or len(consent) >= 5):
        return "consent"
    if questions >= 3 and ((_GUIDE_TITLE.search(top) and questions >= 0.2 * lines) or questions >= 0.6 * lines >= 3):
        return "guide"
    return ""
