"""Notes that the product wrote itself on what it published: kept in English, told in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable

from sartor.builder.bench import Bench
from sartor.platform.text import gettext as _
from sartor.platform.text import listed

OWN: tuple[tuple[re.Pattern[str], Callable[..., str]], ...] = (
    (
        re.compile(r"The beginning: users and departments"),
        lambda: _("The beginning: users and departments"),
    ),
    (re.compile(r"Installed (?P<names>[\w.,& -]+)"), lambda names: _("Installed %(names)s", names=names)),
    (
        re.compile(r"Upgraded (?P<name>\w+) to (?P<version>[\w.]+)"),
        lambda name, version: _("Upgraded %(name)s to %(version)s", name=name, version=version),
    ),
    (re.compile(r"Took out (?P<name>\w+)"), lambda name: _("Took out %(name)s", name=name)),
    (re.compile(r"Brought in (?P<name>\w+)"), lambda name: _("Brought in %(name)s", name=name)),
    (re.compile(r"Brought the design over"), lambda: _("Brought the design over")),
)


def said_note(here: Bench, note: str) -> str:
    """A person's own words stay as they are. Blueprints go by their labels, as long as those are known."""
    for pattern, told in OWN:
        if found := pattern.fullmatch(note):
            return told(**{part: _called(here, part, text) for part, text in found.groupdict().items()})
    return note


def _called(here: Bench, part: str, text: str) -> str:
    if part == "version":
        return text
    return listed(here.blueprint_called(each) for each in text.split(", "))
