"""The stage llm: a language model on this machine proposes codings, where the study asks for it (`llm: use: ja`).

It sees the pseudonymised turns and nothing else: the stage is given no private table, no file name and no key of names.
Requests go to this machine, or to a host that study.yaml names twice on purpose. What comes back counts only as one of
the codebook's categories for words that stand in the turn; people decide on it as on every other proposal.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline import codebook as codebooks
from pipeline.chat import address, prompt
from pipeline.chat.answers import Coding, Item, codings
from pipeline.chat.asking import ask
from pipeline.chat.pieces import pieces
from pipeline.problems import Problem, Stop
from pipeline.study import SEED
from pipeline.tables import CODED_ROLES

if TYPE_CHECKING:
    import pandas as pd


def each(
    turns: pd.DataFrame, segments: pd.DataFrame, questions: pd.DataFrame, settings: SimpleNamespace, codebook_file: Path,
    sleep: Callable[[float], None] = time.sleep,
) -> dict[str, list[dict[str, Any]]]:  # fmt: skip
    """What the model proposes for one interview; nothing, and no request, where it is not to be used."""
    llm = settings.llm
    if not llm.use:
        return {"llm_codings": []}
    if not llm.model:
        hint = "Bitte unter »model« eintragen, etwa »model: qwen3:8b« (»ollama list« zeigt, welche da sind), oder »use: nein« setzen."
        raise Stop(Problem("study.yaml", 0, "Unter »llm«: Ein Sprachmodell soll codieren, aber es ist keines genannt.", hint))
    address.refuse_cloud(llm.model)
    server = address.server(llm.url, llm.host)
    book = codebooks.load(codebook_file)
    known = [code.id for code in book.codes if code.coded]
    system = {"role": "system", "content": prompt.system(book)}
    asking = partial(
        ask, server, llm.model, schema=prompt.schema(known), seed=SEED, timeout=llm.timeout, retries=llm.retries, sleep=sleep
    )
    starts: dict[int, list[int]] = {}
    for row in segments.itertuples():
        starts.setdefault(row.turn, []).append(row.start)
    rows = []
    for row, question in _spoken(turns, dict(zip(questions["turn"], questions["kind"], strict=True))):
        found = _coded(row.text, question, starts.get(row.turn, []), lambda user: asking([system, user]), known)
        rows += [
            {
                "doc": row.doc, "turn": row.turn, "start": c.start, "end": c.end, "code": c.code,
                "quote": row.text[c.start : c.end], "why": c.why,
            }
            for c in found
        ]  # fmt: skip
    return {"llm_codings": rows}


def _spoken(turns: pd.DataFrame, kinds: dict[int, str]) -> Iterator[tuple[Any, str]]:
    """Each turn that may be coded with what the interviewer asked before; talk and signals in between do not count."""
    said = asked = ""
    for row in turns.sort_values("turn").itertuples():
        if row.role == "interviewer":
            said = row.text
            asked = row.text if kinds.get(row.turn) in ("asked", "probe") else asked
        elif row.role in CODED_ROLES and any(map(str.isalpha, row.text)):
            yield row, prompt.question_of(asked or said)


def _coded(
    text: str, question: str, starts: list[int], ask_user: Callable[[dict[str, str]], list[Item]], known: list[str]
) -> list[Coding]:
    """The codings of one turn, asked piece by piece; a quote is looked for where the model read it."""
    found: list[Coding] = []
    for start, end in pieces(text, starts, prompt.MAX_MATERIAL - len(question)):
        piece = text[start:end]
        if any(map(str.isalpha, piece)):
            items = ask_user({"role": "user", "content": prompt.user(piece, question)})
            found += [c._replace(start=c.start + start, end=c.end + start) for c in codings(items, piece, known)]
    return found
