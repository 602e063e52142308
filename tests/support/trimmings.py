"""Edits by chance of what stands around the fields: pipelines, papers, mails, dashboards, menus, short forms, and one
thing in the place of another. `EVERY` has those of fields as well."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from tailor import EDITS, NAMES, Changes, Edit, Tailor, keyed
from worlds import COMPILER

from sartor.platform.definitions.documents import Documents, of_kind
from sartor.platform.errors import Conflict
from sartor.platform.publishing.names.renaming import Rename, renamed
from sartor.platform.publishing.uses.replacing import replaced
from sartor.platform.publishing.uses.retiring import without
from sartor.platform.publishing.uses.succeeding import succeeded, without_entry

STAGES = ("new", "old", "gone", "more", "red")


def take_out_key(tailor: Tailor, documents: Documents) -> Changes:
    """A choice or a stage; most times another one takes over its records."""
    key, field, names = tailor.chance.choice(keyed(tailor, documents))
    if len(names) < 2:
        return {}
    old, heir = tailor.chance.sample(names, 2)
    with suppress(Conflict):
        if tailor.chance.random() < 0.7:
            return dict(succeeded(documents, COMPILER.kinds, Rename(key, heir, field, old)))
        return dict(without_entry(documents, Rename(key, old, field, old)))
    return {}


def change_pipeline(tailor: Tailor, documents: Documents) -> Changes:
    """One more stage, or what a stage or a move asks for and does."""
    key = tailor.some_of("pipeline", documents)
    if key is None:
        return {}
    document = tailor.document(documents, key)
    entity, stages = document["entity"], document["stages"]
    free = [each for each in STAGES if each not in stages]
    stage = stages[tailor.chance.choice(list(stages))]
    what = tailor.chance.choice(("add", "first", "dwell_limit", "to_leave", "transitions"))
    if what == "add" and free:
        stages[tailor.chance.choice(free)] = {"label": tailor.mark(), "order": tailor.chance.randint(1, 9)}
    elif what == "first":
        document["first"] = tailor.chance.choice(list(stages))
    elif what == "dwell_limit":
        stage["dwell_limit"] = tailor.chance.randint(1, 90)
    elif what == "to_leave":
        stage["to_leave"] = {"it": {"test": tailor.condition(documents, entity), "message": "Not yet."}}
    else:
        ends = [sorted(tailor.chance.sample(list(stages), min(2, len(stages)))) for _end in range(2)]
        document.setdefault("transitions", {})["some"] = {"from": ends[0], "to": ends[1]}
    return {key: document}


def change_template(tailor: Tailor, documents: Documents) -> Changes:
    """A paper or a mail about any entity."""
    entity, purpose = tailor.entity(documents), tailor.chance.choice(("print", "mail"))
    names = tailor.names_of(documents, entity)
    shown = tailor.chance.sample(names, min(2, len(names)))
    blocks: dict[str, Any] = {
        "text": {"kind": "text", "content": f"Of {{{{ {tailor.chance.choice(names)} ?? '-' }}}}.", "order": 1},
        "facts": {"kind": "fields", "fields": {name: {"order": n} for n, name in enumerate(shown)}, "order": 2},
    }
    if tailor.chance.random() < 0.4:
        blocks["text"]["visible_if"] = tailor.condition(documents, entity)
    made = {"label": "T", "entity": entity, "purpose": purpose, "blocks": blocks}
    return {f"template/{entity}.{purpose}": made}


def change_dashboard(tailor: Tailor, documents: Documents) -> Changes:
    """Cards change their places, one says a text, and all are filtered by a field."""
    key = tailor.some_of("dashboard", documents)
    if key is None:
        return {}
    document = tailor.document(documents, key)
    for n, card in enumerate(document["cards"].values()):
        card |= {"x": 6 * (n % 2), "y": 4 * (n // 2), "width": 6, "height": tailor.chance.randint(3, 4)}
    document["cards"]["words"] = {"text": "# Words", "x": 0, "y": 100, "width": 12, "height": 2}
    entity = tailor.entity(documents)
    fields = tailor.names_of(documents, entity, "choice", "yes_no", "lookup")
    document.pop("filter_fields", None)
    if fields:
        document["filter_fields"] = {"by": {"entity": entity, "field": tailor.chance.choice(fields)}}
    return {key: document}


def change_menu(tailor: Tailor, documents: Documents) -> Changes:
    """Another entry, and another page to begin with."""
    key = tailor.some_of("app", documents)
    pages = [f"{kind}/{name}" for kind in ("view", "dashboard", "report") for name, _each in of_kind(documents, kind)]
    if key is None or not pages:
        return {}
    document = tailor.document(documents, key)
    target = tailor.chance.choice(pages)
    document["items"]["chosen"] = {"target": target, "label": "Chosen", "order": tailor.chance.randint(1, 9)}
    if not target.startswith("report/"):
        document["home"] = target
    return {key: document}


def change_short_form(tailor: Tailor, documents: Documents) -> Changes:
    """The form of a dialog, or none any more."""
    entity = tailor.entity(documents)
    key = f"form/{entity}.quick"
    if key in documents and tailor.chance.random() < 0.3:
        return without(documents, COMPILER.kinds, key)
    names = tailor.names_of(documents, entity)
    fields = {name: {"order": n} for n, name in enumerate(tailor.chance.sample(names, min(3, len(names))))}
    sections = {"short": {"label": "Short", "fields": fields}}
    return {key: {"label": "Short", "entity": entity, "purpose": "quick", "sections": sections}}


def replace_field(tailor: Tailor, documents: Documents) -> Changes:
    """A field goes, and wherever it was named another one is."""
    key, name = tailor.a_field(documents)
    other = tailor.chance.choice(list(documents[key]["fields"]))
    return {} if other == name else replaced(documents, COMPILER.kinds, Rename(key, other, name))


def replace_other(tailor: Tailor, documents: Documents) -> Changes:
    kind = tailor.chance.choice(("options", "view", "report", "metric", "role"))
    key, other = tailor.some_of(kind, documents), tailor.some_of(kind, documents)
    if key is None or other is None or key == other:
        return {}
    return replaced(documents, COMPILER.kinds, Rename(key, other.partition("/")[2]))


def rename_page(tailor: Tailor, documents: Documents) -> Changes:
    """Of the kinds that nothing but menus and cards leads to."""
    key = tailor.some_of(tailor.chance.choice(("dashboard", "template")), documents)
    if key is None:
        return {}
    kind, new = key.partition("/")[0], tailor.chance.choice(NAMES)
    return {} if f"{kind}/{new}" in documents else renamed(documents, Rename(key, new), COMPILER.kinds)


EVERY: dict[str, tuple[int, Edit]] = EDITS | {
    edit.__name__: (often, edit)
    for often, edit in (
        (2, take_out_key), (2, change_pipeline), (2, change_template), (1, change_dashboard), (1, change_menu),
        (1, change_short_form), (1, replace_field), (1, replace_other), (1, rename_page),
    )
}  # fmt: skip
NAMES_OF_EDITS = [name for name, (often, _edit) in EVERY.items() for _time in range(often)]
