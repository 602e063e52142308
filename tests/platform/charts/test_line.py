"""Lines and fillings stand out on the paper of both themes, lines from one another, too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sartor.platform.charts.line import DRAWN
from sartor.platform.charts.series import COLOURS

STAGES = {f"--plot-{name}" for name in ("1", "2", "3", "4", "won", "lost")}
TOKENS = Path(__file__).parents[3] / "platform" / "ui" / "static" / "css" / "tokens.css"


def tokens(theme: str) -> dict[str, str]:
    light, _dark, dark = TOKENS.read_text("utf-8").partition('[data-bs-theme="dark"]')
    return dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", light if theme == "light" else dark.partition("}")[0]))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colour", sorted({*(colour for colour, _dash in DRAWN), *COLOURS, *STAGES}))
def test_a_line_or_filling_is_seen_on_paper(theme: str, colour: str) -> None:
    known = tokens(theme)
    low, high = sorted(luminance(known[name]) + 0.05 for name in (colour, "--paper"))
    assert high / low >= 3


def test_no_two_lines_are_drawn_alike() -> None:
    assert len(set(DRAWN)) == len(DRAWN)
