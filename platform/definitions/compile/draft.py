"""The workbench of one compilation: documents, the model as far as it is known, and the faults found so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.definitions.documents import Document, Documents
from sartor.platform.definitions.extensions import Extensions
from sartor.platform.definitions.kind_words import kind_words
from sartor.platform.errors import InvalidDefinition, InvalidExpression, Problem
from sartor.platform.expressions import Expression
from sartor.platform.expressions import check as check_expression
from sartor.platform.expressions.merging import alternatives, pieces
from sartor.platform.expressions.types import BOOLEAN, Type
from sartor.platform.model import Merge, Merged, Model
from sartor.platform.text import Label, did_you_mean, near, pick
from sartor.platform.text import gettext as _


@dataclass(slots=True)
class Place:
    """Where in which document something stands; `level` of the definition or part it belongs to."""

    key: str
    pointer: str = ""
    level: str = "L1"

    def at(self, *parts: object, level: str | None = None) -> Place:
        return Place(self.key, self.pointer + "".join(f"/{part}" for part in parts), max(self.level, level or "L1"))


@dataclass(slots=True)
class Wish:
    """How an expression is to be read: in which entity, as what, with which further first names."""

    entity: str
    expect: Type | None = None
    roots: Mapping[str, str] = field(default_factory=dict)
    aggregates: bool = False


@dataclass(slots=True)
class Draft:
    """Mutable while a compilation runs; the model that comes out is not.

    following: those of the problems that are there only because of others, which are told at their own places.
    are_lines_lost: a field of lines names what is not there, so there are lines that do not know their parent.
    """

    documents: Documents
    extensions: Extensions
    revision: int
    model: Model = field(init=False)
    scope: ModelScope = field(init=False)
    problems: list[Problem] = field(default_factory=list)
    following: set[Problem] = field(default_factory=set)
    are_lines_lost: bool = False
    uses: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    levels: dict[str, str] = field(default_factory=dict)
    reaches: list[tuple[Place, str]] = field(default_factory=list)

    def carry(self, last: Draft, keys: Collection[str]) -> None:
        """Take over what another draft knows of everything but some definitions."""
        for target, users in last.uses.items():
            if rest := users.difference(keys):
                self.uses[target] = rest
        self.reaches = [each for each in last.reaches if each[0].key not in keys]
        self.levels = {name: level for name, level in last.levels.items() if name.partition("#")[0] not in keys}

    def say(self, place: Place, code: str, message: str, guess: str | None = None) -> None:
        """Note a fault; one that is found in two ways is one."""
        found = Problem(place.pointer, code, message + did_you_mean(guess), guess, place.key)
        if found not in self.problems:
            self.problems.append(found)

    def follow(self, place: Place, code: str, message: str) -> None:
        """Note what is wrong only because something else is."""
        self.problems.append(Problem(place.pointer, code, message, None, place.key))
        self.following.add(self.problems[-1])

    @property
    def causes(self) -> list[Problem]:
        """The problems to be told to people, each once: mend them, and those that follow from them are gone."""
        found = list(dict.fromkeys(self.problems))
        return [each for each in found if each not in self.following] or found

    def use(self, place: Place, target: str) -> None:
        """Remember that the definition at `place` needs `target` (`entity/deal#amount`, `view/deal.all`)."""
        self.uses[target].add(place.key)
        self.reaches.append((place, target))

    def named(self, place: Place, kind: str, name: str | None) -> bool:
        """Whether a definition exists; a fault with the near match where it does not."""
        if name is None:
            return False
        key = f"{kind}/{name}"
        if key in self.documents:
            self.use(place, key)
            return True
        known = [each.removeprefix(kind + "/") for each in self.documents if each.startswith(kind + "/")]
        said = _("There is no %(kind)s %(name)s.", kind=kind_words().get(kind, kind), name=name)
        self.say(place, "unknown", said, near(name, known))
        return False

    def field_named(self, place: Place, entity: str, name: str | None) -> bool:
        """Whether an entity has a field; a fault where it does not."""
        if name is None:
            return False
        fields = self.model.entities[entity].fields if entity in self.model.entities else {}
        if name in fields:
            self.use(place, f"entity/{entity}#{name}")
            return True
        self._miss(place, entity, name, fields)
        return False

    def _miss(self, place: Place, entity: str, name: str, known: Iterable[str]) -> None:
        called = pick(self.model.entities[entity].label) if entity in self.model.entities else entity
        said = _("%(entity)s has no field %(name)s.", entity=called, name=name)
        if self.scope.knows(entity):
            self.say(place, "unknown", said, near(name, known))
        else:
            self.follow(place, "unknown", said)

    def path(self, place: Place, entity: str, dotted: str) -> tuple[str, ...] | None:
        """A path through lookups as a tuple; None and a fault where a step does not exist."""
        steps = tuple(dotted.split("."))
        return steps if self.walk(place, entity, steps) else None

    def walk(self, place: Place, entity: str, steps: tuple[str, ...]) -> bool:
        """Follow a path, noting each field it uses. An attribute (`stage.outcome`) ends it."""
        here = entity
        for number, step in enumerate(steps):
            kind = self.scope.sound(here, step)
            if kind is None and step in self.scope.names(here):  # wrong itself, which is told there
                self.use(place, f"entity/{here}#{step}")
                return False
            if kind is None:
                self._miss(place, here, step, self.scope.names(here))
                return False
            self.use(place, f"entity/{here}#{step}")
            if kind.entity is None:
                return self._attribute(place, kind, steps[number + 1 :])
            here = kind.entity
        return True

    def _attribute(self, place: Place, kind: Type, rest: tuple[str, ...]) -> bool:
        if not rest or (len(rest) == 1 and rest[0] in kind.attributes):
            return True
        self.say(
            place, "unknown", _("%(name)s does not exist there.", name=".".join(rest)), near(rest[0], kind.attributes)
        )
        return False

    def formula(self, place: Place, text: str | None, wish: Wish) -> Expression | None:
        """Check an expression; None where there is none, or where it is wrong and was noted."""
        if text is None:
            return None
        try:
            found = check_expression(
                text, self.scope, wish.entity, expect=wish.expect, roots=wish.roots, aggregates=wish.aggregates
            )
        except InvalidExpression as error:
            said = _(
                "%(message)s (at character %(n)s of “%(text)s”)", message=error.message, n=error.position + 1, text=text
            )
            if self.are_lines_lost and text.startswith("parent", error.position):
                self.follow(place, "expression", said)
            else:
                self.problems.append(Problem(place.pointer, "expression", said, error.near, place.key))
            return None
        except InvalidDefinition as error:  # something that it reads; told there, too
            said = _("“%(text)s” reads something that is wrong itself: %(message)s", text=text, message=error.message)
            self.follow(place, "expression", said)
            return None
        for steps in found.paths:
            self._note(place, wish, steps)
        return found

    def merged(self, place: Place, text: Label | None, wish: Wish) -> Merged | None:
        """A text with expressions in it, in each of its languages."""
        if text is None:
            return None
        if isinstance(text, str):
            return Merged({"": self.merging(place, text, wish)})
        return Merged({language: self.merging(place.at(language), said, wish) for language, said in text.items()})

    def merging(self, place: Place, text: str, wish: Wish) -> tuple[str | Merge, ...]:
        """One such text; what is wrong in it is noted and left out."""
        try:
            parts = pieces(text)
            return tuple(self._merge(place, each.text, wish) if each.merged else each.text for each in parts)
        except InvalidExpression as error:
            said = _("%(message)s (at character %(n)s)", message=error.message, n=error.position + 1)
            self.problems.append(Problem(place.pointer, "expression", said, error.near, place.key))
            return ()

    def _merge(self, place: Place, text: str, wish: Wish) -> Merge:
        try:
            parts = alternatives(text)
        except InvalidExpression:
            parts = [text]  # what is wrong is told as of any expression
        found = (self.formula(place, each, wish) for each in parts)
        return Merge(tuple(each for each in found if each is not None))

    def _note(self, place: Place, wish: Wish, steps: tuple[str, ...]) -> None:
        if steps and steps[0] in wish.roots:
            self.walk(place, wish.roots[steps[0]], steps[1:])
        else:
            self.walk(place, wish.entity, steps)

    def condition(self, place: Place, text: str | None, entity: str, **roots: str) -> Expression | None:
        """A yes/no expression."""
        return self.formula(place, text, Wish(entity, BOOLEAN, roots))


def level_of(part: Document, place: Place | None = None) -> str:
    """The level of a part: its own, and at least that of what it belongs to."""
    own: str = part.get("level", "L1")
    return max(own, place.level) if place else own


def label_of(part: Mapping[str, Any], name: str) -> Any:
    return part.get("label", name)
