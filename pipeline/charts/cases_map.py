"""The map of cases that speak of like things: to think with, and to choose whom to ask next. It puts nobody into types."""

from __future__ import annotations

from typing import Any

from pipeline.addresses import to_part
from pipeline.charts import canvas, style
from pipeline.charts.layout import WIDTH, bubbles
from pipeline.charts.picture import Picture
from pipeline.language import _
from pipeline.wording import people

REVIEWED = "reviewed"


def picture(desk: Any) -> Picture | None:
    """The map; none where too few cases speak of enough categories."""
    cases = desk.rows("findings_alike")
    if not cases or (cases[0].basis != REVIEWED and not desk.with_proposals):
        return None
    name, who, read = desk.names.case, desk.names.who, cases[0].basis == REVIEWED
    found, height = bubbles([(r.case, r.x, r.y, 1, who(r.case)) for r in cases])
    rows = []
    for b, r in zip(found, cases, strict=True):
        words = "\n".join([_("Fall {case}, {who}").format(case=name(r.case), who=who(r.case)), _("spricht am ehesten von Ähnlichem wie Fall {case} ({who})").format(case=name(r.nearest), who=who(r.nearest))])
        to = to_part(f"fall-{r.case}")
        rows.append(canvas.outline(canvas.circle(b.x, b.y, b.r), style.STEPS[2] if read else style.PAPER, style.SOFT, 1.2, not read, to, words))
        # Numbers of cases in a workshop are long; what does not fit is in the table.
        inside = name(r.case) if len(name(r.case)) <= 8 else name(r.case)[:7] + "…"
        rows.append(canvas.text(b.x, b.y + 4.5, inside, "strong" if len(inside) <= 5 else "small", "middle", to, words))
        if b.label:
            rows.append(canvas.text(*b.at, b.label, "small", b.anchor, to, words))
        if b.lead:
            rows.insert(0, canvas.lead(*b.lead))
    return Picture(
        _("Welche Fälle von Ähnlichem sprechen"), _caption(read, len(desk.names.cases) - len(cases)), _("Karte mit {n} Fällen; dieselben Angaben stehen in der Tabelle dahinter.").format(n=len(cases)),
        canvas.drawing(WIDTH, height, rows), rows, [_("Fall"), _("wer"), _("Kategorien"), _("spricht am ehesten von Ähnlichem wie"), _("gemeinsam")],
        [[{"text": name(r.case), "to": to_part(f"fall-{r.case}")}, who(r.case), r.n_codes, f"{name(r.nearest)} ({who(r.nearest)})", like(r.likeness)] for r in cases],
    )  # fmt: skip


def _caption(read: bool, left: int) -> str:
    words = _("Je näher zwei Kreise, desto mehr Kategorien kommen bei beiden vor.")
    if not read:
        words += " " + _("Grundlage sind zum größten Teil ungelesene Vorschläge.")
    words += " " + _(
        "Die Karte ist zum Nachdenken da, etwa darüber, wer als Nächstes zu befragen wäre: Sie teilt niemanden in Typen ein, und wer daneben liegt, hat vor allem von anderem "
        "gesprochen. Oben, unten, links und rechts bedeuten nichts."
    )
    if left:
        words += " " + _("Ohne Platz auf der Karte, weil zu wenige Kategorien vorkommen: {who}.").format(who=people(left))
    return words


def like(value: float) -> str:
    """How much two cases share, in words: the figure is a search aid and no measure of people.

    >>> like(0.8), like(0.5), like(0.1)
    ('sehr viel', 'etwa die Hälfte', 'wenig')
    """
    return _("sehr viel") if value >= 0.75 else _("mehr als die Hälfte") if value >= 0.6 else _("etwa die Hälfte") if value >= 0.4 else _("wenig")
