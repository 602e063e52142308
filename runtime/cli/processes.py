"""`sartor web`, `worker` and `scheduler`: one process each, for installations of several."""

from __future__ import annotations

import os

import click

from sartor.runtime.cli.common import command, settings
from sartor.runtime.cli.listening import require_free
from sartor.runtime.cli.opening import opened
from sartor.runtime.cli.serve import web_command
from sartor.runtime.worker import run_scheduler, run_worker


@click.command()
@command
def web() -> None:
    """The web server alone."""
    with opened():
        pass
    found = settings()
    require_free(found)
    command_line = web_command(found)
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
