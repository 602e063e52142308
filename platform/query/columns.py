"""Columns as a view names them: a path, the field at its end, what its head says, how its values are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sartor.platform.model import Entity, Field, Item, Model
from sartor.platform.text import Label, pick
from sartor.platform.text import gettext as _

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """rest: an attribute behind the field (`currency`), else empty."""

    path: Path
    field: Field
    label: str
    rest: Path = ()
    total: str | None = None
    width: int | None = None

    @property
    def name(self) -> str:
        """The key of its value in a row."""
        return ".".join(self.path)


def end_of(model: Model, entity: Entity, path: Path) -> tuple[Field, Path]:
    """The last field of a path, and the attribute behind it."""
    field = entity.fields[path[0]]
    for place, step in enumerate(path[1:], 1):
        following = [model.entities[name] for name in field.type.targets(field) if step in model.entities[name].fields]
        if not following:
            return field, path[place:]
        field = following[0].fields[step]
    return field, ()


def column(model: Model, entity: Entity, item: Item) -> Column:
    field, rest = end_of(model, entity, item.path)
    return Column(
        item.path, field, pick(item.label) or label_of(model, entity, item.path), rest, item.total, item.width
    )


def label_of(model: Model, entity: Entity, path: Path) -> str:
    """What a path is called: the labels of its steps, the first one left out where it says nothing new."""
    field, rest = end_of(model, entity, path)
    words: list[Label] = [field.label]
    if len(path) - len(rest) > 1:
        words = [entity.fields[path[0]].label, field.label]
    said = " · ".join(pick(word) for word in words)
    return attribute_label(said, rest[0]) if rest else said


def attribute_label(label: str, name: str) -> str:
    """What stands behind a dot: the outcome of a stage is what people mean by the stage itself."""
    words = {
        "probability": _("chance"),
        "forecast_category": _("forecast"),
        "index": _("place"),
        "dwell_limit": _("usual days"),
        "entered_at": _("since"),
        "currency": _("currency"),
        "province": _("province"),
        "city": _("city"),
        "district": _("district"),
        "street": _("street"),
    }
    return f"{label} ({words.get(name, name)})" if name != "outcome" else label


def attribute_words(model: Model, column: Column) -> dict[Any, str]:
    """What people call the values of an attribute that is a choice (`stage.outcome`)."""
    kind = column.field.type.expression_type(column.field, model)
    inner = kind.attributes.get(column.rest[0]) if kind.attributes else None
    labels = getattr(inner, "choices", None) or {}
    return {key: pick(label) for key, label in labels.items()}
