"""What somebody may not see changes nothing of what he is told: no value, count, order, error or status.

Two data sets differ only in rows and fields that are hidden from a reader; the same questions to both must be
answered by the same bytes. What is declared to disclose is not part of it: auto numbers, unique keys, roll-ups of
grants that say so, rules that read what their writer may not, and refusals to delete what others still need.
"""

from __future__ import annotations

from random import Random

from comparing import comparable
from concealed import ROLES
from hypothesis import given, note
from hypothesis import strategies as st
from questions import Asker
from twins import Maker, Oracle, Twin

SIZES = st.fixed_dictionaries(
    {
        "product": st.integers(1, 3),
        "company": st.integers(1, 6),
        "person": st.integers(0, 5),
        "asset": st.integers(0, 3),
        "deal": st.integers(0, 6),
        "call": st.integers(0, 5),
    }
)
ROLE = st.integers(0, ROLES - 1).map(lambda number: f"r{number}")


@given(
    roles=st.lists(ROLE, min_size=1, max_size=2, unique=True).map(tuple),
    sizes=SIZES,
    seed=st.integers(0, 2**32),
    asking=st.integers(0, 2**32),
    count=st.integers(0, 15),
)
def test_hidden_things_change_no_answer(bureau, roles, sizes, seed, asking, count):
    access = bureau.give(roles)
    data = Maker(Random(seed)).make(sizes)
    twin = Twin(data, Oracle(roles), access, Random(seed + 1)).make()
    questions = Asker(Random(asking), data).questions(count)
    for (asked, one), (_same, other) in zip(
        bureau.answers(data, questions), bureau.answers(twin, questions), strict=False
    ):
        note(f"{asked}\n  {one.status} {one.data[:2000]!r}\n  {other.status} {other.data[:2000]!r}")
        assert comparable(asked, one) == comparable(asked, other), f"{asked.method} {asked.path} tells more than it may"
        assert one.status < 500
