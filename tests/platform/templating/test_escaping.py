"""No value of a record, whatever it holds, becomes anything but text on the page."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from sartor.platform.templating.marks import one_line, passages
from sartor.platform.ui.assets import Assets
from sartor.platform.ui.environment import environment
from sartor.platform.ui.pages.sheet import Column, Pair, Part, Run, Sheet, Signature, Table

HOSTILE = st.one_of(
    st.text(),
    st.sampled_from(
        ["<svg onload=alert(1)>", '"><img src=x onerror=y>', "</article><script>z</script>", "{{ 7 * 7 }}", "{% raw %}",
         "**b** <b>", "javascript:x", "&lt;i&gt;", "- <li>", "]]>", "<!--"]
    ),
)  # fmt: skip
TAGS = {"article", "header", "h2", "div", "p", "br", "strong", "ul", "li", "dl", "dt", "dd", "table", "thead", "tbody",
        "tfoot", "tr", "th", "td", "img"}  # fmt: skip


class Seen(HTMLParser):
    """What a browser would make of it: its elements with their attributes, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, frozenset[str]]] = []
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, frozenset(name for name, _value in attrs)))

    def handle_data(self, data):
        self.words += data


@pytest.fixture(scope="module")
def templates() -> Environment:
    return environment(Assets())


def sheet(value: str) -> Sheet:
    runs = (Run("Dear **"), Run(value, value=True), Run("**\n- "), Run(value, value=True))
    table = Table((Column(value, width=2), Column("b", number=True)), ((value, value),), (value, ""))
    return Sheet(
        subject=value,
        parts=(
            Part("a", "heading", passages(runs)),
            Part("b", "text", passages(runs)),
            Part("c", "fields", pairs=(Pair(value, value),)),
            Part("d", "lines", table=table),
            Part("e", "lines", table=Table((), (), empty=value)),
            Part("p", "picture", picture=value, alt=value),
            Part("f", "signature", signatures=(Signature(value, value, seal=True),)),
        ),
        language="en",
    )


def drawn(templates: Environment, value: str) -> str:
    source = '{% from "partials/sheet.html" import sheet %}{{ sheet(made, name) }}'
    return templates.from_string(source).render(made=sheet(value), name=value)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=HOSTILE)
def test_no_value_breaks_out_of_its_place(templates, value):
    seen = Seen(drawn(templates, value))
    harmless = Seen(drawn(templates, "x"))
    assert {tag for tag, _names in seen.elements} <= TAGS
    assert {names for _tag, names in seen.elements} <= {names for _tag, names in harmless.elements} | {frozenset()}


@given(value=HOSTILE)
def test_marks_in_a_value_mean_nothing(value):
    made = passages([Run(value, value=True)])
    assert not any(run.bold for each in made for line in each.lines for run in line)
    assert not any(each.points for each in made)
    assert "".join(one_line([Run(value, value=True)]).split()) == "".join(value.split())


def test_a_hostile_value_is_read_as_it_was_written(templates):
    assert "<svg onload=alert(1)>" in Seen(drawn(templates, "<svg onload=alert(1)>")).words
