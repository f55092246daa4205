"""From lined YAML to validated, frozen objects: pydantic checks, and every error becomes a `Problem` with its line."""

from __future__ import annotations

import types
import typing
import unicodedata
from collections.abc import Iterable
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from pipeline.problems import Lined, Problem, Stop, did_you_mean

Model = TypeVar("Model", bound=BaseModel)

_YES = {"ja": True, "yes": True, "true": True, "an": True, "nein": False, "no": False, "false": False, "aus": False}


def _yes_or_no(value: Any) -> Any:
    return _YES.get(value.strip().lower(), value) if isinstance(value, str) else value


def _as_list(value: Any) -> Any:
    # A single word where a list may stand is what people type first.
    if value is None or value == "":
        return []
    return [value] if isinstance(value, (str, dict)) else value


def _point(value: Any) -> Any:
    # 0,5 is how a number is written in German.
    return value.strip().replace(",", ".") if isinstance(value, str) and value.count(",") == 1 else value


Number = Annotated[float, BeforeValidator(_point)]
YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]
Words = Annotated[tuple[str, ...], BeforeValidator(_as_list)]


class Strict(BaseModel):
    """Base of all models that read researchers' files: frozen, no unknown keys, fields may be given by alias."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, str_strip_whitespace=True)


def build(model: type[Model], lined: Lined) -> Model:
    """The validated object, or `Stop` with all problems, each with file and line."""
    if not isinstance(lined.data, dict):
        raise Stop(lined.problem((), "Hier werden Schlüssel erwartet (»name: wert«)."))
    try:
        return model.model_validate(lined.data)
    except ValidationError as error:
        raise Stop(list(_problems(model, lined, error))) from error


def _problems(model: type[BaseModel], lined: Lined, error: ValidationError) -> Iterable[Problem]:
    for fault in sorted(error.errors(), key=lambda e: lined.line(_path(e["loc"]))):
        path = _path(fault["loc"])
        what, hint = _words(fault, path, model)
        yield lined.problem(path, what, hint)


def _path(location: Iterable[int | str]) -> tuple[int | str, ...]:
    # pydantic adds names of validators in brackets; only keys and positions are places in the file.
    return tuple(step for step in location if isinstance(step, int) or "[" not in step)


def _words(fault: Any, path: tuple[int | str, ...], model: type[BaseModel]) -> tuple[str, str]:
    kind, given, last = fault["type"], fault.get("input"), path[-1] if path else ""
    if isinstance(last, int):  # an entry of a list has no name of its own
        last = f"Eintrag {last + 1}" + (f" von {path[-2]}" if len(path) > 1 else "")
    shown = f"»{str(given)[:60]}«"
    if kind == "extra_forbidden":
        return f"Unbekannter Schlüssel »{last}«.", did_you_mean(str(last), _fields(model, path[:-1]))
    if kind == "missing":
        return f"Hier fehlt »{last}«.", ""
    if kind.startswith("int"):
        return f"»{last}« braucht eine ganze Zahl, da steht {shown}.", ""
    if kind.startswith("float"):
        return f"»{last}« braucht eine Zahl (mit Punkt: 0.5), da steht {shown}.", ""
    if kind.startswith("bool"):
        return f"»{last}« braucht ja oder nein, da steht {shown}.", ""
    if kind in ("literal_error", "enum"):
        expected = str(fault.get("ctx", {}).get("expected", "")).replace(" or ", ", ").replace("'", "")
        return f"»{last}« kennt den Wert {shown} nicht.", did_you_mean(str(given), expected.split(", "))
    if kind in ("greater_than_equal", "less_than_equal", "greater_than", "less_than"):
        limits = fault.get("ctx", {})
        return f"»{last}« liegt außerhalb der Grenzen, da steht {shown}.", f"Grenze: {next(iter(limits.values()), '')}."
    if kind in ("tuple_type", "list_type"):
        return f"»{last}« braucht eine Liste.", "Jeder Eintrag beginnt in einer neuen Zeile mit »- «."
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        return f"»{last}« braucht Schlüssel und Werte.", "Etwa »label: Text« in einer neuen, eingerückten Zeile."
    if kind == "string_type":
        return f"»{last}« braucht einen Text.", ""
    if kind == "value_error":
        return str(fault.get("ctx", {}).get("error", fault["msg"])), ""
    return f"»{last}«: {fault['msg']}", ""


def _fields(model: Any, path: Iterable[int | str]) -> list[str]:
    """Names that are allowed at a place, found by walking the model's annotations."""
    for step in path:
        model = _strip(model)
        if isinstance(step, int):
            continue
        if isinstance(model, type) and issubclass(model, BaseModel):
            field = next((f for n, f in model.model_fields.items() if step in (n, f.alias)), None)
            model = field.annotation if field else None
    model = _strip(model)
    if isinstance(model, type) and issubclass(model, BaseModel):
        return [field.alias or name for name, field in model.model_fields.items()]
    return []


def _strip(annotation: Any) -> Any:
    while True:
        origin = typing.get_origin(annotation)
        if origin is None:
            return annotation
        inner = [a for a in typing.get_args(annotation) if a not in (type(None), Ellipsis)]
        if origin is dict:
            annotation = inner[1]
        elif origin in (tuple, list, Annotated, typing.Union, types.UnionType) and inner:
            annotation = inner[0]
        else:
            return annotation


def one_line(text: str) -> str:
    """Text without line breaks and signs that cannot be seen.

    >>> one_line(" Kaffee\\n nach  dem\\u200b Gebet ")
    'Kaffee nach dem Gebet'
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(sign for sign in text if sign.isprintable())


def fold(text: str) -> str:
    """Names and words as they are compared.

    >>> fold("Straßenfest ") == fold("STRASSENFEST")
    True
    """
    return one_line(text).casefold()
