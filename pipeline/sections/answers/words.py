"""Words of the council's questions: what each asks, why one cannot be answered, what the data lack."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.language import N_
from pipeline.problems import nearest

# Question -> (number, anchor in the page, short name in the contents, the question in full)
QUESTIONS = {
    "Q1": ("1", "potenziale", N_("Potenziale"), N_("Welche Potenziale gibt es: Menschen, Netze, Räume, Einrichtungen, Bereitschaft?")),
    "Q2": ("2", "engagement", N_("Engagement und Grenzen"), N_("Welches Engagement gibt es schon, und was begrenzt es?")),
    "Q3": ("3", "gruende", N_("Genannte Gründe"), N_("Welche Gründe für das Nebeneinander werden genannt, über wen, von wem?")),
    "Q4": ("4", "bedarfe", N_("Bedarfe und Bestand"), N_("Was wird in den Sozialräumen gebraucht, und was gibt es dort?")),
    "Q5": ("5", "akteure", N_("Akteure"), N_("Welche Akteure kommen vor, wer arbeitet mit wem, wer fehlt?")),
    "Q6": ("6", "massnahmen", N_("Wünsche und Maßnahmen"), N_("Was wird gewünscht, und welche Maßnahmen könnten daraus folgen?")),
    "Q7": ("7", "nenner", N_("Gemeinsamer Nenner"), N_("Worin stimmen die befragten Gruppen überein, worin nicht?")),
    "Q8": ("8", "willkommen", N_("Willkommen und Zusammenleben"), N_("Wie werden Willkommen, Anerkennung und Zusammenleben erlebt?")),
    "Q9": ("9", "indikatoren", N_("Indikatoren"), N_("Was sollte beobachtet werden, und woher kommen die Zahlen?")),
    "Q10": ("10", "nichtgehoert", N_("Wen wir nicht hörten"), N_("Wen haben wir nicht gehört, und was wurde nicht gesagt?")),
    "Q11": ("11", "leitfragen", N_("Leitfragen"), N_("Was wurde auf jede Leitfrage geantwortet?")),
    "Q12": ("12", "ungefragt", N_("Ungefragte Themen"), N_("Welche Themen kamen auf, nach denen niemand gefragt hat?")),
    "cases": ("", "fallbilder", N_("Fälle"), N_("Wer spricht: Fallzusammenfassungen und Themenmatrix")),
}
NOT_APPLYING = {
    "codes": N_("Das Codebuch hat dafür keine Kategorien (study.yaml, answers: {detail})."),
    "variable": N_("Diese Studie hat das Merkmal »{detail}« nicht (study.yaml, variables und answers)."),
    "setting": N_("Welches Merkmal der Befragten dafür gilt, ist nicht angegeben (study.yaml, answers: {detail})."),
    "values": N_("Von niemandem ist das Merkmal »{detail}« bekannt (cases.csv oder Kopf der Transkripte)."),
    "guide": N_("Diese Studie hat keinen Leitfaden (guide.yaml)."),
    "mentions": N_("Noch ist keine Stelle codiert oder vorgeschlagen."),
}
ALIKE = 0.75  # likeness from which on a value may be a misspelt one
# Family of categories (study.yaml, answers) -> the part of a chapter that is answered from it.
FAMILIES = {
    "potentials": N_("Potenziale"), "bridges": N_("Brückenpersonen"), "engagement": N_("Engagement"), "limits": N_("Was das Engagement begrenzt"), "reasons": N_("Genannte Gründe"),
    "withdrawal": N_("Unter sich bleiben"), "rejection": N_("Rückzug als Antwort auf Ablehnung"), "restriction": N_("Was keine Wahl lässt"), "no_separation": N_("Wer keine Trennung sieht"),
    "frames": N_("Deutungswörter"), "needs": N_("Bedarfe"), "offers": N_("Was es gibt"), "cooperation": N_("Wer mit wem arbeitet"), "missing": N_("Wer fehlt"), "wishes": N_("Wünsche"),
    "goals": N_("Ziele"), "costs": N_("Was es kostet"), "affected": N_("Wovon nur berichten kann, wen es trifft"), "welcome": N_("Willkommen"), "unwelcome": N_("Nicht willkommen"),
    "together": N_("Gelingendes Zusammenleben"), "conflict": N_("Konflikte"),
}  # fmt: skip


def meant(value: str, declared: Mapping[str, str]) -> str:
    """Which value of study.yaml (value -> its words) a value that stands nowhere there may mean, or nothing.

    >>> meant("Moschegemeinde", {"moschee": "Moscheegemeinde", "amt": "Amt"}), meant("Mars", {"nord": "Nord"})
    ('moschee', '')
    """
    spelt = {words.casefold(): known for known, words in declared.items()} | {known.casefold(): known for known in declared}
    return spelt.get(nearest(value.casefold(), spelt, ALIKE), "")
