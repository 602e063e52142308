"""One revision, whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sartor.platform.errors import NotFound
from sartor.platform.model.entity import Entity, Field
from sartor.platform.model.page import App, Form, View
from sartor.platform.model.pipeline import Pipeline
from sartor.platform.model.report import Dashboard, Metric, Report
from sartor.platform.model.role import Role
from sartor.platform.model.template import Template
from sartor.platform.text import Label, did_you_mean, near
from sartor.platform.text import gettext as _


@dataclass(frozen=True, slots=True)
class OptionSet:
    """A shared list of choices; `maps` name tables from words to its keys (province to region)."""

    name: str
    label: Label
    choices: Mapping[str, Any]
    maps: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Model:
    """Everything that a request needs to know about the design. Immutable; replaced as a whole by a publish."""

    revision: int
    entities: Mapping[str, Entity]
    options: Mapping[str, OptionSet] = field(default_factory=dict)
    pipelines: Mapping[str, Pipeline] = field(default_factory=dict)
    views: Mapping[str, View] = field(default_factory=dict)
    forms: Mapping[str, Form] = field(default_factory=dict)
    apps: Mapping[str, App] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    reports: Mapping[str, Report] = field(default_factory=dict)
    dashboards: Mapping[str, Dashboard] = field(default_factory=dict)
    templates: Mapping[str, Template] = field(default_factory=dict)
    dependents: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """For each definition or field (`entity/deal`, `entity/deal#amount`) the definitions that use it."""

    def entity(self, name: str) -> Entity:
        found = self.entities.get(name)
        return found or missing(_("There is no entity %(name)s.", name=f"“{name}”"), name, self.entities)

    def field(self, entity: str, name: str) -> Field:
        fields = self.entity(entity).fields
        said = _("%(entity)s has no field %(name)s.", entity=entity, name=name)
        return fields.get(name) or missing(said, name, fields)

    def lookups_to(self, entity: str) -> Sequence[Field]:
        """Every field of any entity whose value points to records of `entity`."""
        return self._pointing.get(entity, ())

    @cached_property
    def _pointing(self) -> Mapping[str, list[Field]]:
        """The lookups by the entities that they point to; gone through once, which of a wide design takes a while."""
        found: dict[str, list[Field]] = {}
        for each in self.entities.values():
            for item in each.fields.values():
                for target in dict.fromkeys(targets(item)):
                    found.setdefault(target, []).append(item)
        return found

    def views_of(self, entity: str) -> list[View]:
        return sorted((view for view in self.views.values() if view.entity == entity), key=_view_order)

    def templates_of(self, entity: str) -> list[Template]:
        found = (each for each in self.templates.values() if each.entity == entity)
        return sorted(found, key=lambda each: (each.order, each.name))

    def form_of(self, entity: str, purpose: str = "main") -> Form | None:
        return self._by_purpose.get((entity, purpose))

    @cached_property
    def _by_purpose(self) -> Mapping[tuple[str, str], Form]:
        """The first form of each purpose; a page asks several times, and a wide design has hundreds."""
        return {(each.entity, each.purpose): each for each in reversed([*self.forms.values()])}


def _view_order(view: View) -> tuple[bool, float, str]:
    return (not view.is_default, view.order, view.name)


def targets(item: Field) -> tuple[str, ...]:
    """The entities whose records the value of a field may point to."""
    return tuple(item.type.targets(item))


def find(table: Mapping[str, Any], name: str, noun: str) -> Any:
    """`table[name]`, or a refusal. noun: report, metric, dashboard, view or template."""
    nouns = {
        "report": _("report"),
        "metric": _("metric"),
        "dashboard": _("dashboard"),
        "view": _("view"),
        "template": _("template"),
    }
    found = table.get(name)
    return found or missing(_("There is no %(noun)s %(name)s.", noun=nouns[noun], name=name), name, table)


def missing(said: str, name: str, table: Mapping[str, Any]) -> Any:
    """Refuse a name that means nothing, with the near match."""
    raise NotFound(said + did_you_mean(near(name, table)))


def names(things: Iterable[Any]) -> list[str]:
    return [thing.name for thing in things]
