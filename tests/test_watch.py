"""The local server: it answers this machine's own browser under its own name with the token, and gives out four files, nothing else."""

from __future__ import annotations

import asyncio
import http.client
import os
import socket
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline import store
from pipeline.app import served, start
from pipeline.app.board import Board
from pipeline.app.changes import changes, counts
from pipeline.app.guard import cookie_name
from pipeline.app.server import ROUTES, Room, application, opened, server
from pipeline.places import Places
from pipeline.problems import Problem, Stop
from pipeline.watch import watch

TOKEN = "ein-geheimes-wort"
PAGE = (
    '<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'sha256-s\'; '
    "script-src 'sha256-a' 'sha256-b'; img-src data:; base-uri 'none'; form-action 'none'\">\n<title>Bericht</title></head><body><p>Zahlen</p></body></html>"
)


@pytest.fixture(scope="module")
def served_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    root = tmp_path_factory.mktemp("haus")
    places = Places("s", root / "transcripts", root / "codebooks", root / "outputs" / "s", root / "private" / "s")
    for folder in (places.outputs / "tables", places.private):
        folder.mkdir(parents=True)
    (places.outputs / "report.html").write_text(PAGE, "utf-8")
    (places.outputs / "codebook_diff.html").write_text(PAGE, "utf-8")
    (places.outputs / "tables.xlsx").write_bytes(b"PK")
    for other in ("run.json", "compare.html", "report.pdf", "codebook_diff.csv"):
        (places.outputs / other).write_text("geheim", "utf-8")
    (places.outputs / "tables" / "turns.csv").write_text("geheim", "utf-8")
    (places.private / "pseudonyms.csv").write_text("geheim", "utf-8")
    (places.outputs / "report.docx").symlink_to(places.private / "pseudonyms.csv")
    line = opened("")
    port = line.getsockname()[1]
    board = Board()
    made = server(application(Room(places, "de", board), port, TOKEN))
    line.listen()
    thread = threading.Thread(target=lambda: asyncio.run(made.serve(sockets=[line])))
    thread.start()
    yield SimpleNamespace(port=port, places=places, line=line)
    made.should_exit = True
    thread.join(10)
    assert not thread.is_alive()


def ask(at: SimpleNamespace, path: str, method: str = "GET", host: str = "", cookie: str = TOKEN, **headers: str) -> Any:
    line = http.client.HTTPConnection("127.0.0.1", at.port, timeout=10)
    line.putrequest(method, path, skip_host=True)
    line.putheader("Host", host or f"127.0.0.1:{at.port}")
    if cookie:
        line.putheader("Cookie", f"{cookie_name(at.port)}={cookie}")
    for name, value in headers.items():
        line.putheader(name.replace("_", "-"), value)
    line.endheaders()
    answer = line.getresponse()
    found = SimpleNamespace(status=answer.status, headers={k.lower(): v for k, v in answer.getheaders()}, body=answer.read())
    line.close()
    return found


def test_the_token_becomes_a_cookie_that_no_other_page_can_use(served_at: SimpleNamespace) -> None:
    answer = ask(served_at, f"/?token={TOKEN}", cookie="")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    words = answer.headers["set-cookie"].lower()
    assert "httponly" in words
    assert "samesite=strict" in words
    assert f"{cookie_name(served_at.port)}={TOKEN}" in words


@pytest.mark.parametrize("path", sorted(ROUTES))
@pytest.mark.parametrize("cookie", ["", "falsch", TOKEN + "x", TOKEN[:-1]])
def test_without_the_token_nothing_is_given_out(served_at: SimpleNamespace, path: str, cookie: str) -> None:
    assert ask(served_at, path, cookie=cookie).status == 403
    assert ask(served_at, f"{path}?token=falsch", cookie=cookie).status == 403


def test_the_token_opens_the_first_page_alone(served_at: SimpleNamespace) -> None:
    assert ask(served_at, f"/tables.xlsx?token={TOKEN}", cookie="").status == 403


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1", "127.0.0.1:1", "localhost.example.org:{port}", "127.0.0.1.nip.io:{port}", "[::1]:{port}", "0.0.0.0:{port}"])
def test_under_another_name_nobody_is_answered(served_at: SimpleNamespace, host: str) -> None:
    name = host.format(port=served_at.port)
    assert ask(served_at, "/", host=name).status == 403
    assert ask(served_at, f"/?token={TOKEN}", host=name, cookie="").status == 403


def test_the_own_names_are_two(served_at: SimpleNamespace) -> None:
    assert ask(served_at, "/", host=f"localhost:{served_at.port}").status == 200
    assert ask(served_at, "/").status == 200


