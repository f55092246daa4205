"""The council's questions on what is there, what limits it, reasons, needs, actors and wishes (1 to 6), as blocks of the document."""

from __future__ import annotations

from typing import Any

from pipeline.effective import REVIEWED
from pipeline.language import _
from pipeline.sections.answers import actors, engagement, measures, needs, potentials
from pipeline.sections.answers.desk import Desk
from pipeline.word import parts
from pipeline.word.blocks import Block, Heading, points, table, text
from pipeline.wording import people

MOST_NAMED = 25  # rows of a list of bridge persons, engagements, pairs: the workbook has all
STATED = 6  # statements of cause and effect quoted


def potential(desk: Desk) -> list[Block]:
    """Question 1: what is there by kind, who connects whom."""
    c = potentials.chapter(desk)
    codes = parts.codes_of(desk, "potentials")
    out = text(_("Was die Befragten als vorhanden nennen: was Menschen können, wer wen kennt, was Einrichtungen haben, wer bereit ist. Was hier fehlt, hat vielleicht nur niemand erwähnt."))
    out += parts.figures(desk, codes, _("Potenziale nach Art, alle Befragten"))
    read = [b for b in c.bridges if b.reviewed]
    if read:
        out += [Heading(2, _("Brückenpersonen"))]
        out += text(_("Wer nach Aussage der Befragten verbindet, mit der Rolle und nie mit Namen. Das ist kein Verzeichnis: Ob jemand das ist und sein will, weiß nur diese Person."))
        out += table(_("Brückenpersonen, gelesen"), [_("Wer (Rolle)"), _("genannt von"), _("verbindet"), _("tut")], _roles(c), most=MOST_NAMED)
    return [*out, *_voices(desk, codes)]


def _roles(c: Any) -> list[tuple[str, str, str, str]]:
    """One row a role that somebody told of: by how many, whom it connects, what it does."""
    unsaid = potentials.connects("", "")
    found = []
    for r in c.roles:
        mine = [b for b in c.bridges if b.reviewed and b.role == r.role]
        connects, does = (", ".join(dict.fromkeys(told for told in values if told and told != unsaid)) or "–" for values in ([b.connects for b in mine], [b.does for b in mine]))
        if r.n_cases:
            found.append((r.role, people(r.n_cases), connects, does))
    return found


def _voices(desk: Desk, codes: list[str], most: int = parts.QUOTES) -> list[Block]:
    """Quotes under a heading of their own, then proposals."""
    found = parts.quotes(desk, codes, most)
    return [*([Heading(3, _("Stimmen")), *found] if found else []), *parts.proposed(desk, codes)]


def engaged(desk: Desk) -> list[Block]:
    """Question 2: the inventory of engagement and what limits it."""
    c = engagement.chapter(desk)
    codes = parts.codes_of(desk, "engagement", "limits")
    out = text(_("Wer sich nach Aussage der Befragten schon engagiert, für wen und wo. Begonnen aus den Gesprächen, von Menschen ergänzt und berichtigt."))
    out += text(c.head)
    if c.asked:
        out += text(_("Nach Engagement gefragt: {people}.").format(people=c.asked), "note")
    rows, open_ = [], 0
    for district, entries in (*c.first, *c.rest):
        for e in entries:
            if e.solid:
                rows.append((e.who or "–", e.what or "–", e.whom or "–", e.place_name or (district if e.districts else "") or "–", ", ".join(w for w in (e.since, e.often) if w) or "–"))
            else:
                open_ += 1
    heads = [_("Wer"), _("tut was"), _("für wen"), _("wo"), _("seit wann, wie oft")]
    out += table(_("Bestand des Engagements, gelesen oder von Menschen ergänzt"), heads, list(dict.fromkeys(rows)), most=MOST_NAMED)
    out += parts.figures(desk, codes, _("Engagement und Grenzen nach Art, alle Befragten"))
    if any(kind.read for kind in c.limits):
        out += [Heading(2, _("Was das Engagement begrenzt"))]
        out += points([f"{kind.label}: {kind.read}" + (f" ({kind.whose})" if kind.whose else "") for kind in c.limits if kind.read])
        quoted = [p for kind in c.limits for p in kind.quotes if not p.open and not p.withheld][: parts.QUOTES]
        out += [parts.passage(p, p.whose) for p in quoted]
    return [*out, *_voices(desk, codes)]


def reasoned(desk: Desk) -> list[Block]:
    """Question 3: reasons that people name, with who tells them of whom; explanations of respondents, never established causes."""
    codes = parts.codes_of(desk, "reasons")
    own = parts.codes_of(desk, "no_separation")
    out = text(_("Das sind Erklärungen der Befragten, keine festgestellten Ursachen. Ob jemand von sich spricht oder von anderen, macht einen Unterschied: Was nur über andere gesagt wird, ist eine Zuschreibung."))
    if own:
        out += [Heading(2, _("Wer keine Trennung sieht")), *parts.figures(desk, own, _("Keine Trennung, oder gutes Nebeneinander")), *parts.quotes(desk, own, 2)]
    out += [Heading(2, _("Genannte Gründe"))]
    rows = [r for r in desk.rows("findings_reason_codes") if r.basis == REVIEWED and r.n_mentions and r.code in desk.label]
    rows.sort(key=lambda r: desk.order[r.code])
    heads = [_("Grund"), _("Befragte"), _("danach gefragt"), _("über sich"), _("über andere"), _("über Einrichtungen"), _("nicht erkannt"), _("Stellen, gelesen")]
    cells = [
        [parts.indented(desk, r.code), r.n_cases, r.n_asked or "–", r.n_cases_self or "–", r.n_cases_others or "–", r.n_cases_institution or "–", r.n_cases_unclear or "–", r.n_mentions]
        for r in rows
    ]  # fmt: skip
    out += table(_("Genannte Gründe für das Nebeneinander: Befragte, die sie nennen, und über wen"), heads, cells, range(1, 8))
    out += text("" if rows else _("Dazu ist noch keine Stelle gelesen."), "note")
    blamed = [desk.label[r.code] for r in rows if r.attribution == "yes"]
    if blamed:
        out += text(_("Nur über andere gesagt, also Fremdzuschreibung: {labels}.").format(labels=", ".join(blamed)), "caution")
    return [*out, *parts.pictures(desk, "causal_map"), *_statements(desk), *_voices(desk, codes)]


