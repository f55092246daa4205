"""Chapter on the reasons that people name: first who sees no separation, then each reason with who says it of whom, then single statements."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace
from typing import Any

from pipeline.charts.causal import arrows
from pipeline.language import _
from pipeline.sections.answers.desk import Desk
from pipeline.sections.answers.reason_words import FIRSTS, TYPES_LONG, against, occasions, sources, to_do, warnings
from pipeline.sections.answers.statements import view
from pipeline.sections.quotes import sides
from pipeline.wording import number, places, proposals, spread

BASES = ("reviewed", "proposed")
_SELF, _OTHERS = {"self", "own group"}, {"other group", "institution"}
_QUOTES = 2  # of each kind


def chapter(desk: Desk) -> SimpleNamespace:
    """All that the template `answers/reasons.html.j2` shows, as plain values."""
    ranked = _ranked(desk)
    figures = {(r.code, r.basis): r for r in desk.rows("findings_reason_codes")}
    reasons = [_reason(desk, code, figures, ranked) for code in dict.fromkeys(code for code, _ in figures)]
    said = [r for r in reasons if r.read.n_mentions or r.open.n_mentions or any(r.n_against.values())]
    rows = sorted(desk.rows("findings_reasons"), key=lambda s: (s.basis != "reviewed", s.doc, s.turn, s.start, s.cause_start))
    statements = [view(desk, s) for s in rows]
    seen = _seen(desk, ranked)
    types, frames = _types(desk), _frames(desk)
    advice = to_do(
        sum("yes" in (r.read.attribution, r.open.attribution) for r in reasons), sum(r.open.n_mentions for r in reasons), sum(bool(s.either) for s in statements),
        sum(r.read.n_leading + r.open.n_leading for r in reasons), bool(said and seen) and not any(s.n_mentions for s in seen),
    )  # fmt: skip
    return SimpleNamespace(
        seen=seen, any_seen=any(s.n_mentions or s.proposals for s in seen), reasons=[r for r in said if r.level], table=said,
        silent=[r.label for r in reasons if r not in said and r.level], types=types, statements=statements, groups=_groups(desk, rows, statements), knows_asked=desk.knows_asked,
        not_drawn=sum(bool(s.stand) for s in statements), frames=frames, to_do=advice, denials=_denials(desk, said),
        contents=_contents(any(s.n_mentions or s.proposals for s in seen), sum(bool(r.level) for r in said), types, len(statements), bool(frames.n), bool(advice)),
    )  # fmt: skip


def _groups(desk: Desk, rows: list[Any], statements: list[SimpleNamespace]) -> list[SimpleNamespace]:
    """Statements as the picture joins them, each arrow's together with the id it leads to; those without an arrow at the end."""
    views = {row.statement: told for row, told in zip(rows, statements, strict=True)}
    found = [SimpleNamespace(id=a.id, statements=[views.pop(s.statement) for s in a.statements]) for a in arrows(desk)]
    return [*found, *([SimpleNamespace(id="", statements=list(views.values()))] if views else [])]


def _contents(seen: bool, n_reasons: int, types: list[Any], n_statements: int, frames: bool, to_do: bool) -> list[tuple[str, str]]:
    """(anchor, words) of what the chapter holds, for its head."""
    typed = any(t.reviewed.n or t.proposed.n for t in types)
    parts = [
        ("gruende-keine", _("Wer keine Trennung sieht, und wer gut damit lebt"), seen), ("gruende-genannt", _("Genannte Gründe: {n}").format(n=number(n_reasons)), n_reasons),
        ("gruende-art", _("Vorliebe, keine Wahl oder Antwort auf Ablehnung"), typed), ("gruende-aussagen", _("Grund und Folge in einem Satz: {n}").format(n=number(n_statements)), n_statements),
        ("gruende-deutung", _("Deutungswörter"), frames), ("gruende-weiter", _("Was als Nächstes hilft"), to_do),
    ]  # fmt: skip
    return [(anchor, words) for anchor, words, there in parts if there]


