"""Stage 2, clean: the raw text of every turn -> a reading text, with every change and every sign kept beside it.

Nothing is lost: `changes` leads each character of the reading text back to the raw text, and pauses, laughter, gaps
and the like become rows of `annotations`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.notation import Mark, find_marks, languages, machine, rules
from pipeline.notation.signs import ANSWERS, HESITATION, MURMUR, STUMBLES
from pipeline.offsets import INSERTED, Draft, Edit, apply, changes, draft, forward

if TYPE_CHECKING:
    import pandas as pd

_ANSWERED = rf"(?!(?:[-_ ]{MURMUR})?\s{{0,2}}\((?:{'|'.join(ANSWERS)})\b)"
_FILLER = re.compile(
    rf"(?<![\w-])(?:{'|'.join(sorted(HESITATION, key=len, reverse=True))})(?![\w-]){_ANSWERED}[,;.…]?(?:\.\.)?", re.I
)
_STUMBLE = re.compile(r"(?<![\w-])(\w{2,6})((?:\s+\1)+)(?![\w-])", re.I)
# `die die dort wohnen` is German; three in a row are not.
ARTICLES = frozenset(["der", "die", "das", "den", "dem", "des", "dat"])
_BLANK = re.compile(r"[^\S\n]*\n\s*|[^\S\n]+")
_BEFORE_STOP = re.compile(r"(?<![^\S\n])[^\S\n]++(?=[,.;:!?](?:\s|$))")
_DOUBLE_STOP = re.compile(r"(?<=[.!?…])\s{0,9}\.(?![.\w])")
_COMMA_STOP = re.compile(r",(?=\s{0,9}[.!?](?:\s|$))")
_DOUBLE_COMMA = re.compile(r",(?:\s*,)+")


def each(
    sources: pd.DataFrame, turns_raw: pd.DataFrame, cues: pd.DataFrame, signs: pd.DataFrame, settings: SimpleNamespace
) -> dict[str, list[dict[str, Any]]]:
    """One interview's turns, cleaned by the rules of its notation."""
    notation, tool = sources[["notation", "tool"]].iloc[0].fillna("") if len(sources) else ("unknown", "")
    made_up = _machine(sources, turns_raw, cues, settings.clean.machine_text)
    known = _signs(signs)
    drop = (settings.clean.fillers == "drop", settings.clean.repetitions == "drop")
    results: dict[str, list[dict[str, Any]]] = {"turns_clean": [], "changes": [], "annotations": []}
    for row in turns_raw.itertuples():
        place = {"doc": row.doc, "turn": row.turn}
        work, marks = clean(row.text, notation, *drop, first=made_up.get(row.turn, []), tool=tool)
        made = changes(work)
        spans = [(c.start, c.end, c.new_start, c.new_end) for c in made]
        results["turns_clean"].append({**place, "text": work.text})
        results["changes"] += [
            {
                **place, "rule": c.rule, "raw_start": c.start, "raw_end": c.end, "clean_start": c.new_start,
                "clean_end": c.new_end, "before": c.before, "after": c.after,
            }
            for c in made
        ]  # fmt: skip
        for mark in [*marks, *known.get(row.turn, []), *languages.find(row.text)]:
            start, end = forward(spans, mark.start, mark.end)
            results["annotations"].append(
                {
                    **place, "type": mark.type, "value": mark.value, "raw_start": mark.start, "raw_end": mark.end,
                    "clean_start": start, "clean_end": end,
                }
            )  # fmt: skip
    key = ("turn", "raw_start", "raw_end", "type")
    results["annotations"] = list({tuple(row[k] for k in key): row for row in results["annotations"]}.values())
    return results


def _machine(sources: pd.DataFrame, turns_raw: pd.DataFrame, cues: pd.DataFrame, policy: str) -> dict[int, list[Mark]]:
    """What a speech recogniser made up, by turn: judged on whole cues, in texts without cues only noted."""
    found: dict[int, list[Mark]] = {}
    if policy == "keep" or not len(sources):
        return found
    by_machine = sources["format"].iloc[0] in machine.FORMATS or sources["tool"].iloc[0] in machine.PROGRAMS
    if len(cues) and by_machine:
        texts = dict(zip(turns_raw["turn"], turns_raw["text"], strict=True))
        pieces = [
            machine.Piece(c.turn, c.start, c.end, texts[c.turn][c.start : c.end], _time(c.t_start), _time(c.t_end), c.doubt == "yes")
            for c in cues.itertuples()
        ]  # fmt: skip
        for turn, mark in machine.find(pieces, policy == "drop"):
            found.setdefault(turn, []).append(mark)
    elif not len(cues):
        for row in turns_raw.itertuples():
            marks = machine.flagged(row.text)
            found |= {row.turn: marks} if marks else {}
    return found


def _time(value: float) -> float | None:
    return None if value != value else value  # NaN is the table's way to say that there is none


def _signs(signs: pd.DataFrame) -> dict[int, list[Mark]]:
    found: dict[int, list[Mark]] = {}
    for row in signs.itertuples():
        found.setdefault(row.turn, []).append(Mark(row.start, row.end, row.type, row.value, None))
    return found


