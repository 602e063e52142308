"""Values of big tables that are converted before anything is published: long work, of which this page tells how far it
is, and by which it is stopped."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from sartor.builder.bench import Bench, bench
from sartor.builder.following import EVERY, ProgressPage, asks_how_far
from sartor.builder.frame import frame
from sartor.builder.rendering import html
from sartor.builder.routes import route
from sartor.platform.automation import converting
from sartor.platform.automation.converting import Conversion
from sartor.platform.text import gettext as _
from sartor.platform.ui.format import number
from sartor.platform.ui.pages.job import Progress
from sartor.platform.ui.pages.parts import Action, Note


def convert(here: Bench) -> AnyResponse:
    """Begin it, and show how far it is."""
    converting.begin(here.workspace.database, here.set, here.context.actor.id, here.context.language)
    return redirect(url_for("builder.preparing_page"), 303)


@route("/plan/preparing", endpoint="preparing_page")
def preparing_values() -> Response:
    """How far it is. Nothing is done by asking."""
    here = bench()
    progress = _progress(converting.conversion_of(here.workspace.database, here.set))
    if asks_how_far():
        return html(progress)
    return html(ProgressPage(frame(_("Converting values"), "changes"), progress))


@route("/plan/preparing", methods=["POST"])
def begin_preparing() -> AnyResponse:
    return convert(bench())


@route("/plan/preparing/stop", methods=["POST"])
def stop_preparing() -> AnyResponse:
    here = bench()
    converting.cancel(here.workspace.database, here.set)
    return redirect(url_for("builder.preparing_page"), 303)


def _progress(found: Conversion) -> Progress:
    total = max(found.total, 1)
    beside = _("%(done)s of about %(total)s", done=number(found.done), total=number(found.total)) if found.total else ""
    return Progress(
        title=_headline(found),
        url=url_for("builder.preparing_page"),
        done=found.done,
        total=0 if found.is_ready else total,
        beside=beside,
        running=found.is_running,
        every=EVERY,
        note=_note(found),
        actions=tuple(_actions(found)),
    )


def _headline(found: Conversion) -> str:
    if found.job is None:
        return _("Nothing is being converted")
    return {
        "waiting": _("It begins in a moment"),
        "running": _("Values are being converted"),
        "done": _("The values are ready; publish now"),
        "failed": _("It did not work"),
        "cancelled": _("Stopped"),
    }[found.job.state]


def _note(found: Conversion) -> Note | None:
    if found.job is not None and found.job.state == "failed":
        return Note(found.job.message or "", "bad")
    if found.is_running:
        said = _("Nobody notices it: the values are written beside the old ones. Come back to publish when it is done.")
        return Note(said)
    return None


def _actions(found: Conversion) -> Iterator[Action]:
    look = "default" if found.is_running else "primary"
    if found.is_running:
        stop = url_for("builder.stop_preparing")
        yield Action(text=_("Stop"), url=stop, method="post", look="danger", icon="player-stop")
    elif not found.is_ready:
        begin = url_for("builder.begin_preparing")
        yield Action(text=_("Convert the values"), url=begin, method="post", look="primary", icon="player-play")
        look = "default"
    yield Action(text=_("Back to the plan"), url=url_for("builder.plan"), icon="arrow-left", look=look)
