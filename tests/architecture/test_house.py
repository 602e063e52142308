"""The house is kept: no huge file, nothing unfinished, nothing of one machine or another project."""

from __future__ import annotations

import ast
import re
import subprocess

from sources import ROOT, files, sources

LONGEST = 400
# Files that may be longer, each with the reason.
LONG: dict[str, str] = {}

# Spelled apart, so that this file does not hold what it looks for.
MACHINE = re.compile(
    "|".join((r"/wo" + r"rk/", r"/ro" + r"ot/", r"/ho" + r"me/\w", r"//regis" + r"try\.", r'"resolved": *"ht' + "tp"))
)
UNFINISHED = re.compile(
    r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK", "raise NotImplemented" + "Error")) + r")\b"
)
SILENCED = re.compile(r"#\s*no" + r"qa|type:\s*ig" + r"nore(?!\[)")


def test_files_stay_readable():
    lengths = {source.name: source.text.count("\n") for source in sources()}
    found = [f"{name}: {lines} lines" for name, lines in lengths.items() if lines > LONGEST and name not in LONG]
    assert found == [], "split it by concern"


def test_every_module_says_what_it_is():
    found = [source.name for source in sources() if source.tree.body and not ast.get_docstring(source.tree)]
    assert found == [], "start it with a docstring"


def committed() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name and not (ROOT / name).is_symlink()]


def lines_with(pattern: re.Pattern[str], names: list[str]) -> list[str]:
    found = []
    for name in names:
        path = ROOT / name
        if path.is_file():
            for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
                if pattern.search(line):
                    found.append(f"{name}:{number}")
    return found


def test_nothing_names_a_machine_or_a_registry():
    assert lines_with(MACHINE, committed()) == [], "write paths from the repository's root, packages by name"


def test_nothing_is_left_unfinished():
    code = [str(path.relative_to(ROOT)) for path in files(".py", ".ts", ".html", ".css", ".mjs")]
    assert lines_with(UNFINISHED, code) == [], "finish it or leave it out"


def test_no_check_is_silenced():
    code = [str(path.relative_to(ROOT)) for path in files(".py")]
    assert lines_with(SILENCED, code) == [], (
        "change the code so that the check agrees (or name the one error of mypy that is wrong, in brackets)"
    )


def test_test_folders_are_no_packages():
    assert list((ROOT / "tests").rglob("__init__.py")) == [], "tests/platform would hide Python's own module; delete it"


def test_texts_with_a_number_stand_where_they_are_asked_for():
    calls = [(source.name, node) for source in sources() for node in source.nodes if _is_counting(node)]
    found = [
        f"{name}:{node.lineno}" for name, node in calls if not all(isinstance(a, ast.Constant) for a in node.args[:2])
    ]
    assert found == [], "write both texts into the call: the catalogue is made of what stands there"


def _is_counting(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "ngettext"
