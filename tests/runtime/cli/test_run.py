"""`sartor run` in a workspace that is there: it says where it is once the page answers, and leaves nobody behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

import pytest
from servers import free_port

from sartor.platform.founding import found_workspace
from sartor.platform.settings import Settings
from sartor.platform.workspace import Workspace
from sartor.runtime.cli import serve

Started = tuple[subprocess.Popen[str], int]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    workspace = Workspace.open(replace(Settings.from_environment({"SARTOR_DATA": str(tmp_path)}), data=tmp_path))
    found_workspace(workspace)
    workspace.close()
    return tmp_path


@pytest.fixture
def started(folder: Path) -> Iterator[Started]:
    port = free_port()
    environment = {"PATH": os.defpath, "SARTOR_DATA": str(folder), "SARTOR_PORT": str(port)}
    command = [sys.executable, "-m", "sartor.runtime", "run"]
    process = subprocess.Popen(
        command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )
    yield process, port
    process.terminate()
    process.wait(60)
    assert process.stdout is not None
    process.stdout.close()


def nobody_is_left(group: int) -> bool:
    """Whether a process group ends within ten seconds: Python's own helper processes notice a little later."""
    for _attempt in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_a_start_tells_its_address_when_it_answers_and_ends_whole(started):
    process, port = started
    assert process.stdout.readline() == f"Sartor is at http://127.0.0.1:{port}\n"
    assert f"http://127.0.0.1:{port}/setup/" in process.stdout.readline()
    with urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=30) as answer:
        assert answer.status == 200
        assert "text/html" in answer.headers["Content-Type"]
    process.terminate()
    assert process.wait(60) == 0
    assert nobody_is_left(process.pid)


def test_a_signal_that_comes_while_a_process_begins_leaves_nobody_unknown(monkeypatch):
    class Beginning:
        def __init__(self, _command):
            signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(subprocess, "Popen", Beginning)
    known = []
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            serve.begin(["worker"], known)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert len(known) == 1
