"""The desk: what every page of one request works with. Who reads, in which design, app, language and look."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from flask import g, request

from sartor.platform.access.context import Context
from sartor.platform.access.people import Directory
from sartor.platform.access.rights import Access
from sartor.platform.errors import NotFound
from sartor.platform.fields.base import Reading
from sartor.platform.model import App, Entity, Model
from sartor.platform.query.asking import Names
from sartor.platform.query.reader import Reader
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.shell import Look
from sartor.platform.workspace import Serving
from sartor.runtime import gate
from sartor.runtime.pages.apps import visible_apps


@dataclass
class Desk:
    """app: through which the reader came; pages of the workspace itself have the first one."""

    context: Context
    here: Serving
    directory: Directory
    look: Look
    csrf: str
    apps: tuple[App, ...]
    app: App

    @property
    def model(self) -> Model:
        return self.here.model

    @property
    def reader(self) -> Reader:
        return self.here.reader

    @property
    def access(self) -> Access:
        return self.context.access

    @property
    def language(self) -> str:
        return self.context.language

    @cached_property
    def names(self) -> Names:
        return self.here.names.of(self.context)

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.context.zone)

    @cached_property
    def now(self) -> datetime:
        return self.context.now()

    @cached_property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @cached_property
    def reading(self) -> Reading:
        """How what is typed into forms is to be read."""
        return Reading(language=self.language, zone=self.context.zone)

    def entity(self, name: str) -> Entity:
        """:raises NotFound: for a name that means nothing. :raises Forbidden: for an entity that is closed."""
        return self.names.entity(name)


def desk(app: str | None = None) -> Desk:
    """The desk of this request. app: the name in the address.

    :raises NotFound: for an app that is not there for the reader.
    """
    found: Desk | None = getattr(g, "desk", None)
    if found is None or found.here is not gate.serving():
        found = g.desk = _set_up()
    if app is None or app == found.app.name:
        return found
    chosen = next((each for each in found.apps if each.name == app), None)
    if chosen is None:
        raise NotFound(_("There is no app “%(name)s”, or it is not open to you.", name=app))
    g.desk = replace(found, app=chosen)
    return g.desk


def _set_up() -> Desk:
    here, context = gate.serving(), gate.context()
    apps = visible_apps(here.model, context)
    session = g.asker.session
    return Desk(
        context=context,
        here=here,
        directory=context.directory,
        look=look_of_request(),
        csrf=session.csrf if session else "",
        apps=apps,
        app=apps[0],
    )


def look_of_request() -> Look:
    asker = getattr(g, "asker", None)
    language = asker.context.language if asker and asker.context else gate.preferred_language()
    return Look.chosen(request.cookies, language)
