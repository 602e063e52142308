"""A small workspace: people in departments, deals with lines, and types of fields that are just what access needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from sartor.platform.access import Actor, Context, person_context, system_context
from sartor.platform.access.directory import Directories
from sartor.platform.access.people import Directory
from sartor.platform.fields.base import Column, ColumnKind
from sartor.platform.model import Children, Entity, Field, FieldLevel, Grant, Model, Operation, Role
from sartor.platform.storage.engine import Database
from sartor.platform.storage.migrate import upgrade
from sartor.platform.storage.system.identity import (
    sys_attempt,
    sys_credential,
    sys_session,
    sys_setup_token,
    sys_token,
    sys_user_role,
)
from sartor.platform.storage.tables import SYSTEM_COLUMNS, Tables

IDENTITY = (sys_attempt, sys_credential, sys_session, sys_setup_token, sys_token, sys_user_role)


@dataclass(frozen=True)
class Kind:
    """A field type. reads: what a computed value is made from, as `inputs` gives it."""

    column: ColumnKind = ColumnKind.TEXT
    points_to: tuple[str, ...] = ()
    computed: bool = False
    reads: tuple[tuple[str, tuple[str, ...]], ...] = ()
    staged: bool = False

    def columns(self, field: Field) -> tuple[Column, ...]:
        return () if self.computed else (Column("", self.column),)

    def members(self, field: Field) -> None:
        return None

    def targets(self, field: Field) -> tuple[str, ...]:
        return self.points_to

    def pipelines(self, field: Field) -> tuple[str, ...]:
        return ("deal",) if self.staged else ()

    def inputs(self, field: Field) -> Iterable[tuple[str, tuple[str, ...]]]:
        return self.reads


@dataclass(frozen=True)
class Said:
    """A condition of a grant: an SQL comparison of `amount`, and the same in Python."""

    text: str
    type: Any = None
    paths: frozenset[tuple[str, ...]] = frozenset({("amount",)})
    volatile: bool = False

    @property
    def least(self) -> int:
        return int(self.text.rpartition(" ")[2])


def points_to(*entities: str) -> Kind:
    return Kind(ColumnKind.ID, entities)


def make_entity(name: str, kinds: dict[str, Kind], *, sensitive: Iterable[str] = (), **more: Any) -> Entity:
    """An entity whose first field is its title. An owned one has `owner` and `department`."""
    owned = {"owner": points_to("user"), "department": points_to("department")} if more.get("owned") else {}
    fields = {
        each: Field(each, name, Kind(kind, computed=True), each, each, system=True)
        for each, kind in SYSTEM_COLUMNS.items()
    }
    for each, kind in {**kinds, **owned}.items():
        formula = Said("made of other fields") if kind.computed and _own(kind, name) else None
        fields[each] = Field(each, name, kind, each.capitalize(), each, sensitive=each in sensitive, formula=formula)
    return Entity(name, name.capitalize(), f"{name.capitalize()}s", name, next(iter(kinds)), fields, **more)


def _own(kind: Kind, entity: str) -> bool:
    return all(each == entity for each, _path in kind.reads)


USER = make_entity(
    "user",
    {
        "name": Kind(),
        "email": Kind(),
        "department": points_to("department"),
        "manager": points_to("user"),
        "active": Kind(ColumnKind.BOOLEAN),
    },
    system=True,
)
DEPARTMENT = make_entity(
    "department", {"name": Kind(), "parent": points_to("department"), "head": points_to("user")}, system=True
)
ACCOUNT = make_entity(
    "account",
    {
        "name": Kind(),
        "region": Kind(),
        "won": Kind(computed=True, reads=(("deal", ("account",)), ("deal", ("amount",)))),
    },
    owned=True,
)
DEAL = make_entity(
    "deal",
    {
        "name": Kind(),
        "amount": Kind(ColumnKind.INTEGER),
        "cost": Kind(ColumnKind.INTEGER),
        "mobile": Kind(),
        "stage": Kind(staged=True),
        "account": points_to("account"),
        "lines": points_to("deal_line"),
        "margin": Kind(computed=True, reads=(("deal", ("amount",)), ("deal", ("cost",)))),
        "region": Kind(computed=True, reads=(("deal", ("account", "region")),)),
        "lines_total": Kind(computed=True, reads=(("deal_line", ("price",)),)),
    },
    sensitive={"mobile"},
    owned=True,
)
LINE = make_entity(
    "deal_line",
    {"name": Kind(), "price": Kind(ColumnKind.INTEGER), "cost": Kind(ColumnKind.INTEGER), "deal": points_to("deal")},
    line_of=Children("deal", "deal", "lines"),
)
NOTE = make_entity("note", {"name": Kind(), "body": Kind()})

ENTITIES = {each.name: each for each in (USER, DEPARTMENT, ACCOUNT, DEAL, LINE, NOTE)}


def grant(entity: str, operations: str, scope: str = "all", **more: Any) -> Grant:
    """operations: by first letters, `cru`. fields: `name=read` texts; everything may be written when left out."""
    letters = {each.value[0]: each for each in Operation} | {"x": Operation.EXPORT}
    fields = more.pop("fields", {"*": "write"})
    scopes = {Operation(operation): word for operation, word in more.pop("scopes", {}).items()}
    return Grant(
        entity,
        frozenset(letters[each] for each in operations),
        scope,
        {name: FieldLevel[level.upper()] for name, level in fields.items()},
        scopes=scopes,
        **more,
    )


def make_role(name: str, *grants: Grant, abilities: Iterable[str] = (), includes: Iterable[str] = ()) -> Role:
    return Role(name, name, {each.entity: each for each in grants}, frozenset(abilities), tuple(includes))


def make_model(*roles: Role) -> Model:
    return Model(1, ENTITIES, roles={role.name: role for role in roles})


@pytest.fixture
def model() -> Callable[..., Model]:
    return make_model


@pytest.fixture
def role() -> Callable[..., Role]:
    return make_role


@pytest.fixture
def give() -> Callable[..., Grant]:
    return grant


@pytest.fixture
def condition() -> type[Said]:
    return Said


@pytest.fixture
def rep() -> Actor:
    """Person 1 of department 10 (with 11 below it), to whom 2 and 3 report."""
    return Actor(1, "Rep", department=10, departments=(10, 11), reports=(2, 3))


@pytest.fixture
def context_of(rep: Actor) -> Callable[..., Context]:
    """The context of `rep` with grants or roles of its own; each grant becomes a role."""

    def make(*given: Grant | Role, **more: Any) -> Context:
        roles = [each if isinstance(each, Role) else make_role(f"role{n}", each) for n, each in enumerate(given)]
        actor = Actor(
            rep.id, rep.name, roles=tuple(role.name for role in roles), department=rep.department,
            departments=rep.departments, reports=rep.reports, read_only=more.pop("read_only", False),
        )  # fmt: skip
        return person_context(make_model(*roles, *more.pop("others", ())), actor, **more)

    return make


@pytest.fixture(scope="module")
def workspace(module_database_url: str) -> Iterator[Database]:
    """A workspace's system tables and the tables of the small model."""
    opened = Database.open(module_database_url, node=1)
    upgrade(opened)
    with opened.work() as work:
        for table in designed(opened):
            table.create(work.connection)
    yield opened
    opened.close()


