"""The small CRM, published, in a database of each engine."""

from __future__ import annotations

from collections.abc import Iterator

import crm
import pytest
from workshops import Workshop, open_workshop


@pytest.fixture
def workshop(database_url: str) -> Iterator[Workshop]:
    with open_workshop(database_url, crm.documents()) as made:
        yield made
