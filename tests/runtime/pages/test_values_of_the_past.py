"""Values of the past in words, whatever type their field has now."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import everything
import pytest
import sqlalchemy as sa
import tailor
from offices import Office

from sartor.platform.model.ids import decode_id
from sartor.platform.publishing.applying import Publication
from sartor.platform.records.wish import Wish
from sartor.platform.storage.system.history import sys_history

APP = "work"
OLD: tuple[Any, ...] = (
    "Acme", "2026-05-01", 5, "5.50", True, ["Acme", "x"], [5], {"id": "0AMJ62T180000"},
    {"id": "0AMJ62T180000", "entity": "gone"}, [{"id": "0AMJ62T180000"}], {"amount": "12.50", "currency": "CNY"},
    {"province": "浙江省", "street": "Main"}, {"more": 1}, [None], "<b>",
)  # fmt: skip


@pytest.fixture(scope="module")
def design() -> Mapping[str, Any]:
    documents = everything.documents() | dict(tailor.start())
    documents["form/thing.main"]["tabs"]["history"] = {"label": "History", "kind": "history", "order": 3}
    return documents


@pytest.fixture(scope="module")
def people() -> Mapping[str, Any]:
    return {"boss": ["administrator"]}


@pytest.mark.parametrize("old", OLD, ids=repr)
def test_a_page_tells_what_its_field_could_not_hold_now(office: Office, visit: Any, old: Any) -> None:
    here = office.workspace
    record = office.make("thing", {"name": "A", "code": OLD.index(old)})
    entity = here.serving().model.entities["thing"]
    row = {
        "id": here.database.new_id(), "entity": entity.table, "record": decode_id(record),
        "at": here.database.clock(), "actor": office.people["boss"], "action": "update", "version": 2,
        "changes": {each.stored_as: [old, None] for each in entity.fields.values() if not each.system},
    }  # fmt: skip
    here.database.run(lambda work: work.connection.execute(sa.insert(sys_history).values(row)))
    page = visit("boss").get(f"/app/{APP}/thing/r/{record}/tab/history")
    assert page.status == 200
    assert "{&#39;" not in page.text, "no value is told as a program would write it"


@pytest.mark.parametrize(
    ("name", "kind", "options"),
    [("its_text", "lookup", {"entity": "other"}), ("its_long_text", "date", {}), ("its_url", "integer", {})],
)
def test_the_page_of_a_record_opens_after_its_field_got_another_type(
    office: Office, visit: Any, name: str, kind: str, options: dict[str, Any]
) -> None:
    here = office.workspace
    record = office.make("thing", {"name": "A", "code": 900 + len(name), name: "https://acme.example"})
    here.serving().writer.update(here.system("test"), "thing", decode_id(record), Wish({name: "https://beta.example"}))
    document: Any = deepcopy(dict(here.publisher.sets.document("entity/thing")))
    document["fields"][name] |= {"type": kind, "options": options}
    here.publisher.sets.put("entity/thing", document)
    here.publisher.publish(Publication(confirm=here.publisher.plan().fingerprint))
    page = visit("boss").get(f"/app/{APP}/thing/r/{record}/tab/history")
    assert page.status == 200
    assert "https://acme.example" in page.text
