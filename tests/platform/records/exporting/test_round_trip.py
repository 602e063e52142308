"""For transfer: what was exported, brought in and exported again is the same, byte for byte."""

from __future__ import annotations

from pathlib import Path

import crm
from bringing import Bringing
from sending import Sending
from worlds import World, open_world

ENTITIES = ("account", "contact", "product", "deal")


def fill(world: World) -> None:
    """Records with every kind of value that is easily lost."""
    one = world.make(
        "account",
        name="上海华为技术",
        tax_id="91",
        industry="it",
        phone="+86 138-0000-0000",
        tags=["VIP", "a; b"],
        revenue={"amount": "1234567.89", "currency": "USD"},
        founded_on="1987-09-15",
    )
    two = world.make("account", name=' "quoted", with\nlines', tax_id="=1+1")
    ann = world.make("contact", name="Ann", account=one, email="ann@example.com", is_primary=True)
    bob = world.make("contact", name="Bob", account=two, mobile="13900000000")
    world.make("product", name="GTX", list_price="0.10", cost="0.07")
    world.make(
        "deal",
        name="Pumps",
        account=one,
        amount="10",
        stage="proposal",
        discount="0.125",
        close_on="2026-12-31",
        contacts=[ann, bob],
    )
    world.make(
        "deal", name="Lost", account=two, amount={"amount": "7", "currency": "JPY"}, stage="lost", loss_reason="-5"
    )


def exported(world: World, folder: Path) -> dict[str, bytes]:
    folder.mkdir()
    send = Sending(world, folder)
    return {name: send.run(name, purpose="transfer", sort="name")[0].read_bytes() for name in ENTITIES}


def test_a_second_world_is_the_same(world: World, tmp_path: Path) -> None:
    fill(world)
    first = exported(world, tmp_path / "first")
    other = open_world(f"sqlite:///{tmp_path / 'other.db'}", crm.documents())
    try:
        bring = Bringing(other, tmp_path / "first", lambda: other.system)
        for name in ENTITIES:
            found, counts = bring.run(name, tmp_path / "first" / f"{name}.csv", exact=True, migrate=True)
            assert counts["fail"] == 0, bring.reasons(found)
        assert exported(other, tmp_path / "second") == first
    finally:
        other.database.close()


def test_the_same_world_again_changes_nothing(world: World, tmp_path: Path) -> None:
    fill(world)
    first = exported(world, tmp_path / "first")
    bring = Bringing(world, tmp_path / "first", lambda: world.system)
    for name in ENTITIES:
        key = "number" if name == "deal" else "name"
        path = tmp_path / "first" / f"{name}.csv"
        found, counts = bring.run(name, path, exact=True, migrate=True, key=key)
        assert (counts["create"], counts["fail"]) == (0, 0), bring.reasons(found)
    assert exported(world, tmp_path / "second") == first
