"""A comparison as a page to read and a table: the samples first, then the questions, then what was said, read and proposed apart."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from pipeline.comparing.pairing import GONE, NEW, RENAMED, Compared
from pipeline.comparing.sides import VERSION, WAVE, Figures, Side
from pipeline.language import N_, _, current, ngettext
from pipeline.pages import environment, policy_hash, style
from pipeline.wording import number, people

COLUMNS = (
    "part", "variable", "value", "code_a", "code_b", "label", "change", "basis", "n_mentions_a", "n_cases_a", "n_asked_a", "n_cases_asked_a", "n_mentions_b", "n_cases_b", "n_asked_b",
    "n_cases_asked_b",
)  # fmt: skip
# What describes a sample beside the study's own variables.
_VARIABLES = {"access": N_("wie erreicht"), "language": N_("Sprache des Gesprächs"), "mode": N_("Art der Erhebung")}
_VALUES = {"unbekannt": N_("unbekannt")}


def to_html(a: Side, b: Side, rows: Sequence[Compared], title: str, variables: Mapping[str, Any], questions: Mapping[str, str]) -> bytes:
    """The page. `variables`: this study's, for labels; `questions`: id -> wording."""
    from markupsafe import Markup

    view = SimpleNamespace(
        a=a.name, b=b.name, by_rules=a.kind == VERSION, size=_size(a, b), sample=_sample(a, b, variables),
        questions=_questions(a, b, questions), read=_table(rows, "read"), proposed=_table([r for r in rows if not r.hidden], "proposed"),
        hidden=[r.pair.label for r in rows if r.hidden and any(f is not None and f.mentions for f in r.proposed)],
        changes=[(_(words), [_change(r) for r in rows if r.pair.change == change]) for change, words in _CHANGES.items() if any(r.pair.change == change for r in rows)],
    )  # fmt: skip
    page = environment().get_template("comparison.html.j2")
    return page.render(title=title, view=view, language=current(), style=Markup(style()), style_hash=policy_hash(style())).encode()


_CHANGES = {
    RENAMED: N_("Umbenannt (was: im Codebuch)"), NEW: N_("Nur im Codebuch von B"), GONE: N_("Nur im Codebuch von A"),
}  # fmt: skip


def _change(row: Compared) -> str:
    return f"{row.pair.label} ({' → '.join(filter(None, (row.pair.a, row.pair.b)))})"


def _size(a: Side, b: Side) -> list[str]:
    told = [_("{side}: {people} in {docs}").format(side=side.name, people=people(len(side.people)), docs=_docs(side.docs)) for side in (a, b)]
    if a.study == b.study and a.kind == b.kind == WAVE:
        both = len(a.people & b.people)
        told.append(ngettext("Eine Person ist in beiden.", "{n} Personen sind in beiden.", both).format(n=number(both)) if both else _("Niemand ist in beiden."))
    elif a.study != b.study:
        told.append(_("Ob jemand in beiden vorkommt, ist nicht bekannt."))
    return told


def _docs(n: int) -> str:
    return ngettext("einem Gespräch", "{n} Gesprächen", n).format(n=number(n))


def _sample(a: Side, b: Side, variables: Mapping[str, Any]) -> list[SimpleNamespace]:
    """Variable by variable, those first in which the samples differ most plainly: by values that one side lacks altogether."""
    names = dict.fromkeys(name for side in (a, b) for name, _value in side.sample if name != "case")
    found = []
    for place, name in enumerate(names):
        known = variables.get(name)
        values = dict.fromkeys([*(known.values if known else ()), *(value for side in (a, b) for n, value in side.sample if n == name)])
        rows = [SimpleNamespace(value=_value(known, v), a=a.sample.get((name, v), 0), b=b.sample.get((name, v), 0)) for v in values if (name, v) in a.sample or (name, v) in b.sample]
        lacking = [[r.value for r in rows if getattr(r, own) and not getattr(r, other)] for own, other in (("a", "b"), ("b", "a"))]
        label = (known.label if known else "") or _(_VARIABLES.get(name, name))
        found.append((-sum(map(len, lacking)), place, SimpleNamespace(label=label, rows=[_words(r) for r in rows], only_a=lacking[0], only_b=lacking[1])))
    return [view for *_order, view in sorted(found, key=lambda one: one[:2])]


