"""The picture of statements: named reasons on the left, named effects on the right, arrows for what single people say.

Both columns are apart even where they bear the same category: no arrow ever begins where another ends, and nothing can be read as a
chain. Statements that join the same two boxes, speak of the same side and stand alike (read or not) are one arrow.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

from pipeline.addresses import to_part, to_turn
from pipeline.charts import canvas, style
from pipeline.charts.picture import Picture, Row
from pipeline.language import N_, _, ngettext
from pipeline.wording import NOT_QUOTABLE, NOT_SHOWN, dative, number

MOST, LISTED = 40, 300  # arrows drawn, rows of the table; more is a tangle, and the chapter's own table has all
WIDTH, BOX, TOP = 900, 290, 34
_LINE, _STEP, _GAP, _PAD = 17, 14, 10, 12
_LETTERS, _ROWS, _QUOTE = 37, 3, 160
HOLDERS = {"self": N_("von sich berichtet"), "others": N_("über andere gesagt"), "institution": N_("über eine Einrichtung"), "unclear": N_("über wen, nicht erkannt")}
_COLOURS = {"self": style.ACCENT, "others": style.WARM, "institution": style.WARM, "unclear": style.SOFT}
_WIDTHS = {"self": 2.4, "others": 1.6, "institution": 1.6, "unclear": 1.6}
_UNQUOTED = N_("Worte nicht gezeigt")


def arrows(desk: Any) -> list[SimpleNamespace]:
    """All arrows, the strongest first: read before proposed, two named categories before own words, then by people.

    Only what a person says as an own explanation: nothing denied, thought, or told as what others say. `left`, `right` (labels),
    `named_left`, `named_right` (whether a label is a category), `holder` (of whom), `open` (unread), `statements` (rows of
    `findings_reasons`), `n` (people), `to`, and `id`, the anchor of its statements in the chapter.
    """
    found: dict[tuple[str, str, str, bool], list[Any]] = defaultdict(list)
    for s in sorted(desk.rows("findings_reasons"), key=lambda s: (s.doc, s.turn, s.start, s.cause_start)):
        if s.stance == "affirmed" and (desk.with_proposals or s.basis == "reviewed"):
            found[_end(desk, s, "cause"), _end(desk, s, "effect"), s.holder, s.basis != "reviewed"].append(s)
    made = []
    for (left, right, holder, open_), own in found.items():
        first = own[0]
        anchor = f"aussagen-{first.statement}"
        to = to_turn(first.doc, first.turn) if len(own) == 1 else to_part(anchor)
        made.append(
            SimpleNamespace(
                left=left, right=right, named_left=bool(first.cause_codes), named_right=bool(first.effect_codes), holder=holder, open=open_,
                statements=own, n=len({s.case for s in own}), to=to, id=anchor,
            )
        )  # fmt: skip
    return sorted(made, key=lambda a: (a.open, not (a.named_left and a.named_right), -a.n, -len(a.statements), not (a.named_left or a.named_right), a.left, a.right, a.holder))


def picture(desk: Any) -> Picture | None:
    """The map of named reasons and named effects; none where nobody joins the two."""
    known = arrows(desk)
    if not known:
        return None
    placed = places(known[:MOST])
    rows = [*_frames(placed), *_drawn(desk, placed), *_legend(placed.height + 22, desk.with_proposals)]
    caption = _(
        "Von Befragten genannt, keine festgestellte Ursache. Ein Pfeil steht für eine Aussage einer Person, eine Zahl daran für so viele Befragte; er führt zu "
        "den Stellen. Pfeile lassen sich nicht aneinanderhängen: Was bei der einen Person Folge ist, ist nicht der Grund der anderen. Schräg gesetzt sind "
        "eigene Worte: Zu ihnen gibt es keine Kategorie."
    )
    rest = len(known) - placed.n
    if rest:
        caption += " " + _("Gezeichnet sind {n} Pfeile, gelesene und von den meisten genannte zuerst; {rest} weitere stehen in der Tabelle.").format(n=placed.n, rest=rest)
    if len(known) > LISTED:
        caption += " " + _("Die Tabelle zeigt die ersten {n}; alle Aussagen stehen in tables.xlsx.").format(n=LISTED)
    return Picture(
        _("Genannte Gründe und genannte Folgen"), caption,
        _("Links genannte Gründe, rechts genannte Folgen, dazwischen {n} Pfeile für Aussagen von Befragten; die Tabelle dahinter nennt sie alle.").format(n=placed.n),
        canvas.drawing(WIDTH, placed.height + 44, rows), rows,
        [_("Genannter Grund"), _("Genannte Folge"), _("über wen"), _("Stand"), _("Befragte"), _("Aussagen")], [_line(a) for a in known[:LISTED]],
    )  # fmt: skip


def _line(a: SimpleNamespace) -> list[Any]:
    mark = {"open": True} if a.open else {}
    told = [a.left, a.right, _(HOLDERS[a.holder]), _stand(a.open), number(a.n)]
    return [a.left if a.named_left else f"»{a.left}«", *({"text": words, **mark} for words in told[1:]), {"text": len(a.statements), "to": a.to, **mark}]


def _stand(open_: bool) -> str:
    return _("Vorschlag, ungelesen") if open_ else _("gelesen")


def places(arrows_: Sequence[Any]) -> SimpleNamespace:
    """Boxes of both columns and the two ends of every arrow. Arrows that join the same boxes lie side by side."""
    left = _boxes(arrows_, "left", 0)
    at = {box.label: box.y for box in left}
    mean: dict[str, list[float]] = defaultdict(list)
    for a in arrows_:
        mean[a.right].append(at[a.left])
    right = _boxes(sorted(arrows_, key=lambda a: (sum(mean[a.right]) / len(mean[a.right]), a.right)), "right", WIDTH - BOX)
    height = max([box.y + box.height for box in (*left, *right)], default=0) + _GAP
    return SimpleNamespace(height=height, left=left, right=right, n=len(arrows_), curves=_curves(arrows_, left, right))


def _boxes(arrows_: Sequence[Any], side: str, x: int) -> list[SimpleNamespace]:
    """One box a label, as high as its arrows and its words need, in the order of first appearance."""
    count: Counter[str] = Counter(getattr(a, side) for a in arrows_)
    named = {getattr(a, side): getattr(a, f"named_{side}") for a in arrows_}
    boxes, y = [], float(TOP)
    for label in count:
        lines = canvas.wrapped(label if named[label] else f"»{label}«", _LETTERS, _ROWS)
        high = max(len(lines) * _LINE, count[label] * _STEP) + _PAD
        boxes.append(SimpleNamespace(label=label, named=named[label], x=x, y=y, width=BOX, height=high, lines=lines, n=count[label]))
        y += high + _GAP
    return boxes


def _curves(arrows_: Sequence[Any], left: Sequence[Any], right: Sequence[Any]) -> list[SimpleNamespace]:
    where = {("left", b.label): b for b in left} | {("right", b.label): b for b in right}
    rank = {key: n for n, key in enumerate(where)}
    ends: dict[int, dict[str, float]] = defaultdict(dict)
    for side, other in (("left", "right"), ("right", "left")):
        used: Counter[str] = Counter()
        # In the order of the other ends, so that arrows of one box do not cross right beside it.
        for k in sorted(range(len(arrows_)), key=lambda k: (rank[other, getattr(arrows_[k], other)], k)):
            box = where[side, getattr(arrows_[k], side)]
            ends[k][side] = box.y + box.height / 2 + (used[box.label] - (box.n - 1) / 2) * _STEP
            used[box.label] += 1
    return [SimpleNamespace(arrow=a, x1=BOX + 9, y1=ends[k]["left"], x2=WIDTH - BOX - 4, y2=ends[k]["right"]) for k, a in enumerate(arrows_)]


def _frames(placed: SimpleNamespace) -> list[Row]:
    rows = [canvas.text(0, 18, _("Genannter Grund"), "head"), canvas.text(WIDTH - BOX, 18, _("Genannte Folge"), "head")]
    for b in (*placed.left, *placed.right):
        full = "" if " ".join(b.lines).strip("»«") == b.label else b.label
        rows.append(canvas.outline(canvas.box(b.x + 0.5, b.y, b.width - 1, b.height, 5), style.PANEL if b.named else style.PAPER, style.LINE, words=full))
        first = b.y + b.height / 2 - (len(b.lines) - 1) * _LINE / 2 + 4.5
        rows += [canvas.text(b.x + 10, first + n * _LINE, line, "label" if b.named else "own", words=full) for n, line in enumerate(b.lines)]
    return rows


def _drawn(desk: Any, placed: SimpleNamespace) -> list[Row]:
    """Lines first, then heads and marks, so that no line lies on a mark."""
    lines, marks, counts = [], [], []
    for c in placed.curves:
        a, middle = c.arrow, (c.x1 + c.x2) / 2
        words = _hover(desk, a)
        path = f"M{c.x1} {c.y1:.1f}C{middle:.0f} {c.y1:.1f} {middle:.0f} {c.y2:.1f} {c.x2 - 7} {c.y2:.1f}"
        lines.append(canvas.outline(path, "", _COLOURS[a.holder], _WIDTHS[a.holder] + min(3.0, 0.8 * (a.n - 1)), a.open, a.to, words))
        # Wide and unseen: a line of two pixels is hard to hit.
        lines.append(canvas.outline(path, "", "transparent", 12, False, a.to, words))
        marks.append(canvas.outline(canvas.head(c.x2, c.y2), _COLOURS[a.holder], "", 0, False, a.to, words))
        marks += _mark(a.holder, c.x1, c.y1, a.to, words)
        if a.n > 1:
            counts.append(canvas.text(c.x1 + 10, c.y1 + 4, str(a.n), "count", to=a.to, words=words))
    return [*lines, *marks, *counts]


def _mark(holder: str, x: float, y: float, to: str = "", words: str = "") -> list[Row]:
    """Of whom a statement speaks, told by form and not by colour alone: full circle, empty circle, empty square, nothing."""
    if holder == "unclear":
        return []
    path = canvas.box(x - 4, y - 4, 8, 8) if holder == "institution" else canvas.circle(x, y, 4.5)
    return [canvas.outline(path, _COLOURS[holder] if holder == "self" else style.PAPER, _COLOURS[holder], 1.8, False, to, words)]


def _hover(desk: Any, a: SimpleNamespace) -> str:
    n, first = len(a.statements), a.statements[0]
    lines = [f"{a.left} → {a.right}", f"{_(HOLDERS[a.holder])}; {_stand(a.open)}"]
    if n > 1:
        lines.append(ngettext("{n} Aussage von {who}", "{n} Aussagen von {who}", n).format(n=number(n), who=dative(a.n)))
    else:
        words = " ".join(desk.words(first.doc, first.turn, first.start, first.end).split())
        lines += [desk.names.who(first.case), words if words in (NOT_QUOTABLE, NOT_SHOWN) else f"„{style.cut(words, _QUOTE)}“"]
    return "\n".join(lines)


def _legend(y: float, with_proposals: bool) -> list[Row]:
    rows: list[Row] = []
    x = 0.0
    for holder, words in HOLDERS.items():
        rows += [canvas.outline(f"M{x + 4} {y}H{x + 30}", "", _COLOURS[holder], _WIDTHS[holder]), canvas.outline(canvas.head(x + 36, y), _COLOURS[holder], "", 0), *_mark(holder, x + 6, y)]
        rows.append(canvas.text(x + 42, y + 4, _(words), "small"))
        x += 42 + 5.7 * len(_(words)) + 20
    if with_proposals:
        rows += [canvas.outline(f"M{x} {y}H{x + 34}", "", style.SOFT, 1.6, True), canvas.text(x + 40, y + 4, _("Vorschlag, ungelesen"), "small")]
    return rows


def _end(desk: Any, s: Any, part: str) -> str:
    """A statement's reason or effect by its categories, else in the person's own words."""
    codes = getattr(s, f"{part}_codes")
    if codes:
        return " + ".join(_labels(desk, codes.split("+")))
    words = desk.words(s.doc, s.turn, getattr(s, f"{part}_start"), getattr(s, f"{part}_end"))
    return _(_UNQUOTED) if words in (NOT_QUOTABLE, NOT_SHOWN) else " ".join(words.split())


def _labels(desk: Any, codes: Iterable[str]) -> list[str]:
    return [desk.label.get(code, code) for code in desk.by_label(code for code in codes if code)]
