"""A blueprint as a folder on disk, or as the files of one.

sales/blueprint.json                name, version, label, requires …
sales/<kinds>/<name>.json           its own definitions
sales/extends/<kinds>/<name>.json   what it adds to definitions of a required blueprint
sales/with/<other>/…                parts for when another blueprint is there too
sales/records/*.csv                 reference records; samples/*.csv: demo data
sales/scenarios/*.json              what it is to do, as examples; README.md: what it is. Both are carried along.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sartor.platform.definitions.documents import Document, canonical
from sartor.platform.definitions.json_text import strict_json
from sartor.platform.errors import BadRequest, InvalidDefinition, Problem
from sartor.platform.packaging.files.shape import FOLDERS, MANIFEST, OTHERS, README, SCENARIOS, TABLES, Blueprint, Parts
from sartor.platform.packaging.files.sums import Files, require_undamaged
from sartor.platform.text import did_you_mean, near
from sartor.platform.text import gettext as _

LARGEST = 2_000_000


def read_folder(folder: Path) -> Blueprint:
    """Read a blueprint.

    :raises InvalidDefinition: with every file that cannot be read or stands where nothing is expected.
    :raises BadRequest: for a file that is not what its checksum says.
    """
    if not (folder / MANIFEST).is_file():
        _refuse(_("%(folder)s holds no blueprint.json.", folder=folder.name), "missing")
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if _is_seen(path, folder)}
    files = {name: path for name, path in found.items() if path.suffix in (".json", ".csv") or name == README}
    if unread := list(_unread(sorted(found.keys() - files.keys()))):
        raise InvalidDefinition(_unreadable(folder.name), unread)
    too_large = sorted(name for name, path in files.items() if path.stat().st_size > LARGEST)
    if too_large:
        said = _("The file is larger than %(n)s bytes.", n=LARGEST)
        problems = [Problem("", "json", said, file=name) for name in too_large]
        raise InvalidDefinition(_unreadable(folder.name), problems)
    return read_files({name: path.read_bytes() for name, path in sorted(files.items())}, folder)


def _is_seen(path: Path, folder: Path) -> bool:
    """What is hidden is somebody's own, and so are the copies that editors leave."""
    inside = path.relative_to(folder)
    return path.is_file() and not any(part.startswith(".") for part in inside.parts) and not path.name.endswith("~")


def read_files(files: Files, folder: Path | None = None) -> Blueprint:
    """Read a blueprint from its files; the same errors as for a folder."""
    require_undamaged(files)
    manifest = _manifest(files)
    problems = [*_misplaced(files), *_unread(files)]
    own = _parts(files, "", problems)
    others = sorted({path.split("/")[1] for path in files if path.startswith("with/") and path.count("/") > 1})
    bridges = {name: _parts(files, f"with/{name}/", problems) for name in others}
    carried = dict(_carried(files, problems))
    tables = {name: dict(_tables(files, name, problems)) for name in TABLES}
    if problems:
        raise InvalidDefinition(_unreadable(folder.name if folder else str(manifest["name"])), problems)
    return Blueprint(manifest["name"], manifest, own, bridges, tables, carried, folder)


def _unreadable(name: str) -> str:
    return _("%(folder)s is not a blueprint that can be read.", folder=name)


def _manifest(files: Files) -> Mapping[str, Any]:
    try:
        manifest = strict_json(files.get(MANIFEST, b"null"))
    except BadRequest as error:
        raise InvalidDefinition(error.message, [_broken(error, MANIFEST)]) from None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("name"), str):
        _refuse(_("blueprint.json is an object with at least a name, a version and a label."), "type")
    return manifest


def _refuse(said: str, code: str) -> None:
    raise InvalidDefinition(said, [Problem("", code, said, file=MANIFEST)])


def _misplaced(files: Files) -> Iterator[Problem]:
    """Folders, of the blueprint or of one of its bridges, that hold nothing that is known."""
    known = set(FOLDERS.values()) | OTHERS
    tops = {path.partition("/")[0] for path in files if "/" in path}
    inner = {"/".join(path.split("/")[:3]) for path in files if path.startswith("with/") and path.count("/") > 2}
    for name in sorted({*tops, *inner}):
        last = name.rpartition("/")[2]
        if last not in known:
            guess = near(last, known)
            said = _("There is no kind of definition for the folder %(name)s.", name=last)
            yield Problem("", "folder", said + did_you_mean(guess), guess, name)


def _unread(names: Iterable[str]) -> Iterator[Problem]:
    """Files in a known folder that nobody would read: with another ending, or in a folder of their own."""
    for name in names:
        inner = name.split("/")
        inner = inner[2:] if inner[0] == "with" else inner
        inner = inner[1:] if inner[:1] == ["extends"] else inner
        folder = inner[0] if len(inner) > 1 else ""
        ending = ".csv" if folder in TABLES else ".json"
        if folder in {*FOLDERS.values(), SCENARIOS, *TABLES} and (len(inner) != 2 or not name.endswith(ending)):
            said = _(
                "This file is not read: in %(folder)s stand %(ending)s files, side by side.",
                folder=folder,
                ending=ending,
            )
            yield Problem("", "unread", said, file=name)


def _parts(files: Files, base: str, problems: list[Problem]) -> Parts:
    told: dict[str, str] = {}
    documents = dict(_read_kinds(files, base, told, problems))
    extends = dict(_read_kinds(files, f"{base}extends/", told, problems, prefix="extends:"))
    return Parts(documents, extends, told)


def _read_kinds(
    files: Files, base: str, told: dict[str, str], problems: list[Problem], prefix: str = ""
) -> Iterator[tuple[str, Document]]:
    for kind, name in FOLDERS.items():
        for path in _below(files, f"{base}{name}/", ".json"):
            key = f"{kind}/{_stem(path)}"
            told[prefix + key] = path
            document = _json(files, path, problems)
            if document is not None:
                yield key, document


def _below(files: Files, base: str, suffix: str) -> list[str]:
    """Paths right below a folder, in order."""
    return sorted(
        path for path in files if path.startswith(base) and path.endswith(suffix) and "/" not in path[len(base) :]
    )


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _json(files: Files, path: str, problems: list[Problem]) -> Document | None:
    try:
        document = strict_json(files[path])
    except BadRequest as error:
        problems.append(_broken(error, path))
        return None
    if isinstance(document, dict):
        return document
    problems.append(Problem("", "type", _("A definition is a JSON object."), file=path))
    return None


def _broken(error: BadRequest, path: str) -> Problem:
    """Why a file cannot be read, with the place in it as far as that is known."""
    return Problem(error.problems[0].field if error.problems else "", "json", error.message, file=path)


def _carried(files: Files, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    for path in _below(files, f"{SCENARIOS}/", ".json"):
        document = _json(files, path, problems)
        if document is not None:
            yield path, canonical(document)
    if README in files:
        yield README, _decoded(files[README], README, problems)


def _tables(files: Files, folder: str, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    for path in _below(files, f"{folder}/", ".csv"):
        yield _stem(path), _decoded(files[path], path, problems)


def _decoded(content: bytes, path: str, problems: list[Problem]) -> str:
    try:
        return content.decode("utf-8-sig" if path.endswith(".csv") else "utf-8")
    except UnicodeDecodeError:
        problems.append(Problem("", "text", _("The file is not written in UTF-8."), file=path))
        return ""
