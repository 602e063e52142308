"""A page that shows a field which its blueprint's level has not switched on: it stays blank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from sartor.platform.definitions.compile.active import levels_of
from sartor.platform.linting.base import Rule, fix
from sartor.platform.linting.finding import GONE, Edit, Finding, Fix, Severity
from sartor.platform.linting.subject import Subject
from sartor.platform.model import Field
from sartor.platform.text import gettext as _
from sartor.platform.text import pick

PAGES = ("view/", "form/", "template/", "report/", "dashboard/", "app/")
SHOWN = re.compile(r"(/columns|.*/fields)/[^/]+(?=/path$|$)")
"""A column of a view, with its path or without; a field on a form."""


class NamesSwitchedOff(Rule):
    key = "L306"
    label = {"en": "A field that is switched off and still shown", "zh": "仍被引用的未启用字段"}
    icon = "plug-off"
    severity = Severity.HINT
    unmended = {
        "en": "A formula, a filter or the only column of a page cannot go without changing what the page is.",
        "zh": "公式、筛选或页面唯一的列一旦去掉，页面就变样了。",
    }
    example = {
        "blueprint/works": {"label": {"en": "Works", "zh": "工厂"}, "version": "1.0.0", "level": "L1"},
        "entity/machine": {
            "label": {"en": "Machine", "zh": "机器"},
            "title": "name",
            "origin": "works",
            "fields": {
                "name": {"type": "text", "label": {"en": "Name", "zh": "名称"}},
                "load": {"type": "percent", "label": {"en": "Load", "zh": "负荷"}, "level": "L2"},
            },
        },
        "view/machine.all": {
            "label": {"en": "All machines", "zh": "全部机器"},
            "entity": "machine",
            "type": "list",
            "level": "L2",
            "columns": {"name": {}, "load": {}},
        },
    }

    def find(self, subject: Subject) -> Iterator[Finding]:
        levels = levels_of(subject.documents)
        if all(level == "L3" for level in levels.values()):
            return
        for entity in subject.entities():
            for field in subject.designed(entity):
                if _is_off(subject, levels, (f"entity/{entity.name}", f"/fields/{field.name}")):
                    yield from self._shown(subject, levels, field)

    def _shown(self, subject: Subject, levels: dict[str, str], field: Field) -> Iterator[Finding]:
        for key, pointer in sorted(set(subject.uses(field.entity, field.name))):
            if key.startswith(PAGES) and not _is_off(subject, levels, (key, pointer)):
                yield self.finding(key, pointer, partial(_sentence, field), _mend(subject, key, pointer, field))


def _mend(subject: Subject, key: str, pointer: str, field: Field) -> Fix | None:
    """The only column of a page stays: without one, it would show others."""
    found = SHOWN.match(pointer) if key.startswith(("view/", "form/")) else None
    if found is None or len(subject.part(key, found[0].rpartition("/")[0])) < 2:
        return None
    return fix(lambda: _("Take %(field)s off the page", field=pick(field.label)), Edit(key, found[0], GONE))


def _is_off(subject: Subject, levels: dict[str, str], place: tuple[str, str]) -> bool:
    """Whether something on the way to a place stands above the level of the blueprint that brought it."""
    key, pointer = place
    parts = pointer.split("/")
    origin = ""
    for end in range(1, len(parts) + 1):
        part = subject.part(key, "/".join(parts[:end]))
        if not isinstance(part, dict):
            break
        # A map of fields may hold fields that are called `level` and `origin`.
        said = {name: each for name, each in part.items() if isinstance(each, str)}
        origin = said.get("origin", origin)
        if said.get("level", "L1") > levels.get(origin, "L3"):
            return True
    return False


def _sentence(field: Field) -> str:
    return _(
        "%(field)s is switched on at %(level)s and stays blank here until then.",
        field=pick(field.label),
        level=field.level,
    )
