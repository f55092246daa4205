"""The other end of `intake`: files from strangers are read in a child process with little memory and a clock.

One child serves many files. It is ended and a new one begun where a file took too long, ended it, or made it stumble.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
_STUMBLED = ("error", "memory", "time")  # refusals after which the child is not trusted any more

_child: subprocess.Popen[str] | None = None
_megabytes = 0


def read(path: Path, wanted: Mapping[str, Any], seconds: float, megabytes: int) -> dict[str, Any]:
    """What `intake.take_in` says of a file, or a refusal where it took more than `seconds` or `megabytes`."""
    child = _running(megabytes)
    timer = threading.Timer(seconds, child.kill)
    timer.start()
    try:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(json.dumps({"path": str(path), "wanted": wanted}, ensure_ascii=True) + "\n")
        child.stdin.flush()
        line = child.stdout.readline()
    except (BrokenPipeError, OSError):
        line = ""
    finally:
        late = not timer.is_alive()
        timer.cancel()
    answer: dict[str, Any] = json.loads(line) if line.endswith("\n") else {"refused": _ended(late, seconds)}
    if answer.get("refused", {}).get("code") in _STUMBLED:
        stop()
    return answer


def _running(megabytes: int) -> subprocess.Popen[str]:
    global _child, _megabytes
    if _child is None or _child.poll() is not None or _megabytes != megabytes:
        from pipeline import intake  # its name only: the readers themselves are loaded in the child

        stop()
        # -X importtime and the like must not reach the child; PYTHONPATH must, so that it finds this very package.
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
        _child = subprocess.Popen(
            [sys.executable, "-m", intake.__name__, str(megabytes)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8", env=env,
        )  # fmt: skip
        _megabytes = megabytes
    return _child


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
    if _child is not None:
        _child.kill()
        _child.wait()
        for stream in (_child.stdin, _child.stdout):
            if stream is not None:
                # What was not sent before the end is of no use any more.
                try:
                    stream.close()
                except OSError:
                    continue
        _child = None


atexit.register(stop)
