"""Migrations, and the tables that they make."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from sartor.platform.storage.migrate import MIGRATIONS, upgrade
from sartor.platform.storage.system import HEAD, METADATA
from sartor.platform.storage.version import WrongDatabaseVersion, current, require_current


def test_the_migrations_make_exactly_the_declared_tables(database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "sys_migration"})
        assert compare_metadata(context, METADATA) == []


def test_the_declared_head_is_the_last_migration():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_an_upgrade_may_run_again(database):
    upgrade(database)
    require_current(database)
    assert current(database) == HEAD


def test_an_empty_database_is_refused_with_the_command_that_helps(empty_database):
    with pytest.raises(WrongDatabaseVersion, match="sartor init"):
        require_current(empty_database)


@pytest.mark.parametrize(("version", "hint"), [("0001", "sartor upgrade"), ("9999", "update Sartor")])
def test_a_database_of_another_age_is_refused(database, version, hint):
    with database.work() as work:
        work.connection.execute(sa.text("UPDATE sys_migration SET version_num = :v"), {"v": version})
    with pytest.raises(WrongDatabaseVersion, match=hint):
        require_current(database)


def test_a_migration_that_fails_leaves_nothing_behind(empty_database):
    with empty_database.writing.begin() as connection:
        connection.execute(sa.text("CREATE TABLE sys_job (id INTEGER)"))
    with pytest.raises(sa.exc.DBAPIError):
        upgrade(empty_database)
    with empty_database.engine.connect() as connection:
        assert sa.inspect(connection).get_table_names() == ["sys_job"]


@pytest.mark.parametrize("statement", ["UPDATE sys_history SET action = 'x'", "DELETE FROM sys_history"])
def test_history_cannot_be_changed_or_removed(database, statement):
    with database.work() as work:
        entry = {
            "id": 1,
            "entity": "deal",
            "record": 1,
            "version": 1,
            "at": work.now,
            "action": "create",
            "changes": {},
        }
        work.connection.execute(sa.insert(METADATA.tables["sys_history"]), entry)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), database.work() as work:
        work.connection.execute(sa.text(statement))
