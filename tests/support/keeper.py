"""Holds one server process for the tests, and outlives them just long enough to stop it.

    python keeper.py FOLDER SIGNAL USER -- COMMAND …

Runs COMMAND as USER ("" for the same user) and waits until its own standard input closes. That happens when the
tests close it and also when they are killed in any way, so no server and no folder is ever left behind.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys

GRACE = 10


def main() -> int:
    folder, stop_signal, user, _, *command = sys.argv[1:]
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    server = subprocess.Popen(
        command, user=user or None, stdin=subprocess.DEVNULL, preexec_fn=_listen_to_signals, cwd=folder
    )
    sys.stdin.read()
    server.send_signal(signal.Signals[stop_signal])
    try:
        server.wait(GRACE)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    shutil.rmtree(folder, ignore_errors=True)
    return 0


def _listen_to_signals() -> None:
    for heard in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(heard, signal.SIG_DFL)


if __name__ == "__main__":
    raise SystemExit(main())