def _denials(desk: Desk, table: list[SimpleNamespace]) -> list[SimpleNamespace]:
    """All places where a reason is denied, one line a row of the table: what its figures lead to. Only places, for words stand beside the reason."""
    found = []
    for r in table:
        for basis in BASES if desk.with_proposals else BASES[:1]:
            places_ = list({row.place: row for row in r.denied if row.basis == basis}.values())
            if places_:
                found.append(SimpleNamespace(id=f"bestritten-{basis}-{r.code}", label=r.label, basis=basis, places=[desk.place(p.doc, p.turn, p.start) for p in places_]))
    return found


def _linked(mentions: list[Any], row: Any, basis: str) -> set[str]:
    """The sides whose figure is just what a click on it shows: also who reports a reason only in a statement of cause and effect counts."""
    by_side: dict[str, set[str]] = defaultdict(set)
    for m in mentions:
        if m.basis == basis:
            for side in sides(m.about):
                by_side[side].add(m.case)
    return {side for side in ("self", "others", "institution") if by_side[side] and len(by_side[side]) == getattr(row, f"n_cases_{side}")}


def _ranked(desk: Desk) -> dict[str, list[Any]]:
    """Category -> its mentions in the order in which they are quoted, without those that only repeat one of a category below."""
    quotes = {q.mention: q for q in desk.rows("findings_quotes")}
    rank = {mention: q.rank for mention, q in quotes.items()}
    mine = desk.once(desk.label)
    found: dict[str, list[Any]] = defaultdict(list)
    for m in sorted(desk.rows("findings_mentions"), key=lambda m: rank.get(m.mention, 0)):
        if m.mention in mine:
            found[m.code].append(m)
    return found


def _quotes(desk: Desk, mentions: list[Any], basis: str, about: set[str] | None = None, none_of: frozenset[str] = frozenset()) -> list[Any]:
    """The first quotes of one basis that speak of one of `about` and of none of `none_of`."""
    fit = [
        m for m in mentions
        if m.basis == basis and (about is None or about & set(m.about.split("+"))) and not none_of & set(m.about.split("+"))
    ]  # fmt: skip
    return desk.quotes(fit, _QUOTES if basis == "reviewed" else 1)


def _reason(desk: Desk, code: str, figures: dict[tuple[str, str], Any], ranked: dict[str, list[Any]]) -> SimpleNamespace:
    """A reason: figures of people's codings and of proposals apart, quotes of oneself and of others apart, and who denies it."""
    read, open_ = (figures[code, basis] for basis in BASES)
    mine = frozenset(_SELF)
    own = {basis: _quotes(desk, ranked[code], basis, _SELF) for basis in BASES}
    others = {basis: _quotes(desk, ranked[code], basis, _OTHERS, mine) for basis in BASES}
    rest = {basis: [] if own[basis] or others[basis] else _quotes(desk, ranked[code], basis) for basis in BASES}
    level = dict(zip(desk.tables["codes"]["code"], desk.tables["codes"]["level"], strict=True))[code]
    under = _under(desk, code)
    denied = [r for r in desk.rows("findings_counter") if r.kind == "denied" and r.code in under]
    n_against = {basis: len({r.place for r in denied if r.basis == basis}) for basis in BASES}
    return SimpleNamespace(
        code=code, label=desk.label[code], level=level, read=read, open=open_, spread=spread(read), places=places(read.n_mentions),
        proposals=proposals(open_.n_mentions, open_.n_cases) if desk.with_proposals else "", sources={"reviewed": sources(read), "proposed": sources(open_)},
        occasions={"reviewed": occasions(read), "proposed": occasions(open_)}, own=own, others=others, rest=rest,
        warnings={"reviewed": warnings(read, False, open_.n_cases_self), "proposed": warnings(open_, True)},
        against={basis: [desk.passage(r) for r in denied if r.basis == basis and r.code == code and not desk.banned(r)][:_QUOTES] for basis in BASES},
        n_against=n_against, denied=denied, linked={basis: _linked(desk.mentions_of(code), figures[code, basis], basis) for basis in BASES}, against_words={basis: against(n, basis == "proposed") for basis, n in n_against.items()},
    )  # fmt: skip


