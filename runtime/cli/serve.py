"""`sartor run`: the web server first, the rest behind it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from sartor.platform.settings import Settings
from sartor.runtime.cli.common import command, settings
from sartor.runtime.cli.lazy import load
from sartor.runtime.cli.listening import is_answered, require_free
from sartor.runtime.starting import Start

BEHIND = [sys.executable, "-m", "sartor.runtime", "worker", "--with-scheduler"]
PAUSE = 2.0
"""Seconds before a worker that ended by itself is replaced."""


@click.command()
@command
def run() -> None:
    """Start everything in one go: web, worker and scheduler. The first time it makes the workspace, with samples."""
    found = settings()
    require_free(found)
    start = Start(found.data)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    processes: list[subprocess.Popen] = []
    try:
        with start.closed():
            begin(web_command(found), processes)
            # Imported only now, while the web server imports what is its own.
            link = load("preparing").prepared(found)
        if _is_up(processes[0], start, found):
            click.echo(f"Sartor is at {found.base_url}")
            if link:
                click.echo(f"Make the first administrator: {link}")
        code = _keep_worker(processes)
    except KeyboardInterrupt:
        code = 0
    finally:
        _end(processes)
    sys.exit(code)


def begin(command_line: list[str], processes: list[subprocess.Popen]) -> None:
    """Begin a process. Whoever stops us meanwhile waits until it is in the list, for nobody would end it otherwise."""
    with _held_back((signal.SIGINT, signal.SIGTERM)):
        processes.append(subprocess.Popen(command_line))


@contextmanager
def _held_back(signals: tuple[signal.Signals, ...]) -> Iterator[None]:
    came: list[int] = []
    before = {each: signal.signal(each, lambda number, _frame: came.append(number)) for each in signals}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
    if came:
        raise KeyboardInterrupt


def _is_up(web_process: subprocess.Popen, start: Start, found: Settings) -> bool:
    """Wait for the web server, which says that it opens shortly before it listens; False where it ended instead."""
    while not (start.is_open and is_answered(found)):
        if web_process.poll() is not None:
            return False
        time.sleep(0.05)
    return True


def _keep_worker(processes: list[subprocess.Popen]) -> int:
    """Keep a worker behind the web server until that ends; its exit code."""
    web_process = processes[0]
    while web_process.poll() is None:
        if len(processes) == 1:
            begin(BEHIND, processes)
        time.sleep(0.2)
        if (ended := processes[1].poll()) is not None:
            click.echo(f"The worker ended ({ended}); another one starts", err=True)
            time.sleep(PAUSE)
            processes.pop()
    return web_process.returncode


def _end(processes: list[subprocess.Popen]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


def web_command(found: Settings) -> list[str]:
    """The web server's command line. SQLite: one process, whose threads share one writer."""
    return [
        os.path.join(os.path.dirname(sys.executable), "granian"),
        "--interface", "wsgi",
        "--host", found.host,
        "--port", str(found.port),
        "--workers", "1",
        "--blocking-threads", str(found.threads),
        "--respawn-failed-workers",
        "--workers-kill-timeout", "20",
        "--no-access-log",
        "--log-level", "warning",
        "sartor.runtime.wsgi:app",
    ]  # fmt: skip
