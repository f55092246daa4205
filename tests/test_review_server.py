"""The reading page's server: who may write, what comes back in words, that nothing answered is lost when it dies, and that saving starts no run."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import HERE, carry, lay_out
from reviewed_by import rows

from pipeline import store
from pipeline.app.board import Board
from pipeline.app.changes import of_reading
from pipeline.app.guard import cookie_name
from pipeline.app.pages import review
from pipeline.app.readers import reader
from pipeline.app.server import Room, application, opened, server
from pipeline.app.session import Session
from pipeline.places import Places
from pipeline.problems import Problem, Stop

TOKEN = "ein-geheimes-wort"
JSON = "application/json"
WRITES = sorted(review.WRITES)


@pytest.fixture(scope="module")
def at(finished: Places, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    places = carry(finished, lay_out(tmp_path_factory.mktemp("lesen")))
    line = opened("")
    port = line.getsockname()[1]
    room = Room(places, "de", Board(), "mk")
    made = server(application(room, port, TOKEN, "/lesen"))
    line.listen()
    thread = threading.Thread(target=lambda: asyncio.run(made.serve(sockets=[line])))
    thread.start()
    found = SimpleNamespace(port=port, places=places, room=room)
    ask(found, "/lesen/stand?coder=mk")
    yield found
    made.should_exit = True
    thread.join(10)
    assert not thread.is_alive()


def ask(at: SimpleNamespace, path: str, method: str = "GET", body: Any = None, cookie: str = TOKEN, **headers: str) -> SimpleNamespace:
    """One request; `body` as JSON (bytes as they are). Headers that a page's script sends are there unless they are given, empty: not at all."""
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    own = {"Host": f"127.0.0.1:{at.port}", "Cookie": f"{cookie_name(at.port)}={cookie}" if cookie else ""}
    if method == "POST":
        own |= {"Origin": f"http://127.0.0.1:{at.port}", "Content-Type": JSON, "Content-Length": str(len(data or b""))}
    own |= {name.replace("_", "-"): value for name, value in headers.items()}
    line = http.client.HTTPConnection("127.0.0.1", at.port, timeout=20)
    line.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in own.items():
        if value:
            line.putheader(name, value)
    line.endheaders(data)
    answer = line.getresponse()
    raw = answer.read()
    found = SimpleNamespace(status=answer.status, headers={k.lower(): v for k, v in answer.getheaders()}, body=raw, json=None)
    if found.headers.get("content-type", "").startswith(JSON):
        found.json = json.loads(raw)
    line.close()
    return found


def turn(at: SimpleNamespace, doc: str, number: int, coder: str = "mk") -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in ask(at, f"/lesen/gespraech?coder={coder}&doc={doc}").json["turns"] if one["turn"] == number)
    return found


def test_the_token_opens_the_reading_page(at: SimpleNamespace) -> None:
    answer = ask(at, f"/?token={TOKEN}", cookie="")
    assert (answer.status, answer.headers["location"]) == (303, "/lesen")


def test_the_page_runs_its_own_script_alone(at: SimpleNamespace) -> None:
    answer = ask(at, "/lesen?coder=ab")
    assert answer.status == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert '"coder":"ab"' in answer.body.decode()
    assert '"coder":"mk"' in ask(at, "/lesen").body.decode()
    assert b"<script>alert" not in ask(at, "/lesen?coder=%3Cscript%3Ealert(1)%3C/script%3E").body


