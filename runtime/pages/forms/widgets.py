"""Fields as widgets: the type names the kind of input and its options, the page adds addresses and the value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sartor.platform.model import Entity, Field, FieldLevel, Operation
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.format import symbol
from sartor.platform.ui.pages.widget import WIDGET_SETTINGS, Option, Widget
from sartor.platform.ui.tones import dots_of
from sartor.runtime.pages import addresses
from sartor.runtime.pages.cells import Cells
from sartor.runtime.pages.desk import Desk

WIDE = ("textarea", "lines", "address")
CURRENCIES = ("CNY", "USD", "EUR", "HKD", "JPY", "GBP")


@dataclass(frozen=True, slots=True)
class Shown:
    """What is known of a field besides its definition.

    said: the value as JSON, with titles. typed: what stands in the input instead, after a refusal. problem: what is
    wrong with it. span: of twelve columns.
    """

    said: Any = None
    typed: Any = None
    problem: str | None = None
    visible: bool = True
    required: bool = False
    read_only: bool = False
    name: str = ""
    span: int = 6


def is_closed(desk: Desk, field: Field) -> bool:
    """Whether nobody types into it here: computed, the system's, or not open for writing."""
    shut = field.type.computed or field.read_only or field.system or field.type.widget == "readonly"
    return shut or desk.access.level(field.entity, field.name) < FieldLevel.WRITE


def widget(desk: Desk, entity: Entity, field: Field, shown: Shown) -> Widget:
    """The input of a field, or its value where it is closed."""
    name = shown.name or field.name
    common: dict[str, Any] = {
        "name": name,
        "label": pick(field.label),
        "visible": shown.visible,
        "span": shown.span,
        "hint": pick(field.help) or None,
    }
    if is_closed(desk, field):
        return Widget(kind="readonly", cell=Cells(desk, field, full=True)(shown.said), **common)
    face = field.type
    value = shown.typed if shown.typed is not None else value_of(desk, field, shown.said)
    settings, options = _settings(desk, entity, field, shown.said)
    return Widget(
        kind=face.widget,
        value=_with_currency(value, settings, options),
        required=shown.required,
        readonly=shown.read_only,
        error=shown.problem,
        keep=face.widget in ("select", "date", "number", "percent", "checkbox"),
        settings=settings,
        options=options,
        **common,
    )


def value_of(desk: Desk, field: Field, said: Any) -> Any:
    """What stands in the inputs for a value that came as JSON."""
    if said is None:
        return field.type.write_form(field, None, desk.reading)
    return field.type.write_form(field, field.type.told(field, said), desk.reading)


def _with_currency(value: Any, settings: Mapping[str, Any], options: tuple[Option, ...]) -> Any:
    """An amount without a currency is offered in the first one, as the input shows it."""
    if isinstance(value, dict) and value.get("currency") == "":
        return {**value, "currency": settings.get("fixed") or (options[0].value if options else "")}
    return value


def _settings(desk: Desk, entity: Entity, field: Field, said: Any) -> tuple[dict[str, Any], tuple[Option, ...]]:
    given = field.type.widget_options(field, desk.language)
    known = WIDGET_SETTINGS.get(field.type.widget, given)
    settings = {name: value for name, value in given.items() if name in known}
    options = _options(desk, field, given)
    if field.type.widget == "select" and not field.required:
        settings["blank"] = ""
    if field.type.widget == "money" and not settings.get("fixed"):
        if entity.currency_field or entity.line_of:
            settings |= _records_currency(desk, said)
        else:
            options = _currencies(desk, said)
    if field.type.widget == "address" and desk.language == "zh":
        settings["search_url"] = addresses.of_entity(desk.app.name, entity.name, "places")
    if given.get("targets"):
        settings |= _search(desk, entity, field, tuple(given["targets"]), said)
        if isinstance(said, list):
            options = tuple(Option(each["id"], _called(each)) for each in said)
    return settings, options


def _options(desk: Desk, field: Field, given: Mapping[str, Any]) -> tuple[Option, ...]:
    dots = dots_of(field, desk.model, desk.language)
    return tuple(Option(each["value"], each["text"], dots.get(each["value"])) for each in given.get("options", ()))


def _records_currency(desk: Desk, said: Any) -> dict[str, str]:
    """All amounts of the record are in its one currency, so that none of them asks for it."""
    own = (said.get("currency") if isinstance(said, dict) else None) or desk.context.currency
    return {"fixed": own, "symbol": symbol(own)}


def _currencies(desk: Desk, said: Any) -> tuple[Option, ...]:
    """The record's own first, then the workspace's, then those that are used or common."""
    own = said.get("currency") if isinstance(said, dict) else None
    known = [own, desk.context.currency, *desk.context.currencies, *CURRENCIES]
    return tuple(Option(code, code) for code in dict.fromkeys(code for code in known if code))


def _called(said: Mapping[str, Any]) -> str:
    """What stands for a record that is chosen, as elsewhere: no id where the reader may not see it."""
    title = said.get("title")
    return _("not open to you") if title is None else title or _("(no name)")


def _search(desk: Desk, entity: Entity, field: Field, targets: tuple[str, ...], said: Any) -> dict[str, Any]:
    """Where an input looks for records, and what the chosen one is called."""

    def url(target: str) -> str:
        return addresses.of_entity(desk.app.name, entity.name, "options", field=field.name, of=target)

    if field.type.widget == "reference":
        open_ = [each for each in targets if desk.access.may(Operation.READ, each)]
        kinds = tuple((each, pick(desk.model.entity(each).label), url(each)) for each in open_)
        return {"entities": kinds, "text": _called(said) if said else None}
    found: dict[str, Any] = {"search_url": url(targets[0])}
    if field.type.widget == "tags":
        return found | {"create": False}
    if said:
        found["text"] = _called(said)
    if field.type.widget == "lookup" and desk.access.may(Operation.CREATE, targets[0]):
        found["create_url"] = addresses.of_entity(desk.app.name, targets[0], "new")
    return found
