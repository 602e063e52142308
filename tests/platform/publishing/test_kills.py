"""A publish that is killed at any statement leaves the old revision or the new one, whole."""

from __future__ import annotations

import os
import signal

import pytest
import sqlalchemy as sa
from workshops import Workshop, connect

from sartor.platform.publishing.publisher import Publication
from sartor.platform.storage.engine import Database

KILLS = int(os.environ.get("SARTOR_KILLS", "10"))


def changes(workshop: Workshop) -> dict:
    """A bit of everything: columns, side table, foreign key, unique key, type, formula, retired field, new entity, and
    a choice with another key."""
    account, deal = workshop.document("entity/account"), workshop.document("entity/deal")
    fields = account["fields"]
    fields["parent"] = {"type": "lookup", "label": "Parent", "order": 200, "options": {"entity": "account"}}
    fields["labels"] = {"type": "tags", "label": "Labels", "order": 210}
    fields["twice"] = {"type": "formula", "label": "Twice", "order": 220, "formula": "name & name",
                       "options": {"result": {"type": "text"}}}  # fmt: skip
    fields["phone"]["unique"] = True
    del fields["founded_on"]
    deal["fields"]["loss_reason"] = {**deal["fields"]["loss_reason"], "type": "long_text"}
    visit = {"label": "Visit", "title": "name", "fields": {"name": {"type": "text", "label": "Name", "order": 1}}}
    industry = workshop.document("options/industry")
    industry["choices"]["tech"] = {**industry["choices"].pop("it"), "formerly": ["it"]}
    return {"entity/account": account, "entity/deal": deal, "entity/visit": visit, "options/industry": industry}


def state(workshop: Workshop) -> tuple[int, list, list]:
    """The revision, the shape of all tables, and what the records hold."""
    inspector = sa.inspect(workshop.database.engine)
    tables = [
        (name, sorted(column["name"] for column in inspector.get_columns(name)),
         sorted(index["name"] for index in inspector.get_indexes(name)))
        for name in sorted(inspector.get_table_names())
        if "sys_search" not in name
    ]  # fmt: skip
    records = workshop.rows("SELECT * FROM account ORDER BY id") + workshop.rows("SELECT * FROM deal ORDER BY id")
    return workshop.models.stamp().revision, tables, records


def in_a_child(url: str, kill_at: int = 0) -> int:
    """Publish in another process, killed at its n-th statement. With 0 it gives up at the very end instead.

    The number of statements done; -1 when it was killed.
    """
    child = os.fork()
    if child == 0:
        try:
            publish_and_die(url, kill_at)
        finally:
            os._exit(255)
    _pid, status = os.waitpid(child, 0)
    return -1 if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def publish_and_die(url: str, kill_at: int) -> None:
    workshop = connect(Database.open(url, node=9))
    plan = workshop.publisher.plan()
    done: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        done.append(statement)
        if len(done) == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def at_commit(_connection: object) -> None:
        if not kill_at and any(each.startswith("INSERT INTO sys_revision") for each in done):
            os._exit(min(len(done), 200))

    sa.event.listen(workshop.database.writing, "after_cursor_execute", count)
    sa.event.listen(workshop.database.writing, "commit", at_commit)
    workshop.publisher.publish(Publication(confirm=plan.fingerprint))
    os.kill(os.getpid(), signal.SIGKILL)


def reopened(url: str) -> tuple[int, list, list]:
    database = Database.open(url, node=7)
    workshop = connect(database)
    assert workshop.design.model.entities
    found = state(workshop)
    database.close()
    return found


@pytest.mark.faults
def test_a_kill_at_any_statement_leaves_one_revision_whole(published_url):
    workshop = connect(Database.open(published_url, node=7))
    workshop.make("account", name="A", tax_id="1", founded_on="2020-01-01")
    workshop.make("account", name="B", phone="021-12345678", industry="it")
    workshop.edit(changes(workshop))
    before = state(workshop)
    workshop.database.close()
    total = in_a_child(published_url)
    assert total > 20
    for point in range(1, total + 1, max(1, total // KILLS)):
        assert in_a_child(published_url, point) == -1
        assert reopened(published_url) == before
    assert in_a_child(published_url, total + 100) == -1
    revision, tables, records = reopened(published_url)
    assert revision == 2
    assert "tech" in [value for record in records for value in record]
    assert "visit" in [name for name, *_ in tables]
