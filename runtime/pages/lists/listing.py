"""The list of an entity: saved views, filter, rows by pages, totals."""

from __future__ import annotations

from flask import Response, request

from sartor.platform.errors import Invalid, OverBudget
from sartor.platform.model import Operation, View
from sartor.platform.query.columns import Column
from sartor.platform.query.question import Page, Term
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext, pick, within
from sartor.platform.ui.pages.list import ListPage, Row, Rows
from sartor.platform.ui.pages.parts import Action, Choice, Link, Note, Switch
from sartor.platform.ui.pages.shell import TitleBar
from sartor.runtime.pages import addresses
from sartor.runtime.pages.acting.offering import offered_actions
from sartor.runtime.pages.cells import drawer
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.lists.bulk import bulk_actions
from sartor.runtime.pages.lists.emptiness import nothing_here
from sartor.runtime.pages.lists.filter_bar import filter_bar
from sartor.runtime.pages.lists.groups import Groups, group_of
from sartor.runtime.pages.lists.heads import heads
from sartor.runtime.pages.lists.row_marks import flags, row_actions, tint
from sartor.runtime.pages.lists.seeing import Seeing, columns_of, count_text, question, views_of
from sartor.runtime.pages.lists.totals import totals
from sartor.runtime.pages.reaching import reaches
from sartor.runtime.pages.rendering import html
from sartor.runtime.pages.shell import shell

PAGE = 50


def list_response(desk: Desk, seeing: Seeing) -> Response:
    """The whole page, by the template of the view's type, or the next rows of it."""
    if request.args.get("cursor"):
        return html(next_rows(desk, seeing, request.args["cursor"]))
    return html(list_page(desk, seeing), template=seeing.view.type.template)


def next_rows(desk: Desk, seeing: Seeing, cursor: str) -> Rows:
    columns = columns_of(desk, seeing.entity, seeing.view.columns)
    return rows(desk, seeing, columns, page_of(desk, seeing, columns, cursor))


def page_of(desk: Desk, seeing: Seeing, columns: list[Column], cursor: str | None = None) -> Page:
    paths = [each.path for each in (*columns, *group_of(desk, seeing))] + [(seeing.entity.title,), ("version",)]
    told = flags(desk, seeing.view)
    reached = reaches(desk, seeing.entity.name) if seeing.view.actions else ()
    asked = question(desk, seeing, paths, limit=PAGE, cursor=cursor, flags=told, reaches=reached)
    return desk.reader.page(desk.context, asked)


def list_page(desk: Desk, seeing: Seeing) -> ListPage:
    columns = columns_of(desk, seeing.entity, seeing.view.columns)
    error, notes, page, counted = None, [], Page([]), (0, False)
    try:
        page = page_of(desk, seeing, columns)
        counted = desk.reader.count(desk.context, question(desk, seeing, [("id",)]))
    except Invalid as refused:
        error = refused.message
    except OverBudget as refused:
        notes.append(Note(refused.message, "warn"))
    label = pick(seeing.entity.plural)
    return ListPage(
        shell=shell(desk, f"{pick(seeing.view.label)} · {label}", f"view/{seeing.view.name}"),
        bar=TitleBar(title=label, actions=actions(desk, seeing), more=more_actions(desk, seeing)),
        label=ngettext("%(label)s, %(n)s row", "%(label)s, %(n)s rows", counted[0], label=label),
        view=Link(pick(seeing.view.label), seeing.url(desk), seeing.view.type.icon, True, count_text(counted)),
        views=view_links(desk, seeing),
        switch=switch(desk, seeing),
        filter=filter_bar(desk, seeing, error=error),
        columns=heads(desk, seeing, columns),
        rows=rows(desk, seeing, columns, page),
        sorted_by=sorted_by(desk, seeing),
        totals=totals(desk, seeing, columns) if page.rows else (),
        loaded=loaded_text(counted),
        bulk=bulk_actions(desk, seeing.entity),
        empty=None if page.rows else nothing_here(desk, seeing, error, new_action(desk, seeing.entity.name)),
        notes=tuple(notes),
    )


def loaded_text(counted: tuple[int, bool]) -> str:
    """`%(n)s` is filled in by the page, which knows how many rows it holds."""
    return _("{n} of {count} loaded").replace("{n}", "%(n)s").replace("{count}", count_text(counted))


