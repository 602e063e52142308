"""Steps that work out stored values again: which computed fields a change reaches, and for which records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from sartor.platform.definitions.compile.cycles import dependencies, steps_of
from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.definitions.documents import Documents
from sartor.platform.model import Entity, Field
from sartor.platform.publishing.facing import Facing
from sartor.platform.publishing.plan import Grade, PlanStep
from sartor.platform.publishing.steps.indexes import BIG
from sartor.platform.publishing.values.refresh import Refresh
from sartor.platform.query.sources import is_stored
from sartor.platform.records.memory.plan import rollup_of
from sartor.platform.storage.search import search_table_name, searched_fields
from sartor.platform.storage.steps import CreateSearch, Unset
from sartor.platform.storage.tables import conditional_keys, designed_columns, key_column
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, pick

Node = tuple[str, str]
NAMED = 3
"""Fields of one step that are named."""
MEANING = ("type", "options", "formula")
"""Properties of a field's document that decide the values of a computed field."""


def compute_steps(facing: Facing) -> Iterator[PlanStep]:
    """First what each entity needs by itself, then computed values, those that others are made from before these."""
    for entity in facing.after.model.entities.values():
        search = search_needs(facing, entity)
        if search:
            text = _("Make %(label)s searchable", label=pick(entity.label))
            yield PlanStep("search", f"entity/{entity.name}", text, ddl=search)
        own = Refresh(
            entity.name,
            companions=tuple(_companions(facing, entity)),
            keys=_conditions_anew(facing, entity) and not _condition_nodes(facing, entity) & facing.reached,
            search=bool(search) or _searched_anew(facing, entity),
        )
        if own != Refresh(entity.name) and facing.rows(entity):
            yield _step(facing, own, late=False)
    late = False
    for names in _in_rounds(facing):
        steps = [
            _step(facing, Refresh(name, tuple(sorted(fields))), late)
            for name, fields in sorted(names.items())
            if facing.rows(facing.after.model.entities[name])
        ]
        yield from steps
        # What is made from values that come after the publish comes after them.
        late = late or any(step.grade is Grade.SLOW for step in steps)
    for entity in facing.after.model.entities.values():
        if _condition_nodes(facing, entity) & facing.reached and facing.rows(entity):
            yield _step(facing, Refresh(entity.name, keys=True), late)


def _step(facing: Facing, refresh: Refresh, late: bool) -> PlanStep:
    entity = facing.after.model.entities[refresh.entity]
    rows = facing.rows(entity)
    label, computed = pick(entity.label), [pick(entity.fields[each].label) for each in refresh.computed]
    text = (
        _("Work out %(fields)s of %(label)s", fields=_some(computed), label=label)
        if computed
        else _("Prepare %(label)s for searching, sorting and keys", label=label)
    )
    grade = Grade.SLOW if late or rows > BIG else Grade.SAFE
    sort = refresh.pace(facing.after.model)
    ddl = tuple(_unset(facing, entity)) if refresh.keys else ()
    return PlanStep("compute", f"entity/{entity.name}", text, grade, rows, ddl=ddl, job=refresh, sort=sort)


def _unset(facing: Facing, entity: Entity) -> Iterator[Unset]:
    """Of keys that are there already."""
    columns = (key_column(key) for key in conditional_keys(entity))
    yield from (Unset(entity.table, each) for each in columns if each in facing.there(entity.table).columns)


def _some(labels: list[str]) -> str:
    """The first of them by name, and how many more there are."""
    named = listed(labels[:NAMED])
    left = len(labels) - NAMED
    return f"{named} {_('and %(n)s more', n=left)}" if left > 0 else named


# ---- computed fields


def touched_fields(facing: Facing) -> frozenset[Node]:
    """Fields whose values may be others now: those that changed, and whatever is made from them."""
    touched = {entity.name for entity in facing.after.model.entities.values() if facing.is_touched(entity)}
    touched |= {
        each.entity
        for each in facing.after.model.pipelines.values()
        if facing.says_something_else(f"pipeline/{each.name}")
    }
    changed = {
        (field.entity, field.name)
        for name in touched
        for field in facing.after.model.entities[name].fields.values()
        if not field.system and _means_something_else(facing, field)
    }
    changed |= facing.rekeyed
    if not changed:
        return frozenset()
    users: dict[Node, set[Node]] = defaultdict(set)
    for node, needed in made_from(facing).items():
        for each in needed:
            users[each].add(node)
    return frozenset(closure(changed, users))


