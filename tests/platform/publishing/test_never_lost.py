"""Two admins at random, each in a change set of their own: whatever one typed is published, or was decided away."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import Any

import pytest

from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.change_sets.deciding import Choice, Decision, Decisions
from sartor.platform.publishing.change_sets.merging import put_at, taken_from

PLACES = {
    "options/industry": ("/label", "/choices/it/label/en", "/choices/it/colour", "/choices/retail/order"),
    "view/deal.all": ("/columns/amount/width", "/columns/name/width", "/filter", "/order"),
}
VALUES: dict[str, Any] = {
    "label": ("One", "Two", "Three"), "en": ("One", "Two", "Three"), "colour": ("red", "blue"), "order": (1, 2, 3),
    "width": (2, 3, 4), "filter": ("amount > 1", "amount > 2"),
}  # fmt: skip
Typed = dict[tuple[str, str], Any]


class Admins:
    """What each of the two has typed and not yet published, beside the change sets that hold it."""

    def __init__(self, workshop: Any, random: Random) -> None:
        self.workshop = workshop
        self.sets = workshop.publisher.sets
        self.decisions = Decisions(self.sets)
        self.random = random
        self.typed: dict[str, Typed] = {"one": {}, "other": {}}

    def edit(self, who: str) -> None:
        key = self.random.choice(sorted(PLACES))
        place = self.random.choice(PLACES[key])
        value = self.random.choice(VALUES[place.rpartition("/")[2]])
        document = put_at(deepcopy(dict(self.sets.document(key, who))), place, value)
        self.sets.put(key, document, name=who)
        self.typed[who][key, place] = value

    def decide(self, who: str) -> None:
        """Everything that is asked, one by one, and a decision against mine takes it away."""
        while asked := self.decisions.questions(who):
            question = self.random.choice(asked)
            choice = self.random.choice((Choice.KEEP, Choice.TAKE))
            self.decisions.decide(Decision(question.key, question.place, choice), name=who)
            if choice is Choice.TAKE:
                self.typed[who].pop((question.key, question.place))

    def publish(self, who: str) -> None:
        self.decide(who)
        self.workshop.publisher.publish(Publication(), who)
        self.require(self.workshop.design.documents, self.typed[who])
        self.typed[who] = {}

    def forget_what_is_so(self) -> None:
        """What is published already is no edit of anybody's."""
        documents = self.workshop.design.documents
        for who, typed in self.typed.items():
            left = {at: each for at, each in typed.items() if taken_from(documents[at[0]], at[1]) != each}
            self.typed[who] = left

    def require(self, documents: Any, typed: Typed) -> None:
        for (key, place), value in typed.items():
            assert taken_from(documents[key], place) == value, (key, place)


@pytest.mark.parametrize("seed", range(3))
def test_nothing_that_somebody_typed_is_lost(workshop, seed):
    random = Random(seed)
    admins = Admins(workshop, random)
    for _step in range(25):
        who = random.choice(("one", "other"))
        (admins.publish if random.random() < 0.25 else admins.edit)(who)
        admins.forget_what_is_so()
        for each, typed in admins.typed.items():
            admins.require(admins.sets.documents(each), typed)
