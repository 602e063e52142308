"""A change set that is not there any more, because it was published or thrown away: what happened, and the way on."""

from __future__ import annotations

from flask import url_for

from sartor.builder.bench import Bench
from sartor.platform.publishing.change_sets.changes import MAIN
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.parts import Action, Empty

OF_SET = "set"
"""What the address of a revision says directly after a change set of its own was published, which it ended."""


def finished(here: Bench) -> Empty | None:
    """None as long as the change set is there."""
    if here.set == MAIN or here.set in here.workspace.publisher.sets.titles():
        return None
    return Empty(
        title=_("This change set is finished"),
        text=_("It was published or thrown away. What you change from now on belongs into another one."),
        icon="circle-check",
        actions=(
            Action(text=_("See what was published"), url=url_for("builder.revisions", change_set=MAIN), look="primary"),
            Action(text=_("All change sets"), url=url_for("builder.change_sets", change_set=MAIN)),
        ),
    )


def published_at(here: Bench, number: int) -> str:
    """The page of a revision that was just published, in a change set that is there."""
    of_set = here.set != MAIN
    return url_for("builder.revision", number=number, done=OF_SET if of_set else "yes", change_set=MAIN)
