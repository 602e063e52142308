"""A client that repeats a request which was never answered gets one record, whenever the server was killed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa
from crm import DOCUMENTS
from killing import KILLS, SEED, Journal, acknowledged, die_at, killed
from offices import Office, decode_id, open_office

TIMES = max(5, KILLS // 2)


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    with open_office(database_url, tmp_path, DOCUMENTS) as made:
        made.hire("mia", "manager")
        yield made


def ask_on(office: Office, journal: Path, dies_at: int) -> None:
    """Go on with the first request that was not answered."""
    die_at(office.workspace.database, dies_at)
    answered = {each["key"] for each in acknowledged(journal) if "key" in each}
    told = Journal(journal)
    for number in count():
        key = f"key-{number}"
        if key not in answered:
            values = {"name": key, "tax_id": None if number % 2 else key}
            found = office.post("mia", "/records/account", values, headers={"Idempotency-Key": key})
            assert found.status == 201, found.data
            told.say(key=key, id=found.json["id"])


@pytest.mark.faults
def test_each_request_makes_one_record(office: Office, tmp_path: Path) -> None:
    chance, journal = Random(SEED), tmp_path / "journal"
    for _number in range(TIMES):
        office.workspace.database.close()
        dies_at = chance.randint(1, 250)
        assert killed(lambda at=dies_at: ask_on(office, journal, at), journal, None)
    told = {each["key"]: decode_id(each["id"]) for each in acknowledged(journal)}
    table = office.workspace.serving().tables.of("account")
    with office.workspace.database.read() as connection:
        kept = connection.execute(sa.select(table.c.name, table.c.id)).all()
    assert len(told) > TIMES // 4
    assert len(kept) - len(dict(kept)) == 0
    assert {name: number for name, number in kept if name in told} == told
    assert len(kept) - len(told) in (0, 1), "one request may have been done and not been answered"
