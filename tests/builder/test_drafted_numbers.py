"""Reports and metrics of a change set, answered on what is published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numbers_of_crm
import pytest
from flask import g

from sartor.builder.bench import Bench
from sartor.builder.canvas.drafted_numbers import drafted_numbers
from sartor.platform.reporting.reporter import Reporter
from sartor.platform.ui.pages.shell import Look

SET = "figuring"


@pytest.fixture
def here(office: Any) -> Iterator[Bench]:
    workspace = office.workspace
    stamp = workspace.stamp()
    context = workspace.person(stamp, office.people["boss"])
    with office.app.test_request_context():
        g.asker = type("Asker", (), {"stamp": stamp})()
        yield Bench(workspace, context, SET, Look.chosen({}, "en"), "")
    workspace.publisher.sets.discard(name=SET)


def test_a_metric_and_a_report_that_are_not_published_are_answered(here, office):
    office.make("deal", {"name": "One", "account": office.make("account", {"name": "A"})})
    metric = numbers_of_crm.metric("All deals", entity="deal", measure="count()")
    here.workspace.publisher.sets.put("metric/all_deals", metric, name=SET)
    found = drafted_numbers(here, {"report/fresh": numbers_of_crm.report("Fresh", "number", "all_deals")})
    answer = Reporter(found).run(here.context, "fresh")
    assert answer.table.rows[0][0].value == 1


def test_what_reads_an_unpublished_field_says_so(here):
    report = numbers_of_crm.report("Fresh", "bar", "deals", dimensions=("renewal",), entity="deal")
    found = drafted_numbers(here, {"report/fresh": report})
    assert "fresh" not in found.model.reports
    assert found.problems == {"report/fresh": "Deal has no field renewal."}


def test_a_report_that_is_no_report_says_what_is_wrong(here):
    found = drafted_numbers(here, {"report/deals": {"label": "Deals", "chart": "number"}})
    assert "deals" not in found.model.reports
    assert "Measures is missing." in found.problems["report/deals"]


def test_what_the_change_set_leaves_out_is_not_there(here):
    here.workspace.publisher.sets.put_all({"report/costs": None}, name=SET)
    found = drafted_numbers(here)
    assert "costs" not in found.model.reports
    assert "deals" in found.model.reports


def test_what_counts_an_entity_that_is_not_published_yet_says_so(here):
    entity = {"label": "Rental", "title": "name", "fields": {"name": {"type": "text", "label": "Name"}}}
    here.workspace.publisher.sets.put("entity/rental", entity, name=SET)
    report = numbers_of_crm.report("Rentals", "bar", "deals", dimensions=("name",), entity="rental")
    found = drafted_numbers(
        Bench(here.workspace, here.context, SET, Look.chosen({}, "en"), ""), {"report/rentals": report}
    )
    assert found.problems == {"report/rentals": "The entity is not published yet, so there are no records to show."}