@pytest.fixture
def database(workspace: Database) -> Database:
    """The workspace without any person, session or record (what history holds stays: it cannot be removed)."""
    workspace.clock = lambda: datetime.now(UTC)
    with workspace.work() as work:
        for table in (*designed(workspace), *IDENTITY):
            work.connection.execute(sa.delete(table))
    return workspace


def designed(database: Database) -> list[sa.Table]:
    return [Tables(make_model(), database.dialect).of(each) for each in ENTITIES.values()]


@pytest.fixture
def tables(database: Database) -> Tables:
    return Tables(make_model(), database.dialect)


@pytest.fixture
def add(database: Database, tables: Tables) -> Callable[..., int]:
    """Put a row into an entity's table: `add("user", 1, name="Li")`."""

    def insert(entity: str, number: int, **values: Any) -> int:
        with database.work() as work:
            work.connection.execute(sa.insert(tables.of(entity)).values(id=number, version=1, **values))
        return number

    return insert


@pytest.fixture
def moment(database: Database) -> Callable[..., datetime]:
    """The clock of the database stands still; `moment(hours=1)` moves it on."""
    now = [datetime(2026, 5, 4, 8, tzinfo=UTC)]
    database.clock = lambda: now[0]

    def move(**by: float) -> datetime:
        now[0] += timedelta(**by)
        return now[0]

    return move


@pytest.fixture
def people(add: Callable[..., int]) -> None:
    """Li (1) leads Wang (2), who leads Zhao (3); Sun (4) is in another department; Gone (5) has left."""
    add("department", 10, name="East")
    add("department", 11, name="Shanghai", parent=10)
    add("department", 20, name="West")
    add("user", 1, name="Li Lei", email="li@example.com", department=10, active=True)
    add("user", 2, name="王芳", email="wang@example.com", department=11, manager=1, active=True)
    add("user", 3, name="赵子龙", email="zhao@example.com", department=11, manager=2)
    add("user", 4, name="Sun", email="sun@example.com", department=20, active=True)
    add("user", 5, name="Gone", email="gone@example.com", department=20, active=False)


@pytest.fixture
def directories(database: Database, people: None) -> Directories:
    return Directories(database)


@pytest.fixture
def directory(directories: Directories, tables: Tables) -> Callable[[], Directory]:
    """The directory as it is now."""
    return lambda: directories.read(tables)


@pytest.fixture
def system() -> Callable[[Model], Context]:
    return lambda model: system_context(model, "test")
