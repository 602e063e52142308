"""The linter: what holds together and is still not right, each with a code, a place and, where that is safe, a fix."""

from sartor.platform.linting.base import Rule
from sartor.platform.registry import Registry


def lint_rules() -> Registry[Rule]:
    """A fresh registry with every rule of this package."""
    return Registry("lint rule", Rule).discover("sartor.platform.linting.rules")
