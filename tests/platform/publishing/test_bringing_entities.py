"""One retired entity comes back by way of a change set: with its records, pages and rights, in the names of now."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from workshops import Workshop, text

from sartor.platform.definitions.documents import applied
from sartor.platform.errors import Conflict, InvalidDefinition, NotFound
from sartor.platform.model.ids import encode_id
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.names.renaming import Rename
from sartor.platform.publishing.retired.bringing_back import BringingBack
from sartor.platform.publishing.retired.bringing_entities import BringingEntities
from sartor.platform.publishing.retired.purge import Purge
from sartor.platform.publishing.uses.mending import mended
from sartor.platform.publishing.uses.retiring import without
from sartor.platform.publishing.words.telling import told
from sartor.platform.query.cursor import Cursors
from sartor.platform.query.reader import Reader
from sartor.platform.storage.system.changes import sys_retired

FIELDS = {
    "name": text("Name"),
    "trade": {"type": "choice", "label": "Trade", "order": 2, "options": {"set": "trade"}},
    "tags": {"type": "tags", "label": "Tags", "order": 3},
    "owing": text("Owing", sensitive=True),
}
ENTITY = {"label": "Visit", "title": "name", "fields": FIELDS}
VIEW = {"label": "All", "entity": "visit", "type": "list", "columns": {"name": {"order": 1}, "trade": {"order": 2}}}
SET = {"label": "Trade", "choices": {"a": {"label": "A", "order": 1}, "b": {"label": "B", "order": 2}}}


def read(workshop: Workshop, record: int, entity: str = "visit") -> dict[str, Any]:
    reader = Reader(workshop.database, workshop.design.tables, Cursors(b"secret"))
    found = reader.record(workshop.system, entity, record, (("name",), ("trade",), ("tags",)))
    return {name: found[name] for name in ("name", "trade", "tags")}


def leaving(workshop: Workshop) -> BringingEntities:
    return BringingEntities(workshop.models, workshop.publisher.sets.documents())


def back(workshop: Workshop) -> dict[str, Any]:
    (found,) = leaving(workshop).all()
    return dict(leaving(workshop).edits(found.id))


@pytest.fixture
def record(workshop: Workshop) -> int:
    """A record of an entity that is retired."""
    role = workshop.document("role/rep")
    role["grants"]["visit"] = {"operations": ["read"], "scope": "all", "fields": {"*": "read", "owing": "hidden"}}
    app = workshop.document("app/crm")
    app["items"]["visits"] = {"target": "view/visit.all", "order": 90}
    made = {"entity/visit": ENTITY, "view/visit.all": VIEW, "options/trade": SET, "role/rep": role, "app/crm": app}
    workshop.publish(made)
    number = workshop.make("visit", name="V", trade="a", tags=["x", "y"])
    workshop.publish(without(workshop.design.documents, workshop.models.compiler.kinds, "entity/visit"))
    return number


def test_nothing_is_said_of_records_where_there_are_none(workshop: Workshop) -> None:
    workshop.publish({"entity/visit": {**ENTITY, "fields": {"name": text("Name")}}})
    plan = workshop.edit({"entity/visit": None})
    assert [step.text for step in plan.steps if step.kind == "retire_entity"] == ["Take out Visit"]


def test_it_comes_back_with_its_records_its_pages_and_its_rights(workshop: Workshop, record: int) -> None:
    (found,) = leaving(workshop).all()
    assert (found.entity, found.definition["label"]) == ("visit", "Visit")
    assert leaving(workshop).records() == {found.id: 1}
    plan = workshop.edit(back(workshop))
    assert [step.text for step in plan.steps][:1] == ["Bring back Visit with 1 record"]
    assert leaving(workshop).all() == []
    workshop.publish({})
    assert read(workshop, record) == {"name": "V", "trade": "a", "tags": ["x", "y"]}
    assert workshop.document("app/crm")["items"]["visits"]["target"] == "view/visit.all"
    assert workshop.document("role/rep")["grants"]["visit"]["fields"] == {"*": "read", "owing": "hidden"}
    assert "brings_back" not in str(workshop.document("entity/visit"))
    assert Purge(workshop.database).leftovers() == []


@pytest.mark.parametrize("name", ["visit", "visit_2"])
def test_what_pointed_to_it_and_went_with_it_comes_back_with_it(workshop: Workshop, name: str) -> None:
    lookup = {"type": "lookup", "label": "Visit", "order": 90, "options": {"entity": "visit"}}
    count = {"type": "rollup", "label": "Deals", "order": 9, "options": {"function": "count", "over": "deal"}}
    counted = {**ENTITY, "fields": {**FIELDS, "deals": {**count, "options": {**count["options"], "by": "visit"}}}}
    columns = {"name": {"order": 1}, "visit": {"order": 2}}
    deals = {"label": "Visited", "entity": "deal", "type": "list", "columns": columns}
    deal = workshop.document("entity/deal")
    deal["fields"]["visit"] = lookup
    workshop.publish({"entity/visit": counted, "options/trade": SET, "entity/deal": deal, "view/deal.visited": deals})
    visit = workshop.make("visit", name="V")
    account = workshop.make("account", name="A")
    workshop.make("deal", name="D", account=encode_id(account), visit=encode_id(visit))
    kinds, published = workshop.models.compiler.kinds, workshop.design.documents
    rest = applied(published, without(published, kinds, "entity/visit"))
    mended_too = mended(rest, kinds)
    assert "visit" not in mended_too["entity/deal"]["fields"]
    workshop.publish({**without(published, kinds, "entity/visit"), **mended_too})
    if name != "visit":
        workshop.publish({"entity/visit": {**ENTITY, "label": "Another"}})
    edits = back(workshop)
    assert edits["entity/deal"]["fields"]["visit"]["options"]["entity"] == name
    workshop.publish(edits)
    assert workshop.value("SELECT visit FROM deal") == visit
    table = workshop.design.model.entities[name].table
    assert workshop.value(f"SELECT deals FROM {table}") == 1
    assert workshop.document("view/deal.visited")["columns"] == columns


def test_it_is_told_in_a_sentence(workshop: Workshop, record: int) -> None:
    published = workshop.design.documents
    said = told(
        workshop.models.compiler.kinds, workshop.design.model, published, {**published, **back(workshop)}
    )  # fmt: skip
    assert "Entity Visit brought back with its records" in [each.sentence for each in said]


def test_it_speaks_the_names_of_now_and_its_records_the_keys(workshop: Workshop, record: int) -> None:
    workshop.publisher.sets.rename(Rename("options/trade", "z", entry="a"))
    workshop.publisher.sets.rename(Rename("options/trade", "branch"))
    workshop.publish({})
    edits = back(workshop)
    assert edits["entity/visit"]["fields"]["trade"]["options"] == {"set": "branch"}
    workshop.publish(edits)
    assert read(workshop, record)["trade"] == "z"


def test_the_set_that_it_needs_comes_along(workshop: Workshop, record: int) -> None:
    workshop.publish({"options/trade": None})
    workshop.publish(back(workshop))
    assert read(workshop, record)["trade"] == "a"


def test_it_comes_back_under_another_name_where_its_own_is_taken(workshop: Workshop, record: int) -> None:
    workshop.publish({"entity/visit": {**ENTITY, "label": "Another"}})
    other = workshop.make("visit", name="W", trade="b")
    workshop.publish(back(workshop))
    assert (read(workshop, record, "visit_2")["name"], read(workshop, other)["name"]) == ("V", "W")


def test_what_it_comes_back_without_is_a_retired_field_like_any_other(workshop: Workshop, record: int) -> None:
    long_ago = datetime(2020, 1, 2, tzinfo=UTC)
    with workshop.database.engine.begin() as connection:
        connection.execute(sa.update(sys_retired).values(at=long_ago))
    edits = back(workshop)
    del edits["entity/visit"]["fields"]["trade"]
    edits["view/visit.all"]["columns"].pop("trade")
    workshop.publish(edits)
    workshop.publisher.sets.rename(Rename("options/trade", "z", entry="a"))
    workshop.publish({})
    fields = BringingBack(workshop.models, workshop.publisher.sets.documents())
    (left,) = fields.all("visit")
    assert left.at == long_ago
    workshop.publish(fields.edits(left.id))
    assert read(workshop, record)["trade"] == "z"


def test_it_is_as_closed_as_it_was_and_holds_what_it_held(workshop: Workshop, record: int) -> None:
    edits = back(workshop)
    for role, levels in (("rep", {"*": "read"}), ("manager", {"*": "write"})):
        opened = workshop.document(f"role/{role}")
        opened["grants"]["visit"] = {"operations": ["read"], "scope": "all", "fields": levels}
        with pytest.raises(InvalidDefinition, match="was closed to"):
            workshop.edit({**edits, f"role/{role}": opened})
        workshop.publisher.sets.discard()
    edits["entity/visit"]["fields"]["name"]["type"] = "integer"
    with pytest.raises(InvalidDefinition, match="comes back as it was"):
        workshop.edit(edits)


def test_it_comes_back_once(workshop: Workshop, record: int) -> None:
    (found,) = leaving(workshop).all()
    edits = leaving(workshop).edits(found.id)
    workshop.edit(edits)
    with pytest.raises(Conflict, match="brought back already"):
        leaving(workshop).edits(found.id)
    other = workshop.publisher.planner.plan({**workshop.design.documents, **edits})
    workshop.publisher.publish(Publication(confirm=workshop.publisher.plan().fingerprint))
    assert other.design.documents == workshop.design.documents
    with pytest.raises(NotFound, match="not retired"):
        leaving(workshop).edits(found.id)


def test_it_comes_back_with_no_more_rights_than_there_were(workshop: Workshop, record: int) -> None:
    edits = back(workshop)
    role = {"label": "Spy", "grants": {"visit": edits["role/rep"]["grants"]["visit"]}}
    wider = {**edits["role/rep"]["grants"]["visit"], "operations": ["read", "update"]}
    rep = {**edits["role/rep"], "grants": {**edits["role/rep"]["grants"], "visit": wider}}
    for key, opened in (("role/spy", role), ("role/rep", rep)):
        with pytest.raises(InvalidDefinition, match="was closed to") as refused:
            workshop.edit({**edits, key: opened})
        assert {each.file for each in refused.value.problems} == {key}
        workshop.publisher.sets.discard()


def test_its_records_come_back_to_those_who_had_them(workshop: Workshop, record: int) -> None:
    narrow = {"operations": ["read"], "scope": "own", "condition": "trade = 'a'", "fields": {"*": "read"}}
    role = workshop.document("role/manager")
    manager = {**role, "grants": {**role["grants"], "visit": narrow}}
    workshop.publish({**back(workshop), "role/rep": workshop.document("role/rep")})
    workshop.publish({"role/manager": manager})
    workshop.publish(without(workshop.design.documents, workshop.models.compiler.kinds, "entity/visit"))
    workshop.publisher.sets.rename(Rename("options/trade", "z", entry="a"))
    workshop.publish({})
    edits = back(workshop)
    for other in ({"scope": "all"}, {"condition": "trade is not null"}, {"scopes": {"read": "all"}}):
        opened = {**edits["role/manager"]["grants"]["visit"], **other}
        grants = {**edits["role/manager"]["grants"], "visit": opened}
        with pytest.raises(InvalidDefinition, match="visit was closed to manager"):
            workshop.edit({**edits, "role/manager": {**edits["role/manager"], "grants": grants}})
        workshop.publisher.sets.discard()
    workshop.publish(edits)
    assert workshop.document("role/manager")["grants"]["visit"]["condition"] == "trade = 'z'"
