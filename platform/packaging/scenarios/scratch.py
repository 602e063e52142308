"""A workspace for one look: a design without records, in a folder that is gone afterwards.

The design is published once; each scenario gets a copy of that file, so none finds what another one did.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from zoneinfo import ZoneInfo

from sartor.platform.definitions.documents import Documents, without_engine_keys
from sartor.platform.definitions.extensions import Extensions
from sartor.platform.publishing.applying import Publication
from sartor.platform.settings import Settings
from sartor.platform.workspace import Workspace

FILE = "sartor.db"
MIGRATE = "sartor.platform.storage.migrate"
"""Imported only when a scratch workspace is made: it brings Alembic, and the web server loads this module."""
MIGRATING = Lock()
"""Alembic keeps what it works on in globals of its module: one at a time."""


class Scratch:
    """One published design, to be copied. extensions: those of the workspace that it is tried for."""

    def __init__(self, folder: Path, documents: Documents, extensions: Extensions | None = None) -> None:
        self.folder = folder
        self.extensions = extensions
        self.copies = 0
        bare = {key: without_engine_keys(each) for key, each in documents.items()}
        with self._opened(folder / "first", "UTC") as workspace:
            with MIGRATING:
                import_module(MIGRATE).upgrade(workspace.database)
            plan = workspace.publisher.plan_documents(bare)
            workspace.publisher.apply(plan, Publication("scenarios", confirm=plan.fingerprint))

    @contextmanager
    def copied(self, zone: str) -> Iterator[Workspace]:
        """A workspace with the design and nothing else."""
        self.copies += 1
        folder = self.folder / f"copy{self.copies}"
        folder.mkdir()
        shutil.copyfile(self.folder / "first" / FILE, folder / FILE)
        with self._opened(folder, zone) as workspace:
            yield workspace
        shutil.rmtree(folder)

    @contextmanager
    def _opened(self, folder: Path, zone: str) -> Iterator[Workspace]:
        folder.mkdir(exist_ok=True)
        told = {"SARTOR_DATA": str(folder), "SARTOR_SECRET_KEY": "scratch" * 6, "SARTOR_TIMEZONE": zone}
        workspace = Workspace.open(Settings.from_environment(told), self.extensions)
        try:
            yield workspace
        finally:
            workspace.close()


@contextmanager
def scratch(documents: Documents, extensions: Extensions | None = None) -> Iterator[Scratch]:
    """:raises InvalidDefinition: for a design that does not hold together."""
    with TemporaryDirectory(prefix="sartor-") as folder:
        yield Scratch(Path(folder), documents, extensions)


def set_clock(workspace: Workspace, text: str) -> None:
    """Stop the clock at a local time, such as `2026-05-20 12:00`."""
    moment = moment_of(text, workspace.settings.timezone)
    workspace.database.clock = lambda: moment


def moment_of(text: str, zone: str) -> datetime:
    """:raises ValueError: for a day that is not in the calendar."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
