"""The registries that a workspace knows: which types a definition may name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sartor.platform.charts import ChartType, chart_types
from sartor.platform.definitions.plugins import Plugged, installed, join, named
from sartor.platform.fields import FieldType, field_types
from sartor.platform.fields.base import ColumnKind
from sartor.platform.registry import Registry
from sartor.platform.views import ViewType, view_types

Kept = Callable[[str, str], ColumnKind | None]
"""What a column of a table holds, by their physical names; nothing where there is no such column."""


def nowhere(table: str, column: str) -> ColumnKind | None:
    """Where there is no database to ask."""
    return None


@dataclass(frozen=True, slots=True)
class Extensions:
    """Sealed before the first definition is compiled. plugins: what brought the types that are not stock. kept: asked
    about the columns of fields whose type is not among these."""

    fields: Registry[FieldType]
    views: Registry[ViewType]
    charts: Registry[ChartType]
    plugins: tuple[Plugged, ...] = ()
    kept: Kept = nowhere

    @classmethod
    def stock(cls) -> Extensions:
        """The types that ship with the platform; plug-ins register into these before `seal`."""
        return cls(field_types(), view_types(), chart_types())

    @classmethod
    def installed(cls, left_out: str = "") -> Extensions:
        """Those, and what the plugins that are installed here bring. left_out: which to do without, as in the setting.

        :raises BrokenPlugin: naming the plugin, the reason, and how to start without it.
        """
        made = cls.stock()
        plugins = tuple(each for each in installed() if each.name not in named(left_out))
        join(plugins, made.registries)
        return replace(made, plugins=plugins)

    @property
    def registries(self) -> tuple[Registry, ...]:
        return self.fields, self.views, self.charts

    def seal(self) -> Extensions:
        for registry in self.registries:
            registry.seal()
        return self
