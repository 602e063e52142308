"""One condition being written: operators in words, their inputs, the whole filter as text, and how many match."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import signed_in
from sartor.platform.errors import Invalid, SartorError
from sartor.platform.expressions import parse, print_expression
from sartor.platform.fields.operators import OPERATORS, PERIODS, Needs, Operator, condition
from sartor.platform.model import Field
from sartor.platform.query.conditions import Condition, conditions_of, joined, period_of, plain_value
from sartor.platform.query.question import CAP
from sartor.platform.query.wording import title_of
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext, pick
from sartor.platform.ui.format import number
from sartor.platform.ui.formdata import read_form
from sartor.platform.ui.pages.list import FilterEditor
from sartor.platform.ui.pages.widget import Option, Widget
from sartor.runtime.gate import route
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.forms.layout import WHOLE
from sartor.runtime.pages.forms.typed import json_of
from sartor.runtime.pages.forms.widgets import Shown, widget
from sartor.runtime.pages.lists.seeing import Seeing, question, seen
from sartor.runtime.pages.rendering import html, see

FIRST, SECOND, MANY, WHOLE_TEXT = "value", "value2", "values", "text"
KEPT = ("view", "sort", "filter", "field", "at")
RULE = "/app/<app>/<entity>/r/filter"


@route(pages, RULE, signed_in, methods=["GET"])
def edit_condition(app: str, entity: str) -> AnyResponse:
    """The editor of a condition, for what was entered so far."""
    here = desk(app)
    return html(Editing.of_request(here, entity).editor())


@route(pages, f"{RULE}/apply", signed_in, methods=["GET"])
def apply_condition(app: str, entity: str) -> AnyResponse:
    """The list with the condition in its filter."""
    here = desk(app)
    editing = Editing.of_request(here, entity)
    return see(editing.seeing.url(here, filter=editing.whole() or editing.seeing.filter))


class Editing:
    """A condition in the making: the view that it is for, its field, and what was entered."""

    def __init__(self, desk: Desk, seeing: Seeing, field: Field | None, args: Mapping[str, Any]) -> None:
        self.desk = desk
        self.seeing = seeing
        self.field = field
        self.args = args
        self.conditions = conditions_of(seeing.filter)
        at = args.get("at")
        self.at = int(at) if isinstance(at, str) and at.isdigit() and int(at) < len(self.conditions) else None
        self.error: str | None = None

    @classmethod
    def of_request(cls, desk: Desk, entity: str) -> Editing:
        given = {name: request.args[name] for name in KEPT if name in request.args}
        seeing = replace(seen(desk, entity, given.get("view"), given), own=True)
        typed = read_form((name, value) for name, value in request.args.items(multi=True))
        readable = {field.name: field for field in desk.access.readable(entity)}
        return cls(desk, seeing, readable.get(str(given.get("field"))), typed)

    @property
    def before(self) -> Condition | None:
        """The condition that this replaces, if it is about the same field."""
        found = self.conditions[self.at] if self.at is not None else None
        fits = found is not None and self.field is not None and found.path == (self.field.name,)
        return found if fits else None

    @property
    def operator(self) -> Operator:
        assert self.field is not None
        offered = self.field.face.type.operators
        key = self.args.get("op") or (self.before.operator.key if self.before and self.before.operator else "")
        return OPERATORS[key if key in offered else offered[0]]

    # ---- the condition as text

    def text(self) -> str:
        """The condition; empty while it is not complete."""
        if self.field is None:
            return self._typed_text()
        try:
            return condition(self.field, self.field.name, self.operator.key, self.values())
        except (Invalid, ValueError) as refused:
            self.error = str(refused) if self._given() else None
            return ""

    def _typed_text(self) -> str:
        text = str(self.args.get(WHOLE_TEXT) or (self.conditions[self.at].text if self.at is not None else ""))
        try:
            return print_expression(parse(text)) if text.strip() else ""
        except SartorError as refused:
            self.error = str(refused)
            return ""

    def _given(self) -> bool:
        return any(self.args.get(name) not in (None, "", []) for name in (FIRST, SECOND, MANY))

    def values(self) -> Sequence[Any]:
        """What was entered, as JSON of the field."""
        needs = self.operator.needs
        if needs is Needs.NOTHING:
            return ()
        if needs is Needs.DAYS:
            text = str(self._entered(FIRST) or "")
            return (int(text) if text.isdigit() else text,)
        if needs is Needs.PERIOD:
            return (self._entered(FIRST) or next(iter(PERIODS)),)
        if needs is Needs.MANY:
            return [each for each in self._many() if each]
        names = (FIRST, SECOND) if needs is Needs.TWO else (FIRST,)
        return [self._read(self._entered(name)) for name in names]

    def _read(self, entered: Any) -> Any:
        assert self.field is not None
        face = self.field.face
        if face.type.members(face) is not None:
            return entered
        said = json_of(self.desk, face, entered) if entered not in (None, "") else None
        if said is None:
            raise ValueError(_("A value is missing."))
        return said

    def _entered(self, name: str) -> Any:
        if name in self.args:
            return self.args[name]
        return None if "op" in self.args or self.before is None else self._former(name)

    def _former(self, name: str) -> Any:
        """What the condition that is edited holds."""
        assert self.before is not None
        assert self.field is not None
        place = {FIRST: 0, SECOND: 1}[name]
        if place >= len(self.before.values):
            return None
        node = self.before.values[place]
        if self.operator.needs is Needs.PERIOD:
            return period_of(node)
        value = plain_value(node)
        if self.operator.needs is Needs.DAYS or self.field.face.type.targets(self.field.face):
            return str(value)
        face = self.field.face
        return face.type.write_form(face, face.type.from_operand(face, value), self.desk.reading)

    def _many(self) -> list[str]:
        entered = self.args.get(MANY)
        if isinstance(entered, list):
            return [str(each) for each in entered]
        if "op" in self.args or self.before is None:
            return []
        return [str(plain_value(node)) for node in self.before.values]

    def whole(self) -> str:
        """The filter with this condition in it."""
        text = self.text()
        if not text:
            return ""
        texts = [each.text for each in self.conditions]
        if self.at is None:
            texts.append(text)
        else:
            texts[self.at] = text
        return joined(texts)

    # ---- the editor

    def editor(self) -> FilterEditor:
        whole = self.whole()
        count = self._count(whole) if whole else None
        url = addresses.of_entity(self.desk.app.name, self.seeing.entity.name, "filter")
        kept = {name: request.args[name] for name in KEPT if name in request.args}
        return FilterEditor(
            title=pick(self.field.label) if self.field else _("Condition"),
            type_text=pick(self.field.face.type.label) if self.field else "",
            url=url,
            apply_url=f"{url}/apply",
            state=tuple(kept.items()),
            operators=self._operators(),
            operator=self.operator.key if self.field else "",
            widgets=tuple(self._widgets()),
            text=whole or self.seeing.filter,
            count=count,
            error=self.error,
        )

    def _operators(self) -> tuple[Option, ...]:
        if self.field is None:
            return ()
        return tuple(Option(key, pick(OPERATORS[key].label)) for key in self.field.face.type.operators)

    def _count(self, whole: str) -> str | None:
        try:
            asked = question(self.desk, replace(self.seeing, filter=whole), [("id",)])
            count, capped = self.desk.reader.count(self.desk.context, asked)
        except SartorError as refused:
            self.error = refused.message
            return None
        if capped:
            return _("More than %(n)s match", n=number(CAP))
        return ngettext("One matches", "%(n)s match", count)

    def _widgets(self) -> list[Widget]:
        if self.field is None:
            return [Widget(name=WHOLE_TEXT, label=_("As text"), kind="textarea", span=WHOLE, value=self._shown_text())]
        needs = self.operator.needs
        if needs is Needs.NOTHING:
            return []
        if needs is Needs.DAYS:
            days = str(self._entered(FIRST) or "")
            return [Widget(name=FIRST, label=_("Days"), kind="number", value=days, span=WHOLE)]
        if needs is Needs.PERIOD:
            return [self._periods()]
        if needs is Needs.MANY:
            return [self._choosing()]
        names = (FIRST, SECOND) if needs is Needs.TWO else (FIRST,)
        labels = (_("From"), _("To")) if needs is Needs.TWO else (_("Value"),)
        return [self._input(name, label) for name, label in zip(names, labels, strict=True)]

    def _shown_text(self) -> str:
        return str(self.args.get(WHOLE_TEXT) or (self.conditions[self.at].text if self.at is not None else ""))

    def _periods(self) -> Widget:
        options = tuple(Option(key, pick(each.label)) for key, each in PERIODS.items())
        chosen = str(self._entered(FIRST) or next(iter(PERIODS)))
        return Widget(name=FIRST, label=_("Period"), kind="select", value=chosen, options=options, span=WHOLE)

    def _input(self, name: str, label: str) -> Widget:
        """The field's own input, always open, never a required one."""
        assert self.field is not None
        face = self.field.face
        entered = self._entered(name)
        if face.type.widget in ("readonly", "textarea", "address", "tags"):
            return Widget(name=name, label=label, kind="text", value=str(entered or ""), span=WHOLE)
        shown = Shown(said=self._link(face, entered), typed=entered, name=name, span=WHOLE)
        made = widget(self.desk, self.seeing.entity, face, shown)
        if made.kind == "readonly":
            return Widget(name=name, label=label, kind="text", value=str(entered or ""), span=WHOLE)
        return replace(made, label=label, hint=None, required=False)

    def _link(self, face: Field, entered: Any) -> Any:
        if not entered or not face.type.targets(face) or not isinstance(entered, str):
            return None
        return {"id": entered, "title": title_of(self.desk, face.type.targets(face), entered)}

    def _choosing(self) -> Widget:
        """Several values: of the choices there are, or of records that are looked for."""
        assert self.field is not None
        face, chosen = self.field.face, self._many()
        given = face.type.widget_options(face, self.desk.language)
        common: dict[str, Any] = {"name": MANY, "label": _("Values"), "value": tuple(chosen), "span": WHOLE}
        if given.get("options"):
            options = tuple(Option(each["value"], each["text"]) for each in given["options"])
            return Widget(kind="multiselect", options=options, **common)
        targets = face.type.targets(face)
        settings: dict[str, Any] = {"create": not targets}
        if targets:
            name = self.seeing.entity.name
            url = addresses.of_entity(self.desk.app.name, name, "options", field=self.field.name)
            settings["search_url"] = url
            common["options"] = tuple(Option(key, title_of(self.desk, targets, key)) for key in chosen)
        return Widget(kind="tags", settings=settings, **common)
