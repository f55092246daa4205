"""Topics beside groups, questions and waves, and beside the codebook's categories; candidates for new categories."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.charts.heat import step
from pipeline.guide import Guide
from pipeline.language import N_, _, ngettext
from pipeline.sections.material import Names
from pipeline.topic_words import BY, hundred, signed
from pipeline.wording import decimal, number

if TYPE_CHECKING:
    import pandas as pd

CLEAR = "deutlich"  # how the verdict on a clear difference begins
MOST_CODES = 3
FEWEST = 3  # sentences, of more than one person, from which on a category is said to go with a topic: one sentence goes with anything
_PLACE = re.compile(r"(\S+?):(\d+):(\d+)-(\d+)")  # of an anchor: interview, turn, start, end
Topics = list[tuple[str, str]]  # (topic, label) of those that are shown


def groups(tables: dict[str, pd.DataFrame], names: Names, settings: SimpleNamespace, questions: Guide, shown: Topics, firm: Collection[str]) -> SimpleNamespace:
    """A heat map a variable, its table, and the clear differences in words: only of topics that are firm."""
    labels, small = dict(shown), settings.findings.small
    rows = [r for r in tables["topic_groups"].itertuples() if r.topic in labels]
    there = {r.variable for r in rows}
    order = [*settings.findings.groups, *settings.variables, *BY]
    heats: list[SimpleNamespace] = []
    for name in [*dict.fromkeys(v for v in order if v in there), *sorted(there - set(order))]:
        words = value_words(name, names, questions)
        mine = [r for r in rows if r.variable == name]
        heats.append(_heat(name, mine, shown, names, questions, words, small, firm))
    clear = [line for heat in heats for line in heat.clear]
    weak = any(r.verdict.startswith(CLEAR) for r in rows)  # clear ones there may be without a sentence: of topics that are not firm
    return SimpleNamespace(heats=heats, clear=clear, any=bool(rows), weak=weak)


def value_words(name: str, names: Names, questions: Guide) -> Callable[[str], str]:
    """What a variable's values are called in the report."""
    if name == "question":
        asked = {q.id: f"{q.id} {q.label or q.text}" for q in questions.questions}
        return lambda value: asked.get(value, value or _("keine Frage davor"))
    if name == "welle" and name not in names.variables:
        return lambda value: _("Welle {n}").format(n=value) if value.isdigit() else value
    return lambda value: names.value(name, value) if value else _("ohne Angabe")


def _heat(
    name: str, rows: list[Any], shown: Topics, names: Names, questions: Guide, words: Callable[[str], str], small: int, firm: Collection[str]
) -> SimpleNamespace:
    """One variable: columns (words, size), rows (topic, label, cells), and values that are too small to be compared."""
    variable = names.variables.get(name)
    order = [q.id for q in questions.questions] if name == "question" else list(variable.values) if variable else []
    sizes = {r.value: r.n_group for r in rows}
    every = sorted(sizes, key=lambda v: (order.index(v) if v in order else len(order), v))
    values = [v for v in every if any(_told(r, small) for r in rows if r.value == v)]
    told = {(r.topic, r.value): r for r in rows}
    most = max((r.share for r in rows if _told(r, small)), default=0) or 1
    title = (variable.label if variable else "") or (_(BY[name]) if name in BY else name)
    lines: list[tuple[str, str, list[SimpleNamespace]]] = []
    clear: list[SimpleNamespace] = []
    for topic, label in shown:
        cells = [_cell(told.get((topic, v)), words(v), small, most, topic in firm) for v in values]
        lines.append((topic, label, cells))
        clear += [_sentence(topic, label, name, title, told[topic, v], words(v)) for v, c in zip(values, cells, strict=True) if c.clear]
    return SimpleNamespace(
        name=name, label=title, columns=[(words(v), sizes[v]) for v in values], rows=lines, clear=clear,
        darkest=hundred(most), few=", ".join(f"{words(v)} ({sizes[v]})" for v in every if v not in values), of_questions=name == "question",
    )  # fmt: skip


def _told(r: Any, small: int) -> bool:
    """Whether a comparison has figures that may be shown."""
    return bool(r.n_group >= small and r.share == r.share)


