"""Rights as the reader and the writer keep them: scopes x operations x people, in a real workspace of both kinds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import crm
import pytest
from worlds import World, open_world

from sartor.platform.access import Context, person_context
from sartor.platform.access.assign import Assignment
from sartor.platform.access.directory import Directories
from sartor.platform.errors import Forbidden, Invalid, NotFound
from sartor.platform.model import Operation
from sartor.platform.model.ids import decode_id

SCOPES = ("own", "reports", "department", "department_below", "all")
EVERY = ["create", "read", "update", "delete", "export"]

# Department and manager of each. Shanghai lies below East.
PEOPLE = {
    "li": ("east", None),
    "wang": ("shanghai", "li"),
    "zhao": ("west", "wang"),
    "mei": ("east", None),
    "sun": ("west", None),
}
REACHED = {
    "own": {"li": "li", "wang": "wang", "sun": "sun"},
    "reports": {"li": "li wang zhao", "wang": "wang zhao", "sun": "sun"},
    "department": {"li": "li mei", "wang": "wang", "sun": "sun zhao"},
    "department_below": {"li": "li mei wang", "wang": "wang", "sun": "sun zhao"},
    "all": dict.fromkeys(("li", "wang", "sun"), "li wang zhao mei sun"),
}


def roles() -> dict[str, dict]:
    """A role for each scope, and one that administers."""
    found = {
        f"role/{scope}": {
            "label": scope,
            "grants": {"account": {"operations": EVERY, "scope": scope, "fields": {"*": "write"}}},
        }
        for scope in SCOPES
    }
    return {**found, "role/boss": {"label": "Boss", "abilities": ["administer"], "grants": {}}}


@dataclass
class Company:
    """Five people, each with an account of the same name."""

    world: World
    ids: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    places: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.assignment = Assignment(self.world.database, self.world.tables)
        self.directories = Directories(self.world.database)
        make = self.world.make
        east, west = make("department", name="East"), make("department", name="West")
        departments = {"east": east, "west": west, "shanghai": make("department", name="Shanghai", parent=east)}
        keys: dict[str | None, str | None] = {None: None}
        for name, (department, manager) in PEOPLE.items():
            place = {"department": departments[department], "manager": keys[manager]}
            keys[name] = make("user", name=name, email=f"{name}@example.com", **place)
            place = {"owner": keys[name], "department": departments[department]}
            self.places[name], self.accounts[name] = place, make("account", name=name, **place)
        self.ids = {name: decode_id(key) for name, key in keys.items() if name and key}

    def give(self, name: str, role: str) -> None:
        self._run("assign", name, role)

    def take(self, name: str, role: str) -> None:
        self._run("revoke", name, role)

    def _run(self, verb: str, name: str, role: str) -> None:
        job = getattr(self.assignment, verb)
        self.world.database.run(lambda work: job(work, self.world.system, self.ids[name], role))

    def as_person(self, name: str) -> Context:
        """The context of the person's next request."""
        actor = self.directories.read(self.world.tables).actor(self.ids[name])
        if actor is None:
            raise LookupError(f"{name} may not act")
        return person_context(self.world.model, actor)

    def reach(self, operation: str, context: Context) -> set[str]:
        """The accounts on which an operation succeeds; each try is undone."""
        return {name for name in PEOPLE if self._succeeds(operation, context, name)}

    def _succeeds(self, operation: str, context: Context, name: str) -> bool:
        try:
            getattr(self, f"_{operation}")(context, name)
        except (Forbidden, NotFound):
            return False
        return True

    def _read(self, context: Context, name: str) -> None:
        self.world.read("account", self.accounts[name], "name", context=context)

    def _update(self, context: Context, name: str) -> None:
        self.world.change("account", self.accounts[name], context, name=name)

    def _delete(self, context: Context, name: str) -> None:
        number = decode_id(self.accounts[name])
        self.world.writer.delete(context, "account", number)
        self.world.writer.restore(self.world.system, "account", number)

    def _create(self, context: Context, name: str) -> None:
        made = self.world.make("account", context, name="new", **self.places[name])
        self.world.writer.delete(self.world.system, "account", decode_id(made))


