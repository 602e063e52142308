"""Which part may import which. Read from the source itself, so it cannot drift."""

from __future__ import annotations

import sys
from graphlib import CycleError, TopologicalSorter

import pytest
from sources import ROOT, Source, sources

GROUND = ("errors", "registry", "settings", "text", "work")
EXTENSIONS = ("fields", "actions", "triggers", "views", "charts", "ui")
# From the ground up: a storey imports itself and what lies below it.
STOREYS = (
    GROUND,
    ("model",),
    ("expressions",),
    EXTENSIONS,
    ("definitions",),
    ("storage",),
    ("access",),
    ("query",),
    ("records",),
    ("publishing",),
    ("automation",),
    ("reporting",),
    ("packaging",),
)
HEIGHT = {room: height for height, rooms in enumerate(STOREYS) for room in rooms}
MAY_IMPORT = {
    "platform": {"platform"},
    "runtime": {"runtime", "platform"},
    "builder": {"builder", "platform"},
    "plugins": {"plugins", "platform"},
}
# The engine runs without a web server, without a broker and without a chart library.
NEVER_IN_PLATFORM = {"flask", "werkzeug", "celery", "kombu", "granian", "plotly"}
MODULES = {source.module: source for source in sources()}

every_source = pytest.mark.parametrize("source", sources(), ids=repr)


def targets(source: Source) -> list[tuple[int, str]]:
    """(line, module) for everything of ours that a file imports; `from package import module` names the module."""
    found = []
    for statement in source.imports:
        if statement.module.split(".")[0] == "sartor":
            inner = [f"{statement.module}.{name}" for name in statement.names]
            modules = [name for name in inner if name in MODULES]
            whole = [statement.module] if len(modules) < len(inner) or not inner else []
            found += [(statement.line, module) for module in modules + whole]
    return found


def room(module: str) -> str:
    """`fields` for `sartor.platform.fields.text`."""
    return module.split(".")[2]


@every_source
def test_a_part_imports_only_itself_and_the_platform(source):
    for line, module in targets(source):
        part = module.split(".")[1]
        assert part in MAY_IMPORT[source.part], (
            f"{source.name}:{line}: {source.part} may not import {module}; "
            "put what both need into platform, or let them meet through the `sartor.modules` entry points"
        )


@every_source
def test_imports_are_absolute_and_at_the_top(source):
    for statement in source.imports:
        assert statement.level == 0, f"{source.name}:{statement.line}: write the import from `sartor.` on"
        assert not statement.hidden, (
            f"{source.name}:{statement.line}: the import of {statement.module} hides in a function; move it to the "
            "top, and if that makes a cycle, move what both need one storey down"
        )
        assert statement.module.split(".")[0] not in MAY_IMPORT or statement.module in sys.stdlib_module_names, (
            f"{source.name}:{statement.line}: import sartor.{statement.module}, not {statement.module}"
        )


@pytest.mark.parametrize("source", [one for one in sources() if one.part == "platform"], ids=repr)
def test_the_platform_imports_downwards(source):
    own = room(source.module)
    assert own in HEIGHT, f"{source.name}: say in STOREYS (tests/architecture/test_imports.py) on which storey it lies"
    for line, module in targets(source):
        above = HEIGHT.get(room(module), len(STOREYS)) > HEIGHT[own]
        assert not above, (
            f"{source.name}:{line}: {own} lies below {room(module)} and may not import {module}; "
            "pass what is needed as an argument (a protocol), or move the shared part down"
        )
    for statement in source.imports:
        top = statement.module.split(".")[0]
        assert top not in NEVER_IN_PLATFORM, (
            f"{source.name}:{statement.line}: the platform may not know about {top}; that belongs to runtime"
        )


def test_no_import_goes_in_a_circle():
    graph = {name: {module for _, module in targets(source)} - {name} for name, source in MODULES.items()}
    circle = first_circle(graph)
    assert not circle, f"{' -> '.join(circle)}: move what two of them share into a module that imports neither"


def first_circle(graph: dict[str, set[str]]) -> list[str]:
    """One path that ends where it began, or nothing."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1][::-1]
    return []


def test_a_circle_is_found():
    circle = first_circle({"a": {"b"}, "b": {"c"}, "c": {"b"}})
    assert circle[0] == circle[-1]
    assert set(circle) == {"b", "c"}


def test_a_tree_has_no_circle():
    assert first_circle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_the_standard_library_keeps_its_platform_module():
    assert not (ROOT / "platform" / "__init__.py").exists(), (
        "with platform/__init__.py, `python -m pytest`, `-m flask` and `-m celery` import the folder in place of "
        "Python's own module from the root of the repository, and crash; delete it"
    )


def test_the_links_for_type_checkers_lead_to_the_folders():
    for part in ("platform", "runtime", "builder", "plugins", "blueprints"):
        link = ROOT / ".typing" / "sartor" / part
        assert link.is_symlink(), f"make the link .typing/sartor/{part} -> ../../{part}"
        assert link.resolve() == ROOT / part
