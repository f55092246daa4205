"""A labelled set of edits: interviews built of the demo's anchor sentences, decisions on them, and what hands do to transcripts later.

Every letter keeps its number through an edit, so that where a passage stands afterwards is known and not judged.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random

from pipeline.anchoring.rows import Now

ANCHORS = Path(__file__).parent.parent / "codebooks" / "demo" / "anchors" / "gespraeche.csv"
SHORT_TURNS = ("Ja.", "Ja, genau.", "Nee, eigentlich nicht.", "Mhm. Ja.", "Das stimmt.", "Weiß ich nicht.", "Kann man so sagen.")
ASKED = ("Und wie war das bei Ihnen?", "Können Sie ein Beispiel nennen?", "Was hätten Sie gebraucht?", "Wie ging das weiter?", "Mit wem sprechen Sie darüber?")
FILLERS = ("äh", "also", "(lacht)", "ja", "halt", "[unv.]", "sozusagen", "eben", "(.)", "irgendwie")
NAMES = ("Frau Wegener", "Herr Demir", "Person_3", "Nordhausen", "Frau Aydin", "[Ort]")
Letter = tuple[str, int]  # a sign, and its number in the interview as it was; -1 for a new one


@dataclass
class Turn:
    letters: list[Letter]
    spoken: bool = True

    @property
    def text(self) -> str:
        return "".join(sign for sign, _ in self.letters)


@dataclass
class Edited:
    """An interview as it was and as it is: `rows` decisions made before, `now` what is there today, `truth` row id -> (turn, start, end), or
    None where most of the passage is gone or parted between turns; `kind` row id -> what was done to its turn."""

    rows: list[dict[str, str]]
    now: Now
    truth: dict[str, tuple[int, int, int] | None]
    kind: dict[str, str] = field(default_factory=dict)


def interviews() -> list[list[str]]:
    """The sentences of each constructed conversation, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    with ANCHORS.open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle):
            found[row["source"]].append(row["text"])
    return [found[name] for name in sorted(found)]


def turns(sentences: list[str], dice: Random) -> list[Turn]:
    """Questions and answers of one to seven sentences, some of them said twice, some answers a word or two."""
    made: list[Turn] = []
    number = at = 0

    def said(text: str, spoken: bool) -> None:
        nonlocal number
        made.append(Turn([(sign, number + n) for n, sign in enumerate(text)], spoken))
        number += len(text)

    while at < len(sentences):
        said(dice.choice(ASKED) if dice.random() < 0.8 else f"Sie sagten: {sentences[max(0, at - 1)]}", False)
        if dice.random() < 0.12:
            said(dice.choice(SHORT_TURNS), True)
            continue
        size = dice.randint(1, 7)
        part = sentences[at : at + size]
        if at > 20 and dice.random() < 0.15:
            part.insert(dice.randint(0, len(part)), sentences[dice.randint(0, at - 1)])
        said(" ".join(part), True)
        at += size
    return made


def passages(turn: Turn, dice: Random) -> list[tuple[int, int]]:
    """Spans that somebody may have coded: sentences, several of them, parts of one, whole turns."""
    text = turn.text
    words = [n for n in range(len(text)) if text[n] != " " and (n == 0 or text[n - 1] == " ")]
    ends = {n: (text.find(" ", n) if text.find(" ", n) > 0 else len(text)) for n in words}
    stops = [0, *(n for n in words if n and text[n - 2 : n - 1] in ".?!")]
    sentences = [(a, b - 1 if b < len(text) else b) for a, b in zip(stops, [*stops[1:], len(text)], strict=True)]
    found = []
    for _ in range(dice.randint(1, 4)):
        kind = dice.random()
        if kind < 0.5:
            found.append(dice.choice(sentences))
        elif kind < 0.7:
            first = dice.randrange(len(sentences))
            found.append((sentences[first][0], sentences[min(len(sentences) - 1, first + dice.randint(1, 2))][1]))
        elif kind < 0.95:
            size = dice.randint(2, 12)
            first = dice.randrange(max(1, len(words) - size))
            found.append((words[first], ends[words[min(len(words) - 1, first + size - 1)]]))
        else:
            found.append((0, len(text)))
    return sorted(set(found))


def typos(turn: Turn, dice: Random) -> list[Turn]:
    made: list[Letter] = []
    for letter in turn.letters:
        chance = dice.random()
        if chance < 0.008 and letter[0].isalpha():
            continue
        made.append((dice.choice("enirtas"), letter[1]) if chance > 0.99 and letter[0].isalpha() else letter)
        if 0.5 < chance < 0.504:
            made.append((dice.choice("enirtas"), -1))
    return [Turn(made)]


def _by_words(turn: Turn) -> list[list[Letter]]:
    words: list[list[Letter]] = [[]]
    for letter in turn.letters:
        words[-1].append(letter)
        if letter[0] == " ":
            words.append([])
    return [word for word in words if word]


def _new(text: str) -> list[Letter]:
    return [(sign, -1) for sign in text]


def _joined(words: list[list[Letter]]) -> list[Turn]:
    return [Turn([letter for word in words for letter in word])]


def insertions(turn: Turn, dice: Random) -> list[Turn]:
    return _joined([part for word in _by_words(turn) for part in ([_new(dice.choice(FILLERS) + " ")] if dice.random() < 0.1 else []) + [word]])


def deletions(turn: Turn, dice: Random) -> list[Turn]:
    words = _by_words(turn)
    return _joined([word for word in words if dice.random() > 0.08] or words[:1])


