"""The frame of every page inside: menu, who is signed in, look, and messages that are said once after a redirect."""

from __future__ import annotations

import json
from itertools import groupby

from flask import current_app, g, request

from sartor.platform.access.roles import ADMINISTER
from sartor.platform.model import App, FieldLevel, MenuItem, Operation
from sartor.platform.model.ids import encode_id
from sartor.platform.publishing.change_sets.news import Newsroom
from sartor.platform.text import LANGUAGE_NAMES, listed, ngettext, pick
from sartor.platform.text import gettext as _
from sartor.platform.ui.format import letters
from sartor.platform.ui.pages.parts import Choice, Face, Link, Note
from sartor.platform.ui.pages.shell import Ahead, NavGroup, Shell, User
from sartor.runtime.gate import workspace
from sartor.runtime.pages import addresses
from sartor.runtime.pages.apps import menu
from sartor.runtime.pages.desk import Desk
from sartor.runtime.previewing import OWN, preview_here

MESSAGE = "said"
KINDS = {"view": "list", "entity": "table", "dashboard": "layout-dashboard"}
ON_PHONE = 3
TOLD = 8
"""Fields of a look ahead that are named as blank; the others are counted."""
BUILDER = "builder"
DESIGN = "design"


def shell(desk: Desk, title: str, current: str = "") -> Shell:
    """current: the menu's target or entity that is shown, to be marked."""
    items = list(menu(desk.model, desk.app, desk.context))
    here = _nearest(desk, items, current)
    links = [(item, _link(desk, item, here)) for item in items]
    home = Link(_("Home"), addresses.home(), "home", current == "home")
    groups = [
        NavGroup(head or None, tuple(link for _item, link in run))
        for head, run in groupby(links, lambda pair: pick(pair[0].group))
    ]
    return Shell(
        title=title,
        workspace=workspace_name(),
        csrf=desk.csrf,
        groups=(NavGroup(None, (home,)), *_headed(groups, desk.app)),
        phone=(home, *_on_phone(links), Link(_("More"), "#menu", "menu-2")),
        user=_user(desk),
        look=desk.look,
        search_url=addresses.search(desk.app.name),
        preferences_url=addresses.PREFERENCES,
        home_url=addresses.home(),
        apps=_apps(desk),
        foot=_foot(desk, current),
        messages=take_messages(),
        ahead=_ahead(desk),
    )


def workspace_name() -> str:
    """Of the revision that is served; where nobody has been identified, as it was last read."""
    asker, name = getattr(g, "asker", None), workspace().name
    return name.at(asker.stamp) if asker else name.last


def _nearest(desk: Desk, items: list[MenuItem], current: str) -> str:
    """The target that is shown; else the first one about the same entity."""
    targets = [item.target for item in items]
    about = _entity_of(desk, current)
    same = (target for target in targets if about and _entity_of(desk, target) == about)
    return current if current in targets else next(same, current)


def _entity_of(desk: Desk, target: str) -> str | None:
    kind, _slash, name = target.partition("/")
    if kind == "view":
        return desk.model.views[name].entity if name in desk.model.views else name.partition(".")[0]
    return name if kind == "entity" else None


def _headed(groups: list[NavGroup], app: App) -> list[NavGroup]:
    """Items without a heading of their own stand under the app's name."""
    return [NavGroup(each.head or pick(app.label), each.links) for each in groups]


def _on_phone(links: list[tuple[MenuItem, Link]]) -> list[Link]:
    """What is needed most on the way: one board of numbers, then lists."""
    boards = [link for item, link in links if item.target.startswith("dashboard/")]
    others = [link for item, link in links if not item.target.startswith("dashboard/")]
    return [*boards[:1], *others][:ON_PHONE]


def _apps(desk: Desk) -> tuple[Link, ...]:
    if len(desk.apps) < 2:
        return ()
    return tuple(
        Link(pick(each.label), addresses.app(each.name), each.icon, each.name == desk.app.name) for each in desk.apps
    )


def _link(desk: Desk, item: MenuItem, current: str) -> Link:
    kind, _slash, name = item.target.partition("/")
    return Link(
        pick(item.label), address_of(desk, item.target), item.icon or _icon(desk, kind, name), current == item.target
    )


def _icon(desk: Desk, kind: str, name: str) -> str:
    if kind == "view":
        return desk.model.entities[desk.model.views[name].entity].icon
    return desk.model.entities[name].icon if kind == "entity" else KINDS.get(kind, "point")