def rows(desk: Desk, seeing: Seeing, columns: list[Column], page: Page) -> Rows:
    draw = [drawer(desk, each, rows=page.rows) for each in columns]
    place = seeing.kept() | {"view": addresses.short_name(seeing.view)}
    made = []
    begun = Groups(desk, seeing, page)
    for row in page.rows:
        cells = tuple(each(row[column.name]) for column, each in zip(columns, draw, strict=True))
        href = addresses.record(desk.app.name, seeing.entity.name, row["id"], **place)
        title = row[seeing.entity.title]
        peek = addresses.record(desk.app.name, seeing.entity.name, row["id"], "peek")
        version = str(row["version"]) if "version" in row else None
        made.append(
            Row(
                id=row["id"],
                title=_text(title),
                href=href,
                cells=cells,
                peek_url=peek,
                version=version,
                tint=tint(seeing.view, row),
                actions=row_actions(desk, seeing, row),
                group=begun.by(row),
            )
        )
    following = seeing.url(desk, cursor=page.next, group=begun.last) if page.next else None
    columns_ = heads(desk, seeing, columns)
    chooses = bool(bulk_actions(desk, seeing.entity))
    return Rows(
        columns=columns_,
        rows=tuple(made),
        next_url=following,
        more_text=_("Load more"),
        selectable=chooses,
        acts=bool(offered_actions(desk, seeing.view)),
    )


def _text(title: object) -> str:
    return str(title) if title not in (None, "") else _("(no name)")


# ---- what stands in the bars


def actions(desk: Desk, seeing: Seeing) -> tuple[Action, ...]:
    new = new_action(desk, seeing.entity.name)
    return (new,) if new else ()


def new_action(desk: Desk, entity: str) -> Action | None:
    if not desk.access.may(Operation.CREATE, entity) or desk.model.entities[entity].line_of:
        return None
    label = pick(desk.model.entity(entity).label)
    url = addresses.of_entity(desk.app.name, entity, "new")
    return Action(
        text=_("New %(entity)s", entity=within(label)),
        url=url,
        icon="plus",
        key="N",
        look="primary",
    )


def more_actions(desk: Desk, seeing: Seeing) -> tuple[Action, ...]:
    """What is done with the list as a whole."""
    name, entity, found = desk.app.name, seeing.entity.name, []
    if seeing.entity.line_of:
        return ()
    if desk.access.may(Operation.IMPORT, entity):
        found.append(Action(text=_("Import"), url=addresses.of_entity(name, entity, "import"), icon="upload"))
    if desk.access.may(Operation.EXPORT, entity):
        state = seeing.kept() | {"view": addresses.short_name(seeing.view)}
        url = addresses.of_entity(name, entity, "export", **state)
        found.append(Action(text=_("Export"), url=url, icon="download", method="dialog"))
    if desk.access.may(Operation.DELETE, entity):
        found.append(Action(text=_("Recycle bin"), url=addresses.of_entity(name, entity, "bin"), icon="trash"))
    return tuple(found)


def view_links(desk: Desk, seeing: Seeing) -> tuple[Link, ...]:
    return tuple(
        Link(
            pick(view.label),
            addresses.entity(desk.app.name, seeing.entity.name, view),
            view.type.icon,
            view.name == seeing.view.name,
        )
        for view in views_of(desk, seeing.entity)
    )


def switch(desk: Desk, seeing: Seeing) -> Switch | None:
    """The first view of each kind: the same records as a list, as a board."""
    first: dict[str, View] = {}
    for view in views_of(desk, seeing.entity):
        first.setdefault(view.type.key, view)
    if len(first) < 2:
        return None
    choices = []
    for key, view in first.items():
        current = key == seeing.view.type.key
        shown = seeing.view if current else view
        url = addresses.entity(desk.app.name, seeing.entity.name, shown)
        choices.append(Choice(pick(view.type.label), url, current, view.type.icon))
    return Switch(_("Show as"), tuple(choices))


def sorted_by(desk: Desk, seeing: Seeing) -> Link | None:
    if not seeing.sort:
        return None
    term = Term.parse(seeing.sort[0])
    field = seeing.entity.fields.get(term.name)
    if field is None:
        return None
    other = term.name if term.descending else f"-{term.name}"
    icon = "sort-descending" if term.descending else "sort-ascending"
    return Link(pick(field.label), seeing.url(desk, sort=other), icon, title=_("Turn the order round"))
