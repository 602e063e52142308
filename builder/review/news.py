"""What is new for whoever designs, in sentences: on the first page of the builder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from sartor.builder.bench import Bench
from sartor.builder.people import moment_of, name_of
from sartor.platform.publishing.change_sets.news import PUBLISHED, News, Newsroom
from sartor.platform.publishing.change_sets.remarks import Kind
from sartor.platform.text import gettext as _

PICTURES = {
    Kind.COMMENT: ("message", ""), Kind.ASKED: ("user-question", "accent"), Kind.APPROVED: ("user-check", "good"),
    Kind.REFUSED: ("ban", "bad"), Kind.MISSED: ("alert-triangle", "bad"), PUBLISHED: ("checks", "good"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that is new. url: where it stands; stays: until one has answered, whatever one has read."""

    text: str
    body: str
    when: str
    icon: str
    tone: str
    url: str
    at: datetime
    stays: bool


def news(here: Bench) -> Iterator[Told]:
    """The latest first."""
    me = here.context.actor.id
    for each in Newsroom(here.workspace.database).of(me, here.context.actor.name) if me is not None else ():
        icon, tone = PICTURES[each.kind]
        when, stays = moment_of(here, each.at), each.kind == Kind.ASKED
        yield Told(_sentence(here, each), each.body, when, icon, tone, _place(each), each.at, stays)


def newest(told: Iterable[Told]) -> str:
    """When the last of those that can be read came, as a form sends it back; empty where there is none."""
    return max((each.at.isoformat() for each in told if not each.stays), default="")


def _sentence(here: Bench, found: News) -> str:
    said = {
        "who": name_of(here, found.by),
        "what": here.set_called(found.set or "", found.title or ""),
        "n": found.revision,
    }
    return {
        Kind.COMMENT: lambda: _("%(who)s commented on %(what)s", **said),
        Kind.ASKED: lambda: _("%(who)s asks for approval of %(what)s", **said),
        Kind.APPROVED: lambda: _("%(who)s approved %(what)s", **said),
        Kind.REFUSED: lambda: _("%(who)s refused %(what)s", **said),
        Kind.MISSED: lambda: _("%(what)s was not published at its time", **said),
        PUBLISHED: lambda: _("%(who)s published revision %(n)s", **said),
    }[found.kind]()


def _place(found: News) -> str:
    if found.revision is not None and found.set is None:
        return url_for("builder.revision", number=found.revision)
    endpoint = "builder.plan" if found.kind is Kind.MISSED else "builder.changes"
    return url_for(endpoint, change_set=found.set)
