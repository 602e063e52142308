"""A bare application on Sartor's own SQLite file: one WSGI callable, fixed SQL, no access, validation or history.

`BARE_FILE` names the file. It answers the same requests as the bare application for PostgreSQL.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

import orjson

TOKEN = "Bearer limit-token"
DEAL = (
    "SELECT d.id, d.title, d.stage, d.amount / 1e3 AS amount, d.amount__cur AS currency, d.owner, d.close_date, "
    "d.created_at, d.updated_at, a.id AS account_id, a.name AS account_name "
)
PAGE = DEAL + (
    "FROM (SELECT id FROM deal WHERE deleted_at IS NULL {where} ORDER BY {order} LIMIT 50 OFFSET :offset) k "
    "JOIN deal d ON d.id = k.id LEFT JOIN account a ON a.id = d.account ORDER BY {outer}"
)
BIGGEST = PAGE.format(where="", order="amount DESC NULLS LAST, id DESC", outer="d.amount DESC NULLS LAST, d.id DESC")
BY_ID = PAGE.format(where="", order="id", outer="d.id")
FILTERED = PAGE.format(
    where="AND stage = :stage AND amount > :least * 1000", order="close_date NULLS LAST, id",
    outer="d.close_date NULLS LAST, d.id",
)  # fmt: skip
ONE = DEAL + "FROM deal d LEFT JOIN account a ON a.id = d.account WHERE d.id = :id"
ACTIVITIES = (
    "SELECT id, kind, subject, body, done_at, created_at FROM activity WHERE deal = :id AND deleted_at IS NULL "
    "ORDER BY created_at DESC NULLS LAST, id DESC LIMIT 10"
)
CREATE = (
    "INSERT INTO deal (id, version, title, stage, amount, amount__cur, close_date, account) "
    "VALUES (:id, 1, :title, :stage, :units, :currency, :close_date, :account) RETURNING id"
)
_local = threading.local()
_turn = threading.Lock()
Answer = Callable[[str, list[tuple[str, str]]], Any]


def _connection() -> sqlite3.Connection:
    if not hasattr(_local, "connection"):
        _local.connection = sqlite3.connect(os.environ["BARE_FILE"], isolation_level=None, timeout=10)
        _local.connection.execute("PRAGMA synchronous = FULL")
        _local.connection.execute("PRAGMA foreign_keys = ON")
        _local.connection.execute("PRAGMA cache_size = -65536")
        _local.connection.row_factory = lambda cursor, row: dict(
            zip((each[0] for each in cursor.description), row, strict=True)
        )
    found: sqlite3.Connection = _local.connection
    return found


def _ask(sql: str, **values: Any) -> list[dict[str, Any]]:
    return _connection().execute(sql, values).fetchall()


def _read(path: str, asked: dict[str, str]) -> Any:
    if path != "/deals":
        number = int(path.rsplit("/", 1)[1])
        return {**_ask(ONE, id=number)[0], "activities": _ask(ACTIVITIES, id=number)}
    if "stage" in asked:
        return _ask(FILTERED, stage=asked["stage"], least=int(asked["min"]), offset=0)
    return _ask(BIGGEST if asked["sort"] == "-amount" else BY_ID, offset=int(asked.get("offset", 0)))


def _create(body: dict[str, Any]) -> Any:
    values = {name: body[name] for name in ("title", "stage", "currency", "close_date", "account")}
    with _turn:
        return _ask(CREATE, **values, id=time.time_ns(), units=round(body["amount"] * 1000))[0]


def app(environ: dict[str, Any], start: Answer) -> Iterable[bytes]:
    """The application."""
    if environ.get("HTTP_AUTHORIZATION") != TOKEN:
        start("401 Unauthorized", [("Content-Length", "0")])
        return [b""]
    if environ["REQUEST_METHOD"] == "POST":
        found = _create(orjson.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))))
    else:
        asked = {name: each[0] for name, each in parse_qs(environ.get("QUERY_STRING", "")).items()}
        found = _read(environ["PATH_INFO"], asked)
    body = orjson.dumps(found)
    start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
