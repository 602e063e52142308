"""Exporting a list: which form, and the job that writes the file."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import signed_in
from sartor.platform.model import Operation
from sartor.platform.model.ids import encode_id
from sartor.platform.records.exporting.plan import ExportPlan
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.form import Dialog, Form, FormPage, FormSection
from sartor.platform.ui.pages.parts import Action, Link
from sartor.platform.ui.pages.shell import TitleBar
from sartor.platform.ui.pages.widget import Option, Widget
from sartor.runtime.gate import route
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.imports.transferring import transfers
from sartor.runtime.pages.lists.seeing import Seeing, seen
from sartor.runtime.pages.rendering import html, is_fragment_wanted, see
from sartor.runtime.pages.shell import shell

RULE = "/app/<app>/<entity>/r/export"


@route(pages, RULE, signed_in, methods=["GET"])
def ask_for_export(app: str, entity: str) -> AnyResponse:
    here = desk(app)
    seeing = seen(here, entity, request.args.get("view"))
    here.access.require(Operation.EXPORT, entity)
    title = _("Export %(label)s", label=pick(seeing.entity.plural))
    form = export_form(here, seeing)
    if is_fragment_wanted():
        return html(Dialog(title, form, _("Everything that the list shows now, in its order.")))
    back = Link(pick(seeing.entity.plural), seeing.url(here))
    return html(FormPage(shell(here, title), TitleBar(title=title, back=back), form))


@route(pages, RULE, signed_in, methods=["POST"], endpoint="export_now")
def begin_export(app: str, entity: str) -> AnyResponse:
    here = desk(app)
    here.entity(entity)
    purpose, kind = request.form.get("purpose", "spreadsheet"), request.form.get("format", "xlsx")
    plan = ExportPlan.from_dict(
        {
            "entity": entity,
            "purpose": purpose,
            "format": kind,
            "condition": request.form.get("condition") or None,
            "sort": request.form.get("sort") or None,
        }
    )
    job = transfers(here).begin_export(plan)
    return see(addresses.job(app, encode_id(job)))


def export_form(desk: Desk, seeing: Seeing) -> Form:
    purposes = (Option("spreadsheet", _("For people")), Option("transfer", _("For programs, exact")))
    kinds = (Option("xlsx", "Excel"), Option("csv", "CSV"))
    widgets = (
        Widget(
            name="purpose",
            label=_("What for"),
            kind="select",
            value="spreadsheet",
            options=purposes,
            settings={"seg": True},
        ),
        Widget(name="format", label=_("File"), kind="select", value="xlsx", options=kinds, settings={"seg": True}),
    )
    return Form(
        label=_("Export"),
        url=addresses.of_entity(desk.app.name, seeing.entity.name, "export"),
        csrf=desk.csrf,
        save=Action(text=_("Export"), url="", look="primary", icon="download"),
        cancel=Action(text=_("Cancel"), url=seeing.url(desk), key="Esc"),
        sections=(FormSection("all", None, widgets),),
        fields={"condition": seeing.filter, "sort": ",".join(seeing.sort)},
        saves=False,
    )
