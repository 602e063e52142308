"""Playing the scenarios of a blueprint against the design of the change set: how far it is, a way to stop it, and what
did not hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from sartor.builder.bench import Bench, bench
from sartor.builder.following import EVERY, asks_how_far, so_far, stop
from sartor.builder.frame import Frame, frame
from sartor.builder.pages.blueprints import found
from sartor.builder.rendering import html
from sartor.builder.routes import route
from sartor.platform.errors import NotFound
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.packaging.scenarios.waiting import KIND, begin
from sartor.platform.storage import jobs as rows
from sartor.platform.storage.jobs import Job
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext, pick
from sartor.platform.ui.format import number
from sartor.platform.ui.pages.job import Progress
from sartor.platform.ui.pages.parts import Action, Link, Note

RULE = "/blueprints/<name>/scenarios"
JOB = f"{RULE}/<job>"


@dataclass(frozen=True, slots=True)
class Played:
    """A scenario. problems: where something did not hold, and what; none: all of it did."""

    text: str
    problems: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PlayingPage:
    template: ClassVar[str] = "build/playing.html"

    frame: Frame
    progress: Progress
    played: tuple[Played, ...]


@route(RULE, methods=["POST"], endpoint="play_scenarios")
def play(name: str) -> AnyResponse:
    here = bench()
    job = begin(here.workspace, here.context, name, here.set)
    return redirect(url_for("builder.playing", name=name, job=encode_id(job)), 303)


@route(JOB, endpoint="playing")
def show_playing(name: str, job: str) -> AnyResponse:
    here = bench()
    doing = _job(here, name, job)
    if asks_how_far():
        return so_far(_progress(name, doing), doing.is_over)
    return html(_page(here, name, doing))


@route(f"{JOB}/cancel", methods=["POST"], endpoint="stop_playing")
def cancel(name: str, job: str) -> AnyResponse:
    here = bench()
    doing = _job(here, name, job)
    stop(here, doing)
    return redirect(url_for("builder.playing", name=name, job=job), 303)


def _job(here: Bench, name: str, key: str) -> Job:
    """:raises NotFound: for another's, in the same words as for none."""
    doing = rows.get(here.workspace.database, decode_id(key))
    mine = doing is not None and doing.kind == KIND and doing.owner == here.context.actor.id
    if doing is None or not mine or doing.input["blueprint"] != name:
        raise NotFound(_("There is no such job."))
    return doing


def _page(here: Bench, name: str, job: Job) -> PlayingPage:
    title = pick(found(here, name).label)
    trail = (
        Link(_("Blueprints"), url_for("builder.blueprints")),
        Link(title, url_for("builder.blueprint", name=name)),
    )
    played = job.result["data"] if job.state == "done" else ()
    top = frame(_("Scenarios of %(what)s", what=title), "blueprints", trail=trail)
    return PlayingPage(top, _progress(name, job), tuple(map(_played, played)))


def _played(result: Mapping[str, Any]) -> Played:
    problems = tuple((str(each.get("field", "")), each["message"]) for each in result["problems"])
    return Played(pick(result["label"]) or result["name"], problems)


def _progress(name: str, job: Job) -> Progress:
    beside = _("%(done)s of %(total)s", done=number(job.progress), total=number(job.total)) if job.total else ""
    return Progress(
        title=_headline(job),
        url=url_for("builder.playing", name=name, job=encode_id(job.id)),
        done=job.progress,
        total=0 if job.is_over else job.total or 0,
        beside=beside,
        running=not job.is_over,
        every=EVERY,
        note=_note(job),
        actions=tuple(_actions(name, job)),
    )


def _headline(job: Job) -> str:
    if job.state == "done":
        failed = sum(not each["held"] for each in job.result["data"])
        return (
            ngettext("One scenario did not hold", "%(n)s scenarios did not hold", failed) if failed else _("All held")
        )
    return {
        "waiting": _("It begins in a moment"),
        "running": _("The scenarios are played …"),
        "failed": _("It did not work"),
        "cancelled": _("Stopped"),
    }[job.state]


def _note(job: Job) -> Note | None:
    if job.state == "failed":
        return Note(job.message or "", "bad")
    if job.is_over:
        return None
    return Note(_("You can leave this page; the work goes on. No record of this workspace is read or written."))


def _actions(name: str, job: Job) -> Iterator[Action]:
    if job.is_over:
        again = url_for("builder.play_scenarios", name=name)
        yield Action(text=_("Play them again"), url=again, method="post", icon="player-play")
    else:
        url = url_for("builder.stop_playing", name=name, job=encode_id(job.id))
        yield Action(text=_("Stop"), url=url, method="post", look="danger", icon="player-stop")
