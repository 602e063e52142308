"""What happened to a record, as a stream: what people said and did, and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from flask import request

from sartor.platform.errors import BadRequest, SartorError
from sartor.platform.model import Entity, Field, Tab
from sartor.platform.model.ids import decode_id
from sartor.platform.records.history.happening import PAGE, Happening, Mark
from sartor.platform.text import Label, listed, pick
from sartor.platform.text import gettext as _
from sartor.platform.ui.format import day_long, moment_full
from sartor.platform.ui.pages.feed import Feed, FeedItem
from sartor.platform.ui.pages.parts import Action, Link
from sartor.runtime.pages import addresses
from sartor.runtime.pages.cells import Cells
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.forms.forming import with_titles
from sartor.runtime.pages.records.opening import Opened

DID = {"create": "plus", "delete": "trash", "restore": "arrow-back-up", "change": "pencil", "comment": "message"}


def mark_of_request() -> Mark | None:
    """Before which happening the asked page of them lies.

    :raises BadRequest: for a place that no page of ours names.
    """
    text = request.args.get("before", "")
    if not text:
        return None
    at, _comma, key = text.partition(",")
    try:
        decode_id(key)
        if datetime.fromisoformat(at).tzinfo is None:
            raise ValueError(at)
    except (ValueError, SartorError):
        raise BadRequest(_("“%(text)s” is no place in a history.", text=text)) from None
    return at, key


def feed(desk: Desk, found: Opened, tab: Tab, happenings: list[Happening], empty: str) -> Feed:
    """One page of what happened, and where the next one is."""
    more = None
    if len(happenings) == PAGE:
        place = ",".join(happenings[-1].mark)
        more = addresses.record(desk.app.name, found.entity.name, found.key, "tab", tab.name, before=place)
    return Feed(items=stream(desk, found.entity, found.key, happenings), next_url=more, empty=empty)


def stream(desk: Desk, entity: Entity, key: str, happenings: Iterable[Happening]) -> tuple[FeedItem, ...]:
    """Items under the days on which they happened."""
    items: list[FeedItem] = []
    last: date | None = None
    for each in happenings:
        at = datetime.fromisoformat(each.at).astimezone(desk.zone)
        if at.date() != last:
            last = at.date()
            items.append(FeedItem(day=_day(last, desk.today)))
        made = _item(desk, entity, key, each, at)
        if made is not None:
            items.append(made)
    return tuple(item for item, after in zip(items, [*items[1:], None], strict=True) if not _is_lonely(item, after))


def _is_lonely(item: FeedItem, after: FeedItem | None) -> bool:
    """A day under which nothing stands."""
    return item.day is not None and (after is None or after.day is not None)


def _day(day: date, today: date) -> str:
    names = {0: _("Today"), 1: _("Yesterday")}
    return names.get((today - day).days) or day_long(day, today)


def _item(desk: Desk, entity: Entity, key: str, each: Happening, at: datetime) -> FeedItem | None:
    common: dict[str, Any] = {
        "who": _who(desk, each),
        "when": at.strftime("%H:%M"),
        "when_title": moment_full(at, desk.zone),
        "icon": DID.get(each.kind, "point"),
    }
    if each.kind == "comment":
        return FeedItem(
            text=_("wrote"), body=each.body["text"], tone="accent", actions=_removal(desk, entity, key, each), **common
        )
    if each.kind in ("create", "delete", "restore"):
        said = {"create": _("made it"), "delete": _("deleted it"), "restore": _("brought it back")}[each.kind]
        return FeedItem(text=said, small=True, **common)
    if each.kind == "change":
        changes = _changes(desk, entity, each.body)
        said = _("changed") if any(before for _name, before, _after in changes) else _("set")
        return FeedItem(text=said, changes=changes, small=True, **common) if changes else None
    if "entity" in each.body:
        return _contributed(desk, each, common)
    return FeedItem(text=each.kind, small=True, **common)


def _who(desk: Desk, each: Happening) -> str:
    if each.actor is None:
        return _("The system")
    return desk.directory.name_of(each.actor) or _("Somebody who left")


def _removal(desk: Desk, entity: Entity, key: str, each: Happening) -> tuple[Action, ...]:
    if each.actor is None or each.actor != desk.context.actor.id:
        return ()
    url = addresses.record(desk.app.name, entity.name, key, "comments", each.id, "remove")
    return (
        Action(
            text=_("Remove"),
            url=url,
            look="quiet",
            method="post",
            fields={"_csrf": desk.csrf},
            confirm=_("Your comment is removed."),
        ),
    )


def _contributed(desk: Desk, each: Happening, common: Mapping[str, Any]) -> FeedItem:
    """A record of another entity that belongs to this one: a call, a visit, a payment."""
    other = desk.model.entity(each.body["entity"])
    feed = next((one for one in other.feeds if one.name == each.kind), None)
    title, text = (
        _plain(desk, other, name, each.body.get(part))
        for name, part in ((other.title, "title"), (feed.text if feed else None, "text"))
    )
    link = Link(title or pick(other.label), addresses.record(desk.app.name, other.name, each.id))
    begins = _one_line(text).startswith(_one_line(title))
    body = text if text and not begins else None
    if begins and title:
        link = Link(text, link.url)
    shown = {**common, "icon": feed.icon if feed else other.icon}
    return FeedItem(text=pick(feed.label) if feed else pick(other.label), body=body, quote=link, tone="accent", **shown)


def _one_line(text: str) -> str:
    """A title made from the beginning of a text has its lines one after the other."""
    return " ".join(text.split())


def _plain(desk: Desk, entity: Entity, name: str | None, said: Any) -> str:
    if said in (None, "") or name is None:
        return ""
    cell = Cells(desk, entity.fields[name], full=True)(said)
    return cell.text or str(said)


def _changes(desk: Desk, entity: Entity, body: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    found = []
    for name, (before, after) in body["changes"].items():
        field, gone = entity.fields.get(name), body.get("labels", {}).get(name, {})
        if field is not None:
            texts = _said(desk, field, before, gone), _said(desk, field, after, gone)
            found.append((pick(field.label), *texts))
    return tuple(found)


def _said(desk: Desk, field: Field, said: Any, gone: Mapping[str, Label]) -> str:
    """gone: what choices are called that are taken out since."""
    if isinstance(said, list) and not gone.keys().isdisjoint(each for each in said if isinstance(each, str)):
        return listed(_said(desk, field, each if each in gone else [each], gone) for each in said)
    return pick(gone[said]) if isinstance(said, str) and said in gone else value_text(desk, field, said)


NO_VALUE = (SartorError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError)
"""What drawing raises that is given what no field of its type holds."""


def value_text(desk: Desk, field: Field, said: Any) -> str:
    """A value of the past in words; its type may have changed since."""
    if said in (None, "", []):
        return ""
    try:
        cell = Cells(desk, field, full=True)(with_titles(desk, field, said))
    except NO_VALUE:
        return _as_it_was(said)
    if cell.checked is not None:
        return _("Yes") if cell.checked else _("No")
    if cell.rating:
        return f"{cell.rating[0]}/{cell.rating[1]}"
    return cell.text or listed(pill.text for pill in cell.pills)


def _as_it_was(said: Any) -> str:
    """A value that its field could not hold now, by what it consists of."""
    if isinstance(said, Mapping):
        return " ".join(_as_it_was(each) for name, each in said.items() if name != "entity")
    if isinstance(said, list):
        return listed(map(_as_it_was, said))
    return "" if said is None else str(said)
