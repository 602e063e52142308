"""A change set that names what a plugin brought which is gone: the builder shows the rest and says what is wrong."""

import pytest

PAGES = (
    "", "/entities", "/entities/deal", "/forms", "/forms/deal.main", "/views", "/views/deal.all", "/views/deal.board",
    "/roles", "/roles/manager", "/apps", "/plan", "/changes", "/check", "/relations", "/reports", "/dashboards",
    "/pipelines", "/options", "/templates", "/blueprints", "/revisions", "/start",
)  # fmt: skip
FIELD = {"type": "gone", "label": "Gone", "order": 9}
RESULT = {"type": "formula", "label": "Gone", "order": 9, "formula": "1", "options": {"result": {"type": "gone"}}}
COUNT = {"formula": "count()", "label": "Number", "order": 1}
REPORT = {"label": "Deals", "entity": "deal", "chart": "gone", "measures": {"count": COUNT}}


@pytest.fixture(params=["field", "result", "view", "report"])
def page(request, office):
    """The designer of a definition that names it."""
    sets = office.workspace.publisher.sets
    deal, board = sets.document("entity/deal", "main"), sets.document("view/deal.board", "main")
    key, document, page = {
        "field": ("entity/deal", {**deal, "fields": {**deal["fields"], "gone": FIELD}}, "/entities/deal"),
        "result": ("entity/deal", {**deal, "fields": {**deal["fields"], "gone": RESULT}}, "/entities/deal"),
        "view": ("view/deal.board", {**board, "type": "gone"}, "/views/deal.board"),
        "report": ("report/deals", REPORT, "/reports/deals"),
    }[request.param]
    sets.put(key, document)
    yield page
    sets.discard(name="main")


def test_no_page_fails(office, page):
    client = office.app.test_client()
    client.set_cookie("sartor_session", office.sign_in("boss")[0])
    answers = {each: client.get(f"/build/main{each}").status_code for each in (*PAGES, page)}
    assert {each: status for each, status in answers.items() if status >= 500} == {}
