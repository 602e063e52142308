"""A filter as rows and groups: what a query builder shows of a text, and the text of what it shows.

A group is `{"join": …, "items": [...]}`: all hold (`and`), any (`or`), none (`nor`) or not all (`nand`). An item
is a group, a row (`path`, `operator`, `values` as they stand in inputs) or a `text` that rows cannot say. A row keeps
its `text` as long as nobody touches it, so that reading a filter and writing it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sartor.platform.errors import Invalid, InvalidExpression, Problem, SartorError
from sartor.platform.expressions import Node, parse, print_expression
from sartor.platform.expressions.nodes import Chain, Not
from sartor.platform.fields.base import Reading
from sartor.platform.fields.operators import OPERATORS, PERIODS
from sartor.platform.model import Model
from sartor.platform.query.columns import Column
from sartor.platform.query.conditions import Condition, readings
from sartor.platform.query.subjects import Asks, Subject, subject
from sartor.platform.query.tidy import OLD_ID, tidy
from sartor.platform.query.wording import Desk, title_of, worded
from sartor.platform.text import gettext as _
from sartor.platform.text import near, pick

DEEPEST = 6
MOST_ROWS = 100
JOINS: Mapping[str, tuple[str, bool]] = {
    "and": ("and", False),
    "or": ("or", False),
    "nor": ("or", True),
    "nand": ("and", True),
}
"""How the items of a group go together: the word between them, and whether `not` stands before it all."""
NEGATED = {word: join for join, (word, negated) in JOINS.items() if negated}

Tree = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """Filters of one place. roots: further first names of paths (`old`, `parent`), by name the entity."""

    model: Model
    entity: str
    reading: Reading
    roots: Mapping[str, str] = field(default_factory=dict)

    # ---- from text to rows

    def read(self, text: str) -> dict[str, Any]:
        """The outermost group of a filter; an empty one for no filter.

        :raises InvalidExpression: for what does not parse.
        """
        if not text.strip():
            return {"join": "and", "items": []}
        tree = parse(text)
        return self._group(tree, 1) or {"join": "and", "items": [self._item(tree, 1)]}

    def _group(self, tree: Node, depth: int) -> dict[str, Any] | None:
        """None for what is no group, or one that a row says in words of its own."""
        if depth > DEEPEST or self._row(tree) is not None:
            return None
        if isinstance(tree, Not):
            return self._negated(tree.operand, depth)
        if not isinstance(tree, Chain) or tree.operators[0] not in NEGATED:
            return None
        return {"join": tree.operators[0], "items": [self._item(each, depth + 1) for each in tree.items]}

    def _negated(self, tree: Node, depth: int) -> dict[str, Any] | None:
        """What stands behind `not`: a group turned round, or one condition, where rows can say it."""
        if isinstance(tree, Chain) and tree.operators[0] in NEGATED and self._row(tree) is None:
            return {"join": NEGATED[tree.operators[0]], "items": [self._item(each, depth + 1) for each in tree.items]}
        only = self._item(tree, depth + 1)
        return {"join": "nor", "items": [only]} if "path" in only or "items" in only else None

    def _item(self, tree: Node, depth: int) -> dict[str, Any]:
        return self._group(tree, depth) or self._row(tree) or {"text": print_expression(tree)}

    def _row(self, tree: Node) -> dict[str, Any] | None:
        condition, about = self.understood(tree)
        if about is None or condition.operator is None:
            return None
        try:
            values = [about.typed(condition.operator, each, self.reading) for each in condition.values]
        except (ValueError, SartorError):
            return None
        row = {"path": about.name, "operator": condition.operator.key, "values": values}
        return {**row, "text": condition.text} if self._is_sayable(row) else None

    def understood(self, tree: Node) -> tuple[Condition, Subject | None]:
        """The condition in an operator that its field offers, and what it is about; neither where there is none."""
        for each in readings(tree):
            about = self.subject(each.path)
            if about is not None and each.operator in about.operators:
                return each, about
        return Condition(print_expression(tree)), None

    def _is_sayable(self, row: Tree) -> bool:
        """Whether it could be written again: a value that was typed by hand may be none that the field takes."""
        try:
            self._written_row(row, "")
        except Invalid:
            return False
        return True

    def subject(self, path: Sequence[str]) -> Subject | None:
        return subject(self.model, self.entity, self.roots, tuple(path)) if path else None

    # ---- from rows to text

    def write(self, tree: Tree) -> str:
        """The text of a group; empty for no rows.

        :raises Invalid: with a problem for each row that is wrong; its `field` is the place, `items/0/values`.
        """
        if sum(1 for _each in _items(tree)) > MOST_ROWS:
            raise Invalid(_("At most %(n)s conditions can be shown as rows.", n=MOST_ROWS))
        problems: list[Problem] = []
        node = self._node(tree, "", 1, problems)
        if problems:
            raise Invalid(problems[0].message, problems)
        return print_expression(node) if node else ""

    def _node(self, item: Tree, place: str, depth: int, problems: list[Problem]) -> Node | None:
        if "items" not in item:
            return self._leaf(item, place, problems)
        if depth > DEEPEST:
            problems.append(Problem(place, "depth", _("Groups nest %(n)s deep at the most.", n=DEEPEST)))
            return None
        at = f"{place}/items" if place else "items"
        found = [self._node(each, f"{at}/{n}", depth + 1, problems) for n, each in enumerate(item["items"])]
        nodes = [each for each in found if each is not None]
        if not nodes:
            return None
        word, negated = JOINS[item["join"]]
        whole = Chain((word,) * (len(nodes) - 1), tuple(nodes)) if len(nodes) > 1 else nodes[0]
        return Not(whole) if negated else whole

    def _leaf(self, item: Tree, place: str, problems: list[Problem]) -> Node | None:
        try:
            return parse(item["text"] if "text" in item else self._written_row(item, place))
        except InvalidExpression as error:
            problems.append(Problem(place, "expression", error.message, error.near))
        except Invalid as error:
            problems += error.problems or [Problem(place, error.code, error.message)]
        return None

    def _written_row(self, row: Tree, place: str) -> str:
        about = self.subject(str(row["path"]).split("."))
        if about is None:
            said = _("%(entity)s has no field %(name)s.", entity=self.entity, name=row["path"])
            raise Invalid(said, [Problem(f"{place}/path", "unknown", said)])
        operator = OPERATORS.get(row["operator"])
        if operator is None:
            said = _("There is no operator %(key)s.", key=row["operator"])
            raise Invalid(said, [Problem(f"{place}/operator", "unknown", said, near(row["operator"], OPERATORS))])
        try:
            return about.written(operator, list(row.get("values", ())), self.reading)
        except Invalid as error:
            raise Invalid(error.message, [Problem(f"{place}/values", error.code, error.message)]) from None


def _items(tree: Tree) -> Iterator[Tree]:
    for each in tree.get("items", ()):
        yield each
        yield from _items(each)


# ---- for people


def drawn(desk: Desk, rows: Rows, tree: Tree) -> dict[str, Any]:
    """A tree with what a page draws of each row: label, operators, how values are given, titles of records."""
    if "items" in tree:
        return {**tree, "items": [drawn(desk, rows, each) for each in tree["items"]]}
    about = rows.subject(str(tree["path"]).split(".")) if "path" in tree else None
    return {**tree, **offered(about, desk.language), "titles": _titles(desk, about, tree)} if about else dict(tree)


def offered(about: Subject, language: str) -> dict[str, Any]:
    """What a row about a field may say."""
    asks = about.asks(language)
    periods = [[each.key, pick(each.label, language)] for each in PERIODS.values()]
    return {
        "label": about.label,
        "operators": [
            {"key": each.key, "label": pick(each.label, language), "needs": str(each.needs)} for each in about.operators
        ],
        "asks": {
            "kind": asks.kind,
            "options": [list(each) for each in asks.options],
            "entities": [[name, _label_of(about.model, name, language)] for name in asks.entities],
        },
        "periods": periods if any(each.key == "in_period" for each in about.operators) else [],
    }


def _titles(desk: Desk, about: Subject, row: Tree) -> list[str]:
    """What the records that a row names are called, as far as the reader may see them."""
    asks: Asks = about.asks(desk.language)
    if asks.kind != "record":
        return []
    return [title_of(desk, asks.entities, each) for each in row.get("values", ())]


def _label_of(model: Model, name: str, language: str) -> str:
    return pick(model.entities[name].label, language) if name in model.entities else name


def said(desk: Desk, rows: Rows, tree: Tree) -> str:
    """A whole filter as one sentence; a condition that no row can say is told as far as there are words."""
    if "items" in tree:
        word, negated = JOINS[tree["join"]]
        joint = _("and") if word == "and" else _("or")
        space = "" if desk.language == "zh" else " "
        whole = f"{space}{joint}{space}".join(_said_inside(desk, rows, each) for each in tree["items"])
        return _("not (%(conditions)s)", conditions=whole) if negated else whole
    if "text" not in tree:
        return ""
    node = parse(tree["text"])
    condition, about = rows.understood(node)
    if about is None or condition.path == OLD_ID:
        return tidy(rows, node, desk.language)
    rest = (about.attribute,) if about.attribute else ()
    return worded(desk, Column(condition.path, about.field, about.label, rest), condition).whole


def _said_inside(desk: Desk, rows: Rows, tree: Tree) -> str:
    """A part of a longer sentence: in brackets where it is one of several conditions."""
    whole = said(desk, rows, tree)
    is_several = len(tree.get("items", ())) > 1 and not JOINS[tree["join"]][1]
    return f"({whole})" if is_several else whole
