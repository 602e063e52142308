"""Reading a number from a text."""

from __future__ import annotations

import re
from decimal import Decimal

import sqlalchemy as sa

from sartor.platform.expressions.sql.builder import Builder, Sql
from sartor.platform.expressions.texts import BLANKS

PATTERN = r"^[+-]?[0-9]{1,26}(\.[0-9]{1,12})?$"

_PATTERN = re.compile(PATTERN.replace("$", r"\Z"))


def number(text: str) -> Decimal | None:
    stripped = text.strip(BLANKS)
    return Decimal(stripped) if _PATTERN.match(stripped) else None


def number_sql(b: Builder, text: Sql) -> sa.ColumnElement:
    stripped = sa.func.btrim(text.element, sa.literal(BLANKS, sa.Text()))
    return sa.case((stripped.regexp_match(PATTERN), sa.cast(stripped, sa.Numeric())), else_=sa.null())
