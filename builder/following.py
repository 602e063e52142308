"""Pages that tell how far a worker is with a job: they ask for that again and again, and stop it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from flask import Response, request

from sartor.builder.bench import Bench
from sartor.builder.frame import Frame
from sartor.builder.rendering import html
from sartor.platform.storage import jobs
from sartor.platform.storage.jobs import Job
from sartor.platform.ui.pages.job import Progress

EVERY = 1000
"""Milliseconds from one question to the next."""


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """What a worker does, and how far it is."""

    template: ClassVar[str] = "build/preparing.html"

    frame: Frame
    progress: Progress


def asks_how_far() -> bool:
    """Whether the page asks, and not a person."""
    return request.headers.get("HX-Request") == "true"


def so_far(part: Any, is_over: bool, template: str | None = None) -> Response:
    """The answer to a page that asks; the page is drawn anew once it is over."""
    response = html(part, template=template)
    if is_over:
        response.headers["HX-Refresh"] = "true"
    return response


def stop(here: Bench, job: Job) -> None:
    """Ask the worker to stop at the next place where it can."""
    here.workspace.database.run(lambda work: jobs.ask_to_stop(work, job.id))