@pytest.fixture(scope="module")
def company(module_database_url: str) -> Iterator[Company]:
    world = open_world(module_database_url, crm.documents(**roles()))
    made = Company(world)
    made.give("mei", "administrator")
    yield made
    world.database.close()


@pytest.fixture
def given(company: Company):
    """Give roles for one test: `given("li", "own")`."""
    held = []

    def give(name: str, role: str) -> Context:
        held.append((name, role))
        company.give(name, role)
        return company.as_person(name)

    yield give
    for name, role in held:
        company.take(name, role)


@pytest.mark.parametrize("operation", ["read", "update", "delete", "create"])
@pytest.mark.parametrize("name", ["li", "wang", "sun"])
@pytest.mark.parametrize("scope", SCOPES)
def test_each_operation_reaches_exactly_the_scope(scope, name, operation, company, given):
    expected = set(REACHED[scope][name].split())
    assert company.reach(operation, given(name, scope)) == expected


@pytest.mark.parametrize("name", ["li", "wang", "sun"])
@pytest.mark.parametrize("scope", SCOPES)
def test_a_list_shows_exactly_the_scope(scope, name, company, given):
    context = given(name, scope)
    assert set(company.world.names("account", context=context)) == set(REACHED[scope][name].split())


def test_two_roles_show_what_either_shows(company, given):
    given("li", "reports")
    context = given("li", "department")
    assert set(company.world.names("account", context=context)) == {"li", "wang", "zhao", "mei"}


@pytest.mark.parametrize("operation", ["read", "update", "delete", "create"])
def test_without_a_role_nothing_is_reached(operation, company):
    assert company.reach(operation, company.as_person("sun")) == set()


# ---- every way of taking a right away holds at the next request


def test_a_role_taken_away(company):
    company.give("wang", "all")
    company.take("wang", "all")
    assert company.reach("read", company.as_person("wang")) == set()


def test_another_manager(company, given):
    world = company.world
    assert "zhao" in company.reach("read", given("li", "reports"))
    manager = world.read("user", key_of(company, "zhao"), "manager")["manager"]["id"]
    world.change("user", key_of(company, "zhao"), manager=None)
    assert company.reach("read", company.as_person("li")) == {"li", "wang"}
    world.change("user", key_of(company, "zhao"), manager=manager)


def test_another_department(company, given):
    world, east = company.world, company.places["li"]["department"]
    assert "wang" in company.reach("read", given("li", "department_below"))
    world.change("user", key_of(company, "li"), department=company.places["sun"]["department"])
    assert company.reach("read", company.as_person("li")) == {"li", "zhao", "sun"}
    world.change("user", key_of(company, "li"), department=east)


def test_a_department_that_moved(company, given):
    world, shanghai = company.world, company.places["wang"]["department"]
    assert "wang" in company.reach("read", given("li", "department_below"))
    world.change("department", shanghai, parent=None)
    assert company.reach("read", company.as_person("li")) == {"li", "mei"}
    world.change("department", shanghai, parent=company.places["li"]["department"])


def test_somebody_who_left(company, given):
    given("sun", "all")
    company.world.change("user", key_of(company, "sun"), active=False)
    with pytest.raises(LookupError):
        company.as_person("sun")
    company.world.change("user", key_of(company, "sun"), active=True)


def test_a_record_that_was_given_to_another(company, given):
    world, key = company.world, company.accounts["li"]
    context = given("li", "own")
    world.change("account", key, context, owner=company.places["sun"]["owner"])
    assert company.reach("read", context) == set()
    world.change("account", key, owner=company.places["li"]["owner"])


def test_the_stamp_moves_with_people(company):
    before = company.directories.read(company.world.tables).authz
    company.world.change("user", key_of(company, "zhao"), name="zhao zilong")
    assert company.directories.read(company.world.tables).authz > before
    company.world.change("user", key_of(company, "zhao"), name="zhao")


def test_the_last_administrator_cannot_be_let_go(company):
    with pytest.raises(Invalid, match="last administrator"):
        company.world.change("user", key_of(company, "mei"), active=False)
    assert company.as_person("mei").access.may(Operation.UPDATE, "user")


def key_of(company: Company, name: str) -> str:
    """The id of a person as it stands in JSON."""
    return company.places[name]["owner"]
