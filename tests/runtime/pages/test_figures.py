"""Which number stands beside a record where there is room for one."""

from __future__ import annotations

import pytest
from example_fields import prepared

from sartor.platform.query.columns import Column
from sartor.runtime.pages.lists.heads import is_figure, is_number


@pytest.mark.parametrize(("grouping", "counts"), [(True, True), (False, False)])
def test_a_year_is_a_number_and_no_figure(grouping, counts):
    column = Column(("founded",), prepared("integer", {"grouping": grouping}), "Founded")
    assert (is_number(column), is_figure(column)) == (True, counts)
