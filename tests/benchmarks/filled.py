"""A workspace with the benchmark's data, its users, and the server that serves it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapter import Adapter
from documents import DOCUMENTS
from fill import fill, record_id, rows

from sartor.platform.access.assign import Assignment
from sartor.platform.definitions.system import system_documents
from sartor.platform.founding import found_workspace
from sartor.platform.publishing.publisher import Publication
from sartor.platform.query.cursor import Position
from sartor.platform.query.question import Question
from sartor.platform.settings import Settings
from sartor.platform.work import Work
from sartor.platform.workspace import Workspace

PEOPLE = 40
DEPARTMENTS = 3
BIN = Path(sys.executable).parent


@dataclass
class FilledSartor:
    """What is needed to start and ask the server."""

    environment: dict[str, str]
    token: str
    cursor: str
    mine: list[int]
    adapter: Any = None

    def start(self, port: int) -> tuple[subprocess.Popen, Any]:
        environment = {**os.environ, **self.environment, "SARTOR_PORT": str(port)}
        for name in ("PEERS_DIR", "PEERS_PG", "LIMIT_PORT"):
            environment.pop(name, None)
        command = [
            str(BIN / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
            "--blocking-threads", "4", "--no-access-log", "--log-level", "warning", "sartor.runtime.wsgi:app",
        ]  # fmt: skip
        process = subprocess.Popen(command, env=environment)
        base = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{base}/healthz", timeout=5).read()
                break
            except OSError:
                time.sleep(0.1)
        self.adapter = Adapter(base, self.token, self.cursor, self.mine)
        return process, self.adapter


def fill_sartor(work: Path, server: Any, csv: Path, *, narrow: bool) -> FilledSartor:
    """Publish the definitions, make the people, copy the data."""
    url = server.create()
    environment = {"SARTOR_DATA": str(work / "sartor"), "SARTOR_DATABASE_URL": url, "SARTOR_SECRET_KEY": "b" * 64}
    environment |= {"SARTOR_CURRENCY": "EUR", "SARTOR_TIMEZONE": "UTC"}
    workspace = Workspace.open(Settings.from_environment(environment))
    found_workspace(workspace)
    plan = workspace.publisher.plan_documents(system_documents() | DOCUMENTS)
    workspace.publisher.apply(plan, Publication("benchmark", confirm=plan.fingerprint))
    people = workspace.database.run(lambda job: _people(workspace, job))
    fill(workspace, csv, people, url)
    number = 2 if narrow else 1
    owner, department = people[f"user{number:02d}@example.test"]
    token = workspace.database.run(lambda job: _token(workspace, job, owner, "narrow" if narrow else "wide"))
    mine = [
        int(row["id"])
        for row in rows(csv / "deals.csv")
        if (people[row["owner"]][0] == owner if narrow else people[row["owner"]][1] == department)
    ]
    cursor = _deep_cursor(workspace, owner, len(mine))
    workspace.close()
    return FilledSartor(environment, token, cursor, mine)


def _people(workspace: Workspace, work: Work) -> dict[str, tuple[int, int]]:
    serving, context = workspace.serving(), workspace.system("benchmark")
    writer = serving.writer
    departments = [writer.create(context, "department", {"name": f"D{n}"}, work=work).id for n in range(DEPARTMENTS)]
    from sartor.platform.model.ids import encode_id

    people = {}
    for number in range(PEOPLE):
        email, department = f"user{number:02d}@example.test", departments[number % DEPARTMENTS]
        values = {
            "name": f"User {number}",
            "email": email.replace(".test", ".com"),
            "department": encode_id(department),
        }
        people[email] = (writer.create(context, "user", values, work=work).id, department)
    return people


def _token(workspace: Workspace, work: Work, user: int, role: str) -> str:
    serving, context = workspace.serving(), workspace.system("benchmark")
    Assignment(workspace.database, serving.tables).assign(work, context, user, role)
    return workspace.tokens.create(work, user, "benchmark")[1]


def _deep_cursor(workspace: Workspace, user: int, seen: int) -> str:
    """A cursor half way down what the user sees (100,000 deep where everything is seen)."""
    context = workspace.person(workspace.stamp(), user)
    fields = "title,stage,amount,owner,close_date,created_at,updated_at,account"
    serving = workspace.serving()
    question = Question("deal", serving.names.of(context).paths("deal", fields))
    listing = serving.reader._listing(question, context.access)
    position = Position((), record_id("deal", 100_000))
    return workspace.cursors.write(position, serving.reader._fits(listing, context))
