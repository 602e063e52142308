"""A form without a field that is required and that nothing else fills in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sartor.platform.linting.base import Rule, fix
from sartor.platform.linting.filling import is_typed, on_form
from sartor.platform.linting.finding import Finding, Severity
from sartor.platform.linting.placing import on_the_form
from sartor.platform.linting.subject import Subject
from sartor.platform.model import Field, Form
from sartor.platform.text import gettext as _
from sartor.platform.text import pick


class FormLacksRequired(Rule):
    key = "L103"
    label = {"en": "A form without a required field", "zh": "表单缺少必填字段"}
    icon = "forms"
    severity = Severity.ERROR
    unmended = {
        "en": "A form without a section has no place for the field.",
        "zh": "没有分区的表单没有放置该字段的位置。",
    }
    example = {
        "entity/machine": {
            "label": {"en": "Machine", "zh": "机器"},
            "title": "name",
            "fields": {
                "name": {"type": "text", "label": {"en": "Name", "zh": "名称"}, "required": True},
                "weight": {"type": "decimal", "label": {"en": "Weight", "zh": "重量"}, "required": True},
            },
        },
        "form/machine.main": {
            "label": {"en": "Machine", "zh": "机器"},
            "entity": "machine",
            "sections": {"all": {"label": {"en": "Details", "zh": "详情"}, "fields": {"name": {}}}},
        },
    }

    def find(self, subject: Subject) -> Iterator[Finding]:
        for form in subject.model.forms.values():
            entity, shown = subject.model.entities[form.entity], on_form(form)
            for field in subject.designed(entity) if not entity.system else ():
                if field.name not in shown and is_typed(entity, field, subject.model):
                    yield self._told(subject, form, field)

    def _told(self, subject: Subject, form: Form, field: Field) -> Finding:
        edits = on_the_form(subject, form.name, field.name, field.level)
        mend = fix(lambda: _("Put %(field)s on the form", field=pick(field.label)), *edits) if edits else None
        return self.finding(f"form/{form.name}", "/sections", partial(_sentence, form, field), mend)


def _sentence(form: Form, field: Field) -> str:
    return _(
        "%(form)s does not ask for %(field)s, which is required: a new record cannot be saved with it.",
        form=pick(form.label),
        field=pick(field.label),
    )
