"""The network of actors as respondents tell it: who works with whom, who is said to be missing. Statements, no register and no ranking."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace
from typing import Any

from pipeline.addresses import to_part, to_turn
from pipeline.charts import canvas, style
from pipeline.charts.network_places import PAD, WIDTH, Box, Drawing, box, places, size
from pipeline.charts.picture import Picture, Row
from pipeline.language import N_, _, ngettext
from pipeline.wording import number, people

REVIEWED, MOST, ABSENT = "reviewed", 25, 24
KINDS = {
    "verwaltung": N_("Verwaltung, Behörde"), "schule": N_("Bildung, Kinder, Jugend"), "religion": N_("Religion"), "verein": N_("Verein, Verband"), "wohlfahrt": N_("Wohlfahrt, Beratung"),
    "wirtschaft": N_("Wirtschaft, Wohnen"), "politik": N_("Politik, Gremien"), "gesundheit": N_("Gesundheit"), "initiative": N_("Initiative, Runde"), "rolle": N_("Rolle"), "andere": N_("ohne Angabe der Art"),
}  # fmt: skip
SAYS = {"together": N_("arbeiten zusammen"), "missing": N_("haben wenig oder keine Verbindung"), "wished": N_("sollten zusammenarbeiten"), "past": N_("haben früher zusammengearbeitet")}
GROUP, MISSING = N_("Befragte, die »wir« sagen"), N_("fehlt, sagen Befragte")
_COLOURS = {"together": style.ACCENT, "missing": style.WARM, "wished": style.ACCENT, "past": style.SOFT}


def anchor(links: list[Any]) -> str:
    """The id of the place in the chapter where these statements stand in their words."""
    return f"verbindung-{min(link.link for link in links)}"


def told(desk: Any) -> list[SimpleNamespace]:
    """Sure statements by pair and kind, in a fixed order: `a`, `b` (empty: who is missing as such), `kind`, `links`, `read`, `open`, `to`."""
    by_pair: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for link in desk.rows("findings_links"):
        if link.doubt != "yes" and (desk.with_proposals or link.basis == REVIEWED):
            by_pair[link.actor_a, link.actor_b, link.kind].append(link)
    found = []
    for (a, b, kind), links in sorted(by_pair.items()):
        read = [link for link in links if link.basis == REVIEWED]
        to = to_turn(links[0].doc, links[0].turn) if len(links) == 1 else to_part(anchor(links))
        found.append(SimpleNamespace(a=a, b=b, kind=kind, links=links, read=read, open=[link for link in links if link.basis != REVIEWED], to=to))
    return found


def picture(desk: Any) -> Picture | None:
    """The network; none where no statement names two actors or one that is missing."""
    known = told(desk)
    actors = {a.actor: a for a in desk.rows("actors")}
    if not known:
        return None
    among = [t for t in known if t.b]
    net = places([(t.a, t.b, t.kind, bool(t.read)) for t in among], {k: _name(a) for k, a in actors.items()}, _weight(known), MOST)
    bridges = _bridges(desk, actors)
    by_edge = {(t.a, t.b, t.kind): t for t in among}
    rows = _strokes(net, by_edge, actors)
    for one in net.boxes:
        rows += _node(one, actors[one.key], bridges.get(one.key, ""))
    absent = _strongest([t for t in known if not t.b])
    lacking, height = _absent(absent[:ABSENT], actors, bridges, net.height)
    rows += lacking
    kinds = {t.kind for t in among}
    rows += _legend(height + 18, kinds, bool(bridges), desk.with_proposals)
    return Picture(
        _("Wer mit wem, nach Aussagen"), _caption(net.left_out + max(0, len(absent) - ABSENT)),
        _("Netz der Akteure nach Aussagen der Befragten: {n} Akteure, {lines} Linien, {absent} fehlende; dieselben Angaben stehen in der Tabelle dahinter.").format(
            n=len(net.boxes), lines=len(net.strokes), absent=len(absent)
        ),
        canvas.drawing(WIDTH, height + 62, rows), rows, [_("Akteur"), _("und"), _("Aussage"), _("Stand"), _("Befragte"), _("Aussagen")],
        [line for t in sorted(known, key=lambda t: (actors[t.a].label.casefold(), t.b, t.kind)) for line in _lines(t, actors)],
    )  # fmt: skip


def _caption(left_out: int) -> str:
    words = _(
        "Jede Linie steht für mindestens eine Aussage und führt zu ihr. Nähe, Länge und Lage bedeuten nichts; eine Linie mehr heißt, dass jemand davon sprach, nicht, "
        "dass mehr zusammengearbeitet wird. Eckige Kästen sind Einrichtungen und Rollen, runde stehen für die Gruppe, aus der jemand »wir« sagt. Wer fehlt, fehlt nach "
        "Ansicht der Befragten; die Genannten sehen es vielleicht anders."
    )
    if left_out:
        words += " " + ngettext("Ein Akteur mit weniger Aussagen fehlt im Bild; in der Tabelle stehen alle.", "{n} Akteure mit weniger Aussagen fehlen im Bild; in der Tabelle stehen alle.", left_out).format(n=left_out)
    return words


def _lines(t: SimpleNamespace, actors: dict[str, Any]) -> list[list[Any]]:
    """Read and proposed statements of one pair, each a row of the table."""
    found = []
    for links, open_ in ((t.read, False), (t.open, True)):
        if links:
            mark = {"open": True} if open_ else {}
            says = _(SAYS[t.kind]) if t.b else _(MISSING)
            cells = [actors[t.b].label if t.b else "–", says, _stand(open_), number(len({link.case for link in links}))]
            to = to_turn(links[0].doc, links[0].turn) if len(links) == 1 else t.to
            found.append([actors[t.a].label, *({"text": words, **mark} for words in cells), {"text": len(links), "to": to, **mark}])
    return found


def _stand(open_: bool) -> str:
    return _("Vorschlag, ungelesen") if open_ else _("gelesen")


def _name(actor: Any) -> tuple[str, str]:
    return (actor.label.removeprefix("Gruppe: "), _(GROUP)) if actor.kind == "gruppe" else (actor.label, _(KINDS.get(actor.kind, KINDS["andere"])))


def _weight(known: list[Any]) -> dict[str, int]:
    """Actor -> people whose statements name it: which nodes are drawn where there are too many."""
    cases: dict[str, set[str]] = defaultdict(set)
    for t in known:
        for key in (t.a, t.b):
            cases[key] |= {link.case for link in t.links}
    return {key: len(found) for key, found in cases.items() if key}


def _strongest(known: list[Any]) -> list[Any]:
    return sorted(known, key=lambda t: (not t.read, -len({link.case for link in t.links}), t.a))


def _bridges(desk: Any, actors: dict[str, Any]) -> dict[str, str]:
    """Actor -> on what ground it is marked as one that connects: a passage about bridge persons names this role (reviewed before proposed)."""
    named: dict[str, str] = {}
    for b in desk.rows("findings_bridges"):
        role = b.bridge_role.casefold()
        if role and (b.basis == REVIEWED or desk.with_proposals):
            named[role] = REVIEWED if REVIEWED in (b.basis, named.get(role)) else "proposed"
    found = {}
    for key, a in actors.items():
        grounds = {named[form] for form in (a.label.casefold(), *a.forms.casefold().split(" | ")) if form in named}
        if grounds and a.kind != "gruppe":
            found[key] = REVIEWED if REVIEWED in grounds else "proposed"
    return found


def _hover(t: SimpleNamespace, actors: dict[str, Any]) -> str:
    pair = _("{a} und {b}").format(a=actors[t.a].label, b=actors[t.b].label) if t.b else actors[t.a].label
    lines = [pair, _(SAYS[t.kind]) if t.b else _(MISSING)]
    for links, open_ in ((t.read, False), (t.open, True)):
        if links:
            n = len(links)
            words = ngettext("{n} Aussage, {who}", "{n} Aussagen, {who}", n).format(n=number(n), who=people(len({link.case for link in links})))
            lines.append(f"{words}: {_stand(open_)}")
    return "\n".join(lines)


def _strokes(net: Drawing, by_edge: dict[tuple[str, str, str], Any], actors: dict[str, Any]) -> list[Row]:
    lines, marks = [], []
    for s in net.strokes:
        a, b, kind, read = s.edge
        t = by_edge[a, b, kind]
        words = _hover(t, actors)
        lines.append(canvas.outline(s.path, "", _COLOURS[kind], 1.8, not read, t.to, words))
        lines.append(canvas.outline(s.path, "", "transparent", 12, False, t.to, words))
        marks += _mark(kind, s.x, s.y, t.to, words)
    return [*lines, *marks]


def _mark(kind: str, x: float, y: float, to: str = "", words: str = "") -> list[Row]:
    """What a line says by form and not by colour alone."""
    paths = {"missing": canvas.cross(x, y, 5), "wished": canvas.circle(x, y, 5), "past": canvas.box(x - 6, y - 2, 12, 4)}
    if kind not in paths:
        return []
    return [canvas.outline(paths[kind], style.PAPER if kind == "wished" else style.SOFT if kind == "past" else "", _COLOURS[kind], 2.4 if kind != "past" else 0, False, to, words)]


def _node(b: Box, actor: Any, bridge: str, missing: Any = None, actors: dict[str, Any] | None = None) -> list[Row]:
    """A box with its name and kind; `missing`: the statements that say it is not there."""
    group = actor.kind == "gruppe"
    to = missing.to if missing else to_part(f"akteur-{actor.actor}") if not group and actor.n_mentions else ""
    words = _hover(missing, actors or {}) if missing else f"{actor.label}\n{_name(actor)[1]}"
    if bridge:
        words += "\n" + _("als Brücke genannt") + f": {_stand(bridge != REVIEWED)}"
    left, top = b.x - b.wide / 2, b.y - b.high / 2
    edge, open_ = (_COLOURS["missing"], not missing.read) if missing else (style.SOFT if group else style.INK, False)
    rows = [canvas.outline(canvas.box(left, top, b.wide, b.high, b.high / 2 if group else 2), style.STEPS[1] if group else style.PAPER, edge, 1.2, open_, to, words)]
    if not group:
        colour = dict(zip(KINDS, style.FAMILIES, strict=False)).get(actor.kind, style.SOFT)
        rows.append(canvas.outline(canvas.box(left + 1, top + 1, 4, b.high - 2), colour, to=to, words=words))
    if bridge:
        rows += _bridge(left + b.wide - 3, top + 2, bridge, to, words)
    if missing:
        rows.append(canvas.outline(canvas.cross(left + b.wide - 10, b.y, 4), "", style.WARM, 2, False, to, words))
    rows += [canvas.text(b.x, y, line, "label", "middle", to, words) for line, y in b.lines]
    return [*rows, canvas.text(b.x, b.kind_y, _name(actor)[1], "small", "middle", to, words)]


def _bridge(x: float, y: float, basis: str, to: str = "", words: str = "") -> list[Row]:
    """A lozenge on the corner: full where people read it."""
    return [canvas.outline(f"M{x - 8} {y}L{x} {y - 8}L{x + 8} {y}L{x} {y + 8}Z", style.ACCENT if basis == REVIEWED else style.PAPER, style.ACCENT, 1.6, basis != REVIEWED, to, words)]


def _absent(absent: list[Any], actors: dict[str, Any], bridges: dict[str, str], top: int) -> tuple[list[Row], float]:
    """Actors that are said to be missing, in rows below the net, and where these end."""
    if not absent:
        return [], top + 4
    rows = [canvas.text(4, top + 28, _("Fehlen, sagen Befragte"), "head")]
    x, y, high = 4.0, top + 40.0, 0.0
    for t in absent:
        wide, own = size(_name(actors[t.a]))
        wide += 2 * PAD
        if x + wide > WIDTH - 4 and x > 4:
            x, y, high = 4.0, y + high + 12, 0.0
        one = box(t.a, x + wide / 2, y + own / 2, _name(actors[t.a]))
        rows += _node(Box(t.a, one.x, one.y, wide, own, one.lines, one.kind_y), actors[t.a], bridges.get(t.a, ""), t, actors)
        x, high = x + wide + 14, max(high, own)
    return rows, y + high + 6


def _legend(y: float, kinds: set[str], bridges: bool, with_proposals: bool) -> list[Row]:
    rows: list[Row] = []
    entries: list[tuple[str, str]] = [(kind, _(SAYS[kind])) for kind in SAYS if kind in kinds]
    entries += [("bridge", _("als Brücke genannt"))] if bridges else []
    entries += [("open", _("Vorschlag, ungelesen"))] if with_proposals else []
    x = 4.0
    for kind, words in entries:
        wide = 46 + 5.8 * len(words) + 18
        if x + wide > WIDTH:
            x, y = 4.0, y + 24
        if kind == "bridge":
            rows += _bridge(x + 18, y, REVIEWED)
        else:
            rows += [canvas.outline(f"M{x} {y}H{x + 38}", "", _COLOURS.get(kind, style.SOFT), 1.8, kind == "open"), *_mark(kind, x + 19, y)]
        rows.append(canvas.text(x + 46, y + 4, words, "small"))
        x += wide
    return rows