def _cell(r: Any, value: str, small: int, most: float, firm: bool) -> SimpleNamespace:
    """A field of the heat map and a row of the table; a group that is too small has words instead of figures.
    A topic that halves of the interviews do not tell (not `firm`) has no clear difference, whatever its figures are."""
    if r is None or not _told(r, small):
        return SimpleNamespace(value=value, words=_("zu wenige"), figures=False, clear=False, step=0, title="", share="", others="", difference="", span="", n="", verdict="")
    span = _span(r) or _("nicht bestimmt")
    clear = r.verdict.startswith(CLEAR)
    verdict = _(r.verdict) if firm or not clear else _("{verdict}, aber das Thema hält der Probe nicht stand").format(verdict=_(r.verdict))
    told = _("im Mittel {share} von 100 Sätzen, sonst {others}; Unterschied {difference}, Spanne {span}; {verdict}")
    return SimpleNamespace(
        value=value, words=hundred(r.share), figures=True, clear=clear and firm, step=step(r.share / most), share=hundred(r.share),
        others=hundred(r.others), difference=signed(r.difference), span=span, n=_compared(r), verdict=verdict,
        title=told.format(share=hundred(r.share), others=hundred(r.others), difference=signed(r.difference), span=span, verdict=verdict),
    )  # fmt: skip


def _span(r: Any) -> str:
    """The interval of a difference; empty where it has none."""
    return _("{low} bis {high}").format(low=signed(r.low), high=signed(r.high)) if r.low == r.low and r.high == r.high else ""


def _compared(r: Any) -> str:
    """How many people a comparison rests on: those of the group and the others; where people are compared with themselves, just them."""
    return _("{n} und {others}").format(n=r.n_group, others=r.n_cases - r.n_group) if r.n_cases > r.n_group else str(r.n_group)


def _sentence(topic: str, label: str, name: str, variable: str, r: Any, value: str) -> SimpleNamespace:
    """A clear difference in words: where a topic comes up more or less often than elsewhere."""
    where, rest = {
        "question": (_("In Antworten auf »{value}«"), _("sonst bei denselben Befragten")), "welle": (_("In der Erhebung »{value}«"), _("in den übrigen")),
    }.get(name, (_("Bei Befragten ({variable}: {value})"), _("bei den übrigen")))  # fmt: skip
    compared = _("{n} Befragte gegenüber {others}") if r.n_cases > r.n_group else _("{n} Befragte")
    return SimpleNamespace(
        topic=topic, label=label, where=where.format(variable=variable, value=value), more=_("öfter") if r.difference > 0 else _("seltener"), share=hundred(r.share), rest=rest,
        others=hundred(r.others), span=_span(r), compared=compared.format(n=number(r.n_group), others=number(r.n_cases - r.n_group)),
    )  # fmt: skip


def _bases(tables: dict[str, pd.DataFrame], name: str, reviewed_only: bool) -> list[Any]:
    """Rows of a table by category; where only reading counts, without proposals."""
    known = set(tables["codes"]["code"])
    return [r for r in tables[name].itertuples() if r.code in known and not (reviewed_only and r.basis != "reviewed")]


def of_topic(tables: dict[str, pd.DataFrame], reviewed_only: bool) -> dict[str, SimpleNamespace]:
    """Topic -> categories it goes with, what people read and what is proposed apart: those most above their usual share.

    What rests on fewer than `FEWEST` sentences or on one person is left to the table of all topics and categories.
    """
    labels = dict(zip(tables["codes"]["code"], tables["codes"]["label"], strict=True))
    tops = set(tables["codes"].loc[tables["codes"]["level"] == 0, "code"])
    kept: dict[str, list[Any]] = {}
    for r in _bases(tables, "topic_codes", reviewed_only):
        if round(r.lift, 1) > 1 and r.n_segments >= FEWEST and r.n_cases > 1 and r.code not in tops:
            kept.setdefault(r.topic, []).append(r)

    def best(rows: list[Any]) -> list[SimpleNamespace]:
        rows = sorted(rows, key=lambda r: (-r.lift, r.code))[:MOST_CODES]
        return [
            SimpleNamespace(code=r.code, label=labels[r.code], share=of_all(r), lift=decimal(r.lift, 1).removesuffix(",0").removesuffix(".0"))
            for r in rows
        ]

    return {
        topic: SimpleNamespace(read=best([r for r in rows if r.basis == "reviewed"]), open=best([r for r in rows if r.basis != "reviewed"]))
        for topic, rows in kept.items()
    }


def of_all(r: Any) -> str:
    """The topic's sentences with a category, of all that were looked at: a share alone hides that these may be few.

    >>> of_all(SimpleNamespace(n_segments=6, share_topic=1 / 6)), of_all(SimpleNamespace(n_segments=1, share_topic=0.5))
    ('sechs von 36', 'einer von zwei')
    """
    n = int(r.n_segments)
    return ngettext("einer von {of}", "{n} von {of}", n).format(n=number(n), of=number(round(n / r.share_topic)))


