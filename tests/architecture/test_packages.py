"""What `setup.cfg` says about the tree, and about other people's packages, is true."""

from __future__ import annotations

import importlib.metadata
import json
import re
import subprocess
import sys

import packages
from sources import ROOT, sources

SOURCES_OF_CATALOGUES = {"cfg", "po", "pot"}


def declared() -> set[str]:
    """Names of the distributions that Sartor itself needs, in the form in which PyPI compares them."""
    lines = packages.option("install_requires").splitlines()
    return {canonical(re.split(r"[\[<>=~! ;]", line)[0]) for line in lines}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_package_is_listed():
    assert packages.differences() == [], "run: python tools/packages.py --write"


def imported() -> dict[str, str]:
    """Other people's top-level packages that the product imports, each with the first place."""
    ours = {"sartor", "__future__", *sys.stdlib_module_names}
    places = [
        (statement.module.split(".")[0], f"{source.name}:{statement.line}")
        for source in sources()
        for statement in source.imports
    ]
    return {top: place for top, place in reversed(places) if top not in ours}


def test_what_is_imported_is_declared():
    owners = importlib.metadata.packages_distributions()
    known = declared()
    found = [
        f"{place}: {top}"
        for top, place in imported().items()
        if not known & {canonical(name) for name in owners.get(top, [top])}
    ]
    assert found == [], "declare it among install_requires in setup.cfg and pin it in constraints.txt, or do without"


def test_what_is_declared_is_pinned():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {canonical(line.partition("==")[0]) for line in lines if "==" in line}
    assert declared() <= pinned, "pin it in constraints.txt"


def test_the_npm_lock_holds_no_addresses():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    addressed = [name for name, entry in lock["packages"].items() if "resolved" in entry]
    assert addressed == [], "run npm with the project's .npmrc (omit-lockfile-registry-resolved=true)"


def test_every_data_file_reaches_the_wheel():
    patterns = packages.option("*", section="options.package_data").split()
    endings = {pattern.rpartition(".")[2] for pattern in patterns if "/*." in pattern} | {"py"}
    listed = subprocess.run(
        ["git", "ls-files", "-z", *packages.PARTS], cwd=ROOT, capture_output=True, text=True, check=True
    )
    shipped = (name for name in listed.stdout.split("\0") if name and not {"frontend", "static"} & set(name.split("/")))
    left_out = {name for name in shipped if name.rpartition(".")[2] not in endings | SOURCES_OF_CATALOGUES}
    assert left_out == set(), "name the ending under [options.package_data] in setup.cfg"
