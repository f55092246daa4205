"""Data protection in words: who stands alone, which attribute to coarsen, what a release would hide, which quotes are free.

Sentences say what was counted and no more: rare in the sample is not yet recognised, and not rare is not yet safe.
"""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.wording import capital, dative, number

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.sections.material import Names

LIMITS = (
    "Gezählt wird nur unter den Befragten. Wer weiß, dass eine bestimmte Person teilgenommen hat, erkennt sie leichter; "
    "wer es nicht weiß, findet dieselben Merkmale vielleicht bei vielen Menschen im Ort.",
    "Auch was jemand erzählt, kann verraten, wer spricht. Das prüft keine Zählung; dafür müssen Menschen die Zitate lesen.",
    "Gesperrt wird gegen das Zurückrechnen aus Summen. Die Befragten einer Oberkategorie sind nicht die Summe ihrer "
    "Unterkategorien, weil eine Person mehrere nennen kann; doch nennt keine Unterkategorie mehr Befragte als ihre "
    "Oberkategorie. Welche Zellen wegen kleiner Zahlen gesperrt sind und welche zum Schutz der anderen, darf eine "
    "Ausgabe nicht zeigen. Von zwei Merkmalen, von denen eines das andere nur gröber fasst, gehört nur eines hinein.",
)
_WHY = (
    ("consent", "ohne Einwilligung in Zitate"),
    ("refused", "nicht zur Weitergabe bestimmt"),
    ("changed", "freigegeben, aber der Wortlaut ist inzwischen ein anderer"),
    ("undecided", "noch nicht entschieden"),
    ("unique", "freigegeben, aber die Angaben darunter sind selten"),
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
        "limits": LIMITS,
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
    sentences = []
    if n and small > 1:
        sentences.append(
            f"Nach den Merkmalen zusammen {_plural(n, 'bildet', 'bilden')} {_persons(n)} {number(len(by_class))} {_plural(len(by_class), 'Gruppe', 'Gruppen')} "
            f"mit je gleichen Angaben. {capital(_stand(alone))} mit den eigenen Angaben allein, "
            f"{_stand(below)} in einer Gruppe von weniger als {number(small)}."
        )
    if below and n // max(small, 1) < FEW_CLASSES:
        most = n // max(small, 1)
        sentences.append(
            f"Bei {dative(n)} kann es höchstens {number(most)} {_plural(most, 'Gruppe', 'Gruppen')} von mindestens {number(small)} geben. "
            "Dass alle in solchen Gruppen stehen, ist bei so wenigen Befragten mit mehreren Merkmalen kaum zu erreichen. Dann schützen "
            "vor allem: Merkmale vergröbern oder weglassen, Zitate einzeln freigeben und den Zugang zum Material beschränken."
        )
    return SimpleNamespace(
        n=n, below=below, unique=alone, sizes=[(s, count, s * count) for s, count in sizes], order=order, sentences=sentences,
        advice=_advice(order, below, variables, n) if small > 1 else f"findings.small steht auf {small}; damit gilt keine Gruppe als klein.",
    )  # fmt: skip


def _advice(order: list[SimpleNamespace], below: int, variables: int, n: int) -> str:
    """Which attribute to coarsen first, and how far that gets."""
    if not n:
        return "Noch ist niemand befragt; wer mit seinen Angaben allein steht, zeigt sich erst dann."
    if not below:
        return "Keine Gruppe ist so klein, dass ein Merkmal vergröbert werden müsste."
    if not order:
        return "Es gibt nur ein Merkmal; hier hilft nur, seine Werte zusammenzufassen."
    helping = next((i for i, o in enumerate(order) if o.gain), None)
    if helping is None:
        return "Auch ohne alle Merkmale bis auf eines blieben ebenso viele Befragte in kleinen Gruppen. Hier hilft nur, Werte zusammenzufassen."
    first, last = order[: helping + 1], order[-1]
    left_out = " und ".join(filter(None, (", ".join(f"»{o.label}«" for o in first[:-1]), f"»{first[-1].label}«")))
    together = "" if len(first) == 1 else " zusammen; keines davon hilft für sich allein"
    words = (
        f"Zuerst zu vergröbern: {left_out}{together}. Ganz weggelassen, stünden noch {first[-1].n_below} statt {below} Befragte in "
        "kleinen Gruppen. Zusammenfassen von Werten hilft höchstens so viel wie Weglassen."
    )
    if last.n_below and len(order) == variables - 1:
        words += f" Selbst mit nur einem Merkmal blieben {last.n_below}."
    return words


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
    sentences = []
    if n and small > 1:
        sentences.append(
            f"In einer Ausgabe zum Weitergeben {'wäre' if primary + other == 1 else 'wären'} {primary + other} der {n} Zellen der Gruppentabellen gesperrt: "
            f"{primary}, weil in der Zelle oder in der ganzen Gruppe weniger als {number(small)} Befragte stehen, und {other}, damit sich jene nicht "
            "durch Abziehen von der Summe errechnen lassen."
        )
    if closed:
        sentences.append(
            f"Bei {'einer Kategorie' if closed == 1 else f'{number(closed)} Kategorien'} bliebe auch die Summe gesperrt und die ganze Zeile leer, "
            "weil zu wenige Befragte dahinterstehen oder ihre Zahl sich sonst errechnen ließe."
        )
    nothing = "Noch stehen keine gelesenen Stellen in den Gruppentabellen; zu verbergen gibt es nichts." if small > 1 else f"findings.small steht auf {small}; damit gilt keine Zelle als klein, und keine würde verborgen."
    return SimpleNamespace(rows=rows, n=n, primary=primary, complementary=other, closed=closed, sentences=sentences, nothing=nothing)


def _release(tables: dict[str, pd.DataFrame], names: Names, small: int) -> SimpleNamespace:
    """Passages that people read, each counted once however many codes it bears; `open`: (words, number) of those that are not released."""
    place = ["doc", "turn", "start", "end"]
    read = tables["findings_mentions"][tables["findings_mentions"]["basis"] != "proposed"]
    rows = read[["mention", *place]].merge(tables["findings_release"], on="mention")
    rows = rows.drop_duplicates(subset=place)
    n, free, rare = len(rows), int((rows["released"] == "yes").sum()), int((rows["unique"] == "yes").sum())
    counted = Counter(rows["why"])
    still = [(words, counted[why]) for why, words in _WHY if counted[why]]
    decisions = tables["quote_decisions"]
    lost = [
        f"quotes.csv, Zeile {d.line} ({d.doc}): " + ("Der Redebeitrag hat sich geändert oder fehlt." if d.state == "gone" else
        "Der Wortlaut ist heute ein anderer; bitte noch einmal lesen und neu entscheiden.")
        for d in decisions[(decisions["state"] != "") & (decisions["release"] != "")].itertuples()
    ]  # fmt: skip
    shown = " und ".join(f"»{_label(name, names)}«" for name in list(names.variables)[:2]) or "keine Angaben"
    sentences = []
    if n:
        sentences = [
            f"Freigegeben {_plural(max(free, 1), 'ist', 'sind')} {number(free) if free else 'keine'} von {n} Stellen. Frei ist eine Stelle nur, wenn ein Mensch "
            "ihren Wortlaut freigegeben hat, die Einwilligung Zitate erlaubt und die Angaben darunter nicht selten sind (oder das eigens gebilligt ist).",
            f"Unter Zitaten stehen {shown}. Bei {rare} von {n} Stellen teilen diese Angaben weniger als {number(max(small, 2))} Befragte.",
        ]
    return SimpleNamespace(n=n, released=free, unique=rare, open=still, lost=lost, sentences=sentences)


def _label(name: str, names: Names) -> str:
    variable = names.variables.get(name)
    return (variable.label if variable else "") or name


def _plural(n: int, one: str, more: str) -> str:
    return one if n == 1 else more


def _persons(n: int) -> str:
    return "die einzige befragte Person" if n == 1 else f"die {number(n)} Befragten"


def _stand(n: int) -> str:
    return "niemand steht" if n == 0 else "eine Person steht" if n == 1 else f"{number(n)} stehen"
