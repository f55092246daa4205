"""Topics that nobody asked for: how much material there is, each topic with its words and quotes, the map. Proposals, never findings."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.charts.topic_map import KINDS, kinds, short
from pipeline.guide import Guide
from pipeline.language import N_, _, ngettext
from pipeline.sections import topic_comparisons, topic_making
from pipeline.sections.material import Names
from pipeline.sections.quotes import moments
from pipeline.tables import CODED_ROLES, quotable
from pipeline.topic_words import comma, hundred
from pipeline.wording import NOT_QUOTABLE, capital, clock, dative, number, second, thousands

if TYPE_CHECKING:
    import pandas as pd

TOP_TERMS = 10


def chapter(tables: dict[str, pd.DataFrame], names: Names, settings: SimpleNamespace, questions: Guide) -> dict[str, Any]:
    """All of the chapter as plain values under one name, `themen`; where there are no topics it holds why."""
    known = Known(tables, names, questions)
    rows = [t for t in tables["topics"].itertuples() if t.hidden != "yes"]
    asked = {q.id: q.label or q.text for q in questions.questions}
    kind = kinds(tables)
    reviewed_only = settings.report.counts == "reviewed"
    with_codes = topic_comparisons.of_topic(tables, reviewed_only)
    items = [_topic(t, known, kind[t.topic], asked, with_codes.get(t.topic)) for t in rows]
    shown = [(t.topic, t.short) for t in items]
    firm = {t.topic for t in rows if t.firm == "yes"}
    return {
        "themen": SimpleNamespace(
            topics=items, size=_size(tables), limit=comma(known.limit) if known.limit == known.limit else "", notes=_notes(tables["topic_notes"], settings, bool(len(tables["topics"])), (len(firm), len(rows))),
            hidden=_hidden(len(tables["topics"]) - len(rows), bool(rows)),
            compared=any(t.kind != "plain" for t in items),
            groups=topic_comparisons.groups(tables, names, settings, questions, shown, firm),
            codes=topic_comparisons.codes(tables, shown, reviewed_only), scattered=topic_comparisons.scattered(tables, shown, reviewed_only),
            new=topic_comparisons.new(tables, shown, known), making=topic_making.making(tables, items), decimal=comma,
        )
    }  # fmt: skip


class Known:
    """What stands behind topics: terms, phrases and quotes by topic, and whether a person's words may be shown."""

    def __init__(self, tables: dict[str, pd.DataFrame], names: Names, questions: Guide) -> None:
        self.names, self.questions = names, questions
        self.limit = next((float(r.value) for r in tables["topic_notes"].itertuples() if r.note == "limit"), float("nan"))
        self.turns = {(t.doc, t.turn): t for t in tables["turns"].itertuples()}
        self.times = moments(tables)
        self.spans = {s.seg: s for s in tables["segments"].itertuples()}
        self.allowed = quotable(tables["speakers"])
        self.measured = Counter(map(_measured, tables["topics"].itertuples()))
        self.merged = {e.topic for e in tables["topic_edits"].itertuples() if "merge" in e.action.split("+") and e.status != "lost"}
        self.terms = _by_topic(tables["topic_terms"])
        self.phrases = _by_topic(tables["topic_phrases"])
        self.quoted = _by_topic(tables["topic_quotes"])
        self.segments = _by_topic(tables["segment_topics"])

    def made_of(self, t: Any) -> str:
        """A sentence for a topic that people parted or put together: its figures were measured on what it was made of."""
        if self.measured[_measured(t)] > 1:
            return _("Teil eines geteilten Themas: Stabilität und Probe sind die Zahlen des Themas, aus dem er stammt; für den Teil allein sind sie nicht gemessen.")
        if t.topic in self.merged:
            return _("Zusammengelegt: Stabilität und Probe sind Mittelwerte der zusammengelegten Themen; für das Ganze sind sie nicht gemessen.")
        return ""

    def quote(self, doc: str, turn_number: int, start: int, end: int, kind: str) -> SimpleNamespace:
        """A sentence for the page with the place it leads to."""
        turn = self.turns[doc, turn_number]
        free = (doc, turn.speaker) in self.allowed
        return SimpleNamespace(
            text=turn.text[start:end] if free else "", withheld="" if free else _(NOT_QUOTABLE), kind=kind, anchor=f"{doc}-{turn_number}",
            interview=self.names.interview(doc), turn=turn_number, who=self.names.who(turn.case),
            clock=clock(second(self.times.get((doc, turn_number), []), start, turn.t_start)),
        )  # fmt: skip

    def quotes(self, topic: str, kind: str) -> list[SimpleNamespace]:
        rows = sorted((q for q in self.quoted.get(topic, ()) if q.kind == kind), key=lambda q: q.rank)
        return [self.quote(q.doc, q.turn, q.start, q.end, kind) for q in rows]

    def phrases_of(self, topic: str) -> list[str]:
        return [p.phrase for p in self.phrases.get(topic, ())]

    def unquoted(self, topic: str, none: str = N_("Kein Satz dieses Themas eignet sich als Zitat.")) -> str:
        """Why a topic has no quotes: nobody whose sentences it holds may be quoted, or no sentence is fit for it."""
        turns = [self.turns[span.doc, span.turn] for s in self.segments.get(topic, ()) if (span := self.spans.get(s.seg))]
        if turns and not any((t.doc, t.speaker) in self.allowed for t in turns):
            return _("Die Befragten, von denen diese Sätze stammen, dürfen nicht zitiert werden.")
        return _(none)

    def withheld_texts(self, topic: str) -> list[str]:
        """Sentences of a topic whose speakers may not be quoted."""
        places = [self.spans[s.seg] for s in self.segments.get(topic, ()) if s.seg in self.spans]
        turns = [(span, self.turns[span.doc, span.turn]) for span in places]
        return [turn.text[span.start : span.end] for span, turn in turns if (turn.doc, turn.speaker) not in self.allowed]