def test_overview_interview_act_and_first_reading(at: SimpleNamespace) -> None:
    stand = ask(at, "/lesen/stand?coder=xy").json
    assert [doc["doc"] for doc in stand["docs"]] == ["I001", "I002", "I003"]
    assert stand["coder"] == "xy"
    assert ask(at, "/lesen/erstes", "POST", {"coder": "xy", "doc": "I002", "memo": "kurz"}).json == {"ok": True}
    assert ask(at, "/lesen/gespraech?coder=xy&doc=I002").json["first"] == {"state": "done", "memo": "kurz"}
    one = turn(at, "I002", 2, "xy")
    act = {"kind": "add", "code": "POT.raum", "start": one["words"][0][0], "end": one["words"][1][1]}
    sent = {"coder": "xy", "doc": "I002", "turn": 2, "rev": one["rev"], "queue": "", "acts": [act]}
    answer = ask(at, "/lesen/akt", "POST", sent)
    assert (answer.status, answer.json["ok"], [c["code"] for c in answer.json["turn"]["codings"]]) == (200, True, ["POT.raum"])
    again = ask(at, "/lesen/akt", "POST", sent)
    assert (again.status, again.json["conflict"]) == (409, True)
    assert again.json["turn"] == answer.json["turn"]
    assert "geändert" in again.json["problems"][0]


