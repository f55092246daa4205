"""What is told beside a core statement although no figure in it is wrong: counter-evidence left out, one talkative person, an attribution told as
a fact, amounts without a figure, words of people that the report does not use, what is still to be written, problems before potentials."""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import SimpleNamespace

from pipeline.addresses import to_turn
from pipeline.claims import words
from pipeline.claims.material import Material
from pipeline.claims.notation import resolved
from pipeline.claims.reading import BLANK, FIGURE, Mark, Statement
from pipeline.language import N_, _, ngettext
from pipeline.measures.lens import below
from pipeline.wording import dative, number

ENOUGH = 3  # passages from which on it is told that most are of one person
LEAST = 4  # words from which on something in quotation marks counts as a quote
_POTENTIAL = re.compile(r"potenzial|potential|stärke|ressource|engagement|gemeinsam|willkommen|strength|common", re.I)
_AVOID = {
    "groups": N_("»{words}« meint alle auf einmal. Besser: »die Befragten«, »vier Befragte aus …«."),
    "everybody": N_("»{words}« spricht für die ganze Stadt; befragt wurden Einzelne. Besser: »die Befragten«."),
    "frame": N_("»{words}« ist ein Deutungswort und steht nur in Anführungszeichen, als Wort von Befragten."),
}


def told(data: Material, one: Statement, codes: list[str], named: bool) -> list[SimpleNamespace]:
    """Hints on one statement: `kind`, `line`, `reason`, and where there is one `code` and `address`. `codes`: of its figures; `named`: whether it
    names counter-evidence."""
    return [*_blanks(one), *_unchecked(one), *_words(one), *([] if named else _counter(data, codes)), *_carried(data, codes), *_attributed(data, one, codes)]


def _hint(kind: str, line: int, reason: str, code: str = "", address: str = "") -> SimpleNamespace:
    return SimpleNamespace(kind=kind, line=line, reason=reason, code=code, address=address)


def _blanks(one: Statement) -> list[SimpleNamespace]:
    found = [_hint("blank", mark.line, _("Hier fehlt noch etwas: [ergänzen: {what}]").format(what=mark.body)) for mark in one.marks if mark.kind == BLANK]
    if one.draft:
        found.append(_hint("blank", one.line, _("Die Überschrift nennt dies einen Entwurf. Ist die Aussage fertig, bitte das Wort »Entwurf« streichen.")))
    return found


def _sentences(one: Statement) -> Iterable[tuple[str, int, list[int]]]:
    """(words outside quotes, line, where in it figures are marked) of every sentence; a mark right behind its full stop belongs to it."""
    for block in one.blocks:
        text, marks, lines = "", list[int](), list[int]()
        for piece in block.pieces:
            if isinstance(piece, Mark):
                marks += [len(text)] if piece.kind == FIGURE else []
            else:
                text += piece
        lines = [block.line + text.count("\n", 0, n) for n in range(len(text) + 1)]
        ends = [m.end() for m in re.finditer(r"[.!?][“”\"»«)]*(?=\s|$)", text)]
        start = 0
        for end in (*ends, len(text)):
            after = len(text[:end]) + len(text[end:]) - len(text[end:].lstrip())
            if text[start:end].strip():
                here = [at - start for at in marks if start <= at <= after]
                yield words.unquoted(text)[start:end], lines[start + len(text[start:end]) - len(text[start:end].lstrip())], here
            start = after if any(end <= at <= after for at in marks) else end


def _unchecked(one: Statement) -> list[SimpleNamespace]:
    """Amounts behind which, before the next one or the end of the sentence, no figure is marked."""
    hint = _("»{amount}« ist ungeprüft: Dahinter fehlt eine Zahl, etwa [Zahl: POT.bereit, Befragte 5 von 8].")
    found = []
    for text, line, marks in _sentences(one):
        amounts = list(words.AMOUNT.finditer(text))
        for n, amount in enumerate(amounts):
            before = amounts[n + 1].start() if n + 1 < len(amounts) else None
            if not any(amount.end() <= at and (before is None or at <= before) for at in marks):
                found.append(_hint("unchecked", line, hint.format(amount=" ".join(amount[0].split()))))
    return found


