"""An interview from beginning to end, turn by turn: which family of categories fills each turn, and where each family is coded.

The document portrait is the first row, the code line the rows below it (Kuckartz & Rädiker know both under these names). Bars that follow
each other are one, so that a picture stays small where there are fifty interviews of some hundred turns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pipeline.addresses import to_quotes, to_turn
from pipeline.charts import canvas, style
from pipeline.charts.picture import Picture, Row
from pipeline.language import _, ngettext
from pipeline.tables import CODED_ROLES
from pipeline.wording import number

WIDTH, LEFT, TOP, HIGH, STRIP, GAP = 864, 226, 32, 15, 18, 8
_MARK = 26  # px between two marks of questions that both have their letters
_ROOM = 5  # px from which on a hollow box is seen as one; narrower turns have a thin broken line
_REVIEWED = "reviewed"
Cells = dict[int, tuple[str, bool]]  # turn -> (family, whether read)
Filled = dict[tuple[str, bool], dict[int, list[tuple[int, int]]]]  # (family, whether read) -> turn -> places


def picture(desk: Any) -> dict[str, Picture]:
    """Interview -> its picture, of all interviews in which anything is coded or proposed."""
    turns: dict[str, list[Any]] = defaultdict(list)
    for t in desk.rows("turns"):
        turns[t.doc].append(t)
    parent = dict(zip(desk.tables["codes"]["code"], desk.tables["codes"]["parent"], strict=True))
    filled: dict[str, Filled] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for m in desk.rows("findings_mentions"):
        # A category's mentions hold those of the categories below it: the topmost has them all, each once.
        if not parent.get(m.code) and (m.basis == _REVIEWED or desk.with_proposals):
            filled[m.doc][m.code, m.basis == _REVIEWED][m.turn].append((m.start, m.end))
    asked: dict[str, list[tuple[int, str]]] = defaultdict(list)
    answers = {(t.doc, t.turn) for own in turns.values() for t in own if t.role in CODED_ROLES}
    for q in desk.rows("questions"):
        if q.kind == "asked" and q.question and (q.doc, q.turn) not in answers:
            asked[q.doc].append((q.turn, q.question))
    colours = style.family_colours(desk.by_label(parent))
    return {doc: _one(desk, doc, turns[doc], filled[doc], sorted(set(asked[doc])), colours) for doc in sorted(filled) if turns[doc]}


def _one(desk: Any, doc: str, turns: list[Any], filled: Filled, asked: list[tuple[int, str]], colours: dict[str, str]) -> Picture:
    families = desk.by_label(family for family, _read in filled)
    told = sorted(t.turn for t in turns if t.role in CODED_ROLES)
    last = max(t.turn for t in turns)
    high = TOP + STRIP + GAP + HIGH * len(families)
    wide = (WIDTH - LEFT) / last
    rows = [canvas.outline("".join(f"M{_x(t + 0.5, last):.1f} {TOP}V{high}" for t in told), "", style.PANEL, round(wide, 2)), *_signs(desk, doc, families, asked, last)]
    lines = [(TOP, STRIP, 0, _most(told, filled, families))]
    lines += [(TOP + STRIP + GAP + HIGH * n, HIGH - 3, 1, _line(filled, family)) for n, family in enumerate(families)]
    for top, tall, counts, cells in lines:
        # In a family's own line what people read comes first: lines alike that follow each other take less room in the page.
        for run in sorted(runs(cells, told), key=lambda run: counts and not cells[run[0]][1]):
            family, read = cells[run[0]]
            n = sum(len(filled[family, read][t]) for t in run) if counts else 0
            rows.append(_bar(run, top, tall, last, colours[family] if read else "", to_turn(doc, run[0]), _hover(desk.label[family], run, n, read)))
    name = desk.names.interview(doc)
    return Picture(
        _("Gesprächsbild: {interview}").format(interview=name), _caption(desk.with_proposals),
        _("{interview}, Beitrag für Beitrag, in {n} Zeilen für Gruppen von Kategorien; die Tabelle dahinter nennt die Beiträge.").format(interview=name, n=len(families)),
        canvas.drawing(WIDTH + 12, high + 22, rows), rows, [_("Kategorien"), _("Beiträge mit gelesenen Stellen"), _("Beiträge mit Vorschlägen")],
        [[desk.label[family], *(_listed(desk, doc, family, filled, full) for full in (True, False))] for family in families],
    )  # fmt: skip


def _bar(run: list[int], top: float, tall: float, last: int, colour: str, to: str, words: str) -> Row:
    """A run as one outline with a gap between its turns; without a colour, hollow. Lines take less room in the page than boxes."""
    wide, middle = (WIDTH - LEFT) / last, top + tall / 2
    if not colour and wide >= _ROOM:
        return canvas.outline("".join(canvas.box(_x(t, last) + 0.6, top + 0.6, wide - 1.2, tall - 1.2) for t in run), style.PAPER, style.SOFT, 1, True, to, words)
    double = colour in style.DOUBLE
    edge = round(tall * 0.36, 1) if double else tall
    path = "".join(f"M{_x(t, last):.1f} {y:.1f}H{_x(t + 1, last):.1f}" for y in ((top + edge / 2, top + tall - edge / 2) if double else (middle,)) for t in run)
    return canvas.outline(path, "", colour or style.SOFT, edge if colour else 1.6, not colour, to, words)


def _line(filled: Filled, family: str) -> Cells:
    """The turns of one family; what people read hides proposals in the same turn."""
    return {turn: (family, read) for read in (False, True) for turn in filled.get((family, read), ())}


def _caption(with_proposals: bool) -> str:
    words = _(
        "Von links nach rechts steht Beitrag neben Beitrag; Lücken sind Beiträge, die nicht von Befragten stammen. Oben die Fragen des Leitfadens, darunter je Beitrag die "
        "Kategorien, die darin am meisten Text einnehmen, dann jede Gruppe von Kategorien für sich. Wie viel codiert ist, sagt nichts darüber, wie wichtig es ist."
    )
    return words + (" " + _("Gestrichelt oder ein dünner Strich: Vorschläge, ungelesen.") if with_proposals else "")


def runs(cells: Cells, told: list[int]) -> list[list[int]]:
    """Turns alike that follow each other, without another respondent's turn (`told`, in order) between them.

    >>> runs({2: ("A", True), 4: ("A", True), 8: ("A", True)}, [2, 4, 6, 8])
    [[2, 4], [8]]
    """
    found: list[list[int]] = []
    for before, turn in zip([0, *told], told, strict=False):
        if turn in cells:
            if found and found[-1][-1] == before and cells[before] == cells[turn]:
                found[-1].append(turn)
            else:
                found.append([turn])
    return found


def covered(places: Iterable[tuple[int, int]]) -> int:
    """How many signs at least one of the places covers.

    >>> covered([(0, 10), (5, 12), (20, 25)])
    17
    """
    total, end = 0, -1
    for start, stop in sorted(places):
        total += max(0, stop - max(start, end))
        end = max(end, stop)
    return total


def _most(told: list[int], filled: Filled, families: list[str]) -> Cells:
    """The portrait: each turn has the family that covers most of it; what people read goes before proposals."""
    best: Cells = {}
    for turn in told:
        for read in (True, False):
            sizes = [(covered(filled[family, read][turn]), -n) for n, family in enumerate(families) if turn in filled.get((family, read), ())]
            if sizes:
                best[turn] = (families[-max(sizes)[1]], read)
                break
    return best


def _hover(label: str, run: list[int], n: int, read: bool) -> str:
    at = _("Beitrag {a}").format(a=run[0]) if len(run) == 1 else _("Beitrag {a} bis {b}").format(a=run[0], b=run[-1])
    count = ngettext("{n} Stelle", "{n} Stellen", n).format(n=number(n)) + ", " if n else ""
    return f"{label}\n{at}: {count}{_('gelesen') if read else _('Vorschlag, ungelesen')}"


def _listed(desk: Any, doc: str, family: str, filled: Filled, read: bool) -> Any:
    """Turns as a cell of the table that leads to the passages."""
    turns = sorted(filled.get((family, read), ()))
    if not turns:
        return "–"
    basis = _REVIEWED if read else "proposed"
    label = f"{desk.label[family]}, {desk.names.interview(doc)}"
    cell = {"text": ", ".join(map(str, turns)), "to": to_quotes(label, code=family, doc=doc, basis=basis)}
    return cell if read else {**cell, "open": True}


def _x(turn: float, last: int) -> float:
    return LEFT + (turn - 1) * (WIDTH - LEFT) / last


def _signs(desk: Any, doc: str, families: list[str], asked: list[tuple[int, str]], last: int) -> list[Row]:
    """Names of rows, questions at the top, numbers of turns at the foot."""
    rows = [canvas.text(0, TOP + STRIP / 2 + 4.5, _("am meisten Text"), "small")]
    for n, family in enumerate(families):
        label = desk.label[family]
        to = to_quotes(f"{label}, {desk.names.interview(doc)}", code=family, doc=doc)
        rows.append(canvas.text(0, TOP + STRIP + GAP + HIGH * n + 11, style.cut(label, 38), "row", to=to, words=label))
    free = 0.0
    guide = {q.id: q.label or q.text for q in desk.guide.questions}
    for turn, question in asked:
        x, to, words = (_x(turn, last) + _x(turn + 1, last)) / 2, to_turn(doc, turn), f"{question} {guide.get(question, '')}"
        rows.append(canvas.outline(f"M{x - 4:.1f} {TOP - 9}h8l-4 6Z", style.SOFT, to=to, words=words))
        # Where questions follow closely, some have only the mark; all are in the words for hovering.
        if x >= free:
            rows.append(canvas.text(x, TOP - 14, question, "row", "middle", to, words))
            free = x + _MARK
    foot = TOP + STRIP + GAP + HIGH * len(families) + 14
    step = next(s for s in (5, 10, 20, 50, 100, 200, 500, 1000, 10**6) if last / s <= 14)
    return rows + [canvas.text((_x(t, last) + _x(t + 1, last)) / 2, foot, str(t), "small", "middle") for t in (1, *range(step, last + 1, step))]
