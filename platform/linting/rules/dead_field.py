"""A field that nobody meets: on no form, in no view, report, formula or rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from sartor.platform.linting.base import Rule, fix
from sartor.platform.linting.filling import is_typed, line_tables
from sartor.platform.linting.finding import Edit, Finding, Severity
from sartor.platform.linting.placing import as_column, on_the_form
from sartor.platform.linting.subject import Subject, Use
from sartor.platform.model import Entity, Field, Form
from sartor.platform.text import gettext as _
from sartor.platform.text import pick


class DeadField(Rule):
    key = "L101"
    label = {"en": "A field that nobody meets", "zh": "没有用处的字段"}
    icon = "ghost"
    severity = Severity.WARNING
    unmended = {
        "en": "A field for which no form of its entity has a section is put somewhere by hand.",
        "zh": "实体的表单没有分区时，字段放在哪里由人决定。",
    }
    example = {
        "entity/machine": {
            "label": {"en": "Machine", "zh": "机器"},
            "title": "name",
            "fields": {
                "name": {"type": "text", "label": {"en": "Name", "zh": "名称"}},
                "weight": {"type": "decimal", "label": {"en": "Weight", "zh": "重量"}},
            },
        },
        "form/machine.main": {
            "label": {"en": "Machine", "zh": "机器"},
            "entity": "machine",
            "sections": {"all": {"label": {"en": "Details", "zh": "详情"}, "fields": {"name": {}}}},
        },
    }

    def find(self, subject: Subject) -> Iterator[Finding]:
        for entity in subject.entities():
            if subject.model.form_of(entity.name) is None and not any(line_tables(entity, subject.model)):
                continue  # then every field is on the page
            for field in subject.designed(entity):
                # What a form lacks that is required is told by L103.
                if _is_dead(subject, entity, field) and not is_typed(entity, field, subject.model):
                    yield self._told(subject, entity, field)

    def _told(self, subject: Subject, entity: Entity, field: Field) -> Finding:
        form, edits = _placing(subject, entity, field)
        mend = fix(lambda: _("Put it on the form %(form)s", form=pick(form.label)), *edits) if edits else None
        return self.finding(f"entity/{field.entity}", f"/fields/{field.name}", partial(_sentence, field), mend)


def _placing(subject: Subject, entity: Entity, field: Field) -> tuple[Form, Sequence[Edit]]:
    """The form that would show it, and how it comes there: on the entity's own, else into each table of its lines."""
    form = subject.model.form_of(entity.name)
    if form is not None:
        return form, on_the_form(subject, form.name, field.name, field.level)
    tables = [*line_tables(entity, subject.model)]
    edits = [as_column(subject, each.name, pointer, field.name, field.level) for each, pointer, _table in tables]
    return tables[0][0], edits


def _sentence(field: Field) -> str:
    return _(
        "%(label)s is on no form, in no view, report, formula or rule: nobody sees it or fills it in.",
        label=pick(field.label),
    )


def _is_dead(subject: Subject, entity: Entity, field: Field) -> bool:
    key, own = f"entity/{entity.name}", f"/fields/{field.name}"
    if field.name == entity.title or field.type.unique or subject.part(key, own).get("unique"):
        return False
    return all(_is_idle(use, key, own) for use in subject.uses(entity.name, field.name))


def _is_idle(use: Use, key: str, own: str) -> bool:
    """Whether a use keeps nothing alive: a right to the field, or what the field says of itself."""
    where, pointer = use
    return where.startswith("role/") or (where == key and f"{pointer}/".startswith(f"{own}/"))
