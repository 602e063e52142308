"""Templates: escaping, languages, page objects, icons."""

from __future__ import annotations

import re

import pytest
from gallery.server import FRAGMENTS, PAGES
from jinja2 import DictLoader, Environment, FileSystemLoader, UndefinedError

from sartor.platform.errors import UnknownKey
from sartor.platform.ui.assets import Assets
from sartor.platform.ui.environment import environment, keep_compiled, render

EVERY = {**PAGES, **FRAGMENTS}


@pytest.mark.parametrize("name", EVERY)
def test_every_page_object_renders_in_both_languages(name, language, templates: Environment):
    assert render(templates, EVERY[name]()).strip()


@pytest.mark.parametrize("name", EVERY)
def test_page_objects_cannot_be_changed(name):
    page = EVERY[name]()
    assert type(page).__dataclass_params__.frozen
    assert not hasattr(page, "__dict__")


def test_values_never_become_markup(templates: Environment):
    shown = render(templates, PAGES["list-long"]())
    assert "<svg onload" not in shown
    assert "&lt;svg onload" in shown


def test_arguments_of_a_translated_sentence_are_escaped(templates: Environment):
    assert templates.from_string('{{ _("Move %(title)s", title="<b>") }}').render() == "Move &lt;b&gt;"


def test_plurals_are_filled_in_by_the_template(templates: Environment):
    source = '{{ ngettext("%(n)s day ago", "%(n)s days ago", 3, n="<3>") }}'
    assert templates.from_string(source).render() == "&lt;3&gt; days ago"


def test_a_name_that_no_page_object_has_is_an_error(templates: Environment):
    with pytest.raises(UndefinedError):
        templates.from_string("{{ page.nonsense }}").render(page=PAGES["list"]())


def test_a_plugins_template_comes_before_ours():
    mine = environment(Assets(), [DictLoader({"widgets/text.html": "mine"})])
    assert mine.get_template("widgets/text.html").render() == "mine"


def test_a_template_is_compiled_once_for_all_processes(tmp_path, monkeypatch):
    first, second = environment(Assets()), environment(Assets())
    for each in (first, second):
        keep_compiled(each, tmp_path)
    first.get_template("widgets/text.html")
    monkeypatch.setattr(Environment, "_generate", None)
    assert second.get_template("widgets/text.html")


def test_what_was_kept_of_a_template_that_says_something_else_now_is_refused(tmp_path):
    template = tmp_path / "own.html"
    for said in ("before", "after"):
        template.write_text(said)
        env = environment(Assets(), [FileSystemLoader(tmp_path)])
        keep_compiled(env, tmp_path)
        assert env.get_template("own.html").render() == said
    assert len(list((tmp_path / "compiled").rglob("*.cache"))) == 1


def test_pages_are_drawn_where_nothing_can_be_kept(tmp_path):
    (tmp_path / "compiled").touch()
    env = environment(Assets())
    keep_compiled(env, tmp_path)
    assert env.get_template("widgets/text.html")


def test_a_page_says_its_language(language, templates: Environment):
    expected = {"en": 'lang="en"', "zh": 'lang="zh-Hans"'}[language]
    assert expected in render(templates, PAGES["list"]())


def test_an_unknown_file_names_the_near_one():
    with pytest.raises(UnknownKey, match=r"app\.js"):
        Assets().url("ap.js")


def test_an_icon_alone_has_a_name():
    assert 'role="img" aria-label="Call &lt;now&gt;"' in Assets().icon("phone", "Call <now>")
    assert 'aria-hidden="true"' in Assets().icon("phone")


def test_an_unknown_icon_is_a_dot():
    assert "#point" in Assets().icon("no-such-icon")


def test_built_names_hold_eight_hex_digits():
    assert re.fullmatch(r"/static/app\.[0-9a-f]{8}\.js", Assets().url("app.js"))
