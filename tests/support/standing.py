"""Whether a published design stands: another process can compile it, every page of it opens, every number is told, and
what is stored beside the values is what they come to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from clerks import records
from offices import Office
from werkzeug.test import TestResponse

from sartor.platform.access.context import Context
from sartor.platform.errors import Forbidden, NotFound
from sartor.platform.model.ids import encode_id
from sartor.platform.publishing.values.refresh import Refresh, Refresher
from sartor.platform.records.memory.state import is_stored
from sartor.platform.reporting.reporter import Reporter
from sartor.platform.storage.search import SearchTable, searched_fields
from sartor.platform.workspace import Workspace


def require_standing(office: Office) -> None:
    """All of it."""
    require_sound(office.workspace)
    require_told_alike(office.workspace)
    require_pages(office, "boss", (200,))
    require_pages(office, "ann", (200, 403, 404))
    require_open_pages(office, "ann")
    require_numbers(office)
    require_worked_out(office)


def require_sound(workspace: Workspace) -> None:
    problems = workspace.compiler.check(workspace.serving().design.documents)
    assert problems == [], problems


def require_told_alike(workspace: Workspace) -> None:
    """A process that starts now serves the same design."""
    other = Workspace.open(workspace.settings)
    try:
        assert other.serving().design.documents == workspace.serving().design.documents
    finally:
        other.close()


# ---- pages


def require_pages(office: Office, who: str, expected: tuple[int, ...]) -> None:
    """Every page of every entity, and a record of each."""
    client = office.app.test_client()
    client.set_cookie("sartor_session", office.sign_in(who)[0])
    for address in addresses(office):
        found: TestResponse = client.get(address, follow_redirects=True)
        assert found.status_code in expected, f"{who} at {address}: {found.status_code} {_said(found)}"


def require_open_pages(office: Office, who: str) -> None:
    """Where somebody may open the list and read a record, its page opens, too: what is closed on it is left out."""
    client = office.app.test_client()
    client.set_cookie("sartor_session", office.sign_in(who)[0])
    here = office.workspace
    serving, context = here.serving(), here.person(here.stamp(), office.people[who])
    app = next(iter(serving.model.apps), None)
    for entity in serving.model.entities.values() if app else ():
        record = next(iter(records(office, entity.name)), None)
        if record is None or entity.system or entity.inert or entity.line_of is not None:
            continue
        if client.get(f"/app/{app}/{entity.name}").status_code != 200:
            continue
        try:
            serving.reader.record(context, entity.name, record, (("id",),))
        except (Forbidden, NotFound):
            continue
        found = client.get(f"/app/{app}/{entity.name}/r/{encode_id(record)}")
        assert found.status_code == 200, f"{who} reads {entity.name}, its page says {found.status_code} {_said(found)}"


def addresses(office: Office) -> Iterator[str]:
    model = office.workspace.serving().model
    app = next(iter(model.apps), None)
    if app is None:
        return
    for entity in model.entities.values():
        if entity.line_of is None and not entity.inert:
            here = f"/app/{app}/{entity.name}"
            yield here
            yield from (f"{here}/{view.name.removeprefix(entity.name + '.')}" for view in model.views_of(entity.name))
            if not entity.system:
                yield f"{here}/r/new"
                yield from _of_a_record(office, here, entity.name)
    yield from (f"/app/{app}/-/dashboard/{name}" for name in model.dashboards)


def _of_a_record(office: Office, here: str, entity: str) -> Iterator[str]:
    record = next(iter(records(office, entity)), None)
    if record is not None:
        yield f"{here}/r/{encode_id(record)}"
        yield f"{here}/r/{encode_id(record)}/edit"
        model = office.workspace.serving().model
        form = model.form_of(entity)
        yield from (f"{here}/r/{encode_id(record)}/tab/{tab.name}" for tab in (form.tabs if form else ()))
        yield from (f"{here}/r/{encode_id(record)}/{each.purpose}/{each.name}" for each in model.templates_of(entity))


def _said(found: TestResponse) -> str:
    text = found.get_data(as_text=True)
    return text[text.find("<h1") :][:600]


# ---- numbers


def require_numbers(office: Office) -> None:
    here = office.workspace
    serving = here.serving()
    reporter = Reporter(serving)
    for name in serving.model.reports:
        reporter.run(here.system("test"), name)
        _as_told(reporter, here.person(here.stamp(), office.people["ann"]), name)
    for name in serving.model.dashboards:
        told = reporter.dashboard(here.system("test"), name)
        wrong = [card.report.error for card in told.cards if card.report and card.report.error]
        assert not wrong, wrong


def _as_told(reporter: Reporter, context: Context, name: str) -> None:
    """What is closed to somebody is left out, not refused."""
    reporter.run(context, name)


# ---- what is stored beside the values


class _Enough(Exception):
    """Undo what was done to see what it would do."""


def require_worked_out(office: Office) -> None:
    """Working everything out again changes nothing: formulas, roll-ups, shadows, conditions of keys, search."""
    here = office.workspace
    serving = here.serving()
    env = here.publisher._env(serving.model)
    tools = serving.writer.tools
    try:
        with here.database.work() as work:
            for entity in serving.model.entities.values():
                names = [each.name for each in entity.fields.values() if is_stored(each)]
                computed = tuple(n for n in names if entity.fields[n].formula or entity.fields[n].type.key == "rollup")
                others = tuple(n for n in names if not entity.fields[n].type.computed)
                before = _rows(work.connection, here, entity)
                search = bool(searched_fields(entity))
                Refresher(Refresh(entity.name, computed, others, keys=True, search=search), tools, work, env).all()
                after = _rows(work.connection, here, entity)
                for table, rows in before.items():
                    for one, other in zip(rows, after[table], strict=True):
                        differ = {name: (one[name], other[name]) for name in one if one[name] != other[name]}
                        assert not differ, f"stored in {entity.name}, and worked out again: {differ} {one}"
            raise _Enough
    except _Enough:
        pass


def _rows(connection: sa.Connection, here: Workspace, entity: Any) -> dict[str, list[dict[str, Any]]]:
    found = {entity.table: f'SELECT * FROM "{entity.table}" ORDER BY id'}
    if searched_fields(entity):
        search = SearchTable(entity.table, here.database.dialect)
        number = "rowid AS record, *" if here.database.dialect == "sqlite" else "*"
        found["search"] = f"SELECT {number} FROM {search.name} ORDER BY 1"
    return {name: [dict(row) for row in connection.execute(sa.text(text)).mappings()] for name, text in found.items()}
