"""POST with an Idempotency-Key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response

from sartor.platform.access.context import Context
from sartor.platform.records.once import Answer, answered_once
from sartor.platform.work import Work
from sartor.platform.workspace import Serving
from sartor.runtime.answers import answer
from sartor.runtime.current import the_request
from sartor.runtime.gate import with_current_design, workspace

Job = Callable[[Work, Serving, Context], Answer]


def once(body: Any, job: Job, headers: Callable[[Any], dict[str, str]], *, late: bool = False) -> Response:
    """Run a write in one transaction, at most once for each key. late: see `Work`; for writes of one record."""
    request = the_request()
    key = request.environ.get("HTTP_IDEMPOTENCY_KEY")

    def run(here: Serving, asker: Context) -> Answer:
        def in_work(work: Work) -> Answer:
            if key is None:
                return job(work, here, asker)
            marked = [request.method, request.path, body]
            return answered_once(work, asker.actor.id, key, marked, lambda: job(work, here, asker))

        return workspace().database.run(in_work, late=late)

    status, made = with_current_design(run)
    return answer(made, status, headers(made))
