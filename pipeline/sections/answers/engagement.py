"""Chapter: the inventory of engagement by neighbourhood, what limits it, and how people correct it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from pipeline.effective import REVIEWED
from pipeline.language import N_, _, ngettext
from pipeline.sections.answers.desk import Desk
from pipeline.sections.proposals import Proposals
from pipeline.wording import NOT_QUOTABLE, capital, dative, number, people, places, proposals

SHOWN = 40  # entries before the rest folds away
QUOTES = 3  # passages shown for a kind of limit
FIELDS = ("who", "what", "whom", "place_name", "since", "often")
KINDS = {
    "time": N_("Zeit"), "rooms": N_("Räume und Orte"), "successors": N_("Nachwuchs und Mitmachende"), "money": N_("Geld und Stellen"),
    "bureaucracy": N_("Anträge und Auflagen"), "exhaustion": N_("Kraft und Gesundheit"), "language": N_("Sprache"), "other": N_("Anderes"),
}  # fmt: skip
_NOWHERE = N_("ohne Ort: Die Stelle nennt keinen Sozialraum")


def chapter(desk: Desk) -> SimpleNamespace:
    """All that the template `answers/engagement.html.j2` shows, as plain values."""
    rows = sorted(desk.rows("findings_inventory"), key=lambda row: row.order)
    told = [row for row in rows if row.state != "lost" and row.hidden != "yes"]
    entries = _entries(desk, told)
    first, rest = _parts(desk, [e for e in entries if not e.empty])
    blank = [e for e in entries if e.empty]
    return SimpleNamespace(
        any=bool(entries), head=heading(entries), asked=_asked(desk, "engagement", without="limits"), first=first, rest=rest, more=_more(rest), blank=blank, blank_words=_blank(blank),
        unread=unread(entries),
        lost=[_lost(row) for row in rows if row.state == "lost"], hidden=crossed_out(sum(row.hidden == "yes" and row.state != "lost" for row in rows)),
        limits=_limits(desk), limits_asked=_asked(desk, "limits"), withheld=_withheld(desk, told),
    )  # fmt: skip


def heading(entries: Sequence[SimpleNamespace]) -> str:
    """How many entries there are, read, proposed and added apart; people beside them.

    >>> one = SimpleNamespace(read=["I1"], open=[], added=False)
    >>> heading([one, SimpleNamespace(read=[], open=["I2"], added=False), SimpleNamespace(read=[], open=[], added=True)])
    'Ein Eintrag aus gelesenen Stellen von einer befragten Person, ein ungelesener Vorschlag von einer befragten Person, ein von Menschen ergänzter Eintrag.'
    """
    read, added = [e for e in entries if e.read], [e for e in entries if e.added and not e.read and not e.open]
    open_ = [e for e in entries if e.open and not e.read]
    parts = []
    if read:
        told = ngettext("ein Eintrag aus gelesenen Stellen von {who}", "{n} Einträge aus gelesenen Stellen von {who}", len(read))
        parts.append(told.format(n=number(len(read)), who=_by({c for e in read for c in e.read})))
    if open_:
        told = ngettext("ein ungelesener Vorschlag von {who}", "{n} ungelesene Vorschläge von {who}", len(open_))
        parts.append(told.format(n=number(len(open_)), who=_by({c for e in open_ for c in e.open})))
    if added:
        parts.append(ngettext("ein von Menschen ergänzter Eintrag", "{n} von Menschen ergänzte Einträge", len(added)).format(n=number(len(added))))
    return capital(", ".join(parts)) + "." if parts else ""


def unread(entries: Sequence[SimpleNamespace]) -> str:
    """What is said where nobody has read a passage yet; nothing where people alone wrote what is there.

    >>> one, own = SimpleNamespace(read=[], open=["I1"], added=False, edited=False), SimpleNamespace(read=[], open=[], added=True, edited=False)
    >>> unread([one]), unread([one, own]), unread([own]), unread([])
    ('alle Zeilen sind Vorschläge der Maschine', 'außer dem, was von Menschen ergänzt oder bearbeitet ist, sind alle Zeilen Vorschläge der Maschine', '', '')
    """
    if any(e.read for e in entries) or not any(e.open for e in entries):
        return ""
    if any(e.added or e.edited for e in entries):
        return _("außer dem, was von Menschen ergänzt oder bearbeitet ist, sind alle Zeilen Vorschläge der Maschine")
    return _("alle Zeilen sind Vorschläge der Maschine")


def _by(cases: Iterable[str]) -> str:
    n = len(set(cases) - {""})
    return dative(n) if n else _("niemandem")


def _entries(desk: Desk, rows: Sequence[Any]) -> list[SimpleNamespace]:
    """Rows that tell of the same engagement as one entry; what its own row leaves open is taken from the others."""
    together: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        together[row.engagement or row.entry].append(row)
    return [_entry(desk, sorted(group, key=lambda row: (row.entry != entry, row.order))) for entry, group in together.items()]


def _entry(desk: Desk, group: Sequence[Any]) -> SimpleNamespace:
    own = [row for row in group if row.doc and row.start < row.end]
    fields = {name: next((getattr(row, name) for row in group if getattr(row, name)), "") for name in FIELDS}
    return SimpleNamespace(
        **fields, note=next((row.note for row in group if row.note), ""), districts=_districts(desk, group), empty=not any(fields.values()),
        passages=[_passage(desk, row) for row in own], read=sorted({row.case for row in own if row.basis == REVIEWED}),
        open=sorted({row.case for row in own if row.basis != REVIEWED}), added=any(row.state == "added" for row in group), edited=any(row.edited for row in group if row.state == "edited"),
        silent=any(not desk.may_quote(row.doc, row.turn) for row in own), codes=[desk.label.get(c, c) for c in desk.by_label({c for row in own for c in row.codes.split("+") if c})],
        solid=any(row.basis == REVIEWED for row in own) or not own, teller=_teller(own),
    )  # fmt: skip


def _teller(own: Sequence[Any]) -> str:
    """How many tell of it; read passages and proposals never in one figure."""
    read, open_ = ({row.case for row in own if (row.basis == REVIEWED) == wanted} for wanted in (True, False))
    if read and open_:
        return _("{who}; dazu {more} nach Vorschlägen").format(who=people(len(read)), more=people(len(open_)))
    return people(len(read or open_))


def _districts(desk: Desk, group: Sequence[Any]) -> list[str]:
    """Districts of an entry, as the study names them; people may write its words or its value."""
    variable = desk.settings.variables.get(desk.settings.answers.district)
    values = variable.values if variable else {}
    return named_districts(next((row.district for row in group if row.district), ""), values)


def named_districts(text: str, declared: Mapping[str, str]) -> list[str]:
    """Districts that a cell names, parted by a semicolon, or by a comma or a plus sign where no district's own name holds one.

    >>> named_districts("Nord, West; mitte", {"nw": "Nord, West", "m": "Mitte"}), named_districts("Mitte + Hafen", {"m": "Mitte"}), named_districts("", {})
    (['nw', 'm'], ['m', 'Hafen'], [])
    """
    known = {word.casefold(): value for value, words in declared.items() for word in (words, value) if word}
    parts = [part.strip() for part in text.split(";")]
    every = [one for part in parts for one in ([part] if part.casefold() in known else (p.strip() for p in part.replace("+", ",").split(",")))]
    return list(dict.fromkeys(known.get(one.casefold(), one) for one in every if one))


def _parts(desk: Desk, entries: Sequence[SimpleNamespace]) -> tuple[list[Any], list[Any]]:
    """(district in words, entries) in the study's order, then those without; the first `SHOWN` rows and the rest."""
    variable = desk.settings.variables.get(desk.settings.answers.district)
    declared = list(variable.values) if variable else []
    by_district: dict[str, list[SimpleNamespace]] = defaultdict(list)
    for entry in entries:
        for district in entry.districts or [""]:
            by_district[district].append(entry)
    order = [*declared, *sorted(set(by_district) - {*declared, ""}), ""]
    name = desk.value(desk.settings.answers.district)
    first: list[Any] = []
    rest: list[Any] = []
    left = SHOWN
    for district in order:
        rows = sorted(by_district.get(district, ()), key=lambda e: not e.solid)
        title = name(district) if district else _(_NOWHERE) if declared or len(by_district) > 1 else ""
        if rows[:left]:
            first.append((title, rows[:left]))
        if rows[left:]:
            rest.append((title, rows[left:]))
        left -= len(rows[:left])
    return first, rest


