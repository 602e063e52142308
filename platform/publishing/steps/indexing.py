"""The indexes that an entity should have: for its foreign keys, its rules, and the questions that published pages ask.

Columns stand in the order in which queries ask: those compared for equality, then the sort, then the id in the
direction of the last sort column. Blanks are last in both directions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sartor.platform.expressions.nodes import Call, Chain, Compare, Literal, Node, Path
from sartor.platform.model import Entity, Model
from sartor.platform.model.formula import Formula
from sartor.platform.query.order import ranks_of
from sartor.platform.storage.steps import CreateIndex, IndexColumn
from sartor.platform.storage.tables import Tables, conditional_keys, key_column

MOST = 8
"""Indexes for questions, for one entity: each costs at every write."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question that a page asks: fields compared for equality, then the order. asked_by: the page, for the plan."""

    equal: tuple[str, ...]
    sort: tuple[str, ...]
    asked_by: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """indexes: all that the entity's tables need. left_out: pages whose question goes without one."""

    indexes: tuple[CreateIndex, ...]
    left_out: tuple[str, ...] = ()


def wanted_indexes(entity: Entity, model: Model, tables: Tables) -> Wanted:
    """Indexes of an entity's own table and of its side tables."""
    asked = list(dict.fromkeys(_index_of(entity, question) for question in questions(entity, model)))
    lookups = [_lookup_index(entity, column, asked) for column in _pointing(entity, tables)]
    chosen = _without_prefixes([each for each in asked if each.columns], lookups)
    kept, left = chosen[:MOST], chosen[MOST:]
    by_index = {_index_of(entity, question): question.asked_by for question in reversed(questions(entity, model))}
    return Wanted(
        (*lookups, *_unique_indexes(entity), *kept, *_side_indexes(entity, tables)),
        tuple(by_index[each] for each in left),
    )


# ---- questions


def questions(entity: Entity, model: Model) -> list[Question]:
    """What the pages about an entity ask, the most frequent first."""
    views = list(_of_views(entity, model))
    found = [*views, *_of_related_lists(entity, model)]
    return [*found[:1], *(_of_owners(found, views) if entity.owned else ()), *found[1:]]


def _of_owners(found: Sequence[Question], views: Sequence[Question]) -> Iterable[Question]:
    """Somebody who sees a small part of the records finds it through the owner: in the usual order, and in the first
    view that is filtered or a board."""
    usual = next((each.sort for each in found if each.sort), ())
    filtered = next((each for each in views if each.equal and each.sort and "owner" not in each.equal), None)
    if usual:
        yield Question(("owner",), usual, "role")
    if filtered:
        yield Question(("owner", *filtered.equal), filtered.sort, "role")


def _of_views(entity: Entity, model: Model) -> Iterable[Question]:
    for view in model.views_of(entity.name):
        for shape in view.type.shapes(view, model):
            if shape.entity == entity.name:
                equal = tuple(dict.fromkeys((*shape.equal, *equal_fields(view.filter))))
                yield Question(equal, tuple(shape.sort), f"view/{view.name}")


def _of_related_lists(entity: Entity, model: Model) -> Iterable[Question]:
    for form in model.forms.values():
        for tab in form.tabs:
            if tab.kind == "related" and tab.entity == entity.name and tab.lookup:
                yield Question((tab.lookup,), tab.sort, f"form/{form.name}")


def equal_fields(condition: Formula | None) -> tuple[str, ...]:
    """Fields that a condition compares with one value, whatever else it asks."""
    node = getattr(condition, "node", None)
    parts = node.items if isinstance(node, Chain) and set(node.operators) == {"and"} else [node]
    return tuple(name for part in parts if (name := _equal_field(part)))


def _equal_field(node: Node | None) -> str | None:
    if not isinstance(node, Compare) or node.operator != "=":
        return None
    sides = [node.left, node.right]
    name = next((side.steps[0] for side in sides if isinstance(side, Path) and len(side.steps) == 1), None)
    fixed = any(isinstance(side, Literal) or (isinstance(side, Call) and not side.arguments) for side in sides)
    return name if fixed else None