def _measured(t: Any) -> str:
    """What was measured of a topic, as one value to compare: parts of one theme have all of it in common."""
    return repr((t.stability, t.steady, t.halves, t.coherence, t.x, t.y))


def _by_topic(table: pd.DataFrame) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in table.itertuples():
        found.setdefault(row.topic, []).append(row)
    return found


def _size(tables: dict[str, pd.DataFrame]) -> SimpleNamespace:
    """How much was said, and how much of it fits nowhere."""
    spoken = {(t.doc, t.turn): t.case for t in tables["turns"].itertuples() if t.role in CODED_ROLES}
    mine = [(s.doc, s.turn) for s in tables["segments"].itertuples() if (s.doc, s.turn) in spoken]
    total, placed = len(mine), tables["segment_topics"]["seg"].nunique()
    rest = max(0, total - placed)
    docs = {doc for doc, _ in mine}
    wordless = next((int(r.value) for r in tables["topic_notes"].itertuples() if r.note == "wordless"), 0)
    return SimpleNamespace(
        total=thousands(total), rest=thousands(rest), per_hundred=hundred(rest / total if total else 0),
        wordless=thousands(wordless) if wordless else "", docs=ngettext("einem Gespräch", "{n} Gesprächen", len(docs)).format(n=number(len(docs))),
        people=of_people(len({spoken[place] or place[0] for place in mine})),
    )  # fmt: skip


def of_people(n: int) -> str:
    """
    >>> of_people(1), of_people(5)
    ('einer befragten Person', 'fünf Befragten')
    """
    return dative(n) if n else _("niemand")


