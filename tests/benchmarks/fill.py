"""Fill a workspace with the benchmark's CSV files by COPY: the rows that the writer would have made, without it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from sartor.platform.fields.stage import Staged
from sartor.platform.model import Money
from sartor.platform.records.save import driver_columns
from sartor.platform.storage.search import SearchTable, searched_fields, tokens_value
from sartor.platform.storage.tokens import field_code, tokens_for
from sartor.platform.workspace import Workspace

FILES = {"account": "accounts", "contact": "contacts", "deal": "deals", "activity": "activities"}
BASE = {"account": 10**9, "contact": 2 * 10**9, "deal": 3 * 10**9, "activity": 4 * 10**9}


def record_id(entity: str, number: str | int) -> int:
    return BASE[entity] + int(number)


def values_of(entity: str, row: dict[str, str], people: dict[str, tuple[int, int]]) -> dict[str, Any]:
    """A CSV row as field values."""
    created, changed = (datetime.fromisoformat(row[name]).replace(tzinfo=UTC) for name in ("created", "modified"))
    values: dict[str, Any] = {"version": 1, "created_at": created, "updated_at": changed}
    if entity == "account":
        values |= {name: row[name] for name in ("name", "industry", "city")}
    elif entity == "contact":
        values |= {name: row[name] for name in ("first_name", "last_name", "email", "phone")}
        values["account"] = record_id("account", row["account"])
    elif entity == "deal":
        owner, department = people[row["owner"]]
        values |= {
            "title": row["title"], "stage": Staged(row["stage"], created), "amount": Money(Decimal(row["amount"]), row["currency"]),
            "close_date": date.fromisoformat(row["close_date"]), "account": record_id("account", row["account"]),
            "currency_note": row["currency"], "owner": owner, "department": department,
        }  # fmt: skip
    else:
        done = datetime.fromisoformat(row["done_at"]).replace(tzinfo=UTC)
        values |= {"kind": row["kind"], "subject": row["subject"], "body": row["body"].strip(), "done_at": done}
        values["deal"] = record_id("deal", row["deal"])
    return values


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(newline="") as stream:
        yield from csv.DictReader(stream)


def fill(workspace: Workspace, folder: Path, people: dict[str, tuple[int, int]], dsn: str) -> None:
    """Copy every file into its table and search table."""
    serving = workspace.serving()
    with psycopg.connect(dsn, autocommit=True) as connection:
        for entity, name in FILES.items():
            _fill_entity(connection, serving, entity, folder / f"{name}.csv", people)
        connection.execute("VACUUM ANALYZE")


def _fill_entity(connection: Any, serving: Any, entity: str, path: Path, people: dict[str, tuple[int, int]]) -> None:
    model, tables = serving.model.entity(entity), serving.tables
    searched = searched_fields(model)
    found: list[tuple[int, Any, Any, str]] = []
    columns: list[str] | None = None
    with connection.cursor() as cursor:
        copy = None
        for row in rows(path):
            values = values_of(entity, row, people)
            number = record_id(entity, row["id"])
            line: dict[str, Any] = {"id": number}
            for field, value in values.items():
                line |= driver_columns(tables, model.fields[field], value)
            if columns is None:
                columns = list(line)
                names = sql.SQL(", ").join(map(sql.Identifier, columns))
                manager = cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model.table), names))
                copy = manager.__enter__()
            copy.write_row([line[name] for name in columns])
            tokens = {
                token
                for each in searched
                for token in tokens_for(field_code(each.stored_as), values.get(each.name) or "")
            }
            if tokens:
                found.append(
                    (number, values.get("owner"), values.get("department"), tokens_value(tokens, "postgresql"))
                )
        manager.__exit__(None, None, None)
    _fill_search(connection, SearchTable(model.table, "postgresql").name, found)


def _fill_search(connection: Any, table: str, found: list[tuple[int, Any, Any, str]]) -> None:
    if not found:
        return
    connection.execute("CREATE TEMP TABLE entries (record bigint, owner bigint, department bigint, tokens text)")
    with connection.cursor() as cursor, cursor.copy("COPY entries FROM STDIN") as copy:
        for row in found:
            copy.write_row(row)
    insert = "INSERT INTO {} SELECT record, owner, department, array_to_tsvector(tokens::text[]) FROM entries"
    connection.execute(sql.SQL(insert).format(sql.Identifier(table)))
    connection.execute("DROP TABLE entries")