@pytest.mark.parametrize("headers", [
    {"Origin": "http://example.org"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:1"}, {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"},
    {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"},
])  # fmt: skip
def test_other_sites_are_refused_even_with_the_cookie(served_at: SimpleNamespace, headers: dict[str, str]) -> None:
    answer = ask(served_at, "/", **headers)
    assert answer.status == 403
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_only_reading_is_allowed(served_at: SimpleNamespace, method: str) -> None:
    assert ask(served_at, "/", method=method).status == 405


@pytest.mark.parametrize("path", [
    "/run.json", "/tables/turns.csv", "/work/", "/../private/s/pseudonyms.csv", "/..%2fprivate%2fs%2fpseudonyms.csv", "/%2e%2e/private/s/pseudonyms.csv",
    "/report.html/../run.json", "//etc/passwd", "/%2Fetc/passwd", "/etc/passwd", "/..\\private", "/report.html%00", "/report.html/", "/tables.xlsx/..", "/./run.json",
    "/private/s/pseudonyms.csv", "/report.docx", "/compare.html", "/report.pdf", "/codebook_diff.csv", "/tables/", "/tables", "/ereignisse/", "/favicon.ico", "/REPORT.HTML", "/live.js",
])  # fmt: skip
def test_there_is_nothing_else_to_be_had(served_at: SimpleNamespace, path: str) -> None:
    answer = ask(served_at, path)
    assert answer.status == 404
    assert b"geheim" not in answer.body


@pytest.mark.parametrize("head", [
    """<meta charset="utf-8"><style>p {color: red}</style><meta http-equiv="Content-Security-Policy" content="script-src 'sha256-a'">""",
    """<script>let a = 1 > 0;</script><META content="script-src 'sha256-a'" http-equiv='content-security-policy'>""",
])  # fmt: skip
def test_the_policy_of_a_page_is_found_wherever_it_stands_in_its_head(head: str) -> None:
    body, allowed = served.page(f"<html><head>{head}</head><body><p>Zahlen</p></body></html>".encode(), {}, alive=True)
    assert b"security-policy" not in body.lower()
    assert "script-src 'sha256-a' 'sha256-" in allowed


def test_what_stands_in_the_text_is_no_policy() -> None:
    text = b"""<html><head></head><body><meta http-equiv="Content-Security-Policy" content="script-src *"></body></html>"""
    assert "*" not in served.page(text, {}, alive=True)[1]


def test_a_pipe_in_place_of_a_file_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "report.html")
    assert served.read(tmp_path, "report.html") is None


def test_what_changes_is_told_to_whoever_has_the_token_and_a_question_for_its_head_ends(served_at: SimpleNamespace) -> None:
    assert ask(served_at, "/ereignisse", cookie="").status == 403
    assert ask(served_at, "/ereignisse", method="HEAD").status == 200


def test_an_error_of_the_program_tells_nothing_of_the_machine(served_at: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: Any) -> None:
        raise OSError(f"{served_at.places.private}/geheim")

    monkeypatch.setattr(served, "read", broken)
    answer = ask(served_at, "/tables.xlsx")
    assert answer.status == 500
    assert answer.body == b"Internal Server Error"
    assert answer.headers["cache-control"] == "no-store"


def test_a_link_leads_nowhere(served_at: SimpleNamespace) -> None:
    assert served.read(served_at.places.outputs, "report.docx") is None
    assert served.read(served_at.places.outputs, "run.json") is None


