"""What the tests that read the source have in common."""

from __future__ import annotations

import pytest
from sources import ROOT, Source


class Written(Source):
    """Source that is a text of the test."""

    def __init__(self, text: str) -> None:
        self.path = ROOT / "platform" / "views" / "example.py"
        self.name, self.part, self.text = "platform/views/example.py", "platform", text


@pytest.fixture
def written() -> type[Written]:
    return Written
