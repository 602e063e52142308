"""What a page says of records that publishing could not put into a stage, with the list of them and another try."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import url_for

from sartor.builder.bench import Bench
from sartor.builder.palettes.record_lists import lists_of
from sartor.platform.publishing.values.left_alone import LeftAlone
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext, pick
from sartor.platform.ui.format import number
from sartor.platform.ui.pages.parts import Action


@dataclass(frozen=True, slots=True)
class Left:
    """list: where they are; None where no app of the reader's leads there."""

    lead: str
    text: str
    list: Action | None
    again: Action


def left_of(here: Bench, pipelines: Iterable[str]) -> tuple[Left, ...]:
    return tuple(_left(here, each) for name in pipelines for each in here.workspace.left_alone.of(name))


def adopting(summary: object) -> Iterator[str]:
    """The pipelines that a publish put records into."""
    for step in summary if isinstance(summary, list | tuple) else ():
        if step.get("kind") == "adopt":
            yield step["subject"].partition("/")[2]


def _left(here: Bench, found: LeftAlone) -> Left:
    model, adoption = here.workspace.serving(here.revision).model, found.adoption
    pipeline = model.pipelines[adoption.pipeline]
    lead = ngettext(
        "%(n)s record of %(entity)s has no stage of “%(pipeline)s” yet.",
        "%(n)s records of %(entity)s have no stage of “%(pipeline)s” yet.",
        found.records,
        n=number(found.records),
        entity=pick(model.entities[adoption.entity].label),
        pipeline=pick(pipeline.label),
    )
    first = pick(pipeline.stages[pipeline.first].label)
    why = _("“%(stage)s” could not be entered: %(why)s", stage=first, why=found.why) if found.why else ""
    url = lists_of(model, here.context)(adoption.entity, f"{adoption.field} is blank")
    again = url_for("builder.adopt_again", name=adoption.pipeline)
    return Left(
        lead=lead,
        text=why or _("Nothing speaks against “%(stage)s” any more.", stage=first),
        list=Action(text=_("Show the records"), url=url) if url else None,
        again=Action(text=_("Try again"), url=again, method="post", icon="refresh"),
    )
