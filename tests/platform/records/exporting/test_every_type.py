"""What was exported for transfer, brought in elsewhere and exported again is the same, for a field of every type."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import everything
import pytest
from bringing import Bringing
from sending import Sending
from tables import read, values
from worlds import World, open_world

ENTITIES = ("department", "user", "other", "thing")
SORTS = {"thing": "code", "user": "email"}


@pytest.fixture
def first(database_url: str) -> Iterator[World]:
    made = open_world(database_url, everything.documents())
    everything.fill(made, Random(7))
    yield made
    made.database.close()


@pytest.fixture
def second(tmp_path: Path) -> Iterator[World]:
    made = open_world(f"sqlite:///{tmp_path / 'second.db'}", everything.documents())
    yield made
    made.database.close()


def exported(world: World, folder: Path, kind: str) -> dict[str, Path]:
    folder.mkdir()
    send = Sending(world, folder)
    return {name: send.run(name, purpose="transfer", sort=SORTS.get(name, "name"), format=kind)[0] for name in ENTITIES}


def test_values_of_every_type_are_tried(first: World) -> None:
    assert list(everything.untold(first)) == []


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_another_workspace_has_the_same(first: World, second: World, tmp_path: Path, kind: str) -> None:
    out = exported(first, tmp_path / "out", kind)
    bring = Bringing(second, tmp_path / "out", lambda: second.system)
    for name, path in out.items():
        found, counts = bring.run(name, path, exact=True, migrate=True)
        assert counts["fail"] + counts.get("incomplete", 0) == 0, (name, bring.reasons(found))
    back = exported(second, tmp_path / "back", kind)
    for name in ENTITIES:
        if kind == "csv":
            assert back[name].read_bytes() == out[name].read_bytes()
        else:
            assert values(read(back[name].read_bytes())) == values(read(out[name].read_bytes()))
