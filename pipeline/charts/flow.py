"""The flow of the guide: from each question to those who were asked, to what they did with it, to what their answers hold. Bands count people."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from pipeline.addresses import to_part, to_quotes
from pipeline.charts import canvas, style
from pipeline.charts.picture import Picture, Row
from pipeline.language import N_, _
from pipeline.wording import people

WIDTH = 900
_ASKED, _DID, _HELD, _BAR, _NAME = 236, 392, 596, 11, 618  # left edges of the columns, width of a bar, where names of categories begin
_TALL, _LEAST, _GAP, _LINE = 66.0, 16.0, 4.0, 15.0
PART = 6  # questions in one picture at most
_READ, _OPEN = 4, 2  # categories of a question: read, proposed beside them
DID = {"answered": N_("geantwortet"), "evaded": N_("ausgewichen"), "refused": N_("verweigert"), "silent": N_("nichts dazu gesagt")}
_FILLS = {"answered": style.STEPS[2], "evaded": style.LINE, "refused": style.LINE, "silent": style.PANEL}
_EDGES = {"answered": style.ACCENT, "evaded": style.WARM, "refused": style.WARM, "silent": style.SOFT}


def picture(desk: Any) -> dict[str, Picture] | None:
    """The flow in parts that a printed page holds, "1", "2" …; none where no question of the guide was recognised."""
    questions = sorted(desk.rows("findings_answers"), key=lambda q: q.order)
    most = max((q.n_asked for q in questions), default=0)
    if not most:
        return None
    codes, unit = _codes(desk), min(6.0, _TALL / most)
    n = -(-len(questions) // PART)
    each = -(-len(questions) // n)
    return {str(k + 1): _part(desk, questions[k * each : (k + 1) * each], codes, unit) for k in range(n)}


def _part(desk: Any, questions: list[Any], codes: dict[str, list[Any]], unit: float) -> Picture:
    labels = {q.id: q.label or q.text for q in desk.guide.questions}
    rows, y, table = _heads(), 40.0, []
    for q in questions:
        label = labels.get(q.question, "")
        drawn, high = _question(q, label, codes[q.question], unit, y)
        rows += drawn
        table += _lines(q, label, codes[q.question])
        y += high + 14
        rows.append(canvas.outline(f"M0 {y - 7:.1f}H{WIDTH}", "", style.LINE, 0.8))
    if desk.with_proposals:
        rows += [canvas.outline(canvas.box(0, y + 4, 28, 12), style.PAPER, style.SOFT, 1.2, True), canvas.text(36, y + 14, _("Vorschlag, ungelesen"), "small")]
    title = _("Von der Frage zur Antwort: {first} bis {last}") if len(questions) > 1 else _("Von der Frage zur Antwort: {first}")
    return Picture(
        title.format(first=questions[0].question, last=questions[-1].question), _caption(),
        _("Für {n} Fragen des Leitfadens: wie viele gefragt wurden, was sie damit taten und was die Antworten enthalten; die Tabelle dahinter nennt alle Zahlen.").format(n=len(questions)),
        canvas.drawing(WIDTH, round(y + 24), rows), rows, [_("Frage"), _("Was folgte"), _("Befragte"), _("gefragt")], table,
    )  # fmt: skip


def _caption() -> str:
    return _(
        "Wie dick ein Band ist, zählt Befragte, die gefragt wurden. Rechts stehen die Kategorien, die in den Antworten der meisten vorkommen; eine Person kann mehrere nennen, "
        "deshalb ergeben sie zusammen nicht die Zahl der Antworten. Wem eine Frage nicht gestellt wurde, der hat dazu nicht geschwiegen."
    )


def _codes(desk: Any) -> dict[str, list[Any]]:
    """Question -> categories to show: label, `n` people, whether unread, address; those that most people speak of first."""
    by_question: dict[str, list[Any]] = defaultdict(list)
    for r in desk.rows("findings_answer_codes"):
        by_question[r.question].append(r)
    found: dict[str, list[Any]] = defaultdict(list)
    for question, rows in by_question.items():
        order = sorted(rows, key=lambda r: (-r.n_cases, r.expected != "yes", -r.n_mentions, desk.order.get(r.code, 0), r.code))
        read = [r for r in order if r.basis == "reviewed"][:_READ]
        # A proposal of a category that people read here would say it twice.
        known = {r.code for r in order if r.basis == "reviewed"}
        open_ = [r for r in order if r.basis != "reviewed" and r.code not in known][: _OPEN if read else _READ] if desk.with_proposals else []
        for r in (*read, *open_):
            label, unread = desk.label.get(r.code, r.code), r.basis != "reviewed"
            told = _("{label}, auf {question}, Vorschläge") if unread else _("{label}, auf {question}, gelesen")
            to = to_quotes(told.format(label=label, question=question), code=r.code, question=question, basis=r.basis)
            found[question].append({"label": label, "n": int(r.n_cases), "open": unread, "to": to, "of": int(r.n_asked)})
    return found


def _heads() -> list[Row]:
    return [
        canvas.text(0, 16, _("Frage des Leitfadens"), "head"), canvas.text(_ASKED, 16, _("gefragt"), "head"), canvas.text(_DID, 16, _("was folgte"), "head"),
        canvas.text(_HELD, 16, _("was die Antworten enthalten"), "head"),
    ]  # fmt: skip


def _question(q: Any, label: str, codes: list[Any], unit: float, top: float) -> tuple[list[Row], float]:
    """Everything of one question, and how high it is."""
    to = to_part(f"frage-{q.question}")
    rows = [canvas.text(0, top + 12, q.question, "strong", to=to, words=label)]
    lines = canvas.wrapped(label, 32, 2)
    rows += [canvas.text(0, top + 12 + 17 * n, line, "label", to=to, words=label) for n, line in enumerate(lines, 1)]
    asked = _("gefragt: {n} von {of}").format(n=int(q.n_asked), of=int(q.n_cases))
    rows.append(canvas.text(0, top + 14 + 17 * (len(lines) + 1), asked, "small"))
    least = 17.0 * (len(lines) + 1) + 16
    if not q.n_asked:
        rows.append(canvas.text(_ASKED, top + 12, _("niemandem gestellt oder nirgends erkannt"), "small"))
        return rows, least
    words = f"{q.question} {label}\n{asked}"
    rows.append(canvas.outline(canvas.box(_ASKED, top, _BAR, unit * q.n_asked), style.SOFT, to=to, words=words))
    did, below = _did(q, words, to, unit, top)
    held, last = _held(q, codes, words, unit, top)
    return [*rows, *did, *held], max(least, unit * q.n_asked, below - top, last - top)


def _did(q: Any, words: str, to: str, unit: float, top: float) -> tuple[list[Row], float]:
    """Bands from those asked to what they did, and where these end."""
    bands, bars, texts = [], [], []
    start, y = top, top
    for what, name in DID.items():
        n = int(getattr(q, f"n_{what}"))
        if not n:
            continue
        high = unit * n
        told = f"{words}\n{_(name)}: {people(n)}"
        bands.append(canvas.outline(canvas.ribbon(_ASKED + _BAR, start, high, _DID, y, high), _FILLS[what], to=to, words=told))
        bars.append(canvas.outline(canvas.box(_DID, y, _BAR, high), _EDGES[what], to=to, words=told))
        texts.append(canvas.text(_DID + _BAR + 6, y + max(high, _LINE) / 2 + 4, f"{n} {_(name)}", "held", to=to, words=told))
        start += high
        y += max(high, _LINE) + _GAP
    return [*bands, *bars, *texts], y - _GAP


def _held(q: Any, codes: list[Any], words: str, unit: float, top: float) -> tuple[list[Row], float]:
    """Bands from those who answered to the categories of their answers, and where these end."""
    bands, bars, texts = [], [], []
    whole, total = unit * q.n_answered, sum(c["n"] for c in codes) or 1
    start, y = top, top
    for c in codes:
        share, high = whole * c["n"] / total, unit * c["n"]
        told = "\n".join([words, _("{label}: {n} von {of} Gefragten").format(label=c["label"], n=c["n"], of=c["of"]), _("Vorschlag, ungelesen") if c["open"] else _("gelesen")])
        fill, edge = (style.PAPER, style.SOFT) if c["open"] else (style.STEPS[1], "")
        if whole:
            bands.append(canvas.outline(canvas.ribbon(_DID + _BAR, start, share, _HELD, y, high), fill, edge, 0.8, c["open"], c["to"], told))
        bars.append(canvas.outline(canvas.box(_HELD, y, _BAR, high), style.PAPER if c["open"] else style.STEPS[5], style.SOFT if c["open"] else "", 1.2, c["open"], c["to"], told))
        name = f"{c['n']} · {style.cut(c['label'], 38)}"
        texts.append(canvas.text(_NAME - 4, y + max(high, _LEAST) / 2 + 4, name, "own" if c["open"] else "label", to=c["to"], words=told))
        start += share
        y += max(high, _LEAST) + _GAP
    return [*bands, *bars, *texts], y - _GAP


def _lines(q: Any, label: str, codes: list[Any]) -> list[list[Any]]:
    head = f"{q.question} {label}"
    if not q.n_asked:
        return [[head, _("niemandem gestellt oder nirgends erkannt"), 0, 0]]
    to = to_part(f"frage-{q.question}")
    found: list[list[Any]] = [[head, _(name), {"text": int(getattr(q, f"n_{what}")), "to": to}, int(q.n_asked)] for what, name in DID.items() if getattr(q, f"n_{what}")]
    for c in codes:
        mark = {"open": True} if c["open"] else {}
        told = c["label"] + (f" ({_('Vorschlag, ungelesen')})" if c["open"] else "")
        found.append([head, {"text": told, **mark}, {"text": c["n"], "to": c["to"], **mark}, c["of"]])
    return found
