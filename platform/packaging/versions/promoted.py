"""Which design was brought over last from another workspace, for the revision that is published now."""

from __future__ import annotations

from typing import Any

from sartor.platform.access.stamp import published_revision
from sartor.platform.definitions.documents import Documents, without_engine_keys
from sartor.platform.publishing.change_sets.waiting import PROMOTED as NAME
from sartor.platform.publishing.change_sets.waiting import note_promoted
from sartor.platform.storage import notices, shipped
from sartor.platform.work import Work
from sartor.platform.workspace import Workspace


class Promoted:
    """Notes each design that comes over with its revision; a rollback brings back what was noted for the former one."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.database = workspace.database
        self.store = workspace.store

    def documents(self) -> Documents:
        """What was brought over; empty for a workspace that nothing came to."""
        with self.database.read() as connection:
            digest = self._digest(connection)
            return self._kept(connection, digest) if digest else {}

    def kept(self, digest: str) -> Documents:
        """A design that was brought here, published or not; empty for one that never was."""
        with self.database.read() as connection:
            return self._kept(connection, digest)

    def _kept(self, connection: Any, digest: str) -> Documents:
        hashes = shipped.files_of(connection, NAME, digest)
        contents = self.store.contents(connection, set(hashes.values()))
        return {key: contents[hashed] for key, hashed in hashes.items()}

    def _digest(self, connection: Any) -> str | None:
        """Of this revision, or the latest one before it; a revision that says what an earlier one said is that one."""
        noted = {each["revision"]: each["digest"] for each in notices.read(connection, NAME) or ()}
        if not noted:
            return None
        number = self.workspace.stamp().revision
        manifests: dict[int, Any] = {}
        first: dict[str, int] = {}
        for each in range(1, number + 1):
            manifests[each] = self.store.manifest(connection, each)
            first.setdefault(repr(sorted(manifests[each].items())), each)
        while number > 0:
            if number in noted:
                return str(noted[number])
            same = first[repr(sorted(manifests[number].items()))]
            number = same if same < number else number - 1
        return None

    def keep(self, digest: str, documents: Documents) -> None:
        """Keep the definitions themselves."""
        bare = {key: without_engine_keys(each) for key, each in documents.items()}

        def write(work: Work) -> None:
            if not shipped.files_of(work.connection, NAME, digest):
                shipped.note_files(work, NAME, digest, self.store.save(work.connection, bare))

        self.database.run(write)

    def note(self, work: Work, digest: str) -> None:
        """What came over with the revision that is published by now in this transaction."""
        note_promoted(work, digest, published_revision(work))
