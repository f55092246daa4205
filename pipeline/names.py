"""Stage 3, names: who and what could be recognised, in all interviews; what each is called instead; what is only suspected.

Mentions are found interview by interview; entities, replacements and the key are worked out over the corpus. The key
(`private/<study>/pseudonyms.csv`) is written by this stage and read by it: what people change there wins.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.lists import LISTS, read_key, read_list
from pipeline.naming import deciding, declared, key, plan, short, worklist
from pipeline.naming.base import KINDS, SURE, Found, Talk
from pipeline.naming.choose import Chooser
from pipeline.naming.entities import Mention, build
from pipeline.persons import rows_for
from pipeline.readers.formats import ENDINGS

if TYPE_CHECKING:
    import pandas as pd

_PARTS_OF_PLACES = frozenset({"bad", "sankt", "st", "groß", "klein", "alt", "neu", "ober", "unter", "nieder"})  # alone no place
LOWER = 0.02  # share of words with a capital, below which a transcript is written without capitals
_MASK = re.compile(r"\[[^\[\]\n]{1,80}\]")
_WORD = re.compile(r"[^\W\d_]+")


def each(
    sources: pd.DataFrame, labels: pd.DataFrame, turns_clean: pd.DataFrame, settings: SimpleNamespace, cases_file: Path,
    population_file: Path, key_file: Path,
) -> dict[str, list[dict[str, Any]]]:  # fmt: skip
    """One interview's mentions: in its turns, and in turn 0 those of header, file name, labels and its rows of cases.csv."""
    if not len(sources):
        return {"found": []}
    source = sources.iloc[0]
    listed = rows_for(read_list(cases_file, LISTS["cases.csv"]), source["doc"], source["file"])
    # Each line of the header is looked at by itself: a name does not go on from a file's name into the next value.
    lines = header_text(source, list(labels["label"]), listed).split("\n")
    begins = [0, *accumulate(len(line) + 1 for line in lines)][: len(lines)]
    places = [*((0, begin) for begin in begins), *((turn, 0) for turn in turns_clean["turn"])]
    found = search(talk((*lines, *turns_clean["text"]), len(lines)), settings.pseudonymise)
    rows = [
        {
            "doc": source["doc"], "turn": turn, **{k: getattr(one, k) for k in _FIELDS}, "core": " ".join(one.core.split()),
            "start": one.start + begin, "end": one.end + begin,
        }
        for (turn, begin), mentions in zip(places, found, strict=True)
        for one in mentions
    ]  # fmt: skip
    return {"found": rows}


_FIELDS = ("start", "end", "kind", "surface", "core", "certainty", "rule", "sex", "culture", "title")


def header_text(source: Any, labels: Iterable[str], listed: Iterable[Mapping[str, str]]) -> str:
    """What beside the turns may hold names, a line each, in a fixed order."""
    header = json.loads(source["meta"]) if source["meta"] else {}
    path = Path(source["file"])
    # `Gespräch mit Fr. Kaya` has no ending: what follows the dot is a name.
    path = path.with_suffix("") if path.suffix.lower().lstrip(".") in ENDINGS else path
    lines = [path.as_posix().replace("_", " ").replace("/", "\n")]
    lines += [str(value) for _, value in sorted(header.items())]
    lines += [label for label in labels if label]
    lines += [value for row in listed for name, value in sorted(row.items()) if name not in ("line", "case", "voice") and value]
    return "\n".join(lines)


def talk(texts: tuple[str, ...], header: int = 1) -> Talk:
    """The texts with the masks that stand there, and whether they are written without capitals (but for the header's)."""
    words = [word for text in texts[header:] for word in _WORD.findall(text)]
    capitals = sum(word[:1].isupper() for word in words)
    masks = tuple(tuple(m.span() for m in _MASK.finditer(text)) for text in texts)
    return Talk(texts, len(words) > 40 and capitals < LOWER * len(words), masks)


