"""Chosen records travel with a blueprint: with their lookups and lines, under keys that stay, as the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sartor.platform.founding import found_workspace
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.packaging.comparing import selecting
from sartor.platform.packaging.files.archive import packed, unpacked
from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.packaging.installing.drafting import Draft, Drafts
from sartor.platform.packaging.installing.importing import Importing
from sartor.platform.packaging.records.tables import RecordTables, Wanted
from sartor.platform.packaging.samples.files import RECORDS
from sartor.platform.packaging.samples.removing import remove_samples
from sartor.platform.publishing.applying import Publication
from sartor.platform.query.question import Question
from sartor.platform.records.wish import Wish
from sartor.platform.settings import Settings
from sartor.platform.storage import shipped
from sartor.platform.workspace import Workspace


def text(label: str, order: int, **more: Any) -> dict[str, Any]:
    return {"type": "text", "label": label, "order": order, **more}


DOCUMENTS: dict[str, Any] = {
    "entity/brand": {"label": "Brand", "title": "name", "fields": {"name": text("Name", 10)}},
    "entity/ware": {
        "label": "Ware", "title": "name",
        "fields": {
            "name": text("Name", 10, required=True),
            "price": {"type": "money", "label": "Price", "order": 20},
            "since": {"type": "datetime", "label": "Since", "order": 30},
            "on": {"type": "yes_no", "label": "On", "order": 40},
            "words": {"type": "tags", "label": "Words", "order": 50},
            "state": {"type": "stage", "label": "State", "order": 65, "options": {"pipelines": ["ware"]}},
            "owner": {"type": "user", "label": "Owner", "order": 70},
            "branch": {"type": "lookup", "label": "Branch", "order": 80, "options": {"entity": "department"}},
            "beside": {"type": "lookup", "label": "Beside", "order": 90, "options": {"entity": "ware"}},
            "brand": {"type": "lookup", "label": "Brand", "order": 60, "options": {"entity": "brand"}},
        },
    },
    "pipeline/ware": {
        "label": "Ware", "entity": "ware", "field": "state",
        "stages": {name: {"label": name, "order": order, "outcome": "open"}
                   for order, name in enumerate(("drawn", "made", "sold"))},
        "transitions": {"on": {"label": "On", "order": 1, "from": ["drawn", "made"], "to": ["made", "sold"]}},
    },
}  # fmt: skip
MANIFEST = {"name": "wares", "version": "1.0.0", "label": "Wares"}


@pytest.fixture
def shop(workspace: Workspace) -> Workspace:
    together = {**workspace.serving().design.documents, **DOCUMENTS}
    Drafts(workspace).carry_out(Draft("wares", "Wares", together), "wares")
    return workspace


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Workspace]:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    opened = Workspace.open(Settings.from_environment({"SARTOR_DATA": str(folder), "SARTOR_SECRET_KEY": "s" * 40}))
    found_workspace(opened)
    yield opened
    opened.close()


def make(workspace: Workspace, entity: str, **values: Any) -> str:
    return encode_id(workspace.serving().writer.create(workspace.system("test"), entity, values).id)


def exported(workspace: Workspace, *wanted: Wanted, what: str = RECORDS) -> bytes:
    parts = selecting(workspace).select(["entity/ware"]).parts
    tables = {what: RecordTables(workspace, workspace.system("export")).written(wanted)}
    return packed(Blueprint("wares", MANIFEST, parts, tables=tables))


def bring_in(workspace: Workspace, data: bytes) -> int:
    return Drafts(workspace).carry_out(Importing(workspace, unpacked(data)).draft(), "import")


def wares(workspace: Workspace) -> list[tuple[Any, Any]]:
    question = Question("ware", (("name",), ("brand",)))
    rows = workspace.serving().reader.page(workspace.system("test"), question).rows
    return sorted((row["name"], (row["brand"] or {}).get("title")) for row in rows)


def test_records_bring_what_they_point_to_and_come_once(shop: Workspace, elsewhere: Workspace) -> None:
    brand = make(shop, "brand", name="Acme")
    make(shop, "brand", name="Nobody's")
    make(shop, "ware", name="Nut", brand=brand, words=["small", "a;b"], price={"amount": "1.50", "currency": "CNY"})
    make(shop, "ware", name="Bolt")
    data = exported(shop, Wanted("ware", "name = 'Nut'"))
    bring_in(elsewhere, data)
    assert wares(elsewhere) == [("Nut", "Acme")]
    bring_in(elsewhere, data)
    assert wares(elsewhere) == [("Nut", "Acme")]
    assert unpacked(data).table(RECORDS)["brand"].count("\n") == 2


def test_samples_go_again_and_reference_records_stay(shop: Workspace, elsewhere: Workspace) -> None:
    make(shop, "ware", name="Nut")
    bring_in(elsewhere, exported(shop, Wanted("ware")))
    assert remove_samples(elsewhere) == 0
    assert wares(elsewhere) == [("Nut", None)]


def test_what_was_deleted_here_does_not_come_back(shop: Workspace, elsewhere: Workspace) -> None:
    make(shop, "ware", name="Nut")
    data = exported(shop, Wanted("ware"))
    bring_in(elsewhere, data)
    row = elsewhere.serving().reader.page(elsewhere.system("test"), Question("ware", (("id",),))).rows[0]
    elsewhere.serving().writer.delete(elsewhere.system("test"), "ware", decode_id(row["id"]))
    blueprint = unpacked(data)
    again = packed(replace(blueprint, manifest={**blueprint.manifest, "version": "1.0.1"}))
    bring_in(elsewhere, again)
    assert wares(elsewhere) == []


def hire(workspace: Workspace, name: str) -> str:
    return make(workspace, "user", name=name, email=f"{name}@example.com")


def owners(workspace: Workspace) -> dict[str, Any]:
    rows = workspace.serving().reader.page(workspace.system("test"), Question("ware", (("name",), ("owner",)))).rows
    return {row["name"]: (row["owner"] or {}).get("title") for row in rows}


def test_owners_travel_by_mail_address(shop: Workspace, elsewhere: Workspace) -> None:
    hire(elsewhere, "ann")
    make(shop, "ware", name="Nut", owner=hire(shop, "ann"))
    data = exported(shop, Wanted("ware"))
    bring_in(elsewhere, data)
    assert owners(elsewhere) == {"Nut": "ann"}
    assert exported(elsewhere, Wanted("ware")) == data


def test_strangers_are_told_and_what_they_owned_is_whoever_s_brings_it(shop: Workspace, elsewhere: Workspace) -> None:
    eve, dan = decode_id(hire(elsewhere, "eve")), hire(shop, "dan")
    hire(elsewhere, "daniel")
    make(shop, "ware", name="Nut", owner=hire(shop, "bob"))
    make(shop, "ware", name="Bolt", owner=dan)
    draft = Importing(elsewhere, unpacked(exported(shop, Wanted("ware")))).draft()
    drafts = Drafts(elsewhere)
    plan = drafts.plan(draft)
    meant = replace(draft, people={"dan@example.com": "daniel@example.com"})
    drafts.publish(meant, Publication("import", eve, plan.fingerprint))
    assert owners(elsewhere) == {"Nut": "eve", "Bolt": "daniel"}
    assert drafts.strangers == {"bob@example.com"}


@pytest.mark.parametrize("known", [True, False])
def test_people_who_came_as_samples_travel_by_what_they_are_called(
    shop: Workspace, elsewhere: Workspace, known: bool
) -> None:
    """Another workspace has these samples only if somebody asked for them."""
    ann, north = hire(shop, "ann"), make(shop, "department", name="North")
    came = (("user", "u_ann", ann), ("department", "north", north))
    for notes in (shipped.Shipped("small", entity, key, decode_id(record)) for entity, key, record in came):
        shop.database.run(lambda work, notes=notes: shipped.note(work, notes))
    make(shop, "ware", name="Nut", owner=ann, branch=north)
    if known:
        hire(elsewhere, "ann")
        make(elsewhere, "department", name="North")
    bring_in(elsewhere, exported(shop, Wanted("ware")))
    question = Question("ware", (("owner",), ("branch",)))
    (row,) = elsewhere.serving().reader.page(elsewhere.system("test"), question).rows
    found = [(row[name] or {}).get("title") for name in ("owner", "branch")]
    assert found == (["ann", "North"] if known else [None, None])


def test_stages_travel_with_their_dates(shop: Workspace, elsewhere: Workspace) -> None:
    serving = shop.serving()
    number = decode_id(make(shop, "ware", name="Nut"))
    for day, stage in ((3, "made"), (5, "sold")):
        shop.database.clock = lambda day=day: datetime(2099, 5, day, 12, 30, 0, 123456, tzinfo=UTC)
        serving.writer.update(shop.system("test"), "ware", number, Wish({"state": stage}))
    data = exported(shop, Wanted("ware"))
    assert "sold,2099-05-05T12:30:00.123456Z" in unpacked(data).table(RECORDS)["ware.stages"]
    bring_in(elsewhere, data)
    assert exported(elsewhere, Wanted("ware")) == data


names = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=12).filter(
    lambda each: each.strip() == each and each
)


def test_what_is_pointed_to_later_is_no_change(shop: Workspace, elsewhere: Workspace) -> None:
    """A record that points to itself is made without that, which is filled in afterwards."""
    first = make(shop, "ware", name="Nut")
    make(shop, "ware", name="Bolt", beside=first)
    shop.serving().writer.update(shop.system("test"), "ware", decode_id(first), Wish({"beside": first}))
    data = exported(shop, Wanted("ware"))
    bring_in(elsewhere, data)
    assert exported(elsewhere, Wanted("ware")) == data


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(names, st.lists(names, max_size=2), st.booleans()), min_size=1, max_size=3))
def test_export_import_export_gives_the_same_bytes(shop: Workspace, elsewhere: Workspace, rows: Any) -> None:
    """Each example adds records to those of the examples before it."""
    for name, words, on in rows:
        make(shop, "ware", name=name, words=sorted(set(words)), on=on, since="2026-05-01T08:00:00Z")
    data = exported(shop, Wanted("ware"))
    bring_in(elsewhere, data)
    assert exported(elsewhere, Wanted("ware")) == data
