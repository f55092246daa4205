"""What the data lack, in words: beside the question it concerns, and together in the chapter on limits."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from pipeline.sections.answers.desk import Desk
from pipeline.sections.answers.words import FAMILIES, meant
from pipeline.wording import capital, number


def of(desk: Desk, question: str) -> list[str]:
    """Limits that concern this question alone; what no answer can lack where there is none is left out."""
    left_out = ("family_missing", "code_missing") if desk.applies(question) else ()
    return list(dict.fromkeys(_told(desk, [r for r in desk.rows("findings_limits") if r.question == question and r.kind not in left_out])))


def every(desk: Desk) -> list[str]:
    """All limits, in the order of the table; values of one variable in one sentence."""
    return list(dict.fromkeys(_told(desk, desk.rows("findings_limits"))))


def _told(desk: Desk, rows: list[Any]) -> list[str]:
    together: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in rows:
        alone = row.subject if row.kind in _BY_SUBJECT else ""
        together[row.kind, alone].append(row)
    return [_sentence(desk, kind, subject, found) for (kind, subject), found in together.items()]


_BY_SUBJECT = ("value_missing", "value_undeclared", "group_of_one", "group_empty", "variable_missing")


def _sentence(desk: Desk, kind: str, subject: str, rows: list[Any]) -> str:
    label = desk._label(subject) if subject else ""
    many = len(rows) > 1
    values = ", ".join(f"»{desk.names.value(subject, r.value)}«" for r in rows if r.value)
    n = rows[0].n
    subjects = ", ".join(dict.fromkeys(r.subject for r in rows))
    families = ", ".join(dict.fromkeys(family for r in rows for family in r.value.split("+")))
    waves = ", ".join(f"{r.subject} ({r.value.replace('+', ', ')})" if r.value else r.subject for r in rows)
    told = {
        "variable_missing": f"Das Merkmal »{subject}«, nach dem verglichen werden soll, kennt diese Studie nicht (study.yaml, answers).",
        "value_missing": f"{label}: bei {'einer befragten Person' if n == 1 else f'{number(n)} Befragten'} unbekannt; in Tabellen stehen sie unter »unbekannt«, beim gemeinsamen Nenner und in Tests zählen sie nicht mit.",
        "value_undeclared": f"{label}: {values} {'stehen' if many else 'steht'} in den Angaben zu Befragten, aber nicht in study.yaml (variables.{subject}.values). Gezählt wird es als eigene Gruppe, wie es dort steht.{_meant(desk, subject, rows)}",
        "group_of_one": f"{label}: Für {values} spricht je nur eine Person; was sie sagt, ist ihre Sicht und nicht die einer Gruppe.",
        "group_empty": f"{label}: Aus {values} ist niemand befragt.",
        "codebook_other": "Das Codebuch hat keine der Kategorien, nach denen die Fragen des Rates beantwortet werden. Welche an ihre Stelle treten, steht in study.yaml (answers).",
        "code_missing": f"Das Codebuch hat {subjects} nicht; study.yaml (answers: {families}) nennt {'sie' if ', ' in subjects else 'es'}. Was darunter fiele, fehlt in der Antwort.",
        "family_missing": f"Das Codebuch hat nicht, was study.yaml (answers) nennt: {'; '.join(f'{r.subject}: ' + r.value.replace('+', ', ') for r in rows)}. Es {'entfallen die Teile' if many else 'entfällt der Teil'} {', '.join(f'»{FAMILIES.get(r.subject, r.subject)}«' for r in rows)}.",
        "no_guide": "Ohne Leitfaden (guide.yaml) ist nicht zu sagen, wer wonach gefragt wurde.",
        "never_asked": f"Im Leitfaden, aber niemandem gestellt oder nirgends erkannt: {subjects}.",
        "no_date": f"{capital('ein Gespräch' if n == 1 else f'{number(n)} Gespräche')} ohne Datum: in welcher Reihenfolge gesprochen wurde, ist nur teilweise bekannt.",
        "date_unclear": "Datum nicht zu deuten: " + ", ".join(f"{desk.names.interview(r.subject)} (»{r.value}«)" for r in rows) + ". Für Reihenfolge und Erhebungen gilt es als unbekannt.",
        "waves_overlap": "Die Erhebungen überschneiden sich zeitlich: " + ", ".join(f"{r.subject} und {r.value}" for r in rows) + ". Bitte Datum und Welle der Gespräche prüfen.",
        "waves_reversed": " ".join(f"Erhebung {r.subject} liegt vor Erhebung {r.value}." for r in rows) + " Bitte Datum und Welle der Gespräche prüfen.",
        "notes": f"Angaben, die nicht zusammenpassen oder fehlen: {number(n)}; welche, steht unter »Material«.",
        "wave_codebook": f"Die Erhebungen wurden mit verschiedenen Fassungen des Codebuchs gelesen: {waves}. Was es in einer Fassung nicht gab, wurde dort nicht gesucht.",
        "wave_unread": f"Aus Erhebung {subjects} hat noch kein Mensch etwas gelesen; sie lässt sich mit den anderen nicht vergleichen.",
    }  # fmt: skip
    return told[kind]


def _meant(desk: Desk, variable: str, rows: list[Any]) -> str:
    """For each value that study.yaml does not list: which of its values may be meant."""
    known = desk.settings.variables[variable].values if variable in desk.settings.variables else {}
    found = [(row.value, meant(row.value, known)) for row in rows]
    return "".join(f" Meinten Sie »{near}« statt »{value}«?" for value, near in found if near)
