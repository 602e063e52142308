"""From a number of stays to the list of its records: asked for when it is clicked, because it takes a question."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import signed_in
from sartor.platform.errors import NotFound
from sartor.platform.text import gettext as _
from sartor.runtime.gate import route
from sartor.runtime.pages import pages
from sartor.runtime.pages.dashboards.filters import chosen
from sartor.runtime.pages.dashboards.report_links import lists_of, reporter
from sartor.runtime.pages.desk import desk
from sartor.runtime.pages.rendering import see


@route(pages, "/app/<app>/-/report/<name>/records/<measure>", signed_in, methods=["GET"])
def show_cohort(app: str, name: str, measure: str) -> AnyResponse:
    """The list of the records behind one cell; `key` of each dimension, and the filters of the dashboard."""
    here = desk(app)
    keys, filters = request.args.getlist("key"), chosen(request.args)
    found = reporter(here).cohort(here.context, name, measure, keys, filters)
    url = lists_of(here)(found.entity, found.condition)
    if url is None:
        raise NotFound(_("There is no list of these records."))
    return see(url)
