"""Facts on coding: the codebook, who coded how much, how much is read, what two people coded, and what the machine proposes."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from pipeline import covered
from pipeline.effective import REVIEWED
from pipeline.language import N_, _, ngettext
from pipeline.sections.method.agreed import double
from pipeline.sections.method.evidence import NOTHING, Evidence, Grid, Told, in_of, listed, persons, sentences
from pipeline.tables import CODED_ROLES, CONSENSUS_CODER, MACHINES, rows_of
from pipeline.wording import capital, number, thousands

MACHINE_WORDS = {"rule": N_("Regeln des Codebuchs"), "model": N_("gelerntes Modell"), "llm": N_("Sprachmodell")}


def codebook(e: Evidence) -> Told:
    """Version, size and additions of the codebook."""
    codes = e.book.codes
    if not codes:
        return NOTHING
    coded = [c for c in codes if c.coded]
    tops = [c for c in codes if c.level == 0]
    told = _("Das Codebuch hat {n} Kategorien unter {tops} Hauptkategorien (Fassung {version}, ein Fingerabdruck des Inhalts).")
    since = Counter(c.entry.since for c in coded if c.entry.since not in ("", "1"))
    later = _("Nach der ersten Fassung kamen dazu: {which}.").format(which=listed((_("seit Fassung {v}").format(v=v), number(n)) for v, n in sorted(since.items())))
    counts = told.format(n=number(len(coded)), tops=number(len(tops)), version=e.book.version)
    return Told(sentences(counts, later if since else ""))


def definitions(e: Evidence) -> Told:
    """How many categories have a definition, a rule of delimitation, examples."""
    coded = [c.entry for c in e.book.codes if c.coded]
    if not coded:
        return NOTHING
    having = [
        (_("Definition"), sum(bool(c.definition) for c in coded)), (_("Abgrenzung"), sum(bool(c.include or c.exclude) for c in coded)),
        (_("Ankerbeispiele"), sum(bool(c.examples) for c in coded)), (_("Gegenbeispiele"), sum(bool(c.counterexamples) for c in coded)),
    ]  # fmt: skip
    return Told(_("Von {n} Kategorien haben: {which}.").format(n=number(len(coded)), which=listed((word, number(n)) for word, n in having)))


def rules(e: Evidence) -> Told:
    """Rules of the codebook, precedence between categories, units."""
    every = len(e.desk.tables["rules"])
    before = sum(bool(c.entry.before) for c in e.book.codes)
    return Told(sentences(
        definitions(e).text, _("{n} Kategorien haben einen festen Vorrang vor anderen.").format(n=capital(number(before))) if before else "",
        _("Das Codebuch enthält {n} Suchregeln. Codiert werden Sätze der Befragten (Kodiereinheit), gelesen mit Frage und Antwort (Kontexteinheit), ausgewertet nach Befragten (Auswertungseinheit).").format(n=thousands(every)),
    ))  # fmt: skip


def _own(e: Evidence) -> list[Any]:
    """Codings of people as they stand."""
    return [row for row in e.desk.rows("codings") if row.coder not in MACHINES]


def coders(e: Evidence) -> Told:
    """How many people coded, by abbreviation, and how many proposals people accepted."""
    people = Counter(row.coder for row in _own(e))
    settled = people.pop(CONSENSUS_CODER, 0)
    reading = ({row.coder for row in e.desk.rows("reviewed")} | set(people)) - {CONSENSUS_CODER}
    if not reading:
        return Told(_("Noch hat niemand codiert; alles bisher Gezeigte sind Vorschläge."), False)
    who = capital(persons(len(reading)))
    told = ngettext("{who} hat gelesen oder codiert", "{who} haben gelesen oder codiert", len(reading)).format(who=who)
    coded = listed((name, ngettext("eine Codierung", "{n} Codierungen", n).format(n=thousands(n))) for name, n in sorted(people.items(), key=lambda p: (-p[1], p[0])))
    together = ngettext("Eine Codierung legte eine Konsenssitzung fest.", "{n} Codierungen legte eine Konsenssitzung fest.", settled).format(n=number(settled))
    return Told(sentences(f"{told}: {coded}." if coded else f"{told}.", capital(together) if settled else ""))


def shares_grid(e: Evidence) -> Grid:
    """Codings by who gave them: people; machines' rows that people accepted; proposals nobody has read."""
    rows: list[tuple[str, str, str, str]] = []
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in e.desk.rows("codings"):
        found[row.coder][row.status if row.coder in MACHINES else "own"] += 1
    for coder in sorted(found, key=lambda c: (c in MACHINES, -sum(found[c].values()), c)):
        n = found[coder]
        if coder in MACHINES:
            rows.append((_(MACHINE_WORDS[coder]), "–", thousands(n["accepted"]), thousands(n["proposed"]) if e.desk.with_proposals else "–"))
        else:
            rows.append((_("Konsens der Codierenden") if coder == CONSENSUS_CODER else _("Mensch, Kürzel {coder}").format(coder=coder), thousands(n["own"]), "–", "–"))
    head = (_("Wer"), _("selbst codiert"), _("vorgeschlagen, von Menschen bestätigt"), _("vorgeschlagen, ungelesen"))
    return Grid(_("Codierungen danach, wer sie vergab oder vorschlug"), head, rows)