def _value(known: Any, value: str) -> str:
    return (known.values.get(value) if known else None) or _(_VALUES.get(value, value))


def _words(row: SimpleNamespace) -> SimpleNamespace:
    return SimpleNamespace(value=row.value, a=people(row.a), b=people(row.b))


def _questions(a: Side, b: Side, wording: Mapping[str, str]) -> list[SimpleNamespace]:
    ids = sorted({*a.questions, *b.questions, *(wording if a.questions or b.questions else ())}, key=lambda q: (len(q), q))
    return [SimpleNamespace(id=q, text=wording.get(q, ""), a=_asked(a, q), b=_asked(b, q), differs=bool(a.questions.get(q)) != bool(b.questions.get(q))) for q in ids]


def _asked(side: Side, question: str) -> str:
    n = side.questions.get(question, 0)
    return _("in {n} von {all}").format(n=number(n) if n != 1 else _("einem"), all=_docs(side.docs)) if n else _("nicht gefragt")


def _table(rows: Sequence[Compared], part: str) -> list[SimpleNamespace]:
    """Rows with anything in one of the two bases, in the codebook's order."""
    found = []
    for r in rows:
        a, b = getattr(r, part)
        if any(f is not None and f.mentions for f in (a, b)):
            code = r.pair.b if r.pair.b == r.pair.a else " → ".join(filter(None, (r.pair.a, r.pair.b)))
            found.append(SimpleNamespace(label=r.pair.label, code=code, a=_cell(a), b=_cell(b), level=(r.pair.b or r.pair.a).count(".")))
    return found


def _cell(f: Figures | None) -> SimpleNamespace:
    """`people` beside those who were asked, and `places`."""
    if f is None:
        return SimpleNamespace(people=_("gibt es hier nicht"), places="")
    more = f.cases - f.of_asked
    told = people(f.cases)
    if f.of_asked and f.asked:
        told = _("{k} von {n} Gefragten").format(k=number(f.of_asked), n=number(f.asked))
        told += _(", {more} ungefragt").format(more=number(more)) if more else ""
    elif f.asked:
        told += _(" (danach gefragt: {n})").format(n=number(f.asked))
    return SimpleNamespace(people=told, places=ngettext("eine Stelle", "{n} Stellen", f.mentions).format(n=number(f.mentions)) if f.mentions else "")


def to_csv(a: Side, b: Side, rows: Sequence[Compared]) -> bytes:
    """The same as a table: UTF-8 with byte order mark, comma, line feeds. Proposals that are not to be compared are left out."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for variable, value in dict.fromkeys((*a.sample, *b.sample)):
        writer.writerow({"part": "sample", "variable": variable, "value": value, "n_cases_a": a.sample.get((variable, value), 0), "n_cases_b": b.sample.get((variable, value), 0)})
    for question in sorted({*a.questions, *b.questions}):
        writer.writerow({"part": "question", "value": question, "n_asked_a": a.questions.get(question, 0), "n_asked_b": b.questions.get(question, 0)})
    for r in rows:
        for basis, pair in (("reviewed", r.read), *([] if r.hidden else [("proposed", r.proposed)])):
            figures = {f"{name}_{side}": value for side, f in zip("ab", pair, strict=True) if f is not None for name, value in _numbers(f, basis).items()}
            writer.writerow({"part": "code", "code_a": r.pair.a, "code_b": r.pair.b, "label": r.pair.label, "change": r.pair.change, "basis": basis, **figures})
    return out.getvalue().encode("utf-8-sig")


def _numbers(f: Figures, basis: str) -> dict[str, int]:
    return {"n_mentions": f.mentions, "n_cases": f.cases, "n_asked": f.asked, **({"n_cases_asked": f.of_asked} if basis == "reviewed" else {})}
