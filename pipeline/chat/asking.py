"""A request to the model in the strictest form its server takes, each request once a run.

Servers differ in `response_format`: a schema binds the answer with Ollama (from 0.5), llama.cpp and vLLM, older ones
refuse it with 400, 422 or 500, LM Studio refuses plain JSON mode. Whatever they promise, answers are checked afterwards.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pipeline.chat import faults
from pipeline.chat.address import Server
from pipeline.chat.answers import Item, read
from pipeline.chat.client import Fault, post

MAX_TOKENS = 6000  # of an answer: a small model may repeat itself without end
LEAST, LETTERS = 1000, 6  # no tokenizer needs less than one token for six letters; servers that count anew show less than 1000


@dataclass
class Memory:
    """What has been learnt of one server and model in this run."""

    form: int = 0  # the strictest form of answer it takes
    whole: int = 0  # the longest request it is known to have read whole
    answers: dict[str, list[Item]] = field(default_factory=dict)


@lru_cache(maxsize=8)
def memory(server: Server, model: str) -> Memory:
    return Memory()


def ask(
    server: Server, model: str, messages: list[dict[str, str]], schema: dict[str, Any], seed: int, timeout: float, retries: int,
    sleep: Callable[[float], None],
) -> list[Item]:  # fmt: skip
    """The codings a model answers with, unchecked. `Stop` where no usable answer is to be had."""
    known = memory(server, model)
    request = {"model": model, "messages": messages, "temperature": 0, "seed": seed, "max_tokens": MAX_TOKENS, "stream": False}
    key = hashlib.sha256(json.dumps([request, schema], sort_keys=True).encode()).hexdigest()
    chars = sum(len(message["content"]) for message in messages)
    if key not in known.answers:
        try:
            known.answers[key] = _asked(server, known, request, schema, lambda body: post(
                server, body, timeout, retries, sleep, lambda answer: _items(answer, known, chars)
            ))  # fmt: skip
        except Fault as fault:
            raise faults.stop(fault, server, model, chars) from None
    return known.answers[key]


def forms(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """What is asked for, the strictest form first."""
    named = {"name": "codings", "strict": True, "schema": schema}
    return [
        {"response_format": {"type": "json_schema", "json_schema": named}}, {"response_format": {"type": "json_object"}}, {},
    ]  # fmt: skip


def _asked(
    server: Server, known: Memory, request: dict[str, Any], schema: dict[str, Any], send: Callable[[bytes], list[Item]]
) -> list[Item]:
    left = forms(schema)[known.form :]
    for number, form in enumerate(left, known.form):
        try:
            found = send(json.dumps({**request, **form}).encode())
        except Fault as fault:
            if fault.kind != "form" or form is left[-1]:
                raise
        else:
            known.form = number
            return found
    raise AssertionError("the last form was neither answered nor refused")


def _items(answer: Any, known: Memory, chars: int) -> list[Item]:
    """The codings in a server's answer; a `Fault` where there are none to read, or where it did not read all it was sent."""
    try:
        choice = answer["choices"][0]
        content = choice["message"]["content"]
        ended = choice.get("finish_reason")
    except (LookupError, TypeError, AttributeError):
        raise Fault("shape", 200) from None
    usage = answer.get("usage")
    tokens = usage.get("prompt_tokens") if isinstance(usage, dict) else None
    # Ollama cuts what does not fit without a word; then the model has not seen the whole codebook.
    if isinstance(tokens, int) and tokens >= LEAST and chars > known.whole:
        if tokens * LETTERS < chars:
            raise Fault("window", 200)
        known.whole = chars
    items = read(content) if isinstance(content, str) else None
    if items is None:
        raise Fault("cut" if ended == "length" else "shape", 200)
    return items