def _hidden(n: int, others: bool) -> str:
    """
    >>> _hidden(1, True), _hidden(7, False), _hidden(0, True)
    ('Ein Thema ist ausgeblendet (topics.yaml, hide); seine Sätze zählen weiter mit.', 'Alle sieben Themen sind ausgeblendet (topics.yaml, hide); zu zeigen ist keines.', '')
    """
    if not n:
        return ""
    if others:
        told = ngettext(
            "Ein Thema ist ausgeblendet (topics.yaml, hide); seine Sätze zählen weiter mit.", "{n} Themen sind ausgeblendet (topics.yaml, hide); ihre Sätze zählen weiter mit.", n
        )  # fmt: skip
    else:
        told = ngettext("Das einzige Thema ist ausgeblendet (topics.yaml, hide); zu zeigen ist keines.", "Alle {n} Themen sind ausgeblendet (topics.yaml, hide); zu zeigen ist keines.", n)
    return capital(told.format(n=number(n)))


def _notes(notes: pd.DataFrame, settings: SimpleNamespace, any_topics: bool, firm: tuple[int, int]) -> list[str]:
    """What is to be said of the material: why there are no topics and what would help; other remarks as they are.
    `firm`: how many of how many topics shown are firm."""
    found = [_why(r.note, int(r.value) if r.value == r.value else 0, settings.topics) or r.text for r in notes.itertuples()]
    found = [text for text in found if text]
    values = {r.note: int(r.value) for r in notes.itertuples() if r.value == r.value}
    if firm[1]:
        found.append(_firmness(*firm))
    if any_topics and values.get("dropped"):
        n, all_ = values["dropped"], values.get("looked_for", 0)
        told = ngettext(
            "Gesucht wurde nach {every} Themen; eines davon hielt nicht, wenn einzelne Interviews wegfallen, und fehlt hier. Die Sätze zählen zu denen ohne Thema.",
            "Gesucht wurde nach {every} Themen; {n} davon hielten nicht, wenn einzelne Interviews wegfallen, und fehlen hier. Die Sätze zählen zu denen ohne Thema.", n,
        )  # fmt: skip
        found.append(told.format(every=number(all_), n=number(n)))
    if not found and not any_topics:
        return [_("In diesem Material sind keine Themen gefunden worden. Lieber keine als erfundene.")]
    return found


def _why(note: str, n: int, wanted: Any) -> str:
    """Why there are no topics and what would help, or how their number came about; nothing for a note of another kind."""
    told = {
        "too_little": _(
            "Das Material trägt noch keine Themen: Gesucht wird erst ab {least} Sätzen der Befragten mit Inhaltswörtern, hier sind es {n}. "
            "Aus so wenigen Sätzen entstehen Wortgruppen, die nach dem nächsten Interview anders aussähen. Was hilft: weitere Interviews. "
            "Die Grenze steht in study.yaml (topics.min_segments)."
        ),
        "too_few": ngettext(
            "Das Material trägt noch keine Themen: Gesucht wird erst ab {least} Gesprächen mit zehn solchen Sätzen, hier ist es eines. Bei so wenigen zeigt ein "
            "Themenmodell, wer spricht, und nicht, worüber. Was hilft: weitere Interviews. Die Grenze steht in study.yaml (topics.min_interviews).",
            "Das Material trägt noch keine Themen: Gesucht wird erst ab {least} Gesprächen mit zehn solchen Sätzen, hier sind es {n}. Bei so wenigen zeigt ein "
            "Themenmodell, wer spricht, und nicht, worüber. Was hilft: weitere Interviews. Die Grenze steht in study.yaml (topics.min_interviews).", n,
        ),
        "too_few_words": _("Das Material trägt noch keine Themen: Nur {n} verschiedene Hauptwörter kommen in mehreren Gesprächen vor, gebraucht werden mindestens zwölf."),
        "nothing_holds": _(
            "Es sind keine Themen zu zeigen. Keines hielt der Probe stand: Entweder blieb es nicht, wenn einzelne Interviews wegfallen, oder nur eine Person "
            "spricht davon, oder zwei Hälften der Gespräche, getrennt durchsucht, fanden es nicht sicherer wieder, als es durch Zufall vorkommt. Was heute ein "
            "Thema wäre, wäre morgen keines. Was hilft: weitere Interviews oder längere Antworten. Wer Leseanlässe sucht, legt in study.yaml eine Zahl "
            "fest (topics.number); die Themen stehen dann hier, mit dem Hinweis, dass sie nicht sicher sind."
        ),
        "capped": _("Das Material reicht nur für die Suche nach {n} Themen."),
        "set": _("Die Zahl der Themen ({n}) ist in study.yaml festgelegt (topics.number); wie andere Zahlen ausfielen, zeigt die Kurve unten."),
    }  # fmt: skip
    least = number(wanted.min_interviews) if note == "too_few" else wanted.min_segments
    return told[note].format(n=number(n), least=least) if note in told else ""


