"""A first `statements.md` for people to work on: drafts from what people read, potentials first, with correct marks and counter-evidence.

It states figures and asks for words. Nothing in it reads as a finding: every heading says that it is a draft, every draft has a blank.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from pipeline.claims.material import Material
from pipeline.language import N_, _
from pipeline.measures.lens import below
from pipeline.wording import number

LEAST = 2  # people of whom something is read before a draft is made of it
LONGEST = 280  # code points of a quote in a draft
QUOTES, AGAINST = 2, 2  # quotes and counter-evidence in a draft
_REASONS = N_("Genannte Gründe für das Nebeneinander")
PARTS: tuple[tuple[str, int], ...] = (
    (N_("Potenziale"), 4), (N_("Engagement"), 3), (N_("Gemeinsamer Nenner"), 2), (N_("Bedarfe und Wünsche"), 4), (_REASONS, 3),
)  # fmt: skip
_ASKS = {
    "Potenziale": N_("Wer oder was ist da, wo, und wofür lässt es sich nutzen?"), "Engagement": N_("Wer tut hier was, für wen, und was trägt es?"),
    "Gemeinsamer Nenner": N_("Was daran teilen alle, worin unterscheiden sie sich?"), "Bedarfe und Wünsche": N_("Was genau wird gebraucht, wo und von wem?"),
    _REASONS: N_("Wer erklärt es so, über wen, und wer sieht es anders? Es sind Erklärungen, keine Ursachen."),
}  # fmt: skip


def drafts(data: Material) -> list[SimpleNamespace]:
    """What drafts are made of, in order: `part`, `code`, `label`, `row` of findings_codes; each category once."""
    taken: set[str] = set()
    found = []
    for part, most in PARTS:
        for code in [c for c in _codes(data, part) if c not in taken][:most]:
            taken.add(code)
            found.append(SimpleNamespace(part=part, code=code, label=data.label[code], row=data.figures[code]))
    return found


def _codes(data: Material, part: str) -> list[str]:
    """Categories of a part of which enough is read: those that most people speak of first."""
    answers, codes = data.settings.answers, data.tables["codes"]
    limits = below(codes, answers.limits)
    frames = below(codes, answers.frames)
    families = {
        "Potenziale": below(codes, answers.potentials), "Engagement": below(codes, answers.engagement) - limits,
        "Gemeinsamer Nenner": _shared(data), "Bedarfe und Wünsche": below(codes, (*answers.needs, *answers.wishes)) - limits,
        _REASONS: below(codes, answers.reasons) - frames,
    }  # fmt: skip
    parents = set(codes["parent"])
    rows = [data.figures[c] for c in families[part] if c not in parents and c in data.figures]
    return [r.code for r in sorted(rows, key=lambda r: (-r.n_cases, -r.n_mentions, r.order)) if r.n_cases >= LEAST]


def _shared(data: Material) -> set[str]:
    rows = data.tables["findings_common"]
    return {r.code for r in rows[rows["basis"] == "reviewed"].itertuples() if r.field == "shared"}


def text(data: Material) -> str:
    """The file; also where nothing is read yet, then with what to write and an example that is none of the study."""
    found = drafts(data)
    lines = [_note(), ""]
    part = ""
    for one in found:
        if one.part != part:
            part = one.part
            lines += [f"# {_(part)}", ""]
        lines += _draft(data, one)
    if not found:
        nothing = _("Noch ist zu wenig gelesen: Sobald Menschen Stellen bestätigt haben, stehen hier Entwürfe daraus.")
        lines += [f"<!-- {nothing} -->", ""]
    return "\n".join(lines).rstrip() + "\n"


def _note() -> str:
    return "\n".join(
        (
            "<!--",
            _("Entwurf der Maschine aus gelesenen Stellen: bitte prüfen, umschreiben, streichen. Kein Ergebnis."),
            "",
            _("So geht es: Überschrift ## = eine Kernaussage, in Ihren Worten. Darunter Text. Hinter jede Zahl ein [Zahl: …], hinter jedes Zitat ein [Beleg: …],"),
            _("hinter das, was dagegen spricht, ein [Gegenbeleg: …]. Lücken [ergänzen: …] ausfüllen, das Wort »Entwurf« streichen. Potenziale zuerst."),
            _("Übernehmen: make adopt FILE=editable/statements.md, oder die Datei selbst nach codebooks/<studie>/statements.md kopieren. Danach: make check."),
            "-->",
        )
    )


def _draft(data: Material, one: SimpleNamespace) -> list[str]:
    row = one.row
    heading = _("Entwurf: {label}").format(label=one.label)
    lines = [f"## {heading}", ""]
    told = _("Dazu sind {many} Stellen gelesen [Zahl: {code}, Nennungen {n}], bei {people} Befragten [Zahl: {code}, Befragte {k}].")
    lines.append(told.format(n=row.n_mentions, many=number(row.n_mentions), k=row.n_cases, people=number(row.n_cases), code=one.code))
    if row.n_asked and row.n_cases_asked:
        told = _("Von {of}, die danach gefragt wurden, sind es {people} [Zahl: {code}, Befragte {k} von {n}].")
        lines.append(told.format(k=row.n_cases_asked, people=number(row.n_cases_asked), n=row.n_asked, of=number(row.n_asked), code=one.code))
    elif not row.n_asked:
        lines.append(_("Ausdrücklich danach gefragt wurde nicht."))
    if one.part == _REASONS and row.n_about_others >= 2 and not row.n_about_self:
        lines.append(_("Erkannt sind nur Stellen über andere: eine Zuschreibung."))
    lines += [f"[ergänzen: {_(_ASKS[one.part])}]", ""]
    lines += [f"- [Beleg: {quote}]" for quote in _quotes(data, one.code)]
    evidence = data.evidence.get(one.code)
    against = _against(data, one.code)
    dissent = _("Dagegen:")
    lines += [f"- {dissent} [Gegenbeleg: {quote}]" for quote in against]
    if evidence is not None and evidence.n_against and not against:
        missing = _("Was dagegen spricht, in eigenen Worten: Die Gegenbelege lassen sich nicht zitieren.")
        lines.append(f"- [ergänzen: {missing}]")
    return [*lines, ""]


def _quotes(data: Material, code: str) -> list[str]:
    """The first quotes in the order of the report, each of another person."""
    rows = data.tables["findings_quotes"]
    read = {m.mention: m for m in data.mentions.get(code, [])}
    ordered = rows[rows["code"] == code].sort_values("rank")["mention"]
    return list(_each_person(data, (read[mention] for mention in ordered if mention in read), QUOTES))


def _against(data: Material, code: str) -> list[str]:
    return list(_each_person(data, data.against(code).itertuples(), AGAINST))


def _each_person(data: Material, places: Iterable[Any], most: int) -> Iterable[str]:
    seen: set[str] = set()
    for m in places:
        turn = data.turns[m.doc, m.turn]
        words = " ".join(turn.text[m.start : m.end].split())
        if len(seen) == most:
            return
        # A quotation mark inside a quote would end it.
        if m.case in seen or not words or len(words) > LONGEST or set(words) & set("„“”\"»«") or not data.may_quote(m.doc, m.turn) or data.banned(m.doc, m.turn, m.start, m.end):
            continue
        seen.add(m.case)
        yield f"{m.doc}-{m.turn} „{words}“"