def codes(tables: dict[str, pd.DataFrame], shown: Topics, reviewed_only: bool) -> SimpleNamespace:
    """Categories in the codebook's order x topics: the share of a topic's sentences that people gave the category, and proposals.

    Headings stay where a category below them has anything.
    """
    rows = {(r.code, r.topic, r.basis == "reviewed"): r for r in _bases(tables, "topic_codes", reviewed_only) if r.n_segments and r.share_topic == r.share_topic}
    # Where one sentence of a topic is read, its share is everything: the darkest colour begins below the few highest.
    shares = sorted(r.share_topic for (*_, read), r in rows.items() if read)
    most = (shares[int(0.95 * (len(shares) - 1))] if shares else 0) or 1
    lines: list[tuple[str, str, int, list[SimpleNamespace]]] = []
    heading: tuple[str, str, int, list[SimpleNamespace]] | None = None
    for c in tables["codes"].itertuples():
        line = []
        for topic, _label in shown:
            read, open_ = rows.get((c.code, topic, True)), rows.get((c.code, topic, False))
            line.append(
                SimpleNamespace(
                    read=hundred(read.share_topic) if read else "", told=_("{share} gelesenen Sätzen").format(share=of_all(read)) if read else "", step=step(read.share_topic / most) if read else 0,
                    open=hundred(open_.share_topic) if open_ else "",
                )
            )  # fmt: skip
        if c.level == 0:
            heading = (c.code, c.label, 0, line)
        if any(cell.read or cell.open for cell in line):
            lines += [heading] if heading and c.level else []
            lines.append((c.code, c.label, c.level, line))
            heading = None
    return SimpleNamespace(
        columns=shown, rows=lines, any_open=any(c.open for *_, line in lines for c in line), any_read=any(read for *_, read in rows), darkest=hundred(most)
    )


def scattered(tables: dict[str, pd.DataFrame], shown: Topics, reviewed_only: bool) -> list[SimpleNamespace]:
    """Categories whose sentences spread over many topics, in the codebook's order."""
    labels = dict(zip(tables["codes"]["code"], tables["codes"]["label"], strict=True))
    order = {code: n for n, code in enumerate(tables["codes"]["code"])}
    topics = dict(shown)
    found = [r for r in _bases(tables, "code_topics", reviewed_only) if r.scattered in ("yes", "ja")]
    return [
        SimpleNamespace(
            code=r.code, label=labels[r.code], read=r.basis == "reviewed", n=r.n_segments, n_topics=number(r.n_topics), topic=r.main_topic if r.main_topic in topics else "",
            topic_label=topics.get(r.main_topic, ""), share=hundred(r.main_share), outside=hundred(r.outside),
        )
        for r in sorted(found, key=lambda r: (order[r.code], r.basis != "reviewed"))
    ]  # fmt: skip


def new(tables: dict[str, pd.DataFrame], shown: Topics, known: Any) -> list[SimpleNamespace]:
    """Topics without a category, most people first, with quotes and what can be pasted into the codebook."""
    labels = dict(zip(tables["codes"]["code"], tables["codes"]["label"], strict=True))
    names = dict(shown)
    found = []
    for r in sorted((r for r in tables["topic_new"].itertuples() if r.topic in names), key=lambda r: (-r.n_cases, r.topic)):
        quotes = [known.quote(doc, int(turn), int(start), int(end), "typical") for doc, turn, start, end in _PLACE.findall(r.anchors)]
        # The template holds the quotes' words; it is kept back as a whole where they are.
        bare = " ".join(r.snippet.split())
        unsafe = any(q.withheld for q in quotes) or any(" ".join(text.split()) in bare for text in known.withheld_texts(r.topic) if len(text) >= 12)
        found.append(
            SimpleNamespace(
                topic=r.topic, label=names[r.topic], id=r.id, proposed=r.label, who=ngettext("Von einer Befragten", "Von {n} Befragten", r.n_cases).format(n=number(r.n_cases)), covered=hundred(r.covered),
                best=labels.get(r.best_code, ""), best_code=r.best_code, best_share=hundred(r.best_share),
                terms=", ".join(w.strip() for w in re.split(r"[\n|;,]+", r.terms) if w.strip()),
                quotes=quotes, unquoted=known.unquoted(r.topic, N_("Kein Satz ohne Kategorie eignet sich als Zitat.")), snippet="" if unsafe else r.snippet,
            )
        )  # fmt: skip
    return found
