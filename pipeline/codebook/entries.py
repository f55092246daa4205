"""The codebook's YAML as typed entries: codes, rules with their options, word lists. Shape only; meaning is checked apart."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from pipeline.schema import Number, Strict, Words, YesNo

WORD_KINDS = ("term", "lemma", "phrase", "compound", "near", "regex")
KINDS = (*WORD_KINDS, "pattern")
GROUPS = ("all", "any", "none")
DEFAULT_COUNTS = ("affirmed", "past", "reported")
UNITS = ("clause", "sentence", "turn")
WINDOWS = ("sentence", "turn", "answer")
# An option and the kinds of rules it belongs to; the others take part in every kind.
OPTIONS = {
    "gap": ("phrase",),
    "order": ("phrase",),
    "at": ("compound",),
    "window": ("near",),
}

Unit = Literal["clause", "sentence", "turn"]


def _window(value: Any) -> Any:
    text = str(value).strip()
    if text in WINDOWS or (text.isdigit() and 1 <= int(text) <= 100):
        return text
    raise ValueError("»window« braucht eine Zahl von 1 bis 100 oder eines von sentence, turn, answer.")


def _many(value: Any) -> Any:
    # `match:` with nothing below it is an empty list, and a single entry needs no dash.
    return [] if value in ("", None) else [value] if isinstance(value, (dict, str)) else value


def _sequences(value: Any) -> Any:
    # One sequence of words may stand without the second pair of brackets.
    steps = _many(value)
    return [steps] if isinstance(steps, list) and steps and all(isinstance(step, dict) for step in steps) else steps


class Example(Strict):
    text: str
    by: Literal["", "model"] = ""
    code: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value

    @field_validator("text")
    @classmethod
    def _unquoted(cls, text: str) -> str:
        # An example in quotation marks is quoted by the codebook, not by who speaks in it.
        inner = text.strip()
        return inner[1:-1].strip() if inner[:1] in "„»“\"" and inner[-1:] in "“«”\"" and len(inner) > 2 else text


class RuleEntry(Strict):
    """One item of `match`: one kind of rule with one or more patterns, or conditions over several rules, or both."""

    term: Words = ()
    lemma: Words = ()
    phrase: Words = ()
    compound: Words = ()
    near: Words = ()
    regex: Words = ()
    pattern: Annotated[tuple[tuple[dict[str, Any], ...], ...], BeforeValidator(_sequences)] = ()
    all_: Annotated[tuple[RuleEntry, ...], BeforeValidator(_many)] = Field(default=(), alias="all")
    any_: Annotated[tuple[RuleEntry, ...], BeforeValidator(_many)] = Field(default=(), alias="any")
    none_: Annotated[tuple[RuleEntry, ...], BeforeValidator(_many)] = Field(default=(), alias="none")
    within: Literal["clause", "sentence", "turn", "answer"] = "sentence"
    gap: int = Field(1, ge=0, le=10)
    order: Literal["", "fixed", "free"] = ""
    at: Literal["any", "head", "part"] = "any"
    window: Annotated[str, BeforeValidator(_window)] = "10"
    counts: Words | None = None
    otherwise: dict[str, str] | None = None
    only: dict[str, Words] = Field(default_factory=dict)
    except_: dict[str, Words] = Field(default_factory=dict, alias="except")
    weight: Number = Field(1.0, gt=0, le=100)
    unit: Unit | None = None

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: Any) -> Any:
        # `match: [Fest, "kein Raum"]`: what people type first is a word or a phrase.
        return {"phrase" if len(value.split()) > 1 else "term": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _fits_together(self) -> RuleEntry:
        used = [kind for kind in KINDS if getattr(self, kind)]
        if len(used) > 1 or not (used or self.all_ or self.any_):
            raise ValueError(f"Eine Regel braucht genau eines von {', '.join(KINDS)} mit mindestens einem Wort, oder »all« oder »any«.")
        for option, kinds in OPTIONS.items():
            if option in self.model_fields_set and used and used[0] not in kinds:
                raise ValueError(f"»{option}« gehört nur zu {' und '.join(f'»{kind}«' for kind in kinds)}.")
            if option in self.model_fields_set and not used:
                raise ValueError(f"»{option}« gehört nur zu {' und '.join(f'»{kind}«' for kind in kinds)}.")
        if "within" in self.model_fields_set and not (self.all_ or self.any_ or self.none_):
            raise ValueError("»within« gehört nur zu »all«, »any« und »none«.")
        return self

    @property
    def kind(self) -> str:
        """The kind of the entry's own patterns; `all` or `any` where it has only conditions."""
        return next((kind for kind in KINDS if getattr(self, kind)), "all" if self.all_ else "any")


class CodeEntry(Strict):
    id: str
    label: str
    definition: str = ""
    include: Words = ()
    exclude: Words = ()
    before: Words = ()
    counts: Words = DEFAULT_COUNTS
    otherwise: dict[str, str] = Field(default_factory=dict)
    unit: Unit = "sentence"
    needs: Number = Field(1.0, gt=0, le=100)
    only: dict[str, Words] = Field(default_factory=dict)
    except_: dict[str, Words] = Field(default_factory=dict, alias="except")
    through_children: YesNo = True
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()
    memo: str = ""
    color: str = ""
    since: str = "1"
    was: Words = ()
    match: Annotated[tuple[RuleEntry, ...], BeforeValidator(_many)] = ()
    children: tuple[CodeEntry, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _empty(cls, value: Any) -> Any:
        # `examples:` with nothing below it is an empty list, not an error.
        empty: dict[str, Any] = {"examples": [], "counterexamples": [], "children": [], "otherwise": {}, "only": {}, "except": {}}
        return {k: empty[k] if k in empty and v == "" else v for k, v in value.items()} if isinstance(value, dict) else value


class CodebookEntry(Strict):
    title: str = ""
    version: str = "1"
    include: Words = ()
    lists: dict[str, Words] = Field(default_factory=dict)
    codes: tuple[CodeEntry, ...]


class ListsEntry(Strict):
    """A file of word lists that codebooks share."""

    include: Words = ()
    lists: dict[str, Words] = Field(default_factory=dict)
