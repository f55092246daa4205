"""Stage 4, pseudonymise: reading texts -> turns without what identifies people; files and speakers under neutral names.

What is replaced where was worked out by stage 3 over all interviews; here it is applied, with a map of offsets. Existing
masks stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline import consent
from pipeline.conflicts import contradictions, near_duplicates
from pipeline.lists import LISTS, read_list
from pipeline.offsets import Edit, apply, changes, draft, forward
from pipeline.persons import cases, cases_of, neutral_labels, notes, rows_for
from pipeline.registry import Doc

if TYPE_CHECKING:
    import pandas as pd

Spans = list[tuple[int, int, int, int]]


def each(
    sources: pd.DataFrame, labels: pd.DataFrame, turns_raw: pd.DataFrame, turns_clean: pd.DataFrame, cues: pd.DataFrame,
    changes: pd.DataFrame, annotations: pd.DataFrame, plan: pd.DataFrame, aliases: pd.DataFrame, suspects: pd.DataFrame,
    settings: SimpleNamespace, cases_file: Path, consent_file: Path,
) -> dict[str, list[dict[str, Any]]]:  # fmt: skip
    """One interview, pseudonymised, with its documents row, speakers, cases and the times of its turns' parts."""
    source = sources.iloc[0]
    known = rows_for(read_list(cases_file, LISTS["cases.csv"]), source["doc"], source["file"])
    names = neutral_labels(labels)
    persons = cases_of(source["doc"], labels, known)
    results: dict[str, list[dict[str, Any]]] = {"turns": [], "replacements": [], "moments": [], "asides": []}
    steps = _by_turn(plan, ("start", "end", "after", "kind"))
    cleaned = _by_turn(changes, ("raw_start", "raw_end", "clean_start", "clean_end"))
    pieces = _by_turn(cues, ("start", "t_start"))
    noted = _by_turn(annotations, ("clean_start", "clean_end", "type"))
    for raw, clean in zip(turns_raw.itertuples(), turns_clean.itertuples(), strict=True):
        text, made = replaced(clean.text, [Edit(*step) for step in steps.get(raw.turn, [])])
        place = {"doc": raw.doc, "turn": raw.turn}
        results["turns"].append(
            {
                **place, "speaker": names.get(raw.speaker, raw.speaker), "case": persons.get(raw.speaker, ""), "role": raw.role,
                "t_start": raw.t_start, "t_end": raw.t_end, "t_source": raw.t_source, "overlaps": raw.overlaps,
                "source_ref": raw.source_ref, "text": text, "raw_sha256": raw.raw_sha256,
            }
        )  # fmt: skip
        results["replacements"] += [
            {
                **place, "kind": c.rule, "clean_start": c.start, "clean_end": c.end, "start": c.new_start, "end": c.new_end,
                "before": c.before, "after": c.after,
            }
            for c in made
        ]  # fmt: skip
        maps = [cleaned.get(raw.turn, []), [(c.start, c.end, c.new_start, c.new_end) for c in made]]
        results["moments"] += moments(place, pieces.get(raw.turn, []), maps)
        results["asides"] += asides(place, noted.get(raw.turn, []), maps[1])
    hide = hider(aliases)
    results["documents"] = [_document(source, hide)]
    results["speakers"] = _speakers(labels, names, persons, Doc(source["doc"], source["file"], source["sha256"]), consent_file)
    results["cases"] = cases(source, labels, names, persons, known, settings.variables, hide)
    kinds = {"sign": annotations["type"], "change": changes["rule"], "replacement": [r["kind"] for r in results["replacements"]], "suspect": suspects["kind"]}
    results["cleaning"] = counts(source["doc"], kinds)
    return results


def counts(doc: str, kinds: Mapping[str, Iterable[str]]) -> list[dict[str, Any]]:
    """How often each kind of each step occurs: the public trace of what lies in private tables, without a word of anybody.

    >>> counts("I001", {"sign": ["pause", "pause"], "change": []})
    [{'doc': 'I001', 'step': 'sign', 'kind': 'pause', 'n': 2}]
    """
    return [
        {"doc": doc, "step": step, "kind": kind, "n": n} for step, found in kinds.items() for kind, n in sorted(Counter(found).items())
    ]


def whole(
    sources: pd.DataFrame, labels: pd.DataFrame, turns_raw: pd.DataFrame, cases: pd.DataFrame, settings: SimpleNamespace,
    cases_file: Path, consent_file: Path, **_: Any,
) -> dict[str, list[dict[str, Any]]]:  # fmt: skip
    """What does not fit together in what is known of files and respondents, for the report's chapter on limits."""
    known = read_list(cases_file, LISTS["cases.csv"])
    found = [
        *notes(known, sources, labels, cases, settings.variables),
        *contradictions(known, sources, labels, settings.variables),
        *near_duplicates(turns_raw),
        *consent.notes(consent.load(consent_file), _docs(sources), _speaking(labels)),
    ]
    return {"notes": list({tuple(row.values()): row for row in found}.values())}


