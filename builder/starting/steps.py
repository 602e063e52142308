"""The first steps in a new workspace: what can be done, what is done already, what somebody left out. Nothing is
forced; what a person said about it is kept with his preferences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sartor.builder.bench import Bench
from sartor.builder.starting.offered import Step, offered
from sartor.platform.access.preferences import Preferences

KEPT = "first_steps"
OVER = "over"
"""Said of all steps together: the guide is not offered any more."""


def steps(here: Bench) -> tuple[Step, ...]:
    """All steps, as they stand."""
    said = remembered(here)
    return tuple(replace(each, state=_state(each, said)) for each in offered(here))


def _state(step: Step, said: Mapping[str, Any]) -> str:
    state = "done" if step.about else said.get(step.key)
    return str(state) if state in ("done", "skipped") else "open"


def remembered(here: Bench) -> dict[str, Any]:
    """What the person said: by step `done` or `skipped`."""
    found = Preferences(here.workspace.database).of(here.context.actor.id or 0).get(KEPT)
    return dict(found) if isinstance(found, dict) else {}


def remember(here: Bench, key: str, state: str | None) -> None:
    """Say something of a step; None takes it back."""
    said = {name: each for name, each in remembered(here).items() if name != key}
    kept = {**said, key: state} if state else said
    if here.context.actor.id:
        Preferences(here.workspace.database).put(here.context.actor.id, {KEPT: kept})


def is_over(here: Bench) -> bool:
    """Whether nobody has to be told of the guide any more."""
    return OVER in remembered(here) or all(each.state != "open" for each in steps(here))
