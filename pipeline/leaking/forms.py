"""The forms of names that must not be seen, with what they are looked up by: their words and near spellings, never one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from pipeline.leaking.spelling import bare, folded, variants, within_one

NEAR_FROM = 6  # letters, from which on a form one letter off is looked for
_COMPACT_FROM = 8  # figures, from which on a number is looked for in any writing
_BARE_FIGURES = 4  # a number of so few figures says nothing by itself


@dataclass(frozen=True)
class Original:
    """A form that stood in a transcript and is replaced: its kind, whether it is a common word too (`Sommer`), the
    titles it stood with, and the id of the person, place … it means."""

    form: str
    kind: str
    wordlike: bool
    titles: tuple[str, ...]
    entity: str


@dataclass
class Forms:
    """Originals with what they are looked up by. Keys are folded words."""

    originals: tuple[Original, ...]
    words: list[tuple[str, ...]] = field(default_factory=list)  # folded words of each form
    first: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))  # longest first
    near: dict[str, tuple[int, str]] = field(default_factory=dict)
    plain: dict[str, int] = field(default_factory=dict)  # forms of one word without marks on letters
    halves: dict[tuple[int, bool, str], list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))
    lengths: set[int] = field(default_factory=set)
    figures: dict[str, int] = field(default_factory=dict)
    figure_lengths: list[int] = field(default_factory=list)
    single: set[str] = field(default_factory=set)  # forms of one word that is no common one
    single_lengths: set[int] = field(default_factory=set)
    quiet: Set[str] = frozenset()  # folded words of replacements: never near
    # What was found out of a word of a text, by whether its text is written without capitals: a word is looked up once.
    known: dict[bool, dict[str, tuple[str, int, str] | None]] = field(default_factory=lambda: {True: {}, False: {}})
    together: dict[str, bool] = field(default_factory=dict)  # whether a long word is made of a form and a common word


def index(originals: Sequence[Original], quiet: Set[str] = frozenset()) -> Forms:
    """Forms to be looked up. `quiet`: folded words of replacements, which are never taken for near forms."""
    forms = Forms(tuple(originals), quiet=quiet)
    for number, original in enumerate(originals):
        words = folded(original.form)
        forms.words.append(words)
        if not words or (len(words) == 1 and (len(words[0]) < 2 or _bare_figures(words[0]))):
            continue
        forms.first[words[0]].append(number)
        figures = "".join(sign for sign in original.form if sign.isdecimal())
        if len(figures) >= _COMPACT_FROM and len(figures) * 2 > len("".join(words)):
            forms.figures.setdefault(figures, number)
            forms.figure_lengths = sorted({*forms.figure_lengths, len(figures)})
        if len(words) == 1 and not original.wordlike and not any(map(str.isdecimal, words[0])):
            _index_near(forms, words[0], number)
        elif len(words) > 1 and figures and not original.wordlike:
            forms.near.setdefault("".join(words), (number, "compact"))
    for numbers in forms.first.values():
        numbers.sort(key=lambda n: (-len(forms.words[n]), n))
    return forms


def _bare_figures(word: str) -> bool:
    return word.isdecimal() and len(word) <= _BARE_FIGURES


def _index_near(forms: Forms, word: str, number: int) -> None:
    if len(word) < 4:
        return
    for variant, rule in variants(word).items():
        forms.near.setdefault(variant, (number, rule))
    forms.single.add(word)
    forms.single_lengths.add(len(word))
    forms.plain.setdefault(bare(word), number)
    if len(word) >= NEAR_FROM:
        # With one letter off, the first or the second half is whole.
        half = len(word) // 2
        forms.lengths.add(len(word))
        forms.halves[len(word), True, word[:half]].append((word, number))
        forms.halves[len(word), False, word[half:]].append((word, number))


def one_off(forms: Forms, word: str) -> int:
    """The number of a form that is one letter off and begins alike, or -1."""
    long = len(word)
    for length in (long, long - 1, long + 1):
        if length not in forms.lengths:
            continue
        half = length // 2
        for near in (
            forms.halves.get((length, True, word[:half])),
            forms.halves.get((length, False, word[half - length :])),
        ):
            for form, number in near or ():
                if form[0] == word[0] and within_one(form, word):
                    return number
    return -1