def search(spoken: Talk, settings: Any) -> list[list[Found]]:
    """All mentions of every text, overlaps resolved: longer ones win, then the order of kinds."""
    from pipeline.naming import numbers as numerals
    from pipeline.naming import organisations, persons, places

    finders = (numerals.find, places.find, organisations.find, persons.find)
    per_text: list[list[Found]] = [[] for _ in spoken.texts]
    for find in finders:
        for mentions, more in zip(per_text, find(spoken), strict=True):
            mentions += [m for m in more if wanted(m, settings)]
    return [_distinct(mentions, masks) for mentions, masks in zip(per_text, spoken.masks, strict=True)]


def wanted(mention: Found, settings: Any) -> bool:
    """Whether the study's settings let this kind be replaced at all."""
    if mention.kind == "place" and mention.core.casefold() in _PARTS_OF_PLACES:
        return False
    return not (mention.kind == "phone" and not settings.phones) and not (mention.kind == "email" and not settings.emails)


def _distinct(mentions: list[Found], masks: tuple[tuple[int, int], ...]) -> list[Found]:
    order = {kind: n for n, kind in enumerate(KINDS)}
    ranked = sorted(mentions, key=lambda m: (m.certainty != SURE, -(m.end - m.start), order[m.kind], m.start, m.rule))
    taken = list(masks)
    chosen = []
    for mention in ranked:
        if mention.end > mention.start and all(mention.end <= a or mention.start >= b for a, b in taken):
            taken.append((mention.start, mention.end))
            chosen.append(mention)
    return sorted(chosen, key=lambda m: m.start)


