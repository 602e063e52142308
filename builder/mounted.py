"""The builder with all its routes: every module of `pages` puts its own on the blueprint, and is named nowhere else."""

from importlib import import_module
from pkgutil import iter_modules

from sartor.builder import builder, pages

MODULES = tuple(import_module(f"{pages.__name__}.{each.name}") for each in iter_modules(pages.__path__))

__all__ = ["MODULES", "builder"]
