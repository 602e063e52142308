"""Running scenarios: each in a workspace of its own, through the doors that records, rights and numbers have anyway."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sartor.platform.definitions.documents import Documents
from sartor.platform.definitions.extensions import Extensions
from sartor.platform.errors import Problem, SartorError
from sartor.platform.packaging.scenarios.format import Scenario
from sartor.platform.packaging.scenarios.judging import judged
from sartor.platform.packaging.scenarios.scratch import Scratch, scratch, set_clock
from sartor.platform.packaging.scenarios.stage import Stage
from sartor.platform.text import gettext as _

ZONE = "Asia/Shanghai"
LONGEST = 60.0
"""Seconds for one scenario; one that is not played by then has not held."""

Told = Iterator[tuple[str, str]]
"""Places in the file, with what did not hold there."""
Tell = Callable[[int, int], object]
"""Is told how many scenarios were played, of how many; what it raises ends the playing."""


def nobody(_done: int, _total: int) -> None:
    """Nobody looks on."""


class TookTooLong(SartorError):
    """The time for playing a scenario is over."""

    code = "took_too_long"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a scenario. problems: what did not hold, each with the place in its file; none: it held."""

    scenario: Scenario
    problems: tuple[Problem, ...] = ()

    @property
    def held(self) -> bool:
        return not self.problems

    def as_dict(self) -> dict[str, Any]:
        told = {"blueprint": self.scenario.blueprint, "name": self.scenario.name, "label": self.scenario.label}
        return {**told, "held": self.held, "problems": [each.as_dict() for each in self.problems]}


def run_scenarios(
    documents: Documents, scenarios: Iterable[Scenario], extensions: Extensions | None = None, tell: Tell = nobody
) -> list[Result]:
    """Play scenarios against a design, without a record of anybody's.

    :raises InvalidDefinition: for a design that does not hold together.
    """
    wanted = list(scenarios)
    if not wanted:
        return []
    played: list[Result] = []
    with scratch(documents, extensions) as made:
        for each in wanted:
            tell(len(played), len(wanted))
            played.append(Result(each, tuple(_problems(made, each, time.monotonic() + LONGEST))))
    tell(len(played), len(wanted))
    return played


def _problems(made: Scratch, scenario: Scenario, until: float) -> Iterator[Problem]:
    if scenario.faults:
        yield from scenario.faults
        return
    for place, said in _told(made, scenario.body, until):
        yield Problem(place, "scenario", said, file=f"scenarios/{scenario.name}.json")


def _told(made: Scratch, body: Any, until: float) -> Told:
    place = ""
    try:
        _require_time(until)
        place = "/zone"
        with made.copied(body.get("zone", ZONE)) as workspace:
            place = "/clock"
            set_clock(workspace, body["clock"])
            yield from _played(Stage(workspace, until), body)
    except (SartorError, ValueError) as error:
        yield place, str(error)


def _played(stage: Stage, body: Any) -> Told:
    """What does not hold; a scenario whose beginning or whose steps go wrong is not played to its end."""
    try:
        place = "/people"
        for name, person in body.get("people", {}).items():
            stage.hire(name, person)
        for number, given in enumerate(body.get("given", ())):
            place = f"/given/{number}"
            for _time in range(given.get("times", 1)):
                _require_time(stage.until)
                stage.give(given)
        place = "/when"
        for number, step in enumerate(body.get("when", ())):
            place = f"/when/{number}"
            _require_time(stage.until)
            yield from _step(stage, step, place)
    except (SartorError, ValueError) as error:
        yield place, str(error)
        return
    yield from _checks(stage, body, "")


def _require_time(until: float) -> None:
    if time.monotonic() > until:
        raise TookTooLong(_("It took too long: a scenario has %(n)s seconds.", n=round(LONGEST)))


def _step(stage: Stage, step: Any, place: str) -> Told:
    refused = step.get("refused")
    try:
        stage.act(step)
    except SartorError as error:
        if refused is None:
            raise
        yield from ((place, said) for said in _otherwise(error, refused))
    else:
        if refused is not None:
            yield place, _("It was accepted, and a refusal was expected.")
    yield from _checks(stage, step, place)


def _otherwise(error: SartorError, refused: dict[str, str]) -> Iterator[str]:
    """In what a refusal is not the one that was expected."""
    found = {each.field: each.code for each in error.problems}
    for name, code in refused.items():
        if found.get(name) != code:
            really = ", ".join(f"{field} {each}" for field, each in found.items()) or error.code
            yield _("%(field)s was to be refused as %(wanted)s, and it was refused so: %(found)s. %(said)s", field=name,
                    wanted=code, found=really, said=str(error))  # fmt: skip


def _checks(stage: Stage, holder: Any, place: str) -> Told:
    for number, check in enumerate(holder.get("then", ())):
        here = f"{place}/then/{number}"
        try:
            _require_time(stage.until)
            yield from ((here, said) for said in judged(stage, check))
        except TookTooLong as error:
            yield here, str(error)
            return
        except (SartorError, ValueError) as error:
            yield here, str(error)
