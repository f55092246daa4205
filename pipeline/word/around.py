"""What stands before and after the council's questions: title page, core statements, categories, limits."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from pipeline.language import _
from pipeline.sections import front
from pipeline.sections.answers import limits
from pipeline.sections.answers.desk import Desk
from pipeline.word import parts
from pipeline.word.blocks import Block, Heading, Quote, points, table, text

CATEGORY_QUOTES = 1  # of a main category, beside its figures


def title_page(settings: SimpleNamespace) -> list[Block]:
    """Title, subtitle, for whom, by whom, and what the reader must know before anything else."""
    known = settings.report
    out = [*text(settings.title, "title"), *text(known.subtitle, "subtitle")]
    out += text(_("Im Auftrag von: {client}").format(client=known.client), "facts") if known.client else []
    out += text(_("Durchgeführt von: {institute}").format(institute=known.institute), "facts") if known.institute else []
    if settings.fictional:
        out += text(_("Stadt und Menschen sind erfunden: eine Vorführung."), "facts")
    out += text(_("Interne Ausgabe: enthält Zitate im Wortlaut, nicht zur Weitergabe."), "facts")
    return [*out, *text(_("Was Menschen sagen, sind ihre Erklärungen, keine festgestellten Tatsachen. Neben jeder Zahl steht, wie viele danach gefragt wurden."))]


def statements(desk: Desk) -> list[Block]:
    """The core statements that people wrote, with the check of their figures and the words of their evidence."""
    shown = front.front(desk)
    if not shown.written:
        return text(_("Noch hat niemand Kernaussagen geschrieben. Sie stehen in codebooks/<Studie>/statements.md; ein Gerüst liegt unter editable/statements.md."), "note")
    out: list[Block] = []
    for section in shown.sections:
        out += [Heading(2, section.title)] if section.title else []
        for s in section.statements:
            out += [Heading(3, s.title), *text(s.status, "caution" if s.state == "broken" else "note")]
            for block in s.blocks:
                told = ["".join(_words(piece) for piece in item).strip() for item in block.items]
                out += points(told) if block.form in ("item", "list") else [one for words in told for one in text(words)]
            for evidence, mark in ((s.evidence, ""), (s.against, _("dagegen"))):
                out += [Quote(e.words, " · ".join(w for w in (e.place, mark, "" if e.ok else e.reason) if w), withheld=e.hidden) for e in evidence if e.words]
    return out


def _words(piece: Any) -> str:
    """A piece of a statement as plain words."""
    if piece.kind == "words":
        return "".join(words for words, _style in piece.runs)
    if piece.kind == "evidence":
        return f"{piece.lead}{piece.text} ({piece.place})" if piece.text else f" ({piece.place})"
    return f"{getattr(piece, 'lead', '')}{piece.text}"


def categories(desk: Desk) -> list[Block]:
    """A table a main category: who speaks of what, beside those who were asked."""
    codes, rows = desk.tables["codes"], {r.code: r for r in desk.rows("findings_codes")}
    out = text(_("Alle Kategorien in der Reihenfolge des Codebuchs. »Befragte« zählt Menschen, »Stellen« zusammenhängende gelesene Stellen; wer viel spricht, hat mehr Stellen."))
    chapters: dict[str, list[str]] = {}
    top = ""
    for code, level in zip(codes["code"], codes["level"], strict=True):
        top = code if level == 0 else top
        chapters.setdefault(top, []).append(code)
    heads = [_("Kategorie"), _("Befragte"), _("danach gefragt"), _("davon nennen es"), _("Stellen, gelesen")]
    silent: list[str] = []
    for main, own in chapters.items():
        read = [rows[code] for code in own if code in rows and rows[code].n_mentions]
        if not read:
            silent.append(desk.label[main])
            continue
        cells = [[parts.indented(desk, r.code), r.n_cases, r.n_asked or "–", r.n_cases_asked or "–", r.n_mentions] for r in read]
        out += [Heading(2, desk.label[main]), *table(_("{category}: wer davon spricht").format(category=desk.label[main]), heads, cells, range(1, 5)), *parts.quotes(desk, own, CATEGORY_QUOTES)]
    out += text(_("Noch nichts gelesen: {labels}.").format(labels=", ".join(silent)), "note") if silent else []
    out += parts.pictures(desk, f"code_group_{desk.settings.answers.group}", "cooccurrence")
    return [*out, *parts.proposed(desk, list(chapters))]


def lacking(desk: Desk) -> list[Block]:
    """What the data lack, all in one place."""
    told = limits.every(desk)
    first = _("Die Befragten sind keine Zufallsauswahl. Zahlen sagen, wie viele der Befragten etwas nennen, und nichts über den Anteil in der Stadt.")
    return [*points([first, *told])]
