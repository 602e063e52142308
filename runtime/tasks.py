"""The Celery application: two tasks, which only say that there is work. The tables say what it is."""

from __future__ import annotations

import logging
import os
import socket
from pathlib import Path

from celery import Celery

from sartor.platform.automation.jobs import Jobs
from sartor.platform.settings import Settings

log = logging.getLogger(__name__)


def celery_app(settings: Settings, jobs: Jobs) -> Celery:
    """Celery for a workspace: on the broker that the settings name, or on folders in the data folder."""
    app = Celery("sartor", broker=settings.broker_url or "filesystem://")
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
        app.conf.broker_transport_options = _folders(settings.data / "broker")
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


def _folders(folder: Path) -> dict[str, object]:
    """The filesystem transport needs its folders before it starts; it looks for work twenty times a second."""
    places = {
        "data_folder_in": folder / "queue",
        "data_folder_out": folder / "queue",
        "control_folder": folder / "control",
    }
    for place in places.values():
        place.mkdir(parents=True, exist_ok=True)
    return {name: str(place) for name, place in places.items()} | {"polling_interval": 0.05}
