"""Chart types: one file each; see `base.py` for the contract."""

from sartor.platform.charts.base import ChartType
from sartor.platform.registry import Registry


def chart_types() -> Registry[ChartType]:
    """A fresh registry with every chart type of this package."""
    return Registry("chart type", ChartType).discover("sartor.platform.charts")
