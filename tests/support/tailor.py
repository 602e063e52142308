"""Edits of a design by chance: what an admin might do next to the definitions as they stand in a change set.

Whatever is added carries a mark of its own in its hint, so that a test can tell a field that was renamed, retyped or
brought back from another one that merely has its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from random import Random
from typing import Any

from crm import field
from everything import CHOICES, OPTIONS
from example_fields import TYPES
from worlds import COMPILER

from sartor.platform.definitions.documents import Documents, of_kind, without_engine_keys
from sartor.platform.definitions.system import system_documents
from sartor.platform.publishing.names.renaming import Rename, renamed
from sartor.platform.publishing.uses.retiring import without

Changes = dict[str, Any]
NAMES = ("alpha", "beta", "gamma", "delta", "its_text", "its_decimal", "order", "select", "name")
"""Few, so that names are given again; among them words of SQL."""
COLOURS = {"label": "Colours", "choices": {"red": {"label": "Red", "order": 1}, "blue": {"label": "Blue", "order": 2}}}
COMPUTED = ("formula", "rollup", "auto_number")
MADE = sorted(each.key for each in TYPES if not each.system and each.key not in (*COMPUTED, "children", "stage"))
"""Types that a field may get without anything else."""

KEYS = ("red", "blue", "one", "new", "other_key")
ROLES = ("guest", "another_1", "another_2")

Edit = Callable[["Tailor", Documents], Changes]


class Tailor:
    """Draws edits. chance: where it draws from."""

    def __init__(self) -> None:
        self.chance = Random(0)
        self._marks = 0

    def mark(self) -> str:
        self._marks += 1
        return f"mark {self._marks}"

    def marked(self, documents: Documents) -> dict[str, Any]:
        """Documents with a mark on every entity and field."""
        made = deepcopy(dict(documents))
        for key, document in made.items():
            if key.startswith("entity/") and key not in system_documents():
                document.setdefault("description", self.mark())
                for part in document["fields"].values():
                    part.setdefault("help", self.mark())
        return made

    # ---- what there is

    def entities(self, documents: Documents) -> list[str]:
        ours = system_documents()
        return [name for name, _each in of_kind(documents, "entity") if f"entity/{name}" not in ours]

    def entity(self, documents: Documents) -> str:
        return self.chance.choice(self.entities(documents))

    def document(self, documents: Documents, key: str) -> dict[str, Any]:
        return deepcopy(without_engine_keys(documents[key]))

    def a_field(self, documents: Documents, *, plain: bool = False) -> tuple[str, str]:
        """Key of an entity and name of one of its fields. plain: one whose values people enter."""
        found = [
            (f"entity/{entity}", name)
            for entity in self.entities(documents)
            for name, part in documents[f"entity/{entity}"]["fields"].items()
            if not plain or part["type"] in MADE
        ]
        return self.chance.choice(found)

    def some_of(self, kind: str, documents: Documents) -> str | None:
        ours = system_documents()
        found = [f"{kind}/{name}" for name, _each in of_kind(documents, kind) if f"{kind}/{name}" not in ours]
        return self.chance.choice(found) if found else None

    def free(self, taken: Any, *more: str) -> str:
        names = [name for name in (*more, *NAMES) if name not in taken]
        return self.chance.choice(names) if names else f"another_{len(taken)}_{self.chance.randint(1, 10**6)}"

    def names_of(self, documents: Documents, entity: str, *types: str) -> list[str]:
        fields = documents[f"entity/{entity}"]["fields"]
        return [name for name, part in fields.items() if not types or part["type"] in types]

    # ---- parts

    def options(self, kind: str, documents: Documents) -> dict[str, Any]:
        """Options of a field type that may be what is meant here."""
        target = self.entity(documents)
        chosen: dict[str, list[dict[str, Any]]] = {
            "text": [{}, {"max_length": 40}, {"sort_key": True}],
            "decimal": [{"scale": scale} for scale in (0, 2, 4, 6)],
            "integer": [{}, {"minimum": -10}],
            "money": [{}, {"currency": "CNY"}, {"currency": "JPY"}],
            "rating": [{}, {"max": 3}, {"max": 10}],
            "choice": [CHOICES, {"set": "colours"}],
            "choices": [CHOICES, {"set": "colours"}],
            "lookup": [{"entity": target}, {"entity": target, "on_delete": "refuse"}],
            "link": [{"entity": target}],
            "reference": [{"entities": {target: {"order": 1}, self.entity(documents): {"order": 2}}}],
        }
        made = deepcopy(self.chance.choice(chosen.get(kind, [OPTIONS.get(kind, {})])))
        for part in made.get("choices", {}).values() if kind in ("choice", "choices") else ():
            part["label"] = self.mark()  # other choices than those that had these keys before
        return made

    def part(self, kind: str, documents: Documents) -> dict[str, Any]:
        options = self.options(kind, documents)
        made = field(kind, self.chance.choice(("One", "Two", "Three")), self.chance.randint(1, 999), options=options)
        return {**made, "help": self.mark()}

    def expression(self, documents: Documents, entity: str) -> tuple[str, str]:
        """A formula over the fields that there are, and the type of its result."""
        numbers = self.names_of(documents, entity, "integer", "decimal", "percent", "rating")
        texts = self.names_of(documents, entity, "text", "long_text", "email", "auto_number")
        lookups = self.names_of(documents, entity, "lookup")
        found = [("1 + 1", "decimal"), ("'x'", "text")]
        found += [(f"{name} * 2 + 1", "decimal") for name in numbers]
        found += [(f"{name} & '!'", "text") for name in texts]
        found += [(f"{name} is blank", "yes_no") for name in self.names_of(documents, entity)]
        for name in lookups:
            target = documents[f"entity/{entity}"]["fields"][name]["options"]["entity"]
            if f"entity/{target}" in documents:
                found.append((f"{name}.{documents[f'entity/{target}']['title']} & '?'", "text"))
        return self.chance.choice(found)

    def condition(self, documents: Documents, entity: str) -> str:
        """Something that may be true or not of a record."""
        name = self.chance.choice(self.names_of(documents, entity))
        return self.chance.choice((f"{name} is not blank", f"{name} is blank", f"{name} is blank or 1 = 1"))


# ---- fields and entities


def add_entity(tailor: Tailor, documents: Documents) -> Changes:
    name = tailor.free(tailor.entities(documents))
    parts = {"name": {**field("text", "Name", 1), "help": tailor.mark()}}
    for kind in tailor.chance.sample(MADE, 3):
        parts[tailor.free(parts, f"its_{kind}")] = tailor.part(kind, documents)
    owned = {"owned": True} if tailor.chance.random() < 0.3 else {}
    made: Changes = {
        f"entity/{name}": {"label": name, "title": "name", "description": tailor.mark(), "fields": parts, **owned}
    }
    if tailor.chance.random() < 0.6:
        columns = {each: {"order": n} for n, each in enumerate(parts)}
        made[f"view/{name}.all"] = {"label": "All", "entity": name, "type": "list", "columns": columns}
        sections = {"basics": {"label": "Basics", "fields": columns}}
        made[f"form/{name}.main"] = {"label": "Form", "entity": name, "sections": sections}
    return {key: each for key, each in made.items() if key not in documents}


def add_field(tailor: Tailor, documents: Documents) -> Changes:
    entity = tailor.entity(documents)
    document = tailor.document(documents, f"entity/{entity}")
    kind = tailor.chance.choice((*MADE, "auto_number"))
    document["fields"][tailor.free(document["fields"], f"its_{kind}")] = tailor.part(kind, documents)
    return {f"entity/{entity}": document}


def add_formula(tailor: Tailor, documents: Documents) -> Changes:
    entity = tailor.entity(documents)
    document = tailor.document(documents, f"entity/{entity}")
    text, result = tailor.expression(documents, entity)
    made = {**field("formula", "Formula", 500, options={"result": {"type": result}}, formula=text)}
    document["fields"][tailor.free(document["fields"], "worked_out")] = {**made, "help": tailor.mark()}
    return {f"entity/{entity}": document}


def add_rollup(tailor: Tailor, documents: Documents) -> Changes:
    pairs = [
        (entity, name, part["options"]["entity"])
        for entity in tailor.entities(documents)
        for name, part in documents[f"entity/{entity}"]["fields"].items()
        if part["type"] == "lookup" and part["options"]["entity"] in tailor.entities(documents)
    ]
    if not pairs:
        return {}
    over, by, target = tailor.chance.choice(pairs)
    sums = tailor.names_of(documents, over, "integer", "decimal", "percent")
    options: dict[str, Any] = {"over": over, "by": by, "function": "count"}
    if sums and tailor.chance.random() < 0.5:
        options |= {"function": tailor.chance.choice(("sum", "max")), "of": tailor.chance.choice(sums)}
    if tailor.chance.random() < 0.3:
        options["filter"] = tailor.condition(documents, over)
    document = tailor.document(documents, f"entity/{target}")
    made = {**field("rollup", "Counted", 600, options=options), "help": tailor.mark()}
    document["fields"][tailor.free(document["fields"], "counted")] = made
    return {f"entity/{target}": document}


def rename_field(tailor: Tailor, documents: Documents) -> Changes:
    key, name = tailor.a_field(documents)
    new = tailor.free(documents[key]["fields"])
    return renamed(documents, Rename(key, new, name), COMPILER.kinds)


def rename_entity(tailor: Tailor, documents: Documents) -> Changes:
    key = f"entity/{tailor.entity(documents)}"
    return renamed(documents, Rename(key, tailor.free(tailor.entities(documents))), COMPILER.kinds)


def swap_fields(tailor: Tailor, documents: Documents) -> Changes:
    """Two fields exchange their names, by way of a third one."""
    key, one = tailor.a_field(documents)
    other = tailor.chance.choice(list(documents[key]["fields"]))
    if one == other:
        return {}
    made = dict(documents)
    for new, old in (("in_between", one), (one, other), (other, "in_between")):
        made |= renamed(made, Rename(key, new, old), COMPILER.kinds)
        made = {name: each for name, each in made.items() if each is not None}
    return changed(documents, made)


def rename_other(tailor: Tailor, documents: Documents) -> Changes:
    kind = tailor.chance.choice(("options", "options", "view", "form", "pipeline", "report", "metric", "role", "app"))
    key = tailor.some_of(kind, documents)
    new = f"another_{tailor.chance.randint(1, 3)}"
    if key is None or f"{kind}/{new}" in documents:
        return {}
    return renamed(documents, Rename(key, new), COMPILER.kinds)


def keyed(tailor: Tailor, documents: Documents) -> list[tuple[str, str | None, list[str]]]:
    """Everything that says choices or stages: its definition, its field where that says them, and the keys."""
    ours = system_documents()
    found: list[tuple[str, str | None, list[str]]] = [
        (key, None, list(each["choices" if key.startswith("options/") else "stages"]))
        for key, each in documents.items()
        if key.startswith(("options/", "pipeline/")) and key not in ours
    ]
    for entity in tailor.entities(documents):
        for name, part in documents[f"entity/{entity}"]["fields"].items():
            if "choices" in part.get("options", {}):
                found.append((f"entity/{entity}", name, list(part["options"]["choices"])))
    return found


def rename_key(tailor: Tailor, documents: Documents) -> Changes:
    """A choice or a stage."""
    key, field, names = tailor.chance.choice(keyed(tailor, documents))
    old, new = tailor.chance.choice(names), tailor.chance.choice(KEYS)
    return {} if new in names else renamed(documents, Rename(key, new, field, old), COMPILER.kinds)


def swap_keys(tailor: Tailor, documents: Documents) -> Changes:
    """Two choices or stages exchange their keys, by way of a third one."""
    key, field, names = tailor.chance.choice(keyed(tailor, documents))
    if len(names) < 2 or "in_between" in names:
        return {}
    one, other = tailor.chance.sample(names, 2)
    made = dict(documents)
    for new, old in (("in_between", one), (one, other), (other, "in_between")):
        made |= renamed(made, Rename(key, new, field, old), COMPILER.kinds)
    return changed(documents, made)


def add_role(tailor: Tailor, documents: Documents) -> Changes:
    name = tailor.chance.choice(ROLES)
    entity = tailor.entity(documents)
    grants = {entity: {"operations": ["read"], "scope": "all", "fields": {"*": "read"}}}
    return {} if f"role/{name}" in documents else {f"role/{name}": {"label": tailor.mark(), "grants": grants}}


def retype(tailor: Tailor, documents: Documents) -> Changes:
    key, name = tailor.a_field(documents, plain=tailor.chance.random() < 0.8)
    document = tailor.document(documents, key)
    old = document["fields"][name]
    made = tailor.part(tailor.chance.choice(MADE), documents)
    kept = {each: old[each] for each in ("label", "order", "help", "formerly", "required", "origin") if each in old}
    document["fields"][name] = {**made, **kept}
    return {key: document}


def change_options(tailor: Tailor, documents: Documents) -> Changes:
    key, name = tailor.a_field(documents, plain=True)
    document = tailor.document(documents, key)
    part = document["fields"][name]
    part["options"] = tailor.options(part["type"], documents)
    return {key: document}


def change_rules(tailor: Tailor, documents: Documents) -> Changes:
    key, name = tailor.a_field(documents)
    document = tailor.document(documents, key)
    part = document["fields"][name]
    entity = key.removeprefix("entity/")
    rule = tailor.chance.choice(("required", "unique", "read_only", "searchable", "history", "sensitive", "visible_if",
                                 "required_if", "checks"))  # fmt: skip
    if rule in part:
        part.pop(rule)
    elif rule == "checks":
        part["checks"] = {"holds": {"test": tailor.condition(documents, entity), "message": "No."}}
    elif rule.endswith("_if"):
        part[rule] = tailor.condition(documents, entity)
    else:
        part[rule] = rule != "history"
    return {key: document}


def change_formula(tailor: Tailor, documents: Documents) -> Changes:
    found = [
        (f"entity/{entity}", name)
        for entity in tailor.entities(documents)
        for name in tailor.names_of(documents, entity, "formula")
    ]
    if not found:
        return {}
    key, name = tailor.chance.choice(found)
    document = tailor.document(documents, key)
    text, result = tailor.expression(documents, key.removeprefix("entity/"))
    document["fields"][name] |= {"formula": text, "options": {"result": {"type": result}}}
    return {key: document}


def change_entity(tailor: Tailor, documents: Documents) -> Changes:
    key = f"entity/{tailor.entity(documents)}"
    document = tailor.document(documents, key)
    what = tailor.chance.choice(("title", "owned", "keys", "checks", "label"))
    texts = tailor.names_of(documents, key.removeprefix("entity/"), "text", "auto_number", "integer", "formula")
    if what == "title" and texts:
        document["title"] = tailor.chance.choice(texts)
    elif what == "owned":
        document["owned"] = not document.get("owned", False)
    elif what in document and what in ("keys", "checks"):
        document.pop(what)
    elif what == "keys":
        names = tailor.names_of(documents, key.removeprefix("entity/"), "text", "integer", "date", "lookup")
        when = tailor.condition(documents, key.removeprefix("entity/"))
        made = {"fields": sorted(tailor.chance.sample(names, min(2, len(names))))}
        document["keys"] = {"pair": made | ({"when": when} if tailor.chance.random() < 0.5 else {})}
    elif what == "checks":
        test = tailor.condition(documents, key.removeprefix("entity/"))
        document["checks"] = {"whole": {"test": test, "message": "No."}}
    else:
        document["label"] = tailor.chance.choice(("One", {"en": "Two", "zh": "二"}))
    return {key: document}


def retire_field(tailor: Tailor, documents: Documents) -> Changes:
    key, name = tailor.a_field(documents)
    return without(documents, COMPILER.kinds, key, name)


def retire(tailor: Tailor, documents: Documents) -> Changes:
    """Anything but the last entity and what everybody works with."""
    kind = tailor.chance.choice(
        ("entity", "entity", "view", "form", "report", "metric", "dashboard", "options", "role", "template")
    )  # fmt: skip
    key = tailor.some_of(kind, documents)
    if key is None or (kind == "entity" and len(tailor.entities(documents)) < 3):
        return {}
    return without(documents, COMPILER.kinds, key)


# ---- pages, numbers, rights


def change_view(tailor: Tailor, documents: Documents) -> Changes:
    key = tailor.some_of("view", documents)
    entity = documents[key]["entity"] if key else tailor.entity(documents)
    if f"entity/{entity}" not in documents:
        return {}
    document = tailor.document(documents, key) if key else {"label": "New", "entity": entity, "type": "list"}
    names = tailor.names_of(documents, entity)
    document["columns"] = {name: {"order": n} for n, name in enumerate(tailor.chance.sample(names, min(4, len(names))))}
    document.pop("filter", None)
    if tailor.chance.random() < 0.5:
        document["filter"] = tailor.condition(documents, entity)
    plain = tailor.names_of(documents, entity, "text", "integer", "date", "decimal")
    document["sort"] = [tailor.chance.choice(("", "-")) + tailor.chance.choice(plain)] if plain else []
    return {key or f"view/{entity}.more": document}


def change_form(tailor: Tailor, documents: Documents) -> Changes:
    """Fields change their places, in two sections and a tab."""
    entity = tailor.entity(documents)
    names = tailor.names_of(documents, entity)
    tailor.chance.shuffle(names)
    middle = len(names) // 2
    sections = {
        name: {"label": name, "order": n, "fields": {each: {"order": m} for m, each in enumerate(some)}}
        for n, (name, some) in enumerate((("first", names[:middle]), ("second", names[middle:])))
    }
    if tailor.chance.random() < 0.4:
        sections["second"]["visible_if"] = tailor.condition(documents, entity)
    tabs = {"history": {"label": "History", "kind": "history", "order": 1}}
    return {f"form/{entity}.main": {"label": "Form", "entity": entity, "sections": sections, "tabs": tabs}}


def change_report(tailor: Tailor, documents: Documents) -> Changes:
    """A report over any entity, with a metric, on the dashboard."""
    entity = tailor.entity(documents)
    sums = tailor.names_of(documents, entity, "integer", "decimal", "rating")
    groups = tailor.names_of(documents, entity, "choice", "lookup", "text", "yes_no", "user", "stage")
    number = tailor.chance.randint(1, 3)
    measure = f"sum({tailor.chance.choice(sums)})" if sums and tailor.chance.random() < 0.6 else "count()"
    metric = {"label": "Number", "definition": "Counted.", "entity": entity, "measure": measure}
    if tailor.chance.random() < 0.4:
        metric["filter"] = tailor.condition(documents, entity)
    report: dict[str, Any] = {"label": "R", "chart": "table", "measures": {"it": {"metric": f"made_{number}"}}}
    if groups:
        report |= {"entity": entity, "dimensions": {tailor.chance.choice(groups): {"order": 1}}}
    card = {"target": f"report/made_{number}", "x": 0, "y": number, "width": 6, "height": 4}
    board = tailor.document(documents, "dashboard/home") if "dashboard/home" in documents else None
    made: Changes = {f"metric/made_{number}": metric, f"report/made_{number}": report}
    if board is not None:
        board["cards"][f"made_{number}"] = card
        made["dashboard/home"] = board
    return made


def change_role(tailor: Tailor, documents: Documents) -> Changes:
    key = tailor.some_of("role", documents)
    if key is None:
        return {}
    document = tailor.document(documents, key)
    entity = tailor.entity(documents)
    if entity in document["grants"] and tailor.chance.random() < 0.3:
        document["grants"].pop(entity)
        return {key: document}
    levels = {"*": tailor.chance.choice(("write", "read"))}
    for name in tailor.chance.sample(tailor.names_of(documents, entity), 1):
        levels[name] = tailor.chance.choice(("hidden", "read", "write"))
    grant: dict[str, Any] = {"operations": ["create", "read", "update"], "fields": levels}
    grant["scope"] = tailor.chance.choice(("all", "own")) if documents[f"entity/{entity}"].get("owned") else "all"
    if tailor.chance.random() < 0.3:
        grant["condition"] = tailor.condition(documents, entity)
    document["grants"][entity] = grant
    return {key: document}


def change_options_set(tailor: Tailor, documents: Documents) -> Changes:
    """A choice is added, taken out, or no longer offered."""
    key = tailor.some_of("options", documents)
    if key is None:
        return {"options/colours": deepcopy(COLOURS)}
    document = tailor.document(documents, key)
    choices = document["choices"]
    name = tailor.chance.choice(("red", "blue", "green", "grey"))
    if name not in choices:
        choices[name] = {"label": tailor.mark(), "order": 9}
    elif tailor.chance.random() < 0.5 or len(choices) < 2:
        choices[name]["retired"] = not choices[name].get("retired", False)
    else:
        choices.pop(name)
    return {key: document}


EDITS: dict[str, tuple[int, Edit]] = {
    edit.__name__: (often, edit)
    for often, edit in (
        (1, add_entity), (3, add_field), (2, add_formula), (2, add_rollup), (3, rename_field), (2, rename_entity),
        (1, swap_fields), (2, rename_other), (2, rename_key),
        (1, swap_keys), (1, add_role), (4, retype), (2, change_options), (2, change_rules), (1, change_formula),
        (2, change_entity), (3, retire_field), (2, retire), (1, change_view), (1, change_form), (1, change_report),
        (1, change_role), (1, change_options_set),
    )
}  # fmt: skip


def changed(before: Documents, after: Documents) -> Changes:
    """What to put into a change set so that it says `after`; None for what is gone."""
    put: Changes = {key: each for key, each in after.items() if before.get(key) is not each}
    return put | dict.fromkeys(sorted(before.keys() - after.keys()))


def start() -> Iterator[tuple[str, Any]]:
    """Definitions beside those of `everything`: pages, numbers, a role, an app."""
    grant = {"operations": ["create", "read", "update", "delete"], "scope": "all", "fields": {"*": "write"}}
    yield "options/colours", deepcopy(COLOURS)
    yield "role/clerk", {"label": "Clerk", "grants": {"thing": grant, "other": grant}}
    yield "view/thing.all", {
        "label": "All", "entity": "thing", "type": "list", "sort": ["-code"],
        "columns": {"name": {"order": 1}, "code": {"order": 2, "total": "sum"}, "its_choice": {"order": 3},
                    "above_name": {"path": "above.name", "order": 4}},
    }  # fmt: skip
    yield "view/thing.board", {
        "label": "Board", "entity": "thing", "type": "board", "columns": {"name": {"order": 1}},
        "options": {"pipeline": "thing"},
    }  # fmt: skip
    yield "form/thing.main", {
        "label": "Thing", "entity": "thing",
        "sections": {"basics": {"label": "Basics", "fields": {"name": {"order": 1}, "code": {"order": 2}}}},
        "tabs": {"below": {"label": "Below", "kind": "related", "entity": "thing", "lookup": "above", "order": 1,
                           "columns": {"name": {"order": 1}}},
                 "stages": {"label": "Stages", "kind": "stages", "order": 2}},
    }  # fmt: skip
    yield "metric/things", {"label": "Things", "definition": "Counted.", "entity": "thing", "measure": "count()"}
    yield "report/things", {
        "label": "Things", "chart": "bar", "entity": "thing", "dimensions": {"its_choice": {"order": 1}},
        "measures": {"things": {"metric": "things"}},
    }  # fmt: skip
    card = {"target": "report/things", "x": 0, "y": 0, "width": 6, "height": 4}
    yield "dashboard/home", {"label": "Home", "cards": {"things": card}}
    items = {"things": {"target": "view/thing.all", "order": 1}, "home": {"target": "dashboard/home", "order": 2}}
    yield "app/work", {"label": "Work", "items": items}