def _under(desk: Desk, code: str) -> set[str]:
    """A category and all below it."""
    found = {code}
    for _step in range(len(desk.tables["codes"])):
        more = {c for c, parent in zip(desk.tables["codes"]["code"], desk.tables["codes"]["parent"], strict=True) if parent in found} - found
        if not more:
            break
        found |= more
    return found


def _seen(desk: Desk, ranked: dict[str, list[Any]]) -> list[SimpleNamespace]:
    """Who sees no separation and who lives well with it, by category."""
    codes = desk.by_label(r.code for r in desk.rows("findings_scope") if r.family == "no_separation")
    rows = {r.code: r for r in desk.rows("findings_codes")}
    found = []
    for code in codes:
        row = rows[code]
        mine = [m for m in ranked[code] if m.basis == "proposed"] if desk.with_proposals else []
        found.append(
            SimpleNamespace(
                code=code, label=desk.label[code], n_mentions=row.n_mentions, spread=spread(row), places=places(row.n_mentions),
                proposals=proposals(row.n_proposed, row.n_cases_proposed) if desk.with_proposals else "",
                occasions=_occasions(desk.mentions_of(code), "reviewed"), occasions_open=_occasions(desk.mentions_of(code), "proposed") if desk.with_proposals else "",
                quotes=desk.quotes((m for m in ranked[code] if m.basis == "reviewed"), 4), open=desk.quotes(mine, 3),
            )
        )  # fmt: skip
    return found


def _occasions(mentions: list[Any], basis: str) -> str:
    mine = [m for m in mentions if m.basis == basis]
    prompts = [m.prompt for m in mine if m.unasked != "no"]
    return occasions(SimpleNamespace(n_mentions=len(mine), n_spontaneous=prompts.count("spontaneous"), n_prompted=prompts.count("asked"), n_leading=prompts.count("leading")))


def _types(desk: Desk) -> list[SimpleNamespace]:
    """How keeping to oneself and other reasons are told, by single statements and mentions; a rule recognised the kind by words."""
    found = []
    for kind, words in TYPES_LONG.items():
        told = [s for s in desk.rows("findings_reasons") if s.type == kind and s.stance == "affirmed"]
        notes = [m for n in desk.rows("findings_reason_notes") if n.note == "type" and n.value == kind and (m := desk.mention(n.mention))]
        parts = {}
        for basis in BASES:
            statements, mentions = [s for s in told if s.basis == basis], [m for m in notes if m.basis == basis]
            n, people_ = len(statements) + len(mentions), len({r.case for r in (*statements, *mentions)})
            said = places(n) if basis == "reviewed" else proposals(n, people_)
            quotes = desk.quotes(mentions, _QUOTES)
            parts[basis] = SimpleNamespace(n=n, words=said, statements=[view(desk, s) for s in statements if not desk.banned(s)][:_QUOTES], quotes=quotes)
        found.append(SimpleNamespace(words=_(words), **parts))
    return found


def _frames(desk: Desk) -> SimpleNamespace:
    """Words of a frame, by who brought them in; shown as words, counted as no reason."""
    notes = [(n, m) for n in desk.rows("findings_reason_notes") if n.note == "first" and (m := desk.mention(n.mention))]
    items = []
    for value, words in FIRSTS.items():
        mine = {basis: [m for n, m in notes if n.value == value and m.basis == basis] for basis in BASES}
        if any(mine.values()):
            items.append(
                SimpleNamespace(
                    words=_(words), n=number(len(mine["reviewed"])), n_read=len(mine["reviewed"]), proposals=proposals(len(mine["proposed"]), len({m.case for m in mine["proposed"]})),
                    quotes=desk.quotes(mine["reviewed"], _QUOTES), open=desk.quotes(mine["proposed"], _QUOTES),
                )
            )  # fmt: skip
    return SimpleNamespace(items=items, n=len(notes))