def _docs(sources: pd.DataFrame) -> list[Doc]:
    return [Doc(*row) for row in zip(sources["doc"], sources["file"], sources["sha256"], strict=True)]


def _speaking(labels: pd.DataFrame) -> dict[str, list[str]]:
    """Interview -> labels as they stand in its file."""
    found: dict[str, list[str]] = {}
    for doc, label in zip(labels["doc"], labels["label"], strict=True):
        found.setdefault(doc, []).append(label)
    return found


def _by_turn(table: pd.DataFrame, columns: tuple[str, ...]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for turn, *values in zip(table["turn"], *(table[column] for column in columns), strict=True):
        found.setdefault(turn, []).append(tuple(values))
    return found


def replaced(text: str, edits: Iterable[Edit]) -> tuple[str, list[Any]]:
    """The text after its replacements, and the changes that were made.

    >>> replaced("Frau Kayas Haus", [Edit(5, 10, "Demirs", "person")])[0]
    'Frau Demirs Haus'
    """
    done = apply(draft(text), edits)
    return done.text, changes(done)


def moments(place: Mapping[str, Any], pieces: list[tuple[int, float]], maps: list[Spans]) -> list[dict[str, Any]]:
    """Where in a pseudonymised turn which second of the recording begins: offset in the text -> seconds.

    Only for turns of several pieces with times; the first piece begins with the turn itself.
    """
    rows: dict[int, dict[str, Any]] = {}
    timed = [(start, seconds) for start, seconds in pieces if seconds == seconds]
    for start, seconds in timed if len(timed) > 1 else ():
        at = start
        for made in maps:
            at = forward(made, at, at)[0]
        rows.setdefault(at, {**place, "start": at, "t_start": seconds})
    return list(rows.values())


_NOTED = frozenset({"pause", "event", "gap", "uncertain"})  # what a reader of the conversation wants to know of; the rest is how it was written


def asides(place: Mapping[str, Any], noted: list[tuple[int, int, str]], made: Spans) -> list[dict[str, Any]]:
    """Where in a pseudonymised turn a replacement stands, and where a pause or the like was noted: places and kinds, without a word.

    `noted`: spans of the cleaned text with their kind; `made`: what was replaced in it.

    >>> asides({}, [(3, 3, "pause"), (4, 4, "time")], [(10, 14, 10, 18)])
    [{'start': 3, 'end': 3, 'kind': 'pause'}, {'start': 10, 'end': 18, 'kind': 'pseudonym'}]
    """
    found = [(*forward(made, start, end), kind) for start, end, kind in noted if kind in _NOTED]
    found += [(start, end, "pseudonym") for _, _, start, end in made if end > start]
    return [{**place, "start": start, "end": end, "kind": kind} for start, end, kind in sorted(set(found))]


def hider(aliases: pd.DataFrame) -> Any:
    """A function that replaces, in a header's value or a file name, what stage 3 found there."""
    forms = dict(zip(aliases["form"], aliases["replacement"], strict=True))
    if not forms:
        return lambda text: unicodedata.normalize("NFC", text)
    longest = sorted(forms, key=lambda form: (-len(form), form))
    # In a file name words may be joined by a stroke below or by nothing (`PetraKaya_3`).
    joined = (r"[\s_]*".join(map(re.escape, form.split())) for form in longest)
    pattern = re.compile("|".join(rf"(?:(?<![^\W_])|(?<=[a-zäöüß])(?=[A-ZÄÖÜ])){form}(?![a-zäöüß])" for form in joined))
    by_words = {"".join(re.split(r"[\s_]+", form)): new for form, new in forms.items()}

    def hide(text: str) -> str:
        text = unicodedata.normalize("NFC", text)
        return pattern.sub(lambda m: by_words.get("".join(re.split(r"[\s_]+", m.group())), m.group()), text)

    return hide


def _document(source: pd.Series, hide: Any) -> dict[str, Any]:
    row = source.to_dict()
    for column in ("file", "date", "wave", "mode", "notation_evidence"):
        row[column] = hide(row[column])
    return row


def _speakers(
    labels: pd.DataFrame, names: Mapping[str, str], persons: Mapping[str, str], doc: Doc, consent_file: Path
) -> list[dict[str, Any]]:
    register = consent.load(consent_file)
    return [
        {
            "doc": r.doc, "speaker": names[r.label], "role": r.role, "confidence": r.confidence, "evidence": r.evidence,
            "turns": r.turns, "words": r.words, "case": persons.get(r.label, ""),
            "quotable": "yes" if register.quotable(doc, r.label) else "",
        }
        for r in labels.itertuples()
    ]  # fmt: skip
