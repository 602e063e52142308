"""The filters of a dashboard as sentences: which period, whose records, of which department."""

from __future__ import annotations

from collections.abc import Mapping

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import signed_in
from sartor.platform.errors import NotFound, SartorError
from sartor.platform.fields.operators import PERIODS
from sartor.platform.model.ids import encode_id
from sartor.platform.reporting.filters import BELOW, ME, MINE, TEAM
from sartor.platform.reporting.periods import read_period
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.list import Chip, FilterBar, FilterEditor
from sartor.platform.ui.pages.widget import Option, Widget
from sartor.runtime.gate import route
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.rendering import html, see

NAMES = ("period", "owner", "department", "compare")
RULE = "/app/<app>/-/dashboard/<name>/filter"


def chosen(args: Mapping[str, str]) -> dict[str, str]:
    """What the address says of the filters."""
    return {name: args[name] for name in NAMES if args.get(name)}


def dashboard_filter(desk: Desk, name: str, offered: tuple[str, ...], filters: dict[str, str]) -> FilterBar:
    here = addresses.dashboard(desk.app.name, name)
    editor = addresses.with_query(f"{here}/filter", filters)
    chips = tuple(_chip(desk, name, each, filters) for each in offered if each in filters)
    return FilterBar(
        lead=_("Numbers where") if chips else _("All numbers"),
        joint=_("and"),
        chips=chips,
        fields=tuple(Option(each, label_of(each)) for each in offered),
        add_url=editor,
        text="",
        text_url="",
        clear_url=here,
    )


def label_of(name: str) -> str:
    words = {"period": _("Period"), "owner": _("Owner"), "department": _("Department"), "compare": _("Compared with")}
    return words.get(name, name)


def _chip(desk: Desk, board: str, name: str, filters: dict[str, str]) -> Chip:
    rest = {key: text for key, text in filters.items() if key != name}
    edit = addresses.with_query(f"{addresses.dashboard(desk.app.name, board)}/filter", {**filters, "field": name})
    space = "" if desk.language == "zh" else " "
    lead = _("%(label)s is", label=label_of(name)) + space
    return Chip(
        label_of(name), lead, said(desk, name, filters[name]), edit, addresses.dashboard(desk.app.name, board, **rest)
    )


def said(desk: Desk, name: str, text: str) -> str:
    """What was chosen, in words."""
    known = {option.value: option.text for option in options(desk, name)}
    if text in known:
        return known[text]
    if name == "period":
        try:
            return read_period(text, desk.context.env()).label()
        except SartorError:
            return text
    return text


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
    return (
        Option("previous_period", _("the period before")),
        Option("previous_year", _("the year before")),
        Option("none", _("nothing")),
    )


@route(pages, RULE, signed_in, methods=["GET"])
def edit_dashboard_filter(app: str, name: str) -> AnyResponse:
    here = desk(app)
    field = request.args.get("field", "")
    if field not in NAMES:
        raise NotFound(_("Dashboards have no filter “%(name)s”.", name=field))
    filters = chosen(request.args)
    url = f"{addresses.dashboard(app, name)}/filter"
    value = request.args.get("value") or filters.get(field, "")
    choices = options(here, field)
    return html(
        FilterEditor(
            title=label_of(field),
            type_text="",
            url=url,
            apply_url=f"{url}/apply",
            state=(*((key, text) for key, text in filters.items() if key != field), ("field", field)),
            operators=(),
            operator="",
            widgets=(
                Widget(
                    name="value", label=label_of(field), kind="select", value=value or choices[0].value, options=choices
                ),
            ),
            text="",
        )
    )


@route(pages, f"{RULE}/apply", signed_in, methods=["GET"])
def apply_dashboard_filter(app: str, name: str) -> AnyResponse:
    desk(app)
    filters = chosen(request.args)
    field, value = request.args.get("field", ""), request.args.get("value", "")
    if field in NAMES and value:
        filters[field] = value
    return see(addresses.dashboard(app, name, **filters))
