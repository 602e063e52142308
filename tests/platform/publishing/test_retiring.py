"""Taking a field or an entity out: what only shows it follows, what reads it is left to say so."""

from __future__ import annotations

import pytest
from numbered import documents

from sartor.platform.definitions.compile import check
from sartor.platform.definitions.extensions import Extensions
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.errors import NotFound
from sartor.platform.publishing.uses.retiring import without

KINDS = Kinds(Extensions.stock().seal())


def after(key, field=None):
    changed = without(documents(), KINDS, key, field)
    merged = {**documents(), **changed}
    return changed, {name: each for name, each in merged.items() if each is not None}


def test_a_field_goes_from_forms_lists_and_rights():
    changed, left = after("entity/account", "phone")
    assert "phone" not in changed["entity/account"]["fields"]
    assert check(left, KINDS) == []


def test_what_reads_a_field_keeps_its_text_and_is_told():
    _changed, left = after("entity/deal", "amount")
    problems = check(left, KINDS)
    assert {each.file for each in problems} >= {"entity/account"}
    assert "amount" in left["entity/account"]["fields"]["open_amount"]["options"]["of"]


def test_an_entity_goes_with_its_forms_and_views_and_from_menus_and_rights():
    changed, left = after("entity/deal")
    assert [changed[key] for key in ("entity/deal", "form/deal.main", "view/deal.all")] == [None, None, None]
    shown = [
        key for key in left if key.startswith(("app/", "role/", "view/", "form/")) and "deal.all" in repr(left[key])
    ]
    assert shown == []


def test_what_stood_beside_a_card_that_goes_shares_its_room():
    def card(target, x, y, width, height=2):
        return {"target": target, "x": x, "y": y, "width": width, "height": height}

    deals, costs, won = "report/deals", "report/costs", "report/won"
    cards = {
        **{f"a{n}": card(deals if n == 1 else costs, 3 * n, 0, 3) for n in range(4)},
        "half": card(deals, 0, 2, 6, 4),
        "other": card(won, 6, 2, 6, 4),
        "high": card(won, 0, 6, 6, 5),
        "low": card(deals, 6, 6, 6, 2),
    }
    board = {"label": "Board", "cards": cards}
    left = without({**documents(), "dashboard/board": board}, KINDS, "report/deals")["dashboard/board"]["cards"]
    places = {name: (each["x"], each["width"]) for name, each in left.items()}
    assert places == {"a0": (0, 4), "a2": (4, 4), "a3": (8, 4), "other": (0, 12), "high": (0, 6)}


def test_nothing_that_is_not_touched_is_changed():
    changed, _left = after("entity/contact", "name")
    assert changed.keys() <= {"entity/contact", *(key for key in documents() if "name" in repr(documents()[key]))}
    assert "entity/account" not in changed


@pytest.mark.parametrize(
    ("key", "field", "guess"), [("entity/dael", None, "entity/deal"), ("entity/deal", "amont", "amount")]
)
def test_what_is_not_there_is_refused_with_the_near_match(key, field, guess):
    with pytest.raises(NotFound, match=guess):
        without(documents(), KINDS, key, field)
