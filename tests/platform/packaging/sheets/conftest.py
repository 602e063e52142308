"""Somebody who brings spreadsheets: small tables written in the test, and what is proposed for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest

from sartor.platform.founding import found_workspace
from sartor.platform.packaging.sheets.keeping import Desk
from sartor.platform.packaging.sheets.proposal import Column, Proposal
from sartor.platform.settings import Settings
from sartor.platform.workspace import Workspace

Propose = Callable[..., Proposal]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A founded workspace that nothing is written into but files."""
    folder: Path = tmp_path_factory.mktemp("sheets")
    database = f"sqlite:///{folder / 'sartor.db'}"
    environment = {"SARTOR_DATA": str(folder), "SARTOR_DATABASE_URL": database, "SARTOR_SECRET_KEY": "s" * 40}
    opened = Workspace.open(Settings.from_environment(environment))
    found_workspace(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def desk(here: Workspace) -> Desk:
    return Desk(here, here.system("test"))


@pytest.fixture
def propose(desk: Desk, here: Workspace) -> Propose:
    """`propose(orders="id,day\\n1,2026-01-05\\n")` is the proposal for `orders.csv`."""

    def made(**files: str) -> Proposal:
        sent = [(BytesIO(text.encode()), f"{name}.csv") for name, text in files.items()]
        return desk.bring(sent, here.serving().design.documents)

    return made


@pytest.fixture
def column(propose: Propose) -> Callable[..., Column]:
    """`column("5 %", "7 %")` is the proposal for the second column of a table of such values, called `name`."""

    def made(*values: str, name: str = "thing") -> Column:
        lines = [f'{number},"{value}"' for number, value in enumerate(values, 1)]
        return propose(rows="\n".join([f"id,{name}", *lines])).sheets[0].columns[1]

    return made
