"""German words of the council's questions: what each asks, why one cannot be answered, what the data lack."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.problems import nearest

# Question -> (number, anchor in the page, short name in the contents, the question in full)
QUESTIONS = {
    "Q1": ("1", "potenziale", "Potenziale", "Welche Potenziale gibt es: Menschen, Netze, Räume, Einrichtungen, Bereitschaft?"),
    "Q2": ("2", "engagement", "Engagement und Grenzen", "Welches Engagement gibt es schon, und was begrenzt es?"),
    "Q3": ("3", "gruende", "Genannte Gründe", "Welche Gründe für das Nebeneinander werden genannt, über wen, von wem?"),
    "Q4": ("4", "bedarfe", "Bedarfe und Bestand", "Was wird in den Sozialräumen gebraucht, und was gibt es dort?"),
    "Q5": ("5", "akteure", "Akteure", "Welche Akteure kommen vor, wer arbeitet mit wem, wer fehlt?"),
    "Q6": ("6", "massnahmen", "Wünsche und Maßnahmen", "Was wird gewünscht, und welche Maßnahmen könnten daraus folgen?"),
    "Q7": ("7", "nenner", "Gemeinsamer Nenner", "Worin stimmen die befragten Gruppen überein, worin nicht?"),
    "Q8": ("8", "willkommen", "Willkommen und Zusammenleben", "Wie werden Willkommen, Anerkennung und Zusammenleben erlebt?"),
    "Q9": ("9", "indikatoren", "Indikatoren", "Was sollte beobachtet werden, und woher kommen die Zahlen?"),
    "Q10": ("10", "nichtgehoert", "Wen wir nicht hörten", "Wen haben wir nicht gehört, und was wurde nicht gesagt?"),
    "Q11": ("11", "leitfragen", "Leitfragen", "Was wurde auf jede Leitfrage geantwortet?"),
    "Q12": ("12", "ungefragt", "Ungefragte Themen", "Welche Themen kamen auf, nach denen niemand gefragt hat?"),
    "cases": ("", "fallbilder", "Fälle", "Wer spricht: Fallzusammenfassungen und Themenmatrix"),
}
NOT_APPLYING = {
    "codes": "Das Codebuch hat dafür keine Kategorien (study.yaml, answers: {detail}).",
    "variable": "Diese Studie hat das Merkmal »{detail}« nicht (study.yaml, variables und answers).",
    "setting": "Welches Merkmal der Befragten dafür gilt, ist nicht angegeben (study.yaml, answers: {detail}).",
    "values": "Von niemandem ist das Merkmal »{detail}« bekannt (cases.csv oder Kopf der Transkripte).",
    "guide": "Diese Studie hat keinen Leitfaden (guide.yaml).",
    "mentions": "Noch ist keine Stelle codiert oder vorgeschlagen.",
}
ALIKE = 0.75  # likeness from which on a value may be a misspelt one
# Family of categories (study.yaml, answers) -> the part of a chapter that is answered from it.
FAMILIES = {
    "potentials": "Potenziale", "bridges": "Brückenpersonen", "engagement": "Engagement", "limits": "Was das Engagement begrenzt", "reasons": "Genannte Gründe",
    "withdrawal": "Unter sich bleiben", "rejection": "Rückzug als Antwort auf Ablehnung", "restriction": "Was keine Wahl lässt", "no_separation": "Wer keine Trennung sieht",
    "frames": "Deutungswörter", "needs": "Bedarfe", "offers": "Was es gibt", "cooperation": "Wer mit wem arbeitet", "missing": "Wer fehlt", "wishes": "Wünsche",
    "goals": "Ziele", "costs": "Was es kostet", "affected": "Wovon nur berichten kann, wen es trifft", "welcome": "Willkommen", "unwelcome": "Nicht willkommen",
    "together": "Gelingendes Zusammenleben", "conflict": "Konflikte",
}  # fmt: skip


def meant(value: str, declared: Mapping[str, str]) -> str:
    """Which value of study.yaml (value -> its words) a value that stands nowhere there may mean, or nothing.

    >>> meant("Moschegemeinde", {"moschee": "Moscheegemeinde", "amt": "Amt"}), meant("Mars", {"nord": "Nord"})
    ('moschee', '')
    """
    spelt = {words.casefold(): known for known, words in declared.items()} | {known.casefold(): known for known in declared}
    return spelt.get(nearest(value.casefold(), spelt, ALIKE), "")
