"""That something is being published, as the pages say it from which one would publish as well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from sartor.builder.bench import Bench
from sartor.builder.lists.definitions import calling
from sartor.builder.people import moment_of, name_of
from sartor.platform.automation import publishing
from sartor.platform.publishing.under_way import UnderWay
from sartor.platform.publishing.words.part_words import raised
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.parts import Action, Note


@dataclass(frozen=True, slots=True)
class Doing:
    """Who publishes what. since: when it was begun, in words; empty for what no worker was asked for.

    back_to: the revision that it goes back to.
    """

    by: int | None
    set: str | None
    since: str = ""
    back_to: int | None = None


def doing(here: Bench) -> Doing | None:
    """The publication that is under way, or waits for its worker."""
    publisher = here.workspace.publisher
    found = publishing.running(publisher)
    if found is not None:
        since = moment_of(here, found.job.created_at)
        return Doing(found.job.owner, found.job.input["set"], since, found.back_to)
    far = publisher.under_way
    return None if far is None else Doing(far.by, far.set)


def under_way(here: Bench) -> Iterator[Note]:
    """What is being published now, with the way to see how far it is; then why one's own was not published."""
    if now := going(here):
        yield from now
        return
    last = publishing.newest(here.workspace.publisher, here.set)
    if last is not None and last.job.state == "failed" and last.job.input["seen"] == here.edited.mark:
        yield Note(last.job.message or "", "bad", lead=_("Nothing was published."))


def going(here: Bench) -> tuple[Note, ...]:
    """What is being published now, with the way to see how far it is."""
    found = doing(here)
    if found is None:
        return ()
    url = url_for("builder.publishing_page", change_set=found.set or here.set)
    look = Action(text=_("See how far it is"), url=url)
    return (Note(_said(here, found), icon="hourglass", lead=_("Being published:"), action=look),)


def step_said(here: Bench, far: UnderWay, back_to: int | None = None) -> str:
    """What is done now, in the reader's language, whoever began it. back_to: the revision that it goes back to."""
    if not far.subject:
        return ""
    key, _hash, field = far.subject.partition("#")
    names = calling(here)
    if back_to is not None:
        names.worlds = (here.published, here.workspace.publisher.documents(back_to))
    name = raised(names.spot(key, f"/fields/{field}").subject if field else names.definition(key))
    said = {
        "convert_field": _("%(name)s: values are converted"),
        "compute": _("%(name)s: values are worked out"),
        "rename_keys": _("%(name)s: values get their new names"),
    }.get(far.kind)
    return said % {"name": name} if said else name


def kept_note(here: Bench) -> str:
    """What was already written about a publication that did not come to its end."""
    last = publishing.newest(here.workspace.publisher, here.set)
    if last is None or last.revision is not None or last.job.owner != here.context.actor.id:
        return ""
    return str(last.job.input["note"]) if last.job.input["seen"] == here.edited.mark else ""


def _said(here: Bench, found: Doing) -> str:
    text = {"name": name_of(here, found.by), "set": here.set_called(found.set) if found.set else ""}
    if found.back_to is not None:
        return _("Back to revision %(n)s, by %(name)s, since %(when)s.", n=found.back_to, when=found.since, **text)
    if not found.set:
        return _("%(name)s publishes.", **text)
    if found.since:
        return _("“%(set)s” by %(name)s, since %(when)s.", when=found.since, **text)
    return _("“%(set)s” by %(name)s.", **text)
