"""What somebody may not see changes nothing of what he is told: no value, count, order, error or status.

Two data sets differ only in rows and fields that are hidden from a reader; the same questions to both must be
answered by the same bytes. What is declared to disclose is not part of it: auto numbers, unique keys, roll-ups of
grants that say so, rules that read what their writer may not, and refusals to delete what others still need.
"""

from __future__ import annotations

import os
from functools import partial
from random import Random

from browsing import pages, seen
from carrying import questions
from comparing import comparable
from concealed import ROLES
from hypothesis import example, given, note, settings
from hypothesis import strategies as st
from questions import Asker
from twins import Maker, Oracle, Twin

EXAMPLES = int(os.environ.get("SARTOR_EXAMPLES", "50"))
"""Each asks some seventy questions twice, so a quarter as many do as elsewhere."""
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
PAGES = 5
"""How many pages are looked at in each example, of all sorts."""
ROLE = st.integers(0, ROLES - 1).map(lambda number: f"r{number}")


# A name that is hidden came along by a copy, to whoever chose the company for a deal of his own.
COPIED = {
    "roles": ("r0", "r31"),
    "sizes": {"product": 1, "company": 1, "person": 0, "asset": 1, "deal": 0, "call": 0},
    "seed": 0,
    "asking": 18475,
    "count": 1,
}
# A rating that may be written and not read: the version told whether it was another one.
BLIND = {
    "roles": ("r12", "r31"),
    "sizes": {"product": 1, "company": 2, "person": 0, "asset": 0, "deal": 0, "call": 3},
    "seed": 0,
    "asking": 36950,
    "count": 2,
}


@settings(max_examples=max(1, EXAMPLES // 4))
@example(**COPIED)
@example(**BLIND)
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
    asked = [*pages(Asker(Random(asking + 1), data), PAGES), *questions(Asker(Random(asking), data), count)]
    for (each, one), (_same, other) in zip(bureau.answers(data, asked), bureau.answers(twin, asked), strict=False):
        note(f"{each}\n  {one.status} {one.data[:2000]!r}\n  {other.status} {other.data[:2000]!r}")
        compare = seen if each.path.startswith("/app") else partial(comparable, each)
        assert compare(one) == compare(other), f"{each.method} {each.path} tells more than it may"
        assert one.status < 500