def _words(one: Statement) -> list[SimpleNamespace]:
    found = []
    for text, line in ((one.title, one.line), *((text, line) for text, line, _marked in _sentences(one))):
        plain = words.unquoted(text)
        for pattern, why in words.AVOID:
            found += [_hint("words", line, _(_AVOID[why]).format(words=hit[0])) for hit in re.finditer(pattern, plain, re.I)]
        if hit := words.PER_CENT.search(plain):
            found.append(_hint("words", line, _("»{words}«: keine Prozente von Befragten. Interviews sind keine Umfrage; bitte Menschen zählen.").format(words=hit[0])))
        if hit := words.CAUSE.search(plain):
            found.append(_hint("words", line, _("»{words}« klingt nach festgestellter Ursache. Befragte nennen Gründe; das sind ihre Erklärungen.").format(words=hit[0])))
    return found


def _counter(data: Material, codes: list[str]) -> list[SimpleNamespace]:
    found = []
    for code in codes:
        row = data.evidence.get(code)
        if row is not None and row.n_against:
            first = data.against(code)
            address = to_turn(first.iloc[0]["doc"], int(first.iloc[0]["turn"])) if len(first) else ""
            many = ngettext("Gegenbelege zu »{label}«: eine Stelle", "Gegenbelege zu »{label}«: {n} Stellen", int(row.n_against))
            hint = _("{many} bei {people}, hier nicht genannt. Bitte ansehen und als [Gegenbeleg: …] nennen.")
            told_many = many.format(label=data.label[code], n=number(int(row.n_against)))
            found.append(_hint("counter", 0, hint.format(many=told_many, people=dative(int(row.n_cases_against))), code, address))
    return found


def _carried(data: Material, codes: list[str]) -> list[SimpleNamespace]:
    found = []
    for code in codes:
        row = data.figures.get(code)
        if row is None or row.n_mentions < ENOUGH:
            continue
        if row.n_cases == 1:
            found.append(_hint("one_voice", 0, _("»{label}«: Alle gelesenen Stellen stammen von einer einzigen Person.").format(label=data.label[code]), code))
        elif row.largest_case_share > 0.5:
            found.append(_hint("one_voice", 0, _("»{label}«: Mehr als die Hälfte der gelesenen Stellen stammt von einer Person.").format(label=data.label[code]), code))
    return found


def _attributed(data: Material, one: Statement, codes: list[str]) -> list[SimpleNamespace]:
    if words.HEDGES.search(words.unquoted(one.text)):
        return []
    reasons = below(data.tables["codes"], data.settings.answers.reasons)
    hint = _("»{label}«: Alle erkannten Stellen handeln von anderen, niemand berichtet es von sich. Das ist eine Zuschreibung; bitte sagen, wer das über wen sagt.")
    return [
        _hint("attribution", 0, hint.format(label=data.label[code]), code)
        for code in codes
        if code in reasons and (row := data.figures.get(code)) is not None and row.n_about_others >= 2 and not row.n_about_self
    ]


def order(data: Material, statements: Iterable[tuple[Statement, list[str]]]) -> SimpleNamespace | None:
    """A hint where a problem stands before the first potential; None where the order is well or nothing is known of it."""
    answers = data.settings.answers
    codes = data.tables["codes"]
    good = below(codes, (*answers.potentials, *answers.engagement, *answers.welcome, *answers.together, *answers.cooperation)) - below(codes, answers.limits)
    bad = below(codes, (*answers.reasons, *answers.limits, *answers.needs, *answers.conflict, *answers.unwelcome, *answers.missing))
    for one, own in statements:
        if _POTENTIAL.search(one.section) or good & set(own):
            return None
        if bad & set(own):
            return _hint("order", one.line, _("Hier steht ein Problem vor dem ersten Potenzial. Bitte Potenziale zuerst nennen."))
    return None


def quotations(data: Material, text: str) -> list[str]:
    """What stands in quotation marks and is long enough to be a quote, unless it is the name of a category."""
    names = {label.casefold() for label in data.label.values()}
    quotes = (found[0].strip("„“”\"»«") for found in words.QUOTED.finditer(text))
    return [q for q in quotes if len(q.split()) >= LEAST and q.casefold() not in names]


def codes_of(data: Material, figures: Iterable[str]) -> list[str]:
    """The categories that marks name, each once."""
    return list(dict.fromkeys(code for given in figures if (code := resolved(given, data.known))))

