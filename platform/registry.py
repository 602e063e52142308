"""A sealed, self-explaining table of plug-ins: the one mechanism behind every extension point.

A registry belongs to a workspace object, never to a module: `discover` reads a package and takes every complete
class that it finds there, `seal` closes the table before the first request.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from abc import ABC
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Generic, TypeVar

from sartor.platform.errors import NotRegistrable, UnknownKey
from sartor.platform.text import near


class Plugin(ABC):
    """Anything that a definition can name: one class, one file, one key."""

    key: ClassVar[str]
    label: ClassVar[Mapping[str, str]]
    icon: ClassVar[str]
    options_schema: ClassVar[dict[str, Any]]
    example: ClassVar[Any]

    @classmethod
    def missing(cls) -> list[str]:
        """Names that some base class promises and this class does not have."""
        promised = {name for base in cls.__mro__ for name in vars(base).get("__annotations__", ())}
        return sorted(name for name in promised if not hasattr(cls, name))

    @classmethod
    def about(cls) -> dict[str, Any]:
        """What a designer shows of it: JSON, labels in both languages."""
        return {"label": cls.label, "icon": cls.icon, "example": cls.example}


T = TypeVar("T", bound=Plugin)


class Registry(Generic[T]):
    """Maps a key written in definitions to the one object that implements it."""

    def __init__(self, noun: str, base: type[T]) -> None:
        self.noun = noun
        self.base = base
        self._items: dict[str, T] = {}
        self._sealed = False

    def register(self, cls: type[T]) -> type[T]:
        """Check the contract here, so that no caller ever has to.

        :raises NotRegistrable: saying what is lacking, or who has the key.
        """
        if self._sealed:
            raise NotRegistrable(f"{self.noun} {cls.__name__}: the registry is sealed once the workspace is open")
        if not issubclass(cls, self.base) or inspect.isabstract(cls):
            raise NotRegistrable(f"{cls.__module__}.{cls.__name__} is not a complete {self.base.__name__}")
        if lacking := cls.missing():
            raise NotRegistrable(f"{self.noun} {cls.__name__} lacks: {', '.join(lacking)}")
        if other := self._items.get(cls.key):
            raise NotRegistrable(
                f"{self.noun} {cls.key!r} is declared in both {type(other).__module__} and {cls.__module__}"
            )
        self._items[cls.key] = cls()
        return cls

    def discover(self, package: str) -> Registry[T]:
        """Take every concrete class that a module of the package itself declares."""
        for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
            found = importlib.import_module(f"{package}.{module.name}")
            for cls in vars(found).values():
                if self._is_ours(cls, found.__name__):
                    self.register(cls)
        return self

    def _is_ours(self, thing: object, module: str) -> bool:
        return (
            inspect.isclass(thing)
            and issubclass(thing, self.base)
            and thing.__module__ == module
            and "key" in vars(thing)
        )

    def seal(self) -> Registry[T]:
        self._sealed = True
        return self

    def __getitem__(self, key: str) -> T:
        try:
            return self._items[key]
        except KeyError:
            guess = near(key, self._items)
            hint = f" Did you mean {guess!r}?" if guess else f" Known: {', '.join(sorted(self._items))}."
            raise UnknownKey(f"There is no {self.noun} {key!r}.{hint}") from None

    def __iter__(self) -> Iterator[T]:
        return iter(self._items.values())

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def get(self, key: str) -> T | None:
        return self._items.get(key)

    def keys(self) -> list[str]:
        return sorted(self._items)
