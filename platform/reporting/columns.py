"""The columns of a report: each measure as a tree of leaves, with its heading and what it means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sartor.platform.access.grants import designed
from sartor.platform.charts.base import Heading
from sartor.platform.definitions.compile.scope import STAYS
from sartor.platform.fields.digits import is_grouped
from sartor.platform.model import Field, Measure, Model, Report
from sartor.platform.reporting.answers import Definition
from sartor.platform.reporting.numbers import Leaf, Less, Ratio, Tree, leaves, tree_of
from sartor.platform.text import gettext as _
from sartor.platform.text import pick


@dataclass(frozen=True, slots=True)
class Column:
    """One measure of a report. definition: of its metric; a formula of the report has none. show: of `Measure`."""

    name: str
    tree: Tree
    heading: Heading
    definition: Definition | None
    show: str | None = None

    @property
    def leaves(self) -> Iterator[Leaf]:
        return leaves(self.tree)


def column_of(model: Model, report: Report, measure: Measure, currency: str) -> Column:
    """currency: of the workspace, which amounts are in unless their field has one of its own."""
    if measure.metric:
        metric = model.metrics[measure.metric]
        tree = tree_of(model, measure.metric)
        label = pick(measure.label or metric.label)
        kind = measure.format or metric.format
        definition: Definition | None = Definition(label, pick(metric.definition))
    else:
        assert report.entity is not None
        assert measure.formula is not None
        tree = Leaf(report.entity, measure.formula, (), report.on)
        label = pick(measure.label) or measure.formula.text
        kind, definition = measure.format or "number", None
    if kind == "number" and _names_something(model, tree):
        kind = PLAIN
    if measure.show:
        label = pick(measure.label) or f"{label} · {shown_as(measure.show)}"
        kind = "percent" if measure.show in SHARES else kind
    coin = currency_of(model, tree) or currency if kind == "money" else None
    return Column(measure.name, tree, Heading(measure.name, label, True, kind, coin), definition, measure.show)


PLAIN = "plain"
"""A number that names something: its thousands are not set apart."""
SHARES = ("share", "share_row", "share_column")
RUNNING = "running"


def shown_as(show: str) -> str:
    """What stands behind the name of a measure that is shown as something else."""
    return {
        "share": _("share of all"),
        "share_row": _("share of the row"),
        "share_column": _("share of the column"),
        RUNNING: _("running sum"),
    }[show]


def currency_of(model: Model, tree: Tree) -> str | None:
    """The one currency of the amounts behind a number, where their fields fix one and nothing converts them."""
    if isinstance(tree, Ratio | Less):
        return currency_of(model, tree.above if isinstance(tree, Ratio) else tree.first)
    if "base" in tree.measure.functions:
        return None
    fixed = {_fixed(model, tree.source, path) for path in tree.measure.paths} - {None}
    return fixed.pop() if len(fixed) == 1 else None


def _fixed(model: Model, source: str, path: tuple[str, ...]) -> str | None:
    face = _face(model, source, path)
    has_currency = face is not None and "currency" in face.type.expression_type(face, model).attributes
    return face.options.get("currency") if face is not None and has_currency else None


def _names_something(model: Model, tree: Tree) -> bool:
    """Whether the number is a value of a field whose thousands are not set apart, such as the last of some years."""
    if not isinstance(tree, Leaf) or tree.extreme is None:
        return False
    faces = [_face(model, tree.source, path) for path in tree.measure.paths]
    return bool(faces) and not any(each is None or is_grouped(each) for each in faces)


def _face(model: Model, source: str, path: tuple[str, ...]) -> Field | None:
    """The field that a path ends in, as it is shown."""
    here = model.entity(designed(source))
    for step in path[1:] if source.endswith(STAYS) else path:
        field = here.fields.get(step)
        if field is None:
            return None
        targets = field.type.targets(field)
        if len(targets) != 1:
            return field.face
        here = model.entity(targets[0])
    return None
