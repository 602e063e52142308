"""Fixtures of the pages: the gallery on a port, and pages that speak a language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from gallery.server import Gallery, served
from jinja2 import Environment

from sartor.platform.text import use_language
from sartor.platform.ui.assets import Assets
from sartor.platform.ui.environment import environment


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each test once in each language."""
    use_language(request.param)
    yield request.param
    use_language("en")


@pytest.fixture(scope="session")
def templates() -> Environment:
    return environment(Assets())


@pytest.fixture(scope="module")
def gallery() -> Iterator[tuple[str, Gallery]]:
    """The address of the gallery, and the application itself."""
    with served() as running:
        yield running
