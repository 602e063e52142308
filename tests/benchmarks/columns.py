"""How the rows of the benchmark's files become rows of Sartor's tables: what the writer would have stored."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from sartor.platform.fields.stage import Staged
from sartor.platform.model import Money
from sartor.platform.records.saving.save import driver_columns
from sartor.platform.storage.search import searched_fields, tokens_value
from sartor.platform.storage.tokens import field_code, tokens_for
from sartor.platform.workspace import Serving

FILES = {"account": "accounts", "contact": "contacts", "deal": "deals", "activity": "activities"}
BASE = {"account": 10**9, "contact": 2 * 10**9, "deal": 3 * 10**9, "activity": 4 * 10**9}
REMEMBERED = 10_000
People = Mapping[str, tuple[int, int]]
"""E-mail address in the files -> record of the person, and of the person's department."""


def record_id(entity: str, number: str | int) -> int:
    return BASE[entity] + int(number)


def rows(folder: Path, entity: str) -> Iterator[dict[str, str]]:
    with (folder / f"{FILES[entity]}.csv").open(newline="") as stream:
        yield from csv.DictReader(stream)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Part:
    """One field. reads: columns of the file. make: the field's value from their texts."""

    field: str
    reads: tuple[str, ...]
    make: Callable[..., Any] = str


def _pointer(entity: str) -> Callable[[str], int]:
    return lambda number: record_id(entity, number)


def parts(entity: str, people: People) -> list[Part]:
    """The fields of an entity that the files have values for."""
    plain = {
        "account": ("name", "industry", "city"),
        "contact": ("first_name", "last_name", "email", "phone"),
        "deal": ("title",),
        "activity": ("kind", "subject"),
    }
    own = {
        "account": [],
        "contact": [Part("account", ("account",), _pointer("account"))],
        "deal": [
            Part("stage", ("stage", "created"), lambda stage, created: Staged(stage, instant(created))),
            Part("amount", ("amount", "currency"), lambda amount, currency: Money(Decimal(amount), currency)),
            Part("close_date", ("close_date",), date.fromisoformat),
            Part("account", ("account",), _pointer("account")),
            Part("currency_note", ("currency",)),
            Part("owner", ("owner",), lambda email: people[email][0]),
            Part("department", ("owner",), lambda email: people[email][1]),
        ],
        "activity": [
            Part("body", ("body",), str.strip),
            Part("done_at", ("done_at",), instant),
            Part("deal", ("deal",), _pointer("deal")),
        ],
    }
    system = [
        Part("version", (), lambda: 1),
        Part("created_at", ("created",), instant),
        Part("updated_at", ("modified",), instant),
    ]
    return [*system, *(Part(name, (name,)) for name in plain[entity]), *own[entity]]


class Lines:
    """Rows of one file as rows of a table (`names` are its columns) and of its search table."""

    def __init__(self, serving: Serving, entity: str, people: People) -> None:
        self.entity = serving.model.entity(entity)
        self.people = people
        self.dialect = serving.tables.dialect
        self.names = ["id"]
        self._converters: list[tuple[tuple[str, ...], Callable[..., tuple[Any, ...]]]] = []
        for part in parts(entity, people):
            item = self.entity.fields[part.field]
            self.names += [name for name, _convert in serving.tables.storing(item)]
            self._converters.append((part.reads, _converter(serving, item, part.make)))
        searched = {each.name: field_code(each.stored_as) for each in searched_fields(self.entity)}
        self._searched = [
            (part.reads[0], searched[part.field]) for part in parts(entity, people) if part.field in searched
        ]
        self._tokens = lru_cache(REMEMBERED)(self._tokens_of)

    def line(self, row: Mapping[str, str]) -> list[Any]:
        found: list[Any] = [record_id(self.entity.name, row["id"])]
        for reads, convert in self._converters:
            found += convert(*[row[name] for name in reads])
        return found

    @property
    def is_searched(self) -> bool:
        return bool(self._searched)

    def entry(self, row: Mapping[str, str]) -> tuple[int, int | None, int | None, str]:
        """The search entry: record, owner, department, tokens."""
        owner, department = self.people[row["owner"]] if self.entity.owned else (None, None)
        tokens = self._tokens(*[row[name].strip() for name, _code in self._searched])
        return record_id(self.entity.name, row["id"]), owner, department, tokens

    def _tokens_of(self, *texts: str) -> str:
        found = {
            token
            for (_name, code), text in zip(self._searched, texts, strict=True)
            for token in tokens_for(code, text)
        }  # fmt: skip
        return tokens_value(found, self.dialect)


def _converter(serving: Serving, item: Any, make: Callable[..., Any]) -> Callable[..., tuple[Any, ...]]:
    @lru_cache(REMEMBERED)
    def convert(*texts: str) -> tuple[Any, ...]:
        return tuple(driver_columns(serving.tables, item, make(*texts)).values())

    return convert