# ---- from questions to indexes


def _index_of(entity: Entity, question: Question) -> CreateIndex:
    equal = [_column(entity, name, compared=True) for name in question.equal]
    columns = [IndexColumn(name) for name in dict.fromkeys(equal) if name]
    sorted_by = []
    for term in question.sort:
        name = _column(entity, term.removeprefix("-"))
        if name and name not in equal:
            ranks = ranks_of(entity.fields[term.removeprefix("-")])
            sorted_by.append(IndexColumn(name, term.startswith("-"), ranks))
    if columns or sorted_by:
        columns += [*sorted_by, IndexColumn("id", bool(sorted_by) and sorted_by[-1].descending)]
    include = ("owner", "department") if entity.owned and sorted_by else ()
    used = {column.name for column in columns}
    return CreateIndex(entity.table, tuple(columns), include=tuple(name for name in include if name not in used))


def has_column(entity: Entity, name: str) -> bool:
    """Whether an index can hold a field: not if it is worked out when it is read, or has many values."""
    return _column(entity, name) is not None


def _column(entity: Entity, name: str, compared: bool = False) -> str | None:
    """The column by which a field is compared or sorted; None where it has none (worked out when it is read)."""
    field = entity.fields.get(name)
    if field is None or field.type.members(field) or not getattr(field.details, "stored", True):
        return None
    specs = field.type.columns(field)
    if not specs:
        return None
    wanted = ("__fold",) if compared else ("__sort", "__fold")
    suffixes = {spec.suffix for spec in specs}
    return field.stored_as + next((suffix for suffix in wanted if suffix in suffixes), specs[0].suffix)


def _pointing(entity: Entity, tables: Tables) -> list[str]:
    return [each.column for each in tables.references(entity) if each.table == entity.table]


def _lookup_index(entity: Entity, column: str, asked: Sequence[CreateIndex]) -> CreateIndex:
    """A full index for the foreign key, in the order of a list that asks by this lookup where there is one."""
    longer = next((each for each in asked if each.columns and each.columns[0].name == column), None)
    columns = longer.columns if longer and len(longer.columns) > 2 else (IndexColumn(column),)
    return CreateIndex(entity.table, columns, partial=False)


def _without_prefixes(asked: Sequence[CreateIndex], lookups: Sequence[CreateIndex]) -> list[CreateIndex]:
    """Without those that another one serves as well, because it begins with the same columns."""
    kept = []
    for index in asked:
        others = [each.columns for each in asked if each is not index]
        longer = any(len(other) > len(index.columns) and _begins(other, index.columns) for other in others)
        if not longer and not any(_begins(each.columns, index.columns) for each in lookups):
            kept.append(index)
    return kept


def _begins(columns: Sequence[IndexColumn], start: Sequence[IndexColumn]) -> bool:
    return tuple(columns[: len(start)]) == tuple(start)


def is_served(entity: Entity, question: Question, indexes: Sequence[CreateIndex]) -> bool:
    """Whether some index begins with what a question asks."""
    columns = _index_of(entity, question).columns
    return bool(columns) and any(each.table == entity.table and _begins(each.columns, columns) for each in indexes)


def _unique_indexes(entity: Entity) -> list[CreateIndex]:
    keys = {(key.fields, key_column(key) if key in conditional_keys(entity) else None) for key in entity.keys}
    keys |= {((name,), None) for name, field in entity.fields.items() if field.type.unique and not field.system}
    found = []
    for fields, where in sorted(keys, key=str):
        columns = tuple(IndexColumn(name) for each in fields if (name := _column(entity, each, compared=True)))
        if columns:
            found.append(CreateIndex(entity.table, columns, unique=True, where=where))
    return found


def _side_indexes(entity: Entity, tables: Tables) -> list[CreateIndex]:
    """For each side table the way back: which records have this value."""
    found = []
    for side in tables.all_members(entity).values():
        value = "folded" if "folded" in side.c else "value"
        found.append(CreateIndex(side.name, (IndexColumn(value), IndexColumn("record")), partial=False))
    return found