def _more(rest: Sequence[Any]) -> str:
    n = sum(len(rows) for _title, rows in rest)
    return capital(ngettext("eine weitere Zeile", "{n} weitere Zeilen", n).format(n=number(n))) if n else ""


def crossed_out(n: int) -> str:
    """
    >>> crossed_out(0), crossed_out(1), crossed_out(4)
    ('', 'Eine Zeile ist von Menschen gestrichen und zählt nicht mit.', 'Vier Zeilen sind von Menschen gestrichen und zählen nicht mit.')
    """
    if not n:
        return ""
    told = ngettext("Eine Zeile ist von Menschen gestrichen und zählt nicht mit.", "{n} Zeilen sind von Menschen gestrichen und zählen nicht mit.", n)
    return capital(told.format(n=number(n)))


def _blank(entries: Sequence[SimpleNamespace]) -> str:
    n = len(entries)
    return ngettext(
        "Aus einer Stelle ließ sich nicht sicher herauslesen, wer was tut: bitte lesen und selbst eintragen",
        "Aus {n} Stellen ließ sich nicht sicher herauslesen, wer was tut: bitte lesen und selbst eintragen", n,
    ).format(n=number(n))  # fmt: skip


def _lost(row: Any) -> SimpleNamespace:
    """A row that people wrote and whose passage is no longer there. Its quote is not repeated: nobody can tell whose words they are."""
    return SimpleNamespace(entry=row.entry, words=", ".join(w for w in (row.who, row.what, row.whom, row.place_name) if w) or _("ohne Angaben"), note=row.note)


