"""One question to the server and its answer: plain HTTP with time limit, size limit and retries, and nothing else.

Only the standard library's lowest client is used: it knows no proxies, follows no redirects and keeps no cookies. What
a server says in its errors is looked at and never shown, because servers like to repeat what they were sent.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import socket
import ssl
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from pipeline.chat.address import Server

MAX_BYTES = 2_000_000
WAITS = (1.0, 3.0, 9.0)  # seconds before the second, third … try
AGAIN = frozenset({"unreachable", "timeout", "broken", "busy", "json", "shape", "cut"})  # what another try may mend
_HEADERS = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json", "Connection": "close"}
# How Ollama, llama.cpp and vLLM say that a request is longer than what the model can take in …
_WINDOW = re.compile(r"exceed_context_size|context (size|length|window)|context_length|too large to process")
# … and, some with 500 instead of 400, that they do not know the form an answer is to have.
_FORM = re.compile(r"response_format|json_schema|json_object|json schema|grammar|structured output|guided")

Answer = TypeVar("Answer")


class Fault(Exception):
    """A try that came to nothing. `kind` is a key of `faults.WORDS`, `status` what the server said, or 0."""

    def __init__(self, kind: str, status: int = 0) -> None:
        self.kind, self.status = kind, status
        super().__init__(f"{kind} {status}")


def post(
    server: Server, body: bytes, timeout: float, retries: int, sleep: Callable[[float], None], read: Callable[[Any], Answer]
) -> Answer:
    """What `read` makes of the first usable answer; raises the last `Fault`. `read` may raise one itself."""
    number = 0
    while True:
        try:
            return read(_said(*_exchange(server, body, timeout)))
        except Fault as fault:
            if fault.kind not in AGAIN or number >= retries:
                raise
        sleep(WAITS[min(number, len(WAITS) - 1)])
        number += 1


def _exchange(server: Server, body: bytes, timeout: float) -> tuple[int, bytes]:
    fault = Fault("unreachable")
    for host in server.ips or (server.host,):  # localhost has two addresses, of which the server may use one
        connection = _connection(server, host, timeout)
        try:
            connection.connect()
        except OSError as error:
            connection.close()
            fault = Fault(_kind(error))
        else:
            return _talk(connection, f"{server.path}/chat/completions", body, timeout)
    raise fault


def _connection(server: Server, host: str, timeout: float) -> http.client.HTTPConnection:
    if server.scheme == "https":
        return http.client.HTTPSConnection(host, server.port, timeout=timeout, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, server.port, timeout=timeout)


def _kind(error: OSError) -> str:
    return "timeout" if isinstance(error, TimeoutError) else "certificate" if isinstance(error, ssl.SSLError) else "unreachable"


def _talk(connection: http.client.HTTPConnection, path: str, body: bytes, timeout: float) -> tuple[int, bytes]:
    line, late = connection.sock, threading.Event()

    def hang_up() -> None:
        # A socket's own limit counts from the last byte: a server that drips would keep us for ever.
        late.set()
        with contextlib.suppress(OSError):
            socket.socket.shutdown(line, socket.SHUT_RDWR)

    clock = threading.Timer(timeout, hang_up)
    clock.daemon = True
    clock.start()
    try:
        connection.request("POST", path, body, _HEADERS)
        response = connection.getresponse()
        status, content = response.status, response.read(MAX_BYTES + 1)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Fault("timeout" if late.is_set() or isinstance(error, TimeoutError) else "broken") from None
    finally:
        clock.cancel()
        connection.close()
    if late.is_set():
        raise Fault("timeout")
    if len(content) > MAX_BYTES:
        raise Fault("large", status)
    return status, content


def _said(status: int, content: bytes) -> Any:
    if status == 200:
        try:
            return json.loads(content)
        except (ValueError, RecursionError):
            raise Fault("json", status) from None
    words = content[:4000].decode("utf-8", "replace").lower()
    if status in (400, 413, 422, 500) and _WINDOW.search(words):
        raise Fault("window", status)
    if status in (400, 422) or (status >= 500 and _FORM.search(words)):
        raise Fault("form", status)
    if status == 429 or status >= 500:
        raise Fault("busy", status)
    kinds = {401: "key", 403: "key", 404: "missing"}
    raise Fault("redirect" if 300 <= status < 400 else kinds.get(status, "status"), status)