def address_of(desk: Desk, target: str) -> str:
    """Where a menu's target (`view/deal.all`) is."""
    kind, _slash, name = target.partition("/")
    if kind == "dashboard":
        return addresses.dashboard(desk.app.name, name)
    if kind == "view":
        view = desk.model.views[name]
        return addresses.entity(desk.app.name, view.entity, view)
    return addresses.entity(desk.app.name, name)


def _foot(desk: Desk, current: str) -> tuple[Link, ...]:
    """Long work for those who may begin any; people and departments, lists like any other, for those who administer."""
    entities = desk.model.entities
    transfers = (Operation.IMPORT, Operation.EXPORT)
    links = []
    if any(desk.access.may(operation, name) for name in entities for operation in transfers):
        links.append(Link(_("Long work"), addresses.jobs(desk.app.name), "activity", current == "jobs"))
    return (*links, *_people(desk, current), *_builder(desk))


def _builder(desk: Desk) -> tuple[Link, ...]:
    """The way to where one designs, if that is mounted and open to the reader."""
    if BUILDER not in current_app.blueprints or not desk.access.ability(DESIGN):
        return ()
    return (Link(_("Build"), current_app.blueprints[BUILDER].url_prefix or "/", "hammer", count=_news(desk)),)


def _news(desk: Desk) -> str | None:
    """How much there is that a designer has not heard of; looks ahead tell nothing."""
    me = desk.context.actor.id
    if me is None or preview_here() is not None:
        return None
    found = Newsroom(workspace().database).of(me, desk.context.actor.name)
    return str(len(found)) if found else None


def _ahead(desk: Desk) -> Ahead | None:
    """What a page says that shows an unpublished change set, and the other ways to look at that page."""
    here = preview_here()
    if here is None:
        return None
    path = request.path + (f"?{text}" if (text := request.query_string.decode()) else "")
    roles = [(OWN, _("Myself")), *((name, pick(role.label)) for name, role in sorted(desk.model.roles.items()))]
    languages = [(key, here.but(language=key) + path, text) for key, text in LANGUAGE_NAMES.items()]
    return Ahead(
        title=workspace().publisher.sets.titles().get(here.set) or here.set,
        back=Link(
            _("Back to the builder"), f"{current_app.blueprints[BUILDER].url_prefix}/{here.set}", "arrow-back-up"
        ),
        left=listed(_left(desk)),
        roles=tuple(Choice(text, here.but(role=role) + addresses.HOME, role == here.role) for role, text in roles),
        languages=tuple(Choice(text, url, key == here.language) for key, url, text in languages),
    )


def _left(desk: Desk) -> list[str]:
    """Fields that a look ahead shows as blank although publishing would fill them."""
    left = sorted(getattr(desk.here.design, "left", ()))
    readable = [node for node in left if desk.access.level(*node) > FieldLevel.HIDDEN]
    told = [pick(desk.model.entities[entity].fields[name].label) for entity, name in readable[:TOLD]]
    more = len(readable) - len(told)
    return [*told, ngettext("and %(n)s more", "and %(n)s more", more)] if more else told


def _people(desk: Desk, current: str) -> tuple[Link, ...]:
    if not desk.access.ability(ADMINISTER):
        return ()
    lists = tuple(
        Link(
            pick(entity.plural),
            addresses.entity(desk.app.name, entity.name),
            entity.icon,
            current == f"view/{entity.name}.all",
        )
        for entity in desk.model.entities.values()
        if entity.system and desk.access.may(Operation.READ, entity.name)
    )
    return (*lists, Link(_("Invite"), addresses.INVITE, "user-plus", current == "invite"))


def _user(desk: Desk) -> User:
    actor = desk.context.actor
    roles = [pick(role.label) for role in desk.access.rights.roles]
    role = roles[0] if roles else _("Administrator") if desk.access.rights.complete else ""
    face = Face(letters(actor.name), actor.name, me=True, url=addresses.PROFILE)
    return User(encode_id(actor.id or 0), face, role, addresses.PROFILE, addresses.SIGN_OUT)


# ---- messages


def say(text: str, tone: str = "good") -> None:
    """Say something on the page that comes next."""
    g.said = [*getattr(g, "said", []), [text, tone]]


def take_messages() -> tuple[Note, ...]:
    """What was said before the redirect. It comes from a cookie, so it is text and nothing else."""
    try:
        said = json.loads(request.cookies.get(MESSAGE, "[]"))
        found = tuple(Note(str(text)[:500], tone if tone in ("good", "warn", "bad") else "") for text, tone in said)
    except (ValueError, TypeError):
        return ()
    g.messages_shown = bool(found)
    return found
