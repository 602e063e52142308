"""Buckets of time: the same keys from both databases, for days and for instants."""

from __future__ import annotations

import pytest
from worlds import World

from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.expressions import aggregate
from sartor.platform.query.question import Group, Sum

DAYS = ("2025-12-28", "2025-12-29", "2026-01-01", "2026-01-04", "2026-01-05", "2026-03-31", "2026-04-01", None)
EXPECTED = {
    "week": ["2025-12-22", *["2025-12-29"] * 3, "2026-01-05", "2026-03-30", "2026-03-30", None],
    "month": ["2025-12", "2025-12", *["2026-01"] * 3, "2026-03", "2026-04", None],
    "quarter": ["2025-Q4", "2025-Q4", *["2026-Q1"] * 4, "2026-Q2", None],
    "year": ["2025", "2025", *["2026"] * 5, None],
    "day": list(DAYS),
}


@pytest.fixture
def days(world: World, account: str) -> None:
    for day in DAYS:
        world.make("deal", name=day or "never", account=account, close_on=day)


@pytest.mark.parametrize("bucket", list(EXPECTED))
def test_a_day_lies_in_its_bucket(world: World, days: None, bucket: str) -> None:
    measure = aggregate("count()", ModelScope(world.model), "deal")
    rows = world.reader.sum(world.system, Sum("deal", (measure,), (Group(("name",)), Group(("close_on",), bucket))))
    found = {name: key for name, key, _count in rows}
    assert found == dict(zip((day or "never" for day in DAYS), EXPECTED[bucket], strict=True))
