"""Plans, publishing, and what was published: revisions, their differences, and the way back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from flask import Response

from sartor.platform.automation import converting, publishing
from sartor.platform.definitions.documents import without_engine_keys
from sartor.platform.model.ids import encode_id
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.change_sets.changes import MAIN
from sartor.platform.publishing.diff import ABSENT, Difference
from sartor.platform.publishing.publisher import TakesLong
from sartor.platform.publishing.store import Revision
from sartor.platform.publishing.values.preparing import Preparing
from sartor.runtime.answers import answer, instant, sent_as
from sartor.runtime.api import api
from sartor.runtime.api.asking import asked
from sartor.runtime.api.designing import (
    LARGEST_NUMBER,
    PUBLISH,
    design,
    documents_of,
    known_set,
    person,
    plan_json,
    publication,
    publisher,
)
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.jobs import BEGUN, begun
from sartor.runtime.api.parameters import DRY_RUN, Parameter
from sartor.runtime.api.shapes import COUNT, PLAN, REVISION, TEXT, closed, listed, nullable
from sartor.runtime.gate import context, workspace

SET = "/change-sets/<name>"
ONE = "/revisions/<int:number>"

ROW = closed(
    {
        "number": {"type": "integer"},
        "note": nullable(TEXT),
        "by": nullable(TEXT),
        "at": TEXT,
        "summary": {"type": ["array", "null"]},
    },
    "number", "note", "by", "at",
)  # fmt: skip
CHANGE = closed({"path": TEXT, "before": {}, "after": {}}, "path")
DIFFERENCE = closed(
    {"key": TEXT, "kind": {"enum": ["added", "removed", "changed"]}, "changes": {"type": "array", "items": CHANGE}},
    "key", "kind", "changes",
)  # fmt: skip
PREPARED = closed(
    {"ready": {"type": "boolean"}, "done": COUNT, "total": COUNT, "job": nullable(TEXT)},
    "ready", "done", "total", "job",
)  # fmt: skip
WITH = Parameter(
    "with", "The revision to compare with.", {"type": "integer", "minimum": 0, "maximum": LARGEST_NUMBER}, True
)


@endpoint(api, "GET", f"{SET}/plan", design, Says(answer=PLAN))
def plan_set(name: str) -> Response:
    """What publishing a change set would do, step by step."""
    return answer(plan_json(publisher().plan(known_set(name))))


@endpoint(api, "POST", f"{SET}/publish", design, Says(body=PUBLISH, answer=REVISION, later=BEGUN))
def publish_set(name: str) -> Response:
    """Publish a change set; `confirm` is needed where values would be lost. What takes long becomes a job."""
    said = publication(sent_as(PUBLISH))
    return _published(said, known_set(name))


@endpoint(api, "POST", f"{SET}/prepare", design, Says(answer=PREPARED, status=202))
def prepare_set(name: str) -> Response:
    """Have values of big tables converted ahead of publishing: a job, whose progress `jobs/{job}` tells."""
    asker = context()
    converting.begin(workspace().database, known_set(name), asker.actor.id, asker.language)
    return answer(_prepared(name), 202)


@endpoint(api, "GET", f"{SET}/prepare", design, Says(answer=PREPARED))
def get_prepared(name: str) -> Response:
    """How far the values of a change set are."""
    return answer(_prepared(known_set(name)))


def _prepared(name: str) -> dict[str, Any]:
    found = converting.conversion_of(workspace().database, name)
    job = encode_id(found.job.id) if found.job else None
    return {"ready": found.is_ready, "done": found.done, "total": found.total, "job": job}


@endpoint(api, "GET", "/revisions", design, Says(answer=listed(ROW)))
def list_revisions() -> Response:
    """What was published, the newest first."""
    return answer({"data": [_told(each) for each in publisher().revisions()]})


@endpoint(
    api, "GET", ONE, design, Says(answer=closed({"number": {"type": "integer"}, "documents": {"type": "object"}}))
)
def get_revision(number: int) -> Response:
    """All definitions of a revision."""
    documents = documents_of(number)
    return answer(
        {"number": number, "documents": {key: without_engine_keys(documents[key]) for key in sorted(documents)}}
    )


@endpoint(api, "GET", f"{ONE}/diff", design, Says(query=(WITH,), answer=listed(DIFFERENCE)))
def compare_revisions(number: int) -> Response:
    """What this revision says otherwise than the revision `with`, definition by definition."""
    other = asked()["with"]
    documents_of(number)
    documents_of(other)
    return answer({"data": list(_differences(publisher().diff(other, number)))})


@endpoint(
    api, "POST", f"{ONE}/rollback", design,
    Says(query=(DRY_RUN,), body=PUBLISH, answer={"anyOf": [REVISION, PLAN]}, later=BEGUN),
)  # fmt: skip
def roll_back(number: int) -> Response:
    """Publish an earlier revision again, as a new one; retired fields come back with their values. What takes long
    becomes a job."""
    said = publication(sent_as(PUBLISH))
    documents_of(number)
    if asked()["dry_run"] == "true":
        return answer(plan_json(publisher().plan_rollback(number)))
    return _published(said, MAIN, number)


def _published(said: Publication, name: str, back_to: int | None = None) -> Response:
    """Done at once, or 202 with the address of the job that does it. back_to: the revision to go back to."""
    quick, here = replace(said, quick=True), publisher()
    publishing.require_none(here)
    try:
        number = here.publish(quick, name) if back_to is None else here.rollback(back_to, quick)
    except (Preparing, TakesLong):
        asker = context()
        told = {"language": asker.language, "zone": asker.zone}
        return begun(publishing.begin(workspace().database, name, said, told, back_to))
    return answer({"revision": number})


def _told(revision: Revision) -> dict[str, Any]:
    return {
        "number": revision.number,
        "note": revision.note,
        "by": person(revision.by),
        "at": instant(revision.at),
        "summary": revision.summary,
    }


def _differences(found: Sequence[Difference]) -> Iterator[dict[str, Any]]:
    """By definition; a side that a property does not have is left out."""
    for key, group in groupby(found, key=lambda each: each.key):
        changes = list(group)
        first = changes[0]
        whole = first.pointer == ""
        kind = (
            "added" if whole and first.before is ABSENT else "removed" if whole and first.after is ABSENT else "changed"
        )
        yield {"key": key, "kind": kind, "changes": [] if whole else [_change(each) for each in changes]}


def _change(difference: Difference) -> dict[str, Any]:
    sides = {"before": difference.before, "after": difference.after}
    return {"path": difference.pointer, **{name: each for name, each in sides.items() if each is not ABSENT}}
