"""What a form field looks like: a kind of widget, its value as text, and everything said about it.

One template per kind, `templates/widgets/KIND.html`. A field type names the kind; a plugin may bring a kind of its
own by putting a template of that name before ours. Names follow `sartor.platform.ui.formdata`: `amount.currency`
is a part of a field, `tags[]` may come several times, `items[0].product` is a field of a line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sartor.platform.ui.pages.parts import Cell, Head

KINDS = (
    "text", "textarea", "number", "money", "percent", "date", "datetime", "checkbox", "select", "multiselect", "tags",
    "lookup", "reference", "user", "address", "rating", "lines", "readonly", "email", "phone", "url", "password",
    "file", "hidden",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose. value: what is sent; dot: its colour's class; hint: a second line; group: its heading."""

    value: str
    text: str
    dot: str | None = None
    hint: str | None = None
    group: str = ""
    disabled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A table of children edited inside their parent's form.

    rows: existing and half-typed rows; blank: the row a new line starts as, its names holding `[+]` for the number.
    foot: what stands below each column (totals), keyed by the line's field name; foot_lead: what they are.
    """

    heads: tuple[Head, ...]
    rows: tuple[LineRow, ...]
    blank: LineRow
    foot: Mapping[str, str] = field(default_factory=dict)
    foot_lead: str = ""
    add_text: str = ""
    sortable: bool = True
    limit: int = 500


@dataclass(frozen=True, slots=True)
class LineRow:
    """id: empty for a new line. removable: whether the reader may take it away."""

    id: str
    widgets: tuple[Widget, ...]
    removable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Widget:
    """One field of a form.

    name: what the form sends. value: text; for multi-valued kinds a tuple of texts; for parts (money, address,
    reference) a mapping of part to text. span: columns of twelve; keep: stays half wide on phones.
    options: what can be chosen (currencies for money, provinces for address); for tags also the words of what is.
    settings: the kind's own options, listed in `WIDGET_SETTINGS`.
    cell: what a readonly widget shows. lines: what a lines widget edits.
    error: under the field, and in the summary. fix: (text, value) offers the repaired value in one click.
    """

    name: str
    label: str
    kind: str = "text"
    value: Any = ""
    required: bool = False
    readonly: bool = False
    visible: bool = True
    hint: str | None = None
    error: str | None = None
    fix: tuple[str, str] | None = None
    span: int = 6
    keep: bool = False
    placeholder: str | None = None
    options: tuple[Option, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    cell: Cell | None = None
    lines: Lines | None = None
    autofocus: bool = False

    @property
    def id(self) -> str:
        """An id for the page, made of the name."""
        return "f-" + "".join(char if char.isalnum() else "-" for char in self.name)

    @property
    def texts(self) -> dict[str, str]:
        """The words of the options by value: chosen tags and linked records are given among the options."""
        return {option.value: option.text for option in self.options}


# What `settings` may hold, by kind. Anything else is a mistake of the field type; the contract tests say so.
WIDGET_SETTINGS: Mapping[str, Mapping[str, str]] = {
    "text": {"max": "longest text in characters", "mono": "whether to use the fixed-width font",
             "autocomplete": "what browsers may fill in"},
    "textarea": {"max": "longest text in characters", "rows": "height in lines", "mono": "fixed-width font"},
    "number": {"unit": "shown before the box", "step": "smallest step as text", "min": "least", "max": "most"},
    "money": {"fixed": "the currency if the field fixes one", "symbol": "its sign", "words": "amount in words"},
    "percent": {"step": "smallest step as text"},
    "date": {"min": "first day, ISO", "max": "last day, ISO"},
    "datetime": {"zone": "name of the time zone the value is shown in"},
    "checkbox": {"switch": "drawn as a switch", "text": "words beside the box instead of the label"},
    "select": {"blank": "text of the empty choice; absent: none", "seg": "drawn as a row of buttons"},
    "multiselect": {"max": "how many may be chosen"},
    "tags": {"search_url": "answers ?q= with options", "create": "whether new tags may be made"},
    "lookup": {"search_url": "answers ?q= with options", "text": "title of the chosen record", "url": "its page",
               "create_url": "form of a new record, offered below the hits"},
    "reference": {"text": "title of the chosen record", "entities": "options: entity, label, search address"},
    "user": {"search_url": "answers ?q= with options", "text": "name of the chosen person"},
    "address": {"search_url": "answers ?level=&under= with options", "levels": "parts asked for, in order",
                "texts": "labels of the parts"},
    "rating": {"max": "how many stars"},
    "lines": {},
    "readonly": {},
    "email": {"max": "longest text in characters", "autocomplete": "what browsers may fill in"},
    "phone": {"max": "longest text in characters"},
    "url": {"max": "longest text in characters"},
    "password": {"autocomplete": "current-password or new-password"},
    "file": {"accept": "file name endings, comma separated", "max_text": "largest size, said in words"},
    "hidden": {},
}  # fmt: skip
