"""A draft with physical names: which tables and columns the things of documents have, or will have."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from sartor.platform.definitions.documents import Documents, digest, of_kind
from sartor.platform.publishing.facing import conflicts_in_columns
from sartor.platform.publishing.models import Design, ModelCache
from sartor.platform.publishing.names.lineage import Lineage
from sartor.platform.publishing.names.stored_names import StoredNames
from sartor.platform.publishing.retired.comebacks import comebacks
from sartor.platform.publishing.values import preparing
from sartor.platform.storage import catalogue


@dataclass(frozen=True, slots=True)
class Drafted:
    """Documents to be compiled. pairs: what became what.

    rollback: they are those of an earlier revision, physical names included. looking: nothing is published from it, so
    that it may be made from what was compiled before.
    """

    documents: Documents
    pairs: Lineage
    rollback: bool = False
    looking: bool = False


class PhysicalDesigns:
    """Compiles drafts; the last one is kept."""

    def __init__(self, models: ModelCache) -> None:
        self.models = models
        self._last: tuple[object, Design] | None = None

    def design(self, draft: Drafted, before: Design, connection: sa.Connection) -> Design:
        """The same draft is not compiled twice, but what was only looked at is compiled whole for publishing.

        before: what is published.

        :raises InvalidDefinition: when the documents do not hold together.
        """
        documents = draft.documents
        edited = frozenset(
            (key, digest(each)) for key, each in documents.items() if each is not before.documents.get(key)
        )
        gone = frozenset(before.documents.keys() - documents.keys())
        asked = (before.revision, edited, gone, draft.rollback, draft.looking)
        last = self._last
        if last is None or last[0] != asked:
            last = self._last = (asked, self._compiled(draft, before, connection))
        return last[1]

    def _compiled(self, draft: Drafted, before: Design, connection: sa.Connection) -> Design:
        """Compiled again where the columns of a field turn out to be others."""
        documents, pairs, looking = draft.documents, draft.pairs, draft.looking
        if draft.rollback:
            return self.models.draft(documents, before.revision + 1, before, looking=looking)
        tables = catalogue.table_names(connection)
        back = comebacks(connection, documents, before, pairs)
        given = {**preparing.names_given(preparing.read(connection), documents), **back.names}
        columns = catalogue.columns(
            connection, [*_tables_edited(draft, before), *(each.table for each in back.whole.values())]
        )
        named = StoredNames(before.documents, pairs, tables, columns, given=given).assign(documents)
        after = self.models.draft(named, before.revision + 1, before, looking=looking)
        if anew := conflicts_in_columns(before, after, pairs):
            named = StoredNames(before.documents, pairs, tables, columns, anew, given).assign(named)
            after = self.models.draft(named, before.revision + 1, before, looking=looking)
        back.require_as_it_was(self.models, after)
        return after


def _tables_edited(draft: Drafted, before: Design) -> list[str]:
    """Physical tables of the entities that are not as they are published."""
    edited = [
        name for name, each in of_kind(draft.documents, "entity") if each is not before.documents.get(f"entity/{name}")
    ]
    return [before.model.entities[old].table for name in edited if (old := draft.pairs.entity(name)) is not None]
