"""The worker process: Celery's threads, the relay beside them, and the scheduler if asked for."""

from __future__ import annotations

import signal
import threading
import warnings
from datetime import timedelta
from types import FrameType

from celery.exceptions import SecurityWarning

from sartor.platform.automation.jobs import Jobs
from sartor.platform.storage.jobs import LEASE
from sartor.platform.workspace import Workspace
from sartor.runtime.handlers import handlers
from sartor.runtime.logs import keep_log
from sartor.runtime.relay import Relay
from sartor.runtime.scheduler import Scheduler
from sartor.runtime.tasks import celery_app

WORKER = [
    "--quiet", "worker", "--pool=threads", "--concurrency=4", "--without-gossip", "--without-mingle",
    "--without-heartbeat", "--loglevel=WARNING",
]  # fmt: skip


def run_worker(workspace: Workspace, *, with_scheduler: bool = False, lease: timedelta = LEASE) -> None:
    """Work until told to stop; a running task is finished first. lease: how long a silent worker keeps its job."""
    keep_log(workspace.settings.log_level)
    jobs = Jobs(workspace.database, handlers(workspace), lease)
    tasks = celery_app(workspace.settings, jobs)
    beside: list[Relay | Scheduler] = [Relay(workspace.database, jobs, tasks)]
    if with_scheduler:
        beside.append(Scheduler(workspace))
    for each in beside:
        each.start()
    # It warns the administrator of the machine of messages that could run code. Ours are JSON with the number of a job
    # in it; and the warning would stand below the set-up link, which is the last thing to be read at a first start.
    warnings.simplefilter("ignore", SecurityWarning)
    try:
        tasks.worker_main(WORKER)
    finally:
        for each in beside:
            each.ended.set()


def run_scheduler(workspace: Workspace) -> None:
    """The scheduler alone, until told to stop."""
    keep_log(workspace.settings.log_level)
    told = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        told.set()

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, stop)
    scheduler = Scheduler(workspace)
    scheduler.start()
    told.wait()
    scheduler.ended.set()
