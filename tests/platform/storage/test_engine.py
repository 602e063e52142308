"""Transactions, the fast path, and what happens when they fail."""

import gc
import os
import threading
import weakref

import psycopg
import pytest
import sqlalchemy as sa

from sartor.platform.errors import BadSetting, OverBudget
from sartor.platform.storage.engine import Database
from sartor.platform.storage.statement import Statement
from sartor.platform.storage.system.numbers import sys_counter

COUNT = sa.select(sa.func.count()).select_from(sys_counter)
ADD = sa.insert(sys_counter)
ROW = {"entity": "deal", "field": "number", "period": "", "value": 1}
LONG = sa.select(sa.literal(1).label("n")).cte("many", recursive=True)
LONG = LONG.union_all(sa.select(LONG.c.n + 1).where(LONG.c.n < 100_000_000))


def count(database):
    return database.fetch(Statement.compile(COUNT, database.dialect))[0][0]


def fail_after(database, job):
    with database.work() as work:
        job(work)
        raise ZeroDivisionError


def change_tables(work):
    work.connection.execute(sa.text("CREATE TABLE deal (id INTEGER)"))
    work.connection.execute(sa.text("ALTER TABLE sys_counter ADD COLUMN more INTEGER"))


def test_a_work_is_committed_at_its_end(database):
    with database.work() as work:
        work.connection.execute(ADD, ROW)
        assert count(database) == 0
    assert count(database) == 1


def test_an_error_undoes_a_work(database):
    with pytest.raises(ZeroDivisionError):
        fail_after(database, lambda work: work.connection.execute(ADD, ROW))
    assert count(database) == 0


def test_an_error_undoes_changes_of_tables_too(database):
    with pytest.raises(ZeroDivisionError):
        fail_after(database, change_tables)
    with database.read() as connection:
        assert not sa.inspect(connection).has_table("deal")
        assert "more" not in [column["name"] for column in sa.inspect(connection).get_columns("sys_counter")]


def test_a_work_that_is_over_is_gone_without_the_collector(database):
    def holding(work):
        work.after_commit(lambda: work.now)

    gc.disable()
    with database.work() as work:
        holding(work)
    seen = weakref.ref(work)
    del work
    gc.enable()
    assert seen() is None


def test_calls_after_commit_run_after_the_commit_and_only_then(database):
    seen = []
    with database.work() as work:
        work.after_commit(lambda: seen.append(count(database)))
        work.connection.execute(ADD, ROW)
        assert seen == []
    with pytest.raises(ZeroDivisionError):
        fail_after(database, lambda work: work.after_commit(lambda: seen.append("never")))
    assert seen == [1]


def test_an_error_after_the_commit_is_logged_and_the_next_call_still_runs(database, caplog):
    seen = []
    with database.work() as work:
        work.after_commit(lambda: 1 / 0)
        work.after_commit(lambda: seen.append(1))
    assert seen == [1]
    assert "a call after commit failed" in caplog.text


def test_a_reader_cannot_write(database):
    with pytest.raises(sa.exc.DBAPIError), database.read() as connection:
        connection.execute(ADD, ROW)


def test_a_reader_sees_one_state(database):
    with database.read() as connection:
        assert connection.execute(COUNT).scalar() == 0
        add_in_another_thread(database)
        assert connection.execute(COUNT).scalar() == 0
    assert count(database) == 1


def add_in_another_thread(database):
    def add():
        with database.work() as work:
            work.connection.execute(ADD, ROW)

    thread = threading.Thread(target=add)
    thread.start()
    thread.join()


def test_a_transaction_inside_a_transaction_is_refused(database):
    with database.work(), pytest.raises(RuntimeError, match="pass its Work on"), database.work():
        pass


def test_statements_run_inside_a_work_too(database):
    with database.work() as work:
        work.connection.execute(ADD, ROW)
        assert work.fetch(Statement.compile(COUNT, database.dialect)) == [(1,)]


