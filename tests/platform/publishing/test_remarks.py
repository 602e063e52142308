"""What is said about a change set, and where it goes with the change set."""

from __future__ import annotations

import pytest
from workshops import text, with_field

from sartor.platform.errors import Forbidden, Invalid, NotFound
from sartor.platform.publishing.change_sets.remarks import About, Remarks

ANN, BOB = 7, 8


@pytest.fixture
def remarks(workshop):
    return Remarks(workshop.models)


def test_what_is_said_about_a_change_set_stays_with_its_revision(workshop, remarks):
    about = About("entity/account", "/fields/nick", "Field Nick of Account: new")
    remarks.comment("main", "Why?", ANN)
    remarks.comment("main", "For birthdays\r\n", BOB, about)
    number = workshop.publish(with_field(workshop, "nick", text()))
    assert remarks.of_set("main") == []
    said = remarks.of_revision(number)
    assert [(each.by, each.body) for each in said] == [(ANN, "Why?"), (BOB, "For birthdays")]
    assert said[1].about == about


def test_a_change_set_of_which_something_was_said_outlives_its_last_edit(workshop, remarks):
    sets = workshop.publisher.sets
    sets.put_all(with_field(workshop, "nick", text()))
    remarks.comment("main", "Not now", ANN)
    sets.discard(["entity/account"])
    assert (sets.names(), len(remarks.of_set("main"))) == (["main"], 1)
    sets.discard()
    assert (sets.names(), remarks.of_set("main")) == ([], [])


def test_only_whoever_said_it_takes_it_back(remarks):
    number = remarks.comment("main", "Hm", ANN)
    with pytest.raises(Forbidden):
        remarks.take_back("main", number, BOB)
    with pytest.raises(NotFound):
        remarks.take_back("other", number, ANN)
    remarks.take_back("main", number, ANN)
    assert remarks.of_set("main") == []


@pytest.mark.parametrize("body", ["", "  \n", "\x00", "x" * 5000])
def test_nothing_and_too_much_are_no_comments(remarks, body):
    with pytest.raises(Invalid):
        remarks.comment("main", body, ANN)
