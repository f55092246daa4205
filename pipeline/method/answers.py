"""`method.yaml`: what only people can say of a study's method -> frozen objects. A missing file leaves everything open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from pipeline.method import checklists
from pipeline.problems import Lined, Problem, Stop, did_you_mean, parse_yaml, read_yaml
from pipeline.schema import Strict, Words, build

NAME = "method.yaml"
LONGEST = 6000  # signs of one answer


def _nothing(value: Any) -> Any:
    return {} if value is None or value == "" else value


def _rows(value: Any) -> Any:
    return [] if value is None or value == "" else [value] if isinstance(value, dict) else value


def _short(text: str) -> str:
    if len(text) > LONGEST:
        raise ValueError(f"Dieser Text ist zu lang: höchstens {LONGEST} Zeichen, hier sind es {len(text)}.")
    return text


Text = Annotated[str, AfterValidator(_short)]
Answers = Annotated[dict[str, Text], BeforeValidator(_nothing)]


class Member(Strict):
    """Somebody of the team: by name or abbreviation, as the report is to show it."""

    name: Text = ""
    role: Text = ""
    qualification: Text = ""


class Interviewer(Strict):
    """Somebody who asked. `short` is the abbreviation that stands in the transcripts (cases, column `interviewer`)."""

    short: Text
    languages: Words = ()
    qualification: Text = ""
    relation: Text = ""


class Positionality(Strict):
    client: Text = ""
    institute: Text = ""
    funding: Text = ""
    paid_for: Text = ""
    question: Text = ""
    team: Annotated[tuple[Member, ...], BeforeValidator(_rows)] = ()
    interviewers: Annotated[tuple[Interviewer, ...], BeforeValidator(_rows)] = ()
    relation: Text = ""
    nomination: Text = ""
    interests: Text = ""
    effect: Text = ""
    ethics: Text = ""
    data_protection: Text = ""


class Transcription(Strict):
    rules: Text = ""
    by: Text = ""
    software: Text = ""
    checked: Text = ""
    returned: Text = ""


class Decision(Strict):
    what: Text
    why: Text = ""
    date: Text = ""


class Checklists(Strict):
    """List -> number of an item -> answer."""

    coreq: Answers = Field(default_factory=dict)
    srqr: Answers = Field(default_factory=dict)
    steinke: Answers = Field(default_factory=dict)
    mayring: Answers = Field(default_factory=dict)
    kuckartz: Answers = Field(default_factory=dict)
    struebing: Answers = Field(default_factory=dict)


class MethodFile(Strict):
    """The whole file. Empty text means that nobody has answered yet."""

    positionality: Annotated[Positionality, BeforeValidator(_nothing)] = Positionality()
    transcription: Annotated[Transcription, BeforeValidator(_nothing)] = Transcription()
    decisions: Annotated[tuple[Decision, ...], BeforeValidator(_rows)] = ()
    checklists: Annotated[Checklists, BeforeValidator(_nothing)] = Checklists()

    def said(self, place: str) -> str:
        """What people wrote at a place such as `positionality.funding` or `positionality.team.qualification`; empty where nothing stands there."""
        section, _, rest = place.partition(".")
        key, _, field = rest.partition(".")
        value = getattr(getattr(self, section), key)
        return value if isinstance(value, str) else "; ".join(words for one in value if (words := _words(one, field)))

    def told(self) -> list[str]:
        """Places at which people wrote something, such as `positionality.funding` or `coreq.13`, in the file's order."""
        found = [f"{section}.{key}" for section in ("positionality", "transcription") for key, value in getattr(self, section) if value]
        found += ["decisions"] if self.decisions else []
        return found + [f"{name}.{number}" for name, answers in self.checklists for number, text in answers.items() if text]

    def answer(self, checklist: str, number: str) -> str:
        """The answer to an item of a checklist; empty where it is open."""
        answers: dict[str, str] = getattr(self.checklists, checklist)
        return answers.get(number, "")


def _words(one: Member | Interviewer, field: str) -> str:
    """An entry in a line, or one field of it behind who it is; empty where that field is."""
    who = one.name if isinstance(one, Member) else one.short
    if field:
        value = getattr(one, field)
        return f"{who}: {value}" if value and who else value
    parts = (one.role, one.qualification) if isinstance(one, Member) else (", ".join(one.languages), one.qualification, one.relation)
    return f"{who} ({', '.join(told)})" if (told := [text for text in parts if text]) else who


def load(path: Path) -> MethodFile:
    """The file's content; a missing or empty one says nothing. Raises `Stop` with all problems, file and line."""
    return checked(read_yaml(path)) if path.is_file() else MethodFile()


def parse(text: str, name: str = NAME) -> MethodFile:
    """See `load`.

    >>> parse("checklists:\\n  coreq:\\n    13: Drei sagten ab.\\n").answer("coreq", "13")
    'Drei sagten ab.'
    """
    return checked(parse_yaml(text, name))


def checked(lined: Lined) -> MethodFile:
    """The content of a file that was read. Raises `Stop`."""
    if not lined.data:
        return MethodFile()
    file = build(MethodFile, lined)
    problems = [*_items(file, lined), *_twice(file, lined)]
    if problems:
        raise Stop(problems)
    return file


def _items(file: MethodFile, lined: Lined) -> Iterator[Problem]:
    """Answers to items that a checklist does not have."""
    for one in checklists.load():
        numbers = [item.number for item in one.items]
        for number in getattr(file.checklists, one.id):
            if number not in numbers:
                what = f"»{one.id}« hat keinen Punkt »{number[:20]}«."
                hint = did_you_mean(number, numbers) or f"Die Punkte gehen von {numbers[0]} bis {numbers[-1]}."
                yield lined.problem(("checklists", one.id, number), what, hint)


def _twice(file: MethodFile, lined: Lined) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for at, one in enumerate(file.positionality.interviewers):
        line = lined.line(("positionality", "interviewers", at))
        if one.short in seen:
            yield lined.problem(("positionality", "interviewers", at), f"»{one.short}« steht schon in Zeile {seen[one.short]}.", "Bitte zusammenfassen.")
        seen.setdefault(one.short, line)
