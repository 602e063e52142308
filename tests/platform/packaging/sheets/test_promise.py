"""What is proposed holds: every value that was not told as an exception is taken by the field that is made."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import marshmallow as ma
from hypothesis import given, settings
from hypothesis import strategies as st

from sartor.platform.access.context import system_context
from sartor.platform.definitions.compile.drafting import compile_draft
from sartor.platform.packaging.sheets.documents import documents
from sartor.platform.packaging.sheets.plans import fillings
from sartor.platform.records.files.reading import open_table
from sartor.platform.records.importing.columns import bind_columns, read_row
from sartor.platform.text import fold

DIGITS = st.integers(-(10**17), 10**17).map(str)
NUMBERS = st.decimals(-(10**6), 10**6, places=3).map(str)
DAYS = st.dates().map(str)
WRITTEN = st.dates().map(lambda day: f"{day.day}/{day.month}/{day.year:04}")
MOMENTS = st.datetimes().map(lambda moment: moment.isoformat(sep=" "))
MONEY = st.decimals(0, 10**5, places=2).map(lambda amount: f"${amount:,}")
WORDS = st.sampled_from(
    ["yes", "no", "N/A", "无", "Won", "won", "张伟", "a@b.cn", "x@y", "12%", "1.234,5", "=1", "1e5", "-"]
)
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Co"], exclude_characters='"\ufffd'), max_size=30)
VALUES = st.one_of(
    *(
        st.lists(each, min_size=1, max_size=12)
        for each in (DIGITS, NUMBERS, DAYS, WRITTEN, MOMENTS, MONEY, WORDS, TEXTS)
    )
)
COLUMNS = st.tuples(VALUES, st.lists(st.one_of(WORDS, TEXTS, DAYS), max_size=2)).map(lambda pair: [*pair[0], *pair[1]])


@settings(max_examples=25)
@given(values=COLUMNS, name=st.sampled_from(["thing", "price", "phone", "价格"]))
def test_a_field_takes_every_value_that_is_no_told_exception(values: Any, name: str, desk: Any, here: Any) -> None:
    text = "\n".join([f"id,{name}", *(f'{number},"{value}"' for number, value in enumerate(values, 1))]).encode()
    proposal = desk.bring([(BytesIO(text), "rows.csv")], {})
    draft = compile_draft({**here.serving().design.documents, **documents(proposal, role=False)}, here.kinds, 0)
    assert draft.problems == []
    (filling,) = fillings(proposal)
    context = system_context(draft.model, "test", here.authority)
    table = open_table(BytesIO(text), name="rows.csv")
    bound = bind_columns(filling.plan, table.columns, draft.model.entity("row"), context)
    told = {fold(each.value) for column in proposal.sheets[0].columns for each in column.misfits}
    for row in table.rows():
        read = read_row(row, bound)
        _parsed(read, bound)
        assert read.problems == [] or fold(str(row.values[1])) in told


def _parsed(read: Any, bound: Any) -> None:
    """On to what is stored; what a field refuses there counts as well."""
    for column in bound:
        value = read.values.get(column.field.name)
        try:
            assert value is None or column.field.type.schema_field(column.field).deserialize(value) is not None
        except ma.ValidationError as error:
            read.problems.append(error)
