"""What blueprints shipped: every version that came into a workspace is kept as it came, file by file.

Whatever the workspace makes of it, this is what an upgrade is compared with and what an export carries along. The
definition `blueprint/<name>` says which one it is (`shipped`), so a rollback brings that back, too.
"""

from __future__ import annotations

from typing import Any

from sartor.platform.definitions.documents import Document, canonical
from sartor.platform.definitions.json_text import strict_json
from sartor.platform.packaging.files.folder import read_files
from sartor.platform.packaging.files.shape import MANIFEST, Blueprint
from sartor.platform.publishing.store import DocumentStore
from sartor.platform.storage import shipped
from sartor.platform.storage.engine import Database
from sartor.platform.work import Work


class Shelf:
    """Keeps and finds blueprints by name and digest."""

    def __init__(self, database: Database, store: DocumentStore) -> None:
        self.database = database
        self.store = store

    def keep(self, blueprint: Blueprint) -> str:
        """Remember a blueprint as it came; its digest."""
        digest = blueprint.digest
        entries = {path: _entry(path, content) for path, content in blueprint.files().items()}

        def write(work: Work) -> None:
            if not shipped.files_of(work.connection, blueprint.name, digest):
                files = self.store.save(work.connection, entries)
                shipped.note_files(work, blueprint.name, digest, files)

        self.database.run(write)
        return digest

    def label(self, name: str) -> Any:
        """What a blueprint was called that came at some time, gone since or not; None for one that never did."""
        with self.database.read() as connection:
            hashes = shipped.hashes_of(connection, name, MANIFEST)[:1]
            found = self.store.contents(connection, set(hashes))
        return found[hashes[0]].get("label") if hashes else None

    def find(self, name: str, digest: str) -> Blueprint | None:
        """A blueprint as it came; None for one that never did."""
        with self.database.read() as connection:
            paths = shipped.files_of(connection, name, digest)
            contents = self.store.contents(connection, set(paths.values()))
        if not paths:
            return None
        return read_files({path: _content(path, contents[hashed]) for path, hashed in paths.items()})


def _entry(path: str, content: bytes) -> Document:
    """A file as it is kept: a definition as itself, a text in a document of its own."""
    return strict_json(content) if path.endswith(".json") else {"text": content.decode()}


def _content(path: str, entry: Document) -> bytes:
    return (canonical(entry) if path.endswith(".json") else str(entry["text"])).encode()
