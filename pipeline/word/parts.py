"""What every chapter of the document shows in the same way: figures of categories, proposals apart, quotes, pictures."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from pipeline.effective import REVIEWED
from pipeline.language import _
from pipeline.sections.answers.desk import Desk
from pipeline.word.blocks import Block, Picture, Quote, points, table, text
from pipeline.wording import NOT_QUOTABLE, NOT_SHOWN, cautions, spread

QUOTES, OPEN_QUOTES = 4, 2  # of a question: read ones, and proposals where nothing is read
LINES = 8  # categories told in a sentence each
_INDENT = "\u2003"
_WITHHELD = (NOT_QUOTABLE, NOT_SHOWN)


def codes_of(desk: Desk, *families: str) -> list[str]:
    """The categories of families of study.yaml (answers), in the codebook's order."""
    return desk.by_label(r.code for r in desk.rows("findings_scope") if r.family in families and r.code in desk.label)


def figures(desk: Desk, codes: Collection[str], caption: str) -> list[Block]:
    """What people read of these categories: sentences for the most told ones, then all as a table, with how many were asked."""
    wanted = set(codes)
    rows = [r for r in desk.rows("findings_codes") if r.code in wanted and r.n_mentions]
    if not rows:
        return text(_("Dazu ist noch keine Stelle gelesen."), "note")
    parents = _parents(desk, wanted)
    told = sorted((r for r in rows if r.code not in parents), key=lambda r: desk.order[r.code])
    said = [f"{desk.label[r.code]}: {spread(r)}." + "".join(f" {c}" for c in cautions(r)) for r in told]
    cells = [[indented(desk, r.code), r.n_cases, r.n_asked or "–", r.n_cases_asked or "–", r.n_mentions] for r in rows]
    heads = [_("Kategorie"), _("Befragte"), _("danach gefragt"), _("davon nennen es"), _("Stellen, gelesen")]
    return [*points(said[:LINES]), *table(caption, heads, cells, range(1, 5))]


def _parents(desk: Desk, codes: set[str]) -> set[str]:
    return {up for code, up in zip(desk.tables["codes"]["code"], desk.tables["codes"]["parent"], strict=True) if code in codes and up}


def indented(desk: Desk, code: str) -> str:
    """A category's name, set in by its level in the codebook."""
    codes = desk.tables["codes"]
    return _INDENT * int(codes["level"].iloc[desk.order[code]]) + str(desk.label[code])


def proposed(desk: Desk, codes: Collection[str]) -> list[Block]:
    """What the machine proposes and nobody has read: apart, in italics, never in one table with findings."""
    wanted = set(codes)
    rows = [r for r in desk.rows("findings_codes") if r.code in wanted and r.n_proposed] if desk.with_proposals else []
    if not rows:
        return []
    cells = [[indented(desk, r.code), r.n_proposed, r.n_cases_proposed] for r in rows]
    note = text(_("Was die Maschine vorschlägt und noch niemand gelesen hat, ist kein Befund."), "proposal")
    return [*note, *table(_("Vorschläge, ungelesen"), [_("Kategorie"), _("Vorschläge"), _("Befragte mit Vorschlägen")], cells, (1, 2), proposal=True)]


def quotes(desk: Desk, codes: Collection[str], most: int = QUOTES) -> list[Block]:
    """The first quotes of these categories, read ones, as far as can be each of another person; where nothing is read, proposals."""
    listed = ranked(desk, codes)
    read = pick(desk, (m for m in listed if m.basis == REVIEWED), most)
    if read or not desk.with_proposals:
        return read
    return pick(desk, (m for m in listed if m.basis != REVIEWED), OPEN_QUOTES)


def ranked(desk: Desk, codes: Collection[str]) -> list[Any]:
    """Mentions of categories in the order in which they are quoted."""
    wanted = set(codes)
    rank = {r.mention: r.rank for r in desk.rows("findings_quotes") if r.code in wanted}
    found = [m for code in desk.by_label(wanted) for m in desk.mentions_of(code)]
    return sorted(found, key=lambda m: (rank.get(m.mention, 0), desk.order.get(m.code, 0), m.mention))


def pick(desk: Desk, mentions: Iterable[Any], most: int) -> list[Block]:
    """Quotes of mentions that may be quoted and that people did not ban: other people first, no passage twice."""
    shown: list[Any] = []
    later: list[Any] = []
    heard: set[str] = set()
    for m in mentions:
        if len(shown) >= most:
            break
        if desk.banned(m) or not desk.may_quote(m.doc, m.turn) or _overlaps(m, shown) or _overlaps(m, later):
            continue
        if m.case not in heard:
            shown.append(m)
        elif len(later) < most:
            later.append(m)
        heard.add(m.case)
    return [quote(desk, m) for m in [*shown, *later][:most]]


def _overlaps(one: Any, others: list[Any]) -> bool:
    return any(one.doc == m.doc and one.turn == m.turn and one.start < m.end and m.start < one.end for m in others)


def quote(desk: Desk, mention: Any) -> Quote:
    """A mention as the document quotes it, with the name of its category."""
    return seen(desk.quote(mention.mention), desk.label.get(mention.code, ""))


def seen(shown: Any, label: str = "") -> Quote:
    """A quote as chapters show it (`Desk.quote`): its words, then interview, turn, time, who, on what occasion."""
    words = ("… " if shown.cut_before else "") + "".join(part for part, _hit in shown.parts)
    source = [_place(shown), shown.who, shown.prompt_words, shown.about_words, shown.stance_words, label]
    return Quote(words, " · ".join(part for part in source if part), shown.basis != REVIEWED, _withheld(words))


def _withheld(words: str) -> bool:
    """Whether a remark stands for the words, which is no quotation."""
    return words in {_(mark) for mark in _WITHHELD}


def _place(shown: Any) -> str:
    at = _("{interview}, Beitrag {turn}").format(interview=shown.interview, turn=shown.turn)
    return f"{at}, {shown.clock}" if shown.clock else at


def passage(shown: Any, *more: str, proposal: bool = False) -> Quote:
    """A passage (`Desk.passage`) as the document quotes it."""
    return Quote(shown.shown, " · ".join(part for part in (_place(shown), shown.who, *more) if part), proposal, _withheld(shown.shown))


def pictures(desk: Desk, *names: str) -> list[Block]:
    """Pictures whose name begins with one of these; nothing where they are not drawn."""
    rows = sorted((r for r in desk.rows("pictures") if r.svg and r.picture.startswith(names)), key=lambda r: (r.order, r.picture))
    return [Picture(r.title, r.caption, r.alt, r.svg) for r in rows]
