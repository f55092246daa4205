"""The council's questions on common ground, welcome, indicators, who is missing, the guide, unasked themes (7 to 12), and the cases."""

from __future__ import annotations

from typing import Any

from pipeline.effective import REVIEWED
from pipeline.language import _
from pipeline.sections.answers import by_question, cases, common, indicators, unasked, unheard, welcome
from pipeline.sections.answers.desk import Desk
from pipeline.word import parts
from pipeline.word.blocks import Block, Heading, points, table, text

TWO = 2  # quotes of one side, one question
MOST_CASES = 60  # people in the list of cases


def shared(desk: Desk) -> list[Block]:
    """Question 7: four fields of what groups share, see differently, are alone with, or were not asked."""
    c = common.chapter(desk)
    out = text(_("Jede Gruppe zählt gleich viel, wie viele auch aus ihr sprechen. Wer etwas nicht nennt, widerspricht ihm nicht; wer nicht gefragt wurde, sagt dazu nichts."))
    if c.read is None:
        return [*out, *text(_("Dazu ist noch keine Stelle gelesen."), "note")]
    out += text(c.read.so_far)
    for field in c.read.fields:
        themes = [theme for aspect in field.aspects for theme in aspect.themes]
        out += [Heading(2, field.title), *text(field.note, "note")]
        heads = [_("Thema"), _("verbreitet"), _("warum offen") if field.field == "open" else _("Gruppen")]
        out += table(field.title, heads, [(t.label, t.spread, t.reason if field.field == "open" else _said(t)) for t in themes])
        out += [] if themes else text(_("Bisher steht hier kein Thema."), "note")
        if field.field in ("shared", "differing"):
            out += [parts.quote(desk, m) for t in themes[:TWO] for m in _voices(desk, t)]
        out += points([f"{s.words}: {', '.join(s.labels)}" for s in field.silent])
    if c.proposed is not None and any(f.n for f in c.proposed.fields):
        told = [f"{f.title}: {', '.join(t.label for a in f.aspects for t in a.themes)}" for f in c.proposed.fields if f.field != "open" and any(a.themes for a in f.aspects)]
        if told:
            out += [*text(_("Vorschläge, ungelesen: So sähe das Bild aus, wenn auch alle Vorschläge zuträfen. Kein Befund."), "proposal"), *points(told, proposal=True)]
    return out


def _said(theme: Any) -> str:
    """The groups of which somebody names a theme, and those of which somebody says the opposite."""
    return "\n".join(f"{m.words}: {', '.join(m.groups)}" for m in theme.marks if m.state in ("voiced", "both", "denied"))


def _voices(desk: Desk, theme: Any) -> list[Any]:
    """The best quotes of a theme, one a group, where words may be shown."""
    rows = [r for r in desk.rows("findings_common_groups") if r.code == theme.code and r.basis == REVIEWED and r.mention]
    found = [m for r in rows if (m := desk.mention(r.mention)) is not None and desk.may_quote(m.doc, m.turn) and not desk.banned(m)]
    return found[:TWO]


def welcomed(desk: Desk) -> list[Block]:
    """Question 8: welcome, recognition and living together, person by person, with quotes of both sides."""
    c = welcome.chapter(desk)
    out: list[Block] = []
    for theme in c.themes:
        out += [Heading(2, theme.title), *text(theme.told)]
        heads = [c.group_label or _("Gruppe"), _("Befragte"), *(words for _name, words in theme.heads)]
        rows = [[g.label, g.size, *(cell.n or "–" for cell in g.cells)] for g in theme.groups]
        out += table(_("{theme}: wie viele Befragte was berichten (gelesen)").format(theme=theme.title), heads, rows, range(1, len(heads)))
        for side in theme.quotes:
            if side.read:
                out += [*text(side.label, "caption"), *(parts.seen(q) for q in side.read)]
        if theme.open_told:
            out += text(_("Vorschläge, ungelesen: {told}.").format(told=theme.open_told), "proposal")
    if c.stories:
        out += [Heading(2, _("Früher und heute")), *(parts.passage(s, s.theme, s.direction) for s in c.stories[:TWO * 2])]
    return out


def watched(desk: Desk) -> list[Block]:
    """Question 9: indicators, with a source outside the interviews where people named one, and what changed between waves."""
    c = indicators.chapter(desk)
    out = text(_("Ob sich etwas ändert, zeigen Zahlen von außen, nicht die Zahl der Nennungen: Wer öfter von etwas spricht, erlebt es nicht öfter."))
    out += text(c.sourced, "note")
    heads = [_("Indikator"), _("Quelle"), _("heutiger Wert"), _("Stand"), _("gewünschte Richtung"), _("zuständig")]
    for title, rows in c.begun:
        out += table(title, heads, [(v.label, v.source, v.value, v.date or "–", v.direction, v.responsible) for v in rows])
    waiting = [v.label for _title, rows in c.rest for v in rows]
    out += text(_("{told}: {labels}.").format(told=c.unbegun, labels=", ".join(dict.fromkeys(waiting))), "note") if waiting else []
    return [*out, *parts.pictures(desk, "waves")]