def test_writers_at_the_same_time_lose_nothing(database):
    with database.work() as work:
        work.connection.execute(ADD, {**ROW, "value": 0})

    def add_ten():
        for _ in range(10):
            database.run(
                lambda work: work.connection.execute(sa.update(sys_counter).values(value=sys_counter.c.value + 1))
            )

    threads = [threading.Thread(target=add_ten) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as connection:
        assert connection.execute(sa.select(sys_counter.c.value)).scalar() == 60


def test_a_question_beyond_its_budget_is_stopped(database):
    statement = Statement.compile(sa.select(sa.func.max(LONG.c.n)), database.dialect)
    with pytest.raises(OverBudget):
        database.fetch(statement, budget_ms=100)
    assert count(database) == 0


def test_a_reading_transaction_may_have_a_budget(database):
    with pytest.raises(OverBudget), database.read(budget_ms=100) as connection:
        connection.execute(sa.select(sa.func.max(LONG.c.n)))
    with database.read() as connection:
        assert connection.execute(COUNT).scalar() == 0


def test_the_violated_rule_is_named(database):
    with database.work() as work:
        work.connection.execute(ADD, ROW)
    with pytest.raises(sa.exc.IntegrityError) as caught, database.work() as work:
        work.connection.execute(ADD, ROW)
    violation = database.violation(caught.value)
    assert violation.kind == "unique"
    assert violation.name == "sys_counter_pkey" or violation.columns == ("entity", "field", "period")


def hang_up(database):
    """End every other connection to the database, as a restart of the server does."""
    if database.dialect == "postgresql":
        other = psycopg.connect(database.driver._dsn, autocommit=True)
        others = "datname = current_database() AND pid != pg_backend_pid()"
        other.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
        other.close()


def test_a_reader_does_not_notice_a_restart_of_the_server(database):
    count(database)
    hang_up(database)
    assert count(database) == 0


def test_a_writer_does_not_notice_a_restart_of_the_server(database):
    database.run(lambda work: work.connection.execute(ADD, ROW))
    hang_up(database)
    database.run(lambda work: work.connection.execute(ADD, {**ROW, "period": "2026"}))
    assert count(database) == 2


def test_decimals_days_and_instants_are_read_as_text_by_c_code(database):
    if database.dialect == "postgresql":
        assert psycopg.pq.__impl__ != "python"
        asked = sa.text("SELECT 1.5::numeric, '2026-05-01'::date, '2026-05-01 08:00'::timestamp")
        with database.read() as connection:
            assert tuple(connection.execute(asked).one()) == ("1.5", "2026-05-01", "2026-05-01 08:00:00")
            found = connection.connection.driver_connection.adapters.get_loader(1700, psycopg.pq.Format.TEXT)
        assert "psycopg_binary" in found.__module__


def test_processes_that_write_at_the_same_time_never_find_the_database_locked(database):
    url = database.driver.url.render_as_string(hide_password=False)
    database.run(lambda work: work.connection.execute(ADD, {**ROW, "value": 0}))
    database.close()
    children = [in_a_child(url) for _ in range(6)]
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 6
    other = Database.open(url, node=8)
    with other.read() as connection:
        assert connection.execute(sa.select(sys_counter.c.value)).scalar() == 6 * 25
    other.close()


def in_a_child(url):
    """Raise the counter 25 times in another process, each time after having read it."""
    child = os.fork()
    if child == 0:
        failed = 1
        try:
            mine = Database.open(url, node=os.getpid() % 1024)
            for _ in range(25):
                mine.run(read_and_raise)
            failed = 0
        finally:
            os._exit(failed)
    return child


def read_and_raise(work):
    value = work.connection.execute(sa.select(sys_counter.c.value).with_for_update()).scalar()
    work.connection.execute(sa.update(sys_counter).values(value=value + 1))


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("postgresql+psycopg2://host/name", "psycopg2"),
        ("mysql://host/name", "mysql"),
        ("sqlite://", "names no file"),
        ("postgresql://nobody@127.0.0.1:1/none", "does not answer"),
    ],
)
def test_a_database_that_cannot_work_is_refused_at_start(url, word):
    with pytest.raises(BadSetting, match=word):
        Database.open(url)
