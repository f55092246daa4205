"""What the data lack, in words: beside the question it concerns, and together in the chapter on limits."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from pipeline.sections.answers.desk import Desk
from pipeline.wording import capital, day, number


def of(desk: Desk, question: str) -> list[str]:
    """Limits that concern this question alone."""
    return list(dict.fromkeys(_told(desk, [r for r in desk.rows("findings_limits") if r.question == question])))


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
    values = ", ".join(f"»{desk.names.value(subject, r.value)}«" for r in rows if r.value)
    n = rows[0].n
    subjects = ", ".join(r.subject for r in rows)
    waves = ", ".join(f"{r.subject} ({r.value.replace('+', ', ')})" if r.value else r.subject for r in rows)
    told = {
        "variable_missing": f"Das Merkmal »{subject}«, nach dem verglichen werden soll, kennt diese Studie nicht (study.yaml, answers).",
        "value_missing": f"{label}: bei {'einer befragten Person' if n == 1 else f'{number(n)} Befragten'} unbekannt; in Tabellen stehen sie unter »unbekannt«, beim gemeinsamen Nenner und in Tests zählen sie nicht mit.",
        "value_undeclared": f"{label}: {values} steht in den Angaben zu Befragten, aber nicht in study.yaml (variables.{subject}.values). Gezählt wird es so, wie es dort steht.",
        "group_of_one": f"{label}: Für {values} spricht je nur eine Person; was sie sagt, ist ihre Sicht und nicht die einer Gruppe.",
        "group_empty": f"{label}: Aus {values} ist niemand befragt.",
        "codebook_other": "Das Codebuch hat keine der Kategorien, nach denen die Fragen des Rates beantwortet werden. Welche an ihre Stelle treten, steht in study.yaml (answers).",
        "code_missing": f"Das Codebuch hat {subjects} nicht; study.yaml (answers) nennt {'es' if len(rows) == 1 else 'sie'}.",
        "no_guide": "Ohne Leitfaden (guide.yaml) ist nicht zu sagen, wer wonach gefragt wurde.",
        "never_asked": f"Im Leitfaden, aber niemandem gestellt oder nirgends erkannt: {subjects}.",
        "no_date": f"{capital('ein Gespräch' if n == 1 else f'{number(n)} Gespräche')} ohne Datum: in welcher Reihenfolge gesprochen wurde, ist nur teilweise bekannt.",
        "date_unclear": "Datum nicht zu deuten: " + ", ".join(f"{desk.names.interview(r.subject)} (»{day(r.value)}«)" for r in rows) + ".",
        "waves_overlap": "Die Erhebungen überschneiden sich zeitlich: " + ", ".join(f"{r.subject} und {r.value}" for r in rows) + ". Bitte Datum und Welle der Gespräche prüfen.",
        "notes": f"Angaben zu Befragten, die sich widersprechen: {number(n)}; welche, steht unter »Material«.",
        "wave_codebook": f"Die Erhebungen wurden mit verschiedenen Fassungen des Codebuchs gelesen: {waves}. Was es in einer Fassung nicht gab, wurde dort nicht gesucht.",
        "wave_unread": f"Aus Erhebung {subjects} hat noch kein Mensch etwas gelesen; sie lässt sich mit den anderen nicht vergleichen.",
    }  # fmt: skip
    return told[kind]
