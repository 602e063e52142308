"""A form, or its table of lines, without a field that is required and that nothing else fills in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from sartor.platform.linting.base import Rule, fix
from sartor.platform.linting.filling import is_typed, is_typed_at_times, line_tables, on_form
from sartor.platform.linting.finding import Finding, Severity
from sartor.platform.linting.placing import as_column, on_the_form
from sartor.platform.linting.subject import Subject
from sartor.platform.model import Entity, Field, Form, Model
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
                if field.name not in shown and (say := _lacking(form, entity, field, subject.model)):
                    yield self._told(subject, form, field, say)
        for entity in subject.entities():
            yield from self._of_lines(subject, entity)

    def _of_lines(self, subject: Subject, entity: Entity) -> Iterator[Finding]:
        for form, pointer, table in line_tables(entity, subject.model):
            shown = {item.path[0] for item in table.columns}
            for field in subject.designed(entity):
                if field.name not in shown and is_typed(entity, field, subject.model):
                    edit = as_column(subject, form.name, pointer, field.name, field.level)
                    mend = fix(partial(_column_text, field), edit)
                    say = partial(_line_sentence, form, entity, field)
                    yield self.finding(f"form/{form.name}", f"{pointer}/columns", say, mend)

    def _told(self, subject: Subject, form: Form, field: Field, say: Callable[[Form, Field], str]) -> Finding:
        edits = on_the_form(subject, form.name, field.name, field.level)
        mend = fix(lambda: _("Put %(field)s on the form", field=pick(field.label)), *edits) if edits else None
        return self.finding(f"form/{form.name}", "/sections", partial(say, form, field), mend)


def _lacking(form: Form, entity: Entity, field: Field, model: Model) -> Callable[[Form, Field], str] | None:
    """What is told of a field that a form lacks, if anything. A short form is for the beginning, where no condition
    holds yet."""
    if is_typed(entity, field, model):
        return _sentence
    return _sentence_at_times if form.purpose != "quick" and is_typed_at_times(entity, field, model) else None


def _sentence(form: Form, field: Field) -> str:
    return _(
        "%(form)s does not ask for %(field)s, which is required: a new record cannot be saved with it.",
        form=pick(form.label),
        field=pick(field.label),
    )


def _sentence_at_times(form: Form, field: Field) -> str:
    return _(
        "%(form)s does not ask for %(field)s, which is required at times: as soon as its condition holds, the record "
        "cannot be saved with it.",
        form=pick(form.label),
        field=pick(field.label),
    )


def _column_text(field: Field) -> str:
    return _("Put %(field)s into the lines", field=pick(field.label))


def _line_sentence(form: Form, lines: Entity, field: Field) -> str:
    return _(
        "The lines on %(form)s have no column for %(field)s, which every %(lines)s needs: no line can be added there.",
        form=pick(form.label),
        field=pick(field.label),
        lines=pick(lines.label),
    )
