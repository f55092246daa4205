"""JSON Schemas by which an editor completes and checks researchers' YAML, made from the models that the loaders use.

The models see every scalar as a string, an editor sees numbers, booleans and null; so the schemas are widened to all
that the loaders accept: a single word where a list may stand, `ja` for true, an empty value for an empty list.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from pipeline import store
from pipeline.acting.listing import ActorsFile
from pipeline.codebook.entries import CodebookEntry, ListsEntry
from pipeline.editor_schema.words import WORDS
from pipeline.guide import Guide
from pipeline.method.answers import MethodFile
from pipeline.study import Study

FOLDER = "_schema"  # below codebooks/; the underscore keeps it from being taken for a study
MODELS: dict[str, type[BaseModel]] = {"codebook": CodebookEntry, "lists": ListsEntry, "study": Study, "guide": Guide, "actors": ActorsFile, "method": MethodFile}
Schema = dict[str, Any]

_SCALAR = ["string", "number", "boolean", "null"]
_WORDS: Schema = {"anyOf": [{"type": "array", "items": {"type": _SCALAR}}, {"type": _SCALAR}]}
_YES_NO: Schema = {
    "anyOf": [
        {"enum": ["ja", "nein"]}, {"type": "boolean"}, {"enum": [0, 1]},
        {"pattern": r"^\s*([Jj][Aa]|[Nn][Ee][Ii][Nn]|[Yy]([Ee][Ss])?|[Nn][Oo]?|[Tt]([Rr][Uu][Ee])?|[Ff]([Aa][Ll][Ss][Ee])?|[Aa][Nn]|[Aa][Uu][Ss]|[Oo][Nn]|[Oo][Ff][Ff]|0|1)\s*$", "type": "string"},
    ]
}  # fmt: skip
_WHOLE = r"^\s*[+-]?\d[\d_]*(\.0*)?\s*$"
_NUMBER = r"^\s*[+-]?(\d[\d_]*\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$"


def write(codebooks: Path) -> list[str]:
    """Write the schemas below the folder of codebooks; returns what was done, in German lines."""
    lines = []
    for name, content in schemas().items():
        changed = store.write_changed(codebooks / FOLDER / name, content)
        lines.append(f"{'Geschrieben' if changed else 'Unverändert'}: {codebooks.name}/{FOLDER}/{name}")
    return lines


def schemas() -> dict[str, bytes]:
    """File name -> content; the same models give the same bytes."""
    made = {f"{name}.json": schema(model) for name, model in MODELS.items()}
    return {name: (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode() for name, content in made.items()}


def schema(model: type[BaseModel]) -> Schema:
    """A model's schema, draft 7, which editors know best."""
    raw = model.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
    parts = {name: _model(name, part) for name, part in raw.pop("$defs", {}).items()}
    head: Schema = {"$schema": "http://json-schema.org/draft-07/schema#", **_model(model.__name__, raw)}
    return {**head, "definitions": parts} if parts else head


def _model(name: str, raw: Schema) -> Schema:
    """One model: its keys widened, told in German, in the order in which they stand in the code."""
    keys = {}
    for key, value in raw.get("properties", {}).items():
        widened = SPECIAL.get((name, key), _widened)(value)
        text = WORDS.get(name, {}).get(key, "")
        if "$ref" in widened:  # beside a reference nothing else would count
            widened = {"allOf": [{"$ref": widened.pop("$ref")}], **widened}
        keys[key] = {**({"description": text} if text else {}), **widened}
    made: Schema = {"type": "object", "properties": keys, "additionalProperties": False}
    if raw.get("required"):
        made["required"] = raw["required"]
    if "except" in keys:  # the loaders also know these by the names that the code gives them
        made["patternProperties"] = {"^(all|any|none|except)_$": {}}
    return {"anyOf": [made, {"type": _SCALAR}]} if name == "Example" else made