def reached_fields(facing: Facing) -> frozenset[Node]:
    """Those of them that are worked out and stored."""
    entities = facing.after.model.entities
    return frozenset(node for node in facing.touched if _is_computed(entities[node[0]].fields[node[1]]))


def made_from(facing: Facing) -> dict[Node, set[Node]]:
    """For each computed field the fields that it is made from."""
    return dependencies(facing.after.model.entities, ModelScope(facing.after.model))


def _in_rounds(facing: Facing) -> list[dict[str, set[str]]]:
    """The reached fields, entity by entity, in rounds: what is made from another entity's values waits for these.

    Within one entity a refresh keeps the order by itself.
    """
    if not facing.reached:
        return []
    needed_by = made_from(facing)
    rounds: dict[Node, int] = {}

    def round_of(node: Node) -> int:
        if node not in rounds:
            rounds[node] = 0  # a circle was refused when the definitions were compiled
            needed = [each for each in needed_by.get(node, ()) if each in facing.reached and each != node]
            rounds[node] = max((round_of(each) + (each[0] != node[0]) for each in needed), default=0)
        return rounds[node]

    found: list[dict[str, set[str]]] = [{} for _ in range(1 + max(map(round_of, facing.reached)))]
    for (entity, name), number in rounds.items():
        found[number].setdefault(entity, set()).add(name)
    return found


def _is_computed(field: Field) -> bool:
    return is_stored(field) and (field.formula is not None or rollup_of(field) is not None)


def _means_something_else(facing: Facing, field: Field) -> bool:
    former = facing.former_field(field)
    if former is None:
        return _is_computed(field)
    if former.stored_as != field.stored_as:
        return True
    if any(facing.says_something_else(f"pipeline/{name}") for name in field.type.pipelines(field)):
        return True
    return field.type.computed and (
        _meaning(facing.after.documents, field) != _meaning(facing.said_before, field)
        or is_stored(field) != is_stored(former)
    )


def _meaning(documents: Documents, field: Field) -> list[object]:
    part = documents.get(f"entity/{field.entity}", {}).get("fields", {}).get(field.name, {})
    return [part.get(name) for name in MEANING]


def closure(start: Iterable[Node], users: Mapping[Node, set[Node]]) -> set[Node]:
    """Some fields and all that one comes to from them."""
    reached: set[Node] = set()
    waiting = list(start)
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting += users.get(node, ())
    return reached


# ---- companions, keys, search


def _companions(facing: Facing, entity: Entity) -> Iterator[str]:
    """Fields that go on in their columns and have got a shadow beside them."""
    there = facing.there(entity.table).columns
    for field in entity.fields.values():
        former = facing.former_field(field)
        if former is not None and former.stored_as == field.stored_as and not field.type.computed and there:
            names = {field.stored_as + each.suffix for each in designed_columns(entity, field)}
            if names - there:
                yield field.name


def _condition_nodes(facing: Facing, entity: Entity) -> frozenset[Node]:
    """What the conditions of its unique keys are made from."""
    scope = ModelScope(facing.after.model)
    conditions = [key.condition for key in conditional_keys(entity) if key.condition]
    paths = (path for condition in conditions for path in condition.paths)
    return frozenset(node for path in paths for node in steps_of(scope, entity.name, path))


def _conditions_anew(facing: Facing, entity: Entity) -> bool:
    """Whether records may come under a unique key or leave it."""
    return _new_conditions(facing, entity) or bool(_condition_nodes(facing, entity) & facing.touched)


def _new_conditions(facing: Facing, entity: Entity) -> bool:
    former = facing.former(entity)
    if former is None:  # new, without records; or one that comes back
        return any(key.condition for key in conditional_keys(entity))
    known = {key.name: key.condition.text for key in conditional_keys(former) if key.condition}
    return any(key.condition and known.get(key.name) != key.condition.text for key in conditional_keys(entity))


def search_needs(facing: Facing, entity: Entity) -> tuple[CreateSearch, ...]:
    there = search_table_name(entity.table) in facing.facts
    if there or not searched_fields(entity) or not facing.is_touched(entity):
        return ()
    return (CreateSearch(entity.table),)


def _searched_anew(facing: Facing, entity: Entity) -> bool:
    former = facing.former(entity)
    if former is None:
        return bool(searched_fields(entity))
    before = {field.stored_as for field in searched_fields(former)}
    return bool(searched_fields(entity)) and before != {field.stored_as for field in searched_fields(entity)}