def mentions(e: Evidence) -> Told:
    """How many mentions, without those that categories only get through their children; proposals told apart."""
    mine = [row for row in e.desk.rows("findings_mentions") if row.code in e.leaves]
    read = sum(row.basis == REVIEWED for row in mine)
    if not read:
        return NOTHING
    told = _("Ihre Codierungen ergeben {read} Nennungen (zusammenhängende Stellen einer Kategorie).").format(read=thousands(read))
    if not e.desk.with_proposals or read == len(mine):
        return Told(told)
    return Told(sentences(told, _("Daneben stehen {open} Vorschläge, die niemand gelesen hat; sie sind kein Befund.").format(open=thousands(len(mine) - read))))


def _spoken(e: Evidence) -> list[tuple[str, int]]:
    return [(t.doc, t.turn) for t in e.desk.rows("turns") if t.role in CODED_ROLES]


def reading(e: Evidence) -> Told:
    """How many of the respondents' turns somebody read for all categories."""
    spoken = set(_spoken(e))
    if not spoken:
        return NOTHING
    read = {(row.doc, row.turn) for row in rows_of(covered.full(e.desk.tables["reviewed"]))} & spoken
    told = _("Von {of} Redebeiträgen der Befragten sind {n} ganz oder zum Teil für alle Kategorien gelesen, {where}.")
    return Told(told.format(of=thousands(len(spoken)), n=thousands(len(read)), where=in_of(len({doc for doc, _turn in read}), len(e.read))))


def derivation(e: Evidence) -> Told:
    """Categories set beforehand and later, and the search for themes without categories."""
    first = sum(c.coded and c.entry.since in ("", "1") for c in e.book.codes)
    later = sum(c.coded for c in e.book.codes) - first
    told = _("{n} Kategorien stammen aus der ersten Fassung des Codebuchs").format(n=capital(number(first)))
    told += _(", {n} kamen später dazu.").format(n=number(later)) if later else "."
    themes = len(e.desk.rows("topics"))
    searched = ngettext(
        "Daneben wurde ohne Codebuch nach Themen gesucht (ein Thema als Leseanlass).", "Daneben wurde ohne Codebuch nach Themen gesucht ({n} Themen als Leseanlass).", themes
    ).format(n=number(themes))  # fmt: skip
    return Told(sentences(told, searched if themes else ""))


def proposals(e: Evidence) -> Told:
    """How proposals come about."""
    ways = [_("die Suchregeln des Codebuchs")]
    if e.desk.settings.model.use:
        ways.append(_("ein Modell, das aus Ankersätzen und Gelesenem lernt"))
    if e.desk.settings.llm.use:
        ways.append(_("ein Sprachmodell"))
    return Told(_("Vorschläge machen: {ways}. Über jeden entscheidet ein Mensch; ungelesene zählen nie als Befund.").format(ways=", ".join(ways)))


def analysis(e: Evidence) -> Told:
    return Told(sentences(derivation(e).text, coders(e).text, proposals(e).text, double(e).text))
