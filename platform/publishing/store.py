"""Published documents: kept by their content, so that a revision is a list of hashes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from sartor.platform.definitions.documents import Document, Documents, canonical, digest
from sartor.platform.definitions.json_text import strict_json
from sartor.platform.errors import NotFound
from sartor.platform.storage.system.documents import sys_document, sys_revision
from sartor.platform.text import gettext as _

Manifest = Mapping[str, str]
"""Document name -> hash."""

AT_ONCE = 500
LARGEST = 2**31 - 1
"""No revision has a higher number; databases refuse to look for some that do."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One published state of the design. summary: what publishing it did, a line for each step."""

    number: int
    note: str
    by: int | None
    at: Any
    summary: Any


class DocumentStore:
    """Reads and writes revisions; parses each document once and keeps it.

    A document is never changed in place: whoever edits one works on a copy.
    """

    def __init__(self) -> None:
        self._parsed: dict[str, Document] = {}
        self._hashes: dict[int, tuple[Document, str]] = {}

    def hash_of(self, document: Document) -> str:
        """The content hash; worked out once for a document that came from here or was saved here."""
        known = self._hashes.get(id(document))
        return known[1] if known and known[0] is document else digest(document)

    def manifest_of(self, documents: Documents) -> Manifest:
        return {key: self.hash_of(document) for key, document in documents.items()}

    def documents(self, connection: sa.Connection, number: int) -> Documents:
        """All documents of a revision; revision 0 has none.

        :raises NotFound: for a revision that was never published.
        """
        manifest = self.manifest(connection, number)
        self._load(connection, set(manifest.values()))
        return {key: self._parsed[hashed] for key, hashed in manifest.items()}

    def manifest(self, connection: sa.Connection, number: int) -> Manifest:
        """Content hashes of the documents of a revision, by name. :raises NotFound: for one that is not there."""
        if number == 0:
            return {}
        here = sa.select(sys_revision.c.manifest).where(sys_revision.c.number == number)
        found = connection.execute(here).scalar() if number <= LARGEST else None
        if found is None:
            raise NotFound(_("There is no revision %(number)s.", number=str(number)[:20]))
        return found

    def published_by(self, connection: sa.Connection, key: str, most: int = 50) -> Revision | None:
        """The revision that gave a document the content that it has now; None beyond the newest few."""
        chosen = sa.select(sys_revision).order_by(sys_revision.c.number.desc()).limit(most + 1)
        rows = list(connection.execute(chosen).mappings())
        for row, before in zip(rows, [*rows[1:], None], strict=True):
            if before is None and row["number"] > 1:
                return None
            if before is None or row["manifest"].get(key) != before["manifest"].get(key):
                return Revision(**{name: row[name] for name in ("number", "note", "by", "at", "summary")})
        return None

    def save(self, connection: sa.Connection, documents: Documents) -> Manifest:
        """Keep what is new among the documents."""
        manifest = self.manifest_of(documents)
        unknown = {hashed: key for key, hashed in manifest.items() if hashed not in self._parsed}
        there = self._load(connection, set(unknown))
        fresh = [
            {"hash": hashed, "body": canonical(documents[key])}
            for hashed, key in unknown.items()
            if hashed not in there
        ]
        if fresh:
            connection.execute(sa.insert(sys_document), fresh)
        return manifest

    def contents(self, connection: sa.Connection, hashes: set[str]) -> Documents:
        """Documents by their hash, those that were ever kept."""
        return {hashed: self._parsed[hashed] for hashed in self._load(connection, hashes)}

    def remember(self, documents: Documents) -> None:
        """Keep documents in memory, once the transaction that saved them is on disk."""
        for document in documents.values():
            self._keep(self.hash_of(document), document)

    def revision(self, connection: sa.Connection, number: int) -> Revision | None:
        columns = [column for column in sys_revision.c if column.name != "manifest"]
        row = connection.execute(sa.select(*columns).where(sys_revision.c.number == number)).mappings().one_or_none()
        return Revision(**row) if row else None

    def revisions(self, connection: sa.Connection, limit: int = 100) -> list[Revision]:
        """The newest revisions first."""
        columns = [column for column in sys_revision.c if column.name != "manifest"]
        chosen = sa.select(*columns).order_by(sys_revision.c.number.desc()).limit(limit)
        return [Revision(**row) for row in connection.execute(chosen).mappings()]

    def _load(self, connection: sa.Connection, hashes: set[str]) -> set[str]:
        """Read those that are not in memory; answer those that are there."""
        missing = sorted(hashes - self._parsed.keys())
        for start in range(0, len(missing), AT_ONCE):
            some = sys_document.c.hash.in_(missing[start : start + AT_ONCE])
            for hashed, body in connection.execute(sa.select(sys_document).where(some)):
                self._keep(hashed, strict_json(body))
        return hashes & self._parsed.keys()

    def _keep(self, hashed: str, document: Document) -> None:
        kept = self._parsed.setdefault(hashed, document)
        self._hashes[id(kept)] = (kept, hashed)
