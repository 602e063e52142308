"""Types as they are called before people: in words, in the reader's language. Programs have their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sartor.platform.expressions.scope import Scope
from sartor.platform.expressions.types import Type
from sartor.platform.text import gettext as _

ONE: Mapping[str, Callable[[], str]] = {
    "text": lambda: _("a text"),
    "integer": lambda: _("a whole number"),
    "decimal": lambda: _("a number with decimals"),
    "boolean": lambda: _("yes or no"),
    "date": lambda: _("a day"),
    "instant": lambda: _("a point in time"),
    "duration": lambda: _("a length of time"),
    "choice": lambda: _("an option"),
    "record": lambda: _("a record"),
    "list": lambda: _("a list"),
    "range": lambda: _("a period"),
    "null": lambda: _("nothing"),
}
LISTS: Mapping[str, Callable[[], str]] = {
    "text": lambda: _("a list of texts"),
    "integer": lambda: _("a list of whole numbers"),
    "decimal": lambda: _("a list of numbers with decimals"),
    "date": lambda: _("a list of days"),
    "choice": lambda: _("a list of options"),
    "record": lambda: _("a list of records"),
}


def type_words(kind: Type, scope: Scope) -> str:
    """What a value is, with its article: to be put into a sentence, not at its beginning."""
    if kind.name == "record" and kind.entity:
        return _("a record of “%(entity)s”", entity=scope.called(kind.entity))
    return LISTS.get(kind.member.name, ONE["list"])() if kind.name == "list" else ONE[kind.name]()
