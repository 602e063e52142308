"""View types: one file each; see `base.py` for the contract."""

from sartor.platform.registry import Registry
from sartor.platform.views.base import ViewType


def view_types() -> Registry[ViewType]:
    """A fresh registry with every view type of this package."""
    return Registry("view type", ViewType).discover("sartor.platform.views")