def _firmness(n: int, of: int) -> str:
    """How many topics both halves tell; the reader is told before the first topic."""
    if not n:
        return _(
            "Keines der Themen hier hält der Probe stand: Zwei Hälften der Gespräche, getrennt durchsucht, stimmen nicht mehr überein als durch Zufall. "
            "Es sind Leseanlässe, keine Ergebnisse."
        )
    told = ngettext(
        "Ein Thema hält der Probe stand: Beide Hälften der Gespräche, getrennt durchsucht, finden es wieder.",
        "{n} Themen halten der Probe stand: Beide Hälften der Gespräche, getrennt durchsucht, finden sie wieder.", n,
    )  # fmt: skip
    sentences = [capital(told.format(n=number(n)))]
    if n != of:
        sentences.append(ngettext("Das andere ist ein Leseanlass und als solcher gekennzeichnet.", "Die anderen sind Leseanlässe und als solche gekennzeichnet.", of - n))
    return " ".join(sentences)


def _topic(t: Any, known: Known, kind: str, asked: dict[str, str], codes: SimpleNamespace | None) -> SimpleNamespace:
    """Everything of one topic."""
    terms = known.terms.get(t.topic, [])[:TOP_TERMS]
    top = max((r.weight for r in terms), default=1) or 1
    return SimpleNamespace(
        topic=t.topic, label=t.label, short=short(t), kind=kind, kind_words=_(KINDS[kind]), named=t.named == "yes", words=t.words, memo=t.memo, x=t.x, y=t.y,
        n_segments=t.n_segments, n_cases=t.n_cases, of=len(known.names.cases), spread=_spread(t.n_cases, len(known.names.cases)),
        sentences=ngettext("ein Satz", "{n} Sätze", t.n_segments).format(n=number(t.n_segments)), share=hundred(t.share),
        terms=[(r.term, round(100 * r.weight / top)) for r in terms], phrases=known.phrases_of(t.topic), typical=known.quotes(t.topic, "typical"),
        atypical=known.quotes(t.topic, "atypical"), stability=t.stability, stability_words=topic_making.stability(t.stability, t.steady), halves=t.halves, halves_words=topic_making.halves(t.halves, t.firm == "yes", known.limit), firm=t.firm == "yes",
        coherence=t.coherence, coherence_words=topic_making.coherence(t.coherence), one_voice=bool(t.n_cases > 1 and t.largest_case_share > 0.5),
        one_person=t.n_cases == 1, made=known.made_of(t), echo=_("{id} (»{words}«)").format(id=t.echo_question, words=asked[t.echo_question]) if t.echo_question in asked else t.echo_question,
        worded="" if known.made_of(t) else topic_making.worded(t.worded, t.n_segments, len(terms)), barely_worded=t.worded < topic_making.BARELY,
        unquoted=known.unquoted(t.topic), codes=codes,
    )  # fmt: skip


def _spread(n: int, of: int) -> str:
    """
    >>> _spread(5, 16), _spread(1, 16), _spread(16, 16)
    ('von fünf der 16 Befragten', 'von einer der 16 Befragten', 'von allen 16 Befragten')
    """
    if n == of and n > 1:
        return _("von allen {n} Befragten").format(n=number(n))
    return ngettext("von einer der {of} Befragten", "von {n} der {of} Befragten", n).format(n=number(n), of=number(of))
