"""What the product wrote on its own revisions is told in the reader's language."""

from __future__ import annotations

import pytest

from sartor.builder.bench import Bench
from sartor.builder.review.own_notes import said_note
from sartor.platform.packaging.files.shape import Blueprint, Parts
from sartor.platform.packaging.files.shelf import Shelf
from sartor.platform.text import use_language
from sartor.platform.ui.pages.shell import Look


@pytest.fixture
def here(office):
    """At the bench of somebody in a workspace without blueprints."""
    bench = Bench(office.workspace, office.workspace.system("test"), "main", Look(language="zh"), "")
    bench.__dict__["published"] = {}
    return bench


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("The beginning: users and departments", "初始：用户与部门"),
        ("Installed base, sales", "安装了 客户、销售"),
        ("Upgraded sales to 1.2.0", "销售 升级到 1.2.0"),
        ("Took out sales", "移除了 销售"),
        ("Brought in mine", "导入了 mine"),
        ("Brought the design over", "带入了整份设计"),
        ("Installed by hand: see my mail", "Installed by hand: see my mail"),
    ],
)
def test_a_note_of_the_product_is_translated_and_no_other(here, note, told):
    """Blueprints go by what they are called; one that nobody knows any more by its name."""
    use_language("zh")
    said = said_note(here, note)
    use_language("en")
    assert said == told


def test_a_blueprint_that_was_taken_out_goes_by_what_it_was_called(here):
    gears = Blueprint("gears", {"name": "gears", "version": "1.0.0", "label": {"en": "Gears", "zh": "齿轮"}}, Parts())
    Shelf(here.workspace.database, here.workspace.store).keep(gears)
    assert said_note(here, "Took out gears") == "Took out Gears"
