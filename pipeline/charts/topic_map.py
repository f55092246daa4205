"""The map of topics: circles as large as the number of people, near where words and sense are alike. Proposals, never findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.addresses import to_part
from pipeline.charts import canvas, style
from pipeline.charts.layout import WIDTH, Bubble, bubbles
from pipeline.charts.picture import Picture, Row
from pipeline.language import N_, _, ngettext
from pipeline.topic_words import ECHO, comma, hundred
from pipeline.wording import number

if TYPE_CHECKING:
    import pandas as pd

KINDS = {
    "new": N_("vom Codebuch wenig erfasst"), "echo": N_("Wortlaut einer Frage"), "covered": N_("nicht deutlich weniger codiert als andere"), "plain": N_("nicht mit dem Codebuch verglichen"),
}  # fmt: skip
_FILLS = {"new": style.STEPS[3], "echo": style.LINE, "covered": style.STEPS[1], "plain": style.PAPER}


def is_echo(topic: Any) -> bool:
    return bool(topic.echo_question and topic.echo >= ECHO)


def kinds(tables: dict[str, pd.DataFrame]) -> dict[str, str]:
    """Topic -> which kind it is: an echo of the guide first, then without a category. Only what is firm or named was compared at all."""
    new, compared = set(tables["topic_new"]["topic"]), bool(len(tables["topic_new"]) or len(tables["topic_codes"]))
    told = tables["topics"].itertuples()
    return {t.topic: "echo" if is_echo(t) else "new" if t.topic in new else "covered" if compared and "yes" in (t.firm, t.named) else "plain" for t in told}


def short(topic: Any) -> str:
    """What a topic is called where there is little room: its name where people gave it one, else its words."""
    return str(topic.label if topic.named == "yes" else topic.words or topic.label)


def picture(desk: Any) -> Picture | None:
    """The map; none where there are no topics to show."""
    topics = [t for t in desk.rows("topics") if t.hidden != "yes"]
    if not topics:
        return None
    of, kind = len(desk.names.cases), kinds(desk.tables)
    found, height = bubbles([(t.topic, t.x if t.x == t.x else 0.5, t.y if t.y == t.y else 0.5, t.n_cases, short(t)) for t in topics])
    rows = [canvas.lead(*b.lead) for b in found if b.lead]
    for b, t in zip(found, topics, strict=True):
        rows += _bubble(b, t, kind[t.topic], of)
    rows += _legend(height + 20, [k for k in KINDS if k in kind.values()], any(t.named == "yes" for t in topics))
    caption = _(
        "Themen sind Vorschläge, keine Befunde. Je größer ein Kreis, von desto mehr Befragten stammen seine Sätze (die Zahl darin); je näher zwei Kreise, desto ähnlicher die "
        "Themen. Oben, unten, links und rechts bedeuten nichts. Gestrichelt umrandet: Den Namen schlägt die Maschine vor. Jeder Kreis führt zu seinem Thema."
    )
    if any(not b.label for b in found):
        caption += " " + _("Nicht jeder Kreis hat Platz für seinen Namen; in der Tabelle stehen alle.")
    return Picture(
        _("Themenkarte"), caption, _("Themenkarte mit {n} Themen; dieselben Angaben stehen in der Tabelle dahinter.").format(n=len(topics)), canvas.drawing(WIDTH, height + 60, rows), rows,
        [_("Thema"), _("Name"), _("Art"), _("Befragte"), _("Sätze"), _("von 100 Sätzen"), _("Stabilität"), _("Lage (rechts; unten)")],
        [[{"text": t.topic, "to": to_part(f"thema-{t.topic}")}, t.label, _(KINDS[kind[t.topic]]), _("{n} von {of}").format(n=t.n_cases, of=of), t.n_segments, hundred(t.share), comma(t.stability), f"{comma(t.x)}; {comma(t.y)}"] for t in topics],
    )  # fmt: skip


def _bubble(b: Bubble, t: Any, kind: str, of: int) -> list[Row]:
    sentences = ngettext("{n} Satz von {people} der {of} Befragten", "{n} Sätze von {people} der {of} Befragten", t.n_segments)
    words = "\n".join([f"{t.topic} {t.label}", sentences.format(n=number(t.n_segments), people=t.n_cases, of=of), _(KINDS[kind])])
    to = to_part(f"thema-{t.topic}")
    rows = _shape(b.x, b.y, b.r, kind, t.named == "yes", to, words)
    rows.append(canvas.text(b.x, b.y + 4.5, str(t.n_cases), "strong", "middle", to, words))
    if b.label:
        rows.append(canvas.text(*b.at, b.label, "label", b.anchor, to, words))
    return rows


def _shape(x: float, y: float, r: float, kind: str, named: bool, to: str = "", words: str = "") -> list[Row]:
    rows = [canvas.outline(canvas.circle(x, y, r + 3.5), "", style.ACCENT, 1.6, False, to, words)] if kind == "new" else []
    return [*rows, canvas.outline(canvas.circle(x, y, r), _FILLS[kind], style.SOFT, 1.2, not named, to, words)]


def _legend(y: float, known: list[str], any_named: bool) -> list[Row]:
    rows: list[Row] = []
    x = 4.0
    entries = [(kind, _(KINDS[kind]), False) for kind in known] + ([("plain", _("von Menschen benannt"), True)] if any_named else [])
    for kind, words, named in entries:
        wide = 30 + 6 * len(words) + 18
        if x + wide > WIDTH:
            x, y = 4.0, y + 24
        rows += [*_shape(x + 11, y, 8, kind, named), canvas.text(x + 28, y + 4, words, "small")]
        x += wide
    return rows
