"""The registries that a workspace knows: which types a definition may name."""

from __future__ import annotations

from dataclasses import dataclass

from sartor.platform.charts import ChartType, chart_types
from sartor.platform.fields import FieldType, field_types
from sartor.platform.registry import Registry
from sartor.platform.views import ViewType, view_types


@dataclass(frozen=True, slots=True)
class Extensions:
    """Sealed before the first definition is compiled."""

    fields: Registry[FieldType]
    views: Registry[ViewType]
    charts: Registry[ChartType]

    @classmethod
    def stock(cls) -> Extensions:
        """The types that ship with the platform; plug-ins register into these before `seal`."""
        return cls(field_types(), view_types(), chart_types())

    def seal(self) -> Extensions:
        for registry in (self.fields, self.views, self.charts):
            registry.seal()
        return self
