"""A second start: from `sartor run` in a workspace that is there to the first sign-in page, and the processor time that
its processes have taken until then, which says more on a busy machine."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from results import Result
from servers import free_port

from sartor.platform.founding import found_workspace
from sartor.platform.packaging.installing.begin import go_on, wanted
from sartor.platform.settings import Settings
from sartor.platform.workspace import Workspace

TIMES = 5
START_MS = 3000
PATIENCE = 120
COMMAND = [sys.executable, "-m", "sartor.runtime", "run"]


def second_start(folder: Path) -> list[Result]:
    """The best of several starts of a workspace with the stock blueprints."""
    environment = {"SARTOR_DATA": str(folder), "SARTOR_SECRET_KEY": "b" * 64}
    _make(environment, folder)
    found = [_start(environment) for _time in range(TIMES)]
    wall, processor = (min(each) * 1000 for each in zip(*found, strict=True))
    return [
        Result("start", "sqlite", wall, " ms", asked=START_MS, at_most=True),
        Result("start_cpu", "sqlite", processor, " ms"),
    ]


def _make(environment: dict[str, str], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    workspace = Workspace.open(Settings.from_environment(environment))
    found_workspace(workspace, wanted(("base", "sales"), samples=False))
    go_on(workspace, lambda text: None)
    workspace.close()


def _start(environment: dict[str, str]) -> tuple[float, float]:
    """Seconds until the page was there, and seconds of processor time."""
    port = free_port()
    begun = time.perf_counter()
    process = subprocess.Popen(
        COMMAND,
        env={**_as_people_have_it(), **environment, "SARTOR_PORT": str(port)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(f"http://127.0.0.1:{port}/sign-in", process)
        return time.perf_counter() - begun, _processor_time(process.pid)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _as_people_have_it() -> dict[str, str]:
    """Where Python may not keep what it compiled, every start is a first one."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            urlopen(url, timeout=PATIENCE).close()
            return
        except URLError:
            time.sleep(0.02)
    raise SystemExit(f"bench: nothing answers at {url}")


def _processor_time(group: int) -> float:
    """Seconds that the processes of a group have used, system calls included, and the children that ended."""
    ticks = 0
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = each.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended since it was listed
            continue
        if int(told[2]) == group:
            ticks += sum(map(int, told[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")