def pseudonyms(turn: Turn, dice: Random) -> list[Turn]:
    """A name or noun is another one now: words that begin with a capital letter."""
    return _joined([_new(dice.choice(NAMES) + " ") if word[0][0].isupper() and dice.random() < 0.2 else word for word in _by_words(turn)])


def sentence_put_in(turn: Turn, dice: Random) -> list[Turn]:
    words = _by_words(turn)
    at = dice.choice([n for n in range(len(words) + 1) if n in (0, len(words)) or words[n - 1][-2:][0][0] in ".?!"])
    gap = _new(" ") if at == len(words) else []
    return _joined([*words[:at], gap, _new("Das hatten wir beim ersten Abhören überhört. "), *words[at:]])


def sentence_taken_out(turn: Turn, dice: Random) -> list[Turn]:
    text = turn.text
    stops = [0, *(n + 2 for n in range(len(text) - 2) if text[n] in ".?!" and text[n + 1] == " "), len(text)]
    at = dice.randrange(len(stops) - 1)
    left = turn.letters[: stops[at]] + turn.letters[stops[at + 1] :]
    return [Turn(left)] if left else [Turn(_new("(unverständlich)"))]


def parted(turn: Turn, dice: Random) -> list[Turn]:
    """Cut in two, with a question between that was not heard before."""
    words = _by_words(turn)
    if len(words) < 4:
        return typos(turn, dice)
    stops = [n for n in range(1, len(words)) if words[n - 1][-2:][0][0] in ".?!"]
    at = dice.choice(stops) if stops and dice.random() < 0.8 else dice.randrange(1, len(words))
    first, second = _joined(words[:at])[0], _joined(words[at:])[0]
    return [Turn(first.letters[:-1]), Turn(_new("Mhm."), False), second]


def rewritten(turn: Turn, dice: Random) -> list[Turn]:
    return [Turn(_new(f"({dice.choice(('Es', 'Sie', 'Man'))} erzählt von {dice.choice(('der Arbeit', 'früher', 'den Kindern'))}, nicht transkribiert.)"))]


def several(turn: Turn, dice: Random) -> list[Turn]:
    (one,) = typos(turn, dice)
    (one,) = insertions(one, dice)
    return parted(one, dice) if dice.random() < 0.3 else deletions(one, dice)


KINDS = {
    "typos": typos, "insertions": insertions, "deletions": deletions, "pseudonyms": pseudonyms, "sentence in": sentence_put_in,
    "sentence out": sentence_taken_out, "parted": parted, "rewritten": rewritten, "several": several,
}  # fmt: skip
WEIGHTS = (5, 4, 3, 3, 2, 2, 3, 0.5, 3)


def edited(doc: str, sentences: list[str], dice: Random, share: float = 0.3, beside: float = 0.5) -> Edited:
    """An interview with decisions, and what became of it: `share` of its turns edited, `beside` of the rows with what stood around them."""
    then = turns(sentences, dice)
    numbers: dict[str, set[int]] = {}
    rows: list[dict[str, str]] = []
    spans: list[tuple[int, str]] = []
    for place, turn in enumerate(then):
        for start, end in passages(turn, dice) if turn.spoken and dice.random() < 0.8 else ():
            name, known = f"{doc}-{len(rows)}", dice.random() < beside
            rows.append(
                {
                    "decision": name, "doc": doc, "raw_sha256": _hash(turn.text), "raw_start": str(start), "raw_end": str(end), "code": "A", "coder": "mk",
                    "date": "2026-06-02", "quote": turn.text[start:end], "before": turn.text[max(0, start - 60) : start] if known else "",
                    "after": turn.text[end : end + 60] if known else "",
                }
            )  # fmt: skip
            numbers[name] = {number for _, number in turn.letters[start:end]}
            spans.append((place, name))
    today, kinds = _hands(then, dice, share)
    truth = {name: _where(numbers[name], today) for _, name in spans}
    return Edited(rows, _now(today), truth, {name: kinds.get(place, "") for place, name in spans})


def _hands(then: list[Turn], dice: Random, share: float) -> tuple[list[Turn], dict[int, str]]:
    """What several hands make of the turns; a turn may be joined with the answer behind the next question."""
    today: list[Turn] = []
    kinds: dict[int, str] = {}
    skip = 0
    for place, turn in enumerate(then):
        if skip:
            skip -= 1
            continue
        if not turn.spoken or dice.random() > share:
            today.append(turn)
        elif dice.random() < 0.08 and place + 2 < len(then) and then[place + 2].spoken:
            today.append(Turn([*turn.letters, (" ", -1), *then[place + 2].letters]))
            kinds[place] = kinds[place + 2] = "joined"
            skip = 2
        elif dice.random() < 0.04:
            kinds[place] = "gone"
        else:
            kinds[place] = dice.choices(list(KINDS), WEIGHTS)[0]
            today += KINDS[kinds[place]](turn, dice)
    return today, kinds


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _now(today: list[Turn]) -> Now:
    made = Now({}, {}, {}, set())
    for number, turn in enumerate(today, 1):
        made.texts[number], made.lengths[number] = turn.text, len(turn.text)
        made.hashes.setdefault(_hash(turn.text), []).append(number)
        if turn.spoken:
            made.spoken.add(number)
    return made


def _where(mine: set[int], today: list[Turn]) -> tuple[int, int, int] | None:
    """Where most of a passage's letters stand; None where fewer than seven in ten stand in one turn."""
    for number, turn in enumerate(today, 1):
        places = [n for n, (_, letter) in enumerate(turn.letters) if letter in mine]
        if len(places) >= 0.7 * len(mine):
            return number, places[0], places[-1] + 1
    return None
