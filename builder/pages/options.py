"""Option sets: the list of them with their choices and who draws on them, and the designer of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import Response, url_for

from sartor.builder.bench import Bench, bench
from sartor.builder.frame import Frame, frame
from sartor.builder.lists.paging import Part, fits, part_of
from sartor.builder.rendering import html
from sartor.builder.routes import route
from sartor.platform.definitions.documents import Document, in_order
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.dots import choice_dot
from sartor.platform.ui.pages.parts import Link

SHOWN = 4
"""Choices that the list names."""


@dataclass(frozen=True, slots=True)
class Choice:
    """dot: the class of its colour, none without one."""

    text: str
    dot: str | None


@dataclass(frozen=True, slots=True)
class OptionsRow:
    """choices: the first of them. fields: how many fields offer the set. mark: new, edited or nothing."""

    link: Link
    name: str
    choices: tuple[Choice, ...]
    count: int
    fields: int
    mark: str

    @property
    def more(self) -> int:
        return self.count - len(self.choices)


@dataclass(frozen=True, slots=True)
class OptionsPage:
    """make_url: what the address of a new set begins with."""

    template: ClassVar[str] = "build/option_sets.html"

    frame: Frame
    found: Part[OptionsRow]
    make_url: str


@dataclass(frozen=True, slots=True)
class OptionSetPage:
    """published: the definition without the edits, null for a new one. uses_url: answers what uses a definition."""

    template: ClassVar[str] = "build/option_set.html"
    icons: ClassVar[str] = ""

    frame: Frame
    key: str
    published: Document | None
    list_url: str
    uses_url: str


@route("/options")
def options() -> Response:
    here = bench()
    offered = _offered(here)
    rows = (_row(here, name, document, offered) for name, document in here.of_kind("options"))
    sought = [row for row in rows if fits(row.link.text, row.name)]
    part = part_of(sorted(sought, key=lambda row: (row.link.text.lower(), row.name)))
    return html(OptionsPage(frame(_("Options"), "options"), part, url_for("builder.options")))


@route("/options/<name>")
def option_set(name: str) -> Response:
    here = bench()
    key = here.known(f"options/{name}")
    list_url = url_for("builder.options")
    return html(
        OptionSetPage(
            frame=frame(here.called(key), "options", trail=(Link(_("Options"), list_url),)),
            key=key,
            published=here.before(key),
            list_url=list_url,
            uses_url=url_for("builder.uses"),
        )
    )


def _offered(here: Bench) -> Counter[str]:
    """How many fields offer each set."""
    fields = (field for _name, each in here.of_kind("entity") for field in each.get("fields", {}).values())
    return Counter(found for field in fields for found in _sets(field.get("options", {})))


def _sets(options: Mapping[str, Any]) -> Iterator[str]:
    """The sets that a field names, in its options or those of its result."""
    for name, value in options.items():
        if name == "set" and isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            yield from _sets(value)


def _row(here: Bench, name: str, document: Document, offered: Counter[str]) -> OptionsRow:
    key = f"options/{name}"
    choices = [_choice(each) for _key, each in in_order(document.get("choices", {})) if not each.get("retired")]
    return OptionsRow(
        link=Link(here.called(key), url_for("builder.option_set", name=name), "list-check"),
        name=name,
        choices=tuple(choices[:SHOWN]),
        count=len(choices),
        fields=offered[name],
        mark=here.mark(key),
    )


def _choice(part: Mapping[str, Any]) -> Choice:
    return Choice(pick(part.get("label")), choice_dot(part.get("colour")))
