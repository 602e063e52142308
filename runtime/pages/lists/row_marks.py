"""What a view says of single records: a colour by condition, and what may be done with each from its row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sartor.platform.model import View
from sartor.platform.model.formula import Formula
from sartor.platform.text import pick
from sartor.platform.ui.pages.parts import Action, Tinted
from sartor.runtime.pages import addresses
from sartor.runtime.pages.acting.offering import offered_actions
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.lists.seeing import Seeing
from sartor.runtime.pages.reaching import is_changeable

COLOUR, OFFERED = "@colour.", "@action."
"""What the keys of flags begin with; no field is called so."""


def flags(desk: Desk, view: View) -> tuple[tuple[str, Formula], ...]:
    """The conditions that rows are asked about: those of which the reader may read all inputs."""
    colours = [(COLOUR + each.name, each.when) for each in view.colours if desk.names.may_use(each.when, view.entity)]
    actions = [(OFFERED + each.name, each.when) for each in offered_actions(desk, view) if each.when is not None]
    return (*colours, *actions)


def tint(view: View, row: Mapping[str, Any]) -> Tinted | None:
    """The first colour whose condition holds."""
    found = next((each for each in view.colours if row.get(COLOUR + each.name)), None)
    return Tinted(found.colour, pick(found.label)) if found else None


def row_actions(desk: Desk, seeing: Seeing, row: Mapping[str, Any]) -> tuple[Action, ...]:
    """The buttons of one row, where the reader may change its record."""
    if not is_changeable(row):
        return ()
    place = seeing.kept() | {"view": addresses.short_name(seeing.view)}
    return tuple(
        Action(
            text=pick(each.label),
            url=addresses.record(desk.app.name, seeing.entity.name, row["id"], "act", each.name, **place),
            icon=each.icon,
            look="quiet",
            method="post",
            compact=True,
            confirm=pick(each.confirm) or None,
            fields={"_version": str(row["version"])},
        )
        for each in offered_actions(desk, seeing.view)
        if each.when is None or row.get(OFFERED + each.name)
    )
