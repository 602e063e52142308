"""A selection of definitions with everything it needs, as a blueprint of its own.

What came with a blueprint that every workspace can have is not copied but required; what the workspace added to it
goes along as an extension. So does what was added to the entities that every workspace begins with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sartor.platform.definitions.documents import Document, Documents, without_engine_keys
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.definitions.system import system_documents
from sartor.platform.errors import NotFound
from sartor.platform.packaging.files.shape import FOLDERS, Parts
from sartor.platform.packaging.installing.merge import unstamped, without_origin
from sartor.platform.publishing.uses.references import noted
from sartor.platform.text import did_you_mean, near
from sartor.platform.text import gettext as _


@dataclass(frozen=True, slots=True)
class Selected:
    """parts: what is written. requires: blueprints that must be there. needed: keys that came along unasked.

    left: definitions of those blueprints that the workspace changed otherwise than by adding; that stays behind.
    """

    parts: Parts
    requires: Mapping[str, str]
    needed: tuple[str, ...] = ()
    left: tuple[str, ...] = field(default=())


class Selecting:
    """shipped: the definitions of all blueprints that every workspace can have, as they ship; origins: their names."""

    def __init__(self, documents: Documents, kinds: Kinds, shipped: Documents, origins: Collection[str]) -> None:
        self.documents = documents
        self.shipped = shipped
        self.origins = origins
        self._uses = _uses(documents, kinds)
        self._ours = system_documents()

    def select(self, keys: Collection[str], *, along: Collection[str] = (), forms: bool = True) -> Selected:
        """along: what has to be there besides, of which a blueprint that is required may bring its own. forms: those
        of every entity that goes along, too.

        :raises NotFound: for a key that is not there.
        """
        self._require([*keys, *along])
        chosen = self._closure(keys, along, forms)
        required = self._required_by(chosen, keys)
        own, extends, left = {}, {}, []
        for key in sorted(chosen):
            if not self._stays(key, keys):
                own[key] = bare(self.documents[key])
                continue
            base, now = self._there(key, keys, required), without_engine_keys(self.documents[key])
            if added := additions(base, now):
                extends[key] = bare(added)
            if _changes(base, now):
                left.append(key)
        requires = {name: self._version(name) for name in sorted(required)}
        came = tuple(sorted((own.keys() | extends.keys()) - set(keys)))
        return Selected(Parts(own, extends), requires, came, tuple(left))

    def _require(self, keys: Iterable[str]) -> None:
        for key in keys:
            if key not in self.documents or key.partition("/")[0] not in FOLDERS:
                hint = did_you_mean(near(key, self.documents))
                raise NotFound(_("There is no definition %(key)s.", key=key[:120]) + hint)

    def _is_required(self, key: str, asked: Collection[str]) -> bool:
        """Whether a definition comes with a blueprint that every workspace can have, and was not asked for itself."""
        return key not in asked and key in self.shipped and self.documents[key].get("origin") in self.origins

    def _stays(self, key: str, asked: Collection[str]) -> bool:
        """Whether only what the workspace added to a definition goes along."""
        return key in self._ours or self._is_required(key, asked)

    def _there(self, key: str, asked: Collection[str], required: Collection[str] = ()) -> Document:
        """A definition that stays, as it is wherever this is brought in. What a blueprint put into an entity that every
        workspace begins with goes along where its own definitions were asked for, and it is not required."""
        if key not in self._ours:
            return self.shipped[key]
        base = self.shipped.get(key, self._ours[key])
        for name in self._copied(asked) - set(required):
            base = without_origin(base, name)
        return base

    def _copied(self, asked: Collection[str]) -> set[str]:
        """Blueprints that every workspace can have, of which definitions were asked for themselves."""
        return {str(self.documents[key].get("origin")) for key in asked} & set(self.origins)

    def _closure(self, keys: Collection[str], along: Collection[str], forms: bool) -> set[str]:
        """Everything that is needed. What is required is not walked through: it brings what it needs itself."""
        found: set[str] = set()
        waiting = [*keys, *along]
        while waiting:
            key = waiting.pop()
            if key in found or key not in self.documents:
                continue
            found.add(key)
            waiting += {target for target, _field, _place in self._walked(key, keys)}
            if forms and key.startswith("entity/") and not self._stays(key, keys):
                waiting += self._forms_of(key.partition("/")[2])
        return found

    def _walked(self, key: str, asked: Collection[str]) -> list[Use]:
        """Uses inside a definition; of one that stays, only those in what the workspace added to it."""
        if not self._stays(key, asked):
            return self._uses[key]
        added = list(_added(self._there(key, asked), without_engine_keys(self.documents[key]), ""))
        return [use for use in self._uses[key] if any(f"{use[2]}/".startswith(f"{place}/") for place in added)]

    def _forms_of(self, entity: str) -> list[str]:
        return [key for key, each in self.documents.items() if key.startswith("form/") and each["entity"] == entity]

    def _required_by(self, chosen: Collection[str], asked: Collection[str]) -> set[str]:
        """Blueprints that what goes along refers to: by their definitions, or by what they added to others."""
        found = {str(self.documents[key]["origin"]) for key in chosen if self._is_required(key, asked)}
        copied = self._copied(asked)
        for key in chosen:
            for target, name, _place in self._walked(key, asked):
                if name and self._stays(target, asked):
                    part = self.documents[target]["fields"].get(name, {})
                    known = set(self.origins) - (copied if target in self._ours else set())
                    found |= {part["origin"]} & known if "origin" in part else set()
        return found

    def _version(self, name: str) -> str:
        version = str(self.documents[f"blueprint/{name}"]["version"])
        return "^" + version.partition(".")[0]


Use = tuple[str, str, str]
"""The definition that is named, its field or "", and where that stands."""


def _uses(documents: Documents, kinds: Kinds) -> Mapping[str, list[Use]]:
    draft = noted(documents, kinds)
    found: dict[str, list[Use]] = defaultdict(list)
    for place, target in draft.reaches:
        key, _hash, field = target.partition("#")
        if key != place.key:
            found[place.key].append((key, field, place.pointer))
    for each in draft.found:
        found[each.key] += [(target, "", each.pointer) for target in each.targets if target != each.key]
    return found


def additions(base: Document, now: Document) -> dict[str, Any] | None:
    """Entries that are there now and were not shipped, as an extension has them; None if there are none."""
    found: dict[str, Any] = {}
    for name, value in now.items():
        if name not in base:
            found[name] = value
        elif isinstance(value, Mapping) and isinstance(base[name], Mapping) and (inner := additions(base[name], value)):
            found[name] = inner
    return found or None


def _added(base: Document, now: Document, place: str) -> Iterator[str]:
    """Pointers of those entries."""
    for name, value in now.items():
        if name not in base:
            yield f"{place}/{name}"
        elif isinstance(value, Mapping) and isinstance(base[name], Mapping):
            yield from _added(base[name], value, f"{place}/{name}")


def _changes(base: Document, now: Document) -> bool:
    """Whether something that was shipped is otherwise now, or gone."""
    for name, value in base.items():
        if isinstance(value, Mapping) and isinstance(now.get(name), Mapping):
            if _changes(value, now[name]):
                return True
        elif name not in now or now[name] != value:
            return True
    return False


def bare(document: Document) -> dict[str, Any]:
    """As a blueprint ships it: without the engine's keys and without any origin."""
    return unstamped(without_engine_keys(document))
