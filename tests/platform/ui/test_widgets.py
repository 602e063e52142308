"""Widgets: one template per kind, known settings, labels and errors where readers look for them."""

from __future__ import annotations

import pytest
from gallery import forms
from jinja2 import Environment

from sartor.platform.ui.environment import TEMPLATES
from sartor.platform.ui.pages.widget import KINDS, WIDGET_SETTINGS, Widget


def shown(templates: Environment, widget: Widget) -> str:
    return templates.from_string('{% from "widgets/_field.html" import field %}{{ field(w) }}').render(w=widget)


def test_every_kind_has_a_template_and_its_settings_described():
    files = {path.stem for path in (TEMPLATES / "widgets").glob("[a-z]*.html")}
    assert files == set(KINDS) == set(WIDGET_SETTINGS)


def test_the_gallery_shows_every_kind():
    kinds = {widget.kind for widget in forms.every_kind()}
    assert kinds >= set(KINDS) - {"hidden", "password", "file"}


@pytest.mark.parametrize("widget", forms.every_kind(), ids=lambda widget: widget.name)
def test_widgets_use_only_settings_that_are_described(widget):
    assert set(widget.settings) <= set(WIDGET_SETTINGS[widget.kind])


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("hidden", "lines", "readonly", "file")])
def test_an_error_is_said_by_the_control(kind, templates: Environment):
    html = shown(templates, Widget(name="a", label="A", kind=kind, error="Wrong <b>"))
    assert "Wrong &lt;b&gt;" in html
    assert 'id="f-a-error"' in html


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("hidden", "lines", "readonly", "rating")])
def test_a_required_control_says_so(kind, templates: Environment):
    html = shown(templates, Widget(name="a", label="A", kind=kind, required=True))
    assert "data-must" in html


def test_hidden_by_a_rule_means_not_shown_yet_there(templates: Environment):
    assert " hidden>" in shown(templates, Widget(name="a", label="A", visible=False)).split("\n")[0]


def test_options_keep_their_order_and_groups(templates: Environment):
    groups = forms.sources()
    html = shown(templates, Widget(name="a", label="A", kind="select", options=groups, settings={"blank": "-"}))
    assert html.index("Referral") < html.index("Trade fair") < html.index("Website")


def test_a_new_line_starts_from_the_blank(templates: Environment):
    html = shown(templates, forms.lines())
    assert 'name="items[+].product"' in html.split("<template")[1]
    assert 'name="items[0].id" value="1"' in html
