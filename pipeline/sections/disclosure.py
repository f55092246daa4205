"""Data protection in words: who stands alone, which attribute to coarsen, what a release would hide, which quotes are free.

Sentences say what was counted and no more: rare in the sample is not yet recognised, and not rare is not yet safe.
"""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.language import N_, _, ngettext
from pipeline.wording import capital, dative, number, quoted

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.sections.material import Names

LIMITS = (
    N_(
        "Gezählt wird nur unter den Befragten. Wer weiß, dass eine bestimmte Person teilgenommen hat, erkennt sie leichter; "
        "wer es nicht weiß, findet dieselben Merkmale vielleicht bei vielen Menschen im Ort."
    ),
    N_("Auch was jemand erzählt, kann verraten, wer spricht. Das prüft keine Zählung; dafür müssen Menschen die Zitate lesen."),
    N_(
        "Gesperrt wird gegen das Zurückrechnen aus Summen. Die Befragten einer Oberkategorie sind nicht die Summe ihrer "
        "Unterkategorien, weil eine Person mehrere nennen kann; doch nennt keine Unterkategorie mehr Befragte als ihre "
        "Oberkategorie. Welche Zellen wegen kleiner Zahlen gesperrt sind und welche zum Schutz der anderen, darf eine "
        "Ausgabe nicht zeigen. Von zwei Merkmalen, von denen eines das andere nur gröber fasst, gehört nur eines hinein."
    ),
)
_WHY = (
    ("consent", N_("ohne Einwilligung in Zitate")),
    ("refused", N_("nicht zur Weitergabe bestimmt")),
    ("changed", N_("freigegeben, aber der Wortlaut ist inzwischen ein anderer")),
    ("undecided", N_("noch nicht entschieden")),
    ("unique", N_("freigegeben, aber die Angaben darunter sind selten")),
)
FEW_CLASSES = (
    10  # with fewer possible classes of size k, several attributes together can hardly be held by k cases each
)


def disclosure(tables: dict[str, pd.DataFrame], names: Names, small: int) -> dict[str, Any]:
    """All of the section; `small` is the setting findings.small, the size below which a group counts as small."""
    return {
        "risk": _risk(tables["findings_classes"], tables["findings_disclosure"], names, small),
        "hidden": _hidden(tables["findings_suppression"], names, small),
        "release": _release(tables, names, small),
        "limits": tuple(_(text) for text in LIMITS),
    }


def _risk(classes: pd.DataFrame, steps: pd.DataFrame, names: Names, small: int) -> SimpleNamespace:
    """`sizes`: (size, classes of that size, cases in them); `order`: the variables to coarsen, first one first."""
    by_class = Counter(classes["traits"])
    sizes = sorted(Counter(by_class.values()).items())
    n, below = len(classes), int((classes["below"] == "yes").sum())
    chosen = steps[steps["chosen"] == "yes"].sort_values("step")
    order = [
        SimpleNamespace(label=_label(s.variable, names), n_values=s.n_values, n_below=s.n_below, n_unique=s.n_unique, gain=s.n_gain)
        for s in chosen.itertuples()
    ]  # fmt: skip
    variables = int((steps["step"] == 1).sum())
    alone = sum(size == 1 for size in by_class.values())
    sentences = [_classes(n, len(by_class), alone, below, small)] if n and small > 1 else []
    most = n // max(small, 1)
    if below and most < FEW_CLASSES:
        told = ngettext(
            "Bei {who} kann es höchstens {n} Gruppe von mindestens {small} geben. Dass alle in solchen Gruppen stehen, ist bei so wenigen Befragten mit mehreren Merkmalen "
            "kaum zu erreichen. Dann schützen vor allem: Merkmale vergröbern oder weglassen, Zitate einzeln freigeben und den Zugang zum Material beschränken.",
            "Bei {who} kann es höchstens {n} Gruppen von mindestens {small} geben. Dass alle in solchen Gruppen stehen, ist bei so wenigen Befragten mit mehreren Merkmalen "
            "kaum zu erreichen. Dann schützen vor allem: Merkmale vergröbern oder weglassen, Zitate einzeln freigeben und den Zugang zum Material beschränken.", most,
        )  # fmt: skip
        sentences.append(told.format(who=dative(n), n=number(most), small=number(small)))
    unused = _("findings.small steht auf {small}; damit gilt keine Gruppe als klein.").format(small=small)
    return SimpleNamespace(
        n=n, below=below, unique=alone, sizes=[(s, count, s * count) for s, count in sizes], order=order, sentences=sentences,
        advice=_advice(order, below, variables, n) if small > 1 else unused,
    )  # fmt: skip


