"""What the product wrote on its own revisions is told in the reader's language."""

from __future__ import annotations

import pytest

from sartor.builder.review.own_notes import said_note
from sartor.platform.text import use_language


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("The beginning: users and departments", "初始：用户与部门"),
        ("Installed base, sales", "安装了 base, sales"),
        ("Upgraded sales to 1.2.0", "sales 升级到 1.2.0"),
        ("Took out sales", "移除了 sales"),
        ("Brought in mine", "导入了 mine"),
        ("Brought the design over", "带入了整份设计"),
        ("Installed by hand: see my mail", "Installed by hand: see my mail"),
    ],
)
def test_a_note_of_the_product_is_translated_and_no_other(note, told):
    use_language("zh")
    said = said_note(note)
    use_language("en")
    assert said == told
