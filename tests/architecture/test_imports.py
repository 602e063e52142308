"""Which part may import which. Read from the source itself, so it cannot drift."""

from __future__ import annotations

import sys
from graphlib import CycleError, TopologicalSorter

from sources import ROOT, Source, sources

GROUND = ("errors", "recent", "registry", "settings", "text", "unchanging", "work")
EXTENSIONS = ("fields", "actions", "triggers", "views", "charts", "ui")
# From the ground up: a storey imports itself and what lies below it.
STOREYS = (
    GROUND,
    ("model",),
    ("expressions",),
    EXTENSIONS,
    ("plugin",),
    ("definitions",),
    ("storage",),
    ("access",),
    ("query",),
    ("records",),
    ("templating",),
    ("publishing",),
    ("linting",),
    ("automation",),
    ("reporting",),
    ("workspace",),
    ("packaging",),
    ("founding",),
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
    return (module.split(".") + [""])[2]


def test_a_part_imports_only_itself_and_the_platform():
    found = [
        f"{source.name}:{line}: {source.part} may not import {module}"
        for source in sources()
        for line, module in targets(source)
        if module.split(".")[1] not in MAY_IMPORT[source.part]
    ]
    assert found == [], "put what both need into platform, or let them meet through the `sartor.modules` entry points"


def test_no_import_hides_in_a_function():
    found = [f"{source.name}:{one.line}: {one.module}" for source in sources() for one in source.imports if one.hidden]
    assert found == [], "move it to the top; if that makes a cycle, move what both need one storey down"


def test_imports_are_written_from_sartor_on():
    found = [
        f"{source.name}:{one.line}: {'.' * one.level}{one.module}"
        for source in sources()
        for one in source.imports
        if one.level or (one.module.split(".")[0] in MAY_IMPORT and one.module not in sys.stdlib_module_names)
    ]
    assert found == [], "write the import from `sartor.` on"


def test_every_room_of_the_platform_lies_on_a_storey():
    rooms = {room(module) for module, source in MODULES.items() if source.part == "platform"}
    assert rooms <= set(HEIGHT), "say in STOREYS (above) on which storey it lies"


def test_the_platform_imports_downwards():
    found = [
        f"{source.name}:{line}: {room(source.module)} lies below {module}"
        for source in sources()
        if source.part == "platform"
        for line, module in targets(source)
        if HEIGHT.get(room(module), len(STOREYS)) > HEIGHT[room(source.module)]
    ]
    assert found == [], "pass what is needed as an argument (a protocol), or move the shared part down"


def test_the_platform_knows_no_web_server_no_broker_and_no_chart_library():
    found = [
        f"{source.name}:{one.line}: {one.module}"
        for source in sources()
        if source.part == "platform"
        for one in source.imports
        if one.module.split(".")[0] in NEVER_IN_PLATFORM
    ]
    assert found == [], "that belongs to runtime"


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
