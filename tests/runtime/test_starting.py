"""A start: the web server waits until the workspace may be opened, however the other process ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest

from sartor.runtime.starting import Start

HOLD = """
import pathlib, sys, time
from sartor.runtime.starting import Start
with Start(pathlib.Path(sys.argv[1])).closed():
    print("closed", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def start(tmp_path):
    return Start(tmp_path)


def test_nobody_waits_where_nothing_is_prepared(start):
    start.wait()


def test_the_web_server_waits_until_the_workspace_is_prepared(start):
    waited = threading.Thread(target=start.wait, daemon=True)
    with start.closed():
        waited.start()
        waited.join(0.2)
        assert waited.is_alive()
    waited.join(10)
    assert not waited.is_alive()


def test_it_waits_no_longer_for_a_process_that_was_killed(start, tmp_path):
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    with holder.stdout as said:
        said.readline()
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
    start.wait()


def test_each_start_begins_closed(start):
    start.say_open()
    assert start.is_open
    with start.closed():
        assert not start.is_open