def whole(
    sources: pd.DataFrame, labels: pd.DataFrame, turns_clean: pd.DataFrame, found: pd.DataFrame, settings: SimpleNamespace,
    cases_file: Path, population_file: Path, key_file: Path,
) -> dict[str, list[dict[str, Any]]]:  # fmt: skip
    """Entities over the corpus, every replacement in every turn, and what is only suspected."""
    from pipeline.naming import lexicon

    texts = _texts(sources, labels, turns_clean, cases_file)
    lower = {doc: talk(tuple(t for (d, n), t in texts.items() if d == doc)).lower for doc in sources["doc"]}
    mentions = [Mention(r.doc, r.turn, *(getattr(r, k) for k in _MENTION)) for r in found.itertuples()]
    mentions = doubted(mentions, {place: text for place, text in texts.items() if place[1] and not lower[place[0]]})
    chooser = Chooser({word for text in texts.values() for word in _WORD.findall(text)}, lexicon.pools())
    listed = key.rows(read_key(key_file))
    mentions = short.found(mentions, texts, lower, listed)
    said = declared.declared(settings)
    keep = said | declared.offered(
        settings, sources.to_dict("records"), read_list(cases_file, LISTS["cases.csv"]),
        read_list(population_file, LISTS["population.csv"]), lambda text: search(talk((text,)), settings.pseudonymise)[0],
    )  # fmt: skip
    unread = frozenset(sources[sources["status"] == "failed"]["doc"])
    entities = build(mentions, listed, chooser, frozenset(sources["doc"]), keep, lexicon.is_given, unread, said)
    known = plan.forms(entities, lexicon.is_word, keep)
    by_place: dict[tuple[str, int], list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_place[mention.doc, mention.turn].append(mention)
    steps = {place: plan.steps(text, by_place[place], known, lower[place[0]] or not place[1]) for place, text in texts.items()}
    entities = _counted(entities, steps, mentions)
    return {
        "entities": [_entity(row, known) for row in entities],
        "plan": [
            {"doc": doc, "turn": turn, "start": s.start, "end": s.end, "entity": s.entity, "kind": s.kind, "before": s.before, "after": s.after}
            for (doc, turn), made in steps.items() if turn for s in made
        ],
        "aliases": [
            {"doc": doc, "form": form, "replacement": step.after, "kind": step.kind}
            for (doc, turn), made in steps.items() if not turn
            for form, step in sorted({s.before: s for s in made}.items())
        ],
        "suspects": worklist.suspects(mentions, steps, texts, {row.entity: row for row in entities}, known),
    }  # fmt: skip


def doubted(mentions: list[Mention], texts: Mapping[tuple[str, int], str]) -> list[Mention]:
    """The mentions, those only suspected that are rather words: written small elsewhere, and large at starts alone.

    Dialect and learners' spellings (`Abber dat is so`) stand in no dictionary; whoever is meant with a name is written with
    a capital inside a sentence as well. What a title announced stays sure.
    """
    small: set[str] = set()
    inside: set[str] = set()
    for text in texts.values():
        for match in _WORD.finditer(text):
            word = match.group()
            if word[:1].islower():
                small.add(word)
            elif text[: match.start()].rstrip(" \t\n„“\"»«(–-")[-1:] not in ("", ".", "!", "?", "…", ":"):
                inside.add(word.casefold())
    rather = small - inside
    return [
        replace(m, certainty="suspected")
        if (m.kind == "person" and not m.title and m.core.casefold() in rather) or _words_alone(m) else m
        for m in mentions
    ]  # fmt: skip


def _words_alone(mention: Mention) -> bool:
    """`von den Neuen`: a name that begins with a small word and holds German words alone is none."""
    from pipeline.naming import lexicon

    return mention.kind == "person" and mention.core[:1].islower() and plan.only_words(mention.core, lexicon.is_word)


_MENTION = ("start", "end", "kind", "surface", "core", "certainty", "rule", "sex", "culture", "title")


def _texts(
    sources: pd.DataFrame, labels: pd.DataFrame, turns_clean: pd.DataFrame, cases_file: Path
) -> dict[tuple[str, int], str]:
    """(interview, turn) -> text; turn 0 is the header. In order of interviews and turns."""
    listed = read_list(cases_file, LISTS["cases.csv"])
    names: dict[str, list[str]] = defaultdict(list)
    for doc, label in zip(labels["doc"], labels["label"], strict=True):
        names[doc].append(label)
    spoken: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for doc, turn, text in zip(turns_clean["doc"], turns_clean["turn"], turns_clean["text"], strict=True):
        spoken[doc].append((turn, text))
    texts = {}
    for source in sources.to_dict("records"):
        doc = source["doc"]
        texts[doc, 0] = header_text(source, names[doc], rows_for(listed, doc, source["file"]))
        texts |= {(doc, turn): text for turn, text in spoken[doc]}
    return texts


def _counted(
    entities: list[key.Row], steps: Mapping[tuple[str, int], list[plan.Step]], mentions: Iterable[Mention]
) -> list[key.Row]:
    """Entities with how often and where they stand: every replaced place, or else every mention."""
    docs: dict[str, set[str]] = defaultdict(set)
    count: dict[str, int] = defaultdict(int)
    for (doc, _), made in steps.items():
        for step in made:
            docs[step.entity].add(doc)
            count[step.entity] += 1
    return [
        replace(row, docs=tuple(sorted(docs[row.entity] | set(row.docs))), count=max(count[row.entity], row.count))
        if docs[row.entity] else row
        for row in entities
    ]  # fmt: skip


def _entity(row: key.Row, known: plan.Forms) -> dict[str, Any]:
    return {
        "entity": row.entity, "kind": row.kind, "name": row.name, "forms": key.BAR.join(row.forms), "status": row.status,
        "level": row.level, "replacement": row.replacement, "sex": row.sex, "culture": row.culture,
        "docs": key.BAR.join(row.docs), "count": row.count, "note": row.note, "everywhere": "ja" if row.everywhere else "",
        "wordlike": key.BAR.join(form for form in row.forms if known.plain(form)),
    }  # fmt: skip


def ledgers(entities: pd.DataFrame, suspects: pd.DataFrame, key_file: Path, **_: Any) -> dict[str, bytes]:
    """The key and the worklist as files that people open in a spreadsheet; columns of their own that the key has stay."""
    rows = [
        key.Row(
            e.entity, e.kind, e.name, tuple(f for f in e.forms.split(key.BAR) if f), e.status, e.level, e.replacement, e.sex,
            e.culture, tuple(d for d in e.docs.split(key.BAR) if d), e.count, e.note, e.everywhere == "ja",
        )
        for e in entities.itertuples()
    ]  # fmt: skip
    return {"pseudonyms.csv": deciding.file(rows, read_key(key_file)), "arbeitsliste.xlsx": worklist.workbook(rows, suspects)}
