"""Stage editable: what the machine proposes as files for people to edit: names of topics, new categories for the codebook."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.topic_words import ECHO, comma
from pipeline.topicnames.edits import Placed, fold, load
from pipeline.topicnames.matching import SURE
from pipeline.topicnames.writing import HEADER, Block, as_data, document

if TYPE_CHECKING:
    import pandas as pd

_TERMS = 10
_HOW = """\
#
# Diese Datei entsteht bei jedem Lauf neu. So bleiben Ihre Änderungen: bearbeiten, speichern, dann gleich
#   make adopt FILE=<diese Datei>
# Das trägt sie in codebooks/<Studie>/topics.yaml ein (die alte Fassung wird aufgehoben) und gilt ab dem nächsten »make analyze«.
# Zeilen mit # sind nur zur Orientierung. Zitate stehen im Bericht.

"""
_NONE = "# Dieses Material trägt noch keine Themen; warum, sagt der Bericht.\n"
_CODES = """\
# Themen, die das Codebuch nicht abdeckt: Vorschläge für neue Kategorien. Ob daraus Kategorien werden, entscheiden Sie.
#
# Einen Eintrag (von »- id:« bis vor den nächsten) nach codebooks/<Studie>/codebook.yaml kopieren: unter »codes:« oder, weiter
# eingerückt, unter »children:« einer Kategorie. Kennung, Name und Definition bitte selbst schreiben, Beispiele und Suchregeln
# prüfen, dann make check. Diese Datei entsteht bei jedem Lauf neu.
#
# Die Beispiele sind Sätze von Befragten: Wer das Codebuch weitergibt, ersetzt sie vorher durch erfundene.
"""
_NO_CODES = "\n# Zurzeit gibt es keine: Kein Thema, das sicher genug ist oder das Menschen benannt haben, ist deutlich weniger codiert als die anderen.\n"


def render(
    settings: SimpleNamespace, topics_file: Path, topics: pd.DataFrame, topic_terms: pd.DataFrame, topic_edits: pd.DataFrame, topic_new: pd.DataFrame,
    **_: pd.DataFrame,
) -> dict[str, bytes]:  # fmt: skip
    """`topics.yaml` and `new_codes.yaml`. No sentences of respondents: words, and phrases that somebody uses who may be quoted."""
    text = _topics(load(topics_file), topics, topic_terms, topic_edits)
    return {"editable/topics.yaml": text.encode(), "editable/new_codes.yaml": _new_codes(topics, topic_new).encode()}


def _topics(placed: tuple[Placed, ...], topics: pd.DataFrame, topic_terms: pd.DataFrame, topic_edits: pd.DataFrame) -> str:
    """People's entries with the topics they found and entries for the other topics, by size; then those that found none."""
    edits = {int(e.entry): e for e in topic_edits.itertuples()}
    words = {str(name): rows.sort_values("rank")["term"].tolist() for name, rows in topic_terms.groupby("topic")}
    blocks: list[Block] = []
    for topic in topics.sort_values("topic").itertuples():
        mine = [p for p in placed if p.number in edits and edits[p.number].topic == topic.topic and edits[p.number].status != "lost"]
        for p in mine:
            changed = [_changed(edits[p.number], words.get(topic.topic, []))] if edits[p.number].status == "weak" else []
            several = ["aus mehreren Einträgen zusammengelegt"] if len(mine) > 1 else []
            blocks.append(Block([" · ".join([_about(topic), *several]), *changed], as_data(p.entry)))
        if not mine and topic.named == "no":
            blocks.append(Block([_about(topic)], {"name": "", "terms": words.get(topic.topic, [])[:_TERMS]}))
    lost = [p for p in placed if p.entry.says and (p.number not in edits or edits[p.number].status == "lost")]
    blocks += [Block([*_LOST[: n == 0], _where(edits.get(p.number), topics)], as_data(p.entry)) for n, p in enumerate(lost)]
    written: dict[frozenset[str], Block] = {}
    for block in blocks:  # the same words twice would be refused when the file is read
        written.setdefault(frozenset(map(fold, block.entry["terms"])), block)
    return document(HEADER + _HOW + ("" if len(topics) else _NONE), [block for words, block in written.items() if words])


_LOST = (
    "Nicht wiedergefunden: Diese Einträge bleiben stehen und gelten wieder, sobald das Thema wieder auftaucht.\n"
    "Meint ein Eintrag ein Thema weiter oben, dort den Namen eintragen und ihn hier leeren.",
)


def _about(topic: Any) -> str:
    """One line to recognise a topic by."""
    steady = comma(topic.stability) if topic.stability == topic.stability else "nicht gemessen"
    one = " · mehr als die Hälfte von einer einzigen Person" if topic.largest_case_share > 0.5 else ""
    echo = f" · wiederholt vor allem die Frage {topic.echo_question}" if topic.echo_question and topic.echo >= ECHO else ""
    phrase = f" · etwa »{topic.phrase}«" if topic.phrase else ""
    sentences = "ein Satz" if topic.n_segments == 1 else f"{topic.n_segments} Sätze"
    many = f"{sentences} von {'einer Person' if topic.n_cases == 1 else f'{topic.n_cases} Befragten'}"
    firm = "" if topic.firm == "yes" else " · nur ein Leseanlass"
    return f"{topic.topic} · {many} · Stabilität {steady}{firm}{one}{echo}{phrase}"


def _changed(edit: Any, words: list[str]) -> str:
    reasons = edit.terms.split(" · ")[1:]
    if edit.likeness >= SURE and reasons:
        return f"Bitte ansehen: {'; '.join(reasons)}."
    return f"Bitte ansehen: passt nicht mehr ganz (Ähnlichkeit {comma(edit.likeness)}). Heute vor allem: {', '.join(words[:_TERMS])}"


def _where(edit: Any, topics: pd.DataFrame) -> str:
    found = topics[topics["topic"] == edit.topic] if edit is not None else topics[:0]
    if not len(found):
        return "Es gibt zurzeit kein ähnliches Thema."
    return f"Am ehesten {found['topic'].iloc[0]} ({found['words'].iloc[0]}), Ähnlichkeit {comma(edit.likeness)}"


def _new_codes(topics: pd.DataFrame, topic_new: pd.DataFrame) -> str:
    labels = dict(zip(topics["topic"], topics["label"], strict=True))
    found = [
        f"\n# aus {row.topic}: {' '.join(str(labels.get(row.topic, '')).split())}\n{row.snippet.strip(chr(10))}\n"
        for row in topic_new.sort_values("topic").itertuples() if row.snippet.strip()
    ]  # fmt: skip
    return _CODES + ("".join(found) if found else _NO_CODES)
