"""One promise per test, kept by every registered view type; and a new one is in every place by being registered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from crm import documents
from jinja2 import ChoiceLoader, DictLoader
from offices import Office, open_office
from visits import Visitor

from sartor.platform.definitions.extensions import Extensions
from sartor.platform.model import Model, View
from sartor.platform.ui.environment import TEMPLATES
from sartor.platform.views.base import CANVASES, Shape, ViewType

INSTALLED = Extensions.installed()
VIEWS = list(INSTALLED.views)
TEMPLATE_FOLDERS = (TEMPLATES, *(each.templates for each in INSTALLED.plugins))
MARKS = {"colours", "actions", "group"}
every_type = pytest.mark.parametrize("kind", VIEWS, ids=lambda kind: kind.key)


class Cards(ViewType):
    """A type that nothing else has heard of."""

    key = "cards"
    label = {"en": "Cards", "zh": "卡片"}
    icon = "layout-grid"
    template = "cards.html"
    marks = ("colours",)
    example = {"size": "small"}
    options_schema = {
        "type": "object",
        "properties": {
            "size": {
                "enum": ["small", "large"],
                "default": "small",
                "title": "Size of a card",
                "description": "How big a card is.",
            }
        },
        "additionalProperties": False,
    }

    def shapes(self, view: View, model: Model) -> list[Shape]:
        return [Shape(view.entity, (), view.sort)]


VIEW = {
    "label": {"en": "As cards", "zh": "卡片"},
    "entity": "deal",
    "type": "cards",
    "columns": {"name": {"order": 1}, "stage": {"order": 2}},
    "options": {"size": "large"},
    "order": 50,
}
DRAWN = """{% extends "list.html" %}
{% block main %}<main id="main">{% for row in page.rows.rows %}<b class="card">{{ row.title }}</b>{% endfor %}</main>
{% endblock %}"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office in which one more type is registered, with its template beside it."""
    folder: Path = tmp_path_factory.mktemp("office")
    extensions = Extensions.stock()
    extensions.views.register(Cards)
    url = f"sqlite:///{folder / 'sartor.db'}"
    with open_office(url, folder, documents(), extensions=extensions.seal()) as office:
        templates = office.app.extensions["templates"]
        templates.loader = ChoiceLoader([templates.loader, DictLoader({"cards.html": DRAWN})])
        office.hire("boss", "administrator")
        office.make("deal", {"name": "Towers", "account": office.make("account", {"name": "Contoso"})})
        office.publish({"view/deal.cards": VIEW})
        yield office


@pytest.fixture(scope="module")
def boss(office: Office) -> Visitor:
    return Visitor(office, "boss")


@every_type
def test_it_is_told_in_both_languages(kind: ViewType) -> None:
    assert set(kind.label) == {"en", "zh"}


@every_type
def test_its_options_explain_themselves_and_its_example_fits(kind: ViewType) -> None:
    schema = kind.options_schema
    assert schema["additionalProperties"] is False
    assert all(each.get("title") and each.get("description") for each in schema["properties"].values())
    jsonschema.validate(kind.example, schema)


@every_type
def test_pages_and_designers_know_how_to_draw_it(kind: ViewType) -> None:
    assert any((folder / kind.template).exists() for folder in TEMPLATE_FOLDERS)
    assert kind.canvas in CANVASES or any((folder / kind.canvas).exists() for folder in TEMPLATE_FOLDERS)
    assert set(kind.marks) <= MARKS


def test_a_new_type_is_offered_by_the_designer_with_its_options(office: Office) -> None:
    schema = office.get("boss", "/schema/view").json
    assert schema["properties"]["type"]["x-types"]["cards"]["label"] == Cards.label
    assert "Size of a card" in str(schema)


def test_a_new_type_is_listed_and_opens_in_its_designer(boss: Visitor) -> None:
    assert "Cards" in boss.get("/build/main/views").text
    assert boss.get("/build/main/views/deal.cards").status == 200


def test_what_does_not_fit_the_options_of_a_new_type_is_refused(office: Office) -> None:
    wrong = {**VIEW, "options": {"size": "huge"}}
    answer = office.ask("boss", "PUT", "/change-sets/wrong/documents/view/deal.cards", wrong)
    assert answer.problems.keys() == {"/options/size"}


def test_a_new_type_draws_its_page_by_its_own_template(boss: Visitor) -> None:
    seen = boss.get("/app/crm/deal/cards")
    assert seen.status == 200
    assert '<b class="card">Towers</b>' in seen.markup


def test_a_new_type_is_one_of_the_ways_to_see_the_records(boss: Visitor) -> None:
    assert any("/deal/cards" in each for each in boss.get("/app/crm/deal/all").links())
