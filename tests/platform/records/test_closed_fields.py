"""Fields that a rule closes, and effects that go on filling them."""

from __future__ import annotations

from collections.abc import Iterator

import crm
import pytest
from worlds import World, open_world

from sartor.platform.errors import Invalid

PARCEL = {
    "label": "Parcel",
    "title": "name",
    "fields": {
        "name": {"type": "text", "label": "Name", "order": 1},
        "weight": {"type": "integer", "label": "Weight", "order": 2},
        "price": {"type": "integer", "label": "Price", "order": 3, "read_only_if": "weight > 0"},
    },
    "effects": {"priced": {"kind": "set", "order": 1, "values": {"price": "weight * 2"}, "when": "weight > 0"}},
}


@pytest.fixture(scope="module")
def world(module_database_url: str) -> Iterator[World]:
    made = open_world(module_database_url, crm.documents(**{"entity/parcel": PARCEL}))
    yield made
    made.database.close()


def test_what_is_sent_back_as_it_was_follows_an_effect_also_where_it_is_closed(world: World) -> None:
    parcel = world.make("parcel", name="Books", weight=3)
    world.change("parcel", parcel, weight=5, price=6)
    assert world.read("parcel", parcel, "price")["price"] == 10


def test_what_is_sent_otherwise_is_refused_where_it_is_closed(world: World) -> None:
    parcel = world.make("parcel", name="Books", weight=3)
    with pytest.raises(Invalid) as refused:
        world.change("parcel", parcel, weight=5, price=7)
    assert [(each.field, each.code) for each in refused.value.problems] == [("price", "read_only")]
