"""What records are called, by whatever points to them."""

from __future__ import annotations

from typing import Any

from worlds import open_world

from sartor.platform.definitions.system import system_documents


def entity(label: str, title: str, **more: Any) -> dict[str, Any]:
    return {"label": label, "title": "name", "fields": {"name": {"type": title, "label": "Name", "order": 1}, **more}}


ABOUT = {
    "type": "reference", "label": "About", "order": 2,
    "options": {"entities": {"invoice": {"order": 1}, "shop": {"order": 2}, "fair": {"order": 3}}},
}  # fmt: skip
DOCUMENTS = {
    **system_documents(),
    "entity/invoice": entity("Invoice", "integer"),
    "entity/shop": entity("Shop", "text"),
    "entity/fair": entity("Fair", "date"),
    "entity/note": entity("Note", "text", about=ABOUT),
}


def test_a_reference_tells_records_that_are_called_by_a_text_a_number_or_a_day(database_url):
    world = open_world(database_url, DOCUMENTS)
    called = {"invoice": 17, "shop": "Mill", "fair": "2026-05-01"}
    for kind, name in called.items():
        told = {"entity": kind, "id": world.make(kind, name=name)}
        note = world.make("note", name=kind, about=told)
        assert world.read("note", note, "about")["about"] == {**told, "title": str(name)}
    world.database.close()
