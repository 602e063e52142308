"""Keeps the list of packages in `setup.cfg` equal to the tree.

    python tools/packages.py --check    name what is missing or gone, exit 1 if anything is
    python tools/packages.py --write    put the list right

The packages are listed, not found, because each folder is mapped to a sub-package of `sartor`; a folder that
is not listed works in a checkout and is missing from the wheel.
"""

from __future__ import annotations

import argparse
import configparser
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("platform", "runtime", "builder", "plugins", "blueprints")
BETWEEN = re.compile(r"(?<=^packages =\n)(?:    .*\n)+", re.MULTILINE)


def in_the_tree(root: Path = ROOT) -> list[str]:
    """The five parts, and every folder in them that holds Python files."""
    found = {f"sartor.{part}" for part in PARTS if (root / part).is_dir() and any((root / part).iterdir())}
    for part in PARTS:
        for path in (root / part).rglob("*.py"):
            folder = path.parent.relative_to(root)
            if not {"node_modules", "__pycache__"} & set(folder.parts):
                found.add(".".join(("sartor", *folder.parts)))
    return sorted(found)


def option(name: str, root: Path = ROOT, section: str = "options") -> str:
    """One value of `setup.cfg`."""
    config = configparser.ConfigParser()
    config.read(root / "setup.cfg", encoding="utf-8")
    return config[section][name].strip()


def listed(root: Path = ROOT) -> list[str]:
    return option("packages", root).split()


def differences(root: Path = ROOT) -> list[str]:
    """One sentence for each package that is in the tree or in the list, but not in both."""
    tree, names = set(in_the_tree(root)), set(listed(root))
    missing = [f"setup.cfg does not list the package {name}" for name in sorted(tree - names)]
    return missing + [f"setup.cfg lists {name}, which is not in the tree" for name in sorted(names - tree)]


def write(root: Path = ROOT) -> None:
    path = root / "setup.cfg"
    lines = "".join(f"    {name}\n" for name in in_the_tree(root))
    path.write_text(BETWEEN.sub(lines, path.read_text(encoding="utf-8")), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--check", action="store_true", help="exit 1 if the list and the tree differ")
    choice.add_argument("--write", action="store_true", help="write the list")
    if parser.parse_args().write:
        write()
    found = differences()
    sys.stderr.writelines(f"{line}; run: python tools/packages.py --write\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
