"""What a plugin is made of: everything that its author may import, and nothing else of Sartor.

A plugin is a package that an entry point of the group `sartor.plugins` names. In its modules stand subclasses of
`FieldType`, `ViewType` or `ChartType`; beside them `templates/` and `locale/`. See docs/extending.md.
"""

from sartor.platform.charts.base import ChartTable, ChartType, Heading, Point, safe
from sartor.platform.errors import InvalidDefinition, Problem
from sartor.platform.expressions.types import BOOLEAN, DATE, INSTANT, INTEGER, TEXT, Type
from sartor.platform.fields.base import Column, ColumnKind, FieldType, Members, Reading, Wanted, quoted
from sartor.platform.fields.drawing import Drawing
from sartor.platform.fields.one_line import MATCHING, OneLine
from sartor.platform.fields.refusal import Parsed, Refused
from sartor.platform.fields.schemas import closed
from sartor.platform.fields.wording import brief, cell_text, fit, line, lines
from sartor.platform.model import Entity, Field, Model, View
from sartor.platform.text import fold, gettext, language, ngettext, pick
from sartor.platform.ui.format import day_long, locale
from sartor.platform.ui.pages.parts import Cell
from sartor.platform.views.base import Part, Seen, Shape, Sight, ViewType, Window

__all__ = [
    "BOOLEAN", "DATE", "INSTANT", "INTEGER", "MATCHING", "TEXT", "Cell", "ChartTable", "ChartType", "Column",
    "ColumnKind", "Drawing", "Entity", "Field", "FieldType", "Heading", "InvalidDefinition", "Members", "Model",
    "OneLine", "Parsed", "Part", "Point", "Problem", "Reading", "Refused", "Seen", "Shape", "Sight", "Type", "View",
    "ViewType", "Wanted", "Window", "brief", "cell_text", "closed", "day_long", "fit", "fold", "gettext",
    "language", "line", "lines", "locale", "ngettext", "pick", "quoted", "safe",
]  # fmt: skip
