"""What a meeting settles: rows of the coder `konsens` in `decisions.csv`, for the categories that hold and for those that do not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.app.disputes import Dispute, meeting, settled_acts
from pipeline.language import _
from pipeline.reviewing import asked
from pipeline.reviewing.planning import Desk
from pipeline.reviewing.reading import Reading
from pipeline.reviewing.standing import REJECT
from pipeline.tables import CONSENSUS, CONSENSUS_CODER, WITHDRAW


def settle(reading: Reading, given: Mapping[str, Any]) -> list[Dispute]:
    """Write down what holds at one passage; returns all passages of its turn as they stand then.

    `given`: `id` of the passage and `differ`, the categories in question as the page showed them; `hold`: categories that hold there, and
    `memo`, why; or `open` (true): take back what was settled. Raises `Stop` where the passage is not what the page showed, where the reason is
    missing, or where it cannot be written; then nothing is.
    """
    with reading.held(writes=True):
        one = _meant(reading, given)
        desk = Desk(reading.book, CONSENSUS_CODER, one.doc, one.turn, CONSENSUS, True, reading.known, reading.now())
        if given.get("open") is True:
            for act in settled_acts(reading, one):
                desk.again(act, WITHDRAW, memo="")
            if not desk.plan.decided:
                raise asked.refused(_("Hier ist nichts entschieden, das sich zurücknehmen ließe."))
        else:
            _decide(reading, desk, one, given)
        reading.book.decide(CONSENSUS_CODER, CONSENSUS, desk.plan.decided)
        return [found for found in meeting(reading, one.doc).disputes if found.turn == one.turn]


def _meant(reading: Reading, given: Mapping[str, Any]) -> Dispute:
    name = asked.name_of(given, "id")
    one = next((found for found in meeting(reading, name.rsplit(".", 3)[0]).disputes if found.id == name), None)
    if one is None or list(one.differ) != given.get("differ"):
        raise asked.refused(_("An dieser Stelle hat sich inzwischen etwas geändert."), _("Sie wird neu gezeigt; bitte noch einmal entscheiden."))
    return one


def _decide(reading: Reading, desk: Desk, one: Dispute, given: Mapping[str, Any]) -> None:
    hold = [asked.code({"code": code}, reading.known) for code in asked.codes({"codes": given.get("hold")}, reading.known)]
    memo = asked.memo(given, needed=True)
    before = settled_acts(reading, one)
    # Common ones are no question; what an earlier meeting gave here beside the ones in question is put aside where it does not hold any more.
    wanted = dict.fromkeys((*one.differ, *(code for code in hold if code not in one.common)))
    inside = [act for act in before if one.start <= act.start and act.end <= one.end]
    for code in wanted:
        giver = next((act for voice in one.voices for act in voice.acts if act.code == code and act.given), None)
        aside = [act for act in inside if act.code == code]
        if code not in hold:
            desk.row(REJECT, code, one.start, one.end, memo, aside=aside)
        elif giver:
            desk.row("accept", code, one.start, one.end, memo, giver.row.get("stance", ""), giver.row.get("about", ""), aside)
        else:
            desk.row("add", code, one.start, one.end, memo, aside=aside)
    for act in inside:
        if act.code not in wanted:
            desk.again(act, WITHDRAW, memo="")
