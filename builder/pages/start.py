"""The guide through the first steps: a list to be gone through in any order, left out, and come back to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from sartor.builder.bench import bench
from sartor.builder.frame import Frame, frame
from sartor.builder.rendering import html
from sartor.builder.routes import route
from sartor.builder.starting.offered import Step
from sartor.builder.starting.steps import OVER, remember, steps
from sartor.platform.errors import NotFound
from sartor.platform.text import gettext as _

SAID = {"skip": "skipped", "done": "done", "again": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage:
    """done: how many steps are done or left out; next: the first of the others."""

    template: ClassVar[str] = "build/start.html"

    frame: Frame
    steps: tuple[Step, ...]
    done: int
    next: str
    url: str
    work_url: str


@route("/start", endpoint="start")
def show_steps() -> Response:
    found = steps(bench())
    return html(
        StartPage(
            frame=frame(_("First steps"), "overview"),
            steps=found,
            done=sum(each.state != "open" for each in found),
            next=next((each.key for each in found if each.state == "open"), ""),
            url=url_for("builder.start"),
            work_url=url_for("pages.home"),
        )
    )


@route("/start", methods=["POST"], endpoint="say_of_step")
def say() -> AnyResponse:
    """Leave a step out, call it done, take that back; or be done with the guide."""
    here, key, act = bench(), request.form.get("step", ""), request.form.get("act", "")
    if act == OVER:
        remember(here, OVER, "done")
        return redirect(url_for("pages.home"), 303)
    if act not in SAID or key not in {each.key for each in steps(here)}:
        raise NotFound(_("There is no such step."))
    remember(here, key, SAID[act])
    return redirect(url_for("builder.start") + f"#{key}", 303)
