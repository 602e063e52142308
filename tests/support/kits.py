"""Small blueprints in two versions, for designs by chance: one by itself, one that adds to it, and one whose names are
likely to be taken."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from sartor.platform.definitions.documents import canonical
from sartor.platform.packaging.files.folder import read_files
from sartor.platform.packaging.files.shape import Blueprint

Files = Mapping[str, Any]


def _field(kind: str, mark: str, order: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "label": {"en": mark, "zh": mark}, "order": order, "help": f"kit {mark}", **more}


def _head(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "version": "1.0.0", "label": {"en": name, "zh": name}, "languages": ["en", "zh"], **more}


KIT: Files = {
    "blueprint.json": _head("kit"),
    "entities/kit.json": {
        "label": {"en": "Kit", "zh": "套件"}, "title": "name", "description": "kit entity",
        "fields": {
            "name": _field("text", "name", 1, required=True),
            "size": _field("text", "size", 2),
            "price": _field("decimal", "price", 3),
            "colour": _field("choice", "colour", 4, options={"set": "kit_colours"}),
            "later": _field("integer", "later", 5, level="L2"),
            "twice": _field("formula", "twice", 6, formula="price * 2", options={"result": {"type": "decimal"}}),
        },
    },
    "options/kit_colours.json": {"label": "Colours", "choices": {
        "red": {"label": "Red", "order": 1}, "grey": {"label": "Grey", "order": 2}}},
    "views/kit.all.json": {"label": "Kits", "entity": "kit", "type": "list", "filter": "size is not blank",
                           "columns": {"name": {"order": 1}, "price": {"order": 2}}},
    "forms/kit.main.json": {"label": "Kit", "entity": "kit", "sections": {
        "basics": {"label": "Basics", "fields": {"name": {"order": 1}, "size": {"order": 2}}}}},
    "metrics/kits.json": {"label": "Kits", "definition": "Counted.", "entity": "kit", "measure": "count()"},
    "records/kit.csv": "key,name,size,price,colour\nk1,Hammer,12,3.5,red\nk2,Saw,large,4,grey\n",
    "samples/kit.csv": "key,name,size,colour\ns1,Sample,7,grey\n",
}  # fmt: skip
MORE: Files = {
    "blueprint.json": _head("more", requires={"kit": ">=1"}),
    "entities/use.json": {
        "label": {"en": "Use", "zh": "用途"}, "title": "what", "description": "kit use",
        "fields": {
            "what": _field("text", "what", 1),
            "kit": _field("lookup", "kit", 2, options={"entity": "kit"}),
        },
    },
    "extends/entities/kit.json": {"fields": {
        "uses": _field("rollup", "uses", 20, options={"over": "use", "by": "kit", "function": "count"}),
        "note": _field("text", "note", 21)}},
    "extends/views/kit.all.json": {"columns": {"uses": {"order": 20}}},
}  # fmt: skip
TWIN: Files = {
    "blueprint.json": _head("twin"),
    "entities/alpha.json": {
        "label": {"en": "Twin", "zh": "孪生"}, "title": "name", "description": "kit twin",
        "fields": {"name": _field("text", "twin name", 1), "beta": _field("date", "twin beta", 2)},
    },
    "views/alpha.all.json": {"label": "Twins", "entity": "alpha", "type": "list", "columns": {"name": {"order": 1}}},
    "reports/things.json": {"label": "Twins", "chart": "table", "entity": "alpha", "dimensions": {"beta": {"order": 1}},
                            "measures": {"it": {"metric": "twins"}}},
    "metrics/twins.json": {"label": "Twins", "definition": "Counted.", "entity": "alpha", "measure": "count()"},
}  # fmt: skip


def _second(files: Files) -> dict[str, Any]:
    """Version 2: labels are others; fields come, go, and get another type or name; so does a choice."""
    made = deepcopy(dict(files))
    made["blueprint.json"]["version"] = "2.0.0"
    for path, document in made.items():
        if path.startswith("entities/"):
            document["label"] = {"en": "Second", "zh": "第二"}
            document["fields"]["added"] = _field("date", f"added to {path}", 30)
    if "entities/kit.json" in made:
        fields = made["entities/kit.json"]["fields"]
        fields["size"] |= {"type": "integer"}
        fields.pop("price")
        fields["cost"] = _field("decimal", "cost", 3)
        fields["twice"]["formula"] = "cost * 3"
        fields.pop("later")
        made["views/kit.all.json"]["columns"] = {"name": {"order": 1}, "cost": {"order": 2}, "added": {"order": 3}}
        fields["tint"] = fields.pop("colour") | {"formerly": ["colour"]}
        choices = made["options/kit_colours.json"]["choices"]
        choices["blue"] = {"label": "Blue", "order": 3}
        choices["gray"] = choices.pop("grey") | {"formerly": ["grey"]}
        made["samples/kit.csv"] = "key,name,size,tint\ns1,Sample,7,gray\n"
        made["records/kit.csv"] = "key,name,size,cost,tint\nk1,Hammer,12,3.5,gray\nk3,Drill,5,9,blue\n"
    if "extends/entities/kit.json" in made:
        made["extends/entities/kit.json"]["fields"]["note"] = _field("long_text", "note", 22)
    return made


def _blueprint(files: Files) -> Blueprint:
    texts = {path: each if isinstance(each, str) else canonical(each) for path, each in files.items()}
    return read_files({path: text.encode() for path, text in texts.items()})


KITS: Mapping[str, tuple[Blueprint, Blueprint]] = {
    name: (_blueprint(files), _blueprint(_second(files)))
    for name, files in (("kit", KIT), ("more", MORE), ("twin", TWIN))
}
"""Both versions of each, by name."""
