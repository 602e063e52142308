"""The filters of a dashboard as sentences: which period, whose records, of which department, with which choices."""

from __future__ import annotations

from collections.abc import Mapping

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import signed_in
from sartor.platform.errors import Invalid, NotFound, SartorError
from sartor.platform.fields.operators import PERIODS, chosen_from, sought_in
from sartor.platform.model.ids import encode_id
from sartor.platform.query.wording import title_of
from sartor.platform.reporting.choices import asked_field, read_choices
from sartor.platform.reporting.filters import BELOW, ME, MINE, TEAM, called
from sartor.platform.reporting.periods import read_period
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, pick
from sartor.platform.ui.pages.list import Chip, FilterBar, FilterEditor
from sartor.platform.ui.pages.widget import Option, Widget
from sartor.runtime.gate import route
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.forms.layout import WHOLE
from sartor.runtime.pages.rendering import html, see

NAMES = ("period", "owner", "department", "compare")
CHOICES = "choices"
"""Parameter of the address: what is chosen of which fields, see `read_choices`."""
RULE = "/app/<app>/-/dashboard/<name>/filter"


def chosen(args: Mapping[str, str]) -> dict[str, str]:
    """What the address says of the filters."""
    return {name: args[name] for name in (*NAMES, CHOICES) if args.get(name)}


def dashboard_filter(desk: Desk, name: str, offered: tuple[str, ...], filters: dict[str, str]) -> FilterBar:
    here = addresses.dashboard(desk.app.name, name)
    editor = addresses.with_query(f"{here}/filter", filters)
    by_name = apart(filters)
    offered = tuple(each for each in offered if each in NAMES or is_open(desk, each))
    chips = tuple(_chip(desk, name, each, by_name) for each in offered if each in by_name)
    return FilterBar(
        lead=_("Numbers where") if chips else _("All numbers"),
        joint=_("and"),
        chips=chips,
        fields=tuple(Option(each, label_of(desk, each)) for each in offered),
        add_url=editor,
        text="",
        text_url="",
        clear_url=here,
    )


def apart(filters: Mapping[str, str]) -> dict[str, str]:
    """The filters by name, each field for itself."""
    fields = {each.name: ",".join(each.keys) for each in read_choices(filters.get(CHOICES))}
    return {name: text for name, text in filters.items() if name != CHOICES} | fields


def together(by_name: Mapping[str, str]) -> dict[str, str]:
    """The same as it stands in an address."""
    fields = ";".join(f"{name}={text}" for name, text in by_name.items() if name not in NAMES)
    return {name: text for name, text in by_name.items() if name in NAMES} | ({CHOICES: fields} if fields else {})


def is_open(desk: Desk, name: str) -> bool:
    """Whether a reader may filter by a field."""
    try:
        return bool(asked_field(desk.model, desk.access, name))
    except Invalid:
        return False


def label_of(desk: Desk, name: str) -> str:
    words = {"period": _("Period"), "owner": _("Owner"), "department": _("Department"), "compare": _("Compared with")}
    return words.get(name) or called(desk.model, name)


def _chip(desk: Desk, board: str, name: str, by_name: Mapping[str, str]) -> Chip:
    here, label = addresses.dashboard(desk.app.name, board), label_of(desk, name)
    edit = addresses.with_query(f"{here}/filter", {**together(by_name), "field": name})
    space = "" if desk.language == "zh" else " "
    off = together({key: text for key, text in by_name.items() if key != name})
    return Chip(
        label,
        _lead(desk, name, label) + space,
        said(desk, name, by_name[name]),
        edit,
        addresses.dashboard(desk.app.name, board, **off),
    )


def _lead(desk: Desk, name: str, label: str) -> str:
    """Before what was chosen. A yes is no predicate: in Chinese it is the word “is” once more."""
    of_words = name not in NAMES and asked_field(desk.model, desk.access, name).face.type.choosing
    return _("%(label)s:", label=label) if of_words else _("%(label)s is", label=label)