def missing(desk: Desk) -> list[Block]:
    """Question 10: whom nobody heard, and what was not said."""
    c = unheard.chapter(desk)
    out = text(_("Gesprochen haben {people}. Sie sind keine Zufallsauswahl; was sie sagen, lässt sich nicht auf die Stadt hochrechnen.").format(people=c.cases))
    if c.missing:
        out += [Heading(2, _("Wer nicht befragt ist")), *points(c.missing)]
    for one in c.tables:
        heads, rows = [one.label, _("Befragte")], [[v.value, v.n] for v in one.rows]
        if one.town:
            heads, rows = [*heads, _("Menschen in der Stadt")], [[*row, v.town] for row, v in zip(rows, one.rows, strict=True)]
        out += [*table(_("Befragte nach {label}").format(label=one.label), heads, rows, (2,) if one.town else ()), *text(one.incomplete, "note")]
    out += parts.pictures(desk, "coverage")
    out += [*points(c.one_way), *text("; ".join(c.undeclared), "note")]
    if c.refused:
        out += [Heading(2, _("Gefragt und ausgewichen")), *points([f"{r.id} {r.label}: {r.words}" for r in c.refused])]
    if c.silent.asked:
        out += [Heading(2, _("Danach gefragt, und niemand spricht davon")), *points(c.silent.asked)]
    for one in c.saturation:
        out += [Heading(2, _("Neue Unterthemen: {title}").format(title=one.title)), *text(one.words), *text(one.left_out, "note")]
    return [*out, *parts.pictures(desk, "saturation")]


def answered(desk: Desk) -> list[Block]:
    """Question 11: what people answered to each question of the guide."""
    c = by_question.chapter(desk)
    out: list[Block] = []
    codes: dict[str, list[Any]] = {}
    for row in desk.rows("findings_answer_codes"):
        codes.setdefault(row.question, []).append(row)
    out += parts.pictures(desk, "question_flow")
    for b in c.blocks:
        out += [Heading(2, f"{b.id} {b.label}".strip()), *(text(b.text, "note") if b.text != b.label else []), *text(b.asked)]
        told = [x for x in (*b.expected, *b.other) if x.n_mentions]
        out += table(_("Wovon die Antworten handeln (gelesen)"), [_("Kategorie"), _("Befragte"), _("Stellen, gelesen")], [[x.label, x.n_cases, x.n_mentions] for x in told], (1, 2), most=8)
        wanted = {r.code for r in codes.get(b.id, []) if r.n_mentions}
        asked = (m for m in parts.ranked(desk, wanted) if m.question == b.id and m.basis == REVIEWED)
        out += parts.pick(desk, asked, TWO)
    return out


def unexpected(desk: Desk) -> list[Block]:
    """Question 12: themes that came up without a question."""
    c = unasked.chapter(desk)
    out = text(_("Themen fand die Maschine in den Sätzen; ob ein Thema eines ist, zeigt erst das Lesen."))
    for caption, rows in ((_("Themen ohne Kategorie"), c.new), (_("Themen neben dem Leitfaden"), c.apart)):
        out += table(caption, [_("Thema"), _("Befragte"), _("Sätze")], [(t.label, t.people, t.n) for t in rows], (2,), proposal=True)
    rows = [(x.label, x.people, x.n) for x in c.codes if x.n]
    out += table(_("Kategorien, nach denen niemand gefragt wurde (gelesen)"), [_("Kategorie"), _("Befragte"), _("Stellen, gelesen")], rows, (2,))
    return [*out, *(text(c.why, "note") if not c.n_topics else []), *parts.pictures(desk, "topic_map")]


def people(desk: Desk) -> list[Block]:
    """Who speaks: summaries that people wrote, else who they are."""
    c = cases.chapter(desk)
    out = text(c.written, "note")
    out += table(_("Wer spricht"), [_("Fall"), _("wer")], [(v.name, v.who) for v in c.cases], most=MOST_CASES)
    for v in c.cases:
        if v.paragraphs:
            out += [Heading(2, f"{v.name}: {v.who}"), *(one for p in v.paragraphs for one in text(p))]
    return [*out, *parts.pictures(desk, "cases_map")]
