"""PostgreSQL through psycopg 3: prepared statements, text instead of Decimal and datetime."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg import errors
from psycopg.types.numeric import Int8Dumper
from psycopg.types.string import TextLoader

from sartor.platform.errors import BadSetting
from sartor.platform.storage.direct import Direct
from sartor.platform.storage.driver import Driver, Runner, Violation

OLDEST = 130000
# psycopg's own loader class, never a subclass: for a subclass it silently falls back from C to Python.
AS_TEXT = ("numeric", "date", "timestamp")
_SESSION = "SET TIME ZONE 'UTC'; SET DateStyle = 'ISO'; SET jit = off"
_TRANSIENT = (errors.SerializationFailure, errors.DeadlockDetected, errors.LockNotAvailable)
_KINDS = {
    errors.UniqueViolation: "unique",
    errors.ForeignKeyViolation: "foreign_key",
    errors.NotNullViolation: "not_null",
    errors.CheckViolation: "check",
}


class PostgresDriver(Driver):
    """One database of a server."""

    dialect = "postgresql"
    limits_each = False

    def check(self) -> None:
        try:
            with psycopg.connect(self._dsn, connect_timeout=10) as connection:
                version = connection.info.server_version
                encoding = connection.info.parameter_status("server_encoding")
        except psycopg.OperationalError as error:
            shown = self.url.render_as_string(hide_password=True)
            raise BadSetting(f"SARTOR_DATABASE_URL: {shown} does not answer: {error}") from error
        if version < OLDEST:
            raise BadSetting(f"PostgreSQL {version // 10000} is too old; expected {OLDEST // 10000} or newer.")
        if encoding != "UTF8":
            raise BadSetting(f"SARTOR_DATABASE_URL: the database is encoded in {encoding}; expected UTF8.")

    @property
    def _dsn(self) -> str:
        return self.url.set(drivername="postgresql").render_as_string(hide_password=False)

    @property
    def _threshold(self) -> int | None:
        return 2 if self.options.prepare else None

    def create_engine(self) -> sa.Engine:
        engine = sa.create_engine(
            self.url.set(drivername="postgresql+psycopg"),
            connect_args={"prepare_threshold": self._threshold},
            pool_size=self.options.pool_size,
            pool_recycle=1800,
            query_cache_size=2000,
        )
        sa.event.listen(engine, "connect", lambda connection, record: _prepare(connection))
        return engine

    def connect(self) -> psycopg.Connection[Any]:
        connection = psycopg.connect(self._dsn, autocommit=True, prepare_threshold=self._threshold)
        _prepare(connection)
        return connection

    def cursor(self, connection: psycopg.Connection[Any]) -> psycopg.RawCursor[Any]:
        return psycopg.RawCursor(connection)

    def execute(self, cursor: psycopg.RawCursor[Any], sql: str, values: Sequence[Any]) -> list[tuple]:
        cursor.execute(sql, values, prepare=self.options.prepare)
        return cursor.fetchall() if cursor.pgresult and cursor.pgresult.nfields else []

    def runner(self, connection: psycopg.Connection[Any]) -> Runner:
        return Direct(connection, prepare=self.options.prepare).execute

    def execute_many(self, cursor: psycopg.RawCursor[Any], sql: str, rows: Sequence[Sequence[Any]]) -> None:
        if len(rows) == 1:
            cursor.execute(sql, rows[0], prepare=self.options.prepare)
        else:
            cursor.executemany(sql, rows)

    @contextmanager
    def ahead(self, connection: psycopg.Connection[Any]) -> Iterator[None]:
        with connection.pipeline() as pipeline:
            try:
                yield
            except BaseException:
                with suppress(psycopg.Error):
                    pipeline.sync()  # what else went wrong only follows from it
                raise

    def limit(self, connection: psycopg.Connection[Any], milliseconds: int | None) -> None:
        connection.execute(f"SET statement_timeout = {milliseconds or 0}")

    def reading(self, engine: sa.Engine) -> sa.Engine:
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def writing(self, engine: sa.Engine) -> sa.Engine:
        return engine

    def turn(self) -> AbstractContextManager[Any]:
        return nullcontext()

    def is_transient(self, error: BaseException) -> bool:
        return isinstance(_original(error), _TRANSIENT)

    def was_cut(self, error: BaseException) -> bool:
        return isinstance(_original(error), errors.QueryCanceled)

    def is_lost(self, connection: psycopg.Connection[Any]) -> bool:
        return connection.closed

    def violation(self, error: BaseException) -> Violation | None:
        original = _original(error)
        kind = next((kind for cls, kind in _KINDS.items() if isinstance(original, cls)), None)
        if kind is None or not isinstance(original, psycopg.Error):
            return None
        said = original.diag
        columns = (said.column_name,) if said.column_name else ()
        return Violation(kind, said.constraint_name or "", said.table_name or "", columns)


def _prepare(connection: psycopg.Connection[Any]) -> None:
    for name in AS_TEXT:
        connection.adapters.register_loader(name, TextLoader)
    # One type for every integer, or the size of a value would decide which prepared statement is used.
    connection.adapters.register_dumper(int, Int8Dumper)
    connection.execute(_SESSION)
    connection.commit()


def _original(error: BaseException) -> BaseException:
    return getattr(error, "orig", None) or error
