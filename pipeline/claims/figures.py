"""Whether a figure in a core statement is right today. Only what people read counts, never a proposal."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from pipeline.addresses import to_quotes
from pipeline.claims.material import Material
from pipeline.claims.notation import CASES, GROUPS, MENTIONS, Figure, resolved
from pipeline.language import _, ngettext
from pipeline.measures.disclosure import UNKNOWN
from pipeline.problems import did_you_mean
from pipeline.wording import number, people

RIGHT, WRONG, UNKNOWN_CODE, UNCLEAR = "right", "wrong", "unknown", "unclear"
WAVES = ("welle", "wave")  # how a filter names the wave of the interviews
_SIDES = {"self": ("self", "own group"), "others": ("other group",), "institution": ("institution",)}


def examined(data: Material, given: Figure) -> SimpleNamespace:
    """`verdict`, `found` (the figure of today in words), `reason` (what to do, empty where all is right), `code` and `address` of its quotes."""
    code = resolved(given.code, data.known)
    if not given.code or given.odd:
        hint = _("Nicht verstanden: »{part}«. So wird es geschrieben: [Zahl: POT.bereit, Befragte 5 von 8]").format(part=given.odd or "[Zahl]")
        return _result(UNCLEAR, reason=hint)
    if not code:
        near = did_you_mean(given.code, [c for c, *_rest in data.known])
        return _result(UNKNOWN_CODE, reason=" ".join((_("Die Kategorie »{code}« steht nicht im Codebuch.").format(code=given.code), near)).strip())
    filters, problem = _filters(data, given)
    if problem:
        return _result(UNCLEAR, code=code, reason=problem)
    if given.count is None:
        return _result(UNCLEAR, code=code, reason=_("Hier fehlt die Zahl, etwa »Befragte 5 von 8« oder »Nennungen 12«."))
    now = _today(data, code, given, filters)
    address = to_quotes(_label(data, code, filters), code=code, basis="reviewed", side=given.side, prompt="spontaneous" if given.spontaneous else "", **filters)
    right, found = _UNITS[given.unit](now, given)
    moved = "" if code == given.code or given.code.casefold() in (code.casefold(), data.label[code].casefold()) else _("Die Kategorie »{old}« heißt heute {new}.").format(old=given.code, new=code)
    if right:
        return _result(RIGHT, found, moved, code, address)
    return _result(WRONG, found, " ".join(filter(None, (_("Die Zahl stimmt nicht mehr: heute {found}.").format(found=found), _only_proposed(data, code, now), moved))), code, address)


def _result(verdict: str, found: str = "", reason: str = "", code: str = "", address: str = "") -> SimpleNamespace:
    return SimpleNamespace(verdict=verdict, found=found, reason=reason, code=code, address=address)


def _filters(data: Material, given: Figure) -> tuple[dict[str, str], str]:
    """(variable -> value as the data have them, what is wrong)."""
    found: dict[str, str] = {}
    for name, value in given.filters:
        names = {**{v.label.casefold(): key for key, v in data.variables.items() if v.label}, **{key.casefold(): key for key in data.variables}}
        variable = names.get(name.casefold(), "")
        if not variable and name.casefold() in WAVES:
            waves = sorted(set(data.wave.values()) - {""})
            if value not in waves:
                return {}, " ".join((_("Bei »{name}« gibt es »{value}« nicht.").format(name=name, value=value), did_you_mean(value, waves))).strip()
            found["wave"] = value
            continue
        if not variable:
            return {}, " ".join((_("Das Merkmal »{name}« gibt es nicht.").format(name=name), did_you_mean(name, list(data.variables)))).strip()
        words = data.variables[variable].values or {}
        there = {case[variable] for case in data.cases.values()}
        values = {**{text.casefold(): key for key, text in words.items()}, **{key.casefold(): key for key in (*words, *there)}}
        if value.casefold() not in values:
            what = _("Bei »{name}« gibt es »{value}« nicht.").format(name=variable, value=value)
            return {}, " ".join((what, did_you_mean(value, sorted({*words, *there} - {UNKNOWN})))).strip()
        found[variable] = values[value.casefold()]
    return found, ""


def _today(data: Material, code: str, given: Figure, filters: dict[str, str]) -> SimpleNamespace:
    """Today's counts; `asked` is None where it is not known how many were asked."""
    traits = {name: value for name, value in filters.items() if name != "wave"}
    docs = {doc for doc, wave in data.wave.items() if wave == filters.get("wave", wave)}
    own = data.tables["cases"]
    inside = {case for case in own.loc[own["doc"].isin(docs), "case"] if all(data.cases[case][name] == value for name, value in traits.items())}
    rows = [m for m in data.mentions.get(code, []) if _fits(m, given) and (not filters or (m.case in inside and m.doc in docs))]
    cases = {m.case for m in rows if m.case}
    asked: int | None = int(data.figures[code].n_asked) if code in data.figures else 0
    if filters:
        row = data.groups.get((*next(iter(traits.items())), code)) if len(traits) == len(filters) == 1 else None
        asked = int(row.n_asked) if row is not None else None
    group = data.settings.answers.group
    named = {data.cases[case][group] for case in cases if case in data.cases and group in data.variables} - {UNKNOWN}
    every = {data.cases[case][group] for case in inside if group in data.variables} - {UNKNOWN}
    return SimpleNamespace(
        mentions=len(rows), cases=len(cases), asked=asked, of_asked=len(cases & data.asked.get(code, set())), people=len(inside), filtered=bool(filters),
        groups=len(named), every=len(every),
    )  # fmt: skip


