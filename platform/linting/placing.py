"""Putting something at the end of what is there: the fixes that add a field to a form."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sartor.platform.definitions.documents import in_order
from sartor.platform.linting.finding import Edit
from sartor.platform.linting.subject import Subject

STEP = 10


def at_the_end(entries: Mapping[str, Mapping[str, Any]]) -> int:
    """An order behind every entry of a map."""
    orders = [Decimal(str(each["order"])) for each in entries.values() if "order" in each]
    return int(max(orders, default=Decimal(0))) + STEP


def on_the_form(subject: Subject, form: str, field: str, level: str = "L1") -> tuple[Edit, ...]:
    """A field at the end of the first section of a form."""
    key = f"form/{form}"
    sections = subject.documents[key]["sections"]
    if not sections:
        return ()
    name, section = in_order(sections)[0]
    place = {"order": at_the_end(section["fields"])}
    return (Edit(key, f"/sections/{name}/fields/{field}", {**place, **({"level": level} if level != "L1" else {})}),)


def as_column(subject: Subject, form: str, pointer: str, field: str, level: str = "L1") -> Edit:
    """A field as the last column of a table of lines. pointer: to the field of the form that holds the lines."""
    key = f"form/{form}"
    columns = subject.part(key, f"{pointer}/columns")
    place = {"order": at_the_end(columns)}
    return Edit(key, f"{pointer}/columns/{field}", {**place, **({"level": level} if level != "L1" else {})})
