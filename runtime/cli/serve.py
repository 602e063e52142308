"""`sartor init`, `run`, `web`, `worker`, `scheduler`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from types import FrameType

import click

from sartor.platform.founding import found_workspace, has_somebody, setup_key
from sartor.platform.packaging.install import apply, find_blueprint, install_plan, with_required
from sartor.platform.packaging.samples import SampleLoader
from sartor.platform.settings import Settings
from sartor.platform.storage.system import HEAD
from sartor.platform.storage.version import current
from sartor.platform.workspace import Workspace
from sartor.runtime.cli.common import as_json, command, opened, settings, write_json
from sartor.runtime.worker import run_scheduler, run_worker

STOCK = ("base", "sales")
PAUSE = 2.0
"""Seconds before a worker that ended by itself is replaced."""


@click.command()
@click.option("--blueprint", "names", multiple=True, metavar="NAME", help="Install it; may be given several times.")
@click.option("--sample-data", is_flag=True, help="Fill the blueprints with sample records.")
@as_json
@command
def init(names: tuple[str, ...], sample_data: bool, json: bool) -> None:
    """Make the workspace that the settings name, and print the one-time set-up link."""
    with opened(current=False) as workspace:
        prepare(workspace, names, sample_data, quiet=json)
        link = setup_link(workspace)
    if json:
        write_json({"setup": link, "workspace": str(workspace.settings.data)})
    elif link:
        click.echo(f"Make the first administrator: {link}")


def prepare(workspace: Workspace, names: tuple[str, ...], sample_data: bool, *, quiet: bool = False) -> None:
    """Found a workspace and install blueprints into it."""

    def say(text: str) -> None:
        if not quiet:
            click.echo(text)

    if found_workspace(workspace):
        say(f"New workspace in {workspace.settings.data}")
    wanted = with_required([find_blueprint(name) for name in names], workspace.serving().design.documents)
    if not wanted:
        return
    say("Installing " + ", ".join(each.name for each in wanted))
    plan = install_plan(workspace, wanted, "L3" if sample_data else "L1")
    apply(workspace, plan, "Installed " + ", ".join(each.name for each in wanted))
    if sample_data:
        say("Writing sample records; this takes a moment")
        made = SampleLoader(workspace).load(wanted)
        say(f"{made} sample records")


def setup_link(workspace: Workspace) -> str | None:
    """A one-time link while nobody can sign in yet."""
    if has_somebody(workspace):
        return None
    return f"{workspace.settings.base_url}/setup/{setup_key(workspace)}"


@click.command()
@command
def run() -> None:
    """Start everything in one go: web, worker and scheduler. The first time it makes the workspace, with samples."""
    found = settings()
    with opened(current=False) as workspace:
        if current(workspace.database) is None:
            prepare(workspace, STOCK, sample_data=True)
        elif current(workspace.database) != HEAD:
            found_workspace(workspace)
        link = setup_link(workspace)
    web_process = subprocess.Popen(web_command(found))
    click.echo(f"Sartor is at {found.base_url}")
    if link:
        click.echo(f"Make the first administrator: {link}")
    sys.exit(_watch(web_process, [sys.executable, "-m", "sartor.runtime", "worker", "--with-scheduler"]))


def _watch(web_process: subprocess.Popen, beside: list[str]) -> int:
    """Keep a worker beside the web server until that ends or we are told to end both."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    worker_process = subprocess.Popen(beside)
    try:
        while web_process.poll() is None:
            time.sleep(0.2)
            if worker_process.poll() is not None:
                click.echo(f"The worker ended ({worker_process.returncode}); another one starts", err=True)
                time.sleep(PAUSE)
                worker_process = subprocess.Popen(beside)
        code = web_process.returncode
    except KeyboardInterrupt:
        code = 0
    _end([web_process, worker_process])
    return code


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
        "--no-access-log",
        "--log-level", "warning",
        "sartor.runtime.wsgi:app",
    ]  # fmt: skip


@click.command()
@command
def upgrade() -> None:
    """Bring the database to this version of the product. Make a copy of it first."""
    with opened(current=False) as workspace:
        found_workspace(workspace)
    click.echo(f"The database is at {HEAD}")


@click.command()
@command
def web() -> None:
    """The web server alone."""
    with opened():
        pass
    command_line = web_command(settings())
    os.execv(command_line[0], command_line)


@click.command()
@click.option("--with-scheduler", is_flag=True, help="The scheduler too, in the same process.")
@command
def worker(with_scheduler: bool) -> None:
    """The worker: long jobs, events, everything after a commit."""
    with opened() as workspace:
        run_worker(workspace, with_scheduler=with_scheduler)


@click.command()
@command
def scheduler() -> None:
    """The scheduler alone; several may run, each occurrence happens once."""
    with opened() as workspace:
        run_scheduler(workspace)