def _statements(desk: Desk) -> list[Block]:
    """Some read statements in which somebody names a cause and its effect."""
    rows = [s for s in desk.rows("findings_reasons") if s.basis == REVIEWED and s.stance == "affirmed" and desk.may_quote(s.doc, s.turn) and not desk.banned(s)]
    rows.sort(key=lambda s: (not (s.cause_codes and s.effect_codes), s.doc, s.turn, s.start))
    if not rows:
        return []
    out: list[Block] = [Heading(2, _("Grund und Folge in einem Satz"))]
    for s in rows[:STATED]:
        named = [" + ".join(desk.label.get(code, code) for code in codes.split("+") if code) for codes in (s.cause_codes, s.effect_codes)]
        said = [words.format(labels=labels) for words, labels in zip((_("Grund: {labels}"), _("Folge: {labels}")), named, strict=True) if labels]
        out.append(parts.passage(desk.passage(s), *said))
    return out


def needed(desk: Desk) -> list[Block]:
    """Question 4: needs of each neighbourhood beside what is named as being there."""
    c = needs.chapter(desk)
    codes = parts.codes_of(desk, "needs")
    out = text(_("Was nach Aussage der Befragten in jedem Ort gebraucht wird. »Kein Angebot genannt« heißt nicht, dass es keines gibt, nur dass niemand davon sprach."))
    out += parts.figures(desk, codes, _("Bedarfe, alle Befragten"))
    lines = [line for line in c.lines if any(cell.people for cell in line.cells)]
    if lines and c.heads:
        rows = [[parts.indented(desk, line.code), *(_need(cell) for cell in line.cells)] for line in lines]
        there = [_("Genannte Angebote, die es gibt"), *(str(o.read) if o.read else "–" for o in c.offers)]
        out += table(_("Bedarfe je Ort: Befragte, und was dort an Angeboten genannt ist (gelesen)"), [_("Bedarf"), *(h.label for h in c.heads)], [*rows, there])
    out += parts.pictures(desk, "needs_districts")
    if c.gaps:
        out += [Heading(2, _("Wo ein Bedarf gelesen und kein Angebot genannt ist")), *points([f"{g.label}: {g.needs}" for g in c.gaps])]
        out += text(_("Das ist eine Lücke in dem, was gesagt wurde. Als Nächstes: Menschen aus dem Ort und die Träger fragen, was es dort gibt."), "note")
    return [*out, *_voices(desk, codes)]


def _need(cell: Any) -> str:
    return f"{cell.people}\n{cell.words}" if cell.people else "–"


def acted(desk: Desk) -> list[Block]:
    """Question 5: who is said to work with whom, who is missing."""
    c = actors.chapter(desk)
    out = text(_("Aussagen der Befragten darüber, wer mit wem arbeitet und wer fehlt: kein Verzeichnis und keine Rangfolge."))
    out += text(f"{c.told.read}." if c.told.read else _("Dazu ist noch keine Aussage gelesen."), "text" if c.told.read else "note")
    rows = [(p.a, p.says, p.b or "–", p.read_words) for p in (*c.together, *c.wished, *c.missing, *c.absent, *c.past) if p.n_read]
    out += table(_("Wer mit wem, wer fehlt: gelesene Aussagen"), [_("Akteur"), _("Aussage"), _("mit"), _("gesagt von")], rows, most=MOST_NAMED)
    out += parts.pictures(desk, "actor_network")
    named = [(words, ", ".join(a.label for a in rows)) for words, rows in c.kinds]
    out += table(_("Genannte Akteure nach Art"), [_("Art"), _("Akteure")], named)
    return [*out, *_voices(desk, parts.codes_of(desk, "cooperation", "missing"))]


def wished(desk: Desk) -> list[Block]:
    """Question 6: wishes, and the measures that people put beside them."""
    c = measures.chapter(desk)
    codes = parts.codes_of(desk, "wishes", "needs")
    out = text(_("Was gewünscht wird, und was die Steuerungsgruppe dazu einträgt: Ziel, Indikator, Zuständigkeit. Was nicht eingetragen ist, steht als offen da."))
    out += text(c.planned, "note")
    out += parts.figures(desk, parts.codes_of(desk, "wishes"), _("Wünsche, alle Befragten"))
    heads = [_("Wunsch oder Bedarf"), _("genannt"), *(head for _name, head in c.plan)]
    for title, intro, rows in c.parts:
        cells = [(v.label, v.spread if v.n_mentions or not v.code else _("noch keine gelesene Stelle"), *(value for _head, value, _open in v.plan)) for v in rows]
        out += [*text(intro, "note"), *table(_("Maßnahmenplan: {part}").format(part=title), heads, cells)]
    return [*out, *_voices(desk, codes)]