def said(desk: Desk, name: str, text: str) -> str:
    """What was chosen, in words."""
    if records := _records(desk, name):
        return listed(title_of(desk, (records,), each) for each in text.split(","))
    known = {option.value: option.text for option in options(desk, name)}
    if text in known:
        return known[text]
    if name not in NAMES:
        return listed(known.get(each, each) for each in text.split(","))
    if name == "period":
        try:
            return read_period(text, desk.context.env()).label()
        except SartorError:
            return text
    return text


def _records(desk: Desk, name: str) -> str | None:
    """The entity whose records are chosen by a filter."""
    return None if name in NAMES else sought_in(asked_field(desk.model, desk.access, name))


def options(desk: Desk, name: str) -> tuple[Option, ...]:
    """What can be chosen."""
    if name == "period":
        periods = tuple(Option(key, pick(each.label)) for key, each in PERIODS.items())
        return (*periods, Option("last(90)", _("the last 90 days")), Option("all", _("all time")))
    if name == "owner":
        people = sorted(desk.directory.people.values(), key=lambda each: each.name)
        named = tuple(Option(encode_id(each.id), each.name) for each in people if each.active)
        return (Option(ME, _("me")), Option(TEAM, _("me or my reports")), *named)
    if name == "department":
        units = sorted(desk.directory.departments.values(), key=lambda each: each.name)
        named = tuple(Option(encode_id(each.id), each.name) for each in units)
        return (Option(MINE, _("my department")), Option(BELOW, _("my department or below")), *named)
    if name not in NAMES:
        field = asked_field(desk.model, desk.access, name)
        return tuple(Option(key, text) for key, text in chosen_from(field, desk.language))
    return (
        Option("previous_period", _("the period before")),
        Option("previous_year", _("the year before")),
        Option("none", _("nothing")),
    )


@route(pages, RULE, signed_in, methods=["GET"])
def edit_dashboard_filter(app: str, name: str) -> AnyResponse:
    here = desk(app)
    field = request.args.get("field", "")
    if field not in NAMES and not is_open(here, field):
        raise NotFound(_("Dashboards have no filter “%(name)s”.", name=field))
    by_name = apart(chosen(request.args))
    url = f"{addresses.dashboard(app, name)}/filter"
    rest = together({key: text for key, text in by_name.items() if key != field})
    return html(
        FilterEditor(
            title=label_of(here, field),
            type_text="",
            url=url,
            apply_url=f"{url}/apply",
            state=(*rest.items(), ("field", field)),
            operators=(),
            operator="",
            widgets=(_widget(here, field, _entered() or [by_name.get(field, "")]),),
            text="",
        )
    )


def _entered() -> list[str]:
    """What was chosen so far; inputs of several values send theirs as `value[]`."""
    return request.args.getlist("value") or request.args.getlist("value[]")


def _widget(desk: Desk, name: str, values: list[str]) -> Widget:
    """One of a few, several choices of a field, or records that are looked for."""
    label = label_of(desk, name)
    keys = tuple(key for each in values for key in each.split(",") if key)
    if records := _records(desk, name):
        chosen = tuple(Option(key, title_of(desk, (records,), key)) for key in keys)
        entity, _dot, field = name.partition(".")
        url = addresses.of_entity(desk.app.name, entity, "options", field=field)
        settings = {"create": False, "search_url": url}
        return Widget(name="value", label=label, kind="tags", value=keys, options=chosen, settings=settings, span=WHOLE)
    choices = options(desk, name)
    if name in NAMES:
        return Widget(name="value", label=label, kind="select", value=values[0] or choices[0].value, options=choices)
    return Widget(name="value", label=label, kind="multiselect", value=keys, options=choices, span=WHOLE)


@route(pages, f"{RULE}/apply", signed_in, methods=["GET"])
def apply_dashboard_filter(app: str, name: str) -> AnyResponse:
    """The dashboard under what was chosen; nothing chosen of a field lifts its filter."""
    here = desk(app)
    by_name = apart(chosen(request.args))
    field, values = request.args.get("field", ""), list(filter(None, _entered()))
    if field not in NAMES and is_open(here, field):
        by_name.pop(field, None)
    if values and (field in NAMES or is_open(here, field)):
        by_name[field] = ",".join(values)
    return see(addresses.dashboard(app, name, **together(by_name)))
