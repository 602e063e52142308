"""The servers under load: one web worker with four threads each, on loopback, started and stopped here."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

BIN = Path(sys.executable).parent
PATIENCE = 60
OPTIONS = ["--interface", "wsgi", "--host", "127.0.0.1", "--workers", "1", "--blocking-threads", "4"]
QUIET = ["--no-access-log", "--log-level", "warning"]


@dataclass(frozen=True)
class Server:
    """A running server: its address and its process."""

    base: str
    pid: int


@contextmanager
def serving(app: str, folder: Path, environment: Mapping[str, str], port: int) -> Iterator[Server]:
    """A server for the WSGI application `module:name`, found from `folder`."""
    command = [str(BIN / "granian"), *OPTIONS, "--port", str(port), *QUIET, app]
    process = subprocess.Popen(command, cwd=folder, env={**os.environ, **environment})
    try:
        base = f"http://127.0.0.1:{port}"
        _wait(base, process)
        yield Server(base, process.pid)
    finally:
        process.terminate()
        process.wait(15)


def _wait(base: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(base, timeout=5)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"bench: nothing answers at {base}")
