"""Chapter: question by question of the guide: who was asked, what answers hold, quotes, refusals; and the grid of questions and people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from pipeline.language import N_, _, ngettext
from pipeline.sections.answers.desk import Desk
from pipeline.wording import capital, number

STATUS = {"evaded": N_("ausgewichen"), "refused": N_("verweigert")}
SHOWN, QUOTES, OPEN_QUOTES = 8, 3, 2
FEW = 4  # answers from which on quartiles say something


def chapter(desk: Desk) -> SimpleNamespace:
    """All that the template `answers/by_question.html.j2` shows, as plain values."""
    grid = desk.rows("findings_grid")
    cells: dict[str, list[Any]] = defaultdict(list)
    for row in grid:
        cells[row.question].append(row)
    refused, leading, first = refusals(desk), _leading(desk), _first_turns(desk)
    codes: dict[str, list[Any]] = defaultdict(list)
    for row in desk.rows("findings_answer_codes"):
        codes[row.question].append(row)
    told = {q.id: q for q in desk.guide.questions}
    rank = {q.mention: q.rank for q in desk.rows("findings_quotes")}
    blocks = [
        _block(desk, row, told.get(row.question), codes[row.question], cells[row.question], refused[row.question], leading[row.question], rank)
        for row in sorted(desk.rows("findings_answers"), key=lambda r: r.order)
    ]  # fmt: skip
    return SimpleNamespace(blocks=blocks, grid=_grid(desk, blocks, grid, first), any_read=any(b.any_read for b in blocks), any_asked=any(b.n_asked for b in blocks))


def refusals(desk: Desk) -> dict[str, list[SimpleNamespace]]:
    """Question -> places where somebody evaded or refused it and did not answer later: in the order of conversations."""
    status = {(r.question, r.case): r.status for r in desk.rows("findings_coverage") if r.status in STATUS}
    found: dict[str, list[SimpleNamespace]] = defaultdict(list)
    for row in desk.rows("questions"):
        turn = desk.turns.get((row.doc, row.turn))
        if row.answer in STATUS and turn is not None and (row.question, turn.case) in status:
            at = desk.place(row.doc, row.turn)
            found[row.question].append(SimpleNamespace(**vars(at), who=desk.names.who(turn.case), kind=_(STATUS[row.answer])))
    return found


def _leading(desk: Desk) -> dict[str, list[SimpleNamespace]]:
    """Question -> places of wordings that suggest an answer."""
    found: dict[str, list[SimpleNamespace]] = defaultdict(list)
    for row in desk.rows("questions"):
        turn = desk.turns.get((row.doc, row.turn))
        if row.leading == "yes" and row.kind in ("asked", "probe") and turn is not None and turn.role == "interviewer":
            found[row.question].append(desk.place(row.doc, row.turn))
    return found


def _first_turns(desk: Desk) -> dict[tuple[str, str], str]:
    """(question, case) -> anchor of where the answer begins."""
    found: dict[tuple[str, str], str] = {}
    for row in desk.rows("questions"):
        turn = desk.turns.get((row.doc, row.turn))
        if row.question and turn is not None and turn.case:
            found.setdefault((row.question, turn.case), f"{row.doc}-{row.turn}")
    return found


def _block(desk: Desk, row: Any, question: Any, codes: list[Any], cells: list[Any], refused: list[Any], leading: list[Any], rank: dict[str, int]) -> SimpleNamespace:
    lines = _codes(desk, codes)
    read, open_ = _quotes(desk, [c.mention for c in cells if c.mention], {c.code for c in codes if c.expected == "yes"}, rank)
    return SimpleNamespace(
        id=row.question, label=(question.label or question.text) if question else "", text=question.text if question else "", n_asked=row.n_asked, asked=asked(row),
        length=length(row), leading=leading, leading_words=leadings(len(leading)), refused=refused, expected=[c for c in lines if c.expected], other=[c for c in lines if not c.expected],
        quotes=read, open_quotes=open_ if desk.with_proposals else [], any_read=any(c.n_mentions for c in lines), cut=len({c.code for c in codes}) > len(lines),
    )  # fmt: skip


def asked(row: Any) -> str:
    """Who was asked and who answered.

    >>> from types import SimpleNamespace as N
    >>> asked(N(n_cases=16, n_asked=10, n_answered=8, n_evaded=1, n_refused=0, n_silent=1))
    'Gestellt wurde die Frage zehn von 16 Befragten. Geantwortet haben acht; ausgewichen ist eine Person; nichts dazu gesagt hat eine Person.'
    >>> asked(N(n_cases=1, n_asked=1, n_answered=1, n_evaded=0, n_refused=0, n_silent=0))
    'Gestellt wurde die Frage der einzigen befragten Person, und sie hat geantwortet.'
    >>> asked(N(n_cases=3, n_asked=3, n_answered=3, n_evaded=0, n_refused=0, n_silent=0))
    'Gestellt wurde die Frage allen drei Befragten. Geantwortet haben alle.'
    """
    if not row.n_asked:
        return _("Diese Frage wurde niemandem gestellt oder nirgends erkannt. Dass niemand dazu etwas sagt, bedeutet deshalb nichts.")
    if row.n_cases == row.n_asked == row.n_answered == 1:
        return _("Gestellt wurde die Frage der einzigen befragten Person, und sie hat geantwortet.")
    if row.n_cases == 1:
        told = _("Gestellt wurde die Frage der einzigen befragten Person.")
    elif row.n_asked == row.n_cases:
        told = _("Gestellt wurde die Frage allen {of} Befragten.")
    else:
        told = ngettext("Gestellt wurde die Frage einer von {of} Befragten.", "Gestellt wurde die Frage {n} von {of} Befragten.", row.n_asked)
    put = told.format(n=number(row.n_asked), of=number(row.n_cases))
    return f"{put} {capital('; '.join(_did(row)))}."


def _did(row: Any) -> list[str]:
    """What those did who were asked: answered, evaded, refused, said nothing."""
    if row.n_answered == row.n_asked > 1:
        parts = [_("Geantwortet haben alle")]
    elif row.n_answered:
        parts = [ngettext("Geantwortet hat eine Person", "Geantwortet haben {n}", row.n_answered).format(n=number(row.n_answered))]
    else:
        parts = [_("Geantwortet hat niemand")]
    if row.n_evaded:
        parts.append(ngettext("ausgewichen ist eine Person", "ausgewichen sind {n}", row.n_evaded).format(n=number(row.n_evaded)))
    if row.n_refused:
        parts.append(ngettext("verweigert hat es eine Person", "verweigert haben es {n}", row.n_refused).format(n=number(row.n_refused)))
    if row.n_silent:
        parts.append(ngettext("nichts dazu gesagt hat eine Person", "nichts dazu gesagt haben {n}", row.n_silent).format(n=number(row.n_silent)))
    return parts


def length(row: Any) -> str:
    """How long answers are.

    >>> from types import SimpleNamespace as N
    >>> length(N(n_answered=8, words_low=98.5, words=129.0, words_high=192.5))
    'Die Hälfte der Antworten hat zwischen 98 und 192 Wörter, die mittlere 129.'
    >>> length(N(n_answered=1, words_low=7.0, words=7.0, words_high=7.0)), length(N(n_answered=0))
    ('Die Antwort hat sieben Wörter.', '')
    """
    if not row.n_answered:
        return ""
    n = round(row.words)
    if row.n_answered == 1:
        return ngettext("Die Antwort hat ein Wort.", "Die Antwort hat {n} Wörter.", n).format(n=number(n))
    if row.n_answered < FEW:
        return ngettext("Die mittlere Antwort hat ein Wort.", "Die mittlere Antwort hat {n} Wörter.", n).format(n=number(n))
    told = ngettext(
        "Die Hälfte der Antworten hat zwischen {low} und {high} Wörter, die mittlere ein.", "Die Hälfte der Antworten hat zwischen {low} und {high} Wörter, die mittlere {n}.", n
    )  # fmt: skip
    return told.format(low=number(round(row.words_low)), high=number(round(row.words_high)), n=number(n))


def leadings(n: int) -> str:
    """
    >>> leadings(0), leadings(1), leadings(4)
    ('', 'Einmal legte der Wortlaut eine Antwort nahe', 'Vier Mal legte der Wortlaut eine Antwort nahe')
    """
    if not n:
        return ""
    return capital(ngettext("Einmal legte der Wortlaut eine Antwort nahe", "{n} Mal legte der Wortlaut eine Antwort nahe", n).format(n=number(n)))


def _codes(desk: Desk, rows: list[Any]) -> list[SimpleNamespace]:
    """Categories that answers hold, those of most people first; read and proposed beside each other, never added."""
    by_code: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in rows:
        by_code[row.code][row.basis] = row
    found = []
    for code, by in by_code.items():
        read, open_ = by.get("reviewed"), by.get("proposed") if desk.with_proposals else None
        if (either := read or open_) is None:
            continue
        found.append(
            SimpleNamespace(
                code=code, label=desk.label.get(code, code), expected=either.expected == "yes", n_mentions=read.n_mentions if read else 0,
                n_cases=read.n_cases if read else 0, n_proposed=open_.n_mentions if open_ else 0, n_cases_proposed=open_.n_cases if open_ else 0,
            )
        )  # fmt: skip
    found.sort(key=lambda c: (-c.n_cases, -c.n_mentions, -c.n_cases_proposed, -c.n_proposed, desk.order.get(c.code, 0), c.code))
    return [*[c for c in found if c.expected][:SHOWN], *[c for c in found if not c.expected][:SHOWN]]


def _quotes(desk: Desk, mentions: Iterable[str], expected: set[str], rank: dict[str, int]) -> tuple[list[Any], list[Any]]:
    """Quotes by different people (one a cell of the grid), first of what the question asks about, then of other categories and groups than
    those before; read, proposed."""
    rows = [m for mention in mentions if (m := desk.mention(mention)) is not None]
    group = desk.settings.answers.group
    found = []
    for basis, most in (("reviewed", QUOTES), ("proposed", OPEN_QUOTES)):
        left = sorted((m for m in rows if m.basis == basis), key=lambda m: (rank.get(m.mention, 0), m.case, m.mention))
        chosen: list[Any] = []
        while left and len(chosen) < most:
            seen = {(desk.names.cases.get(m.case, {}).get(group, ""), m.code) for m in chosen}
            groups, codes = {g for g, _ in seen}, {c for _, c in seen}
            best = min(left, key=lambda m: (m.code not in expected, m.code in codes, desk.names.cases.get(m.case, {}).get(group, "") in groups, left.index(m)))
            chosen.append(best)
            left.remove(best)
        found.append([desk.quote(m.mention) for m in chosen])
    return found[0], found[1]


def _grid(desk: Desk, blocks: list[SimpleNamespace], rows: list[Any], first: dict[tuple[str, str], str]) -> SimpleNamespace:
    """One row a person, one column a question."""
    cells = {(r.question, r.case): r for r in rows}
    lines = []
    for case in sorted({r.case for r in rows}):
        line = [_cell(desk, cells.get((b.id, case)), first.get((b.id, case), "")) for b in blocks]
        lines.append(SimpleNamespace(case=case, name=desk.names.case(case), who=desk.names.who(case), cells=line))
    return SimpleNamespace(heads=[(b.id, b.label, b.n_asked) for b in blocks], rows=lines)


def _cell(desk: Desk, row: Any, anchor: str) -> SimpleNamespace:
    if row is None or row.status == "not asked":
        return SimpleNamespace(asked=False)
    labels = [[desk.label.get(code, code) for code in cell.split("+") if code] for cell in (row.codes, row.proposed if desk.with_proposals else "")]
    mention = desk.mention(row.mention)
    at = f"{mention.doc}-{mention.turn}" if mention is not None and (mention.basis == "reviewed" or desk.with_proposals) else anchor
    return SimpleNamespace(asked=True, words=row.words, anchor=anchor or at, best=at, status=_(STATUS.get(row.status, "")), codes=labels[0], proposed=labels[1])