@pytest.mark.parametrize("path", ["/lesen/stand?coder=rule", "/lesen/stand?coder=../x", "/lesen/gespraech?coder=mk&doc=I009", "/lesen/gespraech?coder=mk&doc=../../etc", "/lesen/gespraech"])
def test_questions_that_cannot_be_answered_say_why(at: SimpleNamespace, path: str) -> None:
    answer = ask(at, path)
    assert answer.status == 409
    assert len(answer.json["problems"][0]) > 20


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize("headers", [
    {"Origin": ""}, {"Origin": "http://example.org"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:1"}, {"Origin": "https://127.0.0.1:{port}"},
    {"Origin": "http://localhost:{port}"}, {"Content_Type": ""}, {"Content_Type": "text/plain"}, {"Content_Type": "application/x-www-form-urlencoded"},
    {"Content_Type": "multipart/form-data; boundary=x"}, {"Content_Type": "text/plain; application/json"}, {"cookie": ""}, {"cookie": "falsch"},
    {"Host": "example.org:{port}"}, {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"},
    {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"},
])  # fmt: skip
def test_only_pages_of_this_server_write(at: SimpleNamespace, path: str, headers: dict[str, str]) -> None:
    answer = ask(at, path, "POST", {"coder": "mk"}, **{name: value.format(port=at.port) for name, value in headers.items()})
    assert answer.status == 403
    assert answer.json is None


@pytest.mark.parametrize("path", WRITES)
def test_the_token_in_the_address_writes_nothing(at: SimpleNamespace, path: str) -> None:
    assert ask(at, f"{path}?token={TOKEN}", "POST", {}, cookie="").status == 403


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_what_takes_a_post_takes_nothing_else(at: SimpleNamespace, path: str, method: str) -> None:
    assert ask(at, path, method).status == 405


@pytest.mark.parametrize("path", ["/", "/lesen", "/lesen/stand", "/lesen/gespraech", "/tables.xlsx", "/lesen/akt/", "/lesen/../lesen/akt", "//lesen/akt", "/LESEN/AKT"])
def test_nothing_else_takes_a_post(at: SimpleNamespace, path: str) -> None:
    assert ask(at, path, "POST", {}).status == 405


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"3", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"a": NaN', b"coder=mk", b"9" * 5000], ids=lambda body: repr(body[:8]))
def test_what_is_no_object_is_told_in_words(at: SimpleNamespace, path: str, body: bytes) -> None:
    answer = ask(at, path, "POST", body)
    assert answer.status == 409
    assert "nicht zu lesen" in answer.json["problems"][0]


@pytest.mark.parametrize("path", WRITES)
def test_what_is_too_long_is_not_read_to_its_end(at: SimpleNamespace, path: str) -> None:
    answer = ask(at, path, "POST", b'{"memo": "' + b"x" * 1_200_000 + b'"}')
    assert answer.status == 409
    assert "zu lang" in answer.json["problems"][0]


@pytest.mark.parametrize("given", [
    {}, {"coder": "mk", "doc": "I001", "turn": 4, "rev": {}, "acts": []}, {"coder": "mk", "doc": {}, "turn": [], "acts": "x"}, {"coder": [], "doc": 1, "turn": "4", "acts": {}},
    {"coder": "mk", "doc": "I001", "turn": 4, "rev": "x", "queue": 7, "acts": [{"kind": "read", "on": True}]}, {"coder": "m\ud800k", "doc": "I001", "turn": 4, "acts": [{"kind": "\ud800"}]},
    {"coder": "mk", "doc": "I001", "turn": 10**30, "acts": [{"kind": "read"}]}, {"coder": "mk", "decision": "\ud800", "ok": "ja"}, {"coder": "mk", "decision": None, "ok": True},
])  # fmt: skip
@pytest.mark.parametrize("path", ["/lesen/akt", "/lesen/erstes", "/lesen/ort"])
def test_a_wrong_shape_is_refused_and_nothing_is_written(at: SimpleNamespace, path: str, given: dict[str, Any]) -> None:
    before = {p.name: p.read_bytes() for p in at.places.codebooks.rglob("*") if p.is_file()}
    answer = ask(at, path, "POST", given)
    assert answer.status == 409
    assert answer.json["problems"]
    assert "Traceback" not in answer.body.decode()
    assert {p.name: p.read_bytes() for p in at.places.codebooks.rglob("*") if p.is_file()} == before


def test_an_error_of_the_program_is_told_without_its_trace(at: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: Any) -> None:
        raise ZeroDivisionError("Petra Beispiel")

    monkeypatch.setattr("pipeline.reviewing.reading.Reading.act", broken)
    answer = ask(at, "/lesen/akt", "POST", {})
    assert answer.status == 500
    assert "ZeroDivisionError" in answer.json["problems"][0]
    assert "Petra" not in answer.body.decode()
    assert "Petra Beispiel" in (at.places.private / "fehler.log").read_text("utf-8")


def test_where_no_run_can_begin_it_says_so(at: SimpleNamespace) -> None:
    assert "kein Lauf" in ask(at, "/lesen/auffrischen", "POST", {}).json["problems"][0]
    begun: list[int] = []
    at.room.held["refresh"] = lambda: begun.append(1)
    assert ask(at, "/lesen/auffrischen", "POST", {}).json == {"ok": True}
    assert begun == [1]


# --- who reads, and what begins a run


def test_who_reads_must_be_said_and_known_names_are_offered(at: SimpleNamespace) -> None:
    places = at.places
    ask(at, "/lesen/erstes", "POST", {"coder": "xy", "doc": "I003", "memo": ""})
    with pytest.raises(Stop, match=r"make review CODER=mk.*xy"):
        reader(places, " ")
    with pytest.raises(Stop, match="CODER=xy"):
        reader(places, "XY")
    with pytest.raises(Stop, match="Maschine"):
        reader(places, "model")
    assert reader(places, " neu ") == "neu"
    with pytest.raises(Stop, match="frei wählbar"):
        reader(Places("x", *(places.codebooks / "x",) * 4), "")


def test_review_and_watch_do_not_run_at_once(at: SimpleNamespace) -> None:
    from pipeline.review import review as verb
    from pipeline.watch import watch

    with store.lock(at.places, "watch.lock", Problem("", 0, "belegt")):
        for start in (lambda: verb(at.places, print, "mk"), lambda: watch(at.places, print)):
            with pytest.raises(Stop, match=r"beobachtet oder gelesen.*make watch.*make review"):
                start()


@pytest.mark.parametrize(("name", "quiet"), [
    ("decisions.csv", True), ("reviewed.csv", True), ("quotes.csv", True), ("memos.csv", True), ("codebook_versions.csv", True), ("minutes.csv", True),
    ("handcoded/mk.csv", True), ("queues/zufall.csv", True), ("backup/decisions.0123.csv", True), ("codebook.yaml", False), ("cases.csv", False), ("guide.yaml", False),
    ("lists/decisions.csv", False), ("study.yaml", False), ("anchors/mk.csv", False),
])  # fmt: skip
def test_what_people_fill_by_reading_begins_no_run(at: SimpleNamespace, name: str, quiet: bool) -> None:
    assert of_reading(at.places, at.places.codebooks / name) is quiet
    assert not of_reading(at.places, at.places.transcripts / name)


def test_a_session_hears_what_counts_and_a_wish(places: Places) -> None:
    async def heard(quiet: Callable[[Path], bool]) -> list[set[str]]:
        session = Session(places, Board(), lambda line: None, quiet)
        listening = asyncio.create_task(session.listen())
        await asyncio.sleep(0.4)
        (places.codebooks / "decisions.csv").write_text("x", "utf-8")
        await asyncio.sleep(0.4)
        (places.codebooks / "study.yaml").write_text("title: x", "utf-8")
        await asyncio.sleep(0.4)
        session.refresh()
        session.stop.set()
        await listening
        found = []
        while not session._saved.empty():
            found.append({path.name for path in session._saved.get_nowait()})
        return found

    assert asyncio.run(heard(lambda path: of_reading(places, path))) == [{"study.yaml"}, {"decisions.csv"}, set()]
    assert asyncio.run(heard(lambda path: False))[0] == {"decisions.csv"}


# --- a server that dies


class Verb:
    """`make review` as a process of its own."""

    def __init__(self, places: Places) -> None:
        given = {kind.upper(): str(getattr(places, kind)) for kind in ("transcripts", "codebooks", "outputs", "private")}
        words = {**os.environ, **given, "STUDY": places.study, "CODER": "mk", "BROWSER": "/bin/false", "PYTHONUNBUFFERED": "1"}
        self.said: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pipeline", "review"], env=words, cwd=HERE.parent, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self.reader = threading.Thread(target=self._read)
        self.reader.start()
        until = time.monotonic() + 90
        while not (found := re.findall(r"http://127\.0\.0\.1:(\d+)/\?token=(\S+)", "".join(self.said))):
            assert time.monotonic() < until, self.said
            assert self.process.poll() is None, self.said
            time.sleep(0.02)
        self.port, self.token = int(found[0][0]), found[0][1]

    def _read(self) -> None:
        assert self.process.stdout is not None
        self.said.extend(iter(self.process.stdout.readline, ""))

    def end(self, how: int) -> int:
        self.process.send_signal(how)
        status = self.process.wait(30)
        self.reader.join(10)
        return status


def test_what_was_answered_is_there_after_the_server_is_killed(places: Places, ran: None) -> None:
    verb = Verb(places)
    at = SimpleNamespace(port=verb.port)
    answered: list[tuple[int, int]] = []
    killed = threading.Event()

    def post() -> None:
        one = next(t for t in ask(at, "/lesen/gespraech?coder=mk&doc=I001", cookie=verb.token).json["turns"] if t["turn"] == 4)
        rev = one["rev"]
        places_ = [(a[0], b[1]) for n, a in enumerate(one["words"]) for b in one["words"][n : n + 5]]
        for start, end in places_[:50]:
            act = {"kind": "add", "code": "POT.raum", "start": start, "end": end}
            try:
                answer = ask(at, "/lesen/akt", "POST", {"coder": "mk", "doc": "I001", "turn": 4, "rev": rev, "queue": "", "acts": [act]}, cookie=verb.token)
            except (OSError, http.client.HTTPException):
                return
            assert answer.status == 200, answer.body
            rev = answer.json["turn"]["rev"]
            answered.append((start, end))
            if len(answered) == 25:
                killed.set()

    posting = threading.Thread(target=post)
    posting.start()
    assert killed.wait(30)
    verb.end(signal.SIGKILL)
    posting.join(20)
    assert 25 <= len(answered) < 50
    again = Verb(places)
    found = ask(SimpleNamespace(port=again.port), "/lesen/gespraech?coder=mk&doc=I001", cookie=again.token).json
    kept = {(c["start"], c["end"]) for t in found["turns"] if t["turn"] == 4 for c in t["codings"]}
    assert set(answered) <= kept
    assert len(kept) <= len(answered) + 1  # the one that was not answered any more
    assert len(rows(places.codebooks / "decisions.csv")) == len(kept)
    assert again.end(signal.SIGINT) == 0
    assert "Alles, was entschieden wurde" in "".join(again.said)
    assert rows(places.codebooks / "codebook_versions.csv")
