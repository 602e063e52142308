"""Publishing and rolling back."""

import pytest
from workshops import connect

from sartor.platform.errors import Conflict, InvalidDefinition, Outdated
from sartor.platform.publishing.publisher import Publication, Unconfirmed


def test_the_first_publish_makes_every_table(workshop):
    assert workshop.design.revision == 1
    number = workshop.make("account", name="上海华为")
    assert workshop.rows("SELECT id, name FROM account") == [(number, "上海华为")]
