"""Training sentences that people wrote: anchor files, and the codebook's own definitions, examples and counter-examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.codebook import Codebook
from pipeline.guide import Guide
from pipeline.lists import ANCHORS, read_list
from pipeline.places import folder_files
from pipeline.problems import Problem, Stop, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

DEFINITION, EXAMPLE, COUNTEREXAMPLE, ANCHOR = "definition", "example", "counterexample", "anchor"
WORDING = "wording"  # of a question of the guide: compared with, not learnt from
SEPARATOR = ";"  # between several codes of one sentence
ALL, BUT, SOME = "all", "all but ", "some"  # what is known of a sentence: every code, every code but these, or only those that it has


def known_but(unknown: Sequence[str]) -> str:
    """The column `known` of a sentence that was read for all codes but some.

    >>> known_but([]), known_but(["A", "B"])
    ('all', 'all but A;B')
    """
    return BUT + SEPARATOR.join(unknown) if unknown else ALL


def unknown_of(known: str) -> tuple[str, ...] | None:
    """The codes of which a sentence says nothing, by its column `known`; None where it was not read for all.

    >>> unknown_of("all"), unknown_of("all but A;B"), unknown_of("some")
    ((), ('A', 'B'), None)
    """
    if known.startswith(BUT):
        return tuple(known.removeprefix(BUT).split(SEPARATOR))
    return () if known == ALL else None
NO_WORDS = "keine Wörter"


class Sentence(NamedTuple):
    """One training text. `codes` may be empty: a sentence without any code. `why` says why it is not used; empty where it is.

    `under`: the version of the category system (a code's `since`) that it was coded under; of codes that came later nothing is known.
    """

    kind: str
    codes: tuple[str, ...]
    text: str
    variety: str
    source: str
    file: str
    line: int
    why: str = ""
    under: str = ""


def gather(book: Codebook, folder: Path) -> list[Sentence]:
    """All training sentences of a study in fixed order: of the codebook in its order, then of the files by name and line.

    The same words with the same codes count once. Raises `Stop` with the problems of all files.
    """
    known = book.by_id()
    found = [*_of_codebook(book), *_of_files(folder, tuple(known), book.renamed())]
    seen: dict[tuple[tuple[str, ...], str], Sentence] = {}
    result = []
    for one in found:
        key = one.codes, folded(one.text)
        if one.kind == DEFINITION:
            result.append(one)
        elif not key[1]:
            result.append(one._replace(why=NO_WORDS))
        elif key in seen:
            first = seen[key]
            result.append(one._replace(why=f"steht schon in {first.file}, Zeile {first.line}"))
        else:
            seen[key] = one
            result.append(one)
    return result


def taught(anchors: pd.DataFrame) -> pd.Series:
    """Which rows of the table `anchors` are learnt from: definitions and wordings are compared with only."""
    return (anchors["used"] == "yes") & (anchors["kind"] != DEFINITION)


def wordings(book: Guide) -> list[Sentence]:
    """The wordings of the guide's questions, `codes` being the question's id."""
    why = "Wortlaut einer Frage"
    return [Sentence(WORDING, (q.id,), text, "", "", "guide.yaml", 0, why) for q in book.questions for text in (q.text, *q.wordings)]


def folded(text: str) -> str:
    """A text as it is compared: letters and figures alone, in lower case.

    >>> folded("Da, sagt er, ist »nix«!") == folded("da sagt er ist nix")
    True
    """
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def _of_codebook(book: Codebook) -> Iterator[Sentence]:
    for code in book.codes:
        entry = code.entry
        if not code.coded:
            continue
        told = ". ".join(t.rstrip(". ") for t in (entry.label, entry.definition) if t)
        yield Sentence(DEFINITION, (code.id,), told, "", "Codebuch", "codebook.yaml", code.line)
        for number, example in enumerate(entry.examples):
            line = code.line_of("examples", number)
            yield Sentence(EXAMPLE, (code.id,), example.text, "", "Codebuch", "codebook.yaml", line)
        for number, example in enumerate(entry.counterexamples):
            codes = (example.code,) if example.code else ()
            line = code.line_of("counterexamples", number)
            # Without a code it says only what the sentence is not: then it is no sentence without any code either.
            if example.code is not None:
                codes = () if example.code in ("", "null") else codes
                yield Sentence(COUNTEREXAMPLE, codes, example.text, "", "Codebuch", "codebook.yaml", line)


def _of_files(folder: Path, known: tuple[str, ...], renamed: Mapping[str, str]) -> Iterator[Sentence]:
    problems: list[Problem] = []
    found: list[Sentence] = []
    for path in folder_files(folder):
        try:
            rows = read_list(path, replace(ANCHORS, name=f"{folder.name}/{path.name}"))
        except Stop as stop:
            problems += stop.problems
            continue
        for row in rows:
            codes = tuple(c for c in (part.strip() for part in row["codes"].replace("|", SEPARATOR).split(SEPARATOR)) if c)
            codes = tuple(renamed.get(code, code) for code in codes)
            name, line = f"{folder.name}/{path.name}", int(row["line"])
            problems += _unknown(codes, known, name, line)
            text = " ".join(row["text"].split())
            found.append(Sentence(ANCHOR, tuple(dict.fromkeys(codes)), text, row.get("variety", ""), row.get("source", ""), name, line, "", row.get("under", "")))
    if problems:
        raise Stop(problems)
    yield from found


def _unknown(codes: Iterable[str], known: tuple[str, ...], file: str, line: int) -> Iterator[Problem]:
    for code in codes:
        if code not in known:
            hint = "Mehrere Kategorien werden mit Semikolon getrennt." if "," in code else did_you_mean(code, known)
            hint = hint or "Bitte die Kennung aus dem Codebuch nehmen; ohne Kategorie bleibt das Feld leer."
            yield Problem(file, line, f"Die Kategorie »{code}« steht nicht im Codebuch.", hint)
