"""Facts on the sample: who was asked, how many, when, how, in which language, by whom, and how they were reached."""

from __future__ import annotations

from collections import defaultdict

from pipeline.language import _, ngettext
from pipeline.sections.method.evidence import (
    NOTHING,
    UNKNOWN,
    Evidence,
    Told,
    in_conversations,
    in_of,
    listed,
    sentences,
)
from pipeline.wording import LARGE, capital, clock, conversations, day, is_day, number, people, thousands

MANY = 12  # values from which on a variable is no grouping but a text


def people_asked(e: Evidence) -> Told:
    """How many people, conversations and workshops; what could not be read."""
    n = len(e.desk.names.cases)
    if not n:
        return NOTHING
    workshops = sum(n_people > LARGE for n_people in e.desk.names.people_in.values())
    told = ngettext("Befragt wurde eine Person {where}", "Befragt wurden {n} Personen {where}", n).format(n=number(n), where=in_conversations(len(e.read)))
    if workshops:
        told += ngettext(", davon ein Workshop", ", davon {n} Workshops", workshops).format(n=number(workshops))
    left = len(e.desk.rows("documents")) - len(e.read)
    more = ngettext("Eine Datei konnte nicht gelesen werden oder ist übergangen.", "{n} Dateien konnten nicht gelesen werden oder sind übergangen.", left)
    return Told(sentences(f"{told}.", capital(more.format(n=number(left))) if left else "", _words(e)))


def _words(e: Evidence) -> str:
    return _("Die Befragten sprechen zusammen {n} Wörter.").format(n=thousands(e.words)) if e.words else ""


def groups(e: Evidence) -> Told:
    """The characteristics of those asked, variable by variable, and when they were asked."""
    cases, told = e.desk.names.cases, []
    names = [name for name in (e.desk.settings.findings.groups or e.desk.settings.variables) if name in e.desk.settings.variables]
    for name in names:
        counts: dict[str, int] = defaultdict(int)
        for row in cases.values():
            counts[row.get(name, "") or UNKNOWN] += 1
        if set(counts) == {UNKNOWN} or len(counts) > MANY:
            continue
        values = sorted(counts, key=lambda v: (v == UNKNOWN, -counts[v], v))
        words = [(_("unbekannt") if v == UNKNOWN else e.desk.names.value(name, v), number(counts[v])) for v in values]
        told.append(_("{variable}: {values}.").format(variable=e.desk.settings.variables[name].label or name, values=listed(words)))
    if not told:
        return Told(_("Merkmale der Befragten sind nicht angegeben."), False) if cases else NOTHING
    return Told(sentences(_("Zahl der Befragten nach Merkmalen:"), *told, dates(e).text))


def dates(e: Evidence) -> Told:
    """From when to when; of how many conversations the day is not known."""
    days = sorted(row.date for row in e.read if is_day(row.date))
    unknown = len(e.read) - len(days)
    if not days:
        return Told(_("Wann die Gespräche stattfanden, ist nicht angegeben."), False) if e.read else NOTHING
    when = (
        _("Die Gespräche fanden vom {first} bis zum {last} statt.").format(first=day(days[0]), last=day(days[-1]))
        if days[0] != days[-1] else _("Die Gespräche fanden am {first} statt.").format(first=day(days[0]))
    )  # fmt: skip
    more = ngettext("Von einem Gespräch ist der Tag nicht bekannt.", "Von {n} Gesprächen ist der Tag nicht bekannt.", unknown).format(n=number(unknown))
    return Told(sentences(when, more if unknown else ""), not unknown)


def _known(e: Evidence, which: str) -> tuple[list[tuple[str, int, int]], int]:
    """(value, people, conversations) of a part of `findings_access`, and of how many people it is not known."""
    rows = [r for r in e.desk.rows("findings_access") if r.part == which]
    found = sorted((r for r in rows if r.value != UNKNOWN), key=lambda r: (-r.n_cases, r.value))
    return [(r.value, r.n_cases, r.n_docs) for r in found], sum(r.n_cases for r in rows if r.value == UNKNOWN)


def _asked(e: Evidence, which: str, lead: str, lacking: str) -> Told:
    known, unknown = _known(e, which)
    if not known:
        return Told(lacking, False) if e.desk.names.cases else NOTHING
    more = capital(_("{who}: nicht bekannt.").format(who=people(unknown))) if unknown else ""
    return Told(sentences(lead.format(values=listed((value, people(n)) for value, n, _docs in known)), more), not unknown)


def reached(e: Evidence) -> Told:
    """How people were reached, as transcripts and cases.csv say."""
    return _asked(e, "access", _("Erreicht wurden die Befragten auf diesen Wegen: {values}."), _("Wie die Befragten erreicht wurden, ist nicht angegeben."))


def access(e: Evidence) -> Told:
    """How people were reached, with what researchers say of nomination."""
    told = reached(e)
    return Told(sentences(told.text, e.file.positionality.nomination), told.whole)


def languages(e: Evidence) -> Told:
    """In which languages the conversations were held."""
    return _asked(e, "language", _("Sprache der Gespräche: {values}."), _("In welcher Sprache gesprochen wurde, ist nicht angegeben."))


def interviewers(e: Evidence) -> Told:
    """Who asked, by abbreviation."""
    return _asked(e, "interviewer", _("Gefragt haben (Kürzel): {values}."), _("Wer gefragt hat, ist nicht angegeben."))


