"""A workspace with the stock blueprints and their samples, as `sartor run` makes it the first time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from offices import Office

from sartor.platform.founding import found_workspace
from sartor.platform.packaging.installing.install import find_blueprint, install, with_required
from sartor.platform.packaging.samples.writing import SampleLoader
from sartor.platform.settings import Settings
from sartor.platform.workspace import Workspace
from sartor.runtime.app import create_app

STOCK = ("base", "sales")


@contextmanager
def open_shop(folder: Path, *, samples: bool = True, now: datetime | None = None) -> Iterator[Office]:
    """The workspace in a folder; it is made there the first time. now: what time it is there; it stands still then."""
    settings = Settings.from_environment({"SARTOR_DATA": str(folder)}).with_secret_key()
    workspace = Workspace.open(settings)
    if now is not None:
        workspace.database.clock = lambda: now
    if found_workspace(workspace):
        wanted = with_required([find_blueprint(name) for name in STOCK], workspace.serving().design.documents)
        install(workspace, wanted, "L3")
        if samples:
            SampleLoader(workspace).load(wanted)
    office = Office(workspace, create_app(workspace))
    directory = workspace.directory(workspace.stamp())
    office.people = {person.email.partition("@")[0]: person.id for person in directory.people.values()}
    if "ada" not in office.people:
        office.hire("ada", "administrator")
    yield office
    workspace.close()