def _widened(raw: Schema) -> Schema:
    """What the loader accepts for a part of a schema."""
    kept: Schema = {"default": raw["default"]} if raw.get("default") not in (None, [], {}, "") and not isinstance(raw.get("default"), dict) else {}
    if "anyOf" in raw:  # an optional value; null itself can only be left out
        options = [option for option in raw["anyOf"] if option.get("type") != "null"]
        return {**_widened(options[0]), **kept}
    if "$ref" in raw:
        return {"$ref": raw["$ref"], **kept}
    if "enum" in raw:
        return {"enum": [*raw["enum"], *([None] if "" in raw["enum"] else [])], **kept}
    kind = raw.get("type")
    if kind == "string":
        return {"type": _SCALAR, **kept}
    if kind == "boolean":
        return {**_YES_NO, **kept}
    if kind in ("integer", "number"):
        limits = {key: value for key, value in raw.items() if key in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")}
        return {"anyOf": [{"type": kind, **limits}, {"type": "string", "pattern": _WHOLE if kind == "integer" else _NUMBER}], **kept}
    if kind == "array":
        items = raw.get("items", {})
        return {**(_WORDS if items == {"type": "string"} else {"type": "array", "items": _widened(items)}), **kept}
    if kind == "object" and isinstance(raw.get("additionalProperties"), dict):
        return {"type": "object", "additionalProperties": _widened(raw["additionalProperties"])}
    return {"type": "object"}


def _or_nothing(raw: Schema) -> Schema:
    """A value that may be left empty behind its colon."""
    return {"anyOf": [_widened(raw), {"enum": ["", None]}]}


def _entries(raw: Schema) -> Schema:
    """A list whose single entry needs no dash, and in which a bare word or phrase is a rule."""
    entry = {"anyOf": [raw["items"], {"type": "string"}]}
    return {"anyOf": [{**_widened(raw), "items": entry}, entry, {"enum": ["", None]}]}


def _rows(raw: Schema) -> Schema:
    """A list of entries whose single entry needs no dash."""
    return {"anyOf": [_widened(raw), raw["items"], {"enum": ["", None]}]}


def _steps(_: Schema) -> Schema:
    """One sequence of words, several, or a single word."""
    word: Schema = {"type": "object"}
    return {"anyOf": [{"type": "array", "items": {"anyOf": [word, {"type": "array", "items": word}]}}, word, {"enum": ["", None]}]}


def _window(_: Schema) -> Schema:
    return {"anyOf": [{"enum": ["sentence", "turn", "answer"]}, {"type": "integer", "minimum": 1, "maximum": 100},
                      {"type": "string", "pattern": r"^\s*(sentence|turn|answer|\d{1,3})\s*$"}], "default": "10"}  # fmt: skip


def _variables(raw: Schema) -> Schema:
    """`alter:` with nothing behind it declares a variable."""
    return {"type": "object", "additionalProperties": {"anyOf": [_widened(raw["additionalProperties"]), {"enum": ["", None]}]}}


# Where a validator of a model accepts more than the type it gives.
SPECIAL: dict[tuple[str, str], Callable[[Schema], Schema]] = {
    **{("CodeEntry", key): _or_nothing for key in ("examples", "counterexamples", "children", "otherwise", "only", "except")},
    **{("RuleEntry", key): _entries for key in ("all", "any", "none")},
    ("CodeEntry", "match"): _entries,
    ("RuleEntry", "pattern"): _steps,
    ("RuleEntry", "window"): _window,
    ("Guide", "questions"): _or_nothing,
    ("Study", "variables"): _variables,
    **{("MethodFile", key): _or_nothing for key in ("positionality", "transcription", "checklists")},
    **{("Checklists", key): _or_nothing for key in ("coreq", "srqr", "steinke", "mayring", "kuckartz", "struebing")},
    ("MethodFile", "decisions"): _rows,
    **{("Positionality", key): _rows for key in ("team", "interviewers")},
}