def modes(e: Evidence) -> Told:
    """Whether by telephone, in person, in a workshop …"""
    known, unknown = _known(e, "mode")
    if not known:
        return Told(_("Ob am Telefon, persönlich oder anders gesprochen wurde, ist nicht angegeben."), False) if e.read else NOTHING
    values = {value for value, *_n in known}
    variable = next((name for name, v in e.desk.settings.variables.items() if values <= set(v.values)), "")
    told = _("Art der Gespräche: {values}.").format(values=listed((e.desk.names.value(variable, value), conversations(docs)) for value, _cases, docs in known))
    return Told(sentences(told, capital(_("{who}: nicht bekannt.").format(who=people(unknown))) if unknown else ""), not unknown)


def collection(e: Evidence) -> Told:
    """How and when the data were collected, all together."""
    return Told(sentences(people_asked(e).text, dates(e).text, modes(e).text, languages(e).text))


def repeats(e: Evidence) -> Told:
    """Whether somebody was asked more than once, and whether there are waves."""
    if not e.desk.names.cases:
        return NOTHING
    docs: dict[str, set[str]] = defaultdict(set)
    for row in e.desk.rows("cases"):
        docs[row.case].add(row.doc)
    again = sum(len(found) > 1 for found in docs.values())
    waves = sorted({row.wave for row in e.read if row.wave})
    told = _("In mehr als einem Gespräch kommt nach den Angaben niemand vor.") if not again else capital(
        ngettext("eine Person kommt in mehr als einem Gespräch vor.", "{n} Personen kommen in mehr als einem Gespräch vor.", again).format(n=number(again))
    )  # fmt: skip
    return Told(sentences(told, _("Es gibt {n} Wellen der Erhebung.").format(n=number(len(waves))) if len(waves) > 1 else ""))


def thirds(e: Evidence) -> Told:
    """Conversations in which somebody speaks who was neither asked nor asks."""
    docs = {row.doc for row in e.desk.rows("speakers") if row.role == "third"}
    if not e.read:
        return NOTHING
    silent = _("Wer dabei war und schwieg, steht in keinem Transkript.")
    if not docs:
        return Told(sentences(_("In keinem Gespräch kommt eine dritte Person zu Wort."), silent))
    told = ngettext("In einem Gespräch kommt eine dritte Person zu Wort.", "In {n} Gesprächen kommt eine dritte Person zu Wort.", len(docs))
    return Told(sentences(told.format(n=number(len(docs))), silent))


def times(e: Evidence) -> Told:
    """Time marks in the transcripts: by them the recording can be found again."""
    timed = {t.doc for t in e.desk.rows("turns") if t.t_start == t.t_start}
    if not e.read:
        return NOTHING
    if not timed:
        return Told(_("Keine Datei enthält Zeitmarken; von einer Aufnahme weiß das Programm nichts."), False)
    told = _("Zeitmarken, mit denen sich die Stelle der Aufnahme finden lässt, stehen {where}.").format(where=in_of(len(timed), len(e.read)))
    return Told(told, len(timed) == len(e.read))


def duration(e: Evidence) -> Told:
    """The last time mark of every conversation that has some: shortest to longest."""
    last: dict[str, float] = {}
    for turn in e.desk.rows("turns"):
        for second in (turn.t_start, turn.t_end):
            if second == second:
                last[turn.doc] = max(last.get(turn.doc, 0.0), second)
    if not last:
        return Told(_("Wie lange die Gespräche dauerten, geht aus den Transkripten nicht hervor."), False) if e.read else NOTHING
    told = _("Die letzte Zeitmarke steht je nach Gespräch bei {low} bis {high} (Stunden:Minuten:Sekunden); Zeitmarken stehen {where}.")
    where = in_of(len(last), len(e.read))
    return Told(told.format(low=clock(min(last.values())), high=clock(max(last.values())), where=where), len(last) == len(e.read))


def consent(e: Evidence) -> Told:
    """How many people may be quoted, by the register of consents."""
    mine = [row for row in e.desk.rows("speakers") if row.case]
    if not mine:
        return NOTHING
    if any(row.source == "consent.csv" and not row.place for row in e.desk.rows("notes")):
        return Told(_("Ein Verzeichnis der Einwilligungen (consent.csv) lag bei diesem Lauf nicht vor; geprüft hat das Programm keine."), False)
    n = len({row.case for row in mine if row.quotable == "yes"})
    return Told(_("Nach dem Verzeichnis der Einwilligungen dürfen {n} von {of} Befragten zitiert werden.").format(n=number(n), of=number(len({r.case for r in mine}))))


def guide(e: Evidence) -> Told:
    """Questions of the guide, how many were recognised, how often a wording suggested its answer."""
    questions = e.desk.guide.questions
    if not questions:
        return Told(_("Ein Leitfaden (guide.yaml) liegt nicht vor."), False)
    asked = [row for row in e.desk.rows("questions") if row.kind == "asked" and row.question]
    roles = {(t.doc, t.turn): t.role for t in e.desk.rows("turns")}
    put = [row for row in asked if roles.get((row.doc, row.turn)) == "interviewer"]
    leading = sum(row.leading == "yes" for row in put)
    told = _("Der Leitfaden hat {n} Fragen; gestellt wurden sie, am Wortlaut erkannt, zusammen {put}-mal ({found} der Fragen mindestens einmal).")
    more = ngettext("Einer dieser Wortlaute legte eine Antwort nahe.", "{n} dieser Wortlaute legten eine Antwort nahe.", leading).format(n=number(leading))
    never = [q.id for q in questions if q.id not in {row.question for row in put}]
    rest = _("Nicht erkannt: {which}.").format(which=", ".join(never)) if never else ""
    return Told(sentences(told.format(n=number(len(questions)), put=thousands(len(put)), found=number(len(questions) - len(never))), capital(more) if leading else "", rest))

