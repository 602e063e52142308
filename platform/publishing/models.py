"""The models in memory: by revision, compiled once, by one thread while the others wait.

A request reads the stamp (one cheap read) and asks for the model of its revision. Nothing is compiled unless that
number moved, and then only what changed.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

import sqlalchemy as sa

from sartor.platform.access.stamp import COLUMNS, Stamp
from sartor.platform.definitions.compile import Compiler
from sartor.platform.definitions.documents import Documents
from sartor.platform.model import Model
from sartor.platform.publishing.store import DocumentStore
from sartor.platform.storage.engine import Database
from sartor.platform.storage.statement import Statement
from sartor.platform.storage.system.state import sys_state
from sartor.platform.storage.tables import Tables

KEPT = 3
"""Revisions that stay in memory: requests in flight may still be working with the one before."""


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """One revision, ready for use."""

    documents: Documents
    model: Model
    tables: Tables

    @property
    def revision(self) -> int:
        return self.model.revision


class ModelCache:
    """The designs of one workspace in this process."""

    def __init__(self, database: Database, compiler: Compiler, store: DocumentStore) -> None:
        self.database = database
        self.compiler = compiler
        self.store = store
        self._designs: dict[int, Design] = {}
        self._former: Design | None = None
        self._compiling = threading.Lock()
        self._stamp = Statement.compile(sa.select(*COLUMNS).where(sys_state.c.id == 1), database.dialect)

    def stamp(self) -> Stamp:
        """Where the workspace stands now."""
        return Stamp(*self.database.fetch(self._stamp)[0])

    def current(self) -> Design:
        """The design that is published now."""
        return self.get(self.stamp().revision)

    def get(self, revision: int) -> Design:
        """The design of a revision, compiled if this process has not met it yet."""
        found = self._designs.get(revision)
        if found is None:
            with self._compiling:
                found = self._designs.get(revision) or self._compiled(revision)
                self.install(found)
        return found

    def former(self, revision: int) -> Design:
        """The design of an earlier revision, only to be looked at; the last one that was asked for is kept."""
        found = self._designs.get(revision) or self._former
        if found is None or found.revision != revision:
            found = self._former = self._compiled(revision, looking=True)
        return found

    def draft(
        self, documents: Documents, revision: int, based_on: Design | None = None, *, looking: bool = False
    ) -> Design:
        """Documents compiled as a revision that is not published (yet).

        looking: nothing is published from it, so what the last edit did not reach need not be compiled again.
        :raises InvalidDefinition: with every problem found.
        """
        compiled = self.compiler.compile_again if looking else self.compiler.compile
        model = compiled(documents, revision)
        tables = Tables(model, self.database.dialect, based_on.tables if based_on else None)
        return Design(documents, model, tables)

    def install(self, design: Design) -> None:
        """Take in a design that was compiled for publishing, so that it is not compiled again."""
        designs = {**self._designs, design.revision: design}
        self._designs = {number: designs[number] for number in sorted(designs)[-KEPT:]}

    def _compiled(self, revision: int, *, looking: bool = False) -> Design:
        with self.database.read() as connection:
            documents = self.store.documents(connection, revision)
        self.compiler.trust(self.store.manifest_of(documents))
        newest = max(self._designs, default=None)
        based_on = self._designs[newest] if newest is not None else None
        return self.draft(documents, revision, based_on, looking=looking)
