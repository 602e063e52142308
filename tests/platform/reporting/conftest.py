"""Worlds to count in: the small CRM with numbers of its own, and the stock sales CRM, on each engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import crm
import numbers_of_crm
import pytest
from numbers_of_crm import address, cohort_address
from worlds import NOON, World, open_world

from sartor.platform.access.context import Context
from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.packaging.installing.compose import compose
from sartor.platform.reporting.answers import ReportAnswer
from sartor.platform.reporting.reporter import Reporter
from sartor.platform.text import use_language

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("en")


@pytest.fixture(scope="module")
def world(module_database_url: str) -> Iterator[World]:
    """The small CRM for the tests of one file, which begin with the records that they share."""
    made = open_world(module_database_url, crm.documents(**numbers_of_crm.DOCUMENTS))
    made.database.clock = lambda: NOON
    yield made
    made.database.close()


@pytest.fixture(scope="module")
def sales(module_database_url: str) -> Iterator[World]:
    """The stock sales CRM, without records at first."""
    folders = [read_folder(ROOT / "blueprints" / name) for name in ("base", "sales")]
    made = open_world(module_database_url, compose(folders))
    made.database.clock = lambda: NOON
    yield made
    made.database.close()


@pytest.fixture
def run(world: World) -> Callable[..., ReportAnswer]:
    """A report of the small CRM, answered."""
    reporter = Reporter(world, address, cohort_address)

    def answer(name: Any, context: Context | None = None, **filters: str) -> ReportAnswer:
        return reporter.run(context or world.system, name, filters=filters)

    return answer
