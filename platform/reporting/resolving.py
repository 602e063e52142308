"""Which axis a dimension has, as the entity behind a source knows it."""

from __future__ import annotations

from sartor.platform.access.grants import designed
from sartor.platform.definitions.compile.scope import STAYS
from sartor.platform.errors import Invalid, Problem
from sartor.platform.expressions import Type
from sartor.platform.model import Dimension, Entity, Field, Model
from sartor.platform.query.stays import stage_field
from sartor.platform.reporting.axes import PERIOD, Axis, FieldAxis, TimeAxis
from sartor.platform.reporting.bands import BandAxis
from sartor.platform.text import gettext as _
from sartor.platform.text import near, pick

DATED = ("date", "instant")


def axis_of(model: Model, dimension: Dimension, source: str) -> Axis:
    """The axis of a dimension.

    :raises Invalid: for what cannot be grouped by.
    """
    if dimension.path == PERIOD:
        return TimeAxis(dimension, pick(dimension.label) or _("Period"))
    entity = model.entity(designed(source))
    field, rest = _end(model, entity, dimension.path, source)
    _groupable(model, dimension, field, rest)
    label = pick(dimension.label) or pick(field.label)
    kind = field.face.type.expression_type(field.face, model)
    if dimension.bands:
        return BandAxis(dimension, label, model, field)
    if _kind(kind, rest).name in DATED:
        return TimeAxis(dimension, label)
    return FieldAxis(dimension, label, model, (field, rest))


def _groupable(model: Model, dimension: Dimension, field: Field, rest: tuple[str, ...]) -> None:
    """:raises Invalid: for what is no single value: tags, links, lines, an attribute that is not there."""
    kind = field.face.type.expression_type(field.face, model)
    if rest and (len(rest) > 1 or rest[0] not in kind.attributes):
        said = _("%(name)s does not exist there.", name=".".join(dimension.path))
        raise Invalid(said, [Problem("group", "unknown", said, near(rest[0], kind.attributes))])
    if not rest and (field.face.type.members(field.face) or not field.face.type.columns(field.face)):
        said = _("%(name)s holds many values; a group needs one.", name=pick(field.label))
        raise Invalid(said, [Problem("group", "many", said)])
    if dimension.bucket and _kind(kind, rest).name not in DATED:
        said = _("%(name)s has no days to put into buckets.", name=pick(field.label))
        raise Invalid(said, [Problem("group", "bucket", said)])


def _kind(kind: Type, rest: tuple[str, ...]) -> Type:
    """Of the value itself, or of the attribute behind it."""
    return kind.attributes[rest[0]] if rest else kind


def _end(model: Model, entity: Entity, path: tuple[str, ...], source: str) -> tuple[Field, tuple[str, ...]]:
    """The last field of a path, and the attribute behind it. The stage of a stay is a stage of its record."""
    if source.endswith(STAYS):
        if path == ("stage",):
            return stage_field(entity), ()
        path = path[1:] if path[0] == "record" else path
    field = model.field(entity.name, path[0])
    for number, step in enumerate(path[1:], 1):
        targets = field.type.targets(field)
        if len(targets) != 1:
            return field, path[number:]
        field = model.field(targets[0], step)
    return field, ()
