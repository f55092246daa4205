"""A small server that speaks the protocol of the reading page from memory: for what the page itself does, also when the server refuses or is gone."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import json
import re
import socket
import threading
from collections.abc import Iterator
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pipeline.app import shell
from pipeline.app.reading_words import reading_words
from pipeline.app.server import LOOPBACK, server
from pipeline.language import spoken

CODES = [("POT", "", "Potenziale"), ("POT.raum", "POT", "Räume und Orte"), ("POT.netz", "POT", "Netze und Nachbarschaft"), ("ENG", "", "Engagement"), ("ENG.verein", "ENG", "Vereinsarbeit"), ("BED", "", "Bedarfe"), ("BED.raum", "BED", "Bedarf an Räumen")]
SAYING = "Wir trainieren jeden Mittwoch die Kinder im Verein. Es fehlt aber ein Raum, in dem wir uns treffen können. Früher war das anders, da hatten wir das Gemeindehaus."


def pieces(text: str) -> list[list[Any]]:
    return [[m.start(), m.start() + len(m.group().rstrip()), m.group()] for m in re.finditer(r"\S+\s*", text)]


def made_turn(n: int, text: str, proposals: int) -> dict[str, Any]:
    words = pieces(text)
    coded = [one[0] for one in CODES if one[1]]
    found = []
    for k in range(proposals):
        first = (k * 7) % max(1, len(words) - 6)
        last = min(len(words) - 1, first + 5 + k)
        found.append({
            "id": f"p{n}-{k}", "code": coded[(n + k) % len(coded)], "start": words[first][0], "end": words[last][1], "coder": ("model", "rule")[k % 2],
            "chance": (0.94, 0.81, 0.55, None)[(n + k) % 4], "unsure": 0.2, "reason": "ähnlich wie »wir treffen uns im Verein«", "stance": "affirmed", "about": "own group",
            "state": "open", "by": [],
        })  # fmt: skip
    ends = [m.end() for m in re.finditer(r"[.!?](?:\s|$)", text)] or [len(text)]
    starts = [0, *ends[:-1]]
    return {
        "turn": n, "rev": "0", "speaker": "B" if n % 2 == 0 else "I", "role": "respondent" if n % 2 == 0 else "interviewer", "codable": n % 2 == 0, "case": "A",
        "question": "Leitfrage 1", "kind": "asked", "time": n * 21.0, "read": False, "read_codes": [], "blind": False, "words": words,
        "sentences": [list(one) for one in zip(starts, ends, strict=True)], "proposals": found, "codings": [], "stars": [], "memos": [], "negatives": [],
    }  # fmt: skip


class Fake:
    """What it holds, and how it behaves: `refuse` is "" or lines that it refuses with; `clash` makes the next act a conflict."""

    def __init__(self, texts: dict[str, list[str]], proposals: int = 2, first: str = "off") -> None:
        self.talks = {doc: [made_turn(n, text, proposals if n % 2 == 0 else 0) for n, text in enumerate(all_, 1)] for doc, all_ in texts.items()}
        self.first = dict.fromkeys(texts, first)
        self.queues: list[dict[str, Any]] = []
        self.unplaced: list[dict[str, Any]] = []
        self.open: list[dict[str, Any]] = []  # read under a codebook that did not know these categories
        self.refuse: list[str] = []
        self.clash = False
        self.state: dict[str, Any] = {}  # of the run behind; empty: nothing is told
        self.got: list[dict[str, Any]] = []
        self.told: list[dict[str, Any]] = []
        self.history: dict[tuple[str, int], list[dict[str, Any]]] = {}
        self.count = 0
        self.address = ""

    def stand(self, coder: str) -> dict[str, Any]:
        codes = [
            {"id": i, "label": label, "parent": above, "level": bool(above) + 0, "coded": bool(above), "definition": f"Was zu {label} gesagt wird.", "include": ["Treffen"],
             "exclude": ["Hörensagen"], "examples": ["Wir haben da einen Raum."], "color": ""}
            for i, above, label in CODES
        ]  # fmt: skip
        docs = [
            {"doc": doc, "title": f"Gespräch {doc}", "turns": len(talk), "codable": sum(t["codable"] for t in talk), "read": sum(t["read"] for t in talk),
             "open": sum(p["state"] == "open" for t in talk for p in t["proposals"]), "first": self.first[doc], "memo": ""}
            for doc, talk in self.talks.items()
        ]  # fmt: skip
        every = [t for talk in self.talks.values() for t in talk]
        progress = {
            "codes": {i: {"proposed": sum(p["code"] == i for t in every for p in t["proposals"]), "decided": sum(p["code"] == i and p["state"] != "open" for t in every for p in t["proposals"]),
                          "given": sum(c["code"] == i for t in every for c in t["codings"])} for i, above, _ in CODES if above},
            "cases": {"A": {"label": "Frau A", "turns": sum(t["codable"] for t in every), "read": sum(t["read"] for t in every)}},
        }  # fmt: skip
        return {"coder": coder, "coders": ["mk", "ab"], "version": "1", "codes": codes, "docs": docs, "queues": self.queues, "progress": progress, "open": self.open, "unplaced": self.unplaced, "notes": []}

    def talk(self, doc: str, queue: str) -> dict[str, Any]:
        turns = copy.deepcopy(self.talks[doc])
        hidden = self.first[doc] == "needed"
        found = next((q for q in self.queues if q["name"] == queue), {"mode": "interview", "blind": False})
        for turn in turns if hidden or found["blind"] else []:
            turn.update(proposals=[], blind=found["blind"])
        return {"doc": doc, "title": f"Gespräch {doc}", "first": {"state": self.first[doc], "memo": ""}, "queue": queue, "mode": found["mode"], "blind": found["blind"], "turns": turns}

    def act(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        self.got.append(body)
        turn = next(t for t in self.talks[body["doc"]] if t["turn"] == body["turn"])
        if self.refuse:
            return 409, {"problems": self.refuse}
        if self.clash or body["rev"] != turn["rev"]:
            self.clash = False
            turn["rev"] = str(int(turn["rev"]) + 1)
            return 409, {"conflict": True, "turn": copy.deepcopy(turn), "problems": []}
        past = self.history.setdefault((body["doc"], body["turn"]), [])
        for act in body["acts"]:
            if act["kind"] == "undo":
                turn.update(past.pop() if past else {})
            else:
                past.append(copy.deepcopy({k: v for k, v in turn.items() if k not in ("words", "rev")}))
                self.one(turn, act, body["coder"])
        turn["rev"] = str(int(turn["rev"]) + 1)
        return 200, {"ok": True, "turn": copy.deepcopy(turn)}

    def coding(self, coder: str, code: str, start: int, end: int, memo: str = "") -> dict[str, Any]:
        self.count += 1
        return {"id": f"d{self.count}", "code": code, "start": start, "end": end, "coder": coder, "mine": True, "memo": memo, "mode": "interview", "stance": "", "about": "", "consensus": False}

    def one(self, turn: dict[str, Any], act: dict[str, Any], coder: str) -> None:
        kind, codings = act["kind"], turn["codings"]
        proposal = next((p for p in turn["proposals"] if p["id"] == act.get("proposal")), None)
        mine = next((c for c in codings if c["id"] == act.get("coding")), None)
        base = mine or proposal or {}
        if kind == "accept" and proposal:
            proposal["state"] = "accepted"
            codings.append(self.coding(coder, proposal["code"], proposal["start"], proposal["end"]))
        elif kind == "reject" and proposal:
            proposal["state"] = "rejected"
        elif kind == "add":
            codings.append(self.coding(coder, act["code"], act["start"], act["end"], act["memo"]))
        elif kind == "withdraw" and mine:
            codings.remove(mine)
        elif kind in ("change", "split"):
            spans = [(act.get("start", base["start"]), act.get("end", base["end"]))] if kind == "change" else [(base["start"], act["at"]), (act["at"], base["end"])]
            if proposal:
                proposal["state"] = "rejected"
            turn["codings"] = [c for c in codings if c is not mine] + [self.coding(coder, act.get("code", base["code"]), a, b) for a, b in spans]
        elif kind == "merge":
            both = [c for c in codings if c["id"] in act["codings"]]
            turn["codings"] = [c for c in codings if c not in both] + [self.coding(coder, both[0]["code"], min(c["start"] for c in both), max(c["end"] for c in both))]
        elif kind == "memo" and mine:
            mine["memo"] = act["memo"]
        elif kind == "star":
            turn["stars"] = [s for s in turn["stars"] if s != [act["start"], act["end"]]] + ([[act["start"], act["end"]]] if act["on"] else [])
        elif kind == "read":
            turn["read"] = act["on"]
        elif kind == "negative":
            turn["negatives"].append({"code": act["code"], "start": act["start"], "end": act["end"]})
        elif kind == "note":
            turn["memos"] = [m for m in turn["memos"] if m["start"] != act["start"]] + [{"start": act["start"], "end": act["end"], "memo": act["memo"], "coder": coder}]

    def routes(self) -> list[Route]:
        async def page(request: Request) -> Response:
            with spoken("de"):
                return shell.page("review", "/lesen", "Lesen", reading_words(), {"coder": ""})

        async def stand(request: Request) -> Response:
            return JSONResponse(self.stand(request.query_params.get("coder", "")))

        async def talk(request: Request) -> Response:
            return JSONResponse(self.talk(request.query_params["doc"], request.query_params.get("queue", "")))

        async def act(request: Request) -> Response:
            status, answer = self.act(await request.json())
            return JSONResponse(answer, status_code=status)

        async def events(request: Request) -> Response:
            if not self.state:
                return Response(status_code=204)
            return Response(f"retry: 50\nevent: stand\ndata: {json.dumps(self.state)}\n\n", media_type="text/event-stream")  # the page asks again and again

        async def first(request: Request) -> Response:
            body = await request.json()
            self.told.append(body)
            self.first[body["doc"]] = "done"
            return JSONResponse({"ok": True})

        async def place(request: Request) -> Response:
            self.told.append(await request.json())
            self.unplaced = []
            return JSONResponse({"ok": True})

        return [
            Route("/lesen", page), Route("/lesen/stand", stand), Route("/lesen/gespraech", talk), Route("/lesen/akt", act, methods=["POST"]),
            Route("/lesen/erstes", first, methods=["POST"]), Route("/lesen/ort", place, methods=["POST"]), Route("/ereignisse", events), Route("/favicon.ico", lambda r: Response(status_code=204)),
        ]  # fmt: skip


@contextlib.contextmanager
def running(fake: Fake, port: int = 0) -> Iterator[Any]:
    """The fake at its address, in a thread of its own; `stop()` of what is given ends it before its time."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    line.bind((LOOPBACK, port))
    line.listen(16)
    fake.address = f"http://127.0.0.1:{line.getsockname()[1]}"
    made = server(Starlette(routes=fake.routes()))
    thread = threading.Thread(target=lambda: asyncio.run(made.serve(sockets=[line])))
    thread.start()

    def stop() -> None:
        made.should_exit = True
        thread.join(10)
        line.close()

    try:
        yield stop
    finally:
        stop()
