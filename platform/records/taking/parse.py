"""From JSON to values: the entity's marshmallow schema, and its complaints as problems with a field each.

Only what was sent is handed to the schema's fields: walking through all of them costs more than parsing does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from sartor.platform.access.rights import Access
from sartor.platform.errors import Invalid, Problem
from sartor.platform.records.memory.plan import EntityPlan
from sartor.platform.text import did_you_mean, near
from sartor.platform.text import gettext as _


def parse(plan: EntityPlan, given: Mapping[str, Any], access: Access) -> dict[str, Any]:
    """Values by field.

    :raises Invalid: with a problem for each field that does not parse or that does not exist for the actor.
    """
    if not isinstance(given, Mapping):
        raise Invalid(_("A record is a JSON object."), [Problem("", "type", _("A record is a JSON object."))])
    problems = _unknown(plan, given, access)
    values: dict[str, Any] = {}
    for name, parser in plan.parsers.items():
        if name in given:
            try:
                values[name] = parser.deserialize(given[name], name, given)
            except ma.ValidationError as error:
                problems += _told({name: error.messages})
    if problems:
        raise Invalid(_("The record was not saved."), problems)
    return values


def _unknown(plan: EntityPlan, given: Mapping[str, Any], access: Access) -> list[Problem]:
    """Names that mean nothing here. A hidden field is as unknown as one that was never there."""
    known, problems = access.known(plan.entity.name), []
    for name in given:
        if name not in known or name not in plan.parsers:
            readable = {item.name for item in access.readable(plan.entity.name)}
            guess = near(str(name), readable)
            said = _("There is no field %(name)s here.", name=name) + did_you_mean(guess)
            problems.append(Problem(str(name), "unknown", said, guess))
    return problems


def _told(messages: Mapping[Any, Any], prefix: str = "") -> list[Problem]:
    """marshmallow's nested messages as a flat list; the message may carry a code of its own."""
    problems = []
    for name, said in messages.items():
        path = f"{prefix}{name}"
        if isinstance(said, Mapping):
            problems += _told(said, path + ".")
            continue
        for each in said:
            code = getattr(each, "code", "invalid")
            problems.append(Problem(path, code, str(each), getattr(each, "near", None)))
    return problems
