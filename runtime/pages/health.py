"""Whether this process lives, whether it can work, and what waits: for whatever starts and watches it."""

from __future__ import annotations

from flask import Response

from sartor.platform.access.context import Context
from sartor.platform.access.policy import public, signed_in
from sartor.platform.access.roles import ADMINISTER
from sartor.platform.errors import Forbidden
from sartor.platform.storage.vitals import vitals
from sartor.runtime.answers import answer
from sartor.runtime.gate import context, route, serving, workspace
from sartor.runtime.pages import pages


@route(pages, "/healthz", public, methods=["GET"])
def healthz() -> Response:
    return answer({"status": "alive"})


@route(pages, "/readyz", public, methods=["GET"])
def readyz() -> Response:
    """Ready when the database answers and a design is published."""
    revision = workspace().stamp().revision
    return answer({"status": "ready", "revision": revision}) if revision else answer({"status": "empty"}, 503)


@route(pages, "/metrics", signed_in, methods=["GET"])
def prometheus_metrics() -> Response:
    """Numbers for Prometheus, for a token of somebody who may administer: they tell how busy people are.

    A token that only reads is enough, though it carries no such right itself.
    :raises Forbidden: for anybody else.
    """
    _require_administrator(context())
    found = vitals(workspace().database)
    turned = found.age(found.round) if found.round else "+Inf"
    numbers = {
        "sartor_revision": ("Revision that is published.", workspace().stamp().revision),
        "sartor_jobs_waiting": ("Jobs that no worker took yet.", found.waiting),
        "sartor_jobs_waiting_seconds": ("How long the oldest of them waits.", found.age(found.waiting_since)),
        "sartor_jobs_stalled": ("Jobs whose worker is gone.", found.stalled),
        "sartor_events_unsent": ("Events that were not handed over.", found.unsent),
        "sartor_events_unsent_seconds": ("How long the oldest of them waits.", found.age(found.unsent_since)),
        "sartor_scheduler_round_seconds": ("Since the scheduler last went its round.", turned),
    }
    lines = [f"# HELP {name} {text}\n# TYPE {name} gauge\n{name} {value}\n" for name, (text, value) in numbers.items()]
    return Response("".join(lines), content_type="text/plain; version=0.0.4; charset=utf-8")


def _require_administrator(context: Context) -> None:
    rights = workspace().authority.rights(serving().model, context.actor.roles)
    if not rights.ability(ADMINISTER):
        raise Forbidden(rights.reason_for_ability(ADMINISTER).message)
