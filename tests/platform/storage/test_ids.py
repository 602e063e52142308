"""Ids: sorted, unique, and patient with clocks."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from sartor.platform.model.ids import LARGEST
from sartor.platform.storage.engine import Database
from sartor.platform.storage.ids import EPOCH_MS, IdMaker, made_at_ms, node_of
from sartor.platform.storage.nodes import GRACE_MS, LEASE_MS
from sartor.platform.storage.system.state import sys_node


@given(st.lists(st.integers(EPOCH_MS, EPOCH_MS + 2**41 - 1), min_size=1, max_size=50), st.integers(0, 1023))
def test_ids_rise_whatever_the_clock_does(times, node):
    clock = iter(times)
    make = IdMaker(node, now_ms=lambda: next(clock))
    made = [make() for _ in times]
    assert made == sorted(set(made))
    assert {node_of(number) for number in made} == {node}
    assert all(0 <= number <= LARGEST for number in made)


def test_a_full_counter_borrows_the_next_millisecond():
    make = IdMaker(7, now_ms=lambda: EPOCH_MS + 5)
    made = [make() for _ in range(5000)]
    assert len(set(made)) == 5000
    assert made_at_ms(made[0]) == EPOCH_MS + 5
    assert made_at_ms(made[-1]) == EPOCH_MS + 6


def test_a_block_is_what_single_ids_would_have_been():
    one, many = IdMaker(3, now_ms=lambda: EPOCH_MS), IdMaker(3, now_ms=lambda: EPOCH_MS)
    assert many.block(6000) == [one() for _ in range(6000)]


def test_threads_never_get_the_same_id():
    make = IdMaker(1)
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: make(), range(20_000)))
    assert len(set(made)) == 20_000


def test_a_node_goes_on_after_its_last_id():
    make = IdMaker(1, last_ms=EPOCH_MS + 100, now_ms=lambda: EPOCH_MS)
    assert made_at_ms(make()) > EPOCH_MS + 100


def test_a_node_must_fit_its_bits():
    with pytest.raises(ValueError, match="1024"):
        IdMaker(1024)


def test_two_processes_have_different_nodes(database):
    other = Database.open(database.driver.url.render_as_string(hide_password=False))
    assert node_of(database.new_id()) != node_of(other.new_id())
    other.close()


def test_a_node_that_was_given_back_is_used_again_and_goes_on_after_its_last_id(database):
    url = database.driver.url.render_as_string(hide_password=False)
    numbers = []
    for _ in range(2):
        other = Database.open(url)
        numbers.append(other.new_id())
        other.close()
    assert node_of(numbers[0]) == node_of(numbers[1])
    assert numbers[0] < numbers[1]


@pytest.mark.parametrize(("age", "same"), [(LEASE_MS + GRACE_MS + 60_000, True), (LEASE_MS + 60_000, False)])
def test_the_node_of_a_dead_process_is_free_after_its_lease_and_a_grace(database, age, same):
    node = node_of(database.new_id())
    with database.work() as work:
        work.connection.execute(sa.update(sys_node).values(until_ms=sys_node.c.until_ms - age))
    other = Database.open(database.driver.url.render_as_string(hide_password=False))
    assert (node_of(other.new_id()) == node) is same
    other.close()
