"""Blueprints as files: a selection written with everything it needs, and a file brought in with a choice for each
name that is taken. A file travels in JSON as base64, so that everything else about it is said beside it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Response

from sartor.platform.errors import BadRequest
from sartor.platform.packaging.archive import packed, unpacked
from sartor.platform.packaging.comparing import selecting
from sartor.platform.packaging.folder import Blueprint
from sartor.platform.packaging.importing import CHOICES, Collides, import_plan
from sartor.platform.packaging.install import exported
from sartor.platform.packaging.samples import SampleLoader
from sartor.platform.text import gettext as _
from sartor.runtime.answers import answer, sent_as
from sartor.runtime.api import api
from sartor.runtime.api.asking import asked
from sartor.runtime.api.designing import CONFIRM, NOTE, design, plan_json, publication, publisher
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.packages import DONE, LEVELS
from sartor.runtime.api.parameters import DRY_RUN
from sartor.runtime.api.shapes import PLAN, TEXT, closed
from sartor.runtime.gate import context, serving, workspace

KEYS = {"type": "array", "items": {**TEXT, "maxLength": 200}, "maxItems": 5000}
LABEL = {"description": "A text in one language, or in English and Chinese.", "type": ["string", "object"]}
SELECTION = closed(
    {
        "name": {**TEXT, "pattern": "^[a-z][a-z0-9_]{0,39}$", "description": "Of the blueprint that it becomes."},
        "version": {**TEXT, "pattern": "^[0-9]{1,9}\\.[0-9]{1,9}\\.[0-9]{1,9}$", "default": "1.0.0"},
        "label": LABEL,
        "keys": {**KEYS, "minItems": 1, "description": "Definitions; what they need comes along."},
        "forms": {"type": "boolean", "default": True, "description": "With the forms of every entity in it."},
    },
    "name", "label", "keys",
)  # fmt: skip
FILE = closed(
    {
        "name": TEXT,
        "file": {**TEXT, "contentEncoding": "base64", "description": "A zip; the same definitions, the same bytes."},
        "checksum": {**TEXT, "description": "SHA-256 of the file."},
        "definitions": {**KEYS, "description": "What is in it."},
        "needed": {**KEYS, "description": "What came along because something needs it."},
        "requires": {"type": "object", "additionalProperties": TEXT, "description": "Blueprints that must be there."},
        "left": {**KEYS, "description": "Changes of required definitions that a file cannot carry: they only add."},
    },
    "name", "file", "checksum", "definitions",
)  # fmt: skip
SENT = closed(
    {
        "file": {**TEXT, "contentEncoding": "base64"},
        "choices": {
            "type": "object",
            "additionalProperties": {"enum": list(CHOICES)},
            "description": "By definition, `*` for all others: keep what is there, replace it, merge (add what it "
            "lacks), or both (under another name).",
        },
        "level": {"enum": list(LEVELS), "description": "Of a blueprint that is new here."},
        "sample_data": {"type": "boolean", "default": False, "description": "With the sample records in the file."},
        "note": NOTE,
        "confirm": CONFIRM,
    },
    "file",
)  # fmt: skip

TAKEN = closed({"taken": {**KEYS, "description": "Definitions for which a choice is needed."}}, "taken")


@endpoint(api, "POST", "/blueprint-files/export", design, Says(body=SELECTION, answer=FILE))
def export_selection() -> Response:
    """Definitions of one's choice with everything they need, as a blueprint in one file."""
    body = sent_as(SELECTION)
    found = selecting(workspace()).select(body["keys"], forms=body.get("forms", True))
    manifest: dict[str, Any] = {"name": body["name"], "version": body.get("version", "1.0.0"), "label": body["label"]}
    if found.requires:
        manifest["requires"] = dict(found.requires)
    said = {"needed": list(found.needed), "requires": dict(found.requires), "left": list(found.left)}
    keys = sorted(found.parts.documents.keys() | found.parts.extends.keys())
    return _file(f"{body['name']}.zip", packed(manifest, found.parts), keys, **said)


@endpoint(api, "GET", "/blueprints/<name>/file", design, Says(answer=FILE))
def export_blueprint_file(name: str) -> Response:
    """An installed blueprint, as it stands in this workspace, as one file."""
    manifest, parts = exported(serving().design.documents, name)
    keys = sorted(parts.documents.keys() | parts.extends.keys())
    return _file(f"{name}.zip", packed(manifest, parts), keys)


def _file(name: str, data: bytes, keys: list[str], **more: Any) -> Response:
    checksum = hashlib.sha256(data).hexdigest()
    text = base64.b64encode(data).decode()
    return answer({"name": name, "file": text, "checksum": checksum, "definitions": keys, **more})


@endpoint(
    api, "POST", "/blueprint-files/import", design,
    Says(query=(DRY_RUN,), body=SENT, answer={"anyOf": [DONE, PLAN, TAKEN]}, status=201),
)  # fmt: skip
def import_blueprint_file() -> Response:
    """Bring a blueprint file in; with `dry_run`, only the plan, or the names that are taken and lack a choice. Without
    `dry_run` those are refused."""
    body = sent_as(SENT)
    samples = body.get("sample_data", False)
    if samples:
        context().access.require_ability("migrate")
    with _read(body["file"]) as blueprint:
        if asked()["dry_run"] == "true":
            return _tried(blueprint, body)
        plan = import_plan(workspace(), blueprint, body.get("choices"), body.get("level"))
        revision = publisher().apply(plan, publication({"note": f"Brought in {blueprint.name}"} | body))
        made = SampleLoader(workspace()).load([blueprint]) if samples else 0
    return answer({"revision": revision, "blueprints": [blueprint.name], "samples": made}, 201)


def _tried(blueprint: Blueprint, body: dict[str, Any]) -> Response:
    try:
        plan = import_plan(workspace(), blueprint, body.get("choices"), body.get("level"))
    except Collides as error:
        return answer({"taken": [each.file for each in error.problems]})
    return answer(plan_json(plan))


@contextmanager
def _read(text: str) -> Iterator[Blueprint]:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadRequest(_("The file is not base64.")) from None
    with TemporaryDirectory() as folder:
        yield unpacked(data, Path(folder))
