"""What names mean to one reader: what the reader may not read does not exist, in any clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sartor.platform.access.rights import Access
from sartor.platform.definitions.compile.scope import STAYS, ModelScope
from sartor.platform.expressions.scope import WordTable
from sartor.platform.expressions.types import Type
from sartor.platform.model import FieldLevel, Operation


class ReadableScope:
    """A `ModelScope` without the fields and entities that are closed to the reader."""

    def __init__(self, inner: ModelScope, access: Access) -> None:
        self.inner = inner
        self.access = access

    def field(self, entity: str, name: str) -> Type | None:
        """What is not there at all must read like what is closed, so it is looked for first."""
        found = self.inner.field(entity, name)
        return found if found is not None and self._open(entity, name) else None

    def names(self, entity: str) -> Iterable[str]:
        return [name for name in self.inner.names(entity) if self._open(entity, name)]

    def labels(self, entity: str) -> Mapping[str, str]:
        return {text: name for text, name in self.inner.labels(entity).items() if self._open(entity, name)}

    def called(self, entity: str) -> str:
        """By its label alone where its records are open."""
        is_open = self.access.may(Operation.READ, entity.removesuffix(STAYS))
        return self.inner.called(entity) if is_open else entity

    def function_maps(self) -> Mapping[str, WordTable]:
        return self.inner.function_maps()

    def _open(self, entity: str, name: str) -> bool:
        if entity.endswith(STAYS):
            return self.access.may(Operation.READ, entity.removesuffix(STAYS))
        return self.access.may(Operation.READ, entity) and self.access.level(entity, name) >= FieldLevel.READ
