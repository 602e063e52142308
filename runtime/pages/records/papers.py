"""Templates on a record: which are offered, and the menu entries that lead to them."""

from __future__ import annotations

from typing import Any

from sartor.platform.model import Template
from sartor.platform.templating.needs import closed
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.parts import Action, Choice
from sartor.runtime.pages import addresses
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.records.opening import Opened

NAMES = {"en": "English", "zh": "中文"}
KEYS = {"print": "P"}


def offered(desk: Desk, found: Opened, purpose: str) -> list[Template]:
    """Those that suit the record and show nothing that is closed to the reader."""
    if found.deleted:
        return []
    return [
        each
        for each in desk.model.templates_of(found.entity.name)
        if each.purpose == purpose
        and found.values.holds(each.offered_if)
        and not closed(desk.context, desk.model, each)
    ]


def template_actions(desk: Desk, found: Opened) -> tuple[Action, ...]:
    """Menu entries; the first paper has the key P."""
    made = []
    for purpose, icon in (("print", "printer"), ("mail", "mail")):
        for number, each in enumerate(offered(desk, found, purpose)):
            key = KEYS.get(purpose) if number == 0 else None
            made.append(Action(text=_said(each), url=address(desk, found, each), icon=icon, key=key))
    return tuple(made)


def _said(template: Template) -> str:
    name = pick(template.label)
    return _("Print: %(name)s", name=name) if template.purpose == "print" else _("Mail: %(name)s", name=name)


def address(desk: Desk, found: Opened, template: Template, **query: Any) -> str:
    return addresses.record(desk.app.name, found.entity.name, found.key, template.purpose, template.name, **query)


def template_choices(desk: Desk, found: Opened, template: Template, language: str) -> tuple[Choice, ...]:
    """The other templates of the same purpose; nothing where this is the only one."""
    every = offered(desk, found, template.purpose)
    made = tuple(
        Choice(pick(each.label), address(desk, found, each, language=language), each is template) for each in every
    )
    return made if len(made) > 1 else ()


def language_choices(desk: Desk, found: Opened, template: Template, language: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(name, address(desk, found, template, language=key), key == language) for key, name in NAMES.items()
    )
