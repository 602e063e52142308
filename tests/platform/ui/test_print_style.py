"""What a template says about paper becomes values of CSS, and no text in it anything but a string."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from sartor.platform.ui.pages.sheet import Paper
from sartor.platform.ui.print_style import css_text, page_margin, page_numbers, page_size


def test_a_sheet_has_its_size_standing_and_lying():
    assert page_size(Paper()) == "210mm 297mm"
    assert page_size(Paper("slip", landscape=True)) == "241mm 140mm"
    assert page_margin(Paper(margins="narrow")) == "12mm 10mm"


def test_numbers_stand_in_their_words():
    assert page_numbers(()) == '""'
    assert page_numbers(("Page ", " of ", "")) == '"Page " counter(page) " of " counter(pages) ""'


@given(text=st.text())
def test_a_text_stays_one_string_of_css(text):
    found = css_text(text)
    assert re.fullmatch(r'"(?:[\w ]|\\[0-9a-f]+ )*"', found)
    assert re.sub(r"\\([0-9a-f]+) ", lambda each: chr(int(each[1], 16)), found[1:-1]) == text
