"""Which version of a blueprint its reference records are here of: what a later version of them is compared with.

It may be an older one than that of the definitions, which come by way of a change set, long before its records do.
"""

from __future__ import annotations

from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.packaging.files.shelf import Shelf
from sartor.platform.storage import notices
from sartor.platform.work import Work
from sartor.platform.workspace import Workspace


class RecordBase:
    """Of one blueprint in a workspace."""

    def __init__(self, workspace: Workspace, name: str) -> None:
        self.workspace = workspace
        self.blueprint = name
        self.name = f"records:{name}"

    def found(self) -> Blueprint | None:
        """The version; until one was noted, the one whose definitions are published."""
        digest = self._noted() or self._published()
        shelf = Shelf(self.workspace.database, self.workspace.store)
        return shelf.find(self.blueprint, digest) if digest else None

    def note(self, work: Work, digest: str) -> None:
        """The records are of this version now."""
        notices.write(work, self.name, digest)

    def keep(self) -> None:
        """Note the version of now, before the definitions of another one come."""
        digest = self._published()
        if digest and not self._noted():
            self.workspace.database.run(lambda work: self.note(work, digest))

    def _noted(self) -> str:
        with self.workspace.database.read() as connection:
            return notices.read(connection, self.name) or ""

    def _published(self) -> str:
        itself = self.workspace.serving().design.documents.get(f"blueprint/{self.blueprint}", {})
        return str(itself.get("shipped", ""))