def _asked(desk: Desk, family: str, without: str = "") -> str:
    """How many were put a question of the guide that expects a category of the family (and not only of the other)."""
    codes = {row.code for row in desk.rows("findings_scope") if row.family == family} - {row.code for row in desk.rows("findings_scope") if row.family == without}
    expected = desk.guide.expected() if desk.guide else {}
    asking = {question for question, wanted in expected.items() if wanted & codes}
    n = len({row.case for row in desk.rows("findings_coverage") if row.question in asking and row.asked})
    return people(n) if n else ""


def _withheld(desk: Desk, rows: Sequence[Any]) -> list[str]:
    known = Proposals(desk.tables)
    codes = {code for row in rows if row.basis and row.basis != REVIEWED for code in row.codes.split("+") if code}
    return known.why_withheld() if any(known.withheld(code) for code in codes) else []


def _limits(desk: Desk) -> list[SimpleNamespace]:
    """Kinds of limits in a fixed order, which is no ranking; passages told of oneself first."""
    by_kind: dict[str, list[Any]] = defaultdict(list)
    for row in desk.rows("findings_capacity"):
        by_kind[row.kind].append(row)
    found = []
    for kind, label in KINDS.items():
        rows = sorted(by_kind.get(kind, ()), key=lambda r: (r.basis != REVIEWED, r.whose != "self", r.doc, r.turn, r.start))
        if not rows:
            continue
        read, open_ = [r for r in rows if r.basis == REVIEWED], [r for r in rows if r.basis != REVIEWED]
        found.append(
            SimpleNamespace(
                label=_(label), read=_("{places}, von {who}").format(places=places(len(read)), who=_by(r.case for r in read)) if read else "", whose=whose([r.whose for r in read]),
                open=proposals(len(open_), len({r.case for r in open_})), quotes=[_passage(desk, r, r.whose) for r in rows[:QUOTES]], rest=[_passage(desk, r, r.whose) for r in rows[QUOTES:]],
            )
        )  # fmt: skip
    return found


def _passage(desk: Desk, row: Any, of: str = "") -> SimpleNamespace:
    p = desk.passage(row)
    return SimpleNamespace(**{**vars(p), "text": p.shown}, open=row.basis != REVIEWED, whose=_(_WHOSE[of]), withheld=p.text == NOT_QUOTABLE)


_WHOSE = {"self": N_("über sich oder die eigenen Leute"), "others": N_("über andere oder Einrichtungen"), "both": N_("über sich und andere"), "": ""}
_TIMES = {1: N_("einmal"), 2: N_("zweimal"), 3: N_("dreimal")}


def whose(told: Sequence[str]) -> str:
    """Of whom read passages tell, so that a report of one's own limits and words about others stay apart.

    >>> whose(["self", "self", "others", ""]), whose(["others", "both"]), whose([""]), whose([])
    ('zweimal über sich oder die eigenen Leute, einmal über andere, einmal nicht zu erkennen', 'einmal über andere, einmal über beide', 'einmal nicht zu erkennen', '')
    """
    words = {"self": _("über sich oder die eigenen Leute"), "others": _("über andere"), "both": _("über beide"), "": _("nicht zu erkennen")}
    return ", ".join(f"{_times(n)} {said}" for kind, said in words.items() if (n := sum(t == kind for t in told)))


def _times(n: int) -> str:
    return _(_TIMES[n]) if n in _TIMES else _("{n}-mal").format(n=number(n))
