"""What a report cannot do is told where it is designed, at the part that asks for it."""

from __future__ import annotations

from typing import Any

import crm
import pytest
from worlds import COMPILER

COUNT = {"formula": "count()", "label": "Records", "order": 1}
REPORT = {"label": "Deals", "entity": "deal", "chart": "table", "measures": {"count": COUNT}}


def faults(**more: Any) -> list[tuple[str, str]]:
    report = {key: each for key, each in {**REPORT, **more}.items() if each is not None}
    found = COMPILER.check(crm.documents(**{"report/deals": report}))
    assert all(each.file == "report/deals" for each in found)
    return [(each.field, each.code) for each in found]


@pytest.mark.parametrize(
    ("more", "field", "code"),
    [
        ({"dimensions": {"lines": {}}}, "/dimensions/lines", "many"),
        ({"measures": {"n": {**COUNT, "show": "share"}}}, "/measures/n/show", "show"),
        ({"dimensions": {"stage": {}}, "measures": {"n": {**COUNT, "show": "share_row"}}}, "/measures/n/show", "show"),
        ({"dimensions": {"stage": {}}, "measures": {"n": {**COUNT, "show": "running"}}, "compare": "previous_year"},
         "/measures/n/show", "show"),
        ({"dimensions": {"stage": {}}, "measures": {"n": {**COUNT, "formula": "max(close_on)", "show": "share"}}},
         "/measures/n/show", "show"),
        ({"dimensions": {"stage": {}}, "options": {"subtotals": True}}, "/options/subtotals", "subtotals"),
        ({"dimensions": {"stage": {"bucket": "month"}}}, "/dimensions/stage/bucket", "bucket"),
        ({"dimensions": {"outcome": {"path": "stage.outcome", "bucket": "day"}}},
         "/dimensions/outcome/bucket", "bucket"),
        ({"dimensions": {"a": {"path": "stage", "across": True}, "b": {"path": "account", "across": True}}},
         "/dimensions/b/across", "across"),
        ({"chart": "pie", "dimensions": {"stage": {"across": True}}}, "/dimensions/stage/across", "across"),
        ({"dimensions": {"stage": {"bands": ["1"]}}}, "/dimensions/stage/bands", "bands"),
        ({"dimensions": {"amount": {"bands": ["5", "1"]}}}, "/dimensions/amount/bands", "bands"),
        ({"chart": "pie"}, "/dimensions", "chart"),
        ({"sort": ["-amount"]}, "/sort", "unknown"),
        ({"on": "name"}, "/on", "date"),
        ({"on": "closed_on"}, "/on", "unknown"),
        ({"entity": None}, "/measures/count/formula", "entity"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_place(more, field, code):
    assert (field, code) in faults(**more)


def test_what_can_be_has_no_fault():
    good = {"month": {"path": "close_on", "bucket": "month"}, "outcome": {"path": "stage.outcome", "across": True}}
    good["size"] = {"path": "amount", "bands": ["-1", "1000.5"]}
    assert faults(dimensions=good, sort=["-count", "month"], on="closed_at") == []


def test_a_metric_that_is_a_day_has_no_share():
    latest = {"label": "Latest", "definition": "The last day.", "entity": "deal", "measure": "max(close_on)"}
    share = {"metric": "latest", "show": "share", "order": 1}
    report = {**REPORT, "dimensions": {"stage": {}}, "measures": {"n": share}}
    found = COMPILER.check(crm.documents(**{"metric/latest": latest, "report/deals": report}))
    assert [(each.field, each.code) for each in found] == [("/measures/n/show", "show")]
