"""What people mark up: headings, lists, bold, italic, links, and nothing that does harm."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sartor.platform.ui.marked_up import marked_up

OURS = re.compile(
    r'</?(?:p|ul|li|strong|em|br)>|</(?:ol|a|h[2-7])>|<ol start="\d+">|<h[2-7] class="head-[1-6]">'
    r'|<a class="link" href="(?:https?://|mailto:|/(?![/\\]))[^"<>\\]*"'
    r'(?: target="_blank" rel="noopener noreferrer")?>',
    re.IGNORECASE,
)
HARM = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "![x](https://elsewhere.example/spy.png)",
    "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](data:text/html,<b>)", "[x](vbscript:x)",
    "[x](&#106;avascript:alert(1))", "[x](//elsewhere.example)", r"[x](/\elsewhere.example)",
    r"[x](\\elsewhere.example)", "[x](app/crm)", "<javascript:alert(1)>", '[x](/a "b\\" onclick=\\"c")',
    '[x](https://a.example/"onclick=")', "[x]: javascript:alert(1)\n\n[x]", "> a\n\n```\n<b>\n```",
    "# <i>x</i>", "- <svg onload=x>",
)  # fmt: skip


def test_headings_lists_bold_italic_and_links_become_what_they_mean():
    text = "# Rules\nCall **first**,\nthen *write*.\n\n- [deals](/app/crm)\n- <https://a.example>\n\n3. c\n## More"
    assert marked_up(text, 2) == (
        '<h3 class="head-1">Rules</h3><p>Call <strong>first</strong>,<br>\nthen <em>write</em>.</p>'
        '<ul><li><a class="link" href="/app/crm">deals</a></li><li><a class="link" href="https://a.example" '
        'target="_blank" rel="noopener noreferrer">https://a.example</a></li></ul>'
        '<ol start="3"><li>c</li></ol><h4 class="head-2">More</h4>'
    )


def test_headings_begin_below_the_one_they_stand_under_whatever_they_are_marked_with():
    assert marked_up("### a\n###### b") == '<h2 class="head-1">a</h2><h3 class="head-2">b</h3>'


@pytest.mark.parametrize(("text", "html"), [
    ("**“重点”**的客户", "<strong>“重点”</strong>的客户"), ("看**《合同》**。", "看<strong>《合同》</strong>。"),
    ("2 * 3 * 4，单价 * 数量 * 折扣", "2 * 3 * 4，单价 * 数量 * 折扣"), ("a_b_c", "a_b_c"),
])  # fmt: skip
def test_marks_hold_between_chinese_words_and_signs_are_left_alone(text, html):
    assert marked_up(text) == f"<p>{html}</p>"


@pytest.mark.parametrize("text", HARM)
def test_no_html_no_picture_and_no_other_address_comes_through(text):
    assert not re.search(r"[<>\"]", OURS.sub("", marked_up(text)))
    assert "href=" not in marked_up(text) or OURS.search(marked_up(text))


@given(st.text('<>[]()*_#-/\\":&;!` \n\tahjpstx1.看', max_size=60))
def test_whatever_is_typed_every_tag_is_one_of_ours(text):
    assert not re.search(r"[<>]", OURS.sub("", marked_up(text)))