def _classes(n: int, n_classes: int, alone: int, below: int, small: int) -> str:
    """How many groups of the same traits there are, and how many people stand in small ones."""
    groups = ngettext("{n} Gruppe mit je gleichen Angaben", "{n} Gruppen mit je gleichen Angaben", n_classes).format(n=number(n_classes))
    formed = ngettext(
        "Nach den Merkmalen zusammen bildet die einzige befragte Person {groups}.", "Nach den Merkmalen zusammen bilden die {n} Befragten {groups}.", n,
    )  # fmt: skip
    single = ngettext("Eine Person steht mit den eigenen Angaben allein", "{n} stehen mit den eigenen Angaben allein", alone) if alone else _("Niemand steht mit den eigenen Angaben allein")
    few = (
        ngettext("eine Person steht in einer Gruppe von weniger als {small}", "{n} stehen in einer Gruppe von weniger als {small}", below) if below
        else _("niemand steht in einer Gruppe von weniger als {small}")
    )  # fmt: skip
    parts = [formed.format(n=number(n), groups=groups), capital(single.format(n=number(alone))) + ", " + few.format(n=number(below), small=number(small)) + "."]
    return " ".join(parts)


def _advice(order: list[SimpleNamespace], below: int, variables: int, n: int) -> str:
    """Which attribute to coarsen first, and how far that gets."""
    if not n:
        return _("Noch ist niemand befragt; wer mit seinen Angaben allein steht, zeigt sich erst dann.")
    if not below:
        return _("Keine Gruppe ist so klein, dass ein Merkmal vergröbert werden müsste.")
    if not order:
        return _("Es gibt nur ein Merkmal; hier hilft nur, seine Werte zusammenzufassen.")
    helping = next((i for i, o in enumerate(order) if o.gain), None)
    if helping is None:
        return _("Auch ohne alle Merkmale bis auf eines blieben ebenso viele Befragte in kleinen Gruppen. Hier hilft nur, Werte zusammenzufassen.")
    words = _first(order[: helping + 1], below)
    last = order[-1]
    if last.n_below and len(order) == variables - 1:
        words += _(" Selbst mit nur einem Merkmal blieben {n}.").format(n=last.n_below)
    return words


def _first(order: list[SimpleNamespace], below: int) -> str:
    """The attributes to coarsen first, and who would still stand in a small group without them."""
    several = _(
        "Zuerst zu vergröbern: {labels} zusammen; keines davon hilft für sich allein. Ganz weggelassen, stünden noch {n} statt {below} Befragte in kleinen Gruppen. "
        "Zusammenfassen von Werten hilft höchstens so viel wie Weglassen."
    )
    one = _(
        "Zuerst zu vergröbern: {labels}. Ganz weggelassen, stünden noch {n} statt {below} Befragte in kleinen Gruppen. "
        "Zusammenfassen von Werten hilft höchstens so viel wie Weglassen."
    )
    labels = [quoted(o.label) for o in order]
    listed = _(" und ").join(filter(None, (", ".join(labels[:-1]), labels[-1])))
    return (several if len(order) > 1 else one).format(labels=listed, n=order[-1].n_below, below=below)


def _hidden(cells: pd.DataFrame, names: Names, small: int) -> SimpleNamespace:
    """Cells of the group tables that a release would hide; empty cells of codes that nobody speaks of are not counted."""
    totals = cells[cells["variable"] == ""]
    used = set(totals[totals["n_cases"] > 0]["code"])
    inner = cells[(cells["variable"] != "") & cells["code"].isin(used)]
    rows = [
        SimpleNamespace(
            label=_label(str(variable), names), cells=len(data), primary=int((data["suppressed"] == "primary").sum()),
            complementary=int((data["suppressed"] == "complementary").sum()),
        )
        for variable, data in inner.groupby("variable")
    ]  # fmt: skip
    primary, other, n = sum(r.primary for r in rows), sum(r.complementary for r in rows), len(inner)
    closed = int((totals["suppressed"] != "").sum())
    sentences = [_closed_cells(primary, other, n, small)] if n and small > 1 else []
    if closed:
        told = ngettext(
            "Bei einer Kategorie bliebe auch die Summe gesperrt und die ganze Zeile leer, weil zu wenige Befragte dahinterstehen oder ihre Zahl sich sonst errechnen ließe.",
            "Bei {n} Kategorien bliebe auch die Summe gesperrt und die ganze Zeile leer, weil zu wenige Befragte dahinterstehen oder ihre Zahl sich sonst errechnen ließe.", closed,
        )  # fmt: skip
        sentences.append(told.format(n=number(closed)))
    nothing = _("Noch stehen keine gelesenen Stellen in den Gruppentabellen; zu verbergen gibt es nichts.")
    if small <= 1:
        nothing = _("findings.small steht auf {small}; damit gilt keine Zelle als klein, und keine würde verborgen.").format(small=small)
    return SimpleNamespace(rows=rows, n=n, primary=primary, complementary=other, closed=closed, sentences=sentences, nothing=nothing)


