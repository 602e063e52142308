"""The Celery application: two tasks, which only say that there is work. The tables say what it is."""

from __future__ import annotations

import logging
import os
import socket

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

from sartor.platform.automation.jobs import Jobs
from sartor.platform.settings import Settings

log = logging.getLogger(__name__)
TRANSPORT_ALIASES["folders"] = "sartor.runtime.folders:Transport"


def celery_app(settings: Settings, jobs: Jobs) -> Celery:
    """Celery for a workspace: on the broker that the settings name, or on folders in the data folder."""
    app = Celery("sartor", broker=settings.broker_url or "folders://localhost")
    app.conf.update(
        accept_content=["json"],
        task_serializer="json",
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_soft_shutdown_timeout=5.0,
        broker_connection_retry_on_startup=True,
        task_default_queue="sartor",
    )
    if not settings.broker_url:
        app.conf.broker_transport_options = {"folder": str(settings.data / "broker" / "queue")}
    worker = f"{socket.gethostname()}:{os.getpid()}"

    @app.task(name="sartor.job")
    def job(number: str) -> None:
        """Work on a job, unless another worker has it."""
        jobs.run(int(number), worker)

    @app.task(name="sartor.events")
    def events(numbers: list[str]) -> None:
        """Events have been handed over; whoever consumes them finds them by number."""
        log.debug("%s events", len(numbers))

    return app
