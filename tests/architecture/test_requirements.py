"""Other people's packages: what is declared is used, what is used is declared, and all of it is pinned."""

from __future__ import annotations

import importlib.metadata
import json
import re
import sys
from functools import lru_cache

import packages
from sources import ROOT, Source, files, sources

OURS = {"sartor", "__future__", "_typeshed", *sys.stdlib_module_names}
BY_NAME = re.compile(r"(?:import_module|importorskip|find_spec)\(\s*[\"']([a-z]\w*)")
NEVER_IMPORTED = {
    "granian": "the web server: a program that `sartor web` starts",
    "tzdata": "the time zones that Python's own zoneinfo reads where the system has none",
}
NEVER_IMPORTED_BY_TESTS = {
    "celery": "declared for what its extra brings",
    "mypy": "a program that `make check` starts",
    "pytest-rerunfailures": "gives a browser on a busy machine a second chance",
    "pytest-xdist": "spreads the tests over the processors",
    "ruff": "a program that `make check` starts",
}
BROUGHT_BY_EXTRAS = {"redis"}
"""`celery[redis]` knows which versions of the client it can work with."""

NEVER_NAMED = {
    "@types/node": "the types of the scripts that build",
    "@types/sortablejs": "the types of sortablejs",
    "typescript": "a program that `npm run check` starts",
}


def canonical(name: str) -> str:
    """A distribution's name in the form in which PyPI compares them."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(name: str = "install_requires", section: str = "options") -> set[str]:
    lines = packages.option(name, section=section).splitlines()
    return {canonical(re.split(r"[\[<>=~! ;]", line)[0]) for line in lines if not line.startswith("%")}


def for_tests() -> set[str]:
    extras = "options.extras_require"
    return declared("test", extras) | declared("redis", extras)


def imported(found: list[Source]) -> dict[str, str]:
    """Other people's top-level packages that these files import, each with a place."""
    places = [
        (statement.module.split(".")[0], f"{source.name}:{statement.line}")
        for source in found
        for statement in source.imports
    ]
    places += [(top, source.name) for source in found for top in BY_NAME.findall(source.text) if top in owners()]
    return {top: place for top, place in reversed(places) if top and top not in OURS}


@lru_cache
def owners() -> dict[str, set[str]]:
    """The distributions that a top-level package comes from."""
    found = importlib.metadata.packages_distributions()
    return {top: {canonical(name) for name in names} for top, names in found.items()}


def own_tests() -> list[Source]:
    return [Source(path) for path in files(".py", parts=("tests", "tools"))]


def undeclared(found: list[Source], known: set[str]) -> list[str]:
    ours = {path.stem for path in files(".py", parts=("tests", "tools"))} | {
        path.parent.name for path in files(".py", parts=("tests", "tools"))
    }
    return [
        f"{place}: {top}"
        for top, place in imported(found).items()
        if top not in ours and not known & owners().get(top, {canonical(top)})
    ]


def unused(found: list[Source], known: set[str], excepted: dict[str, str]) -> set[str]:
    names = {name for top in imported(found) for name in owners().get(top, ())}
    return known - names - set(excepted)


def test_what_the_product_imports_is_declared():
    found = undeclared(sources(), declared())
    assert found == [], "declare it among install_requires in setup.cfg and pin it in constraints.txt, or do without"


def test_what_the_product_declares_is_imported():
    assert unused(sources(), declared(), NEVER_IMPORTED) == set(), "take it out of install_requires in setup.cfg"


def test_what_tests_import_is_declared():
    found = undeclared(own_tests(), declared() | for_tests() | BROUGHT_BY_EXTRAS)
    assert found == [], "declare it in the extra `test` in setup.cfg"


def test_what_is_declared_for_tests_is_imported():
    found = unused(own_tests(), for_tests(), NEVER_IMPORTED_BY_TESTS)
    assert found == set(), "take it out of the extra `test` in setup.cfg"


def test_the_exceptions_are_declared_and_nothing_imports_them():
    assert set(NEVER_IMPORTED) <= declared()
    assert unused(sources(), set(NEVER_IMPORTED), {}) == set(NEVER_IMPORTED)
    assert set(NEVER_IMPORTED_BY_TESTS) <= for_tests()


def test_what_is_declared_is_pinned():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {canonical(line.partition("==")[0]) for line in lines if "==" in line}
    assert declared() | for_tests() <= pinned, "pin it in constraints.txt"


def npm(*names: str) -> set[str]:
    manifest = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    return {package for name in names for package in manifest[name]}


def test_every_npm_package_is_named_in_a_file():
    found = files(".ts", ".mjs", parts=("platform", "runtime", "builder", "plugins"))
    found += [*files(".py", parts=("tests/support",)), ROOT / "vitest.config.ts"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in found)
    listed = npm("dependencies", "devDependencies")
    named = {package for package in listed if re.search(rf"[\"'/]{re.escape(package)}[\"'/]", text)}
    assert listed - named == set(NEVER_NAMED), "take it out of package.json"


def test_the_npm_lock_holds_no_addresses():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    addressed = [name for name, entry in lock["packages"].items() if "resolved" in entry]
    assert addressed == [], "run npm with the project's .npmrc (omit-lockfile-registry-resolved=true)"
