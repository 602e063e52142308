"""Applications from spreadsheets that were begun: how far each is, the way on, and where one waits for its data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from sartor.builder.bench import Bench
from sartor.builder.people import moment_of
from sartor.platform.access.context import Context
from sartor.platform.model.ids import encode_id
from sartor.platform.packaging.sheets.begun import CHOOSING, DRAFTED, FILLING, PUBLISHED, Begun, begun
from sartor.platform.packaging.sheets.keeping import Desk
from sartor.platform.packaging.sheets.waiting import KIND as READING
from sartor.platform.storage import jobs as rows
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, pick
from sartor.platform.ui.format import number
from sartor.platform.ui.pages.parts import Action, Note

NAMED = 3
"""Files that are named; of more it is told how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BegunRow:
    """state: how far it is, in words. on: leads there; forget_url: empty for what is being read."""

    title: str
    files: str
    state: str
    when: str
    on: Action
    forget_url: str = ""


def may_fill(context: Context) -> bool:
    """New entities are in nobody's role yet: only whoever may do everything may bring records of them in."""
    return context.access.rights.complete


def data_url(found: Begun) -> str:
    """Where it is told how far the data is. The job is there."""
    assert found.job is not None
    return url_for("builder.filling", job=encode_id(found.job.id), app=found.proposal.name)


def begun_rows(here: Bench) -> tuple[BegunRow, ...]:
    return (*_being_read(here), *(_row(here, each) for each in _begun(here)))


def waiting_for_data(here: Bench) -> Iterator[Note]:
    """What is in this change set, or was published, while its rows wait: publishing it elsewhere leaves them out."""
    for each in _begun(here) if may_fill(here.context) else ():
        name = pick(each.proposal.label)
        if each.state == DRAFTED:
            said = _("“%(name)s” is made of spreadsheets: publish it with their rows, or these stay out.", name=name)
            yield Note(said, "warn", action=Action(text=_("Publish with the data"), url=_plan_url(each)))
        elif each.state == PUBLISHED:
            said = _("“%(name)s” is published, but the rows of its spreadsheets are not in yet.", name=name)
            yield Note(said, "warn", action=Action(text=_("Bring the data in"), url=_plan_url(each)))


def _begun(here: Bench) -> Iterator[Begun]:
    return begun(Desk(here.workspace, here.context), here.published, here.documents)


def _plan_url(each: Begun) -> str:
    return url_for("builder.filling_plan", proposal=encode_id(each.number))


def _row(here: Bench, each: Begun) -> BegunRow:
    key = encode_id(each.number)
    urls = {
        CHOOSING: url_for("builder.proposal", proposal=key),
        FILLING: data_url(each) if each.job else "",
    }
    return BegunRow(
        title=pick(each.proposal.label),
        files=_files(sorted({sheet.name for sheet in each.proposal.sheets})),
        state=_state(each),
        when=moment_of(here, each.at),
        on=Action(text=_("Go on") if each.state != FILLING else _("Look"), url=urls.get(each.state, _plan_url(each))),
        forget_url=url_for("builder.forget_proposal", proposal=key),
    )


def _files(names: list[str]) -> str:
    more = [_("and %(n)s more", n=len(names) - NAMED)] if len(names) > NAMED else []
    return listed([*names[:NAMED], *more])


def _state(each: Begun) -> str:
    job = each.job
    if each.state == FILLING and job is not None:
        if not job.is_over:
            done, total = number(job.progress), number(sum(int(rows) for rows in job.input["rows"]))
            return _("its data is coming in: %(done)s of about %(total)s rows", done=done, total=total)
        return {
            "done": _("published, %(n)s rows are in", n=number(job.progress)),
            "failed": _("published, but bringing the data in did not work"),
        }.get(job.state, _("published, bringing the data in was stopped"))
    return {
        CHOOSING: _("its columns can be looked through"),
        DRAFTED: _("made in this change set, not published yet"),
        PUBLISHED: _("published, but its data is not in yet"),
    }[each.state]


def _being_read(here: Bench) -> Iterator[BegunRow]:
    owner = here.context.actor.id
    for job in rows.newest(here.workspace.database, READING):
        if job.owner == owner and not job.is_over:
            names = [here.workspace.files.get(int(each)).name for each in job.input["files"]]
            yield BegunRow(
                title=_("New application"),
                files=_files(names),
                state=_("its files are being read"),
                when=moment_of(here, job.created_at),
                on=Action(text=_("See how far it is"), url=url_for("builder.reading", job=encode_id(job.id))),
            )
