"""The other end of `intake`: files from strangers are read in a child process with little memory and a clock.

One child serves many files. It is ended, and the next file gets a new one, where a file took too long, ended it, or made
it stumble; what stumbled in a child that had served before is tried once more in a fresh one, so that a file's fate does
not depend on the files read before it.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.problems import Problem, Stop

ROOT = Path(__file__).parent.parent
CHANCE = ("error", "memory", "time", "no_access")  # refusals that may not come again: never kept as results
_STUMBLED = ("error", "memory", "time")
_START = 60.0  # seconds within which a child must be ready


@dataclass
class _Child:
    process: subprocess.Popen[str]
    megabytes: int
    served: int = 0


_child: _Child | None = None


def read(path: Path, wanted: Mapping[str, Any], seconds: float, megabytes: int) -> dict[str, Any]:
    """What `intake.take_in` says of a file, or a refusal where it took more than `seconds` or `megabytes`.

    Raises `Stop` where no child can be started at all.
    """
    request = {"path": str(path), "wanted": dict(wanted), "seconds": seconds}
    used = _running(megabytes).served > 0
    answer = _ask(_running(megabytes), request, seconds)
    if used and _code(answer) in _STUMBLED:
        answer = _ask(_running(megabytes), request, seconds)
    return answer


def _ask(child: _Child, request: Mapping[str, Any], seconds: float) -> dict[str, Any]:
    child.served += 1
    try:
        line, late = _line(child, json.dumps({**request, "number": child.served}, ensure_ascii=True) + "\n", seconds)
        answer = _parsed(line, child.served)
    except BaseException:
        stop()  # an answer that nobody waits for any more must not be taken for the next file's
        raise
    if answer is None:
        answer = {"refused": _ended(late, seconds)}
    if late or _code(answer) in _STUMBLED:
        stop()
    return answer


def _line(child: _Child, request: str, seconds: float) -> tuple[str, bool]:
    """The child's next line, and whether its time was up. An empty line where it ended."""
    late = threading.Event()

    def end() -> None:
        late.set()
        child.process.kill()

    timer = threading.Timer(seconds, end)
    timer.start()
    line = ""
    try:
        assert child.process.stdin
        assert child.process.stdout
        with contextlib.suppress(OSError):  # the child is gone: told by the empty line
            if request:
                child.process.stdin.write(request)
                child.process.stdin.flush()
            line = child.process.stdout.readline()
    finally:
        timer.cancel()
        timer.join()
    return line, late.is_set()


def _parsed(line: str, number: int) -> dict[str, Any] | None:
    """An answer of the right shape to the right request, or None."""
    if not line.endswith("\n"):
        return None
    try:
        answer = json.loads(line)
    except ValueError:
        return None
    if not isinstance(answer, dict) or answer.pop("number", None) != number:
        return None
    good = isinstance(answer.get("turns"), list) or isinstance(answer.get("refused"), dict)
    return answer if good else None


def _code(answer: Mapping[str, Any]) -> str:
    return str(answer.get("refused", {}).get("code", ""))


def _running(megabytes: int) -> _Child:
    global _child
    if _child is None or _child.process.poll() is not None or _child.megabytes != megabytes:
        stop()
        _child = _started(megabytes)
    return _child


def _started(megabytes: int) -> _Child:
    from pipeline import intake  # its name only: the readers themselves are loaded in the child

    path = os.pathsep.join(part for part in (str(ROOT), os.environ.get("PYTHONPATH", "")) if part)
    env = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    child = _Child(
        subprocess.Popen(
            [sys.executable, "-m", intake.__name__, str(megabytes)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8", env=env,
        ),
        megabytes,
    )  # fmt: skip
    if _line(child, "", _START)[0].strip() != intake.READY:
        child.process.kill()
        child.process.wait()
        what = "Der Leseprozess lässt sich nicht starten; kein Transkript wurde gelesen, frühere Ergebnisse sind unverändert."
        hint = (
            "Reicht »max_memory_mb« in study.yaml? Sonst hilft meist, den Ordner .venv zu löschen und neu zu starten."
        )
        raise Stop(Problem("", 0, what, hint))
    return child


def _ended(late: bool, seconds: float) -> dict[str, str]:
    if late:
        reason = f"Das Lesen der Datei dauerte länger als {seconds:g} Sekunden und wurde abgebrochen."
        advice = "Die Grenze steht als »max_seconds« in study.yaml; meist hilft neu speichern als DOCX oder TXT."
        return {"status": "failed", "code": "time", "reason": reason, "advice": advice}
    reason = "Das Lesen der Datei brach ab; sie ist wohl beschädigt oder unmäßig groß."
    advice = "Bitte in Word oder LibreOffice öffnen und neu als DOCX speichern."
    return {"status": "failed", "code": "error", "reason": reason, "advice": advice}


def stop() -> None:
    """End the child, if there is one. The next file gets a new one."""
    global _child
    if _child is None:
        return
    process, _child = _child.process, None
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):  # what was not sent before the end is of no use any more
                stream.close()


atexit.register(stop)
