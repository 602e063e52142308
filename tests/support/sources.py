"""The project's own source, parsed once, for the tests that read it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PARTS = ("platform", "runtime", "builder", "plugins")
SKIPPED = {"node_modules", "__pycache__", "built"}


@dataclass(frozen=True)
class Import:
    """One imported module: its full dotted name as the statement gives it, where, and whether a function hides it."""

    module: str
    names: tuple[str, ...]
    line: int
    level: int
    hidden: bool


class Source:
    """One Python file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = str(path.relative_to(ROOT))
        self.part = path.relative_to(ROOT).parts[0]
        self.text = path.read_text(encoding="utf-8")

    @property
    def module(self) -> str:
        """`sartor.platform.fields.text`; a package is named without its `__init__`."""
        parts = list(self.path.relative_to(ROOT).with_suffix("").parts)
        return ".".join(["sartor", *(parts[:-1] if parts[-1] == "__init__" else parts)])

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.name)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    @cached_property
    def imports(self) -> list[Import]:
        hidden = {
            id(inner)
            for outer in self.nodes
            if isinstance(outer, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            for inner in ast.walk(outer)
        }
        return [
            found
            for node in self.nodes
            if isinstance(node, (ast.Import, ast.ImportFrom))
            for found in _imports(node, id(node) in hidden)
        ]

    def matches(self, *patterns: str) -> bool:
        return any(fnmatch(self.name, pattern) for pattern in patterns)

    def where(self, node: ast.AST) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 1)}"

    def __repr__(self) -> str:
        return self.name


def _imports(node: ast.Import | ast.ImportFrom, hidden: bool) -> Iterator[Import]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield Import(alias.name, (), node.lineno, 0, hidden)
    else:
        names = tuple(alias.name for alias in node.names)
        yield Import(node.module or "", names, node.lineno, node.level, hidden)


def files(*suffixes: str, parts: tuple[str, ...] = PARTS) -> list[Path]:
    """Files of our own with one of these endings, sorted."""
    found = (path for part in parts for path in (ROOT / part).rglob("*") if path.suffix in suffixes)
    return sorted(path for path in found if not SKIPPED & set(path.parts) and path.is_file())


@lru_cache
def sources() -> list[Source]:
    """Every Python file of the product."""
    return [Source(path) for path in files(".py")]


def dotted(node: ast.AST) -> str:
    """`sa.text` for the expression that reads so; empty for anything that is no chain of names."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := dotted(node.value)):
        return f"{before}.{node.attr}"
    return ""


def calls(source: Source) -> Iterator[ast.Call]:
    return (node for node in source.nodes if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    """The last name of what is called: `execute` in `connection.begin().execute(…)`."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else dotted(call.func)
