"""Home before the first record."""

from __future__ import annotations


def test_a_list_without_a_record_leads_to_the_first_one(visit):
    page = visit("max").get("/app").markup
    assert "No deals yet" in page
    assert 'href="/app/crm/deal/r/new"' in page
