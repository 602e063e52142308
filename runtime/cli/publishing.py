"""Publishing on the command line: at once, or, where it takes long, as a job that this process does and tells of.

The pages show the same job, and stop it. If the process is killed, the next worker goes on with it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import click

from sartor.platform.automation import publishing
from sartor.platform.errors import SartorError
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.publisher import TakesLong
from sartor.platform.publishing.values.preparing import Preparing
from sartor.platform.storage.jobs import Job
from sartor.platform.text import gettext as _
from sartor.platform.ui.format import number as format_number
from sartor.platform.workspace import Workspace
from sartor.runtime.cli.common import Interrupted
from sartor.runtime.handlers import jobs_of

PAUSE = 0.5
QUIET = 10.0
"""Seconds between two lines where nobody looks on."""


def published(workspace: Workspace, said: Publication, name: str, back_to: int | None = None) -> int:
    """The number of the new revision. back_to: the revision to go back to, in place of what the change set says.

    What was begun before is done before, here where no worker does it.
    """
    publisher, quick = workspace.publisher, replace(said, quick=True)
    if going := publishing.running(publisher):
        _done(workspace, going.job.id, mine=False)
    try:
        return publisher.publish(quick, name) if back_to is None else publisher.rollback(back_to, quick)
    except (Preparing, TakesLong):
        told = {"language": workspace.settings.language, "zone": workspace.settings.timezone}
        job = _done(workspace, publishing.begin(workspace.database, name, said, told, back_to))
    if job.state == "cancelled":
        raise Interrupted(_stopped(job, back_to))
    if job.result and job.result.get("look"):
        return publisher.publish(said, name)  # the values are others than was expected: it says what to confirm
    if job.state != "done":
        raise SartorError(job.message or job.state)
    return int(job.result["revision"])


def _stopped(job: Job, back_to: int | None) -> str:
    """What stays of it, and how to go on."""
    again = "sartor publish" if back_to is None else f"sartor rollback {back_to}"
    if not job.progress:
        return _("Stopped; nothing was published. `%(again)s` begins again.", again=again)
    count = format_number(job.progress)
    return _(
        "Stopped; nothing was published. %(n)s values are converted: `%(again)s` goes on there.", n=count, again=again
    )


def _done(workspace: Workspace, number: int, mine: bool = True) -> Job:
    """The job when it is over, whoever did it. mine: whoever interrupts the command stops it; what is too late to be
    stopped is done."""
    jobs = jobs_of(workspace)
    with ThreadPoolExecutor(1) as pool:
        try:
            _follow(workspace, number, lambda: pool.submit(jobs.run, number, "command line"))
        except KeyboardInterrupt:
            if not mine:
                raise
            publishing.stop(workspace.publisher, number)
            click.echo(_("It is being stopped …"), err=True)
    return jobs.get(number)


def _follow(workspace: Workspace, number: int, work: Callable[[], Future[bool]]) -> None:
    jobs, line, working = jobs_of(workspace), Line(), work()
    try:
        while not (job := jobs.get(number)).is_over:
            if working.done() and not working.result() and number in jobs.waiting():  # its worker died
                working = work()
            line.tell(publishing.told(workspace.publisher, job))
            time.sleep(PAUSE)
    finally:
        line.end()


class Line:
    """How far it is, on standard error: in one line that changes for who looks on, else now and then."""

    def __init__(self) -> None:
        self._looked_on = sys.stderr.isatty()
        self._told = -QUIET

    def tell(self, found: publishing.LongPublication) -> None:
        now = time.monotonic()
        if not self._looked_on and now - self._told < QUIET:
            return
        self._told = now
        click.echo(f"\r\033[K{_said(found)}" if self._looked_on else _said(found), err=True, nl=not self._looked_on)

    def end(self) -> None:
        if self._looked_on:
            click.echo("\r\033[K", err=True, nl=False)


def _said(found: publishing.LongPublication) -> str:
    if found.far is not None:
        return f"{100 * found.far.done // (found.far.total or 1)} %  {found.far.now}"
    if found.job.total and found.job.progress < found.job.total:
        return f"{100 * found.job.progress // found.job.total} %  {_('Values are being converted')}"
    return (
        _("It begins in a moment")
        if found.job.state == "waiting"
        else _("It is planned once more, with what is there now")
    )