def _fits(mention: Any, given: Figure) -> bool:
    about = set(mention.about.split("+"))
    return (not given.side or bool(about & set(_SIDES[given.side]))) and (not given.spontaneous or mention.prompt == "spontaneous")


def _by_cases(now: SimpleNamespace, given: Figure) -> tuple[bool, str]:
    """People: of those asked where the base is theirs, else of all (or of all in the group)."""
    if given.base is None:
        return given.count == now.cases, people(now.cases)
    if (given.count, given.base) == (now.cases, now.people) and given.base != now.asked:
        return True, _every(now)
    if now.asked:
        told = _("die einzige Person, die danach gefragt wurde") if now.asked == now.of_asked == 1 else _("{k} von {n} Befragten, die danach gefragt wurden").format(k=_dative(now.of_asked), n=number(now.asked))
        more = now.cases - now.of_asked
        told += ngettext(", dazu eine Person, die nicht danach gefragt wurde", ", dazu {n} Personen, die nicht danach gefragt wurden", more).format(n=number(more)) if more else ""
        return (given.count, given.base) == (now.of_asked, now.asked), told
    return False, _every(now)


def _every(now: SimpleNamespace) -> str:
    if now.people == now.cases == 1:
        return _("die einzige befragte Person in dieser Gruppe")
    if now.filtered:
        return _("{k} von {n} Befragten in dieser Gruppe").format(k=_dative(now.cases), n=number(now.people))
    return _("{k} von {n} Befragten insgesamt").format(k=_dative(now.cases), n=number(now.people))


def _dative(n: int) -> str:
    """How many of several, as it stands before "von"."""
    return number(n) if n else _("niemand")


def _by_mentions(now: SimpleNamespace, given: Figure) -> tuple[bool, str]:
    told = ngettext("eine gelesene Stelle", "{n} gelesene Stellen", now.mentions).format(n=number(now.mentions)) if now.mentions else _("keine gelesene Stelle")
    return given.count == now.mentions and given.base is None, told


def _by_groups(now: SimpleNamespace, given: Figure) -> tuple[bool, str]:
    told = _("{k} von {n} Gruppen").format(k=number(now.groups), n=number(now.every))
    return given.count == now.groups and given.base in (None, now.every), told


_UNITS = {CASES: _by_cases, MENTIONS: _by_mentions, GROUPS: _by_groups}


def _label(data: Material, code: str, filters: dict[str, str]) -> str:
    values = {name: variable.values or {} for name, variable in data.variables.items()}
    parts = [data.label[code], *(values.get(name, {}).get(value, value) for name, value in filters.items()), _("gelesen")]
    return ", ".join(parts)


def _only_proposed(data: Material, code: str, now: SimpleNamespace) -> str:
    n = int(data.figures[code].n_proposed) if code in data.figures else 0
    if now.mentions or now.filtered or not n:
        return ""
    return ngettext("Ein ungelesener Vorschlag zählt nicht mit.", "{n} ungelesene Vorschläge zählen nicht mit.", n).format(n=n)
