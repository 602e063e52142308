"""The product as an operator runs it on several machines: web servers and workers as processes of their own."""

from __future__ import annotations

import http.client
import io
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import orjson
from offices import API, Answer, Office
from servers import free_port
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

PATIENCE = 180.0
SARTOR = Path(sys.executable).parent / "sartor"
Found = TypeVar("Found")


@dataclass
class Shape:
    """The processes of one workspace. webs: ports; workers: by process id."""

    office: Office
    environment: Mapping[str, str]
    webs: list[int] = field(default_factory=list)
    workers: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *command: str, **more: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([str(SARTOR), *command], env={**self.environment, **more})
        self.started.append(process)
        return process

    def start_web(self) -> None:
        self.webs.append(free_port())
        self.start("web", SARTOR_PORT=str(self.webs[-1]))

    def start_worker(self) -> None:
        process = self.start("worker")
        self.workers[process.pid] = process

    def ask(self, web: int, who: str | None, method: str, path: str, json: Any = None, **more: Any) -> Answer:
        """One request to the web server of that number. more: `data` and `kind` of a body that is no JSON."""
        body = more.get("data", None if json is None else orjson.dumps(json))
        headers = {"Authorization": f"Bearer {self.office.keys[who]}"} if who else {}
        if body is not None:
            headers["Content-Type"] = more.get("kind", "application/json")
        connection = http.client.HTTPConnection("127.0.0.1", self.webs[web], timeout=PATIENCE)
        try:
            connection.request(method, path if path.startswith("/readyz") else API + path, body, headers)
            found = connection.getresponse()
            return Answer(found.status, dict(found.getheaders()), found.read())
        finally:
            connection.close()

    def upload(self, web: int, who: str, entity: str, text: str) -> str:
        """Bring a file to be imported; its id."""
        parts = {"entity": entity, "file": FileStorage(io.BytesIO(text.encode()), "file.csv")}
        stream, length, boundary = stream_encode_multipart(parts)
        kind = f"multipart/form-data; boundary={boundary}"
        return self.ask(web, who, "POST", "/jobs/import", data=stream.read(length), kind=kind).json["file"]

    def is_ready(self, web: int) -> bool:
        try:
            return self.ask(web, None, "GET", "/readyz").status == 200
        except OSError:
            return False


def until(ask: Callable[[], Found], reached: Callable[[Found], object]) -> Found:
    """Ask again and again; what was answered when it was reached."""
    deadline = time.monotonic() + PATIENCE
    while True:
        found = ask()
        if reached(found):
            return found
        assert time.monotonic() < deadline, f"after {PATIENCE:.0f} s it is still {found!r}"
        time.sleep(0.05)


@contextmanager
def shape_of(office: Office, broker: str) -> Iterator[Shape]:
    """Two web servers, two workers and a scheduler for a workspace, as docs/operations.md starts them."""
    settings = office.workspace.settings
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("SARTOR_")},
        "SARTOR_DATA": str(settings.data),
        "SARTOR_DATABASE_URL": settings.database_url,
        "SARTOR_BROKER_URL": broker,
        "SARTOR_SECRET_KEY": str(settings.secret_key),
        "SARTOR_TIMEZONE": settings.timezone,
    }
    shape = Shape(office, environment)
    try:
        for _ in range(2):
            shape.start_web()
            shape.start_worker()
        shape.start("scheduler")
        for web in range(2):
            until(partial(shape.is_ready, web), bool)
        yield shape
    finally:
        for process in shape.started:
            process.terminate()
        for process in shape.started:
            _ended(process)


def _ended(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