@pytest.mark.parametrize("path", ["/", "/report.html", "/codebook_diff.html", "/tables.xlsx", "/nichts"])
def test_every_answer_is_for_this_page_alone(served_at: SimpleNamespace, path: str) -> None:
    for found in (ask(served_at, path), ask(served_at, path, method="HEAD"), ask(served_at, path, cookie="")):
        assert found.headers["cache-control"] == "no-store"
        assert found.headers["x-content-type-options"] == "nosniff"
        assert found.headers["referrer-policy"] == "no-referrer"
        assert found.headers["cross-origin-resource-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in found.headers["content-security-policy"]
        assert "server" not in found.headers


def test_the_page_may_run_its_own_scripts_and_ask_this_server_alone(served_at: SimpleNamespace) -> None:
    answer = ask(served_at, "/")
    page, allowed = answer.body.decode(), answer.headers["content-security-policy"]
    assert "Content-Security-Policy" not in page  # the file's own policy would forbid the connection
    parts = {part.split()[0]: part.split()[1:] for part in allowed.split(";")}
    assert parts["default-src"] == ["'none'"]
    assert parts["connect-src"] == ["'self'"]
    assert parts["script-src"][:2] == ["'sha256-a'", "'sha256-b'"]
    assert len(parts["script-src"]) == 3
    assert len(parts["style-src"]) == 2
    assert "unsafe" not in allowed
    assert "*" not in allowed
    assert "http" not in allowed
    assert (served_at.places.outputs / "report.html").read_text("utf-8") == PAGE


def test_the_other_page_stays_as_it_is_and_may_ask_nobody(served_at: SimpleNamespace) -> None:
    answer = ask(served_at, "/codebook_diff.html")
    assert answer.body.decode() == PAGE
    assert "connect-src" not in answer.headers["content-security-policy"]


def test_words_of_the_script_cannot_end_it() -> None:
    body, _ = served.page(b"<html><body></body></html>", {"a": "</script><script>alert(1)</script>"}, alive=True)
    assert body.count(b"</script>") == 2


def test_the_server_listens_on_this_machine_alone(served_at: SimpleNamespace) -> None:
    assert served_at.line.getsockname()[0] == "127.0.0.1"
    others = {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1", "127.0.1.1"}
    for other in others | {"127.0.0.2"}:
        with pytest.raises(ConnectionRefusedError), socket.create_connection((other, served_at.port), timeout=1):
            pass


def test_what_is_no_port_or_taken_is_told(served_at: SimpleNamespace) -> None:
    for port in ("0", "70000", "http", "-1", "８０８０"):
        with pytest.raises(Stop, match="keine Zahl"):
            opened(port)
    with pytest.raises(Stop, match="nicht frei"):
        opened(str(served_at.port))


def test_a_second_watching_of_a_study_says_so(places: Places) -> None:
    with store.lock(places, "watch.lock", Problem("", 0, "belegt")), pytest.raises(Stop, match="wird schon beobachtet"):
        watch(places, lambda line: None)


def test_a_study_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="gibt es nicht"):
        watch(Places("x", tmp_path / "t", tmp_path / "c", tmp_path / "o", tmp_path / "p"), lambda line: None)


@pytest.mark.parametrize(("name", "meant"), [
    ("codebook.yaml", True), ("Interview 1.docx", True), ("~$Interview 1.docx", False), (".~lock.Interview.odt#", False), (".codebook.yaml.swp", False),
    ("codebook.yaml~", False), ("codebook.yaml.tmp", False), ("4913", False), ("#codebook.yaml#", False), (".codebook.yaml.123.tmp", False), ("a.crdownload", False),
])  # fmt: skip
def test_what_editors_leave_while_they_work_is_no_change(name: str, meant: bool) -> None:
    assert counts(f"codebooks/s/{name}") is meant


def waited(work: Coroutine[Any, Any, Any], seconds: float) -> Any:
    """What comes of some work; in a thread of its own, since a browser that other tests drive holds a loop in this one."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(lambda: asyncio.run(asyncio.wait_for(work, seconds))).result()


def test_a_save_by_renaming_is_one_change_of_the_file(places: Places) -> None:
    async def first() -> set[Path]:
        stop = asyncio.Event()

        async def save() -> None:
            await asyncio.sleep(0.3)
            beside = places.codebooks / ".codebook.yaml.swp"
            beside.write_text("title: neu", "utf-8")
            beside.replace(places.codebooks / "codebook.yaml")

        saving = asyncio.create_task(save())
        async for found in changes(places, stop):
            await saving
            stop.set()
            return found
        raise AssertionError

    assert {path.name for path in waited(first(), 10)} == {"codebook.yaml"}


def test_open_pages_hear_of_every_change_and_late_ones_of_all_that_holds() -> None:
    first, quotes, state = waited(_first_three(), 5)
    assert "event: stand" in first
    assert '"A": {"n_cases": 2}' in first
    assert "event: zitate" in quotes
    assert "codebook.yaml:3" in state


async def _first_three() -> list[str]:
    board = Board()
    board.show({"A": {"n_cases": 2}})
    board.replace(["A"], {"mention": []})
    stream = board.listen()
    found = [(await anext(stream)).decode(), (await anext(stream)).decode()]
    board.tell(problems=(("codebook.yaml:3", "So nicht."),))
    found.append((await anext(stream)).decode())
    board.close()
    return found


def test_where_no_browser_opens_the_terminal_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: False)
    start._invite(said.append, "http://127.0.0.1:1/?token=abc")
    assert "\n".join(said).count("token=abc") == 1
    assert "ließ sich nicht öffnen" in "\n".join(said)
