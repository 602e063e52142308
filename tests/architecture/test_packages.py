"""What `setup.cfg` says about the tree is true."""

from __future__ import annotations

import subprocess
from pathlib import Path

import packages
from sources import ROOT

SOURCES_OF_CATALOGUES = {"cfg", "po", "pot"}


def test_every_package_is_listed():
    assert packages.differences() == [], "run: python tools/packages.py --write"


def test_every_data_file_reaches_the_wheel():
    patterns = packages.option("*", section="options.package_data").split()
    endings = {pattern.rpartition(".")[2] for pattern in patterns if "/*." in pattern} | {"py"}
    listed = subprocess.run(
        ["git", "ls-files", "-z", *packages.PARTS], cwd=ROOT, capture_output=True, text=True, check=True
    )
    shipped = (name for name in listed.stdout.split("\0") if name and not {"frontend", "static"} & set(name.split("/")))
    left_out = {name for name in shipped if name.rpartition(".")[2] not in endings | SOURCES_OF_CATALOGUES}
    assert left_out == set(), "name the ending under [options.package_data] in setup.cfg"


def shipped() -> set[Path]:
    """The data files that the patterns in `setup.cfg` find in the packages listed there."""
    patterns = packages.option("*", section="options.package_data").split()
    folders = {ROOT / name.removeprefix("sartor.").replace(".", "/") for name in packages.listed()}
    return {path for folder in folders for pattern in patterns for path in folder.glob(pattern)}


def test_the_built_front_end_and_the_catalogues_reach_the_wheel():
    built, locale = ROOT / "platform" / "ui" / "static" / "built", ROOT / "platform" / "ui" / "locale"
    catalogues = {*locale.rglob("*.mo"), *(ROOT / "plugins").rglob("*.mo")}
    needed = {path for path in built.rglob("*") if path.is_file()} | catalogues
    assert {"manifest.json", "sartor.mo"} <= {path.name for path in needed}
    assert needed - shipped() == set()
