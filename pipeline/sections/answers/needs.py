"""Chapter on needs: what is lacking in each neighbourhood, and beside it what people say there is."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from pipeline.language import N_, _
from pipeline.sections.answers import places
from pipeline.sections.answers.desk import Desk
from pipeline.wording import capital, number, people

_STATES = {
    "gap": N_("kein Angebot genannt"), "open": N_("Angebot nur vorgeschlagen"), "beside": N_("Angebote genannt"), "unnamed": N_("gefragt, nichts gefunden"),
    "silent": N_("niemand gefragt"),
}  # fmt: skip
_LASTING = {"there": "", "past": N_("gab es früher"), "imagined": N_("nur gedacht oder gewünscht"), "denied": N_("gibt es nicht")}
MOST = 8  # offers of one neighbourhood shown


def chapter(desk: Desk) -> SimpleNamespace:
    """All that the template `answers/needs.html.j2` shows, as plain values."""
    rows = {(r.code, r.district, r.basis): r for r in desk.rows("findings_needs")}
    codes = [c for c in desk.tables["codes"].itertuples() if c.code in {r.code for r in rows.values()}]
    heads = places.columns(desk, {r.district for r in rows.values()})
    heads = [h for h in heads if h.value or any(r.n_mentions or r.n_group for r in rows.values() if not r.district)]
    kinds = places.leaves(desk, (c.code for c in codes))
    lines = [_line(desk, c, heads, rows) for c in codes]
    told = [line for line in lines if any(cell.people or cell.proposed for cell in line.cells)]
    offers = _offers(desk)
    return SimpleNamespace(
        label=desk.district_label, heads=heads, lines=told, silent=[c.label for c, line in zip(codes, lines, strict=True) if line not in told and c.code in kinds],
        offers=[_sum(offers.get(h.value, [])) for h in heads], districts=_districts(desk, heads, kinds, offers),
        gaps=_gaps(heads, codes, kinds, rows), read=any(r.n_mentions for r in rows.values() if r.basis == "reviewed"),
    )  # fmt: skip


def _line(desk: Desk, code: Any, heads: list[SimpleNamespace], rows: dict[tuple[str, str, str], Any]) -> SimpleNamespace:
    """One need over all neighbourhoods."""
    cells = []
    for head in heads:
        read, open_ = rows[code.code, head.value, "reviewed"], rows[code.code, head.value, "proposed"]
        proposed = open_.n_cases if desk.with_proposals else 0
        state = read.state if read.n_mentions or not proposed else open_.state
        cells.append(
            SimpleNamespace(
                people=read.n_cases, proposed=proposed, state=state, open=not read.n_mentions and bool(proposed), words=_(_STATES[state]), title=_title(read, head),
                anchor=f"bedarf-{head.anchor}",
            )
        )  # fmt: skip
    return SimpleNamespace(code=code.code, label=code.label, level=code.level, cells=cells)


def _title(read: Any, head: SimpleNamespace) -> str:
    if not head.value:
        return _("{who}; danach gefragt: {asked}").format(who=capital(people(read.n_cases)), asked=number(read.n_asked))
    return _("{who}, davon {own} von dort; von dort danach gefragt: {asked} von {of}").format(
        who=capital(people(read.n_cases)), own=number(read.n_cases_own), asked=number(read.n_asked), of=number(read.n_group)
    )  # fmt: skip


def _offers(desk: Desk) -> dict[str, list[SimpleNamespace]]:
    """District -> its offers, what is there before what was there, read before proposed."""
    found: dict[str, list[SimpleNamespace]] = {}
    rows = [r for r in desk.rows("findings_offers") if desk.with_proposals or r.basis == "reviewed"]
    for r in sorted(rows, key=lambda r: (r.basis != "reviewed", list(_LASTING).index(r.lasting), r.doc, r.turn, r.start, desk.order.get(r.code, 0))):
        beside = ", ".join(desk.label[code] for code in desk.by_label(code for code in r.beside.split("+") if code))
        found.setdefault(r.district, []).append(
            SimpleNamespace(
                quote=None if desk.banned(r) else desk.quote(r.mention), mention=r.mention, reviewed=r.basis == "reviewed", lasting=_(_LASTING[r.lasting]), there=r.lasting == "there",
                label=desk.label.get(r.code, r.code), placed=_(places.PLACED[r.placed]), beside=beside,
            )
        )  # fmt: skip
    return found


def _sum(offers: list[SimpleNamespace]) -> SimpleNamespace:
    """How many passages tell of an offer that is there; of those that are gone or thought of, how many more."""
    read = [o for o in offers if o.reviewed]
    return SimpleNamespace(
        read=sum(o.there for o in read), open=sum(o.there for o in offers if not o.reviewed), gone=sum(not o.there for o in read),
    )  # fmt: skip


def _districts(desk: Desk, heads: list[SimpleNamespace], kinds: set[str], offers: dict[str, list[SimpleNamespace]]) -> list[SimpleNamespace]:
    """Each neighbourhood with the passages on what is lacking and on what is there."""
    lacking = places.by_district(desk, kinds)
    found = []
    for h in heads:
        own = offers.get(h.value, [])
        if own or h.value in lacking:
            read, open_ = [o for o in own if o.reviewed], [o for o in own if not o.reviewed]
            shown = [[o for o in part if o.quote][:MOST] for part in (read, open_)]
            found.append(
                SimpleNamespace(
                    **vars(h), needs=places.passages(desk, lacking.get(h.value, [])), read=shown[0], open=shown[1], n_offers=len(read),
                    n_open=len(open_), more=places.more(len(read) - len(shown[0]), len(open_) - len(shown[1])),
                )
            )  # fmt: skip
    return found


def _gaps(heads: list[SimpleNamespace], codes: list[Any], kinds: set[str], rows: dict[tuple[str, str, str], Any]) -> list[SimpleNamespace]:
    """Neighbourhoods of which needs are read and no offer is named at all, with those needs."""
    found = []
    for h in heads:
        lacking = [c for c in codes if c.code in kinds and h.value and rows[c.code, h.value, "reviewed"].state == "gap"]
        if lacking:
            found.append(SimpleNamespace(label=h.label, needs=", ".join(c.label for c in lacking), anchor=f"bedarf-{h.anchor}"))
    return found
