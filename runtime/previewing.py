"""A look at the product as a change set would make it: every page of the apps, on the real records, to read only.

Its address is a prefix before the address of a page, `/preview/<change set>/<role or ->/<language>`, so that two
tabs may look at two designs and every link stays where it is. Whoever looks sees no more than publishing the change
set could show to him; as a role, no more than that role and he himself may see.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import Flask

from sartor.platform.access.assign import require_own, require_own_changes
from sartor.platform.access.context import Context
from sartor.platform.access.csrf import SAFE
from sartor.platform.errors import Forbidden, NotFound
from sartor.platform.model import Model
from sartor.platform.publishing.change_sets.changes import is_set_name
from sartor.platform.text import LANGUAGES, did_you_mean, listed, near, use_language
from sartor.platform.text import gettext as _
from sartor.runtime.current import the_g, the_request
from sartor.runtime.gate import workspace
from sartor.runtime.pages import pages

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from sartor.platform.access.actor import Actor

PREVIEW = "sartor.preview"
OWN = "-"
DRAWN = frozenset({"app", "dashboard", "form", "metric", "report", "template", "view"})
"""Kinds of definitions that only say how something is shown: what they name is judged by the reader's rights."""
LIVE = ("pages.preview_new", "pages.preview_change")
"""What a form asks while it is filled in; nothing of it is kept."""
_PLACE = re.compile(r"(/preview/(?P<set>[^/]+)/(?P<role>[^/]+)/(?P<language>[^/]+))(?P<rest>/.*)?")


@dataclass(frozen=True, slots=True)
class Preview:
    """What somebody looks at. role: as which, `-` for his own."""

    set: str
    role: str
    language: str

    def but(self, **other: str) -> str:
        """The prefix of another look at the same change set."""
        there = replace(self, **other)
        return f"/preview/{there.set}/{there.role}/{there.language}"


def with_previews(app: WSGIApplication) -> WSGIApplication:
    """The application below the prefixes of previews, too."""

    def entered(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        place = _PLACE.fullmatch(path) if path.startswith("/preview/") else None
        if place is not None:
            environ[PREVIEW] = Preview(place["set"], place["role"], place["language"])
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + place[1]
            environ["PATH_INFO"] = place["rest"] or "/app"
        return app(environ, start)

    return entered


def preview_here() -> Preview | None:
    """What this request looks at; None where it works on what is published."""
    found: Preview | None = the_request().environ.get(PREVIEW)
    return found


def look_ahead() -> None:
    """Give a request below a prefix the design of its change set, behind the gate.

    :raises Forbidden: for whoever may not design, or would see what he lacks, and for every write.
    :raises InvalidDefinition: where the edits do not hold together yet.
    """
    wanted = preview_here()
    if wanted is None:
        return
    if the_request().blueprint != pages.name or not is_set_name(wanted.set) or wanted.language not in LANGUAGES:
        raise NotFound(_("There is no page with this address."))
    asker = the_g().asker
    asker.context.access.require_ability("design")
    use_language(wanted.language)
    if the_request().method not in SAFE and the_request().endpoint not in LIVE:
        raise Forbidden(_("This is a look at what is not published yet: nothing can be saved here."), code="preview")
    _require_no_opening(asker.context, wanted.set)
    here = workspace().ahead(wanted.set)
    asker.context, asker.serving = _seen_as(asker.context, here.model, wanted), here


def _require_no_opening(context: Context, change_set: str) -> None:
    """An edit of a field, a pipeline or a role may open records or values; a look leaves no revision and asks for no
    approval, so it is for those alone to whom everything is open already.

    :raises Forbidden: for somebody else, naming what he would have to publish first.
    """
    edited = workspace().publisher.sets.get(change_set).edits
    opening = sorted(key for key in edited if key.partition("/")[0] not in DRAWN)
    if opening and not context.access.rights.complete:
        told = listed(opening[:5])
        raise Forbidden(_("Only somebody to whom everything is open may look ahead at changes of %(what)s.", what=told))


def _seen_as(context: Context, model: Model, wanted: Preview) -> Context:
    require_own_changes(context, model)
    own = _acting(context, model, context.actor).but(language=wanted.language)
    if wanted.role == OWN:
        return own
    if wanted.role not in model.roles:
        hint = did_you_mean(near(wanted.role, model.roles))
        raise NotFound(_("There is no role %(name)s.", name=wanted.role) + hint)
    require_own(own, [wanted.role])
    return _acting(own, model, replace(context.actor, roles=(wanted.role,)))


def _acting(context: Context, model: Model, actor: Actor) -> Context:
    return context.but(model=model, actor=actor, access=workspace().authority.access(model, actor))


def mount(app: Flask) -> None:
    """After the gate: what a request may look at depends on who asks."""
    app.before_request(look_ahead)
    app.wsgi_app = with_previews(app.wsgi_app)  # type: ignore[assignment]