def clean(
    text: str,
    notation: str,
    drop_fillers: bool = True,
    drop_repetitions: bool = True,
    first: Sequence[Mark] = (),
    tool: str = "",
) -> tuple[Draft, list[Mark]]:
    """A turn's reading text as a draft that remembers where it came from, and the signs that were found.

    Marks in `first` win over all signs that touch them. `tool` is the program that wrote the text, '' where unknown.

    >>> clean("Ja, äh (...) das war SCHLIMM (lacht). #00:00:41-0#", "dresing-pehl")[0].text
    'Ja, das war schlimm.'
    """
    marks = find_marks(text, rules(notation, tool))
    marks = [
        _spoken(m, text) for m in marks if all(m.end <= f.start or m.start >= f.end for f in first if f.text == "")
    ]
    marks = sorted([*first, *marks], key=lambda m: (m.start, m.end))
    work = apply(draft(text), [edit for mark in marks for edit in _edits(mark)])
    extra: list[Mark] = []
    if drop_repetitions:
        work = _apply_marked(work, _stumbles(work.text), extra)
    if drop_fillers:
        work = _apply_marked(work, _fillers(work.text), extra)
    return tidy(work), sorted([*marks, *extra], key=lambda m: (m.start, m.end, m.type))


def _spoken(mark: Mark, text: str) -> Mark:
    """A listener's signal that is the whole turn is that person's answer: its words are kept."""
    if mark.text != "" or ":" in mark.value:
        return mark  # its words stay anyway, or a label says that they are another's
    # Only a short turn can be nothing but a signal; a long one is not looked through for each of its marks.
    if (
        mark.type != "backchannel"
        or len(text) > mark.end - mark.start + 60
        or re.search(r"\w", text[: mark.start] + re.sub(r"#[\d:-]+#", "", text[mark.end :]))
    ):
        return mark
    start = text.find(mark.value, mark.start, mark.end)
    return (
        Mark(mark.start, mark.end, mark.type, mark.value, None, (start, start + len(mark.value)))
        if start >= 0
        else mark
    )


def _edits(mark: Mark) -> list[Edit]:
    if mark.keep:
        inner_start, inner_end = mark.keep
        return [Edit(mark.start, inner_start, "", mark.type), Edit(inner_end, mark.end, "", mark.type)]
    return [] if mark.text is None else [Edit(mark.start, mark.end, mark.text, mark.type)]


def _apply_marked(work: Draft, edits: list[Edit], marks: list[Mark]) -> Draft:
    """Apply edits and note each as a sign at its place in the raw text."""
    for edit in edits:
        places = [i for i in work.source[edit.start : edit.end] if i >= 0]
        if places:
            marks.append(Mark(places[0], places[-1] + 1, edit.rule, work.text[edit.start : edit.end].strip()))
    return apply(work, edits)


def _fillers(text: str) -> list[Edit]:
    found = list(_FILLER.finditer(text))
    rest = _FILLER.sub("", text)
    if not re.search(r"\w", rest):
        return []  # the hesitation is the whole answer
    return [Edit(m.start(), _filler_end(m, text), "", "filler") for m in found]


def _filler_end(match: re.Match[str], text: str) -> int:
    # Inside a sentence the comma behind the filler goes with it; a full stop that ends other words stays.
    before = text[: match.start()].rstrip()[-1:]
    ends_sentence = match.group()[-1] in ".…" and before not in ("", ".", "!", "?", "…", ":")
    return match.end() - 1 if ends_sentence else match.end()


def _stumbles(text: str) -> list[Edit]:
    return [
        Edit(m.start(2), m.end(2), "", "repetition")
        for m in _STUMBLE.finditer(text)
        if "\n" not in m.group(2)
        and (m.group(1).lower() in STUMBLES or (m.group(1).lower() in ARTICLES and len(m.group(2).split()) > 1))
    ]


def tidy(work: Draft) -> Draft:
    """Blanks, commas and stops that dropped signs leave behind; line ends stay where a paragraph ends."""
    work = apply(work, [Edit(m.start(), m.end(), ",", "comma") for m in _DOUBLE_COMMA.finditer(work.text)])
    stops = [
        Edit(m.start(), m.end(), "", "stop")
        for pattern in (_DOUBLE_STOP, _COMMA_STOP)
        for m in pattern.finditer(work.text)
        if _closed_up(work, m)
    ]
    work = apply(work, stops)
    work = apply(work, [Edit(m.start(), m.end(), "", "blank") for m in _BEFORE_STOP.finditer(work.text)])
    edits = []
    for match in _BLANK.finditer(work.text):
        wanted = _blank(match, work.text)
        if match.group() != wanted:
            edits.append(Edit(match.start(), match.end(), wanted, "blank"))
    return apply(work, edits)


def _closed_up(work: Draft, match: re.Match[str]) -> bool:
    """Whether something that was said or noted stood between two stops: `Ja. (lacht).`, not the dots of `na ja ..`."""
    first = match.start() if match.group() == "," else match.start() - 1
    behind = match.end() - (match.group() != ",")
    while work.text[behind].isspace():
        behind += 1
    before, after = work.source[first], work.source[behind]
    # A comma that is new stands for several.
    return before == INSERTED or (before < after and bool(work.original[before + 1 : after].strip()))


def _blank(match: re.Match[str], text: str) -> str:
    if match.start() == 0 or match.end() == len(text):
        return ""
    if "\n" not in match.group():
        return " "
    # A line that ends within a sentence was broken by the page, not by the speaker.
    before, after = text[match.start() - 1], text[match.end()]
    return " " if after.islower() and before not in ".!?…:" else "\n"
