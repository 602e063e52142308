"""A postal address in parts, from large to small; abroad `province` is the country's own first level.

The first column is the whole address as people read it, so that filters, joins and blanks mean the whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from sartor.platform.expressions.types import TEXT, Type
from sartor.platform.fields.base import Column, ColumnKind, FieldType, Reading, quoted
from sartor.platform.fields.refusal import Parsed, Refused
from sartor.platform.fields.regions import taken_apart
from sartor.platform.fields.schemas import closed
from sartor.platform.fields.wording import brief, cell_text, line
from sartor.platform.model import Address, Field, Model
from sartor.platform.text import fold, has_chinese, near, pick
from sartor.platform.text import gettext as _

PARTS = ("province", "city", "district", "street")
LONGEST = {"province": 60, "city": 60, "district": 60, "street": 255}
LABELS = {
    "province": {"en": "Province", "zh": "省份"},
    "city": {"en": "City", "zh": "城市"},
    "district": {"en": "District", "zh": "区县"},
    "street": {"en": "Street", "zh": "详细地址"},
}


def whole(value: Address | None) -> str | None:
    """The address in one piece: large to small in Chinese, small to large elsewhere."""
    parts = [part for part in (getattr(value, name, None) for name in PARTS) if part]
    if has_chinese("".join(parts)):
        return "".join(parts)
    return ", ".join(reversed(parts)) or None


def address_from_json(value: Any) -> Address | None:
    if not isinstance(value, dict):
        raise Refused(_("%(value)s is not an address in parts.", value=brief(value)), "type")
    if unknown := sorted(str(key) for key in set(value) - set(PARTS)):
        guess = near(unknown[0], PARTS)
        raise Refused(_("An address has no part %(value)s.", value=brief(unknown[0])), "unknown", guess)
    said = {name: part for name, part in value.items() if part is not None}
    return Address(**{name: line(part, LONGEST[name]) for name, part in said.items()}) or None


def wire_address(_text: str | None, *parts: str | None) -> dict[str, str | None] | None:
    return dict(zip(PARTS, parts[:4], strict=True)) if any(parts[:4]) else None


class AddressType(FieldType):
    key = "address"
    label = {"en": "Address", "zh": "地址"}
    icon = "map-pin"
    group = "text"
    widget = "address"
    operators = ("contains", "not_contains", "starts_with", "ends_with", "is_blank", "is_not_blank")
    sortable = False
    example = {"province": "浙江省", "city": "杭州市", "district": "西湖区", "street": "文三路 1 号"}
    options_schema = closed({})

    def columns(self, field: Field) -> tuple[Column, ...]:
        parts = [Column(f"__{name}", ColumnKind.TEXT) for name in PARTS]
        return (Column("", ColumnKind.TEXT), *parts, Column("__fold", ColumnKind.TEXT, shadow=True))

    def expression_type(self, field: Field, model: Model) -> Type:
        return Type("text", attributes=dict.fromkeys(PARTS, TEXT))

    def attribute_suffix(self, field: Field, name: str) -> str | None:
        return f"__{name}" if name in PARTS else None

    def operand(self, field: Field, value: Address | None) -> str | None:
        return whole(value)

    def attribute(self, field: Field, value: Address | None, name: str) -> str | None:
        return getattr(value, name) if value else None

    def from_operand(self, field: Field, operand: str | None) -> Address | None:
        return address_from_json(taken_apart(operand)) if operand else None

    def schema_field(self, field: Field) -> Parsed:
        return Parsed(address_from_json)

    def json_schema(self, field: Field) -> dict[str, Any]:
        parts = {name: {"type": ["string", "null"], "maxLength": LONGEST[name]} for name in PARTS}
        return {"type": "object", "properties": parts, "additionalProperties": False}

    def dump(self, field: Field, value: Address | None) -> dict[str, str | None] | None:
        return asdict(value) if value else None

    def dump_wire(self, field: Field) -> Callable[..., Any]:
        return wire_address

    def store(self, field: Field, value: Address | None) -> tuple[str | None, ...]:
        if not value:
            return (None,) * 6
        text = whole(value) or ""
        return (text, value.province, value.city, value.district, value.street, fold(text))

    def load(self, field: Field, *columns: Any) -> Address | None:
        return Address(*columns[1:5]) or None

    def read_text(self, field: Field, cell: Any, reading: Reading) -> dict[str, str | None] | None:
        text = cell_text(cell)
        if text is None:
            return None
        if not reading.exact:
            return taken_apart(text)
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            raise Refused(_("%(value)s is not an address in JSON.", value=brief(text)), "format") from None

    def write_text(self, field: Field, value: Address | None, purpose: str, language: str) -> str | None:
        if not value or purpose == "spreadsheet":
            return whole(value)
        return json.dumps(self.dump(field, value), ensure_ascii=False)

    def read_form(self, field: Field, get: Callable[[str], Sequence[str]], reading: Reading) -> dict[str, str] | None:
        parts = {name: (get(name) or [""])[-1].strip() for name in PARTS}
        return parts if any(parts.values()) else None

    def write_form(self, field: Field, value: Address | None, reading: Reading) -> dict[str, str]:
        return {name: getattr(value, name, None) or "" for name in PARTS}

    def show(self, field: Field, value: Address | None, language: str) -> str:
        return whole(value) or ""

    def widget_options(self, field: Field, language: str) -> dict[str, Any]:
        return {"levels": PARTS, "texts": {name: pick(label, language) for name, label in LABELS.items()}}

    def literal(self, field: Field, value: Any) -> str:
        """A piece of text to look for, or an address in parts as a whole."""
        return quoted(value if isinstance(value, str) else whole(address_from_json(value)) or "")

    def search_text(self, field: Field, value: Address | None) -> str | None:
        return whole(value)
