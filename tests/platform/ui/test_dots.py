"""Dots of stages and choices."""

from __future__ import annotations

import re

import pytest
from sources import ROOT

from sartor.platform.fields.schemas import COLOURS as FIELD_COLOURS
from sartor.platform.ui.dots import COLOURS, choice_dot, stage_dot

CSS = (ROOT / "platform/ui/static/css/stages.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("of", range(2, 12))
def test_open_stages_grow_deeper_from_first_to_last(of):
    shades = [int(stage_dot(index, of)[-1]) for index in range(1, of + 1)]
    assert shades == sorted(shades)
    assert (shades[0], shades[-1]) == (1, 4)


def test_ends_have_a_colour_of_their_own():
    assert [stage_dot(5, 4, outcome) for outcome in ("won", "lost")] == ["stage-won", "stage-lost"]


def test_a_colour_chosen_by_an_admin_wins():
    assert stage_dot(1, 4, "won", "teal") == "tint-teal"


def test_every_colour_of_the_schemas_is_drawn():
    assert set(FIELD_COLOURS) == COLOURS == set(re.findall(r"\.tint-(\w+)", CSS))


def test_no_colour_no_dot():
    assert choice_dot(None) is None
    assert choice_dot("red") == "tint-red"
