"""Reports: the list of them by entity, and the designer of one on live numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from flask import Response, jsonify, request, url_for

from sartor.builder.bench import Bench, bench
from sartor.builder.canvas.drafted import drafted
from sartor.builder.canvas.report import LiveReport, live_report
from sartor.builder.canvas.sent import is_map_of_maps, sent_json
from sartor.builder.frame import Frame, frame
from sartor.builder.lists.by_entity import GONE, Head, ListPage, Named, Row, by_entity
from sartor.builder.palettes.report import report_shelves
from sartor.builder.rendering import html, text
from sartor.builder.routes import route
from sartor.platform.definitions.documents import Document
from sartor.platform.errors import BadRequest
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, pick
from sartor.platform.ui.assets import Assets
from sartor.platform.ui.pages.dashboard import Panel
from sartor.platform.ui.pages.parts import Link


@dataclass(frozen=True, slots=True)
class ReportPage:
    """shelves: what it can be made of. live_url: answers what the canvas shows."""

    template: ClassVar[str] = "build/report.html"

    frame: Frame
    key: str
    published: Document | None
    shelves: list[dict[str, Any]]
    icons: str
    list_url: str
    live_url: str
    shelves_url: str


@dataclass(frozen=True, slots=True)
class NumbersFragment:
    """The numbers of a report, as its canvas shows them below the picture."""

    template: ClassVar[str] = "build/report_numbers.html"

    live: LiveReport

    @property
    def panel(self) -> Panel | None:
        return self.live.shown if isinstance(self.live.shown, Panel) else None


@route("/reports")
def reports() -> Response:
    here = bench()
    return html(
        ListPage(
            frame=frame(_("Reports"), "reports"),
            kind="report",
            title=_("Reports"),
            new=_("New report"),
            none=_("There are no reports yet."),
            heads=(
                Head(_("Report")),
                Head(_("Name"), "only-desk mono faint"),
                Head(_("Chart")),
                Head(_("Measures"), "only-desk"),
            ),
            found=by_entity(here, "report", lambda found: _rows(here, found), other=_("Metrics alone")),
            make_url=url_for("builder.reports"),
        )
    )


@route("/reports/<name>")
def report(name: str) -> Response:
    here, key = bench(), f"report/{name}"
    document = here.document("report", name)
    trail = (Link(_("Reports"), url_for("builder.reports")),)
    return html(
        ReportPage(
            frame=frame(here.called(key), "reports", trail=trail),
            key=key,
            published=here.before(key),
            shelves=report_shelves(drafted(here), here.documents, str(document.get("entity") or "")),
            icons=" ".join(sorted(Assets().icons)),
            list_url=url_for("builder.reports"),
            live_url=url_for("builder.report_live", name=name),
            shelves_url=url_for("builder.report_fields"),
        )
    )


@route("/-/report-fields")
def report_fields() -> Response:
    """What a report over another entity can be made of."""
    here = bench()
    return jsonify(report_shelves(drafted(here), here.documents, request.args.get("entity", "")))


@route("/-/live-report/<name>", methods=["POST"])
def report_live(name: str) -> Response:
    """What the canvas shows of the definition that is sent; nothing is kept. :raises BadRequest: for no definition."""
    sent = sent_json()
    if not _looks_like_a_report(sent):
        raise BadRequest(_("The definition of a report was expected."))
    found = live_report(bench(), name, sent)
    plot = found.shown.plot if isinstance(found.shown, Panel) else None
    numbers = text(NumbersFragment(found)) if found.shown else ""
    told = {"filter": [asdict(each) for each in found.filter], "notes": found.notes, "numbers": numbers}
    return jsonify(told | {"figure": plot.figure if plot else None, "says": plot.says if plot else ""})


def _looks_like_a_report(sent: Any) -> bool:
    """Enough of the shape to be asked; what else is wrong is told by the problems of the change set."""
    if not isinstance(sent, dict):
        return False
    shaped = all(is_map_of_maps(sent.get(name, {})) for name in ("dimensions", "measures"))
    return shaped and isinstance(sent.get("filter") or "", str)


# ---- the list


def _rows(here: Bench, found: list[Named]) -> Iterator[Row]:
    charts = here.workspace.extensions.charts
    for name, document in sorted(found, key=lambda pair: (pick(pair[1].get("label")).lower(), pair[0])):
        kind = charts.get(document["chart"])
        measures = listed(_measure_label(here, key, each) for key, each in document["measures"].items())
        link = Link(here.called(f"report/{name}"), url_for("builder.report", name=name), kind.icon if kind else GONE)
        yield Row(link, (name, pick(kind.label) if kind else document["chart"], measures), here.mark(f"report/{name}"))


def _measure_label(here: Bench, key: str, measure: Document) -> str:
    metric = here.documents.get(f"metric/{measure.get('metric')}", {})
    return pick(measure.get("label")) or pick(metric.get("label")) or key
