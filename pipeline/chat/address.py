"""Which server may be asked: one on this machine, or another one that is named a second time on purpose.

The address is read by one narrow pattern instead of a URL parser, so that nothing can be read in two ways: no user
info, no escapes, no other writings of numbers. What the pattern does not know is refused before any socket is opened.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from typing import NamedTuple

from pipeline.problems import Problem, Stop

EXAMPLE = "http://127.0.0.1:11434/v1"
_URL = re.compile(
    r"(https?)://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::([0-9]{1,5}))?(/[A-Za-z0-9._~/-]*)?"
)
_CLOUD = re.compile(r"[-:]cloud$", re.IGNORECASE)
_HERE = ipaddress.IPv4Network("127.0.0.0/8")


class Server(NamedTuple):
    """Where to ask. `ips` are this machine's own addresses to connect to; empty for another host."""

    scheme: str
    host: str
    port: int
    path: str
    ips: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}{self.path}"


def server(url: str, named: str) -> Server:
    """The server of `url`; `Stop` where it is not on this machine and not the host `named` a second time.

    >>> server("http://127.0.0.1:11434/v1", "").shown
    'http://127.0.0.1:11434/v1'
    """
    match = _URL.fullmatch(url)
    if not match:
        raise _stop("»url« ist keine Adresse, mit der das Programm etwas anfangen kann.", f"Üblich ist {EXAMPLE}.")
    scheme, host, port = match[1], match[2].strip("[]").lower(), int(match[3] or (443 if match[1] == "https" else 80))
    if not 0 < port < 65536:
        raise _stop(f"»url« nennt den Anschluss {port}, den es nicht gibt.", f"Üblich ist {EXAMPLE}.")
    path = (match[4] or "").rstrip("/")
    ips = _own(host)
    if not ips and host != named.strip().strip("[]").lower():
        raise _stop(
            f"»url« führt zu »{host}«, und das ist nicht dieser Rechner. Dorthin wird nichts geschickt.",
            f"Auf diesem Rechner wäre es etwa {EXAMPLE}. Wer einen anderen Server fragen will und darf, nennt ihn unter »host« noch einmal.",
        )
    if ips and scheme == "https":
        raise _stop("»url« nennt https für diesen Rechner; hier verlässt nichts den Rechner.", "Bitte mit http:// schreiben.")
    return Server(scheme, host, port, path, ips)


def refuse_cloud(model: str) -> None:
    """Ollama on this machine hands models named `…-cloud` on to computers elsewhere; such a model is never asked."""
    if _CLOUD.search(model.strip()):
        raise _stop(
            f"Das Modell »{model}« rechnet nicht auf diesem Rechner: Ollama reicht die Texte an fremde Rechner weiter.",
            "Bitte ein Modell ohne »cloud« im Namen wählen; »ollama list« zeigt, welche da sind.",
        )


def _own(host: str) -> tuple[str, ...]:
    """The addresses of this machine that a host stands for; empty for any other host."""
    if host != "localhost":
        return (host,) if _is_own(host) else ()
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]
    except OSError:
        found = []
    if not found or not all(_is_own(ip) for ip in found):  # whatever stands in the machine's list of hosts
        raise _stop("»localhost« steht auf diesem Rechner nicht nur für diesen Rechner.", f"Bitte {EXAMPLE} schreiben.")
    return tuple(dict.fromkeys(found))


def _is_own(host: str) -> bool:
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return False
    return ip in _HERE if isinstance(ip, ipaddress.IPv4Address) else str(ip) == "::1"


def _stop(what: str, hint: str) -> Stop:
    return Stop(Problem("study.yaml", 0, f"Unter »llm«: {what}", hint))
