"""From acts of a page to rows of lists: all acts of a request are looked at before the first row is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pipeline.covered import SEPARATOR
from pipeline.language import _
from pipeline.ledgers.ids import new_id
from pipeline.reviewing import asked
from pipeline.reviewing.desk import Desk, Plan
from pipeline.reviewing.files import Row
from pipeline.reviewing.pieces import trimmed
from pipeline.reviewing.proposals import Proposal
from pipeline.reviewing.standing import REJECT, Act, reading_key
from pipeline.tables import FIRST, WITHDRAW

Given = Mapping[str, Any]


def planned(desk: Desk, acts: Sequence[Given]) -> Plan:
    """The rows that acts come to. Raises `Stop` with the first that cannot be done; nothing is written here."""
    for given in acts:
        do = KINDS.get(given["kind"])
        if do is None:
            raise asked.refused(_("Die Seite hat etwas geschickt, das nicht zu lesen ist."), _("Bitte die Seite neu laden."))
        do(desk, given)
    return desk.plan


def _decide(desk: Desk, given: Given) -> None:
    one = desk.proposal(asked.name_of(given, "proposal"))
    memo = asked.memo(given)
    if given["kind"] == "reject":
        desk.row(REJECT, one.code, one.start, one.end, memo)
    else:
        desk.row("accept", one.code, one.start, one.end, memo, one.stance, one.about)


def _add(desk: Desk, given: Given) -> None:
    start, end = trimmed(desk.text, *asked.span(given, len(desk.text)))
    desk.row("add", asked.code(given, desk.known), start, end, asked.memo(given), asked.said(given, "stance"), asked.said(given, "about"))


def _withdraw(desk: Desk, given: Given) -> None:
    if "proposal" in given:
        one = desk.proposal(asked.name_of(given, "proposal"))
        mine = [act for act in desk.own() if act.code == one.code and act.touches(one.start, one.end)]
        if not mine:
            raise asked.refused(_("Über diesen Vorschlag haben Sie nichts entschieden."))
    else:
        mine = [desk.coding(asked.name_of(given, "coding"))]
    for act in mine:
        desk.again(act, WITHDRAW, memo="")


def _change(desk: Desk, given: Given) -> None:
    act = None if "proposal" in given else desk.coding(asked.name_of(given, "coding"))
    old = act or desk.proposal(asked.name_of(given, "proposal"))
    start, end = trimmed(desk.text, *asked.span({"start": old.start, "end": old.end, **given}, len(desk.text)))
    code = asked.code(given, desk.known) if "code" in given else old.code
    if code not in desk.known:
        raise asked.refused(_("Diese Kategorie steht nicht (mehr) im Codebuch: {code}.").format(code=code), _("Bitte eine andere wählen."))
    same = code == old.code
    memo, stance, about = _kept(old)
    aside = [act] if act else []
    if not (same and start < old.end and old.start < end) and (act is None or act.row["action"] == "accept"):
        desk.row(REJECT, old.code, old.start, old.end, aside=aside)  # what was proposed there does not hold
    desk.row("add", code, start, end, memo, stance if same else "", about if same else "", aside)


def _kept(old: Act | Proposal) -> tuple[str, str, str]:
    """Note, stance and about whom of what is changed."""
    if isinstance(old, Proposal):
        return "", old.stance, old.about
    return old.row.get("memo", ""), old.row.get("stance", ""), old.row.get("about", "")


def _split(desk: Desk, given: Given) -> None:
    act = None if "proposal" in given else desk.coding(asked.name_of(given, "coding"))
    old = act or desk.proposal(asked.name_of(given, "proposal"))
    at = asked.inside(given, old.start, old.end)
    memo, stance, about = _kept(old)
    for start, end in ((old.start, at), (at, old.end)):
        if not desk.text[start:end].strip():
            raise asked.refused(_("Geteilt werden kann nur zwischen Anfang und Ende der Stelle."), _("Bitte die Stelle noch einmal auswählen."))
        desk.row("add", old.code, *trimmed(desk.text, start, end), memo, stance, about, [act] if act else [])


def _merge(desk: Desk, given: Given) -> None:
    names = given.get("codings")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names) or len(set(names)) < 2:
        raise asked.refused(_("Verbinden lassen sich zwei oder mehr Codierungen."))
    parts = sorted((desk.coding(name) for name in dict.fromkeys(names)), key=lambda act: (act.start, act.end))
    if len({act.code for act in parts}) > 1:
        raise asked.refused(_("Verbinden lassen sich nur Codierungen derselben Kategorie."))
    memo = "\n".join(dict.fromkeys(act.row["memo"] for act in parts if act.row.get("memo")))
    stance, about = (next((act.row[name] for act in parts if act.row.get(name)), "") for name in ("stance", "about"))
    desk.row("add", parts[0].code, parts[0].start, max(act.end for act in parts), memo, stance, about, parts)


def _memo(desk: Desk, given: Given) -> None:
    desk.again(desk.coding(asked.name_of(given, "coding")), memo=asked.memo(given))


def _star(desk: Desk, given: Given) -> None:
    start, end = asked.span(given, len(desk.text))
    there = [spot for spot in desk.book.here[desk.key].quotes if spot.row.get("pin") == FIRST and spot.start < end and start < spot.end]
    there = [spot for spot in there if desk.sees or spot.row.get("coder") == desk.coder]
    if not asked.flag(given):
        desk.plan.unpinned += [spot.row for spot in there]
    elif (start, end) not in {(spot.start, spot.end) for spot in there}:
        place = desk.book.deck.anchor(desk.doc, desk.turn, start, end)
        desk.plan.quotes.append({**place, "release": "", "unique_ok": "", "pin": FIRST, "coder": desk.coder, "date": desk.date, "note": ""})


def _read(desk: Desk, given: Given) -> None:
    codes = SEPARATOR.join(asked.codes(given, desk.known))
    base = {
        **desk.book.deck.whole(desk.doc, desk.turn), "coder": desk.coder, "mode": desk.mode, "date": desk.date, "codebook": desk.book.today.version, "codes": codes,
        "time": desk.time, "action": "",
    }  # fmt: skip
    if asked.flag(given):
        there = [spot.row for spot in desk.book.readings(desk.key) if reading_key(spot.row) == reading_key(base) and spot.row.get("codebook") == base["codebook"]]
        desk.plan.read += [] if there else [base]
        return
    mine = [spot.row for spot in desk.book.readings(desk.key) if spot.row["coder"] == desk.coder and (not codes or spot.row.get("codes", "") == codes)]
    desk.plan.read += [taken_back(row, base) for row in mine]


def taken_back(row: Row, base: Mapping[str, str]) -> Row:
    """The row that takes a reading back: the same passage, mode and categories."""
    names = ("doc", "raw_sha256", "raw_start", "raw_end", "coder", "mode")
    return {**base, **dict(zip((*names, "codes"), reading_key(row), strict=True)), "action": WITHDRAW}


def _negative(desk: Desk, given: Given) -> None:
    start, end = asked.span(given, len(desk.text))
    place = desk.book.deck.anchor(desk.doc, desk.turn, start, end)
    code, why = asked.code(given, desk.known), asked.memo(given, "why", needed=True)
    desk.plan.against.append({"entry": new_id(desk.coder, desk.now), "date": desk.date, "coder": desk.coder, "code": code, **place, "why": why, "consequence": ""})


def _note(desk: Desk, given: Given) -> None:
    start, end = asked.span(given, len(desk.text))
    place = desk.book.deck.anchor(desk.doc, desk.turn, start, end)
    name = f"{desk.doc}.{desk.turn}.{start}"
    desk.plan.notes.append({"kind": "passage", "key": name, "memo": asked.memo(given, needed=True), "coder": desk.coder, "date": desk.date, **place})


KINDS: Mapping[str, Callable[[Desk, Given], None]] = {
    "accept": _decide, "reject": _decide, "add": _add, "withdraw": _withdraw, "change": _change, "split": _split, "merge": _merge, "memo": _memo, "star": _star,
    "read": _read, "negative": _negative, "note": _note,
}  # fmt: skip
