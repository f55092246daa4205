"""The schemas for editors: committed as the models stand, and accepting what the loaders accept."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import HERE
from ruamel.yaml import YAML

from pipeline.codebook.entries import CodebookEntry, CodeEntry, Example, ListsEntry, RuleEntry
from pipeline.editor_schema import FOLDER, MODELS, schema, schemas, write
from pipeline.editor_schema.words import WORDS
from pipeline.guide import Guide
from pipeline.places import studies
from pipeline.problems import Stop, parse_yaml
from pipeline.schema import build

CODEBOOKS = HERE.parent / "codebooks"
TYPES: dict[str, Any] = {"string": str, "boolean": bool, "null": type(None), "array": list, "object": dict, "number": (int, float), "integer": int}
KNOWN = {
    "$schema", "$ref", "type", "enum", "anyOf", "allOf", "properties", "patternProperties", "additionalProperties", "required", "items",
    "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "description", "default", "definitions",
}  # fmt: skip


def fits(value: Any, part: dict[str, Any], root: dict[str, Any]) -> bool:
    """As much of JSON Schema as ours use; an unknown keyword is an error."""
    assert set(part) <= KNOWN, set(part) - KNOWN
    if "$ref" in part:
        return fits(value, root["definitions"][part["$ref"].rsplit("/", 1)[1]], root)
    kinds = part.get("type", [])
    for kind in [kinds] if isinstance(kinds, str) else kinds:
        if isinstance(value, TYPES[kind]) and not (isinstance(value, bool) and kind in ("number", "integer")):
            break
    else:
        if kinds:
            return False
    if "enum" in part and not any(value == one and type(value) is type(one) for one in part["enum"]):
        return False
    if "anyOf" in part and not any(fits(value, one, root) for one in part["anyOf"]):
        return False
    if not all(fits(value, one, root) for one in part.get("allOf", [])):
        return False
    if isinstance(value, str) and "pattern" in part and not re.search(part["pattern"], value):
        return False
    if isinstance(value, list) and "items" in part:
        return all(fits(one, part["items"], root) for one in value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return (part.get("minimum", value) <= value <= part.get("maximum", value)
                and part.get("exclusiveMinimum", value - 1) < value < part.get("exclusiveMaximum", value + 1))  # fmt: skip
    return _keys_fit(value, part, root) if isinstance(value, dict) else True


def _keys_fit(value: dict[Any, Any], part: dict[str, Any], root: dict[str, Any]) -> bool:
    if not set(part.get("required", [])) <= set(value):
        return False
    for key, inner in value.items():
        rule = part.get("properties", {}).get(key)
        if rule is None and any(re.search(p, str(key)) for p in part.get("patternProperties", {})):
            continue
        rule = part.get("additionalProperties", True) if rule is None else rule
        if rule is False or (isinstance(rule, dict) and not fits(inner, rule, root)):
            return False
    return True


def seen_by_editor(text: str) -> Any:
    """The data as an editor sees it: numbers, booleans and null."""
    yaml = YAML(typ="safe", pure=True)
    return yaml.load(text)


def loader_takes(name: str, text: str) -> bool:
    try:
        build(MODELS[name], parse_yaml(text, ""))
    except Stop:
        return False
    return True


def test_the_committed_schemas_are_those_of_the_models() -> None:
    for name, content in schemas().items():
        assert (CODEBOOKS / FOLDER / name).read_bytes() == content, f"{name} is stale: .venv/bin/python -m pipeline schema"
    assert FOLDER not in studies(HERE.parent)


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    assert write(tmp_path)[0].startswith("Geschrieben")
    assert all(line.startswith("Unverändert") for line in write(tmp_path))


@pytest.mark.parametrize("folder", [CODEBOOKS / "demo", HERE / "study" / "codebooks"], ids=["demo", "klein"])
@pytest.mark.parametrize("name", ["codebook", "guide", "study"])
def test_the_codebooks_there_are_fit(folder: Path, name: str) -> None:
    data = seen_by_editor((folder / f"{name}.yaml").read_text("utf-8"))
    assert fits(data, schema(MODELS[name]), schema(MODELS[name]))


ACCEPTED = {
    "codebook": [
        "version: 2\ntitle: null\ncodes: []", "codes:\n- {id: 7, label: no, since: 1.5, include: wort, before: [a, 3], was: null, definition: }",
        "codes:\n- {id: A, label: B, through_children: nein, needs: '2.5', unit: clause}", "codes:\n- {id: A, label: B, through_children: Ja}",
        "codes:\n- {id: A, label: B, examples: [ein Satz, {text: zwei, by: model}, {text: 3, code: null}], counterexamples: , children: '', only: , except: {gruppe: a}}",
        "codes:\n- {id: A, label: B, match: {term: wort}}", "codes:\n- {id: A, label: B, match: }",
        "codes:\n- id: A\n  label: B\n  match:\n  - {phrase: a b, gap: 3, order: free, counts: negated, weight: 1}\n  - {phrase: [a b], gap: '3', weight: '0.5', order: }",
        "codes:\n- id: A\n  label: B\n  match:\n  - {near: [a b], window: 5}\n  - {near: a b, window: answer}\n  - {near: a c, window: '7'}",
        "codes:\n- id: A\n  label: B\n  match:\n  - {all: [{term: a}, {term: b, none: {term: c}}], within: turn, except: {role: [third]}, otherwise: {negated: C}}",
        "codes:\n- id: A\n  label: B\n  match:\n  - {all_: [{term: a}], except_: {role: third}}",
        "codes:\n- id: A\n  label: B\n  match:\n  - pattern: [{LEMMA: kein}, {POS: NOUN, OP: '?'}]\n  - pattern: [[{LEMMA: kein}], [{ORTH: {IN: [a, b]}}]]\n  - pattern: {LEMMA: kein}",
        "include: gemeinsam\nlists: {orte: Park, leute: [a, 1]}\ncodes: []",
    ],
    "lists": ["lists: {a: [b, c], d: e}\ninclude: [x.txt]"],
    "guide": ["questions:", "questions: [{id: 1, text: Was, leading: ja, wordings: a, expects: [A.b]}]"],
    "study": ["fictional: nein\nvariables: {alter: , gruppe: {label: G, values: {verein: V, 1: eins}, aliases: x}}",
              "ingest: {max_mb: 3.5, max_memory_mb: '500', roles: {I: interviewer}, files: {a: {read: ja}}}\nquestions: {threshold: 0.5, embeddings: off}"],
}  # fmt: skip
REFUSED = {
    "codebook": [
        "codes:\n- {id: A, lable: B, label: C}", "codes:\n- {label: B}", "codes: {id: A, label: B}", "codes:\n- {id: A, label: [B]}",
        "codes:\n- {id: A, label: B, unit: satz}", "codes:\n- {id: A, label: B, needs: viel}", "codes:\n- {id: A, label: B, needs: 0}",
        "codes:\n- {id: A, label: B, through_children: vielleicht}", "codes:\n- {id: A, label: B, match: [{phrase: a b, gap: 11}]}",
        "codes:\n- {id: A, label: B, match: [{phrase: a b, gap: x}]}", "codes:\n- {id: A, label: B, match: [{near: a b, window: 0}]}",
        "codes:\n- {id: A, label: B, match: [{term: a, within: satz}]}", "codes:\n- {id: A, label: B, match: [{wort: a}]}", "title: x",
        "codes:\n- {id: A, label: B, examples: [{text: a, by: hand}]}", "codes:\n- {id: A, label: B, match: [{term: a, unit: }]}",
    ],
    "lists": ["liste: {a: b}"],
    "guide": ["questions: [{id: 1}]", "questions: [{id: 1, text: a, leading: vielleicht}]"],
    "study": ["titel: x", "ingest: {max_mb: 0}", "ingest: {roles: {I: chef}}", "questions: {threshold: 2}", "language: tr"],
}  # fmt: skip


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in ACCEPTED.items() for text in texts])
def test_what_the_loader_takes_the_schema_takes(name: str, text: str) -> None:
    assert loader_takes(name, text)
    assert fits(seen_by_editor(text), schema(MODELS[name]), schema(MODELS[name]))


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in REFUSED.items() for text in texts])
def test_what_the_loader_refuses_the_schema_marks(name: str, text: str) -> None:
    assert not loader_takes(name, text)
    assert not fits(seen_by_editor(text), schema(MODELS[name]), schema(MODELS[name]))


def test_every_key_is_explained_in_german() -> None:
    for model in (CodebookEntry, CodeEntry, RuleEntry, Example, ListsEntry, Guide):
        keys = {field.alias or name for name, field in model.model_fields.items()}
        assert keys == set(WORDS[model.__name__])
    shown = schema(CodebookEntry)["definitions"]["CodeEntry"]["properties"]
    assert shown["except"]["description"] == WORDS["CodeEntry"]["except"]


def test_no_english_docstring_reaches_the_editor() -> None:
    def descriptions(part: Any) -> list[str]:
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else []
        own = [part["description"]] if isinstance(part, dict) and isinstance(part.get("description"), str) else []
        return [*own, *(text for one in inner for text in descriptions(one))]

    german = {text for texts in WORDS.values() for text in texts.values()}
    for model in MODELS.values():
        assert set(descriptions(copy.deepcopy(schema(model)))) <= german


def test_the_demo_names_its_schema() -> None:
    first = (CODEBOOKS / "demo" / "codebook.yaml").read_text("utf-8").split("\n", 1)[0]
    assert first == "# yaml-language-server: $schema=../_schema/codebook.json"
    assert (CODEBOOKS / "demo" / first.partition("=")[2]).is_file()
