"""Apps: the list of them, and the designer of one's navigation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import Response, url_for

from sartor.builder.bench import Bench, bench
from sartor.builder.frame import Frame, frame
from sartor.builder.lists.paging import Part, fits, part_of
from sartor.builder.rendering import html
from sartor.builder.routes import route
from sartor.platform.definitions.documents import Document
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, pick
from sartor.platform.ui.assets import Assets
from sartor.platform.ui.pages.parts import Link


@dataclass(frozen=True, slots=True)
class AppRow:
    """home: what it opens first. who: its roles, or everybody. mark: new, edited or nothing."""

    link: Link
    name: str
    entries: int
    home: str
    who: str
    mark: str


@dataclass(frozen=True, slots=True)
class AppsPage:
    template: ClassVar[str] = "build/apps.html"

    frame: Frame
    found: Part[AppRow]
    make_url: str
    files_url: str


@dataclass(frozen=True, slots=True)
class AppPage:
    """shelves: what may stand in a menu."""

    template: ClassVar[str] = "build/app.html"

    frame: Frame
    key: str
    published: Document | None
    shelves: list[dict[str, Any]]
    icons: str
    list_url: str


@route("/apps")
def apps() -> Response:
    here = bench()
    sought = [row for row in _rows(here) if fits(row.link.text, row.name)]
    part = part_of(sorted(sought, key=lambda row: (row.link.text.lower(), row.name)))
    return html(AppsPage(frame(_("Apps"), "apps"), part, url_for("builder.apps"), url_for("builder.from_files")))


@route("/apps/<name>")
def app(name: str) -> Response:
    here = bench()
    key = here.known(f"app/{name}")
    return html(
        AppPage(
            frame=frame(here.called(key), "apps", trail=(Link(_("Apps"), url_for("builder.apps")),)),
            key=key,
            published=here.before(key),
            shelves=_shelves(here),
            icons=" ".join(sorted(Assets().icons)),
            list_url=url_for("builder.apps"),
        )
    )


def _rows(here: Bench) -> Iterator[AppRow]:
    for name, document in here.of_kind("app"):
        key, home = f"app/{name}", str(document.get("home", ""))
        roles = [here.called(f"role/{each}") for each in document.get("roles", ())]
        yield AppRow(
            link=Link(
                here.called(key),
                url_for("builder.app", name=name),
                document.get("icon", "briefcase"),
            ),
            name=name,
            entries=len(document.get("items", {})),
            home=pick(here.documents.get(home, {}).get("label")) or home,
            who=listed(roles) or _("everybody"),
            mark=here.mark(key),
        )


def _shelves(here: Bench) -> list[dict[str, Any]]:
    """Dashboards, then the views of each entity."""
    boards = [_item(f"dashboard/{name}", each, "chart-bar") for name, each in here.of_kind("dashboard")]
    found = [{"title": _("Dashboards"), "items": boards}]
    views = here.of_kind("view")
    for name, entity in sorted(here.of_kind("entity"), key=lambda pair: pick(pair[1].get("label")).lower()):
        icon = entity.get("icon", "table")
        items = [_item(f"view/{key}", each, icon) for key, each in views if each.get("entity") == name]
        found.append({"title": pick(entity.get("plural")) or pick(entity.get("label")) or name, "items": items})
    return [shelf for shelf in found if shelf["items"]]


def _item(key: str, document: Document, icon: str) -> dict[str, Any]:
    text = pick(document.get("label")) or key
    return {"key": key, "text": text, "icon": icon, "hint": key, "words": key}