def _closed_cells(primary: int, other: int, n: int, small: int) -> str:
    told = ngettext(
        "In einer Ausgabe zum Weitergeben wäre {closed} der {n} Zellen der Gruppentabellen gesperrt: {primary}, weil in der Zelle oder in der ganzen Gruppe weniger als {small} "
        "Befragte stehen, und {other}, damit sich jene nicht durch Abziehen von der Summe errechnen lassen.",
        "In einer Ausgabe zum Weitergeben wären {closed} der {n} Zellen der Gruppentabellen gesperrt: {primary}, weil in der Zelle oder in der ganzen Gruppe weniger als {small} "
        "Befragte stehen, und {other}, damit sich jene nicht durch Abziehen von der Summe errechnen lassen.", primary + other,
    )  # fmt: skip
    return told.format(closed=primary + other, n=n, primary=primary, small=number(small), other=other)


def _release(tables: dict[str, pd.DataFrame], names: Names, small: int) -> SimpleNamespace:
    """Passages that people read, each counted once however many codes it bears; `open`: (words, number) of those that are not released."""
    place = ["doc", "turn", "start", "end"]
    read = tables["findings_mentions"][tables["findings_mentions"]["basis"] != "proposed"]
    rows = read[["mention", *place]].merge(tables["findings_release"], on="mention")
    rows = rows.drop_duplicates(subset=place)
    n, free, rare = len(rows), int((rows["released"] == "yes").sum()), int((rows["unique"] == "yes").sum())
    counted = Counter(rows["why"])
    still = [(_(words), counted[why]) for why, words in _WHY if counted[why]]
    decisions = tables["quote_decisions"]
    lost = [_lost(d) for d in decisions[(decisions["state"] != "") & (decisions["release"] != "")].itertuples()]
    sentences = []
    if n:
        told = ngettext("Freigegeben ist {n} von {of} Stellen.", "Freigegeben sind {n} von {of} Stellen.", free) if free else _("Freigegeben ist keine von {of} Stellen.")
        when = _("Frei ist eine Stelle nur, wenn ein Mensch ihren Wortlaut freigegeben hat, die Einwilligung Zitate erlaubt und die Angaben darunter nicht selten sind (oder das eigens gebilligt ist).")
        sentences = [f"{told.format(n=number(free), of=n)} {when}", _below_quotes(list(names.variables)[:2], names, rare, n, max(small, 2))]
    return SimpleNamespace(n=n, released=free, unique=rare, open=still, lost=lost, sentences=sentences)


def _lost(decision: Any) -> str:
    """A decision on a quote whose place is no longer what it was."""
    if decision.state == "gone":
        told = _("quotes.csv, Zeile {line} ({doc}): Der Redebeitrag hat sich geändert oder fehlt.")
    else:
        told = _("quotes.csv, Zeile {line} ({doc}): Der Wortlaut ist heute ein anderer; bitte noch einmal lesen und neu entscheiden.")
    return told.format(line=decision.line, doc=decision.doc)


def _below_quotes(variables: list[str], names: Names, rare: int, n: int, small: int) -> str:
    """What stands below quotes, and how many people share it."""
    shown = _(" und ").join(quoted(_label(name, names)) for name in variables) or _("keine Angaben")
    told = _("Unter Zitaten stehen {shown}. Bei {rare} von {n} Stellen teilen diese Angaben weniger als {small} Befragte.")
    return told.format(shown=shown, rare=rare, n=n, small=number(small))


def _label(name: str, names: Names) -> str:
    variable = names.variables.get(name)
    return (variable.label if variable else "") or name
