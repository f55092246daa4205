"""Decisions whose passage was not surely found again: a person says where it is now, or that it is gone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.language import _
from pipeline.ledgers.ids import moment, new_id
from pipeline.reviewing import asked
from pipeline.reviewing.files import Row
from pipeline.reviewing.pieces import trimmed
from pipeline.reviewing.reading import Reading
from pipeline.tables import WITHDRAW

_KEPT = ("code", "action", "mode", "stance", "about", "memo", "codebook")
_PLACE = ("doc", "raw_sha256", "raw_start", "raw_end", "quote", "before", "after")


def settled(reading: Reading, given: Mapping[str, Any]) -> None:
    """A new row on the place that was confirmed, or one that takes the decision (or reading) back. Judgement and name stay those of whoever
    decided; a decision's id names who confirmed. Raises `Stop` where nothing of this name looks for a place or the place does not fit."""
    with reading.held(writes=True):
        who, name = reading.named(given.get("coder")), asked.name_of(given, "decision")
        listed = next((row for row in reading.deck.unplaced if row["decision"] == name), None)
        if listed is None:
            raise asked.refused(_("Diese Entscheidung sucht keinen Ort (mehr)."), _("Bitte die Seite neu laden."))
        if not looks(reading, listed):
            raise asked.refused(_("Über diesen Ort ist schon entschieden."), _("Bitte die Seite neu laden."))
        (_decision if name in reading.book.by_id else _reading)(reading, given, listed, who)


def looks(reading: Reading, listed: Mapping[str, Any]) -> bool:
    """Whether a row of the table `unplaced` still looks for its place: nobody has settled it since the run."""
    name = listed["decision"]
    if name in reading.book.by_id:
        return name not in reading.book.aside.get(listed["coder"], ())
    return reading.book.reading_at(_line(name), listed["coder"], listed["doc"]) is not None


def _line(name: str) -> str:
    """
    >>> _line("reviewed.csv, Zeile 12")
    '12'
    """
    return name.rpartition(" ")[2]


def _decision(reading: Reading, given: Mapping[str, Any], listed: Mapping[str, Any], who: str) -> None:
    old, now = reading.book.by_id[listed["decision"]], reading.now()
    made = {
        **{column: old.get(column, "") for column in (*_KEPT, *_PLACE)}, "decision": new_id(who, now),
        "date": now.date().isoformat(), "time": moment(now), "coder": old["coder"], "replaces": listed["decision"],
    }  # fmt: skip
    made |= _there(reading, given, old) if asked.flag(given, "ok") else {"action": WITHDRAW, "memo": ""}
    reading.book.decide(old["coder"], old["mode"], [made])


def _reading(reading: Reading, given: Mapping[str, Any], listed: Mapping[str, Any], who: str) -> None:
    old = reading.book.reading_at(_line(listed["decision"]), listed["coder"], listed["doc"])
    assert old is not None
    now = reading.now()
    kept = {name: cell for name, cell in old.items() if name != "line"} | {"time": moment(now), "date": now.date().isoformat()}
    made = [{**kept, "action": WITHDRAW}]
    if asked.flag(given, "ok"):
        doc, number = reading.known_turn(old["doc"], given.get("turn"))
        made.append({**kept, "action": "", **reading.deck.whole(doc, number)})
    reading.book.mark_read(made)
    reading.forget_gate()


def _there(reading: Reading, given: Mapping[str, Any], old: Row) -> Row:
    doc, number = reading.known_turn(old["doc"], given.get("turn"))
    turn = reading.deck.by_key[doc, number]
    if not turn.codable:
        raise asked.refused(_("Codiert werden nur die Worte der Befragten; dieser Beitrag ist von jemand anderem."))
    start, end = trimmed(turn.text, *asked.span(given, len(turn.text)))
    if old["code"] not in reading.known:
        raise asked.refused(_("Diese Kategorie steht nicht (mehr) im Codebuch: {code}.").format(code=old["code"]), _("Bitte die Stelle neu codieren und diese Entscheidung verwerfen."))
    return reading.deck.anchor(doc, number, start, end)
