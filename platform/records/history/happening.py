"""One entry of what is told about a record, and how entries of several kinds stand in one order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.query.reader import Reader

PAGE = 50
Mark = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of a timeline. kind: `comment`, `change`, `create`, `delete`, `restore` or the name of a feed.

    body: what is shown, by kind: changes by field (`labels`: what choices are called in them that are taken out since),
    the comment's text, the record of a feed.
    """

    kind: str
    id: str
    at: str
    actor: int | None
    body: Mapping[str, Any]

    @property
    def mark(self) -> Mark:
        """Its place in a timeline, after which the next page begins."""
        return self.at, self.id


def require_seen(reader: Reader, context: Context, entity: str, record: int) -> None:
    """:raises NotFound: for a record that the actor may not see, whose entries are nothing to him either."""
    reader.record(context, entity, record, (("id",),), deleted=None)


def iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
