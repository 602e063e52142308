"""Publishing a change set at a time: set, looked at, taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Response

from sartor.platform.errors import Invalid, Problem
from sartor.platform.text import gettext as _
from sartor.runtime.answers import answer, instant, sent_as
from sartor.runtime.api import api
from sartor.runtime.api.designing import CONFIRM, NOTE, design, known_set, person, publication, publisher
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.shapes import ID, TEXT, closed, nullable
from sartor.runtime.api.talks import asker
from sartor.runtime.gate import context, workspace

SCHEDULE = "/change-sets/<name>/schedule"
WHEN = {**TEXT, "maxLength": 40, "description": "With its offset, `2026-11-23T02:00:00+08:00`."}
APPOINT = closed({"at": WHEN, "note": NOTE, "confirm": CONFIRM}, "at")
APPOINTMENT = closed(
    {
        "at": nullable(WHEN),
        "zone": nullable(TEXT),
        "note": nullable(TEXT),
        "by": nullable(ID),
        "edited": {"type": "boolean", "description": "It was edited since, so it will not be published then."},
    },
    "at",
)


@endpoint(api, "GET", SCHEDULE, design, Says(answer=APPOINTMENT))
def get_schedule(name: str) -> Response:
    """When a change set is to be published; `at` is null where no time is set."""
    return answer(_appointment(known_set(name)))


@endpoint(api, "PUT", SCHEDULE, design, Says(body=APPOINT, answer=APPOINTMENT))
def set_schedule(name: str) -> Response:
    """Publish a change set at a time, if it is still what it is now and loses nothing else."""
    body = sent_as(APPOINT)
    asker()
    workspace().timing.make(publication(body), known_set(name), _moment(body["at"]), context().zone)
    return answer(_appointment(name))


@endpoint(api, "DELETE", SCHEDULE, design, Says(answer=APPOINTMENT))
def cancel_schedule(name: str) -> Response:
    """Take the time back."""
    workspace().timing.take_back(known_set(name), asker())
    return answer(_appointment(name))


def _appointment(name: str) -> dict[str, Any]:
    found = workspace().timing.get(name)
    if found is None:
        return {"at": None}
    edited = publisher().sets.get(name).content != found.content
    return {
        "at": instant(found.at), "zone": found.zone, "note": found.note, "by": person(found.by), "edited": edited,
    }  # fmt: skip


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        said = _("%(text)s is no moment with its offset, such as 2026-11-23T02:00:00+08:00.", text=text)
        raise Invalid(said, [Problem("at", "format", said)])
    return moment.astimezone(UTC)
