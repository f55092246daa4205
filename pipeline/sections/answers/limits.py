"""What the data lack, in words: beside the question it concerns, and together in the chapter on limits."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from pipeline.language import N_, _, ngettext
from pipeline.sections.answers.desk import Desk
from pipeline.sections.answers.words import FAMILIES, meant
from pipeline.wording import capital, dative, number, quoted


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


_WHOLE = {
    "variable_missing": N_("Das Merkmal »{subject}«, nach dem verglichen werden soll, kennt diese Studie nicht (study.yaml, answers)."),
    "value_missing": N_("{label}: bei {who} unbekannt; in Tabellen stehen sie unter »unbekannt«, beim gemeinsamen Nenner und in Tests zählen sie nicht mit."),
    "group_of_one": N_("{label}: Für {values} spricht je nur eine Person; was sie sagt, ist ihre Sicht und nicht die einer Gruppe."),
    "group_empty": N_("{label}: Aus {values} ist niemand befragt."),
    "codebook_other": N_("Das Codebuch hat keine der Kategorien, nach denen die Fragen des Rates beantwortet werden. Welche an ihre Stelle treten, steht in study.yaml (answers)."),
    "no_guide": N_("Ohne Leitfaden (guide.yaml) ist nicht zu sagen, wer wonach gefragt wurde."),
    "never_asked": N_("Im Leitfaden, aber niemandem gestellt oder nirgends erkannt: {subjects}."),
    "notes": N_("Angaben, die nicht zusammenpassen oder fehlen: {count}; welche, steht unter »Material«."),
    "wave_codebook": N_("Die Erhebungen wurden mit verschiedenen Fassungen des Codebuchs gelesen: {waves}. Was es in einer Fassung nicht gab, wurde dort nicht gesucht."),
    "wave_unread": N_("Aus Erhebung {subjects} hat noch kein Mensch etwas gelesen; sie lässt sich mit den anderen nicht vergleichen."),
}  # fmt: skip


def _sentence(desk: Desk, kind: str, subject: str, rows: list[Any]) -> str:
    if kind in _WHOLE:
        return _(_WHOLE[kind]).format(
            subject=subject, label=desk._label(subject) if subject else "", values=_values(desk, subject, rows), who=dative(rows[0].n), count=number(rows[0].n),
            subjects=_subjects(rows), waves=", ".join(f"{r.subject} ({_listed(r.value)})" if r.value else r.subject for r in rows),
        )  # fmt: skip
    return _COMPOSED[kind](desk, subject, rows)


def _values(desk: Desk, subject: str, rows: list[Any]) -> str:
    return ", ".join(quoted(desk.names.value(subject, r.value)) for r in rows if r.value)


def _subjects(rows: list[Any]) -> str:
    return ", ".join(dict.fromkeys(r.subject for r in rows))


def _listed(joined: str) -> str:
    return joined.replace("+", ", ")


def _undeclared(desk: Desk, subject: str, rows: list[Any]) -> str:
    told = ngettext(
        "{label}: {values} steht in den Angaben zu Befragten, aber nicht in study.yaml (variables.{subject}.values). Gezählt wird es als eigene Gruppe, wie es dort steht.",
        "{label}: {values} stehen in den Angaben zu Befragten, aber nicht in study.yaml (variables.{subject}.values). Gezählt wird es als eigene Gruppe, wie es dort steht.", len(rows),
    )  # fmt: skip
    label = desk._label(subject) if subject else ""
    return told.format(label=label, values=_values(desk, subject, rows), subject=subject) + _meant(desk, subject, rows)


def _code_missing(desk: Desk, subject: str, rows: list[Any]) -> str:
    subjects, families = _subjects(rows), ", ".join(dict.fromkeys(family for r in rows for family in r.value.split("+")))
    told = ngettext(
        "Das Codebuch hat {subjects} nicht; study.yaml (answers: {families}) nennt es. Was darunter fiele, fehlt in der Antwort.",
        "Das Codebuch hat {subjects} nicht; study.yaml (answers: {families}) nennt sie. Was darunter fiele, fehlt in der Antwort.", len({r.subject for r in rows}),
    )  # fmt: skip
    return told.format(subjects=subjects, families=families)


def _family_missing(desk: Desk, subject: str, rows: list[Any]) -> str:
    told = ngettext(
        "Das Codebuch hat nicht, was study.yaml (answers) nennt: {families}. Es entfällt der Teil {parts}.",
        "Das Codebuch hat nicht, was study.yaml (answers) nennt: {families}. Es entfallen die Teile {parts}.", len(rows),
    )  # fmt: skip
    parts = [quoted(_(FAMILIES[r.subject]) if r.subject in FAMILIES else r.subject) for r in rows]
    return told.format(families="; ".join(f"{r.subject}: {_listed(r.value)}" for r in rows), parts=", ".join(parts))


def _no_date(desk: Desk, subject: str, rows: list[Any]) -> str:
    told = ngettext(
        "Ein Gespräch ohne Datum: in welcher Reihenfolge gesprochen wurde, ist nur teilweise bekannt.",
        "{n} Gespräche ohne Datum: in welcher Reihenfolge gesprochen wurde, ist nur teilweise bekannt.", rows[0].n,
    )  # fmt: skip
    return told.format(n=capital(number(rows[0].n)))


def _date_unclear(desk: Desk, subject: str, rows: list[Any]) -> str:
    told = _("Datum nicht zu deuten: {dates}. Für Reihenfolge und Erhebungen gilt es als unbekannt.")
    return told.format(dates=", ".join(f"{desk.names.interview(r.subject)} ({quoted(r.value)})" for r in rows))


def _waves_overlap(desk: Desk, subject: str, rows: list[Any]) -> str:
    told = _("Die Erhebungen überschneiden sich zeitlich: {waves}. Bitte Datum und Welle der Gespräche prüfen.")
    pair = _("{a} und {b}")
    return told.format(waves=", ".join(pair.format(a=r.subject, b=r.value) for r in rows))


def _waves_reversed(desk: Desk, subject: str, rows: list[Any]) -> str:
    one = _("Erhebung {wave} liegt vor Erhebung {other}.")
    return " ".join([*(one.format(wave=r.subject, other=r.value) for r in rows), _("Bitte Datum und Welle der Gespräche prüfen.")])


_COMPOSED = {
    "value_undeclared": _undeclared, "code_missing": _code_missing, "family_missing": _family_missing, "no_date": _no_date, "date_unclear": _date_unclear,
    "waves_overlap": _waves_overlap, "waves_reversed": _waves_reversed,
}  # fmt: skip


def _meant(desk: Desk, variable: str, rows: list[Any]) -> str:
    """For each value that study.yaml does not list: which of its values may be meant."""
    known = desk.settings.variables[variable].values if variable in desk.settings.variables else {}
    found = [(row.value, meant(row.value, known)) for row in rows]
    question = _(" Meinten Sie »{near}« statt »{value}«?")
    return "".join(question.format(near=near, value=value) for value, near in found if near)
